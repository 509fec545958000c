"""The linter finds what harms a model, at its place, and is silent about clean text."""

from __future__ import annotations

from pathlib import Path

import pytest

from sttprep.corpora import Corpus, check_corpus_name, check_limits, lint, read_corpus

CLEAN = """\
Am I at risk for health problems during travel?
If you're diagnosed with coronary MVD and also have anemia, you may benefit.
The National Institute of Neurological Disorders and Stroke NINDS conducts research.
Malcolm Ingersol
Doctor Sebastian Leifson
See Dr. Smith, J. P. Morgan or the U.S. Army at 3 p.m. on Jan. Fifth.
Bring eggs, milk, bread, e.g. Rye bread, and so on.
It costs $100, i.e. 20% less (about €90).
Blood pressure below 140/90 and p < 0.05 are fine, 5 > 3.
AT&T, R&D & more -- that's all...
It's "quoted." he said.
Metformin helps.
They take metformin.
"""


def findings(text: str, language: str = "en-US") -> list[tuple[int | None, int | None, str]]:
    """Place and code of each finding."""
    return [
        (problem.line, problem.column, problem.code)
        for problem in Corpus.from_text(text, "demo", language).lint()
    ]


def test_clean_text_is_silent() -> None:
    """Ordinary sentences, abbreviations, initials, prices and comparisons give no finding."""
    assert Corpus.from_text(CLEAN, "demo").lint() == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Take it. Then rest.", (1, 8, "several-sentences-on-a-line")),
        ("Really? Yes.", (1, 7, "several-sentences-on-a-line")),
        ("He said 'no.' Then he left.", (1, 12, "several-sentences-on-a-line")),
        ("an abnormal tremor.The hands", (1, 19, "several-sentences-on-a-line")),
        ("Gakuto Kutara, Malcolm Ingersol", (1, 1, "several-names-on-a-line")),
        ("ok\nsee http://a.org/x now", (2, 5, "web-address")),
        ("see www.cdc.gov/als", (1, 5, "web-address")),
        ("ask info@example.org", (1, 5, "e-mail-address")),
        ("open report-2.pdf", (1, 6, "file-name")),
        ("a <b>bold</b> word", (1, 3, "markup")),
        ("salt &amp; pepper", (1, 6, "markup")),
        ("the <!-- x --> word", (1, 5, "markup")),
        ("take b>metformin daily", (1, 6, "ill-formed-markup")),
        ("take metformin</b daily", (1, 15, "ill-formed-markup")),
        ("x\n--------------------------d74496d66958873e", (2, 1, "multipart-boundary")),
        ("x\n------WebKitFormBoundaryAbCdEfGh--", (2, 1, "multipart-boundary")),
        ('x\nContent-Disposition: form-data; name="corpus_file"', (2, 1, "multipart-boundary")),
        ("Content-Type: text/plain\nx", (1, 1, "multipart-boundary")),
        ("a " + "x" * 41, (1, 3, "long-word")),
        ("a cafÃ© here", (1, 6, "encoding-damage")),
        ("I donâ€™t know", (1, 6, "encoding-damage")),
        ("a caf\ufffd here", (1, 6, "encoding-damage")),
        ("ring the \x07 bell", (1, 10, "control-character")),
        ("Same line.\nother\nSame line. ", (3, 1, "duplicate-line")),
        ("we use metformin\nand METFORMIN\nno metformin", (2, 5, "inconsistent-capitalization")),
    ],
)
def test_each_finding_at_its_place(text: str, place: tuple[int, int, str]) -> None:
    """Each kind of damage is found at its line and column, and nothing else is."""
    found = findings(text)
    assert found[0] == place
    assert {code for _, _, code in found} == {place[2]}


@pytest.mark.parametrize(
    "text",
    [
        "Bring Aunt Emma, Uncle Bob and the dog.",
        "--important",
        "x > y and y < z",
        "São Paulo NÃO está",
        "don't use a long-established and well-considered word",
        "the May sun may shine, so Will will go",
    ],
)
def test_what_only_looks_suspicious(text: str) -> None:
    """Lists of people in prose, bullets, comparisons and known homographs are fine."""
    assert findings(text) == []


def test_findings_carry_a_mend_and_the_line() -> None:
    """Every finding shows its line with a caret and says what to do."""
    for problem in Corpus.from_text("Go. Now.\nmail a@b.org\nGo. Now.\n", "demo").lint():
        assert problem.hint
        assert "^" in problem.excerpt
        assert problem.name == "demo"


def test_duplicates_name_the_first_line_and_the_count() -> None:
    """Copies of a line are one note, at the second of them."""
    (problem,) = Corpus.from_text("a b\n" * 5 + "c\n", "demo").lint()
    assert (problem.line, problem.severity) == (2, "note")
    assert "5 times, first on line 1" in problem.message


def test_many_findings_of_a_kind_are_counted() -> None:
    """After 100 findings of a kind one more says how many are left."""
    text = "".join(f"word{'abcdefghij'[n % 10] * (n // 10 + 1)}@example.org\n" for n in range(130))
    found = Corpus.from_text(text, "demo").lint()
    assert len(found) == 101
    assert "30 more" in found[-1].message
    assert "130 in all" in found[-1].message


def test_other_languages_without_lexicon() -> None:
    """Without a lexicon the line checks still run; capitalization is left alone."""
    assert findings("Der Lauf war gut.\nwir lauf Lauf LAUF", "de-DE") == []
    assert findings("Gehen Sie. Dann Ruhe.", "de-DE") == [(1, 10, "several-sentences-on-a-line")]


def test_limits_at_and_past() -> None:
    """A model takes 90,000 unknown words and 10 million words; one more is too many."""
    assert check_limits(10_000_000, 90_000) == []
    assert [p.code for p in check_limits(10_000_001, 90_000)] == ["too-many-words"]
    assert [p.code for p in check_limits(1, 90_001)] == ["too-many-oov-words"]
    assert {p.severity for p in check_limits(10**8, 10**6)} == {"error"}


def test_limits_are_part_of_lint(monkeypatch: pytest.MonkeyPatch) -> None:
    """A corpus past a limit has the finding without being asked twice."""
    monkeypatch.setattr(lint, "WORD_LIMIT", 2)
    monkeypatch.setattr(lint, "OOV_LIMIT", 1)
    corpus = Corpus.from_text("zzq zzx the", "demo")
    assert [problem.code for problem in corpus.lint()] == ["too-many-words", "too-many-oov-words"]


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("healthcare", []), ("health-care_2.v1", []), ("a" * 128, []),
        ("a" * 129, ["name-too-long"]), ("", ["empty-name"]),
        ("user", ["reserved-name"]), ("base_lm", ["reserved-name"]),
        ("default_lm", ["reserved-name"]), ("taken", ["name-exists"]),
        ("my corpus", ["name-not-url-safe"]), ("a/b", ["name-not-url-safe"]),
        ("été", ["name-not-url-safe"]),
    ],
)  # fmt: skip
def test_corpus_names(name: str, codes: list[str]) -> None:
    """Names too long, reserved or taken are errors; names to be encoded are warnings."""
    found = check_corpus_name(name, ["taken"])
    assert [problem.code for problem in found] == codes
    for problem in found:
        assert problem.hint
        assert (problem.severity == "warning") == (problem.code == "name-not-url-safe")


@pytest.mark.parametrize(
    ("data", "encoding", "told"),
    [
        ("Le café est prêt.\n".encode("cp1252"), None, "Windows-1252, a guess"),
        ("Le café est prêt.\n".encode("cp1252"), "cp1252", "Windows-1252; the service"),
        ("Le café est prêt.\n".encode("utf-16"), None, "UTF-16 with byte-order mark; the"),
        ("é\n".encode() + b"th\xe9 vert\n", "mixed", "some bytes are not UTF-8"),
        ("Le café est prêt.\n".encode("utf-8-sig"), None, ""),
    ],
)
def test_other_encodings_are_told(
    tmp_path: Path, data: bytes, encoding: str | None, told: str
) -> None:
    """The service takes UTF-8 only, so what was read otherwise is mentioned, guessed or not."""
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    found = read_corpus(path, "fr-FR", encoding=encoding).lint({"le", "café", "est", "prêt"})
    messages = [problem.message for problem in found if problem.code == "not-utf-8"]
    assert bool(messages) == bool(told)
    assert not told or told in messages[0]
