"""``sttprep score``: error rates of transcripts that exist already."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from sttprep.cli.output import add_json, print_json
from sttprep.errors import TestSetError

__all__ = ["add_commands"]


def add_commands(commands: Any) -> None:
    """Add this group to the command line."""
    parser = commands.add_parser(
        "score",
        help="error rates of hypotheses against references",
        description="Compare two text files line by line: one utterance a line, same order.",
    )
    parser.add_argument("references", metavar="REFERENCES", help="what was said, one line each")
    parser.add_argument("hypotheses", metavar="HYPOTHESES", help="what was recognized")
    add_json(parser)
    parser.set_defaults(run=_run)


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise TestSetError(
            f"{path}: the file cannot be read: {error.strerror}.", hint="Check the path."
        ) from error
    except UnicodeDecodeError as error:
        raise TestSetError(
            f"{path}: the file is not UTF-8 (byte {error.start}).", hint="Save it as UTF-8 text."
        ) from error


def _run(options: argparse.Namespace) -> int:
    from sttprep.evaluation import score

    references, hypotheses = _lines(options.references), _lines(options.hypotheses)
    if len(references) != len(hypotheses):
        raise TestSetError(
            f"{options.references} has {len(references)} lines, "
            f"{options.hypotheses} has {len(hypotheses)}.",
            hint="Give one line per utterance in both; an empty line where nothing was said.",
        )
    report = score(references, hypotheses)
    if options.json:
        print_json(report.to_json())
    else:
        print(report)
    return 0
