"""``sttprep corpus oov``: the words the base vocabulary lacks, listed or reviewed."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Container
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sttprep.cli.output import print_json, print_table, tell
from sttprep.errors import CorpusError

if TYPE_CHECKING:
    from sttprep.corpora import Corpus, OovReport
    from sttprep.words.review import Review

__all__ = ["add_oov_options", "oov"]

_WIDEST = {"word": 40, "first context": 160, "sounds like": 40, "pronunciation": 50}
"""Characters of a column; a word of ten thousand letters must not widen every line."""
_WRITERS = (".csv", ".xlsx", ".json")


def add_oov_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``corpus oov`` alone."""
    parser.description = (
        "Lists the words that the base vocabulary lacks, the most frequent first. --review judges "
        "each: kind, typing errors, suggested sounds-likes, pronunciations, neighbours, risks; "
        "what needs a look most comes first."
    )
    parser.add_argument("--review", action="store_true", help="say what to do with each word")
    parser.add_argument(
        "--contexts", type=_whole(0), default=3, metavar="N", help="lines kept of each word"
    )
    parser.add_argument("--top", type=_whole(1), metavar="N", help="the first N words only")
    parser.add_argument(
        "--lexicon",
        metavar="FILE",
        help="the words known already, one a line, or a pronunciation dictionary "
        "(default: the English base vocabulary; for other languages none)",
    )
    parser.add_argument(
        "--jobs", type=_jobs, default=1, metavar="N", help="processes; -1: one per core"
    )
    parser.add_argument(
        "-o", "--output", metavar="OUT", help="write the words: .csv, .xlsx or .json"
    )


def oov(options: argparse.Namespace, read: Callable[[argparse.Namespace], list[Corpus]]) -> int:
    """List or review the unknown words."""
    from sttprep.corpora import find_oov

    if options.output and Path(options.output).suffix.lower() not in _WRITERS:
        raise CorpusError(
            f"{options.output}: the words are written as .csv, .xlsx or .json only.",
            hint=f"Write for example -o {Path(options.output).with_suffix('.csv')}",
        )
    lexicon = _lexicon(options)
    report = find_oov(read(options), lexicon, options.contexts, n_jobs=options.jobs)
    document: dict[str, Any] = {
        "total_words": report.total_words,
        "out_of_vocabulary_words": len(report.words),
        "rate": report.rate,
    }
    if options.review:
        from sttprep.words.review import review

        found = review(report, language=options.language, contexts=options.contexts)
        found = replace(found, rows=found.rows[: options.top])
        document["words"] = found.document()["words"] if options.json else []
        written: OovReport | Review = found
    else:
        report = replace(report, words=report.words[: options.top])
        document["words"] = _plain_rows(report) if options.json else []
        written = report
    if options.output:
        {
            ".csv": written.to_csv,
            ".xlsx": written.to_excel,
            ".json": written.to_json,
        }[Path(options.output).suffix.lower()](options.output)
        document["output"] = options.output
    if options.json:
        print_json(document)
    elif options.output:
        shown = len(report.words if written is report else found)
        print(f"Written: {options.output} ({shown:,} {'word' if shown == 1 else 'words'})")
    elif options.review:
        _print_review(found)
    else:
        _print_words(report)
    return 0


def _lexicon(options: argparse.Namespace) -> Container[str]:
    """The words known already."""
    from sttprep.corpora.languages import check_language
    from sttprep.words import Lexicon

    language = check_language(options.language)
    if options.lexicon:
        return _words_of(options.lexicon)
    if language.code == "en":
        return Lexicon.stock()
    tell(
        f"There is no base vocabulary of {language.name} here, so every word is "
        "listed. Give one, a word a line: --lexicon words.txt"
    )
    return frozenset()


def _words_of(path: str) -> frozenset[str]:
    """The first column of a word list or of a pronunciation dictionary, in lower case."""
    from sttprep.corpora.reader import decode, read_bytes

    found = set()
    for line in decode(read_bytes(path), path).splitlines():
        if line.strip() and not line.startswith((";;;", "##")):
            word = line.split()[0].lower()
            found.add(word.partition("(")[0] or word)
    return frozenset(found)


def _plain_rows(report: OovReport) -> list[dict[str, Any]]:
    return [
        {
            "word": row.word,
            "count": row.count,
            "kind": row.kind,
            "sources": list(row.sources),
            "contexts": [
                {"text": c.text, "line": c.line, "source": c.source, "file": c.file}
                for c in row.contexts
            ],
        }
        for row in report.words
    ]


def _print_words(report: OovReport) -> None:
    _print(
        ("count", "word", "first context"),
        [
            (str(row.count), row.word, row.contexts[0].text if row.contexts else "")
            for row in report.words
        ],
    )


def _print_review(found: Review) -> None:
    _print(
        ("count", "word", "kind", "action", "sounds like", "pronunciation", "look at"),
        [
            (
                str(row.count),
                row.word,
                row.kind,
                row.action,
                " | ".join(row.sounds_like),
                row.pronunciations[0][0] if row.pronunciations else "",
                " ".join(row.risks),
            )
            for row in found
        ],
    )


def _print(heading: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    print_table(
        [
            heading,
            *(
                tuple(
                    _cut(cell, _WIDEST.get(name)) for name, cell in zip(heading, row, strict=True)
                )
                for row in rows
            ),
        ]
    )


def _cut(cell: str, widest: int | None) -> str:
    return cell if widest is None or len(cell) <= widest else f"{cell[: widest - 1]}…"


def _whole(least: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = least - 1
        if number < least:
            raise argparse.ArgumentTypeError(f"'{text}' is not a whole number from {least} up.")
        return number

    return parse


def _jobs(text: str) -> int:
    try:
        return -1 if text == "-1" else _whole(1)(text)
    except argparse.ArgumentTypeError:
        raise argparse.ArgumentTypeError(
            f"'{text}' is no number of processes: give 1, 2, … or -1 for one per core."
        ) from None
