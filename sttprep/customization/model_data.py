"""What a custom language model is made of: its corpora, grammars and words in the store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal

from sttprep.corpora import Corpus, check_corpus_name, find_oov
from sttprep.corpora.reader import decode, read_bytes
from sttprep.customization.definitions import CorpusInfo, LanguageModelInfo
from sttprep.customization.store import Store
from sttprep.errors import ConflictError, InputError, NotFoundError
from sttprep.recognition.base_models import BaseModel, base_model
from sttprep.words import Lexicon, Word, WordList, complete_word

__all__ = ["ModelData"]


class ModelData:
    """Definition, corpora, grammars and words of one custom language model."""

    def __init__(self, store: Store, customization_id: str, now: Callable[[], str]) -> None:
        self._store = store
        self._now = now
        self.id = customization_id
        self._row()

    def __repr__(self) -> str:
        info = self.info
        return f"<LanguageModel {info.name!r} {info.status} {self.id}>"

    @property
    def info(self) -> LanguageModelInfo:
        """Its definition and state now."""
        return _info(self._row())

    @property
    def name(self) -> str:
        """Name given at creation."""
        return self.info.name

    @property
    def status(self) -> str:
        """``pending``, ``ready``, ``training``, ``available`` or ``failed``."""
        return self.info.status

    @property
    def base(self) -> BaseModel:
        """The base model it extends."""
        return base_model(self.info.base_model_name)

    # Corpora

    def add_corpus(self, name: str, path: str | Path, allow_overwrite: bool = False) -> CorpusInfo:
        """Read a text file, find its out-of-vocabulary words and keep both.

        Raises:
            CorpusError: the file cannot be used.
            ConflictError: a corpus of that name exists and ``allow_overwrite`` is false.
            InputError: the name cannot be used.
        """
        errors = [p for p in check_corpus_name(name) if p.severity == "error"]
        if errors:
            raise InputError(errors[0].message, hint=errors[0].hint)
        info = self.info
        content = read_bytes(path)  # once: what is kept is what was counted
        corpus = Corpus.from_text(decode(content, str(path)), name, info.dialect, path=Path(path))
        report = find_oov([corpus], self._lexicon(), contexts=0)
        blob = self._store.add_blob(content)
        with self._store.transaction() as database:
            old = database.execute(
                "SELECT position FROM corpus WHERE model = ? AND name = ?", (self.id, name)
            ).fetchone()
            if old and not allow_overwrite:
                raise ConflictError(
                    f"Corpus '{name}' exists already in model '{info.name}'.",
                    hint="Give another name, or allow_overwrite=True to replace it.",
                )
            position = (
                old["position"]
                if old
                else database.execute(
                    "SELECT coalesce(max(position), 0) + 1 FROM corpus WHERE model = ?", (self.id,)
                ).fetchone()[0]
            )
            database.execute("DELETE FROM corpus WHERE model = ? AND name = ?", (self.id, name))
            database.execute(
                "INSERT INTO corpus VALUES (?, ?, ?, ?, ?)",
                (self.id, name, position, blob, corpus.total_words),
            )
            database.executemany(
                "INSERT INTO corpus_word VALUES (?, ?, ?, ?)",
                [(self.id, name, row.word, row.count) for row in report.words],
            )
            self._changed(database)
        return self.corpus(name)

    def corpora(self) -> list[CorpusInfo]:
        """Its corpora in the order they were added."""
        rows = self._store.rows(
            "SELECT name, total_words, (SELECT count(*) FROM corpus_word w WHERE w.model ="
            " c.model AND w.corpus = c.name) AS oov FROM corpus c WHERE model = ?"
            " ORDER BY position",
            self.id,
        )
        return [CorpusInfo(row["name"], row["total_words"], row["oov"]) for row in rows]

    def corpus(self, name: str) -> CorpusInfo:
        """One corpus.

        Raises:
            NotFoundError: the model has none of that name.
        """
        corpora = {corpus.name: corpus for corpus in self.corpora()}
        if name not in corpora:
            raise NotFoundError("corpus", name, corpora)
        return corpora[name]

    def corpus_contents(self) -> dict[str, bytes]:
        """The corpus files as they were added, by corpus name."""
        rows = self._store.rows(
            "SELECT name, blob FROM corpus WHERE model = ? ORDER BY position", self.id
        )
        return {row["name"]: self._store.read_blob(row["blob"]) for row in rows}

    def delete_corpus(self, name: str) -> None:
        """Delete a corpus and the words only it supplied.

        Raises:
            NotFoundError: the model has none of that name.
        """
        self.corpus(name)
        with self._store.transaction() as database:
            database.execute("DELETE FROM corpus WHERE model = ? AND name = ?", (self.id, name))
            self._changed(database)

    # Words

    def add_words(self, words: Iterable[Word]) -> None:
        """Add words, or give known ones a new definition; invalid ones are kept with an error."""
        rows = []
        for word in words:
            if not word.word.strip():
                raise InputError("A word is empty.", hint='Give its spelling: Word("Lipitor").')
            rows.append((word.word, json.dumps(word.sounds_like), word.display_as))
        with self._store.transaction() as database:
            for spelling, sounds_like, display_as in rows:
                known = database.execute(
                    "SELECT 1 FROM corpus_word WHERE model = ? AND word = ?", (self.id, spelling)
                ).fetchone()
                database.execute(
                    "INSERT INTO user_word VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                    " sounds_like = excluded.sounds_like, display_as = excluded.display_as",
                    (self.id, spelling, sounds_like, display_as, int(known is None)),
                )
            if rows:
                self._changed(database)

    def delete_word(self, word: str) -> None:
        """Delete a custom word; the base vocabulary keeps its own.

        Raises:
            NotFoundError: the model has no such word.
        """
        if word not in [entry.word for entry in self.words()]:
            raise NotFoundError("custom word", word)
        with self._store.transaction() as database:
            for table in ("corpus_word", "user_word"):
                database.execute(
                    f"DELETE FROM {table} WHERE model = ? AND word = ?", (self.id, word)
                )
            self._changed(database)

    def words(
        self,
        word_type: Literal["all", "user", "corpora"] = "all",
        sort: str = "alphabetical",
    ) -> WordList:
        """Its custom words with counts and sources (service-contract D.5).

        ``count`` is the number of occurrences in corpora, and one more for a word the user added
        before any corpus had it; ``source`` names the corpora, then ``user``. ``sort`` is
        ``alphabetical`` or ``count``, descending after a ``-``.
        """
        counts: dict[str, dict[str, int]] = {}
        for row in self._store.rows(
            "SELECT w.word, w.corpus, w.count FROM corpus_word w JOIN corpus c ON"
            " c.model = w.model AND c.name = w.corpus WHERE w.model = ? ORDER BY c.position",
            self.id,
        ):
            counts.setdefault(row["word"], {})[row["corpus"]] = row["count"]
        users = {
            row["word"]: row
            for row in self._store.rows("SELECT * FROM user_word WHERE model = ?", self.id)
        }
        if word_type == "user":
            names: Iterable[str] = users
        elif word_type == "corpora":
            names = counts
        else:
            names = {**counts, **users}
        info = self.info
        lexicon = self._lexicon()
        words = [
            complete_word(
                _word(name, counts.get(name, {}), users.get(name)),
                in_base=name in lexicon,
                language=info.dialect,
            )
            for name in names
        ]
        return WordList(words).sorted(sort)

    def user_words(self) -> dict[str, Word]:
        """The words the user added, as they were added."""
        return {
            row["word"]: Word(row["word"], json.loads(row["sounds_like"]), row["display_as"])
            for row in self._store.rows("SELECT * FROM user_word WHERE model = ?", self.id)
        }

    def _row(self) -> sqlite3.Row:
        rows = self._store.rows("SELECT * FROM language_model WHERE id = ?", self.id)
        if not rows:
            ids = self._store.rows("SELECT id FROM language_model ORDER BY created, id")
            raise NotFoundError("custom language model", self.id, [row["id"] for row in ids])
        return rows[0]

    def _lexicon(self) -> Lexicon:
        return self.base.read_lexicon()

    def _changed(self, database: sqlite3.Connection) -> None:
        (data,) = database.execute(
            "SELECT (SELECT count(*) FROM corpus WHERE model = ?1)"
            " + (SELECT count(*) FROM user_word WHERE model = ?1)",
            (self.id,),
        ).fetchone()
        self._update(database, status="ready" if data else "pending", changed=1)

    def _update(self, database: sqlite3.Connection, **values: Any) -> None:
        values["updated"] = self._now()
        assignments = ", ".join(f"{name} = ?" for name in values)
        database.execute(
            f"UPDATE language_model SET {assignments} WHERE id = ?", (*values.values(), self.id)
        )


def _info(row: sqlite3.Row) -> LanguageModelInfo:
    """The definition and state in a row of the store."""
    return LanguageModelInfo(
        row["id"],
        row["name"],
        row["base_model_name"],
        (row["base_model_version"],),
        row["language"],
        row["dialect"],
        row["description"],
        row["created"],
        row["updated"],
        row["status"],
        row["customization_weight"],
        row["error"],
    )


def _word(name: str, counts: dict[str, int], user: sqlite3.Row | None) -> Word:
    if user is None:
        return Word(name, count=sum(counts.values()), source=tuple(counts))
    return Word(
        name,
        json.loads(user["sounds_like"]),
        user["display_as"],
        count=sum(counts.values()) + user["first"],
        source=(*counts, "user"),
    )
