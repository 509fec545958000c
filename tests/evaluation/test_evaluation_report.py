"""The HTML report."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sttprep.errors import InputError, TestSetError
from sttprep.evaluation import Section, WerReport, align, html_report, score
from sttprep.evaluation.diff import aligned_words
from sttprep.evaluation.display import points, table

EVIL = "<script>alert('&\"1')</script>"
VOID = {"meta", "br", "hr", "img", "input", "link", "path", "use"}


class Page(HTMLParser):
    """Checks nesting and gathers tags, attributes and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == [], f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember what is open."""
        self.tags[tag] += 1
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count an element that closes itself."""
        self.tags[tag] += 1
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        """Only the innermost element may end."""
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Gather what a reader sees."""
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        """What a reader sees, in one line."""
        return re.sub(r"\s+", " ", " ".join(self.words))


def systems() -> dict[str, WerReport]:
    """A base and a custom system; the custom one learns a word and worsens one utterance."""
    references = ["take atorvastatin daily", "take metformin", "yes please", f"hello {EVIL}"]
    labels = [{"speaker": who, "take": str(n)} for n, who in enumerate(["anna", "ben", EVIL, ""])]
    names = [f"{number}.wav" for number in range(3)] + [EVIL]

    def scored(hypotheses: list[str]) -> WerReport:
        return score(
            references,
            hypotheses,
            labels=labels,
            names=names,
            vocabulary={"take", "daily", "yes", "please", "hello", "script", "alert", "1"},
            normalize=False,
        )

    return {
        "base": scored(["take at all bastatin daily", "take met four men", "yes please", EVIL]),
        "custom": scored(["take atorvastatin daily", "take met men", "yes sneeze", "hello"]),
    }


@pytest.fixture(scope="module")
def html() -> str:
    """A full report."""
    return html_report(
        f"Drugs {EVIL}",
        systems(),
        facts=[("test set", EVIL)],
        sections=[
            Section("Words", "Two & more.", ["word", "phones"], [[EVIL, "AH"]]),
            Section("Own", html="<p>as <em>given</em></p>"),
        ],
        audio=lambda name: None if name == "0.wav" else (b"RIFF", "audio/wav"),
    )


def test_page_is_well_formed(html: str) -> None:
    """Tags nest, there is one heading, and the encoding is declared."""
    page = Page(html)
    assert html.startswith("<!DOCTYPE html>")
    assert page.tags["h1"] == 1
    assert ("charset", "utf-8") in page.attributes
    assert ("lang", "en") in page.attributes


def test_page_loads_nothing(html: str) -> None:
    """Every reference stays in the file, there is no script, and the policy forbids the rest."""
    page = Page(html)
    links = [
        value for name, value in page.attributes if name in ("src", "href", "xlink:href", "data")
    ]
    assert links
    assert all(link.startswith(("data:", "#")) for link in links)
    assert page.tags["script"] == page.tags["link"] == page.tags["img"] == 0
    assert "//" not in html.replace(EVIL, "")
    assert "@import" not in html
    assert any("default-src 'none'" in value for _, value in page.attributes)


def test_names_are_escaped(html: str) -> None:
    """Text from users stays text, in titles, labels, words, names and sections."""
    assert "<script" not in html
    assert Page(html).words.count(EVIL) >= 5


def test_ids_are_unique(html: str) -> None:
    """Elements of the chart do not clash with anything."""
    ids = [value for name, value in Page(html).attributes if name == "id"]
    assert len(ids) == len(set(ids))


def test_report_says_what_happened(html: str) -> None:
    """The headline, the learnt word, the error lists and the utterances are there."""
    text = Page(html).text
    reports = systems()
    assert f"{100 * reports['base'].wer:.1f} %" in text
    assert f"{100 * reports['custom'].wer:.1f} %" in text
    assert "fewer errors" in text
    assert "custom learnt 1." in text
    assert "atorvastatin learnt 1 0 1" in text
    assert "Largest improvements" in text
    assert "Largest deteriorations" in text
    assert "By speaker" in text
    assert "Words Two & more. word phones" in text
    assert "as given" in text


def test_diff_can_be_read_out(html: str) -> None:
    """The picture of words carries the texts for those who cannot see it."""
    spoken = [value for name, value in Page(html).attributes if name == "aria-label"]
    assert (
        "said: take atorvastatin daily; base heard: take at all bastatin daily; "
        "custom heard: take atorvastatin daily"
    ) in spoken


def test_tables_have_headings(html: str) -> None:
    """Every table names its columns and rows for screen readers."""
    page = Page(html)
    scopes = Counter(value for name, value in page.attributes if name == "scope")
    assert scopes["col"] >= 2 * page.tags["table"]
    assert scopes["row"] >= page.tags["table"]


def test_same_input_same_bytes(html: str) -> None:
    """A report can be kept under version control."""
    assert html_report("x", systems()) == html_report("x", systems())


def test_audio_is_embedded_until_the_page_is_full() -> None:
    """Players appear only for audio that fits; what was left out is said."""
    small = html_report("x", systems(), audio=lambda name: (b"RIFF", "audio/wav"))
    assert Page(small).tags["audio"] == 4 - 1  # one utterance is neither better nor worse
    large = html_report("x", systems(), audio=lambda name: (b"x" * 900_000, "audio/wav"))
    assert Page(large).tags["audio"] == 1
    assert "to keep the file small: 2 recordings" in large
    with pytest.raises(InputError, match="media type"):
        html_report("x", systems(), audio=lambda name: (b"", 'audio/x" onerror="'))


def test_one_system(tmp_path: Path) -> None:
    """A single report is written as a page of its own, without comparisons."""
    path = tmp_path / "report.html"
    systems()["base"].to_html(path, title="Bäse")
    text = Page(path.read_text(encoding="utf-8")).text
    assert "Utterances with the most errors" in text
    assert "Against" not in text
    assert text.count("Bäse") == 2


def test_a_report_without_errors_or_vocabulary() -> None:
    """What does not exist has no empty section."""
    text = Page(html_report("x", {"a": score("yes", "yes"), "b": score("yes", "yes")})).text
    assert "as many errors as" in text
    assert "vocabulary" not in text
    assert "Largest" not in text


def test_vocabulary_of_one_system_is_enough() -> None:
    """A base scored without the vocabulary still shows which words it knew."""
    base = score(["take statin"], ["take statin"])
    custom = score(["take statin"], ["take stating"], vocabulary={"take"})
    text = Page(html_report("x", {"base": base, "custom": custom})).text
    assert "statin lost 1 1 0 stating" in text
    assert "Recognized where it was not said: stating (1)." in text


def test_strange_names_survive_the_chart() -> None:
    """System names are no formulas, may be long and in any script."""
    report = score("yes", "no")
    names = ["$x_{1}$ & co", "名前", "x" * 90]
    text = Page(html_report("x", dict.fromkeys(names, report))).text
    assert text.count("$x_{1}$ & co") >= 2
    assert "名前" in text
    assert "x" * 27 + "…" in text


def test_what_cannot_be_reported(tmp_path: Path) -> None:
    """No reports, different test sets, ragged tables and bad paths are refused in words."""
    report = score("yes", "no")
    with pytest.raises(TestSetError, match="no report"):
        html_report("x", {})
    with pytest.raises(TestSetError, match="utterance 1"):
        html_report("x", {"a": report, "b": score("no", "no")})
    with pytest.raises(InputError, match="'Words' has 1 cells"):
        html_report("x", {"a": report}, sections=[Section("Words", "", ["a", "b"], [["c"]])])
    with pytest.raises(InputError, match="cannot be written"):
        report.to_html(tmp_path / "none" / "report.html")


WORDS = st.lists(st.sampled_from("abc"), max_size=6)


@given(WORDS, WORDS, WORDS)
def test_merged_columns_replay_to_the_texts(
    reference: list[str], one: list[str], two: list[str]
) -> None:
    """Reading a row of the merged alignment gives the text of that system again."""
    columns = aligned_words([align(reference, one), align(reference, two)])
    assert [said for said, _ in columns if said is not None] == reference
    assert [heard[0] for _, heard in columns if heard[0] is not None] == one
    assert [heard[1] for _, heard in columns if heard[1] is not None] == two


def test_display() -> None:
    """Signs are typographic, rounding never shows minus zero, captions are escaped."""
    assert [points(value) for value in (-0.0312, 0.02, -0.0001)] == ["−3.1", "+2.0", "0.0"]
    assert "<caption>a &amp; b</caption>" in table(["x"], [["y"]], caption="a & b")
