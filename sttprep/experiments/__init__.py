"""What needs models and scores together: a pronunciation learnt from a clip.

>>> from sttprep.experiments import respell
>>> respell(["N", "IY", "Z", "AO", "L"], "Kneezol")
['knees all']
"""

from __future__ import annotations

from sttprep.experiments.candidates import Candidate, candidates_for
from sttprep.experiments.learn import learn_pronunciation
from sttprep.experiments.learned import Clip, LearnedPronunciation, RankedPronunciation
from sttprep.experiments.respelling import respell

__all__ = [
    "Candidate",
    "Clip",
    "LearnedPronunciation",
    "RankedPronunciation",
    "candidates_for",
    "learn_pronunciation",
    "respell",
]
