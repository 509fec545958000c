"""Plots are SVG of stable bytes, with what is to be seen in words."""

from __future__ import annotations

from xml.etree import ElementTree

from sttprep.corpora import Corpus
from sttprep.evaluation import score
from sttprep.notebook.plots import plot_coverage, plot_wer

TEXT = "take metformin\ntake warfarin\ntake metformin and warfarin\ntake it\n"


def test_coverage_curve() -> None:
    """Both curves are drawn, the end is told, and drawing again gives the same bytes."""
    found = Corpus.from_text(TEXT, "demo").coverage({"take", "and", "it"})
    picture = plot_coverage(found)
    assert repr(picture) == "<Picture: coverage: 60.0% of the words, 100.0% with 2 words more>"
    assert picture._repr_svg_() == plot_coverage(found)._repr_svg_()
    labels = {text.strip() for text in ElementTree.fromstring(picture.svg).itertext()}
    assert {"words added", "covered, %", "words", "whole sentences"} <= labels
    assert "80.0% with 1 word more" in repr(plot_coverage(found, words=1))


def test_everything_covered() -> None:
    """Nothing to add is no fault."""
    found = Corpus.from_text("take it", "demo").coverage({"take", "it"})
    assert "100.0% of the words, 100.0% with 0 words more" in repr(plot_coverage(found))


def test_word_error_rates() -> None:
    """Bars stand alone: no colour of a page is needed."""
    picture = plot_wer({"base": score(["a b"], ["a c"]), "custom": score(["a b"], ["a b"])})
    assert "var(--" not in picture.svg
    assert ElementTree.fromstring(picture.svg) is not None
