r"""The mends of the linter, applied to a text or shown as a diff.

>>> from sttprep.corpora.corpus import Corpus
>>> text = "See <b>Dr. Smith</b>. Then rest.\nTake care.\n"
>>> problems = lint(Corpus.from_text(text, "visit"))
>>> print(apply_fixes(text, problems), end="")
See Dr. Smith.
Then rest.
Take care.
>>> print(diff_fixes(text, problems, "visit.txt"), end="")
--- visit.txt
+++ visit.txt (fixed)
@@ -1,2 +1,3 @@
-See <b>Dr. Smith</b>. Then rest.
+See Dr. Smith.
+Then rest.
 Take care.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass

from sttprep.corpora.corpus import Corpus
from sttprep.corpora.lint import lint
from sttprep.corpora.lint_codes import check_codes
from sttprep.errors import CorpusError
from sttprep.source import Fix, Problem

__all__ = ["FixedText", "apply_fixes", "choose_fixes", "diff_fixes", "fix_text"]

_ROUNDS = 20  # far more than any text needed; each round leaves fewer findings


def choose_fixes(problems: Iterable[Problem]) -> tuple[list[Fix], list[Problem]]:
    """The fixes that can be applied together, in text order, and the problems left out.

    Of two fixes that overlap, the one of the earlier place is chosen, at the same place that of
    the problem given first. The fixes of one file only: spans of several files do not compare.

    >>> from sttprep.source import Span
    >>> one = Problem("note", "x", "Odd.", fix=Fix(Span(0, 3), "", "Delete it"))
    >>> two = Problem("note", "y", "Odd.", fix=Fix(Span(2, 5), "", "Delete it"))
    >>> [fix.span.start for fix in choose_fixes([two, one])[0]]
    [0]
    """
    problems = list(problems)
    fixable = sorted(
        (problem.fix.span.start, number)
        for number, problem in enumerate(problems)
        if problem.fix is not None
    )
    chosen: list[Fix] = []
    taken: set[int] = set()
    end, last_start = 0, -1
    for start, number in fixable:
        fix = problems[number].fix
        # Two insertions at one place would depend on their order.
        if fix is None or start < end or (start == last_start and fix.span.end == start):
            continue
        chosen.append(fix)
        taken.add(number)
        end, last_start = fix.span.end, start
    left = [problem for number, problem in enumerate(problems) if number not in taken]
    return chosen, left


def apply_fixes(text: str, problems: Iterable[Problem]) -> str:
    """The text with the fixes of the problems applied; all other characters stay as they are.

    Problems without a fix change nothing; of fixes that overlap the first is applied (what is
    left over tells `choose_fixes`).

    Args:
        text: the text the problems are about: the one that was read, without byte-order mark.
        problems: findings of one file.

    Raises:
        CorpusError: a fix lies outside the text: the findings are about another one.
    """
    fixes, _ = choose_fixes(problems)
    if fixes and fixes[-1].span.end > len(text):
        raise CorpusError(
            "The findings are about another text: a fix ends at character "
            f"{fixes[-1].span.end:,}, the text has {len(text):,}.",
            hint="Lint the text again: corpus.lint()",
        )
    pieces: list[str] = []
    end = 0
    for fix in fixes:
        pieces += (text[end : fix.span.start], fix.text)
        end = fix.span.end
    pieces.append(text[end:])
    return "".join(pieces)


def diff_fixes(text: str, problems: Iterable[Problem], name: str = "corpus") -> str:
    """What `apply_fixes` would change, as a unified diff; empty where it changes nothing."""
    return diff(text, apply_fixes(text, problems), name)


def diff(old: str, new: str, name: str) -> str:
    """A unified diff of two texts, with three lines around each change."""
    if old == new:
        return ""
    lines = difflib.unified_diff(_lines(old), _lines(new), name, f"{name} (fixed)")
    # A last line without line end; what `diff -u` says, and `patch` understands.
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _lines(text: str) -> list[str]:
    # str.splitlines would cut at form feeds and Unicode's separators, too.
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


@dataclass(frozen=True)
class FixedText:
    """A text with all fixes applied."""

    text: str
    """The text afterwards."""
    applied: Mapping[str, int]
    """Number of fixes by the code of their finding."""
    left: tuple[Problem, ...]
    """The findings about the text afterwards: a human has to choose."""


def fix_text(
    text: str,
    name: str = "corpus",
    language: str = "en-US",
    lexicon: Container[str] | None = None,
    *,
    only: Collection[str] | None = None,
) -> FixedText:
    """Apply every fix, and those that become possible by them, until none is left.

    Args:
        text: the text.
        name: its name in the findings.
        language: language tag.
        lexicon: lower-case words, as for `lint`.
        only: codes of the findings to fix; None: all that have a fix.

    Raises:
        CorpusError: the text holds no words, or ``only`` names a kind that there is not.

    >>> fixed = fix_text("Take it. Then rest.\\nTake it.\\n", only={"several-sentences-on-a-line"})
    >>> fixed.text, dict(fixed.applied)
    ('Take it.\\nThen rest.\\nTake it.\\n', {'several-sentences-on-a-line': 1})
    >>> fix_text("Take it. Then rest.\\nTake it.\\n").text
    'Take it.\\nThen rest.\\n'
    """
    check_codes(only or ())
    applied: Counter[str] = Counter()
    seen = set()
    corpus = Corpus.from_text(text, name, language)
    for _ in range(_ROUNDS):
        found = lint(corpus, lexicon, near_duplicates=False, every_place=True)
        wanted = [one for one in found if one.fix and (only is None or one.code in only)]
        if not wanted or text in seen:
            break
        seen.add(text)
        fixed = apply_fixes(text, wanted)
        try:
            corpus = Corpus.from_text(fixed, name, language)
        except CorpusError:  # nothing would be left
            break
        left = {id(problem) for problem in choose_fixes(wanted)[1]}
        applied.update(problem.code for problem in wanted if id(problem) not in left)
        text = fixed
    rest = lint(corpus, lexicon)
    return FixedText(text, dict(sorted(applied.items())), tuple(rest))
