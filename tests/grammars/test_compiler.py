"""Rules become minimal deterministic automata."""

from __future__ import annotations

from itertools import product, takewhile

import pytest
from hypothesis import given, settings
from strategies import GARBAGE as ANY_WORD
from strategies import grammars, language
from trees import GARBAGE, NULL, VOID, alt, grammar, opt, rep, run, seq

from sttprep.errors import GrammarError
from sttprep.grammars.automaton import ANY, Automaton
from sttprep.grammars.budget import Budget
from sttprep.grammars.compiler import Loop, build_dag, build_nfa, compile_rules
from sttprep.grammars.expression import InLanguage, Reference, Tag, Token
from sttprep.grammars.grammar import Grammar, Header
from sttprep.grammars.minimise import minimise, numbered
from sttprep.grammars.nfa import determinise

LONGEST = 4
FINITE = grammars("abnf", specials=False, documented=False, words=("a", "b", "c", "New York"))

CASES = {
    "one word": (grammar("a"), {"a"}),
    "words in order": (grammar("a b"), {"a b"}),
    "alternatives": (grammar(alt("a", "b c")), {"a", "b c"}),
    "shared beginning": (grammar(alt("a b", "a c", "a")), {"a", "a b", "a c"}),
    "a run of text": (grammar(run("a | b  c|d")), {"a", "b c", "d"}),
    "quoted words": (grammar(Token("New York", quoted=True)), {"New York"}),
    "optional": (grammar(seq(opt("a"), "b")), {"b", "a b"}),
    "counted": (grammar(rep("a", 1, 3)), {"a", "a a", "a a a"}),
    "never repeated": (grammar(seq("a", rep("b", 0, 0))), {"a"}),
    "nothing": (grammar(NULL), {""}),
    "empty group": (grammar(seq()), {""}),
    "tag": (grammar(seq("a", Tag("x"))), {"a"}),
    "never": (grammar(VOID), set()),
    "never, in a sequence": (grammar(alt(seq("a", VOID), "b")), {"b"}),
    "never, repeated": (grammar(seq("a", rep(VOID, 0, 5))), {"a"}),
    "never, at least once": (grammar(alt(seq("a", rep(VOID, 1, 5)), "b")), {"b"}),
    "another language": (grammar(InLanguage(Token("oui"), "fr")), {"oui"}),
    "rules": (grammar(seq("$x", "$x"), x=alt("a", "b")), {"a a", "a b", "b a", "b b"}),
    "a rule that is only itself": (grammar(alt("$root", "a")), {"a"}),
    "a rule without an end": (grammar(alt(seq("a", "$root"))), set()),
    "rules that say nothing": (grammar(alt(seq("$root", "$root"), NULL)), {""}),
    "never left-recursive": (grammar(alt(seq(VOID, "$root", "b"), "a")), {"a"}),
    "an undefined rule": (grammar(alt("$gone", "a")), {"a"}),
    "open": (grammar(rep("a", 0, None)), {"", "a", "a a", "a a a", "a a a a"}),
    "at least two": (grammar(rep("a", 2, None)), {"a a", "a a a", "a a a a"}),
    "open, of something optional": (
        grammar(seq(rep(opt("a"), 1, None), "b")),
        {"b", "a b", "a a b", "a a a b"},
    ),
    "open, of nothing": (grammar(seq(rep(NULL, 0, None), "b")), {"b"}),
    "open twice": (grammar(seq(rep("a", 0, None), rep("a", 3, None))), {"a a a", "a a a a"}),
    "right recursion": (grammar(alt("a", seq("b", "$root"))), {"a", "b a", "b b a", "b b b a"}),
    "left recursion": (grammar(alt("a", seq("$root", "b"))), {"a", "a b", "a b b", "a b b b"}),
    "optional left recursion": (
        grammar(seq(opt("$root"), "a", opt("b"))),
        {
            s
            for n in range(1, 5)
            for w in product("ab", repeat=n)
            if (s := " ".join(w)).startswith("a") and "b b" not in s
        },
    ),
    "mutual right recursion": (
        grammar(alt("a", seq("b", "$x")), x=alt(seq("c", "$root"), "d")),
        {"a", "b d", "b c a", "b c b d"},
    ),
    "mutual left recursion": (
        grammar(alt(seq("$x", "a"), "c"), x=alt(seq("$root", "b"), "d")),
        {"c", "d a", "c b a", "d a b a"},
    ),
    "left recursion with alternatives of text": (
        grammar(seq(alt("$root", "b", "c d"), "a")),
        {"b a", "c d a", "b a a", "b a a a", "c d a a"},
    ),
    "recursion on both sides of nothing": (grammar(alt(seq(NULL, "$root", Tag("x")), "a")), {"a"}),
}


def shown(automaton: Automaton, longest: int = LONGEST) -> set[str]:
    """The sentences of at most so many words."""
    short = takewhile(lambda s: len(s.split()) <= longest, automaton.sentences())
    return set(short)


@pytest.mark.parametrize("name", CASES)
def test_sentences(name: str) -> None:
    """The automaton has the sentences of the tree, here those of at most four words."""
    given_grammar, sentences = CASES[name]
    automaton = given_grammar.automaton()
    assert shown(automaton) == sentences
    assert all(automaton.accepts(sentence.split()) for sentence in sentences)


def test_garbage_is_any_words() -> None:
    """GARBAGE matches no word, one word or many, named elsewhere or not."""
    automaton = grammar(seq("call", GARBAGE, "please")).automaton()
    for words in ("call please", "call please please", "call me now please", "call call please"):
        assert automaton.accepts(words.split())
    for words in ("call", "please", "call me", "me please", "call please now"):
        assert not automaton.accepts(words.split())


def test_garbage_names_no_more_than_needed() -> None:
    """A word that is named where any word would do the same is not named."""
    assert grammar(alt(GARBAGE, "a", "a b")).automaton() == Automaton([{ANY: 0}], [True])


def test_nothing_to_say() -> None:
    """The automaton without sentences is one state."""
    assert grammar(VOID).automaton() == Automaton([{}], [False])
    assert compile_rules(Grammar("abnf", Header(), ()).linked, ()) == Automaton([{}], [False])


def test_several_roots() -> None:
    """Several rules to start from are alternatives."""
    both = grammar("a", x=alt("b", "$root"))
    assert shown(compile_rules(both.linked, [(0, "root"), (0, "x")])) == {"a", "b"}


@pytest.mark.parametrize(
    ("rules", "named"),
    [
        ({"root": alt(seq("a", "$root", "b"), "c")}, "$root → $root"),
        ({"root": alt(seq("$root", "$root"), "c")}, "$root → $root"),
        ({"root": alt(seq("a", "$x"), "c"), "x": seq("$root", "b")}, "$root → $x → $root"),
        ({"root": alt(rep("$root", 0, None), "c")}, "$root → $root"),
        ({"root": alt(seq(opt("a"), "$root"), seq("$root", "b"), "c")}, "$root → $root"),
        ({"root": "$x", "x": alt(seq("a", "$x", rep("b", 0, 2)), "c")}, "$x → $x"),
    ],
)
def test_recursion_in_the_centre_is_refused(rules: dict[str, object], named: str) -> None:
    """A rule with words on both sides of itself is refused, its cycle named."""
    with pytest.raises(GrammarError, match="both sides") as caught:
        grammar(**rules).automaton()
    (problem,) = caught.value.problems
    assert problem.code == "not-regular"
    assert named in problem.message


def test_recursion_that_is_never_said_does_not_matter() -> None:
    """A rule that recurs in the centre is no obstacle where it can never be said."""
    assert shown(
        grammar(alt("a", seq("$x", VOID)), x=alt(seq("b", "$x", "b"), "c")).automaton()
    ) == {"a"}
    assert shown(grammar(alt("a", "$x"), x=seq("b", "$x", "b")).automaton()) == {"a"}


def test_rules_of_other_grammars_have_to_be_at_hand() -> None:
    """A rule of a grammar that could not be read is refused by name."""
    with pytest.raises(GrammarError, match="not loaded") as caught:
        grammar(seq("a", Reference("size", "menu.abnf"))).automaton()
    assert [problem.code for problem in caught.value.problems] == ["external-rule"]


@pytest.mark.parametrize(
    ("root", "message"),
    [
        (seq(rep(alt("a", "b"), 0, None), "a", rep(alt("a", "b"), 12, 12)), "different words"),
        (seq(rep(alt("a", "b"), 0, 13), "a", rep(alt("a", "b"), 13, 13)), "different words"),
        (rep(rep("a", 1, 60), 1, 60), "up to 3,600 copies"),
    ],
)
def test_size_is_limited(root: object, message: str) -> None:
    """What would grow beyond the budget is refused, with the likely cause."""
    linked = grammar(root).linked
    with pytest.raises(GrammarError, match=message) as caught:
        compile_rules(linked, linked.roots(), budget=2000)
    assert [problem.code for problem in caught.value.problems] == ["too-large"]


def test_long_chains_of_rules() -> None:
    """No chain of rules is too long, whether it ends or comes back to its start."""
    size = 3000
    names = [f"r{number}" for number in range(size)]
    chain = dict(zip(names, [f"${name}" for name in names[1:]], strict=False))
    assert shown(grammar("$r0", **chain, **{names[-1]: "end"}).automaton()) == {"end"}
    back = grammar("$r0", **chain, **{names[-1]: alt("end", seq("on", "$r0"))})
    assert shown(back.automaton(), 2) == {"end", "on end"}


def by_subsets(given_grammar: Grammar) -> Automaton:
    """The automaton made by subset construction and partition refinement."""
    linked, budget = given_grammar.linked, Budget()
    nfa, start = build_nfa(linked, linked.roots(), budget)
    arcs, finals = determinise(nfa, start, budget)
    return minimise(arcs, finals, 0, budget)


@given(FINITE)
@settings(max_examples=60, deadline=None)
def test_both_ways_give_the_same_automaton(given_grammar: Grammar) -> None:
    """Shared nodes and subset construction are two ways to one automaton."""
    linked = given_grammar.linked
    try:
        dag, start = build_dag(linked, linked.roots(), Budget())
    except Loop:
        return
    assert numbered(dag.arcs, dag.finals, start) == by_subsets(given_grammar)


@given(grammars("abnf", recursive=True, documented=False, words=("a", "b", "New York")))
@settings(max_examples=100, deadline=None)
def test_sentences_are_those_of_the_tree(given_grammar: Grammar) -> None:
    """Up to a length, the automaton has exactly the sentences found by brute force."""
    expected = language(given_grammar, longest=LONGEST)
    try:
        automaton = given_grammar.automaton()
    except GrammarError:
        return
    if expected is None or automaton.has_any:
        return
    found = shown(automaton)
    assert found == {" ".join(words) for words in expected}
    words = sorted(automaton.vocabulary())[:3]
    for sentence in product(words, repeat=3):
        assert automaton.accepts(sentence) == (sentence in expected)


@given(grammars("abnf", recursive=True, documented=False, words=("a", "b", "c")))
@settings(max_examples=60, deadline=None)
def test_no_state_is_too_many(given_grammar: Grammar) -> None:
    """Every state is reached, leads to an end, and differs from every other state."""
    try:
        automaton = given_grammar.automaton()
    except GrammarError:
        return
    size = len(automaton.arcs)
    reached = [0]
    for state in reached:
        reached += sorted(set(automaton.arcs[state].values()).difference(reached))
    assert sorted(reached) == list(range(size))
    if size == 1:
        return
    ends = {state for state in range(size) if automaton.finals[state]}
    for _ in range(size):
        ends |= {s for s in range(size) if ends & set(automaton.arcs[s].values())}
    assert len(ends) == size
    kinds = [int(final) for final in automaton.finals]
    words = [*sorted(automaton.vocabulary()), ANY]
    for _ in range(size):
        rows = [
            (
                kinds[state],
                *(
                    kinds[row[word]] if word in row else kinds[row[ANY]] if ANY in row else -1
                    for word in words
                ),
            )
            for state, row in enumerate(automaton.arcs)
        ]
        kinds = [rows.index(row) for row in rows]
    assert len(set(kinds)) == size


def test_any_word_is_shown_as_in_the_tests_of_trees() -> None:
    """The stand-in for any word is the same here and in the brute-force sentences."""
    assert shown(grammar(GARBAGE).automaton(), 1) == {"", ANY_WORD}
