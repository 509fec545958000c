"""``sttprep lab``: JupyterLab."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from typing import Any

from sttprep.errors import NotFoundError

__all__ = ["add_commands"]


def add_commands(commands: Any) -> None:
    """Add this group to the command line."""
    parser = commands.add_parser("lab", help="open a folder of notebooks in JupyterLab")
    parser.add_argument("folder", nargs="?", default=".", metavar="DIR")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if not Path(options.folder).is_dir():
        raise NotFoundError("folder", options.folder, hint="Give a folder with notebooks.")
    return subprocess.call([sys.executable, "-m", "jupyterlab", options.folder])
