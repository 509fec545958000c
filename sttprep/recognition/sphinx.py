"""The pocketsphinx engine; the only module that imports pocketsphinx.

A decoder's answer depends on what it heard before, so every utterance starts from a fresh front
end and the whole of it is decoded in one call (batch cepstral mean normalization): the same audio
gives the same words whatever was decoded earlier.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import pocketsphinx

from sttprep.errors import RecognizerError
from sttprep.recognition.sphinx_model import GRAPH_SEARCH, SphinxModel

__all__ = ["SphinxDecoder"]

_FRAMES_PER_SECOND = 100  # pocketsphinx's default frame rate
_SHORTEST = 0.05  # seconds; below that there are too few frames for any hypothesis
_ALTERNATIVE = re.compile(r"\(\d+\)$")


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
                dict=model.lexicon,
                lm=model.language_model,
                samprate=model.rate,
                cmn="batch",
                loglevel="ERROR",
                logfn=str(log),
            )
            if model.graph is not None:
                config["fsg"] = model.graph
                for name, value in GRAPH_SEARCH.items():
                    config[name] = value
            try:
                self._decoder = pocketsphinx.Decoder(config)
            except (RuntimeError, ValueError) as error:
                reason = _last_error(log) or str(error)
                raise RecognizerError(
                    f"The recognizer does not load its model: {reason}",
                    hint="Check the files it names.",
                ) from error

    def decode(self, pcm: bytes) -> list[list[Any]]:
        """Recognize 16-bit little-endian mono samples at the model's rate.

        Returns one row ``[word, start, end, confidence]`` a word, times in seconds.
        """
        seconds = len(pcm) / 2 / self.model.rate
        # Digital silence is heard as a word ("two"); there is nothing to recognize in it.
        if seconds < _SHORTEST or not pcm.strip(b"\0"):
            return []
        decoder = self._decoder
        decoder.reinit_feat()
        decoder.start_utt()
        decoder.process_raw(pcm[: len(pcm) // 2 * 2], full_utt=True)
        decoder.end_utt()
        if decoder.hyp() is None:
            return []
        rows = []
        for segment in decoder.seg():
            word = _ALTERNATIVE.sub("", segment.word)
            if word.startswith(("<", "[", "+")):  # silence and noise, not words
                continue
            # Linear; leaves the lattice a little above 1 at times (1.001 was seen).
            confidence = min(1.0, segment.prob)
            rows.append(
                [
                    word,
                    segment.start_frame / _FRAMES_PER_SECOND,
                    (segment.end_frame + 1) / _FRAMES_PER_SECOND,
                    round(confidence, 4),
                ]
            )
        return rows


def _last_error(log: Path) -> str:
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    errors = [line for line in lines if line.startswith(("ERROR", "FATAL"))]
    # ERROR: "file.c", line 12: text
    return errors[0].split(": ", 2)[-1].strip() if errors else ""
