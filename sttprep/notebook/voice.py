"""Words by ear: a preview through flite or espeak-ng, when one of them is installed.

Both are separate programs, never imported and never required: text goes to them as an argument or
on standard input, sound comes back as a WAV file. What is heard is a synthetic voice, no proof
that the recognizer understands a speaker: for that a clip and
`sttprep.experiments.learn_pronunciation` are needed.

>>> stressed("T AO R N EY D OW".split())
('T', 'AO', 'R', 'N', 'EY1', 'D', 'OW')
"""

from __future__ import annotations

import base64
import io
import re
import shutil
import subprocess
import tempfile
import unicodedata
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sttprep.acoustics.formats import read_audio
from sttprep.errors import MissingProgramError, NotFoundError, SttprepError, WordError
from sttprep.words.lexicon import ENGLISH_PHONES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["INSTALL", "Speech", "speak", "stressed", "voices"]

INSTALL = (
    "Install one of them, for instance with: apt-get install flite (Debian, Ubuntu), "
    "brew install espeak-ng (macOS) or conda install -c conda-forge espeak-ng."
)
"""The hint where no program is found."""

_TIMEOUT = 30  # seconds; a word takes 0.05, the longest text allowed about 2
_MOST_CHARACTERS = 500  # a sentence; flite needs 45 s for one word of 10,000 letters
_MOST_PHONES = 200

# Voices of flite that speak anything; awb_time only tells the time. slt first: of the four that
# the stock recognizer understands word for word (slt, rms, awb, kal16) it is the clearest.
_FLITE_VOICES = ("slt", "rms", "awb", "kal16", "kal")

_ESPEAK_PHONES = {
    "AA": "A:", "AE": "a", "AH": "V", "AO": "O:", "AW": "aU", "AY": "aI", "B": "b", "CH": "tS",
    "D": "d", "DH": "D", "EH": "E", "ER": "3:", "EY": "eI", "F": "f", "G": "g", "HH": "h",
    "IH": "I", "IY": "i:", "JH": "dZ", "K": "k", "L": "l", "M": "m", "N": "n", "NG": "N",
    "OW": "oU", "OY": "OI", "P": "p", "R": "r", "S": "s", "SH": "S", "T": "t", "TH": "T",
    "UH": "U", "UW": "u:", "V": "v", "W": "w", "Y": "j", "Z": "z", "ZH": "Z",
}  # fmt: skip
_LONG = frozenset({"AA", "AO", "AW", "AY", "ER", "EY", "IY", "OW", "OY", "UW"})
_VOWELS = _LONG | {"AE", "AH", "EH", "IH", "UH"}
_REDUCED = frozenset({"AH", "ER", "IH"})  # vowels of unstressed syllables, most of the time


@dataclass(frozen=True, eq=False)
class Speech:
    """Synthetic speech; a notebook shows it as a player."""

    samples: NDArray[np.float32] = field(repr=False)
    """Shape (frames,), between -1 and 1."""
    rate: int
    """Samples per second, Hz."""
    voice: str
    """Who speaks: ``flite:slt``, ``espeak-ng:en-us`` …"""

    @property
    def seconds(self) -> float:
        """Duration in seconds."""
        return len(self.samples) / self.rate

    def wav(self) -> bytes:
        """The sound as a WAV file of 16-bit mono samples."""
        import numpy as np

        buffer = io.BytesIO()
        with wave.open(buffer, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(self.rate)
            levels = np.clip(np.rint(self.samples * 32768.0), -32768, 32767)
            file.writeframes(levels.astype("<i2").tobytes())
        return buffer.getvalue()

    def _repr_html_(self) -> str:
        data = base64.b64encode(self.wav()).decode("ascii")
        return f'<audio controls src="data:audio/wav;base64,{data}"></audio>'


def voices() -> list[str]:
    """Names of the voices that are installed, the first is the default; may be empty.

    Those of flite first, then US English of espeak-ng, then its other languages by name.

    >>> all(name.startswith(("flite:", "espeak-ng:")) for name in voices())
    True
    """
    found = []
    for program, list_names in _PROGRAMS.items():
        path = shutil.which(program)
        if path is not None:
            found += [f"{program}:{name}" for name in list_names(path)]
    return found


def speak(text: str, *, phones: Sequence[str] | None = None, voice: str | None = None) -> Speech:
    """Say a text, or exactly these phones.

    Args:
        text: What is said, at most 500 characters; with ``phones`` it is only a label.
        phones: ARPAbet phones, e.g. ``["L", "IH", "P"]``; a stress is put where English would
            most likely have it, unless a vowel carries one (``IH1``).
        voice: One of `voices`, or ``flite`` or ``espeak-ng`` for the program's first voice;
            None: the first that is installed.

    Raises:
        MissingProgramError: neither program is installed; the hint is the line that installs one.
        NotFoundError: there is no such voice.
        WordError: nothing in the text can be said, it is too long, or a phone is unknown.
        SttprepError: the program fails or does not come to an end.

    ::

        speak("atorvastatin", phones="AH T AO R V AH S T AE T IH N".split())
    """
    program, name = _choose(voice)
    if phones is None:
        said = _speakable(text, program)
    else:
        if program == "espeak-ng" and not name.startswith("en"):
            raise WordError(
                f"The voice {program}:{name} has no English phones.",
                hint='Choose an English voice, for example voice="espeak-ng:en-us".',
            )
        said = _PHONE_STRINGS[program](_checked(phones))
    with tempfile.TemporaryDirectory(prefix="sttprep-") as folder:
        target = Path(folder) / "speech.wav"
        wav = _run(program, name, said, phones is not None, target)
    audio = read_audio(wav, name=f"{program}:{name}")
    return Speech((audio.samples / 32768.0).astype("float32"), audio.rate, f"{program}:{name}")


def stressed(phones: Sequence[str]) -> tuple[str, ...]:
    """The phones with ``1`` behind the vowel that English would most likely stress.

    The Latin stress rule, which English follows for most names and technical terms: the last
    vowel but one if it is long or followed by two consonants, else the one before it. Vowels of
    unstressed syllables (AH, ER, IH) are passed over where there is another one.

    >>> " ".join(stressed("M EH T F AO R M IH N".split()))
    'M EH T F AO1 R M IH N'
    >>> " ".join(stressed("AH B AW T".split()))
    'AH B AW1 T'
    """
    places = [place for place, phone in enumerate(phones) if phone in _VOWELS]
    if not places:
        return tuple(phones)
    if len(places) < 3:
        order = places
    else:
        last, before, early = places[-1], places[-2], places[-3]
        heavy = phones[before] in _LONG or last - before > 2
        order = [before, early] if heavy else [early, before]
        order += [place for place in reversed(places) if place not in order]
    full = [place for place in order if phones[place] not in _REDUCED]
    chosen = (full or order)[0]
    return tuple(f"{phone}1" if n == chosen else phone for n, phone in enumerate(phones))


def _choose(voice: str | None) -> tuple[str, str]:
    """Program and voice name."""
    installed = voices()
    if not installed:
        raise MissingProgramError(
            "Words can be heard only with flite or espeak-ng, and neither is installed.",
            hint=INSTALL,
        )
    if voice is None:
        voice = installed[0]
    elif voice in _PROGRAMS:
        first = next((known for known in installed if known.startswith(f"{voice}:")), None)
        voice = first or voice
    if voice not in installed:
        # A hundred names of languages would hide the few that are meant.
        near = [name for name in installed if name.startswith(("flite:", "espeak-ng:en"))]
        raise NotFoundError("voice", voice, near, hint="voices() has all of them.")
    program, _, name = voice.partition(":")
    return program, name


def _speakable(text: str, program: str) -> str:
    """The text without what a program cannot read."""
    said = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(said) > _MOST_CHARACTERS:
        raise WordError(
            f"A text of {len(said)} characters is too long to be said as a preview.",
            hint=f"Give at most {_MOST_CHARACTERS} characters, for instance one word.",
        )
    if program == "flite":  # it reads ASCII: é as e, nothing of другой
        said = unicodedata.normalize("NFKD", said).encode("ascii", "ignore").decode("ascii")
        if not any(map(str.isalnum, said)):
            raise WordError(
                f"Nothing in '{text[:60]}' can be said by flite, which reads only English.",
                hint='Give a sounds-like in ordinary letters, for example "moskva", or a voice of '
                "espeak-ng.",
            )
    elif not said:
        raise WordError("There is nothing to say.", hint='Give a word, for example "tornado".')
    return said.replace("[[", "[ [")  # espeak-ng would take what follows for phones


def _checked(phones: Sequence[str]) -> tuple[str, ...]:
    given = tuple(phones.split()) if isinstance(phones, str) else tuple(phones)
    if not 0 < len(given) <= _MOST_PHONES:
        raise WordError(
            f"{len(given)} phones cannot be said.",
            hint=f"Give 1 to {_MOST_PHONES} phones, for example L IH P.",
        )
    for phone in given:
        bare = phone.rstrip("012") if phone[:-1] in _VOWELS else phone
        if bare not in ENGLISH_PHONES:
            raise WordError(
                f"'{phone[:20]}' is no ARPAbet phone.",
                hint=f"The phones are {' '.join(sorted(ENGLISH_PHONES))}.",
            )
    return given if any(phone[-1].isdigit() for phone in given) else stressed(given)


def _flite_phones(phones: Sequence[str]) -> str:
    said = ["ax" if phone in ("AH", "AH0") else phone.lower() for phone in phones]
    # Without silence around them the first and last phone are cut.
    return " ".join(["pau", *(re.sub("[02]$", "0", phone) for phone in said), "pau"])


def _espeak_phones(phones: Sequence[str]) -> str:
    said = []
    for phone in phones:
        stress = {"1": "'", "2": ","}.get(phone[-1], "")
        bare = phone.rstrip("012")
        weak = not stress and bare in ("AH", "ER")
        said.append(stress + ({"AH": "@", "ER": "3"}[bare] if weak else _ESPEAK_PHONES[bare]))
    # The bar keeps neighbours apart that would read as one: t|S is no tS.
    return f"[[{'|'.join(said)}]]"


def _run(program: str, name: str, said: str, by_phones: bool, target: Path) -> bytes:
    path = shutil.which(program) or program
    if program == "flite":
        kind = "-p" if by_phones else "-t"
        command, stdin = [path, "-voice", name, kind, said, "-o", str(target)], ""
    else:
        command, stdin = [path, "-v", name, "-b", "1", "-w", str(target), "--stdin"], said
    try:
        done = subprocess.run(
            command,
            input=stdin.encode("utf-8", "ignore"),
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SttprepError(
            f"{program} did not come to an end within {_TIMEOUT} s.",
            hint="Give a shorter text, or another voice.",
        ) from None
    except OSError as error:
        raise SttprepError(
            f"{path} cannot be run: {error.strerror}.", hint=f"Install {program} again."
        ) from error
    sound = target.read_bytes() if target.exists() else b""
    if done.returncode or not sound:
        said_why = done.stderr.decode("utf-8", "replace").strip()[-200:]
        raise SttprepError(
            f"{program} ended with status {done.returncode} and no sound"
            f"{': ' + said_why if said_why else '.'}",
            hint=f'Try another voice, for example voice="{_other(program)}".',
        )
    return sound


def _other(program: str) -> str:
    return "espeak-ng" if program == "flite" else "flite"


def _listing(*command: str) -> str:
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_TIMEOUT, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""  # a broken program has no voices
    return done.stdout.decode("utf-8", "replace")


@cache
def _flite_names(path: str) -> tuple[str, ...]:
    # Voices available: kal awb_time kal16 awb rms slt
    names = _listing(path, "-lv").partition(":")[2].split()
    return tuple(name for name in _FLITE_VOICES if name in names)


@cache
def _espeak_names(path: str) -> tuple[str, ...]:
    #  5  en-us           --/M      English_(America)  gmw/en-US            (en 3)
    rows = [line.split() for line in _listing(path, "--voices").splitlines()[1:]]
    # Those of mb need a second program and its data.
    names = {row[1] for row in rows if len(row) > 4 and not row[4].startswith("mb/")}
    order = sorted(names, key=lambda name: (name != "en-us", not name.startswith("en"), name))
    return tuple(order)


_PROGRAMS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "flite": _flite_names,
    "espeak-ng": _espeak_names,
}
_PHONE_STRINGS: dict[str, Callable[[Sequence[str]], str]] = {
    "flite": _flite_phones,
    "espeak-ng": _espeak_phones,
}
