"""Regular forms of known words are said from these, and better than by guessing."""

from __future__ import annotations

import pytest

from sttprep.words import Lexicon, default_sounds_like, pronounce
from sttprep.words.derived import derived
from sttprep.words.g2p import guess_many, held_out


@pytest.mark.parametrize(
    ("word", "phones"),
    [
        ("fatness", "F AE T N AH S"),
        ("aneurysms", "AE N Y UH R IH Z AH M Z"),
        ("Tendonless", "T EH N D AH N L AH S"),
        ("catheterized", None),  # its base is unknown too
        ("mentally", None),  # in the dictionary: taken from there
    ],
)
def test_forms(word: str, phones: str | None) -> None:
    """The base's phones and the ending's; other words are as before."""
    found = [" ".join(one) for one in derived(word.lower(), Lexicon.stock())]
    if phones is None:
        assert pronounce(word, n=1)[0].origin in ("dictionary", "spelling")
    else:
        assert found[0] == phones
        assert (str(pronounce(word)[0]), pronounce(word)[0].origin) == (phones, "dictionary")


def test_better_than_guessing() -> None:
    """On dictionary words of such forms, said as if they were new; the guesses know them even."""
    lexicon = Lexicon.stock()
    hidden = held_out(lexicon, 1500)
    rest = Lexicon({word: lexicon[word] for word in lexicon if word not in hidden})
    made = {word: found for word in hidden if (found := derived(word, rest))}
    assert len(made) > 150
    right = sum(found[0] in hidden[word] for word, found in made.items())
    assert right > 0.88 * len(made)
    # Nothing is made up for words that only look so.
    assert not any(derived(word, rest) for word in ("fate", "gas", "bed", "his", "red", "virus"))
    assert guess_many(["fatness"])["fatness"][0][0] != derived("fatness", rest)[0]


@pytest.mark.parametrize(
    ("word", "sounds_like", "phones"),
    [
        ("tPA", "T. P. A.", "T IY P IY EY"),
        ("fMRI", "F. M. R. I.", "EH F EH M AA R AY"),
        ("HbA1c", "H. B. A. one C.", "EY CH B IY EY W AH N S IY"),
    ],
)
def test_mixed_abbreviations(word: str, sounds_like: str, phones: str) -> None:
    """Capitals with one or two small letters are letters, alone and inside a word."""
    assert default_sounds_like(word) == (sounds_like,)
    assert str(pronounce(word)[0]) == phones
    assert str(pronounce(sounds_like)[0]) == phones
