"""A pronunciation learnt from clips: how often it is the right one.

    python tests/benchmarks/learn_pronunciation.py [FOLDER] [--words N]

AN4 (real speech; FOLDER holds its ``manifest.csv``, by default ``data/an4`` of the shared
development data): each word that is no letter is taken for new. Candidates are the ten best
readings of its spelling by a model that knows neither the word nor its relatives (words that
contain it, or begin with the same four letters), and the dictionary's own. Right is any
pronunciation of the dictionary. Clips are of different speakers.

The sample project (synthetic speech, with the phones it was made from): its custom words, nothing
given but word, clip and transcript. AH and IH, the two vowels of unstressed syllables, count as
one.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
from collections import defaultdict
from pathlib import Path

import sttprep as stt
from sttprep.data import shared_folder
from sttprep.experiments import learn_pronunciation
from sttprep.experiments.learn import PRIOR_WEIGHT
from sttprep.words import Lexicon, Pronunciation, pronounce
from sttprep.words.g2p import train_g2p, training_pairs

SAMPLE = Path(__file__).parents[2] / "sample_data"
CLIPS = (1, 3, 5)
WEIGHTS = (0.0, 5.0, 10.0, PRIOR_WEIGHT, 40.0)
DRAWS = 10


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=shared_folder() / "data" / "an4")
    parser.add_argument("--words", type=int, default=30, help="at most so many words of each")
    options = parser.parse_args()
    manifest = options.folder / "manifest.csv"
    if not manifest.exists():
        print(f"{manifest} does not exist: give the AN4 folder, or export STTPREP_SHARED=…")
        return 2
    real_speech(manifest, options.words)
    synthetic_speech(options.words)
    return 0


def real_speech(manifest: Path, most: int) -> None:
    lexicon = Lexicon.stock()
    recordings = list(stt.TestSet.read(manifest))
    clips = defaultdict(list)
    for item in recordings:
        text = item.text.lower().split()
        for word in set(text):
            if len(word) > 1 and word in lexicon and all(other in lexicon for other in text):
                clips[word].append(item)
    words = sorted(clips)
    model = train_g2p([pair for pair in training_pairs(lexicon) if not related(pair[0], words)])
    chosen = random.Random(7)
    words = sorted(chosen.sample(words, min(most, len(words))))
    tables = []
    fits, wrong_fits = [], []
    for word in words:
        truth = set(lexicon[word])
        read = [Pronunciation(p, "spelling", score) for p, score in model.pronounce(word, 10)]
        least = min(one.score for one in read) - 1
        known = {one.phones for one in read}
        read += [Pronunciation(p, "dictionary", least) for p in sorted(truth - known)]
        by_speaker = {item.labels["speaker"]: item for item in chosen.sample(
            clips[word], len(clips[word])
        )}  # fmt: skip
        rows = []
        for item in list(by_speaker.values())[: max(CLIPS)]:
            learnt = learn_pronunciation(item.audio, item.text, word, candidates=read, n=99)
            rows.append({one.phones: one.log_likelihood for one in learnt.candidates})
            fits.append(learnt.clips[0].fit)
        other = chosen.choice(recordings)
        if word not in other.text.lower().split():
            try:
                learnt = learn_pronunciation(other.audio, item.text, word, candidates=read, n=1)
                wrong_fits.append(learnt.clips[0].fit)
            except stt.SttprepError:
                wrong_fits.append(float("-inf"))
        tables.append((read, truth, rows))
        if sys.stderr.isatty():
            print(f"\r{len(tables)}/{len(words)} {word:<20}", end="", file=sys.stderr)
    chance = sum(len(truth) / len(read) for read, truth, _ in tables) / len(tables)
    first = sum(read[0].phones in truth for read, truth, _ in tables) / len(tables)
    print(
        f"AN4: {len(tables)} words, {sum(len(rows) for *_, rows in tables)} clips; right by chance "
        f"{chance:.1%}, the spelling's first {first:.1%}"
    )
    print("clips" + "".join(f"{f'weight {weight:g}':>12}" for weight in WEIGHTS) + "   words")
    for size in CLIPS:
        usable = [table for table in tables if len(table[2]) >= size]
        if not usable:
            continue
        line = f"{size:<5}"
        for weight in WEIGHTS:
            right = [
                found
                for read, truth, rows in usable
                for found in draws(read, truth, rows, size, weight)
            ]
            line += f"{sum(good for good, _ in right) / len(right):>12.1%}"
        print(f"{line}{len(usable):>8}")
    print("lead of the best (nats), one clip, usual weight: right")
    found = [one for read, truth, rows in tables for one in draws(read, truth, rows, 1)]
    for low, high in ((0, 10), (10, 20), (20, 40), (40, 80), (80, float("inf"))):
        some = [good for good, lead in found if low <= lead < high]
        if some:
            print(f"  {low:>3} to {high:<4g} {sum(some) / len(some):>7.1%} of {len(some)}")
    print(
        f"fit of the right transcript: least {min(fits):.2f}, 5 % below {quantile(fits, 0.05):.2f};"
        f" of another: 95 % below {quantile(wrong_fits, 0.95):.2f}, most {max(wrong_fits):.2f}"
    )


def related(word: str, words: list[str]) -> bool:
    return any(
        word == known
        or (len(known) > 2 and known in word)
        or (len(known) > 3 and word[:4] == known[:4])
        for known in words
    )


def draws(read, truth, rows, size, weight=PRIOR_WEIGHT):
    """Whether the best is right, and its lead, for several choices of clips."""
    chosen = random.Random(3)
    for _ in range(1 if size == len(rows) else DRAWS):
        some = chosen.sample(rows, size)
        scores = sorted(
            (
                (sum(row.get(one.phones, -1e9) for row in some) + weight * one.score, one.phones)
                for one in read
            ),
            reverse=True,
        )
        yield scores[0][1] in truth, scores[0][0] - scores[1][0]


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def synthetic_speech(most: int) -> None:
    truths = {}
    for name in ("medicines.csv", "other_words.csv"):
        with (SAMPLE / "source" / name).open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["say"]:
                    truths[row["word"]] = [plain(say) for say in row["say"].split("|")]
    clips = defaultdict(list)
    for part in ("test", "audio"):
        for item in stt.TestSet.read(SAMPLE / "pharmacy" / part / "manifest.csv"):
            for word in truths:
                if re.search(rf"\b{word}\b", item.text, re.IGNORECASE):
                    clips[word].append(item)
    usable = sorted(word for word in clips if len(clips[word]) >= 2)
    words = sorted(random.Random(5).sample(usable, min(most, len(usable))))
    print(f"sample project: {len(words)} words          right   phone errors   has sounds-like")
    read = {word: pronounce(word)[0].phones for word in words}
    report("the spelling's first", words, truths, read)
    for size in (1, 2):
        learnt = {}
        spelled = sure = sure_right = 0
        for word in words:
            some = clips[word][:size]
            found = learn_pronunciation(
                [item.audio for item in some], [item.text for item in some], word
            )
            learnt[word] = found.best.phones
            spelled += bool(found.best.sounds_like)
            sure += found.confident
            sure_right += found.confident and errors(found.best.phones, truths[word]) == 0
        report(f"learnt from {size}", words, truths, learnt, f"{spelled / len(words):>10.1%}")
        print(f"  of {sure} it is confident of, right {sure_right / max(1, sure):.1%}")


def plain(say: str) -> tuple[str, ...]:
    phones = [phone.rstrip("012").upper() for phone in say.split()]
    return tuple("AH" if phone == "AX" else phone for phone in phones)


def errors(phones, truths) -> int:
    from rapidfuzz.distance import Levenshtein

    def same(one):
        return tuple("AH" if phone == "IH" else phone for phone in one)

    return min(Levenshtein.distance(same(phones), same(truth)) for truth in truths)


def report(name, words, truths, found, more="") -> None:
    wrong = {word: errors(found[word], truths[word]) for word in words}
    right = sum(not count for count in wrong.values()) / len(words)
    rate = sum(wrong.values()) / sum(len(truths[word][0]) for word in words)
    print(f"  {name:<24}{right:>12.1%}{rate:>12.1%}{more}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
