"""Fixes: chosen, applied, shown, written."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from sttprep.corpora import Corpus, read_corpus
from sttprep.corpora.encodings import Encoding
from sttprep.corpora.fixes import apply_fixes, choose_fixes, diff, diff_fixes, fix_text
from sttprep.corpora.lint import lint
from sttprep.corpora.rewrite import rewrite
from sttprep.errors import CorpusError
from sttprep.source import Fix, Problem, Span


def problem(start: int, end: int, text: str) -> Problem:
    """A finding with a fix."""
    return Problem("note", "x", "Odd.", fix=Fix(Span(start, end), text, "Mend it"))


def test_of_overlapping_fixes_the_first_wins() -> None:
    """What touches a fix already chosen is left over and can be asked for."""
    first, second, third = problem(0, 4, "A"), problem(2, 6, "B"), problem(4, 6, "C")
    fixes, left = choose_fixes([third, second, first])
    assert [fix.text for fix in fixes] == ["A", "C"]
    assert left == [second]
    assert apply_fixes("abcdefgh", [third, second, first]) == "ACgh"


def test_two_insertions_at_one_place_are_one_too_many() -> None:
    """Their order would be a matter of chance; the first is made."""
    assert apply_fixes("ab", [problem(1, 1, "x"), problem(1, 1, "y")]) == "axb"
    assert apply_fixes("ab", [problem(1, 2, "x"), problem(1, 1, "y")]) == "ax"


def test_findings_about_another_text_are_refused() -> None:
    """A text that changed since has its findings no longer."""
    with pytest.raises(CorpusError, match=r"another text.*9.*has 2"):
        apply_fixes("ab", [problem(7, 9, "")])


def test_the_diff_is_one_that_patch_reads() -> None:
    """Headers, three lines around, and a mark where the last line has no end."""
    text = "a\nb\nc\nd\nTake it. Rest."
    found = lint(Corpus.from_text(text, "demo"))
    assert diff_fixes(text, found, "demo.txt") == (
        "--- demo.txt\n+++ demo.txt (fixed)\n@@ -2,4 +2,5 @@\n b\n c\n d\n-Take it. Rest.\n"
        "\\ No newline at end of file\n+Take it.\n+Rest.\n\\ No newline at end of file\n"
    )
    assert diff("same", "same", "demo") == ""


def test_fixes_that_become_possible_are_made() -> None:
    """A label before mark-up, a copy that appears when a line is parted."""
    fixed = fix_text("Rest.\nDOCTOR: Take <b>it</b>. Rest.\n")
    assert fixed.text == "Rest.\nTake it.\n"
    assert dict(fixed.applied) == {
        "duplicate-line": 1, "markup": 2, "several-sentences-on-a-line": 1, "speaker-label": 1,
    }  # fmt: skip
    assert fixed.left == ()


def test_a_text_never_loses_all_its_words() -> None:
    """Where the fixes would leave nothing, they are not made."""
    assert fix_text("www.example.com").text == "www.example.com"


def test_what_needs_a_choice_is_left() -> None:
    """Findings without a fix come back with the text."""
    fixed = fix_text("the ZQX and Zqx test")
    assert [one.code for one in fixed.left] == ["inconsistent-capitalization"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_file_keeps_its_encoding(tmp_path: Path, encoding: str, packed: bool) -> None:
    """Encoding, byte-order mark, line ends, packing and permissions stay as they were."""
    path = tmp_path / ("a.txt.gz" if packed else "a.txt")
    data = "Le café est très chaud. Il est à prendre.\r\n".encode(encoding)
    path.write_bytes(gzip.compress(data) if packed else data)
    path.chmod(0o640)
    (part,) = read_corpus(path, "fr-FR").parts
    rewrite(path, fix_text(part.text, language="fr-FR").text, part.encoding)
    written = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
    assert written == "Le café est très chaud.\r\nIl est à prendre.\r\n".encode(encoding)
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """The file behind it is written."""
    path, link = tmp_path / "a.txt", tmp_path / "b.txt"
    path.write_text("old\n")
    link.symlink_to(path)
    rewrite(link, "new\n", Encoding("utf-8"))
    assert link.is_symlink()
    assert path.read_text() == "new\n"


def test_what_an_encoding_lacks_is_refused(tmp_path: Path) -> None:
    """The file stays as it was, and the message names the character."""
    path = tmp_path / "a.txt"
    path.write_bytes("café\n".encode("cp1252"))
    with pytest.raises(CorpusError, match="Windows-1252, which has no '漢'"):
        rewrite(path, "漢\n", Encoding("cp1252"))
    with pytest.raises(CorpusError, match="would be lost"):
        rewrite(path, "cafe\n", Encoding("utf-8"))
    assert path.read_bytes() == "café\n".encode("cp1252")


@pytest.mark.parametrize("missing", ["nowhere.txt", "nowhere/a.txt"])
def test_a_file_that_cannot_be_written(tmp_path: Path, missing: str) -> None:
    """One sentence, and nothing is left behind."""
    with pytest.raises(CorpusError, match="cannot be written"):
        rewrite(tmp_path / missing, "x\n", Encoding("utf-8"))
    assert os.listdir(tmp_path) == []


def test_kinds_to_fix_are_known() -> None:
    """A mistyped kind is told, not passed over."""
    with pytest.raises(CorpusError, match="Did you mean markup"):
        fix_text("Take <b>it</b>.\n", only={"mark-up"})
