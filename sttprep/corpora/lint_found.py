"""What a rule of the linter says about a line, before the line's place in the file is known.

>>> line = "Take <b>two</b> tablets."
>>> found = delete(line, 5, 8, "warning", "markup", "mark-up is not spoken.", title="Delete it")
>>> line[: found.fix_start] + found.replacement + line[found.fix_end :]
'Take two</b> tablets.'
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sttprep.source import Severity

__all__ = ["SAME_LINE", "Found", "Rule", "delete", "mended"]

SAME_LINE = "\n"
"""Key of findings of which one per line is enough to be told."""


@dataclass(slots=True)
class Found:
    """A finding in one line; offsets count from the start of the line."""

    # Not frozen: there are some for every suspicious line, and a frozen one takes four times as
    # long to make.

    start: int
    end: int
    severity: Severity
    code: str
    message: str
    hint: str = ""
    key: str = ""
    """Findings of one code and key are the same thing at several places: the first is told, with
    their number. Empty: each is told. `SAME_LINE`: the first of each line is told."""
    weak: bool = False
    """Tells something only if it stands at several places."""
    fix_start: int = 0
    fix_end: int = 0
    replacement: str | None = None
    """What the characters ``fix_start:fix_end`` become, ``\\n`` for a line end of the file; None
    where a human has to choose."""
    whole_line: bool = False
    """The fix deletes the line together with its line end."""
    title: str = ""
    """What the fix does."""


_NEAR = 50  # characters

Rule = Callable[[str], Iterator[Found]]
"""From a line without its line end to the findings in it."""


def mended(
    found: Found, replacement: str, title: str, span: tuple[int, int] | None = None
) -> Found:
    """The finding, now with a fix: ``replacement`` instead of its own place, or of ``span``.

    >>> mended(Found(0, 2, "note", "x", "odd."), "ok", "Write ok").replacement
    'ok'
    """
    found.fix_start, found.fix_end = span or (found.start, found.end)
    found.replacement, found.title = replacement, title
    return found


def delete(
    line: str, start: int, end: int, severity: Severity, code: str, message: str, hint: str = "",
    *, title: str, key: str = "", weak: bool = False,
) -> Found:  # fmt: skip
    """A finding whose fix deletes it, with the blank that would be left over.

    Where nothing else stands on the line, the whole line goes.

    >>> delete("see x now", 4, 5, "note", "c", "m", title="Delete it").fix_start
    3
    >>> delete(" x ", 1, 2, "note", "c", "m", title="Delete it").whole_line
    True
    """
    found = Found(start, end, severity, code, message, hint, key, weak, title=title)
    if not _has_text(line, 0, start) and not _has_text(line, end, len(line)):
        found.whole_line = True
        return mended(found, "", title, (0, len(line)))
    before, after = line[max(0, start - 1) : start], line[end : end + 1]
    after_blank = not before or before.isspace()
    if after_blank and before and (not after or after.isspace() or after in ".,;:!?"):
        start -= 1
    elif after_blank and after.isspace():
        end += 1
    return mended(found, "", title, (start, end))


def _has_text(line: str, start: int, end: int) -> bool:
    """Whether something but blanks stands there; a long line is seldom copied."""
    if end - start > _NEAR and (line[start : start + _NEAR] + line[end - _NEAR : end]).strip():
        return True
    return bool(line[start:end].strip())
