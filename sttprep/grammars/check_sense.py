"""Checks of what rules match: nothing at all, themselves, empty loops, weights, doubles."""

from __future__ import annotations

from collections.abc import Iterator

from sttprep.grammars.expression import Alternatives, Reference, Repeat
from sttprep.grammars.facts import Rare
from sttprep.grammars.grammar import Grammar, Profile, Rule
from sttprep.grammars.link import Linked
from sttprep.grammars.recursion import Recursion
from sttprep.grammars.rule_graph import RuleGraph, holds
from sttprep.grammars.wording import definition, listed, quoted, reference, route, shown
from sttprep.source import Problem, Severity, Span

__all__ = ["check_sense"]


def check_sense(linked: Linked, number: int, profile: Profile) -> list[Problem]:
    """Findings about what the rules of one of the linked grammars match.

    Args:
        linked: the grammars.
        number: which of them.
        profile: ``ibm`` refuses recursion, ``pocketsphinx`` takes partial weights.
    """
    grammar = linked.grammars[number]
    graph = linked.graph
    problems = list(_unproductive(graph, number))
    problems += _recursion(graph, number, profile)
    for rule in grammar.rules:
        rare = rule.body.facts.rare
        if rare is not None and not rule.broken:
            problems += _within(graph, number, rule, rare, profile)
    return problems


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
                for use in rule.body.facts.references
                if (target := graph.target(at, use)) is not None and not graph.productive[target]
            ),
            None,
        )
        reason = "each way through it needs VOID, which never matches"
        if needed is not None and graph.target(at, needed) == at:
            reason = "each way through it needs the rule itself again"
        elif needed is not None:
            reason = (
                f"it needs {shown(format, needed.rule or '')}, which cannot be completed either"
            )
        message = f"no sentence of rule {shown(format, name)} can ever be completed: {reason}."
        if name == grammar.header.root:
            message += " As it is the root, the grammar accepts nothing."
        again = f"x {reference(format, name)}"
        example = quoted(definition(format, name, again, "x"))
        hint = f"Add an alternative that comes to an end: {example}."
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
    severity: Severity = "note"
    if kind == "centre":
        severity = "warning"
        message += " Sentences are matched, but a recognizer cannot follow it (it is not regular)."
        hint = f"Use the rule last, {last}, or write out how deep it may go."
    else:
        message += " That is a loop."
        hint = f"A repeat says the same: {repeat}."
    if recursion.silent:
        message += " It can go round without a word."
    if format == "jsgf" and kind != "right":
        severity = "error"
        message += " JSGF lets a rule use itself as its last part only."
        hint = f"Use the rule last, {last}, or a repeat: {repeat}."
        if profile == "pocketsphinx":
            message += " pocketsphinx makes a wrong graph of this."
    if profile == "ibm":
        severity = "error"
        message += " IBM's service does not support recursion (it says: Cannot compile grammar)."
        hint = f"Write a repeat: {repeat}."
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


def _within(
    graph: RuleGraph, number: int, rule: Rule, rare: Rare, profile: Profile
) -> Iterator[Problem]:
    """Findings inside one rule."""
    grammar = graph.linked.grammars[number]

    def problem(severity: Severity, code: str, span: Span, message: str, hint: str) -> Problem:
        return grammar.source.problem(severity, code, rule.place(span), message, hint)

    if rare.loops:
        at = graph.numbers[number][rule.name]
        for nullable, loop in rare.loops:
            if holds(nullable, lambda use: _is_nullable(graph, at, use)):
                message = "what is repeated here without end may be nothing at all."
                hint = f"Repeat something that is always said: {quoted(_repeated(grammar.format))}."
                yield problem("warning", "empty-loop", loop.span, message, hint)
    for repeat in rare.repeats:
        yield problem(*_about_repeat(grammar, repeat))
    for twice in rare.twice:
        what = listed((f'"{phrase}"' for phrase in twice.phrases), 3) or "this alternative"
        more = twice.count - max(len(twice.phrases), 1)
        others = f" (and {more} more)" if more > 0 else ""
        message = f"{what}{others} is there already, among the same alternatives."
        hint = "Delete one; to make something likelier, give it a weight."
        yield problem("note", "duplicate-alternative", twice.span, message, hint)
    for weighted in rare.weighted:
        for found in _about_weights(grammar, weighted, profile):
            yield problem(*found)


def _is_nullable(graph: RuleGraph, at: int, use: Reference) -> bool:
    target = graph.target(at, use)
    return target is not None and graph.nullable[target]


_Found = tuple[Severity, str, Span, str, str]


def _about_repeat(grammar: Grammar, repeat: Repeat) -> _Found:
    if repeat.most == 0:
        message = "this is never said: it is repeated no times."
        hint = f"Delete it, or write {_bounds(grammar, 0, 1)} for what may be left out."
        return "note", "never-repeated", repeat.span, message, hint
    message = f"this is to be said {repeat.least} times at least and {repeat.most} times at most."
    hint = f"Write the smaller number first: {_bounds(grammar, repeat.most or 0, repeat.least)}."
    return "error", "repeat-bounds", repeat.span, message, hint


def _bounds(grammar: Grammar, least: int, most: int) -> str:
    return f'repeat="{least}-{most}"' if grammar.format == "grxml" else f'"<{least}-{most}>"'


def _about_weights(
    grammar: Grammar, alternatives: Alternatives, profile: Profile
) -> Iterator[_Found]:
    jsgf = grammar.format == "jsgf"
    strict = jsgf and profile != "pocketsphinx"
    xml = grammar.format == "grxml"
    weights = [item.weight for item in alternatives.items]
    if None in weights and jsgf:
        bare = next(item for item in alternatives.items if item.weight is None)
        message = "this alternative has no weight, but others beside it have one."
        if not strict:
            message += " pocketsphinx counts it as 1."
        severity: Severity = "error" if strict else "warning"
        hint = 'Give each a weight, "/2/ tea | /1/ coffee", or none.'
        yield severity, "partial-weights", bare.span, message, hint
    if all(weight == 0 for weight in weights):
        message = "all alternatives have the weight 0, so none can be chosen."
        hint = f"Give one a weight above 0: {_weights(xml)}."
        severity = "error" if strict else "warning"
        yield severity, "zero-weights", alternatives.span, message, hint
        return
    for item in alternatives.items:
        if item.weight is not None and item.weight < 0:
            message = f"a weight cannot be negative, as {item.weight:g} is."
            yield "error", "bad-weight", item.span, message, f"Write {_weights(xml)}."
        elif item.weight == 0:
            message = "this alternative has the weight 0: it is never expected."
            hint = f"Delete it, or give it a small weight: {_weights(xml)}."
            yield "note", "zero-weight", item.span, message, hint


def _weights(xml: bool) -> str:
    return '<item weight="0.1">tea</item>' if xml else '"/0.1/ tea | /2/ coffee"'
