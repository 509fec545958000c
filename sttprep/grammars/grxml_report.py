"""Problems of an XML text, each with its place."""

from __future__ import annotations

import re

from sttprep.grammars.grammar import Profile
from sttprep.grammars.grxml_events import tag_end
from sttprep.grammars.grxml_faults import tag_name
from sttprep.grammars.grxml_values import Complaint
from sttprep.source import Problem, Severity, Source, Span

__all__ = ["Report"]

_MOST_PROBLEMS = 500  # a grammar with more has one cause that makes many


class Report:
    """Collects problems; ``text`` is the source's, parts that are not XML blanked out."""

    def __init__(self, source: Source, text: str, profile: Profile) -> None:
        self.source = source
        self.text = text
        self.profile = profile
        self.problems: list[Problem] = []
        self.hidden = 0
        """Problems that are not listed."""

    def add(self, severity: Severity, code: str, span: Span, message: str, hint: str = "") -> None:
        """Keep a problem."""
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(self.source.problem(severity, code, span, message, hint))
        else:
            self.hidden += 1

    def complain(self, span: Span, complaint: Complaint) -> None:
        """Keep what is wrong with a value."""
        self.add("error", complaint.code, span, complaint.message, complaint.hint)

    def tag(self, at: int) -> Span:
        """The beginning of a tag, as far as its name."""
        return Span(at, at + 1 + len(tag_name(self.text, at)))

    def attribute(self, at: int, name: str) -> Span:
        """The value of an attribute in the tag that begins at an offset."""
        end = tag_end(self.text, at)
        pattern = rf"""\s{re.escape(name)}\s*=\s*(?:"([^"]*)"|'([^']*)')"""
        match = re.compile(pattern).search(self.text, at, end)
        return Span(*match.span(match.lastindex or 0)) if match else self.tag(at)

    def attribute_name(self, at: int, name: str) -> Span:
        """An attribute in the tag that begins at an offset."""
        value = self.attribute(at, name)
        start = self.text.rfind(name, at, max(value.start, at))
        return Span(start, start + len(name)) if start > at else self.tag(at)
