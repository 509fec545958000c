"""Right sides of rules in ABNF and JSGF: the same brackets and bars, different signs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from sttprep.grammars.expression import (
    Alternative,
    Alternatives,
    Expression,
    InLanguage,
    Reference,
    Repeat,
    Run,
    Sequence,
    Special,
    Tag,
    Token,
)
from sttprep.grammars.write_layout import Group, Piece, Row
from sttprep.grammars.write_target import Target, fold_order

__all__ = ["Part", "TextBuilder"]


@dataclass(slots=True)
class Part:
    """How a node is written: as one item among others, and alone."""

    item: Piece
    row: Row
    rows: list[Row]
    """Alone where alternatives can stand without brackets around them."""
    size: int = 1
    """Words and signs in it, about."""

    @classmethod
    def of(cls, item: Piece, size: int = 1) -> Part:
        """A node that is written the same everywhere."""
        return cls(item, [item], [[item]], size)


class TextBuilder(ABC):
    """Makes pieces of text of an expression."""

    nothing = "()"
    """An item that says nothing."""

    def __init__(self, target: Target) -> None:
        self.target = target

    def rows(self, expression: Expression) -> list[Row]:
        """A whole right side."""
        parts: list[Part] = []
        for node, count in fold_order(expression):
            inner = parts[len(parts) - count :]
            del parts[len(parts) - count :]
            parts.append(self.part(node, inner))
        return parts[0].rows

    def part(self, node: Expression, inner: list[Part]) -> Part:
        """A node whose inner nodes are done."""
        if isinstance(node, Token):
            return Part.of(self.word(node.text, node.quoted, node))
        if isinstance(node, Reference):
            return Part.of(self.reference(node))
        if isinstance(node, Special):
            return Part.of(self.special(node))
        if isinstance(node, Tag):
            return self.tag(node)
        if isinstance(node, Sequence):
            return self.sequence(node, inner)
        if isinstance(node, Alternatives):
            return self.alternatives(node, inner)
        if isinstance(node, Repeat):
            return self.repeat(node, inner[0])
        return self.in_language(node, inner[0])

    def sequence(self, node: Sequence, inner: list[Part]) -> Part:
        """Items side by side; one alone keeps the brackets it was written with."""
        if not inner:
            return Part.of(self.nothing)
        if len(inner) == 1 and not self.target.same:
            return inner[0]
        row = self.side_by_side(node, inner)
        size = sum(part.size for part in inner)
        if len(row) > 1:
            return Part(Group("(", [row], ")"), row, [row], size)
        choice = isinstance(node.items[0], Alternatives)
        return Part.of(Group("(", inner[0].rows if choice else [row], ")"), size)

    def side_by_side(self, node: Sequence, inner: list[Part]) -> Row:
        """The items of a sequence."""
        return [part.item for part in inner]

    def alternatives(self, node: Alternatives, inner: list[Part]) -> Part:
        """Rows with a bar between them."""
        weights = self.weights(node)
        parts = iter(inner)
        rows: list[Row] = []
        for part in node.parts:
            if isinstance(part, Run):
                start: Row = [] if not weights else [f"/{weights[-1]}/"]
                rows += [
                    [*start, *(self.word(word, False) for word in phrase.split())]
                    for phrase in part.phrases()
                ]
            else:
                weight = self.weight(part, bool(weights))
                rows.append([*([f"/{weight}/"] if weight else []), *next(parts).row])
        size = len(rows) + sum(part.size for part in inner)
        if len(rows) == 1 and not weights and next(node.items).weight is None:
            # A single alternative is no choice, and only XML can say it.
            row = rows[0]
            alone = row[0] if len(row) == 1 else Group("(", rows, ")")
            return inner[0] if inner else Part(alone, row, rows, size)
        group = Group("(", rows, ")")
        return Part(group, [group], rows, size)

    def weights(self, node: Alternatives) -> list[str]:
        """The weight of those that have none, where every alternative needs one."""
        return []

    def closed(self, node: Expression, part: Part, suffix: str, *, word: bool) -> Piece:
        """A node with an operator behind it, in brackets unless it can take one as it is."""
        node = self.target.core(node)
        if isinstance(part.item, str):
            return part.item + suffix if word else Group("(", part.rows, f"){suffix}")
        if isinstance(node, Sequence | Alternatives) or word:
            group = part.item
            return Group(group.opener, group.rows, group.closer + suffix)
        return Group("(", part.rows, f"){suffix}")

    @abstractmethod
    def word(self, text: str, quoted: bool, node: Token | None = None) -> str:
        """Something spoken."""

    @abstractmethod
    def reference(self, node: Reference) -> str:
        """Use of a rule."""

    @abstractmethod
    def special(self, node: Special) -> str:
        """NULL, VOID, GARBAGE."""

    @abstractmethod
    def tag(self, node: Tag) -> Part:
        """A tag."""

    @abstractmethod
    def weight(self, part: Alternative, needed: bool) -> str:
        """The weight of an alternative, empty for none."""

    @abstractmethod
    def repeat(self, node: Repeat, body: Part) -> Part:
        """The body several times."""

    @abstractmethod
    def in_language(self, node: InLanguage, body: Part) -> Part:
        """The body in another language."""
