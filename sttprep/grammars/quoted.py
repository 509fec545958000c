"""Parts of a rule as its text has them, for reports.

>>> from sttprep.grammars import read_grammar
>>> grammar = read_grammar("#ABNF 1.0 UTF-8;\\nlanguage en-US;\\n$size = small | (very  large);\\n")
>>> size = grammar.by_name["size"]
>>> second = list(size.expression.items)[1]
>>> written(grammar, size, second.expression, second.span), line_of(grammar, size, second.span)
('(very large)', 3)
"""

from __future__ import annotations

from collections.abc import Sequence as Items
from html import escape

from sttprep.grammars.expression import Expression, Reference, Special, Tag, Token, walk
from sttprep.grammars.grammar import Grammar, Rule
from sttprep.source import Span

__all__ = ["line_of", "table", "where", "written"]

_SHOWN = 60  # characters of a part that are shown


def written(grammar: Grammar, rule: Rule, expression: Expression, span: Span | None = None) -> str:
    """The text of a part, on one line and not too long; made from its words where there is none."""
    place = rule.place(span or expression.span)
    text = " ".join(grammar.source.text[place.start : place.end].split())
    if not text:
        text = " ".join(_words(node) for node in walk(expression)).strip()
        text = " ".join(text.split()) or "()"
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 2]} …"


def _words(node: Expression) -> str:
    if isinstance(node, Token):
        return f'"{node.text}"' if " " in node.text else node.text
    if isinstance(node, Reference):
        return f"${node.rule or node.grammar}"
    if isinstance(node, Tag):
        return f"{{{node.text}}}"
    return f"${node.name}" if isinstance(node, Special) else ""


def line_of(grammar: Grammar, rule: Rule, span: Span) -> int | None:
    """Number of the line on which a part starts; None for a grammar made without text."""
    if not grammar.source.text:
        return None
    return grammar.source.position(rule.place(span).start)[0]


def where(grammar: Grammar, rule: Rule, span: Span) -> str:
    """``menu.abnf:4:12``, or as much of it as is known."""
    if not grammar.source.text:
        return f"rule {rule.name}"
    line, column = grammar.source.position(rule.place(span).start)
    name = grammar.source.name
    return f"{name}:{line}:{column}" if name else f"line {line}, column {column}"


def table(header: Items[str], rows: Items[Items[object]], caption: str = "") -> str:
    """An HTML table; every cell is escaped."""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in header)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    )
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
