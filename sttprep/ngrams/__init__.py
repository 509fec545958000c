"""N-gram language models: train, measure, mix by weight, read and write.

>>> from sttprep.ngrams import train_ngram
>>> custom = train_ngram([["take", "two", "tablets"], ["take", "a", "tablet"]])
>>> base = train_ngram([["take", "a", "bus"], ["take", "a", "train"]])
>>> mixed = custom.mix(base, weight=0.3)
>>> mixed.vocabulary
('a', 'bus', 'take', 'train', 'tablet', 'tablets', 'two')
>>> test = [["take", "a", "bus"], ["take", "a", "tablet"]]
>>> base.perplexity(test).oov, mixed.perplexity(test).oov
(1, 0)
"""

from __future__ import annotations

from sttprep.ngrams.arpa import read_arpa, write_arpa
from sttprep.ngrams.binary import binary_vocabulary, read_binary, write_binary
from sttprep.ngrams.counts import NgramCounts, count_ngrams
from sttprep.ngrams.estimate import Smoothing, train_ngram
from sttprep.ngrams.mix import mix_models
from sttprep.ngrams.model import NgramModel
from sttprep.ngrams.perplexity import Perplexity, TokenScores
from sttprep.ngrams.read import read_model

__all__ = [
    "NgramCounts",
    "NgramModel",
    "Perplexity",
    "Smoothing",
    "TokenScores",
    "binary_vocabulary",
    "count_ngrams",
    "mix_models",
    "read_arpa",
    "read_binary",
    "read_model",
    "train_ngram",
    "write_arpa",
    "write_binary",
]
