"""A list of custom words, and what happens when words are added to it.

>>> words = WordList([Word("NCAA", sounds_like=["N. C. A. A.", "N. C. double A."])])
>>> words = words.with_word(Word("hhonors", ["hilton honors", "H. honors"], "HHonors"), base=())
>>> [word.word for word in words]
['NCAA', 'hhonors']
>>> words["hhonors"].shown
'HHonors'
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from sttprep.errors import NotFoundError, WordError
from sttprep.words.entry import USER, Word, complete_word, only_words

if TYPE_CHECKING:
    import pandas as pd

    from sttprep.source import Problem
    from sttprep.words.diff import WordDiff
    from sttprep.words.merge import Side, WordMerge

__all__ = ["WordList"]


class WordList:
    """Custom words in order, each spelling once; a value: the ``with_…`` methods return new lists.

    Raises:
        WordError: a spelling is given twice, or something that is no word.
    """

    def __init__(self, words: Iterable[Word] = ()) -> None:
        self._words: dict[str, Word] = {}
        twice: list[str] = []
        for word in only_words(words):
            if word.word in self._words:
                twice.append(word.word)
            self._words[word.word] = word
        if twice:
            names = ", ".join(repr(name) for name in dict.fromkeys(twice))
            raise WordError(
                f"Given more than once: {names}.",
                hint="Keep one entry for each spelling and list its sounds-likes together.",
            )

    @classmethod
    def _of(cls, words: dict[str, Word]) -> WordList:
        made = cls()
        made._words = words
        return made

    @property
    def words(self) -> tuple[Word, ...]:
        """The words in order."""
        return tuple(self._words.values())

    def __len__(self) -> int:
        return len(self._words)

    def __iter__(self) -> Iterator[Word]:
        return iter(self._words.values())

    def __contains__(self, word: object) -> bool:
        return (word.word if isinstance(word, Word) else word) in self._words

    @overload
    def __getitem__(self, key: str) -> Word: ...
    @overload
    def __getitem__(self, key: int) -> Word: ...
    @overload
    def __getitem__(self, key: slice) -> WordList: ...
    def __getitem__(self, key: str | int | slice) -> Word | WordList:
        if isinstance(key, slice):
            return WordList(self.words[key])
        if isinstance(key, int):
            return self.words[key]
        try:
            return self._words[key]
        except KeyError:
            raise NotFoundError("word", key, self._near(key)) from None

    def _near(self, key: str) -> list[str]:
        from difflib import get_close_matches

        return get_close_matches(key, self._words, n=5)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WordList) and self.words == other.words

    def __hash__(self) -> int:
        return hash(self.words)

    def __repr__(self) -> str:
        return f"WordList({len(self)} words)"

    def with_word(self, word: Word, **rules: Any) -> WordList:
        """The list after adding or redefining one word by hand; see :meth:`with_words`."""
        return self.with_words([word], **rules)

    def with_words(
        self,
        words: Iterable[Word],
        *,
        base: Container[str] | None = None,
        language: str = "en-US",
        generation: str = "previous",
        strict: bool = False,
    ) -> WordList:
        """The list after adding words by hand.

        The definition given replaces an older one; ``user`` joins the sources. The count of a
        word already in the list stays; a new word starts at 1.

        Args:
            words: Only word, sounds_like and display_as are taken from them.
            base: Lower-case words of the base vocabulary; None: the stock English lexicon for
                English, nothing for other languages.
            language: Language of the custom model, e.g. ``en-GB``.
            generation: ``previous`` or ``next``.
            strict: Refuse invalid words, instead of adding them with their ``error``.

        Raises:
            WordError: something is given that is no word, or (``strict``) a word breaks a rule;
                ``.problems`` has every reason.
        """
        from sttprep.words.rules import check_word

        known = _base_vocabulary(base, language)
        merged = dict(self._words)
        problems = []
        for word in only_words(words):
            if strict:
                found = check_word(word, language, generation)
                problems += [problem for problem in found if problem.severity == "error"]
            old = merged.get(word.word)
            merged[word.word] = complete_word(
                Word(
                    word.word,
                    word.sounds_like,
                    word.display_as,
                    old.count if old else 1,
                    (*(old.source if old else ()), USER),
                ),
                in_base=word.word.lower() in known,
                language=language,
                generation=generation,
            )
        if problems:
            raise WordError(problems=problems)
        return WordList._of(merged)

    def with_occurrences(
        self,
        counts: Mapping[str, int],
        source: str,
        *,
        replaces: Mapping[str, int] | None = None,
        language: str = "en-US",
        generation: str = "previous",
    ) -> WordList:
        """The list after a corpus or grammar was added: its OOV words and how often each occurs.

        Counts add up, and ``source`` joins the sources; definitions that exist stay. Models of the
        next generation keep no words of corpora and count none: their list stays as it is.

        >>> words = WordList().with_word(Word("NCAA"), base=()).with_occurrences({"NCAA": 2}, "c3")
        >>> words["NCAA"].count, words["NCAA"].source
        (3, ('c3', 'user'))
        >>> words.with_occurrences({"MVD": 1}, "c3", replaces={"NCAA": 2})["NCAA"]
        Word(word='NCAA', ..., count=1, source=('user',), error=())

        Args:
            counts: Occurrences by word.
            source: Name of the corpus or grammar.
            replaces: Occurrences in the version of that corpus it overwrites: that is taken away
                first, as :meth:`without_source` does.
            language: Language of the custom model.
            generation: ``previous`` or ``next``.

        Raises:
            WordError: ``source`` is a reserved name (``user`` …) or empty.
        """
        from sttprep.corpora import check_corpus_name

        for problem in check_corpus_name(source):
            if problem.severity == "error":
                raise WordError(problem.message, hint=problem.hint)
        if generation == "next":
            return self
        old_list = self if replaces is None else self.without_source(source, replaces)
        merged = dict(old_list._words)
        for spelling, count in counts.items():
            old = merged.get(spelling)
            if old is None:
                old = complete_word(
                    Word(spelling), in_base=False, language=language, generation=generation
                )
            merged[spelling] = replace(old, count=old.count + count, source=(*old.source, source))
        return WordList._of(merged)

    def without_source(self, source: str, counts: Mapping[str, int] | None = None) -> WordList:
        """The list after a corpus or grammar was deleted.

        A word stays if another source supplied it or it was changed by hand; ``counts``
        (occurrences in the deleted source) are subtracted from the counts of those that stay.
        """
        merged = {}
        for word in self:
            if source in word.source:
                left = tuple(name for name in word.source if name != source)
                if not left:
                    continue
                fewer = (counts or {}).get(word.word, 0)
                word = replace(word, source=left, count=max(word.count - fewer, 0))
            merged[word.word] = word
        return WordList._of(merged)

    def without(self, *spellings: str) -> WordList:
        """The list without some words.

        Raises:
            NotFoundError: a spelling is not in the list.
        """
        for spelling in spellings:
            self[spelling]
        gone = set(spellings)
        return WordList._of({k: word for k, word in self._words.items() if k not in gone})

    def sorted(self, by: str = "alphabetical") -> WordList:
        """The list in another order.

        ``alphabetical``: digits, upper case, lower case (code points); ``count``: rarest first,
        ties alphabetical; a ``-`` before either turns it round, a ``+`` changes nothing.

        Raises:
            WordError: ``by`` is none of these.
        """
        name = by.lstrip("+-")
        if name not in ("alphabetical", "count") or len(by) - len(name) > 1:
            raise WordError(
                f"Words cannot be sorted by '{by}'.",
                hint="Use alphabetical or count, with + or - before it, for example '-count'.",
            )
        down = by.startswith("-")
        words = sorted(self, key=lambda word: word.word, reverse=down and name != "count")
        if name == "count":
            words.sort(key=lambda word: -word.count if down else word.count)
        return WordList._of({word.word: word for word in words})

    @classmethod
    def from_oov(
        cls, report: Any, language: str = "en-US", generation: str = "previous"
    ) -> WordList:
        """The words of an out-of-vocabulary report, with counts, corpora and default fields.

        Args:
            report: Has ``words``, rows with ``word`` and ``count``. The corpora are named by the
                row's ``sources`` or, where there is none, by the ``source`` of its ``contexts``.
            language: Language of the custom model.
            generation: ``previous`` or ``next``.
        """
        made: dict[str, Word] = {}
        for row in report.words:
            names = getattr(row, "sources", None)
            if names is None:
                contexts = getattr(row, "contexts", ())
                names = [getattr(context, "source", "") for context in contexts]
            made[row.word] = complete_word(
                Word(row.word, count=int(row.count), source=[str(name) for name in names if name]),
                in_base=False,
                language=language,
                generation=generation,
            )
        return cls._of(made)

    @classmethod
    def read(
        cls,
        path: str | Path,
        *,
        language: str | None = "en-US",
        generation: str = "previous",
    ) -> WordList:
        """The word list of a ``.csv``, ``.xlsx`` or ``.json`` file; see :mod:`sttprep.words.table`.

        ``language=None`` reads the words without judging them.

        Raises:
            WordError: the file cannot be read; ``.problems`` has everything wrong with it.
        """
        from sttprep.words.table import read_words

        return read_words(path, language=language, generation=generation)

    def write(self, path: str | Path) -> None:
        """Write a ``.csv``, ``.xlsx`` or ``.json`` file, whole or not at all.

        Raises:
            WordError: another extension, a word the file cannot hold, or no place to write it.
        """
        from sttprep.words.table import write_words

        write_words(self, path)

    @classmethod
    def from_frame(cls, frame: Any) -> WordList:
        """The words of a pandas or polars table; the reverse of :meth:`frame`.

        >>> words = WordList([Word("NCAA", ["N. C. A. A."], count=2)])
        >>> WordList.from_frame(words.frame()) == words
        True

        Args:
            frame: Columns ``word`` and, as far as there are any, ``sounds_like``, ``display_as``,
                ``count`` and ``source``; several sounds-likes are a list, or one text with ``|``
                between them.

        Raises:
            WordError: another column, a cell that is no text, or a word given twice.
        """
        from sttprep.words.frames import words_from_frame

        return cls(words_from_frame(frame))

    def frame(self) -> pd.DataFrame:
        """The list as a table, one row per word."""
        from sttprep.words.frames import words_frame

        return words_frame(self)

    def _repr_html_(self) -> str:
        from sttprep.words.frames import words_html

        return words_html(self.words)

    def check(self, language: str = "en-US", generation: str = "previous") -> list[Problem]:
        """Everything wrong or doubtful about the words, in their order; empty: they are fine.

        >>> words = WordList([Word("cash", ["75 dollars"])])
        >>> [problem.hint for problem in words.check()]
        ["You can try for example 'seventy five dollars'."]

        Raises:
            NotFoundError: there are no rules for the language or generation.
        """
        from sttprep.words.languages import rules_for
        from sttprep.words.rules import check_word

        rules_for(language, generation)  # an unknown one is refused for an empty list too
        return [problem for word in self for problem in check_word(word, language, generation)]

    def diff(self, other: WordList) -> WordDiff:
        """What was added, removed and changed on the way from this list to another.

        >>> print(WordList([Word("a")]).diff(WordList([Word("a"), Word("b", ["bee"])])))
        + b: bee
        """
        from sttprep.words.diff import diff_words

        return diff_words(self, other)

    @staticmethod
    def merge(
        base: WordList, ours: WordList, theirs: WordList, *, prefer: Side | None = None
    ) -> WordMerge:
        """One list from the edits of two curators; see :func:`sttprep.words.merge.merge_words`.

        >>> base = WordList([Word("a")])
        >>> ours, theirs = base.with_word(Word("b"), base=()), WordList()
        >>> [word.word for word in WordList.merge(base, ours, theirs).words]
        ['b']

        Raises:
            WordError: ``prefer`` is neither ``ours`` nor ``theirs``.
        """
        from sttprep.words.merge import merge_words

        return merge_words(base, ours, theirs, prefer=prefer)


def _base_vocabulary(base: Container[str] | None, language: str) -> Container[str]:
    if base is not None:
        return base
    if language.partition("-")[0].lower() != "en":
        return ()
    from sttprep.words.lexicon import Lexicon

    return Lexicon.stock()
