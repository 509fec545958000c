"""Files of an acoustic model."""

from __future__ import annotations

import shutil

import pytest

from sttprep.acoustics import missing_files, read_phones
from sttprep.acoustics.files import NOISE_PHONES
from sttprep.data import stock_model
from sttprep.errors import InputError


def test_the_phones_of_the_stock_model_are_those_of_its_lexicon():
    """39 phones of the CMU set and three noise units."""
    phones = read_phones(stock_model().acoustic_model)
    used = set()
    for line in stock_model().lexicon.read_text(encoding="utf-8").splitlines():
        used.update(line.split()[1:])
    assert phones == used | NOISE_PHONES


def test_a_text_definition_is_read(tmp_path):
    """The text form lists base phones with dashes for context."""
    (tmp_path / "mdef").write_text(
        "0.3\n3 n_base\n# columns\nSIL - - - filler 0 0 1 2 N\nAA - - - n/a 1 3 4 5 N\n"
        "AA B K s n/a 1 6 7 8 N\n"
    )
    assert read_phones(tmp_path) == {"SIL", "AA"}


@pytest.mark.parametrize("content", [b"", b"BMDF", b"BMDF" + b"\xff" * 60, b"\x80abc", b"hello"])
def test_a_damaged_definition_is_refused(tmp_path, content):
    """The message names the file."""
    (tmp_path / "mdef").write_bytes(content)
    with pytest.raises(InputError, match="mdef: this is not a Sphinx model definition"):
        read_phones(tmp_path)


def test_missing_files_are_named(tmp_path):
    """A whole model misses nothing; each removed file is named."""
    folder = tmp_path / "model"
    shutil.copytree(stock_model().acoustic_model, folder)
    assert missing_files(folder) == []
    (folder / "means").unlink()
    (folder / "sendump").unlink()
    assert missing_files(folder) == ["means", "sendump or mixture_weights"]
    with pytest.raises(InputError, match="mdef: the model definition cannot be read"):
        read_phones(tmp_path)
