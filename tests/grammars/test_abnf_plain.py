"""The fast path reads what the parser reads, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.grammars.abnf_expansion import read_expansion
from sttprep.grammars.abnf_plain import read_plain
from sttprep.grammars.expression import (
    MAX_DEPTH,
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
from sttprep.source import Span

PIECES = (
    *("a", "New York", "jack-o-lantern", "größe", "東京", "x:y", "2", "$r", "$größe", "$NULL"),
    *('"New  York"', '"C++"', '"x;|y"', "{tag | (}", "{}", "{!{ } }!}", "{!x}", "()", "( )"),
    *("!fr", " !fr-CA", "<2>", "<0-1>", "<1->", "< 2-3 >", "<0-1 /0.5/>", "<1-/.25/>", "/2/"),
    *("$<g.gram#r>", "$<g>~<t>", "/.5/ ", "/5./", "(", ")", "[", "]", "|", " | ", "\n", " ", "\t"),
)
SLIPS = (
    *("[]", "||", "<2><3>", "<3-2>", "<-2>", "<many>", "<0-1 /2/>", "/1e3/", "/ 2 /", "don't"),
    *("C++", "a\\b", "*", "+", "$ x", "$a.b", "$1", "$<>", "$<g>~<>", "$<g", "!", "!f_r"),
    *(
        '"',
        '""',
        "{",
        "}",
        "<",
        ">",
        "/",
        "=",
        ",",
        "'a b'",
        "\x00",
        "\xa0",
        "“a”",
        "<99999999999>",
    ),
)
RARE = ('""', "$<g ", "99999", "\xa0")  # right or almost, and left to the parser


def spell(node: Expression | Alternative) -> object:
    """A node with its places and spelling, runs written out."""
    if isinstance(node, Alternatives):
        return "Alternatives", node.span, [spell(item) for item in node.items]
    if isinstance(node, Alternative):
        return "Alternative", node.span, node.weight, spell(node.expression)
    if isinstance(node, Sequence):
        return "Sequence", node.span, [spell(item) for item in node.items]
    if isinstance(node, Repeat):
        counts = (node.least, node.most, node.probability, node.brackets)
        return "Repeat", node.span, counts, spell(node.body)
    if isinstance(node, InLanguage):
        return "InLanguage", node.span, node.language, spell(node.body)
    return repr(node), node.span, node.quoted if isinstance(node, Token) else None


def agree(text: str) -> bool:
    """Whether the fast path has an answer, which is that of the parser."""
    plain = read_plain(text, 0)
    expression, findings = read_expansion(text, 0)
    if plain is not None:
        assert findings == []
        assert expression is not None
        assert spell(plain) == spell(expression)
        assert plain == expression
    elif expression is not None:
        assert findings or any(rare in text for rare in RARE), "left to the parser without need"
    return plain is not None


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join))
def test_tokens_in_any_order(text):
    """Tokens in any order: the same tree with the same places, or no answer."""
    agree(text)


ATOMS = st.sampled_from(PIECES[:19])


def phrases(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Groups, repeats and alternatives of smaller texts."""
    spoken = st.one_of(
        inner.map("({})".format),
        inner.map("[{}]".format),
        st.tuples(st.sampled_from(PIECES[:7]), st.sampled_from(["", "!fr"])).map("".join),
    )
    return st.one_of(
        st.lists(st.one_of(inner, spoken), min_size=1, max_size=4).map(" | ".join),
        st.lists(st.one_of(spoken, ATOMS), min_size=1, max_size=4).map(" ".join),
        st.tuples(spoken, st.sampled_from(["<2>", "<0->", "<1-2 /.5/>"])).map("".join),
        spoken.map("/2/ {}".format),
    )


EXPANSIONS = st.recursive(ATOMS, phrases, max_leaves=12)


@given(EXPANSIONS)
def test_valid_texts(text):
    """Most texts made by the rules of the language are read by the fast path alone."""
    agree(text)


@given(EXPANSIONS, st.data())
def test_texts_with_a_slip(text, data):
    """With something wrong put in, or something taken out: the same, or no answer."""
    at = data.draw(st.integers(0, len(text)))
    if data.draw(st.booleans()):
        agree(text[:at] + data.draw(st.sampled_from(SLIPS)) + text[at:])
    else:
        agree(text[:at] + text[at + 1 :])


@given(st.text(alphabet="ab$|()[]<>{}!/\"' 12-.\n=;*é́", max_size=20))
def test_any_characters(text):
    """Characters in any order: the same, or no answer."""
    agree(text)


@pytest.mark.parametrize("slip", SLIPS)
def test_slips_are_not_read(slip):
    """Nothing wrong is taken by the fast path."""
    assert read_plain(f"a {slip} b", 0) is None


@pytest.mark.parametrize(
    "text",
    ["a", " a b ", "a|b", "(a)", "[a]", "()", "a {x}", '/2/ a | "b"', "$r<2>", "(a|b)!fr<0-1>"],
)
def test_common_texts_are_read(text):
    """The fast path has an answer for every common construct."""
    assert agree(text)


def test_a_long_list_is_one_run():
    """Alternatives of plain words stay one piece of text."""
    text = "  one | two three\n | four "
    assert read_plain(text, 0) == Alternatives((Run("one | two three\n | four", 2),))
    node = read_plain(text, 0)
    assert isinstance(node, Alternatives)
    assert node.parts == (Run("one | two three\n | four", 2),)
    assert node.span == Span(2, 25)


def test_a_run_stops_where_something_else_starts():
    """A reference between plain alternatives divides the run."""
    node = read_plain("a | b | $r c | d | e", 0)
    assert isinstance(node, Alternatives)
    between = Alternative(Sequence((Reference("r"), Token("c"))))
    assert node.parts == (Run("a | b", 0), between, Run("d | e", 15))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a b", Sequence((Token("a"), Token("b")))),
        ("(a b)", Sequence((Token("a"), Token("b")))),
        ("(a) b", Sequence((Sequence((Token("a"),)), Token("b")))),
        ("(a|b)", Sequence((Alternatives((Run("a|b"),)),))),
        ("[a|b]", Repeat(Alternatives((Run("a|b"),)), 0, 1)),
        ("[a b]", Repeat(Sequence((Token("a"), Token("b"))), 0, 1)),
        ("()", Sequence(())),
        ("a<0-1>", Repeat(Token("a"), 0, 1)),
        ("a<2->", Repeat(Token("a"), 2, None)),
        ("a<2 /0.5/>", Repeat(Token("a"), 2, 2, 0.5)),
        ("non!fr<2>", Repeat(InLanguage(Token("non"), "fr"), 2, 2)),
        ("a {x}", Sequence((Token("a"), Tag("x")))),
        ("{!{x}}!}", Tag("x}")),
        ('"New  York"', Token("New York")),
        ("$VOID", Special("VOID")),
        ("/2/ a", Alternatives((Alternative(Token("a"), 2.0),))),
        ("a | /.5/ b", Alternatives((Alternative(Token("a")), Alternative(Token("b"), 0.5)))),
        ("$<g.gram#r>", Reference("r", "g.gram")),
        ("$<g.gram>", Reference(None, "g.gram")),
        ("$<#r>", Reference("r")),
        ("$<g#r>~<application/srgs>", Reference("r", "g", "application/srgs")),
        ("$<builtin:digits>", Reference(None, "builtin:digits")),
        ('""', Sequence(())),
    ],
)
def test_trees(text, tree):
    """One construct, one tree, by the fast path and by the parser."""
    expression, _ = read_expansion(text, 0)
    assert expression == tree
    assert read_plain(text, 0) in (tree, None)


def test_nesting_has_a_limit():
    """As deep as the limit is read, deeper is a problem at the first bracket too many."""
    assert agree("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH)
    text = "(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1)
    assert not agree(text)
    _, (finding,) = read_expansion(text, 0)
    assert (finding.code, finding.start) == ("nesting-too-deep", MAX_DEPTH)
    _, (finding,) = read_expansion("[" * 100_000, 0)
    assert finding.code == "nesting-too-deep"
