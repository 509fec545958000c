"""What parsing changes: every character of a corpus that its tokens do not show as written.

Nothing is lost silently: applying the changes of a line to the line gives its tokens, with one
blank between them. A change is one replacement, ``before`` by ``after``; its kind is one of

=============== ==================================================================================
``brackets``    a phrase in brackets that is ignored
``number``      a number, amount or percentage read in words: ``500`` → ``five hundred``
``date``        ``12/25/2024`` → ``December twenty fifth twenty twenty four``
``time``        ``3:05`` → ``three oh five``
``symbol``      a sign that is read (``&`` → ``and``) or removed (``©`` → nothing)
``punctuation`` punctuation removed beside a word
``split``       one piece of text becomes two: ``and/or`` → ``and or``; ``5mg`` → ``five mg``
``apostrophe``  ``’`` → ``'``
``invisible``   a soft hyphen, a zero-width space, a mark of direction or a control character
``width``       Japanese: a half-width character made full width
``line``        a line without words, which no token shows
=============== ==================================================================================

>>> from sttprep.corpora.corpus import Corpus
>>> corpus = Corpus.from_text("It’s $5 (new)!\\nand/or\\n***\\n", "demo")
>>> for change in changes(corpus, punctuation=False):
...     print(change)
demo:1:3: apostrophe: ’ → '
demo:1:6: number: $5 → five dollars
demo:1:9: brackets: (new) → nothing
demo:2:4: split: / → a blank
demo:3:1: line: *** → nothing
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

from sttprep.corpora.corpus import Corpus
from sttprep.corpora.east_asian import FULL_WIDTH, Edit, japanese_edits, korean_edits
from sttprep.corpora.languages import check_language
from sttprep.corpora.tokenize import APOSTROPHES, INVISIBLE, Piece, pieces

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Change", "Changes", "changes", "iter_changes", "line_changes"]

_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANK = re.compile(r"\s")
_INK = re.compile(r"\S+")
# A line of letters and blanks is its own tokens (Japanese makes it full width).
_UNCHANGED = re.compile(r"[A-Za-z \t]*[A-Za-z][A-Za-z \t]*").fullmatch
_SYMBOLS = frozenset("#%&*@§¶†‡•\\")  # Unicode counts these as punctuation
_ROWS_SHOWN = 100  # in a notebook


@dataclass(frozen=True, slots=True)
class Change:
    """One replacement that parsing makes."""

    line: int
    """Line number in the file, from 1."""
    column: int
    """Place of ``before`` in the line as written, in characters from 1."""
    kind: str
    """What was done; the module's docstring lists the kinds."""
    before: str
    """The characters of the line; empty where a blank is put between two words."""
    after: str
    """What stands in their place; empty where they are dropped."""
    file: str = ""
    """File (or name of the corpus); empty for a line given directly."""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}".removeprefix(":")
        names = {"": "nothing", " ": "a blank"}
        before, after = (names.get(text, text) for text in (self.before, self.after))
        return f"{where}: {self.kind}: {before} → {after}"


class Changes(list[Change]):
    """A list of changes that counts, and shows itself as a table.

    >>> found = line_changes("R&D & 2 (two) more")
    >>> found.counts
    {'brackets': 1, 'number': 1, 'symbol': 1}
    >>> found
    Changes(3: 1 brackets, 1 number, 1 symbol)
    """

    @property
    def counts(self) -> dict[str, int]:
        """Number of changes of each kind, by name of the kind."""
        return dict(sorted(Counter(change.kind for change in self).items()))

    def frame(self) -> pd.DataFrame:
        """A row for each change: file, line, column, kind, before, after.

        >>> line_changes("all 5").frame().values.tolist()
        [['', 1, 5, 'number', '5', 'five']]
        """
        import pandas as pd

        columns = ["file", *(field.name for field in fields(Change) if field.name != "file")]
        return pd.DataFrame([asdict(change) for change in self], columns=columns)

    def __repr__(self) -> str:
        counts = ", ".join(f"{count:,} {kind}" for kind, count in self.counts.items())
        return f"Changes({len(self):,}: {counts})" if self else "Changes(0)"

    def _repr_html_(self) -> str:
        from html import escape

        rows = [
            "<tr>"
            + "".join(
                f"<td>{escape(str(cell))}</td>"
                for cell in (
                    f"{change.file}:{change.line}:{change.column}".removeprefix(":"),
                    change.kind,
                    change.before,
                    change.after,
                )
            )
            + "</tr>"
            for change in self[:_ROWS_SHOWN]
        ]
        more = len(self) - len(rows)
        note = f"<p>… and {more:,} more; <code>.frame()</code> has them all</p>" if more else ""
        return (
            f"<p>{escape(repr(self))}</p><table><thead><tr><th>where</th><th>kind</th>"
            f"<th>before</th><th>after</th></tr></thead><tbody>{''.join(rows)}</tbody></table>{note}"
        )


def changes(corpus: Corpus, *, punctuation: bool = True) -> Changes:
    """All changes that parsing makes to a corpus, in the order of its text.

    Args:
        corpus: a corpus of any size; it is read in pieces, but the list may be long: punctuation
            alone makes about one change in ten words. `iter_changes` holds nothing.
        punctuation: also list the kind ``punctuation``, which everyone expects to go.
    """
    return Changes(iter_changes(corpus, punctuation=punctuation))


def iter_changes(corpus: Corpus, *, punctuation: bool = True) -> Iterator[Change]:
    """The changes of a corpus one by one, for corpora larger than memory.

    >>> corpus = Corpus.from_text("one\\nof 2.\\n", "demo")
    >>> [(change.line, change.before) for change in iter_changes(corpus)]
    [(2, '2'), (2, '.')]
    """
    language = corpus.language
    check_language(language)
    for chunk in corpus.chunks():
        for number, line in enumerate(_LINE_END.split(chunk.text), start=chunk.line):
            for change in _line(line, language, number, chunk.file):
                if punctuation or change.kind != "punctuation":
                    yield change


def line_changes(text: str, language: str = "en-US") -> Changes:
    """The changes that parsing makes to one line; their line number is 1.

    Raises:
        CorpusError: there is no such language.

    >>> for change in line_changes("COVID-19 & co\\u00adop"):
    ...     print(change.column, change.kind, repr(change.before), repr(change.after))
    6 split '-' ' '
    7 number '19' 'nineteen'
    10 symbol '&' 'and'
    14 invisible '\\xad' ''
    """
    return Changes(_line(text, language, 1, ""))


def _line(text: str, language: str, number: int, file: str) -> Iterator[Change]:
    code = check_language(language).code
    if code == "ja":
        edits: Iterator[Edit] = _japanese(text)
    elif code == "ko":
        edits = korean_edits(text)
    elif _UNCHANGED(text):
        return
    else:
        edits = _cut_at_blanks(text, language)
    found = list(edits)
    if code == "ko" and not _leaves_words(text, found):
        found = _no_words(text)
    for start, end, after, kind in found:
        yield Change(number, start + 1, kind, text[start:end], after, file)


def _japanese(text: str) -> Iterator[Edit]:
    end = 0
    for edit in [*japanese_edits(text), Edit(len(text), len(text), "", "")]:
        for ink in _INK.finditer(text, end, edit.start):
            yield from _narrow(text, *ink.span())
        if text[edit.start : edit.end] != edit.after:
            yield edit
        end = edit.end


def _narrow(text: str, start: int, end: int) -> Iterator[Edit]:
    """Runs of half-width characters in a part without blanks."""
    place = start
    while place < end:
        first = place
        while place < end and ord(text[place]) in FULL_WIDTH:
            place += 1
        if place > first:
            yield Edit(first, place, text[first:place].translate(FULL_WIDTH), "width")
        place += 1


def _leaves_words(text: str, edits: list[Edit]) -> bool:
    end = 0
    for edit in edits:
        if edit.after.strip() or text[end : edit.start].strip():
            return True
        end = edit.end
    return bool(text[end:].strip())


def _no_words(text: str) -> list[Edit]:
    start = len(text) - len(text.lstrip())
    bare = text.strip()
    return [Edit(start, start + len(bare), "", "line")] if bare else []


def _cut_at_blanks(text: str, language: str) -> Iterator[Edit]:
    """Changes of the languages whose words are cut at blanks: the pieces, and what is between."""
    found = pieces(text, language)
    words = [piece for piece in found if piece.words]
    if not words:
        yield from _no_words(text)
        return
    ignored: list[Piece] = []
    end = 0
    for piece in [*found, Piece(len(text), len(text), "")]:
        if piece.kind == "brackets":
            ignored.append(piece)
            continue
        inside = words[0].start < piece.start < len(text)
        if ignored or text[end : piece.start] != " ":  # nearly all are
            yield from _between(text, end, piece.start, ignored, inside)
        if piece.kind:
            yield Edit(piece.start, piece.end, piece.words, piece.kind)
        elif piece.words != text[piece.start : piece.end]:
            yield from _mended(text, piece)
        ignored = []
        end = piece.end


def _between(text: str, start: int, end: int, ignored: list[Piece], inside: bool) -> Iterator[Edit]:
    """What is dropped between two pieces; a blank in its place where they would grow together."""
    runs: list[Edit] = []
    blank = False
    for phrase in [*ignored, Piece(end, end, "")]:
        blank = blank or bool(_BLANK.search(text, start, phrase.start))
        for ink in _INK.finditer(text, start, phrase.start):
            runs += _dropped(text, *ink.span())
        if phrase.kind:
            runs.append(Edit(phrase.start, phrase.end, "", "brackets"))
        start = phrase.end
    if not inside or blank:
        yield from runs
    elif not runs:
        yield Edit(end, end, " ", "split")
    elif ignored:
        first, *rest = runs
        yield first._replace(after=" ")
        yield from rest
    else:
        yield Edit(runs[0].start, runs[-1].end, " ", "split")


def _dropped(text: str, start: int, end: int) -> list[Edit]:
    """Runs of dropped characters of one kind each."""
    runs: list[Edit] = []
    for place in range(start, end):
        kind = _kind(text[place])
        if runs and runs[-1].kind == kind:
            runs[-1] = runs[-1]._replace(end=place + 1)
        else:
            runs.append(Edit(place, place + 1, "", kind))
    return runs


def _kind(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "S" or character in _SYMBOLS:
        return "symbol"
    return "punctuation" if category[0] == "P" else "invisible"


def _mended(text: str, piece: Piece) -> Iterator[Edit]:
    """Apostrophes and invisible characters inside a word."""
    place = piece.start
    while place < piece.end:
        first = place
        while ord(text[place]) in INVISIBLE:
            place += 1
        if place > first:
            yield Edit(first, place, "", "invisible")
        if ord(text[place]) in APOSTROPHES:
            yield Edit(place, place + 1, "'", "apostrophe")
        place += 1
