"""One rule of an SRGS ABNF grammar, from its statement.

>>> result = read_rule("public $size = small | large")
>>> result.name, result.scope, result.body.expression.items.__next__().expression.text
('size', 'public', 'small')
>>> [finding.hint for finding in read_rule("$size small | large").findings]
['Write $size = small | large;']
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from sttprep.grammars.abnf_checks import check_rule_name
from sttprep.grammars.abnf_expansion import read_expansion
from sttprep.grammars.abnf_plain import read_plain
from sttprep.grammars.abnf_tokens import BLANK, RULE_NAME, Finding, show
from sttprep.grammars.assemble import span_of
from sttprep.grammars.expression import Special
from sttprep.grammars.grammar import Body
from sttprep.grammars.wording import similar
from sttprep.source import Span

__all__ = ["RuleText", "broken_rule", "read_rule"]

Scope = Literal["public", "private"]


class RuleText(NamedTuple):
    """What a statement says, wherever it stands."""

    name: str
    scope: Scope | None
    body: Body
    name_span: Span
    findings: tuple[Finding, ...] = ()
    broken: bool = False
    counts: bool = True
    """Whether it defines a rule: `$NULL` and its like cannot be defined."""


# ruleDefinition ::= scope? RuleName '=' ruleExpansion ';'
_HEAD = re.compile(
    rf"(?:(public|private)(?:{BLANK}+|(?=\$)))?\$({RULE_NAME.pattern}){BLANK}*=(?![=>])"
)
# The same as people write it: another scope, another prefix, another sign.
_LIKE = re.compile(
    rf"(?P<scope>[A-Za-z-]+{BLANK}+)?(?P<name>\$[^ \t\r\n=;|(){{}}\[\]\"<>/]*|<[^<>\r\n]*>)"
    rf"{BLANK}*(?P<equals>(?:::?|:)?=+>?|->|:)?"
)
_BARE = re.compile(
    rf"(?:(?P<scope>public|private){BLANK}+)?(?P<name>[^\s=;|(){{}}<>/\"$]+){BLANK}*="
)
_SCOPES = ("public", "private")
_SPECIAL = ("NULL", "VOID", "GARBAGE")
_SHORT = 4096  # characters; of these statements thousands are remembered, …
_LONG = 4_000_000  # … of these a few, of longer ones none


def read_rule(text: str) -> RuleText | None:
    """What the statement of a rule says; None if it is not one."""
    if len(text) <= _SHORT:
        return _short_rule(text)
    return _long_rule(text) if len(text) <= _LONG else _read(text)


def _read(text: str) -> RuleText | None:
    head = _HEAD.match(text)
    if head is None:
        return _unusual(text)
    scope, name = cast("tuple[Scope | None, str]", head.groups())
    at, end = head.span(2)
    span = span_of(at - 1, end)
    start = head.end()
    plain = read_plain(text, start) if name not in _SPECIAL else None
    if plain is not None:
        return RuleText(name, scope, Body(plain), span, (), False, True)
    expression, findings = read_expansion(text, start)
    counts = name not in _SPECIAL
    if not counts:
        findings.insert(0, _special(name, span))
    if expression is None:
        return RuleText(name, scope, _broken(), span, tuple(findings), True, counts)
    return RuleText(name, scope, Body(expression), span, tuple(findings), counts=counts)


_short_rule = lru_cache(maxsize=8192)(_read)
_long_rule = lru_cache(maxsize=8)(_read)


def broken_rule(text: str) -> RuleText | None:
    """What is left of a rule whose statement is cut off at something never closed."""
    head = _HEAD.match(text)
    if head is None:
        return None
    scope, name = cast("tuple[Scope | None, str]", head.groups())
    return RuleText(
        name, scope, _broken(), Span(head.start(2) - 1, head.end(2)), (), True, name not in _SPECIAL
    )


def _broken() -> Body:
    return Body(Special("VOID"))


def _special(name: str, span: Span) -> Finding:
    return Finding(
        "special-rule",
        span.start,
        span.end,
        f"${name} has its meaning and cannot be defined.",
        f"Give the rule another name, for example ${name.lower()}.",
    )


def _unusual(text: str) -> RuleText | None:
    """A rule with something wrong before its right side."""
    bare = _BARE.match(text)
    if bare is not None:
        return _without_dollar(text, bare)
    found = _LIKE.match(text)
    if found is None:
        return None
    written, equals = found["name"], found["equals"] or ""
    scope = (found["scope"] or "").strip()
    if scope not in ("", *_SCOPES) and not equals:
        return None
    at, end = found.span("name")
    findings: list[Finding] = []
    if scope and scope not in _SCOPES:
        findings.append(_unknown_scope(scope, written))
    name = written.strip("$<>").strip()
    if written.startswith("<"):
        better = name if RULE_NAME.fullmatch(name) else "size"
        findings.append(
            Finding(
                "bad-rule-name",
                at,
                end,
                f"{show(written)} is the name of a rule in JSGF; in ABNF it starts with '$'.",
                f"Write ${better} = … ;",
            )
        )
    elif written == "$":
        found_name = RULE_NAME.match(text[end:].strip())
        better = found_name[0] if found_name else "size"
        findings.append(
            Finding(
                "bad-rule-name",
                at,
                end,
                "the name of a rule must follow '$' at once.",
                f"Write ${better} = … ;",
            )
        )
        return RuleText("", None, _broken(), Span(at, end), tuple(findings), True, False)
    else:
        findings += (
            finding._replace(start=finding.start + at, end=finding.end + at)
            for finding in check_rule_name(written)
        )
    start = found.end()
    rest = text[start:].strip()
    if equals != "=":
        findings.append(_no_equals(text, found, equals, rest))
    _, inside = read_expansion(text, start) if equals else (None, [])
    findings += inside
    kept = scope if scope in _SCOPES else None
    return RuleText(
        name,
        kept,  # type: ignore[arg-type]
        _broken(),
        Span(at, end),
        tuple(findings),
        True,
        bool(name),
    )


def _no_equals(text: str, found: re.Match[str], equals: str, rest: str) -> Finding:
    head = " ".join(text[: found.end("name")].split())
    if equals:
        start, end = found.span("equals")
        message = f"'=' is expected between the name of a rule and its right side, not '{equals}'."
    else:
        start = end = found.end("name")
        message = "'=' is missing between the name of this rule and its right side."
    return Finding("missing-equals", start, end, message, f"Write {head} = {show(rest or '…')};")


def _unknown_scope(scope: str, name: str) -> Finding:
    near = similar(scope, _SCOPES) or "private"
    return Finding(
        "unknown-scope",
        0,
        len(scope),
        f"'{scope}' is no scope: a rule is public or private.",
        f"Write {near} {name} = … ;",
    )


def _without_dollar(text: str, bare: re.Match[str]) -> RuleText:
    name = bare["name"]
    better = name if RULE_NAME.fullmatch(name) else re.sub(r"\W+", "_", name)
    better = better if RULE_NAME.fullmatch(better) else "size"
    scope = f"{bare['scope']} " if bare["scope"] else ""
    _, inside = read_expansion(text, bare.end())
    finding = Finding(
        "missing-dollar",
        bare.start("name"),
        bare.end("name"),
        f"'$' is missing before the name of the rule {show(name)}.",
        f"Write {scope}${better} = {show(text[bare.end() :].strip() or '…')};",
    )
    span = Span(bare.start("name"), bare.end("name"))
    return RuleText(
        name,
        bare["scope"],  # type: ignore[arg-type]
        _broken(),
        span,
        (finding, *inside),
        True,
    )
