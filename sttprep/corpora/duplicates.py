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
...     print(pair.index, pair.other, f"{pair.similarity:.2f}")
2 0 0.95
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sttprep.corpora.lint_lines import CHUNK, split_lines

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    from sttprep.corpora.corpus import Corpus

__all__ = ["NEAR", "NearDuplicate", "difference", "near_duplicates"]

NEAR = 0.9
"""Least similarity of near-duplicates: share of words that two lines have in common, in order."""
_FEWEST_WORDS = 8  # one word of a shorter line is often all it says: "What is angina?"
_BANDS, _ROWS = 10, 3
# With ten bands of three, lines of Jaccard similarity 0.75 meet with probability
# 1 - (1 - 0.75³)¹⁰ = 0.996, unrelated ones (0.2) with 0.08, and are then measured.
_BATCH = 1 << 16  # pairs measured at a time
_CHARACTERS = 1_000_000  # different words told apart; Unicode has 1,112,064 characters
_SURROGATES = 0x800  # code points from 0xD800 that are no characters
_WORD = r"[^\W_]+(?:['’-][^\W_]+)*"
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


def near_duplicates(corpus: Corpus, least: float = NEAR) -> list[NearDuplicate]:
    """The lines that are nearly an earlier one, each with the first like it that was met.

    Exact duplicates are left out. Memory: about three times the text.

    Args:
        corpus: the text.
        least: least similarity, 0 to 1; recall falls below 0.8.
    """
    import numpy as np
    import polars as pl

    pieces = [split_lines(chunk.text) for chunk in corpus.chunks(CHUNK)]
    table = pl.DataFrame({"line": pl.concat(pieces).str.strip_chars()}).with_row_index("index")
    del pieces
    # Of exact copies only the first takes part.
    table = table.filter(pl.col("line").is_first_distinct())
    table = table.with_columns(words=pl.col("line").str.to_lowercase().str.extract_all(_WORD))
    table = table.filter(pl.col("words").list.len() >= _FEWEST_WORDS).drop("line")
    if len(table) < 2:
        return []
    words, indexes = table["words"], table["index"].to_list()
    ends = np.cumsum(words.list.len().to_numpy().astype(np.int64))
    found = _similar(words.explode(), ends, least)
    return [
        NearDuplicate(indexes[later], indexes[earlier], similarity)
        for later, (earlier, similarity) in sorted(found.items())
    ]


def _similar(
    words: pl.Series, ends: NDArray[np.int64], least: float
) -> dict[int, tuple[int, float]]:
    """For each row that is like an earlier one: that row, and how like it is.

    Args:
        words: the words of all rows, one after the other.
        ends: where each row ends among them.
        least: least similarity.
    """
    import numpy as np
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cpdist

    rows = _spelled_in_characters(words, ends)
    hashes = words.hash().to_numpy()
    starts = np.concatenate([[0], ends[:-1]])
    found: dict[int, tuple[int, float]] = {}
    waiting = np.ones(len(rows), bool)
    random = np.random.default_rng(0)
    for _ in range(_BANDS):
        earlier, later = _candidates(hashes, starts, random)
        wanted = waiting[later]
        earlier, later = earlier[wanted], later[wanted]
        for start in range(0, len(later), _BATCH):
            left = earlier[start : start + _BATCH].tolist()
            right = later[start : start + _BATCH].tolist()
            similarities = cpdist(
                [rows[one] for one in left],
                [rows[one] for one in right],
                scorer=Indel.normalized_similarity,
                score_cutoff=least,
                dtype=np.float64,
            )
            for place in np.flatnonzero(similarities >= least).tolist():
                found.setdefault(right[place], (left[place], float(similarities[place])))
                waiting[right[place]] = False
    return found


def _spelled_in_characters(words: pl.Series, ends: NDArray[np.int64]) -> list[str]:
    """Each row as a string with one character a word, which rapidfuzz compares fastest."""
    import numpy as np

    # Beyond a million different words two may share a character: one pair in a million of them.
    codes = np.unique(words.hash().to_numpy(), return_inverse=True)[1] % _CHARACTERS
    codes += _SURROGATES * (codes >= 0xD800)
    text = codes.astype("<u4").tobytes().decode("utf-32-le")
    starts = [0, *ends[:-1].tolist()]
    return [text[start:end] for start, end in zip(starts, ends.tolist(), strict=True)]


def _candidates(
    hashes: NDArray[np.uint64], starts: NDArray[np.int64], random: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs (earlier, later) of rows in the same bucket of one band, at most two a row."""
    import numpy as np

    key = np.zeros(len(starts), np.uint64)
    for _ in range(_ROWS):
        least = _least_hashes(hashes, starts, random)
        key = (key ^ least) * np.uint64(0x9E3779B97F4A7C15)  # 2⁶⁴ ÷ golden ratio (Knuth)
        key ^= key >> np.uint64(29)
    order = np.argsort(key, kind="stable")
    sorted_key = key[order]
    same = sorted_key[1:] == sorted_key[:-1]
    later, before = order[1:][same], order[:-1][same]
    # The first of the bucket, too: copies with small changes are most like what they copy.
    head = np.concatenate([[True], ~same])
    first = order[np.maximum.accumulate(np.where(head, np.arange(len(order)), 0))][1:][same]
    return np.concatenate([first, before]), np.concatenate([later, later])


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


def difference(old: str, new: str) -> str:
    """What the second line says otherwise, in words.

    >>> difference("Take it daily.", "Take them daily, please.")
    "'them' for 'it', added 'please'"
    >>> difference("Take it.", "take it")
    'other case or punctuation'
    """
    from rapidfuzz.distance import Levenshtein

    old_words, new_words = re.findall(_WORD, old.lower()), re.findall(_WORD, new.lower())
    parts = []
    for step in Levenshtein.opcodes(old_words, new_words):
        before = " ".join(old_words[step.src_start : step.src_end])
        after = " ".join(new_words[step.dest_start : step.dest_end])
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
