"""Bytes of grammars become text, or problems that name the place."""

from __future__ import annotations

import codecs
import encodings.aliases
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.data import shared_folder
from sttprep.grammars.decode import clean, decode
from sttprep.source import Source

ABNF = "#ABNF 1.0{};\n$r = größe | 東京 | да;\n"
LATIN = "#ABNF 1.0{};\n$r = größe | café;\n"
XML = '<?xml version="1.0"{}?>\n<grammar>größe</grammar>\n'


def test_utf8_is_the_default():
    """A text that declares nothing is in UTF-8."""
    text = ABNF.format("")
    source, problems = decode(text.encode(), "a.abnf")
    assert (source.text, source.name, problems) == (text, "a.abnf", [])


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
    ],
)
@pytest.mark.parametrize("text", [ABNF.format(""), XML.format(""), "x"])
def test_a_byte_order_mark_decides(encoding, mark, text):
    """A byte order mark says the encoding, and is no part of the text."""
    assert decode(mark + text.encode(encoding))[0].text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize(
    "text", [ABNF.format(""), XML.format(""), "#JSGF V1.0;\r\ngrammar g;", "\n $a = b;", "<a>"]
)
def test_wide_characters_without_mark_are_known_by_their_zero_bytes(encoding, text):
    """UTF-16 and UTF-32 without byte order mark are told by the first characters."""
    source, problems = decode(text.encode(encoding))
    assert (source.text, problems) == (text, [])


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (LATIN.format(" ISO-8859-1"), "latin-1"),
        (LATIN.format(" windows-1252"), "cp1252"),
        (LATIN.format("\tUTF-8"), "utf-8"),
        ("#JSGF V1.0 ISO8859-5 ru;\ngrammar g;\n<r> = да;\n", "iso8859-5"),
        ("#JSGF V1.0 JIS ja;\ngrammar g;\n<r> = 東京;\n", "iso2022_jp"),
        ("#JSGF V1.0 8859_1 de;\ngrammar g;\n<r> = größe;\n", "latin-1"),
        ("#ABNF 1.0 Windows-31J;\n$r = 東京;\n", "cp932"),
        ("#JSGF V1.0 Shift_JIS ja;\ngrammar g;\n<r> = 東京;\n", "shift_jis"),
        ("#ABNF 1.0 EUC-KR;\n$r = 예 | 아니오;\n", "euc-kr"),
        ("#ABNF 1.0 GB2312;\n$r = 是;\n", "gb2312"),
        ("#ABNF 1.0 KOI8-R;\n$r = да;\n", "koi8-r"),
        ("#ABNF 1.0 ISO-2022-JP;\n$r = 東京;\n", "iso-2022-jp"),
        (XML.format(' encoding="ISO-8859-15"'), "iso8859-15"),
        (XML.format(" encoding = 'latin1' standalone='yes'"), "latin-1"),
        ("\n" + XML.format(" encoding='latin1'"), "latin-1"),
    ],
)
def test_the_declared_encoding_is_used(text, encoding):
    """The first line of ABNF and JSGF and the XML declaration say the encoding."""
    source, problems = decode(text.encode(encoding))
    assert (source.text, problems) == (text, [])


def test_declared_utf16_is_fine_with_a_mark():
    """The family is declared, the byte order mark says which one of it."""
    text = ABNF.format(" UTF-16")
    assert decode(codecs.BOM_UTF16_BE + text.encode("utf-16-be"))[1] == []


def test_grammars_that_declare_nothing_may_be_latin():
    """ABNF and JSGF without a declared encoding were read as ISO-8859-1 before UTF-8 came."""
    text = LATIN.format("")
    assert decode(text.encode("latin-1"))[0].text == text
    assert "\ufffd" in decode(XML.format("").encode("latin-1"))[0].text


@pytest.mark.parametrize(
    ("data", "place", "severity", "message"),
    [
        (b"#ABNF 1.0 latin-99;\n$r = a;", (1, 11), "error", "no character encoding 'latin-99'"),
        (b"#ABNF 1.0 base64;\n$r = a;", (1, 11), "error", "no character encoding 'base64'"),
        (b"#ABNF 1.0 rot13;\n$r = a;", (1, 11), "error", "no character encoding 'rot13'"),
        (b"#ABNF 1.0 undefined;\n$r = a;", (1, 11), "error", "no character encoding"),
        (b"#ABNF 1.0 \xc3\xa4;\n$r = a;", (1, 11), "error", "no character encoding"),
        (b'<?xml version="1.0" encoding="../x"?>', (1, 31), "error", "no character encoding"),
        (b"#JSGF V1.0 UTF-16 en;\n", (1, 12), "error", "says it is in UTF-16, but it is not"),
        (b"\xef\xbb\xbf#ABNF 1.0 ISO-8859-1;\n", (1, 11), "warning", "byte order mark says UTF-8"),
        ("#ABNF 1.0 UTF-8;\n".encode("utf-16-le"), (1, 11), "warning", "are those of UTF-16LE"),
        (b"#ABNF 1.0 us-ascii;\n$r = caf\xc3\xa9;", (2, 9), "error", "byte 0xC3 is not us-ascii"),
        (b"#ABNF 1.0 utf8;\r\n$a = b;\r$r = \xe9;", (3, 6), "error", "0xE9 is not UTF-8 (it is"),
        (b"#ABNF 1.0;\r\n$a = b;\r$r = caf\xe9;", (3, 9), "warning", "read as ISO-8859-1"),
        (b"<grammar>\n\xe9</grammar>", (2, 1), "error", "byte 0xE9 is not UTF-8"),
        (b"#ABNF 1.0 UTF-8;\n$r = \xff\xff;", (2, 6), "error", "byte 0xFF is not UTF-8"),
        (b"#ABNF 1.0 Shift_JIS;\n$r = \x8a\xb0 \x81;", (2, 8), "error", "is not Shift_JIS"),
        (b"\xff\xfe#\0A\0\x00\xd8", (1, 3), "error", "the bytes here are not UTF-16LE"),
        (b"\xff\xfe#\0A", (1, 2), "error", "the bytes here are not UTF-16LE"),
    ],
)
def test_wrong_encodings_are_problems_with_a_place(data, place, severity, message):
    """What does not fit is one problem at the declaration or at the first bad byte."""
    _, problems = decode(data, "m.abnf")
    assert [(p.line, p.column, p.severity, p.code) for p in problems] == [
        (*place, severity, "encoding")
    ]
    assert message in problems[0].message
    assert problems[0].hint


@pytest.mark.parametrize("profile", ["ibm", "pocketsphinx"])
def test_some_take_utf8_only(profile):
    """There the declared encoding is ignored, and anything but UTF-8 is an error."""
    text = ABNF.format(" ISO-8859-1")
    assert decode(text.encode(), "", profile)[0].text == text
    assert decode(codecs.BOM_UTF8 + text.encode(), "", profile)[0].text == text
    assert decode(text.encode(), "", profile)[1] == []
    problems = decode(LATIN.format(" ISO-8859-1").encode("latin-1"), "", profile)[1]
    assert [(p.line, p.column) for p in problems] == [(2, 8)]
    assert "UTF-8 only, whatever the first line says" in problems[0].hint
    source, problems = decode(text.encode("utf-16"), "", profile)
    assert source.text == text
    assert [p.message for p in problems] == ["the text is in UTF-16LE, not in UTF-8."]


@pytest.mark.parametrize(
    ("bad", "severity", "message"),
    [
        ("\0", "error", "NUL"),
        ("\x1b", "error", "U+001B"),
        ("\f", "error", "U+000C"),
        ("\x7f", "error", "U+007F"),
        ("\ufffe", "error", "U+FFFE"),
        ("\x93", "warning", "U+0093"),
        ("\ufeff", "warning", "byte order mark (U+FEFF) inside"),
    ],
)
@pytest.mark.parametrize("rest", ["tea", "größe"])
def test_control_characters_are_problems_with_a_place(bad, severity, message, rest):
    """Each control character has its line and column; what follows keeps its own."""
    text = f"#ABNF 1.0;\r\n$r = {rest};\r$s = a{bad}b;\n"
    source, problems = decode(text.encode(), "m.abnf")
    (problem,) = problems
    assert (problem.line, problem.column, problem.severity) == (3, 7, severity)
    assert problem.code == "control-character"
    assert message in problem.message
    assert problem.hint
    assert len(source.text) == len(text)
    assert clean(Source("m.abnf", text))[1] == problems


def test_half_characters_in_text_are_problems():
    """A lone surrogate cannot be written to any file."""
    source, problems = clean(Source("", "#ABNF 1.0;\n$r = \ud800;\n"))
    assert [(p.line, p.column, p.severity) for p in problems] == [(2, 6, "error")]
    assert source.text.encode()


def test_many_control_characters_are_summed_up():
    """A file that is no text gives a page of problems, not thousands."""
    problems = decode(b"#ABNF 1.0;\n" + b"\0" * 100_000)[1]
    assert len(problems) == 21
    assert problems[-1].severity == "note"


def test_a_mark_in_a_string_is_taken_off():
    """A text that was decoded elsewhere may still have its byte order mark."""
    assert clean(Source("", "\ufeff#ABNF 1.0;\n"))[0].text == "#ABNF 1.0;\n"


W3C = shared_folder() / "cases/grammar/w3c"


def test_the_w3c_files_are_decoded():
    """All files of the W3C test set, in five encodings, are text without a bad character."""
    files = [path for path in W3C.rglob("*") if path.is_file()]
    assert len(files) == 246  # 244 and two that others refer to
    for path in files:
        source, problems = decode(path.read_bytes(), path.name)
        assert not [p for p in problems if p.severity == "error"], path
        assert source.text.lstrip()[0] in "#<", path
        assert "\ufffd" not in source.text
    index = json.loads((W3C.parent / "w3c_srgs_ir_index.json").read_text("utf-8"))
    assert "korean" in json.dumps(index)
    for name in (
        "korean-yesno-utf16-be.gram",
        "korean-yesno-utf16-le.gram",
        "korean-yesno-utf8.gram",
    ):
        assert re.search("[가-힣]", decode((W3C / name).read_bytes())[0].text), name


@pytest.mark.parametrize("name", sorted({*encodings.aliases.aliases.values(), "idna", "undefined"}))
def test_no_encoding_of_python_breaks_it(name):
    """Whatever is declared, the answer is a text or a problem."""
    data = f"#ABNF 1.0 {name};\n$r = a;\n".encode() + bytes(range(256)) * 3
    source, problems = decode(data)
    assert source.text
    assert problems  # at least the control characters


@given(
    st.binary(max_size=200), st.sampled_from(["", "#ABNF 1.0 x;", "\xff\xfe", "<?xml encoding='"])
)
def test_any_bytes_give_a_text(data, head):
    """No bytes raise, no control character stays, and all places lie in the text."""
    for profile in ("w3c", "ibm"):
        source, problems = decode(head.encode("latin-1") + data, "", profile)
        assert not re.search("[\0-\x08\ud800-\udfff]", source.text)
        for problem in problems:
            assert problem.span is not None
            assert 0 <= problem.span.start <= len(source.text)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="\ufeff")))
def test_text_survives_each_encoding(body):
    """Decoding undoes encoding."""
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        text = f"#ABNF 1.0;\n{body}"
        assert decode(text.encode(encoding))[0].text == text
