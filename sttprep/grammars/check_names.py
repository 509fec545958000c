"""Checks of rule names: defined, defined once, used, reached."""

from __future__ import annotations

from collections.abc import Iterator

from sttprep.grammars.expression import Reference
from sttprep.grammars.grammar import Grammar, Profile, Rule
from sttprep.grammars.link import Linked
from sttprep.grammars.rule_graph import reachable
from sttprep.grammars.wording import definition, limited, listed, quoted, reference, shown
from sttprep.source import Problem, Severity, Span

__all__ = ["check_names"]

_SPECIAL = ("NULL", "VOID", "GARBAGE")
_SUGGESTIONS = 50  # names for which similar ones are looked up: that takes time for each of them
_SIMILAR = 75  # of 100: one wrong letter in four


def check_names(linked: Linked, number: int, profile: Profile) -> list[Problem]:
    """Findings about the names of one of the linked grammars.

    Args:
        linked: the grammars.
        number: which of them.
        profile: ``pocketsphinx`` takes some errors and makes something else of them.
    """
    grammar = linked.grammars[number]
    if not grammar.rules:
        message = "the grammar has no rules, so it matches nothing."
        example = quoted(definition(grammar.format, "order", "tea", "coffee", public=True))
        found = [grammar.source.problem("note", "no-rules", Span(0, 1), message, f"Add {example}.")]
        return found + list(_undefined_root(grammar))
    suggested: set[str] = set()
    return [
        *limited(_undefined(linked, number, profile, suggested)),
        *_undefined_root(grammar),
        *limited(_defined_twice(grammar, profile)),
        *_special_names(grammar),
        *limited(_unused(linked, number, suggested)),
    ]


def _undefined(
    linked: Linked, number: int, profile: Profile, suggested: set[str]
) -> Iterator[Problem]:
    grammar = linked.grammars[number]
    known = grammar.by_name
    imported = linked.imported.get(number, {})
    unloaded = linked.unloaded.get(number, frozenset())
    if "*" in unloaded:
        return
    hints: dict[str, tuple[str, str]] = {}
    severity: Severity = "warning" if profile == "pocketsphinx" else "error"
    for rule in grammar.rules:
        facts = rule.body.facts
        if all(name in known for name in facts.names):
            continue
        for use in rule.body.references:
            name = use.rule
            if name is None or use.grammar is not None or name in known:
                continue
            if name in imported or name in unloaded:
                continue
            if name not in hints:
                near = _near(name, grammar) if len(hints) < _SUGGESTIONS else []
                suggested.update(near)
                hints[name] = _explained(name, grammar, near)
            message, hint = hints[name]
            if severity == "warning":
                message += (
                    " pocketsphinx leaves out, in silence, this and the other alternatives of "
                    "each rule that leads here."
                )
            yield _at(grammar, rule, use, severity, "undefined-rule", message, hint)


def _near(name: str, grammar: Grammar) -> list[str]:
    other_case = [known for known in grammar.by_name if known.casefold() == name.casefold()]
    if other_case:
        return other_case
    from rapidfuzz import process  # only grammars with mistakes need it

    found = process.extract(name, list(grammar.by_name), limit=3, score_cutoff=_SIMILAR)
    return [known for known, _, _ in found]


def _explained(name: str, grammar: Grammar, near: list[str]) -> tuple[str, str]:
    format = grammar.format
    message = f"rule {shown(format, name)} is used but not defined."
    example = quoted(definition(format, name, "small", "large"))
    if not near:
        message += f" Defined: {listed(shown(format, other) for other in grammar.by_name)}."
        return message, f"Add {example}."
    if near[0].casefold() == name.casefold():
        message += f" There is {shown(format, near[0])}: capital and small letters differ."
    else:
        message += f" Similar: {listed(shown(format, other) for other in near)}."
    return message, f"Write {quoted(reference(format, near[0]))}, or add {example}."


def _undefined_root(grammar: Grammar) -> Iterator[Problem]:
    root = grammar.header.root
    if root is None or root in grammar.by_name:
        return
    near = _near(root, grammar)
    message, hint = _explained(root, grammar, near)
    message = message.replace("is used but", "is declared as the root, but", 1)
    if near:
        name = near[0]
        declared = f'root="{name}"' if grammar.format == "grxml" else f"root ${name};"
        hint = f"Write {quoted(declared)}."
    span = grammar.header.root_span or Span(0, 1)
    yield grammar.source.problem("error", "undefined-root", span, message, hint)


def _defined_twice(grammar: Grammar, profile: Profile) -> Iterator[Problem]:
    if len(grammar.by_name) == len(grammar.rules):
        return
    for rule in grammar.rules:
        first = grammar.by_name[rule.name]
        if first is rule:
            continue
        name = shown(grammar.format, rule.name)
        line, _ = grammar.source.position(first.place(first.name_span).start)
        message = f"rule {name} is defined already, on line {line}."
        joined = quoted(definition(grammar.format, rule.name, "…", "…"))
        hint = f"Rename or delete one, or join them: {joined}."
        severity: Severity = "error"
        if profile == "pocketsphinx":
            severity = "warning"
            message += " pocketsphinx keeps the first one only."
        span = rule.place(rule.name_span)
        yield grammar.source.problem(severity, "duplicate-rule", span, message, hint)


def _special_names(grammar: Grammar) -> Iterator[Problem]:
    """SRGS 2.2.3; those of JSGF are judged where they are read."""
    for name in _SPECIAL if grammar.format != "jsgf" else ():
        for rule in grammar.rules if name in grammar.by_name else ():
            if rule.name == name:
                message = f"{shown(grammar.format, name)} is a special rule: it cannot be defined."
                other = definition(grammar.format, f"my{name.title()}", "small", "large")
                hint = f"Give the rule another name: {quoted(other)}."
                span = rule.place(rule.name_span)
                yield grammar.source.problem("error", "special-rule", span, message, hint)


def _unused(linked: Linked, number: int, suggested: set[str]) -> Iterator[Problem]:
    """Rules without a use, those only such rules use, and a grammar without a start."""
    grammar = linked.grammars[number]
    format = grammar.format
    root = grammar.header.root
    broken = any(rule.broken for rule in grammar.rules)
    if broken or (root is not None and root not in grammar.by_name):
        return  # what could not be read may use them
    graph = linked.graph
    starts = [
        graph.number((number, rule.name))
        for rule in grammar.by_name.values()
        if rule.is_public or rule.name == root
    ]
    if not starts:
        name = next(iter(grammar.by_name))
        message = "nothing can be matched: there is no public rule."
        hint = f"Make one public: {quoted(definition(format, name, '…', public=True))}."
        if format != "jsgf":
            message = "nothing can be matched: no root is declared, and there is no public rule."
            declared = f'root="{name}"' if format == "grxml" else f"root ${name};"
            hint = f"Declare the root: {quoted(declared)}."
        rule = grammar.by_name[name]
        span = rule.place(rule.name_span)
        yield grammar.source.problem("warning", "no-start", span, message, hint)
        return
    reached = set(reachable(graph.targets, starts))
    if len(reached) >= len(graph.rules):
        return
    used = {
        target
        for user in range(len(graph.rules))
        for target in graph.targets[user]
        if target != user
    }
    for rule in grammar.by_name.values():
        key = graph.number((number, rule.name))
        if key in reached or rule.name in suggested or rule.name in _SPECIAL:
            continue
        name = shown(format, rule.name)
        public = quoted(definition(format, rule.name, "…", public=True))
        span = rule.place(rule.name_span)
        if key in used:
            start = shown(format, root) if root else "any public rule"
            yield grammar.source.problem(
                "warning",
                "unreachable-rule",
                span,
                f"rule {name} cannot be reached from {start}: only rules that cannot be reached "
                "either use it.",
                f"Use one of them, delete them, or make this one public: {public}.",
            )
        else:
            yield grammar.source.problem(
                "warning",
                "unused-rule",
                span,
                f"rule {name} is never used.",
                f"Use it ({quoted(reference(format, rule.name))}), delete it, "
                f"or make it public for other grammars: {public}.",
            )


def _at(
    grammar: Grammar,
    rule: Rule,
    use: Reference,
    severity: Severity,
    code: str,
    message: str,
    hint: str,
) -> Problem:
    return grammar.source.problem(severity, code, rule.place(use.span), message, hint)
