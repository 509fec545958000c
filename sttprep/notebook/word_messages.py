"""The word grid without a screen: messages from the page in, messages to the page out.

A message is a dictionary with a ``type``. The page keeps no state that matters: it names words by
number (a spelling may hold what no JSON can), asks for the rows it shows, and draws what it gets.

=============  ===================================  ==============================================
from the page  fields                               answered by
=============  ===================================  ==============================================
rows           view, query, start, stop, locate     rows (of ``start`` … ``stop``), then phones
check          view, id, cell, text                 checked: problems and phones, nothing changed
edit           id, cell, text                       changed
paste          view, id, cell, text                 changed
add            text                                 changed
delete         id                                   changed
discard        id                                   changed
undo, redo                                          changed
detail         view, id                             detail: contexts, all pronunciations
hear           view, text                           sound, with a WAV file
=============  ===================================  ==============================================

Anything may be answered by a ``notice`` instead: what went wrong and how to mend it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sttprep.errors import SttprepError, WordError
from sttprep.notebook.word_edits import WordEdits, parted
from sttprep.notebook.word_paste import CELLS, pasted_cells, pasted_words
from sttprep.notebook.word_rows import Query, WordRows
from sttprep.source import Problem
from sttprep.words import Word

__all__ = ["Reply", "WordMessages"]

_MOST_ROWS = 200  # of one answer; a screen shows some thirty
_MOST_VIEWS = 8  # the same grid shown in several places, each with its own filter
_MOST_LETTERS = 200  # of a spelling that are shown
_MOST_LINES = 200  # of Python that are shown; .code has them all


@dataclass(frozen=True)
class Reply:
    """A message to the page."""

    content: dict[str, Any]
    """JSON values; ``type`` says what it is."""
    buffers: tuple[bytes, ...] = ()
    """What goes with it unchanged: a WAV file."""


class WordMessages:
    """Applies the messages of the page to a word list being edited.

    >>> from sttprep.words import WordList
    >>> grid = WordMessages(WordEdits(WordList([Word("MVD", ["M. V. D."])])), WordRows())
    >>> rows, phones = grid.receive({"type": "rows", "view": "a", "start": 0, "stop": 10})
    >>> rows.content["rows"][0]["sounds"], phones.content["phones"]["M. V. D."]["text"]
    (['M. V. D.'], 'EH M V IY D IY')
    """

    def __init__(self, edits: WordEdits, rows: WordRows, language: str = "en-US") -> None:
        self.edits = edits
        self.rows = rows
        self._language = language
        self._version = 0
        self._spellings: list[str] = []
        self._ids: dict[str, int] = {}
        self._orders: dict[str, tuple[Query, list[str]]] = {}

    def receive(self, message: Mapping[str, Any]) -> Iterator[Reply]:
        """The answers to a message, as they are ready.

        A user's mistake is answered by a notice; nothing is raised for it.
        """
        kind = message.get("type")
        answer = self._answers.get(kind) if isinstance(kind, str) else None
        view = _text(message, "view")
        if answer is None:
            yield _notice(f"The page sent a message of an unknown type: {kind!r}.", view=view)
            return
        try:
            yield from answer(self, message)
        except SttprepError as error:
            where = "filter" if kind == "rows" else "grid"
            yield _notice(str(error), view=view, where=where)

    def _rows(self, message: Mapping[str, Any]) -> Iterator[Reply]:
        order = self._order(_text(message, "view"), message.get("query"))
        start = max(0, min(_number(message, "start"), len(order)))
        stop = max(start, min(_number(message, "stop"), start + _MOST_ROWS, len(order)))
        words = [self.edits.words[spelling] for spelling in order[start:stop]]
        locate = message.get("locate")
        yield Reply(
            {
                **self._state("rows"),
                "view": _text(message, "view"),
                "start": start,
                "rows": [self._row(word) for word in words],
                "total": len(order),
                "at": self._place(order, locate) if isinstance(locate, int) else None,
            }
        )
        # Phones come after: the first guess of all trains the model, which takes some seconds.
        texts = [text for word in words for text in word.sounds_like or (word.word,)]
        yield self._phones_reply("phones", message, texts)

    def _check(self, message: Mapping[str, Any]) -> Iterator[Reply]:
        cell, text = _cell(message), _text(message, "text")
        problems = self.edits.judge(self._spelling(message), {cell: text})
        about = [found for found in map(_problem, problems) if found["cell"] == cell]
        texts = parted(text) if cell == "sounds_like" else ()
        echo = {"id": message["id"], "cell": cell, "text": text, "problems": about}
        sayable = [] if any(found["severity"] == "error" for found in about) else texts
        yield self._phones_reply("checked", message, sayable, **echo)

    def _edit(self, message: Mapping[str, Any]) -> Iterator[Reply]:
        self.edits.change({self._spelling(message): {_cell(message): _text(message, "text")}})
        yield self._changed()

    def _paste(self, message: Mapping[str, Any]) -> Iterator[Reply]:
        text, cell = _text(message, "text"), message.get("cell")
        if cell == "word":
            rows = pasted_words(text)
        else:
            order = self._order(_text(message, "view"), None)
            first = self._place(order, _number(message, "id"))
            if first < 0:
                raise WordError(
                    "The row is no longer shown.", hint="Choose a cell and paste again."
                )
            rows = pasted_cells(text, _cell(message), order[first:])
        self.edits.change(rows)
        if cell == "word":
            self._orders.clear()
        yield self._changed(f"Pasted: {len(rows):,} row{'' if len(rows) == 1 else 's'}.")

    def _add(self, message: Mapping[str, Any]) -> Iterator[Reply]:
        spelling = _text(message, "text").strip()
        if spelling in self.edits.words:
            note = f"'{spelling}' is in the list already."
        else:
            self.edits.change({spelling: {}})
            self._orders.clear()
            note = ""
        yield self._changed(note, show=self._id(spelling))

    def _delete(self, message: Mapping[str, Any]) -> Iterator[Reply]:
        spelling = self._spelling(message)
        self.edits.delete(spelling)
        self._orders.clear()
        yield self._changed(f"'{_shown(spelling)}' is deleted; Undo brings it back.")

    def _discard(self, message: Mapping[str, Any]) -> Iterator[Reply]:
        self.edits.discard(self._spelling(message))
        yield self._changed()

    def _undo(self, message: Mapping[str, Any]) -> Iterator[Reply]:
        title = self.edits.next_undo
        done = self.edits.undo()
        self._orders.clear()
        yield self._changed(f"Undone: {title}." if done else "There is nothing to undo.")

    def _redo(self, message: Mapping[str, Any]) -> Iterator[Reply]:
        title = self.edits.next_redo
        done = self.edits.redo()
        self._orders.clear()
        yield self._changed(f"Done again: {title}." if done else "There is nothing to do again.")

    def _detail(self, message: Mapping[str, Any]) -> Iterator[Reply]:
        word = self.edits.words[self._spelling(message)]
        readings = []
        for text in (word.sounds_like or (word.word,)) if self.rows.speaks else ():
            found, why = self.rows.readings(text)
            readings.append({"text": text, "phones": [asdict(one) for one in found], "why": why})
        yield Reply(
            {
                "type": "detail",
                "view": _text(message, "view"),
                "id": message["id"],
                "contexts": [asdict(line) for line in self.rows.contexts(word.word)],
                "searched": self.rows.has_contexts,
                "readings": readings,
            }
        )

    def _hear(self, message: Mapping[str, Any]) -> Iterator[Reply]:
        from sttprep.notebook.voice import speak, voices

        text = _text(message, "text")
        phones = self.rows.phones([text]).get(text)
        if phones and phones.text:
            speech = speak(text, phones=phones.text.split())  # what the recognizer will expect
        else:
            prefix = f"espeak-ng:{self._language.partition('-')[0].lower()}"
            fitting = (name for name in voices() if name.startswith(prefix))
            speech = speak(text, voice=next(fitting, None))
        reply = {"type": "sound", "view": _text(message, "view"), "text": text}
        yield Reply({**reply, "voice": speech.voice}, (speech.wav(),))

    _answers: Mapping[str, Callable[[WordMessages, Mapping[str, Any]], Iterator[Reply]]] = {
        "rows": _rows, "check": _check, "edit": _edit, "paste": _paste, "add": _add,
        "delete": _delete, "discard": _discard, "undo": _undo, "redo": _redo,
        "detail": _detail, "hear": _hear,
    }  # fmt: skip

    def first_rows(self, number: int) -> dict[str, Any]:
        """The beginning of the list, for a page that no kernel answers."""
        words = self.edits.words.words[:number]
        return {
            **self._state("rows"),
            "start": 0,
            "rows": [self._row(word) for word in words],
            "total": len(self.edits.words),
        }

    def _changed(self, note: str = "", show: int | None = None) -> Reply:
        self._version += 1
        return Reply({**self._state("changed"), "note": note, "show": show})

    def _state(self, kind: str) -> dict[str, Any]:
        lines = self.edits.code.splitlines()
        hidden = len(lines) - _MOST_LINES
        if hidden > 0:
            lines = [f"# … {hidden:,} earlier lines: print(grid.code)", *lines[-_MOST_LINES:]]
        return {
            "type": kind,
            "version": self._version,
            "all": len(self.edits.words),
            "drafts": len(self.edits.drafts),
            "code": "\n".join(lines),
            "undo": self.edits.next_undo,
            "redo": self.edits.next_redo,
        }

    def _order(self, view: str, given: object) -> list[str]:
        """The spellings a view shows. An edit does not move its row: only a new query does."""
        old = self._orders.get(view)
        query = Query.of(given) if isinstance(given, Mapping) else old[0] if old else Query()
        if old is None or old[0] != query:
            old = query, self.rows.order(self.edits.words, self.edits.drafts, query)
            self._orders.pop(view, None)
            self._orders[view] = old
            for stale in list(self._orders)[:-_MOST_VIEWS]:
                del self._orders[stale]
        return old[1]

    def _row(self, word: Word) -> dict[str, Any]:
        return {
            "id": self._id(word.word),
            "word": _shown(word.word),
            "said": word.word if not word.sounds_like else None,
            "count": word.count,
            "source": ", ".join(word.source),
            "sounds": list(word.sounds_like),
            "display": word.display_as or "",
            "draft": self.edits.drafts.get(word.word),
            "problems": [_problem(problem) for problem in self._problems(word)],
        }

    def _problems(self, word: Word) -> list[Problem]:
        """Of the draft if there is one: it is what must be mended."""
        draft = self.edits.drafts.get(word.word)
        if draft is None:
            return self.rows.problems(word)
        return self.edits.judge(word.word, {"sounds_like": draft})

    def _phones_reply(
        self, kind: str, message: Mapping[str, Any], texts: Any, **more: Any
    ) -> Reply:
        phones = {text: asdict(found) for text, found in self.rows.phones(texts).items()}
        return Reply({"type": kind, "view": _text(message, "view"), "phones": phones, **more})

    def _id(self, spelling: str) -> int:
        number = self._ids.setdefault(spelling, len(self._spellings))
        if number == len(self._spellings):
            self._spellings.append(spelling)
        return number

    def _spelling(self, message: Mapping[str, Any]) -> str:
        number = _number(message, "id")
        if not 0 <= number < len(self._spellings):
            raise WordError("The page names a word that this grid never showed.")
        spelling = self._spellings[number]
        if spelling not in self.edits.words:
            raise WordError(
                f"'{_shown(spelling)}' is no longer in the list.", hint="Undo brings it back."
            )
        return spelling

    def _place(self, order: list[str], number: int) -> int:
        if not 0 <= number < len(self._spellings):
            return -1
        spelling = self._spellings[number]
        return order.index(spelling) if spelling in order else -1


def _notice(text: str, *, view: str = "", where: str = "grid") -> Reply:
    return Reply({"type": "notice", "view": view, "where": where, "text": text})


def _problem(problem: Problem) -> dict[str, str]:
    """A finding, and which cell it is about by the beginning of its code."""
    cells = {"sounds-like": "sounds_like", "display-as": "display_as"}
    cell = next((cell for start, cell in cells.items() if problem.code.startswith(start)), "word")
    return {
        "severity": problem.severity,
        "cell": cell,
        "text": f"{problem.message} {problem.hint}".rstrip(),
    }


def _shown(spelling: str) -> str:
    return spelling if len(spelling) <= _MOST_LETTERS else f"{spelling[: _MOST_LETTERS - 1]}…"


def _text(message: Mapping[str, Any], name: str) -> str:
    value = message.get(name)
    return value if isinstance(value, str) else ""


def _number(message: Mapping[str, Any], name: str) -> int:
    value = message.get(name)
    return value if isinstance(value, int) else -1


def _cell(message: Mapping[str, Any]) -> str:
    cell = message.get("cell")
    if cell not in CELLS:
        raise WordError(f"The cell {cell!r} cannot be edited.", hint=f"Edit {' or '.join(CELLS)}.")
    return str(cell)
