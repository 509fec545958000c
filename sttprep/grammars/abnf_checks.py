"""What can be wrong with a single token of an SRGS ABNF rule expansion.

>>> findings = check_tokens("$r = don't | /1e3/ b", 5)
>>> [(finding.code, finding.start, finding.end) for finding in findings]
[('unquoted-word', 5, 10), ('bad-weight', 13, 18)]
>>> findings[0].hint
'Write "don\\'t" in double quotes.'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from sttprep.grammars.abnf_tokens import (
    LANGUAGE_CODE,
    MOST_DIGITS,
    NUMBER,
    REPEAT,
    RULE_NAME,
    TOKEN,
    WORD,
    Finding,
    show,
)
from sttprep.grammars.expression import MAX_DEPTH

__all__ = ["check_rule_name", "check_tokens"]

_LARGEST = 1e300  # a weight beyond it would be infinite as a floating point number


def check_tokens(text: str, start: int) -> list[Finding]:
    """What is wrong with single tokens from an offset of a statement on."""
    findings = []
    depth = 0
    before, name_at = "", -1
    for token in TOKEN.finditer(text, start):
        kind = token.lastgroup
        assert kind is not None
        at = token.start()
        if kind == "sign":
            depth += {"(": 1, "[": 1, ")": -1, "]": -1, "|": 0}[token[0]]
            if depth > MAX_DEPTH:
                return [_too_deep(at)]
        elif kind == "word" and token[0].startswith("=") and name_at >= 0:
            findings.append(_two_rules(text, name_at, at))
        elif check := _CHECKS.get(kind):
            findings += [
                finding._replace(start=finding.start + at, end=finding.end + at)
                for finding in check(token[0], before)
            ]
        name_at = at if kind == "rule" else -1
        before = token[0][-1]
    return findings


def _too_deep(at: int) -> Finding:
    return Finding(
        "nesting-too-deep",
        at,
        at + 1,
        f"groups are nested deeper than {MAX_DEPTH} levels.",
        "Give the inner groups rules of their own.",
    )


def _two_rules(text: str, at: int, equals: int) -> Finding:
    before = text[:at].rstrip()
    return Finding(
        "missing-semicolon",
        len(before),
        len(before),
        f"a ';' is missing before {text[at:equals].strip()}, which starts another rule.",
        f'Write "{show(before[-40:])};".',
    )


def _check_word(word: str, before: str) -> Iterator[Finding]:
    if WORD.fullmatch(word):
        return
    here = (0, len(word))
    bare = word.rstrip("*+?")
    sign = word[len(bare) :]
    quoted = '"' + word.strip("'“”„«»‘’‚") + '"'
    if len(sign) == 1 and (WORD.fullmatch(bare) or (not bare and before in (")", "]"))):
        body = bare or "( … )"
        written = {"*": f"{body}<0->", "+": f"{body}<1->", "?": f"[{bare or ' … '}]"}[sign]
        meaning = {"*": "any number of times", "+": "once or more", "?": "once or not at all"}[sign]
        hint = f"Write {written} for {meaning}"
        hint += f', or "{word}" in double quotes if it is spoken.' if bare else "."
        yield Finding("repeat-sign", *here, f"'{sign}' does not repeat anything in ABNF.", hint)
    elif "\\" in word:
        yield Finding(
            "backslash",
            word.index("\\"),
            word.index("\\") + 1,
            "a backslash cannot stand in a word: ABNF has no escapes.",
            f'Write {quoted} in double quotes, or "{word.replace(chr(92), "")}" without it.',
        )
    elif word[0] in "“”„«»‘’‚":
        yield Finding(
            "quote-mark",
            0,
            1,
            f"'{word[0]}' is not a quotation mark in ABNF.",
            f"Write straight double quotes: {quoted}.",
        )
    elif "=" in word:
        yield Finding(
            "unexpected-equals",
            word.index("="),
            word.index("=") + 1,
            "'=' stands once in a rule, behind its name.",
            "Take it away, or end the rule before it with ';'.",
        )
    elif "," in word and WORD.fullmatch(word.replace(",", "")):
        yield Finding(
            "unquoted-word",
            *here,
            "a comma cannot stand in a word without quotes; words are separated by blanks.",
            f'Write "{" ".join(word.replace(",", " ").split())}" without it.',
        )
    else:
        wrong = next(c for c in word if not WORD.fullmatch(c))
        if wrong.isprintable():
            yield Finding(
                "unquoted-word",
                *here,
                f"{_signed(wrong)} cannot stand in a word without quotes "
                "(letters, digits and . - _ : can).",
                f"Write {quoted} in double quotes.",
            )
        else:
            at = word.index(wrong)
            name = unicodedata.name(wrong, "a control character").lower()
            yield Finding(
                "bad-character",
                at,
                at + 1,
                f"{name} (U+{ord(wrong):04X}) cannot stand in a rule.",
                "Write an ordinary blank." if wrong.isspace() else "Take it away.",
            )


def _check_single(text: str, before: str) -> Iterator[Finding]:
    yield Finding(
        "single-quotes",
        0,
        len(text),
        "a quoted phrase in a rule stands between double quotes.",
        f'Write "{show(text[1:-1])}".',
    )


def _check_quoted(text: str, before: str) -> Iterator[Finding]:
    if not text[1:-1].strip():
        yield Finding(
            "empty-quote",
            0,
            len(text),
            "there is no word between the quotation marks; it is read as nothing said.",
            "Write () where nothing is said.",
            "warning",
        )


def _check_weight(text: str, before: str) -> Iterator[Finding]:
    inside = text[1:-1]
    if NUMBER.fullmatch(inside) and float(inside) < _LARGEST:
        return
    message = f"{show(text)} is no weight: digits with at most one decimal point stand between /."
    try:
        value = abs(float(inside))
        plain = f"{value:.6f}".rstrip("0").rstrip(".")
        hint = f"Write /{plain}/." if value < 1e9 and plain != "0" else "Write /1/ or /0.5/."
    except ValueError:
        hint = "Write for example /2/ or /0.5/ before the alternative."
    yield Finding("bad-weight", 0, len(text), message, hint)


def _check_repeat(text: str, before: str) -> Iterator[Finding]:
    found = REPEAT.fullmatch(text)
    if found is None:
        yield _bad_repeat(text)
        return
    least, most = found["least"], found["most"] or ""
    if max(len(least), len(most) - 1) > MOST_DIGITS:
        yield Finding(
            "bad-repeat",
            0,
            len(text),
            f"{show(text)} has a number of more than {MOST_DIGITS} digits.",
            "Write <1-> for any number of times.",
        )
    elif len(most) > 1 and int(most[1:]) < int(least):
        yield Finding(
            "bad-repeat",
            0,
            len(text),
            f"the smaller number of times comes first, not {least}.",
            f"Write <{most[1:]}-{least}>.",
        )
    probability = found["probability"]
    if probability is not None and float(probability) > 1:
        yield Finding(
            "bad-probability",
            found.start("probability") - 1,
            found.end("probability") + 1,
            f"a probability is between 0 and 1, not {probability}.",
            f"Write for example <{least}{most} /0.5/>.",
        )


def _bad_repeat(text: str) -> Finding:
    inside = text[1:-1].strip()
    numbers = re.findall(r"[0-9]+", inside.split("/")[0])
    compact = re.sub(r"\s+", "", inside)
    if REPEAT.fullmatch(f"<{compact}>"):
        message = f"{show(text)} is no repeat: no blanks stand beside the '-' or inside / /."
        hint = f"Write <{compact}>."
    elif "/" in inside and REPEAT.fullmatch(f"<{inside.split('/')[0]}>"):
        message = f"{show(text)} has no valid probability: a number from 0 to 1 between two /."
        hint = f"Write for example <{inside.split('/')[0].strip()} /0.5/>."
    elif re.fullmatch(r"[0-9]+\s*(?:,|\.\.+|:|to|[‐‑‒–—−])\s*[0-9]*", inside):
        message = f"{show(text)} is no repeat: '-' stands between the two numbers."
        hint = f"Write <{numbers[0]}-{''.join(numbers[1:])}>."
    elif re.fullmatch(r"-\s*[0-9]+", inside):
        message = f"{show(text)} is no repeat: the fewest times come first."
        hint = f"Write <0-{numbers[0]}> for at most {numbers[0]} times."
    elif RULE_NAME.fullmatch(inside):
        message = f"{show(text)} is no repeat: a number of times stands between < and >."
        hint = f"Write for example <2>, <0-3>, <1->, or ${inside} for a rule."
    else:
        message = f"{show(text)} is no repeat: a number of times stands between < and >."
        hint = "Write for example <2>, <0-3> or <1->."
    return Finding("bad-repeat", 0, len(text), message, hint)


def _check_rule(text: str, before: str) -> Iterator[Finding]:
    if text == "$":
        yield Finding(
            "bad-rule-name",
            0,
            1,
            "the name of a rule must follow '$' at once.",
            "Write for example $size, without a blank.",
        )
    else:
        yield from check_rule_name(text)


def check_rule_name(text: str) -> Iterator[Finding]:
    """What is wrong with ``$name``."""
    name = text[1:]
    if RULE_NAME.fullmatch(name):
        return
    better = re.sub(r"[.:-]+", "_", name)
    if not RULE_NAME.fullmatch(better):
        better = f"r{better}" if RULE_NAME.fullmatch(f"r{better}") else "size"
    yield Finding(
        "bad-rule-name",
        0,
        len(text),
        f"{show(text)} is no name of a rule: it starts with a letter or _ and goes on with "
        "letters, digits and _.",
        f"Write ${better}, wherever the rule is used.",
    )


def _check_external(text: str, before: str) -> Iterator[Finding]:
    uri, _, media_type = text.partition("~")
    if not uri[2:-1].strip():
        message = "the address of a grammar is missing between < and >."
        yield Finding(
            "bad-reference", 0, len(text), message, "Write for example $<cities.gram#city>."
        )
    elif media_type and not media_type[1:-1].strip():
        message = "the media type is missing after '~'."
        hint = f"Write {uri}~<application/srgs>."
        yield Finding("bad-reference", len(uri), len(text), message, hint)
    elif re.search(r"\s", text):
        message = "there are no blanks in an address or a media type."
        hint = f"Write {show(''.join(text.split()))}."
        yield Finding("bad-reference", 0, len(text), message, hint)


def _check_language(text: str, before: str) -> Iterator[Finding]:
    if LANGUAGE_CODE.fullmatch(text[1:]):
        return
    better = text[1:].replace("_", "-")
    example = better if LANGUAGE_CODE.fullmatch(better) else "fr-CA"
    yield Finding(
        "bad-language",
        0,
        len(text),
        f"{show(text)} names no language: a code like en or en-US must follow '!' at once.",
        f"Write !{example}.",
    )


def _check_stray(text: str, before: str) -> Iterator[Finding]:
    message, hint = {
        "{": ("a tag is opened and never closed.", "Write {tag}."),
        "}": (
            "this '}' closes no tag: a tag ends at its first '}'.",
            "Write {!{ … }!} around a tag that holds a '}'.",
        ),
        "}!}": (
            "this '}!}' closes no tag: a tag ends at its first '}!}'.",
            "Take it away, or write '{!{' where the tag starts.",
        ),
        "*/": (
            "this '*/' ends no comment: a comment ends at its first '*/', also inside another.",
            "Take it away, or write the inner comment without its ends.",
        ),
        "$<": (
            "the address of a grammar is never closed: a closing '>' is missing.",
            "Write for example $<cities.gram#city>.",
        ),
        "<": ("this '<' is never closed.", "Write for example <2> behind what is repeated."),
        ">": ("there is no '<' before this '>'.", "Write for example <2>."),
        '"': ("this quotation is never closed.", 'Write for example "New York".'),
        "/": (
            "a single '/' has no meaning: a weight stands between two.",
            'Write for example /2/ before an alternative, or "and/or" in double quotes.',
        ),
    }[text]
    yield Finding("stray-character", 0, len(text), message, hint)


_CHECKS = {
    "word": _check_word,
    "single": _check_single,
    "quoted": _check_quoted,
    "weight": _check_weight,
    "repeat": _check_repeat,
    "rule": _check_rule,
    "external": _check_external,
    "language": _check_language,
    "stray": _check_stray,
    "single_sign": _check_stray,
}


def _signed(sign: str) -> str:
    return "an apostrophe" if sign == "'" else f"'{sign}'"
