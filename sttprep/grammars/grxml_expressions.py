"""Items, alternatives and words of SRGS XML, made into the nodes of the expression tree."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from sttprep.grammars.expression import (
    Alternative,
    Alternatives,
    Expression,
    InLanguage,
    Repeat,
    Sequence,
    Tag,
    Token,
)
from sttprep.grammars.grxml_frames import Frame, Text
from sttprep.grammars.grxml_references import ReferenceReader
from sttprep.grammars.grxml_report import Report
from sttprep.grammars.grxml_values import (
    Complaint,
    read_language,
    read_probability,
    read_repeat,
    read_weight,
)
from sttprep.source import Span

__all__ = ["ExpressionReader", "bare"]

_Value = TypeVar("_Value")
_WORD = re.compile(r"\S+")
_WORDS = re.compile(r'"([^"]*)"|[^\s"]+|"')
_TEXT_HINTS = {
    "grammar": 'Put it into a rule: <rule id="order">…</rule>.',
    "one-of": "Put it into an item: <item>…</item>.",
}


def bare(items: list[Expression], span: Span) -> Expression:
    """What an element holds: one item is itself."""
    return items[0] if len(items) == 1 else Sequence(tuple(items), span)


class ExpressionReader:
    """Makes nodes of finished elements; their places count from ``base``, where the rule begins."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.references = ReferenceReader(report)
        self.base = 0

    def alternative(self, frame: Frame, span: Span) -> Alternative:
        """An item of ``<one-of>``."""
        weight = None
        if "weight" in frame.attributes:
            weight = self.value(frame, "weight", read_weight)
        return Alternative(self._item(frame, span), weight, span)

    def expression(self, frame: Frame, span: Span) -> Expression | None:
        """The node of an element; None where there is none, which is reported."""
        kind = frame.kind
        if kind == "item":
            if "weight" in frame.attributes:
                message = "a weight has a meaning only for an item of '<one-of>'."
                place = self.report.attribute_name(frame.at, "weight")
                self.report.add("warning", "useless-weight", place, message, "Take it away.")
            if "repeat" in frame.attributes or "xml:lang" in frame.attributes:
                return self._item(frame, span)
            self._probability(frame)
            return Sequence(tuple(frame.items), span)
        if kind == "one-of":
            if not frame.parts and not frame.broken:
                message = "'<one-of>' offers nothing to choose from."
                hint = "Write <one-of><item>small</item><item>large</item></one-of>."
                self.report.add("error", "empty-choice", self.report.tag(frame.at), message, hint)
                return None
            return self._in_language(frame, Alternatives(tuple(frame.parts), span), span)
        if kind == "ruleref":
            return self.references.read(frame, span)
        made = frame.items[0] if frame.items else None
        if kind == "tag":
            return made or Tag("", span)
        if made is None:
            if not frame.broken:
                message = "there is no word in this token."
                hint = "Write e.g. <token>New York</token>."
                self.report.add("error", "empty-token", self.report.tag(frame.at), message, hint)
            return None
        return self._in_language(frame, made, span)

    def _item(self, frame: Frame, span: Span) -> Expression:
        """What an item matches, as often as it says, in its language."""
        made = self._in_language(frame, bare(frame.items, span), span)
        probability = self._probability(frame)
        if "repeat" in frame.attributes:
            bounds = self.value(frame, "repeat", read_repeat)
            if bounds is not None:
                return Repeat(made, *bounds, probability=probability, span=span)
        return made

    def _probability(self, frame: Frame) -> float | None:
        if "repeat-prob" not in frame.attributes:
            return None
        if "repeat" not in frame.attributes:
            place = self.report.attribute_name(frame.at, "repeat-prob")
            message = "a repeat probability has no meaning without 'repeat'."
            hint = 'Write e.g. repeat="0-1" repeat-prob="0.25".'
            self.report.add("warning", "useless-probability", place, message, hint)
        return self.value(frame, "repeat-prob", read_probability)

    def _in_language(self, frame: Frame, made: Expression, span: Span) -> Expression:
        if "xml:lang" in frame.attributes:
            language = self.value(frame, "xml:lang", read_language)
            if language is not None:
                return InLanguage(made, language, span)
        return made

    def value(
        self, frame: Frame, name: str, read: Callable[[str], _Value | Complaint]
    ) -> _Value | None:
        """The value of an attribute; None where it is wrong, which is reported."""
        value = read(frame.attributes[name])
        if isinstance(value, Complaint):
            self.report.complain(self.report.attribute(frame.at, name), value)
            frame.broken = True
            return None
        return value

    # Text

    def words(self, frame: Frame) -> None:
        """Make something of the text read since the last element inside an element."""
        pieces, frame.pieces = frame.pieces, []
        kind = frame.kind
        if kind != "tag" and len(pieces) == 1 and pieces[0][1].isspace():
            return
        if kind in {"item", "rule"}:
            if len(pieces) == 1 and '"' not in pieces[0][1]:
                at = pieces[0][0] - self.base
                frame.items += [
                    Token(word[0], span=Span(at + word.start(), at + word.end()))
                    for word in _WORD.finditer(pieces[0][1])
                ]
            else:
                self._tokens(frame, Text(self.report.text, pieces))
            return
        text = Text(self.report.text, pieces)
        if kind == "tag":
            frame.items.append(Tag(text.text, self._span(text, 0, len(text.text))))
            return
        content = text.text.strip()
        if not content:
            return
        start = text.text.index(content)
        span = self._span(text, start, start + len(content))
        content = " ".join(content.split())
        if kind == "token":
            self._check_quotes(frame, content)
            frame.items.append(Token(content, quoted=True, span=span))
        elif kind == "example":
            frame.examples.append((content, span))
        else:
            first = content.split()[0]
            place = Span(text.place(start), text.end(start + len(first)))
            message = f"there cannot be text directly in '<{kind}>'."
            hint = _TEXT_HINTS.get(kind, "Take it away.")
            self.report.add("error", "misplaced-text", place, message, hint)
            frame.broken = True

    def _span(self, text: Text, start: int, end: int) -> Span:
        return Span(text.place(start) - self.base, text.end(end) - self.base)

    def _tokens(self, frame: Frame, text: Text) -> None:
        for match in _WORDS.finditer(text.text):
            span = self._span(text, match.start(), match.end())
            if match[1] is None and match[0] != '"':
                frame.items.append(Token(match[0], span=span))
                continue
            content = " ".join((match[1] or "").split())
            if content:
                frame.items.append(Token(content, quoted=True, span=span))
                continue
            place = Span(span.start + self.base, span.end + self.base)
            frame.broken = True
            if match[1] is None:
                message = "this quote mark has no partner before the next tag."
                hint = 'Write both: "New York".'
                self.report.add("error", "unclosed-quote", place, message, hint)
            else:
                message = "there is nothing between these quote marks."
                self.report.add("error", "empty-quote", place, message, "Take them away.")

    def _check_quotes(self, frame: Frame, content: str) -> None:
        if '"' in content:
            mended = content.replace('"', "").strip() or "New York"
            message = "quote marks inside '<token>' are part of the word."
            hint = f"Write <token>{mended}</token>."
            self.report.add("warning", "quote-in-token", self.report.tag(frame.at), message, hint)
