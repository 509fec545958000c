"""XML text as a stream of elements, words and comments, each with its place in characters."""

from __future__ import annotations

import re
from typing import Any, Protocol
from xml.parsers import expat

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from sttprep.grammars.grxml_faults import Fault, forbidden, unknown_entity, well_formed_fault

__all__ = ["Handler", "scan", "tag_end"]

_TAG = re.compile(r"""<[^>"']*+(?:"[^"]*"[^>"']*+|'[^']*'[^>"']*+)*>""")


class Handler(Protocol):
    """Who listens. Places are character offsets; names are ``namespace}name``, or ``name``."""

    def start(self, at: int, name: str, attributes: dict[str, str]) -> bool:
        """An element begins; True where nothing inside it is wanted."""

    def end(self, at: int) -> None:
        """The innermost element ends."""

    def text(self, at: int, data: str) -> None:
        """A piece of text; references like ``&amp;`` are a piece of their own."""

    def comment(self, at: int) -> None:
        """A comment begins."""

    def encoding(self, name: str | None) -> None:
        """The XML declaration."""

    def prefix(self, name: str, namespace: str) -> None:
        """A namespace prefix is declared."""


def tag_end(text: str, at: int) -> int:
    """Offset after the tag that begins at ``at``, in text that is well-formed there."""
    match = _TAG.match(text, at)
    return match.end() if match else len(text)


class _SkippedError(Exception):
    """The parser would pass over an entity that another file may declare."""


class _Places:
    """Character offsets of the parser's byte offsets, which never go back."""

    def __init__(self, text: str, data: bytes, parser: Any) -> None:
        self.data = data if len(data) > len(text) else None
        self.parser = parser
        self.byte = 0
        self.character = 0

    def here(self) -> int:
        """Where the present event begins."""
        byte: int = self.parser.CurrentByteIndex
        return self.at(byte)

    def at(self, byte: int) -> int:
        if self.data is None or byte < 0:
            return max(byte, 0)
        passed = self.data[self.byte : byte]
        self.character += len(passed.decode("utf-8", "surrogatepass"))
        self.byte = max(self.byte, byte)
        return self.character


def scan(text: str, handler: Handler) -> tuple[Fault | None, list[int]]:
    """Tell the handler what the text holds, until its end or the first place that is not XML.

    Answers that place, and where the elements open there begin. Nothing is fetched; entities
    cannot be declared.
    """
    data = text.encode("utf-8", "surrogatepass")
    parser: Any = DefusedXMLParser(encoding="utf-8").parser
    parser.buffer_text = False
    parser.ordered_attributes = False
    parser.DefaultHandlerExpand = None
    places = _Places(text, data, parser)
    here = places.here
    opened: list[int] = []
    ignored = 0  # depth inside an element whose contents nobody wants

    def start(name: str, attributes: dict[str, str]) -> None:
        at = here()
        opened.append(at)
        if handler.start(at, name, attributes):
            listen(False)

    def end(_: str) -> None:
        opened.pop()
        handler.end(here())

    def start_ignored(*_: object) -> None:
        nonlocal ignored
        ignored += 1
        opened.append(here())

    def end_ignored(name: str) -> None:
        nonlocal ignored
        if ignored:
            ignored -= 1
            opened.pop()
        else:
            listen(True)
            end(name)

    def characters(piece: str) -> None:
        handler.text(here(), piece)

    def comment(_: str) -> None:
        handler.comment(here())

    def skipped_entity(name: str, is_parameter: bool) -> None:
        if not is_parameter:
            raise _SkippedError(name)

    def listen(wanted: bool) -> None:
        parser.StartElementHandler = start if wanted else start_ignored
        parser.EndElementHandler = end if wanted else end_ignored
        parser.CharacterDataHandler = characters if wanted else None
        parser.CommentHandler = comment if wanted else None

    parser.XmlDeclHandler = lambda _version, name, _standalone: handler.encoding(name)
    parser.StartNamespaceDeclHandler = lambda name, uri: handler.prefix(name or "", uri or "")
    parser.SkippedEntityHandler = skipped_entity
    listen(True)
    fault = None
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        fault = well_formed_fault(text, error.code, places.at(parser.ErrorByteIndex), opened)
    except DefusedXmlException as refusal:
        fault = forbidden(text, here(), refusal)
    except _SkippedError as skipped:
        fault = unknown_entity(str(skipped), here())
    return fault, opened
