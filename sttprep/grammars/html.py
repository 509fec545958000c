"""A grammar, and what is wrong with one, as a notebook shows it: HTML without scripts.

>>> from sttprep.source import Problem
>>> print(problems_html([Problem("warning", "unused-rule", "rule $x is never used.", line=3)]))
<div class="sttprep-problems" ...>...warning</b> <code>line:3</code> ...rule $x is never used...

Colours are seen on white and on black; all styles stand in the elements themselves, so that two
outputs in one page cannot disturb each other.
"""

from __future__ import annotations

import hashlib
import math
from collections import deque
from collections.abc import Iterable, Sequence

from sttprep.errors import SttprepError
from sttprep.grammars.diagram import railroad, rule_anchor
from sttprep.grammars.diagram_layout import escape
from sttprep.grammars.grammar import Grammar, Rule
from sttprep.grammars.wording import number_text
from sttprep.source import Problem, Severity

__all__ = ["grammar_html", "grammar_page", "problems_html", "reading_order", "tally"]

_RULES = 30  # diagrams shown
_NAMES = 300  # further rules named
_PROBLEMS = 100  # problems shown
_COUNTED = 20_000  # characters of a grammar whose sentences are counted unasked
_STATES = 2_000  # of an automaton made for that; some 0.1 s

_FORMATS = {"abnf": "SRGS ABNF", "grxml": "SRGS XML", "jsgf": "JSGF"}
_COLOURS: dict[Severity, str] = {"error": "#d73a49", "warning": "#a57100", "note": "#2f76d8"}

_BOX = "max-width:100%;text-align:left;line-height:1.4"
_SCROLL = "overflow-x:auto;margin:2px 0 10px"
_FAINT = "opacity:.75"
_EXCERPT = "margin:2px 0 0;padding:2px 0;overflow-x:auto;background:none;color:inherit"


def grammar_page(grammar: Grammar, rules: Sequence[Rule] | None = None) -> str:
    """The same as `grammar_html`, as a page of its own."""
    name = grammar.source.name or grammar.header.name or ""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(f'Grammar {name}'.strip())}</title>"
        '<meta name="viewport" content="width=device-width"><style>'
        ":root { color-scheme: light dark } body { font-family: sans-serif; margin: 1em }"
        f"</style></head><body>\n{grammar_html(grammar, rules)}\n</body></html>\n"
    )


def grammar_html(grammar: Grammar, rules: Sequence[Rule] | None = None) -> str:
    """What a grammar is, its warnings, and the diagrams of its rules, the root first.

    Args:
        grammar: what to show.
        rules: those to draw; None is all, but of large grammars the rest is only named.
    """
    prefix = _prefix(grammar)
    if rules is None:
        order = reading_order(grammar)
        shown, others = order[:_RULES], order[_RULES:]
    else:
        shown, others = list(rules), []
    targets = {rule.name for rule in shown}
    parts = [_heading(grammar)]
    if grammar.problems:
        parts.append(problems_html(grammar.problems))
    parts += [_rule(grammar, rule, prefix, targets) for rule in shown]
    if others:
        names = ", ".join(escape(_written(grammar, rule.name)) for rule in others[:_NAMES])
        more = f" and {len(others) - _NAMES:,} more" if len(others) > _NAMES else ""
        parts.append(
            f'<p style="{_FAINT}">{len(others):,} more rules are not drawn: {names}{more}. '
            "Draw one with <code>sttprep grammar draw FILE --rule NAME</code>.</p>"
        )
    return f'<div class="sttprep-grammar" style="{_BOX}">{"".join(parts)}</div>'


def problems_html(problems: Iterable[Problem]) -> str:
    """A list of problems: how bad, where, what, how to mend it, and the line with a caret."""
    listed = list(problems)
    if not listed:
        return (
            f'<div class="sttprep-problems" style="{_BOX}">'
            '<p style="margin:4px 0">No problems.</p></div>'
        )
    items = [_problem(problem) for problem in listed[:_PROBLEMS]]
    hidden = len(listed) - len(items)
    if hidden:
        items.append(f"<li>… and {hidden:,} more problems</li>")
    return (
        f'<div class="sttprep-problems" style="{_BOX}"><p style="margin:4px 0">'
        f'{tally(listed)}</p><ul style="list-style:none;margin:0 0 8px;padding:0">'
        f"{''.join(items)}</ul></div>"
    )


def _problem(problem: Problem) -> str:
    colour = _COLOURS[problem.severity]
    where = f"<code>{escape(problem.where)}</code> " if problem.where else ""
    hint = f' <span style="{_FAINT}">{escape(problem.hint)}</span>' if problem.hint else ""
    excerpt = f'<pre style="{_EXCERPT}">{escape(problem.excerpt)}</pre>' if problem.excerpt else ""
    return (
        f'<li style="border-left:4px solid {colour};padding:2px 0 2px 8px;margin:0 0 6px">'
        f'<b style="color:{colour}">{problem.severity}</b> {where}'
        f'<span title="{escape(problem.code)}">{escape(problem.message)}</span>{hint}{excerpt}</li>'
    )


def tally(problems: Iterable[Problem]) -> str:
    """How many there are of each kind.

    >>> tally([Problem("note", "x", ""), Problem("error", "x", ""), Problem("error", "y", "")])
    '2 errors, 1 note'
    """
    severities = [problem.severity for problem in problems]
    counted = []
    for severity in _COLOURS:  # the worst first
        number = severities.count(severity)
        if number:
            counted.append(f"{number:,} {severity}{'s' if number > 1 else ''}")
    return ", ".join(counted)


def _prefix(grammar: Grammar) -> str:
    """Different for different grammars, the same for the same one: anchors of one page."""
    digest = hashlib.sha256(grammar.source.name.encode("utf-8", "replace"))
    digest.update(b"\0")
    digest.update((grammar.source.text or repr(grammar.rules)).encode("utf-8", "replace"))
    return f"g{digest.hexdigest()[:10]}-"


def _heading(grammar: Grammar) -> str:
    header = grammar.header
    name = grammar.source.name or header.name or ""
    facts = [_FORMATS[grammar.format]]
    if header.language:
        facts.append(f"language {header.language}")
    if header.mode == "dtmf":
        facts.append("telephone keys")
    facts.append(_start(grammar))
    rules = len(grammar.rules)
    facts.append(f"{rules:,} rule{'' if rules == 1 else 's'}")
    sentences = _sentences(grammar)
    if sentences:
        facts.append(sentences)
    return (
        f'<p style="margin:4px 0"><b>Grammar {escape(name)}</b> '
        f'<span style="{_FAINT}">· {escape(" · ".join(facts))}</span></p>'
    )


def _start(grammar: Grammar) -> str:
    """Where sentences start."""
    if grammar.header.root is not None:
        return f"root {_written(grammar, grammar.header.root)}"
    public = [rule.name for rule in grammar.rules if rule.is_public]
    if len(public) == 1:
        return f"public rule {_written(grammar, public[0])}"
    return f"{len(public):,} public rules" if public else "no root, no public rule"


def _sentences(grammar: Grammar) -> str:
    """How many there are, where that is quickly found."""
    if len(grammar.source.text) > _COUNTED or not grammar.rules:
        return ""
    from sttprep.grammars.counting import count

    try:
        number = count(grammar, budget=_STATES)
    except SttprepError:
        return ""
    if number == math.inf:
        return "infinitely many sentences"
    return f"{number_text(int(number), 18)} sentence{'' if number == 1 else 's'}"


def _written(grammar: Grammar, name: str) -> str:
    """A rule's name as the format writes it.

    >>> from sttprep.grammars.grammar import Header
    >>> [_written(Grammar(format, Header(), ()), "size") for format in ("abnf", "grxml", "jsgf")]
    ['$size', 'size', '<size>']
    """
    if grammar.format == "abnf":
        return f"${name}"
    return f"<{name}>" if grammar.format == "jsgf" else name


def reading_order(grammar: Grammar, root: str | None = None) -> list[Rule]:
    """The root (or the public rules), what they use, level by level, then all others."""
    by_name = grammar.by_name
    root = root or grammar.header.root
    queue = deque([root] if root is not None else [r.name for r in grammar.rules if r.is_public])
    reached: dict[str, Rule] = {}
    while queue:
        name = queue.popleft()
        if name in reached or name not in by_name:
            continue
        rule = reached[name] = by_name[name]
        queue.extend(
            reference.rule
            for reference in rule.body.references
            if reference.grammar is None and reference.rule is not None
        )
    return [*reached.values(), *(rule for rule in grammar.rules if rule.name not in reached)]


def _rule(grammar: Grammar, rule: Rule, prefix: str, targets: set[str]) -> str:
    notes = []
    if rule.name == grammar.header.root:
        notes.append("root")
    if rule.scope:
        notes.append(rule.scope)
    if grammar.source.text:
        notes.append(f"line {grammar.source.position(rule.place(rule.name_span).start)[0]}")
    said = f'<p style="margin:0">{escape(rule.documentation)}</p>' if rule.documentation else ""
    if rule.examples:
        examples = ", ".join(f"“{escape(example)}”" for example in rule.examples[:5])
        said += f'<p style="margin:0;{_FAINT}">for example {examples}</p>'
    return (
        f'<div id="{escape(prefix + rule_anchor(rule.name))}" style="margin-top:8px">'
        f'<p style="margin:0"><b>{escape(_written(grammar, rule.name))}</b> '
        f'<span style="{_FAINT}">{escape(" · ".join(notes))}</span></p>{said}'
        f'<div style="{_SCROLL}">{railroad(rule, prefix=prefix, targets=targets)}</div></div>'
    )
