"""Phones of words and sounds-likes.

A text is read token by token: single letters by their names, dictionary words from the dictionary,
numbers in words, abbreviations letter by letter, anything else by the grapheme-to-phoneme model.

>>> print(pronounce("N. C. double A.")[0])
EH N S IY D AH B AH L EY
>>> [str(found) for found in pronounce("B12")][:1]
['B IY T W EH L V']
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sttprep.errors import WordError
from sttprep.words.entry import Word
from sttprep.words.languages import rules_for
from sttprep.words.reading import LETTER_NAMES, Origin, Pronunciation, Reader, shown

if TYPE_CHECKING:
    from sttprep.words.graphone_model import Guess
    from sttprep.words.lexicon import Lexicon

__all__ = [
    "LETTER_NAMES",
    "Origin",
    "Pronunciation",
    "pronounce",
    "pronounce_many",
    "word_pronunciations",
]

# A spelling's second reading goes into the dictionary only if it is at least a third as probable
# as the first: every wrong variant is one more way to be confused with another word.
_NEAR_ENOUGH = 0.5
# Stands for the pronunciations of a spelling until it is guessed.
_NOT_YET: list[Guess] = [(("AH",), 0.0)]


def pronounce(
    text: str, language: str = "en-US", n: int = 3, lexicon: Lexicon | None = None
) -> list[Pronunciation]:
    """How a word or sounds-like is pronounced, the most probable first.

    Args:
        text: One or more words; single letters with a period or in upper case are letter names.
        language: Any English dialect; no other language has phones yet.
        n: At most so many pronunciations, 1 or more.
        lexicon: Dictionary to look words up in; None: the stock English one.

    Raises:
        WordError: another language, or nothing in the text can be said in English.
        NotFoundError: there is no such language.
    """
    _check(language, n)

    def guess(spelling: str) -> list[Guess]:
        from sttprep.words.g2p import load_g2p

        return load_g2p().pronounce(spelling, n)

    return Reader(language, n, lexicon, guess).text(text)


def pronounce_many(
    texts: Iterable[str],
    language: str = "en-US",
    n: int = 3,
    lexicon: Lexicon | None = None,
    n_jobs: int = 1,
) -> dict[str, list[Pronunciation]]:
    """The pronunciations of many texts; a text that cannot be pronounced has none.

    The same as :func:`pronounce` of each, but the spellings no dictionary has are guessed together,
    which shares the work for common beginnings.

    Args:
        texts: Words or sounds-likes, repeated ones once.
        language: As of :func:`pronounce`.
        n: As of :func:`pronounce`.
        lexicon: As of :func:`pronounce`.
        n_jobs: Processes that guess, -1 for one per core; the result is the same for any number.
            They are joblib's: in ``joblib.parallel_config(backend="dask")`` those of a cluster.

    Raises:
        WordError: another language than English, ``n`` is below 1, or ``n_jobs`` is 0.
        NotFoundError: there is no such language.

    >>> found = pronounce_many(["lip", "™"])
    >>> str(found["lip"][0]), found["™"]
    ('L IH P', [])
    """
    from sttprep.words.g2p import check_jobs, guess_many

    _check(language, n)
    check_jobs(n_jobs)
    guesses: dict[str, list[Guess]] = {}
    unknown: set[str] = set()  # spellings a text needs that are not guessed yet

    def look_up(spelling: str) -> list[Guess]:
        if spelling in guesses:
            return guesses[spelling]
        unknown.add(spelling)
        return _NOT_YET

    reader = Reader(language, n, lexicon, look_up)
    found: dict[str, list[Pronunciation]] = {text: [] for text in texts}
    pending = list(found)
    while pending:
        # Read as far as known; what stood on a stand-in is read again with the guesses.
        again: list[str] = []
        missing: set[str] = set()
        for text in pending:
            unknown.clear()
            try:
                found[text] = reader.text(text)
            except WordError:
                found[text] = []
            if unknown:
                again.append(text)
                missing |= unknown
        guesses.update(guess_many(missing, n, n_jobs))
        pending = again
    return found


def word_pronunciations(
    word: Word,
    language: str = "en-US",
    lexicon: Lexicon | None = None,
    readings: Mapping[str, list[Pronunciation]] | None = None,
) -> list[Pronunciation]:
    """The pronunciations a custom word is trained with; never empty, never without phones.

    Its sounds-likes if it has any, else the dictionary's pronunciations, else its spelling: an
    abbreviation letter by letter and, if it has a vowel, as a word too.

    Args:
        word: The custom word.
        language: Any English dialect.
        lexicon: Dictionary to look words up in; None: the stock English one.
        readings: What `pronounce_many` gave for the texts of many words (with three each): of a
            long list the words are then pronounced together.

    Raises:
        WordError: the word or one of its sounds-likes cannot be pronounced; ``.message`` says
            which and ``.hint`` how to mend it.
    """
    found: list[Pronunciation] = []
    for text in word.sounds_like or (word.word,):
        try:
            said = (readings or {}).get(text) or pronounce(text, language, 3, lexicon)
        except WordError as error:
            raise WordError(
                f"Word '{shown(word.word)}': {error.message}", hint=error.hint
            ) from None
        found += [reading for reading in said if reading.score == 0]
        guessed = [reading for reading in said if reading.score < 0]
        found += guessed[:1]
        if not word.sounds_like:
            found += [one for one in guessed[1:] if one.score >= guessed[0].score - _NEAR_ENOUGH]
    return list({reading.phones: reading for reading in reversed(found)}.values())[::-1]


def _check(language: str, n: int) -> None:
    """Raise a WordError for a language without phones and for no pronunciations at all."""
    rules = rules_for(language)
    if rules.language != "en":
        raise WordError(
            f"No pronunciation model for {rules.name} ({language}) is registered; only English "
            "words can be pronounced.",
            hint="Use an English language such as 'en-US', or register a base model with its own "
            "dictionary.",
        )
    if n < 1:
        raise WordError(f"{n} pronunciations were asked for.", hint="Ask for n=1 or more.")
