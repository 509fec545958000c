"""How much of a text a vocabulary covers, and which words would cover more.

>>> from sttprep.corpora.corpus import Corpus
>>> target = Corpus.from_text("take metformin\\ntake warfarin and metformin\\ntake it", "demo")
>>> found = coverage(target, {"take", "and", "it"})
>>> found
Coverage(5 of 8 tokens: 62.5 %, 1 of 3 sentences: 33.3 %)
>>> [(step.word, step.rate, step.sentence_rate) for step in found.next(2)]
[('metformin', 0.875, 0.6666666666666666), ('warfarin', 1.0, 1.0)]
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from sttprep.corpora.corpus import Corpus
from sttprep.corpora.html_table import escape, html_table
from sttprep.errors import CorpusError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Coverage", "Step", "coverage"]

By = Literal["tokens", "sentences"]
_SHOWN_STEPS = 10


@dataclass(frozen=True, slots=True)
class Step:
    """One word added to the vocabulary, and what is covered then."""

    word: str
    """In its most frequent spelling."""
    count: int
    """How often the target has it, in any case."""
    covered: int
    """Tokens covered once it is added."""
    rate: float
    """Share of the tokens, 0 to 1."""
    sentences_covered: int
    """Sentences of which every word is covered then."""
    sentence_rate: float
    """Share of the sentences, 0 to 1."""


@dataclass(frozen=True, repr=False)
class Coverage:
    """What a vocabulary covers of a text. Made by `coverage`."""

    tokens: int
    """Tokens of the target."""
    covered: int
    """Those that are in the vocabulary."""
    sentences: int
    """Sentences of the target that have tokens."""
    sentences_covered: int
    """Those of which every token is in the vocabulary: only these can be recognized fully."""
    missing: tuple[tuple[tuple[str, ...], int], ...]
    """The distinct sets of missing words (lower case, sorted), and how many sentences lack each."""
    counts: tuple[tuple[str, int, str], ...]
    """Each missing word in lower case, its count, and its most frequent spelling."""

    @property
    def rate(self) -> float:
        """Share of the tokens that is covered, 0 to 1; 1 for a text without tokens."""
        return self.covered / self.tokens if self.tokens else 1.0

    @property
    def sentence_rate(self) -> float:
        """Share of the sentences that is covered whole, 0 to 1; 1 for a text without tokens."""
        return self.sentences_covered / self.sentences if self.sentences else 1.0

    def __repr__(self) -> str:
        return (
            f"Coverage({self.covered:,} of {self.tokens:,} tokens: {self.rate:.1%}, "
            f"{self.sentences_covered:,} of {self.sentences:,} sentences: {self.sentence_rate:.1%})"
        ).replace("%", " %")

    def next(self, n: int = 10, by: By = "tokens") -> list[Step]:
        """The ``n`` words to add next, best first.

        ``tokens``: the word with most occurrences each time, which no other order of adding beats.
        ``sentences``: the word that makes most sentences whole each time; where none makes any,
        the most frequent. Greedy: the best n words together may cover a little more.

        Raises:
            CorpusError: ``by`` is neither.
        """
        if by not in ("tokens", "sentences"):
            raise CorpusError(
                f"Words cannot be chosen by '{by}'.", hint='Write by="tokens" or by="sentences".'
            )
        return (self._by_tokens if by == "tokens" else self._by_sentences)[: max(n, 0)]

    def curve(self, by: By = "tokens") -> pd.DataFrame:
        """What is covered after each word: words, word, count, rate, sentence_rate.

        The first row is the vocabulary as it is, with 0 words added; the last covers everything.
        """
        import pandas as pd

        steps = self.next(len(self.counts), by)
        return pd.DataFrame(
            {
                "words": pd.Series(range(len(steps) + 1), dtype="int64"),
                "word": pd.Series(["", *(step.word for step in steps)], dtype=object),
                "count": pd.Series([0, *(step.count for step in steps)], dtype="int64"),
                "rate": pd.Series([self.rate, *(step.rate for step in steps)], dtype=float),
                "sentence_rate": pd.Series(
                    [self.sentence_rate, *(step.sentence_rate for step in steps)], dtype=float
                ),
            }
        )

    def _repr_html_(self) -> str:
        rows = [
            (escape(step.word), step.count, f"{step.rate:.2%}", f"{step.sentence_rate:.2%}")
            for step in self.next(_SHOWN_STEPS)
        ]
        caption = (
            f"{self.rate:.2%} of {self.tokens:,} tokens and {self.sentence_rate:.2%} of "
            f"{self.sentences:,} sentences are covered; the words to add next:"
        )
        heads = ("word", "count", "tokens covered then", "sentences covered then")
        return html_table(heads, rows, caption=caption)

    @cached_property
    def _by_tokens(self) -> list[Step]:
        order = sorted(self.counts, key=lambda entry: (-entry[1], entry[0]))
        return self._steps([word for word, _, _ in order])

    @cached_property
    def _by_sentences(self) -> list[Step]:
        counts = {word: count for word, count, _ in self.counts}
        lacking: list[set[str]] = [set(words) for words, _ in self.missing]
        holders: dict[str, list[int]] = defaultdict(list)
        gain: Counter[str] = Counter()  # sentences that lack this word only
        for number, (words, times) in enumerate(self.missing):
            for word in words:
                holders[word].append(number)
            if len(words) == 1:
                gain[words[0]] += times
        heap = [(-gain[word], -counts[word], word) for word in counts]
        heapq.heapify(heap)
        order: list[str] = []
        done: set[str] = set()
        while heap:
            made_whole, _, word = heapq.heappop(heap)
            if word in done or -made_whole != gain[word]:
                continue  # an entry from before its gain grew
            order.append(word)
            done.add(word)
            for number in holders[word]:
                lacking[number].discard(word)
                if len(lacking[number]) == 1:
                    [last] = lacking[number]
                    gain[last] += self.missing[number][1]
                    heapq.heappush(heap, (-gain[last], -counts[last], last))
        return self._steps(order)

    def _steps(self, order: list[str]) -> list[Step]:
        count_of = {word: (count, spelling) for word, count, spelling in self.counts}
        place = {word: number for number, word in enumerate(order)}
        whole_at: Counter[int] = Counter()  # a sentence is whole when its last word is added
        for words, times in self.missing:
            whole_at[max(place[word] for word in words)] += times
        covered, whole = self.covered, self.sentences_covered
        steps = []
        for number, word in enumerate(order):
            count, spelling = count_of[word]
            covered += count
            whole += whole_at[number]
            steps.append(
                Step(
                    spelling,
                    count,
                    covered,
                    covered / self.tokens,
                    whole,
                    whole / self.sentences,
                )
            )
        return steps


def coverage(
    target: Corpus | Iterable[Corpus],
    lexicon: Container[str] | None = None,
    additions: Iterable[Any] = (),
) -> Coverage:
    """How much of ``target`` a vocabulary covers.

    Words are looked up in lower case; a hyphenated compound counts as its parts where these are
    known (see ``Corpus.tokens``).

    Args:
        target: The text to be recognized, e.g. the transcripts of a test set.
        lexicon: Known words in lower case; by default those of the stock English lexicon.
        additions: Words added to it: strings, or custom words with ``.word``.

    Raises:
        CorpusError: the target is not English and no lexicon is given.

    >>> from sttprep.corpora.corpus import Corpus
    >>> coverage(Corpus.from_text("take metformin", "demo"), {"take"}, ["metformin"]).rate
    1.0
    """
    from sttprep.corpora.oov import compound_splitter, default_lexicon

    corpora = [target] if isinstance(target, Corpus) else list(target)
    known = default_lexicon(corpora) if lexicon is None else lexicon
    if isinstance(known, (list, tuple)):  # "in" walks a list
        known = frozenset(known)
    added = frozenset(str(getattr(word, "word", word)).lower() for word in additions)
    parts_of = compound_splitter(known)
    tokens = covered = sentences = whole = 0
    missing: Counter[tuple[str, ...]] = Counter()
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for corpus in corpora:
        for sentence in corpus.sentences if corpus.in_memory else corpus.iter_sentences():
            lacks = set()
            for token in sentence.tokens:
                parts = (token,) if token.lower() in added else parts_of(token)
                for part in parts:
                    tokens += 1
                    word = part.lower()
                    if word in known or word in added:
                        covered += 1
                    else:
                        spellings[word][part] += 1
                        lacks.add(word)
            sentences += 1
            if lacks:
                missing[tuple(sorted(lacks))] += 1
            else:
                whole += 1
    counts = tuple(
        (word, found.total(), min(found, key=lambda one: (-found[one], one)))
        for word, found in sorted(spellings.items())
    )
    return Coverage(tokens, covered, sentences, whole, tuple(sorted(missing.items())), counts)
