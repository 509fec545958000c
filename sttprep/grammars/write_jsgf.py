"""A grammar as JSGF."""

from __future__ import annotations

import re
from pathlib import PurePath

from sttprep.grammars.expression import (
    Alternative,
    Alternatives,
    InLanguage,
    Reference,
    Repeat,
    Sequence,
    Special,
    Tag,
    Token,
)
from sttprep.grammars.grammar import Grammar, Rule
from sttprep.grammars.jsgf_names import is_grammar_name, is_rule_name
from sttprep.grammars.link import Linked
from sttprep.grammars.write_abnf import declarations
from sttprep.grammars.write_layout import Group, Piece, Row, lay_out
from sttprep.grammars.write_target import Target, as_block, as_lines
from sttprep.grammars.write_text import Part, TextBuilder
from sttprep.source import Span

__all__ = ["jsgf_text"]

# JSGF 1.0, 2.3: a token without quotes has none of the signs of the language.
_WORD = re.compile(r'[^\s;=|*+<>()\[\]{}"/\\]+')
_MOST_COPIES = 100  # of the body of a repeat
_MOST_SIZE = 10_000  # words and signs of a spelled-out repeat


def jsgf_text(target: Target) -> str:
    """The grammar as JSGF; what JSGF cannot say is kept in ``target.problems``."""
    grammar = target.grammar
    header = grammar.header
    if header.mode == "dtmf":
        target.refuse(Span(0, 0), "has no telephone keys", "Write it as ABNF or XML.")
    if header.root is not None and header.root not in grammar.by_name:
        span = header.root_span or Span(0, 0)
        target.refuse(span, "needs its root among the rules", f"Add a rule '{header.root}'.")
    if not target.same:
        _refuse_recursion(target)
    public = _public(grammar)
    locale = f" {header.language}" if header.language else ""
    lines = [f"#JSGF V1.0 UTF-8{locale};"]
    for comment in header.comments:
        lines += as_lines(comment)
    if not target.same:
        lines += [f"// {note}" for note in _left_out(grammar, public)]
    lines += as_block(header.documentation)
    lines.append(f"grammar {_grammar_name(grammar)};")
    lines += [f"import <{one.grammar}.{one.rule}>;" for one in header.imports]
    for rule in grammar.rules:
        lines += ["", *_rule_lines(target, rule, rule.name in public)]
    if grammar.trailing_comments:
        lines.append("")
    for comment in grammar.trailing_comments:
        lines += as_lines(comment)
    return "\n".join(lines) + "\n"


def _refuse_recursion(target: Target) -> None:
    """JSGF 1.0, 4.8: a rule uses itself as its last part only."""
    graph = Linked((target.grammar,)).graph
    for recursion in graph.recursions:
        if recursion.kind != "right":
            rule = target.rule = graph.rules[recursion.rules[0]]
            hint = "Use the rule last, or a repeat: 'x*', 'x+'."
            target.refuse(rule.name_span, "lets a rule use itself only as its last part", hint)
    target.rule = None


def _left_out(grammar: Grammar, public: set[str]) -> list[str]:
    """What JSGF has no words for, and which does not change what is accepted."""
    declared, dropped = declarations(grammar)
    others = [rule.name for rule in grammar.rules if rule.is_public and rule.name not in public]
    if others:
        named = ", ".join(f"<{name}>" for name in others)
        dropped.append(f"Public as well, for use by other grammars: {named}")
    return [" ".join(text.split()) for text in [*declared, *dropped]]


def _public(grammar: Grammar) -> set[str]:
    """The rules to begin with: every public rule, or the root alone where there is one."""
    if grammar.header.root is not None:
        return {grammar.header.root}
    return {rule.name for rule in grammar.rules if rule.is_public}


def _grammar_name(grammar: Grammar) -> str:
    """Its own, or a legal one made of the file name or the root."""
    header = grammar.header
    if header.name and is_grammar_name(header.name):
        return header.name
    for given in (header.name, PurePath(grammar.source.name).stem, header.root):
        made = re.sub(r"\W+", "_", given or "").strip("_")
        made = f"g_{made}" if made[:1].isdigit() else made
        if made and is_grammar_name(made):
            return made
    return "grammar1"


def _rule_lines(target: Target, rule: Rule, public: bool) -> list[str]:
    target.rule = rule
    target.notes = []
    if not is_rule_name(rule.name):
        hint = "Rename it with letters, digits and '-'."
        target.refuse(rule.name_span, "does not allow this name of a rule", hint)
    head = f"{'public ' if public else ''}<{rule.name}> ="
    rows = JsgfBuilder(target).rows(rule.expression)
    body = lay_out(Group(head, rows, ";", gap=" ", own_line=False))
    target.rule = None
    comments = [line for comment in rule.comments for line in as_lines(comment)]
    notes = [f"// {note}" for note in target.notes]
    return [*comments, *notes, *as_block(rule.documentation, rule.examples), body]


class JsgfBuilder(TextBuilder):
    """Right sides in JSGF."""

    nothing = "<NULL>"

    def word(self, text: str, quoted: bool, node: Token | None = None) -> str:
        """A word, in quotes where it needs them."""
        if _WORD.fullmatch(text) and not quoted:
            return text
        escaped = re.sub(r'([\\"])', r"\\\1", text)
        return f'"{escaped}"'

    def reference(self, node: Reference) -> str:
        """Use of a rule."""
        if self.target.same:
            return f"<{node.grammar}.{node.rule}>" if node.grammar else f"<{node.rule}>"
        if node.grammar is not None:
            uri = node.grammar + (f"#{node.rule}" if node.rule else "")
            hint = "Copy the rules it uses into this grammar."
            self.target.refuse(node.span, f"cannot name another grammar by its URI, {uri}", hint)
        return f"<{node.rule}>"

    def special(self, node: Special) -> str:
        """``<NULL>``, ``<VOID>``."""
        if node.name == "GARBAGE":
            hint = "Name the words that can be said there."
            self.target.refuse(node.span, "has no rule for any words (GARBAGE)", hint)
        return f"<{node.name}>"

    def tag(self, node: Tag) -> Part:
        """A tag: it belongs to what stands before it, or to nothing said."""
        written = _tag(node)
        return Part(
            Group("(", [["<NULL>", written]], ")"), ["<NULL>", written], [["<NULL>", written]]
        )

    def side_by_side(self, node: Sequence, inner: list[Part]) -> Row:
        """Items; what stands before a tag has brackets where it ends in ``*`` or ``+``."""
        row: Row = []
        items = [self.target.core(item) for item in node.items]
        followers = [*items[1:], None]
        for item, part, follower in zip(items, inner, followers, strict=True):
            if not isinstance(item, Tag):
                spelled_out = isinstance(item, Repeat) and not isinstance(follower, Tag)
                row += part.row if spelled_out else [part.item]
                continue
            if not row:
                row.append(self.nothing)
            elif _ends_in_sign(row[-1]):
                row[-1] = Group("(", [[row[-1]]], ")")
            row.append(_tag(item))
        return row

    def weights(self, node: Alternatives) -> list[str]:
        """JSGF weighs all alternatives or none: those without a weight get a 1."""
        weighed = any(
            isinstance(part, Alternative) and part.weight is not None for part in node.parts
        )
        return ["1"] if weighed else []

    def weight(self, part: Alternative, needed: bool) -> str:
        """The weight, 1 where it is not said and others are."""
        if part.weight is None:
            return "1" if needed else ""
        return repr(part.weight).removesuffix(".0")

    def repeat(self, node: Repeat, body: Part) -> Part:
        """``[x]``, ``x*``, ``x+``; other numbers are spelled out."""
        if node.probability is not None:
            self.target.notes.append(f"repeat probability left out: {node.probability:g}")
        if (node.least, node.most) == (0, 1):
            return Part.of(Group("[", body.rows, "]"), body.size)
        if node.most is None and node.least <= 1:
            return Part.of(self._behind(node, body, "+" if node.least else "*"), body.size)
        return self._spelled_out(node, body)

    def _behind(self, node: Repeat, body: Part, sign: str) -> Piece:
        inner = self.target.core(node.body)
        ready = isinstance(inner, Token | Reference | Special | Sequence) or (
            isinstance(inner, Repeat) and not _ends_in_sign(body.item)
        )
        return self.closed(inner, body, sign, word=ready)

    def _spelled_out(self, node: Repeat, body: Part) -> Part:
        copies = max(node.least, node.most or 0)
        if copies == 0:
            return Part.of(self.nothing)
        size = copies * body.size
        if copies > _MOST_COPIES or size > _MOST_SIZE:
            most = "" if node.most is None else node.most
            self.target.refuse(
                node.span,
                f"has no repeat <{node.least}-{most}>, and it is too long to be spelled out",
                "Write '+' for once or more, or split the rule.",
            )
            return Part.of(self.nothing)
        row: Row = [body.item] * node.least
        if node.most is None:
            row[-1] = self._behind(node, body, "+")
        else:
            optional: Row = []
            group = body.item if isinstance(body.item, Group) else None
            alone = group.rows if group and group.opener + group.closer == "()" else body.rows
            for _ in range(node.most - node.least):
                rows = [[body.item, *optional]] if optional else alone
                optional = [Group("[", rows, "]")]
            row += optional
        if len(row) == 1:
            return Part.of(row[0], size)
        return Part(Group("(", [row], ")"), row, [row], size)

    def in_language(self, node: InLanguage, body: Part) -> Part:
        """Refused: JSGF has one language for the whole grammar."""
        hint = f"Put the words of '{node.language}' into a grammar of that language."
        self.target.refuse(node.span, f"cannot change the language (to {node.language})", hint)
        return body


def _tag(node: Tag) -> str:
    return "{" + re.sub(r"([\\{}])", r"\\\1", node.text) + "}"


def _ends_in_sign(piece: Piece) -> bool:
    end = piece if isinstance(piece, str) else piece.closer
    return end.endswith(("*", "+"))
