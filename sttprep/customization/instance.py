"""A local instance: custom models in a folder."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sttprep.customization.definitions import MODEL_NAME_HINT, check_model_name, check_weight
from sttprep.customization.language import LanguageModel
from sttprep.customization.store import Store
from sttprep.customization.training import (
    Training,
    grammar_key,
    mixed_model,
    recognizer_key,
)
from sttprep.errors import InputError
from sttprep.grammars import Grammar
from sttprep.recognition.base_models import DEFAULT_MODEL, BaseModel, base_model
from sttprep.recognition.grammar_model import (
    grammar_model,
    grammar_model_name,
    read_grammar_model,
    write_grammar_model,
)
from sttprep.recognition.local import LocalRecognizer

__all__ = ["Instance"]

_DIALECTS = {"es": ("es-ES", "es-LA", "es-US")}


class Instance:
    """Custom models in a folder, and recognizers that use them.

    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> with Instance.open(folder.name) as instance:
    ...     model = instance.create_language_model("pharmacy")
    ...     model.status
    'pending'
    >>> folder.cleanup()
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._store = store
        self._clock = clock
        self._new_id = new_id

    @classmethod
    def open(
        cls,
        folder: str | Path,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], str] = lambda: str(uuid.uuid4()),
    ) -> Instance:
        """Open the instance in ``folder``, or begin one there.

        ``clock`` gives the time written into definitions, ``new_id`` the ids of new models.

        Raises:
            StoreError: the folder cannot be created or written, or is damaged.
        """
        return cls(Store(folder), clock, new_id)

    def __enter__(self) -> Instance:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Instance {str(self.folder)!r}>"

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    @property
    def folder(self) -> Path:
        """Where everything lies."""
        return self._store.folder

    def now(self) -> str:
        """The time as definitions write it: UTC, ISO 8601 with milliseconds."""
        moment = self._clock().astimezone(UTC)
        return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"

    def create_language_model(
        self,
        name: str,
        base_model_name: str = DEFAULT_MODEL,
        description: str = "",
        dialect: str | None = None,
    ) -> LanguageModel:
        """A new, empty custom language model.

        Raises:
            InputError: the name or dialect cannot be used, or the base model has no local engine.
            NotFoundError: there is no such base model.
        """
        if wrong := check_model_name(name):
            raise InputError(wrong, hint=MODEL_NAME_HINT)
        base = base_model(base_model_name)
        base.files()
        dialects = _DIALECTS.get(base.language[:2], (base.language,))
        wanted = dialect or base.language
        matches = [known for known in dialects if known.lower() == wanted.lower()]
        if not matches:
            raise InputError(
                f"Dialect '{wanted}' does not fit {base.name}.",
                hint=f"Give one of: {', '.join(dialects)}.",
            )
        customization_id, now = self._new_id(), self.now()
        with self._store.transaction() as database:
            database.execute(
                "INSERT INTO language_model (id, name, base_model_name, base_model_version,"
                " language, dialect, description, created, updated, status)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending')",
                (
                    customization_id, name, base.name, base.version, base.language, matches[0],
                    description, now, now,
                ),
            )  # fmt: skip
        return LanguageModel(self._store, customization_id, self.now)

    def language_models(self) -> list[LanguageModel]:
        """All custom language models, oldest first."""
        rows = self._store.rows("SELECT id FROM language_model ORDER BY created, id")
        return [LanguageModel(self._store, row["id"], self.now) for row in rows]

    def language_model(self, model: str | LanguageModel) -> LanguageModel:
        """The custom language model with that id.

        Raises:
            NotFoundError: there is none; the text lists those that exist.
        """
        customization_id = model if isinstance(model, str) else model.id
        return LanguageModel(self._store, customization_id, self.now)

    def recognizer(
        self,
        language_model: str | LanguageModel | None = None,
        customization_weight: float | None = None,
        base_model_name: str | None = None,
        grammar: str | Grammar | None = None,
    ) -> LocalRecognizer:
        """A recognizer with a custom language model, or with a base model alone.

        ``customization_weight`` (0 to 1) overrides the weight the model was trained with. A
        transcript made before with the same models of the same audio is not made again.

        With a ``grammar`` only its sentences are recognized: one of the custom model's own by
        name, or any grammar read with `sttprep.read_grammar`.

        Raises:
            InputError: the custom model was never trained, or the weight is out of range.
            NotFoundError: there is no such model or grammar.
            GrammarError: no recognizer graph exists for the grammar.
        """
        model = None if language_model is None else self.language_model(language_model)
        base = base_model(base_model_name or DEFAULT_MODEL) if model is None else model.base
        if base_model_name not in (None, base.name):
            raise InputError(
                f"Model '{model.name if model else ''}' extends {base.name}, "
                f"not {base_model_name}.",
                hint=f"Leave base_model_name out, or give {base.name}.",
            )
        training = None if model is None else model.training
        if model is not None and training is None:
            raise InputError(
                "Requested custom language model is not available. "
                "Please make sure the custom model is trained.",
                hint="Call model.train() first.",
            )
        if grammar is not None:
            return self._grammar_recognizer(base, model, training, grammar)
        weight, files, description, display = 0.0, base.files(), base.name, {}
        if model is not None and training is not None:
            wanted = customization_weight
            weight = model.info.customization_weight or 0.0 if wanted is None else wanted
            check_weight(weight)
            files = mixed_model(base, training, weight)
            description, display = f"{model.name} at {weight:g}", training.display
        return LocalRecognizer(
            files,
            key=recognizer_key(base, training, weight),
            display=display,
            cache=self._store,
            description=description,
            vocabulary=base.read_lexicon(),
        )

    def _grammar_recognizer(
        self,
        base: BaseModel,
        model: LanguageModel | None,
        training: Training | None,
        grammar: str | Grammar,
    ) -> LocalRecognizer:
        if isinstance(grammar, str):
            if model is None or training is None:
                raise InputError(
                    f"'{grammar}' names a grammar of a custom model, and no model was given.",
                    hint="Give the model too, or the grammar itself: "
                    'recognizer(grammar=sttprep.read_grammar("menu.abnf")).',
                )
            model.grammar(grammar)
            if grammar not in training.grammars:
                raise InputError(
                    f"Grammar '{grammar}' was added after model '{model.name}' was trained.",
                    hint="Train the model: that compiles its grammars.",
                )
            name, folder = grammar, training.folder
            stem = grammar_model_name(training.grammars.index(grammar))
        else:
            name, stem = grammar.source.name or "grammar", grammar_model_name(0)
            key = grammar_key(base, training, grammar)
            folder = self._store.trained_path(key)
            if not folder.exists():
                custom = training.pronunciations if training else None
                with self._store.new_trained(key) as new:
                    write_grammar_model(new, stem, grammar, base, custom)
        return LocalRecognizer(
            grammar_model(folder, stem, base),
            key=recognizer_key(base, training, 0, f"{folder.name}/{stem}"),
            display=read_grammar_model(folder, stem),
            cache=self._store,
            description=f"grammar {name}",
            vocabulary=base.read_lexicon(),
        )
