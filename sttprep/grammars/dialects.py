"""What the scanner of statements has to know about ABNF and about JSGF.

>>> ABNF.statement.match(' $a = "x;y" {z;}; $b = c;')[1]
'$a = "x;y" {z;}'
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["ABNF", "JSGF", "Dialect"]


@dataclass(frozen=True)
class Dialect:
    """What the scanner has to know about a language."""

    statement: re.Pattern[str]
    """Blanks, then (group 1) a statement as far as no comment, ``;`` or unclosed opener."""
    more: re.Pattern[str]
    """The same without the blanks before it, after a comment within the statement."""
    meta: re.Pattern[str]
    """``more`` for statements in which single quotes are quotes, too."""
    meta_start: re.Pattern[str]
    """How these statements start."""
    rule: re.Pattern[str]
    """A rule up to its ``=``."""
    declaration: re.Pattern[str]
    """Something other than a rule, at the start of a line."""
    quote: re.Pattern[str]
    """A whole quoted text."""
    tag: re.Pattern[str]
    """A whole tag."""


def _dialect(quote: str, tag: str, meta: str, rule: str, declaration: str) -> Dialect:
    pieces = rf"""[^;"{{</]++|{quote}|{tag}|<[^<>\n\r]*+>|<|/(?![/*])"""
    single = rf"""[^;"'{{</]++|{quote}|'[^']*+'|{tag}|<[^<>\n\r]*+>|<|/(?![/*])"""
    return Dialect(
        statement=re.compile(rf"\s*+(?!#|{meta})((?:{pieces})++)", re.DOTALL),
        more=re.compile(rf"(?:{pieces})*+", re.DOTALL),
        meta=re.compile(rf"(?:{single})*+", re.DOTALL),
        meta_start=re.compile(meta),
        rule=re.compile(rule),
        declaration=re.compile(declaration),
        quote=re.compile(quote),
        tag=re.compile(tag, re.DOTALL),
    )


ABNF = _dialect(
    quote=r'"[^"]*+"',
    tag=r"(?:\{(?!!\{)[^}]*+\}|\{!\{.*?\}!\})",
    meta=r"(?:meta|http-equiv)(?![\w.-])",
    rule=r"(?:(?:public|private)\s+)?\$[^\s=;|/<>(){}\[\]\"]+\s*=",
    declaration=r"language\s+[\w-]+\s*;|mode\s+(?:voice|dtmf)\s*;|root\s+\$"
    r"|(?:tag-format|lexicon|base)\s*<|(?:meta|http-equiv)\s*[\"']",
)
"""SRGS ABNF: two forms of tags, quotes without escapes, URIs and repeats in ``<…>``."""

JSGF = _dialect(
    quote=r'"(?:[^"\\]++|\\.)*+"',
    tag=r"\{(?:[^\\}]++|\\.)*+\}",
    meta=r"(?!)",
    rule=r"(?:public\s+)?<[^<>\n\r]*>\s*=",
    declaration=r"grammar\s+[\w.]+\s*;|import\s*<",
)
"""JSGF: tags and quotes with backslash escapes, rule names in ``<…>``."""
