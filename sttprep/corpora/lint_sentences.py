r"""Lines that are not one sentence: several sentences, lists of names, tables, headings …

>>> rules = sentence_rules("en-US")
>>> [(found.code, found.start) for rule in rules for found in rule("Take it. Then rest.")]
[('several-sentences-on-a-line', 7)]
>>> rules = heading_rules({"what", "are", "side", "effects"})
>>> [found.replacement for rule in rules for found in rule("WHAT ARE SIDE EFFECTS OF MVD?")]
['What are side effects OF MVD?']
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import partial

from sttprep.corpora.lint_found import SAME_LINE, Found, Rule, delete, mended
from sttprep.corpora.numerals import base_language
from sttprep.corpora.tokenize import is_address, tokenizer

__all__ = ["CANDIDATES", "CANDIDATES_AT_START", "LONGEST_WORD", "heading_rules", "sentence_rules"]

LONGEST_WORD = 40
"""Characters IBM takes in a sounds-like; no spoken word is longer."""
_NO_WORD = 100  # characters; nothing so long is a word with its blanks forgotten, either

CANDIDATES = (
    r"[.!?][\"'”’)\]]*\s+[\"'“‘(\[]*[A-Z\x80-\U0010ffff]"
    r"|[^A-Z\W][.!?][A-Z][a-z]|[。！？]|\S{41}|\t|\|[^|]*\|| {3}.*\S {3}"
)
"""A line that none of `sentence_rules` can be about does not match this."""
_UPPER, _LOWER = "A-ZÀ-ÖØ-ÞĀ-ſΑ-ΩА-ЯЁ", "a-zß-öø-ÿα-ωа-яё"
# Accents and joiners alone are letters for Rust, not for Python.
_NO_LETTER = "[\\W\\d_\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\u200c\u200d]"
_NO_LETTERS = rf"^{_NO_LETTER}*\d{_NO_LETTER}*$"
CANDIDATES_AT_START = (
    r"^\s*(?:[^\sa-z][^\s,;]*\s+){1,3}[^\sa-z][^\s,;]*\s*[,;]"
    rf"|^[^{_LOWER}]*[{_UPPER}]{{2}}[^{_LOWER}]*$|{_NO_LETTERS}"
    r"|^\s*[A-Z][^:]{0,40}:\s"
)
"""A line that none of `heading_rules` can be about does not match this; the first characters of
most lines decide it."""

# Their period ends no sentence.
_ABBREVIATIONS = frozenset(
    """
    dr mr mrs ms prof st jr sr vs fig figs vol pp ed eds etc inc ltd co corp dept est gen
    gov hon rep sen rev sgt capt col lt al approx ca cf e.g i.e viz jan feb mar apr jun jul
    aug sep sept oct nov dec mt ft bd bzw dra sra srta sig nr str usw mme mlle
    """.split()  # noqa: SIM905
)
_ABBREVIATIONS_OF = {
    language: frozenset(listed.split())
    for language, listed in {
        "de": "abb abs art bzgl evtl geb ggf hrsg inkl kap tel vgl zzgl frl hr fr dipl ing",
        "es": "av avda cap ee gral núm pág págs uds uu ud tte ing",
        "fr": "adj apr apt av chap éd env hab tél",
        "it": "arch avv dott geom ing rag sigg ecc pag pagg art cap",
        "nl": "blz dhr drs ir mevr mw bijv enz ing",
        "pt": "av cap eng exmo exma séc apto pág tel",
    }.items()
}
_SENTENCE_END = re.compile(r"""([.!?])["'”’)\]]*(\s+)["'“‘(\[]*(?=\w)""")
_MISSING_BLANK = re.compile(r"(?<=[^\W\d_A-Z]{2})[.!?](?=[A-Z][a-z])")
_IS_NO_LETTERS = re.compile(_NO_LETTERS).search
_TAG = re.compile(r"<[^<>]*>")
_EAST_ASIAN_END = re.compile(r"[。！？]+[」』）)]*(?=\w)")
_NAME = r"[^\W\d_a-z][^\W\d_A-Z]+(?:[-'’][^\W\d_]+)*"
_BETWEEN = r"(?:\s*[,;]\s*(?:and\s+)?|\s+and\s+)"
# Two words or more make a name; two such groups or more make a list of them.
_NAMES = re.compile(rf"{_NAME}(?:\s+{_NAME}){{1,3}}(?:{_BETWEEN}{_NAME}(?:\s+{_NAME}){{1,3}})+\.?")
_BETWEEN_NAMES = re.compile(_BETWEEN)
# Each begins where a run of blanks begins, so that a long run is walked once.
_CELLS = re.compile(r"(?<!\s)\s*[\t|]\s*|(?<!\s)\s{3,}")
_ROLES = (
    "Speaker|Interviewer|Interviewee|Doctor|Physician|Patient|Nurse|Therapist|Agent|Customer|"
    "Caller|Operator|Moderator|Participant|Client|Host|Guest|Narrator|Unknown"
)
_LABEL = re.compile(
    rf"\s*((?P<role>(?:{_ROLES})(?:\s?\#?(?:\d+|[A-Z]))?)|[A-Z][A-Z.'’-]+(?:\s[A-Z\d.'’-]+){{0,2}}"
    rf"|(?:Dr|Mr|Mrs|Ms|Prof)\.\s[A-Z][\w'’-]+|[QA])\s*(?:\([^()]*\))?:\s+(?=\S)",
)
_NO_SPEAKER = frozenset(
    """
    NOTE WARNING CAUTION IMPORTANT TIP SOURCE FIGURE TABLE EXAMPLE REMEMBER ATTENTION ALERT
    DANGER HINT UPDATE SUMMARY RESULTS CONCLUSION BACKGROUND METHODS
    """.split()  # noqa: SIM905
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Written without blanks between words: a run of letters is a sentence there, not a word.
_UNSPACED = frozenset({"ja", "zh", "th", "lo", "km", "my"})


def sentence_rules(language: str) -> list[Rule]:
    """The rules about lines that match `CANDIDATES`, for one language.

    Raises:
        CorpusError: ``language`` is no language tag.
    """
    base = base_language(language)
    rules: list[Rule] = [partial(_several_sentences, base), _table_row]
    if base in ("ja", "zh"):
        rules.append(_east_asian_sentences)
    if base not in _UNSPACED:
        rules.append(_LongWords(language))
    return rules


def heading_rules(lexicon: Container[str] | None) -> list[Rule]:
    """The rules about lines that match `CANDIDATES_AT_START`.

    Args:
        lexicon: lower-case words; tells headings in capitals from lists of acronyms.
    """
    return [_names, _no_letters, _speaker_label, _Capitals(lexicon)]


def _sentence_break(start: int, end: int, blank: tuple[int, int]) -> Found:
    return mended(
        Found(
            start, end, "warning", "several-sentences-on-a-line",
            "a second sentence begins on this line; the model learns a wrong transition.",
            "Start each sentence on its own line.", SAME_LINE,
        ),
        "\n", "Start a new line", blank,
    )  # fmt: skip


def _several_sentences(language: str, text: str) -> Iterator[Found]:
    """Places where a second sentence begins.

    Args:
        language: its base language, which has abbreviations of its own.
        text: the line.
    """
    abbreviations = _ABBREVIATIONS | _ABBREVIATIONS_OF.get(language, frozenset())
    for match in _SENTENCE_END.finditer(text):
        if not text[match.end()].isupper():
            continue
        before = text[max(0, match.start() - LONGEST_WORD) : match.start()]
        words = _TAG.sub(" ", before).split()
        if not words:
            continue
        last = words[-1].strip("\"'“‘([").lower()
        # Initials ("J. Smith", "the U.S. Army") and abbreviations end in a period of their own.
        short = last.replace("’", "'").rpartition("'")[2]  # l'ing. Neri
        initial = len(last) == 1 or "." in last or short in abbreviations
        # A German ordinal number has a period: "12. Januar".
        initial = initial or (language == "de" and len(last) < 3 and last.isdecimal())
        if match[1] == "." and (initial or not any(map(str.isalnum, last))):
            continue
        yield _sentence_break(match.start(1), match.start(1) + 1, match.span(2))
    for match in _MISSING_BLANK.finditer(text):
        word = text[max(0, match.start() - 200) : match.end() + 2].split()[-1]
        if not is_address(word):
            yield _sentence_break(match.start(), match.end(), (match.end(), match.end()))


def _east_asian_sentences(text: str) -> Iterator[Found]:
    for match in _EAST_ASIAN_END.finditer(text):
        yield _sentence_break(*match.span(), (match.end(), match.end()))


def _names(text: str) -> Iterator[Found]:
    stripped = text.strip()
    if ("," in text or ";" in text) and _NAMES.fullmatch(stripped):
        start = text.index(stripped)
        found = Found(
            start, start + len(stripped), "warning", "several-names-on-a-line",
            "several names stand on one line.",
            "Write each full name on its own line: Malcolm Ingersol",
        )  # fmt: skip
        yield mended(found, _BETWEEN_NAMES.sub("\n", stripped), "Give each name its own line")


def _table_row(text: str) -> Iterator[Found]:
    stripped = text.strip()
    if "\t" not in stripped and stripped.count("|") < 2 and "   " not in stripped:
        return
    separators = [match[0].strip(" ") for match in _CELLS.finditer(stripped)]
    tabs, bars = separators.count("\t"), sum("|" in one for one in separators)
    if not (tabs or bars > 1 or (len(separators) > 1 and not bars)):
        return
    cells = [cell for cell in _CELLS.split(stripped) if any(map(str.isalnum, cell))]
    start = text.index(stripped)
    message = "a row of a table is no sentence; its cells become one."
    end = start + len(stripped)
    if not cells:
        if bars:  # the rule under the heads of a Markdown table: |---|---|
            yield delete(
                text, start, end, "warning", "table-row", message, "Delete it.",
                title="Delete the line",
            )  # fmt: skip
        return
    if len(cells) == 1 and not bars:
        return
    hint = "Write it as it is spoken, or give each cell its own line."
    found = Found(start, start + len(stripped), "warning", "table-row", message, hint)
    yield mended(found, "\n".join(cells), "Give each cell its own line")


def _no_letters(text: str) -> Iterator[Found]:
    if not _IS_NO_LETTERS(text):
        return
    stripped = text.strip()
    start = text.index(stripped)
    yield delete(
        text, start, start + len(stripped), "note", "no-letters",
        "a line of numbers alone, such as a page number; it is read aloud like a sentence.",
        "Delete it, or write it as it is spoken.", title="Delete the line",
    )  # fmt: skip


def _speaker_label(text: str) -> Iterator[Found]:
    match = _LABEL.match(text)
    if match is None or match[1].split()[0] in _NO_SPEAKER:
        return
    label = match[1]
    role = match["role"] or re.fullmatch(rf"(?:{_ROLES})\b.*", label, re.I)
    found = Found(
        match.start(1), text.index(":", match.end(1)) + 1, "warning", "speaker-label",
        f"the label {label!r} says who speaks; it is not spoken, but becomes words.",
        "Delete it.", label, weak=not role,
    )  # fmt: skip
    yield mended(found, "", "Delete the label", (match.start(1), match.end()))


class _LongWords:
    """Words that nobody says as one word."""

    def __init__(self, language: str) -> None:
        self.tokens_of = tokenizer(language)

    def __call__(self, text: str) -> Iterator[Found]:
        if not re.search(r"\S{41}", text):
            return
        end = 0
        for token in self.tokens_of(text):
            if len(token) <= LONGEST_WORD or is_address(token):
                continue
            start = max(text.find(token, end), 0)
            end = start + len(token)
            message = f"a word of {len(token):,} characters; nobody says it as one word."
            if text[start:end] == token and len(token) > _NO_WORD:
                yield delete(
                    text, start, end, "warning", "long-word", message, "Delete it.",
                    title="Delete the word",
                )  # fmt: skip
            else:
                hint = "Put the missing blanks, or delete it."
                yield Found(start, end, "warning", "long-word", message, hint)


class _Capitals:
    """Headings in capitals, which spell each unknown word in capitals."""

    def __init__(self, lexicon: Container[str] | None) -> None:
        self.lexicon = lexicon

    def __call__(self, text: str) -> Iterator[Found]:
        if not text.isupper():
            return
        words = _WORD.findall(text)
        # Acronyms are shorter, and a line of them is no heading.
        known = [word for word in words if len(word) > 3 and self._knows(word)]
        if len(known) < 2 or 2 * len(known) < sum(len(word) > 3 for word in words):
            return
        stripped = text.strip()
        start = text.index(stripped)
        found = Found(
            start, start + len(stripped), "note", "line-in-capitals",
            "a line in capitals; each unknown word in it becomes another word in capitals.",
            "Write it as in a sentence.",
        )  # fmt: skip
        if self.lexicon is None:
            yield found
            return
        lowered = _WORD.sub(
            lambda match: match[0].lower() if self._lowers(match[0]) else match[0], stripped
        )
        first = _WORD.search(lowered)
        if first is not None:
            at = first.start()
            lowered = lowered[:at] + lowered[at].upper() + lowered[at + 1 :]
        yield mended(found, lowered, "Write it as in a sentence")

    def _knows(self, word: str) -> bool:
        return self.lexicon is None or word.lower().replace("’", "'") in self.lexicon

    def _lowers(self, word: str) -> bool:
        return word == "A" or (len(word) > 1 and self._knows(word))
