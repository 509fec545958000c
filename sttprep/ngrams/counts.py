"""Tokens → numbers → n-gram counts, as sorted arrays.

>>> counts = count_ngrams([["call", "me"], ["call", "home"]], order=2)
>>> counts.words
('<unk>', '<s>', '</s>', 'call', 'home', 'me')
>>> [len(level.count) for level in counts.levels]
[6, 5]
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sttprep.errors import LanguageModelError
from sttprep.ngrams.table import BoolArray, IntArray, sort_order, table_keys
from sttprep.source import Problem

__all__ = [
    "CountLevel",
    "EncodedText",
    "NgramCounts",
    "count_ngrams",
    "encode_text",
]

UNKNOWN, SENTENCE_START, SENTENCE_END = "<unk>", "<s>", "</s>"

MARKS = (UNKNOWN, SENTENCE_START, SENTENCE_END)
"""Names with a meaning in every language model file; they have the ids 0, 1 and 2 (as in KenLM)."""

_RESERVED = frozenset({*MARKS, "<UNK>"})


@dataclass(frozen=True, eq=False)
class EncodedText:
    """Sentences as one stream of numbers."""

    types: tuple[str, ...]
    """Distinct tokens in the order of their first appearance."""
    tokens: IntArray
    """Index in ``types`` of each token, sentence after sentence."""
    lengths: IntArray
    """Number of tokens of each sentence; may be 0."""

    def stream(self, ids: IntArray, start: int, end: int) -> tuple[IntArray, IntArray]:
        """All tokens by their ids, each sentence between the marks ``start`` and ``end``.

        Args:
            ids: id of each of ``types``.
            start: id of the mark before a sentence.
            end: id of the mark after a sentence.

        Returns:
            Two arrays of shape (tokens + 2 · sentences,): ids, and positions in the sentence.
        """
        sizes = self.lengths + 2
        ends = np.cumsum(sizes)
        starts = ends - sizes
        stream = np.empty(int(sizes.sum()), np.int64)
        inside = np.ones(len(stream), bool)
        inside[starts] = inside[ends - 1] = False
        stream[starts], stream[ends - 1] = start, end
        stream[inside] = ids[self.tokens]
        return stream, np.arange(len(stream)) - np.repeat(starts, sizes)


def encode_text(sentences: Iterable[Iterable[str]]) -> EncodedText:
    """Number the tokens of sentences.

    Raises:
        LanguageModelError: something is no token: ``problems`` has each such type once, with the
            sentence and token (from 1) where it stands first.
    """
    index: dict[object, int] = {}
    tokens, lengths = array("q"), array("q")
    for number, sentence in enumerate(_iterate(sentences), start=1):
        if isinstance(sentence, str | bytes):
            raise LanguageModelError(
                f"Sentence {number} is the text {sentence!r}, not a list of tokens.",
                hint='Split it first, for example "take two tablets".split().',
            )
        try:
            coded = [index.setdefault(token, len(index)) for token in sentence]
        except TypeError:
            raise LanguageModelError(
                f"Sentence {number} is {sentence!r}, not a list of tokens.",
                hint='A sentence looks like ["take", "two", "tablets"].',
            ) from None
        tokens.extend(coded)
        lengths.append(len(coded))
    flat = np.frombuffer(tokens, np.int64) if tokens else np.zeros(0, np.int64)
    sizes = np.frombuffer(lengths, np.int64) if lengths else np.zeros(0, np.int64)
    faults = {code: fault for token, code in index.items() if (fault := _fault(token))}
    if faults:
        raise LanguageModelError(problems=_problems(list(index), faults, flat, sizes))
    return EncodedText(tuple(map(str, index)), flat, sizes)


def _iterate(sentences: Iterable[Iterable[str]]) -> Iterable[Iterable[str]]:
    if isinstance(sentences, str | bytes) or not isinstance(sentences, Iterable):
        raise LanguageModelError(
            f"{str(sentences)[:60]!r} is not a list of sentences.",
            hint='Sentences look like [["take", "two", "tablets"], ["see", "a", "doctor"]].',
        )
    return sentences


def _fault(token: object) -> tuple[str, str, str] | None:
    """Code, what is wrong with a token, and how to mend it; None for a good token."""
    if not isinstance(token, str):
        return "token-type", "is not text", f'Write it as text, for example "{token}".'
    if not token:
        return "token-empty", "is empty", "Leave empty tokens out."
    if token in _RESERVED:
        return (
            "token-reserved",
            "is a mark of language models",
            "Leave it out: sentence starts and ends are added here.",
        )
    if token.split() != [token]:
        parts = ", ".join(f'"{part}"' for part in token.split())
        return "token-space", "contains white space", f"Give single tokens: {parts}."
    if "\0" in token or any("\ud800" <= character <= "\udfff" for character in token):
        return "token-character", "contains a character no file can hold", "Remove the character."
    return None


def _problems(
    types: list[object],
    faults: dict[int, tuple[str, str, str]],
    flat: IntArray,
    sizes: IntArray,
) -> list[Problem]:
    ends = np.cumsum(sizes)
    problems = []
    for code, (name, what, hint) in faults.items():
        at = int(np.argmax(flat == code))
        sentence = int(np.searchsorted(ends, at, side="right"))
        place = at - int(ends[sentence] - sizes[sentence]) + 1
        message = f"sentence {sentence + 1}, token {place}: {types[code]!r} {what}."
        problems.append((at, Problem("error", name, message, hint)))
    return [problem for _, problem in sorted(problems, key=lambda pair: pair[0])]


@dataclass(frozen=True, eq=False)
class CountLevel:
    """The distinct n-grams of one order, sorted as in :class:`~sttprep.ngrams.table.NgramTable`."""

    suffix: IntArray
    """Row of the n-gram without its first word, one level below."""
    first: IntArray
    """Id of the first word."""
    prefix: IntArray
    """Row of the n-gram without its last word (its history), one level below."""
    count: IntArray
    """How often the n-gram stands in the text."""


@dataclass(frozen=True, eq=False)
class NgramCounts:
    """How often each n-gram stands in a text."""

    words: tuple[str, ...]
    """All words by id: the three marks, then the words sorted by code point."""
    levels: tuple[CountLevel, ...]
    """Order 1, 2, …; on level 1 rows are word ids."""
    notes: tuple[str, ...] = ()
    """What was left out, in sentences."""

    @property
    def order(self) -> int:
        """Length of the longest n-grams."""
        return len(self.levels)


def count_ngrams(
    sentences: Iterable[Iterable[str]], order: int = 3, vocabulary: Iterable[str] = ()
) -> NgramCounts:
    """Count the n-grams of orders 1 … ``order``; ``<s>`` and ``</s>`` frame each sentence once.

    Empty sentences are left out (they would teach that saying nothing is likely).

    Args:
        sentences: lists of tokens.
        order: length of the longest n-grams; where no sentence is long enough it gets smaller.
        vocabulary: words that are known though perhaps not in the text; their count is 0.

    Raises:
        LanguageModelError: a token or word is no token, there are none, or the order is not
            a whole number from 1.
    """
    if not isinstance(order, int) or isinstance(order, bool) or order < 1:
        raise LanguageModelError(
            f"The order of a language model is a whole number from 1, not {order!r}.",
            hint="Usual are 2 and 3, for example order=3.",
        )
    text = encode_text(sentences)
    extra = _check_vocabulary(vocabulary)
    known = sorted({*text.types, *extra})
    if not known:
        raise LanguageModelError(
            "There is no text and no vocabulary to make a language model from.",
            hint='Give sentences such as [["take", "two", "tablets"]].',
        )
    words = (*MARKS, *known)
    index = {word: number for number, word in enumerate(words)}
    ids = np.array([index[token] for token in text.types], np.int64)
    notes = []
    empty = int((text.lengths == 0).sum())
    if empty:
        notes.append(f"{empty} empty sentence{'s' * (empty > 1)} left out.")
        text = EncodedText(text.types, text.tokens, text.lengths[text.lengths > 0])
    stream, position = text.stream(ids, index[SENTENCE_START], index[SENTENCE_END])
    size = len(words)
    nothing = np.zeros(size, np.int64)
    levels = [CountLevel(nothing, np.arange(size), nothing, np.bincount(stream, minlength=size))]
    rows = stream
    for k in range(2, order + 1):
        ends = np.flatnonzero(position >= k - 1)
        if len(ends) == 0:
            notes.append(f"No sentence is long enough for {k}-grams: the model has order {k - 1}.")
            break
        keys = table_keys(rows[ends], stream[ends - k + 1], size)
        sorting = sort_order(keys)
        new = _changes(keys[sorting])
        one = ends[sorting[new]]  # where each n-gram stands (any place will do)
        count = np.diff(np.append(np.flatnonzero(new), len(keys)))
        levels.append(CountLevel(rows[one], stream[one - k + 1], rows[one - 1], count))
        upper = np.full(len(stream), -1, np.int64)
        upper[ends[sorting]] = np.cumsum(new) - 1
        rows = upper
    return NgramCounts(words, tuple(levels), tuple(notes))


def _changes(values: IntArray) -> BoolArray:
    """True at the first of each run of equal values."""
    new = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return new


def _check_vocabulary(vocabulary: Iterable[str]) -> list[str]:
    if isinstance(vocabulary, str | bytes):
        raise LanguageModelError(
            f"The vocabulary is the text {vocabulary!r}, not a list of words.",
            hint='Give a list such as ["tablets", "ointment"].',
        )
    words = list(vocabulary)
    problems = [
        Problem("error", fault[0], f"vocabulary word {number}: {word!r} {fault[1]}.", fault[2])
        for number, word in enumerate(words, start=1)
        if (fault := _fault(word))
    ]
    if problems:
        raise LanguageModelError(problems=problems)
    return words
