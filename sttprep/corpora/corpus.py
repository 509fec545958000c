"""A corpus: the sentences of one text file, and the words in them.

>>> corpus = Corpus.from_text("Take metformin daily.\\n\\nMetformin helps 90% of them.\\n", "demo")
>>> corpus
Corpus('demo', en-US, 2 sentences, 9 words)
>>> corpus.sentences[1].line, corpus.sentences[1].tokens
(3, ('Metformin', 'helps', 'ninety', 'percent', 'of', 'them'))
>>> [(word.word, word.count) for word in corpus.oov().words]
[('Metformin', 1), ('metformin', 1)]
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sttprep.corpora.reader import read_text
from sttprep.corpora.tokenize import tokenizer
from sttprep.errors import CorpusError
from sttprep.source import Problem, Source

if TYPE_CHECKING:
    from sttprep.corpora.collocations import Collocation
    from sttprep.corpora.oov_report import OovReport

__all__ = ["Chunk", "Corpus", "Sentence", "read_corpus"]

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of a corpus that holds words."""

    text: str
    """The line as written, without its line end."""
    line: int
    """Its number in the file, from 1."""
    tokens: tuple[str, ...]
    """Its words after the parsing rules of the language, case kept."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole lines of a corpus, some megabytes of them: what streams through memory."""

    text: str
    """The lines with their line ends."""
    line: int
    """Number of the first line in its file, from 1."""
    offset: int
    """Place of the first character in its file's text, from 0."""
    file: str
    """The file as the user named it, or the corpus's name for a text given directly."""


@dataclass(frozen=True, repr=False)
class Corpus:
    """A text in one language, one sentence per line. Made by `read_corpus` or `from_text`."""

    name: str
    """Name among the corpora of a model: the file's name without its ending."""
    language: str
    """Language tag, e.g. ``en-US``."""
    sentences: Sequence[Sentence] = field(compare=False)
    """The lines that hold words, in file order."""
    text: str
    """The whole text as read, without byte-order mark."""
    path: Path | None = None
    """The file; None for a text given directly."""

    @classmethod
    def from_text(
        cls, text: str, name: str, language: str = "en-US", *, path: Path | None = None
    ) -> Corpus:
        """The corpus of a text.

        Raises:
            CorpusError: the text holds no words, or ``language`` is no language tag.
        """
        tokens_of = tokenizer(language)
        if not text.isascii():
            _refuse_surrogates(text, name if path is None else str(path))
        text = text.removeprefix("\ufeff")
        sentences = []
        for number, line in enumerate(_LINE_END.split(text), start=1):
            tokens = tokens_of(line)
            if tokens:
                sentences.append(Sentence(line, number, tokens))
        if not sentences:
            raise _no_words(text, name if path is None else str(path))
        return cls(name, language, tuple(sentences), text, path)

    def __repr__(self) -> str:
        return (
            f"Corpus({self.name!r}, {self.language}, {len(self.sentences):,} sentences, "
            f"{self.total_words:,} words)"
        )

    @cached_property
    def total_words(self) -> int:
        """Number of tokens after parsing (IBM's ``total_words``)."""
        return sum(len(sentence.tokens) for sentence in self.sentences)

    @cached_property
    def source(self) -> Source:
        """The text with its name, for positions."""
        return Source(str(self.path) if self.path else self.name, self.text)

    def chunks(self, size: int = 1 << 23) -> Iterator[Chunk]:
        """The text in pieces of whole lines, about ``size`` characters each, in file order.

        A line longer than ``size`` is a piece of its own.
        """
        text, start, line = self.text, 0, 1
        while start < len(text):
            end = len(text)
            if start + size < end:
                match = _LINE_END.search(text, start + size)
                end = match.end() if match else end
            piece = text[start:end]
            yield Chunk(piece, line, start, self.source.name)
            line += len(_LINE_END.findall(piece))
            start = end

    def tokens(self, lexicon: Container[str] | None = None) -> list[list[str]]:
        """The tokens of each sentence, case kept: what a language model is trained on.

        With a ``lexicon`` (lower-case words), hyphenated compounds that are not in it but whose
        parts all are (``life-threatening``) come as their parts; then every token is either in
        the lexicon or in the out-of-vocabulary report of the same lexicon.

        >>> corpus = Corpus.from_text("a life-threatening Alport-like case", "demo")
        >>> corpus.tokens({"a", "life", "threatening", "like", "case"})
        [['a', 'life', 'threatening', 'Alport-like', 'case']]
        """
        if lexicon is None:
            return [list(sentence.tokens) for sentence in self.sentences]
        from sttprep.corpora.oov import compound_splitter

        parts_of = compound_splitter(lexicon)
        return [
            [part for token in sentence.tokens for part in parts_of(token)]
            for sentence in self.sentences
        ]

    def oov(self, lexicon: Container[str] | None = None) -> OovReport:
        """The words that ``lexicon`` lacks, by default the stock English lexicon.

        Args:
            lexicon: lower-case words.

        Raises:
            CorpusError: the corpus is not English and no lexicon is given.
        """
        from sttprep.corpora.oov import find_oov

        return find_oov([self], lexicon)

    def lint(self, lexicon: Container[str] | None = None) -> list[Problem]:
        """What would harm a model trained on this text; empty for clean text.

        Args:
            lexicon: lower-case words of the base vocabulary, by default (for English) the stock
                lexicon's.
        """
        from sttprep.corpora.lint import lint

        return lint(self, lexicon)

    def collocations(self, n: int = 20) -> list[Collocation]:
        """The ``n`` word pairs that stand together most significantly: the terms of the domain."""
        from sttprep.corpora.collocations import collocations

        return collocations(self, n)


def read_corpus(path: str | Path, language: str = "en-US") -> Corpus:
    """Read a text file: one sentence per line, in UTF-8 or in UTF-16 with byte-order mark.

    Raises:
        CorpusError: the file cannot be read, is no text, is in another encoding, or holds no
            words; the message names the place and the mend.
    """
    path = Path(path)
    return Corpus.from_text(read_text(path), path.stem, language, path=path)


def _no_words(text: str, name: str) -> CorpusError:
    if not text:
        message = "the file is empty."
    elif not text.strip():
        message = "the file has blank lines only."
    else:
        message = "no words are left: brackets and punctuation do not count."
    problem = Problem(
        "error", "no-words", message, "Write one sentence per line: Take metformin daily.", name
    )
    return CorpusError(problems=[problem])


def _refuse_surrogates(text: str, name: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise CorpusError(
            f"{name}: the text holds half a character (U+{ord(text[error.start]):04X}), "
            f"which no file can hold.",
            hint='Read the file with encoding="utf-8" and without errors="surrogateescape".',
        ) from None
