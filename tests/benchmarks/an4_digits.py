"""Real speech and a grammar: the digit strings of AN4.

    python tests/benchmarks/an4_digits.py [FOLDER]

Hears every recording whose text is digits only (training and test part) with a grammar of digit
strings, compiled by sttprep, and beside it with a bare digit loop given to the engine directly,
under the engine's own settings and under sttprep's. With ``--fit`` it counts the errors in the
training part under other settings: that is how sttprep's were chosen.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pocketsphinx

import sttprep as stt
from sttprep.acoustics.formats import read_audio
from sttprep.data import shared_folder, stock_model
from sttprep.recognition import grammar_recognizer
from sttprep.recognition.sphinx_model import GRAPH_SEARCH

DIGITS = ["zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
GRAMMAR = f"""#ABNF 1.0 UTF-8;
language en-US;
root $digits;
$digits = $digit<1->;
$digit = {" | ".join(DIGITS)};
"""


LOOP = [
    "FSG_BEGIN loop", "NUM_STATES 1", "START_STATE 0", "FINAL_STATE 0",
    *(f"TRANSITION 0 0 {1 / len(DIGITS)} {word}" for word in DIGITS), "FSG_END",
]  # fmt: skip


def loop(
    rate: int, graph: str = "\n".join([*LOOP, ""]), **settings: float
) -> Callable[[bytes], str]:
    """A decoder with a graph: by default one state with an arc a digit."""
    stock = stock_model()
    with tempfile.NamedTemporaryFile("w", suffix=".fsg") as file:
        # A file: create_fsg leaves the language weight out of the probabilities.
        file.write(graph)
        file.flush()
        config = pocketsphinx.Config(
            hmm=str(stock.acoustic_model), dict=str(stock.lexicon), lm=None, samprate=rate,
            cmn="batch", loglevel="FATAL", fsg=file.name, **settings,
        )  # fmt: skip
        decoder = pocketsphinx.Decoder(config)

    def hear(pcm: bytes) -> str:
        decoder.reinit_feat()
        decoder.start_utt()
        decoder.process_raw(pcm, full_utt=True)
        decoder.end_utt()
        found = decoder.hyp()
        return found.hypstr if found else ""

    return hear


def fit(pcm: list[bytes], references: list[str], rate: int) -> None:
    """Errors by language weight, phone insertion penalty and silence probability.

    The engine raises the other three to the power of the language weight; they are given here as
    what they come to at its own weight, 6.5.
    """
    graph = stt.read_grammar(GRAMMAR).fsg().to_fsg("digits")
    for weight in (1.0, 2.0, 3.0, 6.5):
        for phone in (0.1, 0.15, 0.2, 0.5, 1.0):
            for silence in (0.005, 0.1, 0.3):
                power = 6.5 / weight
                hear = loop(
                    rate, graph, lw=weight,
                    pip=phone**power, silprob=silence**power, wip=0.65**power,
                )  # fmt: skip
                counts = stt.score(references, [hear(sound) for sound in pcm]).counts
                errors = counts.substitutions + counts.deletions + counts.insertions
                print(f"lw {weight:3g}  pip {phone:4g}  silprob {silence:5g}  {errors:4} errors")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=shared_folder() / "data" / "an4")
    parser.add_argument("--fit", action="store_true", help="try other settings")
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

    def show(name: str, hypotheses: list[str], start: float) -> None:
        report = stt.score(references, hypotheses)
        counts = report.counts
        took = time.perf_counter() - start
        errors = counts.substitutions + counts.deletions + counts.insertions
        print(
            f"{name:<34}{report.wer:>7.1%}{errors:>6} errors ({counts.substitutions} sub, "
            f"{counts.deletions} del, {counts.insertions} ins)  RTF {took / seconds:.3f}"
        )

    if options.fit:
        train = [n for n, item in enumerate(chosen) if item.labels["split"] == "train"]
        fit([pcm[n] for n in train], [references[n] for n in train], rate)
        return 0
    settings = {"engine's settings": {}, "sttprep's settings": GRAPH_SEARCH}
    for name, values in settings.items():
        start = time.perf_counter()
        hear = loop(rate, **values)
        show(f"bare digit loop, {name}", [hear(sound) for sound in pcm], start)
    start = time.perf_counter()
    with grammar_recognizer(stt.read_grammar(GRAMMAR)) as recognizer:
        heard = recognizer.transcribe_many([i.audio for i in chosen], progress=False)
        show("grammar of digit strings", [one.text for one in heard], start)
    return 0


if __name__ == "__main__":
    sys.exit(main())
