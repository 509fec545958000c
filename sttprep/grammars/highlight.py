"""Colours for grammars in Pygments: documentation pages, ``pygmentize``, notebooks.

>>> from pygments.token import Token
>>> kinds = dict((text, kind) for kind, text in SrgsAbnfLexer().get_tokens("$size = small | tall;"))
>>> kinds["$size"] is Token.Name.Function, kinds["small"] is Token.Text
(True, True)

Pygments comes with a lexer for JSGF; here it learns to recognize such a text by its first line.
"""

from __future__ import annotations

import re
from typing import ClassVar

from pygments.lexer import RegexLexer, include
from pygments.lexers.grammar_notation import JsgfLexer as _JsgfLexer
from pygments.token import (
    Comment,
    Keyword,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Text,
    Whitespace,
)

__all__ = ["JsgfLexer", "SrgsAbnfLexer"]

_NAME = r"[^\s;=|*+<>()\[\]{}/\"!$\\~#]+"
_WORD = r"[^\s;=|*+<>()\[\]{}/\"!$\\]+"


class SrgsAbnfLexer(RegexLexer):
    """W3C SRGS 1.0 grammars in ABNF (another thing than the ABNF of RFC 5234)."""

    name = "SRGS ABNF"
    url = "https://www.w3.org/TR/speech-grammar/"
    aliases: ClassVar[list[str]] = ["srgs-abnf"]
    # Files named .abnf belong to the lexer of RFC 5234.
    filenames: ClassVar[list[str]] = ["*.gram"]
    mimetypes: ClassVar[list[str]] = ["application/srgs"]
    flags = re.MULTILINE | re.DOTALL
    tokens: ClassVar = {
        "root": [
            (r"\A\ufeff?#ABNF[^;\n]*", Comment.Preproc),
            include("blanks"),
            (r"(language|mode|root|tag-format|lexicon|base)\b", Keyword.Reserved, "declaration"),
            (r"(meta|http-equiv)\b", Keyword.Reserved, "declaration"),
            (r"(public|private)\b", Keyword.Declaration),
            (rf"\${_NAME}", Name.Function, "expression"),
            include("tags"),
            (r";", Punctuation),
        ],
        "declaration": [
            include("blanks"),
            (r";", Punctuation, "#pop"),
            (r"is\b", Keyword.Reserved),
            (r"<[^>]*>", String.Other),
            (r"~", Operator),
            (rf"\${_NAME}", Name.Function),
            (r'"[^"]*"|\'[^\']*\'', String.Double),
            (r'[^\s;<"\']+', Name.Constant),
        ],
        "expression": [
            include("blanks"),
            (r";", Punctuation, "#pop"),
            (r"\$(NULL|VOID|GARBAGE)\b", Name.Builtin),
            (rf"\${_NAME}", Name.Variable),
            (r"\$(?=<)", Name.Variable, "address"),
            (r'"[^"]*"', String.Double),
            include("tags"),
            (r"!\s*[A-Za-z0-9-]+", Name.Decorator),
            (r"/\s*[\d.]+\s*/", Number.Float),
            (r"<(?=\s*\d)", Punctuation, "repeat"),
            (r"[=|]", Operator),
            (r"[()\[\]]", Punctuation),
            (_WORD, Text),
        ],
        "address": [
            (r"<[^>]*>", String.Other),
            (r"~", Operator),
            (r"", Whitespace, "#pop"),
        ],
        "repeat": [
            include("blanks"),
            (r"/\s*[\d.]+\s*/", Number.Float),
            (r"\d+", Number.Integer),
            (r"-", Operator),
            (r">", Punctuation, "#pop"),
        ],
        "tags": [(r"\{!\{.*?\}!\}|\{[^}]*\}", String.Interpol)],
        "blanks": [
            (r"\s+|\ufeff", Whitespace),
            (r"//[^\r\n]*", Comment.Single),
            (r"/\*\*(?!/).*?\*/", String.Doc),
            (r"/\*.*?\*/", Comment.Multiline),
        ],
    }

    @staticmethod
    def analyse_text(text: str) -> float:
        """Certain where the text names itself."""
        return 1.0 if re.match(r"\ufeff?#ABNF\s", text) else 0.0


class JsgfLexer(_JsgfLexer):
    """JSpeech grammars: the lexer of Pygments, for more files, and found by the first line."""

    name = "JSGF speech grammar"
    filenames: ClassVar[list[str]] = ["*.gram", "*.jgram", "*.jsgf"]

    @staticmethod
    def analyse_text(text: str) -> float:
        """Certain where the text names itself."""
        return 1.0 if re.match(r"\ufeff?#JSGF\s", text) else 0.0
