"""The catalogue of base models."""

from __future__ import annotations

import shutil

import pytest

from sttprep.data import stock_model
from sttprep.errors import InputError, LexiconError, NotFoundError
from sttprep.recognition import base_model, base_models, register
from sttprep.recognition.base_models import registry_path


@pytest.fixture
def registry(tmp_path, monkeypatch):
    """An empty registry of one's own."""
    monkeypatch.setenv("STTPREP_MODELS", str(tmp_path / "conf" / "models.toml"))
    return tmp_path


def stock_files(**changes):
    """What register wants, taken from the stock model."""
    stock = stock_model()
    files = {
        "acoustic_model": stock.acoustic_model,
        "lexicon": stock.lexicon,
        "language_model": stock.language_model,
        "language": "en-GB",
        "rate": 16000,
    }
    return files | changes


def test_the_documented_names_are_all_listed():
    """Eleven names; those without an engine say so."""
    models = base_models()
    assert len(models) == 11
    assert [model.name for model in models] == sorted(model.name for model in models)
    assert {model.name for model in models if not model.missing} == {"en-US_BroadbandModel"}


def test_the_stock_model_is_complete():
    """Name, language, rate and a version made of its content."""
    model = base_model()
    assert (model.name, model.language, model.rate) == ("en-US_BroadbandModel", "en-US", 16000)
    assert model.version == f"en-US_BroadbandModel.v{model.content[:8]}"
    assert len(model.phones) == 42


def test_an_unknown_name_lists_the_known_ones():
    """The user sees what exists."""
    with pytest.raises(NotFoundError, match="There is no base model 'x'. Available: en-US_Broad"):
        base_model("x")


def test_a_model_without_engine_says_how_to_get_one():
    """The text is the contract's (J.15)."""
    with pytest.raises(InputError) as caught:
        base_model("es-ES_BroadbandModel").files()
    assert str(caught.value) == (
        "No local engine for es-ES_BroadbandModel. Register one with sttprep models add."
    )


def test_a_registered_model_is_found_again(registry):
    """Written as TOML, read back with its files; two models live side by side."""
    register('en-GB "Test"', **stock_files())
    register("fr-FR_BroadbandModel", **stock_files(language="fr-FR"))
    model = base_model('en-GB "Test"')
    assert model.language == "en-GB"
    assert not model.missing
    assert model.content == base_model().content
    assert not base_model("fr-FR_BroadbandModel").missing
    assert len(base_models()) == 12


def test_registering_again_replaces(registry):
    """The newest definition counts."""
    register("a", **stock_files(description="one"))
    register("a", **stock_files(description="two"))
    assert base_model("a").description == "two"


def test_a_file_that_is_gone_is_named(registry):
    """A model whose folder was moved away is listed with what is missing."""
    folder = registry / "am"
    shutil.copytree(stock_model().acoustic_model, folder)
    register("a", **stock_files(acoustic_model=folder))
    (folder / "means").unlink()
    assert base_model("a").missing == f"missing files: {folder}/means"
    with pytest.raises(InputError, match="No local engine for a: missing files: .*means"):
        base_model("a").files()


def test_an_incomplete_model_is_not_registered(registry):
    """Nothing is written."""
    with pytest.raises(InputError, match="Model a cannot be registered: missing files: .*nowhere"):
        register("a", **stock_files(acoustic_model=registry / "nowhere"))
    assert not registry_path().exists()


def test_a_lexicon_with_foreign_phones_is_refused(registry):
    """A word with a phone the acoustic model lacks would kill the decoder."""
    lexicon = registry / "a.dict"
    lexicon.write_text("hello HH AH L OW\nbonjour B ON ZH U R\n")
    with pytest.raises(LexiconError, match=r"a\.dict:2:\d+: error: 'ON' is not a phone"):
        register("a", **stock_files(lexicon=lexicon))


@pytest.mark.parametrize("text", ["[[model]\n", "[[model]]\nname = 'a'\n"])
def test_a_damaged_registry_names_itself(registry, text):
    """Not a traceback: the file and the mend."""
    path = registry_path()
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(InputError, match=r"models\.toml"):
        base_models()
