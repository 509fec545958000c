"""The shared acceptance cases for grammars: our own 140, and the W3C's implementation report."""

from __future__ import annotations

import json
import math
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from sttprep.data import shared_folder
from sttprep.errors import GrammarError
from sttprep.grammars import Grammar, check_grammar, read_grammar

FOLDER = shared_folder() / "cases" / "grammar"
if not FOLDER.is_dir():
    pytest.skip(
        f"no acceptance cases at {FOLDER}: export STTPREP_SHARED=/path/to/shared",
        allow_module_level=True,
    )

FORMATS = ("abnf", "grxml", "jsgf")

# W3C pairs that do not come out. The set is of 2002, the Recommendation of 2004.
W3C_DIFFERENT = {
    "conformance-5.grxml-1": "an element of another namespace stands for a word",
    "dtmf-pound-star-text.gram-1": "the words star and pound stand for the keys * and #",
    "lang-ruleref.gram-1": "a language attached to a rule reference is gone from the final text",
    "lang-ruleref.grxml-1": "the same in XML",
}


def cases() -> list[Any]:
    """Every case of the three files."""
    return [
        pytest.param(case, id=case["name"])
        for name in FORMATS
        for case in json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    ]


def errors(case: dict[str, Any]) -> list[Any]:
    """What is wrong with the document of a case."""
    problems = check_grammar(case["text"].encode(), case["format"])
    return [problem for problem in problems if problem.severity == "error"]


def can_be_written(grammar: Grammar, text: Any) -> bool:
    """Whether a format has words for everything in the grammar."""
    try:
        grammar.to(text)
    except GrammarError:
        return False
    return True


@pytest.mark.parametrize("case", cases())
def test_case_is_judged_as_the_specification_does(case):
    """A document is valid or not, and an error stands on the line the case names."""
    found = errors(case)
    assert (not found) == case["valid"], "\n".join(problem.render() for problem in found)
    lines = {problem.line for problem in found}
    if "error_line" in case:
        assert case["error_line"] in lines
    if "error_lines" in case:
        assert lines == set(case["error_lines"])
    for problem in found:
        assert problem.hint, problem


@pytest.mark.parametrize("case", [c for c in cases() if c.values[0]["valid"]])
def test_case_matches_and_counts(case):
    """A valid document accepts, rejects and counts what the case says; so does its own text."""
    grammar = read_grammar(case["text"].encode(), case["format"])
    if case.get("parse_only"):
        return
    root = case["root"]
    for text in (None, *FORMATS):
        if text is not None:
            if text != case["format"] and not can_be_written(grammar, text):
                continue
            grammar = read_grammar(grammar.to(text), text)
        for sentence in case["accepts"]:
            assert grammar.accepts(sentence, root), (text, sentence)
            assert grammar.parse(sentence, root) is not None, (text, sentence)
        for sentence in case["rejects"]:
            assert not grammar.accepts(sentence, root), (text, sentence)
            assert grammar.parse(sentence, root) is None, (text, sentence)
        if "sentence_count" in case:
            wanted = case["sentence_count"]
            number = grammar.count(root)
            assert number == (math.inf if wanted == "infinite" else wanted), text
            if wanted != "infinite":
                assert len(set(grammar.sentences(root))) == wanted
    if "ambiguous" in case:
        assert grammar.ambiguity(root) is not None


@pytest.mark.parametrize("case", [c for c in cases() if c.values[0]["valid"]])
def test_case_samples_and_graphs(case):
    """Sampled sentences are accepted; a recognizer graph is refused where none can exist."""
    if case.get("parse_only") or case["root"] is None:
        return
    grammar = read_grammar(case["text"].encode(), case["format"])
    root = case["root"]
    for sentence in grammar.sample(20, seed=1, root=root):
        assert grammar.accepts(sentence, root)
    for sentence in grammar.cover(root):
        assert grammar.accepts(sentence, root)
    if case.get("regular") is False:
        with pytest.raises(GrammarError, match="words on both sides"):
            grammar.fsg(root)
    else:
        assert grammar.fsg(root).transitions
        assert all(grammar.accepts(text, root) for text in islice(grammar.sentences(root), 50))


def w3c_pairs() -> list[Any]:
    """File, sentence and expectation of every pair of the index."""
    files = json.loads((FOLDER / "w3c_srgs_ir_index.json").read_text(encoding="utf-8"))["files"]
    return [
        pytest.param(f"{entry['file']}-{number}", pair, id=f"{entry['file']}-{number}")
        for entry in files
        for number, pair in enumerate(entry["pairs"], 1)
    ]


def w3c_accepts(path: Path, sentence: str) -> bool:
    """Whether a W3C grammar can be read and one of its active rules matches the sentence."""
    try:
        grammar = read_grammar(path)
        if grammar.accepts(sentence):
            return True
        # The report activates every public rule of a grammar at once.
        public = [rule.name for rule in grammar.rules if rule.is_public]
        return any(grammar.accepts(sentence, rule) for rule in public)
    except GrammarError:
        return False


@pytest.mark.parametrize(("name", "pair"), w3c_pairs())
def test_w3c_pair(name, pair):
    """A file of the W3C's report accepts and rejects what the report says."""
    path = FOLDER / "w3c" / name.rpartition("-")[0]
    agrees = w3c_accepts(path, pair["input"]) == (pair["expect"] == "accept")
    assert agrees == (name not in W3C_DIFFERENT), W3C_DIFFERENT.get(name)


def test_enough_w3c_pairs_come_out():
    """At least 315 of the 323 pairs agree."""
    names = [pair.values[0] for pair in w3c_pairs()]
    assert len(names) == 323
    assert set(W3C_DIFFERENT) <= set(names)
    assert len(W3C_DIFFERENT) <= 8
