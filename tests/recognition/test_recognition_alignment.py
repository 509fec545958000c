"""Known words in audio: where they lie, and how well a pronunciation fits."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from sttprep.acoustics import read_audio
from sttprep.errors import RecognizerError
from sttprep.recognition import base_model
from sttprep.recognition.pool import DecoderPool
from sttprep.words import Lexicon

TEXT = "good morning could you get my atorvastatin ready for friday afternoon"
RIGHT = "AH T AO R V AH S T AE T AH N"


@pytest.fixture(scope="module")
def aligner():
    """A decoder process without words of its own."""
    with DecoderPool(replace(base_model().files(), lexicon="", language_model=None), 1) as pool:
        yield pool


@pytest.fixture(scope="module")
def words():
    """The pronunciations of the words of the first clip."""
    lexicon = Lexicon.stock().with_entries({"atorvastatin": [RIGHT]})
    return [[" ".join(phones) for phones in lexicon[word]] for word in TEXT.split()]


@pytest.fixture
def pcm(clip):
    """The first clip as the decoder takes it."""
    return read_audio(clip(0), 16000).samples.tobytes()


def ask(pool, pcm, **request):
    """The answer to one request, or the error raised."""
    [(_, answer)] = pool.ask([(request, lambda: pcm)])
    if isinstance(answer, Exception):
        raise answer
    return answer


def test_words_lie_one_after_the_other(aligner, words, pcm):
    """Each word once, in order, with a pronunciation it has."""
    rows = ask(aligner, pcm, do="align", words=words)["words"]
    assert len(rows) == len(words)
    before = 0.0
    for (which, start, end), alternatives in zip(rows, words, strict=True):
        assert before <= start < end <= len(pcm) / 32000
        assert 0 <= which < len(alternatives)
        before = end


def test_the_right_pronunciation_scores_best(aligner, words, pcm):
    """The more phones are wrong, the lower the likelihood; not even a wrong word is refused."""
    place = TEXT.split().index("atorvastatin")
    scores = []
    for phones in (RIGHT, "EY T AO R V AH S T EY T AH N", "L AH M OW T ER AH JH IY N"):
        changed = [*words[:place], [phones], *words[place + 1 :]]
        scores.append(ask(aligner, pcm, do="align", words=changed)["score"])
    assert scores == sorted(scores, reverse=True)
    assert scores[0] - scores[1] > 50
    both = [*words[:place], ["L AH M OW T ER AH JH IY N", RIGHT], *words[place + 1 :]]
    answer = ask(aligner, pcm, do="align", words=both)
    assert answer["score"] == scores[0]
    assert answer["words"][place][0] == 1


def test_scores_do_not_depend_on_history(aligner, words, pcm):
    """The same request gives the same answer after others."""
    first = ask(aligner, pcm, do="align", words=words)
    ask(aligner, pcm, do="phones", model=None)
    ask(aligner, pcm, do="align", words=words[:-1])
    assert ask(aligner, pcm, do="align", words=words) == first


def test_phones_without_words(aligner, pcm):
    """Phones follow each other without a gap, silence included."""
    rows = ask(aligner, pcm, do="phones", model=None)["phones"]
    assert len(rows) > 20
    assert rows[0][:2] == ["SIL", 0.0]
    assert all(one[2] == other[1] for one, other in pairwise(rows))


@pytest.mark.parametrize("pcm", [b"", b"\0\0" * 16000, b"\1\0" * 100], ids=["empty", "0", "short"])
def test_nothing_can_be_aligned_with_nothing(aligner, words, pcm):
    """Silence and fragments have no likelihood, and the process lives on."""
    assert ask(aligner, pcm, do="align", words=words) == {"score": None, "words": []}
    assert ask(aligner, pcm, do="phones", model=None) == {"score": None, "phones": []}


def test_more_words_than_the_audio_can_hold(aligner, words, pcm):
    """A text far too long for its audio has no likelihood."""
    assert ask(aligner, pcm[:16000], do="align", words=words * 3)["score"] is None


@pytest.mark.parametrize("phones", ["", " ", "L EE P", "SIL", "L IH1 P"])
def test_phones_that_would_end_the_process_are_refused(aligner, words, pcm, phones):
    """The engine ends at an empty pronunciation; it is never asked."""
    [before] = aligner.process_ids
    with pytest.raises(RecognizerError, match="cannot be aligned"):
        ask(aligner, pcm, do="align", words=[*words, [phones]])
    assert aligner.process_ids == [before]
