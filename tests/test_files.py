"""Files are written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from sttprep.files import write_atomically


def test_written(tmp_path: Path) -> None:
    """A new file takes the user's mask, an old one keeps its mode; nothing else is left."""
    path = tmp_path / "a.txt"
    old = os.umask(0o027)
    try:
        write_atomically(path, [b"one ", memoryview(b"two")])
    finally:
        os.umask(old)
    assert path.read_bytes() == b"one two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    path.chmod(0o604)
    write_atomically(path, [b"three"])
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"three", 0o604)
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    """Whatever stops the writing, an interruption too: the old bytes stay, and no other file."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def blocks():
        yield b"new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, blocks())
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.txt"]
    with pytest.raises(OSError, match="No such file"):
        write_atomically(tmp_path / "none" / "a.txt", [b""])
