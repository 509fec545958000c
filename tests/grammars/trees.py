"""Grammars from trees in one line, for tests of what is done with trees."""

from __future__ import annotations

from sttprep.grammars.expression import (
    Alternative,
    Alternatives,
    Expression,
    Reference,
    Repeat,
    Run,
    Sequence,
    Special,
    Token,
)
from sttprep.grammars.grammar import Body, Grammar, Header, Rule

NULL, VOID, GARBAGE = Special("NULL"), Special("VOID"), Special("GARBAGE")


def tree(thing: str | Expression) -> Expression:
    """A rule (``$size``) or words for a string."""
    if not isinstance(thing, str):
        return thing
    if thing.startswith("$"):
        return Reference(thing[1:])
    words = thing.split()
    return Token(words[0]) if len(words) == 1 else Sequence(tuple(map(Token, words)))


def seq(*items: str | Expression) -> Sequence:
    """Items one after the other."""
    return Sequence(tuple(map(tree, items)))


def alt(*items: str | Expression, weights: tuple[float | None, ...] = ()) -> Alternatives:
    """One of several items."""
    shares = weights or (None,) * len(items)
    return Alternatives(
        tuple(Alternative(tree(item), share) for item, share in zip(items, shares, strict=True))
    )


def rep(item: str | Expression, least: int, most: int | None, p: float | None = None) -> Repeat:
    """An item several times."""
    return Repeat(tree(item), least, most, p)


def opt(item: str | Expression, p: float | None = None) -> Repeat:
    """An item or nothing."""
    return rep(item, 0, 1, p)


def run(text: str) -> Alternatives:
    """Alternatives kept as text."""
    return Alternatives((Run(text),))


def grammar(root: str | Expression, **rules: str | Expression) -> Grammar:
    """A grammar whose root rule is ``root``."""
    bodies = {"root": root, **rules}
    return Grammar(
        "abnf",
        Header(root="root"),
        tuple(Rule(name, Body(tree(body))) for name, body in bodies.items()),
    )
