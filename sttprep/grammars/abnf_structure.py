"""What is wrong with the order of the tokens of an SRGS ABNF rule.

>>> finding = explain("$r = (a | b", 5, 11)
>>> finding.code, finding.start, finding.message
('unclosed-group', 5, "this '(' is never closed: a closing ')' is missing.")
"""

from __future__ import annotations

import re

from sttprep.grammars.abnf_tokens import TOKEN, Finding, show

__all__ = ["explain"]

_CLOSERS = {"(": ")", "[": "]"}


def explain(text: str, start: int, at: int) -> Finding:
    """Why a rule whose right side starts at an offset cannot be read beyond another offset.

    Args:
        text: the statement.
        start: offset behind its ``=``.
        at: offset of the first token that does not fit; the length of the text if that is its end.
    """
    before: list[re.Match[str]] = []
    openers: list[re.Match[str]] = []
    token: re.Match[str] | None = None
    for token in TOKEN.finditer(text, start):
        if token.end() > at:
            break
        before.append(token)
        if token[0] in _CLOSERS:
            openers.append(token)
        elif token[0] in (")", "]") and openers:
            openers.pop()
    else:
        token = None
    last = before[-1] if before else None
    kind = token.lastgroup if token is not None else None
    if token is None or token[0] in ("|", ")", "]"):
        finding = _nothing_before(text, start, token, last) or _brackets(text, token, openers)
        if finding is not None:
            return finding
    elif kind == "repeat":
        return _repeat(text, token, last)
    elif kind == "language":
        return _language(text, token, last)
    elif kind == "weight":
        return _weight(text, token, last)
    end = token.end() if token is not None else at
    return Finding(
        "unexpected",
        at,
        end,
        f"{_name(token)} does not fit here.",
        "Write words, $names of rules, groups and bars, and end the rule with ';'.",
    )


def _nothing_before(
    text: str, start: int, token: re.Match[str] | None, last: re.Match[str] | None
) -> Finding | None:
    """A bar, a closing bracket or the end where words are expected."""
    if last is None and token is None:
        head = text[:start].rstrip()
        return Finding(
            "empty-rule",
            len(head) - 1,
            len(head),
            "the right side of this rule is empty.",
            f"Write words behind '=', or {show(head)} $NULL; to match nothing said.",
        )
    if last is not None and last.lastgroup == "weight":
        return Finding(
            "empty-alternative",
            last.start(),
            last.end(),
            f"an alternative must follow the weight {last[0]}.",
            f"Write for example {last[0]} tea, or {last[0]} () for nothing said.",
        )
    if last is not None and last[0] == "[" and token is not None and token[0] == "]":
        return Finding(
            "empty-optional",
            last.start(),
            token.end(),
            "there is nothing between [ and ].",
            "Write what may be left out, for example [please], or take the brackets away.",
        )
    bar = token if token is not None and token[0] == "|" else last
    if bar is None or bar[0] not in ("|", "(", "[") or (bar is last and bar[0] != "|"):
        return None
    if bar is token and last is not None and last[0] not in ("|", "(", "["):
        return None
    side = "after" if bar is last else "before"
    return Finding(
        "empty-alternative",
        bar.start(),
        bar.end(),
        f"words are expected {side} this '|': an alternative cannot be empty.",
        f"Take the '|' away, or write () where nothing is said: {_mended(text, bar, side)}.",
    )


def _mended(text: str, bar: re.Match[str], side: str) -> str:
    """The neighbourhood of a bar, with ``()`` on its empty side."""
    if side == "after":
        word = re.split(r"[|(\[=]", text[: bar.start()])[-1].strip()
        return f"{show(word)} | ()" if word else "tea | ()"
    word = re.split(r"[|)\];]", text[bar.end() :])[0].strip()
    return f"() | {show(word)}" if word else "() | tea"


def _brackets(
    text: str, token: re.Match[str] | None, openers: list[re.Match[str]]
) -> Finding | None:
    sign = token[0] if token is not None else ""
    if sign == "|":
        return None
    if not openers:
        if token is None:
            return None
        missing = {")": "(", "]": "["}[sign]
        return Finding(
            "unopened-group",
            token.start(),
            token.end(),
            f"there is no '{missing}' before this '{sign}'.",
            f"Take it away, or write '{missing}' where the group starts.",
        )
    opener = openers[-1]
    expected = _CLOSERS[opener[0]]
    if token is not None and not any(_CLOSERS[known[0]] == sign for known in openers):
        return Finding(
            "unclosed-group",
            token.start(),
            token.end(),
            f"'{sign}' cannot close the group that starts with '{opener[0]}': a closing "
            f"'{expected}' is expected.",
            f"Write {show(text[opener.start() : token.start()].rstrip())}{expected}.",
        )
    inside = text[opener.start() : token.start() if token else len(text)].rstrip()
    return Finding(
        "unclosed-group",
        opener.start(),
        opener.end(),
        f"this '{opener[0]}' is never closed: a closing '{expected}' is missing.",
        f"Write {show(inside)}{expected}.",
    )


def _repeat(text: str, token: re.Match[str], last: re.Match[str] | None) -> Finding:
    if last is not None and last.lastgroup == "repeat":
        return Finding(
            "double-repeat",
            token.start(),
            token.end(),
            f"one repeat cannot follow another: {last[0]}{token[0]}.",
            f"Write a group around the first: ( … {last[0]}){token[0]}.",
        )
    following = re.match(r"\s*([^\s|()\[\]<>{}]+)", text[token.end() :])
    word = following[1] if following else "tea"
    return Finding(
        "misplaced-repeat",
        token.start(),
        token.end(),
        f"there is nothing before {show(token[0])} that could be repeated.",
        f"A repeat stands behind what it repeats: {show(word)}{show(token[0])}.",
    )


def _language(text: str, token: re.Match[str], last: re.Match[str] | None) -> Finding:
    here = (token.start(), token.end())
    kind = last.lastgroup if last is not None else None
    if last is not None and kind == "repeat":
        thing = re.search(r"[^\s|()\[\]]*[)\]]?$", text[: last.start()].rstrip())
        body = thing[0] if thing else ""
        return Finding(
            "misplaced-language",
            *here,
            "a language stands before the repeat, not behind it.",
            f"Write {show(body)}{token[0]}{last[0]}.",
        )
    if last is not None and kind in ("rule", "external"):
        return Finding(
            "misplaced-language",
            *here,
            "a language cannot be given to a reference, whose rule has its own.",
            f"Write {show(last[0])} alone, and the language in its rule.",
        )
    if last is not None and kind == "language":
        return Finding(
            "misplaced-language",
            *here,
            "a language is given already.",
            f"Write one of them: {last[0]} or {token[0]}.",
        )
    return Finding(
        "misplaced-language",
        *here,
        f"{token[0]} stands behind no word, quotation or group that could be in a language.",
        f"Write for example oui{token[0]} or (bien sur){token[0]}.",
    )


def _weight(text: str, token: re.Match[str], last: re.Match[str] | None) -> Finding:
    if last is not None and last.lastgroup == "weight":
        return Finding(
            "double-weight",
            token.start(),
            token.end(),
            f"this alternative has a weight already: {last[0]}.",
            f"Write one of them: {last[0]} or {token[0]}.",
        )
    begin = re.split(r"[|(\[=]", text[: token.start()])[-1].strip()
    return Finding(
        "misplaced-weight",
        token.start(),
        token.end(),
        "a weight stands only at the start of an alternative.",
        f"Write {token[0]} {show(begin)}." if begin else f"Write {token[0]} tea | coffee.",
    )


def _name(token: re.Match[str] | None) -> str:
    return f"'{show(token[0])}'" if token is not None else "the end of the rule"
