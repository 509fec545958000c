"""The sounds of the sample project: flite's voices in three conditions, as FLAC.

* ``clean``: a quiet room, noise 76 dB below full scale.
* ``noisy``: room noise whose power falls with frequency (1/f) and mains hum, 28 dB below the voice.
* ``telephone``: 200–3600 Hz, 8 kHz µ-law (ITU-T G.711's curve) and back, line noise 36 dB below.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

Samples = NDArray[np.float64]

RATE = 16_000
VOICES = ("slt", "rms", "awb", "kal16")
CONDITIONS = ("clean", "noisy", "clean", "telephone")
"""In the order in which they are dealt: half of the recordings are clean."""
SNR = {"noisy": 28.0, "telephone": 36.0}
"""Voice over noise in dB, both as root mean square; pauses of the voice left out."""

_LEVEL = -35.0  # dB of full scale: a quiet line, and FLAC files half the size of full level
_QUIET = -76.0
_STRETCHES = (1.0, 1.06, 0.96, 1.12, 1.03)
_PITCHES = {  # Hz around each voice's own; rms does not heed the setting
    "slt": (None, 165, 185, 175),
    "rms": (None,),
    "awb": (None, 120, 138, 128),
    "kal16": (None, 98, 112, 105),
}


@dataclass(frozen=True)
class Take:
    """One recording to be made."""

    name: str
    """File name without folder."""
    text: str
    """What the voice says, with punctuation."""
    voice: str
    condition: str
    number: int
    """Chooses tempo, pitch and noise."""


def missing_program() -> str:
    """Why audio cannot be made here, or nothing."""
    if shutil.which("flite") is None:
        return "flite, the speech synthesizer, is missing. On Debian: apt-get install flite"
    voices = subprocess.run(["flite", "-lv"], capture_output=True, text=True, check=True).stdout
    absent = [voice for voice in VOICES if voice not in voices.split()]
    if absent:
        return f"This flite has no voice {', '.join(absent)}. On Debian: apt-get install flite"
    return ""


def speak(take: Take, lexicon: Path) -> Samples:
    """The voice alone, full scale = 1, at 16 kHz."""
    stretch = _STRETCHES[take.number % len(_STRETCHES)]
    pitch = _PITCHES[take.voice][take.number // 5 % len(_PITCHES[take.voice])]
    settings = ["--setf", f"duration_stretch={stretch}"]
    if pitch is not None:
        settings += ["--setf", f"int_f0_target_mean={pitch}"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "voice.wav"
        voice = ["-voice", take.voice, "-add_lex", str(lexicon), *settings]
        subprocess.run(["flite", *voice, "-t", take.text, "-o", str(path)], check=True)
        samples, rate = soundfile.read(path, dtype="float64")
    if rate != RATE:
        samples = soxr.resample(samples, rate, RATE)
    return np.asarray(samples)


def voice_power(samples: Samples) -> float:
    """Mean power of the 20 ms frames within 30 dB of the loudest."""
    frames = samples[: samples.size // 320 * 320].reshape(-1, 320)
    power = (frames**2).mean(axis=1)
    return float(power[power > power.max() / 1000].mean())


def decibels(power: float) -> float:
    return float(10 ** (power / 20))


def band(samples: Samples, rate: int, low: float, high: float) -> Samples:
    spectrum = np.fft.rfft(samples)
    frequency = np.fft.rfftfreq(samples.size, 1 / rate)
    # Edges of 100 Hz, so that the filter does not ring.
    spectrum *= np.clip((frequency - low) / 100 + 0.5, 0, 1)
    spectrum *= np.clip((high - frequency) / 100 + 0.5, 0, 1)
    return np.fft.irfft(spectrum, samples.size)


def room_noise(size: int, random: np.random.Generator) -> Samples:
    """Noise of power 1/f above 60 Hz with a little mains hum, root mean square 1."""
    frequency = np.fft.rfftfreq(size, 1 / RATE)
    spectrum = np.fft.rfft(random.standard_normal(size))
    spectrum *= np.where(frequency < 60, 0, 1 / np.sqrt(np.maximum(frequency, 60)))
    noise = np.fft.irfft(spectrum, size)
    noise /= np.sqrt((noise**2).mean())
    noise += 0.2 * np.sin(2 * np.pi * 120 * np.arange(size) / RATE + random.uniform(0, 6))
    return np.asarray(noise / np.sqrt((noise**2).mean()))


def mu_law(samples: Samples) -> Samples:
    """There and back through 8 bits, µ = 255."""
    folded = np.sign(samples) * np.log1p(255 * np.abs(np.clip(samples, -1, 1))) / np.log(256)
    steps = np.round(folded * 127) / 127
    return np.asarray(np.sign(steps) * (256 ** np.abs(steps) - 1) / 255)


def record(samples: Samples, condition: str, random: np.random.Generator) -> Samples:
    """The voice as it arrives in a condition, at the level of the sample project."""
    pause = np.zeros(int(0.15 * RATE))
    samples = np.concatenate([pause, samples, pause])
    samples = samples / np.sqrt(voice_power(samples))
    if condition == "noisy":
        samples = samples + room_noise(samples.size, random) / decibels(SNR["noisy"])
    elif condition == "telephone":
        samples = samples + random.standard_normal(samples.size) / decibels(SNR["telephone"])
        line = soxr.resample(band(samples, RATE, 200, 3600), RATE, 8000)
        samples = soxr.resample(mu_law(line * decibels(-18)), 8000, RATE)
    level = decibels(_LEVEL + random.uniform(-3, 2)) / np.sqrt(voice_power(samples))
    return samples * level + decibels(_QUIET) * random.standard_normal(samples.size)


def make(folder: Path, takes: Sequence[Take], lexicons: dict[str, str]) -> list[float]:
    """Writes every recording into a folder; their seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    for stale in folder.glob("*.flac"):
        stale.unlink()
    seconds = []
    with tempfile.TemporaryDirectory() as temporary:
        for voice, text in lexicons.items():
            (Path(temporary) / voice).write_text(text, encoding="utf-8")
        for take in takes:
            random = np.random.default_rng([take.number, len(folder.name)])
            samples = record(speak(take, Path(temporary) / take.voice), take.condition, random)
            whole = np.clip(np.round(samples * 32767), -32768, 32767).astype(np.int16)
            soundfile.write(folder / take.name, whole, RATE, subtype="PCM_16", format="FLAC")
            seconds.append(whole.size / RATE)
    return seconds
