"""The pocketsphinx engine; the only module that imports pocketsphinx.

A decoder's answer depends on what it heard before, so every utterance starts from a fresh front
end and the whole of it is decoded in one call (batch cepstral mean normalization): the same audio
gives the same words whatever was decoded earlier.
"""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pocketsphinx

from sttprep.acoustics.files import NOISE_PHONES, read_phones
from sttprep.errors import RecognizerError
from sttprep.recognition.sphinx_model import ALIGNMENT_SEARCH, GRAPH_SEARCH, SphinxModel

__all__ = ["SphinxDecoder"]

_FRAMES_PER_SECOND = 100  # pocketsphinx's default frame rate
_SHORTEST = 0.05  # seconds; below that there are too few frames for any hypothesis
_ALTERNATIVE = re.compile(r"\(\d+\)$")
_SCALE = 1024  # scores are kept shifted right by 10 bits (SENSCR_SHIFT)
_LEAST = 1e-300  # probability of an arc; the engine takes none of zero
_FILLER = ("<", "[", "+")  # what silence and noise are called


class SphinxDecoder:
    """One pocketsphinx decoder with one model loaded.

    Raises:
        RecognizerError: the model does not load; the text holds the engine's own reason.
    """

    def __init__(self, model: SphinxModel) -> None:
        self.model = model
        with tempfile.TemporaryDirectory(prefix="sttprep-") as folder:
            log = Path(folder) / "log"
            config = pocketsphinx.Config(
                hmm=model.acoustic_model,
                dict=model.lexicon or None,
                lm=model.language_model,
                samprate=model.rate,
                cmn="batch",
                loglevel="ERROR",
                logfn=str(log),
            )
            settings = ALIGNMENT_SEARCH if model.aligns else {}
            if model.graph is not None:
                config["fsg"] = model.graph
                settings = GRAPH_SEARCH
            for name, value in settings.items():
                config[name] = value
            try:
                self._decoder = pocketsphinx.Decoder(config)
            except (RuntimeError, ValueError) as error:
                reason = _last_error(log) or str(error)
                raise RecognizerError(
                    f"The recognizer does not load its model: {reason}",
                    hint="Check the files it names.",
                ) from error
        self._names: dict[str, str] = {}  # word in the decoder's dictionary, by phones

    def decode(self, pcm: bytes) -> list[list[Any]]:
        """Recognize 16-bit little-endian mono samples at the model's rate.

        Returns one row ``[word, start, end, confidence]`` a word, times in seconds.
        """
        if self._hear(pcm) is None:
            return []
        decoder = self._decoder
        rows = []
        for segment in decoder.seg():
            word = _ALTERNATIVE.sub("", segment.word)
            if word.startswith(_FILLER):  # silence and noise, not words
                continue
            # Linear; leaves the lattice a little above 1 at times (1.001 was seen).
            confidence = min(1.0, segment.prob)
            rows.append(
                [
                    word,
                    *_times(segment),
                    round(confidence, 4),
                ]
            )
        return rows

    def align(
        self,
        pcm: bytes,
        words: Sequence[Sequence[str]],
        priors: Mapping[str, float] | None = None,
    ) -> dict[str, Any]:
        """Find where these words lie in the audio, with silence anywhere between them.

        Args:
            pcm: As for :meth:`decode`.
            words: For each word its pronunciations, phones joined by blanks; the likeliest is
                taken.
            priors: What is added to the log-likelihood of a pronunciation, in nats, 0 or less.

        Returns ``score``, the log-likelihood in nats (to be compared only with others of the same
        audio; None if the audio cannot be these words), and ``words``, a row ``[number of the
        pronunciation, start, end]`` a word, times in seconds.

        Raises:
            RecognizerError: a pronunciation is empty or has unknown phones.
        """
        decoder = self._decoder
        names = [[self._name(phones) for phones in one] for one in words]
        known = priors or {}
        arcs = [
            (place, place + 1, max(math.exp(known.get(phones, 0.0)), _LEAST), self._names[phones])
            for place, alternatives in enumerate(words)
            for phones in dict.fromkeys(alternatives)
        ]
        graph = decoder.create_fsg("align", 0, len(names), arcs)
        decoder.add_fsg("align", graph)
        decoder.activate_search("align")
        score = self._hear(pcm)
        rows: list[list[Any]] = []
        if score is not None:
            spoken = [one for one in decoder.seg() if not one.word.startswith(_FILLER)]
            if len(spoken) < len(names):  # the beam left no whole path
                return {"score": None, "words": []}
            for alternatives, segment in zip(names, spoken, strict=True):
                rows.append([alternatives.index(segment.word), *_times(segment)])
        return {"score": score, "words": rows}

    def phones(self, pcm: bytes, phone_language_model: str | None) -> dict[str, Any]:
        """What is heard without any words: the likeliest phones.

        Returns ``score`` as :meth:`align` and ``phones``, rows ``[phone, start, end]``, silence
        and noise included.
        """
        decoder = self._decoder
        decoder.add_allphone_file("phones", phone_language_model)
        decoder.activate_search("phones")
        score = self._hear(pcm)
        segments = decoder.seg() if score is not None else []
        return {"score": score, "phones": [[one.word, *_times(one)] for one in segments]}

    def _hear(self, pcm: bytes) -> float | None:
        """Decode the audio; the log-likelihood of the best path in nats, None without one."""
        seconds = len(pcm) / 2 / self.model.rate
        # Digital silence is heard as a word ("two"); there is nothing to recognize in it.
        if seconds < _SHORTEST or not pcm.strip(b"\0"):
            return None
        decoder = self._decoder
        decoder.reinit_feat()
        decoder.start_utt()
        decoder.process_raw(pcm[: len(pcm) // 2 * 2], full_utt=True)
        decoder.end_utt()
        found = decoder.hyp()
        if found is None:
            return None
        return math.log(found.score) * _SCALE if found.score > 0 else -math.inf

    def _name(self, phones: str) -> str:
        """The dictionary word with these phones, added when first needed."""
        if phones not in self._names:
            # An empty pronunciation or an unknown phone ends the process.
            unknown = set(phones.split()) - self._known_phones
            if unknown or not phones.split():
                raise RecognizerError(
                    f"The pronunciation '{phones}' cannot be aligned.",
                    hint="Use the phones of the acoustic model, for instance 'L IH P'.",
                )
            name = f"w{len(self._names)}"
            self._decoder.add_word(name, phones, update=False)
            self._names[phones] = name
        return self._names[phones]

    @cached_property
    def _known_phones(self) -> frozenset[str]:
        return read_phones(Path(self.model.acoustic_model)) - NOISE_PHONES


def _times(segment: Any) -> tuple[float, float]:
    """Start and end in seconds."""
    start: float = segment.start_frame / _FRAMES_PER_SECOND
    end: float = (segment.end_frame + 1) / _FRAMES_PER_SECOND
    return start, end


def _last_error(log: Path) -> str:
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    errors = [line for line in lines if line.startswith(("ERROR", "FATAL"))]
    # ERROR: "file.c", line 12: text
    return errors[0].split(": ", 2)[-1].strip() if errors else ""
