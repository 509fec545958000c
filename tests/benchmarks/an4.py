"""Real speech: word error rate on AN4 by customization weight.

    python tests/benchmarks/an4.py [FOLDER]

FOLDER holds ``manifest.csv`` (audio, speaker, split, seconds, text); by default the ``data/an4``
folder of the shared development data. The corpus is the text of the training split, the test set
the recordings of the test split: other speakers, other sentences.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import sttprep as stt
from sttprep.data import shared_folder

WEIGHTS = (0.3, 0.7, 1.0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=shared_folder() / "data" / "an4")
    options = parser.parse_args()
    manifest = options.folder / "manifest.csv"
    if not manifest.exists():
        print(f"{manifest} does not exist: give the AN4 folder, or export STTPREP_SHARED=…")
        return 2
    recordings = stt.TestSet.read(manifest)
    train, test = recordings.filter(split="train"), recordings.filter(split="test")
    seconds = sum(float(item.labels["seconds"]) for item in test)
    with tempfile.TemporaryDirectory() as folder, stt.Instance.open(folder) as instance:
        corpus = Path(folder) / "an4.txt"
        corpus.write_text("".join(f"{item.text}\n" for item in train), encoding="utf-8")
        model = instance.create_language_model("an4")
        start = time.perf_counter()
        info = model.add_corpus("an4", corpus)
        training = model.train()
        print(
            f"{len(test)} utterances, {seconds:.0f} s; learnt from {len(train)} sentences, "
            f"{info.total_words} words, {info.out_of_vocabulary_words} new "
            f"({time.perf_counter() - start:.1f} s)"
        )
        for note in training.notes:
            print(f"note: {note}")
        recognizers = [("stock", lambda: instance.recognizer())]
        recognizers += [
            (f"weight {w:g}", lambda w=w: instance.recognizer(model, w)) for w in WEIGHTS
        ]
        print(f"{'model':<12}{'WER':>8}{'95 % interval':>20}{'ready':>9}{'decode':>9}{'RTF':>7}")
        for name, make in recognizers:
            start = time.perf_counter()
            recognizer = make()
            ready = time.perf_counter()
            with recognizer:
                report = stt.evaluate(recognizer, test, progress=sys.stderr.isatty())
            done = time.perf_counter()
            print(
                f"{name:<12}{report.wer:>8.1%}{report.interval!s:>20}"
                f"{ready - start:>7.1f} s{done - ready:>7.1f} s{(done - ready) / seconds:>7.2f}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
