"""Words spelled in several ways, of which the words resource keeps each; words with digits.

>>> spellings = case_variants({"metformin": 2, "METFORMIN": 1, "MVD": 4})
>>> [(one.preferred, one.odd) for one in choose(spellings, {})]
[('metformin', ('METFORMIN',))]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sttprep.corpora.lint_found import Found, mended
from sttprep.corpora.lint_lines import Line
from sttprep.corpora.lint_markup import markup
from sttprep.corpora.lint_numbers import code_finding
from sttprep.corpora.lint_sentences import LONGEST_WORD
from sttprep.corpora.tokenize import tokenizer

__all__ = ["Places", "Spellings", "case_variants", "choose", "word_findings"]

_LOWER_SHARE = 0.2
"""Share of lower-case spellings from which the word is no name: a name is never written so, while
headings write every word with a capital."""


_APOSTROPHES = str.maketrans("’ʼ＇", "'''")
_JOINERS = ("-", "'", "&", ".", "_")
_PART = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Spellings:
    """A word and how it is spelled, the start of lines not counted."""

    word: str
    """In lower case."""
    counts: Mapping[str, int]
    preferred: str
    """How it should be spelled throughout."""
    odd: tuple[str, ...]
    """The other spellings, most frequent first."""
    certain: bool
    """Whether the preferred spelling is clear; a tie is for a human to settle."""


def case_variants(counts: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """The words that are spelled with different capitals, by their lower-case form.

    >>> case_variants({"pH": 3, "PH": 1, "MVD": 4})
    {'ph': {'pH': 3, 'PH': 1}}
    """
    found: dict[str, dict[str, int]] = {
        token.lower(): {} for token in counts if not token.islower()
    }
    for token, count in counts.items():
        word = token.lower()
        if word in found:
            found[word][token] = count
    return {word: variants for word, variants in found.items() if len(variants) > 1}


def choose(
    variants: Mapping[str, Mapping[str, int]], initials: Mapping[str, int]
) -> Iterator[Spellings]:
    """The words still spelled in several ways when capitals at the start of a line do not count.

    Args:
        variants: `case_variants` of the unknown words.
        initials: how often each word written with a first capital begins a line.
    """
    for word, all_counts in variants.items():
        counts = {
            token: left
            for token, count in all_counts.items()
            if (left := count - (initials.get(token, 0) if token == token.capitalize() else 0)) > 0
        }
        if len(counts) < 2:
            continue
        ordered = sorted(counts, key=lambda token: (-counts[token], token != word, token))
        certain = counts[ordered[0]] > counts[ordered[1]]
        if counts.get(word, 0) >= _LOWER_SHARE * sum(counts.values()):
            ordered.remove(word)
            ordered.insert(0, word)
            certain = True
        yield Spellings(word, counts, ordered[0], tuple(ordered[1:]), certain)


class Places:
    """Where words stand; fed with the lines that may hold them.

    Args:
        language: language tag.
        codes: tokens of letters and digits.
        spelled: tokens that differ in capitals; a capital at the start of a line is no place.
        first: only the first place of each is wanted.
    """

    def __init__(
        self, language: str, codes: Iterable[str], spelled: Iterable[str], *, first: bool
    ) -> None:
        self.tokens_of = tokenizer(language)
        self.codes = {token for token in codes if len(token) <= LONGEST_WORD}
        self.first = first
        tokens = self.codes.union(spelled)
        # Lines are searched for the longest part of each token (Sachs of Tay-Sachs).
        self._part = {token: max(_PART.findall(token), key=len, default=token) for token in tokens}
        self._pending: dict[str, set[str]] = {}
        for token, part in self._part.items():
            self._pending.setdefault(part, set()).add(token)
        self.searched = set(self._pending)
        """What a line must hold to be worth looking at; shrinks when first places are found."""
        self.found: list[tuple[Line, str, int]] = []
        """Line, token and column from 0, in file order."""

    def see(self, line: Line) -> None:
        """Look at a line."""
        parts = self.searched.intersection(_PART.findall(line.text))
        # Most are words that only ever begin a line.
        here = {
            token
            for part in parts
            for token in self._pending[part]
            if token in self.codes or token != token.capitalize() or line.text.find(part, 1) > 0
        }
        if not here:
            return
        tokens = self.tokens_of(line.text)
        wanted = sorted(here.intersection(tokens))
        starts_of = _places({token: self._part[token] for token in wanted}, line.text)
        taken: list[tuple[int, int]] | None = None
        for token in wanted:
            starts = starts_of[token]
            if token in self.codes and starts:
                # No place that a finding about mark-up or an address has already.
                if taken is None:
                    taken = [(found.start, found.end) for found in markup(line.text)]
                starts = [at for at in starts if not any(a <= at < b for a, b in taken)]
            elif tokens[0] == token == token.capitalize():
                starts = starts[1:]
            if not starts:
                continue
            self.found += [(line, token, start) for start in starts[: 1 if self.first else None]]
            if self.first:
                part = self._part[token]
                self._pending[part].discard(token)
                if not self._pending[part]:
                    self.searched.discard(part)


def word_findings(places: Places, spellings: Iterable[Spellings]) -> Iterator[tuple[Line, Found]]:
    """The findings about words at their places.

    Args:
        places: where the words stand.
        spellings: what `choose` gave.
    """
    # Of first places the most frequent odd spelling stands for all of a word.
    odd = {token: one for one in spellings for token in (one.odd[:1] if places.first else one.odd)}
    for line, token, start in places.found:
        if token in places.codes:
            yield line, code_finding(token, start)
        elif token in odd:
            yield line, _found(odd[token], token, start)


def _places(parts: Mapping[str, str], text: str) -> dict[str, list[int]]:
    """Where tokens stand in a line, not as parts of others.

    Args:
        parts: each token with its longest part of letters.
        text: the line; it is walked once, however long it is.

    >>> _places({"Tay": "Tay", "Tay-Sachs": "Sachs"}, "Tay, Tay-Sachs (Tay) Taylor")
    {'Tay': [0, 16], 'Tay-Sachs': [5]}
    """
    found: dict[str, list[int]] = {token: [] for token in parts}
    tokens_with: dict[str, list[str]] = {}
    for token, part in parts.items():
        tokens_with.setdefault(part, []).append(token)
    text = text.translate(_APOSTROPHES) if not text.isascii() else text
    for match in _PART.finditer(text):
        for token in tokens_with.get(match[0], ()):
            start = match.start() - token.index(match[0])
            end = start + len(token)
            if start < 0 or not text.startswith(token, start):
                continue
            if not (_joined(text[max(0, start - 2) : start][::-1]) or _joined(text[end : end + 2])):
                found[token].append(start)
    return found


def _joined(beside: str) -> bool:
    """Whether the two characters beside a word, the nearest first, make it part of a longer one."""
    nearest, next_one = beside[:1], beside[1:]
    return _is_letter(nearest) or (nearest in _JOINERS and _is_letter(next_one))


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


def _found(spellings: Spellings, odd: str, start: int) -> Found:
    counts = sorted(spellings.counts.items(), key=lambda item: (-item[1], item[0]))
    listed = ", ".join(f"{token} ({count})" for token, count in counts)
    preferred = spellings.preferred
    choice = (
        f"Spell it {preferred} throughout, if one word is meant."
        if spellings.certain
        else "Choose one of them, if one word is meant."
    )
    found = Found(
        start, start + len(odd), "note", "inconsistent-capitalization",
        f"{spellings.word!r} is spelled in {len(counts)} ways: {listed}; each becomes a word.",
        choice, spellings.word,
    )  # fmt: skip
    return mended(found, preferred, f"Write {preferred}") if spellings.certain else found
