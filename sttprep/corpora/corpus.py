r"""A corpus: the sentences of a text, and the words in them.

>>> corpus = Corpus.from_text("Take metformin daily.\n\nMetformin helps 90% of them.\n", "demo")
>>> corpus
Corpus('demo', en-US, 2 sentences, 9 words)
>>> corpus.sentences[1].line, corpus.sentences[1].tokens
(3, ('Metformin', 'helps', 'ninety', 'percent', 'of', 'them'))
>>> [(word.word, word.count) for word in corpus.oov().words]
[('Metformin', 1), ('metformin', 1)]
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sttprep.corpora.encodings import Encoding, known_encoding
from sttprep.corpora.textfile import Chunk, TextPart
from sttprep.corpora.tokenize import tokenizer
from sttprep.errors import CorpusError
from sttprep.source import Problem, Source

if TYPE_CHECKING:
    from sttprep.corpora.changes import Changes
    from sttprep.corpora.collocations import Collocation, Term
    from sttprep.corpora.concordance import Concordance
    from sttprep.corpora.coverage import Coverage
    from sttprep.corpora.oov_report import OovReport

__all__ = ["Chunk", "Corpus", "Sentence", "read_corpus"]

_LINE_END = re.compile(r"\r\n|\r|\n")
_HEAD = re.compile(r"[\w\s.,;:!?'-]{1,1000}(?=\s)")
_TEXT_FILES = (".txt", ".text", ".txt.gz", ".text.gz")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of a corpus that holds words."""

    text: str
    """The line as written, without its line end."""
    line: int
    """Its number in the file, from 1."""
    tokens: tuple[str, ...]
    """Its words after the parsing rules of the language, case kept."""
    file: str = field(default="", repr=False)
    """The file as the user named it."""


class Corpus:
    """A text in one language, one sentence per line. Made by `read_corpus` or `from_text`.

    A value: equal texts of one name and language are equal. Files above 32 MB are not kept in
    memory but read again, piece by piece, whenever something is asked of them.
    """

    def __init__(
        self, name: str, language: str, parts: Sequence[TextPart], path: Path | None = None
    ) -> None:
        self.name = name
        """Name among the corpora of a model: the file's name without its ending."""
        self.language = language
        """Language tag, e.g. ``en-US``."""
        self.parts = tuple(parts)
        """Its files, or the one text it was made of."""
        self.path = path
        """The file or folder; None for a text given directly."""
        self._tokens_of = tokenizer(language)
        if not self._has_words():
            raise _no_words(self)

    def _has_words(self) -> bool:
        for chunk in self.chunks(1 << 12):
            for line in _LINE_END.split(chunk.text):
                # The beginning of a line of many megabytes tells it, up to a bracket of any script.
                head = _HEAD.match(line)
                if head and self._tokens_of(head[0]):
                    return True
                if self._tokens_of(line):
                    return True
        return False

    @classmethod
    def from_text(
        cls, text: str, name: str, language: str = "en-US", *, path: Path | None = None
    ) -> Corpus:
        """The corpus of a text.

        Raises:
            CorpusError: the text holds no words, or ``language`` is no language tag.
        """
        shown = name if path is None else str(path)
        if not text.isascii():
            _refuse_surrogates(text, shown)
        return cls(name, language, [TextPart.of_text(text, shown, path)], path)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Corpus) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash((self.name, self.language))

    @property
    def _identity(self) -> tuple[object, ...]:
        return (self.name, self.language, self.path, *(part.identity for part in self.parts))

    def __getstate__(self) -> dict[str, object]:
        return {key: self.__dict__[key] for key in ("name", "language", "parts", "path")}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._tokens_of = tokenizer(self.language)

    def __repr__(self) -> str:
        if not self.in_memory:
            megabytes = sum(part.size for part in self.parts) / 1e6
            return f"Corpus({self.name!r}, {self.language}, {megabytes:,.0f} MB on disk)"
        return (
            f"Corpus({self.name!r}, {self.language}, {len(self.sentences):,} sentences, "
            f"{self.total_words:,} words)"
        )

    @property
    def in_memory(self) -> bool:
        """Whether all of the text is kept in memory."""
        return all(part.in_memory for part in self.parts)

    @property
    def encodings(self) -> tuple[Encoding, ...]:
        """The encoding of each file, and how it became known."""
        return tuple(part.encoding for part in self.parts)

    @property
    def text(self) -> str:
        """The whole text as read, without byte-order marks."""
        return "".join(part.text for part in self.parts)

    @cached_property
    def source(self) -> Source:
        """The text with its name, for positions (of a folder: all files joined)."""
        return Source(str(self.path) if self.path else self.name, self.text)

    @cached_property
    def sentences(self) -> Sequence[Sentence]:
        """The lines that hold words, in file order; of a large file rather `iter_sentences`."""
        return tuple(self.iter_sentences())

    def iter_sentences(self) -> Iterator[Sentence]:
        """The lines that hold words, one at a time: any size of text fits in memory."""
        for chunk in self.chunks(1 << 20):
            for number, line in enumerate(_LINE_END.split(chunk.text), start=chunk.line):
                tokens = self._tokens_of(line)
                if tokens:
                    yield Sentence(line, number, tokens, chunk.file)

    def chunks(self, size: int = 1 << 23) -> Iterator[Chunk]:
        """The text in pieces of whole lines, about ``size`` characters each, in file order.

        A line longer than ``size`` is a piece of its own; no piece spans two files.
        """
        for part in self.parts:
            yield from part.chunks(size)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How often each token stands in the text, case kept; counted once."""
        from sttprep.corpora.counts import count

        return count(self)

    @property
    def total_words(self) -> int:
        """Number of tokens after parsing (IBM's ``total_words``)."""
        return sum(self.counts.values())

    def tokens(self, lexicon: Container[str] | None = None) -> list[list[str]]:
        """The tokens of each sentence, case kept: what a language model is trained on.

        With a ``lexicon`` (lower-case words), hyphenated compounds that are not in it but whose
        parts all are (``life-threatening``) come as their parts; then every token is either in
        the lexicon or in the out-of-vocabulary report of the same lexicon.

        >>> corpus = Corpus.from_text("a life-threatening Alport-like case", "demo")
        >>> corpus.tokens({"a", "life", "threatening", "like", "case"})
        [['a', 'life', 'threatening', 'Alport-like', 'case']]
        """
        sentences = self.sentences if self.in_memory else self.iter_sentences()
        if lexicon is None:
            return [list(sentence.tokens) for sentence in sentences]
        from sttprep.corpora.oov import compound_splitter

        parts_of = compound_splitter(lexicon)
        return [
            [part for token in sentence.tokens for part in parts_of(token)]
            for sentence in sentences
        ]

    def oov(
        self, lexicon: Container[str] | None = None, *, contexts: int = 3, n_jobs: int = 1
    ) -> OovReport:
        """The words that ``lexicon`` lacks, by default the stock English lexicon.

        Args:
            lexicon: lower-case words.
            contexts: number of lines kept for each word.
            n_jobs: processes, as joblib's; the result is the same for any number.

        Raises:
            CorpusError: the corpus is not English and no lexicon is given.
        """
        from sttprep.corpora.oov import find_oov

        return find_oov([self], lexicon, contexts, n_jobs=n_jobs)

    def lint(
        self, lexicon: Container[str] | None = None, *, near_duplicates: bool | None = None
    ) -> list[Problem]:
        """What would harm a model trained on this text; empty for clean text.

        Args:
            lexicon: lower-case words of the base vocabulary, by default (for English) the stock
                lexicon's.
            near_duplicates: whether to look for lines that are nearly the same; by default up to
                two million words.
        """
        from sttprep.corpora.lint import lint

        return lint(self, lexicon, near_duplicates=near_duplicates)

    def changes(self, *, punctuation: bool = True) -> Changes:
        """Every token that parsing dropped or changed, each with its place.

        Args:
            punctuation: list sentence punctuation too, which everyone expects to go.

        >>> corpus = Corpus.from_text("Take 2 (two) pills.", "demo")
        >>> [(one.before, one.after) for one in corpus.changes(punctuation=False)]
        [('2', 'two'), ('(two)', '')]
        """
        from sttprep.corpora.changes import changes

        return changes(self, punctuation=punctuation)

    def collocations(self, n: int = 20) -> list[Collocation]:
        """The ``n`` word pairs that stand together most significantly: the terms of the domain."""
        from sttprep.corpora.collocations import collocations

        return collocations(self, n)

    def terms(self, n: int = 20, lexicon: Container[str] | None = None) -> list[Term]:
        """The ``n`` best terms of two and three words, those with an unknown word first."""
        from sttprep.corpora.collocations import terms

        return terms(self, n, lexicon)

    def concordance(self, phrase: str, width: int = 40, n: int = 25) -> Concordance:
        """Where a word or phrase stands: each place with the text around it."""
        from sttprep.corpora.concordance import concordance

        return concordance(self, phrase, width, n)

    def coverage(
        self, lexicon: Container[str] | None = None, additions: Iterable[Any] = ()
    ) -> Coverage:
        """How much of this text a vocabulary covers, and which words would cover more.

        Args:
            lexicon: lower-case words, by default those of the stock English lexicon.
            additions: words added to it: strings, or custom words.
        """
        from sttprep.corpora.coverage import coverage

        return coverage(self, lexicon, additions)


def read_corpus(
    path: str | Path,
    language: str = "en-US",
    *,
    name: str | None = None,
    encoding: str | None = None,
) -> Corpus:
    """Read a text of one sentence per line: a file, a folder of files, or ``-`` (standard input).

    Gzip files are unpacked. Of a folder all ``.txt`` and ``.txt.gz`` files are read, those of its
    folders too, sorted by path. The encoding of each file is told by its byte-order mark or by its
    bytes (see `Corpus.encodings`); the service itself takes UTF-8 only, so lint reports others.

    Args:
        path: the file or folder.
        language: language tag, e.g. ``en-US``.
        name: name of the corpus; None: the file's name without its ending, or the folder's.
        encoding: the encoding of the files, if it is known: ``cp1252``; ``mixed`` reads bytes that
            are not UTF-8 as Windows-1252.

    Raises:
        CorpusError: a file cannot be read, is no text, mixes encodings, or there are no words; the
            message names the place and the mend.
    """
    given = None
    if encoding is not None:
        given = known_encoding(encoding)
        if given is None:
            raise CorpusError(
                f"There is no encoding {encoding!r}.", hint="Write it like utf-8, cp1252, cp932."
            )
    if str(path) == "-":
        data = sys.stdin.buffer.read()
        part = TextPart.of_bytes(data, "standard input", language, given)
        return Corpus(name or "stdin", language, [part])
    if not str(path):  # Path("") is the folder one stands in
        raise CorpusError("The name of the corpus file is empty.", hint="Give for example a.txt.")
    path = Path(path)
    folder = os.path.isdir(path)  # unlike Path.is_dir, it takes names no file can have
    files = _text_files(path) if folder else [path]
    parts = [TextPart.of_file(file, language, given) for file in files]
    own = path.resolve().name if folder else _stem(path)
    return Corpus(name or own or "corpus", language, parts, path)


def _stem(path: Path) -> str:
    return Path(path.stem).stem if path.suffix.lower() == ".gz" else path.stem


def _text_files(folder: Path) -> list[Path]:
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.name.lower().endswith(_TEXT_FILES)
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    if not found:
        raise CorpusError(
            f"The folder {folder} has no text files.",
            hint=f"Their names end in .txt or .txt.gz: {folder / 'corpus.txt'}",
        )
    return found


def _no_words(corpus: Corpus) -> CorpusError:
    chunks = [chunk.text for chunk in corpus.chunks()]
    if not any(chunks):
        message = "the file is empty."
    elif not any(text.strip() for text in chunks):
        message = "the file has blank lines only."
    else:
        message = "no words are left: brackets and punctuation do not count."
    name = str(corpus.path) if corpus.path else corpus.parts[0].name
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
