"""SRGS ABNF, SRGS XML (GrXML) and JSGF grammars: read, checked, understood, compared, compiled."""

from __future__ import annotations

from sttprep.grammars.grammar import Grammar, Header, Rule

__all__ = ["Grammar", "Header", "Rule"]
