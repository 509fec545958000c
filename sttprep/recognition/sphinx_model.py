"""The files a pocketsphinx decoder loads."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["ALIGNMENT_SEARCH", "GRAPH_SEARCH", "SphinxModel"]

# Search settings for graphs. The engine's own (6.5, 0.65, 1, 0.005) let it fill every breath with a
# short word: a bare loop makes 60 errors in AN4's 193 digit strings, 45 of them inserted words,
# against 18 with these. Chosen on the training speakers' part of them
# (tests/benchmarks/an4_digits.py --fit).
GRAPH_SEARCH = {"lw": 2.0, "wip": 0.25, "pip": 0.00056, "silprob": 0.02}
"""Settings of the engine with which graphs are searched."""

# Scores of one audio can be compared only if they are made from the same numbers. The engine
# subtracts the best score of each frame, and without compallsen that is the best of what a path
# happened to need: a bad pronunciation then looks better than it is (by 50 in 200 nats). The beams
# let even bad pronunciations live to the end; words, phones and silence cost nothing.
ALIGNMENT_SEARCH = {
    "compallsen": True,
    "bestpath": False,
    "beam": 1e-120,
    "wbeam": 1e-100,
    "pbeam": 1e-120,
    "lw": 1.0,
    "wip": 1.0,
    "pip": 1.0,
    "silprob": 0.1,
    "fillprob": 1e-4,
}
"""Settings with which known words are aligned and pronunciations scored."""


@dataclass(frozen=True, slots=True)
class SphinxModel:
    """Files a decoder loads (paths as strings: they travel to worker processes as JSON)."""

    acoustic_model: str
    """Folder with mdef, means, variances, …"""
    lexicon: str
    """Pronunciation dictionary in CMU format; empty for alignment alone."""
    language_model: str | None
    """n-gram model in the recognizer's binary format, or ARPA; None with a graph, and for
    alignment alone."""
    rate: int
    """Samples per second the acoustic model was trained on, Hz."""
    graph: str | None = None
    """Finite-state graph of words in Sphinx FSG format, instead of a language model."""

    @property
    def aligns(self) -> bool:
        """Whether it has nothing to search for words in: it can only align."""
        return self.language_model is None and self.graph is None

    def to_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return asdict(self)
