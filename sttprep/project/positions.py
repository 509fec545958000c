"""Where each key and value of a TOML file stands.

``tomllib`` reads values but forgets their places; this reads the places. It runs after
``tomllib`` accepted the file, so its grammar may be more lenient than TOML's.

>>> places = positions('name = "x"\\nfiles = ["a.txt", "b.txt"]\\n')
>>> places[("files", 1)]
Span(start=29, end=36)
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from sttprep.source import Span

if TYPE_CHECKING:
    from lark import Lark

_Node: TypeAlias = Any  # a lark Tree or Token; which of them, the grammar says

__all__ = ["Place", "positions"]

Place: TypeAlias = tuple[str | int, ...]
"""Keys and list indexes down to a value, for instance ``("corpora", 0)``."""

_GRAMMAR = r"""
start: pair* table*
table: ("[" key "]" | "[[" key "]]") pair*
pair: key "=" _value
key: (BARE | QUOTED) ("." (BARE | QUOTED))*
_value: QUOTED | SCALAR | array | inline
array: "[" (_value ("," _value)*)? ","? "]"
inline: "{" (pair ("," pair)*)? ","? "}"
BARE: /[A-Za-z0-9_-]+/
QUOTED: /\"\"\"(?:[^\\]|\\(?s:.))*?\"\"\"\"{0,2}|'''(?s:.)*?''''{0,2}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/
SCALAR: /[^\s,\]\[{}#"'=]+([ \t]+[^\s,\]\[{}#"'=]+)*/
COMMENT: /#[^\n]*/
%ignore /\s+/
%ignore COMMENT
"""


def positions(text: str) -> dict[Place, Span]:
    """Span of each key's name and, under the key's index, of each list element.

    ``places[("corpora",)]`` is the key ``corpora``, ``places[("corpora", "=")]`` its value and
    ``places[("corpora", 0)]`` the first element of its list. Text the grammar does not cover
    gives no places, never an error.
    """
    from lark.exceptions import LarkError

    try:
        tree: _Node = _parser().parse(text)
    except LarkError:
        return {}
    places: dict[Place, Span] = {}
    for part in tree.children:
        prefix: Place = ()
        pairs = [part]
        if part.data == "table":
            head, *pairs = part.children
            prefix = _key(head)
            places[prefix] = _span(head)
        for pair in pairs:
            _pair(pair, prefix, places)
    return places


@cache
def _parser() -> Lark:
    from lark import Lark

    return Lark(_GRAMMAR, parser="lalr", propagate_positions=True, maybe_placeholders=False)


def _pair(pair: _Node, prefix: Place, places: dict[Place, Span]) -> None:
    key, value = pair.children
    place = (*prefix, *_key(key))
    places[place] = _span(key)
    places[(*place, "=")] = _span(value)
    if getattr(value, "data", "") == "array":
        for index, element in enumerate(value.children):
            places[(*place, index)] = _span(element)
    elif getattr(value, "data", "") == "inline":
        for inner in value.children:
            _pair(inner, place, places)


def _key(key: _Node) -> Place:
    return tuple(str(part).strip("\"'") for part in key.children)


def _span(node: _Node) -> Span:
    meta: Any = getattr(node, "meta", node)
    return Span(meta.start_pos, meta.end_pos)
