"""What stands in ``<grammar …>`` and before the first rule of an XML grammar."""

from __future__ import annotations

import re

from sttprep.grammars.grammar import Header, Meta
from sttprep.grammars.grxml_events import tag_end
from sttprep.grammars.grxml_frames import Frame
from sttprep.grammars.grxml_report import Report
from sttprep.grammars.grxml_values import NAMESPACE, is_rule_name, nearest, read_language
from sttprep.source import Severity, Span

__all__ = ["HeaderReader"]

_EXAMPLES = {
    "content": 'content="…"',
    "name": 'name="author"',
    "uri": 'uri="names.pls"',
}


class HeaderReader:
    """Collects the declarations of a grammar."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.at = 0
        self.attributes: dict[str, str] = {}
        self.language: str | None = None
        self.root: str | None = None
        self.root_span: Span | None = None
        self.encoding: str | None = None
        self.metas: list[Meta] = []
        self.lexicons: list[tuple[str, str | None]] = []
        self.metadata: list[str] = []
        self.tags: list[str] = []
        self.prefixes: dict[str, str] = {}
        self.documentation = ""
        self.comments: list[str] = []

    def header(self) -> Header:
        """All of it."""
        return Header(
            language=self.language,
            mode="dtmf" if self.attributes.get("mode", "").strip() == "dtmf" else "voice",
            root=self.root,
            root_span=self.root_span,
            encoding=self.encoding,
            tag_format=self.attributes.get("tag-format"),
            base=self.attributes.get("xml:base"),
            lexicons=tuple(self.lexicons),
            metas=tuple(self.metas),
            metadata=tuple(self.metadata),
            tags=tuple(self.tags),
            documentation=self.documentation,
            comments=tuple(self.comments),
        )

    def grammar(self, frame: Frame, namespace: str) -> None:
        """The tag ``<grammar …>``."""
        self.at = frame.at
        self.attributes = frame.attributes
        self._check_namespace(frame.at, namespace)
        self._check_version()
        self._check_mode()
        self._check_language()
        self._check_root()

    def _check_namespace(self, at: int, namespace: str) -> None:
        report = self.report
        if namespace == NAMESPACE:
            return
        hint = f'Write <grammar xmlns="{NAMESPACE}" …>.'
        if namespace:
            message = f"'{namespace}' is not the namespace of grammars."
            report.add("error", "bad-namespace", report.attribute(at, "xmlns"), message, hint)
        else:
            severity: Severity = "warning" if report.profile == "ibm" else "error"
            message = "'<grammar>' does not name the namespace of grammars."
            report.add(severity, "missing-namespace", report.tag(at), message, hint)

    def _check_version(self) -> None:
        version = self.attributes.get("version")
        if version is None:
            message = "'<grammar>' does not say its version."
            hint = 'Write <grammar version="1.0" …>.'
            self.report.add("error", "missing-version", self.report.tag(self.at), message, hint)
        elif version.strip() != "1.0":
            span = self.report.attribute(self.at, "version")
            message = f"there is no version '{version}' of the XML form."
            self.report.add("error", "bad-version", span, message, 'Write version="1.0".')

    def _check_mode(self) -> None:
        mode = self.attributes.get("mode", "voice")
        if mode.strip() not in {"voice", "dtmf"}:
            span = self.report.attribute(self.at, "mode")
            hint = 'Write mode="voice" for speech or mode="dtmf" for telephone keys.'
            self.report.add("error", "bad-mode", span, f"there is no mode '{mode}'.", hint)

    def _check_language(self) -> None:
        written = self.attributes.get("xml:lang")
        if written is not None:
            language = read_language(written)
            if isinstance(language, str):
                self.language = language
            else:
                self.report.complain(self.report.attribute(self.at, "xml:lang"), language)
        elif self.attributes.get("mode", "").strip() != "dtmf":
            self.report.add(
                "error",
                "missing-language",
                self.report.tag(self.at),
                "'<grammar>' does not say in which language it is.",
                'Write <grammar xml:lang="en-US" …>.',
            )

    def _check_root(self) -> None:
        written = self.attributes.get("root")
        if written is None:
            return
        self.root_span = self.report.attribute(self.at, "root")
        name = written.strip()
        self.root = name.lstrip("$#")
        if name != self.root or not is_rule_name(name):
            example = self.root if is_rule_name(self.root) else "order"
            message = f"'{written}' is not the name of a rule."
            hint = f'Write the name alone: root="{example}".'
            self.report.add("error", "bad-root", self.root_span, message, hint)
            self.root = None

    def element(self, frame: Frame, text: str) -> None:
        """``<meta>``, ``<lexicon>`` or ``<tag>`` before the rules."""
        attributes = frame.attributes
        if frame.kind == "tag":
            self.tags.append(text)
        elif frame.kind == "lexicon":
            if self._required(frame, "uri"):
                self.lexicons.append((attributes["uri"].strip(), attributes.get("type")))
        elif "name" in attributes and "http-equiv" in attributes:
            message = "'<meta>' has both 'name' and 'http-equiv'."
            span = self.report.tag(frame.at)
            self.report.add("error", "bad-meta", span, message, "Take one of them away.")
        else:
            key = "http-equiv" if "http-equiv" in attributes else "name"
            if self._required(frame, key) & self._required(frame, "content"):
                self.metas.append(Meta(attributes[key], attributes["content"], key != "name"))

    def _required(self, frame: Frame, name: str) -> bool:
        if name in frame.attributes:
            return True
        hint = f"Write <{frame.kind} {_EXAMPLES[name]} …/>."
        guess = nearest(name, frame.attributes)
        message = f"'<{frame.kind}>' needs the attribute '{name}'."
        span = self.report.attribute_name(frame.at, guess) if guess else self.report.tag(frame.at)
        self.report.add("error", "missing-attribute", span, message, hint)
        return False

    def metadata_element(self, at: int, end: int) -> None:
        """``<metadata>`` as written, with the prefixes it takes from ``<grammar>`` declared."""
        text = self.report.text
        opening = text[at : tag_end(text, at)]
        written = text[at:end]
        added = "".join(
            f' xmlns:{prefix}="{uri}"'
            for prefix, uri in sorted(self.prefixes.items())
            if re.search(rf"[\s</]{re.escape(prefix)}:", written)
            and f"xmlns:{prefix}" not in written
        )
        name = re.match(r"<[^\s/>]+", opening)
        cut = name.end() if name else 0
        self.metadata.append(written[:cut] + added + written[cut:])
