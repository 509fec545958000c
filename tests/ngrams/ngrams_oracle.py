"""Slow, obvious implementations that the arrays are compared with, and random texts."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from hypothesis import strategies as st

from sttprep.ngrams import NgramModel

Ngram = tuple[str, ...]

SENTENCES = st.lists(
    st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), min_size=1, max_size=6),
    min_size=1,
    max_size=8,
)
ORDERS = st.integers(1, 4)
SMOOTHINGS = st.sampled_from(["kneser-ney", "witten-bell"])


def zipf_text(sentences: int = 400, seed: int = 7) -> list[list[str]]:
    """A text whose counts of counts are natural enough for real discounts."""
    rng = random.Random(seed)
    words = [f"w{number}" for number in range(60)]
    weights = [1 / (rank + 1) for rank in range(60)]
    return [
        [
            rng.choices(words, weights)[0] if rng.random() < 0.6 else rng.choice(words[:6])
            for _ in range(rng.randint(1, 9))
        ]
        for _ in range(sentences)
    ]


def count_all(sentences: Iterable[Sequence[str]], order: int) -> list[Counter[Ngram]]:
    """Counts of the n-grams of each order, by sliding a window over each framed sentence."""
    counts: list[Counter[Ngram]] = [Counter() for _ in range(order)]
    for sentence in sentences:
        framed = ("<s>", *sentence, "</s>")
        for n in range(1, order + 1):
            for start in range(len(framed) - n + 1):
                counts[n - 1][framed[start : start + n]] += 1
    return counts


class SlowKneserNey:
    """Interpolated modified Kneser-Ney, straight from the definitions, one word at a time."""

    def __init__(self, sentences: list[list[str]], order: int, vocabulary: Iterable[str] = ()):
        raw = count_all(sentences, order)
        while not raw[-1]:
            raw.pop()
        self.order = len(raw)
        self.adjusted: list[dict[Ngram, int]] = []
        for n in range(1, self.order + 1):
            table: dict[Ngram, int] = {}
            for ngram, count in raw[n - 1].items():
                if ngram == ("<s>",):
                    continue
                if n == self.order or ngram[0] == "<s>":
                    table[ngram] = count
                else:
                    table[ngram] = sum(1 for longer in raw[n] if longer[1:] == ngram)
            self.adjusted.append(table)
        words = {word for sentence in sentences for word in sentence} | set(vocabulary)
        self.events = [*sorted(words), "</s>", "<unk>"]
        self.discounts = [self.discount(table) for table in self.adjusted]

    @staticmethod
    def discount(table: dict[Ngram, int]) -> list[float]:
        """Discounts of counts 1, 2 and ≥ 3 (equation 26), or the fallback ones."""
        n = [0] + [sum(1 for count in table.values() if count == times) for times in range(1, 5)]
        if 0 in n[1:4]:
            return [0.5, 1.0, 1.5]
        y = n[1] / (n[1] + 2 * n[2])
        found = [i - (i + 1) * y * n[i + 1] / n[i] for i in (1, 2, 3)]
        if any(not 0 <= value <= i for i, value in enumerate(found, start=1)):
            return [0.5, 1.0, 1.5]
        return found

    def p(self, word: str, history: Ngram) -> float:
        """p(word | history) (equation 27)."""
        history = history[max(0, len(history) - self.order + 1) :]
        table = self.adjusted[len(history)]
        follow = {ngram: count for ngram, count in table.items() if ngram[:-1] == history}
        lower = self.p(word, history[1:]) if history else 1 / len(self.events)
        total = sum(follow.values())
        if total == 0:
            return lower
        discount = self.discounts[len(history)]
        spared = sum(discount[min(count, 3) - 1] for count in follow.values())
        count = follow.get((*history, word), 0)
        own = count - discount[min(count, 3) - 1] if count else 0.0
        return (own + spared * lower) / total


def slow_tables(model: NgramModel) -> dict[Ngram, tuple[float, float]]:
    """All n-grams of a model as words, with log10 p and log10 back-off weight."""
    return {
        tuple(model.words[number] for number in ids): (float(prob), float(weight))
        for order, table in enumerate(model.tables, start=1)
        for ids, prob, weight in zip(
            model.ngrams(order).tolist(), table.log_prob, table.log_backoff, strict=True
        )
    }


def slow_score(tables: dict[Ngram, tuple[float, float]], word: str, history: Ngram) -> float:
    """Back-off by its definition, on a dictionary of n-grams."""
    if (*history, word) in tables:
        return tables[(*history, word)][0]
    if not history:
        return float("-inf")
    return tables.get(history, (0.0, 0.0))[1] + slow_score(tables, word, history[1:])


def histories(model: NgramModel, extra: Iterable[Ngram] = ()) -> list[Ngram]:
    """The empty history, every n-gram that can be one, and some that the model has never seen."""
    known: dict[int, list[Ngram]] = defaultdict(list)
    for ngram in slow_tables(model):
        if ngram[-1] != "</s>":
            known[len(ngram)].append(ngram)
    usual = [ngram for order in range(1, model.order) for ngram in known[order]]
    return [(), *usual, *extra]


def total(model: NgramModel, history: Ngram) -> float:
    """Sum of p(w | history) over all words but <s>."""
    return sum(10 ** model.score(word, history) for word in model.words if word != "<s>")
