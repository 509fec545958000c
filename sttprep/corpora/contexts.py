"""The first lines in which given words stand.

>>> from sttprep.corpora.corpus import Corpus
>>> corpus = Corpus.from_text("Ask about MVD.\\nMVD is rare.\\n", "demo")
>>> [context.line for context in find_contexts([corpus], {"MVD": 2})["MVD"]]
[1, 2]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sttprep.corpora.counts import BRACKET, FLAG, ISLAND, in_pieces, is_large, piece_bytes, pieces
from sttprep.corpora.oov_report import Context
from sttprep.corpora.tokenize import tokenizer

if TYPE_CHECKING:
    from sttprep.corpora.corpus import Corpus
    from sttprep.corpora.counts import Piece

__all__ = ["find_contexts"]

_Found = dict[str, list[tuple[int, str]]]
"""Lines of each word: number in the piece, from 0, and text."""


def find_contexts(
    corpora: Iterable[Corpus], counts: Mapping[str, int], wanted: int = 3, n_jobs: int = 1
) -> dict[str, tuple[Context, ...]]:
    """The first lines of each word, in the order of the corpora.

    Args:
        corpora: the texts.
        counts: the words, and how often each occurs in all of the texts: a search ends when
            everything is found.
        wanted: lines of each word.
        n_jobs: processes for large texts, as joblib's.
    """
    found: dict[str, tuple[Context, ...]] = {}
    pending = dict(counts) if wanted > 0 else {}
    for corpus in corpora:
        if not pending:
            break
        search = _search_large if is_large(corpus) else _search_small
        search(corpus, pending, found, wanted, n_jobs)
    return found


def _search_small(
    corpus: Corpus,
    pending: dict[str, int],
    found: dict[str, tuple[Context, ...]],
    wanted: int,
    n_jobs: int,
) -> None:
    missing = pending.keys()
    for sentence in corpus.sentences if corpus.in_memory else corpus.iter_sentences():
        for token in missing & set(sentence.tokens):
            context = Context(sentence.text, sentence.line, corpus.name, sentence.file)
            lines = found[token] = (*found.get(token, ()), context)
            if len(lines) == wanted:
                del pending[token]
        if not pending:
            return


def _search_large(
    corpus: Corpus,
    pending: dict[str, int],
    found: dict[str, tuple[Context, ...]],
    wanted: int,
    n_jobs: int,
) -> None:
    tokens_of = tokenizer(corpus.language)
    counts = corpus.counts

    def read(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Which of the texts are read as words that are looked for."""
        pairs = ((text, tuple(filter(pending.__contains__, tokens_of(text)))) for text in texts)
        return {text: tokens for text, tokens in pairs if tokens}

    spelled = {token: (token,) for token in pending} | read(counts.odd_types)
    islands = read(counts.islands)
    for part in corpus.parts:
        line = 1
        given = pieces(part, as_range=n_jobs != 1)
        more = (spelled, islands, wanted)
        for lines, seen in in_pieces(_search_piece, given, corpus.language, n_jobs, *more):
            for token, places in seen.items():
                if token not in pending:
                    continue
                known = found.get(token, ())
                contexts = (
                    Context(text, line + row, corpus.name, part.name)
                    for row, text in places[: wanted - len(known)]
                )
                found[token] = known + tuple(contexts)
                if len(found[token]) >= min(wanted, pending[token]):
                    del pending[token]
                    if n_jobs == 1:
                        spelled.pop(token, None)
            if not pending:
                return
            line += lines


def _search_piece(
    piece: Piece,
    language: str,
    spelled: Mapping[str, tuple[str, ...]],
    islands: Mapping[str, tuple[str, ...]],
    wanted: int,
) -> tuple[int, _Found]:
    """Number of lines of the piece, and the first of them in which each word stands."""
    import polars as pl

    data = piece_bytes(piece)
    lines = pl.scan_lines(data, name="line", row_index_name="row")
    line, row, text = pl.col("line"), pl.col("row"), pl.col("text")
    flag = line.str.contains(FLAG)

    def among(frame: Any, texts: Any, wanted_texts: Iterable[str]) -> Any:
        """Rows in which one of the wanted texts stands, as pairs of row and text."""
        wanted_series = pl.Series(list(wanted_texts), dtype=pl.String).implode()
        exploded = frame.select(row, texts.alias("text")).explode("text")
        return exploded.filter(text.is_in(wanted_series))

    hits = [among(lines.filter(~flag), line.str.split(" "), spelled).collect(engine="streaming")]
    flagged = lines.filter(flag).collect(engine="streaming")
    bracketed = line.str.contains(BRACKET)
    numbers = flagged.filter(~bracketed)
    rest = line.str.replace_all(ISLAND, " ").str.split(" ")
    hits.append(among(numbers, rest, spelled))
    first = (
        pl.concat(hits)
        .unique()
        .sort("row", "text")
        .group_by("text", maintain_order=True)
        .head(wanted)
    )
    rows: dict[str, set[int]] = {}
    for spelling, place in first.select("text", "row").iter_rows():
        for token in spelled[spelling]:
            rows.setdefault(token, set()).add(place)
    if islands:
        inside = among(numbers, line.str.extract_all(ISLAND), islands)
        for place, island in inside.iter_rows():
            for token in islands[island]:
                rows.setdefault(token, set()).add(place)
    tokens_of = tokenizer(language)
    for place, written in flagged.filter(bracketed).iter_rows():
        for token in tokens_of(written):
            if token in spelled:
                rows.setdefault(token, set()).add(place)
    written_lines = data.split(b"\n")
    return data.count(b"\n"), {
        token: [
            (place, written_lines[place].removesuffix(b"\r").decode())
            for place in sorted(places)[:wanted]
        ]
        for token, places in rows.items()
    }
