"""SRGS ABNF, SRGS XML (GrXML) and JSGF grammars: read, checked, understood, compared, compiled."""

from __future__ import annotations

from sttprep.grammars.grammar import Grammar, Header, Rule
from sttprep.grammars.read import check_grammar, read_grammar

__all__ = ["Grammar", "Header", "Rule", "check_grammar", "read_grammar"]
