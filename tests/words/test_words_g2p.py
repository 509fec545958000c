"""Alignment, the joint n-gram model and its search."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import numpy as np
import pytest

from sttprep.errors import LexiconError, StoreError
from sttprep.words import Lexicon
from sttprep.words.g2p import (
    GraphoneModel,
    evaluate_g2p,
    load_g2p,
    train_g2p,
    training_pairs,
)
from sttprep.words.graphones import Trie, align, train_trie

_PAIRS = [
    ("phone", "F OW N"), ("phase", "F EY Z"), ("fan", "F AE N"), ("ban", "B AE N"),
    ("bone", "B OW N"), ("box", "B AA K S"), ("fox", "F AA K S"), ("fix", "F IH K S"),
    ("nap", "N AE P"), ("pan", "P AE N"), ("fin", "F IH N"), ("bin", "B IH N"), ("ox", "AA K S"),
]  # fmt: skip


def _pairs() -> list[tuple[str, tuple[str, ...]]]:
    return [(spelling, tuple(phones.split())) for spelling, phones in _PAIRS]


def _probability(trie: Trie, history: tuple[int, ...], symbol: int) -> float:
    """The textbook back-off recursion, written for clarity."""
    node = _node(trie, (*history, symbol))
    if node is not None:
        return math.exp(trie.log_probability[node])
    at = _node(trie, history)
    weight = math.exp(trie.backoff[at]) if at is not None else 1.0
    return weight * _probability(trie, history[1:], symbol) if history else 0.0


def _node(trie: Trie, symbols: tuple[int, ...]) -> int | None:
    node = 0
    for symbol in symbols:
        children = range(trie.first_child[node], trie.first_child[node + 1])
        found = [child for child in children if trie.symbol[child] == symbol]
        if not found:
            return None
        [node] = found
    return node


def test_alignment_spells_and_says_the_entry() -> None:
    """Joined graphones give the spelling and the phones back; ph and x find their shapes."""
    aligned = align(_pairs())
    for (spelling, phones), graphones in zip(_pairs(), aligned, strict=True):
        assert "".join(letters for letters, _ in graphones) == spelling
        assert tuple(itertools.chain(*(said for _, said in graphones))) == phones
    assert aligned[0][0] == ("ph", ("F",))
    assert aligned[5][-1] == ("x", ("K", "S"))


def test_impossible_entries_are_left_out() -> None:
    """More than two phones a letter cannot be aligned; an empty one neither."""
    entries = [*_pairs(), ("w", ("D", "AH", "B", "AH", "L", "Y", "UW")), ("x", ())]
    assert len(align(entries)) == len(_PAIRS)


def test_probabilities_sum_to_one() -> None:
    """After every history the probabilities of all graphones and the end sum to one."""
    trie = train_trie(align(_pairs()), 3)
    size = len(trie.graphones)
    histories: list[tuple[int, ...]] = [(size + 1,), ()]
    histories += [(int(symbol),) for symbol in trie.symbol[1:] if symbol < size]
    for history in histories:
        total = sum(_probability(trie, history, symbol) for symbol in range(size + 1))
        assert total == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("word", ["fone", "phan", "boxin", "panox", "n"])
def test_search_finds_the_most_probable(word: str) -> None:
    """The beam search agrees with summing over every segmentation by the textbook recursion."""
    model = train_g2p(_pairs(), order=3)
    trie = model.trie
    by_letters: dict[str, list[int]] = {}
    for number, (letters, _) in enumerate(trie.graphones):
        by_letters.setdefault(letters, []).append(number)
    totals: dict[tuple[str, ...], float] = {}

    def walk(place: int, history: tuple[int, ...], said: tuple[str, ...], p: float) -> None:
        if place == len(word):
            totals[said] = totals.get(said, 0.0) + p * _probability(trie, history[-2:], trie.end)
            return
        for wide in (1, 2):
            letters = word[place : place + wide]
            for number in by_letters.get(letters, []) if len(letters) == wide else []:
                walk(
                    place + wide,
                    (*history, number),
                    said + trie.graphones[number][1],
                    p * _probability(trie, history[-2:], number),
                )

    walk(0, (len(trie.graphones) + 1,), (), 1.0)
    totals.pop((), None)
    [(found, share)] = model.pronounce(word, 1)
    best = max(totals, key=lambda said: totals[said])
    assert totals[found] == pytest.approx(totals[best])
    # The beam leaves improbable paths out, so its share is never too small and nearly exact.
    assert 10**share == pytest.approx(totals[best] / sum(totals.values()), rel=0.05)


def test_training_is_deterministic() -> None:
    """The same entries give the same bytes."""
    assert train_g2p(_pairs()).to_bytes() == train_g2p(_pairs()).to_bytes()


def test_file_round_trip(tmp_path: Path) -> None:
    """A model read from its file answers alike; a damaged file is a store error."""
    model = train_g2p(_pairs())
    path = tmp_path / "model.npz"
    path.write_bytes(model.to_bytes())
    assert GraphoneModel.read(path).pronounce("phox") == model.pronounce("phox")
    path.write_bytes(model.to_bytes()[:-200])
    with pytest.raises(StoreError):
        GraphoneModel.read(path)
    with pytest.raises(StoreError):
        GraphoneModel.read(tmp_path / "none.npz")


def test_cache_is_used_and_repaired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model is kept under its dictionary's content, and a damaged one is made again."""
    from sttprep.words import g2p

    monkeypatch.setenv("STTPREP_CACHE", str(tmp_path))
    lexicon = Lexicon({spelling: [phones] for spelling, phones in _PAIRS})
    answers = load_g2p(lexicon).pronounce("phox")
    [kept] = (tmp_path / "g2p").iterdir()
    assert lexicon.digest[:32] in kept.name
    whole = kept.read_bytes()
    kept.write_bytes(b"damaged")
    g2p._load.cache_clear()
    assert load_g2p(lexicon).pronounce("phox") == answers
    assert kept.read_bytes() == whole
    g2p._load.cache_clear()
    monkeypatch.setattr(g2p, "train_g2p", None)  # from the cache, without training
    assert load_g2p(lexicon).pronounce("phox") == answers
    g2p._load.cache_clear()


def test_unknown_letters_and_nothing() -> None:
    """Letters the model never saw and empty spellings have no pronunciation."""
    model = train_g2p(_pairs())
    assert model.pronounce("ж") == []
    assert model.pronounce("") == []
    assert "ph" not in model.letters
    assert "p" in model.letters


def test_nothing_to_learn_from() -> None:
    """An empty dictionary makes no model."""
    with pytest.raises(LexiconError):
        train_g2p([])


def test_training_pairs() -> None:
    """Apostrophes and hyphens go, abbreviations and digits stay out, alternates stay in."""
    lexicon = Lexicon({"st.": ["S T R IY T"], "can't": ["K AE N T", "K AA N T"], "b2": ["B IY"]})
    assert [spelling for spelling, _ in training_pairs(lexicon)] == ["cant", "cant"]


def test_abbreviations_teach_no_spelling() -> None:
    """A reading letter by letter is left out of training, the word's own reading stays."""
    lexicon = Lexicon({"cod": ["S IY OW D IY", "K AA D"]})
    assert list(training_pairs(lexicon)) == [("cod", ("K", "AA", "D"))]
    assert len(list(training_pairs(lexicon, abbreviations=True))) == 2


def test_stress_digits_are_dropped() -> None:
    """A dictionary with stress marks teaches the same as one without."""
    stressed = [(word, [p + "1" if p[0] in "AEIOU" else p for p in ps]) for word, ps in _pairs()]
    assert train_g2p(stressed).to_bytes() == train_g2p(_pairs()).to_bytes()


def test_evaluation_holds_words_out() -> None:
    """On a share of the stock dictionary the model is right on far more words than it is wrong."""
    stock = Lexicon.stock()
    part = stock.subset(word for number, word in enumerate(stock) if number % 12 == 0)
    result = evaluate_g2p(part, 200)
    assert result.words == 200
    assert result.word_errors_of_three <= result.word_errors < 120
    assert result.phone_errors / result.phones < 0.2
    assert "word error" in str(result)


def test_arrays_are_small() -> None:
    """The model file stays under 20 bytes a node."""
    model = train_g2p(_pairs())
    assert model.trie.symbol.dtype == np.int32
    assert model.trie.log_probability.dtype == np.float32
