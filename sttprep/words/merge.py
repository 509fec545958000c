"""One word list from the edits of two curators, field by field.

>>> base = WordList([Word("IEEE", ["I. triple E."]), Word("NCAA")])
>>> ours = WordList([Word("IEEE", ["I. triple E.", "I. E. E. E."]), Word("NCAA", (), "N.C.A.A.")])
>>> theirs = WordList([Word("IEEE", ["I. triple E."], "IEEE®"), Word("NCAA", (), "NCAA™")])
>>> merged = merge_words(base, ours, theirs)
>>> merged.words["IEEE"].sounds_like, merged.words["IEEE"].display_as
(('I. triple E.', 'I. E. E. E.'), 'IEEE®')
>>> print(merged)
2 words, 1 conflict. The list keeps our version where the two disagree.
! NCAA: display_as
    base:   none
    ours:   N.C.A.A.
    theirs: NCAA™
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal, TypeAlias

from sttprep.errors import WordError
from sttprep.words.diff import (
    WordChange,
    WordDiff,
    definition,
    diff_words,
    field_text,
    only_lists,
    visible,
)
from sttprep.words.entry import Word
from sttprep.words.rules import MOST_SOUNDS_LIKES
from sttprep.words.wordjson import word_fields
from sttprep.words.wordlist import WordList

__all__ = [
    "Side",
    "WordChange",
    "WordConflict",
    "WordDiff",
    "WordMerge",
    "diff_words",
    "merge_words",
]

Side: TypeAlias = Literal["ours", "theirs"]
"""One of the two versions that are merged."""


@dataclass(frozen=True)
class WordConflict:
    """A field of a word that two curators changed in different ways."""

    word: str
    """Its spelling."""
    field: str
    """``sounds_like`` or ``display_as``; ``word`` where one side deleted what the other edited."""
    base: Word | None
    """The version both began with; None: it had no such word."""
    ours: Word | None
    """Our version; None: deleted."""
    theirs: Word | None
    """Their version; None: deleted."""

    def __str__(self) -> str:
        lines = [f"! {visible(self.word)}: {self.field}"]
        sides = (("base:", self.base), ("ours:", self.ours), ("theirs:", self.theirs))
        for side, word in sides:
            if word is None:
                shown = "not in the list" if side == "base:" else "deleted"
            elif self.field == "word":
                shown = definition(word)
            else:
                shown = field_text(word, self.field) or "none"
            lines.append(f"    {side:7} {visible(shown)}")
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """The conflict as JSON values."""
        return {
            "word": self.word,
            "field": self.field,
            "base": self.base and word_fields(self.base),
            "ours": self.ours and word_fields(self.ours),
            "theirs": self.theirs and word_fields(self.theirs),
        }


@dataclass(frozen=True)
class WordMerge:
    """One list made of two versions; false where conflicts are left."""

    words: WordList
    """The merged list; where a conflict is left it has our version of that field."""
    conflicts: tuple[WordConflict, ...] = ()
    """What is left to decide, alphabetically by word."""
    resolved: tuple[WordConflict, ...] = ()
    """The conflicts that ``prefer`` decided."""

    def __bool__(self) -> bool:
        return not self.conflicts

    def __str__(self) -> str:
        lines = [f"{_number(len(self.words), 'word')}, {_number(len(self.conflicts), 'conflict')}."]
        if self.conflicts:
            lines[0] += " The list keeps our version where the two disagree."
        if self.resolved:
            lines[0] += f" {_number(len(self.resolved), 'conflict')} decided."
        return "\n".join([*lines, *map(str, self.conflicts or self.resolved)])

    def to_json(self) -> dict[str, Any]:
        """The merge as JSON values."""
        return {
            "words": [word_fields(word) for word in self.words],
            "conflicts": [conflict.to_json() for conflict in self.conflicts],
            "resolved": [conflict.to_json() for conflict in self.resolved],
        }

    def _repr_html_(self) -> str:
        listed = "".join(
            f"<li><pre>{escape(str(conflict))}</pre></li>"
            for conflict in self.conflicts or self.resolved
        )
        title, *_ = str(self).split("\n")
        return f"<p>{escape(title)}</p>" + (f"<ul>{listed}</ul>" if listed else "")


def merge_words(
    base: WordList, ours: WordList, theirs: WordList, *, prefer: Side | None = None
) -> WordMerge:
    """The list that has the edits of both versions.

    Field by field: what only one side changed is taken from it. ``sounds_like`` and ``source`` are
    merged as sets in order: what either side added is in, what either side removed is out, ours
    first. Of two new counts the larger one stays: counts are figures of corpora, not edits.

    A conflict is: another ``display_as`` on both sides; more sounds-likes together than a word may
    have (5); a definition edited on one side and deleted on the other. The list then keeps our
    version of that field, and everything else of the word is merged.

    Args:
        base: The version both began with.
        ours: One edited version.
        theirs: The other one.
        prefer: Decide conflicts for ``ours`` or ``theirs``; they stand in ``resolved`` then.

    Raises:
        WordError: ``prefer`` is none of these, or something else than word lists is given.
    """
    only_lists(base, ours, theirs)
    if prefer not in (None, "ours", "theirs"):
        raise WordError(
            f"Conflicts cannot be decided for '{prefer}'.", hint="Write prefer='ours' or 'theirs'."
        )
    names = _merged_order(
        [word.word for word in base], [word.word for word in ours], [word.word for word in theirs],
        keep_all=True,
    )  # fmt: skip
    versions = [{word.word: word for word in words} for words in (base, ours, theirs)]
    made: list[Word] = []
    conflicts: list[WordConflict] = []
    for name in names:
        word = _merged_word(name, [version.get(name) for version in versions], prefer, conflicts)
        if word is not None:
            made.append(word)
    conflicts.sort(key=lambda conflict: conflict.word)
    if prefer is None:
        return WordMerge(WordList(made), tuple(conflicts))
    return WordMerge(WordList(made), (), tuple(conflicts))


def _merged_word(
    name: str, versions: Sequence[Word | None], prefer: Side | None, conflicts: list[WordConflict]
) -> Word | None:
    base, ours, theirs = versions
    if theirs == base or ours == theirs:
        return ours
    if ours == base:
        return theirs
    chosen = theirs if prefer == "theirs" else ours
    if ours is None or theirs is None:
        edited = ours or theirs
        if base is not None and edited is not None and _samedefinition(base, edited):
            return None  # only counted anew: the deletion stands
        conflicts.append(WordConflict(name, "word", base, ours, theirs))
        return chosen
    assert chosen is not None
    before = base or Word(name)
    lists = {
        field: _merged_order(*(getattr(word, field) for word in (before, ours, theirs)))
        for field in ("sounds_like", "source")
    }
    sounds_like = lists["sounds_like"]
    most = max(MOST_SOUNDS_LIKES, len(ours.sounds_like), len(theirs.sounds_like))
    if len(sounds_like) > most:
        conflicts.append(WordConflict(name, "sounds_like", base, ours, theirs))
        sounds_like = list(chosen.sounds_like)
    display_as = ours.display_as
    if ours.display_as in (before.display_as, theirs.display_as):
        display_as = theirs.display_as
    elif theirs.display_as != before.display_as:
        conflicts.append(WordConflict(name, "display_as", base, ours, theirs))
        display_as = chosen.display_as
    count = max(ours.count, theirs.count)
    if ours.count == before.count:
        count = theirs.count
    elif theirs.count == before.count:
        count = ours.count
    faults = dict((*theirs.error, *ours.error))
    return Word(
        name,
        sounds_like,
        display_as,
        count,
        lists["source"],
        [(key, text) for key, text in faults.items() if key in (name, *sounds_like)],
    )


def _samedefinition(one: Word, other: Word) -> bool:
    return (one.sounds_like, one.display_as) == (other.sounds_like, other.display_as)


def _merged_order(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], *, keep_all: bool = False
) -> list[str]:
    """What both sides made of a set in order: ours, and their additions behind what precedes them.

    With ``keep_all`` nothing is left out that is in any of the three.
    """
    if list(ours) == list(base):
        first, other = theirs, ours
    else:
        first, other = ours, theirs
    second = dict.fromkeys((*other, *(base if keep_all else ())))
    known = set(first)
    behind: dict[str | None, list[str]] = {}
    anchor: str | None = None
    for name in second:
        if name in known:
            anchor = name
        elif keep_all or name not in base:
            behind.setdefault(anchor, []).append(name)
    order: list[str] = []
    waiting = behind.get(None, [])
    for name in dict.fromkeys(first):
        if name in second:  # up to here additions of the first side stood, which come first
            order += waiting
            waiting = behind.get(name, [])
        order.append(name)
    order += waiting
    if keep_all:
        return order
    dropped = set(base) - (set(ours) & set(theirs))
    return [name for name in order if name not in dropped]


def _number(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
