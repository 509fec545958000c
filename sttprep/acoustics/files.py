"""Files of a Sphinx acoustic model: which must exist, and the phones it knows."""

from __future__ import annotations

import struct
from pathlib import Path

from sttprep.errors import InputError

__all__ = ["NOISE_PHONES", "missing_files", "read_phones"]

NOISE_PHONES = frozenset({"SIL", "+NSN+", "+SPN+"})
"""Silence and noise units; no word is pronounced with them."""

_REQUIRED = ("feat.params", "mdef", "means", "noisedict", "transition_matrices", "variances")
_WEIGHTS = ("sendump", "mixture_weights")  # either of the two


def missing_files(directory: Path) -> list[str]:
    """Names of the files an acoustic model needs that are not in the folder."""
    missing = [name for name in _REQUIRED if not (directory / name).is_file()]
    if not any((directory / name).is_file() for name in _WEIGHTS):
        missing.append(" or ".join(_WEIGHTS))
    return missing


def read_phones(directory: Path) -> frozenset[str]:
    """Phones of the acoustic model in ``directory``, silence and noise units included.

    Reads the model definition ``mdef`` in its binary form (magic ``BMDF``) or as text. The
    layout of the binary header is the description inside the file itself.

    Raises:
        InputError: there is no readable model definition.
    """
    path = directory / "mdef"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path}: the model definition cannot be read: {error.strerror}.",
            hint="An acoustic model is a folder with mdef, means, variances and so on.",
        ) from error
    try:
        phones = _binary_phones(data) if data[:4] in (b"BMDF", b"FDMB") else _text_phones(data)
    except (struct.error, UnicodeDecodeError, ValueError, IndexError) as error:
        raise InputError(
            f"{path}: this is not a Sphinx model definition.",
            hint="Copy the mdef file again from the folder the model was trained in.",
        ) from error
    return phones


def _binary_phones(data: bytes) -> frozenset[str]:
    order = "<" if data[:4] == b"BMDF" else ">"
    (length,) = struct.unpack_from(f"{order}i", data, 8)
    start = 12 + length
    (count,) = struct.unpack_from(f"{order}i", data, start)
    names = data[start + 40 :].split(b"\0", count)[:count]  # after ten 4-byte counts
    if not 0 < count == len(names) < 1000:
        raise ValueError(count)
    return frozenset(name.decode("ascii") for name in names)


def _text_phones(data: bytes) -> frozenset[str]:
    # Context-independent phones are the lines "AA - - - …" of the text form.
    phones = set()
    for line in data.decode("utf-8").splitlines():
        cells = line.split()
        if len(cells) > 4 and cells[1:4] == ["-", "-", "-"]:
            phones.add(cells[0])
    if not phones:
        raise ValueError("no phones")
    return frozenset(phones)
