"""The review of a corpus's unknown words: what a linguist decides on, with all that helps to.

>>> from sttprep.corpora import Corpus
>>> text = "Ask NIOSH of plak.\\nNIOSH of metforminn.\\nplaque\\n" + 9 * "metformin\\n"
>>> corpus = Corpus.from_text(text, "demo")
>>> found = review(corpus)
>>> found
Review(4 words: 3 add, 1 fix in corpus)
>>> for row in found:
...     print(row.word, row.count, row.action, *row.risks[:1], sep=" · ")
metforminn · 1 · fix in corpus · Probably a typing error for 'metformin'.
NIOSH · 2 · add · Letters or a word (N AY AO SH)? Both are proposed: keep the one that is said.
plak · 1 · add · Sounds the same as 'plaque' of this corpus.
metformin · 9 · add
>>> [word.word for word in found.word_list()]
['NIOSH', 'plak', 'metformin']
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from sttprep.corpora.corpus import Corpus
from sttprep.corpora.oov import find_oov
from sttprep.corpora.oov_report import Context, OovReport, OovWord
from sttprep.corpora.tokenize import tokenizer
from sttprep.errors import NotFoundError, WordError
from sttprep.words.confusable import Neighbour, confusion, neighbours_many
from sttprep.words.entry import Word, complete_word
from sttprep.words.languages import rules_for
from sttprep.words.lexicon import Lexicon
from sttprep.words.pronounce import Pronunciation, pronounce_many
from sttprep.words.respell import default_sounds_like, say_numbers
from sttprep.words.review_risks import (
    EASILY_TAKEN,
    Action,
    Findings,
    find_risks,
    suggested_action,
)
from sttprep.words.review_table import ReviewTable
from sttprep.words.syllables import can_be_said
from sttprep.words.wordlist import WordList

if TYPE_CHECKING:
    from typing import Self

__all__ = ["Review", "ReviewRow", "review"]

Order = Literal["attention", "alphabetical", "count"]
_UNSPOKEN = ("address", "markup", "respelling")  # kinds that nobody says
_SECOND_READING = 0.3  # share from which a guessed reading is looked up for neighbours too
_AT_ONCE = 4096  # words whose neighbours are held in memory together
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One unknown word with everything known about it."""

    word: str
    """As the corpus spells it."""
    count: int
    """Occurrences."""
    kind: str
    """What it looks like; `sttprep.corpora.kinds.KINDS` explains each."""
    action: Action
    """What we would do: ``add``, ``fix in corpus`` or ``skip``."""
    risks: tuple[str, ...]
    """Plain sentences on what may go wrong, the gravest first."""
    sounds_like: tuple[str, ...]
    """The sounds-likes it would get."""
    pronunciations: tuple[tuple[str, float], ...]
    """Phones and share of probability: below 1 for a guess from the spelling."""
    neighbours: tuple[Neighbour, ...]
    """Words of the vocabulary that sound like it, homophones first."""
    confusability: float
    """How likely it is taken for a neighbour, 0 to 1; see `sttprep.words.confusable.confusion`."""
    rank: int
    """Place by confusability among the words reviewed; 1 is the most confusable."""
    attention: float
    """How much it needs a linguist: grave risks of frequent words most."""
    contexts: tuple[Context, ...]
    """Lines in which it stands."""
    variants: tuple[tuple[str, int], ...]
    """Other spellings that differ in case or hyphens, with counts."""
    typo_of: tuple[str, ...]
    """What it was probably meant to be."""
    sources: tuple[str, ...]
    """Names of the corpora it stands in."""


@dataclass(frozen=True, repr=False)
class Review(ReviewTable):
    """The words of a report with their risks. Made by `review`."""

    rows: tuple[ReviewRow, ...]
    """In the order asked for."""
    language: str = "en-US"
    """Language of the custom model."""
    generation: str = "previous"
    """Generation of the base model."""

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[ReviewRow]:
        return iter(self.rows)

    def __getitem__(self, word: str) -> ReviewRow:
        for row in self.rows:
            if row.word == word:
                return row
        raise NotFoundError("word", word)

    def __repr__(self) -> str:
        actions = Counter(row.action for row in self.rows)
        listed = ", ".join(f"{actions[one]:,} {one}" for one in sorted(actions))
        return f"Review({len(self.rows):,} words{': ' if listed else ''}{listed})"

    def sorted(self, by: Order = "attention") -> Self:
        """The review in another order.

        ``attention``: what needs the linguist most comes first; ``count``: the most frequent;
        ``alphabetical``: by code point. Ties are broken by count, then by the alphabet.

        Raises:
            WordError: ``by`` is none of these.
        """
        keys: dict[str, Callable[[ReviewRow], tuple[float | str, ...]]] = {
            "attention": lambda row: (-row.attention, -row.count, row.word),
            "count": lambda row: (-row.count, row.word),
            "alphabetical": lambda row: (row.word,),
        }
        if by not in keys:
            raise WordError(
                f"A review cannot be sorted by '{by}'.",
                hint="Use attention, count or alphabetical.",
            )
        return type(self)(tuple(sorted(self.rows, key=keys[by])), self.language, self.generation)

    def word_list(
        self, accept: Callable[[ReviewRow], bool] | Iterable[str] | None = None
    ) -> WordList:
        """The accepted words as custom words, with their counts, corpora and sounds-likes.

        Args:
            accept: A function that says yes to a row, or the words themselves; None: those whose
                action is ``add``.

        Raises:
            NotFoundError: a word given is not in the review.
        """
        if accept is None:
            chosen = [row for row in self.rows if row.action == "add"]
        elif callable(accept):
            chosen = [row for row in self.rows if accept(row)]
        else:
            by_word = {row.word: row for row in self.rows}
            names = list(dict.fromkeys([accept] if isinstance(accept, str) else accept))
            for name in names:
                if name not in by_word:
                    raise NotFoundError("word", name)
            chosen = [by_word[name] for name in names]
        return WordList(
            complete_word(
                Word(row.word, row.sounds_like, count=row.count, source=row.sources),
                in_base=False,
                language=self.language,
                generation=self.generation,
            )
            for row in chosen
        )


def review(
    source: OovReport | Corpus | Iterable[Corpus],
    lexicon: Lexicon | None = None,
    language: str | None = None,
    contexts: int = 3,
    n_pronunciations: int = 3,
    *,
    n_neighbours: int = 5,
    generation: str = "previous",
    sort: Order = "attention",
) -> Review:
    """Everything a linguist needs to decide on the unknown words of a corpus.

    Words of other languages than English have no pronunciations and neighbours yet.

    Args:
        source: A report of unknown words, or the corpora to make it from.
        lexicon: The base vocabulary with its pronunciations; None: the stock English one.
        language: Language of the custom model; None: that of the corpora, else ``en-US``.
        contexts: At most so many lines for each word.
        n_pronunciations: At most so many pronunciations of each word, 1 or more.
        n_neighbours: At most so many neighbours of each word.
        generation: ``previous`` or ``next`` generation of base models.
        sort: See `Review.sorted`.

    Raises:
        CorpusError: the corpora are not English and no lexicon is given.
        WordError: ``sort`` is no order, or ``n_pronunciations`` is below 1.
        NotFoundError: the language or generation has no rules.
    """
    if isinstance(source, OovReport):
        report, corpora = source, list(source.background.corpora)
    else:
        corpora = [source] if isinstance(source, Corpus) else list(source)
        report = find_oov(corpora, lexicon, contexts)
    if language is None:
        language = corpora[0].language if corpora else "en-US"
    report = report.details()
    counts: dict[str, int] = defaultdict(int)
    for spelling, count in report.background.counts.items():
        counts[spelling.lower()] += count
    suggested = {
        row.word: _sounds_like(row, language, generation)
        for row in report.words
        if row.kind not in _UNSPOKEN
    }
    sounds: dict[str, list[Pronunciation]] = {}
    near: dict[str, list[Neighbour]] = {}
    shares: dict[str, float] = {}
    if rules_for(language, generation).language == "en":
        lexicon = lexicon if lexicon is not None else Lexicon.stock()
        # A numeral is said as its sounds-like, which its spelling does not show.
        said = {
            row.word: suggested[row.word][0] if row.kind == "number" else row.word
            for row in report.words
            if row.word in suggested
        }
        found_sounds = pronounce_many(said.values(), language, n_pronunciations, lexicon)
        for row in report.words:
            if row.word in said:
                sounds[row.word] = found_sounds[said[row.word]]
                if row.kind == "acronym":
                    sounds[row.word] = _sayable(row.word, sounds[row.word])
                    if all(one.score == 0 for one in sounds[row.word]):  # only letters are left
                        suggested[row.word] = suggested[row.word][:1]
        # Letters are what an acronym is sure to be; its neighbours as a word would drown them.
        sure = {
            row.word: [one for one in sounds[row.word] if one.score == 0 or row.kind != "acronym"]
            for row in report.words
            if row.word in sounds
        }
        times = {row.word: row.count for row in report.words}
        for some in _pieces(list(sure)):
            for word, around in _neighbours({one: sure[one] for one in some}, lexicon, counts):
                shares[word] = confusion(around, times[word], counts)
                near[word] = [
                    one
                    for place, one in enumerate(around)
                    if place < n_neighbours or one.distance <= EASILY_TAKEN
                ]
    told = _respellings(report.words, language)
    rows = []
    for row in report.words:
        found = Findings(
            suggested.get(row.word, ()),
            tuple(sounds.get(row.word, ())),
            tuple(near.get(row.word, ())),
            told.get(row.word, ""),
        )
        risks = find_risks(row, found, counts, language, generation)
        weight = math.fsum(risk.weight for risk in risks)
        rows.append((shares.get(row.word, 0.0), weight, row, found, risks))
    # Of equally confusable words the shorter is the riskier.
    order = sorted(
        range(len(rows)),
        key=lambda at: (-rows[at][0], _length(rows[at][3]), rows[at][2].word),
    )
    rank = {at: place for place, at in enumerate(order, start=1)}
    made = tuple(
        ReviewRow(
            row.word,
            row.count,
            row.kind,
            suggested_action(row, risks),
            tuple(risk.text for risk in risks),
            found.sounds_like,
            tuple((str(one), round(10**one.score, 3)) for one in found.pronunciations),
            found.neighbours[:n_neighbours],
            round(share, 4),
            rank[at],
            weight * math.log2(1 + row.count),
            row.contexts[:contexts],
            row.variants,
            row.typo_of,
            row.sources,
        )
        for at, (share, weight, row, found, risks) in enumerate(rows)
    )
    return Review(made, language, generation).sorted(sort)


def _sayable(acronym: str, readings: list[Pronunciation]) -> list[Pronunciation]:
    """The readings of an acronym without words that nobody says (B M IY), or of two letters."""
    return [
        one
        for one in readings
        if one.score == 0 or (len(acronym.removesuffix("s")) > 2 and can_be_said(one.phones))
    ]


def _length(found: Findings) -> int:
    return len(found.pronunciations[0].phones) if found.pronunciations else 0


def _neighbours(
    sounds: Mapping[str, list[Pronunciation]], lexicon: Lexicon, counts: Mapping[str, int]
) -> Iterator[tuple[str, list[Neighbour]]]:
    """Each word with all its neighbours, over its certain readings and the likely guesses."""
    readings = {
        word: [
            one.phones
            for place, one in enumerate(found)
            if place == 0 or one.score == 0 or 10**one.score >= _SECOND_READING
        ]
        for word, found in sounds.items()
    }
    found = neighbours_many(
        (phones for several in readings.values() for phones in several), lexicon, 0, counts
    )
    for word, several in readings.items():
        nearest: dict[str, Neighbour] = {}
        for one in (near for phones in several for near in found[phones]):
            if one.word not in nearest or one.distance < nearest[one.word].distance:
                nearest[one.word] = one
        yield (
            word,
            sorted(
                nearest.values(),
                key=lambda one: (one.distance, -counts.get(one.word, 0), one.word),
            ),
        )


def _pieces(words: list[str]) -> Iterator[list[str]]:
    """The words some thousands at a time: short words have hundreds of neighbours each."""
    for start in range(0, len(words), _AT_ONCE):
        yield words[start : start + _AT_ONCE]


def _sounds_like(row: OovWord, language: str, generation: str) -> tuple[str, ...]:
    made = default_sounds_like(row.word, language, generation)
    if row.kind == "number" and made:
        values = [_ROMAN_VALUES[letter] for letter in row.word.upper()]
        value = sum(
            -one if one < following else one
            for one, following in zip(values, [*values[1:], 0], strict=True)
        )
        return (say_numbers(str(value), language), made[0])
    return made


def _respellings(rows: Iterable[OovWord], language: str) -> dict[str, str]:
    """Words whose sound the text spells behind them: asthma AZ-ma."""
    spelled = {row.word for row in rows if row.kind == "respelling"}
    tokens_of = tokenizer(language)
    told: dict[str, str] = {}
    for row in rows:
        if row.kind != "respelling":
            continue
        for context in row.contexts:
            tokens = tokens_of(context.text)
            marks = [token in spelled for token in tokens]
            for run, group in groupby(range(len(tokens)), marks.__getitem__):
                places = list(group)
                # As many words stand before as are respelled: erythema nodosum er-ih-THE-ma no-…
                if run and places[0] >= len(places):
                    for place in places:
                        told.setdefault(tokens[place - len(places)], tokens[place])
    return told
