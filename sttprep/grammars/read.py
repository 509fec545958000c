r"""Any of the three grammar formats → a grammar, or everything that is wrong with it.

>>> grammar = read_grammar("#ABNF 1.0;\nlanguage en;\nroot $r;\n$r = yes | no;\n")
>>> grammar.format, [rule.name for rule in grammar.rules]
('abnf', ['r'])
>>> for problem in check_grammar("#ABNF 1.0;\nlanguage en;\nroot $r;\n$r = (yes | no;\n"):
...     print(problem.where, problem.code)
line:4:6 unclosed-group
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias, get_args

from sttprep.errors import GrammarError, NotFoundError
from sttprep.grammars.decode import clean, decode
from sttprep.grammars.grammar import Grammar, GrammarFormat, Profile
from sttprep.source import Problem, Source, Span

__all__ = ["check_grammar", "parse_grammar", "read_bytes", "read_grammar"]

_Reader: TypeAlias = Callable[[Source, Profile], tuple[Grammar, list[Problem]]]

_HEADS: tuple[tuple[re.Pattern[str], GrammarFormat], ...] = (
    (re.compile(r"\s*#ABNF", re.IGNORECASE), "abnf"),
    (re.compile(r"\s*#JSGF", re.IGNORECASE), "jsgf"),
    # Without their first line: the reader then says what is missing.
    (re.compile(r"\s*(grammar\s+[^\s;<>=]+\s*;|import\s*<|(public\s*)?<[^<>=?!]+>\s*=)"), "jsgf"),
    (re.compile(r"\s*(((public|private|root)\s*)?\$\w|(language|mode)\s+[\w-]+\s*;)"), "abnf"),
    (re.compile(r"\s*<[?!\w]"), "grxml"),
)
_ENDINGS: dict[str, GrammarFormat] = {
    ".abnf": "abnf",
    ".gram": "abnf",
    ".grxml": "grxml",
    ".xml": "grxml",
    ".jsgf": "jsgf",
    ".jgram": "jsgf",
}
_FIRST_LINES = (
    '"#ABNF 1.0 UTF-8;", "#JSGF V1.0 UTF-8;" or '
    '\'<grammar version="1.0" xmlns="http://www.w3.org/2001/06/grammar" xml:lang="en-US">\''
)
_WORST_FIRST = {"error": 0, "warning": 1, "note": 2}


def read_grammar(
    source: str | bytes | Path,
    format: GrammarFormat | None = None,
    profile: Profile = "w3c",
    *,
    name: str = "",
) -> Grammar:
    r"""The grammar of a file or a text.

    Args:
        source: a path; or the content as bytes; or as text (a string with a line end in it, or an
            empty one).
        format: ``abnf``, ``grxml`` or ``jsgf``; None tells it by the content, then by the name.
        profile: rules to check by: ``w3c`` (the specification), ``ibm`` or ``pocketsphinx``
            (what these take).
        name: the file that content given as bytes comes from, for findings and references.

    Returns:
        The grammar; warnings and notes are in its ``problems``.

    Raises:
        GrammarError: there are errors; ``problems`` has all findings, in the order of the text.
        NotFoundError: there is no such file.

    >>> read_grammar("#JSGF V1.0;\ngrammar g;\npublic <r> = yes | no;\n").count()
    2
    """
    grammar, problems = _read(source, format, profile, name)
    if grammar is None or any(problem.severity == "error" for problem in problems):
        raise GrammarError(problems=problems)
    return grammar.linked.with_problems(problems) if problems else grammar


def check_grammar(
    source: str | bytes | Path,
    format: GrammarFormat | None = None,
    profile: Profile = "w3c",
) -> list[Problem]:
    r"""Everything that is wrong with a grammar, in the order of the text.

    Takes what `read_grammar` takes.

    Raises:
        GrammarError: the file cannot be read, or there is no such format or profile.
        NotFoundError: there is no such file.

    >>> print(check_grammar("#JSGF V1.0;\ngrammar g;\npublic <r> = <size> tea;\n")[0].code)
    undefined-rule
    """
    return _read(source, format, profile)[1]


def parse_grammar(
    source: str | bytes | Path,
    format: GrammarFormat | None = None,
    profile: Profile = "w3c",
    name: str = "",
) -> tuple[Grammar | None, list[Problem]]:
    """A grammar as it stands, and what is wrong with its form: nothing is checked over its rules.

    Takes and raises what `check_grammar` does.

    Returns:
        The grammar, with everything that could be read of it (None where the format is not known),
        and the problems found.
    """
    _check_choice("format", format, (*get_args(GrammarFormat), None))
    _check_choice("profile", profile, get_args(Profile))
    text, problems = _load(source, profile, name)
    format = format or _detect(text)
    if format is None:
        message = "this is neither an ABNF, nor an XML, nor a JSGF grammar."
        problems.append(text.problem("error", "unknown-format", Span(0, 1), message,
                                     f"Its first line must be {_FIRST_LINES}."))  # fmt: skip
        return None, problems
    grammar, found = _reader(format)(text, profile)
    return grammar, problems + found


def _read(
    given: str | bytes | Path, format: GrammarFormat | None, profile: Profile, name: str = ""
) -> tuple[Grammar | None, list[Problem]]:
    grammar, problems = parse_grammar(given, format, profile, name)
    if grammar is None:
        return None, problems
    from sttprep.grammars.check import check

    if not any(problem.code == "format-not-taken" for problem in problems):
        problems += check(grammar.linked, profile)
    return grammar, _sorted(_once(problems), grammar.source.name)


def _check_choice(what: str, given: object, known: tuple[str | None, ...]) -> None:
    if given not in known:
        names = ", ".join(name for name in known if name)
        raise GrammarError(f"There is no grammar {what} {given!r}.", hint=f"There are: {names}.")


def _reader(format: GrammarFormat) -> _Reader:
    if format == "abnf":
        from sttprep.grammars.abnf import read_abnf

        return read_abnf
    if format == "grxml":
        from sttprep.grammars.grxml import read_grxml

        return read_grxml
    from sttprep.grammars.jsgf import read_jsgf

    return read_jsgf


def _load(given: str | bytes | Path, profile: Profile, name: str) -> tuple[Source, list[Problem]]:
    if isinstance(given, bytes):
        return decode(given, name, profile)
    if isinstance(given, str) and (not given or "\n" in given or "\r" in given):
        return clean(Source("", given))
    return decode(read_bytes(given), str(given), profile)


def read_bytes(given: str | Path) -> bytes:
    """The content of a grammar file.

    Raises:
        GrammarError: it cannot be read.
        NotFoundError: there is no such file.
    """
    try:
        return Path(given).read_bytes()
    except FileNotFoundError:
        raise NotFoundError(
            "grammar file", str(given), _similar(Path(given)), hint=_text_hint(given)
        ) from None
    except IsADirectoryError:
        raise GrammarError(
            f"{given} is a folder.", hint=f'Give one of its files, e.g. "{given}/menu.abnf".'
        ) from None
    except PermissionError:
        raise GrammarError(
            f"{given} may not be read.", hint="Allow it, e.g. with chmod u+r."
        ) from None
    except (OSError, ValueError, TypeError) as error:
        hint = _text_hint(given)
        raise GrammarError(f"{str(given)[:80]!r} cannot be read: {error}.", hint=hint) from error


def _text_hint(given: str | Path) -> str:
    """For a grammar on a single line, which was taken for a path."""
    if isinstance(given, str) and given.lstrip().startswith(("#", "<", "$")):
        return "To give a grammar as text, end its first line with a line end."
    return ""


def _similar(path: Path) -> list[str]:
    try:
        names = sorted(entry.name for entry in path.parent.iterdir() if entry.is_file())
    except (OSError, ValueError):
        return []
    return difflib.get_close_matches(path.name, names, n=3)


def _detect(source: Source) -> GrammarFormat | None:
    """The format by the text, else by the ending of the name."""
    for pattern, format in _HEADS:
        if pattern.match(source.text):
            return format
    return _ENDINGS.get(Path(source.name).suffix.lower()) if source.name else None


def _once(problems: list[Problem]) -> list[Problem]:
    """Without what follows from another finding: an address that only lacks its # sign."""
    hashless = [p.span for p in problems if p.code == "reference-without-hash" and p.span]
    return [
        problem
        for problem in problems
        if problem.code != "not-loaded"
        or problem.span is None
        or not any(problem.span.start <= at.start < problem.span.end for at in hashless)
    ]


def _sorted(problems: list[Problem], name: str) -> list[Problem]:
    """In the order of the text; findings in other files last."""
    return sorted(
        problems,
        key=lambda problem: (
            problem.name != name,
            problem.name,
            problem.line or 0,
            problem.column or 0,
            _WORST_FIRST[problem.severity],
        ),
    )
