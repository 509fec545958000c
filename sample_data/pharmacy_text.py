"""The texts of the sample project: corpora, custom words and the sentences to be spoken.

Everything is written by expanding the templates in ``source/`` with a seeded random source and
adding the sentences written by hand there. The same sources and seed give the same bytes on every
platform: only ``random.Random.random()``, whose sequence Python promises to keep, is drawn from.

Template syntax: ``{slot}`` or ``{slot:cap}`` (first letter upper case), ``[optional]``,
``(one|other)``. The slots ``drug strength form purpose`` of one sentence speak of one medicine,
``drug2 strength2 …`` of another; all other slots come from ``source/slots.txt``.
"""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

SOURCE = Path(__file__).parent / "source"
SEED = "larkspur"

CORPUS_SIZES = {"orders": 1900, "questions": 1080, "staff": 460}
"""Sentences per corpus, those written by hand included."""

ADAPTATION_SENTENCES = 172

_TRIES = 60  # draws for one new sentence before its template counts as used up
_OPTIONAL = 0.4  # how often an optional part is said
_DIGITS = 0.12  # how often a whole strength is written in digits instead of words

# fmt: off
_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
]
_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
# fmt: on


@dataclass(frozen=True)
class Medicine:
    """One line of ``source/medicines.csv``."""

    word: str
    purposes: tuple[str, ...]
    strengths: tuple[str, ...]
    unit: str
    forms: tuple[str, ...]


def lines(name: str) -> list[str]:
    """The lines of a source file without comments and blank lines."""
    text = (SOURCE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def table(name: str) -> list[dict[str, str]]:
    """The rows of a source table."""
    return list(csv.DictReader(io.StringIO((SOURCE / name).read_text(encoding="utf-8"))))


def medicines() -> list[Medicine]:
    return [
        Medicine(
            row["word"],
            tuple(row["purpose"].split("|")),
            tuple(row["strengths"].split()),
            row["unit"],
            tuple(row["forms"].split("|")),
        )
        for row in table("medicines.csv")
    ]


def custom_words() -> list[dict[str, str]]:
    """Medicines and other words that the stock lexicon lacks, those with a sounds-like."""
    rows = table("medicines.csv") + table("other_words.csv")
    return sorted((row for row in rows if row["sounds_like"]), key=lambda row: row["word"].lower())


def in_words(number: str) -> str:
    """A number as it is spoken.

    >>> in_words("850"), in_words("12.5"), in_words("0.005")
    ('eight hundred fifty', 'twelve point five', 'zero point zero zero five')
    """
    whole, _, decimals = number.partition(".")
    value = int(whole)
    words: list[str] = []
    for size, name in ((1000, "thousand"), (100, "hundred")):
        if value >= size:
            words += [_ONES[value // size], name]
            value %= size
    if value >= 20:
        words.append(_TENS[value // 10])
        value %= 10
        words += [_ONES[value]] if value else []
    elif value or not words:
        words.append(_ONES[value])
    if decimals:
        words += ["point", *(_ONES[int(digit)] for digit in decimals)]
    return " ".join(words)


class Writer:
    """Writes one sentence after the other from templates, evenly over the medicines."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)
        self._slots = {}
        for line in lines("slots.txt"):
            name, _, alternatives = line.partition(" = ")
            self._slots[name] = [part.strip() for part in alternatives.split(" | ")]
        self._medicines = medicines()
        self._deck: list[Medicine] = []
        self._pair: tuple[Medicine, Medicine] = (self._medicines[0], self._medicines[1])
        self._said: set[str] = set()

    def pick(self, items: Sequence[T]) -> T:
        return items[int(self._random.random() * len(items))]

    def shuffled(self, items: Iterable[T]) -> list[T]:
        drawn = [(self._random.random(), position, item) for position, item in enumerate(items)]
        return [item for _, _, item in sorted(drawn, key=lambda entry: entry[:2])]

    def _deal(self) -> Medicine:
        if not self._deck:
            self._deck = self.shuffled(self._medicines)
        return self._deck.pop()

    def sentence(self, template: str) -> str:
        first, second = self._deal() if "{drug}" in template else self.pick(self._medicines), None
        while second is None or second is first:
            second = self.pick(self._medicines)
        self._pair = (first, second)
        self._said = {first.word, second.word}
        text = re.sub(r"\s+", " ", self._expand(template)).strip()
        return text[:1].upper() + text[1:]

    def _expand(self, template: str) -> str:
        text, end = self._sequence(template, 0, "")
        assert end == len(template), template
        return text

    def _sequence(self, text: str, position: int, stop: str) -> tuple[str, int]:
        out: list[str] = []
        while position < len(text) and text[position] not in stop:
            character = text[position]
            if character == "{":
                close = text.index("}", position)
                out.append(self._slot(text[position + 1 : close]))
                position = close + 1
            elif character == "[":
                inner, position = self._sequence(text, position + 1, "]")
                position += 1
                if self._random.random() < _OPTIONAL:
                    out.append(inner)
            elif character == "(":
                options: list[str] = []
                while text[position] != ")":
                    inner, position = self._sequence(text, position + 1, "|)")
                    options.append(inner)
                position += 1
                out.append(self.pick(options))
            else:
                out.append(character)
                position += 1
        return "".join(out), position

    def _slot(self, name: str) -> str:
        name, _, style = name.partition(":")
        medicine = self._pair[1] if name.endswith("2") else self._pair[0]
        match name.removesuffix("2"):
            case "drug":
                text = medicine.word
            case "strength":
                text = self._strength(medicine)
            case "form":
                text = self.pick(medicine.forms)
            case "purpose":
                text = self.pick(medicine.purposes)
            case _:
                text = self._fresh(name)
        return text[:1].upper() + text[1:] if style == "cap" else text

    def _fresh(self, name: str) -> str:
        """A filling of a slot that this sentence does not have yet (digits may repeat)."""
        for _ in range(_TRIES):
            text = self._expand(self.pick(self._slots[name]))
            plain = re.sub(r"\$(\d+)", lambda price: f"{in_words(price[1])} dollars", text)
            if name == "digit" or plain not in self._said:
                break
        self._said.add(plain)
        return text

    def _strength(self, medicine: Medicine) -> str:
        number = self.pick(medicine.strengths)
        if "." not in number and self._random.random() < _DIGITS:
            return f"{number}%" if medicine.unit == "percent" else f"{number} {medicine.unit}"
        unit = medicine.unit.removesuffix("s") if number == "1" else medicine.unit
        return f"{in_words(number)} {unit}"


def spoken(text: str, cased: frozenset[str]) -> str:
    """The words of a sentence as said: no punctuation, lower case except for custom words.

    Raises:
        ValueError: the sentence has digits or symbols, of which the spoken form is not known.
    """
    if re.search(r"[^A-Za-z' ,.?!-]", text):
        raise ValueError(f"Write the numbers of a sentence to be spoken in words: {text}")
    found = re.findall(r"[A-Za-z]+(?:['-][A-Za-z]+)*'?", text)
    return " ".join(word if word in cased else word.lower() for word in found)


def cased_words() -> frozenset[str]:
    """Custom words, which keep their case in transcripts."""
    return frozenset(row["word"] for row in custom_words())


def normalized(text: str) -> str:
    """What two sentences have in common when they are the same words.

    >>> normalized("Yes, the metformin.") == normalized("yes the Metformin")
    True
    """
    return " ".join(re.findall(r"[a-z0-9$%']+", text.lower()))


def test_sentences() -> list[str]:
    return lines("test_sentences.txt")


def corpus(name: str) -> list[str]:
    """All sentences of one corpus, in their order in the file."""
    writer = Writer(f"{SEED} {name}")
    known = {normalized(text) for text in test_sentences()}
    sentences: list[str] = []

    def add(text: str) -> bool:
        if normalized(text) in known:
            return False
        known.add(normalized(text))
        sentences.append(text)
        return True

    for text in lines(f"{name}_written.txt"):
        add(text)
    templates = lines(f"{name}.txt")
    while len(sentences) < CORPUS_SIZES[name]:
        usable = []
        for template in templates:
            if len(sentences) == CORPUS_SIZES[name]:
                break
            if any(add(writer.sentence(template)) for _ in range(_TRIES)):
                usable.append(template)
        templates = usable or templates
        assert usable, f"the templates of {name} are used up"
    return writer.shuffled(sentences)


def adaptation_sentences(corpora: Iterable[Sequence[str]]) -> list[str]:
    """Sentences of the corpora to be spoken as adaptation audio, medicines evenly."""
    names = {medicine.word for medicine in medicines()}
    cased = cased_words()
    candidates = [
        text
        for sentences in corpora
        for text in sentences
        if not re.search(r"[0-9$%]", text) and 7 <= len(text.split()) <= 13
    ]
    writer = Writer(f"{SEED} adaptation")
    chosen: list[str] = []
    heard: dict[str, int] = {}
    limit = 0
    remaining = writer.shuffled(candidates)
    while len(chosen) < ADAPTATION_SENTENCES:
        limit += 1  # every medicine once, then every medicine twice …
        later = []
        for text in remaining:
            said = [word for word in spoken(text, cased).split() if word in names]
            if len(chosen) < ADAPTATION_SENTENCES and (
                said and all(heard.get(word, 0) < limit for word in said)
            ):
                chosen.append(text)
                heard |= {word: heard.get(word, 0) + 1 for word in said}
            else:
                later.append(text)
        remaining = later
    return writer.shuffled(chosen)


def words_csv() -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["word", "sounds_like", "display_as"])
    for row in custom_words():
        writer.writerow([row["word"], row["sounds_like"], row["display_as"] or row["word"]])
    return out.getvalue()


def voice_lexicons(count: int) -> list[str]:
    """Pronunciations for the voices, in flite's format: how people say the custom words.

    Where ``say`` names several, voices differ.
    """
    texts = []
    for voice in range(count):
        rows = []
        for row in custom_words():
            if row["say"]:
                options = row["say"].split("|")
                rows.append(f'"{row["word"].lower()}" nil : {options[voice % len(options)]}\n')
        texts.append("".join(rows))
    return texts


def text_files() -> Iterator[tuple[str, str]]:
    """Path inside the project and content of every generated text."""
    for name in CORPUS_SIZES:
        yield f"corpora/{name}.txt", "\n".join(corpus(name)) + "\n"
    yield "words.csv", words_csv()
