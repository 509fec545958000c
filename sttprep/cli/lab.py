"""``sttprep lab``: JupyterLab."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from sttprep.errors import NotFoundError

__all__ = ["add_commands"]


def add_commands(commands: Any) -> None:
    """Add this group to the command line."""
    parser = commands.add_parser(
        "lab",
        help="open a folder of notebooks in JupyterLab",
        description="Options after -- go to JupyterLab: sttprep lab notebooks -- --no-browser",
    )
    parser.add_argument("folder", nargs="?", default=".", metavar="DIR")
    parser.add_argument("options", nargs="*", metavar="-- OPTION", help="for JupyterLab")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if not Path(options.folder).is_dir():
        raise NotFoundError("folder", options.folder, hint="Give a folder with notebooks.")
    command = [sys.executable, "-m", "jupyterlab", options.folder, *options.options]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # in a container; JupyterLab listens on 127.0.0.1 only
    return subprocess.call(command)
