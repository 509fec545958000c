"""The first line of a JSGF grammar (JSGF 1.0, 3.1): ``#JSGF version char-encoding locale;``.

>>> opening = read_opening(Source("", "#JSGF V1.0 ISO8859-1 de;\\ngrammar g;\\n"), "w3c")
>>> opening.encoding, opening.locale, opening.end
('ISO8859-1', 'de', 24)
>>> read_opening(Source("", "#JSGF 1.0;"), "w3c").problems[0].hint
'Write "#JSGF V1.0;".'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sttprep.grammars.grammar import Profile
from sttprep.source import Problem, Severity, Source, Span

__all__ = ["Opening", "read_opening"]

_LINE = re.compile(r"#JSGF\b[ \t]*(?P<rest>[^;\r\n]*)(?P<end>;?)", re.IGNORECASE)
_BEFORE = re.compile(r"(?:\s+|//[^\r\n]*+|/\*(?:[^*]++|\*(?!/))*+\*/)*+")
_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*")
_GOOD = '"#JSGF V1.0 UTF-8 en;"'


@dataclass
class Opening:
    """What the first line says."""

    end: int
    """Offset after it."""
    encoding: str | None = None
    locale: str | None = None
    missing: bool = False
    """There is no such line."""
    problems: list[Problem] = field(default_factory=list)


def read_opening(source: Source, profile: Profile) -> Opening:
    """Read the first line."""
    lenient: Severity = "warning" if profile == "pocketsphinx" else "error"
    text = source.text
    before = _BEFORE.match(text)
    start = before.end() if before else 0
    match = _LINE.match(text, start)
    if match is None:
        message = "the first line of a JSGF grammar is missing."
        problem = source.problem(
            "error", "missing-header", Span(0, 1), message, f"Write {_GOOD} as the first line."
        )
        return Opening(0, missing=True, problems=[problem])
    opening = Opening(match.end())

    def report(severity: Severity, span: Span, message: str, hint: str) -> None:
        opening.problems.append(source.problem(severity, "bad-header", span, message, hint))

    mark = Span(start, start + 5)
    if start:
        message = 'the line that starts with "#JSGF" is the very first thing in the text.'
        report(lenient, mark, message, "Take away the blanks and comments before it.")
    if match[0][:5] != "#JSGF":
        report("error", mark, '"#JSGF" is written in capitals.', f"Write {_GOOD}.")
    words = match["rest"].split()
    if not match["end"]:
        at = match.start("rest") + len(match["rest"].rstrip())
        hint = f'Write "#JSGF {" ".join(words) or "V1.0"};".'
        report("error", Span(at, at), "a ';' is missing at the end of the first line.", hint)
    if not words:
        message = "the version is missing in the first line."
        report(lenient, mark, message, 'Write "#JSGF V1.0;".')
    elif words[0] != "V1.0":
        rest = " ".join(["V1.0", *words[1:]])
        message = f"'{words[0]}' is no version of JSGF."
        report(lenient, _word(match, 0), message, f'Write "#JSGF {rest};".')
    if len(words) > 3:
        message = "the first line has a version, an encoding and a language, and no more."
        report("error", _word(match, 3), message, f"Write e.g. {_GOOD}.")
    opening.encoding = words[1] if len(words) > 1 else None
    if len(words) > 2:
        if _LOCALE.fullmatch(words[2]):
            opening.locale = words[2].replace("_", "-")
        else:
            message = f"'{words[2]}' is no language."
            hint = f'Write e.g. "en" or "en-US": {_GOOD}.'
            report("error", _word(match, 2), message, hint)
    return opening


def _word(match: re.Match[str], index: int) -> Span:
    word = list(re.finditer(r"\S+", match["rest"]))[index]
    start = match.start("rest")
    return Span(start + word.start(), start + word.end())
