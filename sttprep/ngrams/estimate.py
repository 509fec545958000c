"""Counts → probabilities: interpolated modified Kneser-Ney and interpolated Witten-Bell.

>>> model = train_ngram([["call", "me"], ["call", "home"], ["call", "me", "later"]], order=2)
>>> round(10 ** model.score("me", ["call"]), 3)
0.411
>>> model.score("pizza", ["call"]) == model.score("<unk>", ["call"])
True
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np

from sttprep.errors import LanguageModelError
from sttprep.ngrams.counts import SENTENCE_START, UNKNOWN, CountLevel, NgramCounts, count_ngrams
from sttprep.ngrams.model import NgramModel
from sttprep.ngrams.table import FloatArray, IntArray, NgramTable, log10_or_zero

__all__ = ["FALLBACK_DISCOUNTS", "Smoothing", "train_ngram"]

Smoothing = Literal["kneser-ney", "witten-bell"]

FALLBACK_DISCOUNTS = (0.5, 1.0, 1.5)
"""Discounts of counts 1, 2, ≥ 3 where the text is too small to estimate them (those of KenLM's
``lmplz --discount_fallback``)."""


def train_ngram(
    sentences: Iterable[Iterable[str]],
    order: int = 3,
    smoothing: Smoothing = "kneser-ney",
    vocabulary: Iterable[str] = (),
) -> NgramModel:
    """Estimate an n-gram model.

    ``kneser-ney`` is interpolated modified Kneser-Ney (Chen & Goodman 1999, equations 27-29), with
    ``<s>`` and ``<unk>`` treated as in Heafield et al. 2013 (KenLM's lmplz): n-grams that begin
    with ``<s>`` keep their plain counts on all orders, and unigrams are interpolated with the
    uniform distribution over all words, ``</s>`` and ``<unk>``. ``witten-bell`` is interpolated
    Witten-Bell (Chen & Goodman 1999, equation 16), the better choice for text made from
    templates, whose counts of counts are unnatural.

    Args:
        sentences: lists of tokens, without ``<s>`` and ``</s>``.
        order: length of the longest n-grams.
        smoothing: ``"kneser-ney"`` or ``"witten-bell"``.
        vocabulary: further words to know; unseen ones share the uniform distribution.

    Returns:
        A model whose ``notes`` say where it deviates from the plain recipe.

    Raises:
        LanguageModelError: a token contains white space, is empty or is a reserved mark; there
            is no text; the order or the smoothing does not exist.
    """
    estimators = {"kneser-ney": _kneser_ney, "witten-bell": _witten_bell}
    if smoothing not in estimators:
        raise LanguageModelError(
            f"There is no smoothing {smoothing!r}.",
            hint=f"Use one of: {', '.join(estimators)}.",
        )
    counts = count_ngrams(sentences, order, vocabulary)
    notes = list(counts.notes)
    tables: list[NgramTable] = []
    size = len(counts.words)
    start = counts.words.index(SENTENCE_START)
    uniform = np.full(size, 1.0 / (size - 1))  # <s> is never predicted
    lower = uniform
    for level, table in enumerate(counts.levels):
        discounted, total, spared = estimators[smoothing](counts, level, notes)
        # A history that was never seen leaves everything to the shorter one.
        seen = total > 0
        share = np.divide(spared, total, out=np.ones(len(total)), where=seen)
        part = np.divide(1.0, total, out=np.zeros(len(total)), where=seen)
        prob = discounted * part[table.prefix] + share[table.prefix] * lower[table.suffix]
        if level == 0:
            prob[start] = 0.0
            rows = NgramTable.of_words(log10_or_zero(prob), np.zeros(size))
        else:
            tables[-1] = tables[-1].with_backoff(log10_or_zero(share))
            rows = NgramTable(
                table.suffix.astype(np.int32),
                table.first.astype(np.int32),
                log10_or_zero(prob),
                np.zeros(len(prob)),
            )
        tables.append(rows)
        lower = prob
    return NgramModel(counts.words, tuple(tables), tuple(notes))


Estimate = tuple[FloatArray, FloatArray, FloatArray]
"""Discounted count of each n-gram; total count and spared mass of each history."""


def _kneser_ney(counts: NgramCounts, level: int, notes: list[str]) -> Estimate:
    adjusted = _adjusted(counts, level)
    occurring = adjusted[adjusted > 0]
    n = [int((occurring == times).sum()) for times in range(1, 5)]
    discounts, why = _discounts(n)
    if why and len(occurring):
        shown = "/".join(f"{discount:g}" for discount in FALLBACK_DISCOUNTS)
        notes.append(f"Discounts {shown} used for {level + 1}-grams: {why}.")
    discount = np.array([0.0, *discounts])[np.minimum(adjusted, 3)]
    return _by_history(counts, level, adjusted - discount, adjusted, discount)


def _adjusted(counts: NgramCounts, level: int) -> IntArray:
    """Counts of the highest order; below it, the number of different words to the left."""
    table = counts.levels[level]
    start = counts.words.index(SENTENCE_START)
    if level + 1 == len(counts.levels):
        adjusted = table.count.copy()
    else:
        left = np.bincount(counts.levels[level + 1].suffix, minlength=len(table.count))
        adjusted = np.where(table.first == start, table.count, left)
    if level == 0:
        adjusted[[start, counts.words.index(UNKNOWN)]] = 0
    return adjusted


def _discounts(n: list[int]) -> tuple[tuple[float, ...], str]:
    """Chen & Goodman 1999, equation 26: D(i) = i − (i+1) · Y · n(i+1) / n(i), Y = n1/(n1+2·n2).

    Returns:
        The discounts of counts 1, 2 and ≥ 3, and why they are the fallback ones (or nothing).
    """
    for times in (1, 2, 3):
        if n[times - 1] == 0:
            return FALLBACK_DISCOUNTS, f"none of them counts {times}"
    y = n[0] / (n[0] + 2 * n[1])
    discounts = tuple(i - (i + 1) * y * n[i] / n[i - 1] for i in (1, 2, 3))
    for times, discount in enumerate(discounts, start=1):
        if not 0 <= discount <= times:
            return FALLBACK_DISCOUNTS, f"the discount of count {times} would be {discount:.3f}"
    return discounts, ""


def _witten_bell(counts: NgramCounts, level: int, notes: list[str]) -> Estimate:
    count = counts.levels[level].count.copy()
    if level == 0:
        count[counts.words.index(SENTENCE_START)] = 0
    types = (count > 0).astype(np.int64)
    return _by_history(counts, level, count.astype(float), count + types, types.astype(float))


def _by_history(
    counts: NgramCounts,
    level: int,
    discounted: FloatArray,
    count: IntArray,
    spared: FloatArray,
) -> Estimate:
    table: CountLevel = counts.levels[level]
    histories = len(counts.levels[level - 1].count) if level else 1
    return (
        discounted,
        np.bincount(table.prefix, count, histories).astype(np.float64),
        np.bincount(table.prefix, spared, histories).astype(np.float64),
    )
