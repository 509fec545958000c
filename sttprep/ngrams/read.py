"""Read a model of either format."""

from __future__ import annotations

from pathlib import Path

from sttprep.errors import LanguageModelError
from sttprep.ngrams.arpa import read_arpa
from sttprep.ngrams.binary import MAGIC, read_binary
from sttprep.ngrams.model import NgramModel

__all__ = ["read_model"]


def read_model(path: str | Path) -> NgramModel:
    """Read a language model, ARPA or binary: the content decides, not the name.

    Raises:
        LanguageModelError: the file cannot be read, is neither, or is damaged.
    """
    try:
        with open(path, "rb") as file:
            head = file.read(len(MAGIC))
    except OSError as error:
        raise LanguageModelError(
            f"{path}: the language model cannot be read: {error.strerror or error}.",
            hint="Give the path of an ARPA file or of a binary (.lm.bin) file.",
        ) from error
    return read_binary(path) if head == MAGIC else read_arpa(path)
