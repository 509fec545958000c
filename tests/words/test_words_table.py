"""Word lists as files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sttprep.errors import WordError
from sttprep.source import Source
from sttprep.words import Word, WordList, check_words_file
from sttprep.words.table import _judged, format_words, parse_words

_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_filled = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
_tricky = st.sampled_from(
    ["=1+1", "+49", "-ish", "@home", "'=x", "''-y", "'bout", "a,b", 'say "hi"', "a|b", "c\\d",
     "\\", " x ", "a\r\nb", "ｚ", "e\u0301", "😀", ";", "\t", "\x00"]
)  # fmt: skip
_words = st.lists(
    st.builds(
        Word,
        _text | _tricky,
        st.lists(_filled | _tricky, max_size=3),
        st.none() | _text | _tricky,
        st.integers(0, 10**12),
        st.lists(_filled, max_size=2),
    ),
    max_size=6,
    unique_by=lambda word: word.word,
).map(WordList)


@given(_words, st.sampled_from(["csv", "json"]))
@settings(max_examples=200)
def test_round_trip(words: WordList, kind: str) -> None:
    """What is written is read back unchanged, to the last character."""
    assert parse_words(format_words(words, kind), "words", kind, language=None) == words


def test_json_keeps_errors() -> None:
    """A word stored with an error comes back with it, and is not refused for it."""
    words = WordList().with_word(Word("75.00", ["75 dollars"]), base=())
    assert parse_words(format_words(words, "json"), "words", "json") == words


def test_files_round_trip(tmp_path: Path) -> None:
    """Files are UTF-8 without mark, three columns where nothing was counted."""
    words = WordList([Word("NCAA", ["N. C. A. A.", "N. C. double A."]), Word("ｚ", [], "Z")])
    words.write(tmp_path / "words.csv")
    assert (tmp_path / "words.csv").read_text(encoding="utf-8") == (
        "word,sounds_like,display_as\nNCAA,N. C. A. A.|N. C. double A.,\nｚ,,Z\n"
    )
    assert WordList.read(tmp_path / "words.csv") == words
    words.write(tmp_path / "words.json")
    assert WordList.read(tmp_path / "words.json") == words
    assert sorted(path.name for path in tmp_path.iterdir()) == ["words.csv", "words.json"]


@pytest.mark.parametrize("name", ["w.csv", "w.xlsx", "w.json"])
def test_the_same_words_give_the_same_file(name: str, tmp_path: Path) -> None:
    """Writing, reading and writing again changes no byte, nor does writing twice."""
    words = WordList([Word("ｚ", ["zed", " a|b\\"], "=Z", 3, ["c", "user"]), Word("007")])
    words.write(tmp_path / name)
    first = (tmp_path / name).read_bytes()
    WordList.read(tmp_path / name, language=None).write(tmp_path / name)
    assert (tmp_path / name).read_bytes() == first


def test_formulas_are_written_as_text() -> None:
    """No cell begins with what a spreadsheet takes for a formula."""
    words = [Word("=1+1"), Word("-ish", display_as="@x"), Word("\t=1"), Word("＝1")]
    text = format_words(WordList(words), "csv")
    assert text.splitlines()[1:] == ["'=1+1,,", "'-ish,,'@x", '"\'\t=1",,', "'＝1,,"]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffword,sounds_like\nfoo,foo bar\n",
        "word;sounds_like\r\nfoo;foo bar\r\n",
        "word\tsounds_like\rfoo\tfoo bar",
        "Word, Sounds_Like ,display_as\n\nfoo, foo bar ,\n",
        'sounds_like,word\n"foo bar",foo\n',
        "sep=;\r\nword;sounds_like\r\nfoo;foo bar\r\n",
        "word,sounds_like,,\nfoo,foo bar,,\n",
        "word,sounds_like,display_as\nfoo,foo bar,,,\n",
    ],
)
def test_dialects(text: str, tmp_path: Path) -> None:
    """Marks, line ends, separators, order of columns and blank lines do not matter."""
    path = tmp_path / "words.csv"
    path.write_bytes(text.encode())
    assert WordList.read(path) == WordList([Word("foo", ["foo bar"])])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_unicode_text_of_spreadsheets(encoding: str, tmp_path: Path) -> None:
    """UTF-16 is read in both byte orders, with its mark and without."""
    path = tmp_path / "words.txt"
    path.write_bytes('word\tsounds_like\r\nｚ\t"zett\r\nzed"\r\n'.encode(encoding))
    assert WordList.read(path, language=None) == WordList([Word("ｚ", ["zett\r\nzed"])])


def test_broken_text_in_words_is_found_not_lost() -> None:
    """NUL bytes and half characters are read, kept and reported where they stand."""
    text = "word,sounds_like\na\x00b,x\nc,d\x00e\n"
    with pytest.raises(WordError) as caught:
        parse_words(text, "words.csv", "csv")
    assert [f"{p.line}:{p.column} {p.code}" for p in caught.value.problems] == [
        "2:1 word-control-character",
        "3:4 sounds-like-character",
    ]
    assert [w.word for w in parse_words(text, "words.csv", "csv", language=None)] == ["a\x00b", "c"]
    with pytest.raises(WordError, match=r"half of a character, U\+D800"):
        parse_words('[{"word": "\\ud800"}]', "words.json", "json")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("word,sounds_lik\na,b\n", ["1:6 csv-column"]),
        ("sounds_like\na\n", ["1:1 csv-column"]),
        ("word,word\na,b\n", ["1:6 csv-column-repeated"]),
        ("", ["1:1 csv-empty"]),
        ("word,count\na,x\nb,-1\n", ["2:3 csv-count", "3:3 csv-count"]),
        ("word,sounds_like\na,b||c\n", ["2:3 csv-empty-part"]),
        ("word,sounds_like\na,b,c\n", ["2:5 csv-cells"]),
        ("word,,sounds_like\na,b,c\n", ["2:3 csv-cells"]),
        ('word\n"a"b\n', ["2:4 csv-quote"]),
        ('word\n"a\nb\n', ["2:1 csv-quote"]),
        ("word\na\nb\na\n", ["4:1 word-repeated"]),
        ("word,sounds_like\n,b\n", ["2:1 word-empty"]),
        (
            "word,sounds_like\na,ok|75 dollars\nb,N.C.\na,café\n",
            [
                "2:6 sounds-like-number",
                "3:4 sounds-like-period",
                "4:1 word-repeated",
                "4:6 sounds-like-letter",
            ],
        ),
    ],
)
def test_csv_faults_have_places(text: str, places: list[str]) -> None:
    """Everything wrong is reported at once, in file order, by line and column."""
    with pytest.raises(WordError) as caught:
        parse_words(text, "words.csv", "csv")
    found = [f"{p.line}:{p.column} {p.code}" for p in caught.value.problems]
    assert found == places


def test_wrong_column_names_the_nearest() -> None:
    """A mistyped column is answered with the one that was meant."""
    with pytest.raises(WordError, match="Did you mean 'sounds_like'"):
        parse_words("word,SoundsLike\n", "words.csv", "csv")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ('{"words": [\n {"word" "a"}]}', ["2:10 json-syntax"]),
        ('{"wordz": []}', ["1:1 json-words"]),
        ('{"words": [\n 3,\n {"wrd": "b"}]}', ["2:2 json-word", "3:2 json-key", "3:2 json-word"]),
        ('[{"word": "a"},\n {"word": "a", "sounds_like": "b"}]', ["2:2 json-type"]),
        ('[{"word": "a"},\n {"word": "a"}]', ["2:2 word-repeated"]),
        ('[{"word": "a", "sounds_like": ["75"]}]', ["1:33 sounds-like-number"]),
        ('[{"word": "a", "count": true}]', ["1:2 json-type"]),
        ('{"words": [], "words": []}', ["1:1 json-key-repeated"]),
        ('[{"word": "a", "word": "b"}]', ["1:2 json-key-repeated"]),
        ("[" * 100_000, ["1:1 json-syntax"]),
    ],
)
def test_json_faults_have_places(text: str, places: list[str]) -> None:
    """JSON is judged like CSV."""
    with pytest.raises(WordError) as caught:
        parse_words(text, "words.json", "json")
    found = [f"{p.line}:{p.column} {p.code}" for p in caught.value.problems]
    assert found == places


def test_deep_json_is_told_in_plain_words() -> None:
    """Nobody who opens the wrong file knows what a recursion depth is."""
    with pytest.raises(WordError, match="brackets are nested too deeply"):
        parse_words("[" * 100_000, "words.json", "json")


def test_fields_beside_the_words_are_named() -> None:
    """What is not read is said."""
    [problem] = _judged(Source("w", '{"words": [], "corpora": []}'), "json", "en-US", "previous")[1]
    assert (problem.severity, problem.message) == ("warning", "The field 'corpora' is not read.")


def test_messages_steer_no_terminal() -> None:
    """Control characters of a file are not passed on."""
    text = "word,sounds_like\n\x1b[2Jx,75\n"
    for problem in _judged(Source("w", text), "csv", "en-US", "previous")[1]:
        assert problem.message.isprintable()
        assert problem.hint.isprintable()
        assert "\x1b" not in problem.excerpt


def test_service_json_is_read() -> None:
    """The body of the service's own request, with a field of no use here, is a word list."""
    text = '{"words": [{"word": "NCAA", "sounds_like": ["N. C. A. A."], "mapping_only": []}]}'
    assert parse_words(text, "w", "json") == WordList([Word("NCAA", ["N. C. A. A."])])


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("w.csv", b"word\ncaf\xe9\n", "w.csv:2:4"),
        ("w.csv", "word\nab".encode("utf-16")[:-1], "w.csv:2:2: error: Half a character"),
        ("w.csv", b"PK\x03\x04...", "Excel workbook"),
        ("w.xlsx", b"", "w.xlsx"),
        ("w.xls", b"", "save it as .xlsx"),
        ("w.csv", None, "cannot be read"),
    ],
)
def test_unreadable_files(name: str, data: bytes | None, message: str, tmp_path: Path) -> None:
    """Files that are no word lists are refused by name, whatever is wrong."""
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(WordError, match=message):
        WordList.read(path)
    assert [problem.severity for problem in check_words_file(path)] == ["error"]


def test_check_lists_warnings_too(tmp_path: Path) -> None:
    """Checking a file also says what reading it lets pass."""
    path = tmp_path / "w.csv"
    path.write_text("word,sounds_like\nAT&T,A. T. and T.\n", encoding="utf-8")
    assert [(p.severity, p.line, p.column) for p in check_words_file(path)] == [("warning", 2, 1)]
    assert len(WordList.read(path)) == 1


@pytest.mark.parametrize("name", ["none/w.csv", "w.txt"])
def test_unwritable(name: str, tmp_path: Path) -> None:
    """A place or kind that cannot be written is a word error."""
    with pytest.raises(WordError):
        WordList([Word("a")]).write(tmp_path / name)


def test_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    """Half a character cannot be written; the file that was there stays as it was."""
    path = tmp_path / "w.csv"
    WordList([Word("a")]).write(path)
    before = path.read_bytes()
    with pytest.raises(WordError, match="U\\+D800"):
        WordList([Word("\ud800")]).write(path)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["w.csv"]
