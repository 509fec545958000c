"""What is wrong with a text that is not XML, said for people who write grammars.

>>> text = "<rule>\\n<item>a</rule>"
>>> fault = well_formed_fault(text, 7, text.index("rule>", 5), [0, 7])
>>> fault.message
"'<item>' is not closed before '</rule>' on line 2."
>>> fault.span, fault.opener
(Span(start=7, end=12), 7)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from defusedxml.common import DefusedXmlException, EntitiesForbidden

from sttprep.grammars.wording import similar
from sttprep.source import Source, Span

__all__ = ["Fault", "forbidden", "tag_name", "unknown_entity", "well_formed_fault"]


@dataclass(frozen=True)
class Fault:
    """The place where a text stops being XML."""

    code: str
    span: Span
    message: str
    hint: str
    opener: int | None = None
    """Where an element begins that is never closed, when that is what is wrong."""
    closer: bool = False
    """Whether the span is a closing tag that closes nothing."""


_NAME = re.compile(r"</?([^\s/><\"'=&]*)")
_AMPERSAND = re.compile(r"&[^\s;<&]*\Z")
_UNQUOTED = re.compile(r"<[^<>]*?[\s\"']([^\s=<>\"']+)\s*=\s*\Z")
_UNCLOSED_TAG = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*(?:["']|\Z)""")
_LOOK_BACK = 200  # characters of context before a bad character

_UNCLOSED = {
    "<!--": ("unclosed-comment", "this comment is not closed.", "Write '-->' where it ends."),
    "<![CDATA[": ("unclosed-text", "this text is not closed.", "Write ']]>' where it ends."),
    "<?": ("unclosed-tag", "this is not closed.", "Write '?>' where it ends."),
}

# Numbers of expat (XML_ERROR_…) for which the place and a fixed text say all.
_FIXED = {
    8: (
        "duplicate-attribute",
        "this attribute is given twice in one tag.",
        "Take one of them away.",
    ),
    9: (
        "text-after-end",
        "something follows the end of the grammar.",
        "Take it away, or move '</grammar>' behind it: one text holds one '<grammar>'.",
    ),
    14: (
        "bad-character",
        "there is no character with this number.",
        "Write the character itself, or its number: '&#233;' is é.",
    ),
    17: (
        "misplaced-declaration",
        "the line '<?xml …?>' can stand only at the very start of the text.",
        "Take away what stands before it.",
    ),
}


def tag_name(text: str, at: int) -> str:
    """Name in the tag that begins at an offset, prefix included."""
    match = _NAME.match(text, at)
    return match[1] if match else ""


def _tag_span(text: str, at: int) -> Span:
    match = _NAME.match(text, at)
    end = match.end() if match else at
    return Span(at, end + 1 if text[end : end + 1] == ">" and text[at + 1] == "/" else end)


def well_formed_fault(text: str, code: int, at: int, opened: list[int]) -> Fault:
    """What the parser means by an error number at an offset; ``opened`` are the open elements."""
    if code == 7:
        return _mismatch(text, at - 2, opened)
    if code == 3:
        return _unclosed_at_end(text, opened)
    if code in {5, 20}:
        return _unclosed_token(text, text.rfind("<![CDATA[") if code == 20 else at)
    if code == 11:
        name = re.match(r"&([^;\s]*);", text[at : at + 100])
        return unknown_entity(name[1] if name else "", at)
    if code == 27:
        name = re.search(r"([^\s<:=]+):", text[at:])
        prefix = name[1] if name else "x"
        return Fault(
            "unknown-prefix",
            _tag_span(text, at),
            f"the prefix '{prefix}:' is used but not declared.",
            f"Declare it in the first tag, '<grammar xmlns:{prefix}=\"http://…\" …>', "
            "or take the tag away.",
        )
    if code == 2:
        return Fault(
            "not-xml",
            Span(at, at + 1),
            "this is not XML.",
            "A grammar in XML form starts with '<?xml version=\"1.0\"?>' and '<grammar …>'.",
        )
    if code in _FIXED:
        kind, message, hint = _FIXED[code]
        return Fault(kind, Span(at, at + 1), message, hint)
    return _bad_character(text, at)


def _line(text: str, at: int) -> int:
    return Source("", text[:at]).position(at)[0]


def _mismatch(text: str, at: int, opened: list[int]) -> Fault:
    closing = tag_name(text, at)
    names = [tag_name(text, start) for start in opened]
    inner, start = names[-1], opened[-1]
    if closing in names:
        return Fault(
            "unclosed-element",
            _tag_span(text, start),
            f"'<{inner}>' is not closed before '</{closing}>' on line {_line(text, at)}.",
            f"Write '</{inner}>' where it ends.",
            opener=start,
        )
    meant = similar(closing, [inner])
    hint = f"Write '</{inner}>'." if meant else f"Take it away, or write '<{closing}>' before it."
    return Fault(
        "unopened-element",
        _tag_span(text, at),
        f"'</{closing}>' closes nothing: open is '<{inner}>' of line {_line(text, start)}.",
        hint,
        closer=True,
    )


def _unclosed_at_end(text: str, opened: list[int]) -> Fault:
    if not opened:
        return Fault(
            "no-grammar",
            Span(0, 0),
            "there is no '<grammar>' in this text.",
            'Write \'<grammar version="1.0" xmlns="http://www.w3.org/2001/06/grammar" '
            "xml:lang=\"en-US\">' and '</grammar>' around the rules.",
        )
    name = tag_name(text, opened[-1])
    return Fault(
        "unclosed-element",
        _tag_span(text, opened[-1]),
        f"'<{name}>' is not closed before the end of the text.",
        f"Write '</{name}>' where it ends.",
        opener=opened[-1],
    )


def _unclosed_token(text: str, at: int) -> Fault:
    for opening, (code, message, hint) in _UNCLOSED.items():
        if text.startswith(opening, at):
            return Fault(code, Span(at, at + len(opening)), message, hint)
    return Fault(
        "unclosed-tag",
        _tag_span(text, at),
        "this tag is not closed.",
        "Write '>' where it ends; a value needs a quote before and after it: 'repeat=\"0-1\"'.",
    )


def _bad_character(text: str, at: int) -> Fault:
    """The character at an offset, or just before it, cannot stand there."""
    here = text[at : at + 1]
    before = text[max(0, at - _LOOK_BACK) : at]
    span = Span(at, at + 1)
    if here and (
        (here < " " and here not in "\t\r\n")
        or here in "\ufffe\uffff"
        or "\ud800" <= here <= "\udfff"
    ):
        return Fault(
            "bad-character",
            span,
            f"the character U+{ord(here):04X} cannot stand in XML.",
            "Take it away; it cannot be seen in most editors.",
        )
    ampersand = _AMPERSAND.search(before + here if here == "&" else before)
    if ampersand:
        start = at - len(before) + ampersand.start()
        return Fault(
            "bare-ampersand",
            Span(start, start + 1),
            "'&' begins the name of a character.",
            "Write '&amp;' for the sign itself: 'AT&amp;T'.",
        )
    opening = before.rfind("<")
    if before.endswith("--") and "<!--" in text[:at]:
        return Fault(
            "bad-comment",
            Span(at - 2, at),
            "a comment cannot contain '--'.",
            "Write a single '-', or end the comment with '-->'.",
        )
    unquoted = _UNQUOTED.search(before)
    if unquoted and here not in {'"', "'"}:
        return Fault(
            "unquoted-value",
            span,
            f"the value of '{unquoted[1]}' is not in quotes.",
            f"Write it as '{unquoted[1]}=\"…\"'.",
        )
    if before.endswith("]]") and here == ">":
        return Fault(
            "bad-character", span, "']]>' cannot stand in text.", "Write ']]&gt;' instead."
        )
    if before.endswith("<"):
        return Fault(
            "bare-less-than",
            Span(at - 1, at),
            "'<' begins a tag, and no tag can be read here.",
            "Write '&lt;' for the sign itself.",
        )
    if here == "<" and opening >= 0 and _UNCLOSED_TAG.match(before[opening:]):
        return Fault(
            "unclosed-tag",
            _tag_span(text, at - len(before) + opening),
            "this tag is not closed, or one of its values is not.",
            "Write '>' where it ends; a value needs a quote before and after it: 'repeat=\"0-1\"'.",
        )
    return Fault(
        "bad-tag",
        span,
        "this cannot be read as part of a tag.",
        "Write tags like '<item repeat=\"0-1\">': a name, then names with values in quotes.",
    )


def unknown_entity(name: str, at: int) -> Fault:
    """``&name;`` where no such name is known."""
    return Fault(
        "unknown-entity",
        Span(at, at + len(name) + 2),
        f"'&{name};' is not known here.",
        "Known are '&amp;' '&lt;' '&gt;' '&quot;' and '&apos;'; write other characters "
        "themselves, or by number: '&#233;' is é.",
    )


def forbidden(text: str, at: int, refusal: DefusedXmlException) -> Fault:
    """A declaration that could make the text grow without end, or read other files."""
    if isinstance(refusal, EntitiesForbidden):
        name = f"'&{refusal.name};'"
        return Fault(
            "entity-declaration",
            Span(at, at + len("<!ENTITY")),
            f"the declaration of the entity {name} is refused: such declarations can make a "
            "small text grow without end.",
            f"Take it away, and write in place of {name} what it stands for.",
        )
    return Fault(
        "external-entity",
        Span(at, at + 1),
        "this would read another file, which is refused.",
        "Write the content of the other file here.",
    )
