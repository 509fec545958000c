"""Checks of what rules match: nothing at all, themselves, empty loops, weights, doubles."""

from __future__ import annotations

from collections.abc import Iterator

from sttprep.grammars.expression import Alternatives, Reference
from sttprep.grammars.facts import Rare
from sttprep.grammars.grammar import Grammar, Profile, Rule
from sttprep.grammars.link import Linked
from sttprep.grammars.recursion import Recursion
from sttprep.grammars.rule_graph import RuleGraph, holds
from sttprep.grammars.wording import definition, limited, quoted, reference, route, shown
from sttprep.source import Problem, Severity, Span

__all__ = ["check_sense"]


def check_sense(linked: Linked, number: int, profile: Profile) -> list[Problem]:
    """Findings about what the rules of one of the linked grammars match.

    Args:
        linked: the grammars.
        number: which of them.
        profile: ``ibm`` refuses recursion.
    """
    graph = linked.graph
    return [
        *limited(_unproductive(graph, number)),
        *limited(_recursion(graph, number, profile)),
        *limited(_inside(graph, number)),
    ]


def _unproductive(graph: RuleGraph, number: int) -> Iterator[Problem]:
    if all(graph.productive):
        return
    grammar = graph.linked.grammars[number]
    format = grammar.format
    for name, rule in grammar.by_name.items():
        at = graph.numbers[number][name]
        if graph.productive[at]:
            continue
        needed = next(
            (
                use
                for use in rule.body.references
                if (target := graph.target(at, use)) is not None and not graph.productive[target]
            ),
            None,
        )
        reason = "each way through it needs VOID, which never matches"
        if needed is not None and graph.target(at, needed) == at:
            reason = "each way through it needs the rule itself again"
        elif needed is not None:
            other = shown(format, needed.rule or "")
            reason = f"it needs {other}, which cannot be completed either"
        message = f"no sentence of rule {shown(format, name)} can ever be completed: {reason}."
        if name == grammar.header.root:
            message += " As it is the root, the grammar accepts nothing."
        again = f"x {reference(format, name)}"
        example = quoted(definition(format, name, again, "x"))
        hint = f"Add an alternative that comes to an end: {example}."
        if needed is None:
            hint = "Add an alternative without VOID."
        span = rule.place(rule.name_span)
        yield grammar.source.problem("warning", "unproductive-rule", span, message, hint)


def _recursion(graph: RuleGraph, number: int, profile: Profile) -> Iterator[Problem]:
    grammar = graph.linked.grammars[number]
    for recursion in graph.recursions:
        inside = [at for at in recursion.rules if graph.keys[at][0] == number]
        if inside:
            cycle = recursion.cycle
            first = next((at for at in cycle if graph.keys[at][0] == number), inside[0])
            yield _recursion_problem(graph, recursion, grammar, graph.rules[first], cycle, profile)


def _recursion_problem(
    graph: RuleGraph,
    recursion: Recursion,
    grammar: Grammar,
    rule: Rule,
    cycle: list[int],
    profile: Profile,
) -> Problem:
    format = grammar.format
    kind = "left" if recursion.kind == "both" else recursion.kind
    between = any(not (use.first or use.last) for use in recursion.uses)
    place = {
        "right": "as its last part",
        "left": "as its first part",
        "centre": "between words" if between else "first in one place and last in another",
    }[kind]
    way = route([_name(graph, at, grammar) for at in cycle])
    message = f"rule {shown(format, rule.name)} uses itself {place}: {way}."
    last = quoted(definition(format, rule.name, f"x {reference(format, rule.name)}", "x"))
    repeat = quoted(definition(format, rule.name, _repeated(format)))
    severity: Severity = "error"
    if profile == "ibm":
        message += ' IBM\'s service does not support recursion: it says "Cannot compile grammar".'
        hint = f"Write a repeat: {repeat}."
    elif format == "jsgf" and kind != "right":
        message += " JSGF lets a rule use itself as its last part only."
        if profile == "pocketsphinx":
            message += " pocketsphinx makes a wrong graph of this, in silence."
        hint = f"Use the rule last, {last}, or a repeat: {repeat}."
    elif kind == "centre":
        severity = "warning"
        message += " Sentences are matched, but a recognizer cannot follow it (it is not regular)."
        hint = f"Use the rule last, {last}, or write out how deep it may go."
    else:
        severity = "note"
        message += " That is a loop."
        hint = f"A repeat says the same: {repeat}."
    if recursion.silent:
        severity = "warning" if severity == "note" else severity
        message += " It can go round without a word."
    span = rule.place(rule.name_span)
    return grammar.source.problem(severity, f"{kind}-recursion", span, message, hint)


def _name(graph: RuleGraph, at: int, grammar: Grammar) -> str:
    """A rule's name on a way; with its grammar where that is another one."""
    number, name = graph.keys[at]
    other = graph.linked.grammars[number]
    if other is grammar:
        return shown(grammar.format, name)
    return f"{shown(other.format, name)} of {other.header.name or other.source.name}"


def _repeated(format: str, text: str = "x") -> str:
    """Once or more."""
    if format == "grxml":
        return f'<item repeat="1-">{text}</item>'
    return f"{text}<1->" if format == "abnf" else f"{text}+"


_Found = tuple[Severity, str, Span, str, str]


def _inside(graph: RuleGraph, number: int) -> Iterator[Problem]:
    """Findings inside single rules."""
    grammar = graph.linked.grammars[number]
    for rule in grammar.rules:
        rare = rule.body.facts.rare
        if rare is not None and not rule.broken:
            at = graph.numbers[number][rule.name]
            for severity, code, span, message, hint in _within(graph, at, grammar, rare):
                place = rule.place(span)
                yield grammar.source.problem(severity, code, place, message, hint)


def _within(graph: RuleGraph, at: int, grammar: Grammar, rare: Rare) -> Iterator[_Found]:
    for nullable, loop in rare.loops:
        if holds(nullable, lambda use: _is_nullable(graph, at, use)):
            message = "what is repeated here without end may be nothing at all."
            hint = f"Repeat something that is always said: {quoted(_repeated(grammar.format))}."
            yield "warning", "empty-loop", loop.span, message, hint
    for repeat in rare.repeats:
        optional = 'repeat="0-1"' if grammar.format == "grxml" else '"<0-1>"'
        message = "this is never said: it is repeated no times."
        hint = f"Delete it, or write {optional} for what may be left out."
        yield "note", "never-repeated", repeat.span, message, hint
    for twice in rare.twice:
        message = "an alternative stands here that was there already."
        if twice.phrases:
            what = ", ".join(f'"{phrase}"' for phrase in twice.phrases)
            more = twice.times - len(twice.phrases)
            others = f" and {more} more" if more > 0 else ""
            message = f"there already, among the same alternatives: {what}{others}."
        hint = "Delete one; to make something likelier, give it a weight."
        yield "note", "duplicate-alternative", twice.span, message, hint
    if grammar.format != "jsgf":
        for weighted in rare.weighted:
            yield from _about_weights(grammar, weighted)


def _is_nullable(graph: RuleGraph, at: int, use: Reference | str) -> bool:
    target = graph.target(at, use)
    return target is not None and graph.nullable[target]


def _about_weights(grammar: Grammar, alternatives: Alternatives) -> Iterator[_Found]:
    """SRGS 1.0, 2.4.1; those of JSGF are judged where they are read."""
    positive = '"/0.1/ tea | /2/ coffee"'
    if grammar.format == "grxml":
        positive = '<item weight="0.1">tea</item>'
    items = list(alternatives.items)
    if all(item.weight == 0 for item in items):
        message = "all alternatives have the weight 0, so none is ever expected."
        hint = f"Give one a weight above 0: {positive}."
        yield "warning", "zero-weight", items[0].span, message, hint
        return
    for item in items:
        if item.weight == 0:
            message = "this alternative has the weight 0: it is never expected."
            hint = f"Delete it, or give it a small weight: {positive}."
            yield "note", "zero-weight", item.span, message, hint
