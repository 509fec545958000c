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
    language_model: str
    """n-gram model in the recognizer's binary format, or ARPA."""
    rate: int
    """Samples per second the acoustic model was trained on, Hz."""

    def to_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return asdict(self)
