"""The files a pocketsphinx decoder loads."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["GRAPH_SEARCH", "SphinxModel"]

# Search settings for graphs. The engine's own (6.5, 0.65, 1, 0.005) let it fill every breath with a
# short word: a bare loop makes 60 errors in AN4's 193 digit strings, 45 of them inserted words,
# against 18 with these. Chosen on the training speakers' part of them
# (tests/benchmarks/an4_digits.py --fit).
GRAPH_SEARCH = {"lw": 2.0, "wip": 0.25, "pip": 0.00056, "silprob": 0.02}
"""Settings of the engine with which graphs are searched."""


@dataclass(frozen=True, slots=True)
class SphinxModel:
    """Files a decoder loads (paths as strings: they travel to worker processes as JSON)."""

    acoustic_model: str
    """Folder with mdef, means, variances, …"""
    lexicon: str
    """Pronunciation dictionary in CMU format."""
    language_model: str | None
    """n-gram model in the recognizer's binary format, or ARPA; None with a graph."""
    rate: int
    """Samples per second the acoustic model was trained on, Hz."""
    graph: str | None = None
    """Finite-state graph of words in Sphinx FSG format, instead of a language model."""

    def to_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return asdict(self)
