"""How findings write names and examples: each grammar in its own format."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import islice

from sttprep.grammars.grammar import GrammarFormat
from sttprep.source import Problem

__all__ = [
    "definition",
    "limited",
    "listed",
    "number_text",
    "quoted",
    "reference",
    "route",
    "shown",
    "similar",
]

_MOST = 1000  # findings of one kind; nobody reads more, and a text of a million rules may have them

_COMPARED = 60  # characters; comparing takes the square of a word's length, and data can stand here


def similar(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known name that was probably meant.

    >>> similar("langage", ["language", "lexicon"]), similar("x" * 10_000_000, ["language"])
    ('language', None)
    """
    return next(iter(get_close_matches(name[:_COMPARED], list(known), 1, cutoff)), None)


def limited(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The first thousand findings, and a note where there are more."""
    rest = iter(problems)
    yield from islice(rest, _MOST)
    if next(rest, None) is not None:
        yield Problem("note", "more-problems", f"there are more than {_MOST} findings of a kind.")


def shown(format: GrammarFormat, name: str) -> str:
    """A rule's name in a sentence.

    >>> shown("abnf", "size"), shown("jsgf", "size"), shown("grxml", "size")
    ('$size', '<size>', '"size"')
    """
    return {"abnf": f"${name}", "jsgf": f"<{name}>", "grxml": f'"{name}"'}[format]


def reference(format: GrammarFormat, name: str) -> str:
    """How a rule is used."""
    return f'<ruleref uri="#{name}"/>' if format == "grxml" else shown(format, name)


def definition(format: GrammarFormat, name: str, *items: str, public: bool = False) -> str:
    """How a rule with some alternatives is defined.

    >>> definition("abnf", "size", "small", "large")
    '$size = small | large;'
    >>> definition("grxml", "size", "small", "large", public=True)
    '<rule id="size" scope="public"><one-of><item>small</item><item>large</item></one-of></rule>'
    """
    if format == "grxml":
        scope = ' scope="public"' if public else ""
        inner = "".join(f"<item>{item}</item>" for item in items)
        if len(items) > 1:
            return f'<rule id="{name}"{scope}><one-of>{inner}</one-of></rule>'
        return f'<rule id="{name}"{scope}>{items[0]}</rule>'
    return f"{'public ' if public else ''}{shown(format, name)} = {' | '.join(items)};"


def quoted(text: str) -> str:
    """An example in a sentence: in quotes, unless it has some itself."""
    return text if '"' in text else f'"{text}"'


def listed(names: Iterable[str], most: int = 8) -> str:
    """Names in a row, the first few where there are many.

    >>> listed(["a", "b", "c"], 2)
    'a, b … (3 in all)'
    """
    known = list(names)
    if len(known) <= most:
        return ", ".join(known)
    return f"{', '.join(known[:most])} … ({len(known)} in all)"


def route(names: Sequence[str], most: int = 8) -> str:
    """A way from rule to rule; the middle of a long one is left out.

    >>> route(["$a", "$b", "$a"])
    '$a → $b → $a'
    """
    if len(names) > most:
        names = [*names[: most - 2], "…", *names[-2:]]
    return " → ".join(names)


def number_text(number: int | float, digits: int = 18) -> str:
    """A whole number, exact up to so many digits.

    >>> number_text(15692141883605, 18), number_text(2**200, 18)
    ('15,692,141,883,605', 'about 1.61 × 10^60')
    """
    if number < 10**digits:
        return f"{number:,}"
    power, rest = divmod(math.log10(number), 1)
    return f"about {10**rest:.2f} × 10^{int(power)}"
