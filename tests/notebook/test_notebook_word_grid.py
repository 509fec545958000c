"""The word grid as a value in a notebook: what it takes, gives, shows and tells."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace

import pytest

import sttprep.notebook
from sttprep.corpora import Corpus
from sttprep.errors import CorpusError, NotFoundError, WordError
from sttprep.notebook.word_grid import WordGrid
from sttprep.notebook.word_rows import Query
from sttprep.words import Lexicon, Word, WordList

WORDS = WordList([Word("NCAA", ["N. C. A. A."], "NCAA", 2, ["c1"])])
EVIL = '<img src=x onerror="alert(1)">'


class Sent:
    """What a grid sends, kept."""

    def __init__(self, grid: WordGrid, monkeypatch) -> None:
        self.messages: list[dict] = []
        self.grid = grid
        monkeypatch.setattr(
            grid, "send", lambda content, buffers=None: self.messages.append(content)
        )

    def edit(self, text: str, cell: str = "sounds_like") -> None:
        """Edit the first word as a page would."""
        self.grid._answer(None, {"type": "edit", "id": 0, "cell": cell, "text": text}, [])

    def notices(self) -> list[dict]:
        """What the page is told."""
        return [message for message in self.messages if message["type"] == "notice"]


def test_a_word_list_a_report_and_a_corpus():
    """All three can be shown; contexts come from the report or the corpus."""
    corpus = Corpus.from_text("Ask about MVD.\n", "demo")
    assert WordGrid(WORDS).words == WORDS
    for grid in (WordGrid(corpus), WordGrid(corpus.oov())):
        assert [(word.word, word.count, word.source) for word in grid.words] == [
            ("MVD", 1, ("demo",))
        ]
        assert grid._messages.rows.contexts("MVD")[0].where == "demo:1"


def test_anything_with_rows_of_words():
    """A review, or rows of one's own."""
    report = SimpleNamespace(words=[SimpleNamespace(word="MVD", count=3)])
    assert WordGrid(report).words["MVD"].count == 3


def test_a_review_brings_its_risks():
    """The words it says to add; a risk is among the problems, so that the filter finds it."""

    class Review(list):
        def word_list(self):
            return WordList([Word("plak", ["plak"]), Word("MVD", ["M. V. D."])])

    risk = "Sounds the same as 'plaque' of this corpus."
    grid = WordGrid(Review([SimpleNamespace(word="plak", count=2, risks=(risk,), contexts=())]))
    assert [word.word for word in grid.words] == ["plak", "MVD"]
    rows = grid._messages.rows
    assert [problem.message for problem in rows.problems(grid.words["plak"])] == [risk]
    assert rows.order(grid.words, {}, Query(problems=True)) == ["plak"]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([Word("a")],), WordError, "cannot show a list.*WordGrid"),
        (("words.csv",), WordError, "cannot show a str"),
        ((WORDS, "visits.txt"), WordError, "no corpus.*read_corpus"),
        ((WORDS, 3), WordError, "no corpus"),
        ((WORDS, None, "xx-XX"), NotFoundError, "xx-XX"),
        ((WORDS, None, "en-US", "newest"), NotFoundError, "newest"),
        (
            (WORDS, None, "en-US", "previous", {"a"}),
            WordError,
            r"set, not a Lexicon.*Lexicon\.read",
        ),
        ((Corpus.from_text("Haus\n", "de", "de-DE"),), CorpusError, "de-DE"),
    ],
)
def test_what_it_cannot_show(arguments, error, message):
    """The message says what was given and what to give instead."""
    with pytest.raises(error) as caught:
        WordGrid(*arguments)
    assert re.search(message, str(caught.value))


def test_words_edits_and_code_after_an_edit(monkeypatch):
    """``words`` is always the current value; ``original`` and ``code`` make it again."""
    grid = WordGrid(WORDS)
    page = Sent(grid, monkeypatch)
    page.edit("N. C. double A.")
    page.edit("75")
    assert grid.original is WORDS
    assert grid.words["NCAA"].sounds_like == ("N. C. double A.",)
    assert [edit.title for edit in grid.edits] == ["sounds-like of NCAA"] * 2
    assert grid.drafts == {"NCAA": "75"}
    assert repr(grid) == "WordGrid(1 words, 2 edits, 1 drafts)"
    namespace = {"words": grid.original, "Word": Word}
    exec(grid.code, namespace)
    assert namespace["words"] == grid.words


def test_the_lexicon_is_the_base_vocabulary(monkeypatch):
    """The lines name it, and its pronunciations are used."""
    lexicon = Lexicon({"ncaa": ["N S"]})
    grid = WordGrid(WORDS, lexicon=lexicon)
    Sent(grid, monkeypatch).edit("")
    assert grid.code == 'words = words.with_word(Word("NCAA", display_as="NCAA"), base=lexicon)'
    assert grid.words["NCAA"].sounds_like == ()  # as a word of the base vocabulary
    assert grid._messages.rows.phones(["ncaa"])["ncaa"].text == "N S"


def test_changes_are_told_once(monkeypatch):
    """A callback gets the new list after a change of it: not for drafts, not for looking."""
    grid = WordGrid(WORDS)
    page = Sent(grid, monkeypatch)
    told = []
    assert grid.on_change(told.append) == told.append
    page.edit("double")
    page.edit("75")
    grid._answer(None, {"type": "rows", "start": 0, "stop": 5}, [])
    assert told == [grid.words]


def test_what_a_callback_raises_is_shown(monkeypatch):
    """With its traceback; the edit stays, and the other callbacks are called."""
    grid = WordGrid(WORDS)
    page = Sent(grid, monkeypatch)
    told = []

    @grid.on_change
    def save(words):
        raise OSError("disk full")

    grid.on_change(told.append)
    page.edit("double")
    [notice] = page.notices()
    assert notice["text"] == "The on_change function save failed: OSError('disk full')."
    assert "Traceback" in notice["trace"]
    assert "in save" in notice["trace"]
    assert told == [grid.words]


def test_a_fault_of_the_grid_is_shown(monkeypatch):
    """Not only in the server's log."""
    grid = WordGrid(WORDS)
    page = Sent(grid, monkeypatch)
    monkeypatch.setattr(grid._edits, "change", lambda rows: 1 / 0)
    page.edit("double")
    [notice] = page.notices()
    assert "ZeroDivisionError" in notice["text"]
    assert "Traceback" in notice["trace"]


def test_without_a_widget_there_is_a_table():
    """Exported pages and GitHub show plain HTML: no script, nothing loaded, words as text."""
    grid = WordGrid(WordList([Word(EVIL, [EVIL], EVIL, source=[EVIL])]))
    data, _ = grid._repr_mimebundle_()
    assert data["text/plain"] == repr(grid) == "WordGrid(1 words, 0 edits)"
    assert "application/vnd.jupyter.widget-view+json" in data
    html = data["text/html"]
    assert html == grid._repr_html_()
    assert "<table>" in html
    assert "&lt;img src=x" in html
    assert not re.search(r"<img|<script|https?:|src=\"", html)


def test_an_exported_notebook_shows_the_table():
    """nbconvert takes the table where the notebook holds no state of widgets."""
    import nbformat
    from nbconvert import HTMLExporter

    data, metadata = WordGrid(WORDS)._repr_mimebundle_()
    cell = nbformat.v4.new_code_cell(
        "grid",
        outputs=[nbformat.v4.new_output("display_data", data=data, metadata=metadata)],
    )
    notebook = nbformat.v4.new_notebook(cells=[cell])
    page, _ = HTMLExporter(template_name="classic").from_notebook_node(notebook)
    assert "<td>N. C. A. A.</td>" in page


def test_half_characters_reach_the_page():
    """A lone surrogate fits in no message; it is shown replaced and stays in the list."""
    grid = WordGrid(WordList([Word("a\ud800", ["b\ud800"])]))
    json.dumps(grid.get_state()["_first"], ensure_ascii=False).encode()
    grid._repr_html_().encode()
    assert grid.words[0].word == "a\ud800"


def test_the_page_is_packaged_and_loads_nothing():
    """Script and style come with the widget and name no address; markup is never made of text."""
    state = WordGrid(WORDS).get_state()
    for part in ("_esm", "_css"):
        assert len(state[part]) > 1000
        assert not re.search(r"https?:|//[a-z]+\.|\bimport[ (]['\"{]|@import|url\(", state[part]), (
            part
        )
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|eval\(", state["_esm"])


def test_the_room_names_it():
    """Loaded when it is asked for."""
    assert sttprep.notebook.WordGrid is WordGrid
    with pytest.raises(AttributeError):
        _ = sttprep.notebook.no_such_name
