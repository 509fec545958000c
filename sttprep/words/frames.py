"""Word lists as tables of pandas and polars, and as HTML for a notebook.

>>> import pandas as pd
>>> table = pd.DataFrame({"word": ["NCAA"], "sounds_like": ["N. C. A. A.|N. C. double A."]})
>>> words = words_from_frame(table)
>>> words[0].sounds_like
('N. C. A. A.', 'N. C. double A.')
>>> list(words_frame(words).columns)
['word', 'sounds_like', 'display_as', 'count', 'source']
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from sttprep.errors import WordError
from sttprep.source import Problem
from sttprep.words.cells import EXAMPLE_HEADER, split_parts
from sttprep.words.entry import Word
from sttprep.words.wordjson import FIELDS, is_count, nearest

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["words_frame", "words_from_frame", "words_html"]

_ROWS_SHOWN = 60  # rows of a list that a notebook shows; .frame() has them all


def words_frame(words: Iterable[Word]) -> pd.DataFrame:
    """The words as a table, one row per word."""
    import pandas as pd

    words = list(words)
    return pd.DataFrame(
        {
            "word": pd.Series([word.word for word in words], dtype="object"),
            "sounds_like": pd.Series([list(word.sounds_like) for word in words], dtype="object"),
            "display_as": pd.Series([word.display_as or "" for word in words], dtype="object"),
            "count": pd.Series([word.count for word in words], dtype="int64"),
            "source": pd.Series([list(word.source) for word in words], dtype="object"),
        }
    )


def words_html(words: Sequence[Word]) -> str:
    """The first words as an HTML table."""
    heads = ("word", "sounds like", "display as", "count", "source", "error")
    rows = []
    for word in words[:_ROWS_SHOWN]:
        cells = (
            word.word,
            " | ".join(word.sounds_like),
            word.display_as or "",
            str(word.count),
            ", ".join(word.source),
            " ".join(f"{element}: {message}" for element, message in word.error),
        )
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    head = "".join(f"<th scope='col'>{name}</th>" for name in heads)
    hidden = len(words) - len(rows)
    more = f"<p>… and {hidden} more words</p>" if hidden else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>{more}"


def words_from_frame(frame: Any) -> list[Word]:
    """The words of a pandas or polars table.

    Args:
        frame: Columns ``word`` and, as far as there are any, ``sounds_like``, ``display_as``,
            ``count`` and ``source``. A cell of several sounds-likes or sources is a list, or one
            text with ``|`` between them as in files. Missing values are empty.

    Raises:
        WordError: another column, or a cell that is no text; ``.problems`` names every row,
            counted from 0.
    """
    columns = [str(column) for column in frame.columns]
    problems = [
        Problem(
            "error", "frame-column", f"There is no field '{column}'.",
            f"{nearest(column.lower(), FIELDS)}The columns are {', '.join(FIELDS)}.",
        )
        for column in columns
        if column not in FIELDS
    ]  # fmt: skip
    if "word" not in columns and not problems:
        message = "The table has no column 'word'."
        problems.append(
            Problem("error", "frame-column", message, f"Name the columns {EXAMPLE_HEADER}.")
        )
    words = []
    for number, row in enumerate(_rows(frame) if not problems else ()):
        values: dict[str, Any] = {}
        for field, value in row.items():
            try:
                values[field] = _FIELD[field](value)
            except (TypeError, ValueError):
                problems.append(Problem(
                    "error", "frame-cell", f"The {field} is {value!r} ({type(value).__name__}).",
                    _HINTS.get(field, "Make it a text: read the file with dtype=str, or use "
                               ".astype(str)."),
                    f"row {number}",
                ))  # fmt: skip
        if "word" in values:
            words.append(Word(**values))
    if problems:
        raise WordError(problems=problems)
    return words


def _rows(frame: Any) -> Iterator[dict[str, Any]]:
    if hasattr(frame, "iter_rows"):  # polars
        yield from frame.iter_rows(named=True)
    else:
        names = [str(column) for column in frame.columns]
        for row in frame.itertuples(index=False, name=None):
            yield dict(zip(names, row, strict=True))


def _missing(value: object) -> bool:
    """None, NaN or pandas' NA."""
    return (
        value is None
        or type(value).__name__ in ("NAType", "NaTType")
        or (isinstance(value, float) and value != value)
    )


def _text(value: Any) -> str:
    if _missing(value):
        return ""
    if not isinstance(value, str):
        raise TypeError
    return value


def _texts(value: Any) -> list[str]:
    if isinstance(value, str) or _missing(value):
        return split_parts(_text(value))
    parts = list(value)
    if not all(isinstance(part, str) for part in parts):
        raise TypeError
    return parts


def _count(value: Any) -> int:
    if _missing(value) or value == "":
        return 0
    number = int(value)
    if number != float(value) or isinstance(value, bool) or not is_count(number):
        raise ValueError
    return number


_FIELD: dict[str, Callable[[Any], Any]] = {
    "word": _text, "sounds_like": _texts, "display_as": _text, "count": _count, "source": _texts,
}  # fmt: skip
_HINTS = {
    "sounds_like": "Write a text or a list of texts, for example ['N. C. A. A.'].",
    "source": "Write a text or a list of texts, for example ['healthcare', 'user'].",
    "count": "Write a whole number, for example 3.",
}
