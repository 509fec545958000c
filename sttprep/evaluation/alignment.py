"""Which recognized word stands for which spoken word.

The alignment has the fewest possible edits (Levenshtein 1966), found by rapidfuzz. Where several
alignments are that short, rapidfuzz's choice of hits is kept, which is also jiwer's, so counts
and rates agree with jiwer to the last error. Only inside an error block (a stretch without a hit)
is the pairing chosen anew: rapidfuzz pairs by position, here substitutions pair the words that
look alike, because "atorvastatin heard as utterance" is worth knowing and "a heard as utterance"
is noise. The totals stay the same.

>>> alignment = align("take atorvastatin daily".split(), "take at all bastatin daily".split())
>>> print(alignment)
ref  take  *   *    atorvastatin  daily
hyp  take  at  all  bastatin      daily
err        I   I    S
>>> alignment.counts
ErrorCounts(hits=2, substitutions=1, deletions=0, insertions=2)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

__all__ = ["AlignedPair", "Alignment", "ErrorCounts", "align"]

AlignedPair = tuple[str | None, str | None]
"""Reference word and hypothesis word; ``None`` first is an insertion, second a deletion."""

_LARGEST_BLOCK = 250_000
"""Word pairs compared in one error block, about 0.2 s. A larger block (a thousand words in a row
without one hit) is a wrong file, not a misrecognition, and keeps the pairing by position."""


@dataclass(frozen=True, slots=True)
class ErrorCounts:
    """Hits and errors in words; counts of several texts are added, rates are never averaged.

    >>> ErrorCounts(hits=3, substitutions=1) + ErrorCounts(hits=6, insertions=2)
    ErrorCounts(hits=9, substitutions=1, deletions=0, insertions=2)
    """

    hits: int = 0
    """Reference words recognized right."""
    substitutions: int = 0
    """Reference words recognized as another word."""
    deletions: int = 0
    """Reference words with nothing in their place."""
    insertions: int = 0
    """Recognized words that nobody said."""

    @property
    def reference_words(self) -> int:
        """Words in the reference."""
        return self.hits + self.substitutions + self.deletions

    @property
    def hypothesis_words(self) -> int:
        """Words in the hypothesis."""
        return self.hits + self.substitutions + self.insertions

    @property
    def errors(self) -> int:
        """Substitutions, deletions and insertions."""
        return self.substitutions + self.deletions + self.insertions

    @property
    def wer(self) -> float:
        """Errors per reference word, a fraction; it exceeds 1 with many insertions.

        Without reference words it is the number of insertions, jiwer's convention: 0 for silence
        recognized as silence.
        """
        return self.errors / (self.reference_words or 1)

    def to_json(self) -> dict[str, int]:
        """The counts as JSON values, ``reference_words`` among them."""
        return {
            "hits": self.hits,
            "substitutions": self.substitutions,
            "deletions": self.deletions,
            "insertions": self.insertions,
            "reference_words": self.reference_words,
        }

    def __add__(self, other: ErrorCounts) -> ErrorCounts:
        if not isinstance(other, ErrorCounts):
            return NotImplemented
        return ErrorCounts(
            self.hits + other.hits,
            self.substitutions + other.substitutions,
            self.deletions + other.deletions,
            self.insertions + other.insertions,
        )


@dataclass(frozen=True)
class Alignment:
    """Reference and hypothesis word by word, in order."""

    pairs: tuple[AlignedPair, ...]
    """Every word of both texts once; see :data:`AlignedPair`."""

    @property
    def reference(self) -> list[str]:
        """Words of the reference."""
        return [word for word, _ in self.pairs if word is not None]

    @property
    def hypothesis(self) -> list[str]:
        """Words of the hypothesis."""
        return [word for _, word in self.pairs if word is not None]

    @cached_property
    def counts(self) -> ErrorCounts:
        """Hits and errors."""
        hits = substitutions = deletions = insertions = 0
        for reference, hypothesis in self.pairs:
            if reference is None:
                insertions += 1
            elif hypothesis is None:
                deletions += 1
            elif reference == hypothesis:
                hits += 1
            else:
                substitutions += 1
        return ErrorCounts(hits, substitutions, deletions, insertions)

    def __str__(self) -> str:
        columns = [("ref", "hyp", "err")]
        for reference, hypothesis in self.pairs:
            columns.append((reference or "*", hypothesis or "*", _letter(reference, hypothesis)))
        widths = [max(map(len, column)) for column in columns]
        rows = (
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            for row in zip(*columns, strict=True)
        )
        return "\n".join(row.rstrip() for row in rows)


def _letter(reference: str | None, hypothesis: str | None) -> str:
    """The letter of sclite for this pair, blank for a hit."""
    if reference is None:
        return "I"
    if hypothesis is None:
        return "D"
    return "" if reference == hypothesis else "S"


def align(reference: Sequence[str], hypothesis: Sequence[str]) -> Alignment:
    """Align two lists of words with the fewest edits.

    Args:
        reference: the words that were said.
        hypothesis: the words that were recognized.

    Returns:
        the alignment; the words of both texts come out of it again, in order.
    """
    from rapidfuzz.distance import Levenshtein

    if reference == hypothesis:
        return Alignment(tuple(zip(reference, reference, strict=True)))
    # rapidfuzz compares the hashes of anything that is not an integer or a character.
    numbers: dict[str, int] = {}
    for word in chain(reference, hypothesis):
        numbers.setdefault(word, len(numbers))
    opcodes = Levenshtein.opcodes(
        [numbers[word] for word in reference], [numbers[word] for word in hypothesis]
    )
    pairs: list[AlignedPair] = []
    block = (0, 0)  # where the error block began in both texts
    for opcode in opcodes:
        if opcode.tag != "equal":
            continue
        said, heard = (
            reference[block[0] : opcode.src_start],
            hypothesis[block[1] : opcode.dest_start],
        )
        pairs += _pair_block(said, heard)
        pairs += [(word, word) for word in reference[opcode.src_start : opcode.src_end]]
        block = (opcode.src_end, opcode.dest_end)
    pairs += _pair_block(reference[block[0] :], hypothesis[block[1] :])
    return Alignment(tuple(pairs))


def _pair_block(reference: Sequence[str], hypothesis: Sequence[str]) -> list[AlignedPair]:
    """Pair the words of an error block so that those in a substitution look alike.

    In a block without hits of m and n words every shortest alignment has min(m, n) substitutions
    and abs(m - n) deletions or insertions: one substitution fewer would cost a deletion *and* an
    insertion. Only which words stay without a partner is open, and only if m and n differ.
    """
    if len(reference) == len(hypothesis):
        return list(zip(reference, hypothesis, strict=True))
    if not reference:
        return [(None, word) for word in hypothesis]
    if not hypothesis:
        return [(word, None) for word in reference]
    if len(reference) < len(hypothesis):
        partners = _choose_partners(reference, hypothesis)
        heard: list[AlignedPair] = [(None, word) for word in hypothesis]
        for word, place in zip(reference, partners, strict=True):
            heard[place] = (word, hypothesis[place])
        return heard
    partners = _choose_partners(hypothesis, reference)
    said: list[AlignedPair] = [(word, None) for word in reference]
    for word, place in zip(hypothesis, partners, strict=True):
        said[place] = (reference[place], word)
    return said


def _choose_partners(short: Sequence[str], long: Sequence[str]) -> list[int]:
    """For each word of the shorter side the place of its partner in the longer, in order.

    Dynamic programme over ``cost[i][k]``, the least unlikeness of pairing the first i + 1 words
    when k words of the longer side were left out before the last of them; ties go to the left.
    """
    slack = len(long) - len(short)
    if len(short) * (slack + 1) > _LARGEST_BLOCK:
        return list(range(len(short)))
    unlike = _unlikeness()
    before = [0.0] * (slack + 1)
    choices: list[list[int]] = []
    for i, word in enumerate(short):
        cost: list[float] = []
        choice: list[int] = []
        best = 0  # the cheapest number of words left out so far
        for k in range(slack + 1):
            if before[k] < before[best]:
                best = k
            cost.append(before[best] + unlike(word, long[i + k]))
            choice.append(best)
        choices.append(choice)
        before = cost
    k = min(range(slack + 1), key=before.__getitem__)
    partners = []
    for i in range(len(short) - 1, -1, -1):
        partners.append(i + k)
        k = choices[i][k]
    return partners[::-1]


def _unlikeness() -> Callable[[str, str], float]:
    """How little two words look alike, 0 to 1: edits in letters per letter of the longer."""
    from rapidfuzz.distance import Levenshtein

    distance: Callable[[str, str], float] = Levenshtein.normalized_distance
    return distance
