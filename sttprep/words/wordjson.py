"""Word lists in JSON, every element with its place in the file."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from sttprep.source import Problem, Source, Span
from sttprep.words.entry import Word

__all__ = ["FIELDS", "Row", "format_json", "is_count", "json_rows", "nearest", "word_fields"]

FIELDS = ("word", "sounds_like", "display_as", "count", "source")
"""The fields of a word in a file, in the order of the columns."""

_KEYS = (*FIELDS, "error", "mapping_only")  # the last one is the service's and has no use here


@dataclass
class Row:
    """A word and where its fields stand."""

    word: Word
    """The word."""
    spans: dict[str, Span]
    """Places in the text, ``word`` always among them."""
    judged: bool = False
    """It came with an ``error`` of its own, so it is not judged again."""


def nearest(name: str, valid: tuple[str, ...]) -> str:
    """A question naming the valid name that is most like a wrong one; empty if none is."""
    near = get_close_matches(name.replace(" ", "_").replace("-", "_"), valid, n=1, cutoff=0.5)
    return f"Did you mean '{near[0]}'? " if near else ""


class _Object(dict[str, Any]):
    """A JSON object that remembers which keys were given twice: the last one would win silently."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.repeated = sorted(k for k, n in Counter(key for key, _ in pairs).items() if n > 1)


def json_rows(source: Source, problems: list[Problem]) -> Iterator[Row]:
    """The words of a JSON text; what is wrong goes to ``problems``."""
    text = source.text
    try:
        whole = json.loads(text, object_pairs_hook=_Object)
    except (ValueError, RecursionError) as error:
        place, reason = 0, str(error)
        if isinstance(error, json.JSONDecodeError):
            place, reason = error.pos, error.msg
        elif isinstance(error, RecursionError):
            reason = "brackets are nested too deeply"
        problems.append(source.problem(
            "error", "json-syntax", Span(place, place + 1), f"This is not JSON: {reason}.",
            'Write {"words": [{"word": "NCAA", "sounds_like": ["N. C. A. A."]}]}.',
        ))  # fmt: skip
        return
    entries = whole
    if isinstance(whole, _Object):
        entries = whole.get("words")
        problems += [
            source.problem(
                "error", "json-key-repeated", Span(0, 1), f"'{key}' is given twice.",
                "Keep one list of all words.",
            )
            for key in whole.repeated
        ]  # fmt: skip
        problems += [
            source.problem(
                "warning", "json-key", Span(0, 1), f"The field '{key}' is not read.",
                "Only 'words' is; remove the rest if it is not needed.",
            )
            for key in whole
            if key != "words"
        ]  # fmt: skip
    if not isinstance(entries, list):
        problems.append(source.problem(
            "error", "json-words", Span(0, 1), "There is no list of words.",
            'Write {"words": [{"word": "NCAA", "sounds_like": ["N. C. A. A."]}]}.',
        ))  # fmt: skip
        return
    for entry, span in zip(entries, _json_spans(text, isinstance(whole, dict)), strict=True):
        row = _json_word(source, entry, span, problems)
        if row is not None:
            yield row


def _json_spans(text: str, wrapped: bool) -> list[Span]:
    """Where the elements of the word list stand in a text known to be good JSON."""
    blank = re.compile(r"[ \t\r\n]*")
    decoder = json.JSONDecoder()

    def skip(place: int) -> int:
        match = blank.match(text, place)
        return match.end() if match else place

    place = skip(0) + 1
    spans: list[Span] = []
    if wrapped:
        while text[place := skip(place)] != "}":
            key, place = decoder.raw_decode(text, place)
            place = skip(skip(place) + 1)
            if key == "words" and text[place] == "[":
                spans, place = _element_spans(text, place + 1, decoder, skip)
            else:
                _, place = decoder.raw_decode(text, place)
            place = skip(place)
            if text[place] == ",":
                place += 1
        return spans
    return _element_spans(text, place, decoder, skip)[0]


def _element_spans(
    text: str, place: int, decoder: json.JSONDecoder, skip: Callable[[int], int]
) -> tuple[list[Span], int]:
    spans = []
    while text[place := skip(place)] != "]":
        _, end = decoder.raw_decode(text, place)
        spans.append(Span(place, end))
        place = skip(end)
        if text[place] == ",":
            place += 1
    return spans, place + 1


def _json_word(source: Source, entry: Any, span: Span, problems: list[Problem]) -> Row | None:
    def wrong(code: str, message: str, hint: str) -> None:
        problems.append(source.problem("error", code, span, message, hint))

    if not isinstance(entry, dict):
        wrong("json-word", "A word is a JSON object.", 'For example, write {"word": "NCAA"}.')
        return None
    for key in entry.repeated if isinstance(entry, _Object) else ():
        wrong("json-key-repeated", f"'{key}' is given twice.", "Keep one of them.")
    for key in entry:
        if key not in _KEYS:
            wrong(
                "json-key", f"There is no field '{key}'.",
                f"{nearest(key.lower(), FIELDS)}The fields are {', '.join(FIELDS)}.",
            )  # fmt: skip
    good = True
    for key, valid, what, example in _JSON_TYPES:
        if key in entry and entry[key] is not None and not valid(entry[key]):
            wrong("json-type", f"'{key}' is not {what}.", f"For example, write {example}.")
            good = False
    if entry.get("word") is None:
        wrong("json-word", "A word has no 'word'.", 'For example, write {"word": "NCAA"}.')
        good = False
    if not good:
        return None
    faults = [(str(k), v) for fault in entry.get("error") or () for k, v in fault.items()]
    word = Word(
        entry["word"],
        entry.get("sounds_like") or (),
        entry.get("display_as"),
        entry.get("count") or 0,
        entry.get("source") or (),
        faults,
    )
    return Row(word, {"word": span}, judged=bool(faults))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def is_count(value: object) -> bool:
    """Whether a value is a count that every kind of file can hold: 0 to 15 digits."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15


def _is_faults(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(fault, dict) and all(isinstance(text, str) for text in fault.values())
        for fault in value
    )


_JSON_TYPES: tuple[tuple[str, Callable[[object], bool], str, str], ...] = (
    ("word", _is_text, "text", '"word": "NCAA"'),
    ("sounds_like", _is_texts, "a list of texts", '"sounds_like": ["N. C. A. A."]'),
    ("display_as", _is_text, "text", '"display_as": "IBM™"'),
    ("count", is_count, "a whole number of at most 15 digits", '"count": 3'),
    ("source", _is_texts, "a list of texts", '"source": ["healthcare", "user"]'),
    ("error", _is_faults, "a list of objects", '"error": [{"75": "Numbers are not allowed."}]'),
)


def word_fields(word: Word) -> dict[str, Any]:
    """A word as a JSON object, fields that say nothing left out.

    >>> word_fields(Word("IEEE", ["I. triple E."]))
    {'word': 'IEEE', 'sounds_like': ['I. triple E.']}
    """
    fields: dict[str, Any] = {"word": word.word}
    if word.sounds_like:
        fields["sounds_like"] = list(word.sounds_like)
    if word.display_as:
        fields["display_as"] = word.display_as
    if word.count:
        fields["count"] = word.count
    if word.source:
        fields["source"] = list(word.source)
    if word.error:
        fields["error"] = [{element: message} for element, message in word.error]
    return fields


def format_json(words: Iterable[Word]) -> str:
    """The text of a JSON file, one word a line."""
    lines = [json.dumps(word_fields(word), ensure_ascii=False) for word in words]
    body = ",\n".join(lines)
    return f'{{"words": [\n{body}\n]}}\n' if lines else '{"words": []}\n'
