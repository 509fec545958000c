"""What a word grid shows of a word list: which rows in which order, problems, phones, contexts.

>>> from sttprep.words import Word, WordList
>>> rows = WordRows()
>>> words = WordList([Word("MVD", ["M. V. D."], count=2), Word("tornado", count=1)])
>>> rows.order(words, {}, Query(text="^t", regex=True))
['tornado']
>>> rows.phones(["M. V. D."])
{'M. V. D.': Phones(text='EH M V IY D IY', guessed=False)}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from sttprep.corpora import Corpus
from sttprep.corpora.kinds import Kind, kind_of
from sttprep.corpora.oov_report import Context
from sttprep.errors import WordError
from sttprep.notebook.word_edits import joined
from sttprep.source import Problem
from sttprep.words import Lexicon, Word, WordList, check_word
from sttprep.words.languages import rules_for
from sttprep.words.pronounce import pronounce, pronounce_many

__all__ = ["KINDS", "MOST_SORTED_BY_PHONES", "Line", "Phones", "Query", "WordRows"]

KINDS: tuple[str, ...] = get_args(Kind)
"""What a word can look like; see `sttprep.corpora.kinds`."""

MOST_SORTED_BY_PHONES = 5000
"""Words that are sorted by pronunciation at most: guessing one takes about 4 ms."""

_MOST_CONTEXTS = 5
_AROUND = 160  # characters of a line shown on either side of the word
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Query:
    """Which words are shown, in which order."""

    text: str = ""
    """Part of the spelling, a sounds-like or display_as; case does not matter."""
    regex: bool = False
    """Whether ``text`` is a regular expression."""
    kind: str = ""
    """One of `KINDS`; empty: all."""
    problems: bool = False
    """Only words with a draft, an error or a warning."""
    sort: str = ""
    """``word``, ``count``, ``source``, ``sounds_like``, ``display_as``, ``pronunciation`` or
    ``problems``; empty: the order of the list."""
    down: bool = False
    """Whether the order is turned round."""

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Query:
        """The query of a message; what is missing or of another type is left at its default."""
        fields = {}
        for name, default in cls().__dict__.items():
            value = given.get(name, default)
            fields[name] = value if isinstance(value, type(default)) else default
        return cls(**fields)


@dataclass(frozen=True)
class Phones:
    """How the recognizer will expect a text to be said."""

    text: str
    """ARPAbet phones with blanks between; empty: it cannot be pronounced."""
    guessed: bool
    """Whether some of them come from the grapheme-to-phoneme model."""


@dataclass(frozen=True)
class Line:
    """A line of a corpus around a word."""

    where: str
    """``file:line``."""
    before: str
    """What stands left of the word."""
    word: str
    """The word itself, to be marked."""
    after: str
    """What stands right of it."""


class WordRows:
    """Answers of `check_word`, `pronounce` and the corpora, kept once they are known.

    Args:
        language: Language of the custom model.
        generation: ``previous`` or ``next``.
        lexicon: Dictionary for pronunciations; None: the stock English one.
        corpora: Where contexts are searched.
        report: Rows of a report or review: contexts, kinds and risks known already.
    """

    def __init__(
        self,
        language: str = "en-US",
        generation: str = "previous",
        lexicon: Lexicon | None = None,
        corpora: Iterable[Corpus] = (),
        report: Iterable[Any] = (),
    ) -> None:
        self._language, self._generation, self._lexicon = language, generation, lexicon
        self._corpora = tuple(corpora)
        self._report = {row.word: row for row in report}
        self._problems: dict[Word, list[Problem]] = {}
        self._phones: dict[str, Phones] = {}
        self.speaks = rules_for(language, generation).language == "en"
        """Whether there are phones for the language."""

    def problems(self, word: Word) -> list[Problem]:
        """What `check_word` and a review say; asked once for each word."""
        found = self._problems.get(word)
        if found is None:
            found = check_word(word, self._language, self._generation)
            risks = getattr(self._report.get(word.word), "risks", ())
            found += [Problem("warning", "review-risk", risk, name=word.word) for risk in risks]
            self._problems[word] = found
        return found

    def kind(self, spelling: str) -> str:
        """What the word looks like: as the report says, else by its letters."""
        kind = getattr(self._report.get(spelling), "kind", None)
        return str(kind) if kind else kind_of(spelling)

    def phones(self, texts: Iterable[str]) -> dict[str, Phones]:
        """The most probable pronunciation of each text; none for languages without phones."""
        wanted = list(dict.fromkeys(texts))
        if not self.speaks:
            return {}
        unknown = [text for text in wanted if text not in self._phones]
        found = pronounce_many(unknown, self._language, 1, self._lexicon)
        for text, best in found.items():
            self._phones[text] = (
                Phones(str(best[0]), best[0].origin == "spelling") if best else Phones("", False)
            )
        return {text: self._phones[text] for text in wanted}

    def readings(self, text: str) -> tuple[list[Phones], str]:
        """All pronunciations of a text, and why there is none."""
        try:
            found = pronounce(text, self._language, 3, self._lexicon)
        except WordError as error:
            return [], str(error)
        return [Phones(str(one), one.origin == "spelling") for one in found], ""

    def order(self, words: WordList, drafts: Mapping[str, str], query: Query) -> list[str]:
        """The spellings to show, in order.

        Raises:
            WordError: the regular expression cannot be read, there is no such order, or too
                many words would have to be pronounced to sort them.
        """
        found = [word for word in words if self._fits(word, drafts, query)]
        if query.text:
            matches = _matcher(query)
            found = [word for word in found if matches(word)]
        if query.sort:
            found.sort(key=self._sort_key(query.sort, found, drafts), reverse=query.down)
        elif query.down:
            found.reverse()
        return [word.word for word in found]

    def _fits(self, word: Word, drafts: Mapping[str, str], query: Query) -> bool:
        if query.kind and self.kind(word.word) != query.kind:
            return False
        return (
            not query.problems
            or word.word in drafts
            or any(problem.severity != "note" for problem in self.problems(word))
        )

    def _sort_key(
        self, sort: str, words: list[Word], drafts: Mapping[str, str]
    ) -> Callable[[Word], Any]:
        if sort == "pronunciation":
            if len(words) > MOST_SORTED_BY_PHONES:
                raise WordError(
                    f"{len(words):,} words are too many to be sorted by pronunciation.",
                    hint=f"Filter them first, down to {MOST_SORTED_BY_PHONES:,} or fewer.",
                )
            first = {word.word: (word.sounds_like or (word.word,))[0] for word in words}
            phones = self.phones(first.values())
            return lambda word: phones[first[word.word]].text if phones else ""
        keys: dict[str, Callable[[Word], Any]] = {
            "word": lambda word: (word.word.casefold(), word.word),
            "count": lambda word: word.count,
            "source": lambda word: word.source,
            "sounds_like": lambda word: joined(word.sounds_like).casefold(),
            "display_as": lambda word: (word.display_as or "").casefold(),
            "problems": lambda word: self._weight(word, drafts),
        }
        if sort not in keys:
            raise WordError(
                f"Words cannot be sorted by '{sort}'.",
                hint=f"Use one of: {', '.join([*keys, 'pronunciation'])}.",
            )
        return keys[sort]

    def _weight(self, word: Word, drafts: Mapping[str, str]) -> tuple[int, ...]:
        found = [problem.severity for problem in self.problems(word)]
        errors = found.count("error") + (word.word in drafts)
        return errors, found.count("warning"), found.count("note")

    def contexts(self, spelling: str) -> list[Line]:
        """The first lines in which a word stands: those of the report, else from the corpora."""
        given = getattr(self._report.get(spelling), "contexts", ())
        found = list(given) or list(self._search(spelling))
        return [_line(context, spelling) for context in found[:_MOST_CONTEXTS]]

    @property
    def has_contexts(self) -> bool:
        """Whether there is any place to look for contexts."""
        return bool(self._report or self._corpora)

    def _search(self, spelling: str) -> Iterator[Context]:
        """Lines of the corpora with the word; whole words, as spelled."""
        pattern = _whole(spelling)
        found = 0
        for corpus in self._corpora:
            for chunk in corpus.chunks():
                after = -1
                counted, number = 0, chunk.line
                for match in pattern.finditer(chunk.text):
                    if match.start() < after:
                        continue  # a line is shown once
                    start = _line_start(chunk.text, match.start())
                    after = _line_stop(chunk.text, match.end())
                    number += len(_LINE_END.findall(chunk.text, counted, start))
                    counted = start
                    yield Context(chunk.text[start:after], number, corpus.name, chunk.file)
                    found += 1
                    if found == _MOST_CONTEXTS:
                        return


def _matcher(query: Query) -> Callable[[Word], bool]:
    try:
        pattern = re.compile(query.text if query.regex else re.escape(query.text), re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise WordError(
            f"The regular expression cannot be read: {error}.",
            hint=r"A plain point, bracket or star needs a backslash before it: \., \(, \*.",
        ) from None
    search = pattern.search
    return lambda word: bool(
        search(word.word)
        or any(map(search, word.sounds_like))
        or (word.display_as and search(word.display_as))
    )


def _whole(spelling: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(spelling)}(?!\w)")


def _line_start(text: str, place: int) -> int:
    return max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1


def _line_stop(text: str, place: int) -> int:
    match = _LINE_END.search(text, place)
    return match.start() if match else len(text)


def _line(context: Context, spelling: str) -> Line:
    """The line cut around the word; one written otherwise there (90 for ninety) is not marked."""
    where = f"{context.file or context.source}:{context.line}"
    match = _whole(spelling).search(context.text)
    start, end = match.span() if match else (0, 0)
    left, right = max(0, start - _AROUND), min(len(context.text), end + _AROUND)
    before = ("…" if left else "") + context.text[left:start]
    after = context.text[end:right] + ("…" if right < len(context.text) else "")
    return Line(where, before, context.text[start:end], after)
