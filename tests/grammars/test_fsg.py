"""Recognizer graphs keep the probabilities of the grammar."""

from __future__ import annotations

import math
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import assume, given, reject, settings
from strategies import grammars
from trees import GARBAGE, NULL, VOID, alt, grammar, opt, rep, run, seq

from sttprep.errors import GrammarError
from sttprep.grammars.compiler import more_likely
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
from sttprep.grammars.fsg import RecognizerGraph, recognizer_graph
from sttprep.grammars.grammar import Grammar
from sttprep.grammars.read import read_grammar

LONGEST = 4
Shares = dict[tuple[str, ...], float]


def same(left: Shares, right: Shares, within: float = 1e-12) -> bool:
    """Whether two distributions agree."""
    return all(
        math.isclose(
            left.get(words, 0.0), right.get(words, 0.0), rel_tol=within * 1e6, abs_tol=within
        )
        for words in {*left, *right}
    )


def graph_shares(graph: RecognizerGraph, longest: int = LONGEST) -> Shares:
    """Probability of every sentence of at most so many words, by following every transition."""
    shares: Shares = defaultdict(float)
    open_ways: list[tuple[int, tuple[str, ...], float]] = [(graph.start, (), 1.0)]
    leaving = defaultdict(list)
    for transition in graph.transitions:
        leaving[transition[0]].append(transition)
    while open_ways:
        state, words, share = open_ways.pop()
        if state == graph.final:
            shares[words] += share
        for _, target, probability, *word in leaving[state]:
            if len(words) + len(word) <= longest:
                open_ways.append((target, (*words, *word), share * probability))
    return shares


def tree_shares(given_grammar: Grammar, longest: int = LONGEST) -> Shares:
    """The same by brute force from the tree: again and again from the inside until it settles."""
    rules: dict[str, Shares] = {rule.name: {} for rule in given_grammar.rules}
    useful: dict[str, bool] = dict.fromkeys(rules, False)

    def said(node: Expression) -> bool:
        if isinstance(node, Reference):
            return useful[node.rule or ""]
        if isinstance(node, Special):
            return node.name != "VOID"
        if isinstance(node, Sequence):
            return all(map(said, node.items))
        if isinstance(node, Alternatives):
            return any(said(item.expression) for item in node.items)
        if isinstance(node, Repeat):
            return not node.least or said(node.body)
        return said(node.body) if isinstance(node, InLanguage) else True

    for _ in rules:
        useful = {rule.name: said(rule.expression) for rule in given_grammar.rules}

    def both(left: Shares, right: Shares, factor: float = 1.0) -> Shares:
        found: Shares = defaultdict(float)
        for one, share in left.items():
            for two, other in right.items():
                if len(one) + len(two) <= longest:
                    found[one + two] += factor * share * other
        return found

    def plus(left: Shares, right: Shares, factor: float) -> Shares:
        found = defaultdict(float, left)
        for words, share in right.items():
            found[words] += factor * share
        return found

    def shares(node: Expression) -> Shares:
        if not said(node):
            return {}
        if isinstance(node, Token):
            words = tuple(node.text.split())
            return {words: 1.0} if len(words) <= longest else {}
        if isinstance(node, Reference):
            return rules[node.rule or ""]
        if isinstance(node, Alternatives):
            ways = [item for item in node.items if said(item.expression)]
            whole = sum(1.0 if way.weight is None else way.weight for way in ways)
            found: Shares = {}
            for way in ways:
                weight = 1.0 if way.weight is None else way.weight
                found = plus(found, shares(way.expression), weight / whole)
            return found
        result: Shares = {(): 1.0}
        if isinstance(node, Sequence):
            for item in node.items:
                result = both(result, shares(item))
        elif isinstance(node, InLanguage):
            return shares(node.body)
        elif isinstance(node, Repeat):
            likely, body = more_likely(node), shares(node.body)
            for _ in range(node.least):
                result = both(result, body)
            if not said(node.body):
                return result
            times, found = node.least, {}
            while True:
                last = node.most is not None and times >= node.most
                found = plus(found, result, 1.0 if last else 1 - likely)
                result = both(result, body, likely)
                times += 1
                if last or sum(result.values()) < 1e-14:
                    return found
        return result

    for _ in range(200):
        before, rules = rules, {r.name: shares(r.expression) for r in given_grammar.rules}
        if all(same(before[name], rules[name], 1e-14) for name in rules):
            break
    else:
        reject()  # weights that let it settle too slowly
    found: Shares = {}
    roots = [rule.name for rule in given_grammar.rules if rule.is_public]
    if given_grammar.header.root is not None:
        roots = [given_grammar.header.root]
    roots = [root for root in roots if useful[root]]
    for root in roots:
        found = plus(found, rules[root], 1 / len(roots))
    return found


CASES = {
    "weights": (grammar(alt("a", "b", weights=(3.0, 1.0))), {"a": 0.75, "b": 0.25}),
    "some weights": (grammar(alt("a", "b", weights=(3.0, None))), {"a": 0.75, "b": 0.25}),
    "no weights": (
        grammar(alt("a", "b", "c", "d c")),
        {"a": 0.25, "b": 0.25, "c": 0.25, "d c": 0.25},
    ),
    "the same twice": (grammar(alt("a", "b", "a")), {"a": 2 / 3, "b": 1 / 3}),
    "a run, the same twice": (grammar(run("a | b c | a | b")), {"a": 0.5, "b c": 0.25, "b": 0.25}),
    "shared beginning": (grammar(alt("a b", "a c", "d")), {"a b": 1 / 3, "a c": 1 / 3, "d": 1 / 3}),
    "optional": (grammar(seq(opt("a"), "b")), {"a b": 0.5, "b": 0.5}),
    "optional, seldom": (grammar(opt("a", 0.1)), {"a": 0.1, "": 0.9}),
    "counted": (grammar(rep("a", 1, 3, 0.2)), {"a": 0.8, "a a": 0.16, "a a a": 0.04}),
    "nothing": (grammar(NULL), {"": 1.0}),
    "never as an alternative": (grammar(alt("a", "b", VOID)), {"a": 0.5, "b": 0.5}),
    "never repeated": (grammar(seq("a", rep(VOID, 0, 3))), {"a": 1.0}),
    "several ways": (grammar(alt("a b", seq("a", opt("b")))), {"a b": 0.75, "a": 0.25}),
}


@pytest.mark.parametrize("name", CASES)
def test_probabilities(name: str) -> None:
    """The probability of a sentence in the graph is that of the grammar."""
    given_grammar, expected = CASES[name]
    shares = graph_shares(given_grammar.fsg())
    assert {" ".join(words): share for words, share in shares.items()} == pytest.approx(expected)
    assert same(shares, tree_shares(given_grammar))


LOOPS = {
    "open": grammar(rep("a", 0, None)),
    "open, likely": grammar(seq(rep(alt("a", "b"), 1, None, 0.8), "c")),
    "open, of something optional": grammar(rep(opt("a"), 1, None)),
    "open, of something optional and open": grammar(rep(rep(opt("a"), 0, None, 0.3), 0, None)),
    "right recursion": grammar(alt("a", seq("b", "$root"), weights=(1.0, 2.0))),
    "left recursion": grammar(alt("a", seq("$root", "b"), weights=(1.0, 2.0))),
    "left recursion in alternatives": grammar(
        seq(alt("$root", "b", "c d", weights=(0.5, 1.0, 2.0)), opt("a"))
    ),
    "optional left recursion": grammar(seq(opt("$root", 0.3), "a", opt("b"))),
    "mutual left recursion": grammar(
        alt(seq("$x", "a"), "c"), x=alt(seq("$root", "b"), seq("$x", "e"), "d")
    ),
    "left and right, apart": grammar(
        seq("$x", "$y"), x=alt(seq("$x", "a"), "b"), y=alt(seq("c", "$y"), "d")
    ),
    "itself alone": grammar(alt("$root", "a", seq("b", "$root"))),
    "too many ways to part": grammar(
        alt(rep("a", 0, None, 0.9), seq(rep("a", 0, None, 0.3), "b"), rep("a", 1, None))
    ),
}


@pytest.mark.parametrize("name", LOOPS)
def test_probabilities_of_loops(name: str) -> None:
    """They are the grammar's in graphs with loops too."""
    assert same(graph_shares(LOOPS[name].fsg()), tree_shares(LOOPS[name]))


@given(grammars("abnf", recursive=True, documented=False, words=("a", "b", "c d")))
@settings(max_examples=80, deadline=None)
def test_random_grammars(given_grammar: Grammar) -> None:
    """Graph and brute force agree on random grammars."""
    text = repr([rule.expression for rule in given_grammar.rules])
    assume("probability=1.0" not in text or "most=None" not in text)  # brute force does not end
    # Rules such as $x = () | $x $x go on for ever with some probability, which is no sentence's:
    # brute force leaves it out, the graph shares it out.
    assume(all(found.kind != "both" for found in given_grammar.linked.graph.recursions))
    try:
        graph = given_grammar.fsg()
    except GrammarError:
        return
    if graph.words:
        assert same(graph_shares(graph), tree_shares(given_grammar))
    else:  # brute force loses what never ends, as in $r = [$r $r $r]
        assert graph_shares(graph) == {(): 1.0}
    automaton = given_grammar.automaton()
    for words, share in graph_shares(graph).items():
        assert share > 0
        assert automaton.accepts(words)


def test_states_are_shared() -> None:
    """Common beginnings and ends of phrases are one state."""
    assert grammar(alt("call the doctor", "call the nurse", "fetch the nurse")).fsg().n_states == 6
    same_ends = grammar(alt("call her now", "call him now", "fetch her now", "fetch him now"))
    assert same_ends.fsg().n_states == 4


def test_one_way_for_each_word_where_possible() -> None:
    """Where it is possible with few states, no state has two transitions for a word."""
    graph = grammar(seq(alt("a b", "a c", seq("a", opt("b"))), "d")).fsg()
    labels = [(transition[0], *transition[3:]) for transition in graph.transitions]
    assert len(set(labels)) == len(labels)


def test_several_ways_where_one_would_be_too_large() -> None:
    """A graph that would explode with one way per word stays small and keeps its probabilities."""
    graph = grammar(seq(rep(alt("a", "b"), 0, None), "a", rep(alt("a", "b"), 11, 11))).fsg()
    assert graph.n_states < 20
    labels = [(transition[0], *transition[3:]) for transition in graph.transitions]
    assert len(set(labels)) < len(labels)
    assert sum(graph_shares(graph, 12).values()) == pytest.approx(0.5)


def test_growth_is_linear() -> None:
    """Twice the rules make twice the transitions."""

    def size(number: int) -> int:
        names = [f"r{at}" for at in range(number)]
        rules = {name: seq(f"say {name}", alt("a", "b")) for name in names}
        return len(grammar(alt(*(f"${name}" for name in names)), **rules).fsg().transitions)

    assert size(400) - size(200) == size(600) - size(400) == 200


@pytest.mark.parametrize(
    ("given_grammar", "code"),
    [
        (grammar(seq("a", GARBAGE)), "garbage-in-graph"),
        (grammar(alt("a", seq("b", "$root", "c"))), "not-regular"),
        (grammar(seq("a", Reference("size", "menu.abnf"))), "external-rule"),
        (grammar(rep(rep("a", 1, 100), 1, 100)), "too-large"),
    ],
)
def test_refusals(given_grammar: Grammar, code: str) -> None:
    """What no graph can say is refused by name."""
    with pytest.raises(GrammarError) as caught:
        recognizer_graph(given_grammar, budget=5000)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_no_sentence_no_graph() -> None:
    """There is nothing to recognize where nothing is accepted."""
    with pytest.raises(GrammarError, match="no sentence"):
        grammar(VOID).fsg()


@pytest.mark.parametrize(
    ("body", "probabilities"),
    [
        ("/0/ a | b", {"a": 1e-6, "b": 1.0}),
        ("/0/ a | /0/ b", {"a": 0.5, "b": 0.5}),
        ("/0/ $s | b", {"c": 5e-7, "d": 5e-7, "b": 1.0}),
        (f"/0.{'0' * 320}1/ a | /0.{'0' * 320}1/ $s", {"a": 0.5, "c": 0.25, "d": 0.25}),
    ],
)
def test_weights_that_are_hard_to_compute_with(body: str, probabilities: dict[str, float]) -> None:
    """A sentence of weight 0 stays possible; very small weights are weights."""
    text = f"#ABNF 1.0;\nlanguage en;\nroot $r;\n$r = {body};\n$s = c | d;\n"
    found = {word: p for _, _, p, *word_ in read_grammar(text).fsg().transitions for word in word_}
    assert found == pytest.approx(probabilities, rel=1e-5)


def test_a_probability_too_small_for_the_machine() -> None:
    """Its words stay in the graph."""
    rare = alt("a", "b")
    for _ in range(5):
        rare = Alternatives((Alternative(rare, 1e-90), Alternative(Token("c"), 1e90)))
    assert recognizer_graph(grammar(rare)).words == ("a", "b", "c")


def test_garbage_that_is_never_said_is_no_obstacle() -> None:
    """Only what can be said is refused."""
    assert grammar(alt("a", seq(GARBAGE, VOID), seq(VOID, GARBAGE))).fsg().words == ("a",)


ORDER = grammar(seq(opt("a", 0.25), alt("tea", "coffee")))


def test_fsg_text() -> None:
    """The file of a graph, line by line."""
    assert ORDER.fsg().to_fsg("two words") == (
        "FSG_BEGIN two_words\nNUM_STATES 3\nSTART_STATE 0\nFINAL_STATE 2\n"
        "TRANSITION 0 1 0.25 a\nTRANSITION 0 2 0.375 coffee\nTRANSITION 0 2 0.375 tea\n"
        "TRANSITION 1 2 0.5 coffee\nTRANSITION 1 2 0.5 tea\nFSG_END\n"
    )


def test_openfst_text() -> None:
    """Arcs with costs, the final state, and a table of the symbols."""
    graph = grammar(opt("a")).fsg()
    assert graph.to_openfst() == ("0\t1\ta\ta\t0.693147181\n0\t1\t<eps>\t<eps>\t0.693147181\n1\n")
    assert graph.symbols() == "<eps>\t0\na\t1\n"


def test_dot_text() -> None:
    """Quotes and backslashes in words do not end the label."""
    text = grammar(alt(Token('say "hi"'), Token("a\\b"))).fsg().to_dot()
    assert '[label="\\"hi\\" 1"]' in text
    assert '[label="a\\\\b 0.5"]' in text
    assert text.startswith("digraph")
    assert "rankdir=LR" in text


@pytest.mark.parametrize(
    "given_grammar",
    [
        ORDER,
        LOOPS["open"],
        LOOPS["left recursion"],
        grammar(opt("a")),
        grammar(seq(opt("one"), "two")),
    ],
)
def test_sphinx_reads_the_file(given_grammar: Grammar, tmp_path: Path) -> None:
    """pocketsphinx reads the file, takes the transitions, and accepts the same sentences."""
    from pocketsphinx import FsgModel, LogMath

    graph = given_grammar.fsg()
    path = tmp_path / "order.fsg"
    path.write_text(graph.to_fsg(), encoding="utf-8")
    logmath = LogMath()
    read = FsgModel.readfile(str(path), logmath, 1.0)
    for words in ("", "a", "a a", "tea", "a tea", "a b", "a b b", "tea a", "two", "one two", "one"):
        assert read.accept(words) == given_grammar.automaton().accepts(words.split())


def test_nodes_without_words() -> None:
    """Tags and languages change nothing in the graph."""
    bare = grammar(seq("a", InLanguage(Token("b"), "fr"), Tag("x"))).fsg()
    assert bare.transitions == grammar("a b").fsg().transitions
    assert repr(bare) == "<RecognizerGraph: 3 states, 2 transitions, 2 words>"
