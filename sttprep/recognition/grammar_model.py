"""A grammar as files a recognizer loads: a graph of words, and a dictionary of just these words.

Whatever is said, the recognizer finds the sentence of the grammar that sounds most like it; an
empty result means that not even the beginning of one fits.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sttprep.errors import GrammarError, WordError
from sttprep.grammars import Grammar
from sttprep.grammars.fsg import Transition
from sttprep.recognition.base_models import BaseModel, base_model
from sttprep.recognition.local import LocalRecognizer
from sttprep.recognition.sphinx_model import SphinxModel
from sttprep.source import Problem
from sttprep.words import Lexicon, Word, word_pronunciations

__all__ = [
    "grammar_model",
    "grammar_model_name",
    "grammar_recognizer",
    "read_grammar_model",
    "write_grammar_model",
]


def grammar_model_name(number: int) -> str:
    """Stem of the files of a model's ``number``-th grammar."""
    return f"grammar-{number}"


def write_grammar_model(
    folder: Path,
    stem: str,
    grammar: Grammar,
    base: BaseModel,
    custom: Mapping[str, Sequence[str]] | None = None,
    root: str | None = None,
) -> None:
    """Write ``stem.fsg``, ``stem.dict`` and ``stem.json`` (how words are shown) into a folder.

    A word is pronounced as ``custom`` has it (phones by lower-case word), else as the base
    dictionary, else by its spelling.

    Raises:
        GrammarError: no recognizer graph exists for the grammar, it has no sentence, or words of
            it cannot be pronounced (all of them in ``problems``).
        NotFoundError: there is no such root rule.
    """
    graph = grammar.fsg(root)
    if not graph.words:
        raise GrammarError(
            f"{grammar.source.name or 'The grammar'} has no sentence to listen for.",
            hint="Write a rule with words, for instance: $answer = yes | no;",
        )
    lexicon = base.read_lexicon()
    entries: dict[str, tuple[str, ...]] = {}
    display: dict[str, str] = {}
    problems: list[Problem] = []
    for word in graph.words:
        spoken = word.lower()
        if spoken != word:
            display.setdefault(spoken, word)
        if spoken in entries:
            continue
        try:
            entries[spoken] = _pronunciations(word, base, lexicon, custom or {})
        except WordError as error:
            problems.append(Problem("error", "no-pronunciation", error.message, error.hint))
    if problems:
        count = f"{len(problems)} word{'s' * (len(problems) > 1)}"
        raise GrammarError(f"{count} of the grammar cannot be pronounced.", problems=problems)
    spoken_graph = replace(graph, transitions=tuple(map(_spoken, graph.transitions)))
    (folder / f"{stem}.fsg").write_text(spoken_graph.to_fsg(stem), encoding="utf-8")
    Lexicon(entries, phones=lexicon.phones).write(folder / f"{stem}.dict")
    (folder / f"{stem}.json").write_text(
        json.dumps(display, ensure_ascii=False, sort_keys=True, indent=1) + "\n", encoding="utf-8"
    )


def _spoken(transition: Transition) -> Transition:
    """The transition with its word, if it has one, in lower case."""
    if len(transition) == 3:
        return transition
    source, target, probability, word = transition
    return source, target, probability, word.lower()


def _pronunciations(
    word: str, base: BaseModel, lexicon: Lexicon, custom: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    spoken = word.lower()
    if spoken in custom:
        return tuple(custom[spoken])
    if spoken in lexicon:
        return tuple(" ".join(phones) for phones in lexicon[spoken])
    found = word_pronunciations(Word(word), base.language, lexicon)
    return tuple(dict.fromkeys(" ".join(one.phones) for one in found))


def grammar_model(folder: Path, stem: str, base: BaseModel) -> SphinxModel:
    """What a decoder loads to listen for a grammar written before."""
    return replace(
        base.files(),
        lexicon=str(folder / f"{stem}.dict"),
        language_model=None,
        graph=str(folder / f"{stem}.fsg"),
    )


def read_grammar_model(folder: Path, stem: str) -> dict[str, str]:
    """How transcripts write the words of a grammar written before, by spoken form."""
    display: dict[str, str] = json.loads((folder / f"{stem}.json").read_text(encoding="utf-8"))
    return display


def grammar_recognizer(
    grammar: Grammar, base: BaseModel | None = None, root: str | None = None
) -> LocalRecognizer:
    """A recognizer that hears the sentences of a grammar and nothing else.

    ``base`` is the default base model if it is not given, ``root`` the rule to start from. Words
    the base dictionary lacks are pronounced by their spelling; words with sounds-likes belong
    into a custom model (`Instance.recognizer` with ``grammar``).

    Raises:
        GrammarError: no recognizer graph exists for the grammar, or words of it cannot be
            pronounced.
        NotFoundError: there is no such root rule.
    """
    base = base or base_model()
    stem = grammar_model_name(0)
    folder = Path(tempfile.mkdtemp(prefix="sttprep-"))
    try:
        write_grammar_model(folder, stem, grammar, base, root=root)
        graph = (folder / f"{stem}.fsg").read_bytes()
        recognizer = LocalRecognizer(
            grammar_model(folder, stem, base),
            key=hashlib.sha256(base.content.encode() + graph).hexdigest(),
            display=read_grammar_model(folder, stem),
            description=f"grammar {grammar.source.name}".strip(),
            vocabulary=base.read_lexicon(),
        )
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(recognizer, shutil.rmtree, folder, ignore_errors=True)
    return recognizer
