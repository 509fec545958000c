"""The command line: ``sttprep COMMAND``.

Every command takes ``--json``: standard output then holds one JSON document, and progress goes to
standard error. Exit codes: 0 fine, 1 problems found, 2 bad usage or input.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Sequence

from sttprep import __version__
from sttprep.cli import build, corpus, grammar, lab, models, new, score, transcribe, words
from sttprep.errors import InputError, SttprepError

__all__ = ["main"]

_INTERRUPTED = "Interrupted. Nothing is half-written; the same command goes on from here."


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="sttprep",
        description="Prepare, train and judge custom speech recognition models.",
    )
    top.add_argument("--version", action="version", version=f"sttprep {__version__}")
    commands = top.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    for group in (build, new, corpus, words, grammar, transcribe, score, models, lab):
        group.add_commands(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    top = parser()
    options = top.parse_args(arguments)
    if not options.command:
        top.print_help()
        return 2
    as_json = getattr(options, "json", False)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except SttprepError as error:
        _report(error, as_json)
        return 2
    except KeyboardInterrupt:
        print(f"\n{_INTERRUPTED}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of our output (head, less) is gone; Python would complain at exit.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _report(error: SttprepError, as_json: bool) -> None:
    print(f"sttprep: {error}", file=sys.stderr)
    if as_json:
        problems = error.problems if isinstance(error, InputError) else ()
        json.dump(
            {
                "error": error.message,
                "hint": error.hint,
                "problems": [problem.to_json() for problem in problems],
            },
            sys.stdout,
            ensure_ascii=False,
            indent=2,
        )
        print()
