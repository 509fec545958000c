"""Pronunciation dictionaries in CMU format.

One pronunciation a line: the word, a blank, its phones. Further pronunciations carry a number::

    associate AH S OW S IY EY T
    associate(2) AH S OW SH IY AH T

>>> lexicon = Lexicon({"lip": ["L IH P"]}).with_entries({"lips": ["L IH P S"]})
>>> lexicon["Lips"]
(('L', 'IH', 'P', 'S'),)
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Protocol

from sttprep.errors import LexiconError, MissingProgramError, NotFoundError
from sttprep.files import write_whole
from sttprep.source import Problem, Source, Span
from sttprep.words.files import read_utf8

__all__ = ["ENGLISH_PHONES", "Lexicon"]

ENGLISH_PHONES = frozenset(
    re.findall(
        r"\w+",
        """
        AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH
        UH UW V W Y Z ZH
        """,
    )
)
"""The 39 phones of the stock English model: ARPAbet without stress marks."""

_ALTERNATE = re.compile(r"\(\d+\)$")
_MOST_PROBLEMS = 1000  # a file of another kind has a problem in every line; a thousand are enough


class _HasPhones(Protocol):
    @property
    def phones(self) -> tuple[str, ...]: ...


Phones = str | Sequence[str] | _HasPhones
"""One pronunciation: ``"L IH P"``, ``("L", "IH", "P")`` or anything with ``phones``."""


class Lexicon:
    """Words and how they are pronounced; a value: the ``with_…`` methods return new ones.

    Words are kept in lower case and found in any case. Pronunciations stay text until asked for.

    Args:
        entries: Pronunciations of each word.
        phones: The phones that may be used; None: any.

    Raises:
        LexiconError: a word that no dictionary can hold, an empty pronunciation, unknown phones.
    """

    def __init__(
        self,
        entries: Mapping[str, Iterable[Phones]] | None = None,
        phones: Collection[str] | None = ENGLISH_PHONES,
    ) -> None:
        self._declared = None if phones is None else frozenset(phones)
        # Dictionary lines: the word (any case, any number), a blank, the phones.
        self._first: dict[str, str] = {}
        self._more: dict[str, tuple[str, ...]] = {}
        if entries:
            self._add(entries)

    @classmethod
    def _of(
        cls, first: dict[str, str], more: dict[str, tuple[str, ...]], phones: frozenset[str] | None
    ) -> Lexicon:
        made = cls(None, phones)
        made._first, made._more = first, more
        return made

    @classmethod
    def read(cls, path: str | Path, *, phones: Collection[str] | None = ENGLISH_PHONES) -> Lexicon:
        """The dictionary in a file; lines that begin with ``;;;`` or ``##`` are comments.

        Args:
            path: UTF-8 text in CMU format.
            phones: The phones of the acoustic model; None: take the file's own.

        Raises:
            LexiconError: the file cannot be read, or has malformed lines, repeated entries or
                unknown phones; ``.problems`` has all of them.
        """
        if phones is ENGLISH_PHONES and _is_stock(path):
            return cls.stock()
        return cls.from_text(read_utf8(path, LexiconError), str(path), phones=phones)

    @classmethod
    def from_text(
        cls, text: str, name: str = "dictionary", *, phones: Collection[str] | None = ENGLISH_PHONES
    ) -> Lexicon:
        """The dictionary in a text; see :meth:`read`."""
        declared = None if phones is None else frozenset(phones)
        quick = _read_quickly(text, declared)
        if quick is None:
            quick = _read_carefully(Source(name, text), declared)
        return cls._of(*quick, declared)

    @classmethod
    def stock(cls) -> Lexicon:
        """The English dictionary that comes with the recognizer (134,860 lines).

        Raises:
            MissingProgramError: the recognizer's model is not installed.
        """
        return _stock()

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and (word in self._first or word.lower() in self._first)

    def __getitem__(self, word: str) -> tuple[tuple[str, ...], ...]:
        """All pronunciations of a word, the first one first.

        Raises:
            NotFoundError: the word is not in the dictionary.
        """
        key = word.lower()
        try:
            first = self._first[key]
        except KeyError:
            raise NotFoundError("word", word) from None
        return tuple(tuple(line.split()[1:]) for line in (first, *self._more.get(key, ())))

    def __len__(self) -> int:
        return len(self._first)

    def __iter__(self) -> Iterator[str]:
        return iter(self._first)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lexicon) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"Lexicon({len(self)} words)"

    @cached_property
    def phones(self) -> frozenset[str]:
        """The phones that may be used; where none were declared, those that are used."""
        if self._declared is not None:
            return self._declared
        used: set[str] = set()
        for word in self:
            used.update(*self[word])
        return frozenset(used)

    @cached_property
    def text(self) -> str:
        """The dictionary in CMU format; alternates are numbered from 2."""
        lines = []
        for word, line in self._first.items():
            lines.append(f"{word} {_body(line)}\n")
            for number, other in enumerate(self._more.get(word, ()), 2):
                lines.append(f"{word}({number}) {_body(other)}\n")
        return "".join(lines)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of :attr:`text` in hexadecimal digits."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def subset(self, words: Iterable[str]) -> Lexicon:
        """The entries of those words that are in the dictionary, in its order."""
        wanted = {word.lower() for word in words}
        first = {word: line for word, line in self._first.items() if word in wanted}
        more = {word: self._more[word] for word in first if word in self._more}
        return Lexicon._of(first, more, self._declared)

    def with_entries(self, entries: Mapping[str, Iterable[Phones]]) -> Lexicon:
        """The dictionary with further pronunciations; those of known words are added to theirs.

        Raises:
            LexiconError: as for the constructor; ``.problems`` has everything wrong.
        """
        made = Lexicon._of(dict(self._first), dict(self._more), self._declared)
        made._add(entries)
        return made

    def write(self, path: str | Path) -> None:
        """Write the dictionary in CMU format, whole or not at all.

        Raises:
            LexiconError: the file cannot be written.
        """
        write_whole(path, self.text, LexiconError)

    def _add(self, entries: Mapping[str, Iterable[Phones]]) -> None:
        problems = []
        for word, pronunciations in entries.items():
            key = word.lower()
            if not key or re.search(r"\s", key) or _ALTERNATE.search(key):
                problems.append(_entry_problem(
                    word, "lexicon-word", "A dictionary word is one token without blanks or '(2)'.",
                    "For example, write 'hilton-honors'.",
                ))  # fmt: skip
                continue
            given = [pronunciations] if isinstance(pronunciations, str) else list(pronunciations)
            texts = [_phone_text(one) for one in given]
            problems += self._judge(word, texts)
            have = [" ".join(phones) for phones in self[key]] if key in self._first else []
            have += [text for text in dict.fromkeys(texts) if text and text not in have]
            if have:
                self._first[key] = f"{key} {have[0]}"
            if have[1:]:
                self._more[key] = tuple(f"{key} {text}" for text in have[1:])
        if problems:
            raise LexiconError(problems=problems)

    def _judge(self, word: str, texts: list[str]) -> Iterator[Problem]:
        if not texts or not all(texts):
            yield _entry_problem(
                word, "lexicon-empty", "A pronunciation has no phones.",
                "For example, write 'L IH P'.",
            )  # fmt: skip
        if self._declared is None:
            return
        unknown = dict.fromkeys(
            phone for text in texts for phone in text.split() if phone not in self._declared
        )
        for phone in unknown:
            yield _entry_problem(word, *_unknown_phone(phone, self._declared))


def _entry_problem(word: str, code: str, message: str, hint: str) -> Problem:
    return Problem("error", code, message, hint, name=word)


def _body(line: str) -> str:
    return line.partition(" ")[2]


def _phone_text(given: Phones) -> str:
    if isinstance(given, str):
        return " ".join(given.split())
    phones = given if isinstance(given, Sequence) else given.phones
    return " ".join(" ".join(phones).split())


def _unknown_phone(phone: str, valid: frozenset[str]) -> tuple[str, str, str]:
    """Code, message and hint about a phone outside the set."""
    near = phone.upper().rstrip("0123456789")
    instead = f"Write {near} instead. " if near in valid and near != phone else ""
    return (
        "unknown-phone",
        f"'{phone}' is not a phone of the acoustic model.",
        f"{instead}Its phones are {' '.join(sorted(valid))}.",
    )


def _is_stock(path: str | Path) -> bool:
    from sttprep.data import stock_model

    try:
        return Path(path) == stock_model().lexicon
    except MissingProgramError:
        return False


@cache
def _stock() -> Lexicon:
    from sttprep.data import stock_model

    # The phones of the stock dictionary are those of the stock model: no need to look at each.
    path = stock_model().lexicon
    text = read_utf8(path, LexiconError)
    entries = _read_quickly(text, None) or _read_carefully(Source(str(path), text), ENGLISH_PHONES)
    return Lexicon._of(*entries, ENGLISH_PHONES)


_Entries = tuple[dict[str, str], dict[str, tuple[str, ...]]]


def _read_quickly(text: str, phones: frozenset[str] | None) -> _Entries | None:
    """The entries of a text that needs no second look; None if anything is unusual.

    A handful of passes in C, because a loop over 135,000 lines takes several times as long.
    """
    unusual = ("#", ";", "\r", "\t", "\v", "\f", "  ", " \n", "\n ", "\n\n")
    if not text.isascii() or text[:1].isspace() or any(mark in text for mark in unusual):
        return None
    text = text if text.endswith("\n") else text + "\n"
    lines = text.split("\n")
    lines.pop()
    heads = re.split(r" .+\n", text)
    heads.pop()
    if len(heads) != len(lines):  # a line without a blank
        return None
    if phones is not None:
        longest_first = sorted(map(re.escape, phones), key=lambda phone: (-len(phone), phone))
        if re.search(rf" (?!(?:{'|'.join(longest_first)})[ \n])", text):
            return None
    joined = "\n".join(heads)
    if not joined.islower():
        heads = joined.lower().split("\n")
    first = dict(zip(heads, lines, strict=True))
    if len(first) != len(lines):  # repeated heads
        return None
    more: dict[str, list[str]] = {}
    for key in [key for key in heads if key.endswith(")")]:
        word = _ALTERNATE.sub("", key)
        if word != key:
            if word not in first:
                return None
            more.setdefault(word, []).append(first.pop(key))
    return first, {word: tuple(lines) for word, lines in more.items()}


def _read_carefully(source: Source, phones: frozenset[str] | None) -> _Entries:
    """The entries of a text line by line, with a problem for everything wrong.

    Raises:
        LexiconError: there are problems.
    """
    problems: list[Problem] = []
    found: dict[str, list[str]] = {}
    lines: dict[str, int] = {}  # heads, alternates' numbers included, and where they stand
    place = 0
    for line in re.split(r"(\r\n|\r|\n)", source.text):
        start, place = place, place + len(line)
        content = re.sub(r"\s#.*", "", line)
        if not content.strip() or content.startswith((";;;", "##")):
            continue
        if len(problems) >= _MOST_PROBLEMS:
            break
        tokens = list(re.finditer(r"\S+", content))
        head = tokens[0][0].lower()
        span = Span(start + tokens[0].start(), start + tokens[0].end())
        if len(tokens) == 1:
            problems.append(source.problem(
                "error", "lexicon-line", span, f"'{head}' has no phones.",
                "Write the word, a blank and its phones, for example 'lip L IH P'.",
            ))  # fmt: skip
            continue
        if head in lines:
            problems.append(source.problem(
                "error", "lexicon-repeated", span,
                f"'{head}' stands in line {lines[head]} already.",
                f"Number further pronunciations, for example '{_ALTERNATE.sub('', head)}(2)'.",
            ))  # fmt: skip
            continue
        lines[head] = source.position(start)[0]
        if phones is not None:
            for token in tokens[1:]:
                if token[0] not in phones:
                    code, message, hint = _unknown_phone(token[0], phones)
                    where = Span(start + token.start(), start + token.end())
                    problems.append(source.problem("error", code, where, message, hint))
        body = " ".join(token[0] for token in tokens[1:])
        found.setdefault(_ALTERNATE.sub("", head) or head, []).append(body)
    if problems:
        raise LexiconError(problems=problems)
    return (
        {word: f"{word} {bodies[0]}" for word, bodies in found.items()},
        {
            word: tuple(f"{word} {body}" for body in bodies[1:])
            for word, bodies in found.items()
            if bodies[1:]
        },
    )
