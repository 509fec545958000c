"""Custom models on this machine: create, add, train, recognize.

>>> from sttprep.customization import spoken_form
>>> spoken_form("Lipitor")
'lipitor'
"""

from __future__ import annotations

from sttprep.customization.definitions import CorpusInfo, GrammarInfo, LanguageModelInfo
from sttprep.customization.instance import Instance
from sttprep.customization.language import LanguageModel
from sttprep.customization.training import LearntWord, Training, spoken_form

__all__ = [
    "CorpusInfo",
    "GrammarInfo",
    "Instance",
    "LanguageModel",
    "LanguageModelInfo",
    "LearntWord",
    "Training",
    "spoken_form",
]
