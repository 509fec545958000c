"""The words resource as a whole: every cell of the documented matrix, every sequence of changes.

The reference here is written from the documentation (service-contract D.4 and D.5) with counts kept
per source, which the list under test does not do.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sttprep.errors import WordError
from sttprep.words import Word, WordList

_BASE = frozenset({"tomato", "one"})
_VALID, _INVALID = ("tomahto",), ("75 dollars",)
_MESSAGE = "Numbers are not allowed in sounds_like. You can try for example 'seventy five dollars'."

# D.5: (in the base vocabulary, sounds_like, display_as) → (sounds_like, display_as) of the stored
# word; "generated" is what the service makes of the spelling.
_MATRIX: dict[tuple[bool, str, bool], tuple[str, str]] = {
    (False, "none", False): ("generated", "word"),
    (False, "valid", False): ("given", "word"),
    (False, "none", True): ("generated", "given"),
    (False, "valid", True): ("given", "given"),
    (True, "none", False): ("empty", "empty"),
    (True, "valid", False): ("given", "word"),
    (True, "none", True): ("empty", "given"),
    (True, "valid", True): ("given", "given"),
}
_HISTORIES: dict[str, list[str]] = {
    "by hand": [],
    "after a corpus": ["corpus"],
    "after another definition": ["other"],
    "after a wrong definition": ["wrong"],
    "after a corpus and a definition": ["corpus", "other"],
    "after a definition and a corpus": ["other", "corpus"],
    "after its deletion": ["other", "delete"],
}


def _history(spelling: str, steps: list[str]) -> WordList:
    words = WordList()
    for step in steps:
        if step == "corpus":
            words = words.with_occurrences({spelling: 2}, "c1")
        elif step == "other":
            words = words.with_word(Word(spelling, ["other", "another"], "Other"), base=_BASE)
        elif step == "wrong":
            words = words.with_word(Word(spelling, ["9"], "Wrong"), base=_BASE)
        else:
            words = words.without(spelling)
    return words


@pytest.mark.parametrize("history", _HISTORIES)
@pytest.mark.parametrize(
    ("in_base", "sounds_like", "display_as"),
    list(itertools.product([False, True], ["none", "valid", "invalid"], [False, True])),
)
def test_every_cell_after_every_history(
    in_base: bool, sounds_like: str, display_as: bool, history: str
) -> None:
    """A definition replaces what was there before, whatever that was."""
    spelling = "tomato" if in_base else "Zolgensma"
    before = _history(spelling, _HISTORIES[history])
    given = {"none": (), "valid": _VALID, "invalid": _INVALID}[sounds_like]
    word = Word(spelling, given, "Shown" if display_as else None)

    stored = before.with_word(word, base=_BASE)[spelling]

    if sounds_like == "invalid":
        assert stored.error == (("75 dollars", _MESSAGE),)
        with pytest.raises(WordError) as caught:
            before.with_word(word, base=_BASE, strict=True)
        assert [p.code for p in caught.value.problems] == ["sounds-like-number"]
        expected = _MATRIX[in_base, "valid", display_as]
    else:
        assert stored.error == ()
        assert before.with_word(word, base=_BASE, strict=True)[spelling] == stored
        expected = _MATRIX[in_base, sounds_like, display_as]
    assert (stored.sounds_like, stored.display_as) == (
        {"generated": ("Zolgensma",), "given": given, "empty": ()}[expected[0]],
        {"word": spelling, "given": "Shown", "empty": None}[expected[1]],
    )
    steps = _HISTORIES[history]
    counted = 2 if "corpus" in steps else 0
    assert stored.count == counted + (steps[:1] != ["corpus"])
    assert stored.source == (("c1", "user") if counted else ("user",))


@pytest.mark.parametrize("in_base", [False, True])
@pytest.mark.parametrize("sounds_like", ["none", "valid", "invalid"])
@pytest.mark.parametrize("display_as", [None, "Shown"])
def test_next_generation(in_base: bool, sounds_like: str, display_as: str | None) -> None:
    """Nothing is generated but display_as, for words of the base vocabulary too."""
    given = {"none": (), "valid": ("toe mah toe",), "invalid": ("T. O.",)}[sounds_like]
    spelling = "tomato" if in_base else "Zolgensma"
    words = WordList().with_word(Word(spelling, given, display_as), base=_BASE, generation="next")
    stored = words[spelling]
    assert (stored.sounds_like, stored.display_as) == (given, display_as or spelling)
    assert bool(stored.error) is (sounds_like == "invalid")


@pytest.mark.parametrize("name", ["user", "base_lm", "default_lm", ""])
def test_reserved_names_of_sources(name: str) -> None:
    """A corpus cannot be called what words call their other sources."""
    with pytest.raises(WordError, match="Choose another|needs a name"):
        WordList().with_occurrences({"a": 1}, name)


def test_strict_adds_all_or_nothing() -> None:
    """One bad word refuses the whole request, and every bad word is named."""
    words = WordList([Word("kept")])
    with pytest.raises(WordError) as caught:
        words.with_words(
            [Word("good"), Word("b", ["1"]), Word("c", ["N.C."])], base=(), strict=True
        )
    assert [problem.name for problem in caught.value.problems] == ["b", "c"]
    assert [word.word for word in words] == ["kept"]


@dataclass
class _Entry:
    """A word as the documentation speaks of it."""

    counts: dict[str, int] = field(default_factory=dict)
    by_hand: bool = False
    first_by_hand: bool = False
    sounds_like: tuple[str, ...] = ()
    display_as: str | None = None


_spellings = st.sampled_from(["tomato", "Zolgensma", "OOV"])
_corpora = st.sampled_from(["c1", "c2", "grammar"])
_definitions = st.tuples(
    st.sampled_from([(), ("tomahto",), ("75 dollars",)]), st.sampled_from([None, "Shown"])
)
_GENERATED = {"Zolgensma": ("Zolgensma",), "OOV": ("O. O. V.", "OOV")}
_counts = st.dictionaries(st.sampled_from(["Zolgensma", "OOV"]), st.integers(1, 5), max_size=2)


class Resource(RuleBasedStateMachine):
    """Corpora and users change the list and the reference alike."""

    def __init__(self) -> None:
        super().__init__()
        self.words = WordList()
        self.entries: dict[str, _Entry] = {}
        self.corpora: dict[str, dict[str, int]] = {}

    def _drop(self, corpus: str) -> None:
        for spelling, entry in list(self.entries.items()):
            entry.counts.pop(corpus, None)
            if not entry.counts and not entry.by_hand:
                del self.entries[spelling]

    def _take(self, corpus: str, counts: dict[str, int]) -> None:
        for spelling, count in counts.items():
            if spelling not in self.entries:
                self.entries[spelling] = _Entry({}, False, False, _GENERATED[spelling], spelling)
            self.entries[spelling].counts[corpus] = count
        self.corpora[corpus] = counts

    @precondition(lambda self: len(self.corpora) < 3)
    @rule(corpus=_corpora, counts=_counts)
    def add_corpus(self, corpus: str, counts: dict[str, int]) -> None:
        """A corpus is added; one of that name is overwritten."""
        old = self.corpora.get(corpus)
        if old is not None:
            self._drop(corpus)
        self._take(corpus, counts)
        self.words = self.words.with_occurrences(counts, corpus, replaces=old)

    @precondition(lambda self: self.corpora)
    @rule(data=st.data(), counts=_counts)
    def overwrite_corpus(self, data: st.DataObject, counts: dict[str, int]) -> None:
        """The old version's words go first, then the new version's come."""
        corpus = data.draw(st.sampled_from(sorted(self.corpora)))
        old = self.corpora[corpus]
        self._drop(corpus)
        self._take(corpus, counts)
        self.words = self.words.with_occurrences(counts, corpus, replaces=old)

    @precondition(lambda self: self.corpora)
    @rule(data=st.data())
    def delete_corpus(self, data: st.DataObject) -> None:
        """Its words go, unless another source or the user had a hand in them."""
        corpus = data.draw(st.sampled_from(sorted(self.corpora)))
        self._drop(corpus)
        self.words = self.words.without_source(corpus, self.corpora.pop(corpus))

    @rule(spelling=_spellings, definition=_definitions)
    def define(self, spelling: str, definition: tuple[tuple[str, ...], str | None]) -> None:
        """The user adds or modifies a word."""
        sounds_like, display_as = definition
        self.words = self.words.with_word(Word(spelling, sounds_like, display_as), base=_BASE)
        entry = self.entries.setdefault(spelling, _Entry(first_by_hand=True))
        entry.by_hand = True
        if spelling in _BASE and not sounds_like:
            entry.sounds_like, entry.display_as = (), display_as
        else:
            entry.sounds_like = sounds_like or _GENERATED[spelling]
            entry.display_as = display_as or spelling

    @precondition(lambda self: self.entries)
    @rule(data=st.data())
    def delete_word(self, data: st.DataObject) -> None:
        """The user deletes a word; a corpus that has it forgets it."""
        spelling = data.draw(st.sampled_from(sorted(self.entries)))
        del self.entries[spelling]
        self.words = self.words.without(spelling)

    @invariant()
    def same(self) -> None:
        """The list is what the documentation says."""
        assert {word.word: word for word in self.words} == {
            spelling: Word(
                spelling,
                entry.sounds_like,
                entry.display_as,
                sum(entry.counts.values()) + entry.first_by_hand,
                (*sorted(entry.counts), *(["user"] if entry.by_hand else [])),
                [("75 dollars", _MESSAGE)] if entry.sounds_like == _INVALID else [],
            )
            for spelling, entry in self.entries.items()
        }


test_resource = Resource.TestCase
test_resource.settings = settings(max_examples=settings.default.max_examples // 2)
