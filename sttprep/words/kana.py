"""Sounds-likes of Japanese: full-width Katakana with the syllables the service knows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from sttprep.source import Severity

__all__ = ["CONTRACTED", "GEMINABLE", "is_katakana", "kana_findings", "to_katakana"]

CONTRACTED = frozenset(
    re.findall(
        r"\w+",
        """
        イェ ウィ ウェ ウォ キィ キャ キュ キョ ギャ ギュ ギョ クァ クィ クェ クォ グァ グォ シィ
        シェ シャ シュ ショ ジィ ジェ ジャ ジュ ジョ スィ ズィ チェ チャ チュ チョ ヂェ ヂャ ヂュ
        ヂョ ツァ ツィ ツェ ツォ ティ テュ ディ デャ デュ デョ トゥ ドゥ ニェ ニャ ニュ ニョ ヒャ
        ヒュ ヒョ ビャ ビュ ビョ ピィ ピャ ピュ ピョ ファ フィ フェ フォ フュ ミャ ミュ ミョ リィ
        リェ リャ リュ リョ ヴァ ヴィ ヴェ ヴォ ヴュ
        """,
    )
)
"""The 81 contracted sounds (拗音): every other use of a small vowel or ャ, ュ, ョ is refused."""

GEMINABLE = frozenset(
    re.findall(
        r"\w+",
        """
        バ ビ ブ ベ ボ チ チェ チャ チュ チョ ダ デ ディ ド ドゥ フ ファ フィ フェ フォ ガ ギ グ
        ゲ ゴ ハ ヒ ヘ ホ ジ ジェ ジャ ジュ ジョ カ キ ク ケ コ キャ キュ キョ パ ピ プ ペ ポ ピャ
        ピュ ピョ サ ス セ ソ シ シェ シャ シュ ショ タ テ ト ツ ザ ズ ゼ ゾ
        """,
    )
)
"""The 67 syllables that may follow a small ッ (促音)."""

_SMALL = frozenset("ァィゥェォャュョヮヵヶ")
_LONG_MARK = "ー"
_BLANKS = " \u3000"
# Syllables that end in /o/; before ウー the service cannot tell the two readings apart.
_ENDS_IN_O = frozenset("オコソトノホモヨロヲゴゾドボポォョ")

_Finding = tuple[str, int, int, str, str | None, Severity]


def is_katakana(character: str) -> bool:
    """A full-width Katakana letter or the lengthening mark (not the middle dot ・)."""
    return "\u30a1" <= character <= "\u30fa" or character == _LONG_MARK


def to_katakana(text: str) -> str:
    """The text with Hiragana and half-width Katakana turned into full-width Katakana.

    >>> to_katakana("ｶﾞﾘﾚｵ"), to_katakana("とうきょう")
    ('ガリレオ', 'トウキョウ')
    """
    wide = unicodedata.normalize("NFKC", text)
    return "".join(
        chr(ord(character) + 0x60) if "\u3041" <= character <= "\u3096" else character
        for character in wide
    )


def kana_findings(text: str, generation: str) -> Iterator[_Finding]:
    """Broken rules: code, start, end, message, hint (None: make an example), severity."""
    for place, character in enumerate(text):
        here = (place, place + 1)
        before = text[place - 1] if place else ""
        if character == "\u2015":
            # The page prints this bar in the rule and ー in every example.
            yield (
                "sounds-like-lengthening", *here,
                "The bar U+2015 stands where the lengthening mark ー (U+30FC) is meant.",
                f"Write '{text.replace(character, _LONG_MARK)}'.", "warning",
            )  # fmt: skip
        elif unicodedata.category(character).startswith("N"):
            continue  # reported as a number
        elif generation == "next" and character in _BLANKS:
            continue  # "multiple words that are separated by spaces", for any language
        elif not is_katakana(character):
            yield (
                "sounds-like-letter", *here,
                f"'{character}' is not a full-width Katakana character.", None, "error",
            )  # fmt: skip
        elif character == "ン" and (not before or before in _BLANKS):
            yield (
                "sounds-like-start", *here,
                "A sounds-like must not start with ン.",
                "For example, use 'ウーント' instead of 'ンート'.", "error",
            )  # fmt: skip
        elif character == "ッ":
            yield from _geminate(text, place)
        elif character in _SMALL and before + character not in CONTRACTED:
            yield (
                "sounds-like-contracted", *here,
                f"'{before}{character}' is not one of the contracted sounds that can be used.",
                "Write it with full-size characters or another contracted sound, for example "
                "'キャ'.", "error",
            )  # fmt: skip
        elif (
            generation == "next"
            and character == "ウ"
            and text[place + 1 : place + 2] == _LONG_MARK
            and before in _ENDS_IN_O
            and before
        ):
            shorter = text[: place + 1] + "ウ" + text[place + 2 :]
            yield (
                "sounds-like-lengthening", place, place + 2,
                f"'ウー' is ambiguous after '{before}', which ends in the phoneme /o/.",
                f"Use 'ウウ' or just 'ウ', for example '{shorter}'.", "error",
            )  # fmt: skip


def _geminate(text: str, place: int) -> Iterator[_Finding]:
    syllable = text[place + 1 : place + 2].strip()
    if not syllable:
        yield (
            "sounds-like-geminate", place, place + 1,
            "A sounds-like must not end with the small ッ.",
            f"Write '{text[:place] or 'カ'}' or '{text[:place] or 'カ'}ット'.", "error",
        )  # fmt: skip
        return
    if text[place + 2 : place + 3] in _SMALL:
        syllable = text[place + 1 : place + 3]
    if syllable not in GEMINABLE and is_katakana(syllable[0]):
        yield (
            "sounds-like-geminate", place, place + 1 + len(syllable),
            f"'{syllable}' cannot follow the small ッ.",
            "Use one of the syllables that can, for example 'カット' or 'マッチャ'.", "error",
        )  # fmt: skip
