"""Clips and transcripts, ready to be aligned.

>>> words_of("My metformin, please!", "metformin", "clip", "en-US", Lexicon.stock())[1:]
[None, ['P L IY Z']]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from sttprep.acoustics import read_audio
from sttprep.acoustics.formats import Audio
from sttprep.corpora import tokenize
from sttprep.errors import AudioError, InputError, WordError
from sttprep.recognition import BaseModel
from sttprep.words import Lexicon, Word, word_pronunciations

__all__ = ["Sound", "Take", "read_takes", "words_of"]

Sound: TypeAlias = "str | Path | bytes | Audio"
"""An audio file, its content, or samples with their rate."""

_LONGEST = 60.0  # seconds; every candidate costs about 0.04 of the clip's length
_SHORTEST_PHONE = 0.03  # seconds: a phone has three states of at least one frame


@dataclass(frozen=True)
class Take:
    """A clip ready to be aligned; None stands for the word."""

    name: str
    pcm: bytes
    seconds: float
    words: list[list[str] | None]

    def filled(self, phones: Sequence[str]) -> list[list[str]]:
        """The pronunciations of all words, the word's own put in."""
        return [list(phones) if one is None else one for one in self.words]


def read_takes(
    audio: Sound | Sequence[Sound],
    transcript: str | Sequence[str],
    word: str,
    base: BaseModel,
    lexicon: Lexicon,
) -> list[Take]:
    """Clips and transcripts as the decoder takes them; arguments as of `learn_pronunciation`.

    Raises:
        AudioError: a clip cannot be read, is too long, or too short for its transcript.
        InputError: clips and transcripts are not as many, the word is not in a transcript, or
            words of one cannot be pronounced.
    """
    one = isinstance(audio, str | Path | bytes | Audio)
    sounds = [audio] if one or not isinstance(audio, Sequence) else list(audio)
    texts = [transcript] if isinstance(transcript, str) else list(transcript)
    if isinstance(transcript, str):
        texts *= len(sounds)
    if not sounds or len(sounds) != len(texts):
        raise InputError(
            f"{len(sounds)} clips and {len(texts)} transcripts were given.",
            hint="Give one transcript for each clip, in the same order.",
        )
    takes = []
    for number, (sound, text) in enumerate(zip(sounds, texts, strict=True), 1):
        name = f"clip {number}"
        if not isinstance(sound, str | Path | bytes | Audio):
            raise AudioError(
                f"{name}: a {type(sound).__name__} is no audio.",
                hint="Give a path, or samples with their rate: Audio.from_samples(samples, 16000).",
            )
        if isinstance(sound, Audio):
            clip = replace(sound.resampled(base.rate), name=sound.name or name)
        else:
            clip = read_audio(sound, base.rate, name if isinstance(sound, bytes) else "")
        if clip.seconds > _LONGEST:
            raise AudioError(
                f"{clip.name}: {clip.seconds:.0f} s are too long to learn one word from.",
                hint=f"Cut out the sentence with the word; at most {_LONGEST:.0f} s.",
            )
        words = words_of(text, word, clip.name, base.language, lexicon)
        least = _SHORTEST_PHONE * sum(min(len(p.split()) for p in one) for one in words if one)
        if clip.seconds < least:
            raise AudioError(
                f"{clip.name}: {clip.seconds:.2f} s are too short for its transcript, which takes "
                f"{least:.1f} s at the very least.",
                hint="Give the whole clip, or only the words that are said in it.",
            )
        takes.append(Take(clip.name, clip.samples.tobytes(), clip.seconds, words))
    return takes


def words_of(
    text: str, word: str, name: str, language: str, lexicon: Lexicon
) -> list[list[str] | None]:
    """Pronunciations of the words of a transcript, None for the word that is learnt.

    Raises:
        InputError: the word is empty or not in the transcript, or others cannot be pronounced;
            the message begins with ``name``.
    """
    wanted = word.strip()
    if not wanted:
        raise InputError("The word is empty.", hint='Give the word, for example "metformin".')
    place = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w|['’]\w)", re.IGNORECASE)
    gaps = place.split(text)
    if len(gaps) == 1:
        raise InputError(
            f"{name}: '{wanted}' is not in the transcript: '{_shown(text)}'.",
            hint="Write the word as it is in the transcript; case does not matter.",
        )
    found: list[list[str] | None] = []
    unsayable = []
    for number, gap in enumerate(gaps):
        if number:
            found.append(None)
        for token in tokenize(gap, language):
            try:
                read = word_pronunciations(Word(token), language, lexicon)
                found.append([str(one) for one in read])
            except WordError as error:
                unsayable.append(error.message)
    if unsayable:
        raise InputError(
            f"{name}: words of the transcript cannot be pronounced. {' '.join(unsayable)}",
            hint="Write the transcript in words, as they are spoken.",
        )
    return found


def _shown(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
