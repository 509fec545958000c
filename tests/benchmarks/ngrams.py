"""Times of the n-gram room: ``python tests/benchmarks/ngrams.py`` (best of three, seconds).

The text is ``data/healthcare/healthcare.txt`` in the folder of shared data ($STTPREP_SHARED).
"""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sttprep.data import shared_folder, stock_model
from sttprep.ngrams import binary_vocabulary, read_arpa, read_binary, train_ngram

Result = TypeVar("Result")


def timed(name: str, work: Callable[[], Result], repeat: int = 3) -> Result:
    """Print the best time of a piece of work and return its result."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    print(f"{name:44} {min(times):7.3f}  (first {times[0]:.3f})")
    return result


def main() -> None:
    """Time training, reading, mixing and writing."""
    lines = (shared_folder() / "data/healthcare/healthcare.txt").read_text("utf-8").splitlines()
    text = [words for line in lines if (words := re.findall(r"[a-z']+", line.lower()))]
    print(f"{sum(map(len, text)):,} words\n")
    stock = stock_model().language_model
    custom = timed("train, Kneser-Ney, order 3", lambda: train_ngram(text))
    timed("train, Witten-Bell, order 3", lambda: train_ngram(text, smoothing="witten-bell"))
    base = timed("read the stock model", lambda: read_binary(stock))
    timed("list the words of the stock model", lambda: binary_vocabulary(stock))
    fresh = iter([read_binary(stock) for _ in range(3)])
    mixed = timed("mix with the stock model, first time", lambda: custom.mix(next(fresh), 0.3))
    base.prefixes  # noqa: B018  # worked out once per base model
    timed("mix with the stock model, another weight", lambda: custom.mix(base, 0.3))
    timed("perplexity of the text", lambda: mixed.perplexity(text))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        timed("write the mixture, binary", lambda: mixed.write_binary(path))
        timed("read the mixture, binary", lambda: read_binary(path))
        timed("write the custom model, ARPA", lambda: custom.write_arpa(path))
        timed("read the custom model, ARPA", lambda: read_arpa(path))


if __name__ == "__main__":
    main()
