"""Type-checked, never run: the public names have types although they are loaded late."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

import sttprep as stt


def walk(folder: Path) -> None:
    """From a corpus to an error rate, as a user's own typed code would."""
    corpus = stt.read_corpus(folder / "orders.txt")
    assert_type(corpus, stt.Corpus)
    assert_type(corpus.oov(), stt.OovReport)
    assert_type(stt.review(corpus), stt.Review)
    assert_type(corpus.changes()[0], stt.Change)
    assert_type(corpus.lint(), list[stt.Problem])
    assert_type(stt.pronounce("lip"), list[stt.Pronunciation])
    assert_type(stt.pronounce_many(["lip"]), dict[str, list[stt.Pronunciation]])
    words = stt.WordList.read(folder / "words.csv")
    assert_type(stt.merge_words(words, words, words), stt.WordMerge)
    assert_type(stt.diff_words(words, words), stt.WordDiff)
    learnt = stt.learn_pronunciation(folder / "a.wav", "take metformin", "metformin")
    assert_type(learnt, stt.LearnedPronunciation)
    assert_type(stt.WordGrid(words).words, stt.WordList)
    assert_type(stt.read_grammar(folder / "orders.abnf"), stt.Grammar)
    assert_type(stt.check_grammar("#ABNF 1.0;\n", profile="ibm"), list[stt.Problem])
    assert_type(stt.train_ngram([["a"]]), stt.NgramModel)
    with stt.Instance.open(folder) as instance:
        model = instance.create_language_model("pharmacy")
        assert_type(model.words(), stt.WordList)
        recognizer = instance.recognizer(model, customization_weight=0.3)
        assert_type(recognizer.transcribe(folder / "a.wav"), stt.Transcript)
        assert_type(recognizer.transcribe_many(["a.wav"]), list[stt.Transcript])
        report = stt.evaluate(recognizer, stt.TestSet.read(folder / "test.csv"))
    assert_type(report, stt.WerReport)
    assert_type(report.wer, float)
    assert_type(stt.build(folder), stt.BuildResult)
