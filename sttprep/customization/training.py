"""Train a custom language model: sentences and words in, files a recognizer loads out.

A trained model is immutable and named by its inputs. Its folder holds

=================  ==============================================================================
``model.arpa``     n-gram model of the custom sentences alone; every word of it is in lower case.
                   Missing where the model holds grammars only
``words.dict``     pronunciations of the words the base lexicon lacks or the user gave
``grammar-N.…``    graph, dictionary and display-as of each grammar
``training.json``  what was learnt: words, pronunciations, display-as, counts, grammars, notes
``mixed-….lm``     made on first use for a weight: the model interpolated with the base model
``mixed-….dict``   the dictionary that goes with it
=================  ==============================================================================
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from sttprep.corpora import Corpus
from sttprep.errors import GrammarError, InputError, StoreError, WordError
from sttprep.grammars import Grammar
from sttprep.ngrams import read_arpa, read_model, train_ngram
from sttprep.recognition.base_models import BaseModel
from sttprep.recognition.grammar_model import grammar_model_name, write_grammar_model
from sttprep.recognition.sphinx_model import GRAPH_SEARCH, SphinxModel
from sttprep.source import Problem
from sttprep.words import (
    Lexicon,
    Word,
    WordList,
    default_sounds_like,
    pronounce_many,
    word_pronunciations,
)

__all__ = [
    "LearntWord",
    "Training",
    "grammar_key",
    "mixed_model",
    "recognizer_key",
    "spoken_form",
    "train_language",
    "training_key",
]

FORMAT = 3  # raise it when the same inputs make other files
ORDER = 3
"""n-gram order of custom models: that of the base model."""


@dataclass(frozen=True, slots=True)
class LearntWord:
    """A custom word as it was trained."""

    word: str
    """As the user or the corpus writes it."""
    spoken: str
    """As the recognizer knows it."""
    display_as: str
    """As transcripts write it."""
    count: int
    """Occurrences in corpora (and one if the user added it first)."""
    pronunciations: tuple[str, ...]
    """Phones, blank-separated."""
    origin: str
    """What the first pronunciation was made from: sounds-like (as the user gave it), dictionary,
    letters, numbers, spelling."""


@dataclass(frozen=True, slots=True, repr=False)
class Training:
    """What one training made."""

    key: str
    """Name of its inputs by content."""
    folder: Path
    """Where its files lie."""
    sentences: int
    """Sentences learnt from."""
    tokens: int
    """Words in them."""
    vocabulary: int
    """Distinct words in them and the word list."""
    words: tuple[LearntWord, ...]
    """Custom words, by spoken form."""
    notes: tuple[str, ...]
    """What the estimation had to do otherwise than usual, and what was left out."""
    grammars: tuple[str, ...] = ()
    """Names of the grammars it compiled."""

    def __repr__(self) -> str:
        return (
            f"<Training: {self.sentences:,} sentences, {self.tokens:,} words "
            f"({self.vocabulary:,} distinct), {len(self.words):,} custom words>"
        )

    @classmethod
    def read(cls, folder: Path) -> Training:
        """Read back what a training wrote.

        Raises:
            StoreError: the folder is gone or damaged.
        """
        try:
            values = json.loads((folder / "training.json").read_text(encoding="utf-8"))
            words = tuple(
                LearntWord(**{**row, "pronunciations": tuple(row["pronunciations"])})
                for row in values.pop("words")
            )
            for name in ("notes", "grammars"):
                values[name] = tuple(values.get(name, ()))
            return cls(folder=folder, words=words, **values)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(
                f"{folder}: what was trained cannot be read: {error}.",
                hint="Train the model again.",
            ) from error

    @property
    def pronunciations(self) -> dict[str, tuple[str, ...]]:
        """Phones of the custom words, by spoken form."""
        return {row.spoken: row.pronunciations for row in self.words}

    @property
    def display(self) -> dict[str, str]:
        """How transcripts write custom words, by spoken form."""
        return {row.spoken: row.display_as for row in self.words if row.display_as != row.spoken}


def spoken_form(word: str) -> str:
    """The recognizer's name of a word: lower case, one token.

    >>> spoken_form("Lipitor"), spoken_form("blood pressure")
    ('lipitor', 'blood_pressure')
    """
    return "_".join(word.lower().split())


def training_key(
    corpora: Iterable[str],
    grammars: Mapping[str, str],
    words: Iterable[Word],
    base: BaseModel,
    language: str,
    *options: object,
) -> str:
    """Name of a training by its inputs: content of corpora and grammars (SHA-256), words, base."""
    rows = [[w.word, list(w.sounds_like), w.display_as, w.count, list(w.source)] for w in words]
    data = [list(corpora), list(grammars.items()), rows]
    inputs = [FORMAT, ORDER, base.content, language, *data, *options]
    return hashlib.sha256(json.dumps(inputs).encode()).hexdigest()


def recognizer_key(
    base: BaseModel, training: Training | None, weight: float, grammar: str | None = None
) -> str:
    """Name of a recognizer by everything its transcripts depend on."""
    parts = [FORMAT, version("pocketsphinx"), base.content, training and training.key, weight]
    parts += [grammar, GRAPH_SEARCH] if grammar else []
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def grammar_key(base: BaseModel, training: Training | None, grammar: Grammar) -> str:
    """Name of a compiled grammar by everything in its files."""
    parts = [FORMAT, base.content, training and training.key, grammar.fsg().to_fsg("grammar")]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def train_language(
    folder: Path,
    key: str,
    corpora: Sequence[Corpus],
    words: WordList,
    base: BaseModel,
    *,
    grammars: Mapping[str, Grammar] | None = None,
    strict: bool = True,
    progress: Callable[[str], None] = lambda step: None,
) -> None:
    """Write the files of a trained model into an empty ``folder``.

    Words that only grammars supply are known to these grammars, not to the language model. With
    ``strict=False`` words without a pronunciation are left out, and so are the sentences they
    stand in and the grammars that use them.

    Raises:
        WordError: (strict) words that cannot be pronounced or break a rule, all of them.
        GrammarError: (strict) a grammar that cannot be compiled.
        InputError: nothing is left to learn.
    """
    grammars = grammars or {}
    lexicon = base.read_lexicon()
    progress("pronounce")
    learnt, problems = _pronounce(words, base.language, lexicon)
    if problems and strict:
        raise WordError(
            f"{len(problems)} custom words cannot be learnt.",
            problems=problems,
            hint="Correct or delete them, or train with strict=False to leave them out.",
        )
    progress("count")
    vocabulary = sorted(
        {spoken_form(word.word) for word in words if not _only_in(word, grammars)} & learnt.keys()
    )
    sentences, skipped = _sentences(corpora, lexicon, set(vocabulary))
    if not sentences and not vocabulary and not grammars:
        raise InputError(
            "There is nothing to learn: no sentence and no word.",
            hint="Add a corpus with one sentence per line, words, or a grammar.",
        )
    notes: list[str] = []
    known = 0
    if sentences or vocabulary:
        progress("estimate")
        model = train_ngram(sentences, order=ORDER, vocabulary=vocabulary)
        model.write_arpa(folder / "model.arpa")
        notes += model.notes
        known = len(model.vocabulary)
    if problems:
        notes.append(f"{len(problems)} words without a pronunciation were left out.")
    if skipped:
        notes.append(f"{skipped} sentences were left out: they hold words that are not learnt.")
    compiled: list[str] = []
    custom = {row.spoken: row.pronunciations for row in learnt.values()}
    for name, grammar in grammars.items():
        progress("grammar")
        try:
            stem = grammar_model_name(len(compiled))
            write_grammar_model(folder, stem, grammar, base, custom)
            compiled.append(name)
        except GrammarError as error:
            if strict:
                raise
            notes.append(f"Grammar '{name}' was left out: {error.message}")
    progress("write")
    Lexicon(custom, phones=lexicon.phones).write(folder / "words.dict")
    values = {
        "key": key,
        "sentences": len(sentences),
        "tokens": sum(map(len, sentences)),
        "vocabulary": known,
        "words": [asdict(row) for _, row in sorted(learnt.items())],
        "notes": notes,
        "grammars": compiled,
    }
    (folder / "training.json").write_text(
        json.dumps(values, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def _only_in(word: Word, grammars: Mapping[str, object]) -> bool:
    """Whether a word comes from nothing but grammars."""
    return bool(word.source) and all(name in grammars for name in word.source)


def _pronounce(
    words: WordList, language: str, lexicon: Lexicon
) -> tuple[dict[str, LearntWord], list[Problem]]:
    """Custom words by spoken form, and what is wrong with the others."""
    rows: dict[str, list[tuple[Word, tuple[str, ...], str]]] = {}
    problems: list[Problem] = []
    texts = (text for word in words for text in word.sounds_like or (word.word,))
    readings = pronounce_many(texts, language, 3, lexicon)
    for word in words:
        if word.error:
            problems += [
                Problem("error", "invalid-word", f"word '{word.word}': {message}")
                for _, message in word.error
            ]
            continue
        try:
            found = word_pronunciations(word, language, lexicon, readings)
        except WordError as error:
            problems += error.problems or [
                Problem("error", "no-pronunciation", error.message, error.hint)
            ]
            continue
        phones = tuple(dict.fromkeys(" ".join(p.phones) for p in found))
        generated = word.sounds_like == default_sounds_like(word.word, language)
        origin = found[0].origin if generated or not word.sounds_like else "sounds-like"
        rows.setdefault(spoken_form(word.word), []).append((word, phones, origin))
    learnt = {}
    for spoken, variants in rows.items():
        # Spellings that differ in case are one word to the recognizer; the user's own spelling
        # is shown, else the most frequent one.
        variants.sort(key=lambda row: ("user" not in row[0].source, -row[0].count, row[0].word))
        first = variants[0][0]
        built_in = lexicon[spoken] if spoken in lexicon else ()  # noqa: SIM401
        pronunciations = [" ".join(phones) for phones in built_in]
        for _, phones, _ in variants:
            pronunciations += phones
        learnt[spoken] = LearntWord(
            first.word,
            spoken,
            # Without display-as a word of the base vocabulary is written as before (D.5).
            first.display_as or spoken,
            sum(word.count for word, _, _ in variants),
            tuple(dict.fromkeys(pronunciations)),
            variants[0][2],
        )
    return learnt, problems


def _sentences(
    corpora: Sequence[Corpus], lexicon: Lexicon, learnt: Collection[str]
) -> tuple[list[list[str]], int]:
    """Token lists in spoken form, and how many were left out for a word nobody can say."""
    sayable: dict[str, str | None] = {}
    sentences = []
    skipped = 0
    for corpus in corpora:
        for tokens in corpus.tokens(lexicon):
            spoken = []
            for token in tokens:
                if token not in sayable:
                    form = spoken_form(token)
                    sayable[token] = form if form in learnt or form in lexicon else None
                if (known := sayable[token]) is None:
                    break
                spoken.append(known)
            else:
                if spoken:
                    sentences.append(spoken)
                continue
            skipped += 1
    return sentences, skipped


def mixed_model(base: BaseModel, training: Training, weight: float) -> SphinxModel:
    """Files of a recognizer with the custom model at ``weight`` (0 to 1), made when missing.

    Raises:
        LanguageModelError, LexiconError: they cannot be written.
    """
    files = base.files()
    if not (training.folder / "model.arpa").exists():
        return files  # it holds grammars only
    stem = f"mixed-{weight:g}-{recognizer_key(base, training, weight)[:12]}"
    model_path = training.folder / f"{stem}.lm"
    lexicon_path = training.folder / f"{stem}.dict"
    if not (model_path.exists() and lexicon_path.exists()):
        model = read_arpa(training.folder / "model.arpa")
        if weight < 1:
            model = model.mix(read_model(Path(files.language_model or "")), weight)
        lexicon = base.read_lexicon().subset(model.vocabulary)
        lexicon.with_entries(training.pronunciations).write(lexicon_path)
        model.write_binary(model_path)
    return SphinxModel(files.acoustic_model, str(lexicon_path), str(model_path), files.rate)
