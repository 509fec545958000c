"""What the spelling and the display of a word may hold, and how long it and sounds-likes may be.

>>> from sttprep.words.languages import rules_for
>>> [problem.code for problem in judge_name(Word("AT&T"), rules_for("en-US"))]
['word-url-encoding']
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from sttprep.source import Problem
from sttprep.words.entry import Word
from sttprep.words.languages import SoundsLikeRules

__all__ = ["judge_display", "judge_length", "judge_name", "shortened"]

# Characters that stand unescaped in a URL path segment besides letters and digits (RFC 3986,
# section 2.3), and the apostrophe, which section 3.3 allows there.
_URL_SAFE = re.compile(r"[^A-Za-z0-9._~'\-]")
# Begin and end of a sentence, unknown word, silence: ARPA files and recognizers know them by these.
_RESERVED = frozenset({"<s>", "</s>", "<unk>", "<sil>"})

# Letters of one word; longer ones get no pronunciation (`sttprep.words.reading.MOST_LETTERS`).
_SAYABLE = 100


def judge_name(word: Word, rules: SoundsLikeRules) -> Iterator[Problem]:
    """What is wrong or doubtful about the spelling of a word."""
    text = word.word
    if not text.strip():
        yield Problem("error", "word-empty", "The word is empty.", "Give its spelling.")
        return
    for character in text:
        category = unicodedata.category(character)
        if category in ("Cc", "Cs"):
            what = "the control character" if category == "Cc" else "half of a character,"
            yield Problem(
                "error",
                "word-control-character",
                f"The word holds {what} U+{ord(character):04X}.",
                f"Remove it, for example '{_printable(text)}'."
                if _printable(text)
                else "Remove it.",
            )
            return
    hidden = next((character for character in text if _invisible(character)), "")
    if hidden or text != text.strip():
        shown = "".join(character for character in text if not _invisible(character)).strip()
        yield Problem(
            "warning",
            "word-invisible",
            f"The word holds the invisible character U+{ord(hidden):04X}."
            if hidden
            else "The word begins or ends with a blank.",
            f"Write it as '{shown}': for the service the two are different words.",
        )
    if text.lower() in _RESERVED:
        yield Problem(
            "warning",
            "word-reserved",
            f"Language models write '{text}' for something that is not a word.",
            f"Spell it another way, for example '{re.sub('[^A-Za-z]', '', text)}'.",
        )
    if rules.generation == "next" and re.search(r"\s", text):
        # One section says that such words cannot exist, another only that they should not.
        yield Problem(
            "error",
            "word-space",
            "Words of next-generation models must not contain spaces.",
            f"Connect the parts, for example '{'-'.join(text.split())}'.",
        )
    unsafe = dict.fromkeys(
        character for character in _URL_SAFE.findall(text) if character.isascii()
    )
    if unsafe:
        shown = ", ".join("a space" if character == " " else character for character in unsafe)
        yield Problem(
            "warning",
            "word-url-encoding",
            f"The word contains characters that need URL-encoding: {shown}.",
            f"Spell it without them, or write it as '{word.url}' in addresses.",
        )
    elif rules.language not in ("ja", "ko", "zh") and _URL_SAFE.search(text):
        yield Problem(
            "note",
            "word-url-encoding",
            "The word is not plain ASCII and must be URL-encoded as UTF-8 in addresses.",
            f"Write it there as '{word.url}'.",
        )
    if rules.language == "ja" and rules.generation == "next":
        yield from judge_length(text, rules, "word")
    elif (longest := max(map(len, text.split()))) > _SAYABLE:
        yield Problem(
            "warning",
            "word-length",
            f"A word of {longest:,} letters; nobody says it as one word.",
            "Look whether blanks were lost, and add its parts as words of their own.",
        )


def _invisible(character: str) -> bool:
    """Unusual blanks and format characters; not the joiners that some scripts need."""
    category = unicodedata.category(character)
    return (category == "Cf" and character not in "\u200c\u200d") or (
        category in ("Zs", "Zl", "Zp") and character not in " \u3000"
    )


def _printable(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cs")).strip()


def judge_display(word: Word, rules: SoundsLikeRules) -> Iterator[Problem]:
    """What is doubtful about the display of a word."""
    shown = word.display_as or ""
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in shown):
        yield Problem(
            "warning",
            "display-as-control-character",
            "display_as contains a line break or another control character.",
            "Transcripts show it as it is; write it on one line.",
        )
    if shown and rules.language == "en" and word.word.lower() in _NUMBER_WORDS:
        yield Problem(
            "note",
            "display-as-number",
            f"Smart formatting turns '{word.word}' into digits before display_as is applied.",
            "Define the same display_as for the number in digits too, if you use smart formatting.",
        )


_NUMBER_WORDS = frozenset(
    re.findall(
        r"\w+",
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy "
        "eighty ninety hundred thousand million billion",
    )
)


def judge_length(text: str, rules: SoundsLikeRules, what: str) -> Iterator[Problem]:
    """Whether a ``word`` or ``sounds-like`` is too long."""
    # "Not including spaces" on one page, "not including leading or trailing spaces" on another:
    # the milder reading.
    length = len(re.sub(r"\s", "", unicodedata.normalize("NFC", text)))
    if length > rules.limit:
        treated = (
            " The service would treat the word as if it came from a corpus."
            if rules.advised
            else ""
        )
        yield Problem(
            "error",
            f"{what}-length",
            f"{length} characters (blanks not counted); a {what.replace('-', '_')} can have at "
            f"most {rules.limit}.{treated}",
            "Shorten it, for example by adding its parts as words of their own.",
        )
    elif rules.advised and length > rules.advised:
        yield Problem(
            "warning",
            f"{what}-length",
            f"{length} characters; at most {rules.advised} are recommended.",
            "Shorten it for the most effective training.",
        )


def shortened(text: str, limit: int) -> str:
    """The first words of a text that fit into ``limit`` characters, blanks not counted.

    >>> shortened("hilton honors diamond member", 20)
    'hilton honors diamond'
    >>> shortened("antidisestablishmentarianism", 20)
    'antidisestablishment'
    """
    kept: list[str] = []
    for word in text.split():
        if sum(map(len, kept)) + len(word) > limit:
            break
        kept.append(word)
    return " ".join(kept) or text.split()[0][:limit]
