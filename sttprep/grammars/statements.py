"""Cut the text of an ABNF or JSGF grammar into statements, comments taken out.

>>> from sttprep.source import Source
>>> text = '''#ABNF 1.0;
... root $r; // where to start
... /** A drink.
...  *  @example black tea */
... $r = [black] /* or green */ tea;
... '''
>>> scan = cut(Source("tea.abnf", text), text.index("root"), ABNF)
>>> for statement in scan.statements:
...     print(statement.offset, statement.text, statement.comments)
11 root $r ('// where to start',)
77 $r = [black]                tea ('/* or green */',)
>>> scan.statements[1].documentation
Documentation(text='A drink.', examples=('black tea',), spans=(Span(start=-13, end=-4),))

Quotes, tags and ``<…>`` hide semicolons. Where a quote, a tag or a comment is never closed, or a
``;`` is missing, scanning starts again at the next line that looks like a new rule. All of it is
one pass of a few regular expressions: time grows with the length of the text, whatever is in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from sttprep.grammars.dialects import ABNF, JSGF, Dialect
from sttprep.grammars.documentation import Documentation, read_documentation
from sttprep.source import Problem, Source, Span

__all__ = ["ABNF", "JSGF", "Dialect", "Scan", "Statement", "cut"]


@dataclass(slots=True)
class Statement:
    """One statement without its ``;``."""

    text: str
    """As written, each comment replaced by as many blanks."""
    offset: int
    """Where it starts in the text."""
    comments: tuple[str, ...] = ()
    """Comments before, inside, and behind it on the same line, as written."""
    doc: str = ""
    """The documentation comment before it, as written."""
    doc_offset: int = 0
    """Where that starts in the text."""
    broken: bool = False
    """Something in it is never closed, which is reported: ``text`` ends there."""

    @property
    def documentation(self) -> Documentation:
        """What the documentation comment says."""
        return read_documentation(self.doc, self.doc_offset - self.offset)


@dataclass(slots=True)
class Scan:
    """What `cut` found."""

    statements: list[Statement]
    problems: list[Problem]
    trailing_comments: tuple[str, ...]
    """Comments after the last statement."""


_BLANK = re.compile(r"\s*+")
_LINE_END = re.compile(r"[\r\n]")
_LINE_START = re.compile(r"^[ \t]*|(?<=\r)[ \t]*", re.MULTILINE)
_STATEMENT_END = re.compile(r";(?=[ \t]*(?:[\r\n]|//))")
_SHOWN = 50  # characters of the user's own text repeated in a hint


def cut(source: Source, start: int, dialect: Dialect) -> Scan:
    """The statements of a text from an offset on, with everything wrong about their ends."""
    return _Scanner(source, start, dialect).run()


class _Scanner:
    def __init__(self, source: Source, start: int, dialect: Dialect) -> None:
        self.source = source
        self.text = source.text
        self.at = start
        self.start = start
        self.dialect = dialect
        self.statements: list[Statement] = []
        self.problems: list[Problem] = []
        self.before: list[tuple[int, int]] = []  # comments since the last statement
        self.careful_until = 0  # up to here, statements may run into each other
        self.closers: dict[str, tuple[int, int]] = {}

    def run(self) -> Scan:
        text = self.text
        match = self.dialect.statement.match
        statements = self.statements
        while True:
            found = match(text, self.at) if self.at >= self.careful_until else None
            if found is not None:
                begin, end = found.span(1)
                if text[end : end + 1] == ";" and not self.runs_on(begin, end):
                    if self.before:
                        self.add(found[1], begin)
                    else:
                        statements.append(Statement(found[1], begin))
                    self.at = end + 1
                    continue
            self.at = _skip(_BLANK, text, self.at)
            if self.at == len(text):
                break
            if text.startswith(("//", "/*"), self.at):
                self.comment_between()
            elif text[self.at] == ";":
                self.problem(
                    "empty-statement",
                    Span(self.at, self.at + 1),
                    "there is nothing between the ';' before and this one.",
                    "Take one of them away.",
                )
                self.at += 1
            elif text[self.at] == "#":
                self.hash_line()
            else:
                self.statement()
        trailing = tuple(text[a:b] for a, b in self.before)
        return Scan(statements, self.problems, trailing)

    def runs_on(self, begin: int, end: int) -> bool:
        """Whether a statement holds the start of another one."""
        text = self.text
        first = text.find("=", begin, end)
        if first < 0 or text.find("=", first + 1, end) < 0:
            head = text[begin : first if first >= 0 else end]
            if "\n" not in head and "\r" not in head:
                return False
        return self.next_start(begin + 1, begin) < end

    def statement(self) -> None:
        """A statement with a comment in it, or something wrong."""
        text, begin = self.text, self.at
        is_meta = self.dialect.meta_start.match(text, begin)
        more = self.dialect.meta if is_meta else self.dialect.more
        limit = self.next_start(begin + 1, begin) if begin < self.careful_until else len(text)
        comments: list[tuple[int, int]] = []
        at = begin
        while True:
            end = more.match(text, at, limit).end()  # type: ignore[union-attr]
            stop = text[end : end + 1] if end < limit else ""
            if stop == "/":
                at = self.comment_end(end)
                comments.append((end, at))
            elif stop and stop != ";":
                at = self.close(end, begin)
            else:
                break
            if at < 0:
                break
            if limit < len(text):
                limit = self.next_start(at, begin)
        if begin >= self.careful_until and self.runs_over(begin, end, comments):
            self.careful_until = end
            self.statement()
        elif stop == ";":
            self.add(self.blanked(begin, end, comments), begin, comments)
            self.at = end + 1
        elif stop:
            self.unclosed(end, comments, begin)
        else:
            self.missing_semicolon(begin, end, comments)

    def runs_over(self, begin: int, end: int, comments: list[tuple[int, int]]) -> bool:
        """Whether a line outside its comments looks like a new statement."""
        if self.next_start(begin + 1, begin) >= end:
            return False
        shown = self.blanked(begin, end, comments) + self.text[end : end + 1]
        return any(
            self.is_start(shown, line.end(), self.is_rule(begin))
            for line in _LINE_START.finditer(shown, 1)
        )

    def missing_semicolon(self, begin: int, end: int, comments: list[tuple[int, int]]) -> None:
        shown = self.blanked(begin, end, comments).rstrip()
        end = begin + len(shown)
        line = re.split(r"[\r\n]", shown)[-1].strip()
        if len(line) > _SHOWN:
            line = f"… {line[-_SHOWN:].partition(' ')[2]}"
        message = "a ';' is missing at the end of this statement."
        hint = f'Write "{line.rstrip("；")};".'
        if any(start == end and ";" in self.text[start:stop] for start, stop in comments):
            message = f"{message[:-1]}: after '{self.text[end : end + 2]}' all is a comment."
            hint = f"{hint[:-1]}, or put double quotes around the whole word if it is spoken."
        elif line.endswith("="):
            message, hint = message[:-1] + ", and all before it.", f'Write "{line} tea | coffee;".'
        self.problem("missing-semicolon", Span(end, end), message, hint)
        self.add(shown, begin, [comment for comment in comments if comment[0] < end])
        self.at = end

    def unclosed(self, start: int, comments: list[tuple[int, int]], begin: int) -> None:
        """Report an opener without end; go on at the next line that looks like a new rule.

        Quotes hardly ever go over lines: after one, go on behind a ';' at the end of a line.
        """
        opener, closer, what = self.text[start], self.text[start], "quote"
        if opener == "/":
            opener, closer, what = "/*", "*/", "comment"
        elif opener == "{":
            opener, closer, what = "{", "}", "tag"
            if self.dialect is ABNF and self.text.startswith("{!{", start):
                opener, closer = "{!{", "}!}"
        end = start + len(opener)
        inside = _LINE_END.split(self.text[start : start + _SHOWN], maxsplit=1)[0]
        inside = inside.rstrip("; ")
        self.problem(
            f"unclosed-{what}",
            Span(start, end),
            f"this {_NAMES[what]} is never closed: a closing {_quoted(closer)} is missing.",
            f"Write {inside}{' ' if what == 'comment' else ''}{closer}.",
        )
        if begin < start:
            self.add(
                self.blanked(begin, start, comments),
                begin,
                [comment for comment in comments if comment[0] < start],
            )
            self.statements[-1].broken = True
        closed = self.find(closer, end)
        self.careful_until = max(self.careful_until, closed if closed >= 0 else len(self.text))
        self.at = self.next_start(end, begin)
        if what == "quote" and (over := _STATEMENT_END.search(self.text, end, self.at)):
            self.at = over.end()

    def close(self, start: int, begin: int) -> int:
        """Where the quote or tag at an offset ends; -1 if it does not, or swallows a new rule."""
        text = self.text
        opener = text[start]
        pattern = self.dialect.tag if opener == "{" else self.dialect.quote
        if opener == "'":
            pattern = _SINGLE
        closer = "}" if opener == "{" else opener
        if opener == "{" and self.dialect is ABNF and text.startswith("{!{", start):
            closer = "}!}"
        end = self.find(closer, start + len(opener))
        new = self.next_start(start, begin)
        if end < 0 or (new < end and (opener != "{" or text.find("{", new, end) >= 0)):
            return -1
        found = pattern.match(text, start)
        return found.end() if found else -1

    def find(self, what: str, start: int) -> int:
        """`str.find` that remembers, so that many openers before one closer cost one search."""
        since, found = self.closers.get(what, (0, 0))
        if start < since or -1 < found < start:
            found = self.text.find(what, start)
            self.closers[what] = start, found
        return found

    def comment_between(self) -> None:
        text, start = self.text, self.at
        end = self.comment_end(start)
        if end < 0:
            self.unclosed(start, [], start)
            return
        behind = self.statements[-1] if self.statements and not self.before else None
        if behind is not None and not behind.broken:
            last = behind.offset + len(behind.text)
            if text.startswith(";", last) and not _LINE_END.search(text, last, start):
                behind.comments += (text[start:end],)
                self.at = end
                return
        self.before.append((start, end))
        self.at = end

    def comment_end(self, start: int) -> int:
        """Where the comment at an offset ends; -1 if it does not."""
        if self.text[start + 1] == "*":
            end = self.find("*/", start + 2)
            return end + 2 if end >= 0 else -1
        found = _LINE_END.search(self.text, start)
        return found.start() if found else len(self.text)

    def hash_line(self) -> None:
        found = _LINE_END.search(self.text, self.at)
        end = found.start() if found else len(self.text)
        line = self.text[self.at + 1 : min(end, self.at + _SHOWN)].strip()
        self.problem(
            "hash-line",
            Span(self.at, self.at + 1),
            "a line cannot start with '#' here: only the first line of a grammar does.",
            f'A comment starts with two slashes: "// {line}".',
        )
        self.at = end

    def blanked(self, begin: int, end: int, comments: list[tuple[int, int]]) -> str:
        """Text of a statement, blanks in place of its comments."""
        parts = []
        for start, stop in comments:
            if start < end:
                parts += [self.text[begin:start], " " * (stop - start)]
                begin = stop
        return "".join((*parts, self.text[begin:end]))

    def add(self, text: str, offset: int, inside: list[tuple[int, int]] | None = None) -> None:
        doc = next(
            (
                (start, end)
                for start, end in reversed(self.before)
                if end - start > 4 and self.text.startswith("/**", start)
            ),
            None,
        )
        comments = tuple(
            self.text[start:end]
            for start, end in (*self.before, *(inside or ()))
            if (start, end) != doc
        )
        written = self.text[doc[0] : doc[1]] if doc else ""
        self.statements.append(Statement(text, offset, comments, written, doc[0] if doc else 0))
        self.before = []

    def problem(self, code: str, span: Span, message: str, hint: str) -> None:
        self.problems.append(self.source.problem("error", code, span, message, hint))

    def next_start(self, after: int, begin: int) -> int:
        """Offset of the first line from there on that looks like a new statement, or the end.

        Inside a rule only new rules count: words of a rule may look like a declaration.
        """
        starts = self.rule_starts if self.is_rule(begin) else self.starts
        index = bisect_left(starts, after)
        return starts[index] if index < len(starts) else len(self.text)

    def is_rule(self, begin: int) -> bool:
        return self.dialect.rule.match(self.text, begin) is not None

    def is_start(self, text: str, at: int, only_rules: bool) -> bool:
        if self.dialect.rule.match(text, at):
            return not _SCOPE_ABOVE.search(text[max(0, at - _ABOVE) : at])
        return not only_rules and self.dialect.declaration.match(text, at) is not None

    @cached_property
    def rule_starts(self) -> list[int]:
        return [at for at in self.line_starts if self.is_start(self.text, at, True)]

    @cached_property
    def starts(self) -> list[int]:
        return [at for at in self.line_starts if self.is_start(self.text, at, False)]

    @cached_property
    def line_starts(self) -> list[int]:
        return [line.end() for line in _LINE_START.finditer(self.text, self.start)]


_NAMES = {"comment": "comment", "tag": "tag", "quote": "quotation"}
_SINGLE = re.compile(r"'[^']*+'")
_SCOPE_ABOVE = re.compile(r"(?:\A|[\r\n;])[ \t]*(?:public|private)[ \t]*[\r\n]\s*\Z")
"""The scope of a rule on a line of its own, up to the rule."""
_ABOVE = 1000  # characters before a rule in which its scope is looked for


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _quoted(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"
