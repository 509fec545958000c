"""The kinds of findings that lint tells, by their codes.

>>> LINT_CODES["emoji"]
'a picture that nobody says'
>>> check_codes(["emoji"])
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sttprep.errors import CorpusError

__all__ = ["LINT_CODES", "check_codes"]

LINT_CODES: Mapping[str, str] = {
    "control-character": "a character that nobody sees, from another program",
    "duplicate-line": "a line that stands there already",
    "e-mail-address": "an address that is not spelled as it is said",
    "emoji": "a picture that nobody says",
    "encoding-damage": "letters that were read in the wrong encoding",
    "file-name": "the name of a file",
    "ill-formed-markup": "mark-up without its other half",
    "inconsistent-capitalization": "a word that is spelled in several ways",
    "invisible-character": "a soft hyphen, a space of no width, a mark of direction",
    "letters-and-digits": "a word with digits, which becomes a word as it stands",
    "line-in-capitals": "a line in capitals",
    "long-line": "a line far longer than the others",
    "long-word": "letters without a blank",
    "markup": "HTML, Markdown, wiki mark-up or LaTeX",
    "mixed-scripts": "a word with letters of two scripts",
    "multipart-boundary": "what is left of an upload",
    "near-duplicate-line": "a line that is nearly an earlier one",
    "near-duplicates-not-sought": "the corpus is large; ask for near-duplicate lines",
    "near-oov-limit": "out-of-vocabulary words: nearly as many as a model takes",
    "near-word-limit": "words: nearly as many as a model takes",
    "no-letters": "a line without letters",
    "not-utf-8": "the service takes UTF-8 only",
    "number-reading": "a number that is read aloud otherwise than it is said",
    "other-language": "a line in another language",
    "other-script": "words in another script",
    "several-names-on-a-line": "a list of names; each belongs on a line of its own",
    "several-sentences-on-a-line": "sentences that belong on lines of their own",
    "speaker-label": "who speaks, in front of what is said",
    "table-row": "a row of a table",
    "timestamp": "a time code of subtitles or a transcript",
    "too-many-oov-words": "more out-of-vocabulary words than a model takes",
    "too-many-words": "more words than a model takes",
    "web-address": "an address that is not spelled as it is said",
}
"""What each kind of finding is about."""


def check_codes(codes: Iterable[str]) -> None:
    """Make sure that all of these are codes of findings.

    Raises:
        CorpusError: one is none; the hint names the nearest.

    >>> check_codes(["mark-up"])
    Traceback (most recent call last):
    sttprep.errors.CorpusError: 'mark-up' is no kind of finding. Did you mean markup?
    """
    from difflib import get_close_matches

    for code in codes:
        if code not in LINT_CODES:
            near = get_close_matches(code, LINT_CODES, n=1, cutoff=0.5)
            raise CorpusError(
                f"{code[:80]!r} is no kind of finding.",
                hint=f"Did you mean {near[0]}?"
                if near
                else "sttprep corpus lint --help lists them, e.g. duplicate-line.",
            )
