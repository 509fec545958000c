"""A custom language model from creation to deletion."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from sttprep import Instance, Lexicon, Word, train_ngram
from sttprep.customization.training import spoken_form
from sttprep.data import stock_model
from sttprep.errors import ConflictError, CorpusError, InputError, NotFoundError, WordError
from sttprep.recognition import register

ORDERS = """I need a refill of Lipitrol please
please send Lipitrol and the OTC pills
two bottles of zorvadex for my mother
"""


@pytest.fixture
def instance(tmp_path):
    """An instance with a clock that ticks a second a call, and ids that count."""
    times, numbers = count(), count(1)
    start = datetime(2026, 1, 2, 3, 4, 5, 678000, UTC)
    with Instance.open(
        tmp_path / "models",
        clock=lambda: start + timedelta(seconds=next(times)),
        new_id=lambda: f"id-{next(numbers)}",
    ) as opened:
        yield opened


@pytest.fixture
def model(instance):
    """An empty model."""
    return instance.create_language_model("Pharmacy #1", description="Orders")


@pytest.fixture
def orders(tmp_path):
    """A corpus file."""
    path = tmp_path / "orders.txt"
    path.write_text(ORDERS, encoding="utf-8")
    return path


def test_a_new_model_is_pending(instance, model):
    """Definition as given; created and updated are equal until something changes."""
    info = instance.language_model("id-1").info
    assert (info.name, info.description, info.status) == ("Pharmacy #1", "Orders", "pending")
    assert info.base_model_name == "en-US_BroadbandModel"
    assert info.versions[0].startswith("en-US_BroadbandModel.v")
    assert (info.language, info.dialect) == ("en-US", "en-US")
    assert info.created == info.updated == "2026-01-02T03:04:05.678Z"
    assert model.words().words == ()
    assert model.training is None


@pytest.mark.parametrize("name", ["", "  ", "a/b", "a:b", "a?b", "x" * 257])
def test_names_a_model_cannot_have(instance, name):
    """The rule and an example are in the message."""
    with pytest.raises(InputError, match="for instance 'Pharmacy orders'"):
        instance.create_language_model(name)


def test_base_models_and_dialects_are_checked(instance):
    """An unknown base, a base without engine, a dialect that does not fit."""
    with pytest.raises(NotFoundError, match="Available: en-US_BroadbandModel"):
        instance.create_language_model("a", "en-XX_Model")
    with pytest.raises(InputError, match="No local engine for fr-FR_BroadbandModel"):
        instance.create_language_model("a", "fr-FR_BroadbandModel")
    with pytest.raises(InputError, match="Give one of: en-US"):
        instance.create_language_model("a", dialect="es-LA")
    assert instance.create_language_model("a", dialect="EN-us").info.dialect == "en-US"


def test_a_corpus_brings_its_new_words(model, orders):
    """Words the base vocabulary lacks, with counts and source, as the service lists them."""
    info = model.add_corpus("orders", orders)
    assert (info.total_words, info.out_of_vocabulary_words, info.status) == (21, 3, "analyzed")
    assert model.status == "ready"
    words = model.words()
    assert [(w.word, w.count, w.source) for w in words] == [
        ("Lipitrol", 2, ("orders",)),
        ("OTC", 1, ("orders",)),
        ("zorvadex", 1, ("orders",)),
    ]
    assert words["OTC"].sounds_like == ("O. T. C.", "OTC")
    assert words["zorvadex"].display_as == "zorvadex"


def test_counts_follow_the_order_of_additions(model, orders, tmp_path):
    """Added by hand first: one more than in corpora; in a corpus first: only the corpus counts."""
    model.add_words([Word("zorvadex", ["zore va decks"])])
    assert model.words()["zorvadex"].count == 1
    model.add_corpus("orders", orders)
    model.add_words([Word("Lipitrol", ["lip it rall"])])
    words = model.words()
    assert (words["zorvadex"].count, words["zorvadex"].source) == (2, ("orders", "user"))
    assert (words["Lipitrol"].count, words["Lipitrol"].source) == (2, ("orders", "user"))
    assert [w.word for w in model.words("user")] == ["Lipitrol", "zorvadex"]
    assert [w.word for w in model.words("corpora", sort="-count")] == [
        "Lipitrol", "zorvadex", "OTC",
    ]  # fmt: skip
    model.delete_corpus("orders")
    assert [w.word for w in model.words()] == ["Lipitrol", "zorvadex"]
    assert model.words()["zorvadex"].count == 1


def test_word_types_are_named(model):
    """A misspelt type is refused: every word would be the wrong answer."""
    with pytest.raises(InputError, match="Give one of: all, user, corpora, grammars"):
        model.words("corpus")


def test_only_words_can_be_added(model):
    """A text among them is one sentence, and nothing is added."""
    with pytest.raises(WordError, match="'OTC' is not a Word. Write for example Word"):
        model.add_words([Word("zorvadex"), "OTC"])
    assert list(model.words()) == []


def test_overwriting_a_corpus_takes_its_old_words_away(model, orders):
    """Refused unless asked for; then only the new text counts, in its old place."""
    model.add_corpus("orders", orders)
    model.add_corpus("more", orders)
    orders.write_text("a box of quelipride\n", encoding="utf-8")
    with pytest.raises(ConflictError, match="allow_overwrite=True"):
        model.add_corpus("orders", orders)
    model.delete_corpus("more")
    model.add_corpus("orders", orders, allow_overwrite=True)
    assert [w.word for w in model.words()] == ["quelipride"]
    assert [c.name for c in model.corpora()] == ["orders"]


@pytest.mark.parametrize("name", ["user", "base_lm", "default_lm", "", "x" * 129])
def test_names_a_corpus_cannot_have(model, orders, name):
    """Reserved, empty and too long names; nothing is added."""
    with pytest.raises(InputError, match="reserved|needs a name|128 are allowed"):
        model.add_corpus(name, orders)
    assert model.corpora() == []


def test_a_bad_corpus_changes_nothing(model, tmp_path):
    """A binary file is refused, and the model stays pending."""
    path = tmp_path / "x.txt"
    path.write_bytes(b"\x00\x01\x02" * 50)
    with pytest.raises(CorpusError, match="x.txt"):
        model.add_corpus("x", path)
    assert model.status == "pending"


def test_training_learns_words_and_sentences(model, orders):
    """The result says what was learnt; the status is available."""
    model.add_corpus("orders", orders)
    model.add_words([Word("Lipitrol", ["lip it rall"])])
    training = model.train(0.4)
    assert model.status == "available"
    assert model.info.customization_weight == 0.4
    assert (training.sentences, training.tokens) == (3, 21)
    learnt = {row.spoken: row for row in training.words}
    assert set(learnt) == {"lipitrol", "otc", "zorvadex"}
    assert learnt["lipitrol"].display_as == "Lipitrol"
    assert all(row.pronunciations for row in training.words)
    assert training.display == {"lipitrol": "Lipitrol", "otc": "OTC"}
    dictionary = (training.folder / "words.dict").read_text()
    assert dictionary.startswith("lipitrol L IH P")
    assert "otc OW T IY S IY\n" in dictionary


def test_a_base_word_is_written_as_before(model, orders):
    """Without display-as adding a known word changes no spelling; a new word keeps its own."""
    model.add_corpus("orders", orders)
    model.add_words([Word("Refill"), Word("Please", display_as="PLEASE"), Word("Zorva Dex")])
    display = model.train().display
    assert "refill" not in display
    assert display["please"] == "PLEASE"
    assert display["zorva_dex"] == "Zorva Dex"


def test_training_is_deterministic(tmp_path, orders):
    """The same inputs give the same bytes in another store."""
    contents = []
    for name in ("a", "b"):
        with Instance.open(tmp_path / name) as instance:
            model = instance.create_language_model("m")
            model.add_corpus("orders", orders)
            folder = model.train().folder
            contents.append({p.name: p.read_bytes() for p in folder.iterdir()})
            contents[-1]["key"] = folder.name
    assert contents[0] == contents[1]


def test_nothing_new_is_not_trained_again(model, orders):
    """The service's own words; the trained model stays usable."""
    model.add_corpus("orders", orders)
    model.train()
    with pytest.raises(InputError, match="No input data modified since last training"):
        model.train()
    assert model.status == "available"
    assert model.training is not None


def test_an_empty_model_cannot_be_trained(model):
    """Status failed with the reason; adding data mends it."""
    with pytest.raises(InputError, match="There is nothing to learn"):
        model.train()
    assert model.status == "failed"
    assert "nothing to learn" in model.info.error
    model.add_words([Word("zorvadex")])
    assert model.status == "ready"
    model.train()
    assert model.status == "available"


def test_invalid_words_stop_a_strict_training(model, orders):
    """All of them are listed with the mend; strict=False leaves them out."""
    model.add_corpus("orders", orders)
    model.add_words([Word("Zorva75", ["zorva 75"]), Word("x", ["a" * 41])])
    with pytest.raises(WordError) as caught:
        model.train()
    assert len(caught.value.problems) == 2
    assert "Numbers are not allowed in sounds_like" in str(caught.value)
    assert model.status == "failed"
    training = model.train(strict=False)
    assert "zorva75" not in {row.spoken for row in training.words}
    assert any("2 words" in note for note in training.notes)


def test_a_trained_model_recognizes_until_it_is_trained_again(model, orders):
    """New data changes the status, not what was learnt."""
    model.add_corpus("orders", orders)
    first = model.train()
    model.add_words([Word("quelipride")])
    assert model.status == "ready"
    assert model.training == first
    assert model.train().key != first.key


def test_reset_and_delete(instance, model, orders):
    """Reset keeps the definition, delete nothing; other models are untouched."""
    other = instance.create_language_model("other")
    for each in (model, other):
        each.add_corpus("orders", orders)
    model.train()
    model.reset()
    assert model.status == "pending"
    assert model.corpora() == []
    assert model.training is None
    model.delete()
    with pytest.raises(NotFoundError, match=f"Available: {other.id}"):
        instance.language_model(model.id)
    assert [m.id for m in instance.language_models()] == [other.id]
    assert other.corpora()


def test_an_untrained_model_cannot_recognize(instance, model):
    """The contract's text, and what to do."""
    with pytest.raises(InputError, match="Requested custom language model is not available"):
        instance.recognizer(model)


def test_recognizer_arguments_are_checked(instance, model, orders):
    """Weight out of range, another base model, an unknown id."""
    model.add_corpus("orders", orders)
    model.train()
    with pytest.raises(InputError, match="customization_weight is 1.5"):
        instance.recognizer(model, 1.5)
    with pytest.raises(InputError, match="extends en-US_BroadbandModel, not ko-KR"):
        instance.recognizer(model, base_model_name="ko-KR_BroadbandModel")
    with pytest.raises(NotFoundError, match="custom language model 'nope'"):
        instance.recognizer("nope")


def test_words_only_a_list_names_are_recognizable(instance, model):
    """At weight 1 the recognizer loads a dictionary of the custom words alone."""
    model.add_words([Word("zorvadex", ["zore va decks"]), Word("refill")])
    model.train()
    recognizer = instance.recognizer(model, 1)
    lines = Path(recognizer.model.lexicon).read_text(encoding="utf-8").splitlines()
    assert {line.split()[0] for line in lines} == {"zorvadex", "refill"}


def test_keys_name_what_transcripts_depend_on(instance, model, orders):
    """Another weight or training is another key; the same is the same."""
    model.add_corpus("orders", orders)
    model.train()
    keys = [instance.recognizer(model, weight).key for weight in (0.3, 0.3, 1)]
    assert keys[0] == keys[1] != keys[2]
    assert instance.recognizer().key not in keys


@pytest.mark.parametrize(
    ("word", "spoken"), [("Lipitrol", "lipitrol"), ("blood  pressure", "blood_pressure")]
)
def test_spoken_forms(word, spoken):
    """One lower-case token."""
    assert spoken_form(word) == spoken


def test_a_registered_model_with_an_arpa_file_can_be_customized(
    instance, orders, tmp_path, monkeypatch, clip
):
    """Any registered base serves: its language model may be text, its lexicon small."""
    stock = stock_model()
    monkeypatch.setenv("STTPREP_MODELS", str(tmp_path / "models.toml"))
    train_ngram([["good", "morning"], ["thank", "you"]]).write_arpa(tmp_path / "small.arpa")
    words = ["good", "morning", "thank", "you", "please", "refill"]
    Lexicon.stock().subset(words).write(tmp_path / "small.dict")
    register(
        "en-US_Small",
        acoustic_model=stock.acoustic_model,
        lexicon=tmp_path / "small.dict",
        language_model=tmp_path / "small.arpa",
        language="en-US",
        rate=16000,
    )
    model = instance.create_language_model("small", "en-US_Small")
    model.add_words([Word("afternoon"), Word("friday")])
    model.train()
    with instance.recognizer(model, 0.5) as recognizer:
        heard = set(recognizer.transcribe(clip(0)).spoken.split())
    assert heard
    assert heard <= {*words, "afternoon", "friday"}
