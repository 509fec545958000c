"""The shared acceptance cases for corpora, derived from IBM's documentation."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sttprep.corpora import Corpus, check_corpus_name, check_limits, parse_line
from sttprep.corpora.reader import decode
from sttprep.data import shared_folder

CASES_FILE = shared_folder() / "cases" / "corpus" / "cases.json"

if not CASES_FILE.is_file():
    pytest.skip(
        f"no acceptance cases at {CASES_FILE}: export STTPREP_SHARED=/path/to/shared",
        allow_module_level=True,
    )

CASES: list[dict[str, Any]] = json.loads(CASES_FILE.read_text("utf-8"))
LATIN = {"en", "fr", "es", "pt", "de", "it", "nl"}
LEFT_OUT: dict[str, str] = {}
"""Cases this version does not answer yet, each with the reason."""


def cases(kind: str) -> pytest.MarkDecorator:
    """The cases of one kind as a parametrization."""
    chosen = [case for case in CASES if case["kind"] == kind and case["id"] not in LEFT_OUT]
    assert chosen, f"no cases of kind {kind}"
    return pytest.mark.parametrize("case", chosen, ids=[case["id"] for case in chosen])


def bare(text: str) -> list[str]:
    """Tokens without sentence punctuation, as the cases' README compares Latin-script text."""
    return [token.strip(".,;:!?") for token in text.split()]


@cases("corpus_parse")
def test_parse(case: dict[str, Any]) -> None:
    """The text after parsing is IBM's, and so are its unknown words."""
    given, expect = case["given"], case["expect"]
    parsed = parse_line(given["text"], given["lang"])
    if given["lang"] in LATIN:
        assert bare(parsed) == bare(expect["text"])
    else:
        assert parsed == expect["text"]
    if "oov" in expect:
        corpus = Corpus.from_text(given["text"], "case", given["lang"])
        assert {word.word for word in corpus.oov().words} == set(expect["oov"])


@cases("corpus_oov")
def test_oov(case: dict[str, Any]) -> None:
    """The unknown words are spelled as in the corpus and looked up without case."""
    corpus = Corpus.from_text(case["given"]["text"], "case", case["given"]["lang"])
    assert {word.word for word in corpus.oov().words} == set(case["expect"]["oov"])


@cases("corpus_lint")
def test_lint(case: dict[str, Any]) -> None:
    """The findings are those expected, no more and no fewer."""
    given, expect = case["given"], case["expect"]
    if "bytes_hex" in given:
        text = decode(bytes.fromhex(given["bytes_hex"]), "case")
    else:
        text = "\n".join(given["lines"])
    corpus = Corpus.from_text(text, "case", given["lang"])
    if "tokens" in expect:
        assert [token for tokens in corpus.tokens() for token in tokens] == expect["tokens"]
    if "findings" in expect:
        found = corpus.lint()
        assert {problem.code for problem in found} == set(expect["findings"])
        for word in expect.get("words", []):
            assert any(word in problem.message for problem in found)


@cases("corpus_name")
def test_name(case: dict[str, Any]) -> None:
    """A name is fine, doubtful or refused."""
    found = check_corpus_name(case["given"]["name"], case["given"]["existing"])
    levels = {problem.severity for problem in found}
    level = "error" if "error" in levels else "warning" if levels else "ok"
    assert level == case["expect"]["level"]


@cases("limit")
def test_limit(case: dict[str, Any]) -> None:
    """A model at the limit is valid, one past it is not."""
    given = case["given"]
    valid = not check_limits(given["total_words"], given["oov_words"])
    assert valid == case["expect"]["valid"]
