"""Where the file of another grammar is, by the rules of SRGS and of JSGF. Only local files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sttprep.grammars.grammar import Grammar

__all__ = ["NotLocalError", "base_folder", "find_import", "find_uri", "own_path"]

# RFC 3986 section 3.1; one letter is the drive of a Windows path.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")
_JSGF_ENDINGS = (".jsgf", ".jgram", ".gram")


class NotLocalError(Exception):
    """An address that is not one of a local file; its text says what it is."""


def own_path(grammar: Grammar) -> Path | None:
    """The file a grammar was read from; None where it was read from a text."""
    name = grammar.source.name
    if not name or "\0" in name or "\n" in name:
        return None
    try:
        path = Path(name)
        return path.resolve() if path.is_file() else None
    except OSError:
        return None


def base_folder(grammar: Grammar) -> Path:
    """The folder to which addresses in an SRGS grammar are relative.

    Raises:
        NotLocalError: addresses are not relative to any folder.
    """
    path = own_path(grammar)
    if path is None:
        raise NotLocalError("only a grammar that was read from a file can use others")
    base = declared_base(grammar)
    if base is None:
        return path.parent
    found = _local(base, path.parent)
    if found.is_dir():
        return found
    return found.parent


def declared_base(grammar: Grammar) -> str | None:
    """The declared base address; a ``meta "base"``, as in drafts of SRGS, counts if it is alone."""
    if grammar.header.base is not None:
        return grammar.header.base
    metas = (meta.content for meta in grammar.header.metas if meta.name == "base")
    return next(metas, None)


def find_uri(uri: str, grammar: Grammar) -> Path:
    """The file an address in a grammar means (which need not exist).

    Raises:
        NotLocalError: it is not a local file.
    """
    own = own_path(grammar)
    if own is None:
        raise NotLocalError("only a grammar that was read from a file can use others")
    if _SCHEME.match(uri):
        return _local(uri, own.parent)
    return _local(uri, base_folder(grammar))


def _local(uri: str, folder: Path) -> Path:
    scheme = _SCHEME.match(uri)
    path = uri
    if scheme:
        if scheme[1].lower() != "file":
            raise NotLocalError(f"addresses that start with {scheme[0]} are not followed")
        path = uri[scheme.end() :]
    if path.startswith("//"):
        host, slash, rest = path[2:].partition("/")
        if host not in ("", "localhost") or not scheme:
            raise NotLocalError("addresses of other computers are not followed")
        path = slash + rest
    raw = _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), path.encode())
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise NotLocalError("it is not an address of a file") from None
    if "\0" in text:
        raise NotLocalError("it is not an address of a file")
    return folder / text


def find_import(name: str, grammar: Grammar) -> Iterator[Path]:
    """Files in which a JSGF grammar of a full name may be, the likeliest first.

    Raises:
        NotLocalError: the importing grammar was not read from a file.
    """
    own = own_path(grammar)
    if own is None:
        raise NotLocalError("only a grammar that was read from a file can use others")
    *package, simple = name.split(".")
    if not simple or any(part in ("", "..") or "/" in part or "\0" in part for part in package):
        return
    folders = [own.parent, own.parent.joinpath(*package)]
    # com.acme.travel in com/acme/travel.jsgf: other packages are beside com.
    own_package = (grammar.header.name or "").split(".")[:-1]
    if own_package and own.parent.parts[-len(own_package) :] == tuple(own_package):
        folders.append(own.parents[len(own_package)].joinpath(*package))
    for folder in dict.fromkeys(folders):
        for ending in _JSGF_ENDINGS:
            yield folder / (simple + ending)
