"""Probable typing errors: found where there is evidence, and only there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.corpora import Corpus, find_oov
from sttprep.corpora.spelling import find_typos, run_together_parts

# Counts of words of a corpus; pairs of them look alike without being slips of each other.
COUNTS = {
    "metformin": 60, "arthritis": 108, "arteritis": 12, "tremor": 116, "individuals": 426,
    "osteoporosis": 166, "hypotonia": 19, "hypertonia": 19, "myopathy": 30, "myopathies": 12,
    "schwannomatosis": 9, "rituximab": 7, "physiotherapy": 5, "ileum": 13, "ileus": 1,
    "congenital": 84, "congenita": 12, "those": 200, "antivirals": 2, "antiviral": 41,
    "progressive": 130, "progressiva": 1, "heart": 716, "haart": 1, "gastric": 19, "gastrin": 1,
    "repellent": 9, "lightheadedness": 80, "light-headedness": 1, "macrencephaly": 1,
    "micrencephaly": 20, "warfarin": 40,
}  # fmt: skip
KNOWN = {"arthritis", "tremor", "individuals", "those", "heart", "receive", "accommodate"}


@pytest.mark.parametrize(
    ("typo", "meant"),
    [
        ("metforminn", "metformin"), ("termor", "tremor"), ("indivduals", "individuals"),
        ("osteoporosi", "osteoporosis"), ("schwannomotosis", "schwannomatosis"),
        ("ritixumab", "rituximab"), ("physiotheraphy", "physiotherapy"), ("tthose", "those"),
        ("metfromin", "metformin"), ("recieve", "receive"), ("accomodate", "accommodate"),
        ("metformim", "metformin"), ("wargarin", "warfarin"),
    ],
)  # fmt: skip
def test_slips_are_found(typo: str, meant: str) -> None:
    """Exchanged, doubled, lost and added letters, vowels mixed up: all point to the right word."""
    assert find_typos([typo], {**COUNTS, typo: 1}, KNOWN)[typo][0] == meant


@pytest.mark.parametrize(
    "word",
    ["arteritis", "hypotonia", "myopathies", "ileus", "congenita", "antivirals", "progressiva",
     "haart", "gastrin", "light-headedness", "macrencephaly", "kuru", "stents"],
)  # fmt: skip
def test_new_words_are_left_alone(word: str) -> None:
    """A new term is no slip of the known word it looks like."""
    assert find_typos([word], {word: 1, **COUNTS}, KNOWN) == {}


def test_frequency_decides() -> None:
    """The rarer of two is the slip, and only if much rarer."""
    pair = ["metforminn", "metformin"]
    assert list(find_typos(pair, {"metforminn": 1, "metformin": 40}, ())) == ["metforminn"]
    assert list(find_typos(pair, {"metforminn": 40, "metformin": 1}, ())) == ["metformin"]
    assert find_typos(pair, {"metforminn": 9, "metformin": 10}, ()) == {}


@given(
    st.dictionaries(
        st.text("abcdefgh", min_size=4, max_size=9), st.integers(1, 200), min_size=1, max_size=30
    )
)
def test_laws(counts: dict[str, int]) -> None:
    """No word is its own correction; every correction is a known or a more frequent word."""
    lexicon = set(list(counts)[::3])
    found = find_typos(counts, counts, lexicon)
    assert found == find_typos(reversed(list(counts)), counts, lexicon)
    for word, terms in found.items():
        assert 1 <= len(terms) <= 3
        for term in terms:
            assert term != word
            assert term[0] == word[0]
            assert counts.get(term, 0) > counts[word] or term in lexicon


@pytest.mark.parametrize(
    ("token", "parts"),
    [
        ("ofSalmonella", ("of", "Salmonella")), ("team.It", ("team", "It")),
        ("DoesStachybotrys", ("Does", "Stachybotrys")), ("Restingtremor", ("Resting", "tremor")),
        ("withseasonal", ("with", "seasonal")), ("FluMist", None), ("tPA", None),
        ("poliomyelitis", None), ("fingerlike", None), ("counterpressure", None),
    ],
)  # fmt: skip
def test_words_run_together(token: str, parts: tuple[str, str] | None) -> None:
    """A capital or two long words of the corpus betray a lost blank; names and compounds do not."""
    known = {"of", "team", "it", "does", "with", "flu", "mist"}
    counts = dict.fromkeys(
        ("with", "salmonella", "stachybotrys", "resting", "tremor", "seasonal", "polio", "myelitis",
         "finger", "like", "counter", "pressure", "t", "pa"), 5,
    )  # fmt: skip
    assert list(run_together_parts(token, counts, known)) == ([parts] if parts else [])


def test_the_report_spells_suggestions_as_the_corpus_does() -> None:
    """Variants carry their counts, suggestions their usual spelling; names keep their capital."""
    text = "Rituximab\n" * 6 + "rituximab\nRITUXIMAB\nritixumab\nofSalmonella of Salmonella\n"
    report = find_oov([Corpus.from_text(text + "of Salmonella", "demo")], {"of"}).details()
    rows = {row.word: row for row in report.words}
    assert rows["ritixumab"].typo_of == ("Rituximab",)
    assert rows["Rituximab"].variants == (("RITUXIMAB", 1), ("rituximab", 1))
    assert rows["ofSalmonella"].typo_of == ("of Salmonella",)
    assert rows["Salmonella"].typo_of == ()
