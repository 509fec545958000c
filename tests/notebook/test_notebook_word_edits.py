"""Edits of a word list: every one is a line of Python, and every one can be undone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.errors import NotFoundError, WordError
from sttprep.notebook.word_edits import WordEdits, _literal, joined, parted
from sttprep.words import Lexicon, Word, WordList

WORDS = WordList(
    [
        Word("NCAA", ["N. C. A. A."], "NCAA", 2, ["c1"]),
        Word("hhonors", ["hilton honors", "H. honors"], "HHonors", 1, ["user"]),
        Word("75.00", ["75 dollars"], error=[("75 dollars", "Numbers are not allowed.")]),
        Word("lip"),
    ]
)
NAMES = [word.word for word in WORDS]

texts = st.sampled_from(
    ["", "N. C. A. A.", "one | two", "75 dollars", "a|b|c|d|e|f", "hilton honors", " x ", "ß", "|"]
) | st.text(max_size=8)
fields = st.fixed_dictionaries({}, optional={"sounds_like": texts, "display_as": texts})
names = st.sampled_from([*NAMES, "new", "a b", 'it\'s "so"', "\ud800x", "\\"])
steps = st.one_of(
    st.tuples(st.just("change"), st.dictionaries(names, fields, max_size=3)),
    st.tuples(st.just("delete"), st.lists(names, min_size=1, max_size=3)),
    st.tuples(st.just("discard"), names),
    st.tuples(st.just("undo"), st.none()),
    st.tuples(st.just("redo"), st.none()),
)


def perform(edits: WordEdits, step: tuple[str, object]) -> None:
    """One random step; what a user cannot do is refused and changes nothing."""
    name, given_to_it = step
    before = edits.words, edits.drafts, edits.code
    try:
        if name in ("undo", "redo"):
            getattr(edits, name)()
        elif name == "delete":
            edits.delete(*given_to_it)
        else:
            getattr(edits, name)(given_to_it)
    except (WordError, NotFoundError):
        assert (edits.words, edits.drafts, edits.code) == before


def run(code: str, words: WordList, lexicon: Lexicon | None = None) -> WordList:
    """What the lines make of a list."""
    namespace = {"words": words, "Word": Word, "lexicon": lexicon}
    exec(code, namespace)
    return namespace["words"]


@given(st.lists(steps, max_size=12))
def test_the_lines_make_the_same_list(sequence):
    """Whatever was edited, undone and done again: the Python lines give exactly the list."""
    edits = WordEdits(WORDS)
    for step in sequence:
        perform(edits, step)
    assert run(edits.code, WORDS) == edits.words


@pytest.mark.parametrize(
    ("language", "generation", "lexicon"),
    [
        ("de-DE", "previous", None),
        ("en-GB", "next", None),
        ("en-US", "previous", Lexicon({"new": ["N UW"]})),
    ],
)
@given(sequence=st.lists(steps, max_size=6))
def test_the_lines_name_the_rules(language, generation, lexicon, sequence):
    """For other languages, generations and base vocabularies the lines say so."""
    edits = WordEdits(WORDS, language, generation, lexicon)
    for step in sequence:
        perform(edits, step)
    assert run(edits.code, WORDS, lexicon) == edits.words


@given(st.lists(steps, max_size=10))
def test_undo_goes_back_through_every_state(sequence):
    """Undo returns to each earlier state, order of the words included, and redo comes back."""
    edits = WordEdits(WORDS)
    for step in sequence:
        perform(edits, step)
    states = [(edits.words, edits.drafts, edits.code)]
    while edits.undo():
        states.append((edits.words, edits.drafts, edits.code))
    assert edits.words == WORDS
    assert edits.drafts == {}
    for state in states[-2::-1]:
        assert edits.redo()
        assert (edits.words, edits.drafts, edits.code) == state


@given(st.text())
def test_a_literal_reads_back(text):
    """Any string survives as Python source."""
    assert eval(_literal(text)) == text


def test_the_lines_are_short():
    """A line says what was typed and leaves out what the rules fill in."""
    edits = WordEdits(WORDS)
    edits.change({"NCAA": {"sounds_like": "N. C. double A."}})
    edits.change({"NCAA": {"display_as": "the NCAA"}})
    edits.change({"Zika": {}})
    edits.change({"lip": {"display_as": "Lip"}, "hhonors": {"sounds_like": "honours"}})
    edits.delete("75.00")
    assert edits.code.splitlines() == [
        'words = words.with_word(Word("NCAA", ["N. C. double A."]))',
        'words = words.with_word(Word("NCAA", ["N. C. double A."], "the NCAA"))',
        'words = words.with_word(Word("Zika"))',
        'words = words.with_words([Word("lip", display_as="Lip"), '
        'Word("hhonors", ["honours"], "HHonors")])',
        'words = words.without("75.00")',
    ]


def test_what_breaks_a_rule_is_a_draft():
    """A refused sounds-like changes no word, stands beside the old one, and can be undone."""
    edits = WordEdits(WORDS)
    edits.change({"NCAA": {"sounds_like": "N. C. 2 A.", "display_as": "N C A A"}})
    assert edits.drafts == {"NCAA": "N. C. 2 A."}
    assert edits.words["NCAA"].sounds_like == ("N. C. A. A.",)
    assert edits.words["NCAA"].display_as == "N C A A"
    edits.undo()
    assert (edits.drafts, edits.words) == ({}, WORDS)


def test_a_right_value_ends_the_draft():
    """The draft goes when its cell gets a valid value, the old one included."""
    for text in ("N. C. double A.", "N. C. A. A."):
        edits = WordEdits(WORDS)
        edits.change({"NCAA": {"sounds_like": "2"}})
        edits.change({"NCAA": {"sounds_like": text}})
        assert edits.drafts == {}
        assert edits.words["NCAA"].sounds_like == (text,)


def test_an_old_fault_does_not_block_other_cells():
    """A word that came with a bad sounds-like can be given a display_as; the fault stays named."""
    edits = WordEdits(WORDS)
    edits.change({"75.00": {"display_as": "$75"}})
    assert edits.words["75.00"].display_as == "$75"
    assert edits.words["75.00"].error
    assert edits.drafts == {}


def test_a_name_that_no_list_may_hold_is_refused():
    """An empty word is refused with the reason, and nothing else of the block is taken."""
    edits = WordEdits(WORDS)
    with pytest.raises(WordError, match="empty"):
        edits.change({"Zika": {}, "": {}})
    assert edits.words is WORDS


def test_nothing_changed_is_no_step():
    """Typing what is there already makes no line and nothing to undo."""
    edits = WordEdits(WORDS)
    edits.change(
        {"hhonors": {"sounds_like": " hilton honors | H. honors ", "display_as": "HHonors"}}
    )
    assert (edits.edits, edits.next_undo, edits.words) == ((), "", WORDS)


def test_a_new_step_ends_redo():
    """What was undone is gone once something else is done."""
    edits = WordEdits(WORDS)
    edits.delete("lip")
    edits.undo()
    assert edits.next_redo == "delete lip"
    edits.change({"Zika": {}})
    assert edits.next_redo == ""


def test_an_unknown_language_is_refused_at_once():
    """Not at the first edit."""
    with pytest.raises(NotFoundError):
        WordEdits(WORDS, "xx-XX")


def test_parting_and_joining():
    """The text of a cell and its sounds-likes."""
    assert parted(" a | |b|") == ("a", "b")
    assert joined(("a", "b")) == "a | b"
