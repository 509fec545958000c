"""``sttprep new``: a project to start from."""

from __future__ import annotations

import argparse
from typing import Any

from sttprep.cli.output import add_json, print_json

__all__ = ["add_commands"]


def add_commands(commands: Any) -> None:
    """Add this group to the command line."""
    parser = commands.add_parser(
        "new", help="lay out a project: project.toml, folders, a notebook, a CI recipe"
    )
    parser.add_argument("name", metavar="NAME", help="folder to make")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from sttprep.project.new import new_project

    made = new_project(options.name)
    if options.json:
        print_json({"folder": options.name, "files": [str(path) for path in made]})
        return 0
    for path in made:
        print(f"{options.name}/{path}")
    print(f"\nNext: put your text into {options.name}/corpora, then run")
    print(f"  sttprep build {options.name}")
    return 0
