"""A grammar as SRGS XML."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence as Items
from dataclasses import dataclass

from sttprep.grammars.expression import (
    Alternative,
    Alternatives,
    Expression,
    InLanguage,
    Reference,
    Repeat,
    Run,
    Sequence,
    Special,
    Tag,
    Token,
)
from sttprep.grammars.grammar import Grammar, Rule
from sttprep.grammars.grxml_values import NAMESPACE
from sttprep.grammars.write_abnf import check_srgs_names, srgs_language, srgs_root
from sttprep.grammars.write_layout import WIDTH, Group, Piece, Row, lay_out
from sttprep.grammars.write_target import Target, as_xml_comment, fold_order, number
from sttprep.source import Span

__all__ = ["grxml_text"]


def grxml_text(target: Target) -> str:
    """The grammar as XML; what XML cannot say is kept in ``target.problems``."""
    grammar = target.grammar
    header = grammar.header
    check_srgs_names(target)
    language, notes = srgs_language(grammar)
    notes += [f"import <{one.grammar}.{one.rule}>;" for one in header.imports]
    comments = [*header.comments, *(f"// {note}" for note in notes)]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines += _about(comments, header.documentation)
    lines += [*_grammar_tag(grammar, language), *_header_elements(grammar)]
    target.check_characters("\n".join(lines), Span(0, 0))
    for rule in grammar.rules:
        lines += ["", *_rule_lines(target, rule)]
    lines.append("</grammar>")
    lines += [as_xml_comment(comment) for comment in grammar.trailing_comments]
    return "\n".join(lines) + "\n"


def _escape(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


def _quoted(text: str) -> str:
    text = _escape(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f'"{text}"'


def _attributes(pairs: Items[tuple[str, str | None]]) -> list[str]:
    return [f"{name}={_quoted(value)}" for name, value in pairs if value is not None]


def _element(name: str, pairs: Items[tuple[str, str | None]]) -> str:
    return f"<{' '.join([name, *_attributes(pairs)])}/>"


def _grammar_tag(grammar: Grammar, language: str | None) -> list[str]:
    header = grammar.header
    attributes = _attributes(
        [
            ("xmlns", NAMESPACE),
            ("version", "1.0"),
            ("xml:lang", language),
            ("mode", header.mode),
            ("root", srgs_root(grammar)),
            ("tag-format", header.tag_format),
            ("xml:base", header.base),
        ]
    )
    lines = ["<grammar"]
    for attribute in attributes:
        if len(lines[-1]) + 1 + len(attribute) >= WIDTH:
            lines.append(" " * len("<grammar"))
        lines[-1] += f" {attribute}"
    lines[-1] += ">"
    return lines


def _header_elements(grammar: Grammar) -> list[str]:
    header = grammar.header
    elements = [
        _element("lexicon", [("uri", uri), ("type", media_type)])
        for uri, media_type in header.lexicons
    ]
    for meta in header.metas:
        key = "http-equiv" if meta.http_equiv else "name"
        elements.append(_element("meta", [(key, meta.name), ("content", meta.content)]))
    elements += header.metadata
    elements += [_tag(text) for text in header.tags]
    return [f"  {element}" for element in elements]


def _about(comments: Items[str], documentation: str, indent: str = "") -> Iterator[str]:
    """Comments, and the documentation directly before what follows."""
    for comment in comments:
        yield indent + as_xml_comment(comment)
    if documentation:
        lines = as_xml_comment(f"//{documentation}").splitlines()
        yield f"{indent}{lines[0]}"
        for line in lines[1:]:
            yield f"{indent}     {line}".rstrip()
    elif comments:
        yield ""


def _rule_lines(target: Target, rule: Rule) -> list[str]:
    target.rule = rule
    pairs = [("id", rule.name), ("scope", rule.scope)]
    rows: list[Row] = [[_example(text)] for text in rule.examples]
    body = _Builder(target).body(rule.expression)
    tag = " ".join(["<rule", *_attributes(pairs)]) + ">"
    group = Group(tag, [*rows, body], "</rule>", bar="", broken=bool(rows))
    lines = [*_about(rule.comments, rule.documentation, "  "), lay_out(group, 2)]
    target.check_characters("\n".join(lines), rule.name_span)
    target.rule = None
    return lines


def _example(text: str) -> str:
    return f"<example>{_escape(text)}</example>" if text else "<example/>"


def _tag(text: str) -> str:
    if set("<&") & set(text) and "]]>" not in text and "\r" not in text:
        return f"<tag><![CDATA[{text}]]></tag>"
    return f"<tag>{_escape(text)}</tag>" if text else "<tag/>"


@dataclass(slots=True)
class _Part:
    """A node as one piece, or as an item that can take more attributes."""

    piece: Piece | None
    attributes: tuple[str, ...] = ()
    row: Row | None = None
    """What the item holds."""

    @property
    def whole(self) -> Piece:
        """The node among others."""
        return _item(self.attributes, self.row or []) if self.piece is None else self.piece


def _item(attributes: Items[str], row: Row) -> Piece:
    tag = " ".join(["<item", *attributes])
    return Group(f"{tag}>", [row], "</item>", bar="", block=True) if row else f"{tag}/>"


class _Builder:
    """Right sides in XML."""

    def __init__(self, target: Target) -> None:
        self.target = target

    def body(self, expression: Expression) -> Row:
        """What a rule holds."""
        parts: list[_Part] = []
        for node, count in fold_order(expression):
            inner = parts[len(parts) - count :]
            del parts[len(parts) - count :]
            parts.append(self.part(node, inner))
        return _bare(self.target.core(expression), parts[0]) or ["<item/>"]

    def part(self, node: Expression, inner: list[_Part]) -> _Part:
        """A node whose inner nodes are done."""
        if isinstance(node, Token):
            return _Part(_word(node.text, node.quoted))
        if isinstance(node, Reference):
            return _Part(self.reference(node))
        if isinstance(node, Special):
            return _Part(_element("ruleref", [("special", node.name)]))
        if isinstance(node, Tag):
            return _Part(_tag(node.text))
        if isinstance(node, Sequence):
            if len(inner) == 1 and not self.target.same:
                return inner[0]
            return _Part(None, (), [part.whole for part in inner])
        if isinstance(node, Alternatives):
            return _Part(self.one_of(node, inner))
        if isinstance(node, Repeat):
            return self.repeat(node, inner[0])
        return self.in_language(node, inner[0])

    def reference(self, node: Reference) -> str:
        """Use of a rule of this grammar, or of another one by its URI."""
        if self.target.grammar.format == "jsgf":
            name = self.target.local_rule(node.rule or "", node.grammar, node.span)
            return _element("ruleref", [("uri", f"#{name}")])
        rule = "" if node.rule is None else f"#{node.rule}"
        uri = f"{node.grammar or ''}{rule}"
        return _element("ruleref", [("uri", uri), ("type", node.media_type)])

    def in_language(self, node: InLanguage, body: _Part) -> _Part:
        """``xml:lang``: of the alternatives, or of an item."""
        attributes = tuple(_attributes([("xml:lang", node.language)]))
        core = self.target.core(node.body)
        if isinstance(core, Alternatives) and isinstance(body.piece, Group):
            one_of = body.piece
            tag = " ".join(["<one-of", *attributes]) + ">"
            return _Part(Group(tag, one_of.rows, one_of.closer, bar="", block=True, broken=True))
        return _Part(None, attributes, _bare(core, body))

    def repeat(self, node: Repeat, body: _Part) -> _Part:
        """An item with ``repeat``, and its language where it has one."""
        most = "" if node.most is None else str(node.most)
        times = str(node.least) if node.least == node.most else f"{node.least}-{most}"
        chance = None if node.probability is None else number(node.probability)
        core = self.target.core(node.body)
        attributes = _attributes([("repeat", times), ("repeat-prob", chance)])
        if isinstance(core, InLanguage) and body.piece is None:
            return _Part(None, (*attributes, *body.attributes), body.row)
        return _Part(None, tuple(attributes), _bare(core, body))

    def one_of(self, node: Alternatives, inner: list[_Part]) -> Group:
        """``<one-of>``."""
        rows: list[Row] = []
        parts = iter(inner)
        for part in node.parts:
            if isinstance(part, Run):
                rows += [
                    [_item((), [_word(word, False) for word in phrase.split()])]
                    for phrase in part.phrases()
                ]
            else:
                rows.append([self.alternative(part, next(parts))])
        return Group("<one-of>", rows, "</one-of>", bar="", block=True, broken=True)

    def alternative(self, node: Alternative, part: _Part) -> Piece:
        """An item of ``<one-of>``."""
        weight = None if node.weight is None else number(node.weight)
        attributes = _attributes([("weight", weight)])
        core = self.target.core(node.expression)
        if isinstance(core, Repeat | InLanguage) and part.piece is None:
            return _item([*attributes, *part.attributes], part.row or [])
        return _item(attributes, _bare(core, part))


def _bare(node: Expression, part: _Part) -> Row:
    """A node as all that an element holds."""
    if isinstance(node, Sequence) and len(node.items) != 1:
        return part.row or []
    return [part.whole]


def _word(text: str, quoted: bool) -> str:
    if '"' in text:
        return f"<token>{_escape(text)}</token>"
    return f'"{_escape(text)}"' if quoted or " " in text else _escape(text)
