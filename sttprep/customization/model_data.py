"""What a custom language model is made of: its corpora, grammars and words in the store."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from sttprep.corpora import Corpus, check_corpus_name, find_oov
from sttprep.corpora.reader import decode, read_bytes
from sttprep.customization.definitions import CorpusInfo, GrammarInfo, LanguageModelInfo
from sttprep.customization.store import Store
from sttprep.errors import ConflictError, InputError, NotFoundError
from sttprep.grammars import read_grammar
from sttprep.grammars.expression import Token, walk
from sttprep.grammars.read import read_bytes as read_grammar_bytes
from sttprep.recognition.base_models import BaseModel, base_model
from sttprep.words import Lexicon, Word, WordList, complete_word
from sttprep.words.entry import only_words

__all__ = ["ModelData", "WordType"]

WordType: TypeAlias = Literal["all", "user", "corpora", "grammars"]
"""Which custom words are meant, by where they came from (service-contract S-15)."""
_Kind: TypeAlias = Literal["corpus", "grammar"]


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
        return LanguageModelInfo.from_row(self._row())

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
        self._check_name(name, "corpus")
        info = self.info
        content = read_bytes(path)  # once: what is kept is what was counted
        corpus = Corpus.from_text(decode(content, str(path)), name, info.dialect, path=Path(path))
        report = find_oov([corpus], self._lexicon(), contexts=0)
        blob = self._store.add_blob(content)
        with self._store.transaction() as database:
            position = self._take_place(database, "corpus", name, allow_overwrite)
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
        return self._contents("corpus")

    def delete_corpus(self, name: str) -> None:
        """Delete a corpus and the words only it supplied.

        Raises:
            NotFoundError: the model has none of that name.
        """
        self.corpus(name)
        with self._store.transaction() as database:
            database.execute("DELETE FROM corpus WHERE model = ? AND name = ?", (self.id, name))
            self._changed(database)

    # Grammars

    def add_grammar(
        self, name: str, path: str | Path, allow_overwrite: bool = False
    ) -> GrammarInfo:
        """Read an SRGS grammar (ABNF or XML), find its out-of-vocabulary words and keep both.

        It has to keep to what IBM's service takes (profile ``ibm``), so that the model can move
        there. Training compiles it; then ``instance.recognizer(model, grammar=name)`` hears its
        sentences and nothing else.

        Raises:
            GrammarError: the grammar has errors, all of them in ``problems``.
            NotFoundError: there is no such file.
            ConflictError: a grammar of that name exists and ``allow_overwrite`` is false.
            InputError: the name cannot be used.
        """
        self._check_name(name, "grammar")
        content = read_grammar_bytes(path)  # once: what is kept is what was checked
        grammar = read_grammar(content, profile="ibm", name=str(path))
        grammar.automaton()  # what cannot be compiled is refused now, not at training
        lexicon = self._lexicon()
        counts = Counter(
            word
            for rule in grammar.rules
            for node in walk(rule.expression)
            if isinstance(node, Token)
            for word in node.text.split()
        )
        unknown = [(word, count) for word, count in counts.items() if word not in lexicon]
        blob = self._store.add_blob(content)
        with self._store.transaction() as database:
            position = self._take_place(database, "grammar", name, allow_overwrite)
            database.execute(
                "INSERT INTO grammar VALUES (?, ?, ?, ?, ?)",
                (self.id, name, position, blob, grammar.format),
            )
            database.executemany(
                "INSERT INTO grammar_word VALUES (?, ?, ?, ?)",
                [(self.id, name, word, count) for word, count in unknown],
            )
            self._changed(database)
        return self.grammar(name)

    def grammars(self) -> list[GrammarInfo]:
        """Its grammars in the order they were added."""
        rows = self._store.rows(
            "SELECT name, format, (SELECT count(*) FROM grammar_word w WHERE w.model ="
            " g.model AND w.grammar = g.name) AS oov FROM grammar g WHERE model = ?"
            " ORDER BY position",
            self.id,
        )
        return [GrammarInfo(row["name"], row["oov"], row["format"]) for row in rows]

    def grammar(self, name: str) -> GrammarInfo:
        """One grammar.

        Raises:
            NotFoundError: the model has none of that name.
        """
        grammars = {grammar.name: grammar for grammar in self.grammars()}
        if name not in grammars:
            raise NotFoundError("grammar", name, grammars)
        return grammars[name]

    def grammar_contents(self) -> dict[str, bytes]:
        """The grammar files as they were added, by grammar name."""
        return self._contents("grammar")

    def delete_grammar(self, name: str) -> None:
        """Delete a grammar and the words only it supplied.

        Raises:
            NotFoundError: the model has none of that name.
        """
        self.grammar(name)
        with self._store.transaction() as database:
            database.execute("DELETE FROM grammar WHERE model = ? AND name = ?", (self.id, name))
            self._changed(database)

    # Words

    def add_words(self, words: Iterable[Word]) -> None:
        """Add words, or give known ones a new definition; invalid ones are kept with an error.

        Raises:
            WordError: something is given that is no word; nothing is added.
            InputError: a word has no spelling; nothing is added.
        """
        rows = []
        for word in only_words(words):
            if not word.word.strip():
                raise InputError("A word is empty.", hint='Give its spelling: Word("Lipitor").')
            rows.append((word.word, json.dumps(word.sounds_like), word.display_as))
        with self._store.transaction() as database:
            for spelling, sounds_like, display_as in rows:
                known = database.execute(
                    "SELECT 1 FROM corpus_word WHERE model = ?1 AND word = ?2 UNION ALL"
                    " SELECT 1 FROM grammar_word WHERE model = ?1 AND word = ?2",
                    (self.id, spelling),
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
            for table in ("corpus_word", "grammar_word", "user_word"):
                database.execute(
                    f"DELETE FROM {table} WHERE model = ? AND word = ?", (self.id, word)
                )
            self._changed(database)

    def words(
        self,
        word_type: WordType = "all",
        sort: str = "alphabetical",
    ) -> WordList:
        """Its custom words with counts and sources (service-contract D.5).

        ``count`` is the number of occurrences in corpora and grammars, and one more for a word
        the user added before any of them had it; ``source`` names the corpora and grammars, then
        ``user``. ``sort`` is ``alphabetical`` or ``count``, descending after a ``-``.

        Raises:
            InputError: there is no such ``word_type``.
            WordError: there is no such ``sort``.
        """
        if word_type not in get_args(WordType):
            raise InputError(
                f"There are no words of type '{word_type}'.",
                hint=f"Give one of: {', '.join(get_args(WordType))}.",
            )
        corpora, grammars = self._word_counts("corpus"), self._word_counts("grammar")
        counts = {
            word: {**corpora.get(word, {}), **grammars.get(word, {})}
            for word in {**corpora, **grammars}
        }
        users = {
            row["word"]: row
            for row in self._store.rows("SELECT * FROM user_word WHERE model = ?", self.id)
        }
        if word_type == "user":
            names: Iterable[str] = users
        elif word_type == "corpora":
            names = corpora
        elif word_type == "grammars":
            names = grammars
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

    def _word_counts(self, kind: _Kind) -> dict[str, dict[str, int]]:
        """Occurrences by word and by the corpus or grammar it stands in."""
        counts: dict[str, dict[str, int]] = {}
        for row in self._store.rows(
            f"SELECT w.word, d.name, w.count FROM {kind}_word w JOIN {kind} d ON"
            f" d.model = w.model AND d.name = w.{kind} WHERE w.model = ? ORDER BY d.position",
            self.id,
        ):
            counts.setdefault(row["word"], {})[row["name"]] = row["count"]
        return counts

    def _blobs(self, kind: _Kind) -> dict[str, str]:
        """SHA-256 of the files of that kind, by name, in the order they were added."""
        rows = self._store.rows(
            f"SELECT name, blob FROM {kind} WHERE model = ? ORDER BY position", self.id
        )
        return {row["name"]: row["blob"] for row in rows}

    def _contents(self, kind: _Kind) -> dict[str, bytes]:
        return {name: self._store.read_blob(blob) for name, blob in self._blobs(kind).items()}

    def _check_name(self, name: str, kind: _Kind) -> None:
        """Refuse a name that is malformed, or that data of the other kind has."""
        errors = [p for p in check_corpus_name(name) if p.severity == "error"]
        if errors:
            raise InputError(errors[0].message, hint=errors[0].hint)
        other: _Kind = "grammar" if kind == "corpus" else "corpus"
        if self._store.rows(f"SELECT 1 FROM {other} WHERE model = ? AND name = ?", self.id, name):
            raise InputError(
                f"A {other} of model '{self.info.name}' is called '{name}' already.",
                hint=f"Give the {kind} a name of its own: words name their sources by it.",
            )

    def _take_place(
        self, database: sqlite3.Connection, kind: _Kind, name: str, allow_overwrite: bool
    ) -> int:
        """Position of new data of that name; what had the name before is deleted."""
        old = database.execute(
            f"SELECT position FROM {kind} WHERE model = ? AND name = ?", (self.id, name)
        ).fetchone()
        if old and not allow_overwrite:
            raise ConflictError(
                f"{kind.capitalize()} '{name}' exists already in model '{self.info.name}'.",
                hint="Give another name, or allow_overwrite=True to replace it.",
            )
        database.execute(f"DELETE FROM {kind} WHERE model = ? AND name = ?", (self.id, name))
        if old:
            return int(old["position"])
        (position,) = database.execute(
            f"SELECT coalesce(max(position), 0) + 1 FROM {kind} WHERE model = ?", (self.id,)
        ).fetchone()
        return int(position)

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
            " + (SELECT count(*) FROM grammar WHERE model = ?1)"
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
