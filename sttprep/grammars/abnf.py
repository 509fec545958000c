"""Read grammars in the ABNF form of SRGS 1.0 (W3C Recommendation of 16 March 2004).

>>> from sttprep.source import Source
>>> text = '''#ABNF 1.0 UTF-8;
... language en-US;
... root $order;
... $order = [a] $size (tea | don't);
... $size = small | large;
... '''
>>> grammar, problems = read_abnf(Source("menu.abnf", text), "w3c")
>>> grammar.header.root, [rule.name for rule in grammar.rules], grammar.rules[0].broken
('order', ['order', 'size'], True)
>>> for problem in problems:
...     print(problem.where, problem.code, problem.hint)
menu.abnf:4:27 unquoted-word Write "don't" in double quotes.
"""

from __future__ import annotations

import re
from typing import Any

from sttprep.grammars.abnf_declarations import KEYWORDS, ONCE, Declaration, read_declaration
from sttprep.grammars.abnf_rules import RuleText, broken_rule, read_rule
from sttprep.grammars.abnf_tokens import Finding, show
from sttprep.grammars.documentation import Documentation
from sttprep.grammars.grammar import Grammar, Header, Meta, Profile, Rule
from sttprep.grammars.statements import ABNF, Statement, cut
from sttprep.source import Problem, Severity, Source, Span

__all__ = ["read_abnf"]

# SelfIdentHeader ::= '#ABNF' #x20 VersionNumber (#x20 CharEncoding)? ';' and the end of the line
_HEADER = re.compile(r"#ABNF 1\.0(?: (?P<encoding>[\w.:-]+))?;(?P<rest>[ \t]*)(?P<end>[\r\n]|$)")
_KEPT = re.compile(r"#ABNF 1\.0(?: (?P<encoding>[\w.:-]+))?;")
_NEAR = re.compile(
    r"#[ \t]*ABNF\b[ \t]*(?P<version>[\w.]*)[ \t]*(?P<encoding>[\w.:-]*)", re.IGNORECASE
)
_LATER = re.compile(r"(?:\s|//[^\r\n]*|/\*.*?\*/)+(?P<header>#ABNF[^\r\n;]*;)", re.DOTALL)
_LINE = re.compile(r"[^\r\n]*")
_KEYWORD = re.compile(rf"(?:{'|'.join(KEYWORDS)})(?![\w.-])")

_UNDOCUMENTED = Documentation("", (), ())


def read_abnf(source: Source, profile: Profile) -> tuple[Grammar, list[Problem]]:
    """A grammar of everything that can be read, and every syntax problem."""
    return _Reader(source, profile).read()


class _Reader:
    def __init__(self, source: Source, profile: Profile) -> None:
        self.source = source
        self.profile = profile
        self.problems: list[Problem] = []
        self.rules: list[Rule] = []
        self.fields: dict[str, Any] = {}
        self.lists: dict[str, list[Any]] = {"lexicons": [], "metas": [], "tags": []}
        self.comments: list[str] = []
        self.seen: dict[str, int] = {}

    def read(self) -> tuple[Grammar, list[Problem]]:
        start = self.header()
        scan = cut(self.source, start, ABNF)
        self.problems += scan.problems
        for statement in scan.statements:
            text = statement.text
            if text[0] != "$" and (text[0] == "{" or _KEYWORD.match(text)):
                self.declaration(statement)
                continue
            if statement.broken:
                self.broken(statement)
                continue
            rule = read_rule(text)
            if rule is None:
                self.declaration(statement)
            else:
                self.rule(statement, rule)
        self.check_language(start)
        self.fields |= {name: tuple(values) for name, values in self.lists.items()}
        header = Header(**self.fields, comments=tuple(self.comments))
        grammar = Grammar(
            "abnf",
            header,
            tuple(self.rules),
            self.source,
            profile=self.profile,
            trailing_comments=scan.trailing_comments,
        )
        return grammar, self.problems

    def problem(
        self, code: str, span: Span, message: str, hint: str, severity: Severity = "error"
    ) -> None:
        self.problems.append(self.source.problem(severity, code, span, message, hint))

    def report(self, finding: Finding, offset: int) -> None:
        span = Span(finding.start + offset, finding.end + offset)
        self.problem(finding.code, span, finding.message, finding.hint, finding.severity)

    def header(self) -> int:
        """Read the first line; returns the offset of what follows it."""
        text = self.source.text
        start = 1 if text.startswith("\ufeff") else 0
        found = _HEADER.match(text, start)
        if found is not None:
            self.fields["encoding"] = found["encoding"]
            if found["rest"]:
                self.problem(
                    "header-blank",
                    Span(found.start("rest"), found.end("rest")),
                    "the first line must end right after its ';'.",
                    f"Take the blank away behind {text[start : found.start('rest')]}",
                    "warning",
                )
            return found.end()
        return self.wrong_header(text, start)

    def wrong_header(self, text: str, start: int) -> int:
        found = _LINE.match(text, start)
        assert found is not None
        line, end = found[0], found.end()
        here = Span(start, max(min(start + 1, len(text)), end))
        kept = _KEPT.match(line)
        near = _NEAR.match(line)
        later = _LATER.match(text, start)
        if kept is not None:
            self.fields["encoding"] = kept["encoding"]
            end = start + kept.end()
            here = Span(end, found.end())
            message = "a new line must follow the ';' of the first line."
            hint = f'Write "{kept[0]}" on a line of its own.'
        elif near is not None:
            version, encoding = near["version"], near["encoding"] or "UTF-8"
            message = "the first line is not written exactly like the header of an ABNF grammar."
            if not version:
                message = "the version is missing in the first line."
            elif version != "1.0":
                message = f"the version in the first line must be 1.0, not {show(version)}."
            elif ";" not in line:
                message = "the first line must end with ';'."
            hint = f'Write "#ABNF 1.0 {encoding};".'
            end = start + (line.index(";") + 1 if ";" in line else len(line))
        elif later is not None:
            message = "the header must be at the very start, without anything before it."
            hint = f'Write "{later["header"]}" there.'
            end = later.end()
        elif line.startswith("#"):
            jsgf = " (this one is of a JSGF grammar)" if line.startswith("#JSGF") else ""
            message = f"the first line of an ABNF grammar names ABNF and its version{jsgf}."
            hint = 'Write "#ABNF 1.0 UTF-8;".'
        else:
            message = "the first line of an ABNF grammar is missing."
            hint = 'Write "#ABNF 1.0 UTF-8;" as the first line.'
            end = start
        self.problem("bad-header", here, message, hint)
        return end

    def rule(self, statement: Statement, rule: RuleText) -> None:
        name, scope, body, name_span, findings, broken, counts = rule
        offset = statement.offset
        for finding in findings:
            self.report(finding, offset)
        if not counts:
            return
        said, examples, spans = statement.documentation if statement.doc else _UNDOCUMENTED
        comments = statement.comments
        self.rules.append(
            Rule(name, body, scope, said, examples, comments, offset, name_span, spans, broken)
        )

    def broken(self, statement: Statement) -> None:
        rule = broken_rule(statement.text)
        if rule is not None:
            self.rule(statement, rule)

    def declaration(self, statement: Statement) -> None:
        offset = statement.offset
        if statement.doc and not self.seen and not self.rules:
            self.fields["documentation"] = statement.documentation.text
        elif statement.doc:
            self.comments.append(statement.doc)
        self.comments += statement.comments
        found = read_declaration(statement.text)
        keyword = found.keyword
        first = self.seen.setdefault(keyword, offset)
        if found.finding is not None and not statement.broken:
            self.report(found.finding, offset)
        if found.finding is not None or statement.broken:
            return
        if self.rules:
            self.late(statement)
        if keyword in ONCE and first != offset:
            line, _ = self.source.position(first)
            self.problem(
                "duplicate-declaration",
                Span(offset, offset + len(keyword)),
                f"'{keyword}' is declared already, on line {line}.",
                f"Keep one of them: {show(statement.text)};",
            )
            return
        self.take(found, offset)

    def late(self, statement: Statement) -> None:
        shown = show(statement.text)
        first = self.rules[0]
        self.problem(
            "late-declaration",
            Span(statement.offset, statement.offset + len(statement.text.rstrip())),
            "declarations stand before the first rule.",
            f"Move {shown}; above ${first.name}.",
        )

    def take(self, found: Declaration, offset: int) -> None:
        keyword, values = found.keyword, found.values
        if keyword in ("meta", "http-equiv"):
            meta = Meta(values[0] or "", values[1] or "", keyword == "http-equiv")
            self.lists["metas"].append(meta)
        elif keyword == "lexicon":
            self.lists["lexicons"].append(values)
        elif keyword == "tag":
            self.lists["tags"].append(values[0])
        else:
            self.fields[keyword.replace("-", "_")] = values[0]
        if keyword == "root":
            at = offset + found.at
            self.fields["root_span"] = Span(at - 1, at + len(values[0] or ""))

    def check_language(self, start: int) -> None:
        """SRGS 1.0 4.5: the language is required in voice grammars."""
        if "language" in self.seen or "" in self.seen or self.fields.get("mode") == "dtmf":
            return
        self.problem(
            "missing-language",
            Span(0, start),
            "the language is not declared, which a grammar of spoken words must do.",
            'Write "language en-US;" (or your language) on the second line.',
        )
