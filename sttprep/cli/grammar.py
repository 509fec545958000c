"""``sttprep grammar``: check, try out, count, convert, compare and draw grammars."""

from __future__ import annotations

import argparse
from typing import Any

import sttprep.cli.grammar_actions as act
from sttprep.cli.output import add_json

__all__ = ["add_commands"]

_FILE = "grammar file; - is standard input"


def add_commands(commands: Any) -> None:
    """Add this group to the command line."""
    group = commands.add_parser(
        "grammar", help="check, try out, count, convert, compare and draw grammars"
    )
    actions = group.add_subparsers(dest="action", metavar="ACTION", required=True)

    check = _action(
        actions, "check", act.check, "show every problem, with its place and how to mend it"
    )
    check.add_argument("files", nargs="+", metavar="FILE", help=_FILE)

    match = _action(
        actions,
        "match",
        act.match,
        "tell whether sentences are accepted; if not, which accepted sentence is nearest",
        "Without SENTENCE and --sentences, sentences are read from standard input, one a line.",
    )
    match.add_argument("file", metavar="FILE", help=_FILE)
    match.add_argument("given", nargs="*", metavar="SENTENCE", help="in quotes, if several words")
    match.add_argument("--sentences", metavar="TEXTFILE", help="sentences, one a line")
    match.add_argument("--parse", action="store_true", help="show how each sentence is matched")
    _add_root(match)

    count = _action(actions, "count", act.count, "count the different sentences, exactly")
    count.add_argument("file", metavar="FILE", help=_FILE)
    _add_root(count)

    _add_sample(actions)

    convert = _action(
        actions,
        "convert",
        act.convert,
        "write the grammar in another format, or as a graph for a recognizer",
    )
    convert.add_argument("file", metavar="FILE", help=_FILE)
    convert.add_argument(
        "--to",
        required=True,
        choices=("abnf", "grxml", "jsgf", "same", *act.GRAPHS),
        help="same is its own format, written anew in one style; fsg is for Sphinx recognizers, "
        "openfst for fstcompile, dot for Graphviz",
    )
    _add_output(convert, "file to write; if not given, standard output")
    _add_root(convert, " (for fsg, openfst and dot)")

    diff = _action(actions, "diff", act.diff, "tell whether two grammars accept the same sentences")
    diff.add_argument("left", metavar="LEFT", help=_FILE)
    diff.add_argument("right", metavar="RIGHT", help=_FILE)
    _add_root(diff, " in both")

    draw = _action(actions, "draw", act.draw, "draw railroad diagrams of the rules")
    draw.add_argument("file", metavar="FILE", help=_FILE)
    draw.add_argument(
        "--rule", action="append", metavar="NAME", help="draw this one (may be repeated)"
    )
    _add_output(draw, "file to write, OUT.svg or OUT.html; if not given, SVG on standard output")
    _add_root(draw)


def _add_sample(actions: Any) -> None:
    sample = _action(
        actions,
        "sample",
        act.sample,
        "make sentences: some by chance, all, or a few that use everything",
    )
    sample.add_argument("file", metavar="FILE", help=_FILE)
    sample.add_argument(
        "-n",
        type=_number,
        metavar="N",
        help=f"how many ({act.SAMPLED}; with --all at most {act.LISTED:,})",
    )
    sample.add_argument(
        "--seed", type=int, default=0, metavar="S", help="another seed makes other sentences (0)"
    )
    way = sample.add_mutually_exclusive_group()
    way.add_argument(
        "--weighted",
        action="store_true",
        help="likelier where the grammar says so, by weights and repeat probabilities",
    )
    way.add_argument("--all", action="store_true", help="every sentence, the shortest first")
    way.add_argument(
        "--cover",
        action="store_true",
        help="a few sentences that use every rule and every alternative",
    )
    _add_root(sample)


def _action(actions: Any, name: str, run: Any, text: str, more: str = "") -> Any:
    parser = actions.add_parser(
        name, help=text, description=f"{text[0].upper()}{text[1:]}. {more}".strip()
    )
    parser.add_argument(
        "--profile",
        default="w3c",
        choices=("w3c", "ibm", "pocketsphinx"),
        help="whose rules to check by: those of the specification (w3c, the default), of IBM's "
        "service, or of pocketsphinx",
    )
    parser.add_argument(
        "--format",
        choices=("abnf", "grxml", "jsgf"),
        help="grammar format; if not given, told by the content",
    )
    add_json(parser)
    parser.set_defaults(run=run)
    return parser


def _add_root(parser: Any, more: str = "") -> None:
    parser.add_argument(
        "--root", metavar="RULE", help=f"rule to start from{more}; if not given, the declared root"
    )


def _add_output(parser: Any, text: str) -> None:
    parser.add_argument("-o", "--output", metavar="OUT", help=text)


def _number(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number") from None
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text} is below 0")
    return number
