"""Whether English could say a sequence of phones: which consonants begin and end its words.

>>> can_be_said("N AY N D Z".split()), can_be_said("B M IY".split())
(True, False)
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["can_be_said"]

VOWELS = frozenset("AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split())  # noqa: SIM905

# Consonants before the first vowel in 40 or more entries of the stock dictionary of 134,860, and
# those after the last in 40 or more; single ones always (but no word begins with NG).
_BEGINNINGS = frozenset(
    """
    S-T P-R B-R K-R G-R T-R K-L F-R S-P S-K B-L F-L P-L D-R K-W S-T-R S-L G-L S-W HH-W S-M S-N K-Y
    SH-R HH-Y S-K-R B-Y M-Y T-W S-P-R TH-R F-Y SH-W G-W S-K-W P-Y D-W S-P-L
    """.split()  # noqa: SIM905
)
_ENDS = frozenset(
    """
    N-Z T-S L-Z K-S S-T N-T N-D L-D D-Z N-T-S M-Z R-Z N-S S-T-S NG-Z R-D P-S K-T R-T Z-D NG-K N-D-Z
    V-Z L-T G-Z F-S B-Z P-T F-T R-N R-K K-T-S R-T-S L-T-S M-P M-D NG-K-S L-D-Z R-D-Z S-K SH-T JH-D
    L-F V-D N-JH TH-S R-K-S R-S R-F N-CH R-M N-S-T CH-T L-K R-P F-T-S K-S-T G-D M-P-S R-N-Z R-M-Z
    L-M B-D R-TH R-S-T
    """.split()  # noqa: SIM905
)


def can_be_said(phones: Sequence[str]) -> bool:
    """Whether the phones begin and end as English words do; never without a vowel."""
    vowels = [place for place, phone in enumerate(phones) if phone in VOWELS]
    if not vowels:
        return False
    start, end = phones[: vowels[0]], phones[vowels[-1] + 1 :]
    return (len(start) < 2 or "-".join(start) in _BEGINNINGS) and (
        len(end) < 2 or "-".join(end) in _ENDS
    )
