"""Elements of SRGS XML as they come, made into rules; every problem is kept, none stops it."""

from __future__ import annotations

import re
from dataclasses import replace

from sttprep.grammars.expression import MAX_DEPTH, Special, Tag
from sttprep.grammars.grammar import Body, Rule
from sttprep.grammars.grxml_events import tag_end
from sttprep.grammars.grxml_expressions import ExpressionReader, bare
from sttprep.grammars.grxml_frames import Frame, plain_run
from sttprep.grammars.grxml_header import HeaderReader
from sttprep.grammars.grxml_report import Report
from sttprep.grammars.grxml_values import (
    ATTRIBUTES,
    CHILDREN,
    EXPANSIONS,
    HEADERS,
    XML_NAMESPACE,
    nearest,
    rule_name_complaint,
)
from sttprep.source import Span

__all__ = ["Reader"]

_ADJACENT = re.compile(r"[ \t]*(?:\r\n|\r|\n)?[ \t]*")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_MOST_UNKNOWN = 20  # attributes reported in one tag
_SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"


class Reader:
    """Listens to the events of an XML text (`sttprep.grammars.grxml_events.Handler`)."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.source_text = report.text
        self.header = HeaderReader(report)
        self.expressions = ExpressionReader(report)
        self.rules: list[Rule] = []
        self.trailing: list[str] = []
        self.stack: list[Frame] = []
        self.namespace: str | None = None
        self.comments: list[tuple[int, int]] = []  # since the last element of the grammar
        self.inside: list[str] = []  # comments inside the present rule
        self.about: tuple[str, list[str]] = ("", [])  # documentation and comments before it
        self.outer: list[tuple[int, list[str], tuple[str, list[str]]]] = []  # of rules around it
        self.rule_end = -1
        self.behind: list[str] = []  # comments on the line where the last rule ends
        self.deep = False

    # Events

    def encoding(self, name: str | None) -> None:
        """The XML declaration."""
        self.header.encoding = name

    def prefix(self, name: str, namespace: str) -> None:
        """A namespace prefix."""
        if name and not self.stack:
            self.header.prefixes[name] = namespace

    def text(self, at: int, data: str) -> None:
        """A piece of text."""
        self.stack[-1].pieces.append((at, data))

    def comment(self, at: int) -> None:
        """A comment: inside a rule, behind one on its line, or before what comes next."""
        match = _COMMENT.match(self.source_text, at)
        end = match.end() if match else at
        if any(frame.kind == "rule" for frame in self.stack):
            self.inside.append(self.source_text[at:end])
        elif self.namespace is not None and not self.stack:
            self.trailing.append(self.source_text[at:end])
        elif self.rules and not re.search(r"[\r\n]", self.source_text[self.rule_end : at]):
            self.behind.append(self.source_text[at:end])
            self.rule_end = end
        else:
            self.comments.append((at, end))

    def finish(self) -> None:
        """Nothing more comes."""
        if self.behind:
            rule = self.rules[-1]
            self.rules[-1] = replace(rule, comments=(*rule.comments, *self.behind))
            self.behind = []

    def start(self, at: int, name: str, attributes: dict[str, str]) -> bool:
        """An element begins."""
        namespace, _, kind = name.rpartition("}")
        stack = self.stack
        if not stack:
            self._start_grammar(at, namespace, kind, attributes)
            return False
        parent = stack[-1]
        if parent.pieces:
            self.expressions.words(parent)
        frame = Frame(kind, at, attributes)
        if namespace != self.namespace:
            frame.kind = "foreign"
            stack.append(frame)
            message = f"'<{kind}>' is not part of grammars: it is passed over, with all inside it."
            hint = "Take it away if no other program needs it."
            self.report.add("note", "foreign-element", self.report.tag(at), message, hint)
            return True
        if not self._fits(frame, parent):
            stack.append(frame)
            return True
        if attributes:
            self._check_attributes(frame)
        stack.append(frame)
        if kind == "rule":
            self._start_rule(frame)
        elif kind == "metadata":
            return True
        elif kind == "one-of" and not attributes:
            run = plain_run(self.source_text, at, self.expressions.base)
            if run is not None:
                frame.parts.append(run)
                return True
        return False

    def end(self, at: int) -> None:
        """The innermost element ends."""
        frame = self.stack.pop()
        if frame.pieces:
            self.expressions.words(frame)
        inner = tag_end(self.source_text, frame.at)
        empty = self.source_text.startswith("/", inner - 2)
        end = inner if empty else tag_end(self.source_text, at)
        if not self.stack:
            self._end_grammar()
            return
        parent = self.stack[-1]
        parent.broken |= frame.broken
        if frame.kind in {"foreign", "misplaced"}:
            return
        span = Span(frame.at - self.expressions.base, end - self.expressions.base)
        if frame.kind == "rule":
            self._end_rule(frame, end)
        elif parent.kind == "grammar":
            self._end_header(frame, end)
        elif frame.kind == "item" and parent.kind == "one-of":
            parent.parts.append(self.expressions.alternative(frame, span))
            parent.broken |= frame.broken
        elif frame.kind == "example":
            parent.examples += frame.examples or [("", span)]
        else:
            made = self.expressions.expression(frame, span)
            parent.broken |= frame.broken
            if made is None:
                parent.broken = True
            else:
                parent.items.append(made)

    # The grammar and its header

    def _start_grammar(
        self, at: int, namespace: str, kind: str, attributes: dict[str, str]
    ) -> None:
        frame = Frame("grammar", at, attributes)
        self.namespace = namespace
        if kind != "grammar":
            meant = nearest(kind, ["grammar"])
            hint = "Did you mean '<grammar>'?" if meant else "A grammar begins with '<grammar …>'."
            message = f"this is '<{kind}>', not a grammar."
            self.report.add("error", "not-a-grammar", self.report.tag(at), message, hint)
        self._check_attributes(frame)
        self.header.documentation, self.header.comments = self._before(at)
        self.header.grammar(frame, namespace)
        self.stack.append(frame)

    def _end_grammar(self) -> None:
        self._comments_to(self.trailing)

    def _comments_to(self, target: list[str]) -> None:
        target += [self.source_text[start:end] for start, end in self.comments]
        self.comments.clear()

    def _before(self, at: int) -> tuple[str, list[str]]:
        """The comment directly before an offset, and those before that one."""
        found = [self.source_text[start:end] for start, end in self.comments]
        documentation = ""
        if self.comments and _ADJACENT.fullmatch(self.source_text, self.comments[-1][1], at):
            documentation = _documentation(found.pop())
        self.comments.clear()
        return documentation, found

    def _end_header(self, frame: Frame, end: int) -> None:
        self._comments_to(self.header.comments)
        if frame.kind == "metadata":
            self.header.metadata_element(frame.at, end)
        else:
            text = "".join(item.text for item in frame.items if isinstance(item, Tag))
            self.header.element(frame, text)

    # What can stand where

    def _fits(self, frame: Frame, parent: Frame) -> bool:
        """Whether an element can stand in its parent; if not, it is reported and passed over."""
        kind = frame.kind
        if len(self.stack) > MAX_DEPTH + 1:
            if not self.deep:
                message = f"elements are nested deeper than {MAX_DEPTH} levels."
                hint = "Give the inner part a rule of its own, and use it with <ruleref/>."
                self.report.add("error", "too-deep", self.report.tag(frame.at), message, hint)
            self.deep = frame.broken = True
            frame.kind = "misplaced"
            return False
        if kind in CHILDREN.get(parent.kind, ()):
            if kind in HEADERS | {"tag"} and parent.kind == "grammar" and self.rules:
                self._misplaced(
                    frame,
                    "late-declaration",
                    f"'<{kind}>' cannot stand after a rule.",
                    "Move it before the first rule.",
                )
                return False
            return True
        if kind == "rule" and parent.kind != "grammar":
            message = "a rule cannot stand inside another one."
            hint = 'Close the rule before with </rule>, and use this one with <ruleref uri="#…"/>.'
            self.report.add("error", "nested-rule", self.report.tag(frame.at), message, hint)
            parent.broken = True
            return True
        if kind in ATTRIBUTES or kind == "metadata":
            self._misplaced(frame, "misplaced-element", *_misplaced(kind, parent.kind))
        else:
            known = CHILDREN.get(parent.kind) or EXPANSIONS
            meant = nearest(kind, known) or nearest(kind, ATTRIBUTES)
            listed = ", ".join(f"<{each}>" for each in sorted(known))
            hint = f"Did you mean '<{meant}>'?" if meant else f"There are {listed}."
            message = f"there is no element '<{kind}>' in grammars."
            self._misplaced(frame, "unknown-element", message, hint)
        return False

    def _misplaced(self, frame: Frame, code: str, message: str, hint: str) -> None:
        self.report.add("error", code, self.report.tag(frame.at), message, hint)
        frame.kind = "misplaced"
        frame.broken = True

    def _check_attributes(self, frame: Frame) -> None:
        """Name attributes as they are written, and report those there are not."""
        known = ATTRIBUTES.get(frame.kind)
        attributes: dict[str, str] = {}
        unknown = 0
        for name, value in frame.attributes.items():
            namespace, _, local = name.rpartition("}")
            if namespace == XML_NAMESPACE:
                local = f"xml:{local}"
            elif namespace:
                if namespace != _SCHEMA:
                    message = f"the attribute '{local}' is not part of grammars: it is passed over."
                    hint = "Take it away if no other program needs it."
                    place = self.report.tag(frame.at)
                    self.report.add("note", "foreign-attribute", place, message, hint)
                continue
            if known is None or local in known:
                attributes[local] = value
                continue
            if local in {"xml:space", "xml:id"}:
                continue
            span = self.report.attribute_name(frame.at, local)
            message = f"'<{frame.kind}>' has no attribute '{local}'."
            meant = nearest(local, known)
            listed = ", ".join(f"'{each}'" for each in known)
            hint = (
                f"Did you mean '{meant}'?"
                if meant
                else f"It has {listed}."
                if known
                else "Take it away."
            )
            if frame.kind == "ruleref" and local == "xml:lang":
                hint = 'Put it into an item: <item xml:lang="fr"><ruleref uri="#size"/></item>.'
            self.report.add("error", "unknown-attribute", span, message, hint)
            frame.broken = True
            unknown += 1
            if unknown == _MOST_UNKNOWN:
                break
        frame.attributes = attributes

    # Rules

    def _start_rule(self, frame: Frame) -> None:
        self.finish()
        self.outer.append((self.expressions.base, self.inside, self.about))
        self.about = self._before(frame.at)
        self.expressions.base = frame.at
        self.inside = []
        self.deep = False

    def _end_rule(self, frame: Frame, end: int) -> None:
        name = frame.attributes.get("id")
        if name is None:
            message = "'<rule>' has no name."
            span = self.report.tag(frame.at)
            self.report.add("error", "missing-rule-name", span, message, 'Write <rule id="size">.')
        elif complaint := rule_name_complaint(name):
            self.report.complain(self.report.attribute(frame.at, "id"), complaint)
        scope = frame.attributes.get("scope")
        if scope is not None and scope not in {"public", "private"}:
            span = self.report.attribute(frame.at, "scope")
            hint = 'Write scope="public", or scope="private".'
            self.report.add("error", "bad-scope", span, f"there is no scope '{scope}'.", hint)
        if not frame.items and not frame.broken:
            message = "the rule is empty."
            hint = "Write what it matches; <item/> matches nothing said."
            self.report.add("error", "empty-rule", self.report.tag(frame.at), message, hint)
            frame.broken = True
        if name is not None:
            self.rules.append(self._rule(frame, name, end))
        self.expressions.base, self.inside, self.about = self.outer.pop()
        self.rule_end = end

    def _rule(self, frame: Frame, name: str, end: int) -> Rule:
        span = Span(0, end - frame.at)
        body = Special("VOID", span) if frame.broken else bare(frame.items, span)
        value = self.report.attribute(frame.at, "id")
        scope = frame.attributes.get("scope")
        return Rule(
            name,
            Body(body),
            scope="public" if scope == "public" else "private" if scope == "private" else None,
            documentation=self.about[0],
            examples=tuple(text for text, _ in frame.examples),
            comments=(*self.about[1], *self.inside),
            offset=frame.at,
            name_span=Span(value.start - frame.at, value.end - frame.at),
            example_spans=tuple(span for _, span in frame.examples),
            broken=frame.broken,
        )


def _misplaced(kind: str, parent: str) -> tuple[str, str]:
    """What to say of an element that grammars have, where it cannot stand."""
    message = f"'<{kind}>' cannot stand directly in '<{parent}>'."
    if parent == "one-of":
        return message, f"Put it into an item: <item><{kind}>…</{kind}></item>."
    if parent == "grammar" and kind in EXPANSIONS:
        return message, 'Put it into a rule: <rule id="order">…</rule>.'
    if kind in HEADERS:
        return message, "Move it to the start of the grammar, before the first rule."
    return message, f"End '<{parent}>' before it."


def _documentation(comment: str) -> str:
    """Text of a comment, without the blanks its lines begin and end with."""
    lines = [line.strip() for line in comment[4:-3].strip().splitlines()]
    return "\n".join(lines)
