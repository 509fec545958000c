"""Cells from a spreadsheet fall where they would fall in one, or are refused with the reason."""

from __future__ import annotations

import re

import pytest

from sttprep.errors import WordError
from sttprep.notebook.word_paste import pasted_cells, pasted_words

WORDS = ["a", "b", "c"]


@pytest.mark.parametrize(
    ("text", "cell", "rows"),
    [
        ("one", "sounds_like", {"a": {"sounds_like": "one"}}),
        (
            "one\r\ntwo\r\n",
            "sounds_like",
            {"a": {"sounds_like": "one"}, "b": {"sounds_like": "two"}},
        ),
        ("one\n\ntwo", "sounds_like", {"a": {"sounds_like": "one"}, "c": {"sounds_like": "two"}}),
        ("one\tA", "sounds_like", {"a": {"sounds_like": "one", "display_as": "A"}}),
        ("\tA", "sounds_like", {"a": {"display_as": "A"}}),
        ("A\u2028B", "display_as", {"a": {"display_as": "A\u2028B"}}),
        ("=1+1", "display_as", {"a": {"display_as": "=1+1"}}),
        ("", "display_as", {}),
    ],
)
def test_cells(text, cell, rows):
    """Down and to the right; an empty cell changes nothing and moves nothing."""
    assert pasted_cells(text, cell, WORDS) == rows


def test_words():
    """A block with words of its own; blank rows between them do not count."""
    assert pasted_words(" MVD \tM. V. D.\tmvd\r\n\t\r\nZika\n\n") == {
        "MVD": {"sounds_like": "M. V. D.", "display_as": "mvd"},
        "Zika": {},
    }


@pytest.mark.parametrize(
    ("paste", "message"),
    [
        (lambda: pasted_cells("1\n2\n3\n4", "display_as", WORDS), "4 rows .* only 3 rows follow"),
        (lambda: pasted_cells("1\t2", "display_as", WORDS), "2 columns .* only 1 .*: display_as"),
        (lambda: pasted_words("a\tb\tc\td"), "4 columns .* only 3 .*: word, sounds_like"),
        (lambda: pasted_words("a\tb\na\tc"), r"'a' stands twice .* into one cell, with \|"),
        (lambda: pasted_words("a\tb\n" * 5001), r"5,001 rows .*10,000 .*WordList\.read"),
    ],
)
def test_what_does_not_fit(paste, message):
    """Nothing is dropped in silence."""
    with pytest.raises(WordError) as caught:
        paste()
    assert re.search(message, str(caught.value))
