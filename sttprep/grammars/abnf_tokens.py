"""The tokens of an SRGS ABNF rule expansion.

>>> text = "[very] $size!fr<0-1>"
>>> [(token.lastgroup, token[0]) for token in TOKEN.finditer(text)][3:]
[('rule', '$size'), ('language', '!fr'), ('repeat', '<0-1>')]
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sttprep.source import Severity

__all__ = [
    "BLANK",
    "LANGUAGE_CODE",
    "MOST_DIGITS",
    "NUMBER",
    "PLAIN",
    "REPEAT",
    "RULE_NAME",
    "RUN",
    "TOKEN",
    "WORD",
    "WORD_CHARACTERS",
    "Finding",
    "show",
]


class Finding(NamedTuple):
    """A problem with a place counted from the start of its statement."""

    code: str
    start: int
    end: int
    message: str
    hint: str
    severity: Severity = "error"


# XML 1.0 (fifth edition) [4] NameStartChar and [4a] NameChar, without ':', U+1680 (a blank) and
# U+FEFF (a byte order mark): characters of words and rule names.
_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u167f\u1681-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\ufffd"
    "\U00010000-\U000effff"
)
_NAME = _START + "0-9\xb7\u0300-\u036f\u203f-\u2040"
WORD_CHARACTERS = _NAME + r".:\-"
"""Inside of a character class: XML 1.0 [7] Nmtoken ::= NameChar+."""

# White space between tokens: XML 1.0 [3] S.
BLANK = r"[ \t\r\n]"
"""White space."""

# Token ::= Nmtoken | DoubleQuotedCharacters
WORD = re.compile(f"[{WORD_CHARACTERS}]+")
"""A word that needs no quotes."""

# RuleName ::= '$' ConstrainedName; ConstrainedName ::= Name - (Char* ('.' | ':' | '-') Char*)
RULE_NAME = re.compile(f"[{_START}][{_NAME}]*")
"""Name of a rule, without its ``$``."""

# Number ::= [0-9]+ | [0-9]+ '.' [0-9]* | [0-9]* '.' [0-9]+
_NUMBER = r"[0-9]+\.?[0-9]*|\.[0-9]+"
NUMBER = re.compile(_NUMBER)
"""A weight or a probability."""

# repeatOperator ::= '<' Repeat Probability? '>'; Repeat ::= [0-9]+ ('-' [0-9]*)?
REPEAT = re.compile(
    rf"<{BLANK}*(?P<least>[0-9]+)(?P<most>-[0-9]*)?{BLANK}*(?:/(?P<probability>{_NUMBER})/)?{BLANK}*>"
)
"""A repeat operator."""

# RFC 3066: Language-Tag = Primary-subtag *( "-" Subtag )
LANGUAGE_CODE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
"""A language identifier."""

_PHRASE = (
    f"[{WORD_CHARACTERS}]++(?:{BLANK}++[{WORD_CHARACTERS}]++)*+"
    rf"(?={BLANK}*+(?:[|)\]]|\Z))"
)
PLAIN = rf"{_PHRASE}(?:{BLANK}*+\|{BLANK}*+{_PHRASE})*+"
"""Alternatives of plain words, and nothing else up to the next bar or end."""

RUN = rf"{_PHRASE}(?:{BLANK}*+\|{BLANK}*+{_PHRASE})++"
"""Two or more of them."""

# Every token with all that people write in its place: what is wrong with it is said one by one.
_TOKENS = {
    "quoted": r'"[^"]*+"',
    "tag": r"\{!\{(?:(?!\}!\})[\s\S])*+\}!\}|\{(?!!\{)[^}]*+\}",
    "external": r"\$<[^<>]*+>(?:~<[^<>]*+>)?",
    "stray": r"\}!\}|\*/|\$<",
    "rule": rf"\$[{WORD_CHARACTERS}]*+",
    "language": rf"![{WORD_CHARACTERS}]*+",
    "weight": r"""/[^/|()\[\]{}"]*+/""",
    "repeat": r"<[^<>]*+>",
    "sign": r"[|()\[\]]",
    "single": rf"'[^'|()\[\]{{}}\"]*+'(?![{WORD_CHARACTERS}'])|[“„«][^“”„«»|()\[\]{{}}\"]*+[”“»]",
    "word": r"""(?:[^ \t\r\n|()\[\]{}<>"/$!*]|\*(?!/))++""",
    "single_sign": r"""[{}<>"/]""",
}
TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _TOKENS.items()))
"""One token; the group that matched is its kind."""

MOST_DIGITS = 9
"""Of a number of times: enough for any use, and quick to compute with."""

_SHOWN = 40  # characters of a token that are repeated in a message


def show(text: str) -> str:
    """Text of the user for a message: one line, not too long."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
