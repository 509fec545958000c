"""The word grid: custom words as a table in a notebook, edited with the rules at hand.

The grid holds a value and never changes it: every edit makes a new `WordList`, and is shown as the
line of Python that makes it.

>>> from sttprep.words import Word, WordList
>>> grid = WordGrid(WordList([Word("NCAA", ["N. C. A. A."])]))
>>> grid
WordGrid(1 words, 0 edits)
>>> grid.words == grid.original
True
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from sttprep.corpora import Corpus
from sttprep.errors import WordError
from sttprep.notebook.word_edits import Edit, WordEdits
from sttprep.notebook.word_messages import Reply, WordMessages
from sttprep.notebook.word_rows import KINDS, WordRows
from sttprep.words import Lexicon, WordList

__all__ = ["WordGrid"]

_HERE = Path(__file__).parent
_FIRST_ROWS = 30  # kept with a saved notebook, for pages without a kernel


class WordGrid(anywidget.AnyWidget):
    """A table of custom words: filter, sort, edit, hear them, see where they stand.

    A sounds-like that breaks a rule is kept as a draft, marked, with what is wrong and an example
    of how to mend it; ``words`` keeps the value before it.

    Args:
        words: A word list; a review: the words it says to add, its risks among the problems; an
            out-of-vocabulary report or anything with such ``words``; or a corpus: its
            out-of-vocabulary words.
        corpus: The corpus, or several, in which contexts are looked up.
        language: Language of the custom model, e.g. ``en-GB``.
        generation: ``previous`` or ``next`` generation of base models.
        lexicon: The base vocabulary and its pronunciations; None: the stock English one.

    Raises:
        WordError: ``words`` or ``lexicon`` is something else.
        CorpusError: a corpus in another language than English is given without a lexicon.
        NotFoundError: the language or generation has no rules.
    """

    _esm = "\n".join(
        (_HERE / name).read_text(encoding="utf-8") for name in ("word_grid_rows.js", "word_grid.js")
    )
    _css = (_HERE / "word_grid.css").read_text(encoding="utf-8")
    _first = traitlets.Dict().tag(sync=True)
    _kinds: traitlets.List[str] = traitlets.List().tag(sync=True)

    def __init__(
        self,
        words: Any,
        corpus: Corpus | Iterable[Corpus] | None = None,
        language: str = "en-US",
        generation: str = "previous",
        lexicon: Lexicon | None = None,
    ) -> None:
        if lexicon is not None and not isinstance(lexicon, Lexicon):
            raise WordError(
                f"lexicon is a {type(lexicon).__name__}, not a Lexicon.",
                hint='Read one, for example Lexicon.read("base.dict"), or leave it out.',
            )
        corpora = _corpora(corpus)
        if isinstance(words, Corpus):
            corpora = [words, *corpora]
            words = words.oov(lexicon)
        report: Iterable[Any] = ()
        if not isinstance(words, WordList):
            report = _report_rows(words)
            chosen = getattr(words, "word_list", None)  # of a review
            words = chosen() if chosen else WordList.from_oov(words, language, generation)
        edits = WordEdits(words, language, generation, lexicon)
        rows = WordRows(language, generation, lexicon, corpora, report)
        self._callbacks: list[Callable[[WordList], object]] = []
        self._messages = WordMessages(edits, rows, language)
        self._edits = edits
        super().__init__(_first=_clean(self._messages.first_rows(_FIRST_ROWS)), _kinds=list(KINDS))
        self.on_msg(self._answer)

    @property
    def original(self) -> WordList:
        """The list the grid began with."""
        return self._edits.original

    @property
    def words(self) -> WordList:
        """The list as it is now; drafts are not in it."""
        return self._edits.words

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The steps in force, the oldest first; each has a ``title`` and its Python ``code``."""
        return self._edits.edits

    @property
    def drafts(self) -> dict[str, str]:
        """Sounds-likes that break a rule and wait to be mended, by word."""
        return dict(self._edits.drafts)

    @property
    def code(self) -> str:
        """The edits as Python: run with ``words = grid.original`` it makes ``grid.words``.

        The lines use the names ``words``, ``Word`` and, where one was given, ``lexicon``.
        """
        return self._edits.code

    def on_change(self, callback: Callable[[WordList], object]) -> Callable[[WordList], object]:
        """Call a function with the new list after every change of ``words``.

        What it raises is shown in the grid with its traceback. Works as a decorator.

        >>> from sttprep.words import Word, WordList
        >>> grid = WordGrid(WordList([Word("NCAA")]))
        >>> @grid.on_change
        ... def save(words):
        ...     words.write("words.csv")
        """
        self._callbacks.append(callback)
        return callback

    def _answer(self, _: object, message: Mapping[str, Any], __: object) -> None:
        """Answer the page; whatever goes wrong here is shown there."""
        before = self.words
        try:
            for reply in self._messages.receive(message):
                self._post(reply)
        except Exception as error:  # a fault of ours must not vanish in the server's log
            self._report(f"The grid failed: {error!r}.")
        if self.words is not before:
            self._first = _clean(self._messages.first_rows(_FIRST_ROWS))
            for callback in self._callbacks:
                try:
                    callback(self.words)
                except Exception as error:
                    name = getattr(callback, "__name__", repr(callback))
                    self._report(f"The on_change function {name} failed: {error!r}.")

    def _report(self, text: str) -> None:
        trace = traceback.format_exc()
        self._post(Reply({"type": "notice", "where": "grid", "text": text, "trace": trace}))

    def _post(self, reply: Reply) -> None:
        self.send(_clean(reply.content), list(reply.buffers))

    def __repr__(self) -> str:
        drafts = f", {len(self.drafts)} drafts" if self.drafts else ""
        return f"WordGrid({len(self.words):,} words, {len(self.edits):,} edits{drafts})"

    def _repr_html_(self) -> str:
        """The list as a plain table: for exported pages, and wherever no widget can be shown."""
        table: str = _clean(self.words._repr_html_())
        return table

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        found = super()._repr_mimebundle_(**options)
        data, metadata = found if found else ({}, {})
        return {"text/plain": repr(self), "text/html": self._repr_html_(), **data}, metadata


def _corpora(given: Corpus | Iterable[Corpus] | None) -> list[Corpus]:
    if given is None:
        return []
    if isinstance(given, Corpus):
        return [given]
    found = list(given) if isinstance(given, Iterable) else [None]
    if not all(isinstance(one, Corpus) for one in found):
        raise WordError(
            "corpus is no corpus.", hint='Give read_corpus("visits.txt"), or a list of corpora.'
        )
    return [one for one in found if isinstance(one, Corpus)]


def _report_rows(report: Any) -> list[Any]:
    rows = report if hasattr(report, "word_list") else getattr(report, "words", None)
    if isinstance(rows, Iterable):
        rows = list(rows)
        if all(hasattr(row, "word") and hasattr(row, "count") for row in rows):
            return rows
    raise WordError(
        f"A word grid cannot show a {type(report).__name__}.",
        hint='Give a WordList, a corpus, or its report: WordGrid(read_corpus("visits.txt").oov()).',
    )


def _clean(value: Any) -> Any:
    """The value with half characters (lone surrogates) replaced: no message can hold them."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {_clean(key): _clean(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(part) for part in value]
    return value
