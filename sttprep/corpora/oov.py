"""Out-of-vocabulary words: what a corpus says that the base lexicon cannot.

>>> from sttprep.corpora.corpus import Corpus
>>> corpus = Corpus.from_text("Ask about MVD.\\nMVD and Alport's are life-threatening.\\n", "demo")
>>> known = {"ask", "about", "and", "are", "life", "threatening"}
>>> report = find_oov([corpus], known)
>>> report
OovReport(2 words, 3 of 8 tokens out of vocabulary: 37.5 %)
>>> [(word.word, word.count, word.kind) for word in report.words]
[('MVD', 2, 'acronym'), ("Alport's", 1, 'word')]
>>> report.words[0].contexts[1]
Context(text="MVD and Alport's are life-threatening.", line=2, source='demo')
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from functools import cache
from itertools import repeat

from sttprep.corpora.columns import rows_of
from sttprep.corpora.corpus import Corpus
from sttprep.corpora.counts import count, count_and_find
from sttprep.corpora.kinds import kinds_of
from sttprep.corpora.numerals import base_language
from sttprep.corpora.oov_report import Background, Context, OovReport, OovWord
from sttprep.corpora.tokenize import is_address
from sttprep.data import stock_words
from sttprep.errors import CorpusError

__all__ = ["Unknown", "compound_splitter", "default_lexicon", "find_oov"]


def find_oov(
    corpora: Iterable[Corpus],
    lexicon: Container[str] | None = None,
    contexts: int = 3,
    *,
    n_jobs: int = 1,
) -> OovReport:
    """The tokens of the corpora that ``lexicon`` lacks, looked up in lower case.

    A hyphenated compound whose parts are all known (``life-threatening``) is known: the
    recognizer says it as these words (see ``Corpus.tokens``).

    Args:
        corpora: texts, counted together.
        lexicon: lower-case words; by default those of the stock English lexicon.
        contexts: number of lines kept for each word.
        n_jobs: processes for large texts, as joblib's; the report is the same for any number.

    Raises:
        CorpusError: ``corpora`` is one corpus or holds something else, or one of them is not
            English and no lexicon is given.
    """
    corpora = _corpora(corpora)
    if lexicon is None:
        lexicon = default_lexicon(corpora)
    unknown = Unknown(lexicon)
    counts: dict[str, int] = {}
    sources: dict[str, tuple[str, ...]] = {}
    lines: dict[str, tuple[Context, ...]] = {}
    total = 0
    for corpus in corpora:
        here: Iterable[str]
        if contexts > 0:
            # The scan that finds the lines counts the tokens too.
            corpus.counts, found = count_and_find(corpus, unknown.among, contexts, n_jobs)
            for token, more in found.items():
                lines[token] = (*lines[token], *more)[:contexts] if token in lines else more
            here = found
        else:
            if "counts" not in vars(corpus):
                corpus.counts = count(corpus, n_jobs)
            here = unknown.among(corpus.counts)
        total += corpus.total_words
        named = (corpus.name,)
        for token in here:
            if token not in counts:
                counts[token], sources[token] = corpus.counts[token], named
                continue
            counts[token] += corpus.counts[token]
            if corpus.name not in sources[token]:
                sources[token] += named
    language = corpora[0].language if corpora else "en-US"
    # Most frequent first, then in code-point order: the second sort keeps the order of the first.
    tokens = sorted(sorted(counts), key=counts.__getitem__, reverse=True)
    words = rows_of(
        OovWord,
        len(tokens),
        word=tokens,
        count=map(counts.__getitem__, tokens),
        contexts=[lines.get(token, ()) for token in tokens],
        kind=kinds_of(tokens, lexicon, language),
        sources=map(sources.__getitem__, tokens),
        variants=repeat(()),
        typo_of=repeat(()),
    )
    background = Background(lexicon, tuple(corpora))
    return OovReport(words, total, sum(counts.values()), background)


class Unknown:
    """Tells the tokens that a lexicon lacks.

    >>> Unknown({"take", "life", "threatening"}).among(["Take", "life-threatening", "MVD"])
    ['MVD']
    """

    def __init__(self, lexicon: Container[str]) -> None:
        self._known = _membership(lexicon)
        self._parts_of = compound_splitter(lexicon)

    def among(self, tokens: Iterable[str]) -> list[str]:
        """Those of the tokens that are unknown, in their order."""
        known, parts_of = self._known, self._parts_of
        unknown = [one for one in tokens if not (known(one) or known(one.lower()))]
        return [one for one in unknown if "-" not in one or len(parts_of(one)) == 1]


def default_lexicon(corpora: Iterable[Corpus]) -> Container[str]:
    """The words (lower case) of the stock lexicon, for English corpora.

    Raises:
        CorpusError: one of the corpora is in another language.
    """
    for corpus in corpora:
        if base_language(corpus.language) != "en":
            raise CorpusError(
                f"The stock lexicon is English; corpus {corpus.name} is {corpus.language}.",
                hint="Give the words of its language: lexicon={'bonjour', …}.",
            )
    return stock_words()


def _corpora(corpora: Iterable[Corpus]) -> list[Corpus]:
    found = [] if isinstance(corpora, (Corpus, str)) else list(corpora)
    if isinstance(corpora, (Corpus, str)) or not all(isinstance(one, Corpus) for one in found):
        raise CorpusError(
            "find_oov takes a list of corpora.",
            hint='Write find_oov([read_corpus("a.txt"), read_corpus("b.txt")], lexicon).',
        )
    return found


def _membership(lexicon: Container[str]) -> Callable[[str], bool]:
    if isinstance(lexicon, (list, tuple)):  # "in" walks a list
        lexicon = frozenset(lexicon)
    return lexicon.__contains__


def compound_splitter(lexicon: Container[str]) -> Callable[[str], tuple[str, ...]]:
    """The function that takes a compound apart where the lexicon knows only its parts.

    >>> split = compound_splitter({"life", "threatening", "x-ray", "x", "ray"})
    >>> split("Life-threatening"), split("X-ray"), split("Tay-Sachs")
    (('Life', 'threatening'), ('X-ray',), ('Tay-Sachs',))
    """
    known = _membership(lexicon)

    @cache
    def parts_of(token: str) -> tuple[str, ...]:
        if "-" not in token or known(token.lower()) or is_address(token):
            return (token,)
        parts = tuple(token.split("-"))
        return parts if all(known(part.lower()) for part in parts) else (token,)

    return parts_of
