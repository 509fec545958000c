"""The declarations of an SRGS ABNF grammar.

>>> read_declaration("mode dtmf").values
('dtmf',)
>>> finding = read_declaration("langage en-US").finding
>>> finding.message, finding.hint
("'langage' starts no declaration.", 'Write language en-US;')
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sttprep.grammars.abnf_tokens import BLANK, LANGUAGE_CODE, RULE_NAME, Finding, show
from sttprep.grammars.wording import similar

__all__ = ["KEYWORDS", "ONCE", "Declaration", "read_declaration"]


class Declaration(NamedTuple):
    """One declaration."""

    keyword: str
    """Its first word, ``tag`` for a tag; empty where it is none."""
    values: tuple[str | None, ...] = ()
    """What it says; empty where it is wrong."""
    finding: Finding | None = None
    at: int = 0
    """Where its first value stands."""


_B = BLANK
_QUOTED = r"(?:\"(?P<{0}2>[^\"]*+)\"|'(?P<{0}1>[^']*+)')"
_META = f"{_B}*{_QUOTED.format('name')}{_B}*is{_B}*{_QUOTED.format('content')}"

_FORMS = {
    # baseDecl ::= 'base' BaseURI ';'
    "base": (rf"{_B}*<([^<>]+)>", "base <http://www.example.com/grammars/>"),
    # languageDecl ::= 'language' LanguageCode ';'
    "language": (rf"{_B}+({LANGUAGE_CODE.pattern})", "language en-US"),
    # modeDecl ::= 'mode' 'voice' ';' | 'mode' 'dtmf' ';'
    "mode": (rf"{_B}+(voice|dtmf)", "mode voice"),
    # rootRuleDecl ::= 'root' RuleName ';'
    "root": (rf"{_B}*\$({RULE_NAME.pattern})", "root $order"),
    # tagFormatDecl ::= 'tag-format' TagFormat ';'  (an ABNF_URI)
    "tag-format": (rf"{_B}*<([^<>]+)>", "tag-format <semantics/1.0>"),
    # lexiconDecl ::= 'lexicon' LexiconURI ';'  (with or without a media type)
    "lexicon": (rf"{_B}*<([^<>]+)>(?:~<([^<>]+)>)?", "lexicon <words.pls>"),
    # metaDecl ::= 'http-equiv' QuotedCharacters 'is' QuotedCharacters ';'
    #            | 'meta' QuotedCharacters 'is' QuotedCharacters ';'
    "meta": (_META, 'meta "author" is "Ann Example"'),
    "http-equiv": (_META, 'http-equiv "Expires" is "0"'),
}
_PATTERNS = {
    keyword: re.compile(f"{re.escape(keyword)}{pattern}{_B}*")
    for keyword, (pattern, _) in _FORMS.items()
}
# tagDecl ::= Tag ';'
_TAG = re.compile(rf"(?:\{{!\{{(?P<long>.*?)\}}!\}}|\{{(?P<short>[^}}]*+)\}}){_B}*", re.DOTALL)
_WORD = re.compile(r"[^\s\"'<>{}$=;]+")

KEYWORDS = tuple(_FORMS)
"""What a declaration can start with."""

ONCE = frozenset({"base", "language", "mode", "root", "tag-format"})
"""Declarations that may stand once."""


def read_declaration(text: str) -> Declaration:
    """What a statement that is no rule says."""
    if text.startswith("{"):
        tag = _TAG.fullmatch(text)
        if tag is not None:
            return Declaration("tag", (tag["long"] if tag["short"] is None else tag["short"],))
        return Declaration("tag", finding=_bad_tag(text))
    word = _WORD.match(text)
    keyword = word[0] if word is not None else ""
    pattern = _PATTERNS.get(keyword)
    if pattern is None:
        return Declaration("", finding=_unknown(text, keyword))
    found = pattern.fullmatch(text)
    if found is None:
        return Declaration(keyword, finding=_explain(text, keyword))
    if keyword in ("meta", "http-equiv"):
        values = [
            found[f"{part}2"] if found[f"{part}1"] is None else found[f"{part}1"]
            for part in ("name", "content")
        ]
        return Declaration(keyword, tuple(values))
    return Declaration(keyword, found.groups(), at=found.start(1))


def _bad_tag(text: str) -> Finding:
    found = _TAG.match(text)
    end = found.end() if found else 1
    return Finding(
        "bad-declaration",
        end,
        max(end, len(text.rstrip())),
        "a tag of the whole grammar ends with '}' and ';'.",
        f"Write {show(text[:end])};",
    )


def _unknown(text: str, word: str) -> Finding:
    near = similar(word.lower().rstrip(":"), KEYWORDS, 0.7)
    rest = text[len(word) :].strip()
    if not near:
        shown = show(word or text.split()[0])
        return Finding(
            "unknown-declaration",
            0,
            len(word) or 1,
            f"a declaration or a rule is expected here, not '{shown}'.",
            f"Declarations start with {', '.join(KEYWORDS)}; rules look like "
            "$size = small | large;",
        )
    mended = f"{near} {rest}"
    if _PATTERNS[near].fullmatch(mended) is None:
        mended = _FORMS[near][1]
    return Finding(
        "unknown-declaration",
        0,
        len(word),
        f"'{show(word)}' starts no declaration.",
        f"Write {show(mended)};",
    )


def _explain(text: str, keyword: str) -> Finding:
    """A known keyword with something wrong behind it."""
    rest = text[len(keyword) :]
    value = rest.strip()
    start = len(keyword) + len(rest) - len(rest.lstrip())
    end = len(text.rstrip())
    bare = value.lstrip("=: \t").strip("\"'<> \t")
    expected, mended = {
        "base": ("an address between < and >", f"base <{bare}>"),
        "language": ("a language code like en-US", f"language {bare.replace('_', '-')}"),
        "mode": ("voice or dtmf", f"mode {bare.lower()}"),
        "root": (
            "the name of a rule with its '$'",
            f"root ${re.sub('[.:-]+', '_', bare.lstrip('$'))}",
        ),
        "tag-format": ("an identifier between < and >", f"tag-format <{bare}>"),
        "lexicon": ("an address between < and >", _lexicon(value, bare)),
        "meta": ("two quoted texts with 'is' between them", _meta(text, keyword)),
        "http-equiv": ("two quoted texts with 'is' between them", _meta(text, keyword)),
    }[keyword]
    # What follows "http:" is a comment outside of < and >.
    if bare.endswith(":") or _PATTERNS[keyword].fullmatch(mended) is None:
        mended = _FORMS[keyword][1]
    return Finding(
        "bad-declaration",
        start if value else len(keyword),
        end,
        f"'{keyword}' must be followed by {expected}" + (f", not {show(value)}." if value else "."),
        f"Write {show(mended)};",
    )


def _lexicon(value: str, bare: str) -> str:
    joined = "lexicon " + re.sub(r"\s*~\s*", "~", value)
    return joined if _PATTERNS["lexicon"].fullmatch(joined) else f"lexicon <{bare}>"


def _meta(text: str, keyword: str) -> str:
    values = re.findall(r"\"[^\"]*\"|'[^']*'|[^\s\"']+", text[len(keyword) :])
    values = [value.strip("\"'") for value in values if value not in ("is", "=", ",")]
    return f'{keyword} "{values[0]}" is "{values[1]}"' if len(values) == 2 else ""
