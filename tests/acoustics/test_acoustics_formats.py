"""Audio files become mono 16-bit samples, or a clear error."""

from __future__ import annotations

import io

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sttprep.acoustics import Audio, read_audio
from sttprep.errors import AudioError


def tone(rate, seconds=0.5, frequency=440.0):
    """A sine wave, int16."""
    time = np.arange(int(rate * seconds)) / rate
    return (8000 * np.sin(2 * np.pi * frequency * time)).astype(np.int16)


def encoded(samples, rate, kind="WAV", subtype="PCM_16"):
    """Bytes of an audio file."""
    file = io.BytesIO()
    soundfile.write(file, samples, rate, format=kind, subtype=subtype)
    return file.getvalue()


@given(arrays(np.int16, st.integers(1, 2000)), st.sampled_from(["WAV", "FLAC"]))
def test_lossless_files_come_back_bit_by_bit(samples, kind):
    """Writing and reading at the same rate changes nothing."""
    audio = read_audio(encoded(samples, 16000, kind), 16000)
    assert audio.rate == 16000
    assert np.array_equal(audio.samples, samples)


@pytest.mark.parametrize(
    ("kind", "subtype"), [("OGG", "VORBIS"), ("OGG", "OPUS"), ("MP3", "MPEG_LAYER_III")]
)
def test_lossy_files_keep_their_sound(kind, subtype):
    """A tone is the strongest frequency after decoding."""
    audio = read_audio(encoded(tone(48000), 48000, kind, subtype), 16000)
    spectrum = np.abs(np.fft.rfft(audio.samples))
    assert abs(spectrum.argmax() * 16000 / len(audio.samples) - 440) < 5


@pytest.mark.parametrize("rate", [16000, 22050, 44100, 48000])
def test_higher_rates_are_resampled(rate):
    """Duration and frequency stay."""
    audio = read_audio(encoded(tone(rate), rate), 16000)
    assert audio.rate == 16000
    assert abs(audio.seconds - 0.5) < 0.001
    spectrum = np.abs(np.fft.rfft(audio.samples))
    assert abs(spectrum.argmax() * 16000 / len(audio.samples) - 440) < 3


def test_channels_are_averaged():
    """Opposite channels cancel; equal ones stay."""
    left = tone(16000)
    same = read_audio(encoded(np.stack([left, left], axis=1), 16000))
    assert np.array_equal(same.samples, left)
    opposite = read_audio(encoded(np.stack([left, -left], axis=1), 16000))
    assert not opposite.samples.any()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "nothing (the file is empty)"),
        (b"Hello, this is text.", "the text 'Hello, t'"),
        (b"RIFF\x24\x00\x00\x00WAVEjunk", "a RIFF/WAV header, but what follows does not fit"),
        (b"PK\x03\x04" + b"\0" * 40, "a ZIP archive"),
        (b"\x00\x01\x02\x03" * 10, "the bytes 00 01 02 03"),
        (encoded(tone(16000), 16000, "FLAC")[:20], "a FLAC header"),
    ],
)
def test_what_is_no_audio_is_described(content, words):
    """The error says what the file starts with, and what to give."""
    with pytest.raises(AudioError) as caught:
        read_audio(content, 16000, name="x.wav")
    assert str(caught.value).startswith("x.wav: ")
    assert words in str(caught.value)
    assert "WAV, FLAC, Ogg or MP3" in str(caught.value)


def test_a_missing_file_names_itself(tmp_path):
    """The path is in the message."""
    with pytest.raises(AudioError, match="nowhere.wav: the audio cannot be read: No such file"):
        read_audio(tmp_path / "nowhere.wav")


def test_a_header_alone_is_empty_audio():
    """A WAV file without samples is refused."""
    with pytest.raises(AudioError, match="the audio is empty"):
        read_audio(encoded(np.zeros(0, np.int16), 16000), name="x.wav")


def test_a_lower_rate_is_refused():
    """Telephone audio does not fit a broadband model."""
    with pytest.raises(AudioError, match="8000 samples per second, the model needs 16000"):
        read_audio(encoded(tone(8000), 8000), 16000)
    with pytest.raises(AudioError, match=r"samples: it has 8000 samples per second"):
        Audio.from_samples(tone(8000), 8000).resampled(16000)


def test_a_flac_of_unknown_length_is_read_to_its_end():
    """A streamed FLAC says 0 samples in its header; all of them are read."""
    content = bytearray(encoded(tone(16000, 2.0), 16000, "FLAC"))
    # STREAMINFO: 4 bytes magic, 4 bytes block header, total samples in the low 36 bits of
    # bytes 13 to 17 of the block (FLAC format, section METADATA_BLOCK_STREAMINFO).
    content[8 + 13] &= 0xF0
    content[8 + 14 : 8 + 18] = b"\0\0\0\0"
    assert len(read_audio(bytes(content)).samples) == 32000


@pytest.mark.parametrize(
    ("samples", "rate", "message"),
    [
        (np.zeros((2, 2, 2), np.int16), 16000, "shape (2, 2, 2)"),
        (np.array([0.0, np.nan]), 16000, "NaN or infinite"),
        (np.array(["a"]), 16000, "type <U1"),
        (np.zeros(10, np.int16), 10, "10 samples per second"),
        (np.zeros(10, np.int16), 10**6, "1000000 samples per second"),
    ],
)
def test_samples_that_cannot_be_audio(samples, rate, message):
    """Each refusal says what was given."""
    with pytest.raises(AudioError) as caught:
        Audio.from_samples(samples, rate)
    assert message in str(caught.value)


def test_float_samples_are_scaled_and_clipped():
    """±1.0 is full scale."""
    audio = Audio.from_samples(np.array([0.0, 0.5, -1.0, 2.0]), 16000)
    assert audio.samples.tolist() == [0, 16384, -32768, 32767]
