"""The review of unknown words: what a linguist gets."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sttprep.corpora import Context, Corpus, OovReport, OovWord, find_oov
from sttprep.errors import NotFoundError, WordError
from sttprep.words import Lexicon, check_word, default_sounds_like
from sttprep.words.confusable import Neighbour
from sttprep.words.pronounce import Pronunciation
from sttprep.words.review import Review, review
from sttprep.words.review_risks import Findings, find_risks, plain_twin, suggested_action

TEXT = (
    "NIOSH wrote to me about plak and the BMI.\n"
    "The plaque was sarcoidosis sar-koy-DO-sis of type VII at www.cdc.gov and mmHg.\n"
    "Sarcoidosis is H5N1 metforminn and nbsp of pre-diabetes.\n"
    "prediabetes isMetformin and naïf.\n" + 12 * "Take metformin of the day.\n"
)


@pytest.fixture(scope="module")
def found() -> Review:
    """A review of a small text with one word of each kind."""
    return review(Corpus.from_text(TEXT, "demo"))


def codes(word: OovWord, found: Findings, **counts: int) -> list[str]:
    """Codes of the risks of a word."""
    return [risk.code for risk in find_risks(word, found, counts)]


def test_what_to_do(found: Review) -> None:
    """Mistakes are mended in the corpus, what nobody says is skipped, the rest is added."""
    actions = {row.word: row.action for row in found}
    assert {word for word, action in actions.items() if action == "fix in corpus"} == {
        "metforminn", "isMetformin", "nbsp", "www.cdc.gov",
    }  # fmt: skip
    assert {word for word, action in actions.items() if action == "skip"} == {
        "Sarcoidosis", "sar-koy-DO-sis",
    }  # fmt: skip
    assert "add" in actions.values()
    assert repr(found).startswith(f"Review({len(found)} words: ")


@pytest.mark.parametrize(
    ("word", "risk"),
    [
        ("metforminn", "Probably a typing error for 'metformin'."),
        ("isMetformin", "Words run together: 'is Metformin'."),
        ("plak", "Sounds the same as 'plaque' of this corpus."),
        ("NIOSH", "Letters or a word (N AY AO SH)? Both are proposed: keep the one that is said."),
        ("VII", "A Roman numeral: say it as a number, or as letters?"),
        ("H5N1", "Letters and digits: check how the digits are said."),
        ("mmHg", "An abbreviation: if it is said in full, write the full words as sounds-like."),
        ("sarcoidosis", "The text itself says how: 'sar-koy-DO-sis'."),
        ("Sarcoidosis", "The same word as 'sarcoidosis' (1), with a capital."),
        ("prediabetes", "Also spelled 'pre-diabetes' (1): one spelling is easier to learn."),
        ("naïf", "Not spelled like the words of this language: check how it is said here."),
        ("www.cdc.gov", "An address or file name: nobody says it; take it out of the corpus."),
        ("nbsp", "Left over from mark-up: take it out of the corpus."),
        ("sar-koy-DO-sis", "A pronunciation written for readers, no word: do not add it."),
    ],
)
def test_risks_are_plain_sentences(found: Review, word: str, risk: str) -> None:
    """Each risk is said in a sentence that names what it is about."""
    assert risk in found[word].risks


def test_sounds(found: Review) -> None:
    """Words have pronunciations with shares, numerals their number, what nobody says has none."""
    assert found["metformin"].pronunciations[0][0].startswith("M EH T F")
    assert 0 < found["metformin"].pronunciations[0][1] < 1
    assert found["NIOSH"].pronunciations[0] == ("EH N AY OW EH S EY CH", 1.0)
    assert found["VII"].sounds_like == ("seven", "V. I. I.")
    assert found["VII"].pronunciations[0] == ("S EH V AH N", 1.0)
    assert found["BMI"].sounds_like == ("B. M. I.",), "nobody says B M IY"
    assert found["www.cdc.gov"].pronunciations == found["nbsp"].sounds_like == ()


def test_neighbours_and_rank(found: Review) -> None:
    """Homophones come first; ranks are a permutation that follows the confusability."""
    assert found["plak"].neighbours[0].word == "plaque"
    assert found["plak"].neighbours[0].homophone
    ranked = sorted(found, key=lambda row: row.rank)
    assert [row.rank for row in ranked] == list(range(1, len(found) + 1))
    shares = [row.confusability for row in ranked]
    assert shares == sorted(shares, reverse=True)


def test_what_needs_the_linguist_comes_first(found: Review) -> None:
    """The orders: attention falls, counts fall, words rise; another order is refused."""
    attention = [row.attention for row in found]
    assert attention == sorted(attention, reverse=True)
    counts = [row.count for row in found.sorted("count")]
    assert counts == sorted(counts, reverse=True)
    words = [row.word for row in found.sorted("alphabetical")]
    assert words == sorted(words)
    with pytest.raises(WordError, match="Use attention, count or alphabetical"):
        found.sorted("size")  # type: ignore[arg-type]


def test_word_list(found: Review) -> None:
    """What is accepted becomes custom words that no rule refuses."""
    words = found.word_list()
    assert [word.word for word in words] == [row.word for row in found if row.action == "add"]
    assert words["metformin"].count == 12
    assert words["metformin"].source == ("demo",)
    assert not [p for word in words for p in check_word(word) if p.severity == "error"]
    assert [word.word for word in found.word_list(["plak", "VII"])] == ["plak", "VII"]
    frequent = found.word_list(lambda row: row.count > 5)
    assert [word.word for word in frequent] == ["metformin"]
    with pytest.raises(NotFoundError, match="zebra"):
        found.word_list(["zebra"])
    with pytest.raises(NotFoundError, match="zebra"):
        found["zebra"]


def test_frame_files_and_page_say_the_same(found: Review, tmp_path: Path) -> None:
    """The frame, CSV, Excel and JSON hold the same facts; the page shows them."""
    import pandas as pd

    frame = found.frame()
    found.to_csv(tmp_path / "r.csv")
    found.to_excel(tmp_path / "r.xlsx")
    found.to_json(tmp_path / "r.json")
    document = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert document == found.document()
    table = pd.read_csv(tmp_path / "r.csv", keep_default_na=False)
    assert list(table.columns) == list(frame.columns)
    head, *cells = openpyxl.load_workbook(tmp_path / "r.xlsx").active.values
    assert list(head) == list(frame.columns)
    for number, entry in enumerate(document["words"]):
        row = frame.iloc[number]
        assert entry["word"] == row["word"] == table["word"][number] == cells[number][0]
        assert entry["count"] == row["count"] == table["count"][number] == cells[number][1]
        assert " | ".join(entry["risks"]) == row["risks"] == table["risks"][number]
        assert " | ".join(entry["sounds_like"]) == row["sounds_like"]
        assert entry["contexts"][0]["text"] == row["example"] == cells[number][12]
        assert row["pronunciations"].count("|") == max(len(entry["pronunciations"]) - 1, 0)
    page = found._repr_html_()
    assert "words to review" in page
    assert "Probably a typing error for &#x27;metformin&#x27;." in page
    assert Review(())._repr_html_().count("<tr>") == 1


def test_reports_and_languages() -> None:
    """A report is taken as well as a corpus; other languages have no sounds yet."""
    corpus = Corpus.from_text("NIH plak\nplaque of NIH", "demo")
    assert review(find_oov([corpus])).rows == review([corpus]).rows
    bare = OovReport([OovWord("metformin", 2, (Context("x metformin", 1, "d"),))], 9, 2)
    assert [row.word for row in review(bare)] == ["metformin"]
    french = Corpus.from_text("le mot zébrule", "demo", "fr-FR")
    [row] = review(find_oov([french], {"le", "mot"}))
    assert (row.pronunciations, row.neighbours, row.confusability) == ((), (), 0.0)
    assert row.sounds_like == default_sounds_like("zébrule", "fr-FR")
    few = Lexicon({"plaque": ["P L AE K"]})
    assert len(review(corpus, few, contexts=0).rows[0].contexts) == 0
    assert {len(row.pronunciations) for row in review(corpus, few, n_pronunciations=1)} == {1}
    with pytest.raises(WordError, match="n=1 or more"):
        review(corpus, few, n_pronunciations=0)


def test_next_generation() -> None:
    """Words of the next generation get no sounds-likes, and that is no risk."""
    found = review(Corpus.from_text("metformin", "demo"), generation="next")
    assert found.rows[0].sounds_like == ()
    assert not any("sounds-like" in risk for row in found for risk in row.risks)


def sound(text: str, score: float = 0.0) -> Pronunciation:
    """A pronunciation, guessed if it has a score."""
    return Pronunciation(tuple(text.split()), "spelling" if score else "dictionary", score)


def test_doubtful_pronunciations() -> None:
    """A rival that sounds different, or a faint guess, is doubted; a certain sound is not."""
    word = OovWord("atresia", 3)

    def texts(*sounds: Pronunciation) -> list[str]:
        return [risk.text for risk in find_risks(word, Findings(("x",), sounds))]

    assert texts(sound("AH T R IY ZH AH", -0.3), sound("EY T R IY ZH AH", -0.5)) == [
        "Said AH T R IY ZH AH, or with EY for AH? Check the sound."
    ]
    assert texts(sound("AH T", -0.3), sound("AH T AH", -0.4)) == [
        "Said AH T, or with T AH for T? Check the sound."
    ]
    assert texts(sound("T IH", -0.9), sound("T IY", -1.6)) == [
        "How it is said is a guess (T IH): check the sound."
    ]
    assert texts(sound("T IH", -0.1), sound("P AA", -1.0)) == []
    assert texts(sound("T IH"), sound("P AA")) == []
    assert texts() == []


def test_homophones_are_weighed() -> None:
    """One that the corpus has is graver than one it lacks, and that of a plural is regular."""
    near = Findings(("x",), (), (Neighbour("plaque", 0.0, ()), Neighbour("black", 0.3, ())))

    def weight(word: OovWord, **counts: int) -> float:
        return max(risk.weight for risk in find_risks(word, near, counts))

    here, away = weight(OovWord("plak", 1), plaque=5), weight(OovWord("plak", 1))
    assert here > away > weight(OovWord("plaks", 1, kind="inflection"))
    assert codes(OovWord("plak", 1), near, plaque=5, black=2) == ["homophone", "confusable"]
    assert codes(OovWord("VII", 1, kind="number"), near, plaque=5) == ["number"]


def test_a_pronunciation_printed_in_plain_letters() -> None:
    """What always stands behind a word that sounds the same is no word of its own."""
    lines = ("called plaque (plak) builds up", "Plaque plak is")
    row = OovWord("plak", 2, tuple(Context(line, 1, "d") for line in lines))
    near = Findings(("plak",), (), (Neighbour("plaque", 0.0, ()),))
    risks = find_risks(row, near, {"plaque": 5})
    assert risks[0].text == (
        "Stands behind 'plaque' and sounds the same: a pronunciation for readers, no word."
    )
    assert suggested_action(row, risks) == "skip"
    other = OovWord("plak", 2, (*row.contexts, Context("plak alone", 1, "d")))
    assert codes(other, near, plaque=5) == ["homophone"]


def test_what_the_service_will_refuse() -> None:
    """Words without a sounds-like, and rules that are broken, are told beforehand."""
    word = OovWord("שלום", 1)
    assert codes(word, Findings()) == ["sounds-like"]
    assert suggested_action(word, find_risks(word, Findings())) == "skip"
    [risk] = find_risks(OovWord("x", 1), Findings(("75 dollars",)))
    assert risk.code == "refused"
    assert str(risk).startswith("Will be refused: Numbers are not allowed in sounds_like.")


def test_spellings_of_acronyms() -> None:
    """An acronym in two cases is spelled in two ways; a word with a capital is not."""
    mixed = OovWord("MeCP2", 2, kind="code", variants=(("MECP2", 10),))
    assert sorted(codes(mixed, Findings(("x",)))) == ["code", "spellings"]
    assert codes(OovWord("dystonia", 4, variants=(("Dystonia", 2),)), Findings(("x",))) == []


def test_twins() -> None:
    """The capital of a heading makes no other word; that of a name or an acronym does."""
    row = OovWord("Dystonia", 4, variants=(("dystonia", 44), ("DYSTONIA", 1)))
    assert plain_twin(row) == ("dystonia", 44)
    assert suggested_action(row, find_risks(row, Findings(("x",)))) == "skip"
    assert plain_twin(OovWord("AIDS", 4, kind="acronym", variants=(("aids", 2),))) is None
    assert plain_twin(OovWord("dystonia", 44, variants=(("Dystonia", 4),))) is None


ODD = [
    "a" * 10_000, "A" * 300, "aB" * 200, "-".join(["ab"] * 500), "שלום", "É", "e\u0301a", "ﬁsh",
    "Ⅷ", "I.I.I.I.", "ǅungla", "İstanbul", "ß", "=cmd", "<b>", "a&nbsp;b", "ΣΊΣΥ", "ﷺ", "'s",
]  # fmt: skip


def test_odd_words(tmp_path: Path) -> None:
    """Very long words, other scripts, ligatures and symbols are reviewed and written as well."""
    corpus = Corpus.from_text("\n".join(f"the {word} of" for word in ODD), "odd")
    found = review(corpus)
    assert [row.word for row in found.sorted("alphabetical")] == sorted(
        row.word for row in corpus.oov().words
    )
    found.to_csv(tmp_path / "r.csv")
    found.to_excel(tmp_path / "r.xlsx")
    found.to_json(tmp_path / "r.json")
    assert found["שלום"].action == found["Ⅷ"].action == "skip"
    assert not [word for word in found.word_list() if not word.sounds_like]


WORDS = st.sampled_from(
    ["plak", "Plak", "NIOSH", "BMI", "H5N1", "metformin", "naïf", "VII", "a-plak"]
)


@settings(max_examples=25)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=6))
def test_every_unknown_word_is_reviewed_once(lines: list[str]) -> None:
    """The rows are the report's words with their counts, in an order that does not vary."""
    corpus = Corpus.from_text("\n".join(lines), "demo")
    lexicon = Lexicon({"plaque": ["P L AE K"]})
    found = review(corpus, lexicon)
    assert Counter({row.word: row.count for row in found}) == Counter(" ".join(lines).split())
    assert found.rows == review(corpus, lexicon).rows
