"""Sentences that a grammar matches in several ways.

>>> from sttprep.grammars import read_grammar
>>> menu = read_grammar('''#ABNF 1.0 UTF-8;
... language en-US;
... root $order;
... $order = $drink | tea please;
... $drink = tea [please] | coffee;
... ''')
>>> print(menu.ambiguity())
"tea please" is matched in 2 ways:
line 4, column 10: alternative 1 of 2 ($drink): $order[$drink["tea","please"]]
line 4, column 10: alternative 2 of 2 (tea please): $order["tea","please"]

Two ways are different where they take different alternatives, take or leave an optional part,
make other numbers of rounds in a repeat, or let ``GARBAGE`` or a rule take other words. That
nothing is said counts too: ``[[a]]`` and ``[a]*`` match the empty sentence in two ways or more.

The search reads two ways side by side, word by word (the product of the network with itself), so
the first it finds is a shortest one. It is exact for every grammar without recursion, with tail
recursion only, or with recursion only at the beginning of rules. For other recursion ambiguity
cannot be decided in general: there it looks at sentences of up to `LONGEST` words, as far as it
gets in `BUDGET` steps (`TRIED` beginnings of sentences where rules contain themselves at both
ends), and None means that there is no such sentence among these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice
from math import isinf
from typing import TYPE_CHECKING, Any, TypeAlias

from sttprep.errors import GrammarError
from sttprep.grammars.automaton import OTHER
from sttprep.grammars.chart import Chart, Event
from sttprep.grammars.configurations import SEVERAL, BudgetError, Configurations, EndlessError
from sttprep.grammars.net import Choice, Count, Garbage, Net, Optional, network
from sttprep.grammars.parse import Parse, build
from sttprep.grammars.quoted import where, written

if TYPE_CHECKING:
    from sttprep.grammars.grammar import Grammar
    from sttprep.grammars.link import Key

__all__ = ["BUDGET", "LONGEST", "TRIED", "Ambiguity", "ambiguity"]

LONGEST = 20
"""Words of the sentences looked at where rules contain themselves other than at an end."""
BUDGET = 2_000_000
"""Steps of the search, a few seconds."""
TRIED = 3_000
"""Beginnings of sentences tried one by one where rules contain themselves at both ends."""

_Pair: TypeAlias = "tuple[int, int, bool]"
"""Two places, the smaller number first, and whether the ways to them differ."""


@dataclass(frozen=True, repr=False)
class Ambiguity:
    """A sentence and two ways to match it."""

    sentence: str
    parses: tuple[Parse, Parse]
    """They may look alike: ``a | a``."""
    count: int | float
    """Number of ways; ``math.inf`` where something can go round without a word."""
    where: str
    """Where they part: file, line and column."""
    ways: tuple[str, str]
    """What each does there."""

    def __str__(self) -> str:
        number = "endlessly many" if isinf(self.count) else f"{self.count:,}"
        said = f'"{self.sentence}"' if self.sentence else "The empty sentence"
        lines = [f"{said} is matched in {number} ways:"]
        for way, parse in zip(self.ways, self.parses, strict=True):
            lines.append(f"{self.where}: {way}: {parse}")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Ambiguity {self.sentence!r}: {self.count} parses>"

    def to_json(self) -> dict[str, Any]:
        """The finding as JSON values; endlessly many ways are null."""
        return {
            "sentence": self.sentence,
            "count": None if isinf(self.count) else self.count,
            "where": self.where,
            "ways": list(self.ways),
            "parses": [parse.to_json() for parse in self.parses],
        }

    def _repr_html_(self) -> str:
        cells = "".join(
            f'<td style="text-align:left;vertical-align:top">{escape(way)}'
            f"<pre>{escape(parse.tree())}</pre></td>"
            for way, parse in zip(self.ways, self.parses, strict=True)
        )
        title = escape(str(self).partition("\n")[0])
        return f"<p>{title} ({escape(self.where)})</p><table><tr>{cells}</tr></table>"


def ambiguity(grammar: Grammar, root: str | None = None) -> Ambiguity | None:
    """A shortest sentence matched in several ways; None where there is none.

    Raises:
        NotFoundError: there is no such rule.
        GrammarError: the grammar is too large to look at all of it.
    """
    words = _search(grammar, root)
    return None if words is None else _explained(grammar, words, root)


def _search(grammar: Grammar, root: str | None) -> list[str] | None:
    roots = grammar.linked.roots(root)
    for mirrored in (False, True):  # rules that begin with themselves end with it when mirrored
        places = Configurations(network(grammar, mirrored), roots, BUDGET)
        try:
            words = _first_ambiguous(places)
        except EndlessError:
            continue
        except BudgetError:
            if places.is_recursive or not _is_regular(grammar, root):
                return None
            raise GrammarError(
                "The grammar is too large to look for sentences that it matches in several ways.",
                hint='Look at one rule at a time: grammar.ambiguity(root="size").',
            ) from None
        return words[::-1] if words is not None and mirrored else words
    return _first_by_trying(network(grammar), roots)


def _is_regular(grammar: Grammar, root: str | None) -> bool:
    try:
        grammar.automaton(root)
    except GrammarError as error:
        return all(problem.code != "not-regular" for problem in error.problems)
    return True


def _first_by_trying(net: Net, roots: Sequence[Key]) -> list[str] | None:
    """The same for rules that contain themselves at both ends: each sentence by itself."""
    layer: list[list[str]] = [[]]
    for tried, words in enumerate(layer):
        if tried == TRIED or len(words) > LONGEST:
            return None
        chart = Chart(net, roots, words, every=True, strict=True)
        if chart.count() > 1:
            return words
        layer.extend([*words, word] for word in chart.expected())
    return None


def _first_ambiguous(places: Configurations) -> list[str] | None:
    """The first sentence with two ways, shortest first, then in code point order."""
    start: _Pair = (0, 0, False)
    came: dict[_Pair, tuple[_Pair, str] | None] = {start: None}
    layer: list[tuple[int, _Pair]] = [(0, start)]
    length = 0
    while layer:
        for _, pair in layer:
            if _ends_twice(places, pair):
                return _words(came, pair)
        length += 1
        if places.is_recursive and length > LONGEST:
            return None
        found = []
        for rank, pair in layer:
            for word, following in _following(places, pair):
                places.spend()
                if following not in came:
                    found.append((rank, word, following, pair))
        found.sort()
        layer = []
        rank, last = -1, (-1, "")
        for before, word, following, pair in found:
            if (before, word) != last:
                rank, last = rank + 1, (before, word)
            if following not in came:
                came[following] = (pair, word)
                layer.append((rank, following))
    return None


def _ends_twice(places: Configurations, pair: _Pair) -> bool:
    left, right, differ = pair
    ways = places.moves(left).final
    return ways >= SEVERAL or (differ and ways > 0 and places.moves(right).final > 0)


def _following(places: Configurations, pair: _Pair) -> Iterator[tuple[str, _Pair]]:
    left, right, differ = pair
    moves = places.moves(left)
    if left == right and not differ:
        for word in [*moves.named, *([OTHER] if moves.any else [])]:
            targets = moves.after(word)
            for target, ways in targets.items():
                yield word, (target, target, ways >= SEVERAL)
            if len(targets) > 1:
                ordered = sorted(targets)
                for index, one in enumerate(ordered):
                    for other in ordered[index + 1 :]:
                        yield word, (one, other, True)
        return
    others = moves if left == right else places.moves(right)
    words = [word for word in moves.named if others.any or word in others.named]
    if moves.any:
        words += [word for word in others.named if word not in moves.named]
        words += [OTHER] if others.any else []
    for word in words:
        for one in moves.after(word):
            for other in others.after(word):
                yield word, (min(one, other), max(one, other), True)


def _words(came: dict[_Pair, tuple[_Pair, str] | None], pair: _Pair) -> list[str]:
    words: list[str] = []
    while (step := came[pair]) is not None:
        pair, word = step
        words.append(word)
    return words[::-1]


def _explained(grammar: Grammar, words: Sequence[str], root: str | None) -> Ambiguity:
    net = network(grammar)
    chart = Chart(net, grammar.linked.roots(root), words, every=True, strict=True)
    one, other = islice(chart.traces(), 2)
    place, ways = _parting(grammar, one, other)
    parses = (build(net, one, words), build(net, other, words))
    return Ambiguity(" ".join(words), parses, chart.count(), place, ways)


def _parting(
    grammar: Grammar, one: Sequence[Event], other: Sequence[Event]
) -> tuple[str, tuple[str, str]]:
    """Where two ways part, and what each does there."""
    for left, right in zip(one, other, strict=False):
        if (left.node, left.number, left.key) == (right.node, right.number, right.key):
            continue
        if left.node is None or left.node is not right.node:
            return "root", (_opened(left), _opened(right))
        node = left.node
        if isinstance(node, Choice | Optional | Count):
            number, name = node.scope.key
            home = grammar.linked.grammars[number]
            rule = home.by_name[name]
            place = where(home, rule, node.expression.span)
            if isinstance(node, Choice):
                items = list(node.expression.items)
                ways = tuple(
                    f"alternative {event.number + 1} of {len(items)} "
                    f"({written(home, rule, items[event.number].expression)})"
                    for event in (left, right)
                )
                return place, (ways[0], ways[1])
            text = written(home, rule, node.expression)
            if isinstance(node, Optional):
                taken = {1: f"{text} said", 0: f"{text} left out"}
            else:
                rounds = left.counters[0] if left.counters else 0
                done = f"after {rounds}{' or more' if rounds > node.least else ''}"
                taken = {1: f"{text} once more {done}", 0: f"{text} ends {done}"}
            return place, (taken[left.number], taken[right.number])
        if isinstance(node, Garbage):
            return "GARBAGE", ("takes one word more", "takes no more words")
    return "", ("one way", "another way")


def _opened(event: Event) -> str:
    return f"rule {event.key[1]}" if event.key else "end"
