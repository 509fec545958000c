"""How large an automaton may become before the work is given up."""

from __future__ import annotations

__all__ = ["MAX_STATES", "Budget", "TooLarge"]

MAX_STATES = 500_000  # some 200 MB and a few seconds
_ARCS = 5  # arcs allowed for each state
_WORK = 4  # steps allowed for each state


class TooLarge(Exception):  # noqa: N818  (caught where the rule is known)
    """The automaton has grown beyond its budget."""


class Budget:
    """Counts states, arcs and steps, and raises `TooLarge` when there are too many."""

    def __init__(self, states: int = MAX_STATES) -> None:
        self.states = states
        self._states = states
        self._arcs = states * _ARCS
        self._work = states * _WORK

    def spend(self, states: int, arcs: int) -> None:
        """Pay for new states and arcs."""
        self._states -= states
        self._arcs -= arcs
        if self._states < 0 or self._arcs < 0:
            raise TooLarge

    def work(self, steps: int) -> None:
        """Pay for steps that make nothing new."""
        self._work -= steps
        if self._work < 0:
            raise TooLarge
