"""The recognizer of this machine: a pool of decoder processes with one set of models."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sttprep.acoustics.formats import Audio, read_audio
from sttprep.errors import SttprepError
from sttprep.recognition.pool import DecoderPool, Rows, core_count
from sttprep.recognition.recognizer import Transcript, Utterance, WordTiming
from sttprep.recognition.sphinx_model import SphinxModel

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["LocalRecognizer", "TranscriptCache"]


class TranscriptCache(Protocol):
    """Remembers what a model recognized in an audio file, by their contents."""

    def get(self, recognizer_key: str, audio_key: str) -> tuple[Rows, float] | None:
        """Rows and duration in seconds, or None."""
        ...

    def put(self, recognizer_key: str, audio_key: str, rows: Rows, seconds: float) -> None:
        """Remember rows and duration."""
        ...


class LocalRecognizer:
    """Recognizes speech with pocketsphinx in worker processes.

    ``key`` names the models by content; ``display`` maps spoken forms to display-as; a ``cache``
    spares decoding the same audio with the same models twice; ``vocabulary`` is that of the base
    model, against which an evaluation tells which words were new.
    """

    def __init__(
        self,
        model: SphinxModel,
        *,
        key: str,
        display: Mapping[str, str] | None = None,
        cache: TranscriptCache | None = None,
        n_workers: int | None = None,
        description: str = "",
        vocabulary: Container[str] | None = None,
    ) -> None:
        self.model = model
        self.key = key
        self.description = description
        self.vocabulary = vocabulary
        self._display = dict(display or {})
        self._cache = cache
        self._pool = DecoderPool(model, n_workers)

    def __repr__(self) -> str:
        return f"<LocalRecognizer {self.description or self.key[:12]}>"

    def __enter__(self) -> LocalRecognizer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the decoder processes; the next call starts new ones."""
        self._pool.close()

    def transcribe(self, audio: str | Path | ArrayLike, rate: int | None = None) -> Transcript:
        """Recognize one audio file, or samples at ``rate`` Hz (the model's own by default).

        Samples have shape (frames,) or (frames, channels) and are int16 or floats in ±1.

        Raises:
            AudioError: the audio cannot be decoded, or its rate is lower than the model's.
            RecognizerError: the decoder does not start, or dies of this audio.
        """
        if isinstance(audio, str | Path):
            [transcript] = self.transcribe_many([audio], progress=False)
            return transcript
        sound = Audio.from_samples(audio, rate if rate is not None else self.model.rate)
        loaders = [lambda: sound.resampled(self.model.rate).samples.tobytes()]
        # Taken to its end: a result left early would end the decoder with it.
        [(_, rows)] = self._pool.decode(loaders)
        if isinstance(rows, SttprepError):
            raise rows
        return self._transcript(rows, sound.seconds, sound.name)

    def transcribe_many(
        self, paths: Sequence[str | Path], n_jobs: int = -1, progress: bool = True
    ) -> list[Transcript]:
        """Recognize audio files, in order; one decoder process per core (``n_jobs=-1``).

        Raises:
            AudioError: a file cannot be decoded.
            RecognizerError: the decoder does not start, or dies of an audio file.
        """
        with closing(self._recognize(paths, n_jobs)) as results:
            transcripts = dict(_with_progress(results, len(paths), progress, self.description))
        return [transcripts[index] for index in range(len(paths))]

    def _recognize(
        self, paths: Sequence[str | Path], n_jobs: int
    ) -> Generator[tuple[int, Transcript], None, None]:
        audio_keys: dict[int, str] = {}
        open_indexes = []
        for index, path in enumerate(paths):
            if self._cache is not None:
                audio_keys[index] = _file_key(Path(path))
                known = self._cache.get(self.key, audio_keys[index])
                if known is not None:
                    yield index, self._transcript(*known, str(path))
                    continue
            open_indexes.append(index)
        seconds: dict[int, float] = {}

        def loader(index: int) -> Callable[[], bytes]:
            def load() -> bytes:
                audio = read_audio(paths[index], self.model.rate)
                seconds[index] = audio.seconds
                return audio.samples.tobytes()

            return load

        loaders = [loader(index) for index in open_indexes]
        count = core_count() if n_jobs < 0 else max(1, n_jobs)
        with closing(self._pool.decode(loaders, count)) as results:
            for position, rows in results:
                index = open_indexes[position]
                if isinstance(rows, SttprepError):
                    raise _about(rows, str(paths[index]))
                if self._cache is not None:
                    self._cache.put(self.key, audio_keys[index], rows, seconds[index])
                yield index, self._transcript(rows, seconds[index], str(paths[index]))

    def _transcript(self, rows: Rows, seconds: float, name: str) -> Transcript:
        words = tuple(WordTiming(*row) for row in rows)
        utterances = (Utterance(words, self._display),) if words else ()
        return Transcript(utterances, seconds, name)


def _file_key(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""  # reading the audio will say what is wrong with it


def _about(error: SttprepError, path: str) -> SttprepError:
    """The error, naming the file it is about."""
    if path not in str(error):
        error.message = f"{path}: {error.message}"
    return error


def _with_progress(
    results: Iterator[tuple[int, Transcript]], total: int, progress: bool, label: str
) -> Iterator[tuple[int, Transcript]]:
    if not progress:
        return results
    from tqdm.auto import tqdm

    bar: Iterator[tuple[int, Transcript]] = tqdm(
        results, total=total, desc=label or "transcribe", unit="file"
    )
    return bar
