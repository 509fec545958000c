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

from collections import Counter
from collections.abc import Callable, Container, Iterable
from functools import cache

from sttprep.corpora.corpus import Corpus
from sttprep.corpora.kinds import kind_of
from sttprep.corpora.numerals import base_language
from sttprep.corpora.oov_report import Background, Context, OovReport, OovWord
from sttprep.corpora.tokenize import is_address
from sttprep.data import stock_words
from sttprep.errors import CorpusError

__all__ = ["compound_splitter", "default_lexicon", "find_oov"]


def find_oov(
    corpora: Iterable[Corpus], lexicon: Container[str] | None = None, contexts: int = 3
) -> OovReport:
    """The tokens of the corpora that ``lexicon`` lacks, looked up in lower case.

    A hyphenated compound whose parts are all known (``life-threatening``) is known: the
    recognizer says it as these words (see ``Corpus.tokens``).

    Args:
        corpora: texts, counted together.
        lexicon: lower-case words; by default those of the stock English lexicon.
        contexts: number of lines kept for each word.

    Raises:
        CorpusError: ``corpora`` is one corpus or holds something else, or one of them is not
            English and no lexicon is given.
    """
    corpora = _corpora(corpora)
    if lexicon is None:
        lexicon = default_lexicon(corpora)
    counts: Counter[str] = Counter()
    sources: dict[str, list[str]] = {}
    for corpus in corpora:
        own = Counter(token for sentence in corpus.sentences for token in sentence.tokens)
        counts.update(own)
        for token in own:
            sources.setdefault(token, []).append(corpus.name)
    parts_of = compound_splitter(lexicon)
    known = _membership(lexicon)
    unknown = {
        token: count
        for token, count in counts.items()
        if not known(token.lower()) and parts_of(token) == (token,)
    }
    lines = _contexts(corpora, unknown, contexts)
    words = [
        OovWord(
            token,
            count,
            tuple(lines.get(token, ())),
            kind_of(token, lexicon),
            tuple(dict.fromkeys(sources[token])),
        )
        for token, count in sorted(unknown.items(), key=lambda item: (-item[1], item[0]))
    ]
    background = Background(lexicon, tuple(corpora))
    return OovReport(words, counts.total(), sum(unknown.values()), background)


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


def _contexts(
    corpora: Iterable[Corpus], words: Iterable[str], wanted: int
) -> dict[str, list[Context]]:
    found: dict[str, list[Context]] = {}
    pending = set(words) if wanted > 0 else set()
    for corpus in corpora:
        for sentence in corpus.sentences:
            if not pending:
                return found
            for token in pending.intersection(sentence.tokens):
                lines = found.setdefault(token, [])
                lines.append(Context(sentence.text, sentence.line, corpus.name))
                if len(lines) == wanted:
                    pending.discard(token)
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
