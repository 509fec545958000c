"""What differs between two versions of a word list.

>>> old = WordList([Word("IEEE", ["I. triple E."]), Word("NCAA")])
>>> new = WordList([Word("IEEE", ["I. triple E."], "IEEE®"), Word("hhonors", ["H. honors"])])
>>> diff = diff_words(old, new)
>>> print(diff)
~ IEEE: display_as: none → IEEE®
- NCAA
+ hhonors: H. honors
>>> bool(diff), bool(diff_words(old, old))
(True, False)
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from sttprep.errors import WordError
from sttprep.words.entry import Word
from sttprep.words.wordjson import FIELDS, word_fields
from sttprep.words.wordlist import WordList

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "WordChange",
    "WordDiff",
    "definition",
    "diff_words",
    "field_text",
    "only_lists",
    "visible",
]

_COMPARED = FIELDS[1:]


@dataclass(frozen=True)
class WordChange:
    """A word that is defined in another way, or counted anew."""

    old: Word
    """As it was."""
    new: Word
    """As it is."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields that differ.

        >>> WordChange(Word("a"), Word("a", ["eh"])).fields
        ('sounds_like',)
        """
        return tuple(
            field for field in _COMPARED if getattr(self.old, field) != getattr(self.new, field)
        )


@dataclass(frozen=True)
class WordDiff:
    """What differs between two versions of a word list; false where nothing does.

    The order of the words is no difference; neither is their ``error``, which follows from the
    rest.
    """

    added: tuple[Word, ...] = ()
    """Words only the new version has, alphabetically."""
    removed: tuple[Word, ...] = ()
    """Words only the old version has, alphabetically."""
    changed: tuple[WordChange, ...] = ()
    """Words both have with other fields, alphabetically."""

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    def __str__(self) -> str:
        return "\n".join(f"{mark} {visible(text)}" for mark, _, text in self._lines()) or (
            "No differences."
        )

    def _lines(self) -> list[tuple[str, str, str]]:
        lines = [("+", word.word, definition(word)) for word in self.added]
        lines += [("-", word.word, definition(word)) for word in self.removed]
        lines += [
            ("~", change.old.word, f"{change.old.word}: {_changes(change)}")
            for change in self.changed
        ]
        return sorted(lines, key=lambda line: line[1])

    def frame(self) -> pd.DataFrame:
        """One row per difference: change (``added``, ``removed``, ``changed``), word, field, old,
        new.

        >>> diff_words(WordList([Word("a")]), WordList([Word("a", ["eh"])])).frame().to_dict("list")
        {'change': ['changed'], 'word': ['a'], 'field': ['sounds_like'], 'old': [''], 'new': ['eh']}
        """
        import pandas as pd

        rows = [("added", word.word, "word", "", definition(word)) for word in self.added]
        rows += [("removed", word.word, "word", definition(word), "") for word in self.removed]
        rows += [
            (
                "changed",
                change.old.word,
                field,
                field_text(change.old, field),
                field_text(change.new, field),
            )
            for change in self.changed
            for field in change.fields
        ]
        rows.sort(key=lambda row: row[1])
        return pd.DataFrame(rows, columns=["change", "word", "field", "old", "new"], dtype="object")

    def to_json(self) -> dict[str, Any]:
        """The differences as JSON values: the words whole, changed ones in both versions."""
        return {
            "added": [word_fields(word) for word in self.added],
            "removed": [word_fields(word) for word in self.removed],
            "changed": [
                {
                    "word": change.old.word,
                    "fields": list(change.fields),
                    "old": word_fields(change.old),
                    "new": word_fields(change.new),
                }
                for change in self.changed
            ],
        }

    def _repr_html_(self) -> str:
        names = {"+": "added", "-": "removed", "~": "changed"}
        rows = "".join(
            f"<tr><td>{names[mark]}</td><td>{escape(visible(text))}</td></tr>"
            for mark, _, text in self._lines()
        )
        if not rows:
            return "<p>No differences.</p>"
        head = "<tr><th scope='col'>change</th><th scope='col'>word</th></tr>"
        return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"


def diff_words(old: WordList, new: WordList) -> WordDiff:
    """What was added, removed and changed between two versions of a word list.

    >>> bool(diff_words(WordList([Word("a"), Word("b")]), WordList([Word("b"), Word("a")])))
    False

    Raises:
        WordError: something else than word lists is given, for example the path of one.
    """
    only_lists(old, new)
    before = {word.word: word for word in old}
    after = {word.word: word for word in new}
    changes = [WordChange(before[name], after[name]) for name in sorted(before.keys() & after)]
    return WordDiff(
        tuple(after[name] for name in sorted(after.keys() - before)),
        tuple(before[name] for name in sorted(before.keys() - after)),
        tuple(change for change in changes if change.fields),
    )


def only_lists(*given: object) -> None:
    """Raise a WordError if something else than word lists is given."""
    for words in given:
        if not isinstance(words, WordList):
            raise WordError(
                f"{words!r} is not a word list.",
                hint='Read it first: WordList.read("words.csv").',
            )


def field_text(word: Word, field: str) -> str:
    """A field of a word in one line; empty where it says nothing.

    >>> field_text(Word("a", ["eh", "ay"]), "sounds_like")
    'eh | ay'
    """
    value = getattr(word, field)
    if isinstance(value, tuple):
        return " | ".join(value)
    return "" if value is None else str(value)


def definition(word: Word) -> str:
    """A word in one line: spelling, sounds-likes, what is shown."""
    text = word.word
    if word.sounds_like:
        text += f": {field_text(word, 'sounds_like')}"
    if word.display_as and word.display_as != word.word:
        text += f" (shown as {word.display_as})"
    return text


def _changes(change: WordChange) -> str:
    return "; ".join(
        f"{field}: {old or 'none'} → {new or 'none'}"
        for field in change.fields
        for old, new in [(field_text(change.old, field), field_text(change.new, field))]
    )


def visible(text: str) -> str:
    """The text in one line, with nothing in it that steers a terminal.

    >>> visible("a" + chr(27) + "[2J")
    'a\ufffd[2J'
    """
    return text if text.isprintable() else "".join(x if x.isprintable() else "\ufffd" for x in text)
