"""Whether and how a rule matches a sentence.

>>> from sttprep.grammars import read_grammar
>>> pizza = read_grammar('''#ABNF 1.0 UTF-8;
... language en-US;
... root $order;
... $order = [a] $size pizza {order} [please];
... $size = small {S} | "extra large" {XL};
... ''')
>>> parse = pizza.parse("an extra large pizza")
>>> parse is None
True
>>> parse = pizza.parse("extra large pizza please")
>>> print(parse)
$order[$size["extra large",{!{XL}!}],"pizza",{!{order}!},"please"]
>>> parse.tags
['XL', 'order']

Where a sentence is matched in several ways (`sttprep.grammars.ambiguity`), the parse is the one
a reader tries first: of alternatives the first in the text, of optional parts and repeats as much
as possible, from left to right; ``GARBAGE`` takes as few words as possible. A round of a repeat
that says nothing is made only where the least number of rounds asks for it, and then once. Only
rules that begin with themselves leave that order: there, the way with fewer rounds comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from sttprep.errors import GrammarError
from sttprep.grammars import net as nodes
from sttprep.grammars.chart import Chart, Event
from sttprep.grammars.expression import Tag
from sttprep.grammars.net import Call, Count, Net, Tagged, Words, network

if TYPE_CHECKING:
    from sttprep.grammars.automaton import Automaton
    from sttprep.grammars.grammar import Grammar

__all__ = ["Garbage", "Parse", "accepts", "automaton", "build", "parse", "parses", "split"]


@dataclass(frozen=True, slots=True)
class Garbage:
    """Words that ``GARBAGE`` took."""

    text: str
    """The words, one blank between them."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Parse:
    """A rule and what it matched, in order.

    It prints in the notation of the W3C test reports, which leaves out what ``GARBAGE`` took:
    ``$rule["token",$other["…"],{!{tag}!}]``.
    """

    rule: str
    """Name of the rule."""
    children: tuple[Part, ...]
    """Tokens (strings, a quoted one whole), tags, and the parses of the rules used."""
    start: int
    """Number of words before it."""
    end: int
    """Number of words before it and in it."""
    grammar: str | None = None
    """The grammar it comes from, as the reference names it; None for the grammar itself."""
    label: str = ""
    """The rule as the reference names it: ``$size``, ``$<drinks.abnf#size>``."""

    def _parts(self) -> Iterator[Part | None]:
        """It and all below in order, None at the end of each parse (no matter how deep)."""
        todo: list[Part | None] = [self]
        while todo:
            part = todo.pop()
            yield part
            if isinstance(part, Parse):
                todo.append(None)
                todo.extend(reversed(part.children))

    @property
    def tags(self) -> list[str]:
        """The text of every tag, in order."""
        return [part.text for part in self._parts() if isinstance(part, Tag)]

    @property
    def tokens(self) -> list[str]:
        """Every token, in order."""
        return [part for part in self._parts() if isinstance(part, str)]

    @property
    def sentence(self) -> str:
        """The words matched."""
        return " ".join(
            part if isinstance(part, str) else part.text
            for part in self._parts()
            if isinstance(part, str | Garbage)
        )

    def __str__(self) -> str:
        pieces: list[str] = []
        first = True
        for part in self._parts():
            if isinstance(part, Garbage):
                continue
            if part is None:
                pieces.append("]")
                first = False
                continue
            if not first:
                pieces.append(",")
            first = isinstance(part, Parse)
            if isinstance(part, Parse):
                pieces.append(f"{part.label or '$' + part.rule}[")
            else:
                pieces.append(f'"{part}"' if isinstance(part, str) else f"{{!{{{part.text}}}!}}")
        return "".join(pieces)

    def __repr__(self) -> str:
        return f"<Parse {self}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Parse):
            return NotImplemented
        return [_flat(part) for part in self._parts()] == [_flat(part) for part in other._parts()]

    def __hash__(self) -> int:
        return hash((self.rule, self.start, self.end, len(self.children)))

    def tree(self) -> str:
        """One line per rule, token, tag and words in (garbage), indented by depth.

        >>> print(Parse("order", ("a", Parse("size", ("small", Tag("S")), 1, 2)), 0, 2).tree())
        $order
          a
          $size
            small
            {S}
        """
        lines: list[str] = []
        depth = 0
        for part in self._parts():
            if part is None:
                depth -= 1
                continue
            if isinstance(part, Parse):
                text = part.label or f"${part.rule}"
            elif isinstance(part, str):
                text = part
            else:
                text = f"{{{part.text}}}" if isinstance(part, Tag) else f"({part.text})"
            lines.append(f"{'  ' * depth}{text}")
            depth += isinstance(part, Parse)
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """The tree as JSON values: a token is a string, tags and garbage are objects."""
        top: dict[str, Any] = {"children": []}
        open_rules = [top]
        for part in self._parts():
            if part is None:
                open_rules.pop()
                continue
            value: Any = part
            if isinstance(part, Tag):
                value = {"tag": part.text}
            elif isinstance(part, Garbage):
                value = {"garbage": part.text}
            elif isinstance(part, Parse):
                value = {"rule": part.rule}
                if part.grammar is not None:
                    value["grammar"] = part.grammar
                value |= {"start": part.start, "end": part.end, "children": []}
            open_rules[-1]["children"].append(value)
            if isinstance(part, Parse):
                open_rules.append(value)
        whole: dict[str, Any] = top["children"][0]
        return whole

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.tree())}</pre>"


Part: TypeAlias = "Parse | Tag | Garbage | str"
"""What a parse has inside."""


def _flat(part: Part | None) -> object:
    if isinstance(part, Parse):
        return part.rule, part.grammar, part.start, part.end
    return part


def split(sentence: str | Iterable[str]) -> list[str]:
    """The words of a sentence given as text or in pieces."""
    return sentence.split() if isinstance(sentence, str) else " ".join(sentence).split()


def automaton(grammar: Grammar, root: str | None) -> Automaton | None:
    """The automaton of a rule; None where there is none (not regular, too large)."""
    missing: set[str | None] = vars(grammar).setdefault("_without_automaton", set())
    if root in missing:
        return None
    try:
        return grammar.automaton(root)
    except GrammarError:
        missing.add(root)
        return None


def accepts(grammar: Grammar, sentence: str | Iterable[str], root: str | None = None) -> bool:
    """Whether a rule matches the whole sentence.

    Raises:
        NotFoundError: there is no such rule.
    """
    known = grammar._automata.get(root) or automaton(grammar, root)
    if known is not None:
        return known.accepts(split(sentence))
    return bool(_chart(grammar, split(sentence), root).ends)


def parse(grammar: Grammar, sentence: str | Iterable[str], root: str | None = None) -> Parse | None:
    """How a rule matches the sentence; None where it does not.

    Raises:
        NotFoundError: there is no such rule.
    """
    words = split(sentence)
    known = grammar._automata.get(root)
    if known is not None and not known.accepts(words):
        return None
    chart = _chart(grammar, words, root)
    for end in chart.ends:
        return build(network(grammar), _needed(chart.trace(end)), words)
    return None


def parses(
    grammar: Grammar, sentence: str | Iterable[str], root: str | None = None, limit: int = 2
) -> list[Parse]:
    """Up to ``limit`` ways to match a sentence, the preferred one first.

    Two ways differ in an alternative, in whether an optional part is taken, in the rounds of a
    repeat or in the words a rule covers; their parses may look alike (``a | a``).
    """
    words = split(sentence)
    chart = _chart(grammar, words, root, every=True)
    return [build(network(grammar), way, words) for way in islice(chart.traces(), limit)]


def _chart(grammar: Grammar, words: Sequence[str], root: str | None, every: bool = False) -> Chart:
    roots = grammar.linked.roots(root)
    return Chart(network(grammar), roots, words, every=every, strict=every)


def build(net: Net, events: Sequence[Event], words: Sequence[str]) -> Parse:
    """The tree of a way through the network."""
    parents: list[tuple[Event, list[Part]]] = []
    frames: list[int] = []
    children: list[Part] = []
    garbage: nodes.Node | None = None
    for event in events:
        if event.kind == "close":
            depth = frames.pop()
            while len(parents) > depth:
                opened, before = parents.pop()
                before.append(_closed(net, opened, tuple(children), event.end))
                children = before
        elif event.key is not None:
            if event.kind == "open":
                frames.append(len(parents))
            parents.append((event, children))
            children = []
        elif isinstance(event.node, Words):
            said = event.node.words
            children.extend([" ".join(said)] if event.node.unit else said)
        elif isinstance(event.node, Tagged):
            children.append(event.node.tag)
        elif isinstance(event.node, nodes.Garbage) and event.number:
            word = words[event.start]
            # One object for all words in a row: the node is left and entered again at each.
            last = children.pop() if garbage is event.node else None
            before_it = f"{last.text} " if isinstance(last, Garbage) else ""
            children.append(Garbage(before_it + word))
            garbage = event.node
            continue
        garbage = None
    whole = children[0]
    assert isinstance(whole, Parse)
    return whole


def _needed(events: Sequence[Event]) -> list[Event]:
    """A way without the rounds of repeats that say nothing and need not be there."""
    kept: list[Event] = []
    depth = 0
    rounds: list[_Round] = []
    for event in events:
        depth += (event.kind == "open") - (event.kind == "close")
        if isinstance(event.node, Count) and event.counters is not None:
            again = bool(rounds) and rounds[-1].node is event.node and rounds[-1].depth == depth
            if again and rounds[-1].start == event.start:
                if rounds[-1].count >= event.node.least or rounds[-1].silent:
                    del kept[rounds[-1].index :]
                rounds[-1].silent = True
            if event.number:
                if not again:
                    rounds.append(_Round(event.node, depth))
                rounds[-1].start, rounds[-1].index = event.start, len(kept)
                rounds[-1].count = event.counters[0]
            elif again:
                rounds.pop()
        kept.append(event)
    return kept


@dataclass(slots=True)
class _Round:
    """The current round of a repeat."""

    node: Count
    depth: int
    start: int = 0
    index: int = 0
    count: int = 0
    silent: bool = False


def _closed(net: Net, opened: Event, children: tuple[Part, ...], end: int) -> Parse:
    key = opened.key
    assert key is not None
    number, rule = key
    label = f"${rule}"
    name: str | None = None
    if isinstance(opened.node, Call):
        reference = opened.node.reference
        if reference.grammar is not None:
            name = reference.grammar
            label = f"$<{name}>" if reference.rule is None else f"$<{name}#{rule}>"
        elif number:
            grammar = net.linked.grammars[number]
            name = grammar.header.name or grammar.source.name
    return Parse(rule, children, opened.start, end, name, label)
