"""Edits of a word list: each is one step that can be undone, and one line of Python.

>>> from sttprep.words import Word, WordList
>>> edits = WordEdits(WordList([Word("NCAA", ["N. C. A. A."], "NCAA", 2, ["c1"])]))
>>> edits.change({"NCAA": {"sounds_like": "N. C. double A. | N. C. A. A."}})
>>> print(edits.code)
words = words.with_word(Word("NCAA", ["N. C. double A.", "N. C. A. A."]))
>>> edits.change({"NCAA": {"sounds_like": "N. C. 2 A."}})  # refused by the rules: kept as a draft
>>> edits.drafts, edits.words["NCAA"].sounds_like
({'NCAA': 'N. C. 2 A.'}, ('N. C. double A.', 'N. C. A. A.'))
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sttprep.errors import WordError
from sttprep.source import Problem
from sttprep.words import Lexicon, Word, WordList, check_word

__all__ = ["SEPARATOR", "Edit", "WordEdits", "joined", "parted"]

SEPARATOR = "|"
"""Between the sounds-likes of one cell; no language allows it inside of one."""

Fields = Mapping[str, str]
"""New texts of a word's cells: ``sounds_like`` (several, parted by ``|``) and ``display_as``."""


@dataclass(frozen=True)
class Edit:
    """One step of editing."""

    title: str
    """What was done, in words."""
    code: str
    """The Python line that does the same; empty where the words did not change (a draft)."""


@dataclass(frozen=True)
class _Entry:
    """A word at its place in the list, or its absence."""

    place: int
    word: Word


@dataclass(frozen=True)
class _State:
    """The part of the state that a step changed: lists of 90,000 words are not kept per step."""

    entries: dict[str, _Entry | None]
    drafts: dict[str, str]


@dataclass(frozen=True)
class _Step:
    edit: Edit
    before: _State
    after: _State


def parted(text: str) -> tuple[str, ...]:
    """The sounds-likes of a cell.

    >>> parted("N. C. A. A. | N. C. double A.")
    ('N. C. A. A.', 'N. C. double A.')
    """
    return tuple(part.strip() for part in text.split(SEPARATOR) if part.strip())


def joined(sounds_like: tuple[str, ...]) -> str:
    """The text of a cell with these sounds-likes.

    >>> joined(("O. O. V.", "OOV"))
    'O. O. V. | OOV'
    """
    return f" {SEPARATOR} ".join(sounds_like)


class WordEdits:
    """A word list being edited. ``words`` is always valid to use; what breaks a rule is a draft.

    Args:
        words: The list to begin with.
        language: Language of the custom model.
        generation: ``previous`` or ``next`` generation of base models.
        lexicon: The base vocabulary; None: the stock English one for English.

    Raises:
        NotFoundError: the language or generation has no rules.
    """

    def __init__(
        self,
        words: WordList,
        language: str = "en-US",
        generation: str = "previous",
        lexicon: Lexicon | None = None,
    ) -> None:
        check_word(Word("word"), language, generation)  # raises for an unknown language
        self.original = words
        self.words = words
        self.drafts: dict[str, str] = {}
        self._language, self._generation, self._lexicon = language, generation, lexicon
        self._done: list[_Step] = []
        self._undone: list[_Step] = []

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The steps in force, the oldest first."""
        return tuple(step.edit for step in self._done)

    @property
    def code(self) -> str:
        """Python lines that make ``words`` of the original list; they need ``Word``."""
        return "\n".join(step.edit.code for step in self._done if step.edit.code)

    @property
    def next_undo(self) -> str:
        """What `undo` would take back; empty: nothing."""
        return self._done[-1].edit.title if self._done else ""

    @property
    def next_redo(self) -> str:
        """What `redo` would do again; empty: nothing."""
        return self._undone[-1].edit.title if self._undone else ""

    def judge(self, spelling: str, fields: Fields) -> list[Problem]:
        """What `check_word` says of a word with these cells; nothing is changed.

        Raises:
            NotFoundError: the word is not in the list.
        """
        return check_word(self._with(spelling, fields), self._language, self._generation)

    def change(self, rows: Mapping[str, Fields]) -> None:
        """Put texts into cells, as one step; words that are new are added.

        A text the rules refuse stays as a draft beside the value in force; the new value of
        ``display_as`` counts even then.

        Args:
            rows: Texts by spelling. An empty ``sounds_like`` asks for the defaults.

        Raises:
            WordError: a new word is refused as such (empty, control characters).
        """
        drafts = dict(self.drafts)
        changed = []
        for spelling, fields in rows.items():
            old = self._find(spelling)
            if old is None:
                self._refuse_bad_names(spelling)
            elif "sounds_like" in fields:
                drafts.pop(spelling, None)
            word = self._with(spelling, fields)
            if old is None or word != old:
                refused = self._refused(word) if "sounds_like" in fields else False
                if refused:
                    drafts[spelling] = fields["sounds_like"].strip()
                    kept = old or Word(spelling)
                    word = replace(word, sounds_like=kept.sounds_like)
            if word != old:
                changed.append(word)
        words = self.words.with_words(changed, **self._rules()) if changed else self.words
        code = f"words = words.with_word({_word_code(changed[0])}" if changed else ""
        if len(changed) > 1:
            code = f"words = words.with_words([{', '.join(map(_word_code, changed))}]"
        if code:
            code += self._rules_code() + ")"
        self._step(_change_title(rows), code, words, drafts, [word.word for word in changed])

    def delete(self, *spellings: str) -> None:
        """Take words off the list.

        Raises:
            NotFoundError: a word is not in the list.
        """
        words = self.words.without(*spellings)
        drafts = {name: text for name, text in self.drafts.items() if name not in spellings}
        code = f"words = words.without({', '.join(map(_literal, spellings))})"
        title = f"delete {_short(spellings[0])}"
        if len(spellings) > 1:
            title = f"delete {len(spellings)} words"
        self._step(title, code, words, drafts, list(spellings))

    def discard(self, spelling: str) -> None:
        """Drop the draft of a word."""
        drafts = {name: text for name, text in self.drafts.items() if name != spelling}
        self._step(f"discard the draft of {_short(spelling)}", "", self.words, drafts, [])

    def undo(self) -> bool:
        """Take the last step back; False: there was none."""
        if not self._done:
            return False
        step = self._done.pop()
        self._undone.append(step)
        self._put(step.before)
        return True

    def redo(self) -> bool:
        """Do again what was last taken back; False: nothing was."""
        if not self._undone:
            return False
        step = self._undone.pop()
        self._done.append(step)
        self._put(step.after)
        return True

    def _find(self, spelling: str) -> Word | None:
        return self.words[spelling] if spelling in self.words else None  # noqa: SIM401  no dict

    def _rules(self) -> dict[str, Any]:
        return {
            "language": self._language,
            "generation": self._generation,
            "base": self._lexicon,
        }

    def _rules_code(self) -> str:
        """The keyword arguments that differ from the defaults of `WordList.with_word`."""
        given = ""
        if self._lexicon is not None:
            given += ", base=lexicon"
        if self._language != "en-US":
            given += f", language={_literal(self._language)}"
        if self._generation != "previous":
            given += f", generation={_literal(self._generation)}"
        return given

    def _with(self, spelling: str, fields: Fields) -> Word:
        """The word with new cells; a cell left as it is shown keeps its exact value."""
        word = self._find(spelling) or Word(spelling)
        sounds_like, display_as = word.sounds_like, word.display_as
        if "sounds_like" in fields and fields["sounds_like"].strip() != joined(sounds_like).strip():
            sounds_like = parted(fields["sounds_like"])
        if "display_as" in fields and fields["display_as"].strip() != (display_as or "").strip():
            display_as = fields["display_as"].strip() or None
        return replace(word, sounds_like=sounds_like, display_as=display_as)

    def _refused(self, word: Word) -> bool:
        """Whether a sounds-like of the word is refused; its spelling cannot be edited."""
        return any(
            problem.severity == "error" and problem.code.startswith("sounds-like")
            for problem in check_word(word, self._language, self._generation)
        )

    def _refuse_bad_names(self, spelling: str) -> None:
        found = check_word(Word(spelling), self._language, self._generation)
        errors = [problem for problem in found if problem.severity == "error"]
        if errors:
            raise WordError(errors[0].message, hint=errors[0].hint)

    def _step(
        self, title: str, code: str, words: WordList, drafts: dict[str, str], touched: list[str]
    ) -> None:
        if words == self.words:
            words, code = self.words, ""
            if drafts == self.drafts:
                return  # nothing changed: nothing to undo, no line
        before = _State(_entries(self.words, touched), self.drafts)
        after = _State(_entries(words, touched), drafts)
        self._done.append(_Step(Edit(title, code), before, after))
        self._undone.clear()
        self.words, self.drafts = words, drafts

    def _put(self, state: _State) -> None:
        self.drafts = state.drafts
        if not state.entries:
            return
        words = [word for word in self.words if word.word not in state.entries]
        entries = [entry for entry in state.entries.values() if entry is not None]
        for entry in sorted(entries, key=lambda entry: entry.place):
            words.insert(entry.place, entry.word)
        self.words = WordList(words)


def _entries(words: WordList, touched: list[str]) -> dict[str, _Entry | None]:
    found: dict[str, _Entry | None] = dict.fromkeys(touched)
    if touched:
        for place, word in enumerate(words):
            if word.word in found:
                found[word.word] = _Entry(place, word)
    return found


def _change_title(rows: Mapping[str, Fields]) -> str:
    if len(rows) != 1:
        return f"{len(rows)} words"
    [(spelling, fields)] = rows.items()
    names = {"sounds_like": "sounds-like", "display_as": "display-as"}
    what = " and ".join(names[field] for field in fields) or "add"
    return f"{what} of {_short(spelling)}" if fields else f"add {_short(spelling)}"


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29]}…"


def _word_code(word: Word) -> str:
    """The shortest ``Word(…)`` from which the rules of adding make the same word."""
    code = f"Word({_literal(word.word)}"
    # With sounds-likes, display_as is filled with the spelling if it is left out.
    shown = "" if word.sounds_like and word.display_as == word.word else word.display_as
    if word.sounds_like:
        code += f", [{', '.join(map(_literal, word.sounds_like))}]"
        if shown:
            code += f", {_literal(shown)}"
    elif shown:
        code += f", display_as={_literal(shown)}"
    return f"{code})"


def _literal(text: str) -> str:
    """A string as Python source, in double quotes where that needs no escapes.

    >>> print(_literal("N. C."), _literal('say "aah"'))
    "N. C." 'say "aah"'
    """
    code = repr(text)
    return f'"{code[1:-1]}"' if code[0] == "'" and '"' not in text and "'" not in text else code
