"""Positions and excerpts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.source import Fix, Problem, Source, Span


@given(st.text(alphabet="ab\n\r\t é漢", max_size=60), st.data())
def test_position_and_offset_are_inverse(text, data):
    """offset(*position(o)) is o for every offset of every text, whatever its line ends."""
    source = Source("x", text)
    offset = data.draw(st.integers(0, len(text)))
    assert source.offset(*source.position(offset)) == offset


@given(
    st.lists(st.text(alphabet="ab é", max_size=8), min_size=1),
    st.sampled_from(["\n", "\r", "\r\n"]),
)
def test_lines_are_those_that_were_joined(lines, end):
    """A line is what stands between two line ends, without them."""
    source = Source("x", end.join(lines))
    assert [source.line(number) for number in range(1, len(lines) + 1)] == lines


def test_mixed_line_ends_count_once_each():
    r"""``\r\n`` is one line end, ``\n\r`` are two."""
    source = Source("x", "a\r\nb\n\rc\rd")
    assert [source.line(n) for n in range(1, 6)] == ["a", "b", "", "c", "d"]
    assert source.position(source.text.index("d")) == (5, 1)


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("one two\n", "two", "  1 | one two\n    |     ^^^"),
        ("a\n\tx = 1", "x", "  2 | \tx = 1\n    | \t^"),
        ("漢字 bad", "bad", "  1 | 漢字 bad\n    |      ^^^"),
        ("e\u0301 bad", "bad", "  1 | e\u0301 bad\n    |   ^^^"),
        ("nul \0 x", "x", "  1 | nul \ufffd x\n    |       ^"),
    ],
)
def test_the_caret_stands_under_the_place(text, marked, expected):
    """Tabs, wide and combining characters do not shift it, control characters are not printed."""
    start = text.index(marked)
    assert Source("f", text).excerpt(Span(start, start + len(marked))) == expected


def test_a_long_line_is_cut_around_the_place():
    """A line of 10,000 characters shows the place, not the whole line."""
    text = "x" * 5000 + "BAD" + "y" * 5000
    line, caret = Source("f", text).excerpt(Span(5000, 5003)).splitlines()
    assert len(line) < 140
    assert line[caret.index("^") : caret.index("^") + 3] == "BAD"


def test_a_problem_says_where_what_and_how():
    """One line for grep, then the excerpt."""
    problem = Source("m.abnf", "a\n$b = ;").problem("error", "empty", Span(2, 4), "No.", "Do.")
    assert str(problem) == "m.abnf:2:1: error: No. Do."
    assert problem.render().splitlines()[1:] == ["  2 | $b = ;", "    | ^^"]
    assert problem.to_json()["line"] == 2


def test_a_problem_without_text_still_has_its_place():
    """A file or a line alone is enough."""
    assert str(Problem("warning", "x", "Odd.", name="a.csv", line=4)) == "a.csv:4: warning: Odd."
    assert str(Problem("note", "x", "Odd.")) == "note: Odd."


@given(st.lists(st.text(alphabet="ab é", max_size=8), min_size=2, max_size=6), st.data())
def test_a_part_of_a_text_has_the_places_of_the_whole(lines, data):
    """Lines, offsets and excerpts of a piece are those of the whole text."""
    whole = Source("f", "\n".join(lines))
    first = data.draw(st.integers(1, len(lines)))
    start = whole.offset(first)
    part = Source("f", whole.text[start:], first_line=first, first_offset=start)
    offset = data.draw(st.integers(start, len(whole.text)))
    assert part.position(offset) == whole.position(offset)
    assert part.offset(*part.position(offset)) == offset
    number = part.position(offset)[0]
    assert part.line(number) == whole.line(number)
    assert part.excerpt(Span(offset, offset + 1)) == whole.excerpt(Span(offset, offset + 1))


def test_a_fix_is_in_the_json_only_where_there_is_one():
    """Findings without a mend keep the fields they always had."""
    source = Source("m.txt", "a b")
    assert "fix" not in source.problem("note", "x", Span(0, 1), "No.").to_json()
    fix = Fix(Span(0, 1), "", "Delete it")
    assert source.problem("note", "x", Span(0, 1), "No.", fix=fix).to_json()["fix"] == {
        "span": {"start": 0, "end": 1},
        "text": "",
        "title": "Delete it",
    }


def test_joined_emoji_and_hidden_characters_keep_the_caret_in_place() -> None:
    """Joiners take no room; other invisible characters are shown as one that does."""
    text = "👩\u200d⚕\ufe0f x\u00ady z"
    place = text.index("z")
    shown, under = Source("a", text).excerpt(Span(place, place + 1)).splitlines()
    assert shown == "  1 | 👩\u200d⚕\ufe0f x\ufffdy z"
    assert under == "    | " + 8 * " " + "^"
