"""A custom word, and the fields the service fills in.

>>> complete_word(Word("OOV"), in_base=False).sounds_like
('O. O. V.', 'OOV')
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from sttprep.errors import WordError

__all__ = ["USER", "Word", "complete_word", "only_words"]

USER = "user"
"""The source of words that were added or changed by hand."""


@dataclass(frozen=True)
class Word:
    """A custom word. The constructor takes any text; :func:`check_word` judges it.

    >>> Word("IEEE", ["I. triple E."]).sounds_like
    ('I. triple E.',)

    Raises:
        WordError: a field is something else than text, for example the number 75.
    """

    word: str
    """Spelling, as found in a corpus or as given. Case matters."""
    sounds_like: tuple[str, ...] = ()
    """How it is spoken, in ordinary spelling; a single string means a list of one."""
    display_as: str | None = None
    """How a transcript shows it; None (or an empty string): as spelled."""
    count: int = 0
    """Occurrences over all sources; a word first added by hand starts at 1."""
    source: tuple[str, ...] = ()
    """Names of the corpora and grammars it came from, sorted; then ``user`` if added by hand."""
    error: tuple[tuple[str, str], ...] = ()
    """What keeps it from being trained: pairs of the offending string and the message."""

    def __init__(
        self,
        word: str,
        sounds_like: Iterable[str] | None = (),
        display_as: str | None = None,
        count: int = 0,
        source: Iterable[str] | None = (),
        error: Iterable[tuple[str, str]] = (),
    ) -> None:
        put = object.__setattr__
        put(self, "word", _text(word, "The spelling of a word", "NCAA"))
        put(self, "sounds_like", _strings(sounds_like, "A sounds-like", "N. C. A. A."))
        put(self, "display_as", _text(display_as or "", "display_as", "IBM™") or None)
        put(self, "count", count)
        put(self, "source", _ordered(_strings(source, "A source", "healthcare")))
        put(self, "error", tuple((element, message) for element, message in error))

    @property
    def shown(self) -> str:
        """What a transcript shows for the word."""
        return self.display_as or self.word

    @property
    def url(self) -> str:
        """The word as one segment of a URL path.

        >>> Word("ｚ").url
        '%EF%BD%9A'
        """
        return quote(self.word, safe="", errors="replace")


def _text(given: object, what: str, example: str) -> str:
    if not isinstance(given, str):
        raise WordError(
            f"{what} is {given!r} ({type(given).__name__}), not a text.",
            hint=f"Write it in quotation marks, for example '{example}'.",
        )
    return given


def _strings(given: object, what: str, example: str) -> tuple[str, ...]:
    if given is None:
        return ()
    if isinstance(given, str) or not isinstance(given, Iterable):
        given = (given,)
    return tuple(_text(part, what, example) for part in given)


def only_words(given: Iterable[Word]) -> list[Word]:
    """The words given, or an error where something else is among them.

    >>> only_words(["NCAA"])
    Traceback (most recent call last):
    sttprep.errors.WordError: 'NCAA' is not a Word. Write for example Word("NCAA", ["N. C. A. A."]).

    Raises:
        WordError: a text, a number or anything else that is no `Word`.
    """
    words: list[Any] = [given] if isinstance(given, (Word, str)) else list(given)
    for word in words:
        if not isinstance(word, Word):
            raise WordError(
                f"{word!r} is not a Word.",
                hint='Write for example Word("NCAA", ["N. C. A. A."]).',
            )
    return words


def _ordered(names: Iterable[str]) -> tuple[str, ...]:
    """Source names without repeats, sorted, ``user`` last."""
    return tuple(sorted(set(names), key=lambda name: (name == USER, name)))


def complete_word(
    word: Word, *, in_base: bool, language: str = "en-US", generation: str = "previous"
) -> Word:
    """The word with the fields filled that were left out, as the service fills them.

    ===========  ==========  ==============================  ===================================
    sounds_like  display_as  new word                        word of the base vocabulary
    ===========  ==========  ==============================  ===================================
    –            –           both filled                     both stay empty
    valid        –           display_as = word               display_as = word
    –            given       sounds_like filled              sounds_like stays empty
    valid        given       both kept                       both kept
    invalid      any         ``error`` says what is wrong    the same
    ===========  ==========  ==============================  ===================================

    With next-generation models sounds_like is never filled and display_as always is. (One
    paragraph of IBM's page says that sounds-likes are generated there too; two say they are not.)

    >>> complete_word(Word("OOV"), in_base=False).sounds_like
    ('O. O. V.', 'OOV')
    >>> complete_word(Word("75.00", ["75 dollars"]), in_base=False).error[0][1]
    "Numbers are not allowed in sounds_like. You can try for example 'seventy five dollars'."

    Raises:
        NotFoundError: the language or generation has no rules.
    """
    from sttprep.words.respell import default_sounds_like
    from sttprep.words.rules import word_faults

    error = word_faults(word, language, generation)
    sounds_like, display_as = word.sounds_like, word.display_as
    if generation == "next":
        display_as = display_as or word.word
    elif not sounds_like and in_base:
        pass
    else:
        sounds_like = sounds_like or default_sounds_like(word.word, language, generation)
        display_as = display_as or word.word
    return replace(word, sounds_like=sounds_like, display_as=display_as, error=error)
