"""Pronunciations learnt from clips of the sample project: the phones they were made from."""

from __future__ import annotations

import numpy as np
import pytest

from sttprep.acoustics import read_audio
from sttprep.acoustics.formats import Audio
from sttprep.errors import AudioError, InputError, NotFoundError, WordError
from sttprep.experiments import (
    Clip,
    LearnedPronunciation,
    RankedPronunciation,
    learn_pronunciation,
)
from sttprep.words import Lexicon, check_word, pronounce

TEXT = "good morning could you get my atorvastatin ready for friday afternoon"
TRUE = "AH T AO R V AH S T AE T AH N"
GIVEN = [
    "EY T AO R V AH S T EY T IH N",
    "AA T AO R V AH S T AH T IY N",
    TRUE,
    "AE T ER V AE S T AY T AH N",
    "L AH M OW T ER AH JH IY N",
]
RATE = 16000


@pytest.fixture(scope="module")
def audio(sample_folder) -> Audio:
    """The word in its sentence, 2 s of it: from "get" on."""
    whole = read_audio(sample_folder / "test" / "001-slt-clean.flac", RATE)
    return Audio(whole.samples[int(1.56 * RATE) : int(3.1 * RATE)], RATE, "get")


@pytest.fixture(scope="module")
def sample_folder(request):
    """The sample project, for fixtures that live as long as the module."""
    return request.path.parents[2] / "sample_data" / "pharmacy"


@pytest.fixture(scope="module")
def learnt(audio):
    """What the word's part of the clip says about the given candidates."""
    return learn_pronunciation(audio, "get my atorvastatin ready", "atorvastatin", candidates=GIVEN)


def test_the_right_one_of_those_given(learnt):
    """Whatever their order, it leads clearly, and the worst are those farthest from it."""
    assert str(learnt.best) == TRUE
    assert learnt.confident
    assert learnt.notes == ()
    assert {str(one) for one in learnt.candidates} == set(GIVEN)
    scores = [one.score for one in learnt.candidates]
    assert scores == sorted(scores, reverse=True)
    assert learnt.best.margin == 0
    assert all(one.margin > 0 for one in learnt.candidates[1:])


def test_the_sounds_like_says_the_phones(learnt):
    """In ordinary spelling, by the rules, ready to be added to a custom model."""
    text = learnt.best.sounds_like
    assert text
    assert str(pronounce(text)[0]) == TRUE
    word = learnt.as_word()
    assert (word.word, word.sounds_like) == ("atorvastatin", (text,))
    assert not [problem for problem in check_word(word) if problem.severity == "error"]


def test_the_word_is_found_in_time(learnt, audio):
    """One place, after two short words."""
    [clip] = learnt.clips
    [(start, end)] = clip.times
    assert 0.3 < start < end < audio.seconds
    assert 0.5 < end - start < 1.0


def test_nothing_given_but_word_and_clip(audio):
    """The spelling's first reading is wrong; what is learnt is right but for one vowel."""
    found = learn_pronunciation(audio, "Get my Atorvastatin ready!", "atorvastatin")
    assert "S T AE T" in str(found.best)
    assert "S T AE T" not in str(pronounce("atorvastatin")[0])
    assert len(found.candidates) == 5


def test_the_sound_mends_a_misleading_spelling(audio):
    """Phone by phone; but one clip alone is no proof, and the note says so."""
    found = learn_pronunciation(audio, "get my otorvostoten ready", "otorvostoten")
    assert str(found.best) == TRUE
    assert found.best.origin == "variant"
    assert TRUE not in {str(one) for one in pronounce("otorvostoten", n=40)}
    assert not found.confident
    assert "sound of 1 clip alone" in found.notes[-1]


def test_a_sounds_like_that_fits_is_proposed_as_it_is(audio):
    """Given spellings compete with the word's own."""
    found = learn_pronunciation(
        audio,
        "get my atorvastatin ready",
        "atorvastatin",
        sounds_like=["a torva statin", "uh tore vuh stat in"],
        n=1,
    )
    assert found.best.sounds_like == "uh tore vuh stat in"
    assert found.best.origin == "sounds like 'uh tore vuh stat in'"


def test_clips_add_up(audio, learnt):
    """The log-likelihood of two clips is the sum; a file's content is as good as samples."""
    content = read_audio(audio_bytes := wav(audio))
    assert np.array_equal(content.samples, audio.samples)
    text = "get my atorvastatin ready"
    both = learn_pronunciation(
        [audio, audio_bytes], text, "ATORVASTATIN", candidates=GIVEN[:3], n_workers=1
    )
    once = {one.phones: one.log_likelihood for one in learnt.candidates}
    for one in both.candidates:
        assert one.log_likelihood == pytest.approx(2 * once[one.phones], abs=0.11)
    assert [clip.name for clip in both.clips] == ["get", "clip 2"]


def test_a_word_said_twice(audio):
    """Both places count."""
    twice = Audio(np.concatenate([audio.samples, audio.samples]), RATE, "twice")
    found = learn_pronunciation(
        twice,
        "get my atorvastatin ready get my atorvastatin ready",
        "atorvastatin",
        candidates=GIVEN[1:3],
    )
    assert str(found.best) == TRUE
    [clip] = found.clips
    assert len(clip.times) == 2
    assert clip.times[0][1] < clip.times[1][0]


def test_candidates_too_close_to_tell_are_named(audio):
    """Two vowels without stress sound alike."""
    twin = TRUE.replace("T AH N", "T IH N")
    found = learn_pronunciation(
        audio, "get my atorvastatin ready", "atorvastatin", candidates=[TRUE, twin]
    )
    assert not found.confident
    assert found.notes[0].startswith(f"'{found.best}' leads")
    assert "add clips" in found.notes[0]


def test_audio_of_another_text_is_noticed(audio):
    """The transcript has the word, the audio has not."""
    found = learn_pronunciation(
        audio, "is pie good, lulu", "lulu", candidates=["L UW L UW", "L AH L UW"]
    )
    assert not found.confident
    assert "does not sound like its transcript" in found.notes[0]


def test_a_clip_of_silence_is_left_out(audio):
    """It is named; the other one decides. Alone it is an error."""
    silence = Audio(np.zeros(2 * RATE, np.int16), RATE, "quiet.wav")
    text = "get my atorvastatin ready"
    found = learn_pronunciation([silence, audio], text, "atorvastatin", candidates=GIVEN[1:3])
    assert str(found.best) == TRUE
    assert "quiet.wav" in found.notes[0]
    assert [clip.name for clip in found.clips] == ["get"]
    with pytest.raises(AudioError, match=r"quiet.wav.*cannot be aligned"):
        learn_pronunciation(silence, text, "atorvastatin", candidates=GIVEN)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"word": "metformin"}, InputError, "'metformin' is not in the transcript: 'get my"),
        ({"word": "statin"}, InputError, "'statin' is not in the transcript"),
        ({"word": " "}, InputError, "word is empty"),
        ({"transcript": "Москва atorvastatin"}, InputError, "cannot be pronounced.*Москва"),
        ({"transcript": ["get"] * 2}, InputError, "1 clips and 2 transcripts"),
        ({"audio": []}, InputError, "0 clips and 0 transcripts"),
        ({"audio": np.zeros(RATE)}, AudioError, "clip 1: a ndarray is no audio.*from_samples"),
        ({"audio": [None]}, AudioError, "clip 1: a NoneType is no audio"),
        ({"transcript": "my atorvastatin's gone"}, InputError, "'atorvastatin' is not in"),
        ({"audio": b"no audio"}, AudioError, "clip 1: this cannot be decoded"),
        ({"audio": "gone.flac"}, AudioError, "gone.flac: the audio cannot be read"),
        ({"audio": Audio(np.ones(61 * RATE, np.int16), RATE)}, AudioError, "61 s are too long"),
        ({"audio": Audio(np.ones(99, np.int16), RATE)}, AudioError, "too short for its transcript"),
        ({"audio": Audio(np.ones(8000, np.int16), 8000, "a")}, AudioError, "8000 samples"),
        ({"candidates": ["L EE P"]}, WordError, "'EE' is no phone"),
        ({"candidates": ["SIL"]}, WordError, "'SIL' is no phone"),
        ({"candidates": []}, WordError, "No candidate"),
        ({"n": 0}, InputError, "0 candidates"),
        ({"base_model": "en-XX"}, NotFoundError, "no base model 'en-XX'"),
        ({"base_model": "ja-JP_BroadbandModel"}, InputError, "No local engine"),
    ],
)
def test_mistakes_are_explained(audio, change, error, message):
    """Before any decoder is started; one sentence what is wrong, one how to mend it."""
    arguments = {
        "audio": audio,
        "transcript": "get my atorvastatin ready",
        "word": "atorvastatin",
        "candidates": [TRUE],
        **change,
    }
    with pytest.raises(error, match=message) as caught:
        learn_pronunciation(**arguments)
    assert caught.value.hint or isinstance(caught.value, NotFoundError)


def test_other_words_may_have_their_own_dictionary(audio):
    """A word of the transcript that the stock dictionary lacks is taken from the one given."""
    lexicon = Lexicon.stock().with_entries({"gtmy": ["G EH T M AY"]})
    found = learn_pronunciation(
        audio, "gtmy atorvastatin ready", "atorvastatin", candidates=[TRUE], lexicon=lexicon
    )
    assert found.confident
    assert found.clips[0].fit > 0


def test_what_a_notebook_shows(learnt):
    """A table, a frame and a text with the same rows."""
    frame = learnt.frame()
    assert list(frame["phones"]) == [str(one) for one in learnt.candidates]
    assert frame["margin"].is_monotonic_increasing
    shown = str(learnt)
    assert shown.startswith(f"atorvastatin: {TRUE}, written '")
    assert len(shown.splitlines()) == 1 + len(GIVEN)
    assert learnt._repr_html_().count("<tr>") == 1 + len(GIVEN)


def test_html_is_escaped():
    """Names and spellings are text, never markup."""
    row = RankedPronunciation(("L",), "sounds like '<i>'", -1.0, 0.0, -1.0, 0.0, "<i>")
    page = LearnedPronunciation(
        "<b>", (row,), (Clip("<c>", (), 0.0),), False, ("<note>",)
    )._repr_html_()
    assert "<i>" not in page
    assert "<note>" not in page
    assert page.count("&lt;b&gt;") == 1


def wav(audio: Audio) -> bytes:
    """A WAV file of the audio."""
    import io

    import soundfile

    buffer = io.BytesIO()
    soundfile.write(buffer, audio.samples, audio.rate, format="WAV", subtype="PCM_16")
    return buffer.getvalue()
