"""Audio → transcript: base models, decoder processes, recognizers.

>>> from sttprep.recognition import base_model
>>> base_model().rate
16000
"""

from __future__ import annotations

from sttprep.recognition.base_models import (
    DEFAULT_MODEL,
    BaseModel,
    base_model,
    base_models,
    register,
)
from sttprep.recognition.grammar_model import grammar_recognizer
from sttprep.recognition.local import LocalRecognizer, TranscriptCache
from sttprep.recognition.recognizer import Recognizer, Transcript, Utterance, WordTiming

__all__ = [
    "DEFAULT_MODEL",
    "BaseModel",
    "LocalRecognizer",
    "Recognizer",
    "Transcript",
    "TranscriptCache",
    "Utterance",
    "WordTiming",
    "base_model",
    "base_models",
    "grammar_recognizer",
    "register",
]
