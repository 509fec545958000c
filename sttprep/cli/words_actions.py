"""What the actions of ``sttprep words`` do; each answers the exit code."""

from __future__ import annotations

import argparse
import io
import re
import shlex
import shutil
import subprocess
import tempfile
import wave
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sttprep.cli.output import print_json, print_problems, tell
from sttprep.errors import MissingProgramError, WordError
from sttprep.source import Problem

if TYPE_CHECKING:
    from sttprep.words import WordList

__all__ = ["check", "diff", "merge", "pronounce", "say"]

# Programs that play a WAV file and then end, silently, in the order of their commonness.
_PLAYERS = {
    "aplay": ("-q",),
    "paplay": (),
    "play": ("-q",),
    "ffplay": ("-nodisp", "-autoexit", "-loglevel", "error"),
    "afplay": (),
}
_PAUSE = 0.4  # seconds between two texts


def check(options: argparse.Namespace) -> int:
    """Print every finding in the files; 1 where there are errors or warnings."""
    from sttprep.words import check_words_file

    findings: list[Problem] = []
    unreadable: list[Problem] = []
    for path in options.files:
        found = check_words_file(path, language=options.language, generation=options.generation)
        findings += found
        unreadable += [problem for problem in found if problem.code == "words-file"]
    if unreadable and len(unreadable) == len(options.files):  # nothing in them could be judged
        raise WordError(
            "\n".join(f"{problem.name}: {problem.message}" for problem in unreadable),
            hint=unreadable[-1].hint,
        )
    code = print_problems(findings, options.json)
    for problem in unreadable:
        tell(f"sttprep: {problem.name}: {problem.message} {problem.hint}")
    return 2 if unreadable else code


def pronounce(options: argparse.Namespace) -> int:
    """Print the pronunciations of each text."""
    from sttprep.words import pronounce

    found = {text: pronounce(text, options.language, options.n) for text in options.texts}
    if options.json:
        print_json(
            {
                text: [{"phones": str(p), "origin": p.origin, "score": p.score} for p in rows]
                for text, rows in found.items()
            }
        )
        return 0
    for text, rows in found.items():
        for pronunciation in rows:
            print(f"{text}\t{pronunciation}\t{pronunciation.origin}")
    return 0


def merge(options: argparse.Namespace) -> int:
    """Write the merged list; 1 where conflicts are left."""
    from sttprep.words import merge_words

    lists = [_read(path) for path in (options.base, options.ours, options.theirs)]
    merged = merge_words(*lists, prefer=options.prefer)
    merged.words.write(options.output)
    if options.json:
        print_json({"output": options.output, **merged.to_json()})
    else:
        print(merged)
        print(f"Written: {options.output}")
    if merged.conflicts:
        tell(
            "Conflicts are left. Decide them in the file, or give --prefer ours or --prefer theirs."
        )
    return 0 if merged else 1


def diff(options: argparse.Namespace) -> int:
    """Print what differs; 1 where anything does."""
    found = _read(options.old).diff(_read(options.new))
    if options.json:
        print_json(found.to_json())
    else:
        print(found)
    return 1 if found else 0


def _read(path: str) -> WordList:
    """The words of a file, whatever rules they break; doubts about the file go to stderr."""
    from sttprep.words.table import load_words

    words, doubts = load_words(path, language=None)
    for doubt in doubts:
        tell(str(doubt))
    return words


def say(options: argparse.Namespace) -> int:
    """Play the texts or write them to a file."""
    from sttprep.files import write_bytes_whole
    from sttprep.notebook.voice import speak

    if options.output and Path(options.output).suffix.lower() != ".wav":
        raise WordError(
            f"{options.output}: sound is written as .wav only.",
            hint=f"Write for example -o {Path(options.output).with_suffix('.wav')}",
        )
    example = f"sttprep words say {shlex.quote(options.texts[0])} -o {_file_name(options.texts[0])}"
    players = [] if options.output else _players(example)
    spoken = [speak(text, voice=options.voice) for text in options.texts]
    sound = _joined([speech.wav() for speech in spoken])
    if options.output:
        write_bytes_whole(options.output, sound, WordError)
        player = None
    else:
        player = _play(sound, players, example)
    with wave.open(io.BytesIO(sound)) as file:
        seconds = round(file.getnframes() / file.getframerate(), 3)
    if options.json:
        print_json(
            {
                "texts": options.texts,
                "voice": spoken[0].voice,
                "rate": spoken[0].rate,
                "seconds": seconds,
                "output": options.output,
                "player": player,
            }
        )
    elif options.output:
        print(f"Written: {options.output} ({seconds:.1f} s, {spoken[0].voice})")
    return 0


def _joined(sounds: Sequence[bytes]) -> bytes:
    """One WAV file of several of the same format, with pauses between them."""
    if len(sounds) == 1:
        return sounds[0]
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as made:
        for number, sound in enumerate(sounds):
            with wave.open(io.BytesIO(sound)) as part:
                if number == 0:
                    made.setparams(part.getparams())
                else:
                    width = part.getsampwidth() * part.getnchannels()
                    made.writeframes(bytes(int(part.getframerate() * _PAUSE) * width))
                made.writeframes(part.readframes(part.getnframes()))
    return buffer.getvalue()


def _players(example: str) -> list[str]:
    found = [program for program in _PLAYERS if shutil.which(program)]
    if not found:
        raise MissingProgramError(
            f"No program that plays sound is installed ({', '.join(_PLAYERS)}).",
            hint=f"Install one, for instance with: apt-get install alsa-utils. Or write a file: "
            f"{example}",
        )
    return found


def _play(sound: bytes, players: Sequence[str], example: str) -> str:
    """Play through the first program that can; answers its name."""
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "say.wav"
        path.write_bytes(sound)
        for player in players:
            done = subprocess.run(
                [player, *_PLAYERS[player], str(path)],
                stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
            )  # fmt: skip
            if done.returncode == 0:
                return player
            lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
            failures.append(f"{player}: {lines[-1] if lines else f'exit code {done.returncode}'}")
    raise MissingProgramError(
        f"The sound cannot be played here ({'; '.join(failures)}).",
        hint=f"Write a file instead: {example}",
    )


def _file_name(text: str) -> str:
    return f"{re.sub('[^a-z0-9]+', '-', text.lower()).strip('-')[:40] or 'word'}.wav"
