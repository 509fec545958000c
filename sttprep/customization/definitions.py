"""What the objects of a custom model are, and the states a model goes through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = ["RESERVED_NAMES", "CorpusInfo", "LanguageModelInfo", "Status"]

Status: TypeAlias = Literal["pending", "ready", "training", "available", "failed"]
"""``pending`` holds nothing valid, ``ready`` holds untrained data, ``available`` is trained
(service-contract D.3)."""

RESERVED_NAMES = frozenset({"user", "base_lm", "default_lm"})
"""Names no corpus may have (service-contract D.4)."""


@dataclass(frozen=True, slots=True)
class LanguageModelInfo:
    """Definition and state of a custom language model."""

    customization_id: str
    """GUID."""
    name: str
    """As given by the user; need not be unique."""
    base_model_name: str
    """The base model it extends."""
    versions: tuple[str, ...]
    """Versions of the base model it was built for."""
    language: str
    """Five letters, that of the base model."""
    dialect: str
    """The language, or a dialect of Spanish."""
    description: str
    """Free text."""
    created: str
    """UTC, ISO 8601 with milliseconds."""
    updated: str
    """Last change, likewise."""
    status: Status
    """Where in its life it is."""
    customization_weight: float | None
    """Weight it was trained with; None before the first training."""
    error: str = ""
    """Why the last training failed."""


@dataclass(frozen=True, slots=True)
class CorpusInfo:
    """One corpus of a custom language model."""

    name: str
    """Its name in the model."""
    total_words: int
    """Words after parsing."""
    out_of_vocabulary_words: int
    """Distinct words the base vocabulary lacks."""
    status: str = "analyzed"
    """``analyzed``, ``being_processed`` or ``undetermined``."""
