"""A grammar together with the grammars it refers to.

A rule of several grammars is named by a key: which grammar, and the rule's name in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from sttprep.errors import NotFoundError
from sttprep.grammars.expression import Reference
from sttprep.source import Problem

if TYPE_CHECKING:
    from sttprep.grammars.grammar import Grammar, Rule

__all__ = ["Key", "Linked", "link"]

Key: TypeAlias = tuple[int, str]


@dataclass(frozen=True)
class Linked:
    """Grammars whose references have been followed."""

    grammars: tuple[Grammar, ...]
    """The grammar itself, then those it refers to, directly or not."""
    problems: tuple[Problem, ...] = field(default=())
    """Why some of them could not be read."""

    def rule(self, key: Key) -> Rule:
        """The rule of a key."""
        return self.grammars[key[0]].by_name[key[1]]

    def target(self, key: Key, reference: Reference) -> Key | None:
        """The rule that a reference inside rule ``key`` means; None where it cannot be found."""
        if reference.grammar is None and reference.rule in self.grammars[key[0]].by_name:
            return key[0], reference.rule
        return None

    def roots(self, root: str | None = None) -> tuple[Key, ...]:
        """The rules to start from: the one named, or the declared root, or all public rules.

        Raises:
            NotFoundError: there is no rule of that name.
        """
        main = self.grammars[0]
        name = main.header.root if root is None else root.lstrip("$").strip("<>")
        if name is None:
            return tuple((0, rule.name) for rule in main.rules if rule.is_public)
        if name not in main.by_name:
            raise NotFoundError("rule", name, main.by_name)
        return ((0, name),)


def link(grammar: Grammar) -> Linked:
    """Follow the references of a grammar."""
    return Linked((grammar,))
