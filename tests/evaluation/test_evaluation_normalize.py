"""Normalization for scoring."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.evaluation import normalize

CASES = [
    ("Hello, World!", "hello world"),
    ("don't  DON’T donʼt don`t don´t", "don't don't don't don't don't"),
    ("'quoted' dogs' 'tis rock 'n' roll", "quoted dogs tis rock n roll"),
    ("twenty-five — U.S. I.B.M.", "twenty five u s i b m"),
    ("3.5 and 1,000,000.5 but 1,5", "3.5 and 1000000.5 but 1 5"),
    ("5 % of $10 & R&D", "5 % of $10 & r&d"),
    ("%HESITATION um %hesitation, yes", "um yes"),
    ("Straße ＡＢＣ ﬁne ½", "strasse abc fine 1⁄2"),
    ("Cafe\u0301 CAFÉ", "café café"),
    ("soft\u00adhyphen zero\u200bwidth \ufeffmark", "softhyphen zerowidth mark"),
    ("¿Qué? «oui» „ja“ はい。", "qué oui ja はい"),
    ("a_b\tc\u00a0d\u3000e\nf", "a b c d e f"),
    ("... -- '", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_cases(text: str, expected: str) -> None:
    """Case, punctuation and typography go; apostrophes in words and signs read aloud stay."""
    assert normalize(text) == expected


@given(st.text())
def test_normalizing_again_changes_nothing(text: str) -> None:
    """The result is a fixed point, so texts may be normalized early without harm."""
    once = normalize(text)
    assert normalize(once) == once


@given(st.text("abIßẞé.,'’-%1 "))
def test_capitals_never_matter(text: str) -> None:
    """A text in capitals scores like the text itself."""
    assert normalize(text.upper()) == normalize(text)
