"""Every way a network matches a sentence, in one table.

A generalised recursive descent (GLL: Scott and Johnstone, "GLL Parsing", 2010): a rule that
starts at a position is followed once, however often it is used there, and everybody who uses it
goes on wherever it ends. So left, right and centre recursion and repeats of nothing all end, in
O(n³) at worst. A rule used as the last thing of another one goes on in the other's place, which
makes right recursion a loop.

>>> from sttprep.grammars import read_grammar
>>> from sttprep.grammars.net import network
>>> sums = read_grammar("#ABNF 1.0 UTF-8;\\nlanguage en-US;\\nroot $sum;\\n"
...                     "$sum = $sum plus $sum | x;\\n")
>>> chart = Chart(network(sums), [(0, "sum")], "x plus x plus x plus x".split(), every=True)
>>> chart.count()
5
>>> chart.expected()
['plus']

Ways are followed depth first, the preferred one first, so that the first way into a state is the
one a reader of the grammar would try first.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sttprep.grammars.automaton import OTHER
from sttprep.grammars.link import Key
from sttprep.grammars.net import (
    FINAL,
    Call,
    Choice,
    Count,
    Counters,
    Garbage,
    Net,
    Node,
    Words,
)

__all__ = ["Chart", "Event", "Frame", "Link", "State"]


class Frame:
    """A rule from a position on, and who waits for its end."""

    __slots__ = ("ends", "key", "start", "waiting")

    def __init__(self, key: Key, start: int) -> None:
        self.key = key
        self.start = start
        self.ends: dict[int, State] = {}
        """Position → state at the end of the rule, in the order found."""
        self.waiting: list[State] = []
        """The states at calls of it."""


State: TypeAlias = tuple[Node, Counters, Frame, int]
"""A node, the counters, the rule it belongs to, and how many words have been matched."""

Link: TypeAlias = "tuple[State | None, int | State]"
"""A way into a state: the state before (None at the start of a rule) and the number of the step;
after a call, the state in which the called rule ended."""


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a way through the network, in order of the sentence."""

    kind: str
    """``open`` and ``close`` a frame; ``tail``: a rule goes on in the frame; ``step``."""
    node: Node | None
    """The node left (``open`` of the root has none)."""
    number: int
    """Number of the step."""
    key: Key | None
    """The rule opened."""
    start: int
    """Words matched before."""
    end: int
    """Words matched after."""
    counters: Counters = None
    """At the node."""


class Chart:
    """What was found out about a sentence.

    Args:
        net: the network.
        roots: keys of the rules to start from.
        words: the sentence.
        every: find every way, not only the first.
        strict: also rounds of a repeat beyond the least number that say nothing.
    """

    def __init__(
        self,
        net: Net,
        roots: Sequence[Key],
        words: Sequence[str],
        *,
        every: bool = False,
        strict: bool = False,
    ) -> None:
        self.ways: dict[State, list[Link]] = {}
        """The ways into each state reached, the first found first."""
        self.ends: list[State] = []
        """The states in which a root rule has matched the whole sentence, preferred first."""
        self._words = words
        self._length = len(words)
        self._frames: dict[tuple[Key, int], Frame] = {}
        self._fewest: dict[State, int] = {}
        for key in dict.fromkeys(roots):
            frame = self._frames.get((key, 0))
            if frame is None:
                frame = self._frames[key, 0] = Frame(key, 0)
                start: State = (net.start(key), None, frame, 0)
                self._follow(net, words, start, None if every else frame, strict)
            if len(words) in frame.ends:
                self.ends.append(frame.ends[len(words)])
                if not every:
                    break

    def _follow(
        self, net: Net, words: Sequence[str], start: State, goal: Frame | None, strict: bool
    ) -> None:
        """Follow all ways from a state; with a goal, only until its rule matches all words."""
        length = len(words)
        ways = self.ways
        frames = self._frames
        every = goal is None
        todo: list[tuple[State, Link]] = [(start, (None, 0))]
        while todo:
            state, link = todo.pop()
            known = ways.get(state)
            if known is not None:
                if every:
                    known.append(link)
                continue
            node, counters, frame, position = state
            if isinstance(node, Count) and not strict and self._dominated(state, node):
                continue
            ways[state] = [link]
            if isinstance(node, Words):
                said = node.words
                end = position + len(said)
                if end <= length and (
                    words[position] == said[0]
                    if len(said) == 1
                    else tuple(words[position:end]) == said
                ):
                    todo.append(((node.after, counters, frame, end), (state, 0)))
            elif isinstance(node, Choice):
                numbers = node.starting(words[position] if position < length else None)
                todo.extend(
                    ((node.entry(number), counters, frame, position), (state, number))
                    for number in reversed(numbers)
                )
            elif node is FINAL:
                frame.ends[position] = state
                if frame is goal and position == length:
                    return
                todo.extend(
                    ((call[0].after, call[1], call[2], position), (call, state))
                    for call in reversed(frame.waiting)
                )
            elif isinstance(node, Call):
                key = node.key
                if node.after is FINAL:
                    todo.append(((net.start(key), None, frame, position), (state, 0)))
                    continue
                called = frames.get((key, position))
                if called is None:
                    called = frames[key, position] = Frame(key, position)
                    todo.append(((net.start(key), None, called, position), (None, 0)))
                called.waiting.append(state)
                for end, final in reversed(called.ends.items()):
                    todo.append(((node.after, counters, frame, end), (state, final)))
            elif isinstance(node, Garbage):
                if position < length:
                    todo.append(((node, counters, frame, position + 1), (state, 1)))
                todo.append(((node.after, counters, frame, position), (state, 0)))
            else:
                for number, following, there in reversed(node.steps(counters)):
                    todo.append(((following, there, frame, position), (state, number)))

    def _dominated(self, state: State, node: Count) -> bool:
        """Whether fewer rounds came to the same place: they leave more for the rest."""
        _, counters, frame, position = state
        assert counters is not None
        count, outside = counters
        if node.most is None or count <= node.least:
            return False
        return self._fewest.setdefault((node, outside, frame, position), count) < count

    def trace(self, end: State, other: Mapping[int, int] | None = None) -> list[Event]:
        """The way to an end, from the first word to the last.

        Args:
            end: one of ``ends``.
            other: where to leave the preferred way: for the number of a state that has several
                ways in (counted from the end of the sentence), which way to take.
        """
        events: list[Event] = []
        calls: list[State] = []
        state = end
        events.append(Event("close", None, 0, None, state[3], state[3]))
        decisions = 0
        while True:
            links = self.ways[state]
            link = links[0]
            if len(links) > 1:
                if other is not None:
                    link = links[other.get(decisions, 0)]
                decisions += 1
            before, number = link
            if before is None:
                frame, position = state[2:]
                caller = calls[-1][0] if calls else None
                events.append(Event("open", caller, 0, frame.key, position, position))
                if not calls:
                    return events[::-1]
                state = calls.pop()
                continue
            node, counters, _, position = before
            if isinstance(number, tuple):
                calls.append(before)
                events.append(Event("close", None, 0, None, state[3], state[3]))
                state = number
                continue
            kind = "tail" if isinstance(node, Call) else "step"
            key = node.key if isinstance(node, Call) else None
            events.append(Event(kind, node, number, key, position, state[3], counters))
            state = before

    def traces(self) -> Iterator[list[Event]]:
        """Every way, those nearest to the preferred one first."""
        for end in self.ends:
            wanted: deque[dict[int, int]] = deque([{}])
            while wanted:
                other = wanted.popleft()
                yield self.trace(end, other)
                # One more decision changed, after the last that was: each set comes up once.
                wanted.extend(self._further(end, other))

    def _further(self, end: State, other: Mapping[int, int]) -> Iterator[dict[int, int]]:
        """The choices of ways with one more that differs."""
        last = max(other, default=-1)
        for decision, ways in enumerate(self._decisions(end, other)):
            if decision > last:
                for way in range(1, ways):
                    yield {**other, decision: way}

    def _decisions(self, end: State, other: Mapping[int, int]) -> Iterator[int]:
        """How many ways there are at each decision of a way."""
        calls: list[State] = []
        state = end
        decisions = 0
        while True:
            links = self.ways[state]
            way = 0
            if len(links) > 1:
                way = other.get(decisions, 0)
                decisions += 1
                yield len(links)
            before, number = links[way]
            if before is None:
                if not calls:
                    return
                state = calls.pop()
            elif isinstance(number, tuple):
                calls.append(before)
                state = number
            else:
                state = before

    def useful(self) -> Iterator[State]:
        """Every state on some way to an end, each once."""
        seen = set(self.ends)
        todo = list(self.ends)
        while todo:
            state = todo.pop()
            yield state
            for before, number in self.ways[state]:
                for other in (before, number):
                    if isinstance(other, tuple) and other not in seen:
                        seen.add(other)
                        todo.append(other)

    def expected(self) -> list[str]:
        """The words that can come after the sentence, in code point order (of every way)."""
        words: set[str] = set()
        for node, _, _, position in self.ways:
            if isinstance(node, Words):
                rest = node.words[self._length - position :] if position <= self._length else ()
                said = self._words[position:]
                if rest and tuple(said) == node.words[: len(said)]:
                    words.add(rest[0])
            elif position == self._length:
                if isinstance(node, Choice):
                    words.update(node.first_words)
                elif isinstance(node, Garbage):
                    words.add(OTHER)
        return sorted(words)

    def reached(self) -> int:
        """How many words at the start can be the start of a sentence (of every way)."""
        most = 0
        for node, _, _, position in self.ways:
            if isinstance(node, Words):
                for said, word in zip(node.words, self._words[position:], strict=False):
                    if said != word:
                        break
                    position += 1
            most = max(most, position)
        return most

    def count(self) -> int | float:
        """Number of ways; ``math.inf`` where a way can go round without a word."""
        counts: dict[State, int] = {}
        entered: set[State] = set()
        todo = list(self.ends)
        while todo:
            state = todo[-1]
            if state in counts:
                todo.pop()
                continue
            links = self.ways[state]
            needed = [other for link in links for other in link if isinstance(other, tuple)]
            open_ones = [other for other in needed if other not in counts]
            if open_ones:
                if state in entered:
                    return math.inf
                entered.add(state)
                todo.extend(open_ones)
                continue
            counts[state] = sum(
                (1 if before is None else counts[before])
                * (counts[number] if isinstance(number, tuple) else 1)
                for before, number in links
            )
            todo.pop()
        return sum(counts[end] for end in self.ends)
