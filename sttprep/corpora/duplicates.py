"""Lines that stand in a corpus twice, exactly or nearly.

Near-duplicates are found by MinHash (Broder 1997) on the words of each line: the chance that the
least hash of two sets is the same is their Jaccard similarity. Bands of such hashes
(Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, chapter 3.4) bring similar lines into
the same bucket; what is reported is then measured word by word, so no pair is a false one. Time
and memory grow in proportion to the text: a line is compared with at most two others a band.

>>> from sttprep.corpora.corpus import Corpus
>>> corpus = Corpus.from_text(
...     "Take two tablets with a full glass of water daily.\\n"
...     "Call your doctor.\\n"
...     "Take two tablets with a full glass of cold water daily.\\n", "demo")
>>> for pair in near_duplicates(corpus):
...     print(pair.index, pair.other, f"{pair.similarity:.2f}", pair.difference)
2 0 0.95 added 'cold'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sttprep.corpora.lint_lines import CHUNK, split_lines

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    from sttprep.corpora.corpus import Corpus

__all__ = ["NEAR", "NearDuplicate", "near_duplicates"]

NEAR = 0.9
"""Least similarity of near-duplicates: share of words that two lines have in common, in order."""
_FEWEST_WORDS = 8  # one word of a shorter line is often all it says: "What is angina?"
_BANDS, _ROWS = 10, 3
# With ten bands of three, lines of Jaccard similarity 0.75 meet with probability
# 1 - (1 - 0.75³)¹⁰ = 0.996, unrelated ones (0.2) with 0.08, and are then measured.
_SHOWN = 3  # words of a difference that are told


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """A line that is nearly an earlier one."""

    index: int
    """The later line, from 0, blank lines counted."""
    other: int
    """The earlier line."""
    similarity: float
    """2 × words in common, in order ÷ words of both lines: 1 differs in case or punctuation."""
    difference: str
    """What the later line has otherwise, in words."""


def near_duplicates(corpus: Corpus, least: float = NEAR) -> list[NearDuplicate]:
    """The lines that are nearly an earlier one, each with the first like it that was met.

    Exact duplicates are left out. Memory: about three times the text.

    Args:
        corpus: the text.
        least: least similarity, 0 to 1; recall falls below 0.8.
    """
    import polars as pl

    pieces = [split_lines(chunk.text) for chunk in corpus.chunks(CHUNK)]
    lines = pl.concat(pieces) if pieces else pl.Series([], dtype=pl.String)
    # Of exact copies only the first takes part.
    bare = lines.str.strip_chars()
    table = pl.DataFrame({"line": bare}).with_row_index("index")
    table = table.filter(bare.is_first_distinct() & (bare.str.count_matches(r"\s+") >= 3))
    words = table["line"].str.to_lowercase().str.extract_all(r"[^\W_]+(?:['’-][^\W_]+)*")
    enough = words.list.len() >= _FEWEST_WORDS
    words, table = words.filter(enough), table.filter(enough)
    if len(table) < 2:
        return []
    pairs = _candidates(words)
    return _verified(table, words, pairs, least)


def _candidates(words: pl.Series) -> list[tuple[int, int]]:
    """Pairs (earlier, later) of rows that share a bucket, at most two a band and row."""
    import numpy as np

    hashes = words.explode().hash().to_numpy()
    lengths = words.list.len().to_numpy().astype(np.int64)
    starts = np.cumsum(lengths) - lengths
    rows = np.arange(len(lengths))
    found: list[NDArray[np.int64]] = []
    random = np.random.default_rng(0)
    for _ in range(_BANDS):
        key = np.zeros(len(lengths), np.uint64)
        for _ in range(_ROWS):
            least = _least_hashes(hashes, starts, random)
            key = (key ^ least) * np.uint64(0x9E3779B97F4A7C15)  # 2⁶⁴ ÷ golden ratio (Knuth)
            key ^= key >> np.uint64(29)
        order = np.lexsort((rows, key))
        sorted_key = key[order]
        same = sorted_key[1:] == sorted_key[:-1]
        later = order[1:][same]
        found.append(np.stack([order[:-1][same], later]))
        # The first of the bucket, too: lines of one pattern differ least from their model.
        head = np.concatenate([[True], ~same])
        first = order[np.maximum.accumulate(np.where(head, np.arange(len(order)), 0))]
        found.append(np.stack([first[1:][same], later]))
    pairs = np.unique(np.concatenate(found, axis=1), axis=1)
    return list(zip(pairs[0].tolist(), pairs[1].tolist(), strict=True))


def _least_hashes(
    hashes: NDArray[np.uint64], starts: NDArray[np.int64], random: np.random.Generator
) -> NDArray[np.uint64]:
    """For one random hash function, the least hash of each line's words."""
    import numpy as np

    # Multiply-shift hashing (Dietzfelbinger and others 1997) of words already hashed.
    factor = np.uint64(random.integers(1 << 62) * 2 + 1)
    mixed = (hashes ^ (hashes >> np.uint64(31))) * factor
    mixed ^= mixed >> np.uint64(32)
    least: NDArray[np.uint64] = np.minimum.reduceat(mixed, starts)
    return least


def _verified(
    table: pl.DataFrame, words: pl.Series, pairs: list[tuple[int, int]], least: float
) -> list[NearDuplicate]:
    from rapidfuzz.distance import Indel

    best: dict[int, tuple[float, int]] = {}
    indexes = table["index"]
    for start in range(0, len(pairs), _BATCH):
        batch = pairs[start : start + _BATCH]
        left = words.gather([pair[0] for pair in batch]).to_list()
        right = words.gather([pair[1] for pair in batch]).to_list()
        for (earlier, later), a, b in zip(batch, left, right, strict=True):
            known = best.get(later, (0.0, 0))[0]
            similarity = Indel.normalized_similarity(a, b, score_cutoff=max(least, known))
            if similarity >= least and similarity > known:
                best[later] = (similarity, earlier)
    found = []
    for later, (similarity, earlier) in sorted(best.items()):
        difference = _difference(words[earlier].to_list(), words[later].to_list())
        found.append(NearDuplicate(indexes[later], indexes[earlier], similarity, difference))
    return found


_BATCH = 1 << 16  # pairs compared at a time


def _difference(old: list[str], new: list[str]) -> str:
    """What is otherwise in the second list of words."""
    from rapidfuzz.distance import Levenshtein

    parts = []
    for step in Levenshtein.opcodes(old, new):
        before = " ".join(old[step.src_start : step.src_end])
        after = " ".join(new[step.dest_start : step.dest_end])
        if step.tag == "replace":
            parts.append(f"{after!r} for {before!r}")
        elif step.tag == "insert":
            parts.append(f"added {after!r}")
        elif step.tag == "delete":
            parts.append(f"without {before!r}")
    if not parts:
        return "other case or punctuation"
    more = f" and {len(parts) - _SHOWN} more" if len(parts) > _SHOWN else ""
    return ", ".join(parts[:_SHOWN]) + more
