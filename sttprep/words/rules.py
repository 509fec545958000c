"""What IBM's documentation demands of custom words, per language and model generation.

The rules come from the service's pages on words of previous- and next-generation models. Where
they contradict themselves the milder reading is taken:

* 40 characters are counted without blanks (one page: not counting spaces; another: not counting
  leading and trailing spaces).
* ``seventy-five`` passes for US English of the previous generation (one page writes it with a dash,
  another without).
* A lengthening bar U+2015, which the Japanese page prints, is a warning; ``ー`` is meant.
* Spaces in words of next-generation models are an error (one section: impossible; another: not
  prevented).

>>> [problem] = check_word(Word("75.00", ["75 dollars"]))
>>> problem.severity, problem.hint
('error', "You can try for example 'seventy five dollars'.")
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sttprep.source import Problem, Severity, Source, Span
from sttprep.words.entry import Word
from sttprep.words.languages import SEVENTY_FIVE, SoundsLikeRules, rules_for
from sttprep.words.names import judge_display, judge_length, judge_name, shortened

__all__ = ["MOST_SOUNDS_LIKES", "breaks_rules", "check_word", "judge_word", "word_faults"]

MOST_SOUNDS_LIKES = 5

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")


def check_word(
    word: Word | str, language: str = "en-US", generation: str = "previous"
) -> list[Problem]:
    """Everything wrong or doubtful about a word, the worst it does by severity.

    ``error``: the service refuses the word or stores it with an ``error``; ``warning``: it works,
    but not as well as it could; ``note``: worth knowing. An empty list: nothing to say.

    Args:
        word: Any word, or the spelling of one; problems carry its spelling as their ``name``.
        language: Language of the custom model.
        generation: ``previous`` or ``next`` generation of base models.

    Raises:
        NotFoundError: the language or generation has no rules.
    """
    judged = Word(word) if isinstance(word, str) else word
    return [problem for _, problem in judge_word(judged, language, generation)]


def judge_word(
    word: Word, language: str = "en-US", generation: str = "previous"
) -> list[tuple[str, Problem]]:
    """The findings of :func:`check_word`, each with the string it is about."""
    return list(_judge(word, rules_for(language, generation)))


def word_faults(
    word: Word, language: str = "en-US", generation: str = "previous"
) -> tuple[tuple[str, str], ...]:
    """The errors of a word as pairs of the offending string and what to do about it."""
    faults: dict[str, str] = {}
    for element, problem in judge_word(word, language, generation):
        if problem.severity == "error" and element not in faults:
            faults[element] = f"{problem.message} {problem.hint}".rstrip()
    return tuple(faults.items())


def _judge(word: Word, rules: SoundsLikeRules) -> Iterator[tuple[str, Problem]]:
    """Problems of a word, each with the string it is about."""
    for problem in (*judge_name(word, rules), *judge_display(word, rules)):
        yield word.word, replace(problem, name=word.word)
    for element, problem in _judge_list(word):
        yield element, replace(problem, name=word.word)
    for element in dict.fromkeys(word.sounds_like):
        for problem in _judge_sounds_like(element, rules):
            yield element, replace(problem, name=word.word)
    if word.sounds_like and not rules.published:
        yield (
            word.word,
            Problem(
                "note",
                "sounds-like-unpublished",
                f"No sounds-like rules are published for {rules.name}; only the general ones were "
                "checked.",
                f"Use the letters of the language and blanks, for example "
                f"'{rules.letters_example}'.",
                name=word.word,
            ),
        )


def _judge_list(word: Word) -> Iterator[tuple[str, Problem]]:
    given = word.sounds_like
    if len(given) > MOST_SOUNDS_LIKES:
        yield (
            given[MOST_SOUNDS_LIKES],
            Problem(
                "error",
                "sounds-like-count",
                f"{len(given)} sounds-likes are given; a word can have at most "
                f"{MOST_SOUNDS_LIKES}.",
                f"Keep the ones that speakers use most, for example '{given[0]}' and '{given[1]}'.",
            ),
        )
    for element in dict.fromkeys(given):
        if given.count(element) > 1:
            yield (
                element,
                Problem(
                    "warning", "sounds-like-repeated", f"'{element}' is given more than once.",
                    "List each sounds-like once.",
                ),
            )  # fmt: skip


def _judge_sounds_like(text: str, rules: SoundsLikeRules) -> Iterator[Problem]:
    if not text.strip():
        yield Problem(
            "error", "sounds-like-empty", "A sounds-like is empty.",
            f"Remove it, or spell what is said, for example '{rules.letters_example}'.",
        )  # fmt: skip
        return
    for problem in judge_length(text, rules, "sounds-like"):
        example = shortened(text, rules.advised or rules.limit)
        if breaks_rules(example, rules):
            example = rules.letters_example
        yield replace(problem, hint=f"Shorten it, for example to '{example}'.")
    source = Source("", text)
    seen: set[str] = set()
    for finding in _findings(unicodedata.normalize("NFC", text), rules):
        if finding.code not in seen:  # the first of a kind is enough: the hint mends them all
            seen.add(finding.code)
            hint = finding.hint
            if hint is None:
                from sttprep.words.respell import respell_valid

                example = respell_valid(text, rules)
                if example:
                    hint = f"You can try for example '{example}'."
                elif finding.code == "sounds-like-number":
                    hint = f"Spell them, for example '{SEVENTY_FIVE[rules.language]}'."
                else:
                    hint = f"Spell what is said in letters, for example '{rules.letters_example}'."
            span = Span(min(finding.start, len(text) - 1), min(finding.end, len(text)))
            yield Problem(
                finding.severity, finding.code, finding.message, hint,
                excerpt=source.excerpt(span), span=span,
            )  # fmt: skip


def breaks_rules(text: str, rules: SoundsLikeRules) -> bool:
    """Whether a sounds-like would be refused."""
    return (
        not text.strip()
        or any(found.severity == "error" for found in judge_length(text, rules, "sounds-like"))
        or any(
            found.severity == "error"
            for found in _findings(unicodedata.normalize("NFC", text), rules)
        )
    )


@dataclass(frozen=True)
class _Finding:
    """A broken rule inside a sounds-like; ``hint`` None asks for a respelled example."""

    code: str
    start: int
    end: int
    message: str
    hint: str | None = None
    severity: Severity = "error"


def _findings(text: str, rules: SoundsLikeRules) -> Iterator[_Finding]:
    for match in re.finditer(r"\d+|[^\W\d_]", text):
        if unicodedata.category(match[0][0]).startswith("N"):
            message = "Numbers are not allowed in sounds_like."
            yield _Finding("sounds-like-number", match.start(), match.end(), message)
    if rules.language == "ja":
        from sttprep.words.kana import kana_findings

        for code, start, end, message, hint, severity in kana_findings(text, rules.generation):
            yield _Finding(code, start, end, message, hint, severity)
        return
    for match in re.finditer(r"[^ ]+", text):
        yield from _token_findings(match[0], match.start(), rules)


def _allowed(character: str, rules: SoundsLikeRules) -> bool:
    if rules.letters is not None:
        return character in rules.letters
    if rules.language == "ko":
        return bool(_HANGUL.match(character)) or (character.isascii() and character.isalpha())
    return unicodedata.category(character)[0] in "LM"


def _token_findings(token: str, offset: int, rules: SoundsLikeRules) -> Iterator[_Finding]:
    for place, character in enumerate(token):
        start, end = offset + place, offset + place + 1
        category = unicodedata.category(character)
        if _allowed(character, rules) or category.startswith("N"):
            continue
        before, after = token[place - 1 : place], token[place + 1 : place + 2]
        if _part_of_number(before, character, after):
            continue  # reported with the number
        if character == ".":
            if rules.period and place == 1 and len(token) == 2:
                continue
            message = (
                "A period can only follow a single letter, with a blank after it."
                if rules.period
                else f"Periods are not allowed in sounds_like for {_kind(rules)}."
            )
            yield _Finding("sounds-like-period", start, end, message)
        elif character in _DASHES:
            if rules.dash and character == "-" and before.isalpha() and after.isalpha():
                continue
            message = (
                "A dash can only join two words."
                if rules.dash
                else f"Dashes are not allowed in sounds_like for {_kind(rules)}."
            )
            yield _Finding("sounds-like-dash", start, end, message)
        elif category[0] in "LM":
            yield _Finding(
                "sounds-like-letter", start, end,
                f"The letter '{character}' is not used in sounds_like for {rules.name}.",
            )  # fmt: skip
        else:
            shown = character if character.isprintable() else f"U+{ord(character):04X}"
            yield _Finding(
                "sounds-like-character", start, end,
                f"The character '{shown}' is not allowed in sounds_like.",
            )  # fmt: skip
    if rules.letters is not None and not rules.period and re.fullmatch("[A-Z]{2,}", token):
        yield _Finding(
            "sounds-like-capitals", offset, offset + len(token),
            f"'{token}' is read as one word.",
            f"To spell it out, write '{' '.join(token)}'.",
            "note",
        )  # fmt: skip


def _part_of_number(before: str, character: str, after: str) -> bool:
    """Whether a sign belongs to the digits beside it: 75.5, $75, 75%."""
    if character in ".,":
        return before.isdigit() and after.isdigit()
    return (character in "$€" and after.isdigit()) or (character in "$€%" and before.isdigit())


def _kind(rules: SoundsLikeRules) -> str:
    if rules.generation == "next":
        return "next-generation models"
    return rules.name
