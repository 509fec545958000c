"""The word grid without a page: what it answers to each message, and to nonsense."""

from __future__ import annotations

import io
import json
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.corpora import Corpus
from sttprep.errors import MissingProgramError
from sttprep.notebook import voice, word_messages
from sttprep.notebook.voice import Speech
from sttprep.notebook.word_edits import WordEdits
from sttprep.notebook.word_messages import WordMessages
from sttprep.notebook.word_rows import WordRows
from sttprep.words import Word, WordList

WORDS = WordList(
    [
        Word("NCAA", ["N. C. A. A."], "NCAA", 2, ["c1"]),
        Word("hhonors", ["hilton honors", "H. honors"], "HHonors", 1, ["user"]),
        Word("Zika", [], None, 3, ["c1"]),
    ]
)


class Page:
    """What a page would do: number its words, send messages, keep the answers."""

    def __init__(self, words: WordList = WORDS, language: str = "en-US", **more) -> None:
        self.edits = WordEdits(words, language)
        self.grid = WordMessages(self.edits, WordRows(language, **more), language)
        self.ids: dict[str, int] = {}
        self.shown()

    def send(self, kind: str, word: str | None = None, **fields):
        """The contents of the answers, by type."""
        if word is not None:
            fields["id"] = self.ids[word]
        replies = list(self.grid.receive({"type": kind, "view": "v", **fields}))
        self.buffers = [buffer for reply in replies for buffer in reply.buffers]
        return {reply.content["type"]: reply.content for reply in replies}

    def shown(self, **query) -> list[str]:
        """Spellings of the rows shown."""
        answer = self.send("rows", query=query, start=0, stop=100)
        self.rows = {row["word"]: row for row in answer["rows"]["rows"]}
        self.ids.update({word: row["id"] for word, row in self.rows.items()})
        return list(self.rows)


def test_rows_and_then_phones():
    """A page asks for what it shows: only these rows come, and their phones after them."""
    answer = Page().send("rows", start=1, stop=2)
    assert list(answer) == ["rows", "phones"]
    rows = answer["rows"]
    assert (rows["start"], rows["total"], rows["all"]) == (1, 3, 3)
    assert rows["rows"] == [
        {
            "id": 1, "word": "hhonors", "said": None, "count": 1, "source": "user",
            "sounds": ["hilton honors", "H. honors"], "display": "HHonors", "draft": None,
            "problems": [],
        }
    ]  # fmt: skip
    assert set(answer["phones"]["phones"]) == {"hilton honors", "H. honors"}


def test_never_all_rows_at_once():
    """Whatever a page asks for, it gets some two hundred rows."""
    page = Page(WordList(Word(f"word{number}", ["one"]) for number in range(1000)))
    assert len(page.send("rows", start=0, stop=10**9)["rows"]["rows"]) == 200
    assert page.send("rows", start=900, stop=10)["rows"]["rows"] == []
    assert page.send("rows", start=5000, stop=5010)["rows"]["rows"] == []


def test_checking_changes_nothing():
    """While somebody types: problems of this cell, or phones."""
    page = Page()
    answer = page.send("check", "NCAA", cell="sounds_like", text="N. C. 2 A.")["checked"]
    [problem] = answer["problems"]
    assert problem["severity"] == "error"
    assert "You can try for example 'N. C. two A.'" in problem["text"]
    assert answer["phones"] == {}
    answer = page.send("check", "NCAA", cell="sounds_like", text="N. | double")["checked"]
    assert {text: one["text"] for text, one in answer["phones"].items()} == {
        "N.": "EH N",
        "double": "D AH B AH L",
    }
    assert page.edits.words is WORDS


def test_editing_shows_the_line_and_the_row():
    """An edit is answered by its Python line; the row has the new value, or the draft."""
    page = Page()
    changed = page.send("edit", "NCAA", cell="sounds_like", text="N. C. double A.")["changed"]
    assert changed["code"] == 'words = words.with_word(Word("NCAA", ["N. C. double A."]))'
    assert changed["undo"] == "sounds-like of NCAA"
    page.send("edit", "hhonors", cell="sounds_like", text="75")
    page.shown()
    assert page.rows["hhonors"]["draft"] == "75"
    assert page.rows["hhonors"]["problems"][0]["cell"] == "sounds_like"
    assert page.rows["hhonors"]["sounds"] == ["hilton honors", "H. honors"]
    page.send("discard", "hhonors")
    page.shown()
    assert page.rows["hhonors"]["draft"] is None


def test_an_edited_row_stays_where_it_is():
    """A row does not jump away or vanish under the hand; a new query places it anew."""
    page = Page()
    query = {"sort": "display_as", "text": "n"}
    assert page.shown(**query) == ["hhonors", "NCAA"]
    page.send("edit", "NCAA", cell="display_as", text="aaa")
    page.send("edit", "hhonors", cell="display_as", text="zzz")
    assert page.shown(**query) == ["hhonors", "NCAA"]
    assert page.shown(**query, down=True) == ["hhonors", "NCAA"]
    assert page.shown(**query) == ["NCAA", "hhonors"]


def test_adding_and_deleting():
    """A new word is at the end and said where; a deleted one comes back by undo, in its place."""
    page = Page()
    number = page.send("add", text=" MVD ")["changed"]["show"]
    answer = page.send("rows", start=0, stop=9, locate=number)["rows"]
    assert answer["rows"][answer["at"]]["word"] == "MVD"
    assert page.send("rows", query={"text": "Z"}, locate=number)["rows"]["at"] == -1
    assert "already" in page.send("add", text="MVD")["changed"]["note"]
    page.send("delete", "NCAA")
    assert page.shown() == ["hhonors", "Zika", "MVD"]
    assert "no longer" in page.send("edit", "NCAA", cell="display_as", text="x")["notice"]["text"]
    page.send("undo")
    assert page.shown() == ["NCAA", "hhonors", "Zika", "MVD"]
    page.send("redo")
    assert page.shown() == ["hhonors", "Zika", "MVD"]
    assert "nothing" in page.send("redo")["changed"]["note"]
    assert "empty" in page.send("add", text=" ")["notice"]["text"]


def test_pasting_cells_goes_down_the_rows_shown():
    """A block of a spreadsheet fills the cells right of and below the one chosen."""
    page = Page()
    page.shown(sort="count", down=True)
    changed = page.send(
        "paste", "Zika", cell="sounds_like", text="zee car\tZika\nN. C. 2\tthe NCAA\n"
    )["changed"]
    assert changed["code"] == (
        'words = words.with_words([Word("Zika", ["zee car"]), '
        'Word("NCAA", ["N. C. A. A."], "the NCAA")])'
    )
    assert page.edits.drafts == {"NCAA": "N. C. 2"}
    page.send("undo")
    assert page.edits.words == WORDS


def test_a_block_that_does_not_fit_is_refused():
    """Rows that would fall off the end are not dropped in silence."""
    page = Page()
    notice = page.send("paste", "Zika", cell="display_as", text="a\nb\n")["notice"]["text"]
    assert "2 rows are pasted, but only 1 rows follow" in notice
    assert page.edits.words is WORDS


def test_pasting_words_adds_them():
    """In the column of words the block names its words; formulas are text like any other."""
    page = Page()
    page.send(
        "paste", "NCAA", cell="word", text="MVD\tM. V. D.\r\nZika\tzee car\tZika\n=cmd()\tx\n"
    )
    assert page.edits.words["MVD"].sounds_like == ("M. V. D.",)
    assert page.edits.words["Zika"].sounds_like == ("zee car",)
    assert page.shown() == ["NCAA", "hhonors", "Zika", "MVD", "=cmd()"]


def test_an_opened_row():
    """Contexts with file and line, all pronunciations; without a corpus the page says so."""
    corpus = Corpus.from_text("The NCAA met.\n", "visits")
    detail = Page(corpora=[corpus]).send("detail", "NCAA")["detail"]
    assert detail["contexts"] == [
        {"where": "visits:1", "before": "The ", "word": "NCAA", "after": " met."}
    ]
    assert detail["readings"][0]["phones"][0]["text"] == "EH N S IY EY EY"
    assert not Page().send("detail", "NCAA")["detail"]["searched"]


def test_hearing_says_the_phones(monkeypatch):
    """What is heard are the phones shown, as a WAV file beside the message."""
    import numpy as np

    said = []

    def speak(text, *, phones=None, voice=None):
        said.append((text, phones, voice))
        return Speech(np.zeros(8000, np.float32), 16000, "test")

    monkeypatch.setattr(voice, "speak", speak)
    page = Page()
    answer = page.send("hear", text="double")
    assert answer["sound"]["text"] == "double"
    with wave.open(io.BytesIO(page.buffers[0])) as file:
        assert file.getnframes() == 8000
    monkeypatch.setattr(voice, "voices", lambda: ["flite:slt", "espeak-ng:en-us", "espeak-ng:de"])
    Page(language="de-DE").send("hear", text="Haus")
    assert said == [("double", ["D", "AH", "B", "AH", "L"], None), ("Haus", None, "espeak-ng:de")]


def test_hearing_without_a_program(monkeypatch):
    """The line that installs one is shown in the grid."""
    monkeypatch.setattr(voice, "voices", list)
    notice = Page().send("hear", text="double")["notice"]
    assert "apt-get install flite" in notice["text"]
    assert MissingProgramError.__name__ not in notice["text"]


def test_a_bad_filter_is_said_at_the_filter():
    """A broken regular expression is a notice of the filter; the order before it stays."""
    page = Page()
    answer = page.send("rows", query={"text": "(", "regex": True}, start=0, stop=9)
    assert answer["notice"]["where"] == "filter"


def test_many_lines_of_python_are_cut(monkeypatch):
    """The page gets the last lines and where to find the others."""
    monkeypatch.setattr(word_messages, "_MOST_LINES", 2)
    page = Page()
    for name in "abcd":
        code = page.send("add", text=name)["changed"]["code"]
    assert code.splitlines()[0] == "# … 2 earlier lines: print(grid.code)"
    assert len(code.splitlines()) == 3


def test_a_spelling_of_10000_letters_is_shown_short():
    """And can still be edited: words are named by number."""
    long = "a" * 10_000
    page = Page(WordList([Word(long, ["one"])]))
    [shown] = page.shown()
    assert len(shown) == 200
    page.send("edit", shown, cell="display_as", text="A")
    assert page.edits.words[long].display_as == "A"


@pytest.mark.parametrize(
    "message",
    [
        {}, {"type": 3}, {"type": "frobnicate"}, {"type": "edit"}, {"type": "edit", "id": True},
        {"type": "edit", "id": 99, "cell": "word"}, {"type": "edit", "id": 0, "cell": "count"},
        {"type": "detail", "id": -1}, {"type": "paste", "id": 0, "cell": None, "text": "a"},
        {"type": "hear"},
    ],
)  # fmt: skip
def test_nonsense_is_answered(message):
    """A message that makes no sense is a notice, never a traceback."""
    page = Page()
    replies = list(page.grid.receive(message))
    assert [reply.content["type"] for reply in replies] == ["notice"]
    assert page.edits.words is WORDS


values = st.none() | st.booleans() | st.integers(-3, 5) | st.text(max_size=4)
kinds = st.sampled_from(sorted(WordMessages._answers.keys() - {"hear"}))
messages = st.fixed_dictionaries(
    {"type": kinds},
    optional={
        "id": values, "view": values, "start": values, "stop": values, "locate": values,
        "text": values | st.just("a\tb\nc"), "query": values | st.dictionaries(st.text(), values),
        "cell": st.sampled_from(["word", "sounds_like", "display_as", "x"]),
    },
)  # fmt: skip


@given(st.lists(messages, max_size=8))
def test_any_messages(sequence):
    """Any sequence of messages is answered in JSON; the lines still make the list."""
    page = Page(language="de-DE")  # no phones to guess: fast
    for message in sequence:
        for reply in page.grid.receive(message):
            json.dumps(reply.content)
    namespace = {"words": WORDS, "Word": Word}
    exec(page.edits.code, namespace)
    assert namespace["words"] == page.edits.words
