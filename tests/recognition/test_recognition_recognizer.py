"""Transcripts as values."""

from __future__ import annotations

from sttprep.recognition import Transcript, Utterance, WordTiming


def test_a_word_of_several_words_is_spoken_as_several():
    """One token to the recognizer; written by its display-as, counted word by word."""
    words = (WordTiming("blood_pressure", 0.1, 0.9, 0.5), WordTiming("high", 1.0, 1.3, 0.7))
    transcript = Transcript((Utterance(words, {"blood_pressure": "Blood Pressure"}),), 1.5, "a")
    assert transcript.text == "Blood Pressure high"
    assert transcript.spoken == "blood pressure high"
    assert transcript.to_json()["words"][0] == ["blood_pressure", 0.1, 0.9, 0.5]


def test_silence_is_an_empty_text():
    """No utterance, no words."""
    assert (Transcript((), 1.0).text, Transcript((), 1.0).spoken) == ("", "")
