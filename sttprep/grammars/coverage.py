"""Which parts of a grammar a set of sentences uses, and which sentences it does not accept.

>>> from sttprep.grammars import read_grammar
>>> menu = read_grammar('''#ABNF 1.0 UTF-8;
... language en-US;
... root $order;
... $order = [a] $size (tea | coffee) [please];
... $size = small | large;
... ''')
>>> coverage = menu.coverage(["a small tea", "small tea please", "a big tea"])
>>> print(coverage)
2 of 3 sentences are accepted; they use 8 of 10 parts.
Never used:
  line 4: $order: alternative "coffee"
  line 5: $size: alternative "large"
Not accepted:
  a big tea: "big" is not expected after "a"; expected: large, small. Nearest (1 word): a large tea

A sentence matched in several ways counts for the parts of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from sttprep.grammars.expression import Expression, Repeat, Run
from sttprep.grammars.nearest import first_wrong, nearest
from sttprep.grammars.net import network
from sttprep.grammars.quoted import line_of, table, written
from sttprep.grammars.units import Costs, Unit, used
from sttprep.source import Span

if TYPE_CHECKING:
    import pandas as pd

    from sttprep.grammars.grammar import Grammar, Rule

__all__ = ["Coverage", "Outside", "Use", "coverage"]

_EXPECTED = 10  # words shown that could follow
_LISTED = 30  # lines shown of each list
_WORDING = {
    "said": "never said",
    "left out": "never left out",
    "least rounds": "never the fewest times",
    "more rounds": "never more than the fewest times",
}


@dataclass(frozen=True, slots=True)
class Use:
    """A part of the grammar and the number of sentences that use it."""

    kind: str
    """``rule``, ``alternative``, ``said`` or ``left out`` (optional parts), ``least rounds`` or
    ``more rounds`` (repeats)."""
    rule: str
    """Name of the rule it is in."""
    text: str
    """The part as written."""
    line: int | None
    """Line on which it starts; None for a grammar made without text."""
    count: int
    """Number of sentences that use it."""
    grammar: str = ""
    """The grammar it is in; empty for the grammar itself."""

    def __str__(self) -> str:
        place = "" if self.line is None else f"line {self.line}: "
        if self.grammar:
            place = f"{self.grammar}, {place}"
        if self.kind == "rule":
            return f"{place}${self.rule}"
        if self.kind == "alternative":
            return f'{place}${self.rule}: alternative "{self.text}"'
        return f'{place}${self.rule}: "{self.text}" {_WORDING[self.kind]}'


@dataclass(frozen=True, slots=True)
class Outside:
    """A sentence that is not accepted."""

    sentence: str
    nearest: str | None
    """The accepted sentence that takes the fewest changes; None where none was found."""
    distance: int | None
    """Words to put in, leave out or exchange."""
    position: int
    """Number of words before the first that does not fit."""
    expected: tuple[str, ...]
    """Words that could stand there."""

    def __str__(self) -> str:
        words = self.sentence.split()
        after = f' after "{words[self.position - 1]}"' if self.position else " at the start"
        if self.position < len(words):
            said = f'"{words[self.position]}" is not expected{after}'
        else:
            said = f"it is not complete{after}" if words else "nothing is said"
        if self.expected:
            more = ", …" if len(self.expected) > _EXPECTED else ""
            said += f"; expected: {', '.join(self.expected[:_EXPECTED])}{more}"
        if self.nearest is not None:
            changes = "1 word" if self.distance == 1 else f"{self.distance} words"
            said += f". Nearest ({changes}): {self.nearest}"
        return f"{self.sentence}: {said}"


@dataclass(frozen=True, repr=False)
class Coverage:
    """What sentences use of a grammar."""

    sentences: int
    """Number of sentences looked at."""
    uses: tuple[Use, ...]
    """Every part that some sentence could use, rules from the root outwards."""
    outside: tuple[Outside, ...]
    """The sentences that are not accepted, in order."""

    @property
    def accepted(self) -> int:
        """Number of sentences accepted."""
        return self.sentences - len(self.outside)

    @property
    def accepted_rate(self) -> float:
        """Share of the sentences that are accepted; 1 where there are none."""
        return self.accepted / self.sentences if self.sentences else 1.0

    @cached_property
    def unused(self) -> tuple[Use, ...]:
        """The parts no sentence uses."""
        return tuple(use for use in self.uses if not use.count)

    @property
    def rate(self) -> float:
        """Share of the parts that are used; 1 where there are none."""
        return 1 - len(self.unused) / len(self.uses) if self.uses else 1.0

    @property
    def complete(self) -> bool:
        """Whether every part is used."""
        return not self.unused

    def _summary(self) -> str:
        used_parts = len(self.uses) - len(self.unused)
        return (
            f"{self.accepted:,} of {self.sentences:,} sentences are accepted; "
            f"they use {used_parts:,} of {len(self.uses):,} parts."
        )

    def __str__(self) -> str:
        lines = [self._summary()]
        lists: list[tuple[str, list[str]]] = [
            ("Never used:", [str(use) for use in self.unused[:_LISTED]]),
            ("Not accepted:", [str(one) for one in self.outside[:_LISTED]]),
        ]
        for (title, shown), total in zip(lists, (len(self.unused), len(self.outside)), strict=True):
            if shown:
                lines += [title, *(f"  {line}" for line in shown)]
            if total > len(shown):
                lines.append(f"  … and {total - len(shown):,} more")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Coverage {self._summary()}>"

    def frame(self) -> pd.DataFrame:
        """The parts as a table, one row each."""
        import pandas as pd

        columns = ["kind", "rule", "text", "line", "count", "grammar"]
        return pd.DataFrame([asdict(use) for use in self.uses], columns=columns)

    def to_json(self) -> dict[str, Any]:
        """The result as JSON values."""
        return {
            "sentences": self.sentences,
            "accepted": self.accepted,
            "accepted_rate": self.accepted_rate,
            "rate": self.rate,
            "uses": [asdict(use) for use in self.uses],
            "outside": [{**asdict(one), "expected": list(one.expected)} for one in self.outside],
        }

    def _repr_html_(self) -> str:
        parts = [f"<p>{escape(self._summary())}</p>"]
        if self.unused:
            rows = [
                (use.line or "", f"${use.rule}", use.kind, use.text)
                for use in self.unused[:_LISTED]
            ]
            title = f"Never used ({len(self.unused):,})"
            parts.append(table(["line", "rule", "kind", "part"], rows, title))
        if self.outside:
            cells = [
                (one.sentence, str(one)[len(one.sentence) + 2 :]) for one in self.outside[:_LISTED]
            ]
            title = f"Not accepted ({len(self.outside):,})"
            parts.append(table(["sentence", "why"], cells, title))
        return "".join(parts)


def coverage(grammar: Grammar, sentences: Iterable[str], root: str | None = None) -> Coverage:
    """Find out what sentences use of a grammar.

    Args:
        grammar: the grammar.
        sentences: what was said, for instance the transcripts of a test set.
        root: rule to start from; None is the grammar's root.

    Raises:
        NotFoundError: there is no such rule.
    """
    roots = grammar.linked.roots(root)
    net = network(grammar)
    counts: dict[Unit, int] = {}
    known: dict[tuple[str, ...], set[Unit] | Outside] = {}
    outside: list[Outside] = []
    number = 0
    for sentence in sentences:
        number += 1
        words = tuple(sentence.split())
        found = known.get(words)
        if found is None:
            found = used(net, roots, words)
            if found is None:
                found = _outside(grammar, " ".join(words), root)
            known[words] = found
        if isinstance(found, Outside):
            outside.append(found)
        else:
            for unit in found:
                counts[unit] = counts.get(unit, 0) + 1
    return Coverage(number, tuple(_uses(grammar, root, counts)), tuple(outside))


def _outside(grammar: Grammar, sentence: str, root: str | None) -> Outside:
    position, expected = first_wrong(grammar, sentence, root)
    found = nearest(grammar, sentence, root)
    near, distance = found or (None, None)
    return Outside(sentence, near, distance, position, expected)


def _uses(grammar: Grammar, root: str | None, counts: dict[Unit, int]) -> Iterator[Use]:
    linked = grammar.linked
    costs = Costs(linked, linked.roots(root))
    for key in costs.ways():
        home = linked.grammars[key[0]]
        rule = linked.rule(key)
        name = (home.header.name or home.source.name) if key[0] else ""
        phrases: list[tuple[str, int]] = []
        for unit, node, part, index, _ in costs.units(key):
            if isinstance(part, Run) and index == 0:
                phrases = list(_phrases(part))
            kind, text, span = _described(home, rule, unit, node, part, index, phrases)
            line = line_of(home, rule, span)
            yield Use(kind, rule.name, text, line, counts.get(unit, 0), name)


def _phrases(part: Run) -> Iterator[tuple[str, int]]:
    """The alternatives of a run and where in the rule they start."""
    start = part.offset
    for phrase in part.text.split("|"):
        yield " ".join(phrase.split()), start + len(phrase) - len(phrase.lstrip())
        start += len(phrase) + 1


def _described(
    home: Grammar,
    rule: Rule,
    unit: Unit,
    node: Expression,
    part: Expression | Run,
    index: int,
    phrases: Sequence[tuple[str, int]],
) -> tuple[str, str, Span]:
    """Kind, text and place of a unit."""
    if unit[2] < 0:
        return "rule", f"${rule.name}", rule.name_span
    if isinstance(part, Run):
        text, start = phrases[index]
        return "alternative", text, Span(start, start)
    if isinstance(node, Repeat):
        step = unit[2]
        optional = node.least == 0 and node.most == 1
        kinds = ("left out", "said") if optional else ("least rounds", "more rounds")
        return kinds[step], written(home, rule, node), node.span
    return "alternative", written(home, rule, part), part.span
