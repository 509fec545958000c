"""Words of a JSGF right side: the loose grammar that ``lark`` reads them by, and its brackets.

An operator, a tag or a weight may stand anywhere here, so that `sttprep.grammars.jsgf_body` finds
all that are misplaced. Only brackets must pair, which `bracket_findings` looks at before.

>>> [finding.message for finding in bracket_findings("(tea | [milk)", 0)]
["this '[' is never closed: a closing ']' is missing."]
>>> [str(word) for word in parse_tree("tea | milk+ (and | or)").scan_values(lambda word: True)]
['tea', '|', 'milk', '+', '(', 'and | or', ')']
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from lark import Lark, Tree
from lark import Token as Lexeme

from sttprep.grammars.expression import MAX_DEPTH
from sttprep.source import Severity, Span

__all__ = ["BAD_SIGNS", "Finding", "Part", "bracket_findings", "parse_tree"]

_GRAMMAR = r"""
start: alternatives
alternatives: alternative (BAR alternative)*
alternative: RUN | part*
?part: WEIGHT | WORD | QUOTED | RULE | TAG | STAR | PLUS | group | optional | BAD
group: LEFT alternatives RIGHT
optional: LEFT_BRACKET alternatives RIGHT_BRACKET

RUN.2: /{words}(?:\s*\|\s*{words})*(?=\s*(?:[|)\]]|$))/
WORD: /{word}/
QUOTED: /"(?:[^"\\]|\\.)*"/s
RULE: /<[^<>]*>/
TAG: /\{{(?:[^}}\\]|\\.)*\}}/s
WEIGHT: /\/[^\/|()\[\]{{}}<>";=]*\//
BAR: "|"
STAR: "*"
PLUS: "+"
LEFT: "("
RIGHT: ")"
LEFT_BRACKET: "["
RIGHT_BRACKET: "]"
BAD.-1: /\S/
%ignore /\s+/
"""
# JSGF 1.0, 2.3: words end at blanks, quotes and the signs of the language. Comments are gone.
_WORD = r"""[^\s;=|*+<>()\[\]{}"\/][^\s;=|*+<>()\[\]{}"]*"""
_WORDS = rf"{_WORD}(?:\s+{_WORD})*"

_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|\{(?:[^}\\]|\\.)*\}|<[^<>]*>|[()\[\]]', re.DOTALL)
_CLOSER = {"(": ")", "[": "]"}
_SHOWN = 40  # characters of the user's own text repeated in a hint


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem whose place counts from the start of the statement."""

    code: str
    span: Span
    message: str
    hint: str
    severity: Severity = "error"


Part: TypeAlias = "Lexeme | Tree[Lexeme]"


@cache
def _lark() -> Lark:
    return Lark(_GRAMMAR.format(word=_WORD, words=_WORDS), parser="lalr", lexer="contextual")


def parse_tree(text: str) -> Tree[Lexeme]:
    """The tree of a right side whose brackets pair."""
    return _lark().parse(text)


def bracket_findings(text: str, start: int) -> list[Finding]:
    """Brackets, from ``start`` on, that are not closed, not opened, or too many in each other."""
    findings: list[Finding] = []
    open_at: list[int] = []
    for match in _BRACKETS.finditer(text, start):
        sign, at = match[0], match.start()
        if sign in _CLOSER:
            open_at.append(at)
            if len(open_at) == MAX_DEPTH + 1:
                message = f"groups are nested deeper than {MAX_DEPTH} levels."
                hint = 'Give the inner part a rule of its own, e.g. "<inner> = ...;".'
                return [Finding("too-deep", Span(at, at + 1), message, hint)]
        elif sign in (")", "]"):
            if open_at and _CLOSER[text[open_at[-1]]] == sign:
                open_at.pop()
                continue
            opener = "(" if sign == ")" else "["
            if open_at and any(text[index] == opener for index in open_at):
                while text[open_at[-1]] != opener:
                    findings.append(_unclosed(text, open_at.pop()))
                open_at.pop()
            else:
                message = f"there is no '{opener}' for this '{sign}'."
                hint = f"Take it away, or write '{opener}' where its group starts."
                findings.append(Finding("unexpected-character", Span(at, at + 1), message, hint))
    findings += [_unclosed(text, at) for at in open_at]
    return sorted(findings, key=lambda finding: finding.span.start)


def _unclosed(text: str, at: int) -> Finding:
    closer = _CLOSER[text[at]]
    rest = " ".join(text[at:].split())
    plain = len(rest) <= _SHOWN and not re.search(r"[()\[\]]", rest[1:])
    example = rest + closer if plain else "(tea | coffee)" if closer == ")" else "[please]"
    message = f"this '{text[at]}' is never closed: a closing '{closer}' is missing."
    return Finding("unclosed-group", Span(at, at + 1), message, f'Write e.g. "{example}".')


BAD_SIGNS = {
    "=": (
        "there cannot be a '=' here.",
        'Is the \';\' at the end of the rule before missing? Write "<size> = small | large;" '
        'for each rule; the sign itself is quoted: "=".',
    ),
    "/": (
        "this '/' is neither a weight nor part of a word.",
        'A weight has slashes on both sides: "/2/ tea"; the sign itself is quoted: "/".',
    ),
    "<": ("this '<' is never closed: a closing '>' is missing.", 'Write e.g. "<size>".'),
    ">": ("there is no '<' for this '>'.", 'A rule is used with both: "<size>".'),
    "{": ("this tag is never closed: a closing '}' is missing.", 'Write e.g. "{tag}".'),
    "}": (
        "there is no '{' for this '}'.",
        "Write both ends of the tag, e.g. \"{tag}\"; a '}' inside a tag is written '\\}'.",
    ),
}  # fmt: skip
"""What is wrong with a sign that cannot stand where it does, and how to mend it."""
