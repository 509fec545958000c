"""Judge a recognizer: test sets, error rates, significance, and a report to hand around.

>>> base = score(["take two tablets daily"], ["take to tablet daily"])
>>> custom = score(["take two tablets daily"], ["take two tablet daily"])
>>> base.wer, custom.wer
(0.5, 0.25)
>>> custom.compare(base).difference
-0.25
"""

from __future__ import annotations

from sttprep.evaluation.alignment import Alignment, ErrorCounts, align
from sttprep.evaluation.error_rate import score
from sttprep.evaluation.evaluate import HasText, Transcriber, evaluate
from sttprep.evaluation.normalize import Normalizer, normalize
from sttprep.evaluation.report import Section, html_report, write_report
from sttprep.evaluation.report_groups import ReportGroups
from sttprep.evaluation.significance import Comparison, Interval
from sttprep.evaluation.testset import TestItem, TestSet
from sttprep.evaluation.utterance import Confusion, OovScore, ScoredUtterance, WordCount
from sttprep.evaluation.wer_report import WerReport

__all__ = [
    "Alignment",
    "Comparison",
    "Confusion",
    "ErrorCounts",
    "HasText",
    "Interval",
    "Normalizer",
    "OovScore",
    "ReportGroups",
    "ScoredUtterance",
    "Section",
    "TestItem",
    "TestSet",
    "Transcriber",
    "WerReport",
    "WordCount",
    "align",
    "evaluate",
    "html_report",
    "normalize",
    "score",
    "write_report",
]
