"""sttprep: prepare, train and judge custom speech recognition models.

>>> import sttprep as stt
>>> report = stt.score(["two refills of metformin"], ["two refills of met for men"])
>>> f"{report.wer:.0%}"
'75%'

Names are loaded when first used, so the import itself costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sttprep.corpora import Change as Change
    from sttprep.corpora import Corpus as Corpus
    from sttprep.corpora import OovReport as OovReport
    from sttprep.corpora import find_oov as find_oov
    from sttprep.corpora import parse_line as parse_line
    from sttprep.corpora import read_corpus as read_corpus
    from sttprep.customization.instance import Instance as Instance
    from sttprep.errors import SttprepError as SttprepError
    from sttprep.evaluation import ReportGroups as ReportGroups
    from sttprep.evaluation import TestSet as TestSet
    from sttprep.evaluation import WerReport as WerReport
    from sttprep.evaluation import evaluate as evaluate
    from sttprep.evaluation import score as score
    from sttprep.experiments import LearnedPronunciation as LearnedPronunciation
    from sttprep.experiments import learn_pronunciation as learn_pronunciation
    from sttprep.grammars import Grammar as Grammar
    from sttprep.grammars import check_grammar as check_grammar
    from sttprep.grammars import read_grammar as read_grammar
    from sttprep.ngrams import NgramModel as NgramModel
    from sttprep.ngrams import train_ngram as train_ngram
    from sttprep.notebook.plots import plot_coverage as plot_coverage
    from sttprep.notebook.plots import plot_wer as plot_wer
    from sttprep.notebook.voice import speak as speak
    from sttprep.notebook.voice import voices as voices
    from sttprep.notebook.word_grid import WordGrid as WordGrid
    from sttprep.project.build import BuildResult as BuildResult
    from sttprep.project.build import build as build
    from sttprep.recognition import Transcript as Transcript
    from sttprep.recognition.base_models import base_model as base_model
    from sttprep.recognition.base_models import base_models as base_models
    from sttprep.source import Problem as Problem
    from sttprep.words import Lexicon as Lexicon
    from sttprep.words import Pronunciation as Pronunciation
    from sttprep.words import Word as Word
    from sttprep.words import WordDiff as WordDiff
    from sttprep.words import WordList as WordList
    from sttprep.words import WordMerge as WordMerge
    from sttprep.words import check_word as check_word
    from sttprep.words import diff_words as diff_words
    from sttprep.words import merge_words as merge_words
    from sttprep.words import pronounce as pronounce
    from sttprep.words import pronounce_many as pronounce_many
    from sttprep.words.review import Review as Review
    from sttprep.words.review import review as review

__version__ = "0.1.0"

_HOMES = {
    "BuildResult": "sttprep.project.build",
    "Change": "sttprep.corpora",
    "Corpus": "sttprep.corpora",
    "Grammar": "sttprep.grammars",
    "Instance": "sttprep.customization.instance",
    "LearnedPronunciation": "sttprep.experiments",
    "Lexicon": "sttprep.words",
    "NgramModel": "sttprep.ngrams",
    "OovReport": "sttprep.corpora",
    "Problem": "sttprep.source",
    "Pronunciation": "sttprep.words",
    "ReportGroups": "sttprep.evaluation",
    "Review": "sttprep.words.review",
    "SttprepError": "sttprep.errors",
    "TestSet": "sttprep.evaluation",
    "Transcript": "sttprep.recognition",
    "WerReport": "sttprep.evaluation",
    "Word": "sttprep.words",
    "WordDiff": "sttprep.words",
    "WordGrid": "sttprep.notebook.word_grid",
    "WordList": "sttprep.words",
    "WordMerge": "sttprep.words",
    "base_model": "sttprep.recognition",
    "base_models": "sttprep.recognition",
    "build": "sttprep.project.build",
    "check_grammar": "sttprep.grammars",
    "check_word": "sttprep.words",
    "diff_words": "sttprep.words",
    "evaluate": "sttprep.evaluation",
    "find_oov": "sttprep.corpora",
    "learn_pronunciation": "sttprep.experiments",
    "merge_words": "sttprep.words",
    "parse_line": "sttprep.corpora",
    "plot_coverage": "sttprep.notebook.plots",
    "plot_wer": "sttprep.notebook.plots",
    "pronounce": "sttprep.words",
    "pronounce_many": "sttprep.words",
    "read_corpus": "sttprep.corpora",
    "read_grammar": "sttprep.grammars",
    "review": "sttprep.words.review",
    "score": "sttprep.evaluation",
    "speak": "sttprep.notebook.voice",
    "train_ngram": "sttprep.ngrams",
    "voices": "sttprep.notebook.voice",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'sttprep' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
