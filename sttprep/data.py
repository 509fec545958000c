"""Where packaged models and caches lie: finds files, and reads only a list of words.

The English model comes inside the pocketsphinx wheel. It is found through the import system's
records, so looking for it costs no import of pocketsphinx itself.

>>> stock_model().lexicon.name
'cmudict-en-us.dict'
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from sttprep.errors import MissingProgramError, StoreError

__all__ = ["StockModel", "cache_folder", "shared_folder", "stock_model", "stock_words"]


@dataclass(frozen=True, slots=True)
class StockModel:
    """The files of the English model inside the pocketsphinx wheel."""

    directory: Path
    """Folder that holds the three below."""
    acoustic_model: Path
    """Folder of the acoustic model (mdef, means, …): 16 kHz, phonetically tied mixtures."""
    lexicon: Path
    """Pronunciation dictionary in CMU format, 134,860 lines, lower case."""
    language_model: Path
    """Trigram model in the recognizer's trie format."""
    phone_language_model: Path
    """Trigram model over phones, for phone loops."""


@cache
def stock_model() -> StockModel:
    """The English model of the installed pocketsphinx wheel.

    Raises:
        MissingProgramError: pocketsphinx is not installed, or was built without its model.
    """
    spec = find_spec("pocketsphinx")
    if spec is None or spec.origin is None:
        raise MissingProgramError(
            "pocketsphinx is not installed, so there is no recognizer.",
            hint="Install it with: pip install pocketsphinx",
        )
    directory = Path(spec.origin).parent / "model" / "en-us"
    stock = StockModel(
        directory,
        directory / "en-us",
        directory / "cmudict-en-us.dict",
        directory / "en-us.lm.bin",
        directory / "en-us-phone.lm.bin",
    )
    missing = [path.name for path in (stock.acoustic_model, stock.lexicon) if not path.exists()]
    if missing:
        raise MissingProgramError(
            f"The installed pocketsphinx carries no English model: no {' and no '.join(missing)}.",
            hint="Install its wheel again: pip install --force-reinstall pocketsphinx",
        )
    return stock


def cache_folder(name: str) -> Path:
    """A folder for files that can be made again, created if needed.

    ``$STTPREP_CACHE`` moves all of them; by default they lie in the user's cache folder.

    Raises:
        StoreError: the folder cannot be created.
    """
    root = os.environ.get("STTPREP_CACHE")
    if root is None:
        from platformdirs import user_cache_path

        base = user_cache_path("sttprep", appauthor=False)
    else:
        base = Path(root)
    folder = base / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The cache folder {folder} cannot be created: {error.strerror}.",
            hint="Set STTPREP_CACHE to a folder that can be written.",
        ) from error
    return folder


def shared_folder() -> Path:
    """The folder of development data: ``$STTPREP_SHARED``, by default ``../shared``."""
    return Path(os.environ.get("STTPREP_SHARED", "../shared"))


@cache
def stock_words() -> frozenset[str]:
    """The words (lower case) of the stock English lexicon.

    Raises:
        MissingProgramError: the stock model is not installed.
    """
    words = set()
    with stock_model().lexicon.open(encoding="utf-8") as lines:
        for line in lines:
            words.add(line.partition(" ")[0].partition("(")[0])
    return frozenset(words - {""})
