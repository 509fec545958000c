"""Scores of whole texts, all tokens at once.

>>> from sttprep.ngrams import train_ngram
>>> model = train_ngram([["call", "me"], ["call", "home"]], order=2)
>>> print(model.perplexity([["call", "me"], ["call", "nobody"]]))
perplexity 2.1 over 5 tokens (2 sentences), 1 of 4 words unknown
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sttprep.errors import LanguageModelError
from sttprep.ngrams.counts import encode_text
from sttprep.ngrams.table import BoolArray, FloatArray, IntArray, find

if TYPE_CHECKING:
    from sttprep.ngrams.model import NgramModel

__all__ = ["Perplexity", "TokenScores", "perplexity", "token_scores"]


@dataclass(frozen=True)
class Perplexity:
    """How surprised a model is by a text; comparable between models of one vocabulary only."""

    value: float
    """10 ** (−``log_prob`` / ``tokens``): as if each token were one of so many likely ones."""
    tokens: int
    """What the value averages over: known words, and one sentence end per sentence."""
    oov: int
    """Words the model does not know; they are left out of the value."""
    words: int
    """All words of the text, known or not."""
    sentences: int
    """Number of sentences."""
    log_prob: float
    """Sum of log10 p over ``tokens``."""

    @property
    def oov_rate(self) -> float:
        """Unknown words as a fraction of all words (0 for a text without words)."""
        return self.oov / self.words if self.words else 0.0

    def __str__(self) -> str:
        return (
            f"perplexity {self.value:.1f} over {self.tokens:,} tokens "
            f"({self.sentences:,} sentences), {self.oov:,} of {self.words:,} words unknown"
        )


@dataclass(frozen=True, eq=False)
class TokenScores:
    """Score of every token of a text; each sentence is followed by its end."""

    log_prob: FloatArray
    """log10 p(token | the tokens before it in the sentence), shape (tokens + sentences,)."""
    length: IntArray
    """Length of the n-gram found for it: 3 for a trigram, 1 where only the word is known."""
    sentence: IntArray
    """Number of its sentence, from 0."""
    is_end: BoolArray
    """True for a sentence end."""
    is_oov: BoolArray
    """True for a word that the model does not know."""


def token_scores(model: NgramModel, sentences: Iterable[Iterable[str]]) -> TokenScores:
    """Score all tokens of a text.

    An unknown word counts as ``<unk>``; in a model without it its score is −inf and no history
    reaches back across it.

    Raises:
        LanguageModelError: a token contains white space, is empty or is a reserved mark.
    """
    text = encode_text(sentences)
    known = np.array([model.index.get(token, -1) for token in text.types], np.int64)
    ids = np.where(known < 0, model.unknown, known)
    stream, position = text.stream(ids, model.start, model.end)
    oov, _ = text.stream((known < 0).astype(np.int64), 0, 0)
    # matches[k][i]: row of the k-gram that ends at i, -1 where the model has none. Each ending of
    # an n-gram has a row, so the longest match is found by going up until there is none.
    matches = [stream]
    size = len(model.words)
    for level in range(1, model.order):
        rows = np.full(len(stream), -1, np.int64)
        ends = np.flatnonzero((matches[-1] >= 0) & (position >= level))
        first = stream[ends - level]
        ends, first = ends[first >= 0], first[first >= 0]
        rows[ends] = find(model.keys[level], matches[-1][ends] * size + first)
        matches.append(rows)
    scored = np.flatnonzero(position > 0)
    total = np.full(len(scored), -np.inf)
    length = np.zeros(len(scored), np.int64)
    for level, rows in enumerate(matches):
        here = rows[scored]
        total = np.where(here >= 0, model.tables[level].log_prob[here], total)
        length += here >= 0
    for level, rows in enumerate(matches[:-1]):
        history = rows[scored - 1]
        used = (history >= 0) & (length <= level + 1)
        total += np.where(used, model.tables[level].log_backoff[history], 0.0)
    sizes = text.lengths + 2
    is_end = np.zeros(len(stream), bool)
    is_end[np.cumsum(sizes) - 1] = True
    sentence = np.repeat(np.arange(len(sizes)), sizes)
    return TokenScores(
        log_prob=total,
        length=length,
        sentence=sentence[scored],
        is_end=is_end[scored],
        is_oov=oov[scored].astype(bool),
    )


def perplexity(model: NgramModel, sentences: Iterable[Iterable[str]]) -> Perplexity:
    """Perplexity of a text; unknown words are left out, sentence ends count.

    Raises:
        LanguageModelError: a token is no token, or there are no sentences.
    """
    scores = token_scores(model, sentences)
    if len(scores.sentence) == 0:
        raise LanguageModelError(
            "There are no sentences to measure.",
            hint='Give for example [["take", "two", "tablets"]].',
        )
    # A model without </s> says nothing about sentence ends.
    counted = ~scores.is_oov & ~(scores.is_end & (model.end < 0))
    tokens = int(counted.sum())
    log_prob = float(scores.log_prob[counted].sum())
    with np.errstate(over="ignore"):
        value = float(np.power(10.0, -log_prob / tokens)) if tokens else float("nan")
    return Perplexity(
        value=value,
        tokens=tokens,
        oov=int(scores.is_oov.sum()),
        words=int((~scores.is_end).sum()),
        sentences=int(scores.is_end.sum()),
        log_prob=log_prob,
    )
