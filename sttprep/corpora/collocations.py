"""Multi-word terms of a corpus, by nltk's association measures.

>>> from sttprep.corpora.corpus import Corpus
>>> text = "the spinal cord hurts\\na spinal cord injury\\nthe cord of a bell\\nspinal cord\\n"
>>> [(term.words, term.count) for term in Corpus.from_text(text, "demo").collocations(1)]
[(('spinal', 'cord'), 3)]
>>> corpus = Corpus.from_text("acute Fallot tetralogy\\nan acute Fallot tetralogy\\n", "demo")
>>> terms(corpus, 1, {"acute", "an"})
[Term(words=('acute', 'Fallot', 'tetralogy'), count=2, score=4.0, unknown=('Fallot', 'tetralogy'))]
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from sttprep.corpora.numerals import base_language

if TYPE_CHECKING:
    from sttprep.corpora.corpus import Corpus

__all__ = ["Collocation", "Term", "collocations", "terms"]

_LEAST_COUNT = 2
_LONGEST_TERM = 3  # words
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


@dataclass(frozen=True, slots=True)
class Term:
    """Two or three words that make one term of the domain."""

    words: tuple[str, ...]
    """The words, in the case they mostly have."""
    count: int
    """How often they stand side by side, whatever the case; copies of a line count once."""
    score: float
    """C-value (Frantzi, Ananiadou and Mima 2000, "Automatic recognition of multi-word terms",
    equation 2): the count, less what belongs to longer terms, times log2 of the words plus one."""
    unknown: tuple[str, ...] = ()
    """Those of the words that the lexicon lacks."""

    @property
    def text(self) -> str:
        """The term as text."""
        return " ".join(self.words)


def terms(corpus: Corpus, n: int = 20, lexicon: Container[str] | None = None) -> list[Term]:
    """The ``n`` best terms of two and three words, those with a word the lexicon lacks first.

    Terms never cross a line end and hold no function words or numbers; copies of a line count
    once. An acronym ends no term: texts put it behind what it stands for. A pair that hardly
    stands outside longer terms is left to them. Equal scores are in alphabetical order.

    Args:
        corpus: The text.
        n: At most so many.
        lexicon: Known words in lower case; by default those of the stock English lexicon.

    Raises:
        CorpusError: the corpus is not English and no lexicon is given.

    >>> from sttprep.corpora.corpus import Corpus
    >>> corpus = Corpus.from_text("spinal cord\\nthe spinal cord hurts", "demo")
    >>> [(term.text, term.count) for term in terms(corpus, 5, {"spinal", "cord", "hurts", "the"})]
    [('spinal cord', 2)]
    """
    from sttprep.corpora.oov import default_lexicon

    known = default_lexicon([corpus]) if lexicon is None else lexicon
    english = base_language(corpus.language) == "en"
    counts: Counter[tuple[str, ...]] = Counter()
    acronyms: set[str] = set()
    for tokens in _distinct(corpus):
        lowered = [token.lower() for token in tokens]
        fit = [_may_be_term(word, english) for word in lowered]
        acronyms.update(token.lower() for token in tokens if len(token) > 1 and token.isupper())
        for start in range(len(lowered) - 1):
            for end in range(start + 2, min(start + _LONGEST_TERM, len(lowered)) + 1):
                if not fit[end - 1] or not fit[start]:
                    break
                counts[tuple(lowered[start:end])] += 1
    longer: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for words, count in counts.items():
        if len(words) == _LONGEST_TERM and count >= _LEAST_COUNT and words[-1] not in acronyms:
            for pair in pairwise(words):
                longer[pair].append(count)
    rated = []
    for words, count in counts.items():
        inside = longer[words] if len(words) < _LONGEST_TERM and words in longer else []
        alone = count - math.fsum(inside) / len(inside) if inside else float(count)
        if count >= _LEAST_COUNT and alone > 0 and words[-1] not in acronyms:
            unknown = any(word not in known for word in words)
            rated.append((not unknown, -alone * math.log2(len(words) + 1), words))
    best = sorted(rated)[: max(n, 0)]
    spelled = _spellings(_distinct(corpus), {words for _, _, words in best})
    return [
        Term(
            spelled[words][0],
            spelled[words][1],
            -score,
            tuple(word for word in spelled[words][0] if word.lower() not in known),
        )
        for _, score, words in best
    ]


def _distinct(corpus: Corpus) -> Iterator[tuple[str, ...]]:
    """The tokens of each line of any size of text, copies left out."""
    seen: set[int] = set()
    for sentence in corpus.sentences if corpus.in_memory else corpus.iter_sentences():
        key = hash(sentence.tokens)  # 64 bits: that two lines share one by chance will not happen
        if key not in seen:
            seen.add(key)
            yield sentence.tokens


def _may_be_term(word: str, english: bool) -> bool:
    return len(word) >= _SHORTEST and not (english and word in _FUNCTION_WORDS)


def collocations(corpus: Corpus, n: int = 20) -> list[Collocation]:
    """The ``n`` most significant word pairs that occur at least twice, best first.

    Pairs never cross a line end, and copies of a line count once: boilerplate is no term.
    Function words and numbers take no part (in other languages than English: words of one or two
    letters). Equal scores are in alphabetical order.
    """
    from nltk.collocations import BigramCollocationFinder
    from nltk.metrics.association import BigramAssocMeasures

    sentences = list(_distinct(corpus))
    lowered = [[token.lower() for token in tokens] for tokens in sentences]
    finder = BigramCollocationFinder.from_documents(lowered)
    finder.apply_freq_filter(_LEAST_COUNT)
    english = base_language(corpus.language) == "en"
    finder.apply_word_filter(lambda word: not _may_be_term(word, english))
    scored = finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)
    best = sorted(scored, key=lambda item: (-item[1], item[0]))[: max(n, 0)]
    spelled = _spellings(sentences, {pair for pair, _ in best})
    return [Collocation(spelled[pair][0], spelled[pair][1], float(score)) for pair, score in best]


def _spellings(
    sentences: Iterable[tuple[str, ...]], wanted: Iterable[tuple[str, ...]]
) -> dict[tuple[str, ...], tuple[tuple[str, ...], int]]:
    """The most frequent spelling of each term, and how often it stands in any spelling."""
    spellings: dict[tuple[str, ...], Counter[tuple[str, ...]]] = {
        words: Counter() for words in wanted
    }
    sizes = sorted({len(words) for words in spellings})
    for tokens in sentences:
        lowered = tuple(token.lower() for token in tokens)
        for size in sizes:
            for start in range(len(tokens) - size + 1):
                found = spellings.get(lowered[start : start + size])
                if found is not None:
                    found[tokens[start : start + size]] += 1
    return {
        words: (min(counts, key=lambda spelling: (-counts[spelling], spelling)), counts.total())
        for words, counts in spellings.items()
    }
