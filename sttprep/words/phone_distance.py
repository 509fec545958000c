"""How alike phones sound: the cost of taking one for another, of losing one, of hearing one more.

Costs are thousandths, 0 to 1000, so that sums are exact and the distance from A to B is that from
B to A. One thousand is a vowel for a consonant.

* Consonants differ in place, voice and manner. In the confusions Miller and Nicely measured (1955,
  "An analysis of perceptual confusions among some English consonants") listeners lost place first,
  voice and nasality last; so place costs least and grows with the way between the two places.
* Vowels are as far apart as their first three formants on the Bark scale (Traunmüller 1990), with
  the men's means of Peterson and Barney (1952, table II); diphthongs are two vowels in a row.
  AH stands for the vowel of *cut* and, unstressed, for schwa: the nearer of both counts.
* What fast speech drops costs less to lose: reduced vowels, HH, T and D (Greenberg 1999, "Speaking
  in shorthand").

The numbers of the scale are ours. Checked against the dictionary itself: of its words with two
pronunciations that differ in one phone, the other phone is among the five nearest of 38 in most
cases (see the test).

>>> phone_distance(("L", "IH", "P"), ("L", "IH", "P"))
0.0
>>> near, far = phone_distance(("P", "IH", "N"), ("B", "IH", "N")), phone_distance(("P",), ("AA",))
>>> near, far
(0.3, 1.0)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

__all__ = ["omission_cost", "phone_distance", "substitution_cost"]

ALL = 1000
"""The cost of taking a vowel for a consonant: nothing in common."""

# Place from the lips (0) to the glottis (8), manner by sonority (0 a stop, 5 a glide), voice.
_CONSONANTS: dict[str, tuple[int, int, int]] = {
    "P": (0, 0, 0), "B": (0, 0, 1), "T": (3, 0, 0), "D": (3, 0, 1), "K": (6, 0, 0), "G": (6, 0, 1),
    "CH": (4, 1, 0), "JH": (4, 1, 1),
    "F": (1, 2, 0), "V": (1, 2, 1), "TH": (2, 2, 0), "DH": (2, 2, 1), "S": (3, 2, 0),
    "Z": (3, 2, 1), "SH": (4, 2, 0), "ZH": (4, 2, 1), "HH": (8, 2, 0),
    "M": (0, 3, 1), "N": (3, 3, 1), "NG": (6, 3, 1),
    "L": (3, 4, 1), "R": (4, 4, 1), "W": (0, 5, 1), "Y": (5, 5, 1),
}  # fmt: skip
_FARTHEST, _MOST_SONOROUS = 8, 5
_PLACE, _PLACE_SPAN = 150, 250  # another place at all, and the whole way from lips to glottis
_VOICE = 300
_MANNER, _MANNER_SPAN = 200, 300
_NASAL = 3  # its manner; below are the noises, above the approximants
_NASALITY = 300  # between these groups; heard as well as voice

# Hertz of the first three formants.
_FORMANTS: dict[str, tuple[int, int, int]] = {
    "IY": (270, 2290, 3010), "IH": (390, 1990, 2550), "EH": (530, 1840, 2480),
    "AE": (660, 1720, 2410), "AA": (730, 1090, 2440), "AO": (570, 840, 2410),
    "UH": (440, 1020, 2240), "UW": (300, 870, 2240), "AH": (640, 1190, 2390),
    "ER": (490, 1350, 1690),
    "schwa": (500, 1500, 2500),  # a neutral tube of 17 cm
}  # fmt: skip
_GLIDES = {
    "EY": ("EH", "IY"), "AY": ("AA", "IH"), "OY": ("AO", "IH"), "AW": ("AA", "UH"),
    "OW": ("AO", "UH"),
}  # fmt: skip
_WHOLE_SPACE = 6.5  # Bark from IY to AA, nearly the longest way: vowels with nothing in common

# Consonants that are short vowels.
_LIKE_VOWELS = {("R", "ER"): 300, ("Y", "IY"): 500, ("W", "UW"): 500, ("Y", "IH"): 600,
                ("W", "UH"): 600}  # fmt: skip
_OMISSIONS = {"AH": 500, "IH": 500, "HH": 500, "T": 600, "D": 600}
_OMITTED_VOWEL, _OMITTED_CONSONANT = 800, 700


def phone_distance(one: Sequence[str], other: Sequence[str]) -> float:
    """The least cost of turning one sequence of phones into the other; 1.0 = one phone unlike.

    >>> phone_distance(("K", "AE", "T"), ("K", "AE", "T", "S"))
    0.7
    """
    row = [0]
    for phone in other:
        row.append(row[-1] + omission_cost(phone))
    for phone in one:
        above, row = row, [row[0] + omission_cost(phone)]
        for place, heard in enumerate(other):
            row.append(
                min(
                    above[place] + substitution_cost(phone, heard),
                    above[place + 1] + omission_cost(phone),
                    row[place] + omission_cost(heard),
                )
            )
    return row[-1] / ALL


@cache
def omission_cost(phone: str) -> int:
    """Thousandths for losing a phone, or hearing one that was not said.

    >>> omission_cost("AH"), omission_cost("K")
    (500, 700)
    """
    if phone in _OMISSIONS:
        return _OMISSIONS[phone]
    return _OMITTED_VOWEL if phone in _FORMANTS or phone in _GLIDES else _OMITTED_CONSONANT


@cache
def substitution_cost(one: str, other: str) -> int:
    """Thousandths for taking one phone for the other; phones not of English are all unlike.

    >>> substitution_cost("M", "N") < substitution_cost("T", "D") < substitution_cost("T", "M")
    True
    """
    if one == other:
        return 0
    if one in _CONSONANTS and other in _CONSONANTS:
        return _consonants(_CONSONANTS[one], _CONSONANTS[other])
    points = [_points(phone) for phone in (one, other)]
    if all(points):
        return min(_vowels(left, right) for left in points[0] for right in points[1])
    return _LIKE_VOWELS.get((one, other), _LIKE_VOWELS.get((other, one), ALL))


def _consonants(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    place, manner = abs(one[0] - other[0]), abs(one[1] - other[1])
    cost = _VOICE * abs(one[2] - other[2])
    if place:
        cost += _PLACE + _PLACE_SPAN * place // _FARTHEST
    if manner:
        cost += _MANNER + _MANNER_SPAN * manner // _MOST_SONOROUS
        if _group(one[1]) != _group(other[1]):
            cost += _NASALITY
    return min(cost, ALL)


def _group(manner: int) -> int:
    return (manner > _NASAL) - (manner < _NASAL)


_Point = tuple[float, float, float]


def _points(phone: str) -> list[tuple[_Point, _Point]]:
    """Beginning and end of a vowel in Bark; two ways to say AH; none for a consonant."""
    if phone in _GLIDES:
        start, end = _GLIDES[phone]
        return [(_bark(start), _bark(end))]
    ways = ("AH", "schwa") if phone == "AH" else (phone,)
    return [(_bark(way), _bark(way)) for way in ways if way in _FORMANTS]


@cache
def _bark(vowel: str) -> _Point:
    first, second, third = (26.81 / (1 + 1960 / hertz) - 0.53 for hertz in _FORMANTS[vowel])
    return first, second, third


def _vowels(one: tuple[_Point, _Point], other: tuple[_Point, _Point]) -> int:
    # The end that differs more decides: sharing the other makes AY no kind of OY.
    way = max(math.dist(left, right) for left, right in zip(one, other, strict=True))
    return min(round(ALL * way / _WHOLE_SPACE), ALL)
