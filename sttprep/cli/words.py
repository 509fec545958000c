"""``sttprep words``: word lists and pronunciations."""

from __future__ import annotations

import argparse
from typing import Any

from sttprep.cli.output import add_json, print_json, print_problems
from sttprep.source import Problem

__all__ = ["add_commands"]


def add_commands(commands: Any) -> None:
    """Add this group to the command line."""
    group = commands.add_parser("words", help="check word lists, pronounce words")
    actions = group.add_subparsers(dest="action", metavar="ACTION", required=True)

    check = actions.add_parser("check", help="words and sounds-likes that break a rule")
    check.add_argument("files", nargs="+", metavar="FILE", help="CSV or JSON")
    check.add_argument("--language", default="en-US", metavar="xx-XX")
    check.add_argument("--generation", default="previous", choices=("previous", "next"))
    add_json(check)
    check.set_defaults(run=_check)

    say = actions.add_parser("pronounce", help="phones of words or sounds-likes")
    say.add_argument("texts", nargs="+", metavar="TEXT")
    say.add_argument("--language", default="en-US", metavar="xx-XX")
    say.add_argument("-n", type=int, default=3, metavar="N", help="at most so many each")
    add_json(say)
    say.set_defaults(run=_pronounce)


def _check(options: argparse.Namespace) -> int:
    from sttprep.errors import WordError
    from sttprep.words import check_words_file

    findings: list[Problem] = []
    for path in options.files:
        found = check_words_file(path, language=options.language, generation=options.generation)
        if found and found[0].code == "words-file":  # nothing in it could be judged
            raise WordError(found[0].message, hint=found[0].hint)
        findings += found
    return print_problems(findings, options.json)


def _pronounce(options: argparse.Namespace) -> int:
    from sttprep.words import pronounce

    found = {text: pronounce(text, options.language, options.n) for text in options.texts}
    if options.json:
        print_json(
            {
                text: [{"phones": str(p), "origin": p.origin, "score": p.score} for p in rows]
                for text, rows in found.items()
            }
        )
        return 0
    for text, rows in found.items():
        for pronunciation in rows:
            print(f"{text}\t{pronunciation}\t{pronunciation.origin}")
    return 0
