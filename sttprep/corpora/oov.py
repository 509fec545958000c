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

from sttprep.corpora.contexts import find_contexts
from sttprep.corpora.corpus import Corpus
from sttprep.corpora.kinds import kind_of
from sttprep.corpora.numerals import base_language
from sttprep.corpora.oov_report import OovReport, OovWord
from sttprep.corpora.tokenize import is_address
from sttprep.data import stock_words
from sttprep.errors import CorpusError

__all__ = ["compound_splitter", "find_oov"]


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
        lexicon = _default_lexicon(corpora)
    known = _membership(lexicon)
    parts_of = compound_splitter(lexicon)
    counts: dict[str, int] = {}
    sources: dict[str, tuple[str, ...]] = {}
    total = 0
    for corpus in corpora:
        if n_jobs != 1:
            corpus.count_now(n_jobs)
        total += corpus.counts.total
        for token, times in corpus.counts.tokens.items():
            if known(token) or known(token.lower()) or parts_of(token) != (token,):
                continue
            counts[token] = counts.get(token, 0) + times
            named = sources.get(token, ())
            if corpus.name not in named:
                sources[token] = (*named, corpus.name)
    lines = find_contexts(corpora, counts, contexts, n_jobs)
    words = [
        OovWord(token, times, lines.get(token, ()), kind_of(token, lexicon), sources[token])
        for token, times in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    return OovReport(words, total, sum(counts.values()))


def _default_lexicon(corpora: Iterable[Corpus]) -> Container[str]:
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
