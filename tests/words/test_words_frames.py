"""Word lists from tables of pandas and polars."""

from __future__ import annotations

from typing import Any

import pandas as pd
import polars as pl
import pytest

from sttprep.errors import NotFoundError, WordError
from sttprep.words import Word, WordList

_WORDS = WordList([
    Word("NCAA", ["N. C. A. A.", "a|b "], "N.C.A.A.", 3, ["c1", "user"]), Word("ｚ"),
])  # fmt: skip


def test_frame_and_back() -> None:
    """A list becomes a table and the table the list, in pandas and in polars."""
    frame = _WORDS.frame()
    assert WordList.from_frame(frame) == _WORDS
    rows = frame.to_dict("list")
    assert WordList.from_frame(pl.DataFrame(rows, strict=False)) == _WORDS
    assert WordList.from_frame(WordList().frame()) == WordList()


def test_missing_values_are_empty() -> None:
    """NaN, NA and None mean nothing, whatever they made of the column's type."""
    frame = pd.DataFrame({
        "word": ["a", "b"],
        "sounds_like": [float("nan"), "bee|be"],
        "display_as": [pd.NA, None],
        "count": [2.0, float("nan")],
    })  # fmt: skip
    assert WordList.from_frame(frame) == WordList([Word("a", count=2), Word("b", ["bee", "be"])])


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"wrd": ["a"]}, "There is no field 'wrd'. Did you mean 'word'"),
        ({"sounds_like": ["a"]}, "no column 'word'"),
        ({"word": ["a", 75]}, r"row 1: error: The word is 75 \(int\)"),
        ({"word": ["a"], "sounds_like": [7]}, r"row 0: error: The sounds_like is 7 \(int\)"),
        ({"word": ["a"], "sounds_like": [["x", 7]]}, "list of texts"),
        ({"word": ["a"], "count": ["many"]}, r"The count is 'many' \(str\)"),
        ({"word": ["a"], "count": [1.5]}, "Write a whole number"),
        ({"word": ["a"], "count": [-1]}, "Write a whole number"),
        ({"word": ["a", "a"]}, "more than once: 'a'"),
    ],
)
def test_cells_that_are_no_words(columns: dict[str, list[Any]], message: str) -> None:
    """What is wrong is named by row, with an example of what is right."""
    with pytest.raises(WordError, match=message):
        WordList.from_frame(pd.DataFrame(columns))


def test_check() -> None:
    """A list is judged word by word, in the language given."""
    words = WordList([Word("NCAA", ["N. C. A. A."]), Word("cash", ["75 dollars"])])
    assert [(p.name, p.code) for p in words.check()] == [("cash", "sounds-like-number")]
    assert {p.name for p in words.check("en-US", "next")} == {"NCAA", "cash"}
    with pytest.raises(NotFoundError):
        WordList().check("english")
