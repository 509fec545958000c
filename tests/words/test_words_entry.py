"""Words, word lists and what adding words does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from sttprep.errors import NotFoundError, WordError
from sttprep.words import Word, WordList, complete_word

_BASE = {"tomato", "ncaa"}


@pytest.mark.parametrize(
    ("word", "in_base", "sounds_like", "display_as"),
    [
        (Word("Zolgensma"), False, ("Zolgensma",), "Zolgensma"),
        (Word("tomato"), True, (), None),
        (Word("NCAA", ["N. C. A. A."]), False, ("N. C. A. A.",), "NCAA"),
        (Word("tomato", ["tomahto"]), True, ("tomahto",), "tomato"),
        (Word("ibm", display_as="IBM™"), False, ("ibm",), "IBM™"),
        (Word("tomato", display_as="Tomato"), True, (), "Tomato"),
        (Word("a", ["eh"], "A"), False, ("eh",), "A"),
        (Word("tomato", ["tomahto"], "T"), True, ("tomahto",), "T"),
    ],
)
def test_behaviour_matrix(
    word: Word, in_base: bool, sounds_like: tuple[str, ...], display_as: str | None
) -> None:
    """The eight combinations of base vocabulary, sounds_like and display_as."""
    done = complete_word(word, in_base=in_base)
    assert (done.sounds_like, done.display_as, done.error) == (sounds_like, display_as, ())


@pytest.mark.parametrize("in_base", [False, True])
def test_next_generation_fills_display_as_only(in_base: bool) -> None:
    """Next-generation models never get a generated sounds-like."""
    done = complete_word(Word("Zolgensma"), in_base=in_base, generation="next")
    assert (done.sounds_like, done.display_as) == ((), "Zolgensma")


def test_invalid_word_is_kept_with_its_error_or_refused() -> None:
    """Added loosely it carries the error; strictly it is refused and nothing is added."""
    bad = Word("75.00", ["75 dollars"])
    assert WordList().with_word(bad, base=())["75.00"].error[0][0] == "75 dollars"
    with pytest.raises(WordError) as caught:
        WordList().with_words([Word("fine"), bad], base=(), strict=True)
    assert [problem.code for problem in caught.value.problems] == ["sounds-like-number"]


def test_error_goes_when_the_word_is_mended() -> None:
    """Adding a word again replaces its definition."""
    words = WordList().with_word(Word("75.00", ["75 dollars"]), base=())
    words = words.with_word(Word("75.00", ["seventy five dollars"]), base=())
    assert words["75.00"].error == ()
    assert words["75.00"].sounds_like == ("seventy five dollars",)


def test_user_first_then_corpus() -> None:
    """A word first added by hand starts at 1 and corpus occurrences add to it."""
    words = WordList().with_word(Word("NCAA"), base=()).with_occurrences({"NCAA": 2}, "corpus3")
    assert (words["NCAA"].count, words["NCAA"].source) == (3, ("corpus3", "user"))


def test_corpus_first_then_user() -> None:
    """Changing a corpus word by hand leaves its count."""
    words = WordList().with_occurrences({"NCAA": 2}, "c1")
    words = words.with_word(Word("NCAA", ["N. C. double A."]), base=())
    assert (words["NCAA"].count, words["NCAA"].source) == (2, ("c1", "user"))


def test_corpus_keeps_a_definition_given_by_hand() -> None:
    """Occurrences never change sounds_like or display_as."""
    words = WordList().with_word(Word("NCAA", ["N. C. double A."], "N.C.A.A."), base=())
    again = words.with_occurrences({"NCAA": 4}, "c1")["NCAA"]
    assert (again.sounds_like, again.display_as) == (("N. C. double A.",), "N.C.A.A.")


def test_base_vocabulary_is_looked_up_in_lower_case() -> None:
    """Tomato is the base vocabulary's tomato."""
    words = WordList().with_word(Word("Tomato"), base=_BASE)
    assert words["Tomato"].sounds_like == ()


def test_stock_lexicon_is_the_english_base_vocabulary() -> None:
    """Without a base the stock dictionary decides for English, nothing for other languages."""
    assert WordList().with_word(Word("tomato"))["tomato"].sounds_like == ()
    french = WordList().with_word(Word("tomato"), language="fr-FR")
    assert french["tomato"].sounds_like == ("tomato",)


def test_deleting_a_source() -> None:
    """A corpus takes along the words nothing else supplied, and its occurrences of the others."""
    words = (
        WordList()
        .with_occurrences({"alpha": 1, "beta": 2, "gamma": 3}, "c1")
        .with_occurrences({"beta": 5}, "c2")
        .with_word(Word("gamma"), base=())
    )
    left = words.without_source("c1", {"alpha": 1, "beta": 2, "gamma": 3})
    assert [(word.word, word.count, word.source) for word in left] == [
        ("beta", 5, ("c2",)),
        ("gamma", 0, ("user",)),
    ]


def test_sorting() -> None:
    """Digits, upper case, lower case; counts ascending unless turned round; ties alphabetical."""
    words = WordList([Word("b", count=2), Word("A", count=1), Word("9", count=2), Word("a")])
    assert [word.word for word in words.sorted()] == ["9", "A", "a", "b"]
    assert [word.word for word in words.sorted("-alphabetical")] == ["b", "a", "A", "9"]
    assert [word.word for word in words.sorted("count")] == ["a", "A", "9", "b"]
    assert [word.word for word in words.sorted("-count")] == ["9", "b", "A", "a"]
    with pytest.raises(WordError, match="sorted by 'size'"):
        words.sorted("size")


@dataclass
class _Context:
    text: str
    line: int
    source: str


@dataclass
class _Row:
    word: str
    count: int
    contexts: tuple[_Context, ...] = ()


@dataclass
class _Report:
    words: list[_Row]


def test_from_oov() -> None:
    """An OOV report becomes words with counts, corpora and generated fields."""
    contexts = (_Context("…", 1, "b"), _Context("…", 2, "a"), _Context("…", 9, "b"))
    words = WordList.from_oov(_Report([_Row("NINDS", 3, contexts), _Row("Zolgensma", 1)]))
    assert words.words == (
        Word("NINDS", ("N. I. N. D. S.", "NINDS"), "NINDS", 3, ("a", "b")),
        Word("Zolgensma", ("Zolgensma",), "Zolgensma", 1),
    )


def test_one_string_is_one_sounds_like() -> None:
    """A forgotten list does not become a list of letters."""
    assert Word("x", "hilton honors").sounds_like == ("hilton honors",)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((75,), r"The spelling of a word is 75 \(int\), not a text. .* 'NCAA'"),
        ((None,), r"None \(NoneType\)"),
        (("x", [75]), r"A sounds-like is 75 \(int\), not a text. .* 'N. C. A. A.'"),
        (("x", 75), "A sounds-like is 75"),
        (("x", (), 75), "display_as is 75"),
        (("x", (), None, 1, [None]), "A source is None"),
    ],
)
def test_fields_are_text(arguments: tuple[Any, ...], message: str) -> None:
    """A number in place of a text is refused where it is given, not where it is used."""
    with pytest.raises(WordError, match=message):
        Word(*arguments)


def test_none_is_an_empty_list() -> None:
    """Tables and JSON write None for what they do not have."""
    assert Word("x", None, None, 0, None) == Word("x")


def test_list_is_a_value() -> None:
    """with_ methods leave the list they are called on alone."""
    words = WordList([Word("a")])
    words.with_word(Word("b"), base=())
    assert len(words) == 1
    assert "b" not in words
    assert words == WordList([Word("a")])
    assert words[0] is words["a"]
    assert words[:1] == words


def test_missing_word_names_its_neighbours() -> None:
    """A wrong spelling lists what is near."""
    with pytest.raises(NotFoundError) as caught:
        WordList([Word("metformin")])["metfromin"]
    assert caught.value.available == ("metformin",)
    with pytest.raises(NotFoundError):
        WordList().without("metformin")


def test_repeated_spelling_is_refused() -> None:
    """A list holds each spelling once; case makes another spelling."""
    assert len(WordList([Word("a"), Word("A")])) == 2
    with pytest.raises(WordError, match="'a'"):
        WordList([Word("a"), Word("a")])


def test_frame_and_html() -> None:
    """Both show every field; HTML is escaped."""
    words = WordList([Word("<b>", ["bee"], count=2, source=["c1"])])
    frame = words.frame()
    assert list(frame.columns) == ["word", "sounds_like", "display_as", "count", "source"]
    assert frame.loc[0, "sounds_like"] == ["bee"]
    assert "&lt;b&gt;" in words._repr_html_()
    assert list(WordList().frame().columns) == list(frame.columns)


def test_a_list_takes_words_only() -> None:
    """A text in place of a word is one sentence."""
    for make in (lambda: WordList(["NCAA"]), lambda: WordList().with_words("NCAA", base=())):
        with pytest.raises(WordError, match="'NCAA' is not a Word"):
            make()


def test_next_generation_models_keep_no_words_of_corpora() -> None:
    """language-words.md, listWords: their source is user and their count 1, whatever is read."""
    words = WordList().with_word(Word("NCAA"), base=(), generation="next")
    words = words.with_occurrences({"NCAA": 2, "MVD": 1}, "c1", generation="next")
    words = words.with_word(Word("NCAA", ["N C A A"]), base=(), generation="next")
    assert [(word.word, word.count, word.source) for word in words] == [("NCAA", 1, ("user",))]
    assert words.without_source("c1") == words
    with pytest.raises(WordError, match="reserved"):
        words.with_occurrences({"MVD": 1}, "user", generation="next")
