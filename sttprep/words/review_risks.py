"""What may go wrong with a new word, in plain sentences, and what to do with it.

>>> row = OovWord("NIOSH", 2, kind="acronym")
>>> for risk in find_risks(row, Findings(("N. I. O. S. H.", "NIOSH"))):
...     print(risk.text)
Letters or a word? Both are proposed: keep the one that is said.
>>> suggested_action(row, [])
'add'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sttprep.corpora.oov_report import OovWord
from sttprep.words.confusable import Neighbour
from sttprep.words.entry import Word
from sttprep.words.phone_distance import phone_distance
from sttprep.words.pronounce import Pronunciation
from sttprep.words.rules import check_word

__all__ = [
    "EASILY_TAKEN",
    "Action",
    "Findings",
    "Risk",
    "find_risks",
    "plain_twin",
    "suggested_action",
]

Action = Literal["add", "fix in corpus", "skip"]

# A guess is doubted if less than this share of the model's probability is its own …
_LITTLE_SHARE = 0.25
# … or another reading has at least this part of its share and sounds this far from it (a reduced
# vowel for another is 0.33 and changes little).
_RIVAL_SHARE, _RIVAL_DISTANCE = 0.5, 0.4
EASILY_TAKEN = 0.31
"""Greatest distance of words that differ in one near phone: in its voice, or m for n."""
_SHOWN_NEIGHBOURS = 3


@dataclass(frozen=True, slots=True)
class Risk:
    """Something a linguist should look at."""

    code: str
    """For filters, e.g. ``homophone``."""
    text: str
    """A plain sentence."""
    weight: float
    """How much it asks for attention; 1 is little, 4 much."""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found out about one word."""

    sounds_like: tuple[str, ...] = ()
    pronunciations: tuple[Pronunciation, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    respelling: str = ""
    """How the text itself spells its sound (``an-JI-nuh``), if it does."""


def find_risks(
    row: OovWord,
    found: Findings,
    counts: Mapping[str, int] | None = None,
    language: str = "en-US",
    generation: str = "previous",
) -> list[Risk]:
    """The risks of one word, the gravest first.

    Args:
        row: The word, with the details of its report.
        found: What was found out about its sound.
        counts: Occurrences in the corpora, by lower-case spelling.
        language: Language of the custom model.
        generation: ``previous`` or ``next``.
    """
    risks = [*_of_spelling(row), *_of_kind(row, found)]
    settled = row.typo_of or plain_twin(row) or row.kind in ("address", "markup", "respelling")
    if not settled:
        if row.kind != "number":  # it is another word, and sounds like it
            risks += _of_sound(row, found, counts or {})
        risks += _of_rules(row, found, language, generation)
    if found.respelling and not settled:
        text = f"The text itself says how: '{found.respelling}'."
        risks.append(Risk("respelled", text, 1))
    return sorted(risks, key=lambda risk: -risk.weight)


def suggested_action(row: OovWord, risks: Iterable[Risk]) -> Action:
    """What to do with a word: add it, mend the corpus, or leave it out.

    >>> suggested_action(OovWord("x", 1), [Risk("typo", "Probably a typing error for 'y'.", 4)])
    'fix in corpus'
    """
    codes = {risk.code for risk in risks}
    if codes & {"typo", "run-together", "markup", "address"}:
        return "fix in corpus"
    if codes & {"respelling", "capitals", "sounds-like"}:
        return "skip"
    return "add"


def plain_twin(row: OovWord) -> tuple[str, int] | None:
    """The same word in lower case, if the corpus has it too: the one to add.

    >>> plain_twin(OovWord("Dystonia", 4, variants=(("dystonia", 44),)))
    ('dystonia', 44)
    """
    if row.kind in ("name", "acronym", "code", "number"):
        return None
    lower = row.word.lower()
    return next((pair for pair in row.variants if pair[0] == lower != row.word), None)


def _of_spelling(row: OovWord) -> Iterable[Risk]:
    if row.typo_of:
        meant = " or ".join(f"'{one}'" for one in row.typo_of)
        if " " in row.typo_of[0]:
            yield Risk("run-together", f"Words run together: {meant}.", 4)
        else:
            yield Risk("typo", f"Probably a typing error for {meant}.", 4)
        return
    twin = plain_twin(row)
    if twin:
        text = f"The same word as '{twin[0]}' ({twin[1]:,}), with a capital."
        yield Risk("capitals", text, 0.5)
        return
    lower = row.word.lower()
    # Of words the case varies with the place in the sentence; of acronyms it should not.
    others = [
        (one, count)
        for one, count in row.variants
        if one.lower() != lower or row.kind in ("acronym", "code")
    ]
    if others and row.kind != "respelling":
        listed = ", ".join(f"'{one}' ({count:,})" for one, count in others)
        yield Risk("spellings", f"Also spelled {listed}: one spelling is easier to learn.", 1.5)


def _of_kind(row: OovWord, found: Findings) -> Iterable[Risk]:
    if row.kind == "acronym":
        if len(found.sounds_like) > 1:
            # Of three letters few are said as a word (FAS, CAT), of more many (NIOSH).
            weight = 1 if len(row.word.replace(".", "")) < 4 else 2
            as_word = [one for one in found.pronunciations if one.origin == "spelling"]
            said = f" ({as_word[0]})" if as_word else ""
            text = f"Letters or a word{said}? Both are proposed: keep the one that is said."
            yield Risk("acronym", text, weight)
        elif any(letter.islower() for letter in row.word.removesuffix("'s").removesuffix("s")):
            text = "An abbreviation: if it is said in full, write the full words as sounds-like."
            yield Risk("abbreviation", text, 2.5)
    elif row.kind == "number":
        yield Risk("number", "A Roman numeral: say it as a number, or as letters?", 2)
    elif row.kind == "code":
        yield Risk("code", "Letters and digits: check how the digits are said.", 1.5)
    elif row.kind == "foreign":
        text = "Not spelled like the words of this language: check how it is said here."
        yield Risk("foreign", text, 2.5)
    elif row.kind == "address":
        text = "An address or file name: nobody says it; take it out of the corpus."
        yield Risk("address", text, 2)
    elif row.kind == "markup":
        yield Risk("markup", "Left over from mark-up: take it out of the corpus.", 3)
    elif row.kind == "respelling":
        text = "A pronunciation written for readers, no word: do not add it."
        yield Risk("respelling", text, 0.5)


def _of_sound(row: OovWord, found: Findings, counts: Mapping[str, int]) -> Iterable[Risk]:
    same = [near.word for near in found.neighbours if near.homophone]
    here = [word for word in same if counts.get(word, 0)]
    beside = next((word for word in here if _stands_behind(row, word)), None)
    if beside is not None:
        text = (
            f"Stands behind '{beside}' and sounds the same: a pronunciation for readers, no word."
        )
        yield Risk("respelling", text, 2)
        return
    # Of a possessive or plural the regular homophone is the other one: nothing can be done.
    regular = row.kind in ("possessive", "inflection")
    if here:
        text = f"Sounds the same as {_listed(here)} of this corpus."
        yield Risk("homophone", text, 1 if regular else 3)
    elif same:
        text = f"Sounds the same as {_listed(same[:2])} of the base vocabulary."
        yield Risk("homophone", text, 0.5 if regular else 1.5)
    near = [
        one.word
        for one in found.neighbours
        if 0 < one.distance <= EASILY_TAKEN and counts.get(one.word, 0)
    ]
    if near:
        text = f"Easily taken for {_listed(near)} of this corpus."
        yield Risk("confusable", text, 1.0 if regular else 2.0)
    doubt = _doubt(found.pronunciations)
    if doubt:
        yield Risk("pronunciation", doubt, 2.5)


def _stands_behind(row: OovWord, word: str) -> bool:
    """Whether all lines known have a word right behind the other: plaque plak, plaque (plak)."""
    pattern = re.compile(rf"\b{re.escape(word)}\W{{1,3}}{re.escape(row.word)}\b", re.IGNORECASE)
    return bool(row.contexts) and all(pattern.search(context.text) for context in row.contexts)


def _listed(words: Sequence[str]) -> str:
    shown = [f"'{word}'" for word in words[:_SHOWN_NEIGHBOURS]]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]


def _doubt(pronunciations: Sequence[Pronunciation]) -> str:
    """A sentence on a guess that may be wrong; empty for what is certain or nearly so."""
    if not pronunciations or pronunciations[0].score == 0:
        return ""
    best, *others = pronunciations
    share = 10**best.score
    for other in others:
        rival = 10**other.score >= _RIVAL_SHARE * share
        if rival and phone_distance(best.phones, other.phones) >= _RIVAL_DISTANCE:
            return f"Said {best}, or {_difference(best.phones, other.phones)}? Check the sound."
    if share < _LITTLE_SHARE:
        return f"How it is said is a guess ({best}): check the sound."
    return ""


def _difference(said: Sequence[str], other: Sequence[str]) -> str:
    """How another pronunciation differs, in words.

    >>> _difference("AH T R IY ZH AH".split(), "EY T R IY ZH AH".split())
    'with EY for AH'
    """
    start = 0
    while start < min(len(said), len(other)) and said[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(said), len(other)) - start and said[-1 - end] == other[-1 - end]:
        end += 1
    left, right = said[start : len(said) - end], other[start : len(other) - end]
    if not left or not right:  # show a phone beside what is more or missing
        start = max(start - 1, 0)
        end -= 1 if start == 0 and end else 0
        left, right = said[start : len(said) - end], other[start : len(other) - end]
    return f"with {' '.join(right)} for {' '.join(left)}"


def _of_rules(row: OovWord, found: Findings, language: str, generation: str) -> Iterable[Risk]:
    if generation == "previous" and not found.sounds_like:
        text = "No sounds-like can be made from it: write how it is said, or leave it out."
        yield Risk("sounds-like", text, 4)
    for problem in check_word(Word(row.word, found.sounds_like), language, generation):
        if problem.severity == "error":
            yield Risk("refused", f"Will be refused: {problem.message} {problem.hint}".strip(), 4)
