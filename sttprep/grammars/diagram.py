"""Railroad diagrams: follow the line from left to right, and you have said a sentence.

>>> from sttprep.grammars.expression import Sequence, Reference, Token
>>> from sttprep.grammars.grammar import Body, Rule
>>> order = Rule("order", Body(Sequence((Token("a"), Reference("size"), Token("coffee")))))
>>> svg = railroad(order)
>>> svg[:27], "<desc>“a”, then size, then “coffee”</desc>" in svg, 'href="#rule-size"' in svg
('<svg xmlns="http://www.w3.o', True, True)

Words are round, rules are square (a click leads to them), a line above a part leaves it out, a
line below leads back to say it again.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import islice
from urllib.parse import quote

from sttprep.grammars.diagram_layout import (
    RADIUS,
    Box,
    Choice,
    Frame,
    Loop,
    Note,
    Part,
    Pen,
    Rail,
    Row,
    Skip,
    Stack,
    escape,
    printable,
)
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
from sttprep.grammars.grammar import Rule

__all__ = ["drawing", "railroad", "rule_anchor"]

_WIDTH = 860  # pixels of a line, about the width of a notebook's output
_NARROWEST = 200  # pixels left to deeply nested parts
_PLAIN = 12  # alternatives of words shown at most; of more, the first ten
_OTHER = 40  # other alternatives shown at most
_ITEMS = 80  # parts of a sequence shown at most
_DEPTH = 24  # parts within parts; a reader's limit of nesting is far higher
_BOXES = 800  # boxes of one diagram
_DESCRIPTION = 2000  # characters

_TOO_MUCH = "More stands here than a diagram can show."
_SPECIAL = {
    "NULL": ("NULL: nothing", "The special rule NULL: nothing is said here."),
    "VOID": ("VOID: never", "The special rule VOID: no sentence takes this way."),
    "GARBAGE": ("GARBAGE: any words", "The special rule GARBAGE: any words are skipped here."),
}
_FONT = (
    "font-family=\"ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace\" "
    'text-anchor="middle" fill="currentColor"'
)
_RAILS = 'fill="none" stroke="currentColor" stroke-width="1.5"'


def rule_anchor(name: str) -> str:
    """The ``id`` of a rule in a page with its diagram.

    >>> rule_anchor("size")
    'rule-size'
    """
    return printable(f"rule-{name}")


def railroad(rule: Rule, *, prefix: str = "", targets: Container[str] | None = None) -> str:
    """The diagram of a rule as one SVG element.

    It takes the colour of the text around it. Long lists and very large rules are shortened; what
    is left out is said.

    Args:
        rule: what to draw.
        prefix: stands before the anchors that references lead to.
        targets: rules that have an anchor in the page; None is all.
    """
    inside, width, height, words = _diagram(rule, prefix, targets)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><title>{escape(f"Rule {rule.name}")}</title>'
        f"<desc>{escape(words)}</desc>{inside}</svg>"
    )


def drawing(rules: Iterable[Rule]) -> str:
    """The diagrams of several rules under each other: an SVG document on white, to be saved."""
    shown = list(rules)
    names = {rule.name for rule in shown}
    parts = []
    place, widest = 10, 0
    for rule in shown:
        inside, width, height, words = _diagram(rule, "", names)
        parts.append(
            f'<g id="{escape(rule_anchor(rule.name))}" transform="translate(10 {place})">'
            f"<title>{escape(f'Rule {rule.name}')}</title><desc>{escape(words)}</desc>"
            f'<text x="4" y="16" font-family="sans-serif" font-weight="bold" font-size="14" '
            f'fill="currentColor">{escape(rule.name)}</text>'
            f'<g transform="translate(0 24)">{inside}</g></g>'
        )
        place += height + 24 + 18
        widest = max(widest, width, 10 * len(rule.name))
    width = widest + 20
    title = f"Railroad diagrams of {len(shown)} rules"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{place}" '
        f'viewBox="0 0 {width} {place}" color="#1f2328"><title>{title}</title>'
        f'<rect width="{width}" height="{place}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _diagram(rule: Rule, prefix: str, targets: Container[str] | None) -> tuple[str, int, int, str]:
    """Content, width, height, and what is said in words."""
    builder = _Builder(prefix, targets)
    part = (
        Box("this rule could not be read", "special")
        if rule.broken
        else builder.part(rule.expression, _WIDTH, 0, at_the_end=True)
    )
    margin, ends = 4, 24
    pen = Pen()
    x, y = margin, margin + max(part.up, RADIUS)
    pen.marks.append(f"M {x} {y - RADIUS} v {2 * RADIUS} m 5 0 v {-2 * RADIUS}")
    pen.rail("M", x, y, "h", ends)
    part.draw(pen, x + ends, y)
    end = x + ends + part.width
    leaves = y + part.leaves
    pen.rail("M", end, leaves, "h", ends)
    pen.marks.append(f"M {end + ends} {leaves - RADIUS} v {2 * RADIUS} m -5 0 v {-2 * RADIUS}")
    width = end + ends + margin
    height = y + max(part.down, part.leaves + RADIUS) + margin
    content = (
        f'<g {_RAILS}><path d="{" ".join(pen.rails)}"/><path d="{" ".join(pen.marks)}"/></g>'
        f"<g {_FONT}>{''.join(pen.shapes)}</g>"
    )
    words = part.words
    if len(words) > _DESCRIPTION:
        words = f"{words[:_DESCRIPTION]}…"
    return content, width, height, words


class _Builder:
    """Turns an expression into parts; counts boxes, so that no diagram grows without end."""

    def __init__(self, prefix: str, targets: Container[str] | None) -> None:
        self.prefix = prefix
        self.targets = targets
        self.boxes = 0

    def part(self, node: Expression, width: int, depth: int, at_the_end: bool = False) -> Part:
        """The part for an expression, in about so many pixels."""
        self.boxes += 1
        while isinstance(node, Sequence) and len(node.items) == 1:
            node = node.items[0]
        if self.boxes > _BOXES:
            return Box("…", "more", _TOO_MUCH)
        width = max(width, _NARROWEST)
        inner = width - 4 * RADIUS
        if isinstance(node, Token):
            return _token(node)
        if isinstance(node, Reference):
            return self._reference(node)
        if isinstance(node, Special):
            text, title = _SPECIAL[node.name]
            return Box(text, "special", title)
        if isinstance(node, Tag):
            return Note(f"{{{node.text}}}", f"tag {{{' '.join(node.text.split())[:80]}}}")
        if depth > _DEPTH:
            return Box("…", "more", _TOO_MUCH)
        if isinstance(node, Sequence):
            return self._sequence(node, width, depth, at_the_end)
        if isinstance(node, Alternatives):
            return self._alternatives(node, inner, depth)
        if isinstance(node, Repeat):
            return self._repeat(node, inner, depth)
        return Frame(self.part(node.body, inner, depth + 1), f"in {node.language}")

    def _reference(self, node: Reference) -> Part:
        if node.grammar is not None:
            name = "root" if node.rule is None else node.rule
            title = f"{'The root rule' if node.rule is None else f'Rule {node.rule}'} "
            return Box(f"{name} of {node.grammar}", "reference", f"{title}of {node.grammar}")
        name = node.rule or ""
        known = self.targets is None or name in self.targets
        href = f"#{quote(printable(self.prefix) + rule_anchor(name))}" if known else ""
        return Box(name, "reference", f"Rule {name}", href)

    def _sequence(self, node: Sequence, width: int, depth: int, at_the_end: bool) -> Part:
        lines: list[list[Part]] = [[]]
        used = widest = 0
        shown = list(islice(_flat(node), _ITEMS + 1))
        for number, item in enumerate(shown):
            if number == _ITEMS or self.boxes > _BOXES:
                part: Part = Box("… and more", "more")
            else:
                part = self.part(item, width - 6 * RADIUS, depth + 1)
            # Beside a part that is wider than the line, a new line would gain nothing.
            widest = max(widest, part.width)
            if lines[-1] and used + part.width > max(width, widest + 60):
                lines.append([])
                used = 0
            lines[-1].append(part)
            used += part.width + 10
            if number == _ITEMS or self.boxes > _BOXES:
                break
        if not shown:
            return Rail()
        rows = [Row(line) for line in lines]
        return rows[0] if len(rows) == 1 else Stack(rows, at_the_end)

    def _alternatives(self, node: Alternatives, width: int, depth: int) -> Part:
        shown, hidden = _shown(node)
        rows: list[tuple[str, Part]] = []
        for item in shown:
            note = "" if item.weight is None else f"weight {item.weight:g}"
            rows.append((note, self.part(item.expression, width - 8 * len(note), depth + 1)))
        if hidden:
            rows.append(("", Box(f"… {hidden:,} more", "more")))
        return Choice(rows)

    def _repeat(self, node: Repeat, width: int, depth: int) -> Part:
        body = self.part(node.body, width, depth + 1)
        chance = "" if node.probability is None else f"p = {node.probability:g}"
        if (node.least, node.most) == (0, 1):
            return Skip(body, chance)
        if (node.least, node.most) == (1, 1):
            return body
        if node.most == 0:
            return Skip(Frame(body, "0 ×: always left out"))
        if node.most is None:
            times = f"{node.least} or more"
        elif node.least == node.most:
            times = f"{node.least}"
        else:
            times = f"{node.least}–{node.most}"
        note = f"{times} ×{', ' if chance else ''}{chance}"
        loop = Loop(body, note, f"{times} times")
        return Skip(loop) if node.least == 0 else loop


def _token(node: Token) -> Box:
    """A word; one in quotes keeps them, for its words belong together."""
    return Box(f'"{node.text}"' if node.quoted else node.text, "token")


def _flat(node: Sequence) -> Iterator[Expression]:
    """The items of a sequence and of groups directly inside it: a group alone means nothing."""
    waiting: list[Iterator[Expression]] = [iter(node.items)]
    while waiting:
        for item in waiting[-1]:
            if isinstance(item, Sequence):
                waiting.append(iter(item.items))
                break
            yield item
        else:
            waiting.pop()


def _shown(node: Alternatives) -> tuple[list[Alternative], int]:
    """The alternatives to draw, and how many are left out."""
    plain: list[tuple[int, Alternative]] = []
    other: list[tuple[int, Alternative]] = []
    plain_total = total = 0
    for part in node.parts:
        if isinstance(part, Run):
            size = part.text.count("|") + 1
            plain += enumerate(islice(part.items, max(0, _PLAIN - len(plain))), total)
            plain_total += size
            total += size
            continue
        if _is_plain(part.expression):
            plain_total += 1
            if len(plain) < _PLAIN:
                plain.append((total, part))
        elif len(other) < _OTHER:
            other.append((total, part))
        total += 1
    if plain_total > _PLAIN:
        del plain[_PLAIN - 2 :]
    shown = sorted(plain + other, key=lambda pair: pair[0])
    return [item for _, item in shown], total - len(shown)


def _is_plain(expression: Expression) -> bool:
    """Whether only words are said."""
    if isinstance(expression, Sequence):
        return all(isinstance(item, Token | Tag) for item in expression.items)
    return isinstance(expression, Token)
