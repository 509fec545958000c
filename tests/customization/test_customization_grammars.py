"""Grammars of a custom language model."""

from __future__ import annotations

import sqlite3

import pytest

from sttprep import Instance, Word, read_grammar
from sttprep.customization.store import _STEPS, Store
from sttprep.errors import ConflictError, GrammarError, InputError, NotFoundError
from sttprep.ngrams import read_arpa
from sttprep.recognition import grammar_recognizer

MENU = """#ABNF 1.0 UTF-8;
language en-US;
mode voice;
root $order;
$order = a $size ($drink | Zorvadex latte);
$size = small | large;
$drink = tea | Zorvadex | Brimblefizz;
"""


@pytest.fixture
def instance(tmp_path):
    """An empty instance."""
    with Instance.open(tmp_path / "models") as opened:
        yield opened


@pytest.fixture
def model(instance):
    """An empty model."""
    return instance.create_language_model("drinks")


@pytest.fixture
def menu(tmp_path):
    """A grammar file."""
    path = tmp_path / "menu.abnf"
    path.write_text(MENU, encoding="utf-8")
    return path


def test_a_grammar_brings_its_new_words(model, menu):
    """Words the base vocabulary lacks, counted over the grammar, with its name as their source."""
    info = model.add_grammar("menu", menu)
    assert (info.name, info.format, info.out_of_vocabulary_words) == ("menu", "abnf", 2)
    assert (info.status, model.status) == ("analyzed", "ready")
    words = {word.word: (word.count, word.source) for word in model.words("grammars")}
    assert words == {"Zorvadex": (2, ("menu",)), "Brimblefizz": (1, ("menu",))}
    assert model.words().words == model.words("grammars").words
    assert model.words("corpora").words == model.words("user").words == ()
    assert model.grammar_contents() == {"menu": menu.read_bytes()}


def test_sources_of_a_word_add_up(model, menu, tmp_path):
    """Corpora and grammars first, then the user, who does not count where others were first."""
    corpus = tmp_path / "talk.txt"
    corpus.write_text("bring me a Zorvadex\n", encoding="utf-8")
    model.add_corpus("talk", corpus)
    model.add_grammar("menu", menu)
    model.add_words([Word("Zorvadex", ["zora decks"])])
    word = next(word for word in model.words() if word.word == "Zorvadex")
    assert (word.count, word.source) == (3, ("menu", "talk", "user"))


def test_deleting_a_grammar_takes_its_words(model, menu):
    """Words only it supplied go with it."""
    model.add_grammar("menu", menu)
    model.delete_grammar("menu")
    assert model.words().words == ()
    assert model.grammars() == []
    assert model.status == "pending"
    with pytest.raises(NotFoundError, match="no grammar 'menu'"):
        model.delete_grammar("menu")


def test_names_are_shared_with_corpora(model, menu, tmp_path):
    """A name is taken once, whatever has it; the same kind may be overwritten."""
    corpus = tmp_path / "talk.txt"
    corpus.write_text("hello\n", encoding="utf-8")
    model.add_corpus("menu", corpus)
    with pytest.raises(InputError, match="A corpus of model 'drinks' is called 'menu' already"):
        model.add_grammar("menu", menu)
    model.add_grammar("drinks", menu)
    with pytest.raises(InputError, match="A grammar of model 'drinks' is called 'drinks' already"):
        model.add_corpus("drinks", corpus)
    with pytest.raises(ConflictError, match="allow_overwrite=True"):
        model.add_grammar("drinks", menu)
    menu.write_text(MENU.replace("| Brimblefizz", ""), encoding="utf-8")
    assert model.add_grammar("drinks", menu, allow_overwrite=True).out_of_vocabulary_words == 1
    with pytest.raises(InputError, match="reserved"):
        model.add_grammar("user", menu)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (MENU.replace("$size = small", "$size = (small"), r"menu\.abnf:6:9: error"),
        (MENU.replace("a $size", "a {polite} $size"), "tag"),
        (MENU.replace("small | large", "small | $GARBAGE"), "GARBAGE"),
        (MENU.replace("small | large", "small | very $size"), "recursi"),
        ("#JSGF V1.0;\ngrammar g;\npublic <r> = yes;\n", "JSGF"),
    ],
)
def test_what_the_service_would_refuse_is_refused(model, menu, text, reason):
    """Errors and everything outside IBM's subset; the model stays as it was."""
    menu.write_text(text, encoding="utf-8")
    with pytest.raises(GrammarError, match=reason):
        model.add_grammar("menu", menu)
    assert model.grammars() == []
    assert model.status == "pending"


def test_a_file_that_is_not_there_is_a_grammar_file(model, tmp_path):
    """Its folder's files are named, and a folder is told apart."""
    with pytest.raises(NotFoundError, match="no grammar file"):
        model.add_grammar("menu", tmp_path / "nowhere.abnf")
    with pytest.raises(GrammarError, match=r"is a folder.*menu\.abnf"):
        model.add_grammar("menu", tmp_path)


def test_a_model_of_grammars_alone_is_trained(instance, model, menu):
    """It recognizes other speech as the base model does; grammar words stay in the grammar."""
    model.add_grammar("menu", menu)
    training = model.train()
    assert (training.grammars, training.sentences) == (("menu",), 0)
    assert {row.word for row in training.words} == {"Zorvadex", "Brimblefizz"}
    with instance.recognizer(model) as recognizer:
        assert recognizer.model == model.base.files()
    with instance.recognizer(model, grammar="menu") as recognizer:
        assert recognizer.model.language_model is None


def test_grammar_words_stay_out_of_the_language_model(model, menu, tmp_path):
    """Only what corpora and the user supply can be heard without the grammar."""
    corpus = tmp_path / "talk.txt"
    corpus.write_text("bring me a Brimblefizz\n", encoding="utf-8")
    model.add_corpus("talk", corpus)
    model.add_grammar("menu", menu)
    for word_type, known in (("all", True), ("user", False)):
        model.add_words([Word("Copperline")])
        training = model.train(word_type_to_add=word_type)
        vocabulary = read_arpa(training.folder / "model.arpa").vocabulary
        assert ("brimblefizz" in vocabulary) is known
        assert "copperline" in vocabulary
        assert "zorvadex" not in vocabulary
        graph = (training.folder / "grammar-0.dict").read_text(encoding="utf-8")
        assert "zorvadex" in graph


def test_a_grammar_is_unusable_before_training(instance, model, menu):
    """The text says what to do; an unknown name lists those that exist."""
    model.add_words([Word("Copperline")])
    model.train()
    model.add_grammar("menu", menu)
    with pytest.raises(InputError, match="Train the model"):
        instance.recognizer(model, grammar="menu")
    with pytest.raises(NotFoundError, match="Available: menu"):
        instance.recognizer(model, grammar="wine")
    with pytest.raises(InputError, match="no model was given"):
        instance.recognizer(grammar="menu")


def test_the_users_pronunciation_is_heard(model, menu):
    """A sounds-like of the model is what the grammar's dictionary has."""
    model.add_grammar("menu", menu)
    model.add_words([Word("Zorvadex", ["zora decks"])])
    training = model.train()
    lines = (training.folder / "grammar-0.dict").read_text(encoding="utf-8").splitlines()
    assert "zorvadex Z AO R AH D EH K S" in [" ".join(line.split()) for line in lines]


def test_answers_are_heard_by_their_grammar(instance, sample):
    """Recordings of the sample: the grammar's sentence, capitals as the grammar has them."""
    model = instance.create_language_model("pharmacy")
    for path in (sample / "grammars").iterdir():
        model.add_grammar(path.stem, path)
    model.train()
    audio = sorted((sample / "answers").glob("*.flac"))
    with instance.recognizer(model, grammar="dose") as recognizer:
        assert recognizer.transcribe(audio[7]).text == "I take one and a half tablets with dinner"
    with instance.recognizer(model, grammar="confirm") as recognizer:
        assert recognizer.transcribe(audio[16]).text == "yes please"


def test_a_grammar_without_a_model(instance, sample):
    """Any grammar value is compiled once; a store and a temporary folder hear the same."""
    grammar = read_grammar(sample / "grammars" / "confirm.grxml")
    audio = sorted((sample / "answers").glob("*.flac"))[18]
    with instance.recognizer(grammar=grammar) as first, grammar_recognizer(grammar) as second:
        one, other = first.transcribe(audio), second.transcribe(audio)
    assert one.text == other.text == "no thank you"
    assert one.to_json()["words"] == other.to_json()["words"]


def test_words_nobody_can_say_are_named():
    """All of them, each with a way out."""
    grammar = read_grammar("#JSGF V1.0;\ngrammar g;\npublic <r> = 東京 | yes | да;\n")
    with pytest.raises(GrammarError) as caught:
        grammar_recognizer(grammar)
    assert len(caught.value.problems) == 2
    assert "東京" in str(caught.value)
    assert "sounds-like" in str(caught.value)


def test_an_empty_grammar_has_nothing_to_hear():
    """A clear refusal instead of a decoder that hears silence."""
    grammar = read_grammar("#ABNF 1.0;\nlanguage en-US;\nroot $r;\n$r = $VOID;\n")
    with pytest.raises(GrammarError, match="no sentence"):
        grammar_recognizer(grammar)


def test_a_store_of_the_first_version_is_brought_up_to_date(tmp_path):
    """What it held is there, and grammars can be added."""
    folder = tmp_path / "models"
    (folder / "blobs").mkdir(parents=True)
    database = sqlite3.connect(folder / "store.db")
    database.executescript(_STEPS[0])
    database.execute(
        "INSERT INTO language_model (id, name, base_model_name, base_model_version, language,"
        " dialect, description, created, updated, status) VALUES"
        " ('id-1', 'old', 'en-US_BroadbandModel', 'v', 'en-US', 'en-US', '', '', '', 'pending')"
    )
    database.execute("PRAGMA user_version=1")
    database.commit()
    database.close()
    store = Store(folder)
    assert store.rows("SELECT name FROM language_model")[0]["name"] == "old"
    assert store.rows("SELECT * FROM grammar") == []
    store.close()
