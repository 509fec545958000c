"""What in a corpus would harm a model: the guidelines of IBM's page, checked.

Clean text gives no finding.

>>> from sttprep.corpora.corpus import Corpus
>>> Corpus.from_text("Take metformin daily.\\n", "demo").lint()
[]
>>> text = "Take it. Then rest.\\n--------------------------6d1f1c2a\\n"
>>> [(problem.line, problem.code) for problem in Corpus.from_text(text, "demo").lint()]
[(1, 'several-sentences-on-a-line'), (2, 'multipart-boundary')]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Container, Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from sttprep.corpora.numerals import base_language
from sttprep.corpora.oov import find_oov
from sttprep.corpora.tokenize import is_address
from sttprep.corpora.verbalize import ADDRESS
from sttprep.data import stock_words
from sttprep.source import Problem, Severity, Span

if TYPE_CHECKING:
    from sttprep.corpora.corpus import Corpus, Sentence

__all__ = ["OOV_LIMIT", "WORD_LIMIT", "check_corpus_name", "check_limits", "lint"]

OOV_LIMIT = 90_000
"""Out-of-vocabulary words a custom language model takes, from all sources together."""
WORD_LIMIT = 10_000_000
"""Total words a custom language model takes, from all sources together."""

_LONGEST_NAME = 128  # characters of a corpus name
_RESERVED_NAMES = {"user", "base_lm", "default_lm"}
_LONGEST_WORD = 40  # characters IBM takes in a sounds-like; no spoken word is longer
_SHOWN_PER_CODE = 100  # findings of one kind; what is left is counted in one more finding

# Their period ends no sentence.
_ABBREVIATIONS = frozenset(
    """
    dr mr mrs ms prof st jr sr vs fig figs vol pp ed eds etc inc ltd co corp dept est gen
    gov hon rep sen rev sgt capt col lt al approx ca cf e.g i.e viz jan feb mar apr jun jul
    aug sep sept oct nov dec mt ft bd bzw dra sra srta sig nr str usw mme mlle
    """.split()  # noqa: SIM905
)
_SENTENCE_END = re.compile(r"""([.!?])["'”’)\]]*\s+["'“‘(\[]*(?=\w)""")
_MISSING_BLANK = re.compile(r"(?<=[^\W\d_A-Z]{2})[.!?](?=[A-Z][a-z])")
_NAME = r"[^\W\d_a-z][^\W\d_A-Z]+(?:[-'’][^\W\d_]+)*"
# Two words or more make a name; three such groups or more make a list of them.
_NAMES = re.compile(
    rf"{_NAME}(?:\s+{_NAME}){{1,3}}(?:\s*[,;]\s*(?:and\s+)?{_NAME}(?:\s+{_NAME}){{1,3}})+\.?"
)
_TAGS = (
    "a|abbr|article|b|big|blockquote|body|br|center|code|div|em|font|footer|form|h[1-6]|head|"
    "header|hr|html|i|iframe|img|input|label|li|link|main|meta|nav|ol|option|p|pre|script|section|"
    "small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|title|tr|tt|u|ul"
)
_MARKUP = re.compile(
    rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>|<!--|-->|<!DOCTYPE[^<>]*>|&(?:[a-zA-Z]{{2,8}}|\#\d+|\#x[0-9a-fA-F]+);",
    re.I,
)
_COMPLETE_BRACKET = re.compile(r"<[^<>]*>")
_ILL_FORMED = re.compile(r"</?[^\W\d_]\w*|</|(?<!\w)/?\w++/?>")
_BOUNDARY = re.compile(
    r"--[-=]*+(?:WebKitFormBoundary\w+(?:--)?|(?=\D*+\d)[\w.=-]{8,})"
    r"|Content-(?:Disposition|Type|Transfer-Encoding|Length):.*",
    re.I,
)
_ADDRESS = re.compile(ADDRESS)
_FILE = re.compile(r"(?!www\.|10\.\d+/)[\w/-]+(?:\.[\w-]+)+", re.I)  # among the addresses
# UTF-8 read as Windows-1252 or Latin-1 once too often: "cafÃ©", "donâ€™t"; or lost for good.
_DAMAGE = re.compile(
    "[ÃÂ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u00bf™œ¦“”˜]|â\u0080.|\ufffd+"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]+")
_SUSPECT = re.compile(
    r"[<>&@/\x00-\x08\x0e-\x1f\x7f-\x9fÃÂâ\ufffd]|\w\.\w|--|www\.|Content-", re.I
).search


def lint(corpus: Corpus, lexicon: Container[str] | None = None) -> list[Problem]:
    """The findings about a corpus, in file order; findings about the whole corpus come last.

    At most 100 findings of one code are listed; one more says how many there are.

    Args:
        corpus: the text.
        lexicon: lower-case words of the base vocabulary, by default (for English) the stock
            lexicon's. Without one the capitalization and the out-of-vocabulary limit are not
            checked.
    """
    if lexicon is None and base_language(corpus.language) == "en":
        lexicon = stock_words()
    found: list[Problem] = []
    shown: Counter[str] = Counter()
    for problem in _findings(corpus, lexicon):
        shown[problem.code] += 1
        if shown[problem.code] <= _SHOWN_PER_CODE:
            found.append(problem)
    found.sort(key=lambda problem: (problem.line or 0, problem.column or 0, problem.code))
    name = corpus.source.name
    for code, count in sorted(shown.items()):
        if count > _SHOWN_PER_CODE:
            message = f"{count - _SHOWN_PER_CODE:,} more findings of this kind ({count:,} in all)."
            found.append(Problem("note", code, message, name=name))
    oov = len(find_oov([corpus], lexicon, contexts=0).words) if lexicon is not None else 0
    return found + check_limits(corpus.total_words, oov, name=name)


def _findings(corpus: Corpus, lexicon: Container[str] | None) -> Iterator[Problem]:
    for sentence in corpus.sentences:
        yield from _line_findings(corpus, sentence)
    yield from _duplicates(corpus)
    if lexicon is not None:
        yield from _capitalization(corpus, lexicon)


def _at(
    corpus: Corpus, sentence: Sentence, span: tuple[int, int],
    severity: Severity, code: str, message: str, hint: str,
) -> Problem:  # fmt: skip
    start = corpus.source.offset(sentence.line)
    return corpus.source.problem(
        severity, code, Span(start + span[0], start + span[1]), message, hint
    )


def _line_findings(corpus: Corpus, sentence: Sentence) -> Iterator[Problem]:
    text = sentence.text
    if (match := _BOUNDARY.fullmatch(text.strip())) is not None:
        start = text.index(match[0])
        yield _at(
            corpus, sentence, (start, start + len(match[0])), "warning", "multipart-boundary",
            "this line belongs to an HTTP upload, not to the text; its pieces become words.",
            "Delete it, and upload the text itself: --data-binary @corpus.txt",
        )  # fmt: skip
        return
    several = _several_sentences(text)
    if several is not None:
        yield _at(
            corpus, sentence, several, "warning", "several-sentences-on-a-line",
            "a second sentence begins on this line; the model learns a wrong transition.",
            "Start each sentence on its own line.",
        )  # fmt: skip
    if "," in text or ";" in text:
        stripped = text.strip()
        if _NAMES.fullmatch(stripped):
            start = text.index(stripped)
            yield _at(
                corpus, sentence, (start, start + len(stripped)), "warning",
                "several-names-on-a-line", "several names stand on one line.",
                "Write each full name on its own line: Malcolm Ingersol",
            )  # fmt: skip
    for token in sentence.tokens:
        if len(token) > _LONGEST_WORD and not is_address(token):
            start = max(text.find(token), 0)
            yield _at(
                corpus, sentence, (start, start + len(token)), "warning", "long-word",
                f"a word of {len(token)} characters; nobody says it as one word.",
                "Put the missing blanks, or delete it.",
            )  # fmt: skip
    if _SUSPECT(text):
        yield from _remnants(corpus, sentence)


def _several_sentences(text: str) -> tuple[int, int] | None:
    """The place after which a second sentence begins."""
    for match in _SENTENCE_END.finditer(text):
        if not text[match.end()].isupper():
            continue
        words = text[max(0, match.start() - _LONGEST_WORD) : match.start()].split()
        if not words:
            continue
        last = words[-1].strip("\"'“‘([").lower()
        # Initials ("J. Smith", "the U.S. Army") and abbreviations end in a period of their own.
        initial = len(last) == 1 or "." in last or last in _ABBREVIATIONS
        if match[1] == "." and (initial or not any(map(str.isalnum, last))):
            continue
        return match.start(1), match.start(1) + 1
    glued = _MISSING_BLANK.search(text)
    if glued is not None and not is_address(text[: glued.end()].split()[-1]):
        return glued.span()
    return None


def _remnants(corpus: Corpus, sentence: Sentence) -> Iterator[Problem]:
    """Addresses, mark-up, file names and damaged characters of one line."""
    text = sentence.text
    for match in _ADDRESS.finditer(text):
        if _FILE.fullmatch(match[0]):
            yield _at(
                corpus, sentence, match.span(), "note", "file-name",
                "a file name becomes a word of the model.",
                "Delete it, or write it as it is spoken: report dot pdf",
            )  # fmt: skip
            continue
        mail = "@" in match[0] and "://" not in match[0]
        what = "an e-mail address" if mail else "a web address"
        yield _at(
            corpus, sentence, match.span(), "warning",
            "e-mail-address" if mail else "web-address",
            f"{what} becomes a word of the model.",
            "Delete it, or write it as it is spoken: example dot com",
        )  # fmt: skip
    text = _ADDRESS.sub(lambda match: " " * len(match[0]), text)
    for match in _MARKUP.finditer(text):
        yield _at(
            corpus, sentence, match.span(), "warning", "markup", "mark-up is not spoken.",
            "Export the page as plain text.",
        )  # fmt: skip
    text = _COMPLETE_BRACKET.sub(lambda match: " " * len(match[0]), text)
    ill_formed = _ILL_FORMED.search(text)
    if ill_formed is not None:
        yield _at(
            corpus, sentence, ill_formed.span(), "warning", "ill-formed-markup",
            "a piece of a mark-up tag; its letters become words.", "Delete the whole tag.",
        )  # fmt: skip
    for match in _DAMAGE.finditer(text):
        yield _at(
            corpus, sentence, match.span(), "warning", "encoding-damage",
            "these characters were once another letter, read in a wrong encoding.",
            "Save the original file as UTF-8 again.",
        )  # fmt: skip
    for match in _CONTROL.finditer(text):
        yield _at(
            corpus, sentence, match.span(), "warning", "control-character",
            f"an invisible control character (U+{ord(match[0][0]):04X}).", "Delete it.",
        )  # fmt: skip


def _duplicates(corpus: Corpus) -> Iterator[Problem]:
    lines: dict[str, list[Sentence]] = {}
    for sentence in corpus.sentences:
        lines.setdefault(sentence.text.strip(), []).append(sentence)
    for same in lines.values():
        if len(same) > 1:
            times = f"{len(same)} times, first" if len(same) > 2 else "already"
            text = same[1].text
            start = len(text) - len(text.lstrip())
            yield _at(
                corpus, same[1], (start, len(text.rstrip())), "note", "duplicate-line",
                f"this line stands {times} on line {same[0].line}.",
                "Delete the copies, unless they shall weigh more.",
            )  # fmt: skip


def _capitalization(corpus: Corpus, lexicon: Container[str]) -> Iterator[Problem]:
    """Unknown words spelled in several ways; the words resource keeps each as a word of its own.

    A capital at the start of a line is no spelling of its own.
    """
    unknown = {word.word.lower() for word in find_oov([corpus], lexicon, contexts=0).words}
    spellings: dict[str, Counter[str]] = {}
    first: dict[str, Sentence] = {}
    for sentence in corpus.sentences:
        for position, token in enumerate(sentence.tokens):
            word = token.lower()
            if word not in unknown or (not position and token == token.capitalize()):
                continue
            spellings.setdefault(word, Counter())[token] += 1
            first.setdefault(token, sentence)
    for word, counts in spellings.items():
        if len(counts) < 2:
            continue
        ordered = sorted(counts, key=lambda token: (-counts[token], token != word, token))
        odd = ordered[1]
        sentence = first[odd]
        place = re.search(rf"(?<!\w){re.escape(odd)}(?!\w)", sentence.text)
        start = place.start() if place else 0
        listed = ", ".join(f"{token} ({counts[token]})" for token in ordered)
        yield _at(
            corpus, sentence, (start, start + len(odd)), "note", "inconsistent-capitalization",
            f"{word!r} is spelled in {len(counts)} ways: {listed}; each becomes a word.",
            f"Spell it {ordered[0]} throughout, if one word is meant.",
        )  # fmt: skip


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
                "Keep the sentences closest to what will be said.", name,
            )
        )  # fmt: skip
    if oov_words > OOV_LIMIT:
        found.append(
            Problem(
                "error", "too-many-oov-words",
                f"{oov_words:,} out-of-vocabulary words; a model takes {OOV_LIMIT:,}.",
                "Remove rare or misspelled ones.", name,
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
