"""What the objects of a custom model are, and the states a model goes through."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, fields
from typing import Literal, TypeAlias

from sttprep.errors import InputError

__all__ = [
    "MODEL_NAME_HINT",
    "CorpusInfo",
    "GrammarInfo",
    "LanguageModelInfo",
    "Status",
    "check_model_name",
    "check_weight",
]

_FORBIDDEN = frozenset("\\/:=&?")
_NAME_LENGTH = 256  # characters
MODEL_NAME_HINT = (
    f"Give 1 to {_NAME_LENGTH} characters without \\ / : = & ?, for instance 'Pharmacy orders'."
)
"""How to mend the name of a model."""

Status: TypeAlias = Literal["pending", "ready", "training", "available", "failed"]
"""``pending`` holds nothing valid, ``ready`` holds untrained data, ``available`` is trained
(service-contract D.3)."""


def check_model_name(name: str) -> str:
    """Why a model cannot have this name (service-contract D.3); empty if it can.

    >>> check_model_name("Custom model #1"), check_model_name("a/b")
    ('', "A model cannot be called 'a/b'.")
    """
    if name.strip() and len(name) <= _NAME_LENGTH and not _FORBIDDEN & set(name):
        return ""
    return f"A model cannot be called '{name}'."


def check_weight(weight: float) -> None:
    """Refuse a customization weight outside 0 to 1.

    Raises:
        InputError: it is.
    """
    if not 0 <= weight <= 1:
        raise InputError(
            f"customization_weight is {weight}.",
            hint="Give a number from 0.0 to 1.0, for instance 0.3.",
        )


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

    @classmethod
    def from_row(cls, row: sqlite3.Row) -> LanguageModelInfo:
        """The definition and state in a row of the store."""
        names = (field.name for field in fields(cls))
        values = {name: row[name] for name in names if name not in ("customization_id", "versions")}
        return cls(customization_id=row["id"], versions=(row["base_model_version"],), **values)


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


@dataclass(frozen=True, slots=True)
class GrammarInfo:
    """One grammar of a custom language model."""

    name: str
    """Its name in the model."""
    out_of_vocabulary_words: int
    """Distinct words the base vocabulary lacks."""
    format: Literal["abnf", "grxml"]
    """Form of SRGS it is written in."""
    status: str = "analyzed"
    """``analyzed``, ``being_processed`` or ``undetermined``."""
