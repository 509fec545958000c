"""English words in Hangul, for the sounds-likes of Latin words in Korean models.

IBM's page on Korean corpora gives the word ``London`` the sounds-like ``런던``. The letters come
from the phones by the rules for English of the Korean orthography of loanwords (외래어 표기법,
chapter 3, section 1), with which words long at home in Korean may disagree.

>>> hangul(("L", "AH", "N", "D", "AH", "N"), "London")
'런던'
>>> hangul(("M", "AY", "K", "R", "OW", "S", "AO", "F", "T"), "Microsoft")
'마이크로소프트'
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["hangul"]

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_MEDIALS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"

# One vowel letter or two, the second a syllable of its own.
_VOWELS = {
    "AA": "ㅏ", "AE": "ㅐ", "AH": "ㅓ", "AO": "ㅗ", "AW": "ㅏㅜ", "AY": "ㅏㅣ", "EH": "ㅔ",
    "ER": "ㅓ", "EY": "ㅔㅣ", "IH": "ㅣ", "IY": "ㅣ", "OW": "ㅗ", "OY": "ㅗㅣ",
    "UH": "ㅜ", "UW": "ㅜ",
}  # fmt: skip
_SHORT = frozenset({"AA", "AE", "AH", "EH", "IH", "UH"})
_ONSETS = {
    "B": "ㅂ", "CH": "ㅊ", "D": "ㄷ", "DH": "ㄷ", "F": "ㅍ", "G": "ㄱ", "HH": "ㅎ", "JH": "ㅈ",
    "K": "ㅋ", "L": "ㄹ", "M": "ㅁ", "N": "ㄴ", "P": "ㅍ", "R": "ㄹ", "S": "ㅅ", "SH": "ㅅ",
    "T": "ㅌ", "TH": "ㅅ", "V": "ㅂ", "Z": "ㅈ", "ZH": "ㅈ",
}  # fmt: skip
_CODAS = {"K": "ㄱ", "L": "ㄹ", "M": "ㅁ", "N": "ㄴ", "NG": "ㅇ", "P": "ㅂ", "T": "ㅅ"}
_AFTER_Y = {"ㅏ": "ㅑ", "ㅐ": "ㅒ", "ㅓ": "ㅕ", "ㅔ": "ㅖ", "ㅗ": "ㅛ", "ㅜ": "ㅠ", "ㅣ": "ㅣ"}
_AFTER_W = {"ㅏ": "ㅘ", "ㅐ": "ㅙ", "ㅓ": "ㅝ", "ㅔ": "ㅞ", "ㅗ": "ㅝ", "ㅜ": "ㅜ", "ㅣ": "ㅟ"}
_BEFORE_R = frozenset({"AW", "AY", "EH", "EY", "IH", "IY", "UH", "UW"})
# The vowel that carries a consonant before another consonant or at the end: 슈, 치, 지, else 스.
_CARRIERS = {"SH": "ㅠ", "CH": "ㅣ", "JH": "ㅣ", "ZH": "ㅣ"}


def hangul(phones: Sequence[str], spelling: str) -> str:
    """The Hangul of an English word.

    Args:
        phones: The word's phones (ARPAbet without stress).
        spelling: Its letters: they tell the vowels of *hot* and *Obama*, which phones confuse.
    """
    word = spelling.lower()
    made: list[list[str]] = []  # syllables: initial, medial, final
    glide, place = "", 0
    onset = ""
    previous = ""
    while place < len(phones):
        phone = phones[place]
        following = phones[place + 1] if place + 1 < len(phones) else ""
        before_vowel = following in _VOWELS or following in ("Y", "W")
        if phone in _VOWELS:
            letters = _vowel(phone, word, place == 0, place == len(phones) - 1)
            if phone == "AH" and tuple(phones[place + 1 :]) == ("L",) and word.endswith("le"):
                letters = "ㅡ"  # apple: 애플
            table = {"Y": _AFTER_Y, "W": _AFTER_W}.get(glide, {})
            made.append([onset or "ㅇ", table.get(letters[0], letters[0]), " "])
            made += [["ㅇ", letter, " "] for letter in letters[1:]]
            onset = "ㄹ" if phone == "ER" and following in _VOWELS else ""
            glide = ""
        elif phone in ("Y", "W"):
            if onset and phone == "W" and previous not in ("K", "G", "HH"):
                made.append([onset, _CARRIERS.get(previous, "ㅡ"), " "])  # twist: 트위스트
                onset = ""
            glide = phone
        elif before_vowel and phone != "NG":
            open_syllable = bool(made) and made[-1][2] == " "
            if phone == "L" and open_syllable:
                made[-1][2] = "ㄹ"
            onset = _ONSETS.get(phone, "")
            if phone == "SH" and following in _VOWELS:
                glide = "Y"
        elif phone == "R":
            if previous in _BEFORE_R:
                made.append(["ㅇ", "ㅓ", " "])  # care: 케어; else silent unless a vowel follows
        elif _is_coda(phone, previous, following, made):
            made[-1][2] = _CODAS[phone]
        elif (phone, following) in (("T", "S"), ("D", "Z")) and not any(
            after in _VOWELS for after in phones[place + 2 : place + 3]
        ):  # boots: 부츠
            made.append(["ㅊ" if phone == "T" else "ㅈ", "ㅡ", " "])
            place += 1
        elif phone == "M" and previous == "L":
            made.append(["ㄹ", "ㅡ", "ㅁ"])  # film: 필름
        else:
            carrier = "ㅣ" if phone == "SH" and not following else _CARRIERS.get(phone, "ㅡ")
            made.append([_ONSETS.get(phone, "ㅇ"), carrier, " "])
        previous = phone
        place += 1
    return "".join(
        chr(
            0xAC00
            + (_INITIALS.index(initial) * len(_MEDIALS) + _MEDIALS.index(medial)) * len(_FINALS)
            + _FINALS.index(final)
        )
        for initial, medial, final in made
    )


def _vowel(phone: str, word: str, first: bool, last: bool) -> str:
    if phone == "AH" and ((first and word[:1] == "a") or (last and word[-1:] == "a")):
        return "ㅏ"  # America, Obama
    if phone == "AA" and "o" in word and "a" not in word:
        return "ㅗ"  # hot
    return _VOWELS[phone]


def _is_coda(phone: str, previous: str, following: str, made: Sequence[Sequence[str]]) -> bool:
    """Whether a consonant that no vowel follows closes the syllable before it."""
    if phone not in _CODAS or not made or made[-1][2] != " ":
        return False
    if phone in ("P", "T", "K"):
        # After a short vowel, at the end or before another consonant than l, r, m, n.
        return (
            previous in _SHORT
            and following not in ("L", "R", "M", "N")
            and not (phone == "T" and following == "S")
        )
    return previous != "L" or phone == "L"
