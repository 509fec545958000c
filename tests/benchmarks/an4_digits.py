"""Real speech and a grammar: the digit strings of AN4.

    python tests/benchmarks/an4_digits.py [FOLDER]

Hears every recording whose text is digits only (training and test part) with a grammar of digit
strings, compiled by sttprep, and beside it with a bare digit loop given to the engine directly,
under the engine's own settings and under sttprep's.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pocketsphinx

import sttprep as stt
from sttprep.acoustics.formats import read_audio
from sttprep.data import shared_folder, stock_model
from sttprep.recognition import grammar_recognizer
from sttprep.recognition.sphinx import GRAPH_SEARCH

DIGITS = ["zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
GRAMMAR = f"""#ABNF 1.0 UTF-8;
language en-US;
root $digits;
$digits = $digit<1->;
$digit = {" | ".join(DIGITS)};
"""


def loop(rate: int, **settings: float) -> Callable[[bytes], str]:
    """A decoder whose graph is one state with an arc a digit."""
    stock = stock_model()
    config = pocketsphinx.Config(
        hmm=str(stock.acoustic_model), dict=str(stock.lexicon), lm=None, samprate=rate,
        cmn="batch", loglevel="FATAL", **settings,
    )  # fmt: skip
    decoder = pocketsphinx.Decoder(config)
    arcs = [(0, 0, 1 / len(DIGITS), word) for word in DIGITS]
    decoder.add_fsg("loop", decoder.create_fsg("loop", 0, 0, arcs))
    decoder.activate_search("loop")

    def hear(pcm: bytes) -> str:
        decoder.reinit_feat()
        decoder.start_utt()
        decoder.process_raw(pcm, full_utt=True)
        decoder.end_utt()
        found = decoder.hyp()
        return found.hypstr if found else ""

    return hear


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=shared_folder() / "data" / "an4")
    options = parser.parse_args()
    manifest = options.folder / "manifest.csv"
    if not manifest.exists():
        print(f"{manifest} does not exist: give the AN4 folder, or export STTPREP_SHARED=…")
        return 2
    recordings = stt.TestSet.read(manifest)
    chosen = [item for item in recordings if set(item.text.lower().split()) <= set(DIGITS)]
    references = [item.text for item in chosen]
    seconds = sum(float(item.labels["seconds"]) for item in chosen)
    print(f"{len(chosen)} utterances, {sum(len(text.split()) for text in references)} digits")
    rate = 16000
    pcm = [read_audio(item.audio, rate).samples.tobytes() for item in chosen]

    def show(name: str, hypotheses: list[str], start: float) -> int:
        report = stt.score(references, hypotheses)
        counts = report.counts
        took = time.perf_counter() - start
        errors = counts.substitutions + counts.deletions + counts.insertions
        print(
            f"{name:<34}{report.wer:>7.1%}{errors:>6} errors ({counts.substitutions} sub, "
            f"{counts.deletions} del, {counts.insertions} ins)  RTF {took / seconds:.3f}"
        )
        return errors

    settings = {"engine's settings": {}, "sttprep's settings": GRAPH_SEARCH}
    loops = []
    for name, values in settings.items():
        start = time.perf_counter()
        hear = loop(rate, **values)
        loops.append(show(f"bare digit loop, {name}", [hear(sound) for sound in pcm], start))
    start = time.perf_counter()
    with grammar_recognizer(stt.read_grammar(GRAMMAR)) as recognizer:
        heard = recognizer.transcribe_many([i.audio for i in chosen], progress=False)
        errors = show("grammar of digit strings", [one.text for one in heard], start)
    return 0 if errors <= min(loops) else 1


if __name__ == "__main__":
    sys.exit(main())
