"""``sttprep words``: word lists and pronunciations."""

from __future__ import annotations

from typing import Any

from sttprep.cli.output import add_json
from sttprep.cli.words_actions import check, diff, merge, pronounce, say

__all__ = ["add_commands"]

_FILE = "CSV, Excel (.xlsx) or JSON"


def add_commands(commands: Any) -> None:
    """Add this group to the command line."""
    group = commands.add_parser("words", help="check, compare and merge word lists, say words")
    group = group.add_subparsers(dest="action", metavar="ACTION", required=True)

    parser = group.add_parser("check", help="words and sounds-likes that break a rule")
    parser.add_argument("files", nargs="+", metavar="FILE", help=_FILE)
    parser.add_argument("--language", default="en-US", metavar="xx-XX")
    parser.add_argument("--generation", default="previous", choices=("previous", "next"))
    add_json(parser)
    parser.set_defaults(run=check)

    parser = group.add_parser("pronounce", help="phones of words or sounds-likes")
    parser.add_argument("texts", nargs="+", metavar="TEXT")
    parser.add_argument("--language", default="en-US", metavar="xx-XX")
    parser.add_argument("-n", type=int, default=3, metavar="N", help="at most so many each")
    add_json(parser)
    parser.set_defaults(run=pronounce)

    parser = group.add_parser(
        "say",
        help="hear words or sounds-likes, through flite or espeak-ng",
        description="Says each TEXT, with a pause between them.",
    )
    parser.add_argument("texts", nargs="+", metavar="TEXT")
    parser.add_argument("--voice", metavar="V", help="for example flite:slt or espeak-ng:en-gb")
    parser.add_argument("-o", "--output", metavar="OUT.wav", help="write a file instead of playing")
    add_json(parser)
    parser.set_defaults(run=say)

    parser = group.add_parser(
        "merge",
        help="one list from the edits of two curators",
        description="Merges field by field. Conflicts are printed with both versions and the base, "
        "and the exit code is 1; OUT then has OURS in these places. --prefer decides them.",
    )
    parser.add_argument("base", metavar="BASE", help=f"the list both began with: {_FILE}")
    parser.add_argument("ours", metavar="OURS", help="one edited version")
    parser.add_argument("theirs", metavar="THEIRS", help="the other one")
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help=_FILE)
    parser.add_argument("--prefer", choices=("ours", "theirs"), help="decide conflicts")
    add_json(parser)
    parser.set_defaults(run=merge)

    parser = group.add_parser(
        "diff",
        help="what differs between two versions of a list",
        description="Lines begin with + (added), - (removed) or ~ (changed); the exit code is 1 "
        "where there are any.",
    )
    parser.add_argument("old", metavar="OLD", help=_FILE)
    parser.add_argument("new", metavar="NEW", help=_FILE)
    add_json(parser)
    parser.set_defaults(run=diff)
