"""Multi-word terms of a corpus, by nltk's association measures.

>>> from sttprep.corpora.corpus import Corpus
>>> text = "the spinal cord hurts\\na spinal cord injury\\nthe cord of a bell\\nspinal cord\\n"
>>> [(term.words, term.count) for term in Corpus.from_text(text, "demo").collocations(1)]
[(('spinal', 'cord'), 3)]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from sttprep.corpora.numerals import base_language

if TYPE_CHECKING:
    from sttprep.corpora.corpus import Corpus

__all__ = ["Collocation", "collocations"]

_LEAST_COUNT = 2
_SHORTEST = 3  # characters; in every one of the languages most shorter words are function words

# Closed-class words of English; pairs with one of them are grammar, not terms.
_FUNCTION_WORDS = frozenset(
    """
    a about above across after again against all also although always am among an and another any
    are aren't around as at away back be became because become been before being below between both
    but by can can't cannot could couldn't did didn't do does doesn't doing don't done down during
    each either else even ever every few for from further get gets getting give given go had has
    hasn't have haven't having he he's her here hers herself him himself his how however i i'm if
    in instead into is isn't it it's its itself just least less let like likely made make makes
    many may me might mine more most much must my myself near need never no nor not now of off
    often on once one only onto or other others our ours ourselves out over own per rather really
    same several shall she should since so some somebody someone something sometimes soon still
    such than that that's the their theirs them themselves then there there's these they they're
    this those though through thus to together too toward under until up upon us use used using
    usually very was wasn't we well were weren't what what's when where whether which while who
    whom whose why will with within without won't would yes yet you you'll you're you've your
    yours yourself zero two three four five six seven eight nine ten eleven twelve thirteen
    fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy
    eighty ninety hundred thousand million billion point percent
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Collocation:
    """Two words that stand side by side more often than chance would have it."""

    words: tuple[str, ...]
    """The words, in the case they mostly have."""
    count: int
    """How often they stand side by side, whatever the case; copies of a line count once."""
    score: float
    """Log-likelihood ratio (Dunning 1993, "Accurate methods for the statistics of surprise and
    coincidence"); above 10.83 the chance of error is below 0.1 %."""

    @property
    def text(self) -> str:
        """The term as text."""
        return " ".join(self.words)


def collocations(corpus: Corpus, n: int = 20) -> list[Collocation]:
    """The ``n`` most significant word pairs that occur at least twice, best first.

    Pairs never cross a line end, and copies of a line count once: boilerplate is no term.
    Function words and numbers take no part (in other languages than English: words of one or two
    letters). Equal scores are in alphabetical order.
    """
    from nltk.collocations import BigramCollocationFinder
    from nltk.metrics.association import BigramAssocMeasures

    sentences = {sentence.tokens for sentence in corpus.sentences}
    lowered = [[token.lower() for token in tokens] for tokens in sentences]
    finder = BigramCollocationFinder.from_documents(lowered)
    finder.apply_freq_filter(_LEAST_COUNT)
    english = base_language(corpus.language) == "en"
    finder.apply_word_filter(
        lambda word: len(word) < _SHORTEST or (english and word in _FUNCTION_WORDS)
    )
    scored = finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)
    best = sorted(scored, key=lambda item: (-item[1], item[0]))[: max(n, 0)]
    spelled = _spellings(sentences, {pair for pair, _ in best})
    return [Collocation(spelled[pair][0], spelled[pair][1], float(score)) for pair, score in best]


def _spellings(
    sentences: Iterable[tuple[str, ...]], wanted: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], tuple[tuple[str, str], int]]:
    """The most frequent spelling of each pair, and how often the pair stands in any spelling."""
    spellings: dict[tuple[str, str], Counter[tuple[str, str]]] = {
        pair: Counter() for pair in wanted
    }
    for tokens in sentences:
        for pair in pairwise(tokens):
            lowered = (pair[0].lower(), pair[1].lower())
            if lowered in spellings:
                spellings[lowered][pair] += 1
    return {
        pair: (min(counts, key=lambda spelling: (-counts[spelling], spelling)), counts.total())
        for pair, counts in spellings.items()
    }
