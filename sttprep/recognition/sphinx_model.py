"""The files a pocketsphinx decoder loads."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["SphinxModel"]


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
