"""The facts of a simple JSGF right side from its text alone.

Whether a rule can be said, and with nothing said, depends on how words, names and signs follow one
another, not on what they are; so it is worked out once for texts of the same shape.

>>> shape_of("set <size> to (a | <other>+)")
'w<w>w(w|<w>+)'
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sttprep.grammars.expression import Expression
from sttprep.grammars.facts import PLAIN, Facts, Formula, find_facts, phrases

__all__ = ["plain_facts", "shape_of"]

_Build = Callable[[str], Expression]

_SIGN = re.compile(r"[<()\[\]*+]")
_NOT_SIMPLE = re.compile(r'["{/\\]|<(?:NULL>|VOID>|[^<>]*\.)')
_NAME = re.compile(r"<([^<>]+)>")
_WORD = re.compile(r"[^\s|()\[\]<>*+]+")
_GROUP = re.compile(r"[(\[]")
_PART = re.compile(r" ?[|()\[\]] ?")
_TOKEN = re.compile(r"<w>|[w|()\[\]*+]")
_LONGEST = 200  # characters of a shape that is worth remembering
_MOST = 4096  # shapes remembered

_by_shape: dict[str, Facts | None] = {}


def plain_facts(text: str, build: _Build) -> Facts | None:
    """The facts of a valid right side; None where only its expression can tell.

    Args:
        text: the right side.
        build: makes an expression of a valid right side.
    """
    if _NOT_SIMPLE.search(text):
        return None
    if not _SIGN.search(text):
        said = phrases(text)
        return PLAIN if len(set(said)) == len(said) else None
    if "|" in text:
        text = " ".join(text.split())
        if _GROUP.search(text):
            said = [part for part in _PART.split(text) if part]
        else:
            said = [part.strip() for part in text.split("|")]
        if len(set(said)) < len(said):
            return None  # perhaps an alternative that is there already
    shape = shape_of(text)
    if len(shape) > _LONGEST:
        return None
    if shape in _by_shape:
        general = _by_shape[shape]
    else:
        if len(_by_shape) >= _MOST:
            _by_shape.clear()
        general = _by_shape[shape] = _general(shape, build)
    if general is None or not general.names:
        return general
    names = _NAME.findall(text)
    _, productive, nullable, wordy, _ = general
    return Facts(
        tuple(dict.fromkeys(names)) if len(names) > 1 else (names[0],),
        productive if productive is True else _named(productive, names),
        nullable if nullable is False else _named(nullable, names),
        wordy if wordy is True else _named(wordy, names),
        None,
    )


def shape_of(text: str) -> str:
    """The text with ``w`` for each word and name, and without the blanks."""
    return "".join(_WORD.sub("w", text).split())


def _general(shape: str, build: _Build) -> Facts | None:
    """The facts of a shape, rules named by their number; None where words matter for them."""
    tokens = []
    rules = 0
    for number, token in enumerate(_TOKEN.findall(shape)):
        if token == "<w>":
            tokens.append(f"<r{rules}>")
            rules += 1
        else:
            tokens.append(f"w{number}" if token == "w" else token)
    facts = find_facts(build(" ".join(tokens)))
    return facts if facts.rare is None else None


def _named(formula: Formula, names: list[str]) -> Formula:
    """The formula about the rules of these names."""
    if isinstance(formula, str):
        return names[int(formula[1:])]
    if isinstance(formula, tuple):
        every, parts = formula
        return every, tuple([_named(part, names) for part in parts])
    return formula
