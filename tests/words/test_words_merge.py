"""Two curators' versions of a word list become one; two versions are compared."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.errors import WordError
from sttprep.words import Word, WordDiff, WordList, WordMerge, diff_words, merge_words

_part = st.sampled_from(["p", "q", "r", "s", "t", "u"])
_word = st.builds(
    Word,
    st.sampled_from("abcd"),
    st.lists(_part, max_size=5, unique=True),
    st.sampled_from([None, "A", "B"]),
    st.integers(0, 3),
    st.lists(st.sampled_from(["c1", "c2", "user"]), max_size=2),
)
_lists = st.lists(_word, max_size=4, unique_by=lambda word: word.word).map(WordList)


def _essence(words: WordList) -> set[Any]:
    """A list without the orders that depend on which side is ours."""
    return {
        (w.word, frozenset(w.sounds_like), w.display_as, w.count, frozenset(w.source))
        for w in words
    }


@given(_lists, _lists)
def test_one_side_changed(base: WordList, edited: WordList) -> None:
    """Where one side left the list alone, the other side's list is the result."""
    assert merge_words(base, edited, base) == WordMerge(edited)
    assert merge_words(base, base, edited) == WordMerge(edited)
    assert merge_words(base, edited, edited) == WordMerge(edited)


@given(_lists, _lists, _lists)
def test_sides_can_be_exchanged(base: WordList, ours: WordList, theirs: WordList) -> None:
    """Who is called ours changes the names in conflicts and orders, nothing else."""
    one = merge_words(base, ours, theirs, prefer="ours")
    other = merge_words(base, theirs, ours, prefer="theirs")
    assert _essence(one.words) == _essence(other.words)
    assert [(c.word, c.field, c.base, c.ours, c.theirs) for c in one.resolved] == [
        (c.word, c.field, c.base, c.theirs, c.ours) for c in other.resolved
    ]


@given(_lists, _lists, _lists)
def test_nothing_is_lost_and_nothing_made_up(
    base: WordList, ours: WordList, theirs: WordList
) -> None:
    """An addition of either side is in the list or in a conflict; so is a removal."""
    merged = merge_words(base, ours, theirs)
    in_conflict = {(conflict.word, conflict.field) for conflict in merged.conflicts}
    for side in (ours, theirs):
        for word in side:
            old = set(base[word.word].sounds_like) if word.word in base else set()
            for text in set(word.sounds_like) - old:
                assert {(word.word, "word"), (word.word, "sounds_like")} & in_conflict or (
                    text in merged.words[word.word].sounds_like
                )
    for word in merged.words:
        said = [set(s[word.word].sounds_like) for s in (base, ours, theirs) if word.word in s]
        assert set(word.sounds_like) <= set().union(*said)
        assert len(word.sounds_like) <= 5
    assert merged.conflicts == merge_words(base, ours, theirs, prefer="theirs").resolved


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged", "fields"),
    [
        # each side adds a sounds-like; ours first
        ((["p"], None), (["p", "q"], None), (["p", "r"], None), (["p", "q", "r"], None), []),
        # ours before, theirs behind what they know
        ((["p"], None), (["q", "p"], None), (["p", "r"], None), (["q", "p", "r"], None), []),
        # one side removes, the other adds
        ((["p", "q"], None), (["q"], None), (["p", "q", "r"], None), (["q", "r"], None), []),
        # both remove the same
        ((["p", "q"], None), (["q"], None), (["q", "r"], None), (["q", "r"], None), []),
        # different fields
        ((["p"], None), (["p", "q"], None), (["p"], "A"), (["p", "q"], "A"), []),
        # the same edit of one field, another one beside it
        ((["p"], None), (["p"], "A"), (["q"], "A"), (["q"], "A"), []),
        # display-as changed in two ways: ours stays, the rest is merged
        ((["p"], None), (["p", "q"], "A"), (["p"], "B"), (["p", "q"], "A"), ["display_as"]),
        (([], "A"), ([], "B"), (["p"], None), (["p"], "B"), ["display_as"]),
        # too many together
        (
            (["p"], None), (["p", "q", "r", "s"], None), (["p", "t", "u"], "A"),
            (["p", "q", "r", "s"], "A"), ["sounds_like"],
        ),
        # added on both sides
        (None, (["p"], None), (["q"], "A"), (["p", "q"], "A"), []),
        (None, (["p"], "A"), (["p"], "B"), (["p"], "A"), ["display_as"]),
        # deletion against edit
        ((["p"], None), None, (["p", "q"], None), None, ["word"]),
        ((["p"], None), (["q"], None), None, (["q"], None), ["word"]),
        ((["p"], None), None, (["p"], None), None, []),
        ((["p"], None), None, None, None, []),
    ],
)  # fmt: skip
def test_cases(base: Any, ours: Any, theirs: Any, merged: Any, fields: list[str]) -> None:
    """Field by field, ours where the two disagree."""
    lists = [WordList([Word("w", *version)] if version else []) for version in (base, ours, theirs)]
    result = merge_words(*lists)
    assert [conflict.field for conflict in result.conflicts] == fields
    assert list(result.words) == ([Word("w", *merged)] if merged else [])
    assert bool(result) is (not fields)


def test_a_deleted_word_that_was_only_counted_anew_stays_deleted() -> None:
    """Counts are figures of corpora, not edits."""
    base = WordList([Word("w", ["p"], count=3, source=["c1"])])
    counted = WordList([Word("w", ["p"], count=9, source=["c1", "c2"])])
    assert merge_words(base, WordList(), counted) == WordMerge(WordList())


def test_counts_and_sources() -> None:
    """Sources are merged as a set; of two new counts the larger one stays."""
    base = WordList([Word("w", count=3, source=["c1"])])
    ours = WordList([Word("w", count=5, source=["c1", "c2"])])
    theirs = WordList([Word("w", count=4, source=["c1", "user"], display_as="W")])
    [word] = merge_words(base, ours, theirs).words
    assert (word.count, word.source, word.display_as) == (5, ("c1", "c2", "user"), "W")


def test_order_of_the_list() -> None:
    """Ours, with their new words behind the ones that precede them there."""
    base = WordList([Word("a"), Word("m"), Word("z")])
    ours = WordList([Word("z"), Word("a"), Word("m"), Word("x")])
    theirs = WordList([Word("first"), Word("a"), Word("b"), Word("m"), Word("z"), Word("last")])
    merged = merge_words(base, ours, theirs).words
    assert [word.word for word in merged] == ["first", "z", "last", "a", "b", "m", "x"]


def test_prefer() -> None:
    """A side decides all conflicts, which are listed as decided; another name is refused."""
    base = WordList([Word("a", display_as="x"), Word("b")])
    ours = WordList([Word("a", display_as="y")])
    theirs = WordList([Word("a", display_as="z"), Word("b", ["bee"])])
    merged = merge_words(base, ours, theirs, prefer="theirs")
    assert merged.words == theirs
    assert (len(merged.conflicts), len(merged.resolved), bool(merged)) == (0, 2, True)
    assert merge_words(base, ours, theirs, prefer="ours").words == ours
    with pytest.raises(WordError, match="prefer='ours' or 'theirs'"):
        merge_words(base, ours, theirs, prefer="mine")  # type: ignore[arg-type]


def test_a_conflict_reads_aloud() -> None:
    """Base and both versions are shown, a deletion as one."""
    base = WordList([Word("NCAA", ["N. C. A. A."])])
    theirs = WordList([Word("NCAA", ["N. C. double A."], "N.C.A.A.")])
    merged = merge_words(base, WordList(), theirs)
    assert str(merged) == (
        "0 words, 1 conflict. The list keeps our version where the two disagree.\n"
        "! NCAA: word\n"
        "    base:   NCAA: N. C. A. A.\n"
        "    ours:   deleted\n"
        "    theirs: NCAA: N. C. double A. (shown as N.C.A.A.)"
    )
    assert json.loads(json.dumps(merged.to_json()))["conflicts"][0]["ours"] is None
    assert "N. C. double A." in merged._repr_html_()
    assert str(merge_words(base, base, theirs)) == "1 word, 0 conflicts."
    decided = merge_words(base, WordList(), theirs, prefer="ours")
    assert str(decided).startswith("0 words, 0 conflicts. 1 conflict decided.\n! NCAA: word\n")


@given(_lists, _lists)
def test_a_difference_is_a_difference(old: WordList, new: WordList) -> None:
    """False exactly where both have the same words; turned round, added is removed."""
    diff = diff_words(old, new)
    assert bool(diff) is (set(old) != set(new))
    back = diff_words(new, old)
    assert (diff.added, diff.removed) == (back.removed, back.added)
    assert [(c.old, c.new) for c in diff.changed] == [(c.new, c.old) for c in back.changed]
    patched = {word.word: word for word in old}
    for word in diff.removed:
        del patched[word.word]
    patched |= {word.word: word for word in (*diff.added, *(c.new for c in diff.changed))}
    assert set(patched.values()) == set(new)
    assert len(str(diff).splitlines()) == max(len(diff.added + diff.removed + diff.changed), 1)


def test_a_difference_in_all_forms() -> None:
    """Lines, table, JSON and HTML say the same."""
    old = WordList([Word("a", ["eh"], count=1), Word("gone", display_as="Gone")])
    new = WordList([Word("a", ["eh", "ay"], count=2), Word("<new>\n", ["knew"])])
    diff = old.diff(new)
    assert str(diff).splitlines() == [
        "+ <new>\ufffd: knew",
        "~ a: sounds_like: eh → eh | ay; count: 1 → 2",
        "- gone (shown as Gone)",
    ]
    assert diff.frame()["change"].tolist() == ["added", "changed", "changed", "removed"]
    values = json.loads(json.dumps(diff.to_json()))
    assert values["changed"][0]["fields"] == ["sounds_like", "count"]
    assert [word["word"] for word in values["added"]] == ["<new>\n"]
    assert "&lt;new&gt;" in diff._repr_html_()
    empty = old.diff(old)
    assert (str(empty), len(empty.frame()), bool(empty)) == ("No differences.", 0, False)
    assert empty._repr_html_() == "<p>No differences.</p>"
    assert empty == WordDiff()


def test_paths_are_not_lists() -> None:
    """A path in place of a list says how to read it."""
    words = WordList([Word("a")])
    for act in (lambda: merge_words(words, words, "b.csv"), lambda: diff_words(words, "b.csv")):
        with pytest.raises(WordError, match=r"'b.csv' is not a word list. Read it first: WordList"):
            act()
