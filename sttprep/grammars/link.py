"""A grammar together with the grammars it refers to.

A rule of several grammars is named by a key: which grammar, and the rule's name in it. Only local
files are read, and only for a grammar that was read from a file itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sttprep.errors import GrammarError, NotFoundError
from sttprep.grammars.expression import Reference
from sttprep.grammars.rule_graph import RuleGraph, reachable
from sttprep.source import Problem, Span

if TYPE_CHECKING:
    from sttprep.grammars.grammar import Grammar, Profile, Rule

__all__ = ["Key", "Linked", "Load", "link"]

Key: TypeAlias = tuple[int, str]
Load: TypeAlias = "Callable[[Path, Profile], tuple[Grammar | None, list[Problem]]]"
"""Reads one file, without following its references."""


@dataclass(frozen=True)
class Linked:
    """Grammars whose references have been followed."""

    grammars: tuple[Grammar, ...]
    """The grammar itself, then those it refers to, directly or not."""
    problems: tuple[Problem, ...] = ()
    """Why some references of the grammar itself could not be followed."""
    named: Mapping[tuple[int, str], int] = field(default_factory=dict, repr=False)
    """The grammar that another one means by a name or address."""
    imported: Mapping[int, Mapping[str, Key]] = field(default_factory=dict, repr=False)
    """For a grammar: rules it may use by their simple name."""
    unloaded: Mapping[int, frozenset[str]] = field(default_factory=dict, repr=False)
    """For a grammar: rules whose import could not be followed; ``*`` for all of another one."""
    users: tuple[tuple[int, Span], ...] = field(default=(), repr=False)
    """For each of the other grammars: which one refers to it first, and where in its text."""
    inner: Mapping[int, tuple[Problem, ...]] = field(default_factory=dict, repr=False)
    """Like ``problems``, of the other grammars."""

    @cached_property
    def graph(self) -> RuleGraph:
        """All rules by number, and which uses which."""
        return RuleGraph(self)

    def rule(self, key: Key) -> Rule:
        """The rule of a key."""
        return self.grammars[key[0]].by_name[key[1]]

    def target(self, key: Key, reference: Reference) -> Key | None:
        """The rule that a reference inside rule ``key`` means; None where it cannot be found."""
        here = key[0]
        name = reference.rule
        if reference.grammar is None:
            if name is None:
                return None
            if name in self.grammars[here].by_name:
                return here, name
            return self.imported[here].get(name) if here in self.imported else None
        number = self.named.get((here, reference.grammar))
        if number is None:
            return None
        grammar = self.grammars[number]
        if name is None:
            name = grammar.header.root
        return (number, name) if name is not None and name in grammar.by_name else None

    def follow(self, key: Key, reference: Reference) -> Key | None:
        """Like `target`, for those who need the rule; None is a rule that matches nothing.

        Raises:
            GrammarError: the rule is in a grammar that was not loaded (``external-rule``).
        """
        target = self.target(key, reference)
        if target is not None or not self.is_external(key, reference):
            return target
        rule = self.rule(key)
        source = self.grammars[key[0]].source
        problem = source.problem(
            "error",
            "external-rule",
            rule.place(reference.span),
            f"{_written(reference)} is in another grammar, which was not loaded.",
            "Copy its rules into this grammar, or put its file beside this one.",
        )
        raise GrammarError(problems=[problem])

    def is_external(self, key: Key, reference: Reference) -> bool:
        """Whether a reference that leads nowhere may lead to a rule of a grammar not loaded."""
        if reference.grammar is not None:
            return True
        missing = self.unloaded.get(key[0], frozenset())
        return "*" in missing or reference.rule in missing

    def references(self, key: Key) -> tuple[Key, ...]:
        """The rules that a rule uses, each once, in order."""
        graph = self.graph
        return tuple(graph.keys[number] for number in graph.targets[graph.number(key)])

    def reachable(self, keys: tuple[Key, ...]) -> list[Key]:
        """The rules and all those they lead to, nearer ones first."""
        graph = self.graph
        found = reachable(graph.targets, [graph.number(key) for key in keys])
        return [graph.keys[number] for number in found]

    def __iter__(self) -> Iterator[Key]:
        """The keys of all rules, grammar after grammar, in the order of the text."""
        return iter(self.graph.keys)

    def roots(self, root: str | None = None) -> tuple[Key, ...]:
        """The rules to start from: the one named, or the declared root, or all public rules.

        Raises:
            NotFoundError: there is no rule of that name.
        """
        main = self.grammars[0]
        name = main.header.root if root is None else root.lstrip("$").strip("<>")
        if name is None:
            return tuple((0, rule.name) for rule in main.by_name.values() if rule.is_public)
        if name not in main.by_name:
            raise NotFoundError("rule", name, main.by_name)
        return ((0, name),)

    def with_problems(self, problems: Sequence[Problem]) -> Grammar:
        """The grammar itself with its findings, linked as it is here."""
        grammar = replace(self.grammars[0], problems=tuple(problems))
        linked = replace(self, grammars=(grammar, *self.grammars[1:]))
        if "graph" in self.__dict__:
            linked.__dict__["graph"] = self.graph  # it is about the same rules
        grammar.__dict__["linked"] = linked
        return grammar


def link(grammar: Grammar, load: Load | None = None) -> Linked:
    """Follow the references of a grammar, and those of the grammars found.

    Args:
        grammar: where to start.
        load: what reads a file; the readers of the three formats by default.
    """
    if not _refers_elsewhere(grammar):
        return Linked((grammar,))
    if grammar.profile == "ibm":  # refused there, so nothing is read
        return Linked((grammar,), unloaded={0: frozenset({"*"})})
    from sttprep.grammars.linker import Linker

    return Linker(grammar, load or _load).linked()


def _refers_elsewhere(grammar: Grammar) -> bool:
    if grammar.header.imports:
        return True
    rares = [rule.body.facts.rare for rule in grammar.rules]
    return any(rare is not None and rare.foreign for rare in rares)


def _load(path: Path, profile: Profile) -> tuple[Grammar | None, list[Problem]]:
    from sttprep.grammars.read import parse_grammar

    return parse_grammar(path, None, profile)


def _written(reference: Reference) -> str:
    if reference.rule is None:
        return f"the root rule of {reference.grammar}"
    where = f" of {reference.grammar}" if reference.grammar else ""
    return f"rule {reference.rule}{where}"
