"""``<ruleref>``: which rule is meant."""

from __future__ import annotations

from urllib.parse import unquote

from sttprep.grammars.expression import Expression, Reference, Special
from sttprep.grammars.grxml_frames import Frame
from sttprep.grammars.grxml_report import Report
from sttprep.grammars.grxml_values import is_rule_name, nearest
from sttprep.source import Span

__all__ = ["ReferenceReader"]

_SPECIAL = ("GARBAGE", "NULL", "VOID")


class ReferenceReader:
    """Reads rule references, and remembers those that look as if their ``#`` were missing."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.doubtful: list[tuple[Span, str]] = []

    def read(self, frame: Frame, span: Span) -> Expression | None:
        """The reference; None where it cannot be understood, which is reported."""
        attributes, at = frame.attributes, frame.at
        if "uri" in attributes and "special" in attributes:
            message = "'<ruleref>' has both 'uri' and 'special'."
            self._error("bad-reference", at, "special", message, "Take one of them away.")
            return None
        if "special" in attributes:
            return self._special(attributes["special"], at, span)
        if "uri" not in attributes:
            message = "'<ruleref>' does not say which rule it means."
            hint = 'Write <ruleref uri="#size"/> for the rule with id="size".'
            self.report.add("error", "bad-reference", self.report.tag(at), message, hint)
            return None
        uri = attributes["uri"].strip()
        grammar, mark, rule = uri.partition("#")
        if "%" in rule and is_rule_name(unquote(rule)):
            rule = unquote(rule)
        if not uri or (mark and not rule):
            message = f"'{uri}' does not say which rule is meant."
            self._error("bad-reference", at, "uri", message, 'Write e.g. uri="#size".')
            return None
        if not mark and is_rule_name(uri):
            self.doubtful.append((self.report.attribute(at, "uri"), uri))
        media_type = attributes.get("type")
        return Reference(rule or None, grammar or None, media_type, span=span)

    def _special(self, name: str, at: int, span: Span) -> Expression | None:
        if name in _SPECIAL:
            return Special(name, span=span)  # type: ignore[arg-type]  # one of the three
        meant = nearest(name, _SPECIAL)
        hint = f'Write special="{meant}".' if meant else "There are NULL, VOID and GARBAGE."
        message = f"there is no special rule '{name}'."
        self._error("bad-special", at, "special", message, hint)
        return None

    def _error(self, code: str, at: int, name: str, message: str, hint: str) -> None:
        self.report.add("error", code, self.report.attribute(at, name), message, hint)

    def finish(self, names: set[str]) -> None:
        """Say which references probably mean a rule of this grammar; ``names`` are its rules."""
        for span, uri in self.doubtful:
            message = f"'{uri}' without '#' means the root rule of another file, named '{uri}'."
            if uri in names:
                message += f" The rule '{uri}' of this grammar is not used here."
            hint = f'For the rule with id="{uri}" write uri="#{uri}".'
            self.report.add("warning", "reference-without-hash", span, message, hint)
