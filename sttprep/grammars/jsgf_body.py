"""The right side of a JSGF rule → its expression, and everything wrong in it.

>>> parsed = parse_body("[please] (tea | coffee)+", 0)
>>> parsed.expression == Sequence((
...     Repeat(Token("please"), 0, 1, brackets=True),
...     Repeat(Sequence((Alternatives((Run("tea | coffee"),)),)), 1, None)))
True
>>> [finding.message for finding in parse_body("tea | * coffee |", 0).findings]
["there is nothing before this '*' to repeat.", "there is nothing after this '|'."]

The words ``lark`` is given are loose on purpose (an operator may stand anywhere), so that what is
wrong is found here, all of it and with its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lark import Token as Lexeme
from lark import Tree

from sttprep.grammars.expression import (
    Alternative,
    Alternatives,
    Expression,
    Reference,
    Repeat,
    Run,
    Sequence,
    Special,
    Tag,
    Token,
)
from sttprep.grammars.grammar import Profile
from sttprep.grammars.jsgf_names import name_complaint, split_name
from sttprep.grammars.jsgf_syntax import BAD_SIGNS, Finding, Part, bracket_findings, parse_tree
from sttprep.grammars.jsgf_weights import read_weight, weight_findings
from sttprep.source import Span

__all__ = ["Parsed", "parse_body"]

_TAG_ESCAPE = re.compile(r"\\([\\{}])")
_ITEMS = {"WORD", "QUOTED", "RULE", "group", "optional"}
_SHOWN = 40  # characters of the user's own text repeated in a hint
_QUOTE_ESCAPE = re.compile(r'\\([\\"])')


@dataclass(slots=True)
class Parsed:
    """A right side that was read; without errors, its expression is whole."""

    expression: Expression
    findings: list[Finding] = field(default_factory=list)

    @property
    def broken(self) -> bool:
        """Whether there are errors."""
        return any(finding.severity == "error" for finding in self.findings)


def parse_body(
    text: str, start: int, profile: Profile = "w3c", grammar: str | None = None
) -> Parsed:
    """Read a right side.

    Args:
        text: a statement without comments and without its ``;``.
        start: where the right side starts in it.
        profile: rules to check by.
        grammar: full name of the grammar it is in, to know its own rules by.
    """
    findings = bracket_findings(text, start)
    if findings:
        return Parsed(Special("VOID"), findings)
    body = _Body(text, start, profile, grammar)
    tree = parse_tree(text[start:])
    expression = body.alternatives(tree.children[0], start, len(text), "rule")  # type: ignore[arg-type]
    return Parsed(expression, sorted(body.findings, key=lambda finding: finding.span.start))


class _Body:
    """One walk over the tree of one right side."""

    def __init__(self, text: str, base: int, profile: Profile, grammar: str | None) -> None:
        self.text = text
        self.base = base
        self.sphinx = profile == "pocketsphinx"
        self.grammar = grammar
        self.findings: list[Finding] = []

    def alternatives(self, tree: Tree[Lexeme], start: int, end: int, inside: str) -> Expression:
        """What stands between ``start`` and ``end``: of a rule, a group or brackets."""
        trees = [child for child in tree.children if isinstance(child, Tree)]
        bars = [self.span(child) for child in tree.children if isinstance(child, Lexeme)]
        if not bars and not trees[0].children:
            self.nothing(inside, start, end)
            return Sequence((), Span(start, end))
        parts: list[Alternative | Run] = []
        for index, alternative in enumerate(trees):
            first = alternative.children[0] if alternative.children else None
            if first is None:
                if index == 0 or trees[index - 1].children:
                    self.empty_alternative(bars, index)
            elif isinstance(first, Lexeme) and first.type == "RUN":
                parts.append(self.run(first))
            else:
                parts.append(self.alternative(alternative))
        if len(parts) == 1 and not bars:
            only = parts[0]
            alone = next(only.items) if isinstance(only, Run) else only
            if alone.weight is None and ("|" not in only.text if isinstance(only, Run) else True):
                return alone.expression
        if not parts:
            return Sequence((), Span(start, end))
        self.findings += weight_findings(parts, self.text, self.sphinx)
        return Alternatives(tuple(parts), _around(parts))

    def nothing(self, inside: str, start: int, end: int) -> None:
        if inside == "rule":
            at = self.text.rfind("=", 0, start)
            span = Span(max(at, 0), max(at, 0) + 1)
            message = "the rule has nothing after its '='."
            hint = 'Write e.g. "= yes | no;", or "= <NULL>;" where nothing is to be said.'
            self.error("empty-rule", span, message, hint)
        else:
            brackets = "()" if inside == "group" else "[]"
            message = f"there is nothing between '{brackets[0]}' and '{brackets[1]}'."
            hint = 'Write words there, or "<NULL>" where nothing is to be said.'
            self.error("empty-group", Span(start, end), message, hint)

    def empty_alternative(self, bars: list[Span], index: int) -> None:
        if index == 0:
            span, message = bars[0], "there is nothing before this '|'."
        elif index < len(bars):
            span, message = bars[index], "there is nothing between this '|' and the one before."
        else:
            span, message = bars[-1], "there is nothing after this '|'."
        hint = 'Write "tea | coffee"; where nothing may be said, "[tea | coffee]" or "<NULL>".'
        self.error("empty-alternative", span, message, hint)

    def run(self, lexeme: Lexeme) -> Run:
        span = self.span(lexeme)
        if self.sphinx and "/" in lexeme:
            for match in re.finditer(r"[^\s|]*/[^\s|]*", lexeme):
                self.slash(match[0], Span(span.start + match.start(), span.start + match.end()))
        return Run(str(lexeme), span.start)

    def alternative(self, tree: Tree[Lexeme]) -> Alternative:
        items: list[Expression] = []
        weight: float | None = None
        after = ""  # what stands before: "", "item", "operator", "tag"
        spans: list[Span] = []
        kinds = [_kind(part) for part in tree.children]
        for part, kind, follower in zip(tree.children, kinds, [*kinds[1:], ""], strict=True):
            span = self.part_span(part)
            spans.append(span)
            if kind == "WEIGHT":
                value = self.weight(str(part), span)
                if len(spans) == 1:
                    weight = value
                else:
                    self.misplaced_weight(str(part), span, not items, follower in _ITEMS)
                continue
            if kind in ("STAR", "PLUS"):
                after = self.operator(items, after, str(part), span)
            elif kind == "TAG":
                after = self.tag(items, after, str(part), span)
            elif kind == "BAD":
                self.bad(str(part), span)
            else:
                items.append(self.item(part, kind, span))
                after = "item"
        whole = Span(spans[0].start, spans[-1].end)
        if not items and weight is not None:
            hint = 'Write words behind it, e.g. "/2/ tea".'
            self.error("empty-alternative", whole, "there is nothing behind this weight.", hint)
        if len(items) == 1:
            return Alternative(items[0], weight, whole)
        around = Span(items[0].span.start, items[-1].span.end) if items else whole
        return Alternative(Sequence(tuple(items), around), weight, whole)

    def item(self, part: Part, kind: str, span: Span) -> Expression:
        if isinstance(part, Tree):
            inner = part.children[1]
            assert isinstance(inner, Tree)
            content = self.alternatives(inner, span.start, span.end, kind)
            if kind == "optional":
                return Repeat(content, 0, 1, brackets=True, span=span)
            if isinstance(content, Sequence) and _is_bare(inner):
                return Sequence(content.items, span)
            return Sequence((content,), span)
        if kind == "RULE":
            return self.reference(str(part), span)
        if kind == "QUOTED":
            return self.quoted(str(part), span)
        if self.sphinx and "/" in part:
            self.slash(str(part), span)
        return Token(str(part), span=span)

    def reference(self, written: str, span: Span) -> Expression:
        name = written[1:-1]
        if name == "NULL":
            return Special("NULL", span)
        if name == "VOID":
            return Special("VOID", span)
        complaint = name_complaint(name)
        if complaint and name.strip():
            self.complain("bad-rule-name", span, *complaint, "pocketsphinx takes it.")
        elif complaint:
            self.error("bad-rule-name", span, *complaint)
        grammar, rule = split_name(name)
        if self.grammar and grammar in (self.grammar, self.grammar.rpartition(".")[2]):
            grammar = None
        return Reference(rule, grammar, span=span)

    def quoted(self, written: str, span: Span) -> Expression:
        text = " ".join(_QUOTE_ESCAPE.sub(r"\1", written[1:-1]).split())
        if not text:
            message = "there are no words between the quotes."
            hint = 'Write words there, e.g. "New York".'
            self.complain(
                "empty-quote", span, message, hint, f"pocketsphinx makes {written} a word."
            )
        elif self.sphinx:
            message = (
                f"pocketsphinx takes the quotes as part of the word: it looks for {written}, "
                "with them, in its dictionary."
            )
            self.warning("quotes", span, message, f"Write {text} without quotes.")
        return Token(text, quoted=True, span=span)

    def operator(self, items: list[Expression], after: str, sign: str, span: Span) -> str:
        if after == "":
            message = f"there is nothing before this '{sign}' to repeat."
            hint = f'Write what it repeats before it: "tea{sign}", "(tea | coffee){sign}".'
            self.error("misplaced-operator", span, message, hint)
            return after
        if after == "tag":
            message = f"'{sign}' cannot stand behind a tag."
            start = next(i.span.start for i in reversed(items) if not isinstance(i, Tag))
            whole = self.shown(start, items[-1].span.end, "tea {tag}")
            hint = f'Put what it repeats in brackets: "({whole}){sign}".'
            self.error("misplaced-operator", span, message, hint)
            return after
        body = items[-1]
        least = 0 if sign == "*" else 1
        if after == "operator":
            assert isinstance(body, Repeat)
            both = self.text[body.span.end - 1] + sign
            least = min(least, body.least)
            same = "*" if least == 0 else "+"
            same = self.shown(body.body.span.start, body.body.span.end, "tea") + same
            message = f"only one of '*' and '+' can stand behind something; here is '{both}'."
            hint = f'Write "{same}", which means the same.'
            self.complain("second-operator", span, message, hint, "pocketsphinx repeats twice.")
            body = body.body
        items[-1] = Repeat(body, least, None, span=Span(body.span.start, span.end))
        return "operator"

    def tag(self, items: list[Expression], after: str, written: str, span: Span) -> str:
        if after == "":
            message = "this tag has nothing before it to belong to."
            hint = f'A tag follows what it belongs to: "tea {written}", "<NULL> {written}".'
            self.error("misplaced-tag", span, message, hint)
            return after
        if after == "operator":
            sign = self.text[items[-1].span.end - 1]
            message = f"a tag cannot stand behind '{sign}'."
            repeated = self.shown(items[-1].span.start, items[-1].span.end, f"tea{sign}")
            hint = f'Put brackets around what it belongs to: "({repeated}) {written}".'
            self.complain("misplaced-tag", span, message, hint, "pocketsphinx takes it.")
        items.append(Tag(_TAG_ESCAPE.sub(r"\1", written[1:-1]), span))
        return "tag"

    def weight(self, written: str, span: Span) -> float:
        value, finding = read_weight(written, span, self.sphinx)
        if finding:
            self.findings.append(finding)
        return value

    def misplaced_weight(self, written: str, span: Span, first: bool, followed: bool) -> None:
        if first:
            message = "an alternative has one weight, not two."
            hint = f'Take one away: "{written} tea | /1/ coffee".'
            self.error("misplaced-weight", span, message, hint)
            return
        message = "a weight can only stand at the start of an alternative."
        hint = f'Put brackets around the alternatives it is for: "({written} tea | /1/ coffee)".'
        sphinx = "pocketsphinx makes what follows it likelier or less likely; it is left out here."
        if followed:
            self.complain("misplaced-weight", span, message, hint, sphinx)
        else:
            self.error("misplaced-weight", span, message, hint)

    def slash(self, word: str, span: Span) -> None:
        message = f"pocketsphinx cannot read '/' in the word '{word}'."
        hint = f"Write the words as they are said: {' '.join(word.split('/')).strip()}."
        self.error("unexpected-character", span, message, hint)

    def bad(self, sign: str, span: Span) -> None:
        if sign == '"':
            message = "this quotation is never closed: a closing '\"' is missing."
            hint = 'Write quotes on both sides: "New York".'
            self.complain(
                "unclosed-quote", span, message, hint, "pocketsphinx makes it part of the word."
            )
            return
        message, hint = BAD_SIGNS.get(
            sign, (f"'{sign}' cannot stand here.", f'Quote it: "{sign}".')
        )
        code = {"<": "unclosed-rule-name", "{": "unclosed-tag"}.get(sign, "unexpected-character")
        self.error(code, span, message, hint)

    def shown(self, start: int, end: int, example: str) -> str:
        """The user's own text where it is short, for a hint."""
        text = " ".join(self.text[start:end].split())
        return text if len(text) <= _SHOWN else example

    def span(self, lexeme: Lexeme) -> Span:
        assert lexeme.start_pos is not None
        assert lexeme.end_pos is not None
        return Span(lexeme.start_pos + self.base, lexeme.end_pos + self.base)

    def part_span(self, part: Part) -> Span:
        if isinstance(part, Lexeme):
            return self.span(part)
        first, last = part.children[0], part.children[-1]
        assert isinstance(first, Lexeme)
        assert isinstance(last, Lexeme)
        return Span(self.span(first).start, self.span(last).end)

    def error(self, code: str, span: Span, message: str, hint: str) -> None:
        self.findings.append(Finding(code, span, message, hint))

    def warning(self, code: str, span: Span, message: str, hint: str) -> None:
        self.findings.append(Finding(code, span, message, hint, "warning"))

    def complain(self, code: str, span: Span, message: str, hint: str, sphinx: str) -> None:
        """An error; where pocketsphinx is asked, a warning that says what it does."""
        if self.sphinx:
            self.warning(code, span, f"{message[:-1]}: {sphinx}", hint)
        else:
            self.error(code, span, message, hint)


def _kind(part: Part) -> str:
    return part.type if isinstance(part, Lexeme) else part.data


def _is_bare(tree: Tree[Lexeme]) -> bool:
    """Whether a group holds a plain sequence of items (or one word), not a group or brackets."""
    only = tree.children[0]
    assert isinstance(only, Tree)
    return len(tree.children) == 1 and (len(only.children) > 1 or _is_run(only))


def _is_run(tree: Tree[Lexeme]) -> bool:
    first = tree.children[0] if tree.children else None
    return isinstance(first, Lexeme) and first.type == "RUN"


def _around(parts: list[Alternative | Run]) -> Span:
    first, last = parts[0], parts[-1]
    start = first.offset if isinstance(first, Run) else first.span.start
    end = last.offset + len(last.text) if isinstance(last, Run) else last.span.end
    return Span(start, end)
