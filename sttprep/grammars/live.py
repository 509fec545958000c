"""What can be said of the rules that some rules lead to, and which of them recur.

A use of a rule counts here only where it can be said: not beside something that never can, and
not where the rule itself matches nothing but silence.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import accumulate

from sttprep.grammars.expression import (
    Alternatives,
    Expression,
    InLanguage,
    Reference,
    Repeat,
    Run,
    Sequence,
    Special,
    Token,
)
from sttprep.grammars.link import Key, Linked
from sttprep.grammars.recursion import Recursion, Use, recursions
from sttprep.grammars.rule_graph import recursive_components, solve

__all__ = ["SILENCE", "WORDS", "Live"]

SILENCE = 1
"""Flag: the empty sentence."""
WORDS = 2
"""Flag: sentences with words."""


class Live:
    """What is known of the rules that ``keys`` lead to."""

    def __init__(self, linked: Linked, keys: Collection[Key]) -> None:
        self.linked = linked
        self.graph = linked.graph
        bodies = [rule.body.facts for rule in self.graph.rules]
        target = self.graph.target
        self._productive = solve([facts.productive for facts in bodies], target, False)
        nullable = solve([facts.nullable for facts in bodies], target, False)
        self.kinds = [SILENCE if silent else 0 for silent in nullable]
        """For each rule by number: flags `SILENCE`, `WORDS`; 0 is never said, or not reached."""
        self._by_node: dict[int, dict[int, int]] = {}
        self._find_words([self.graph.number(key) for key in keys])
        uses = {
            number: self._uses(number) if number in self._cyclic else []
            for number in range(len(self.kinds))
            if self.kinds[number] & WORDS
        }
        self.recursions: list[Recursion] = recursions(uses) if self._cyclic else []
        """Every set of rules that lead back to themselves with something to say."""
        self._tangled = {
            self.graph.keys[number]
            for component in recursive_components(self.graph.targets)
            for number in component
        }
        self._recursion_of = {rule: found for found in self.recursions for rule in found.rules}

    def kind(self, key: Key) -> int:
        """Flags of a rule."""
        return self.kinds[self.graph.number(key)]

    def recursion(self, key: Key) -> Recursion | None:
        """The recursion a rule takes part in."""
        if not self._recursion_of:
            return None
        return self._recursion_of.get(self.graph.number(key))

    def never(self, key: Key, node: Sequence) -> bool:
        """Whether a sequence of a rule that leads back to itself can never be said."""
        return bool(self._tangled) and key in self._tangled and not self.node_kinds(key)[id(node)]

    def node_kinds(self, key: Key) -> dict[int, int]:
        """Flags of the nodes of a rule by their identity (`id`), plain words in runs left out."""
        number = self.graph.number(key)
        known = self._by_node.get(number)
        if known is None:
            known = self._by_node[number] = self._node_kinds(number)
        return known

    def _find_words(self, starts: list[int]) -> None:
        """Follow the uses that can be said; then tell the rules with words from silent ones."""
        order = [number for number in dict.fromkeys(starts) if self._productive[number]]
        users: dict[int, list[int]] = {number: [] for number in order}
        spoken: list[int] = []
        for number in order:  # grows meanwhile
            targets, words = self._live(number)
            if words:
                spoken.append(number)
            for target in targets:
                if target not in users:
                    users[target] = []
                    order.append(target)
                users[target].append(number)
        for number in spoken:
            self.kinds[number] |= WORDS
        for number in spoken:  # grows meanwhile
            for user in users[number]:
                if not self.kinds[user] & WORDS:
                    self.kinds[user] |= WORDS
                    spoken.append(user)
        for number in set(range(len(self.kinds))).difference(users):
            self.kinds[number] = 0
        worded = sorted(spoken)
        place = {number: at for at, number in enumerate(worded)}
        targets_of: list[list[int]] = [[] for _ in worded]
        for number in worded:
            for user in users[number]:
                targets_of[place[user]].append(place[number])
        cyclic = recursive_components(targets_of)
        self._cyclic = {worded[at] for component in cyclic for at in component}

    def _live(self, number: int) -> tuple[list[int], bool]:
        """The rules a rule uses where that can be said, and whether it says words itself."""
        facts = self.graph.rules[number].body.facts
        targets = self.graph.targets[number]
        plain = facts.rare is None and len(facts.names) == len(targets)
        if plain and all(self._productive[target] for target in targets):
            return targets, facts.wordy is True
        top = self.graph.rules[number].expression
        nodes = _nodes(top)
        said: dict[int, bool] = {}
        for node in reversed(nodes):
            if isinstance(node, Reference):
                target = self.graph.target(number, node)
                said[id(node)] = target is not None and self._productive[target]
            elif isinstance(node, Special):
                said[id(node)] = node.name != "VOID"
            elif isinstance(node, Sequence):
                said[id(node)] = all(said[id(item)] for item in node.items)
            elif isinstance(node, Alternatives):
                said[id(node)] = any(
                    isinstance(part, Run) or said[id(part.expression)] for part in node.parts
                )
            elif isinstance(node, Repeat):
                said[id(node)] = not node.least or said[id(node.body)]
            else:
                said[id(node)] = not isinstance(node, InLanguage) or said[id(node.body)]
        found: dict[int, None] = {}
        words = False
        open_nodes = [top]
        while open_nodes:
            node = open_nodes.pop()
            if not said[id(node)] or (isinstance(node, Repeat) and node.most == 0):
                continue
            if isinstance(node, Reference):
                target = self.graph.target(number, node)
                if target is not None:
                    found[target] = None
            elif isinstance(node, Token) or (isinstance(node, Special) and node.name == "GARBAGE"):
                words = True
            elif isinstance(node, Alternatives):
                words = words or any(isinstance(part, Run) for part in node.parts)
            open_nodes += _inside(node)
        return list(found), words

    def _node_kinds(self, number: int) -> dict[int, int]:
        kinds: dict[int, int] = {}
        for node in reversed(_nodes(self.graph.rules[number].expression)):
            kinds[id(node)] = self._node_kind(number, node, kinds)
        return kinds

    def _node_kind(self, number: int, node: Expression, kinds: dict[int, int]) -> int:
        if isinstance(node, Token):
            return WORDS
        if isinstance(node, Reference):
            target = self.graph.target(number, node)
            return 0 if target is None else self.kinds[target]
        if isinstance(node, Special):
            return {"NULL": SILENCE, "VOID": 0, "GARBAGE": SILENCE | WORDS}[node.name]
        if isinstance(node, Sequence):
            return _together([kinds[id(item)] for item in node.items])
        if isinstance(node, Alternatives):
            any_of = 0
            for part in node.parts:
                any_of |= WORDS if isinstance(part, Run) else kinds[id(part.expression)]
            return any_of
        if isinstance(node, Repeat):
            inner = kinds[id(node.body)] if node.most != 0 else SILENCE
            return inner | (0 if node.least else SILENCE)
        return kinds[id(node.body)] if isinstance(node, InLanguage) else SILENCE

    def _uses(self, number: int) -> list[Use]:
        """The uses of rules with words, and whether words may be said before and after them."""
        kinds = self.node_kinds(self.graph.keys[number])
        found: list[Use] = []
        open_nodes = [(self.graph.rules[number].expression, True, True)]
        while open_nodes:
            node, first, last = open_nodes.pop()
            if not kinds[id(node)] & WORDS:
                continue
            if isinstance(node, Reference):
                target = self.graph.target(number, node)
                if target is not None:
                    found.append(Use(number, target, node, first, last, False))
            elif isinstance(node, Sequence):
                words = [bool(kinds[id(item)] & WORDS) for item in node.items]
                left = list(accumulate(words, initial=not first, func=bool.__or__))
                right = list(accumulate(reversed(words), initial=not last, func=bool.__or__))
                open_nodes += [
                    (item, not left[at], not right[len(words) - 1 - at])
                    for at, item in enumerate(node.items)
                ]
            elif isinstance(node, Repeat):
                once = node.most == 1
                open_nodes.append((node.body, first and once, last and once))
            else:
                open_nodes += [(child, first, last) for child in _inside(node)]
        return found


def _together(kinds: list[int]) -> int:
    """Flags of expressions said one after the other."""
    if 0 in kinds:
        return 0
    silent = all(kind & SILENCE for kind in kinds)
    words = any(kind & WORDS for kind in kinds)
    return (SILENCE if silent else 0) | (WORDS if words else 0)


def _nodes(top: Expression) -> list[Expression]:
    """The node and all inside it, outer nodes first; runs of plain words left out."""
    nodes = [top]
    for node in nodes:  # grows meanwhile
        nodes += _inside(node)
    return nodes


def _inside(node: Expression) -> list[Expression]:
    """The nodes directly inside a node; runs of plain words left out."""
    if isinstance(node, Sequence):
        return list(node.items)
    if isinstance(node, Alternatives):
        return [part.expression for part in node.parts if not isinstance(part, Run)]
    return [node.body] if isinstance(node, Repeat | InLanguage) else []
