"""A grammar as a value: what the three readers make, and what can be asked of it.

>>> from sttprep.grammars import read_grammar
>>> drinks = read_grammar('''#ABNF 1.0 UTF-8;
... language en-US;
... root $order;
... $order = [a] $size (tea | coffee) [please];
... $size = small | large;
... ''')
>>> drinks.accepts("a small tea"), drinks.accepts("tea please")
(True, False)
>>> drinks.count()
16
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from sttprep.grammars.expression import Expression, Reference, Token, walk
from sttprep.grammars.facts import Facts, find_facts, find_references
from sttprep.source import Problem, Source, Span

if TYPE_CHECKING:
    from sttprep.grammars.ambiguity import Ambiguity
    from sttprep.grammars.automaton import Automaton
    from sttprep.grammars.compare import GrammarDiff
    from sttprep.grammars.coverage import Coverage
    from sttprep.grammars.fsg import RecognizerGraph
    from sttprep.grammars.link import Linked
    from sttprep.grammars.parse import Parse

__all__ = ["Body", "Grammar", "GrammarFormat", "Header", "Import", "Meta", "Profile", "Rule"]

GrammarFormat = Literal["abnf", "grxml", "jsgf"]
Profile = Literal["w3c", "ibm", "pocketsphinx"]


class Body:
    """The right side of a rule and what is found out about it: one object wherever it stands.

    Checks keep their findings here (cached properties of this class or a reader's subclass), so
    that an edited grammar is checked again only where it changed.
    """

    def __init__(self, expression: Expression) -> None:
        self.expression = expression

    @cached_property
    def facts(self) -> Facts:
        """What it says by itself, for the checks."""
        return find_facts(self.expression)

    def __repr__(self) -> str:
        return f"Body({self.expression!r})"

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every use of another rule, in order."""
        return find_references(self.expression)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word spoken in the rule itself."""
        return frozenset(
            word
            for node in walk(self.expression)
            if isinstance(node, Token)
            for word in node.text.split()
        )


@dataclass(frozen=True)
class Rule:
    """One rule; spans of its nodes count from ``offset``."""

    name: str
    """Without ``$`` or ``<>``."""
    body: Body = field(compare=False, repr=False)
    scope: Literal["public", "private"] | None = None
    """As declared; None is the format's default, private."""
    documentation: str = ""
    """Text of the documentation comment before it, without its stars and ``@example`` lines."""
    examples: tuple[str, ...] = ()
    """Sentences the author says it accepts (``@example``, ``<example>``)."""
    comments: tuple[str, ...] = field(default=(), compare=False)
    """Other comments before and inside it, as written, delimiters included."""
    offset: int = field(default=0, compare=False)
    """Where its statement starts in the text, characters."""
    name_span: Span = field(default=Span(0, 0), compare=False)
    """Where its name stands, from ``offset``."""
    example_spans: tuple[Span, ...] = field(default=(), compare=False)
    """Where its examples stand, from ``offset``."""
    broken: bool = field(default=False, compare=False)
    """Its right side could not be read: it is defined, and nothing more is known of it."""

    @property
    def expression(self) -> Expression:
        """What it matches."""
        return self.body.expression

    @property
    def is_public(self) -> bool:
        """Whether other grammars may use it."""
        return self.scope == "public"

    def place(self, span: Span) -> Span:
        """A span of one of its nodes, as a span of the whole text."""
        return Span(span.start + self.offset, span.end + self.offset)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Rule):
            return NotImplemented
        return self._content == other._content

    def __hash__(self) -> int:
        return hash((self.name, self.scope))

    @property
    def _content(self) -> tuple[object, ...]:
        return self.name, self.scope, self.documentation, self.examples, self.expression


@dataclass(frozen=True, slots=True)
class Meta:
    """``meta "author" is "me";``"""

    name: str
    content: str
    http_equiv: bool = False
    """Whether it stands for an HTTP header."""


@dataclass(frozen=True, slots=True)
class Import:
    """JSGF ``import <full.grammar.name.rule>;``, ``import <full.grammar.name.*>;``."""

    grammar: str
    """Full name of the other grammar."""
    rule: str
    """Name of one of its public rules, or ``*``."""
    span: Span = field(default=Span(0, 0), compare=False)
    """Its place in the text."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a grammar says about itself, apart from its rules."""

    language: str | None = None
    mode: Literal["voice", "dtmf"] = "voice"
    root: str | None = None
    """Name of the root rule, without prefix."""
    root_span: Span | None = field(default=None, compare=False)
    """Where the root is declared, in the text."""
    encoding: str | None = field(default=None, compare=False)
    """Character encoding as declared."""
    tag_format: str | None = None
    base: str | None = None
    lexicons: tuple[tuple[str, str | None], ...] = ()
    """URI and media type of each pronunciation lexicon."""
    metas: tuple[Meta, ...] = ()
    metadata: tuple[str, ...] = ()
    """XML text of each ``<metadata>`` element (XML form only)."""
    tags: tuple[str, ...] = ()
    """Tags of the whole grammar."""
    name: str | None = None
    """Full grammar name (JSGF only)."""
    imports: tuple[Import, ...] = ()
    """JSGF only."""
    documentation: str = ""
    """Text of the documentation comment of the grammar."""
    comments: tuple[str, ...] = field(default=(), compare=False)
    """Other comments before the first rule's own, as written."""


@dataclass(frozen=True)
class Grammar:
    """Rules that say which sentences are possible. See `sttprep.read_grammar`."""

    format: GrammarFormat = field(compare=False)
    header: Header
    rules: tuple[Rule, ...]
    """In the order of the text."""
    source: Source = field(default=Source("", ""), compare=False, repr=False)
    """The text it was read from."""
    problems: tuple[Problem, ...] = field(default=(), compare=False, repr=False)
    """Warnings and notes found when it was read; one with errors is never made."""
    profile: Profile = field(default="w3c", compare=False)
    """Rules it was checked by."""
    trailing_comments: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """Comments after the last rule, as written."""

    @cached_property
    def by_name(self) -> Mapping[str, Rule]:
        """The rules by name; of several with one name (never without a finding) the first."""
        rules: dict[str, Rule] = {}
        for rule in self.rules:
            rules.setdefault(rule.name, rule)
        return rules

    def __repr__(self) -> str:
        name = self.source.name or self.header.name or "grammar"
        return f"<Grammar {name}: {len(self.rules)} rules, root {self.header.root}>"

    @cached_property
    def linked(self) -> Linked:
        """This grammar with the grammars it refers to."""
        from sttprep.grammars.link import link

        return link(self)

    def automaton(self, root: str | None = None) -> Automaton:
        """The minimal deterministic automaton of a rule.

        Raises:
            NotFoundError: there is no such rule.
            GrammarError: the language is not regular, or the automaton would be too large.
        """
        known = self._automata.get(root)
        if known is None:
            from sttprep.grammars.compiler import compile_rules

            known = self._automata[root] = compile_rules(self.linked, self.linked.roots(root))
        return known

    @cached_property
    def _automata(self) -> dict[str | None, Automaton]:
        return {}

    def accepts(self, sentence: str | Iterable[str], root: str | None = None) -> bool:
        """Whether a rule matches the whole sentence (words with blanks between, or a list)."""
        known = self._automata.get(root)
        if known is not None and isinstance(sentence, str):
            return known.accepts(sentence.split())
        from sttprep.grammars.parse import accepts

        return accepts(self, sentence, root)

    def parse(self, sentence: str | Iterable[str], root: str | None = None) -> Parse | None:
        """How a rule matches the sentence: rules, words and tags; None where it does not."""
        from sttprep.grammars.parse import parse

        return parse(self, sentence, root)

    def count(self, root: str | None = None) -> int | float:
        """Number of different sentences, exact; ``math.inf`` where there is no end of them."""
        from sttprep.grammars.counting import count

        return count(self, root)

    def sentences(self, root: str | None = None) -> Iterator[str]:
        """Every sentence once, those with fewer words first, then in alphabetical order."""
        return self.automaton(root).sentences()

    def sample(
        self, n: int, seed: int = 0, root: str | None = None, weighted: bool = False
    ) -> list[str]:
        """Sentences by chance: all equally likely, or as the weights and repeats have it."""
        from sttprep.grammars.sampling import sample

        return sample(self, n, seed, root, weighted)

    def cover(self, root: str | None = None) -> list[str]:
        """A small set of short sentences that together use every rule and every alternative."""
        from sttprep.grammars.cover import cover

        return cover(self, root)

    def vocabulary(self, root: str | None = None) -> frozenset[str]:
        """Every word that occurs in a sentence."""
        return self.automaton(root).vocabulary()

    def oov(self, lexicon: Container[str] | None = None, root: str | None = None) -> list[str]:
        """Words of the vocabulary that a lexicon (the stock one by default) lacks."""
        from sttprep.data import stock_words

        known = stock_words() if lexicon is None else lexicon
        return sorted(
            word
            for word in self.vocabulary(root)
            if word not in known and word.lower() not in known
        )

    def to(self, format: GrammarFormat) -> str:
        """The grammar as text of a format; its own format writes it anew, in one style.

        Raises:
            GrammarError: the format has no words for something in the grammar.
        """
        from sttprep.grammars.write import write

        return write(self, format)

    def diff(
        self, other: Grammar, root: str | None = None, other_root: str | None = None
    ) -> GrammarDiff:
        """Whether two grammars accept the same sentences, with the shortest that only one does."""
        from sttprep.grammars.compare import diff

        return diff(self, other, root, other_root)

    def ambiguity(self, root: str | None = None) -> Ambiguity | None:
        """A shortest sentence that is matched in two ways; None where there is no such sentence."""
        from sttprep.grammars.ambiguity import ambiguity

        return ambiguity(self, root)

    def coverage(self, sentences: Iterable[str], root: str | None = None) -> Coverage:
        """Which rules and alternatives the sentences use, and which sentences are not accepted."""
        from sttprep.grammars.coverage import coverage

        return coverage(self, sentences, root)

    def fsg(self, root: str | None = None) -> RecognizerGraph:
        """The graph a recognizer searches.

        Raises:
            GrammarError: the grammar is not regular, or uses something no graph can say.
        """
        from sttprep.grammars.fsg import recognizer_graph

        return recognizer_graph(self, root)

    def _repr_html_(self) -> str:
        from sttprep.grammars.html import grammar_html

        return grammar_html(self)
