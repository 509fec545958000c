r"""Characters that are not the ones meant: damage, invisible ones, look-alikes, other scripts.

>>> rule = character_rule("en-US")
>>> [(found.code, found.replacement) for found in rule("the cafÃ© on\u200b the cоrner 🙂")]
[('encoding-damage', 'é'), ('invisible-character', ''), ('mixed-scripts', 'corner'), ('emoji', '')]
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from sttprep.corpora.lint_found import Found, Rule, delete, mended
from sttprep.corpora.numerals import base_language

__all__ = ["candidates", "character_rule"]

# UTF-8 read as Windows-1252 or Latin-1 once too often ("cafÃ©", "donâ€™t", "Ð´Ð¾Ð¼"), or lost
# for good.
_TRAIL = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_DAMAGE = re.compile(
    f"(?:[ÃÂ][{_TRAIL}]|[âð][{_TRAIL}]{{2,3}}|[ÐÑ][{_TRAIL}](?=[ÐÑ])|(?<=[{_TRAIL}])[ÐÑ][{_TRAIL}])+"
    "|\ufffd+"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]+")
_JOINERS = "\u200c\u200d"
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]+"
)
_EMOJI_SIGN = (
    "\u2600-\u27bf\u231a\u231b\u23e9-\u23fa\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55"
    "\U0001f000-\U0001faff"
)
_EMOJI = re.compile(
    f"(?:[{_EMOJI_SIGN}][\ufe0e\ufe0f\u200d\u20e3\U000e0020-\U000e007f]*|[0-9#*]\ufe0f?\u20e3)+"
)
_RUN = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W_]+")

_LATIN = "A-Za-zªº\u00c0-\u024f\u0250-\u02ff\u1d00-\u1dbf\u1e00-\u1eff\ufb00-\ufb06"
_CYRILLIC = "\u0400-\u052f\u1c80-\u1c88\u2de0-\u2dff\ua640-\ua69f"
_GREEK = "\u0370-\u03ff\u1f00-\u1fff"
_HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003134f"
)
_KANA = "\u3031-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_WIDE = "\uff01-\uff5e"
_HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
_ARABIC = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
_HEBREW = "\u0590-\u05ff\ufb1d-\ufb4f"
_LANGUAGES_OF = {
    _LATIN: "en es fr de it pt nl sv da no nb nn fi pl cs sk sl hr ro hu tr et lv lt is ga cy ca "
    "gl eu id ms vi tl sw af sq",
    _CYRILLIC: "ru uk bg be mk",
    _GREEK: "el",
    _HAN + _WIDE: "zh",
    _HAN + _KANA + _WIDE: "ja",
    _HANGUL + _HAN + _WIDE: "ko",
    _ARABIC: "ar fa ur",
    _HEBREW: "he",
    "\u0900-\u097f": "hi mr ne",
    "\u0e00-\u0e7f": "th",
}
_SCRIPT = {code: script for script, codes in _LANGUAGES_OF.items() for code in codes.split()}
_RIGHT_TO_LEFT = {"ar", "fa", "ur", "he"}

# Letters of two scripts that look the same; after Unicode Technical Standard 39, confusables.txt.
_CYRILLIC_LIKE = "аеорсухіјѕԁһԛԝАВЕКМНОРСТУХІЈЅԚԜ"
_LATIN_LIKE = "aeopcyxijsdhqwABEKMHOPCTYXIJSQW"
_GREEK_LIKE = "οΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
_LATIN_LIKE_GREEK = "oABEZHIKMNOPTYX"
_TO_LATIN = str.maketrans(_CYRILLIC_LIKE + _GREEK_LIKE, _LATIN_LIKE + _LATIN_LIKE_GREEK)
_TO_CYRILLIC = str.maketrans(_LATIN_LIKE, _CYRILLIC_LIKE)
_TO_GREEK = str.maketrans(_LATIN_LIKE_GREEK, _GREEK_LIKE)
_LOOK_ALIKE = re.compile(
    f"[{_LATIN}][{_CYRILLIC_LIKE}{_GREEK_LIKE}]|[{_CYRILLIC_LIKE}{_GREEK_LIKE}][{_LATIN}]"
    f"|[{_CYRILLIC}][{_LATIN}]|[{_LATIN}][{_CYRILLIC}]|[{_CYRILLIC}][{_GREEK}]"
)

_ONLY_LATIN = re.compile(f"[{_LATIN}]+").fullmatch
_FEWEST_LATIN = 3  # words; fewer are a name or an abbreviation

# What a plain text of any language may hold beside its letters.
_PLAIN = (
    "\x09-\x0d\x20-\x7e\x85\u00a0-\u00ac\u00ae-\u00bf×÷\u0300-\u034e\u2000-\u200a\u2010-\u2027"
    "\u202f-\u205f\u2070-\u22ff\u2500-\u25ff\u3000-\u3004\u3008-\u3020\u3030"
)


def candidates(language: str) -> str:
    """A line that no rule here can be about does not match this regular expression.

    >>> bool(re.search(candidates("en"), "a naïve “word” – 5 µg"))
    False
    """
    script = _SCRIPT.get(base_language(language))
    damage = f"[ÃÂÐÑâð][{_TRAIL}]"
    if script is None:
        script = "".join(_LANGUAGES_OF)
    mixed = "" if script == _LATIN else f"|{_LOOK_ALIKE.pattern}|^[^{script}]*[A-Za-z][^{script}]*$"
    return f"[^{_PLAIN}{script}]|{damage}|[0-9#*]\ufe0f?\u20e3{mixed}|[\u231a\u231b\u23e9-\u23fa]"


def character_rule(language: str) -> Rule:
    """The rule about characters, for one language."""
    base = base_language(language)
    script = _SCRIPT.get(base)
    other = re.compile(f"[^\\W\\d_{script}]+") if script else None

    def rule(text: str) -> Iterator[Found]:
        if text.isascii() and script in (_LATIN, None):
            yield from _controls(text)
            return
        yield from _damage(text)
        yield from _controls(text)
        taken = [match.span() for match in _EMOJI.finditer(text)]
        for match in _INVISIBLE.finditer(text):
            inside = any(start <= match.start() < end for start, end in taken)
            if not inside and not _is_needed(match, base):
                yield _invisible(text, match)
        yield from _mixed(text, script)
        if other is not None:
            yield from _other_script(text, other, script or "")
        for start, end in taken:
            yield delete(
                text, start, end, "note", "emoji", "a symbol or emoji is not spoken.",
                "Delete it, or write what it stands for.", title="Delete it",
            )  # fmt: skip

    return rule


def _controls(text: str) -> Iterator[Found]:
    for match in _CONTROL.finditer(text):
        found = Found(
            *match.span(), "warning", "control-character",
            f"an invisible control character (U+{ord(match[0][0]):04X}).", "Delete it.",
        )  # fmt: skip
        yield mended(found, "", "Delete it")


def _damage(text: str) -> Iterator[Found]:
    matches = list(_DAMAGE.finditer(text))
    if not matches:
        return
    import ftfy

    for match in matches:
        lost = "\ufffd" in match[0]
        repaired = "" if lost else ftfy.fix_encoding(match[0])
        if repaired == match[0]:  # real letters after all: "IRMÃ…"
            continue
        found = Found(
            *match.span(), "warning", "encoding-damage",
            "a character was lost when the text was read in a wrong encoding." if lost
            else "these characters were once another letter, read in a wrong encoding.",
            "Save the original file as UTF-8 again.",
        )  # fmt: skip
        yield found if lost else mended(found, repaired, f"Write {repaired}")


def _is_needed(match: re.Match[str], base: str) -> bool:
    """Whether an invisible character does its work: joiners in scripts that need them."""
    if base in _RIGHT_TO_LEFT and all(c in "\u200c\u200d\u200e\u200f\u061c" for c in match[0]):
        return True
    text, start, end = match.string, match.start(), match.end()
    if any(character not in _JOINERS for character in match[0]):
        # A variation selector chooses a form of the Han character before it.
        return "\ufe00" <= match[0] <= "\ufe0f" and start > 0 and text[start - 1] >= "\u2e80"
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return any("\u0590" <= character <= "\u1cff" for character in around)


def _invisible(text: str, match: re.Match[str]) -> Found:
    character = match[0][0]
    name = unicodedata.name(character, "without a name").lower()
    found = Found(
        *match.span(), "warning", "invisible-character",
        f"an invisible character, {name} (U+{ord(character):04X}); the word with it is another "
        "word.",
        "Delete it.",
    )  # fmt: skip
    separates = character in "\u2028\u2029"
    return mended(found, " " if separates else "", "Write a blank" if separates else "Delete it")


def _mixed(text: str, script: str | None) -> Iterator[Found]:
    if not _LOOK_ALIKE.search(text):
        return
    for match in _WORD.finditer(text):
        word = match[0]
        if not _LOOK_ALIKE.search(word):
            continue
        scripts = sorted({_script_name(letter) for letter in word if letter.isalpha()})
        odd = [letter for letter in word if letter.isalpha()]
        minority = min(scripts, key=lambda name: sum(_script_name(one) == name for one in odd))
        letters = "".join(dict.fromkeys(one for one in odd if _script_name(one) == minority))
        found = Found(
            *match.span(), "warning", "mixed-scripts",
            f"{word!r} mixes {' and '.join(scripts)} letters ({letters} is {minority}); it is "
            "another word than the one it looks like.",
            "Type the word again in one script.", word,
        )  # fmt: skip
        tables = {_LATIN: _TO_LATIN, _CYRILLIC: _TO_CYRILLIC, _GREEK: _TO_GREEK}
        wanted = script if script in tables else _LATIN
        mend = word.translate(tables[wanted or _LATIN])
        letters_left = "".join(filter(str.isalpha, mend))
        if re.fullmatch(f"[{wanted}]+", letters_left):
            yield mended(found, mend, f"Write it in {_script_name(letters_left[0])} letters")
        else:
            yield found


def _other_script(text: str, other: re.Pattern[str], script: str) -> Iterator[Found]:
    runs = [
        match
        for match in other.finditer(text)
        if any(map(str.isalpha, match[0]))  # not only ² or ¼
        # Symbols of science: β-blocker, 5 μg, ℃.
        and (
            len(match[0]) > 1 or _script_name(match[0]) not in ("Greek", "Micro", "Ohm", "Angstrom")
        )
    ]
    if not runs:
        return
    letters = sum(map(str.isalpha, text))
    foreign = sum(len(match[0]) for match in runs)
    # In a language of another script single Latin words are common: COVID-19, MRI.
    latin = script != _LATIN and all(_ONLY_LATIN(match[0]) for match in runs)
    if latin and (foreign < letters or len(runs) < _FEWEST_LATIN):
        return
    name = _script_name(runs[0][0][0])
    towards = " (right to left)" if unicodedata.bidirectional(runs[0][0][0]) in ("R", "AL") else ""
    if 2 * foreign >= letters:
        stripped = text.strip()
        start = text.index(stripped)
        yield Found(
            start, start + len(stripped), "warning", "other-script",
            f"most letters of this line are {name}{towards}, unlike the language of the corpus.",
            "Delete the line, or move it to a corpus of its language.",
        )  # fmt: skip
        return
    for match in runs:
        if (script != _LATIN and _ONLY_LATIN(match[0])) or _is_joined(match, script):
            continue
        yield Found(
            *match.span(), "note", "other-script",
            f"{match[0]!r} is written in {name} letters{towards}; no reader of this language "
            "says it from them.",
            "Write it in the letters of the language.", match[0],
        )  # fmt: skip


def _is_joined(match: re.Match[str], script: str) -> bool:
    """Whether the run is part of a word in mixed scripts, which has a finding of its own."""
    text = match.string
    around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    return bool(re.search(f"[{script}]", around)) and bool(_LOOK_ALIKE.search(text))


def _script_name(letter: str) -> str:
    name = unicodedata.name(letter, "unknown").split()[0]
    return {"CJK": "Chinese", "MODIFIER": "modifier"}.get(name, name.capitalize())
