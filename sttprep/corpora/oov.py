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

import html
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from sttprep.corpora.corpus import Corpus
from sttprep.corpora.numerals import base_language
from sttprep.corpora.tokenize import is_address
from sttprep.data import stock_words
from sttprep.errors import CorpusError

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Context",
    "Kind",
    "OovReport",
    "OovWord",
    "compound_splitter",
    "find_oov",
    "kind_of",
]

Kind = Literal["word", "acronym", "compound", "possessive", "code", "address"]

_SHOWN_ROWS = 25  # of the table in a notebook; .frame() has them all
_ACRONYM = re.compile(r"(?:[^\W\d_]\.?){2,}s?")
_DOMAIN = re.compile(r"[\w.-]+\.(?:com|org|net|gov|edu)", re.I)
_LONGEST_ACRONYM = 7  # letters; longer words in capitals are words (MICROCEPHALY)


@dataclass(frozen=True, slots=True)
class Context:
    """A line in which a word stands."""

    text: str
    """The line as written."""
    line: int
    """Its number in the corpus, from 1."""
    source: str
    """Name of the corpus."""


@dataclass(frozen=True, slots=True)
class OovWord:
    """A word that the lexicon lacks."""

    word: str
    """As the corpus spells it, case included."""
    count: int
    """Occurrences in all corpora."""
    contexts: tuple[Context, ...] = ()
    """The first lines in which it stands."""
    kind: Kind = "word"
    """What it looks like: ``acronym`` (MVD), ``compound`` (Tay-Sachs), ``possessive`` of a known
    word (provider's), ``code`` with digits (H5N1), ``address`` or file name, or plain ``word``."""
    sources: tuple[str, ...] = ()
    """Names of the corpora it stands in, in their order."""


@dataclass(frozen=True, repr=False)
class OovReport:
    """The out-of-vocabulary words of one or more corpora."""

    words: list[OovWord]
    """Most frequent first, then in code-point order."""
    total_words: int
    """Tokens in the corpora."""
    oov_tokens: int
    """Tokens that are out of vocabulary."""

    @property
    def rate(self) -> float:
        """Share of the tokens that is out of vocabulary, 0 to 1."""
        return self.oov_tokens / self.total_words if self.total_words else 0.0

    def __repr__(self) -> str:
        return (
            f"OovReport({len(self.words):,} words, {self.oov_tokens:,} of "
            f"{self.total_words:,} tokens out of vocabulary: {self.rate:.1%})"
        ).replace("%", " %")

    def frame(self) -> pd.DataFrame:
        """One row per word: word, count, kind, and its first context (example, line, source)."""
        import pandas as pd

        first = [word.contexts[0] if word.contexts else Context("", 0, "") for word in self.words]
        return pd.DataFrame(
            {
                "word": pd.Series([word.word for word in self.words], dtype=object),
                "count": pd.Series([word.count for word in self.words], dtype="int64"),
                "kind": pd.Series([word.kind for word in self.words], dtype=object),
                "example": pd.Series([context.text for context in first], dtype=object),
                "line": pd.Series([context.line for context in first], dtype="int64"),
                "source": pd.Series([context.source for context in first], dtype=object),
            }
        )

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><th scope="row" style="text-align:left">{html.escape(word.word)}</th>'
            f"<td>{word.count}</td><td>{word.kind}</td>"
            f'<td style="text-align:left">{_marked(word)}</td></tr>'
            for word in self.words[:_SHOWN_ROWS]
        )
        hidden = len(self.words) - _SHOWN_ROWS
        more = f"<p>… and {hidden:,} more: <code>.frame()</code></p>" if hidden > 0 else ""
        heads = "".join(
            f'<th scope="col">{head}</th>' for head in ("word", "count", "kind", "line")
        )
        return (
            f"<table><caption>{len(self.words):,} out-of-vocabulary words, "
            f"{self.rate:.1%} of {self.total_words:,} words</caption>"
            f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{more}"
        )


def _marked(word: OovWord) -> str:
    """The first context, shortened around the word, with the word marked."""
    if not word.contexts:
        return ""
    text = word.contexts[0].text
    start = text.find(word.word)
    if start < 0:
        return html.escape(text[:100])
    end = start + len(word.word)
    left, right = max(0, start - 40), min(len(text), end + 40)
    before = ("…" if left else "") + text[left:start]
    after = text[end:right] + ("…" if right < len(text) else "")
    return f"{html.escape(before)}<mark>{html.escape(text[start:end])}</mark>{html.escape(after)}"


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
        lexicon = _default_lexicon(corpora)
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
    return OovReport(words, counts.total(), sum(unknown.values()))


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


def kind_of(token: str, lexicon: Container[str] = ()) -> Kind:
    """What an unknown token looks like.

    >>> [kind_of(token) for token in ("MVD", "P.A.D.", "H5N1", "www.cdc.gov", "Tay-Sachs")]
    ['acronym', 'acronym', 'code', 'address', 'compound']
    """
    if is_address(token) or _DOMAIN.fullmatch(token):
        return "address"
    if any(character.isdecimal() for character in token):
        return "code"
    letters = token.removesuffix("s").replace(".", "")
    if letters.isupper() and len(letters) <= _LONGEST_ACRONYM and _ACRONYM.fullmatch(token):
        return "acronym"
    if "-" in token:
        return "compound"
    stem, mark, _ = token.lower().rpartition("'s")
    if mark and stem in lexicon and token.lower() == f"{stem}'s":
        return "possessive"
    return "word"
