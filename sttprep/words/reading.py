"""How a text is read: which of its tokens are words, letters, numbers, or have to be guessed.

:mod:`sttprep.words.pronounce` gives the readings out; the grapheme-to-phoneme model comes in as a
function, so that one spelling or ten thousand can be guessed at a time.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Literal

from sttprep.errors import WordError
from sttprep.words.derived import derived, plural
from sttprep.words.languages import rules_for
from sttprep.words.respell import MIXED_CASE, acronym_readings, plain_letters, say_numbers

if TYPE_CHECKING:
    from sttprep.words.graphone_model import Guess
    from sttprep.words.lexicon import Lexicon

__all__ = ["LETTER_NAMES", "MOST_LETTERS", "Origin", "Pronunciation", "Reader", "shown"]

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
MOST_LETTERS = 100  # of one part; longer strings are data, not words, and nobody says them
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
    """Log10 of the share of probability; 0 where nothing was guessed.

    What shares are worth was measured on dictionary words held out from training: 93 % are right
    where the first share is above 0.9 (score above -0.05; mean share 98 %), 74 % from 0.7 to 0.9
    (mean 81 %), 57 % from 0.5 to 0.7 (60 %), 41 % from 0.3 to 0.5 (41 %) and 18 % below (24 %).
    ``python -m sttprep.words.g2p`` prints this table anew.
    """

    def __str__(self) -> str:
        return " ".join(self.phones)


def _narrow(text: str) -> str:
    """Letters composed with their accents, full-width ones as plain ones, nothing invisible.

    Soft hyphens and zero-width marks come with text copied from pages and would part a word.
    """
    seen = (one for one in unicodedata.normalize("NFC", text) if unicodedata.category(one) != "Cf")
    return re.sub(
        "[\uff21-\uff5a]", lambda match: unicodedata.normalize("NFKC", match[0]), "".join(seen)
    )


def _without_marks(text: str) -> str:
    """Accents taken off: naïve → naive."""
    parts = unicodedata.normalize("NFD", text)
    return "".join(character for character in parts if not unicodedata.combining(character))


def shown(text: str) -> str:
    """A text as messages quote it: the beginning of a long one."""
    return text if len(text) <= 60 else f"{text[:59]}…"


class Reader:
    """Reads texts; ``guess`` says how spellings are pronounced that no dictionary has."""

    def __init__(
        self,
        language: str,
        n: int,
        lexicon: Lexicon | None,
        guess: Callable[[str], list[Guess]],
    ) -> None:
        if lexicon is None:
            from sttprep.words.lexicon import Lexicon as Stock

            lexicon = Stock.stock()
        self.lexicon = lexicon
        self.language = language
        self.british = rules_for(language).name == "UK English"
        self.n = n
        self.guess = guess

    def text(self, text: str) -> list[Pronunciation]:
        """Pronunciations of a text, the most probable first.

        Raises:
            WordError: nothing in it can be said, or a part of it cannot.
        """
        plain = text if text.isascii() else _narrow(text)
        tokens = plain.split()
        if len(tokens) > _MOST_TOKENS:
            raise WordError(
                f"{len(tokens)} words are too many for one pronunciation.",
                hint=f"Give at most {_MOST_TOKENS}.",
            )
        found = _joined([self.token(token) for token in tokens], self.n)
        if not found:
            raise WordError(
                f"Nothing in '{shown(text)}' can be pronounced.",
                hint="Give a sounds-like in ordinary letters, for example "
                'Word("™", ["trade mark"]).',
            )
        return found

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
        return (
            self._acronym(token)
            or self._possessive(token)
            or self._derived(token)
            or self._parts(token)
        )

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
            return [Pronunciation(plural(singular.phones), "letters")]
        if MIXED_CASE.fullmatch(token):
            return self._letters(token, token)
        if len(token) > MOST_LETTERS:
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
            Pronunciation(plural(base.phones), base.origin, base.score)
            for base in self.token(match[1])
        ]

    def _derived(self, token: str) -> list[Pronunciation]:
        """Regular forms of dictionary words: fatness."""
        found = derived(token.lower(), self.lexicon)
        return [Pronunciation(phones, "dictionary") for phones in found[: self.n]]

    def _parts(self, token: str) -> list[Pronunciation]:
        """A token of several parts: numbers, symbols, letters, capitals inside."""
        number_words = token  # letters alone hold no number
        if not (token.isascii() and token.isalpha()):
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
        if (len(part) <= 3 and part.isascii() and part.isupper()) or MIXED_CASE.fullmatch(part):
            return self._letters(part, part)
        if len(part) == 1 and part.lower() not in ("a", "i"):
            return self._letters(plain_letters(part), part)
        return self.token(part)

    def _spelling(self, spelling: str, token: str) -> list[Pronunciation]:
        plain = plain_letters(spelling).lower()
        for letter in plain:
            if not "a" <= letter <= "z":
                raise self._unsayable(letter, token)
        if len(plain) > MOST_LETTERS:
            raise WordError(
                f"'{shown(token)}' has {len(plain)} letters in one word, too many to pronounce.",
                hint=f"Give a sounds-like of words with at most {MOST_LETTERS} letters.",
            )
        found = [] if re.search("[aeiouy]", plain) else self._letters(plain, token)
        found += [Pronunciation(phones, "spelling", score) for phones, score in self.guess(plain)]
        return found[: self.n]

    @staticmethod
    def _unsayable(character: str, token: str) -> WordError:
        name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
        return WordError(
            f"'{shown(token)}' cannot be pronounced in English: '{character}' ({name}) has no "
            "English sound.",
            hint=_EXAMPLE,
        )


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
