"""Audio files → mono 16-bit samples at the rate a model wants.

Containers and codecs are libsndfile's (WAV, FLAC, Ogg Vorbis and Opus, MP3, AU …), resampling is
soxr's.

>>> import numpy as np
>>> audio = Audio.from_samples(np.zeros(8000, dtype=np.int16), 8000)
>>> audio.seconds, len(audio.samples)
(1.0, 8000)
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from sttprep.errors import AudioError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

__all__ = ["Audio", "read_audio"]

_BLOCK = 1 << 18  # frames a read: bounds memory whatever length the header claims
_MINIMUM_RATE = 1000  # Hz; below it nothing of speech is left
_MAXIMUM_RATE = 384_000  # Hz; the highest rate converters are sold with

_MAGIC = (
    (b"RIFF", "a RIFF/WAV header"),
    (b"fLaC", "a FLAC header"),
    (b"OggS", "an Ogg header"),
    (b"ID3", "an MP3 tag"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"<", "mark-up (XML or HTML)"),
)


@dataclass(frozen=True, eq=False)
class Audio:
    """Mono audio."""

    samples: NDArray[np.int16]
    """Shape (frames,), 16-bit."""
    rate: int
    """Samples per second, Hz."""
    name: str = ""
    """Where it came from."""

    @property
    def seconds(self) -> float:
        """Duration in seconds."""
        return len(self.samples) / self.rate

    @classmethod
    def from_samples(cls, samples: ArrayLike, rate: int, name: str = "samples") -> Audio:
        """Samples of shape (frames,) or (frames, channels), int16 or float in ±1, as mono audio.

        Raises:
            AudioError: another shape or type, NaN or infinite values, an impossible rate.
        """
        import numpy as np

        array = np.asarray(samples)
        if array.ndim not in (1, 2):
            raise AudioError(
                f"{name}: samples have shape {array.shape}.",
                hint="Give shape (frames,) or (frames, channels).",
            )
        _check_rate(name, rate)
        if array.dtype == np.int16:
            mono = array if array.ndim == 1 else array.astype(np.int32).mean(axis=1)
        elif np.issubdtype(array.dtype, np.floating):
            if not np.isfinite(array).all():
                raise AudioError(
                    f"{name}: samples contain NaN or infinite values.",
                    hint="Replace them first, for instance with numpy.nan_to_num(samples).",
                )
            mono = (array if array.ndim == 1 else array.mean(axis=1)) * 32768.0
        else:
            raise AudioError(
                f"{name}: samples are of type {array.dtype}.",
                hint="Give int16, or floats between -1 and 1: samples.astype('int16').",
            )
        return cls(np.clip(np.rint(mono), -32768, 32767).astype(np.int16), int(rate), name)

    def resampled(self, rate: int) -> Audio:
        """The same audio at a lower rate (band-limited interpolation).

        Raises:
            AudioError: its rate is lower than that; speech above half its rate is not there, so a
                model of ``rate`` cannot hear it.
        """
        if self.rate < rate:
            raise AudioError(
                f"{self.name}: it has {self.rate} samples per second, the model needs {rate}.",
                hint="Use a narrowband model for telephone audio, or record at the model's rate.",
            )
        if rate == self.rate or not len(self.samples):
            return Audio(self.samples, rate, self.name)
        import soxr

        return Audio(soxr.resample(self.samples, self.rate, rate), rate, self.name)


def read_audio(source: str | Path | bytes, rate: int | None = None, name: str = "") -> Audio:
    """Decode an audio file (path or content) to mono, resampled down to ``rate`` Hz if given.

    Raises:
        AudioError: the file is missing, is no audio, is damaged, or has a lower rate than asked
            for.
    """
    import numpy as np
    import soundfile

    handle: BinaryIO | str
    if isinstance(source, bytes):
        label, handle = name or "audio", io.BytesIO(source)
        start = source[:8]
    else:
        # libsndfile opens a path itself: reading through a Python file would lose a Ctrl-C that
        # comes while it calls back.
        label, handle = name or str(source), str(source)
        start = _start(Path(source), label)
    blocks: list[NDArray[Any]] = []
    try:
        with soundfile.SoundFile(handle) as file:
            file_rate = file.samplerate
            # A streamed FLAC claims 2**63 - 1 frames, and soundfile fails when it seeks to where
            # its last block ends: read until nothing comes, and never seek.
            file.seekable = lambda: False
            while len(block := file.read(_BLOCK, dtype="int16", always_2d=True)):
                blocks.append(_mono(block))
    except (soundfile.SoundFileError, RuntimeError) as error:
        raise AudioError(
            f"{label}: this cannot be decoded as audio: it starts with {_describe(start)}.",
            hint="Give a WAV, FLAC, Ogg or MP3 file; sox BROKEN fixed.flac often mends one.",
        ) from error
    samples = np.concatenate(blocks) if blocks else np.zeros(0, np.int16)
    audio = Audio.from_samples(samples, file_rate, label)
    if not len(audio.samples):
        raise AudioError(f"{label}: the audio is empty.", hint="Record it again or leave it out.")
    return audio if rate is None else audio.resampled(rate)


def _start(path: Path, label: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(8)
    except OSError as error:
        raise AudioError(
            f"{label}: the audio cannot be read: {error.strerror}.",
            hint="Check the path; paths in a manifest are relative to the manifest's folder.",
        ) from error


def _mono(block: NDArray[Any]) -> NDArray[np.int16]:
    import numpy as np

    mono: NDArray[np.int16] = np.rint(block.mean(axis=1)).astype(np.int16)
    return mono


def _check_rate(name: str, rate: int) -> None:
    if not _MINIMUM_RATE <= rate <= _MAXIMUM_RATE:
        raise AudioError(
            f"{name}: {rate} samples per second is no usable rate.",
            hint=f"Give a rate between {_MINIMUM_RATE} and {_MAXIMUM_RATE} Hz, for instance 16000.",
        )


def _describe(start: bytes) -> str:
    if not start:
        return "nothing (the file is empty)"
    for magic, words in _MAGIC:
        if start.startswith(magic):
            return f"{words}, but what follows does not fit"
    if start.isascii() and start.decode("ascii").isprintable():
        return f"the text {start.decode('ascii')!r}"
    return f"the bytes {start.hex(' ')}"
