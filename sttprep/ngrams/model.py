"""The n-gram model: log probabilities and back-off weights as arrays.

>>> from sttprep.ngrams import train_ngram
>>> model = train_ngram([["call", "me"], ["call", "home"]], order=2)
>>> model
NgramModel(order=2, 3 words, 6 unigrams, 5 2-grams)
>>> model.vocabulary
('call', 'home', 'me')
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sttprep.errors import LanguageModelError
from sttprep.ngrams.counts import SENTENCE_END, SENTENCE_START, UNKNOWN
from sttprep.ngrams.table import (
    IntArray,
    NgramTable,
    prefix_rows,
    table_keys,
    unroll,
)

if TYPE_CHECKING:
    from sttprep.ngrams.perplexity import Perplexity, TokenScores

__all__ = ["NgramModel"]

_MARKS = frozenset({SENTENCE_START, SENTENCE_END, UNKNOWN, "<UNK>"})


@dataclass(frozen=True, eq=False, repr=False)
class NgramModel:
    """A back-off n-gram model.

    p(w | h) is the probability of the n-gram ``h w`` where the model has it, else the back-off
    weight of h (1 where it has none) times p(w | h without its first word) (Katz 1987).
    """

    words: tuple[str, ...]
    """All unigrams by id, with the marks ``<s>``, ``</s>`` and ``<unk>`` where the model has them.
    """
    tables: tuple[NgramTable, ...]
    """One table per order, from 1; the rows of the first are word ids."""
    notes: tuple[str, ...] = ()
    """What is worth knowing about how the model was made, in sentences."""

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{len(table):,} {'unigrams' if order == 1 else f'{order}-grams'}"
            for order, table in enumerate(self.tables, start=1)
        )
        return f"NgramModel(order={self.order}, {len(self.vocabulary):,} words, {counts})"

    @property
    def order(self) -> int:
        """Length of the longest n-grams."""
        return len(self.tables)

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """The words by id, without the marks."""
        return tuple(word for word in self.words if word not in _MARKS)

    @cached_property
    def index(self) -> dict[str, int]:
        """Id of each unigram."""
        return {word: number for number, word in enumerate(self.words)}

    @cached_property
    def unknown(self) -> int:
        """Id of the unknown word (``<unk>``, in some files ``<UNK>``); −1 if there is none."""
        return self.index.get(UNKNOWN, self.index.get("<UNK>", -1))

    @cached_property
    def start(self) -> int:
        """Id of ``<s>``; −1 if there is none."""
        return self.index.get(SENTENCE_START, -1)

    @cached_property
    def end(self) -> int:
        """Id of ``</s>``; −1 if there is none."""
        return self.index.get(SENTENCE_END, -1)

    @cached_property
    def keys(self) -> tuple[IntArray, ...]:
        """Sorted search keys of each table."""
        size = len(self.words)
        return tuple(table_keys(table.suffix, table.first, size) for table in self.tables)

    @cached_property
    def prefixes(self) -> tuple[IntArray, ...]:
        """For each table the row of each n-gram's history one table below; −1 if it has none."""
        rows = [np.zeros(len(self.words), np.int64)]
        for order in range(2, self.order + 1):
            rows.append(prefix_rows(self.tables, self.keys, rows[-1], order))
        return tuple(rows)

    def ngrams(self, order: int) -> IntArray:
        """Word ids of all n-grams of an order, in reading order.

        Returns:
            Shape (n, order), sorted by the last word, then the word before it, …

        Raises:
            LanguageModelError: the model has no such order.
        """
        if not 1 <= order <= self.order:
            raise LanguageModelError(
                f"The model has no {order}-grams.", hint=f"Its orders are 1 to {self.order}."
            )
        return unroll(self.tables, order)

    def score(self, word: str, history: Sequence[str] = ()) -> float:
        """log10 of p(word | history).

        Args:
            word: a word or ``</s>``; an unknown one counts as ``<unk>``.
            history: the words before, the nearest one last; may begin with ``<s>``. Only the last
                ``order − 1`` count.

        Returns:
            The logarithm; −99 or less means impossible, −inf an unknown word in a model
            without ``<unk>``.

        >>> from sttprep.ngrams import train_ngram
        >>> model = train_ngram([["call", "me"]], order=2)
        >>> round(model.score("me", ["call"]), 3)
        -0.19
        """
        if isinstance(history, str):
            raise LanguageModelError(
                f"The history is the text {history!r}, not a list of words.",
                hint='Give for example history=["<s>", "take"].',
            )
        known = self.index
        row = known.get(word, self.unknown)
        if row < 0:
            return float("-inf")
        context = [known.get(before, self.unknown) for before in history[::-1][: self.order - 1]]
        best, level = row, 0
        for before in context:
            row = self._row(level + 1, row, before)
            if row < 0:
                break
            best, level = row, level + 1
        total = float(self.tables[level].log_prob[best])
        row = context[0] if context else -1
        for depth in range(len(context)):
            if depth:
                row = self._row(depth, row, context[depth])
            if row < 0:
                break
            if depth >= level:
                total += float(self.tables[depth].log_backoff[row])
        return total

    def _row(self, level: int, suffix: int, first: int) -> int:
        if first < 0 or suffix < 0:
            return -1
        key = suffix * len(self.words) + first
        row = int(np.searchsorted(self.keys[level], key))
        return row if row < len(self.keys[level]) and self.keys[level][row] == key else -1

    def token_scores(self, sentences: Iterable[Iterable[str]]) -> TokenScores:
        """log10 p of every token and sentence end, and the length of the n-gram that gave it."""
        from sttprep.ngrams.perplexity import token_scores

        return token_scores(self, sentences)

    def perplexity(self, sentences: Iterable[Iterable[str]]) -> Perplexity:
        """How surprised the model is by sentences; see :class:`Perplexity`.

        Raises:
            LanguageModelError: a token is no token, or there are no sentences.
        """
        from sttprep.ngrams.perplexity import perplexity

        return perplexity(self, sentences)

    def mix(self, base: NgramModel, weight: float) -> NgramModel:
        """This model × weight + ``base`` × (1 − weight); see :func:`mix_models`."""
        from sttprep.ngrams.mix import mix_models

        return mix_models(self, base, weight)

    def write_arpa(self, path: str | Path) -> None:
        """Write the model as ARPA text, which every language model tool reads.

        Raises:
            LanguageModelError: the file cannot be written.
        """
        from sttprep.ngrams.arpa import write_arpa

        write_arpa(self, path)

    def write_binary(self, path: str | Path) -> None:
        """Write the model in the recognizer's trie format; see :mod:`sttprep.ngrams.binary`.

        Raises:
            LanguageModelError: the file cannot be written, or the format cannot hold the model.
        """
        from sttprep.ngrams.binary import write_binary

        write_binary(self, path)
