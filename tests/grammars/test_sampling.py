"""Sentences by chance are sentences of the grammar."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from strategies import grammars
from trees import GARBAGE, NULL, VOID, alt, grammar, opt, rep, run, seq

from sttprep.errors import GrammarError
from sttprep.grammars import sampling
from sttprep.grammars.expression import InLanguage, Token
from sttprep.grammars.grammar import Grammar
from sttprep.grammars.sampling import sample, unranked


@given(grammars("abnf", specials=False, documented=False, words=("a", "b", "c")))
@settings(max_examples=40, deadline=None)
def test_every_number_is_another_sentence(given_grammar: Grammar) -> None:
    """Numbers and sentences of a finite grammar belong to each other one to one."""
    automaton = given_grammar.automaton()
    number = automaton.count()
    if 0 < number < 2000:
        found = [unranked(automaton, rank) for rank in range(int(number))]
        assert sorted(found) == sorted(automaton.sentences())


@given(given_grammar=grammars("abnf", recursive=True, documented=False, words=("a", "b", "c")))
@settings(max_examples=40, deadline=None)
@pytest.mark.parametrize("weighted", [False, True])
def test_samples_are_sentences(given_grammar: Grammar, weighted: bool) -> None:
    """Whatever is drawn is accepted, and a grammar from which nothing is drawn has no sentence."""
    try:
        drawn = sample(given_grammar, 3, weighted=weighted)
    except GrammarError:
        assert given_grammar.count() == 0
        return
    assert len(drawn) == 3
    try:
        automaton = given_grammar.automaton()
    except GrammarError:
        return
    assert all(automaton.accepts(sentence.split()) for sentence in drawn)


def test_seed_decides() -> None:
    """The same seed draws the same sentences, another one others."""
    digits = grammar(rep("$digit", 8, 8), digit=run("0|1|2|3|4|5|6|7|8|9"))
    assert digits.sample(5, seed=7) == digits.sample(5, seed=7)
    assert digits.sample(5, seed=7) != digits.sample(5, seed=8)
    assert digits.sample(5, seed=7, weighted=True) == digits.sample(5, seed=7, weighted=True)


def test_all_sentences_equally_likely() -> None:
    """Without weights neither the tree nor a sentence made twice changes how likely they are."""
    drawn = Counter(grammar(alt("a", "a", seq("b", alt("c", "d", "e")))).sample(4000))
    assert set(drawn) == {"a", "b c", "b d", "b e"}
    assert all(850 < times < 1150 for times in drawn.values())


def test_weights_are_followed() -> None:
    """With weights, alternatives come as often as their weights say."""
    drawn = Counter(
        grammar(alt("a", "b", "c", weights=(6.0, 3.0, None))).sample(2000, weighted=True)
    )
    assert (drawn["a"] > 1100, 450 < drawn["b"] < 750, 100 < drawn["c"] < 300) == (True,) * 3


def test_repeats_are_followed() -> None:
    """With weights, one more time comes as often as the repeat says."""
    drawn = Counter(grammar(rep("a", 1, 3, 0.9)).sample(2000, weighted=True))
    assert 120 < drawn["a"] < 280
    assert 1500 < drawn["a a a"] < 1740


def test_what_is_never_said_has_no_weight() -> None:
    """Alternatives that cannot be completed are not chosen."""
    never = grammar(
        alt(seq("a", VOID), "$endless", "b", weights=(9.0, 9.0, 1.0)), endless=seq("c", "$endless")
    )
    assert set(never.sample(20, weighted=True)) == {"b"}


def test_recursion_in_the_centre() -> None:
    """What has no automaton can be drawn all the same, and ends even where it tends to grow."""
    nested = grammar(
        alt(seq("(", "$root", ")"), seq("$root", "$root"), "x", weights=(5.0, 5.0, 1.0))
    )
    for sentence in nested.sample(5, seed=3):
        assert sentence.count("(") == sentence.count(")")
        assert "x" in sentence


def test_mutual_recursion_ends() -> None:
    """A walk that has grown long takes the shortest way out through several rules."""
    maze = grammar(
        alt("$x", "$y", weights=(1.0, 9.0)),
        x=alt(seq("$y", "$x"), seq("a", "$z"), weights=(9.0, 1.0)),
        y=seq("$x", "$x", "b"),
        z=alt("$y", "end", weights=(9.0, 1.0)),
    )
    assert all(sentence.endswith(("end", "b")) for sentence in maze.sample(3))


def test_any_words_are_left_out() -> None:
    """GARBAGE is drawn as nothing, which it matches."""
    assert set(grammar(seq("a", GARBAGE, opt("b"))).sample(20)) == {"a", "a b"}


def test_other_nodes() -> None:
    """Words in another language are said, silence is not."""
    assert grammar(seq(NULL, InLanguage(Token("oui"), "fr"), rep("a", 0, 0))).sample(1) == ["oui"]
    assert grammar(rep(VOID, 0, None)).sample(1, weighted=True) == [""]


@pytest.mark.parametrize("weighted", [False, True])
def test_nothing_to_draw(weighted: bool) -> None:
    """Drawing from no sentences is an error, drawing none is not."""
    with pytest.raises(GrammarError, match="no sentence"):
        grammar(VOID).sample(1, weighted=weighted)
    assert grammar(VOID).sample(0, weighted=weighted) == []


def test_sentences_of_any_length_are_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence of a billion words is refused."""
    monkeypatch.setattr(sampling, "_MOST_STEPS", 10_000)
    with pytest.raises(GrammarError) as caught:
        grammar(rep(rep("a", 100_000, 100_000), 10_000, None)).sample(1, weighted=True)
    assert [problem.code for problem in caught.value.problems] == ["too-large"]
