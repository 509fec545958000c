"""What the writers of the three formats share: refusals, numbers, comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from sttprep.grammars.expression import Alternative, Alternatives, Expression, Sequence, children
from sttprep.grammars.grammar import Grammar, GrammarFormat, Import, Rule
from sttprep.source import Problem, Span

__all__ = ["Target", "as_block", "as_lines", "as_xml_comment", "fold_order", "number"]

_XML_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_Named = TypeVar("_Named")
NAMES = {"abnf": "ABNF", "grxml": "the XML form", "jsgf": "JSGF"}


@dataclass
class Target:
    """A grammar on its way into a format, and what the format cannot say."""

    grammar: Grammar
    format: GrammarFormat
    problems: list[Problem] = field(default_factory=list)
    rule: Rule | None = None
    """The rule being written."""
    notes: list[str] = field(default_factory=list)
    """What is left out of the rule, as it does not change what is accepted."""

    @property
    def same(self) -> bool:
        """Whether the grammar comes from this format."""
        return self.grammar.format == self.format

    def core(self, node: Expression) -> Expression:
        """A node without brackets of another format that hold only one thing."""
        while not self.same:
            if isinstance(node, Sequence) and len(node.items) == 1:
                node = node.items[0]
                continue
            only = (
                node.parts[0] if isinstance(node, Alternatives) and len(node.parts) == 1 else None
            )
            if not isinstance(only, Alternative) or only.weight is not None:
                break
            node = only.expression
        return node

    def refuse(self, span: Span, message: str, hint: str) -> None:
        """Keep what cannot be written; the span counts from the start of the rule."""
        place = self.rule.place(span) if self.rule else span
        place = place if place.end <= len(self.grammar.source.text) else Span(0, 0)
        name = f" (rule '{self.rule.name}')" if self.rule else ""
        self.problems.append(
            self.grammar.source.problem(
                "error", "cannot-write", place, f"{NAMES[self.format]} {message}{name}.", hint
            )
        )

    def local_rule(self, name: str, grammar: str | None, span: Span) -> str | None:
        """The name of a rule of this grammar; None where it is of another JSGF grammar."""
        header = self.grammar.header
        own = {header.name, (header.name or "").rpartition(".")[2]}
        if grammar is not None and grammar not in own:
            self._imported(f"{grammar}.{name}", span)
            return None
        if name not in self.grammar.by_name:
            source = _imported_from(header.imports, name)
            if source is not None:
                self._imported(f"{source}.{name}", span)
                return None
        return name

    def _imported(self, name: str, span: Span) -> None:
        self.refuse(
            span,
            f"cannot import <{name}> from another JSGF grammar",
            "Copy the rule into this grammar.",
        )

    def check_characters(self, text: str, span: Span) -> None:
        """Refuse characters that no XML text can hold."""
        found = _XML_ILLEGAL.search(text) if self.format == "grxml" else None
        if found:
            message = f"cannot hold the character U+{ord(found[0]):04X}"
            self.refuse(span, message, "Take the character out of the grammar.")


def _imported_from(imports: Iterable[Import], name: str) -> str | None:
    return next((one.grammar for one in imports if one.rule in {name, "*"}), None)


def number(value: float) -> str:
    """A number as SRGS writes it, without an exponent.

    >>> number(2.0), number(1e-7), number(0.5)
    ('2', '0.0000001', '0.5')
    """
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def fold_order(expression: Expression) -> Iterator[tuple[Expression, int]]:
    """The nodes, each after those inside it, and how many there are directly inside it.

    A `Run` of alternatives counts as nothing inside.
    """
    order: list[tuple[Expression, int]] = []
    waiting = [expression]
    while waiting:
        node = waiting.pop()
        inner = (
            [part.expression for part in node.parts if isinstance(part, Alternative)]
            if isinstance(node, Alternatives)
            else list(children(node))
        )
        order.append((node, len(inner)))
        waiting.extend(inner)
    return reversed(order)


def _content(comment: str) -> str:
    """What a comment says, without its delimiters."""
    if comment.startswith("<!--"):
        return comment[4:-3].strip()
    if comment.startswith("/*"):
        lines = [re.sub(r"^\s*\*+ ?", "", line) for line in comment[2:-2].split("\n")]
        return "\n".join(line.strip() for line in lines).strip()
    return comment[2:].strip()


def as_lines(comment: str) -> list[str]:
    """A comment in ABNF and JSGF, where it does not count as documentation."""
    if comment.startswith("//"):
        return [comment.rstrip()]
    if comment.startswith("/*"):
        return [re.sub(r"^/\*\*+(?!/)", "/*", comment)]
    return [f"// {line.strip()}".rstrip() for line in _content(comment).splitlines()]


def as_xml_comment(comment: str) -> str:
    """A comment in XML."""
    if comment.startswith("<!--"):
        return comment
    return f"<!-- {re.sub('-(?=-)', '- ', _content(comment))} -->"


def as_block(documentation: str, examples: Iterable[str] = ()) -> list[str]:
    """A documentation comment of ABNF and JSGF; no lines where there is nothing to say."""
    lines = [line.replace("*/", "* /") for line in documentation.splitlines()]
    lines += [f"@example {example}".replace("*/", "* /") for example in examples]
    if not lines:
        return []
    if len(lines) == 1:
        return [f"/** {lines[0]} */"]
    return ["/**", *(f" * {line}".rstrip() for line in lines), " */"]
