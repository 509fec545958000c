r"""JSGF 1.0 text → grammar (W3C Note of 5 June 2000).

>>> from sttprep.source import Source
>>> text = '''#JSGF V1.0 UTF-8 en;
... grammar com.acme.orders;
... import <com.acme.politeness.*>;
... /** What is ordered.  */
... public <order> = [<politeness.please>] <size> (tea | coffee);
... <size> = /3/ small | /1/ large;
... '''
>>> grammar, problems = read_jsgf(Source("orders.jsgf", text), "w3c")
>>> grammar.header.name, grammar.header.language, problems
('com.acme.orders', 'en', [])
>>> [(rule.name, rule.is_public, rule.documentation) for rule in grammar.rules]
[('order', True, 'What is ordered.'), ('size', False, '')]
>>> grammar.rules[0].body.references[0]
Reference(rule='please', grammar='politeness', media_type=None)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal, NamedTuple

from sttprep.grammars.expression import Special
from sttprep.grammars.grammar import Body, Grammar, Header, Import, Profile, Rule
from sttprep.grammars.jsgf_body import parse_body
from sttprep.grammars.jsgf_header import Opening, read_opening
from sttprep.grammars.jsgf_names import is_grammar_name, name_complaint, split_name
from sttprep.grammars.jsgf_plain import read_plain
from sttprep.grammars.jsgf_syntax import Finding
from sttprep.grammars.statements import JSGF, Scan, Statement, cut
from sttprep.source import Problem, Severity, Source, Span

__all__ = ["read_jsgf"]

# In pocketsphinx an unclosed quote is part of a word.
_SPHINX_PIECES = (
    r"""[^;"{</]++|"(?:[^"\\\r\n]++|\\.)*+"|"|\{(?:[^\\}]++|\\.)*+\}|<[^<>\n\r]*+>|<|/(?![/*])"""
)
_SPHINX = replace(
    JSGF,
    statement=re.compile(rf"\s*+(?!\#)((?:{_SPHINX_PIECES})++)", re.DOTALL),
    more=re.compile(rf"(?:{_SPHINX_PIECES})*+", re.DOTALL),
)
# JSGF 1.0, 4.1: <ruleName> = ruleExpansion ;  |  public <ruleName> = ruleExpansion ;
_RULE = re.compile(r"(?:(?P<public>public)\s*)?(?P<name><[^<>\r\n]*>)\s*=\s*")
_IMPORT = re.compile(r"import\s*<(?P<name>[^<>]*)>\s*")
_NAME = re.compile(r"grammar\s+(?P<name>\S+)\s*")
_COMMON_NAME = re.compile(r"[\w$\-]+")
_SHORT = 4096  # characters; of these statements thousands are remembered, ...
_LONG = 4_000_000  # ... of these a few, of longer ones none
_MOST_PROBLEMS = 1000
"""Problems listed of one file; a file that is no grammar has one in every line."""
_EXAMPLE = 'Write e.g. "public <order> = tea | coffee;".'


class _ReadRule(NamedTuple):
    """A rule statement, wherever it stands."""

    name: str
    name_span: Span
    scope: Literal["public"] | None
    body: Body
    broken: bool
    findings: tuple[Finding, ...]


@dataclass
class _Reading:
    """What has been read so far."""

    source: Source
    profile: Profile
    problems: list[Problem]
    name: str | None = None
    documentation: str = ""
    imports: list[Import] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    hidden: int = 0
    """Problems that are not listed."""

    def report(self, severity: Severity, code: str, span: Span, message: str, hint: str) -> None:
        if len(self.problems) >= _MOST_PROBLEMS:
            self.hidden += 1
            return
        self.problems.append(self.source.problem(severity, code, span, message, hint))


def read_jsgf(source: Source, profile: Profile) -> tuple[Grammar, list[Problem]]:
    """Everything that can be read of a JSGF text, and what is wrong with its form."""
    if profile == "ibm":
        grammar, _ = read_jsgf(source, "w3c")
        message = "IBM's service takes ABNF and XML grammars, not JSGF."
        hint = "Convert it: sttprep grammar convert --to abnf."
        refusal = source.problem("error", "format-not-taken", Span(0, 5), message, hint)
        return Grammar("jsgf", grammar.header, grammar.rules, source, profile=profile), [refusal]
    opening = read_opening(source, profile)
    scan = cut(source, opening.end, _SPHINX if profile == "pocketsphinx" else JSGF)
    reading = _Reading(source, profile, [*opening.problems, *scan.problems])
    _declaration(reading, scan, opening)
    for statement in scan.statements:
        _statement(reading, statement)
    header = Header(
        language=opening.locale,
        encoding=opening.encoding,
        name=reading.name,
        imports=tuple(reading.imports),
        documentation=reading.documentation,
        comments=tuple(reading.comments),
    )
    grammar = Grammar(
        "jsgf",
        header,
        tuple(reading.rules),
        source,
        profile=profile,
        trailing_comments=scan.trailing_comments,
    )
    return grammar, _shortened(reading)


def _declaration(reading: _Reading, scan: Scan, opening: Opening) -> None:
    """JSGF 1.0, 3.2: ``grammar packageName.simpleGrammarName;`` comes first."""
    first = scan.statements[0] if scan.statements else None
    if first is not None and re.match(r"grammar(?![^\s<=;])", first.text):
        match = _NAME.fullmatch(first.text)
        if match is None or not is_grammar_name(match["name"]):
            span = Span(first.offset, first.offset + len(first.text.rstrip()))
            message = "this is no legal name of a grammar."
            hint = 'Letters and digits, with dots between the parts: "grammar com.acme.orders;".'
            reading.report("error", "bad-grammar-name", span, message, hint)
        if match is not None:
            reading.name = match["name"]
        reading.documentation = first.documentation.text
        reading.comments += first.comments
        del scan.statements[0]
        return
    if opening.missing:
        return  # one problem is enough for a text that is something else
    if first is not None:
        span = Span(first.offset, first.offset + len(first.text.split("\n")[0].rstrip()))
    else:
        end = len(reading.source.text.rstrip())
        span = Span(end, end)
    message = "the name of the grammar is missing: it comes before everything else."
    reading.report("error", "missing-grammar-name", span, message, 'Write e.g. "grammar orders;".')


def _statement(reading: _Reading, statement: Statement) -> None:
    if statement.text.startswith("import") and re.match(r"import(?![^\s<])", statement.text):
        _import(reading, statement)
        return
    length = len(statement.text)
    read = _short_rule if length <= _SHORT else _long_rule if length <= _LONG else _read_rule
    rule = read(statement.text, reading.profile, reading.name)
    if rule is None:
        _no_rule(reading, statement)
        return
    offset = statement.offset
    if rule.findings and not statement.broken:
        for finding in rule.findings:
            span = Span(finding.span.start + offset, finding.span.end + offset)
            reading.report(finding.severity, finding.code, span, finding.message, finding.hint)
    if statement.doc:
        documentation = statement.documentation
        text, examples, spans = documentation
    else:
        text, examples, spans = "", (), ()
    body, broken = rule.body, rule.broken
    if statement.broken and not broken:
        body, broken = Body(Special("VOID")), True
    reading.rules.append(
        Rule(
            rule.name,
            body,
            rule.scope,
            text,
            examples,
            statement.comments,
            offset,
            rule.name_span,
            spans,
            broken,
        )
    )


def _read_rule(text: str, profile: Profile, grammar: str | None) -> _ReadRule | None:
    match = _RULE.match(text)
    if match is None:
        return None
    span = Span(*match.span("name"))
    name = match["name"][1:-1]
    sphinx = profile == "pocketsphinx"
    findings: list[Finding] = []
    if not _COMMON_NAME.fullmatch(name):
        name = _check_name(name, span, grammar if sphinx else None, findings)
    elif name in ("NULL", "VOID"):
        findings.append(_reserved(name, span, sphinx))
    expression = read_plain(text, match.end(), sphinx)
    broken = False
    if expression is None:
        parsed = parse_body(text, match.end(), profile, grammar)
        findings += parsed.findings
        broken = parsed.broken
        expression = Special("VOID") if broken else parsed.expression
    scope: Literal["public"] | None = "public" if match["public"] else None
    return _ReadRule(name, span, scope, Body(expression), broken, tuple(findings))


_short_rule = lru_cache(maxsize=8192)(_read_rule)
_long_rule = lru_cache(maxsize=8)(_read_rule)


def _check_name(name: str, span: Span, grammar: str | None, findings: list[Finding]) -> str:
    """The name to go on with; ``grammar`` may stand before it."""
    complaint = name_complaint(name)
    if complaint:
        findings.append(Finding("bad-rule-name", span, *complaint))
        return name
    qualifier, simple = split_name(name)
    if qualifier is not None and qualifier != grammar:
        message = f"a rule is defined by its own name alone, not as <{name}>."
        findings.append(Finding("qualified-rule-name", span, message, f'Write "<{simple}> = ...".'))
    return simple


def _reserved(name: str, span: Span, sphinx: bool) -> Finding:
    message = f"<{name}> has a fixed meaning and cannot be defined"
    message += ": pocketsphinx ignores this." if sphinx else "."
    hint = f'Choose another name, e.g. "<my-{name.lower()}> = ...".'
    return Finding("special-rule", span, message, hint, "warning" if sphinx else "error")


def _import(reading: _Reading, statement: Statement) -> None:
    """JSGF 1.0, 3.3: ``import <fullGrammarName.ruleName>;``, ``import <fullGrammarName.*>;``."""
    reading.comments += (*([statement.doc] if statement.doc else []), *statement.comments)
    if statement.broken:
        return
    whole = Span(statement.offset, statement.offset + len(statement.text.rstrip()))
    example = 'Write e.g. "import <com.acme.politeness.*>;".'
    match = _IMPORT.fullmatch(statement.text)
    if match is None:
        message = "an import names a rule of another grammar between '<' and '>'."
        reading.report("error", "bad-import", whole, message, example)
        return
    start = statement.offset + match.start("name")
    span = Span(start, start + len(match["name"]))
    grammar, rule = split_name(match["name"])
    if grammar is None:
        message = f"'{match['name']}' does not say which grammar the rule is in."
        hint = f'Write e.g. "import <com.acme.politeness.{rule or "*"}>;".'
        reading.report("error", "bad-import", span, message, hint)
        return
    complaint = name_complaint(f"{grammar}.x" if rule == "*" else match["name"])
    if complaint:
        reading.report("error", "bad-import", span, complaint[0], example)
        return
    if reading.rules:
        message = "imports come before the rules."
        hint = 'Move this line up, directly below "grammar ...;".'
        reading.report("error", "misplaced-import", whole, message, hint)
    reading.imports.append(Import(grammar, rule, whole))


def _no_rule(reading: _Reading, statement: Statement) -> None:
    """A statement that is no rule: what it may have been meant to be."""
    if statement.broken:
        return
    reading.comments += (*([statement.doc] if statement.doc else []), *statement.comments)
    text = statement.text.rstrip()
    span = Span(statement.offset, statement.offset + len(text))
    if re.match(r"grammar\s", text):
        code, message = "misplaced-grammar-name", "the name of the grammar is given once, first."
        hint = "Take this line away."
    elif match := re.match(r"(?:public\s*)?(<[^<>]*>)", text):
        code, message = "missing-equals", f"there is no '=' behind {match[1]}."
        hint = f'Write e.g. "{match[0]} = tea | coffee;".'
        span = Span(statement.offset + match.start(1), statement.offset + match.end(1))
    elif match := re.match(r"(public\s+)?\$?([\w-]+)\s*=", text):
        code, message = "bad-rule-name", f"the rule name '{match[2]}' needs '<' and '>' around it."
        hint = f'Write "{match[1] or ""}<{match[2]}> = ...".'
        span = Span(statement.offset + match.start(2), statement.offset + match.end(2))
    elif match := re.match(r"(private|language|mode|root|tag-format|base|lexicon|meta)\b", text):
        code, message = "bad-statement", f"'{match[1]}' belongs to ABNF grammars, not to JSGF."
        hint = 'A JSGF rule without "public" is private.' if match[1] == "private" else ""
        hint = hint or 'Take it away; the language is in the first line: "#JSGF V1.0 UTF-8 en;".'
        span = Span(statement.offset, statement.offset + len(match[1]))
    else:
        code, message = "bad-statement", "this is neither a rule nor an import."
        hint = _EXAMPLE
    reading.report("error", code, span, message, hint)


def _shortened(reading: _Reading) -> list[Problem]:
    problems = sorted(
        reading.problems, key=lambda problem: problem.span.start if problem.span else 0
    )
    hidden = reading.hidden + max(0, len(problems) - _MOST_PROBLEMS)
    if hidden:
        del problems[_MOST_PROBLEMS:]
        message = f"there are {hidden} more problems; they are not listed."
        span = problems[-1].span or Span(0, 0)
        problems.append(reading.source.problem("note", "more-problems", span, message))
    return problems
