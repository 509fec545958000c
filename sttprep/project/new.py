"""Lay out a new project: files to start from."""

from __future__ import annotations

import re
import shutil
import tempfile
from importlib.resources import as_file, files
from pathlib import Path

from sttprep.errors import ConflictError, InputError, StoreError

__all__ = ["new_project"]

# Names the starter files cannot have inside a package.
_RENAMED = {
    "gitignore": ".gitignore",
    "github": ".github",
    "test-manifest.csv": "test/manifest.csv",
}
_NAME = re.compile(r"[^\W_][\w .-]*")


def new_project(folder: str | Path) -> list[Path]:
    """Lay out a project in a new folder; returns the files made, relative to it, sorted.

    Raises:
        ConflictError: the folder exists and is not empty.
        InputError: its name cannot be a project's name.
        StoreError: it cannot be written.
    """
    folder = Path(folder)
    name = folder.absolute().name
    if not _NAME.fullmatch(name):
        raise InputError(
            f"'{name}' cannot be the name of a project.",
            hint="Give letters, digits, '-' and '_', for instance: sttprep new pharmacy",
        )
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ConflictError(
                f"{folder} exists already and is not empty.", hint="Give another name."
            )
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as temporary:
            made = Path(temporary) / "project"
            with as_file(files("sttprep.project") / "starter") as starter:
                _copy(starter, made, name)
            if folder.exists():
                folder.rmdir()
            shutil.move(made, folder)
    except OSError as error:
        raise StoreError(
            f"{folder} cannot be written: {error.strerror}.", hint="Give a folder you may write."
        ) from error
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def _copy(starter: Path, target: Path, name: str) -> None:
    for path in sorted(starter.rglob("*")):
        relative = path.relative_to(starter)
        if not path.is_file() or "__pycache__" in relative.parts:
            continue
        first, *rest = relative.parts
        copy = target / _RENAMED.get(first, first) / Path(*rest)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        if path.name in ("project.toml", "README.md"):
            text = text.replace("NAME", name)
        copy.write_text(text, encoding="utf-8")
