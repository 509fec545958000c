"""Text of groups within groups, broken into lines only where it is too long for one.

>>> rows = [["small"], ["quite", "large"]]
>>> print(lay_out(Group("$size =", rows, ";", gap=" ", own_line=False)))
$size = small | quite large;
>>> many = Group("(", [[word * 12] for word in ("one", "two", "three")], ")<2>")
>>> print(lay_out(Group("$far =", [["to", many]], ";", gap=" ", own_line=False)))
$far =
    to (
        oneoneoneoneoneoneoneoneoneoneoneone
      | twotwotwotwotwotwotwotwotwotwotwotwo
      | threethreethreethreethreethreethreethreethreethreethreethree
    )<2>;
"""

from __future__ import annotations

from typing import TypeAlias

__all__ = ["WIDTH", "Group", "Piece", "Row", "lay_out"]

WIDTH = 88
"""Characters in a line, where it can be helped."""

Piece: TypeAlias = "str | Group"
Row: TypeAlias = "list[Piece]"


class Group:
    """Rows of pieces between an opener and a closer."""

    __slots__ = ("bar", "block", "closer", "flat", "gap", "opener", "own_line", "rows")

    def __init__(
        self,
        opener: str,
        rows: list[Row],
        closer: str,
        *,
        bar: str = "| ",
        gap: str = "",
        own_line: bool = True,
        block: bool = False,
        broken: bool = False,
    ) -> None:
        self.opener = opener
        self.rows = rows
        self.closer = closer
        self.bar = bar
        """What stands before each row but the first."""
        self.gap = gap
        """What stands behind the opener, on the same line."""
        self.own_line = own_line
        """Whether the closer has a line for itself where the group is broken."""
        self.block = block
        """Whether nothing stands before or behind it on its lines where it is broken."""
        self.flat = None if broken else self._flat()
        """The whole in one line; None where that is too long, or not wanted."""

    def _flat(self) -> str | None:
        words: list[str] = []
        length = 0
        for row in self.rows:
            if words and self.bar:
                words.append(self.bar.rstrip())
            for piece in row:
                flat = piece if isinstance(piece, str) else piece.flat
                length += WIDTH if flat is None else len(flat) + 1
                if flat is None or length > WIDTH or "\n" in flat:
                    return None
                words.append(flat)
        return f"{self.opener}{self.gap}{' '.join(words)}{self.closer}"


class _Page:
    """Lines written so far, and the one being written."""

    def __init__(self, indent: int) -> None:
        self.lines: list[str] = []
        self.line = " " * indent
        self.fresh = True
        self.full = False

    def new_line(self, start: str) -> None:
        if not self.fresh or self.lines:
            self.lines.append(self.line.rstrip())
        self.line = start
        self.fresh = True
        self.full = False

    def put(self, text: str, indent: int) -> None:
        """Add a piece, on a new line where this one is full."""
        first, *rest = text.split("\n")
        if self.full or (not self.fresh and len(self.line) + 1 + len(first) > WIDTH):
            self.new_line(" " * indent)
        self.line += first if self.fresh else f" {first}"
        self.fresh = False
        for line in rest:
            self.lines.append(self.line)
            self.line = line

    def fits(self, flat: str | None, indent: int) -> bool:
        """Whether a group can be put without breaking it."""
        return flat is not None and len(flat) <= max(WIDTH - indent, WIDTH // 3)


def lay_out(piece: Piece, indent: int = 0) -> str:
    """The piece as text; lines after the first are indented, too (deep groups are no problem)."""
    page = _Page(indent)
    work: list[tuple[str, Piece, int]] = [("put", piece, indent)]
    while work:
        what, piece, indent = work.pop()
        if what == "glue":
            page.line += str(piece)
            page.fresh = False
        elif what == "full":
            page.full = True
        elif what == "line":
            page.new_line(str(piece))
        elif isinstance(piece, str):
            page.put(piece, indent)
        elif page.fits(piece.flat, indent):
            page.put(str(piece.flat), indent)
        else:
            page.full |= piece.block and not page.fresh
            work.extend(reversed(_broken(piece, indent)))
    return "\n".join([*page.lines, page.line])


def _broken(group: Group, indent: int) -> list[tuple[str, Piece, int]]:
    """A group in several lines."""
    inner = indent + 2 + len(group.bar)
    steps: list[tuple[str, Piece, int]] = [("put", group.opener, indent)]
    for number, row in enumerate(group.rows):
        start = f"{' ' * (indent + 2)}{group.bar if number else ' ' * len(group.bar)}"
        steps.append(("line", start, inner))
        steps += [("put", piece, inner) for piece in row]
    if group.own_line:
        steps.append(("line", " " * indent, indent))
    steps.append(("glue", group.closer, indent))
    if group.block:
        steps.append(("full", "", indent))
    return steps
