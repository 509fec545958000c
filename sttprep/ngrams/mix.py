"""Two models made into one by a weight: static linear interpolation.

>>> from sttprep.ngrams import train_ngram
>>> general = train_ngram([["take", "the", "bus"], ["take", "the", "train"]], order=2)
>>> medical = train_ngram([["take", "the", "tablets"]], order=2)
>>> mixed = mix_models(medical, general, 0.25)
>>> round(10 ** mixed.score("tablets", ["the"]), 4)
0.1531
>>> round(0.25 * 10 ** medical.score("tablets", ["the"]), 4)
0.1531
"""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real

import numpy as np

from sttprep.errors import LanguageModelError
from sttprep.ngrams.model import NgramModel
from sttprep.ngrams.table import (
    FloatArray,
    IntArray,
    NgramTable,
    build_tables,
    log10_or_zero,
    sort_order,
)

__all__ = ["mix_models"]

_FULL = 1e-12  # rounding error of a sum of probabilities that is 1


def mix_models(custom: NgramModel, base: NgramModel, weight: float) -> NgramModel:
    """One model that says what two say together.

    The mixture has every n-gram of either model, with the probability

        p(w | h) = weight · p_custom(w | h) + (1 − weight) · p_base(w | h),

    each side backing off on its own. Back-off weights are computed anew, so that each history's
    distribution over the words of both, ``</s>`` and the unknown word sums to 1:

        b(h) = (1 − Σ p(w | h)) / (1 − Σ p(w | h'))     sums over the n-grams h w of the mixture,

    h' being h without its first word. N-grams that neither model has get what the formula gives
    with these weights; that is the one way in which it differs from asking both models each time
    (Stolcke 2002, section "Model interpolation", does the same).

    A word only one side knows has probability 0 on the other: that side gives its share to the
    words it knows and to its unknown word, and both shares still sum to 1. The unknown words of
    both (``<unk>``, ``<UNK>``) are the same word. Weights 0 and 1 give ``base`` and ``custom``
    themselves.

    Args:
        custom: the model whose share is ``weight``.
        base: the other model. The mixture keeps its word ids; further words follow.
        weight: from 0 to 1.

    Raises:
        LanguageModelError: the weight is not a number from 0 to 1.
    """
    given: object = weight
    if isinstance(given, bool) or not isinstance(given, Real) or not 0 <= weight <= 1:
        raise LanguageModelError(
            f"A custom model's weight is a number from 0 to 1, not {weight!r}.",
            hint="0.3 is a good start: 30 % custom model, 70 % base model.",
        )
    if weight == 0:
        return base
    if weight == 1:
        return custom
    custom, base = _with_histories(custom), _with_histories(base)
    return _Mixture(custom, base, float(weight)).model()


def _with_histories(model: NgramModel) -> NgramModel:
    """The model with a row for every history, so that each can have a back-off weight."""
    while any((rows < 0).any() for rows in model.prefixes[2:]):
        raw = []
        for order in range(2, model.order + 1):
            table = model.tables[order - 1]
            ids, probs, weights = model.ngrams(order), table.log_prob, table.log_backoff
            if order < model.order:
                missing = model.ngrams(order + 1)[model.prefixes[order] < 0][:, :-1]
                rows = np.unique(missing, axis=0)
                ids = np.concatenate([ids, rows])
                probs = np.concatenate([probs, np.full(len(rows), np.nan)])
                weights = np.concatenate([weights, np.zeros(len(rows))])
            raw.append((ids, probs, weights))
        tables, _ = build_tables(model.tables[:1], raw)
        model = NgramModel(model.words, tables, model.notes)
    return model


@dataclass(eq=False)
class _Side:
    """One of the two models, as seen from the rows of the mixture."""

    model: NgramModel
    share: float
    ids: IntArray
    """Id in the mixture of each word of the model."""
    rows: IntArray
    """Row in the mixture of each n-gram of the model, on the level done last."""
    lower: FloatArray
    """p of the model for each row of the mixture, on the level done last."""
    weights: FloatArray
    """Back-off weight of the model for each row of the mixture, on the level done last."""

    def keys(self, level: int, words: int) -> IntArray:
        """Keys in the mixture of the model's n-grams (not sorted)."""
        if level >= self.model.order:
            return np.zeros(0, np.int64)
        table = self.model.tables[level]
        return self.rows[table.suffix] * words + self.ids[table.first]

    def histories(self, level: int) -> IntArray:
        """Row in the mixture of the history of each of the model's n-grams."""
        return self.rows[self.model.prefixes[level]]

    def climb(self, level: int, rows: IntArray, suffix: IntArray, prefix: IntArray) -> FloatArray:
        """p of the model for each row of the mixture, one level up."""
        prob = self.weights[prefix] * self.lower[suffix]
        self.weights = np.ones(len(suffix))
        if level < self.model.order:
            table = self.model.tables[level]
            prob[rows] = np.power(10.0, table.log_prob)
            if level < self.model.order - 1:
                self.weights[rows] = np.power(10.0, table.log_backoff)
        self.rows, self.lower = rows, prob
        return prob


class _Mixture:
    def __init__(self, custom: NgramModel, base: NgramModel, weight: float) -> None:
        names = dict(base.index)
        if base.unknown >= 0 and custom.unknown >= 0:
            names[custom.words[custom.unknown]] = base.unknown
        words = list(base.words)
        ids = np.empty(len(custom.words), np.int64)
        for number, word in enumerate(custom.words):
            if word not in names:
                names[word] = len(words)
                words.append(word)
            ids[number] = names[word]
        self.words = tuple(words)
        self.start = names.get("<s>", -1)
        self.sides = [
            _side(base, 1 - weight, np.arange(len(base.words)), len(words)),
            _side(custom, weight, ids, len(words)),
        ]

    def model(self) -> NgramModel:
        size = len(self.words)
        mixed = self.mixed()
        if self.start >= 0:
            mixed[self.start] = 0.0
        mixed /= mixed.sum()
        tables = [NgramTable.of_words(log10_or_zero(mixed), np.zeros(size))]
        for level in range(1, max(side.model.order for side in self.sides)):
            suffix, first, prefix, rows = self.merge(level)
            for side, own in zip(self.sides, rows, strict=True):
                side.climb(level, own, suffix, prefix)
            lower = mixed[suffix]
            mixed = self.mixed()
            weights = _backoff(mixed, lower, prefix, len(tables[-1]))
            below = tables[-1]
            tables[-1] = NgramTable(
                below.suffix, below.first, below.log_prob, log10_or_zero(weights)
            )
            tables.append(
                NgramTable(
                    suffix.astype(np.int32),
                    first.astype(np.int32),
                    log10_or_zero(mixed),
                    np.zeros(len(mixed)),
                )
            )
        custom = self.sides[1]
        note = f"Mixture: {custom.share:g} custom + {1 - custom.share:g} base."
        notes = (*custom.model.notes, *self.sides[0].model.notes, note)
        return NgramModel(self.words, tuple(tables), notes)

    def mixed(self) -> FloatArray:
        base, custom = self.sides
        return base.share * base.lower + custom.share * custom.lower

    def merge(self, level: int) -> tuple[IntArray, IntArray, IntArray, list[IntArray]]:
        """Rows of the mixture on a level: suffix, first, prefix; and where each side's go."""
        size = len(self.words)
        base, custom = self.sides
        old, new = base.keys(level, size), custom.keys(level, size)
        order = sort_order(new)
        new = new[order]
        # Where a key of the custom model lies among the base's, which may be a thousand times as
        # many: nothing but copies is done on those.
        place = np.searchsorted(old, new)
        known = np.zeros(len(new), bool)
        inside = place < len(old)
        known[inside] = old[place[inside]] == new[inside]
        extra = ~known
        before = np.cumsum(extra) - extra
        new_rows = place + before
        shift = np.zeros(len(old) + 1, np.int64)
        np.add.at(shift, place[extra], 1)
        old_rows = np.arange(len(old)) + np.cumsum(shift)[:-1]
        custom_rows = np.empty(len(new), np.int64)
        custom_rows[order] = new_rows
        total = len(old) + int(extra.sum())
        keys, prefix = np.empty(total, np.int64), np.empty(total, np.int64)
        keys[old_rows], keys[new_rows] = old, new
        if len(old):
            prefix[old_rows] = base.histories(level)
        if len(new):
            prefix[custom_rows] = custom.histories(level)
        suffix, first = np.divmod(keys, size)
        return suffix, first, prefix, [old_rows, custom_rows]


def _side(model: NgramModel, share: float, ids: IntArray, size: int) -> _Side:
    lower, weights = np.zeros(size), np.ones(size)
    lower[ids] = np.power(10.0, model.tables[0].log_prob)
    if model.start >= 0:
        lower[ids[model.start]] = 0.0
    weights[ids] = np.power(10.0, model.tables[0].log_backoff)
    return _Side(model, share, ids, ids, lower, weights)


def _backoff(prob: FloatArray, lower: FloatArray, prefix: IntArray, histories: int) -> FloatArray:
    """Back-off weight of each history; scales ``prob`` down where it leaves nothing over.

    Quantised models do not quite sum to 1: without scaling, a history could sum to more.
    """
    left = 1.0 - np.bincount(prefix, prob, histories)
    lower_left = 1.0 - np.bincount(prefix, lower, histories)
    weights = np.ones(histories)
    open_ = lower_left > _FULL
    np.divide(left, lower_left, out=weights, where=open_)
    full = (left < _FULL) | ~open_
    if full.any():
        scale = np.where(full, 1.0 - left, 1.0)
        prob /= np.where(scale > 0, scale, 1.0)[prefix]
        weights[full] = np.where(open_[full], 0.0, 1.0)
    return weights
