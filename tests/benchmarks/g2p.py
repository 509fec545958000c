"""Speed and quality of grapheme-to-phoneme: ``python tests/benchmarks/g2p.py [PROGRAM | MODULE]``.

All figures are of one run, by the clock; for words of the stock dictionary held out from training
also by processor time, which a busy machine changes less (not for a program: what its own children
use cannot be told; its time includes the start and the loading of its model).

``PROGRAM`` is the path of Phonetisaurus' command (``pip install phonetisaurus`` in an environment
of its own brings one); it is trained on the same words, which takes some minutes, or, with
``--model FILE``, uses and keeps that model. ``MODULE`` is an importable module with a function
``pronounce(words) -> {word: [phones, …]}``, phones as lists. Without either there is no such row.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from sttprep.words import Lexicon, pronounce, pronounce_many
from sttprep.words.derived import derived
from sttprep.words.g2p import GraphoneModel, guess_many, held_out, train_g2p, training_pairs

Found = Mapping[str, Sequence[Sequence[str]]]


Times = tuple[float, float | None]
"""Seconds by the clock and of the processor."""


def timed(work: Callable[[], Found]) -> tuple[Found, Times]:
    start, used = time.perf_counter(), time.process_time()
    found = work()
    return found, (time.perf_counter() - start, time.process_time() - used)


def row(name: str, references: Found, found: Found, times: Times, base: float) -> float:
    """Print one line and return words a second by the clock."""
    wrong = wrong_of_three = errors = phones = 0
    for word, known in references.items():
        guesses = [tuple(one) for one in found.get(word, [])][:3] or [()]
        wrong += guesses[0] not in known
        wrong_of_three += not set(guesses) & set(known)
        distance, length = min((Levenshtein.distance(one, guesses[0]), len(one)) for one in known)
        errors += distance
        phones += length
    size = len(references)
    speed = size / times[0]
    by_processor = f"{size / times[1]:,.0f}" if times[1] else "-"
    print(
        f"{name:34} {speed:8,.0f} {speed / (base or speed):6.2f} {by_processor:>8} "
        f"{wrong / size:7.1%} {wrong_of_three / size:7.1%} {errors / phones:7.2%}"
    )
    return speed


def phonetisaurus(
    program: str, model: Path, pairs: Iterable[tuple[str, Sequence[str]]], words: Iterable[str]
) -> tuple[Found, Times]:
    """Train Phonetisaurus unless the model is there; predict."""
    if not model.exists():
        lexicon = model.with_suffix(".dict")
        lexicon.write_text("".join(f"{word} {' '.join(phones)}\n" for word, phones in pairs))
        start = time.perf_counter()
        command = [program, "train", "--model", str(model), str(lexicon)]
        subprocess.run(command, check=True, capture_output=True)
        print(f"(Phonetisaurus trained in {time.perf_counter() - start:.0f} s)")
    start = time.perf_counter()
    done = subprocess.run(
        [program, "predict", "--model", str(model), "--nbest", "3"],
        input="\n".join(words) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    seconds = time.perf_counter() - start
    found: dict[str, list[list[str]]] = {}
    for line in done.stdout.splitlines():
        word, *phones = line.split()
        found.setdefault(word, []).append(phones)
    return found, (seconds, None)


def new_words(lexicon: Lexicon, number: int) -> list[str]:
    """Words made of the first half of one dictionary word and the second half of another."""
    words = sorted(
        (word for word in lexicon if word.isascii() and word.isalpha()),
        key=lambda word: hashlib.sha256(word.encode()).digest(),
    )
    made: dict[str, None] = {}
    for step in range(1, 10):
        for one, other in zip(words, words[step:], strict=False):
            word = one[: (len(one) + 1) // 2] + other[len(other) // 2 :]
            if word not in lexicon:
                made[word] = None
            if len(made) == number:
                return list(made)
    return list(made)


def regular_forms(lexicon: Lexicon, number: int = 4000) -> None:
    """Of held-out regular forms, how many are said right from their base, and how many guessed."""
    hidden = held_out(lexicon, number)
    rest = Lexicon({word: lexicon[word] for word in lexicon if word not in hidden})
    model = train_g2p(one for one in training_pairs(lexicon) if one[0] not in hidden)
    made = {word: found[0] for word in hidden if (found := derived(word, rest))}
    guessed = model.pronounce_many(made, 1)
    from_base = sum(phones in hidden[word] for word, phones in made.items()) / len(made)
    by_guess = sum(guessed[word][0][0] in hidden[word] for word in made) / len(made)
    print(
        f"\n{len(made):,} regular forms among {number:,} held-out words: "
        f"{from_base:.1%} right from their base, {by_guess:.1%} guessed"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer", nargs="?", help="path of phonetisaurus, or a module")
    parser.add_argument("--model", type=Path, help="where Phonetisaurus' model is kept")
    parser.add_argument("--new", type=int, default=90_000, help="words of the large batch")
    options = parser.parse_args()

    lexicon = Lexicon.stock()
    references = held_out(lexicon)
    words = list(references)
    pairs = [one for one in training_pairs(lexicon) if one[0] not in references]
    start = time.perf_counter()
    model = train_g2p(pairs)
    print(f"trained on {len(pairs):,} entries in {time.perf_counter() - start:.1f} s\n")
    columns = ("words/s", "ratio", "by CPU", "word", "of 3", "phone")
    print(
        f"{f'{len(words):,} held-out words':34} {columns[0]:>8} {columns[1]:>6} {columns[2]:>8}",
        end=" ",
    )
    print(*(f"{name:>7}" for name in columns[3:]))

    def fresh() -> GraphoneModel:
        return GraphoneModel(model.trie)  # nothing remembered

    alone, bulk = fresh(), fresh()
    found, times = timed(
        lambda: {word: [phones for phones, _ in alone.pronounce(word)] for word in words}
    )
    base = row("one by one", references, found, times, 0.0)
    together, times = timed(
        lambda: {
            word: [phones for phones, _ in guesses]
            for word, guesses in bulk.pronounce_many(words).items()
        }
    )
    row("in bulk", references, together, times, base)
    assert together == found, "a word depends on its company"
    if options.peer and Path(options.peer).exists():
        with tempfile.TemporaryDirectory() as folder:
            kept = options.model or Path(folder) / "g2p.fst"
            row(
                "Phonetisaurus",
                references,
                *phonetisaurus(options.peer, kept, pairs, words),
                base,
            )
    elif options.peer:
        peer = importlib.import_module(options.peer)
        row(options.peer, references, *timed(lambda: peer.pronounce(words)), base)

    regular_forms(lexicon)
    made = new_words(lexicon, options.new)
    pronounce("zolgensmas")  # the stock model is trained and loaded
    title = f"{len(made):,} made-up words"
    print(f"\n{title:34} {columns[0]:>8} {columns[1]:>6}")
    some = made[:: max(1, len(made) // 2000)]

    def speed(name: str, number: int, work: Callable[[], object], base: float = 0.0) -> float:
        start = time.perf_counter()
        work()
        rate = number / (time.perf_counter() - start)
        print(f"{name:34} {rate:8,.0f} {rate / (base or rate):6.2f}")
        return rate

    base = speed("pronounce, one by one", len(some), lambda: [pronounce(one) for one in some])
    speed("pronounce_many", len(made), lambda: pronounce_many(made), base)
    speed("pronounce_many, n_jobs=2", len(made), lambda: pronounce_many(made, n_jobs=2), base)
    speed("spellings only, n_jobs=2", len(made), lambda: guess_many(made, n_jobs=2), base)


if __name__ == "__main__":
    main()
