"""A custom language model of a local instance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from sttprep.corpora import Corpus, read_corpus
from sttprep.customization.definitions import check_weight
from sttprep.customization.model_data import ModelData
from sttprep.customization.training import Training, train_language, training_key
from sttprep.errors import InputError, SttprepError
from sttprep.grammars import read_grammar
from sttprep.words import WordList

__all__ = ["LanguageModel"]

_DEFAULT_WEIGHT = 0.3  # service-contract D.3


class LanguageModel(ModelData):
    """A custom language model; get one from an :class:`~sttprep.Instance`.

    All calls block until done. The model recognizes with what its last successful training
    learnt, whatever was added since.
    """

    @property
    def training(self) -> Training | None:
        """What the last successful training learnt, or None."""
        key = self._row()["trained"]
        return Training.read(self._store.trained_path(key)) if key else None

    # Life cycle

    @property
    def has_changed(self) -> bool:
        """Whether data was added or deleted since the last successful training."""
        return bool(self._row()["changed"])

    def train(
        self,
        customization_weight: float = _DEFAULT_WEIGHT,
        word_type_to_add: Literal["all", "user"] = "all",
        strict: bool = True,
        progress: Callable[[str], None] = lambda step: None,
    ) -> Training:
        """Learn from all corpora and words, and compile the grammars.

        ``customization_weight`` is kept as the default. ``word_type_to_add="user"`` ignores words
        that come from corpora only. With ``strict=False`` invalid words and grammars that cannot
        be compiled are left out.

        Raises:
            InputError: nothing to learn, or nothing new since the last training.
            WordError: (strict) invalid words, all of them.
            GrammarError: (strict) a grammar that cannot be compiled.
        """
        check_weight(customization_weight)
        row = self._row()
        if row["trained"] and not row["changed"]:
            raise InputError(
                "No input data modified since last training",
                hint="Add a corpus or words first, or use the model as it is.",
            )
        try:
            training = self._train(word_type_to_add, strict, progress)
        except SttprepError as error:
            with self._store.transaction() as database:
                self._update(database, status="failed", error=error.message)
            raise
        with self._store.transaction() as database:
            self._update(
                database,
                status="available",
                error="",
                changed=0,
                trained=training.key,
                customization_weight=customization_weight,
            )
        return training

    def set_customization_weight(self, weight: float) -> None:
        """Keep another default weight for recognition; nothing is trained again.

        Raises:
            InputError: the weight is not from 0 to 1.
        """
        check_weight(weight)
        with self._store.transaction() as database:
            self._update(database, customization_weight=weight)

    def _train(
        self, word_type: Literal["all", "user"], strict: bool, progress: Callable[[str], None]
    ) -> Training:
        info = self.info
        base = self.base
        blobs = self._blobs("corpus")
        grammar_blobs = self._blobs("grammar")
        words = self.words(word_type)
        if word_type == "user":
            # A grammar is heard with its own words, whatever the language model learns.
            spoken = [
                replace(word, source=tuple(n for n in word.source if n in grammar_blobs))
                for word in self.words("grammars")
                if "user" not in word.source
            ]
            words = WordList([*words, *spoken])
        key = training_key(blobs.values(), grammar_blobs, words, base, info.dialect, strict)
        folder = self._store.trained_path(key)
        if not folder.exists():
            progress("read")
            corpora: list[Corpus] = [
                read_corpus(self._store.blob_path(blob), info.dialect, name=name)
                for name, blob in blobs.items()
            ]
            grammars = {
                name: read_grammar(self._store.read_blob(blob), profile="ibm")
                for name, blob in grammar_blobs.items()
            }
            with self._store.new_trained(key) as new:
                train_language(
                    new, key, corpora, words, base,
                    grammars=grammars, strict=strict, progress=progress,
                )  # fmt: skip
        return Training.read(folder)

    def reset(self) -> None:
        """Delete its corpora, grammars, words and training; name and definition stay."""
        with self._store.transaction() as database:
            for table in ("corpus", "grammar", "user_word"):
                database.execute(f"DELETE FROM {table} WHERE model = ?", (self.id,))
            self._update(
                database, status="pending", error="", changed=0, trained=None,
                customization_weight=None,
            )  # fmt: skip

    def delete(self) -> None:
        """Delete the model and everything in it."""
        with self._store.transaction() as database:
            database.execute("DELETE FROM language_model WHERE id = ?", (self.id,))
