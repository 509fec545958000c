r"""All that can be found wrong with a grammar once it has been read.

>>> from sttprep.grammars import check_grammar
>>> text = "#ABNF 1.0;\nlanguage en;\nroot $order;\n$order = a $size tea;\n$sizes = small;\n"
>>> for problem in check_grammar(text):
...     print(problem.line, problem.severity, problem.code)
4 error undefined-rule
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sttprep.errors import GrammarError
from sttprep.grammars.check_names import check_names
from sttprep.grammars.check_sense import check_sense
from sttprep.grammars.grammar import Grammar, Profile
from sttprep.grammars.link import Linked
from sttprep.grammars.profiles import check_profile
from sttprep.grammars.wording import limited, shown
from sttprep.source import Problem, Span

__all__ = ["check"]

# BCP 47, the forms in use: a language of two or three letters, then subtags; or private use.
_LANGUAGE = re.compile(r"([A-Za-z]{2,3}|[xXiI])(-[A-Za-z0-9]{1,8})*")


def check(linked: Linked, profile: Profile) -> list[Problem]:
    """Findings about the rules of a grammar, and about its use of other grammars.

    Args:
        linked: the grammar and those it refers to.
        profile: rules to check by.
    """
    problems = list(linked.problems)
    problems += check_names(linked, 0, profile)
    problems += check_sense(linked, 0, profile)
    problems += _check_others(linked, profile)
    problems += _check_language(linked.grammars[0])
    problems += check_profile(linked, profile)
    if not any(problem.severity == "error" for problem in problems):
        problems += limited(_check_examples(linked.grammars[0]))
    return problems


def _check_others(linked: Linked, profile: Profile) -> Iterator[Problem]:
    """Errors of the grammars referred to, each grammar's first at the reference that led there."""
    for number in range(1, len(linked.grammars)):
        found = [
            *linked.inner.get(number, ()),
            *check_names(linked, number, profile),
            *check_sense(linked, number, profile),
        ]
        errors = [problem for problem in found if problem.severity == "error"]
        if not errors:
            continue
        first = min(errors, key=lambda problem: (problem.line or 0, problem.column or 0))
        user, span = linked.users[number - 1]
        while user:
            user, span = linked.users[user - 1]
        yield linked.grammars[0].source.problem(
            "error",
            "external-grammar",
            span,
            f"the grammar {linked.grammars[number].source.name} has errors: "
            f"{first.where}: {first.message}",
            "Mend that grammar first.",
        )


def _check_language(grammar: Grammar) -> Iterator[Problem]:
    language = grammar.header.language
    if language is None or _LANGUAGE.fullmatch(language):
        return
    at = max(grammar.source.text.find(language), 0)
    yield grammar.source.problem(
        "warning",
        "bad-language",
        Span(at, at + len(language)),
        f"{language!r} is not a language code.",
        'Write a code of two letters and, if you like, a country: "en-US", "fr".',
    )


def _check_examples(grammar: Grammar) -> Iterator[Problem]:
    """Examples in the grammar that their rule does not accept."""
    from sttprep.grammars.nearest import nearest
    from sttprep.grammars.parse import parse

    linked = grammar.linked
    broken = any(rule.broken for rule in grammar.rules)
    for rule in grammar.rules:
        if broken and rule.examples:
            needed = linked.reachable(linked.roots(rule.name))
            if any(linked.rule(key).broken for key in needed):
                continue  # what it accepts is not known
        for number, example in enumerate(rule.examples):
            said = example.replace('"', " ")  # quotes only hold the words of a token together
            if not said.strip():
                continue
            try:
                if parse(grammar, said, rule.name) is not None:
                    continue
                near = nearest(grammar, said, rule.name)
            except GrammarError:  # it needs a grammar that was not loaded
                return
            hint = "Mend the rule or the example"
            if near is not None:
                hint += f"; the nearest sentence it accepts is {_said(near[0])}"
            spans = rule.example_spans[number:]
            yield grammar.source.problem(
                "warning",
                "bad-example",
                rule.place(spans[0] if spans else rule.name_span),
                f"rule {shown(grammar.format, rule.name)} does not accept its example {example!r}.",
                f"{hint}.",
            )


def _said(sentence: str) -> str:
    return f'"{sentence}"' if sentence else "the empty one (nothing said)"
