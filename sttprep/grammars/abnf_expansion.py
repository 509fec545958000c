"""The right side of an SRGS ABNF rule, read by an LALR parser.

>>> text = "$r = [very] (small | large)<1-2>"
>>> expression, findings = read_expansion(text, 4)
>>> expression.items[1].least, expression.items[1].most, findings
(1, 2, [])
>>> _, findings = read_expansion("$r = [very (small | large)", 4)
>>> findings[0].code, findings[0].start, findings[0].hint
('unclosed-group', 5, 'Write [very (small | large)].')
"""

from __future__ import annotations

from functools import cache
from typing import TypeAlias, cast

from lark import Lark, Transformer, v_args
from lark import Token as Lexeme
from lark.exceptions import UnexpectedInput

from sttprep.grammars.abnf_checks import check_tokens
from sttprep.grammars.abnf_nodes import external_reference, quoted, reference, repeated, tag
from sttprep.grammars.abnf_plain import read_plain
from sttprep.grammars.abnf_structure import explain
from sttprep.grammars.abnf_tokens import BLANK, RUN, WORD_CHARACTERS, Finding
from sttprep.grammars.expression import (
    Alternative,
    Alternatives,
    Expression,
    InLanguage,
    Repeat,
    Run,
    Sequence,
    Token,
)
from sttprep.source import Span

__all__ = ["read_expansion"]

# SRGS 1.0 Appendix D, each production above what reads it. The terminals are wider than the
# specification's: `check_tokens` says what is wrong with the rest.
_GRAMMAR = rf"""
start: expansion

// ruleExpansion ::= ruleAlternative ( '|' ruleAlternative )*
expansion: _part (_BAR _part)*
_part: run | alternative
run: RUN

// ruleAlternative ::= Weight? sequenceElement+
alternative: WEIGHT? _element+

// sequenceElement ::= subexpansion | subexpansion repeatOperator
_element: _item | repeat
repeat: _item REPEAT

// subexpansion ::= Token LanguageAttachment? | ruleRef | Tag | '(' ')'
//   | '(' ruleExpansion ')' LanguageAttachment? | '[' ruleExpansion ']' LanguageAttachment?
_item: _spoken | in_language | reference | external | tag | nothing
in_language: _spoken LANGUAGE
_spoken: word | quoted | group | optional

// ruleRef ::= RuleName | ExternalRuleRef | '$NULL' | '$VOID' | '$GARBAGE'
reference: RULE
// ExternalRuleRef ::= '$' ABNF_URI | '$' ABNF_URI_with_Media_Type
external: EXTERNAL
tag: TAG
nothing: LPAR RPAR
word: WORD
quoted: QUOTED
group: LPAR expansion RPAR
optional: LBRACKET expansion RBRACKET

RUN.2: /{RUN}/
WORD: /[^ \t\r\n|()\[\]{{}}<>"\/$!]+/
QUOTED: /"[^"]*"/
TAG: /\{{!\{{(?:(?!\}}!\}})[\s\S])*+\}}!\}}|\{{(?!!\{{)[^}}]*\}}/
WEIGHT: /\/[^\/|()\[\]{{}}"]*\//
REPEAT: /<[^<>]*>/
RULE: /\$[{WORD_CHARACTERS}]*/
EXTERNAL.2: /\$<[^<>]*>(~<[^<>]*>)?/
LANGUAGE: /![{WORD_CHARACTERS}]*/
_BAR: "|"
LPAR: "("
RPAR: ")"
LBRACKET: "["
RBRACKET: "]"
%ignore /{BLANK}+/
"""


_NO_STRUCTURE = {"nesting-too-deep", "stray-character", "missing-semicolon"}
"""What makes the order of the other tokens uncertain."""

_WORDS = {
    *("backslash", "bad-character", "quote-mark", "repeat-sign", "single-quotes"),
    *("unexpected-equals", "unquoted-word"),
}
"""What is wrong with a word: with another in its place, the order of tokens is the same."""


def read_expansion(text: str, start: int) -> tuple[Expression | None, list[Finding]]:
    """The expression after the ``=`` of a statement; None where something is wrong with it.

    Spans and places count from the start of the statement.
    """
    findings = check_tokens(text, start)
    codes = {finding.code for finding in findings}
    if not codes.isdisjoint(_NO_STRUCTURE):
        return None, findings
    if codes and codes <= _WORDS and read_plain(_with_words(text, findings), start) is not None:
        return None, findings
    valid = not any(finding.severity == "error" for finding in findings)
    try:
        # Blanks in place of the left side: offsets stay those of the statement.
        expression = _parser(valid).parse(" " * start + text[start:])
    except UnexpectedInput as error:
        at = error.pos_in_stream
        if isinstance(token := getattr(error, "token", None), Lexeme):
            at = len(text) if token.type == "$END" else token.start_pos
        finding = explain(text, start, len(text) if at is None else at)
        if not any(known.start <= finding.start < known.end for known in findings):
            findings.append(finding)
        return None, sorted(findings, key=lambda finding: finding.start)
    return (cast(Expression, expression) if valid else None), findings


def _with_words(text: str, findings: list[Finding]) -> str:
    """The text with a word in place of each thing that is none."""
    parts, at = [], 0
    for finding in findings:
        parts += [text[at : finding.start], "x" * (finding.end - finding.start)]
        at = finding.end
    return "".join((*parts, text[at:]))


@cache
def _parser(build: bool) -> Lark:
    """The parser; with ``build``, it makes nodes, for which every token must be valid."""
    builder = _Builder() if build else None
    return Lark(_GRAMMAR, parser="lalr", lexer="contextual", transformer=builder)


_Way: TypeAlias = tuple[Lexeme | None, list[Expression]] | Run
"""An alternative: its weight and its items; or a run of them."""


def _joined(ways: list[_Way]) -> Expression:
    """Expression of alternatives that are no group."""
    first = ways[0]
    if len(ways) == 1 and not isinstance(first, Run) and first[0] is None:
        return _sequence(first[1])
    made = tuple(way if isinstance(way, Run) else _alternative(*way) for way in ways)
    start, end = (
        Span(part.offset, part.offset + len(part.text)) if isinstance(part, Run) else part.span
        for part in (made[0], made[-1])
    )
    return Alternatives(made, Span(start.start, end.end))


def _alternative(weight: Lexeme | None, items: list[Expression]) -> Alternative:
    expression = _sequence(items)
    if weight is None:
        return Alternative(expression, None, expression.span)
    span = Span(_place(weight).start, expression.span.end)
    return Alternative(expression, float(weight[1:-1]), span)


def _grouped(ways: list[_Way], span: Span) -> Sequence:
    """Expression of alternatives between parentheses."""
    first = ways[0]
    if len(ways) == 1 and not isinstance(first, Run) and first[0] is None:
        return Sequence(tuple(first[1]), span)
    return Sequence((_joined(ways),), span)


def _sequence(items: list[Expression]) -> Expression:
    if len(items) == 1:
        return items[0]
    return Sequence(tuple(items), Span(items[0].span.start, items[-1].span.end))


def _place(lexeme: Lexeme) -> Span:
    start = lexeme.start_pos
    assert start is not None
    return Span(start, start + len(lexeme))


def _between(first: Lexeme, last: Lexeme) -> Span:
    return Span(_place(first).start, _place(last).end)


@v_args(inline=True)
class _Builder(Transformer[Lexeme, Expression]):
    """Makes the nodes while the parser goes on; every lexeme is valid or the result not used."""

    def start(self, ways: list[_Way]) -> Expression:
        return _joined(ways)

    def expansion(self, *ways: _Way) -> list[_Way]:
        return list(ways)

    def run(self, lexeme: Lexeme) -> Run:
        return Run(str(lexeme), _place(lexeme).start)

    def alternative(self, first: Lexeme | Expression, *others: Expression) -> _Way:
        if isinstance(first, Lexeme):
            return first, list(others)
        return None, [first, *others]

    def repeat(self, body: Expression, lexeme: Lexeme) -> Expression:
        return repeated(body, lexeme, _place(lexeme).end)

    def in_language(self, body: Expression, lexeme: Lexeme) -> Expression:
        return InLanguage(body, lexeme[1:], Span(body.span.start, _place(lexeme).end))

    def reference(self, lexeme: Lexeme) -> Expression:
        return reference(str(lexeme), _place(lexeme))

    def external(self, lexeme: Lexeme) -> Expression:
        return external_reference(str(lexeme), _place(lexeme))

    def tag(self, lexeme: Lexeme) -> Expression:
        return tag(str(lexeme), _place(lexeme))

    def word(self, lexeme: Lexeme) -> Expression:
        return Token(str(lexeme), False, _place(lexeme))

    def quoted(self, lexeme: Lexeme) -> Expression:
        return quoted(str(lexeme), _place(lexeme))

    def nothing(self, opener: Lexeme, closer: Lexeme) -> Expression:
        return Sequence((), _between(opener, closer))

    def group(self, opener: Lexeme, ways: list[_Way], closer: Lexeme) -> Expression:
        return _grouped(ways, _between(opener, closer))

    def optional(self, opener: Lexeme, ways: list[_Way], closer: Lexeme) -> Expression:
        return Repeat(_joined(ways), 0, 1, brackets=True, span=_between(opener, closer))
