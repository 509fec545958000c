"""The folder behind a local instance: one SQLite database and files named by their content.

::

    models/
      store.db          definitions, corpora, grammars, words, transcripts already made
      blobs/ab/abcd…    corpora and grammars as they were added, SHA-256 of the content
      trained/KEY/      what one training made; KEY names its inputs

Every change is one transaction; files are written beside their place, flushed and renamed, and
named in the database only afterwards. So an interrupted command leaves the state before it.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sttprep.errors import StoreError

__all__ = ["SCHEMA_VERSION", "Store"]

_CREATE = """
CREATE TABLE language_model (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, base_model_name TEXT NOT NULL,
    base_model_version TEXT NOT NULL, language TEXT NOT NULL, dialect TEXT NOT NULL,
    description TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL,
    status TEXT NOT NULL, changed INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '',
    trained TEXT, customization_weight REAL
) STRICT;
CREATE TABLE corpus (
    model TEXT NOT NULL REFERENCES language_model(id) ON DELETE CASCADE,
    name TEXT NOT NULL, position INTEGER NOT NULL, blob TEXT NOT NULL,
    total_words INTEGER NOT NULL, PRIMARY KEY (model, name)
) STRICT;
CREATE TABLE corpus_word (
    model TEXT NOT NULL, corpus TEXT NOT NULL, word TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (model, corpus, word),
    FOREIGN KEY (model, corpus) REFERENCES corpus(model, name) ON DELETE CASCADE
) STRICT;
CREATE TABLE user_word (
    model TEXT NOT NULL REFERENCES language_model(id) ON DELETE CASCADE,
    word TEXT NOT NULL, sounds_like TEXT NOT NULL, display_as TEXT, first INTEGER NOT NULL,
    PRIMARY KEY (model, word)
) STRICT;
CREATE TABLE transcript (
    recognizer TEXT NOT NULL, audio TEXT NOT NULL, seconds REAL NOT NULL, words TEXT NOT NULL,
    PRIMARY KEY (recognizer, audio)
) STRICT;
"""
_ADD_GRAMMARS = """
CREATE TABLE grammar (
    model TEXT NOT NULL REFERENCES language_model(id) ON DELETE CASCADE,
    name TEXT NOT NULL, position INTEGER NOT NULL, blob TEXT NOT NULL,
    format TEXT NOT NULL, PRIMARY KEY (model, name)
) STRICT;
CREATE TABLE grammar_word (
    model TEXT NOT NULL, grammar TEXT NOT NULL, word TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (model, grammar, word),
    FOREIGN KEY (model, grammar) REFERENCES grammar(model, name) ON DELETE CASCADE
) STRICT;
"""

_STEPS = (_CREATE, _ADD_GRAMMARS)
SCHEMA_VERSION = len(_STEPS)
"""A store of an earlier version is brought up to date when it is opened."""


class Store:
    """The database and the files of one local instance; safe to use from several threads.

    Raises:
        StoreError: the folder cannot be created or written, is no store, or was made by a newer
            version.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self._lock = threading.RLock()
        with self._guard():
            for name in ("blobs", "trained"):
                (self.folder / name).mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(
                self.folder / "store.db",
                timeout=30,  # seconds another process may hold the write lock
                isolation_level=None,
                check_same_thread=False,
            )
            self._database.row_factory = sqlite3.Row
            try:
                self._open()
            except BaseException:
                self._database.close()
                raise
            # Notebooks open an instance and forget it: the connection goes when the store does.
            weakref.finalize(self, self._database.close)

    def _open(self) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            self._database.execute(f"PRAGMA {pragma}")
        (version,) = self._database.execute("PRAGMA user_version").fetchone()
        if version > SCHEMA_VERSION:
            raise StoreError(
                f"{self.folder}: this store was made by a newer sttprep (schema {version}).",
                hint="Upgrade with: pip install --upgrade sttprep",
            )
        if version < SCHEMA_VERSION:
            with self.transaction() as database:
                # Two processes may open it at once: only the first has something to do.
                (version,) = database.execute("PRAGMA user_version").fetchone()
                for step in _STEPS[version:]:
                    for statement in step.split(";"):
                        database.execute(statement)
                database.execute(f"PRAGMA user_version={SCHEMA_VERSION}")

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._database.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All changes made inside, or none."""
        with self._lock, self._guard():
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise

    def rows(self, query: str, *values: Any) -> list[sqlite3.Row]:
        """All rows of a query."""
        with self._lock, self._guard():
            return self._database.execute(query, values).fetchall()

    def add_blob(self, content: bytes) -> str:
        """Keep a file's content; returns its SHA-256 in hexadecimal."""
        key = hashlib.sha256(content).hexdigest()
        path = self.blob_path(key)
        if not path.exists():
            with self._guard():
                path.parent.mkdir(exist_ok=True)
                with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                    try:
                        file.write(content)
                        file.flush()
                        os.fsync(file.fileno())
                    except BaseException:
                        os.unlink(file.name)
                        raise
                os.replace(file.name, path)
        return key

    def blob_path(self, key: str) -> Path:
        """Where the content with that SHA-256 lies."""
        return self.folder / "blobs" / key[:2] / key

    def read_blob(self, key: str) -> bytes:
        """The content with that SHA-256."""
        with self._guard():
            return self.blob_path(key).read_bytes()

    def trained_path(self, key: str) -> Path:
        """Folder of the training whose inputs ``key`` names."""
        return self.folder / "trained" / key

    @contextmanager
    def new_trained(self, key: str) -> Iterator[Path]:
        """An empty folder to fill; it becomes ``trained_path(key)`` when the block succeeds."""
        with self._guard():
            folder = Path(tempfile.mkdtemp(prefix=".new-", dir=self.folder / "trained"))
            try:
                yield folder
                for path in folder.iterdir():
                    with path.open("rb") as file:
                        os.fsync(file.fileno())
                if self.trained_path(key).exists():
                    shutil.rmtree(folder)  # another process made the same meanwhile
                else:
                    os.replace(folder, self.trained_path(key))
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise

    # What was recognized before (recognition.TranscriptCache).

    def get(self, recognizer_key: str, audio_key: str) -> tuple[list[list[Any]], float] | None:
        """Rows and seconds recognized earlier in that audio, or None."""
        found = self.rows(
            "SELECT words, seconds FROM transcript WHERE recognizer = ? AND audio = ?",
            recognizer_key,
            audio_key,
        )
        return (json.loads(found[0]["words"]), found[0]["seconds"]) if found else None

    def put(
        self, recognizer_key: str, audio_key: str, rows: list[list[Any]], seconds: float
    ) -> None:
        """Remember what was recognized."""
        with self.transaction() as database:
            database.execute(
                "INSERT OR REPLACE INTO transcript VALUES (?, ?, ?, ?)",
                (recognizer_key, audio_key, seconds, json.dumps(rows)),
            )

    @contextmanager
    def _guard(self) -> Iterator[None]:
        """Turn what the file system and the database refuse into one clear error."""
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            raise self._explained(error) from error

    def _explained(self, error: OSError | sqlite3.Error) -> StoreError:
        reason = str(error)
        hint = "Give another folder with --store DIR (in Python: Instance.open(DIR))."
        if isinstance(error, OSError):
            reason = error.strerror or reason
        if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or "full" in reason:
            reason = "the disk is full"
            hint = "Free some space and run the same command again: nothing is lost."
        elif isinstance(error, sqlite3.DatabaseError) and "not a database" in reason:
            reason = "its store.db is damaged or no sttprep store"
        elif (
            "readonly" in reason
            or getattr(error, "errno", None) in (errno.EROFS, errno.EACCES, errno.EPERM)
            or ("unable to open" in reason and not os.access(self.folder, os.W_OK))
        ):
            reason = "it is read-only"
        return StoreError(f"The store {self.folder} cannot be used: {reason}.", hint=hint)
