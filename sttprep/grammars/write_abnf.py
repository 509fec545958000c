"""A grammar as SRGS ABNF."""

from __future__ import annotations

from sttprep.grammars.abnf_tokens import RULE_NAME, WORD
from sttprep.grammars.expression import (
    Alternative,
    Expression,
    InLanguage,
    Reference,
    Repeat,
    Sequence,
    Special,
    Tag,
    Token,
)
from sttprep.grammars.grammar import Grammar, Meta, Rule
from sttprep.grammars.write_layout import Group, lay_out
from sttprep.grammars.write_target import Target, as_block, as_lines, number
from sttprep.grammars.write_text import Part, TextBuilder
from sttprep.source import Span

__all__ = ["abnf_text", "check_srgs_names", "declarations", "srgs_language", "srgs_root"]

_SPECIAL = {"NULL", "VOID", "GARBAGE"}


def abnf_text(target: Target) -> str:
    """The grammar as ABNF; what ABNF cannot say is kept in ``target.problems``."""
    grammar = target.grammar
    check_srgs_names(target)
    header = grammar.header
    language, note = srgs_language(grammar)
    declared, dropped = declarations(grammar)
    lines = ["#ABNF 1.0 UTF-8;"]
    for comment in header.comments:
        lines += as_lines(comment)
    lines += [f"// {text}" for text in [*note, *dropped]]
    lines += as_block(header.documentation)
    if language:
        lines.append(f"language {language};")
    lines.append(f"mode {header.mode};")
    root = srgs_root(grammar)
    if root is not None:
        lines.append(f"root ${root};")
    lines += declared
    for rule in grammar.rules:
        lines += ["", *_rule_lines(target, rule)]
    if grammar.trailing_comments:
        lines.append("")
    for comment in grammar.trailing_comments:
        lines += as_lines(comment)
    return "\n".join(lines) + "\n"


def check_srgs_names(target: Target) -> None:
    """Refuse names that SRGS does not allow."""
    for rule in target.grammar.rules:
        target.rule = rule
        if not RULE_NAME.fullmatch(rule.name):
            hint = "Rename it: letters, digits and '_' are allowed, e.g. 'next_stop'."
            target.refuse(rule.name_span, "does not allow this name of a rule", hint)
        elif rule.name in _SPECIAL:
            hint = f"Rename it, e.g. 'my_{rule.name.lower()}'."
            target.refuse(rule.name_span, "has a meaning of its own for this name", hint)
    target.rule = None


def srgs_language(grammar: Grammar) -> tuple[str | None, list[str]]:
    """The language, and a remark where it had to be guessed."""
    header = grammar.header
    if header.language or header.mode == "dtmf":
        return (header.language or "").replace("_", "-") or None, []
    return "en-US", ["The language was not said; en-US is a guess."]


def srgs_root(grammar: Grammar) -> str | None:
    """The root; a JSGF grammar with one public rule begins there."""
    if grammar.format != "jsgf" or grammar.header.root is not None:
        return grammar.header.root
    public = [rule.name for rule in grammar.rules if rule.is_public]
    return public[0] if len(public) == 1 else None


def declarations(grammar: Grammar) -> tuple[list[str], list[str]]:
    """Other declarations, and those that can only be written as a comment."""
    header = grammar.header
    lines: list[str] = []
    dropped: list[str] = []

    def add(keyword: str, value: str, rest: str = "") -> None:
        legal = value and not set("<>") & set(value)
        (lines if legal else dropped).append(f"{keyword} <{value}>{rest};")

    if header.tag_format is not None:
        add("tag-format", header.tag_format)
    if header.base is not None:
        add("base", header.base)
    for uri, media_type in header.lexicons:
        add("lexicon", uri, f"~<{media_type}>" if media_type else "")
    for meta in header.metas:
        written = _meta(meta)
        (dropped if written is None else lines).append(
            written or f"meta {meta.name} is {meta.content}"
        )
    for text in header.tags:
        tag = _tag(text)
        (dropped if tag is None else lines).append(f"{tag or text};")
    for metadata in header.metadata:
        dropped += [line for line in metadata.splitlines() if line.strip()]
    dropped += [f"import <{one.grammar}.{one.rule}>;" for one in header.imports]
    return lines, [" ".join(text.split()) for text in dropped]


def _meta(meta: Meta) -> str | None:
    quoted = []
    for text in (meta.name, meta.content):
        if '"' not in text:
            quoted.append(f'"{text}"')
        elif "'" not in text:
            quoted.append(f"'{text}'")
        else:
            return None
    return f"{'http-equiv' if meta.http_equiv else 'meta'} {quoted[0]} is {quoted[1]};"


def _tag(text: str) -> str | None:
    """A tag in the plain form, or in the long form where it holds braces."""
    if not set("{}") & set(text):
        return f"{{{text}}}"
    if f"{text}}}!}}".find("}!}") == len(text):
        return f"{{!{{{text}}}!}}"
    return None


def _rule_lines(target: Target, rule: Rule) -> list[str]:
    target.rule = rule
    target.notes = []
    scope = f"{rule.scope} " if rule.scope else ""
    rows = AbnfBuilder(target).rows(rule.expression)
    body = lay_out(Group(f"{scope}${rule.name} =", rows, ";", gap=" ", own_line=False))
    target.rule = None
    comments = [line for comment in rule.comments for line in as_lines(comment)]
    notes = [f"// {note}" for note in target.notes]
    return [*comments, *notes, *as_block(rule.documentation, rule.examples), body]


class AbnfBuilder(TextBuilder):
    """Right sides in ABNF."""

    def word(self, text: str, quoted: bool, node: Token | None = None) -> str:
        """A word, in quotes where it needs them."""
        if WORD.fullmatch(text) and not quoted:
            return text
        if '"' in text:
            span = node.span if node else Span(0, 0)
            hint = f"Write it without quote marks: {text.replace(chr(34), '')}"
            self.target.refuse(span, f"has no quote mark inside a word: {text}", hint)
        return f'"{text}"'

    def reference(self, node: Reference) -> str:
        """Use of a rule of this grammar, or of another one by its URI."""
        if self.target.grammar.format == "jsgf":
            name = self.target.local_rule(node.rule or "", node.grammar, node.span)
            return f"${name}"
        if node.grammar is None:
            return f"${node.rule}"
        uri = node.grammar + (f"#{node.rule}" if node.rule is not None else "")
        uri = uri.replace("<", "%3C").replace(">", "%3E")
        return f"$<{uri}>" + (f"~<{node.media_type}>" if node.media_type else "")

    def special(self, node: Special) -> str:
        """A special rule."""
        return f"${node.name}"

    def tag(self, node: Tag) -> Part:
        """A tag."""
        written = _tag(node.text)
        if written is None:
            hint = "Write it with a blank in between: '} !}'."
            self.target.refuse(node.span, "cannot have '}!}' inside a tag", hint)
        return Part.of(written or "{}")

    def weight(self, part: Alternative, needed: bool) -> str:
        """The weight as it is."""
        return "" if part.weight is None else number(part.weight)

    def repeat(self, node: Repeat, body: Part) -> Part:
        """``[x]``, or ``x<n-m>``."""
        if self._bracketed(node):
            return Part.of(Group("[", body.rows, "]"), body.size)
        most = "" if node.most is None else str(node.most)
        times = str(node.least) if node.least == node.most else f"{node.least}-{most}"
        chance = "" if node.probability is None else f" /{number(node.probability)}/"
        return Part.of(self._behind(node.body, body, f"<{times}{chance}>", True), body.size)

    def in_language(self, node: InLanguage, body: Part) -> Part:
        """``x!fr``."""
        return Part.of(self._behind(node.body, body, f"!{node.language}", False), body.size)

    def _bracketed(self, node: Expression) -> bool:
        if not isinstance(node, Repeat) or node.probability is not None:
            return False
        return (node.least, node.most) == (0, 1) and (node.brackets or not self.target.same)

    def _behind(self, node: Expression, body: Part, suffix: str, repeat: bool) -> str | Group:
        node = self.target.core(node)
        ready = isinstance(node, Token | Sequence) or self._bracketed(node)
        if repeat:
            ready = ready or isinstance(node, Reference | Special | InLanguage)
        elif body.item == self.nothing:
            return Group("(", body.rows, f"){suffix}")  # ()!fr is not legal, (())!fr is
        return self.closed(node, body, suffix, word=ready)
