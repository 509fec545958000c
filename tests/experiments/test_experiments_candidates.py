"""Ways a word may be pronounced, before anyone has listened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.errors import WordError
from sttprep.experiments.candidates import (
    Candidate,
    candidates_for,
    given_candidates,
    heard_candidate,
    variants,
    wide_candidates,
)
from sttprep.words import ENGLISH_PHONES, Pronunciation

LIP = ("L", "IH", "P")


def test_every_source_is_asked():
    """Sounds-likes first, then the dictionary, letters and spelling; the least sure last."""
    found = candidates_for("metformin", ["met form in", "met for men"])
    origins = list(dict.fromkeys(one.origin for one in found))
    assert origins == ["sounds like 'met form in'", "sounds like 'met for men'", "spelling"]
    assert found[0].prior == 0
    assert all(one.prior <= 0 for one in found)
    assert len({one.phones for one in found}) == len(found)
    assert candidates_for("lip")[0] == Candidate(LIP, "dictionary", 0)


def test_acronyms_by_letters_and_as_a_word():
    """NSAID may be both."""
    origins = [one.origin for one in candidates_for("NSAID")]
    assert origins[0] == "letters"
    assert "spelling" in origins


def test_a_word_nobody_can_read_needs_a_sounds_like():
    """Without one the error names the letter; with one the word is no obstacle."""
    with pytest.raises(WordError, match="Москва"):
        candidates_for("Москва")
    [found] = {one.origin for one in candidates_for("Москва", "moss cow")}
    assert found == "sounds like 'moss cow'"
    assert wide_candidates("Москва") == []


def test_candidates_somebody_wrote_down():
    """Text, sequences and what `pronounce` returns; the better of two equal ones stays."""
    made = given_candidates(
        ["L IH P", ["L", "AY", "P"], Pronunciation(LIP, "spelling", -1.0)], ENGLISH_PHONES
    )
    assert made == [Candidate(LIP, "given", 0), Candidate(("L", "AY", "P"), "given", 0)]


@pytest.mark.parametrize("wrong", ["L EE P", "", "L IH1 P", "lip", [], ["L IH", "P"]])
def test_what_is_no_pronunciation_is_refused(wrong):
    """The message shows how to write one."""
    with pytest.raises(WordError, match="without stress"):
        given_candidates([wrong], ENGLISH_PHONES)


def test_what_was_heard_is_priced_by_its_distance():
    """The farther from every known reading, the less probable."""
    known = [Candidate(LIP, "spelling", -0.5), Candidate(("L", "AY", "P"), "spelling", -1.0)]
    near, far = heard_candidate(["L", "EH", "P"], known), heard_candidate(["S", "EH", "T"], known)
    assert near is not None
    assert far is not None
    assert -0.5 > near.prior > far.prior
    assert near.origin == "heard"
    assert heard_candidate([], known) is None


@given(st.lists(st.sampled_from(sorted(ENGLISH_PHONES)), min_size=1, max_size=6))
def test_variants_change_one_phone(phones):
    """One place differs, the phone is one of the model's, and each is less probable."""
    start = Candidate(tuple(phones), "spelling", -0.25)
    for one in variants(start):
        changed = [(a, b) for a, b in zip(one.phones, phones, strict=True) if a != b]
        assert len(changed) == 1
        assert changed[0][0] in ENGLISH_PHONES
        assert one.prior < start.prior
    assert len(set(variants(start))) == len(variants(start))
