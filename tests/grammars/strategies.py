"""Random grammars for property tests, and a slow, obvious account of the sentences they mean.

`grammars("abnf")` makes trees that an ABNF reader can make (a group with one item stays a group,
alternatives inside a sequence stand in a group), so that writing and reading gives the same tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from sttprep.grammars.expression import (
    Alternative,
    Alternatives,
    Expression,
    InLanguage,
    Reference,
    Repeat,
    Sequence,
    Special,
    Tag,
    Token,
)
from sttprep.grammars.grammar import Body, Grammar, GrammarFormat, Header, Meta, Rule

WORDS = ("a", "b", "c", "yes", "no", "New York", "don't", "C++", "größe", "a.m.", "7")
GARBAGE = "…"
"""Stands for the words GARBAGE matches in the sentences of `language`."""

_NAMES = ("main", "size", "drink", "city", "x_1")
_LANGUAGES = ("fr", "de-CH", "en-US")
_DEEPEST = 2
_PLAIN = ("x", "out = 1;", " a b ", "", 'say("hi")', "n // no comment", "!y", "größe < 3 & z")

_WEIGHTS = st.sampled_from((0.5, 1.0, 2.0, 0.125, 10.0, 3.14, 1e-7))
_TAGS = st.sampled_from((*_PLAIN, "if (x) {y}"))
_BRACED_TAGS = st.sampled_from((*_PLAIN, "if (x) {y}", "a } b", "}!}", "{", "\\ back", "a ]]> b"))
_DOCUMENTATION = st.sampled_from(
    ("", "", "What size.", "Two lines.\nThe second - here.", "é & <b>")
)
_EXAMPLES = st.sampled_from(((), (), ("a b",), ("yes", "a & b")))
_COMMENTS = {
    "abnf": st.sampled_from(((), (), ("// One.",), ("/* Two\n lines */", "// and: -- one"))),
    "grxml": st.sampled_from(((), (), ("<!-- One. -->",), ("<!--Two\n lines-->", "<!-- one -->"))),
}
_COMMENTS["jsgf"] = _COMMENTS["abnf"]
_SPECIALS = st.sampled_from(("NULL", "VOID", "GARBAGE"))
_JSGF_SPECIALS = st.sampled_from(("NULL", "VOID"))
_BOUNDS = st.sampled_from(((0, 1), (0, None), (1, None), (2, 2), (0, 0), (1, 3), (2, None)))
_JSGF_BOUNDS = st.sampled_from(((0, None), (1, None)))
_SELDOM = st.sampled_from((False, False, True))


def grammars(
    format: GrammarFormat = "abnf",
    *,
    tags: bool = True,
    languages: bool = True,
    weights: bool = True,
    specials: bool = True,
    recursive: bool = False,
    documented: bool = True,
    words: tuple[str, ...] = WORDS,
    most_rules: int = 4,
) -> st.SearchStrategy[Grammar]:
    """Valid grammars of a format; what is switched off does not occur.

    Without ``recursive`` a rule uses only rules after it, so the language is regular. Every
    reference is defined; rules nobody uses and rules that match nothing do occur.
    """
    options = _Options(format, tags, languages, weights, specials, documented, words)
    return _grammar(options, recursive, most_rules)


def expressions(
    format: GrammarFormat = "abnf",
    references: tuple[str, ...] = (),
    *,
    tags: bool = True,
    languages: bool = True,
    weights: bool = True,
    specials: bool = True,
    words: tuple[str, ...] = WORDS,
) -> st.SearchStrategy[Expression]:
    """Right sides of rules as a reader of the format makes them."""
    return _body(_Options(format, tags, languages, weights, specials, False, words), references)


@dataclass(frozen=True)
class _Options:
    """What occurs in a random grammar."""

    format: GrammarFormat
    tags: bool
    languages: bool
    weights: bool
    specials: bool
    documented: bool
    words: tuple[str, ...]


@st.composite
def _grammar(draw: DrawFn, options: _Options, recursive: bool, most_rules: int) -> Grammar:
    names = draw(st.lists(st.sampled_from(_NAMES), min_size=1, max_size=most_rules, unique=True))
    scopes = ["public", None] if options.format == "jsgf" else ["public", "private", None]
    rules = []
    for number, name in enumerate(names):
        references = tuple(names if recursive else names[number + 1 :])
        rules.append(
            Rule(
                name,
                Body(draw(_body(options, references))),
                scope="public" if number == 0 else draw(st.sampled_from(scopes)),
                documentation=draw(_DOCUMENTATION) if options.documented else "",
                examples=draw(_EXAMPLES) if options.documented else (),
                comments=_comments(draw, options),
            )
        )
    return Grammar(
        options.format,
        draw(_header(options, names[0])),
        tuple(rules),
        trailing_comments=_comments(draw, options),
    )


def _comments(draw: DrawFn, options: _Options) -> tuple[str, ...]:
    return draw(_COMMENTS[options.format]) if options.documented else ()


@st.composite
def _header(draw: DrawFn, options: _Options, root: str) -> Header:
    documentation = draw(_DOCUMENTATION) if options.documented else ""
    language = draw(st.sampled_from(_LANGUAGES))
    comments = _comments(draw, options)
    if options.format == "jsgf":
        return Header(
            language=language,
            name="com.example.menu",
            documentation=documentation,
            comments=comments,
        )
    return Header(
        language=language,
        root=draw(st.sampled_from([root, None])),
        tag_format=draw(st.sampled_from([None, "semantics/1.0"])),
        base=draw(st.sampled_from([None, "http://www.example.com/base-file-path"])),
        lexicons=draw(st.sampled_from([(), (("a.pls", None), ("b.pls", "application/pls+xml"))])),
        metas=draw(st.sampled_from([(), (Meta("author", "me & you"), Meta("Expires", "0", True))])),
        tags=draw(st.sampled_from([(), ("var x;",)])) if options.tags else (),
        documentation=documentation,
        comments=comments,
    )


@st.composite
def _body(draw: DrawFn, options: _Options, references: tuple[str, ...]) -> Expression:
    tree = _Tree(draw, options, references)
    if options.format == "grxml":
        return tree.children(_DEEPEST)
    return tree.choice(_DEEPEST, 2) if draw(st.booleans()) else tree.side(_DEEPEST)


class _Tree:
    """Draws trees as the reader of a format makes them."""

    def __init__(self, draw: DrawFn, options: _Options, references: tuple[str, ...]) -> None:
        self.draw = draw
        self.options = options
        self.xml = options.format == "grxml"
        self.jsgf = options.format == "jsgf"
        self.leaves = ["token", "token"]
        self.leaves += ["reference"] * bool(references)
        self.leaves += ["special"] * options.specials
        self.leaves += ["tag"] * (options.tags and not self.jsgf)
        self.groups = ["group", "optional", "repeat"]
        self.groups += ["language"] * (options.languages and not self.jsgf)
        self.groups += ["choice", "choice"] * self.xml
        self.tokens = st.sampled_from(options.words)
        self.references = st.sampled_from(references or ("none",))

    def item(self, depth: int) -> Expression:
        """Something that stands in a sequence."""
        kinds = self.leaves + self.groups if depth > 0 else self.leaves
        kind = self.draw(st.sampled_from(kinds))
        if kind == "token":
            word = self.draw(self.tokens)
            return Token(word, quoted=" " in word)
        if kind == "reference":
            return Reference(self.draw(self.references))
        if kind == "special":
            return Special(self.draw(_JSGF_SPECIALS if self.jsgf else _SPECIALS))
        if kind == "tag":
            return Tag(self.draw(_BRACED_TAGS if self.xml else _TAGS))
        if kind == "group":
            return self.group(depth - 1)
        if kind == "optional":
            return self.optional(depth - 1)
        if kind == "choice":
            return self.choice(depth - 1, 1)
        if kind == "language":
            body = self.children(depth - 1) if self.xml else self.operand(depth - 1, False)
            return InLanguage(body, self.draw(st.sampled_from(_LANGUAGES)))
        return self.repeat(depth - 1)

    def group(self, depth: int) -> Expression:
        if self.xml:
            return Sequence(self.items(depth))
        if self.draw(st.booleans()):
            return Sequence((self.choice(depth, 2),))
        return Sequence(self.items(depth))

    def optional(self, depth: int) -> Expression:
        if self.xml:
            return Repeat(self.children(depth), 0, 1)
        body = self.choice(depth, 2) if self.draw(st.booleans()) else self.side(depth)
        if body == Sequence(()):  # ABNF and JSGF have no []
            body = Sequence((body,))
        return Repeat(body, 0, 1, brackets=True)

    def repeat(self, depth: int) -> Expression:
        if self.jsgf:
            return Repeat(self.operand(depth, True), *self.draw(_JSGF_BOUNDS))
        probability = self.draw(st.sampled_from([None, None, 0.25, 1.0]))
        body = self.children(depth) if self.xml else self.operand(depth, True)
        spoken = not isinstance(body, Reference | Special) and body != Sequence(())
        if self.options.languages and not self.xml and spoken:
            language = self.draw(st.sampled_from([None, None, *_LANGUAGES]))
            body = body if language is None else InLanguage(body, language)
        return Repeat(body, *self.draw(_BOUNDS), probability=probability)

    def operand(self, depth: int, rules: bool) -> Expression:
        """What ``<2>``, ``*`` or ``!fr`` can follow."""
        item = self.item(depth)
        if isinstance(item, Token) or (isinstance(item, Sequence) and (item.items or rules)):
            return item
        if isinstance(item, Repeat) and item.brackets:
            return item
        if rules and isinstance(item, Reference | Special):
            return item
        if self.jsgf or not isinstance(item, Alternatives):
            return Sequence((item,))
        return Token("a")

    def items(self, depth: int) -> tuple[Expression, ...]:
        """Items side by side; in JSGF a tag has something before it to belong to."""
        least = 1 if self.jsgf else 0
        items: list[Expression] = []
        for _ in range(self.draw(st.integers(least, 3))):
            item = self.item(depth)
            items.append(item)
            postfix = isinstance(item, Repeat) and not item.brackets
            if self.jsgf and self.options.tags and not postfix and self.draw(_SELDOM):
                items.append(Tag(self.draw(_BRACED_TAGS)))
        return tuple(items)

    def side(self, depth: int) -> Expression:
        """One item as itself, or several in a sequence."""
        items = self.items(depth)
        return items[0] if len(items) == 1 else Sequence(items)

    children = side

    def choice(self, depth: int, least: int) -> Expression:
        """Alternatives; a single one has a weight where the format has no other mark for it."""
        weights = "none"
        if self.options.weights:
            weights = self.draw(st.sampled_from(["none", "all", *([] if self.jsgf else ["some"])]))
        number = self.draw(st.integers(1 if weights == "all" else least, 3))
        parts = []
        for _ in range(number):
            weight = None
            if weights == "all" or (weights == "some" and self.draw(st.booleans())):
                weight = self.draw(_WEIGHTS)
            parts.append(Alternative(self.side(depth), weight))
        return Alternatives(tuple(parts))


def language(
    grammar: Grammar, root: str | None = None, longest: int = 4, most: int = 4000
) -> frozenset[tuple[str, ...]] | None:
    """Every sentence of at most ``longest`` words, made by brute force from the tree.

    GARBAGE is one word, `GARBAGE`. None where there are more than ``most``, too many to list.
    """
    known: dict[str, frozenset[tuple[str, ...]]] = {
        rule.name: frozenset() for rule in grammar.rules
    }

    class TooManyError(Exception):
        pass

    def joined(
        left: frozenset[tuple[str, ...]], right: frozenset[tuple[str, ...]]
    ) -> frozenset[tuple[str, ...]]:
        if len(left) * len(right) > 50 * most:
            raise TooManyError
        both = frozenset(a + b for a, b in product(left, right) if len(a) + len(b) <= longest)
        if len(both) > most:
            raise TooManyError
        return both

    def said(node: Expression) -> frozenset[tuple[str, ...]]:
        empty = frozenset([()])
        if isinstance(node, Token):
            words = tuple(node.text.split())
            return frozenset([words] if len(words) <= longest else [])
        if isinstance(node, Reference):
            return known[node.rule or ""]
        if isinstance(node, Special):
            return {"NULL": empty, "VOID": frozenset(), "GARBAGE": frozenset([(GARBAGE,)])}[
                node.name
            ]
        if isinstance(node, Tag):
            return empty
        if isinstance(node, InLanguage):
            return said(node.body)
        if isinstance(node, Alternatives):
            return frozenset().union(*(said(item.expression) for item in node.items))
        if isinstance(node, Sequence):
            result = empty
            for item in node.items:
                result = joined(result, said(item))
            return result
        body = said(node.body)
        result = empty
        for _ in range(node.least):
            result = joined(result, body)
        times = node.least
        while node.most is None or times < node.most:
            more = result | joined(result, body)
            if more == result:
                break
            result = more
            times += 1
        return result

    names = [rule.name for rule in grammar.rules if rule.is_public]
    if root is not None or grammar.header.root is not None:
        names = [root or grammar.header.root or ""]
    try:
        while True:
            now = {rule.name: said(rule.expression) for rule in grammar.rules}
            if now == known:
                return frozenset().union(*(known[name] for name in names))
            known = now
    except TooManyError:
        return None
