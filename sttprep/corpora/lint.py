"""What in a corpus would harm a model: the guidelines of IBM's page, checked.

Clean text gives no finding. Most findings carry the fix that mends them (`sttprep.corpora.fixes`).

>>> from sttprep.corpora.corpus import Corpus
>>> lint(Corpus.from_text("Take metformin daily.\\n", "demo"))
[]
>>> text = "Take it. Then rest.\\n--------------------------6d1f1c2a\\n"
>>> for problem in lint(Corpus.from_text(text, "demo")):
...     print(problem.line, problem.code, "→", problem.fix.title)
1 several-sentences-on-a-line → Start a new line
2 multipart-boundary → Delete the line
"""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import quote

from sttprep.corpora.duplicates import difference
from sttprep.corpora.duplicates import near_duplicates as near_duplicates_of
from sttprep.corpora.lint_found import SAME_LINE, Found, delete
from sttprep.corpora.lint_lines import Line, Scan
from sttprep.corpora.lint_numbers import is_code
from sttprep.corpora.lint_words import Places, case_variants, choose, word_findings
from sttprep.corpora.numerals import base_language
from sttprep.corpora.oov import Unknown
from sttprep.data import stock_words
from sttprep.source import Fix, Problem, Source, Span

if TYPE_CHECKING:
    from sttprep.corpora.corpus import Corpus
    from sttprep.corpora.textfile import TextPart

__all__ = ["OOV_LIMIT", "WORD_LIMIT", "check_corpus_name", "check_limits", "lint"]

OOV_LIMIT = 90_000
"""Out-of-vocabulary words a custom language model takes, from all sources together."""
WORD_LIMIT = 10_000_000
"""Total words a custom language model takes, from all sources together."""

_NEAR_LIMIT = 0.8  # share of a limit from which it is mentioned
_LONGEST_NAME = 128  # characters of a corpus name
_RESERVED_NAMES = {"user", "base_lm", "default_lm"}
_SHOWN_PER_CODE = 100  # findings of one kind; what is left is counted in one more finding
_NEAR_DUPLICATE_WORDS = 2_000_000  # up to here near-duplicates cost less than two seconds
# Of more than half of the lines it cannot be said that they are unlike the rest.
_UNLIKE_THE_REST = {"line-in-capitals", "no-letters"}


def lint(
    corpus: Corpus,
    lexicon: Container[str] | None = None,
    *,
    near_duplicates: bool | None = None,
    every_place: bool = False,
) -> list[Problem]:
    """The findings about a corpus, in file order; findings about the whole corpus come last.

    At most 100 findings of one code are listed; one more says how many there are. A word or
    number that is doubtful at several places is one finding, with its number of places. The
    corpus is read in pieces; memory does not grow with it but for some bytes a line.

    Args:
        corpus: the text.
        lexicon: lower-case words of the base vocabulary, by default (for English) the stock
            lexicon's. Without one the capitalization and the out-of-vocabulary limit are not
            checked.
        near_duplicates: whether lines that are nearly the same are looked for, which takes about
            three times the text in memory; by default up to two million words.
        every_place: every place of every finding, without limit: what it takes to fix a text.
    """
    if lexicon is None and base_language(corpus.language) == "en":
        lexicon = stock_words()
    spelled: dict[str, dict[str, int]] = {}
    oov = 0
    counts: Mapping[str, int] = corpus.counts
    total = sum(counts.values())
    if lexicon is not None:
        counts = {token: counts[token] for token in Unknown(lexicon).among(counts)}
        oov, spelled = len(counts), case_variants(counts)
    codes = {one: counts[one] for one in counts if not one.isalpha() and is_code(one)}
    variants = {token for tokens in spelled.values() for token in tokens}
    places = Places(corpus.language, codes, variants, first=not every_place)
    initials = {token for token in variants if token == token.capitalize()}
    scan = Scan(corpus, lexicon, initials, places.searched, places.see, endless=every_place)
    findings = _Findings(every_place)
    for line, found in scan.findings():
        findings.add(line, found)
    findings.drop_common(_UNLIKE_THE_REST, scan.lines / 2)
    for line, found in chain(scan.long_lines(), _duplicates(scan, findings)):
        findings.add(line, found)
    for line, found in word_findings(places, choose(spelled, scan.initials)):
        findings.add(line, found)
    findings.know("letters-and-digits", codes)
    whole = _encodings(corpus)
    name = str(corpus.path) if corpus.path else corpus.parts[0].name
    if near_duplicates is None and total > _NEAR_DUPLICATE_WORDS:
        whole.append(_not_looked_for(name, total))
    elif near_duplicates or near_duplicates is None:
        for line, found in _near_duplicates(scan, findings):
            findings.add(line, found)
    whole += _limits(total, oov, name)
    return findings.problems(scan.files, name) + whole


class _Findings:
    """The findings that are told, and the number of those that are not."""

    def __init__(self, every_place: bool) -> None:
        self.every_place = every_place
        self._kept: dict[str, list[tuple[Problem, str, bool]]] = {}
        self._counts: Counter[str] = Counter()  # of findings without a key
        self._places: dict[str, Counter[str]] = {}  # code → key → places
        self._weak: dict[str, set[str]] = {}
        self._last: dict[str, tuple[str, int]] = {}
        self._source: tuple[Line, Source] | None = None

    def room(self, code: str) -> int | None:
        """How many more findings of this kind are told; None: all."""
        if self.every_place:
            return None
        return max(0, _SHOWN_PER_CODE - len(self._kept.get(code, ())))

    def count(self, code: str, more: int) -> None:
        """There are so many more findings of this kind, not told."""
        self._counts[code] += more

    def add(self, line: Line, found: Found) -> None:
        """A finding; told if it is among the first of its kind and not known from elsewhere."""
        code, key = found.code, found.key
        if key == SAME_LINE:
            place, key = (line.file, line.number), ""
            if not self.every_place and self._last.get(code) == place:
                return
            self._last[code] = place
        if key:
            places = self._places.setdefault(code, Counter())
            places[key] += 1
            if found.weak:
                self._weak.setdefault(code, set()).add(key)
            if places[key] > 1 and not self.every_place:
                return
        else:
            self._counts[code] += 1
        # A weak finding takes no room: it may fall away in the end.
        if found.weak or self.room(code) != 0:
            if self._source is None or self._source[0] is not line:
                self._source = line, _source(line)  # the lines of a long one are sought once
            problem = _problem(line, found, self._source[1])
            self._kept.setdefault(code, []).append((problem, key, found.weak))

    def know(self, code: str, places: Mapping[str, int]) -> None:
        """The number of places of the findings of this kind, known otherwise."""
        for key in self._places.get(code, ()):
            self._places[code][key] = places[key]

    def drop_common(self, codes: set[str], most: float) -> None:
        """Forget findings of these kinds if there are more than ``most`` of them."""
        for code in codes:
            if self._counts[code] > most:
                del self._counts[code]
                self._kept.pop(code, None)

    def problems(self, files: list[str], name: str) -> list[Problem]:
        """The findings in file order; then how many more there are of each kind."""
        order = {file: number for number, file in reversed(list(enumerate(files)))}
        told: list[Problem] = []
        more: list[Problem] = []
        for code in sorted(self._counts.keys() | self._places.keys()):
            places = self._places.get(code, Counter())
            alone = {key for key in self._weak.get(code, ()) if places[key] == 1}
            kept = [
                self._with_places(problem, places[key])
                for problem, key, _ in self._kept.get(code, ())
                if key not in alone
            ]
            count = self._counts[code] + len(places) - len(alone)
            if self.every_place:
                told += kept
                continue
            told += kept[:_SHOWN_PER_CODE]
            left = count - _SHOWN_PER_CODE
            if left > 0:
                message = f"{left:,} more findings of the kind {code} ({count:,} in all)."
                more.append(Problem("note", code, message, name=name))
        told.sort(
            key=lambda one: (order.get(one.name, 0), one.line or 0, one.column or 0, one.code)
        )
        return told + more

    def _with_places(self, problem: Problem, places: int) -> Problem:
        if places < 2 or self.every_place or problem.code == "inconsistent-capitalization":
            return problem
        return replace(problem, message=f"{problem.message} It stands at {places:,} places.")


def _source(line: Line) -> Source:
    return Source(line.file, line.text, first_line=line.number, first_offset=line.offset)


def _problem(line: Line, found: Found, source: Source) -> Problem:
    fix = None
    if found.replacement is not None:
        start, end = line.offset + found.fix_start, line.offset + found.fix_end
        if found.whole_line:
            start, end = line.offset, line.offset + len(line.text) + line.end
        fix = Fix(Span(start, end), found.replacement.replace("\n", line.newline), found.title)
    span = Span(line.offset + found.start, line.offset + found.end)
    return source.problem(found.severity, found.code, span, found.message, found.hint, fix)


def _whole(line: Line) -> tuple[int, int]:
    """The place of what stands on a line."""
    bare = line.text.strip()
    start = line.text.index(bare)
    return start, start + len(bare)


def _duplicates(scan: Scan, findings: _Findings) -> Iterator[tuple[Line, Found]]:
    code = "duplicate-line"
    groups = [(first, copies, copies) for first, copies in scan.repeated()]
    room = findings.room(code)
    if room is not None:
        findings.count(code, max(0, len(groups) - room))
        groups = [(first, copies, copies[:1]) for first, copies, _ in groups[:room]]
    wanted = sorted({index for first, _, told in groups for index in (first, *told)})
    lines = dict(zip(wanted, scan.at(wanted), strict=True))
    for first, copies, told in groups:
        original = lines[first]
        times = f"{len(copies) + 1:,} times, first" if len(copies) > 1 else "already"
        for copy in told:
            line = lines[copy]
            found = delete(
                line.text, *_whole(line), "note", code,
                f"this line stands {times} on {_place(original, line)}.",
                "Delete the copies, unless they shall weigh more.", title="Delete the copy",
            )  # fmt: skip
            yield line, found


def _near_duplicates(scan: Scan, findings: _Findings) -> Iterator[tuple[Line, Found]]:
    code = "near-duplicate-line"
    pairs = near_duplicates_of(scan.corpus)
    room = findings.room(code)
    if room is not None:
        findings.count(code, max(0, len(pairs) - room))
        pairs = pairs[:room]
    wanted = sorted({index for pair in pairs for index in (pair.index, pair.other)})
    lines = dict(zip(wanted, scan.at(wanted), strict=True))
    for pair in pairs:
        line, other = lines[pair.index], lines[pair.other]
        yield line, Found(
            *_whole(line), "note", code,
            f"this line is almost the same as {_place(other, line)}: "
            f"{difference(other.text, line.text)}.",
            "Keep one of them, unless both are said.",
        )  # fmt: skip


def _place(line: Line, seen_from: Line) -> str:
    return f"line {line.number}" + ("" if line.file == seen_from.file else f" of {line.file}")


def _not_looked_for(name: str, words: int) -> Problem:
    return Problem(
        "note", "near-duplicates-not-sought",
        f"near-duplicate lines were not looked for in {words:,} words.",
        "Ask for it: lint(corpus, near_duplicates=True), or sttprep corpus lint "
        "--near-duplicates FILE",
        name,
    )  # fmt: skip


def _encodings(corpus: Corpus) -> list[Problem]:
    """Files that are not in UTF-8; IBM's service takes no other encoding."""
    found = []
    for part in corpus.parts:
        encoding = part.encoding
        if encoding.name in ("utf-8", "utf-8-sig") and encoding.errors == "strict":
            continue
        if encoding.errors != "strict":
            message = "some bytes are not UTF-8 and were read as Windows-1252."
            hint = "Save the text as UTF-8 from where it was written."
        else:
            guessed = encoding.how == "guessed"
            message = (
                f"the text was read as {encoding.label}{', a guess' if guessed else ''}; "
                "the service takes UTF-8."
            )
            look = "Look at its letters. If they are right, save it" if guessed else "Save it"
            hint = f"{look} as UTF-8: {_iconv(part)}"
        found.append(Problem("warning", "not-utf-8", message, hint, part.name))
    return found


def _iconv(part: TextPart) -> str:
    name = part.name
    return f"iconv -f {part.encoding.name} -t utf-8 {shlex.quote(name)} > corpus-utf8.txt"


_WORDS_HINT = "Keep the sentences closest to what will be said."
_OOV_HINT = "Remove rare or misspelled ones."


def _limits(total_words: int, oov_words: int, name: str) -> list[Problem]:
    found = check_limits(total_words, oov_words, name=name)
    for code, count, limit, what, hint in (
        ("near-word-limit", total_words, WORD_LIMIT, "words", _WORDS_HINT),
        ("near-oov-limit", oov_words, OOV_LIMIT, "out-of-vocabulary words", _OOV_HINT),
    ):
        if _NEAR_LIMIT * limit < count <= limit:
            message = f"{count:,} {what}: {count / limit:.0%} of the {limit:,} that a model takes."
            found.append(Problem("note", code, message, hint, name))
    return found


def check_limits(total_words: int, oov_words: int, *, name: str = "") -> list[Problem]:
    """Whether a custom model takes so many words, from all its corpora, grammars and word lists.

    >>> check_limits(10_000_000, 90_000)
    []
    >>> print(check_limits(20, 90_001)[0])
    error: 90,001 out-of-vocabulary words; a model takes 90,000. Remove rare or misspelled ones.
    """
    found = []
    if total_words > WORD_LIMIT:
        found.append(
            Problem(
                "error", "too-many-words", f"{total_words:,} words; a model takes {WORD_LIMIT:,}.",
                _WORDS_HINT, name,
            )
        )  # fmt: skip
    if oov_words > OOV_LIMIT:
        found.append(
            Problem(
                "error", "too-many-oov-words",
                f"{oov_words:,} out-of-vocabulary words; a model takes {OOV_LIMIT:,}.",
                _OOV_HINT, name,
            )
        )  # fmt: skip
    return found


def check_corpus_name(name: str, existing: Collection[str] = ()) -> list[Problem]:
    """Whether a corpus (or grammar) of a model may have this name.

    Args:
        name: the name asked for.
        existing: names of the corpora and grammars the model has.

    >>> [str(problem) for problem in check_corpus_name("user")]
    ["error: The name 'user' is reserved. Choose another one: user-corpus"]
    >>> check_corpus_name("healthcare")
    []
    """
    if not name:
        return [Problem("error", "empty-name", "A corpus needs a name.", "Call it healthcare.")]
    found = []
    if len(name) > _LONGEST_NAME:
        message = f"The name has {len(name)} characters; {_LONGEST_NAME} are allowed."
        hint = f"Shorten it, e.g. {name[:24]}"
        found.append(Problem("error", "name-too-long", message, hint))
    if name in _RESERVED_NAMES:
        message = f"The name {name!r} is reserved."
        found.append(
            Problem("error", "reserved-name", message, f"Choose another one: {name}-corpus")
        )
    if name in existing:
        message = f"The model has a corpus or grammar {name!r} already."
        hint = f"Choose another name, e.g. {name}-2, or overwrite it: allow_overwrite=True"
        found.append(Problem("error", "name-exists", message, hint))
    if quote(name, safe="") != name:
        safe = re.sub(r"[^A-Za-z0-9._~-]+", "-", name).strip("-") or "corpus"
        message = f"The name {name!r} must be encoded in an address."
        found.append(Problem("warning", "name-not-url-safe", message, f"Easier: {safe}"))
    return found
