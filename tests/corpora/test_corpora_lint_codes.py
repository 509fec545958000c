"""Each kind of finding: what it is about, what its fix makes of it, and what is left in peace."""

from __future__ import annotations

from pathlib import Path

import pytest

from sttprep.corpora import Corpus, read_corpus
from sttprep.corpora.fixes import apply_fixes
from sttprep.corpora.lint import lint
from sttprep.corpora.lint_codes import LINT_CODES
from sttprep.source import Problem


def problems(text: str, language: str = "en-US") -> list[Problem]:
    """All findings at all places."""
    return lint(Corpus.from_text(text, "demo", language), every_place=True)


CASES = [
    # code, text, text after the fixes (None: a human has to choose)
    ("several-sentences-on-a-line", "Take it. Then rest. Sleep.", "Take it.\nThen rest.\nSleep."),
    ("several-sentences-on-a-line", "Take it.\r\nRest. Sleep.", "Take it.\r\nRest.\r\nSleep."),
    (
        "several-sentences-on-a-line",
        "an abnormal tremor.The hands",
        "an abnormal tremor.\nThe hands",
    ),
    ("several-sentences-on-a-line", "He said 'no.' Then he left.", "He said 'no.'\nThen he left."),
    ("several-names-on-a-line", "Ann Lee, Bob Day and Cy Fox", "Ann Lee\nBob Day\nCy Fox"),
    ("several-names-on-a-line", "Ann Lee, Bob Day; Cy Fox", "Ann Lee\nBob Day\nCy Fox"),
    ("web-address", "see www.example.com now", "see example dot com now"),
    ("web-address", "see http://a.org/x?y=1 now", "see now"),
    ("web-address", "he left\nhttp://www.example.com", "he left\n"),
    ("web-address", "as shown in 10.1111/acer.12072.", "as shown in."),
    ("e-mail-address", "ask jo.day@example.org.", "ask jo dot day at example dot org."),
    ("file-name", "open report-two.pdf now", "open report two dot pdf now"),
    ("file-name", "he left\nxml/33559169.xml:", "he left\n"),
    ("markup", "a <b>bold</b> word", "a bold word"),
    ("markup", "one<br/>two", "one two"),
    ("markup", "salt &amp; pepper", "salt & pepper"),
    ("markup", "two&nbsp;words", "two words"),
    ("markup", "the <!-- not --> word", "the word"),
    ("markup", "## A heading", "A heading"),
    ("markup", "a **bold** and _slanted_ word", "a bold and slanted word"),
    ("markup", "see [the page](http://x.org)", None),
    ("markup", "see [the page](x/y)", "see the page"),
    ("markup", "run `this` now", "run this now"),
    ("markup", "see [[Main page|the page]] now", "see the page now"),
    ("markup", "== Treatment ==", "Treatment"),
    ("markup", "he is '''bold''' today", "he is bold today"),
    ("markup", "rest {{citation needed}} now", "rest now"),
    ("markup", r"\section{Results} are \emph{very} good \cite{lee}", "Results are very good"),
    ("markup", "the area is $x^2$ here", None),
    ("ill-formed-markup", "take b>metformin</b daily", "take metformin daily"),
    ("timestamp", "he left\n00:00:01,000 --> 00:00:02,000", "he left\n"),
    ("timestamp", "[00:12:03] he left", "he left"),
    ("timestamp", "00:12:03 he left", "he left"),
    ("timestamp", "WEBVTT\nhe left", "he left"),
    ("speaker-label", "DOCTOR: how are you", "how are you"),
    ("speaker-label", "Speaker 2: how are you", "how are you"),
    ("speaker-label", "SMITH: hello\nSMITH: how are you", "hello\nhow are you"),
    ("multipart-boundary", "x\n------WebKitFormBoundaryAbCdEf--\n", "x\n"),
    ("multipart-boundary", "x\r\nContent-Type: text/plain\r\n", "x\r\n"),
    ("long-word", "a " + "y" * 120 + " word", "a word"),
    ("long-word", "a " + "y" * 50 + " word", None),
    ("long-line", "it is so\nso it was\nas it is\n" + "we go on " * 150, None),
    ("table-row", "name\tdose\tday", "name\ndose\nday"),
    ("table-row", "| name | dose |\n|---|---|", "name\ndose\n"),
    ("table-row", "aspirin     one tablet      daily", "aspirin\none tablet\ndaily"),
    ("no-letters", "he left\nand so on\n12.", "he left\nand so on\n"),
    (
        "line-in-capitals",
        "WHAT ARE THE RISKS OF MVD?\nhe left\nso",
        "What are the risks of MVD?\nhe left\nso",
    ),
    ("duplicate-line", "he left\nso\nhe left\nhe left\n", "he left\nso\n"),
    ("duplicate-line", "he left\r\nso\r\nhe left\r\nno", "he left\r\nso\r\nno"),
    (
        "near-duplicate-line",
        "we take it with a glass of water at noon\nwe take it with a glass of cold water at noon",
        None,
    ),
    (
        "inconsistent-capitalization",
        "we use metformin\nand METFORMIN is metformin",
        "we use metformin\nand metformin is metformin",
    ),
    ("inconsistent-capitalization", "the ZQX and Zqx test", None),
    ("letters-and-digits", "vitamin B12 helps", None),
    ("number-reading", "born in 1985.", "born in nineteen eighty five."),
    ("number-reading", "In 1905, it rained", "In nineteen oh five, it rained"),
    (
        "number-reading",
        "call (800) 555-0199 now",
        "call eight zero zero five five five zero one nine nine now",
    ),
    ("number-reading", "a dose of 0.15 mg", "a dose of zero point one five mg"),
    ("number-reading", "about 12.25% of them", "about twelve point two five percent of them"),
    ("number-reading", "for 2-3 days", "for two to three days"),
    ("number-reading", "the 2013-14 season", "the twenty thirteen to twenty fourteen season"),
    ("number-reading", "use version 1.10.4 now", "use version one point ten point four now"),
    ("number-reading", "code 448193 is wrong", "code four four eight one nine three is wrong"),
    ("encoding-damage", "a cafÃ© here, donâ€™t", "a café here, don’t"),
    ("encoding-damage", "Ð´Ð¾Ð¼ is a house", None),
    ("encoding-damage", "a caf\ufffd here", None),
    ("control-character", "ring the \x07bell", "ring the bell"),
    ("invisible-character", "zero\u200bwidth", "zerowidth"),
    ("invisible-character", "soft\u00adhyphen", "softhyphen"),
    ("invisible-character", "turned \u202etext\u202c", "turned text"),
    ("mixed-scripts", "metf\u043ermin helps", "metformin helps"),
    ("emoji", "well done \U0001f44d\U0001f3fd indeed", "well done indeed"),
    ("emoji", "I \u2764\ufe0f you", "I you"),
    ("other-script", "he left\nэто другой язык\nso", None),
    ("other-script", "the word 漢字 is here", None),
    ("other-language", "Nehmen Sie die Tablette nicht mit dem Essen ein", None),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "fixed"), CASES)
def test_finding_and_fix(code: str, text: str, fixed: str | None) -> None:
    """The kind of finding is there with a hint, and its fix makes the text what it should be."""
    found = problems(text)
    own = [problem for problem in found if problem.code == code]
    assert own
    for problem in own:
        assert problem.hint
        assert problem.line is not None
    if fixed is None:
        return
    assert {problem.code for problem in found} == {code}
    assert all(problem.fix is not None and problem.fix.title for problem in own)
    assert apply_fixes(text, own) == fixed


def test_every_kind_is_listed() -> None:
    """The list of kinds has all that lint tells of lines, and those of the whole corpus."""
    whole = {
        "near-duplicates-not-sought", "near-oov-limit", "near-word-limit", "not-utf-8",
        "too-many-oov-words", "too-many-words",
    }  # fmt: skip
    assert {code for code, _, _ in CASES} | whole == set(LINT_CODES)
    assert list(LINT_CODES) == sorted(LINT_CODES)


@pytest.mark.parametrize("code", sorted({code for code, _, fixed in CASES if fixed is None}))
def test_a_choice_is_left_to_a_human(code: str) -> None:
    """Some findings of some kinds have no honest fix; the finding is there all the same."""
    texts = [text for kind, text, fixed in CASES if kind == code and fixed is None]
    assert any(problem.code == code for text in texts for problem in problems(text))


SILENT = """\
See Dr. Smith, J. P. Morgan or the U.S. Army at 3 p.m. on Jan. Fifth.
He has e.g. Rye bread, and it's "quoted." he said.
Bring Aunt Emma, Uncle Bob and the dog.
It costs $100, i.e. 20% less (about €90), or $1.50 each.
Blood pressure below 140/90 and p < 0.05 are fine, 5 > 3, n>30, p>0.05, x<y.
AT&T, R&D & more -- that's all...
--important
The naïve “café” – 5 µg of β-blocker, 20 °C, TNFα…
In 2009 there were 1500 patients and 1 in 1800 babies.
He was 1.5 metres tall on 9/11, 24/7.
In May 1905, at 3:05 and at 4:00 p.m., take 1/2 tablet and call 800-555-0199.
Call me at 3:30, page 12 of 99.
COVID-19 and the mid-1980s and a 24-hour day.
Note: take it with water.
The ratio is 3:1 (see page 4).
Hasta la vista means see you later.
NIH CDC FDA WHO
O'Brien's well-known 5-year-old plan_b
What * means here, 2 * 3, and # one.
[see below] and {this} <that>
C:\\Users and and/or
"""


@pytest.mark.parametrize("line", SILENT.splitlines())
def test_clean_neighbours_are_silent(line: str) -> None:
    """What only looks like damage gives no finding."""
    assert problems(line) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja-JP", "今日は\nメトホルミン500mgを飲みます。"),
        ("ko-KR", "오늘은 MRI 검사를 합니다."),
        ("ru-RU", "Сегодня МРТ и COVID-19."),
        ("ar-AR", "خذ\u200cه اليوم"),
        ("he-IL", "קח את זה היום"),
        ("fr-FR", "L'été, il prend 0,15 mg – « naïvement » – à Noël en 1985."),
        ("de-DE", "Er nahm im Jahr 1985 z. B. 3,5 mg (täglich) ein."),
        ("hi-IN", "यह दवा रोज लें"),
        ("pt-BR", "São Paulo NÃO está… IRMÃ…"),
        ("nl-NL", "Neem het in met water van de kraan."),
    ],
)
def test_clean_text_of_other_languages_is_silent(language: str, text: str) -> None:
    """Letters, joiners and function words of the language of the corpus are its own."""
    assert problems(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("ru-RU", "Сегодня cахар", "mixed-scripts"),
        ("ru-RU", "Сегодня холодно\nwords in Latin only", "other-script"),
        ("ja-JP", "薬を飲みます。水も飲みます。", "several-sentences-on-a-line"),
        ("fr-FR", "Take it with a glass of water and you are well", "other-language"),
        ("de-DE", "der Code 448193", "number-reading"),
        ("es-ES", "el código 448193", "number-reading"),
        ("en-US", "please קח את זה היום", "other-script"),
    ],
)
def test_findings_in_other_languages(language: str, text: str, code: str) -> None:
    """The rules know the scripts and the digits of other languages."""
    assert {problem.code for problem in problems(text, language)} == {code}


def test_right_to_left_text_is_told() -> None:
    """A line of Hebrew in an English corpus is named as right-to-left text."""
    (problem,) = problems("he left\nקח את זה היום")
    assert "Hebrew (right to left)" in problem.message


def test_one_finding_for_a_thing_at_several_places() -> None:
    """A number is told once, with the number of its places; all places when asked for."""
    corpus = Corpus.from_text("born in 1985.\nleft in 1985.\ndead in 1985.", "demo")
    (problem,) = lint(corpus)
    assert "It stands at 3 places." in problem.message
    assert [problem.line for problem in lint(corpus, every_place=True)] == [1, 2, 3]


def test_labels_of_unknown_speakers_need_company() -> None:
    """One line that begins with a word in capitals and a colon is no dialogue."""
    assert problems("CLEAN: wash your hands") == []


def test_a_corpus_of_numbers_is_not_unlike_itself() -> None:
    """Where most lines are digits, a line of digits is no finding."""
    assert problems("1 2\n3 4\n5 6\nseven") == []
    assert [problem.code for problem in problems("one\n3 4\nfive six\nseven")] == ["no-letters"]


def test_a_corpus_in_capitals_is_not_unlike_itself() -> None:
    """Where most lines are in capitals, that is the style of the corpus."""
    assert problems("WHAT ARE THE RISKS\nHOW ARE THEY TREATED\nso") == []


def test_long_lines_are_measured_by_the_others() -> None:
    """A line of 1,200 characters is long among sentences, not among paragraphs."""
    long = "we go on and on " * 75
    assert [p.code for p in problems(f"he left\n{long}\nso\nit is")] == ["long-line"]
    other = "then it goes up " * 75
    assert problems(f"{long}\n{other}\n") == []


def test_a_word_of_ten_thousand_letters() -> None:
    """It is found, shown in part, and deleted by its fix."""
    text = f"a {'x' * 10_000} word"
    (problem,) = problems(text)
    assert "10,000" in problem.message
    assert len(problem.excerpt) < 400
    assert apply_fixes(text, [problem]) == "a word"


def test_limits_are_told_before_they_are_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above 80 % of a limit there is a note with both figures."""
    from sttprep.corpora import lint as module

    monkeypatch.setattr(module, "WORD_LIMIT", 6)
    monkeypatch.setattr(module, "OOV_LIMIT", 2)
    corpus = Corpus.from_text("zzq the zzx and a", "demo")
    assert [(p.code, p.severity) for p in module.lint(corpus)] == [
        ("near-word-limit", "note"),
        ("near-oov-limit", "note"),
    ]
    assert "83%" in module.lint(corpus)[0].message


def test_large_corpora_are_not_searched_for_near_duplicates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A note says how to ask for it."""
    from sttprep.corpora import lint as module

    monkeypatch.setattr(module, "_NEAR_DUPLICATE_WORDS", 3)
    corpus = Corpus.from_text("it is as it is", "demo")
    (problem,) = module.lint(corpus)
    assert problem.code == "near-duplicates-not-sought"
    assert module.lint(corpus, near_duplicates=False) == []
    assert module.lint(corpus, near_duplicates=True) == []


def test_a_folder_is_one_corpus_of_several_files(tmp_path: Path) -> None:
    """Findings stand in their files; a copy in another file names that file."""
    (tmp_path / "a.txt").write_text("he left\nTake it. Rest.\n")
    (tmp_path / "b.txt").write_text("so\r\nhe left\r\nGo. Now.\r\n")
    found = lint(read_corpus(tmp_path))
    first, second = str(tmp_path / "a.txt"), str(tmp_path / "b.txt")
    assert [(one.name, one.line, one.code) for one in found] == [
        (first, 2, "several-sentences-on-a-line"),
        (second, 2, "duplicate-line"),
        (second, 3, "several-sentences-on-a-line"),
    ]
    assert f"already on line 1 of {first}" in found[1].message
    fix = found[2].fix
    assert fix is not None
    assert (fix.span.start, fix.text) == (16, "\r\n")


def test_a_guessed_encoding_is_told(tmp_path: Path) -> None:
    """The service takes UTF-8 only; the finding shows the line that converts the file."""
    path = tmp_path / "a.txt"
    path.write_bytes("le café est très chaud, déjà\n".encode("cp1252"))
    (problem,) = lint(read_corpus(path, "fr-FR"))
    assert problem.code == "not-utf-8"
    assert "iconv -f cp1252 -t utf-8" in problem.hint


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de-DE", "Im 19. Jahrhundert lebten viele Menschen auf dem Land."),
        ("de-DE", "Anna Schulz, geb. Meier, kommt am Montag, dem 12. Januar."),
        ("de-DE", "Vgl. Abb. 3 im Anhang."),
        ("es-ES", "EE. UU. es un país."),
        ("es-ES", "Vive en la Av. Reforma."),
        ("it-IT", "Il dott. Rossi arriva."),
        ("it-IT", "L'ing. Neri lavora."),
        ("pt-BR", "O séc. XIX foi longo na Av. Paulista."),
        ("nl-NL", "Mevr. Jansen komt."),
    ],
)
def test_abbreviations_of_each_language_end_no_sentence(language: str, line: str) -> None:
    """Their period belongs to them; the same words end sentences in other languages."""
    found = Corpus.from_text(line, "x", language).lint()
    assert not [one for one in found if one.code == "several-sentences-on-a-line"]
    [one] = Corpus.from_text("We saw ten cap. Then we left.", "x", "en-US").lint({"x"})
    assert one.code == "several-sentences-on-a-line"
