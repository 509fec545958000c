"""``sttprep build``: a project, from its files to the report."""

from __future__ import annotations

import argparse
from typing import Any

from sttprep.cli.output import add_json, print_json, tell

__all__ = ["add_commands"]


def add_commands(commands: Any) -> None:
    """Add this group to the command line."""
    parser = commands.add_parser(
        "build",
        help="train a project's custom model and judge it",
        description="Check everything a project names, train its custom model, recognize the "
        "test set with base and custom model, and write an HTML report. A second run does only "
        "what changed.",
    )
    parser.add_argument("project", metavar="PROJECT", help="project.toml or its folder")
    parser.add_argument(
        "--store", metavar="DIR", help="where to keep what is built (default: build beside it)"
    )
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from sttprep.project.build import build

    result = build(options.project, options.store, progress=tell)
    for problem in result.warnings:
        tell(problem.render())
    if options.json:
        print_json(result.to_json())
    else:
        print(result)
        if result.report:
            print(f"report: {result.report}")
    return 0
