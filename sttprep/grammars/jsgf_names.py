"""Names in JSGF: of rules, of grammars, of rules in other grammars.

>>> is_rule_name("next-stop"), is_rule_name("größe"), is_rule_name("a.b"), is_rule_name("*")
(True, True, False, False)
>>> split_name("com.acme.politeness.please")
('com.acme.politeness', 'please')
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["is_grammar_name", "is_rule_name", "name_complaint", "split_name"]

# JSGF 1.0, 2.2: a rule name is like a Java identifier, with more signs allowed:
# + - : ; , = | / \ ( ) [ ] @ # % ! ^ & ~
_SIGNS = r"+\-:;,=|/\\()\[\]@#%!^&~"
_COMMON = re.compile(rf"[\w${_SIGNS}]+")
_COMMON_IDENTIFIER = re.compile(r"[^\W\d][\w$]*")
_PARTS = {"Ll", "Lm", "Lo", "Lt", "Lu", "Mc", "Mn", "Nd", "Nl", "Pc", "Sc", "Cf"}
"""Kinds of characters in a Java identifier (Character.isJavaIdentifierPart)."""
_STARTS = {"Ll", "Lm", "Lo", "Lt", "Lu", "Nl", "Pc", "Sc"}


def _is_part(character: str) -> bool:
    return unicodedata.category(character) in _PARTS


def is_rule_name(text: str) -> bool:
    """Whether this can name a rule (JSGF 1.0, 2.2), the grammar not named."""
    if _COMMON.fullmatch(text):
        return True
    return bool(text) and all(_is_part(c) or _COMMON.fullmatch(c) for c in text)


def is_grammar_name(text: str) -> bool:
    """Whether this can name a grammar: Java identifiers with dots between them (JSGF 1.0, 2.1)."""
    return all(_is_identifier(part) for part in text.split("."))


def _is_identifier(text: str) -> bool:
    if _COMMON_IDENTIFIER.fullmatch(text):
        return True
    return (
        bool(text)
        and unicodedata.category(text[0]) in _STARTS
        and all(_is_part(character) for character in text)
    )


def split_name(text: str) -> tuple[str | None, str]:
    """Grammar and rule of a rule name; the grammar is None where it is not named."""
    grammar, dot, rule = text.rpartition(".")
    return (grammar if dot else None), rule


def name_complaint(text: str) -> tuple[str, str] | None:
    """What is wrong with a name between ``<`` and ``>``, and how to mend it; None if nothing."""
    if not text.strip():
        return "there is no rule name between '<' and '>'.", 'Write e.g. "<size>".'
    grammar, rule = split_name(text)
    if is_rule_name(rule) and (grammar is None or is_grammar_name(grammar)):
        return None
    if text != text.strip():
        return "a rule name has no blanks around it.", f'Write "<{text.strip()}>".'
    if re.search(r"\s", text):
        mended = "-".join(text.split())
        return f"the rule name '{text}' has a blank in it.", f'Write e.g. "<{mended}>".'
    if "" in text.split("."):
        return (
            f"the rule name '{text}' has a dot with no name beside it.",
            'A grammar and its rule are written "<grammar.rule>", with names on both sides.',
        )
    bad = next((c for c in text if c != "." and not is_rule_name(c)), "")
    what = f"'{bad}' cannot be in a rule name." if bad else f"'{text}' is no legal rule name."
    return what, 'Use letters, digits and signs such as "-" and "_", e.g. "<next-stop>".'
