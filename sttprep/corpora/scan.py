"""Reading a large text at the speed of its bytes: counts of tokens, and lines in which words stand.

Most pieces of a text between blanks become tokens without a look at their neighbours, so they are
counted as written (by polars, in its own threads) and the rules of `sttprep.corpora.tokenize` are
applied once to each distinct piece. Two things do depend on neighbours. Numbers and the signs
beside them: they are cut out together with the words around them (an *island*), and each distinct
island is read once. Brackets: such lines are read one by one.

>>> scan = Scan("en-US")
>>> scan.add(b"Take 2 (two) pills.\\nTake 3 or 4.\\n")
>>> sorted(scan.counts().items())
[('Take', 2), ('four', 1), ('or', 1), ('pills', 1), ('three', 1), ('two', 1)]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any

from sttprep.corpora.tokenize import tokenizer

__all__ = ["BRACKET", "FLAG", "ISLAND", "Scan"]

# These patterns are read by Python's and by Rust's engine alike.
BRACKET = r"[(){}\[\]<>]"
"""A line with one of these is read as a whole."""
FLAG = r"[\d&@(){}\[\]<>]"
"""A line without any of these is its pieces, each by itself."""
# Words a rule may look at beside a number ("$5 million dollars", "25 de diciembre de 2024").
_REACH = 2
_NUMBER = r"[^ ]*[\d&@][^ ]*"
ISLAND = (
    rf"(?:[^ ]+ +){{0,{_REACH}}}{_NUMBER}"
    rf"(?:(?: +[^ ]+){{0,{2 * _REACH}}}? +{_NUMBER})*(?: +[^ ]+){{0,{_REACH}}}"
)
"""Numbers with the words around them; two with few words between them are one island."""

_flagged = re.compile(FLAG).search
_MOST_ROWS = 1 << 22  # of counted pieces, before they are summed: some 200 MB


def _nothing(token: str) -> bool:
    return False


class Scan:
    """What has been seen of a text, piece by piece.

    Args:
        language: language tag; its rules must look no further beside a number than `ISLAND` does.
        sought: tells the tokens whose lines are wanted.
        wanted: number of lines for each of them.
    """

    def __init__(
        self, language: str, sought: Callable[[str], bool] | None = None, wanted: int = 0
    ) -> None:
        self.language = language
        self.wanted = wanted if sought is not None else 0
        self._is_sought = sought or _nothing
        self.lines = 0
        """Lines seen so far."""
        self.found: dict[str, list[tuple[int, str]]] = {}
        """Lines of each sought token: number from 0, and text; no more than wanted."""
        self._tokens_of = tokenizer(language)
        self._islands: list[Any] = []
        self._tokens: Counter[str] = Counter()  # of lines with brackets
        self._types: list[Any] = []
        self._rows = 0
        self._islands_read: dict[str, tuple[str, ...]] = {}
        self._settled: set[str] = set()  # pieces of which no more lines are needed

    def add(self, data: bytes) -> None:
        """See some more whole lines, in UTF-8, each ending in ``\\\\n`` (the last one need not)."""
        import polars as pl

        frame = pl.scan_lines(data, name="line", row_index_name="row")
        line = pl.col("line")
        split = frame.select("row", line.str.split(" ").alias("type")).explode("type")
        if self.wanted:
            split = split.collect(engine="streaming").lazy()  # it is used twice
        places = [pl.col("row").min().alias("first"), pl.col("row").max().alias("last")]
        types = (
            split.group_by("type")
            .agg(pl.len().cast(pl.Int64).alias("count"), *(places if self.wanted else []))
            .collect(engine="streaming")
        )
        flagged = frame.filter(line.str.contains(FLAG)).collect(engine="streaming")
        bracketed = line.str.contains(BRACKET)
        whole = dict(flagged.filter(bracketed).select("row", "line").iter_rows())
        numbers = (
            flagged.filter(~bracketed)
            .select("row", line.str.extract_all(ISLAND).alias("island"))
            .explode("island")
            .drop_nulls()
        )
        read = {row: self._tokens_of(text) for row, text in whole.items()}
        self._tokens.update(chain.from_iterable(read.values()))
        islands = numbers.group_by("island").agg(pl.len().cast(pl.Int64).alias("count"))
        self._islands.append(islands)
        # What stands in islands and brackets was counted as if it stood alone: less of it.
        inside = islands.select(pl.col("island").str.split(" ").alias("type"), -pl.col("count"))
        bracketed_types = pl.Series("type", list(whole.values()), dtype=pl.String).str.split(" ")
        around = bracketed_types.to_frame().with_columns(pl.lit(-1, pl.Int64).alias("count"))
        minus = pl.concat([inside, around]).explode("type")
        self._keep(pl.concat([types.select("type", "count"), minus]))
        if self.wanted:
            self._find(data, types, split, flagged, read, numbers, islands["island"].to_list())
        self.lines += data.count(b"\n")

    def _keep(self, types: Any) -> None:
        """Hold counts for later; of an endless text they are summed now and then."""
        self._types.append(types)
        self._rows += len(types)
        if self._rows > _MOST_ROWS:
            self._types = [self._summed()]
            self._rows = len(self._types[0])

    def _summed(self) -> Any:
        import polars as pl

        types = pl.concat(self._types).lazy()
        return types.group_by("type").agg(pl.col("count").sum()).collect(engine="streaming")

    def counts(self) -> dict[str, int]:
        """How often each token stands in what was seen."""
        import polars as pl

        tokens: dict[str, int] = {}
        if self._types:
            types = self._summed().filter(pl.col("count") > 0)
            plain = pl.col("type").str.contains("^[A-Za-z]+$")
            alone = types.filter(plain)
            tokens = dict(zip(alone["type"].to_list(), alone["count"].to_list(), strict=True))
            for text, times in types.filter(~plain).select("type", "count").iter_rows():
                for token in self._tokens_of(text):
                    tokens[token] = tokens.get(token, 0) + times
            islands = pl.concat(self._islands).group_by("island").agg(pl.col("count").sum())
            for island, times in islands.iter_rows():
                for token in self._read(island):
                    tokens[token] = tokens.get(token, 0) + times
        for token, times in self._tokens.items():
            tokens[token] = tokens.get(token, 0) + times
        return tokens

    def merge(self, later: Scan) -> None:
        """See what another scan saw, as if its lines came next."""
        self._islands += later._islands
        self._tokens.update(later._tokens)
        for types in later._types:
            self._keep(types)
        for token, lines in later.found.items():
            mine = self.found.setdefault(token, [])
            mine += [(self.lines + row, text) for row, text in lines[: self.wanted - len(mine)]]
        self.lines += later.lines

    def forget(self) -> None:
        """Drop what only speeds up further pieces, before it travels to another process."""
        self._islands_read.clear()
        self._settled.clear()
        self._types = [self._summed()]
        self._is_sought = _nothing

    def __getstate__(self) -> dict[str, Any]:
        return {key: value for key, value in self.__dict__.items() if key != "_tokens_of"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._tokens_of = tokenizer(self.language)

    def _read(self, island: str) -> tuple[str, ...]:
        """The tokens of an island; most stand in a text more than once."""
        tokens = self._islands_read.get(island)
        if tokens is None:
            tokens = self._islands_read[island] = self._tokens_of(island)
        return tokens

    def _lacking(self, tokens: Iterable[str]) -> list[str]:
        """Those of the tokens that are sought and still lack lines."""
        found, wanted = self.found, self.wanted
        return [
            token
            for token in tokens
            if self._is_sought(token) and len(found.get(token, ())) < wanted
        ]

    def _find(
        self,
        data: bytes,
        types: Any,
        split: Any,
        flagged: Any,
        read: Mapping[int, tuple[str, ...]],
        numbers: Any,
        islands: Iterable[str],
    ) -> None:
        """Lines of the sought tokens in one piece of text."""
        import polars as pl

        rows: dict[str, list[int]] = {}
        with_flags = set(flagged["row"].to_list())
        sought: dict[str, list[str]] = {}
        texts = types["type"].to_list()
        fresh = [number for number, text in enumerate(texts) if text not in self._settled]
        places = types[fresh].select("count", "first", "last").iter_rows()
        for number, (times, first, last) in zip(fresh, places, strict=True):
            text = texts[number]
            if text.isascii() and text.isalpha():
                tokens = self._lacking((text,))
            else:
                tokens = [] if _flagged(text) else self._lacking(self._tokens_of(text))
            if not tokens:
                self._settled.add(text)
            elif times > 2 or first in with_flags or last in with_flags:
                sought[text] = tokens
            else:
                for token in tokens:
                    rows.setdefault(token, []).extend((first, last))
        if sought:
            for text, row in self._places(list(sought), split, flagged).iter_rows():
                for token in sought[text]:
                    rows.setdefault(token, []).append(row)
        for row, read_tokens in read.items():
            for token in self._lacking(read_tokens):
                rows.setdefault(token, []).append(row)
        telling = {island: self._lacking(self._read(island)) for island in islands}
        telling = {island: lacking for island, lacking in telling.items() if lacking}
        if telling:
            wanted = pl.Series(list(telling), dtype=pl.String).implode()
            for row, island in numbers.filter(pl.col("island").is_in(wanted)).iter_rows():
                for token in telling[island]:
                    rows.setdefault(token, []).append(row)
        written = data.split(b"\n")
        for token, known in rows.items():
            mine = self.found.setdefault(token, [])
            for row in sorted(set(known))[: self.wanted - len(mine)]:
                mine.append((self.lines + row, written[row].removesuffix(b"\r").decode()))

    def _places(self, texts: list[str], split: Any, flagged: Any) -> Any:
        """The first rows in which each of the pieces stands outside islands and brackets."""
        import polars as pl

        line, text = pl.col("line"), pl.col("type")
        among = text.is_in(pl.Series(texts, dtype=pl.String).implode())
        plain = split.filter(among).collect(engine="streaming")
        plain = plain.filter(~pl.col("row").is_in(flagged["row"].implode()))
        # In a line with numbers a piece may be part of one ("3 million"): only what is left counts.
        left = (
            flagged.filter(~line.str.contains(BRACKET))
            .select("row", line.str.replace_all(ISLAND, " ").str.split(" ").alias("type"))
            .explode("type")
            .filter(among)
        )
        both = pl.concat([plain, left]).unique().sort("row", "type")
        return both.group_by("type", maintain_order=True).head(self.wanted).select("type", "row")
