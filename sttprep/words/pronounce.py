"""Phones of words and sounds-likes.

A text is read token by token: single letters by their names, dictionary words from the dictionary,
numbers in words, abbreviations letter by letter, anything else by the grapheme-to-phoneme model.

>>> print(pronounce("N. C. double A.")[0])
EH N S IY D AH B AH L EY
>>> [str(found) for found in pronounce("B12")][:1]
['B IY T W EH L V']
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Literal

from sttprep.errors import WordError
from sttprep.words.entry import Word
from sttprep.words.languages import rules_for
from sttprep.words.respell import acronym_readings, plain_letters, say_numbers

if TYPE_CHECKING:
    from sttprep.words.lexicon import Lexicon

__all__ = [
    "LETTER_NAMES",
    "Origin",
    "Pronunciation",
    "pronounce",
    "pronounce_many",
    "word_pronunciations",
]

Origin = Literal["dictionary", "letters", "numbers", "spelling"]

LETTER_NAMES: dict[str, tuple[str, ...]] = {
    letter: tuple(phones.split())
    for letter, phones in {
        "A": "EY", "B": "B IY", "C": "S IY", "D": "D IY", "E": "IY", "F": "EH F", "G": "JH IY",
        "H": "EY CH", "I": "AY", "J": "JH EY", "K": "K EY", "L": "EH L", "M": "EH M", "N": "EH N",
        "O": "OW", "P": "P IY", "Q": "K Y UW", "R": "AA R", "S": "EH S", "T": "T IY", "U": "Y UW",
        "V": "V IY", "W": "D AH B AH L Y UW", "X": "EH K S", "Y": "W AY", "Z": "Z IY",
    }.items()
}  # fmt: skip
"""The phones of the English letter names."""

_ZED = ("Z", "EH", "D")
_SPOKEN_SYMBOLS = {"&": "and", "+": "plus", "@": "at", "%": "percent", "$": "dollar", "€": "euro"}
_ORIGINS: tuple[Origin, ...] = ("dictionary", "letters", "numbers", "spelling")
# A spelling's second reading goes into the dictionary only if it is at least a third as probable
# as the first: every wrong variant is one more way to be confused with another word.
_NEAR_ENOUGH = 0.5
_MOST_LETTERS = 100  # of one part; longer strings are data, not words, and nobody says them
_MOST_TOKENS = 100
_EXAMPLE = 'Give a sounds-like in ordinary letters, for example Word("Москва", ["moskva"]).'


@dataclass(frozen=True)
class Pronunciation:
    """Phones of a text and where they come from."""

    phones: tuple[str, ...]
    """ARPAbet phones without stress, e.g. ``("L", "IH", "P")``."""
    origin: Origin
    """The least certain source used: ``dictionary``, ``letters``, ``numbers``, ``spelling``."""
    score: float = 0.0
    """Log10 of the share of probability; 0 where nothing was guessed."""

    def __str__(self) -> str:
        return " ".join(self.phones)


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
    _english_only(language)
    if n < 1:
        raise WordError(f"{n} pronunciations were asked for.", hint="Ask for n=1 or more.")
    reader = _Reader(language, n, lexicon)
    tokens = "".join(map(_narrow, unicodedata.normalize("NFC", text))).split()
    if len(tokens) > _MOST_TOKENS:
        raise WordError(
            f"{len(tokens)} words are too many for one pronunciation.",
            hint=f"Give at most {_MOST_TOKENS}.",
        )
    found = _joined([reader.token(token) for token in tokens], n)
    if not found:
        raise WordError(
            f"Nothing in '{_shown(text)}' can be pronounced.",
            hint='Give a sounds-like in ordinary letters, for example Word("™", ["trade mark"]).',
        )
    return found


def pronounce_many(
    texts: Iterable[str], language: str = "en-US", n: int = 3, lexicon: Lexicon | None = None
) -> dict[str, list[Pronunciation]]:
    """The pronunciations of many texts; a text that cannot be pronounced has none.

    Arguments as of `pronounce`.

    Raises:
        WordError: another language than English, or ``n`` is below 1.
        NotFoundError: there is no such language.

    >>> found = pronounce_many(["lip", "™"])
    >>> str(found["lip"][0]), found["™"]
    ('L IH P', [])
    """
    _english_only(language)
    if n < 1:
        raise WordError(f"{n} pronunciations were asked for.", hint="Ask for n=1 or more.")
    found: dict[str, list[Pronunciation]] = {}
    for text in dict.fromkeys(texts):
        try:
            found[text] = pronounce(text, language, n, lexicon)
        except WordError:
            found[text] = []
    return found


def word_pronunciations(
    word: Word, language: str = "en-US", lexicon: Lexicon | None = None
) -> list[Pronunciation]:
    """The pronunciations a custom word is trained with; never empty, never without phones.

    Its sounds-likes if it has any, else the dictionary's pronunciations, else its spelling: an
    abbreviation letter by letter and, if it has a vowel, as a word too.

    Raises:
        WordError: the word or one of its sounds-likes cannot be pronounced; ``.message`` says
            which and ``.hint`` how to mend it.
    """
    found: list[Pronunciation] = []
    for text in word.sounds_like or (word.word,):
        try:
            readings = pronounce(text, language, 3, lexicon)
        except WordError as error:
            raise WordError(
                f"Word '{_shown(word.word)}': {error.message}", hint=error.hint
            ) from None
        found += [reading for reading in readings if reading.score == 0]
        guessed = [reading for reading in readings if reading.score < 0]
        found += guessed[:1]
        if not word.sounds_like:
            found += [one for one in guessed[1:] if one.score >= guessed[0].score - _NEAR_ENOUGH]
    return list({reading.phones: reading for reading in reversed(found)}.values())[::-1]


def _english_only(language: str) -> None:
    rules = rules_for(language)
    if rules.language != "en":
        raise WordError(
            f"No pronunciation model for {rules.name} ({language}) is registered; only English "
            "words can be pronounced.",
            hint="Use an English language such as 'en-US', or register a base model with its own "
            "dictionary.",
        )


def _narrow(character: str) -> str:
    """Full-width letters as plain ones."""
    return (
        unicodedata.normalize("NFKC", character) if "\uff21" <= character <= "\uff5a" else character
    )


def _without_marks(text: str) -> str:
    """Accents taken off: naïve → naive."""
    parts = unicodedata.normalize("NFD", text)
    return "".join(character for character in parts if not unicodedata.combining(character))


def _shown(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


class _Reader:
    """Reads tokens; collects what one call needs."""

    def __init__(self, language: str, n: int, lexicon: Lexicon | None) -> None:
        if lexicon is None:
            from sttprep.words.lexicon import Lexicon as Stock

            lexicon = Stock.stock()
        self.lexicon = lexicon
        self.language = language
        self.british = rules_for(language).name == "UK English"
        self.n = n

    def token(self, token: str) -> list[Pronunciation]:
        """Pronunciations of a token without blanks; empty if it is nothing but punctuation."""
        if re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]?|[^\W\d_]\.?", token):
            letters = plain_letters(token.replace(".", ""))
            if len(letters) > 1 or token[-1] == "." or token.isupper():
                return self._letters(letters, token)
        known = self._dictionary(token)
        if known:
            return known
        bare = token.strip("\"'“”‘’.,;:!?()[]{}<>«»…™®©*_-–—")
        if bare != token:
            return self.token(bare) if bare else []
        return self._acronym(token) or self._possessive(token) or self._parts(token)

    def _dictionary(self, token: str) -> list[Pronunciation]:
        token = token.replace("’", "'")
        if token not in self.lexicon:
            token = _without_marks(token)
            if token not in self.lexicon:
                return []
        found = [Pronunciation(phones, "dictionary") for phones in self.lexicon[token] if phones]
        if len(token) in (2, 3) and token.isalpha() and token.isupper():
            # US, IT: capitals may mean the letters, although the word exists too.
            found = [*found[: max(1, self.n - 1)], *self._letters(token, token)]
        return found[: self.n]

    def _letters(self, letters: str, token: str) -> list[Pronunciation]:
        phones: list[str] = []
        for letter in letters.upper():
            if letter not in LETTER_NAMES:
                raise self._unsayable(letter, token)
            phones += _ZED if letter == "Z" and self.british else LETTER_NAMES[letter]
        return [Pronunciation(tuple(phones), "letters")]

    def _acronym(self, token: str) -> list[Pronunciation]:
        """NCAA by letters and as a word; mRNA by letters; MRIs with a plural ending."""
        if re.fullmatch("[A-Z]{2,}s", token):
            [singular] = self._letters(token[:-1], token)
            return [Pronunciation(_with_s(singular.phones), "letters")]
        if re.fullmatch("[a-z][A-Z]{2,4}", token):
            return self._letters(token, token)
        if len(token) > _MOST_LETTERS:
            return []
        plain = plain_letters(token)
        readings = acronym_readings(plain) if plain.isascii() else ()
        if not readings:
            return []
        found = self._letters(plain, token)
        if "word" in readings and self.n > 1:
            found += self._spelling(plain, token)[: self.n - 1]
        return found

    def _possessive(self, token: str) -> list[Pronunciation]:
        match = re.fullmatch(r"(.*\w)['’]s", token, re.IGNORECASE)
        if not match:
            return []
        return [
            Pronunciation(_with_s(base.phones), base.origin, base.score)
            for base in self.token(match[1])
        ]

    def _parts(self, token: str) -> list[Pronunciation]:
        """A token of several parts: numbers, symbols, letters, capitals inside."""
        spread = re.sub(r"(?<=[^\W\d_])(?=\d)", " ", token)
        number_words = say_numbers(spread, self.language)
        had_number = number_words != token and any(map(str.isnumeric, token))
        spoken = number_words
        for mark, said in _SPOKEN_SYMBOLS.items():
            spoken = spoken.replace(mark, f" {said} ")
        spoken = re.sub("(?<=[A-Za-z])(?=[A-Z][a-z])", " ", spoken)
        parts = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", spoken)
        if parts == [token]:
            pieces = re.split("['’]", token)
            if len(pieces) == 1:
                return self._spelling(token, token)
            if all(len(piece) > 1 for piece in pieces) or pieces[0].lower() == "o":
                parts = pieces
            else:
                return self._spelling("".join(pieces), token)
        elif not parts:
            unknown = next((x for x in token if x.isnumeric()), "")
            if unknown:
                raise self._unsayable(unknown, token)
            return []
        found = _joined([self._part(part) for part in parts], self.n)
        if had_number:
            found = [
                Pronunciation(one.phones, _weaker(one.origin, "numbers"), one.score)
                for one in found
            ]
        return found

    def _part(self, part: str) -> list[Pronunciation]:
        """One part of a composed token: short capitals are letters (B12, AT&T, HIV-1)."""
        if len(part) <= 3 and part.isascii() and part.isupper():
            return self._letters(part, part)
        if len(part) == 1 and part.lower() not in ("a", "i"):
            return self._letters(plain_letters(part), part)
        return self.token(part)

    def _spelling(self, spelling: str, token: str) -> list[Pronunciation]:
        from sttprep.words.g2p import load_g2p

        plain = plain_letters(spelling).lower()
        for letter in plain:
            if not "a" <= letter <= "z":
                raise self._unsayable(letter, token)
        if len(plain) > _MOST_LETTERS:
            raise WordError(
                f"'{_shown(token)}' has {len(plain)} letters in one word, too many to pronounce.",
                hint=f"Give a sounds-like of words with at most {_MOST_LETTERS} letters.",
            )
        found = [] if re.search("[aeiouy]", plain) else self._letters(plain, token)
        found += [
            Pronunciation(phones, "spelling", score)
            for phones, score in load_g2p().pronounce(plain, self.n)
        ]
        return found[: self.n]

    @staticmethod
    def _unsayable(character: str, token: str) -> WordError:
        name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
        return WordError(
            f"'{_shown(token)}' cannot be pronounced in English: '{character}' ({name}) has no "
            "English sound.",
            hint=_EXAMPLE,
        )


def _with_s(phones: tuple[str, ...]) -> tuple[str, ...]:
    """Phones with the regular ending of plurals and possessives."""
    last = phones[-1]
    if last in ("S", "Z", "SH", "ZH", "CH", "JH"):
        return (*phones, "IH", "Z")
    return (*phones, "S" if last in ("P", "T", "K", "F", "TH") else "Z")


def _weaker(one: Origin, other: Origin) -> Origin:
    return max(one, other, key=_ORIGINS.index)


def _joined(parts: Iterable[Sequence[Pronunciation]], n: int) -> list[Pronunciation]:
    """The best combinations of the parts' pronunciations; parts without any are skipped."""
    whole: list[Pronunciation] = []
    for part in parts:
        if not part:
            continue
        if not whole:
            whole = list(part)
            continue
        combined = [
            Pronunciation(
                left.phones + right.phones,
                _weaker(left.origin, right.origin),
                left.score + right.score,
            )
            for left, right in product(whole, part)
        ]
        # nlargest keeps the order of equal scores: first pronunciations stay first.
        whole = heapq.nlargest(n, combined, key=lambda one: one.score)
    distinct = {one.phones: one for one in reversed(whole) if one.phones}
    return list(distinct.values())[::-1][:n]
