"""Spelling → phones for words no dictionary has: a joint n-gram model of letters and phones.

The model is made from a pronunciation dictionary (see :mod:`sttprep.words.graphones`) and kept in
the cache folder under a name made of the dictionary's content, so a changed dictionary makes a new
model and the same one is trained once per machine. ``python -m sttprep.words.g2p`` measures it on
dictionary words held out from training and makes the cached model again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sttprep.data import cache_folder
from sttprep.errors import LexiconError, StoreError, WordError
from sttprep.words.g2p_evaluation import Calibration, Evaluation, evaluate_g2p, held_out
from sttprep.words.graphone_model import (
    FORMAT_VERSION,
    ORDER,
    GraphoneModel,
    Guess,
    train_g2p,
    training_pairs,
)

if TYPE_CHECKING:
    from sttprep.words.lexicon import Lexicon

__all__ = [
    "Calibration",
    "Evaluation",
    "GraphoneModel",
    "Guess",
    "check_jobs",
    "evaluate_g2p",
    "guess_many",
    "held_out",
    "load_g2p",
    "main",
    "train_g2p",
    "training_pairs",
]

# Starting two processes and loading the model in each takes as long as 3,600 spellings take here:
# two processes are faster from twice as many on.
_WORTH_PROCESSES = 8_000
# Spellings of one task: a second of work, some thousand of which share their beginnings.
_PART = 2_000


def load_g2p(lexicon: Lexicon | None = None) -> GraphoneModel:
    """The model of a dictionary (None: the stock English one), from the cache or newly trained.

    Training the stock dictionary takes about six seconds, once per machine; loading a tenth of a
    second, once per process. The file has 18 MB (6 MB compressed), which is why it is not part of
    the package. Processes that train at the same time write the same bytes, each of them whole.

    Raises:
        LexiconError: the dictionary has nothing to learn from.
        MissingProgramError: the stock dictionary is not installed.
    """
    from sttprep.words.lexicon import Lexicon

    return _load(lexicon if lexicon is not None else Lexicon.stock())


@lru_cache(maxsize=4)
def _load(lexicon: Lexicon) -> GraphoneModel:
    path = _cache_path(lexicon)
    if path is not None:
        try:
            return GraphoneModel.read(path)
        except StoreError:
            pass  # not there yet, or damaged
    model = train_g2p(training_pairs(lexicon))
    if path is not None:
        _keep(model, path)
    return model


def _cache_path(lexicon: Lexicon) -> Path | None:
    """Where the model of a dictionary is kept; None where there is no place for caches."""
    try:
        return cache_folder("g2p") / f"v{FORMAT_VERSION}-{ORDER}-{lexicon.digest[:32]}.npz"
    except StoreError:
        return None  # a model trained anew in every process still works


def check_jobs(n_jobs: int) -> None:
    """Raise a WordError for a number of processes that means nothing."""
    if n_jobs == 0:
        raise WordError(
            "n_jobs=0 leaves nobody to do the work.",
            hint="Give n_jobs=1, a number of processes, or -1 for one per core.",
        )


def guess_many(spellings: Iterable[str], n: int = 3, n_jobs: int = 1) -> dict[str, list[Guess]]:
    """Pronunciations of spellings in letters a-z by the stock model, on several cores if wanted.

    Args:
        spellings: Each at most 100 letters.
        n: At most so many pronunciations of each.
        n_jobs: Processes, started by joblib if there are enough spellings to be worth it.

    Raises:
        WordError: a spelling is too long, or ``n_jobs`` is 0.
        MissingProgramError: the stock dictionary is not installed.

    >>> guess_many(["lipping"], n=1)["lipping"][0][0]
    ('L', 'IH', 'P', 'IH', 'NG')
    """
    check_jobs(n_jobs)
    # In alphabetical order, so that each part shares its beginnings.
    wanted = sorted(set(spellings))
    if not wanted:
        return {}
    model = load_g2p()  # trained here, if it has to be, not in each process
    if n_jobs == 1 or len(wanted) < _WORTH_PROCESSES:
        return model.pronounce_many(wanted, n)
    from joblib import Parallel, delayed

    parts = [wanted[at : at + _PART] for at in range(0, len(wanted), _PART)]
    found: dict[str, list[Guess]] = {}
    for answers in Parallel(n_jobs=n_jobs)(delayed(_guess_part)(part, n) for part in parts):
        found.update(answers)
    return found


def _guess_part(spellings: list[str], n: int) -> dict[str, list[Guess]]:
    return load_g2p().pronounce_many(spellings, n)


def _keep(model: GraphoneModel, path: Path) -> None:
    from sttprep.files import write_bytes_whole

    try:
        write_bytes_whole(path, model.to_bytes(), LexiconError)
    except LexiconError:
        return  # a full or read-only disk costs time, not the result


def main() -> int:
    """Print the held-out evaluation of the stock dictionary and make its cached model again."""
    from sttprep.words.lexicon import Lexicon

    lexicon = Lexicon.stock()
    result = evaluate_g2p(lexicon)
    print(result)
    for one in result.calibration:
        print(f"  {one}")
    print(f"  calibration error {result.calibration_error:.1%}")
    model = train_g2p(training_pairs(lexicon))
    path = _cache_path(lexicon)
    if path is None:
        print("There is no cache folder that can be written.", file=sys.stderr)
        return 1
    _keep(model, path)
    print(f"{len(model.trie.symbol):,} n-grams of order 1 to {ORDER} in {path.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
