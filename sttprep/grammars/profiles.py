"""What IBM's service and pocketsphinx make of a grammar that the specification allows.

IBM: "Using grammars with custom language models", the parts of SRGS 1.0 that are not supported.
pocketsphinx: its own reader of JSGF files (``jsgf.c``), as of 5.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from sttprep.grammars.grammar import Grammar, Profile, Rule
from sttprep.grammars.link import Linked
from sttprep.grammars.wording import reference
from sttprep.source import Problem, Severity, Span

__all__ = ["check_profile"]

_IBM = "IBM's service does not support"
_START = Span(0, 1)


def check_profile(linked: Linked, profile: Profile) -> list[Problem]:
    """Findings that only one service or recognizer gives cause for."""
    grammar = linked.grammars[0]
    if profile == "ibm":
        return [*_ibm_header(grammar), *_ibm_rules(grammar)]
    if profile == "pocketsphinx":
        return [*_pocketsphinx_header(grammar), *_pocketsphinx_rules(grammar)]
    return []


def _find(grammar: Grammar, text: str | None) -> Span:
    """Where something of the header stands; the start of the text where it is not found."""
    end = grammar.rules[0].offset if grammar.rules else len(grammar.source.text)
    at = grammar.source.text.find(text, 0, max(end, 1)) if text else -1
    return Span(at, at + len(text or "")) if at >= 0 else _START


def _ibm_header(grammar: Grammar) -> Iterator[Problem]:
    header = grammar.header
    problem = grammar.source.problem
    if grammar.format == "jsgf":
        return  # refused as a whole where it is read
    if header.mode == "dtmf":
        yield problem(
            "error",
            "unsupported-mode",
            _find(grammar, "dtmf"),
            f"{_IBM} grammars of telephone keys.",
            'Write "mode voice;" (in XML: mode="voice") and the words.',
        )
    if header.encoding and header.encoding.upper() not in ("UTF-8", "UTF8"):
        is_xml = grammar.format == "grxml"
        declared = '<?xml version="1.0" encoding="UTF-8"?>' if is_xml else '"#ABNF 1.0 UTF-8;"'
        yield problem(
            "warning",
            "ignored-encoding",
            _find(grammar, header.encoding),
            f"IBM's service ignores the encoding {header.encoding}: it reads UTF-8 always.",
            f"Save the file as UTF-8 and declare that: {declared}.",
        )
    for uri, _ in header.lexicons:
        yield problem(
            "warning",
            "ignored-lexicon",
            _find(grammar, uri),
            f"the pronunciations in {uri} are not used: IBM's service does not load them.",
            "Add them to the custom words, as sounds-like.",
        )
    if header.tags or header.tag_format:
        yield problem(
            "error" if header.tags else "warning",
            "unsupported-tag",
            _find(grammar, header.tag_format or header.tags[0]),
            f"{_IBM} semantic interpretation (tags).",
            "Delete the tags and the tag format.",
        )


def _ibm_rules(grammar: Grammar) -> Iterator[Problem]:
    for rule in grammar.rules:
        rare = rule.body.facts.rare
        if rare is None or rule.broken:
            continue
        for use in rare.foreign:
            yield _at(
                grammar,
                rule,
                use.span,
                "unsupported-reference",
                f"{_IBM} references to other grammars ({use.grammar}).",
                f"Copy its rules into this grammar: {reference(grammar.format, use.rule or 'x')}.",
            )
        for special in rare.specials:
            without = 'what may be left out is written "[x]"'
            if grammar.format == "grxml":
                without = 'what may be left out is written <item repeat="0-1">x</item>'
            yield _at(
                grammar,
                rule,
                special.span,
                "unsupported-special-rule",
                f"{_IBM} the special rules NULL, VOID and GARBAGE.",
                f"Delete it; {without}.",
            )
        for token in rare.quoted if grammar.format == "abnf" else ():
            if "\\" in token.text:
                message = "IBM's service takes a backslash in ABNF for a syntax error."
                hint = "Write the grammar in the XML form: <item>" + token.text + "</item>."
                yield _at(grammar, rule, token.span, "backslash", message, hint)
        for tag in rare.tags:
            message = f"{_IBM} semantic interpretation (tags)."
            hint = "Delete the tag, and look at the words of the result instead."
            yield _at(grammar, rule, tag.span, "unsupported-tag", message, hint)
        for part in rare.languages:
            yield _at(
                grammar,
                rule,
                part.span,
                "unsupported-language",
                f"{_IBM} a change of language ({part.language}): one grammar, one language.",
                "Delete the language here, or make a grammar for each language.",
            )


def _pocketsphinx_header(grammar: Grammar) -> Iterator[Problem]:
    if grammar.format != "jsgf":
        yield grammar.source.problem(
            "warning",
            "format-not-taken",
            _START,
            "pocketsphinx itself reads JSGF only.",
            'Convert it: "sttprep grammar convert --to jsgf".',
        )


def _pocketsphinx_rules(grammar: Grammar) -> Iterator[Problem]:
    tags = 0
    for rule in grammar.rules:
        rare = rule.body.facts.rare
        if rare is None or rule.broken:
            continue
        for special in rare.specials:
            if special.name == "VOID":
                message = (
                    "pocketsphinx leaves out, in silence, the alternatives of this rule written "
                    "before VOID."
                )
                hint = "Delete the alternative with VOID."
                yield _at(grammar, rule, special.span, "void-rule", message, hint, "warning")
        if rare.tags and not tags:
            tags += 1
            message = "pocketsphinx ignores tags: its results are words only."
            hint = "Keep them for other programs, or delete them."
            yield _at(grammar, rule, rare.tags[0].span, "ignored-tag", message, hint, "note")


def _at(
    grammar: Grammar,
    rule: Rule,
    span: Span,
    code: str,
    message: str,
    hint: str,
    severity: Severity = "error",
) -> Problem:
    return grammar.source.problem(severity, code, rule.place(span), message, hint)
