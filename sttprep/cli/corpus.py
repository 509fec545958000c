"""``sttprep corpus``: what a text holds before it is learnt."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from sttprep.cli.output import add_json, print_json, print_problems, print_table

__all__ = ["add_commands"]


def add_commands(commands: Any) -> None:
    """Add this group to the command line."""
    group = commands.add_parser("corpus", help="look into corpus files")
    actions = group.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, run, text in (
        ("oov", _oov, "words the base vocabulary lacks"),
        ("lint", _lint, "lines that would teach the model something wrong"),
        ("parse", _parse, "the text as it will be learnt"),
    ):
        parser = actions.add_parser(name, help=text)
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--language", default="en-US", metavar="xx-XX")
        add_json(parser)
        parser.set_defaults(run=run)


def _read(options: argparse.Namespace) -> list[Any]:
    from sttprep.corpora import read_corpus

    return [read_corpus(Path(path), options.language) for path in options.files]


def _oov(options: argparse.Namespace) -> int:
    from sttprep.corpora import find_oov
    from sttprep.words import Lexicon

    report = find_oov(_read(options), Lexicon.stock())
    if options.json:
        print_json(
            {
                "total_words": report.total_words,
                "out_of_vocabulary_words": len(report.words),
                "rate": report.rate,
                "words": [
                    {
                        "word": row.word,
                        "count": row.count,
                        "contexts": [
                            {"text": c.text, "line": c.line, "source": c.source}
                            for c in row.contexts
                        ],
                    }
                    for row in report.words
                ],
            }
        )
        return 0
    rows = [("count", "word", "first context")]
    rows += [
        (str(row.count), row.word, row.contexts[0].text if row.contexts else "")
        for row in report.words
    ]
    print_table(rows)
    return 0


def _lint(options: argparse.Namespace) -> int:
    findings = [problem for corpus in _read(options) for problem in corpus.lint()]
    return print_problems(findings, options.json)


def _parse(options: argparse.Namespace) -> int:
    corpora = _read(options)
    sentences = [" ".join(sentence.tokens) for corpus in corpora for sentence in corpus.sentences]
    if options.json:
        print_json(sentences)
    else:
        sys.stdout.writelines(f"{sentence}\n" for sentence in sentences)
    return 0
