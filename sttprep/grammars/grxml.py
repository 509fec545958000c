"""SRGS 1.0 grammars in XML form.

>>> from sttprep.source import Source
>>> grammar, problems = read_grxml(Source("menu.grxml", '''<?xml version="1.0"?>
... <grammar xmlns="http://www.w3.org/2001/06/grammar" version="1.0" xml:lang="en-US" root="order">
...   <rule id="order"><item repeat="0-1">a</item> <ruleref uri="size"/> tea</rule>
... </grammar>'''), "w3c")
>>> grammar.rules[0].expression.items[2]
Token(text='tea', quoted=False)
>>> print(problems[0].render())
menu.grxml:3:62: warning: 'size' without '#' means the root rule of another file, named 'size'. \
For the rule with id="size" write uri="#size".
  3 |   <rule id="order"><item repeat="0-1">a</item> <ruleref uri="size"/> tea</rule>
    |                                                              ^^^^

A text that is not XML is blanked out as far as the next rule and read again, so that one missing
tag hides nothing else.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sttprep.grammars.expression import Special
from sttprep.grammars.grammar import Body, Grammar, Profile, Rule
from sttprep.grammars.grxml_events import scan, tag_end
from sttprep.grammars.grxml_faults import Fault, tag_name
from sttprep.grammars.grxml_reader import Reader
from sttprep.grammars.grxml_report import Report
from sttprep.source import Problem, Source, Span

__all__ = ["read_grxml"]

_MOST_FAULTS = 20
_MOST_TEXT = 20_000_000  # characters read again because of faults; about ten seconds

_NEXT_RULE = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|(<(?:[\w.-]+:)?rule(?=[\s/>])|</(?:[\w.-]+:)?grammar)",
    re.DOTALL,
)
_RULE_ID = re.compile(r"""<(?:[\w.-]+:)?rule\s[^<>]*?\bid\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)"
    r"""|<(?P<closing>/?)(?P<name>[^\s<>/!?"']+)(?:[^<>"']|"[^"<]*"|'[^'<]*')*?(?P<empty>/?)>""",
    re.DOTALL,
)
_NOT_BLANK = re.compile(r"[^\s]")


def read_grxml(source: Source, profile: Profile) -> tuple[Grammar, list[Problem]]:
    """The grammar of a text, and all that is wrong with how it is written.

    Rules that could not be read are there and ``broken``. How rules fit together is not looked at.
    """
    text = source.text
    kept: list[Problem] = []
    lost: dict[int, Rule] = {}
    most = max(1, min(_MOST_FAULTS, _MOST_TEXT // max(1, len(text))))
    for left in reversed(range(most)):
        report = Report(source, text, profile)
        reader = Reader(report)
        fault, opened = scan(text, reader)
        if fault is None:
            break
        kept.append(source.problem("error", fault.code, fault.span, fault.message, fault.hint))
        rule = next((at for at in opened if _is_rule(text, at)), None)
        region = _mendable(text, fault, rule)
        if region is None or not left:
            lost |= _rules_named(text, rule, rule + 1) if rule is not None else {}
            known = {known.offset for known in reader.rules} | set(lost)
            start = fault.span.start if rule is None else rule + 1
            named = _rules_named(text, start).items()
            unread = {at: found for at, found in named if at not in known}
            if unread:
                those = "1 rule is" if len(unread) == 1 else f"{len(unread)} rules are"
                message = f"the text is not read from here on: {those} not looked at."
                hint = "Mend what is wrong here, then check again."
                kept.append(source.problem("note", "not-read", fault.span, message, hint))
            lost |= unread
            break
        if rule is not None:
            lost |= _rules_named(text, rule, rule + 1)
            before = min(fault.span.start, region.end)
            kept += [found for found in report.problems if _within(found, rule, before)]
        text = text[: region.start] + _blank(text, region) + text[region.end :]
    reader.finish()
    names = {rule.name for rule in (*reader.rules, *lost.values())}
    reader.expressions.references.finish(names)
    rules = lost | {rule.offset: rule for rule in reader.rules}
    problems = [*kept, *report.problems]
    problems.sort(key=lambda problem: problem.span.start if problem.span else 0)
    if report.hidden:
        message = f"there are {report.hidden} more problems; they are not listed."
        last = problems[-1].span or Span(0, 0)
        problems.append(source.problem("note", "more-problems", last, message))
    header = reader.header.header()
    if fault is not None and header.root not in names:
        header = replace(header, root=None)
    grammar = Grammar(
        "grxml",
        header,
        tuple(rules[offset] for offset in sorted(rules)),
        source=source,
        profile=profile,
        trailing_comments=tuple(reader.trailing),
    )
    return grammar, problems


def _is_rule(text: str, at: int) -> bool:
    return tag_name(text, at).rpartition(":")[2] == "rule"


def _within(problem: Problem, start: int, end: int) -> bool:
    return problem.span is not None and start <= problem.span.start < end


def _mendable(text: str, fault: Fault, rule: int | None) -> Span | None:
    """What to blank out so that the rest can be read; None where reading has to end."""
    if rule is not None:
        end = next((found.start(1) for found in _NEXT_RULE.finditer(text, rule + 1) if found[1]), 0)
        return Span(rule, _end_of_rule(text, fault, rule, end)) if end > rule else None
    if fault.closer:
        return Span(fault.span.start, tag_end(text, fault.span.start))
    if fault.opener is not None and tag_name(text, fault.opener).rpartition(":")[2] != "grammar":
        return Span(fault.opener, tag_end(text, fault.opener))
    return None


def _end_of_rule(text: str, fault: Fault, rule: int, end: int) -> int:
    """Behind its last closing tag before the next rule, if all from there on is in order."""
    closer = text.rfind("</", rule, end)
    while closer >= 0 and tag_name(text, closer).rpartition(":")[2] != "rule":
        closer = text.rfind("</", rule, closer)
    if closer < fault.span.start:
        return end
    start = tag_end(text, closer)
    opened: list[str] = []
    for found in _TAG.finditer(text, start, end):
        if found["closing"] and (not opened or opened.pop() != found["name"]):
            return end
        if found["name"] and not found["closing"] and not found["empty"]:
            opened.append(found["name"])
    return end if opened else min(start, end)


def _blank(text: str, region: Span) -> str:
    return _NOT_BLANK.sub(" ", text[region.start : region.end])


def _rules_named(text: str, start: int, before: int | None = None) -> dict[int, Rule]:
    """Rules that begin from an offset on, as far as their names can be made out."""
    rules: dict[int, Rule] = {}
    for match in _RULE_ID.finditer(text, start):
        if before is not None and match.start() >= before:
            break
        group = match.lastindex or 1
        span = Span(match.start(group) - match.start(), match.end(group) - match.start())
        nothing = Body(Special("VOID"))
        rules[match.start()] = Rule(
            match[group], nothing, offset=match.start(), name_span=span, broken=True
        )
    return rules
