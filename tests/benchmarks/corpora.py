"""A corpus of ten million words: counting, contexts and lint beside mawk's plain word count.

    python tests/benchmarks/corpora.py [--words 10000000] [--mawk mawk] [--rounds 3]

The corpus is made from a public text (``$STTPREP_SHARED/data/healthcare/healthcare.txt``): its
lines again and again, one word in fifty exchanged, one in a hundred invented (90,000 inventions
in turn). Each task runs in a process of its own, in turn with mawk; what is compared is the
processor time of the task, without starting Python and loading its libraries, and the largest
resident memory. Python's garbage collection is off, as in ``timeit``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from sttprep.data import shared_folder

WORD_COUNT = "{for(i=1;i<=NF;i++)c[$i]++}END{for(w in c)print c[w],w}"
SYLLABLES = "ba cor dex fil gran hep ith jor kal lum mab nox oly pra quin rax sul tri umb vex wol"
TASKS = {
    "counts and OOV list": "len(read_corpus(path).oov(contexts=0).words)",
    "OOV list with 3 contexts": "len(read_corpus(path).oov(contexts=3).words)",
    "lint, no near-duplicates": "len(lint(read_corpus(path), near_duplicates=False))",
    "near-duplicate pass alone": "sum(1 for _ in near_duplicates(read_corpus(path)))",
}
CHILD = """
import gc, json, resource, sys, time
import polars
from sttprep.corpora import read_corpus
from sttprep.corpora.duplicates import near_duplicates
from sttprep.corpora.lint import lint
gc.disable()
path = sys.argv[1]
start = time.process_time()
found = {task}
used = time.process_time() - start
print(json.dumps([found, used, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def make(path: Path, words: int) -> None:
    """Write the corpus; the same every time."""
    chance = random.Random(7)
    source = shared_folder() / "data" / "healthcare" / "healthcare.txt"
    lines = source.read_text(encoding="utf-8").splitlines()
    known = sorted({w for line in lines for w in line.split() if w.isalpha() and w.islower()})
    invented: set[str] = set()
    while len(invented) < 90_000:
        invented.add("".join(chance.choices(SYLLABLES.split(), k=chance.randint(3, 5))))
    new = sorted(invented)
    chance.shuffle(new)
    written = turn = 0
    with path.open("w", encoding="utf-8") as out:
        while written < words:
            for line in lines:
                tokens = line.split(" ")
                for place in range(len(tokens)):
                    drawn = chance.random()
                    if drawn < 0.02:
                        tokens[place] = chance.choice(known)
                    elif drawn < 0.03:
                        tokens[place] = new[turn % len(new)]
                        turn += 1
                out.write(" ".join(tokens) + "\n")
                written += len(tokens)
                if written >= words:
                    break


def mawk_seconds(program: str, path: Path) -> float:
    """Processor seconds of mawk's word count."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program, WORD_COUNT, path], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    parser = argparse.ArgumentParser(description="Time corpora beside mawk.")
    parser.add_argument("--words", type=int, default=10_000_000)
    parser.add_argument("--mawk", default="mawk", help="the program, or its path")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if not (shared_folder() / "data" / "healthcare" / "healthcare.txt").is_file():
        print("no healthcare.txt: export STTPREP_SHARED=/path/to/shared")
        return 0
    mawk = shutil.which(options.mawk)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.txt"
        make(path, options.words)
        print(
            f"{options.words:,} words, {path.stat().st_size / 1e6:.0f} MB, {os.cpu_count()} cores"
        )
        print(f"{'':28}{'found':>9}{'CPU s':>8}{'mawk':>8}{'ratio':>8}{'MB':>7}")
        for name, task in TASKS.items():
            rounds = []
            for _ in range(options.rounds):
                peer = mawk_seconds(mawk, path) if mawk else float("nan")
                code = CHILD.replace("{task}", task)
                done = subprocess.run(
                    [sys.executable, "-c", code, path], capture_output=True, text=True, check=True
                )
                found, used, memory = json.loads(done.stdout)
                rounds.append((used / peer, found, used, peer, memory))
            ratio, found, used, peer, memory = sorted(rounds)[len(rounds) // 2]
            print(f"{name:28}{found:>9,}{used:>8.2f}{peer:>8.2f}{ratio:>8.2f}{memory:>7.0f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
