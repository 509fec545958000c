"""Reading a large text at the speed of its bytes: what stands in it, how often, and where first.

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

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sttprep.corpora.tokenize import tokenizer

if TYPE_CHECKING:
    import polars as pl

__all__ = ["BRACKET", "ENDS", "FLAG", "ISLAND", "SIMPLE", "Scan"]

# These patterns are read by Python's and by Rust's engine alike.
BRACKET = r"[(){}\[\]<>]"
"""A line with one of these is read as a whole."""
FLAG = r"[\d&@(){}\[\]<>]"
"""A line without any of these is its pieces, each by itself."""
# Words a rule may look at beside a number: "the 25 May", "25 de diciembre", "$5 million dollars".
_BEFORE, _AFTER = 1, 2
_NUMBER = r"[^ ]*[\d&@][^ ]*"
ISLAND = (
    rf"(?:[^ ]+ +){{0,{_BEFORE}}}{_NUMBER}"
    rf"(?:(?: +[^ ]+){{0,{_BEFORE + _AFTER}}}? +{_NUMBER})*(?: +[^ ]+){{0,{_AFTER}}}"
)
"""Numbers with the words around them; two with few words between them are one island."""
SIMPLE = r"^[A-Za-z]+(?:['-][A-Za-z]+)*$"
"""A piece that is one token, and so it is with any of `ENDS` after it."""
ENDS = ".,;:?!\r"
"""What may follow a simple piece without being part of a token."""

# Bytes that may be, or begin, a flag: the digits of other scripts begin with these in UTF-8.
_DIGIT_LEADS = (0xD9, 0xDB, 0xDF, 0xE0, 0xE1, 0xEA, 0xEF, 0xF0)
_MARKS = bytes(chr(byte) in "0123456789&@(){}[]<>" or byte in _DIGIT_LEADS for byte in range(256))
_BLANKS_END_LINES = bytes.maketrans(b" ", b"\n")
_MOST_LINES = 1 << 40
_MOST_ROWS = 1 << 22  # of counted pieces, before they are summed: some 200 MB


class Scan:
    """What has been seen of a text, piece by piece.

    Args:
        language: language tag; its rules must look no further beside a number than `ISLAND` does.
        wanted: number of lines that may be asked for of a token, see `first_rows`.
    """

    def __init__(self, language: str, wanted: int = 0) -> None:
        self.language = language
        self.wanted = wanted
        self.lines = 0
        """Lines seen so far."""
        self._tokens_of = tokenizer(language)
        # Frames of text, count and, if lines are wanted, first and last row.
        self._units: list[pl.DataFrame] = []  # pieces and islands, each to be read
        self._tokens: list[pl.DataFrame] = []  # of lines with brackets, read already
        self._most_rows = _MOST_ROWS
        self._reading: pl.DataFrame | None = None

    def add(self, data: bytes) -> None:
        """See some more whole lines, in UTF-8, each ending in ``\\n`` (the last one need not)."""
        import polars as pl

        piece = _Piece(data)
        row = pl.col("row").cast(pl.Int64) + self.lines
        places = [row.min().alias("first"), row.max().alias("last")] if self.wanted else []
        found = [pl.len().cast(pl.Int64).alias("count"), *places]
        plain = piece.plain() if self.wanted else piece.words()
        units = plain.group_by("text").agg(*found).collect(engine="streaming")
        self._units.append(units)
        if piece.rows:
            self._units.append(piece.numbers().group_by("text").agg(*found))
            whole = piece.whole()
            tokens = whole.with_columns(
                pl.Series("text", map(self._tokens_of, whole["text"]), pl.List(pl.String))
            ).explode("text")
            # Row by row, so that none is hidden between a first and a last one.
            self._tokens.append(tokens.group_by("text", "row").agg(*found).drop("row"))
        self._grow(data.count(b"\n") + (not data.endswith(b"\n")))

    def merge(self, later: Scan) -> None:
        """See what another scan saw, as if its lines came next."""
        import polars as pl

        moved = [pl.col("first", "last") + self.lines] if self.wanted else []
        self._units += [frame.with_columns(moved) for frame in later._units]
        self._tokens += [frame.with_columns(moved) for frame in later._tokens]
        self._grow(later.lines)

    def _grow(self, lines: int) -> None:
        """Sum the counts now and then, lest those of an endless text fill the memory."""
        self.lines += lines
        self._reading = None
        if sum(map(len, self._units)) + sum(map(len, self._tokens)) > self._most_rows:
            self._units, self._tokens = self._shrunk(self._units), self._shrunk(self._tokens)
            left = sum(map(len, self._units)) + sum(map(len, self._tokens))
            self._most_rows = max(_MOST_ROWS, 2 * left)

    def _shrunk(self, frames: list[pl.DataFrame]) -> list[pl.DataFrame]:
        import polars as pl

        if not self.wanted or not frames:
            return [_summed(frames)] if frames else []
        # Each place tells one line at least: of further ones only the counts are needed.
        every = pl.concat(frames)
        near = (pl.col("first").rank("ordinal").over("text") <= self.wanted).fill_null(value=False)
        rest = _summed([every.filter(~near)])
        nowhere = [pl.lit(None, pl.Int64).alias(place) for place in ("first", "last")]
        return [every.filter(near), rest.with_columns(nowhere)]

    def counts(self) -> dict[str, int]:
        """How often each token stands in what was seen, in code-point order."""
        import polars as pl

        if not self._units:
            return {}
        found = [self._read().select("token", "count")]
        if self._tokens:
            found.append(_summed(self._tokens).rename({"text": "token"}))
        tokens = pl.concat(found).group_by("token").agg(pl.col("count").sum()).sort("token")
        return dict(zip(tokens["token"].to_list(), tokens["count"].to_list(), strict=True))

    def _read(self) -> pl.DataFrame:
        """Text, count and token: a row for each token that a distinct text holds."""
        import polars as pl

        if self._reading is not None:
            return self._reading
        units = _summed(self._units).with_columns(
            pl.col("text").str.strip_chars_end(ENDS).alias("token")
        )
        is_simple = units["token"].str.contains(SIMPLE)
        odd = units.filter(~is_simple)
        read = pl.Series("token", map(self._tokens_of, odd["text"]), pl.List(pl.String))
        self._reading = pl.concat(
            [units.filter(is_simple), odd.with_columns(read).explode("token")]
        )
        return self._reading

    def first_rows(
        self, sought: Sequence[str], piece_at: Callable[[int], tuple[bytes, int]]
    ) -> pl.DataFrame:
        """The first lines in which each of some tokens stands, no more than wanted of each.

        Args:
            sought: tokens.
            piece_at: gives, for the number of a line (from 0), the piece that was added with it
                and the number of the first line of that piece; called in ascending order.

        Returns:
            ``token``, which is the index of a sought one, and ``row`` (from 0), sorted.
        """
        import polars as pl

        tokens = pl.DataFrame({"name": sought}, {"name": pl.String}).with_row_index("token")
        tokens = tokens.with_columns(pl.col("token").cast(pl.Int64))
        holding = self._read().join(tokens, left_on="token", right_on="name", suffix="_index")
        holding = holding.select("text", token="token_index").unique()
        found = [units.join(holding, on="text") for units in self._units]
        found += [read.join(tokens, left_on="text", right_on="name") for read in self._tokens]
        known = pl.concat(found).drop_nulls("first")
        rows = [known.select("token", row=place) for place in ("first", "last")]
        lines = _sorted(rows)
        # Between the first and the last line of a text in a piece there may be more of them.
        lacking = _first(lines, self.wanted - 1)
        hidden = (
            known.filter((pl.col("count") > 2) & (pl.col("last") - pl.col("first") > 1))
            .join(lacking, left_on=["token", "first"], right_on=["token", "row"], how="semi")
            .select("text", "first")
            .unique()
            .sort("first")
        )
        while len(hidden):
            data, start = piece_at(hidden["first"][0])
            here = hidden["first"] < start + data.count(b"\n")
            places = _Piece(data).places(hidden["text"].filter(here))
            places = places.with_columns(pl.col("row").cast(pl.Int64) + start)
            rows.append(places.join(holding, on="text").select("token", "row"))
            hidden = hidden.filter(~here)
        return _first(_sorted(rows), self.wanted)

    def __getstate__(self) -> dict[str, Any]:
        return {key: value for key, value in self.__dict__.items() if key != "_tokens_of"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._tokens_of = tokenizer(self.language)


class _Piece:
    """Some lines: those without a flag, those with brackets and those with numbers only.

    >>> piece = _Piece(b"one two\\n3 (x)\\nfour\\n5 mg of it or so\\n")
    >>> piece.words().collect()["text"].to_list(), piece.whole().rows()
    (['one', 'two', 'four'], [('3 (x)', 1)])
    >>> sorted(text for text, row in piece.numbers().rows() if text)
    ['5 mg of', 'it', 'or', 'so']
    """

    def __init__(self, data: bytes) -> None:
        marks = data.translate(_MARKS)
        plain, flagged = [], []
        self.rows: list[int] = []
        """Numbers of the lines with flags, from 0."""
        end = row = 0
        place = marks.find(b"\1")
        while place >= 0:
            start = data.rfind(b"\n", end, place) + 1 or end
            row += data.count(b"\n", end, start)
            self.rows.append(row)
            plain.append(data[end:start])
            end = data.find(b"\n", place) + 1 or len(data)
            row += 1
            flagged.append(data[start:end])
            place = marks.find(b"\1", end)
        plain.append(data[end:])
        self._plain, self._flagged = b"".join(plain), b"".join(flagged)

    def words(self) -> pl.LazyFrame:
        """The pieces between blanks of the lines without flags, as ``text``."""
        import polars as pl

        return pl.scan_lines(self._plain.translate(_BLANKS_END_LINES), name="text")

    def plain(self) -> pl.LazyFrame:
        """The same with ``row``."""
        import polars as pl

        lines = pl.scan_lines(self._plain, name="text").collect()
        every = pl.int_range(len(lines) + len(self.rows), dtype=pl.UInt32, eager=True)
        flagged = pl.Series(self.rows, dtype=pl.UInt32)
        lines = lines.with_columns(every.filter(~every.is_in(flagged.implode())).alias("row"))
        return lines.lazy().with_columns(pl.col("text").str.split(" ")).explode("text")

    def whole(self) -> pl.DataFrame:
        """The lines with brackets: ``text`` and ``row``."""
        import polars as pl

        return self._lines_with_flags.filter(pl.col("text").str.contains(BRACKET))

    def numbers(self) -> pl.DataFrame:
        """The islands of the other lines with flags, and the pieces around: ``text``, ``row``."""
        import polars as pl

        text = pl.col("text")
        lines = self._lines_with_flags.filter(~text.str.contains(BRACKET))
        islands = lines.with_columns(text.str.extract_all(ISLAND))
        around = lines.with_columns(text.str.replace_all(ISLAND, " ").str.split(" "))
        return pl.concat([islands.explode("text"), around.explode("text")])

    def places(self, texts: pl.Series) -> pl.DataFrame:
        """The lines in which pieces and islands stand: ``text`` and ``row``, with repetitions."""
        import polars as pl

        among = pl.col("text").is_in(texts.implode())
        plain = self.plain().filter(among).collect(engine="streaming")
        return pl.concat([plain, self.numbers().filter(among)]) if self.rows else plain

    @cached_property
    def _lines_with_flags(self) -> pl.DataFrame:
        import polars as pl

        lines = pl.scan_lines(self._flagged, name="text").collect()
        return lines.with_columns(pl.Series("row", self.rows, pl.UInt32))


def _summed(frames: list[pl.DataFrame]) -> pl.DataFrame:
    import polars as pl

    texts = pl.concat(frames).lazy().group_by("text")
    return texts.agg(pl.col("count").sum()).collect(engine="streaming")


def _sorted(lines: list[pl.DataFrame]) -> pl.DataFrame:
    """Distinct pairs of ``token`` and ``row``, numbers both, in order."""
    import polars as pl

    # As one number each they are sorted in a fraction of the time.
    pair = pl.col("token").cast(pl.Int64) * _MOST_LINES + pl.col("row")
    pairs = pl.concat(lines).select(pair.alias("pair")).unique().sort("pair")
    pair = pl.col("pair")
    return pairs.select(token=pair // _MOST_LINES, row=pair % _MOST_LINES)


def _first(lines: pl.DataFrame, n: int) -> pl.DataFrame:
    """The first ``n`` rows of each token, of `_sorted` ones."""
    token = lines["token"]
    return lines.filter(token.ne_missing(token.shift(n)))
