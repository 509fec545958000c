"""The store keeps all of a change or none of it, and says clearly why it cannot."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sttprep.customization.store import SCHEMA_VERSION, Store
from sttprep.errors import StoreError


@pytest.fixture
def store(tmp_path):
    """An empty store."""
    store = Store(tmp_path / "store")
    yield store
    store.close()


def files(folder: Path) -> set[str]:
    """Everything in a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_store_opens_again_with_its_content(tmp_path):
    """What was put is there after closing."""
    store = Store(tmp_path)
    key = store.add_blob(b"text")
    store.put("model", "audio", [["word", 0.0, 0.5, 0.9]], 1.5)
    store.close()
    store = Store(tmp_path)
    assert store.read_blob(key) == b"text"
    assert store.get("model", "audio") == ([["word", 0.0, 0.5, 0.9]], 1.5)
    assert store.get("other model", "audio") is None
    store.close()


def test_the_same_content_is_kept_once(store):
    """A blob is named by its content."""
    assert store.add_blob(b"a") == store.add_blob(b"a") != store.add_blob(b"b")
    assert len(files(store.folder / "blobs")) == 2


def test_a_failed_transaction_changes_nothing(store):
    """An error inside rolls everything back."""
    with pytest.raises(ZeroDivisionError), store.transaction() as database:
        database.execute("INSERT INTO transcript VALUES ('m', 'a', 1.0, '[]')")
        1 / 0  # noqa: B018
    assert store.get("m", "a") is None


def test_an_interrupted_training_leaves_nothing(store):
    """The folder appears only when it is complete."""
    with pytest.raises(KeyboardInterrupt), store.new_trained("k") as folder:
        (folder / "half").write_text("x")
        raise KeyboardInterrupt
    assert files(store.folder / "trained") == set()
    with store.new_trained("k") as folder:
        (folder / "whole").write_text("x")
    assert files(store.folder / "trained") == {"k/whole"}


def test_two_trainings_of_the_same_inputs_meet(store):
    """The second one to finish keeps what the first one made."""
    with store.new_trained("k") as first, store.new_trained("k") as second:
        (first / "f").write_text("x")
        (second / "f").write_text("x")
    assert files(store.folder / "trained") == {"k/f"}


def test_many_threads_write_at_once(store):
    """No write is lost."""

    def write(start: int) -> None:
        for number in range(start, start + 20):
            store.put("m", str(number), [], float(number))

    threads = [threading.Thread(target=write, args=(start,)) for start in range(0, 80, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(store.get("m", str(number)) for number in range(80))


def test_two_processes_open_a_new_store_at_once(tmp_path):
    """Only one of them makes the tables."""
    code = f"from sttprep.customization.store import Store; Store({str(tmp_path / 's')!r}).close()"
    running = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(4)]
    assert [process.wait() for process in running] == [0] * 4


def test_a_newer_schema_is_refused(tmp_path):
    """An older program does not touch what it does not understand."""
    Store(tmp_path).close()
    with sqlite3.connect(tmp_path / "store.db") as database:
        database.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    database.close()
    with pytest.raises(StoreError, match="made by a newer sttprep"):
        Store(tmp_path)


def test_a_file_in_place_of_the_folder(tmp_path):
    """The message names the path and the mend."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match=r"file cannot be used: .*--store DIR"):
        Store(tmp_path / "file")


def test_a_damaged_database_is_named(tmp_path):
    """Not a traceback from SQLite."""
    (tmp_path / "store.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match=r"store\.db is damaged or no sttprep store"):
        Store(tmp_path)


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES])
def test_a_read_only_folder(tmp_path, monkeypatch, code):
    """The reason is said in plain words."""

    def refuse(*_, **__):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StoreError, match="it is read-only"):
        Store(tmp_path / "s")


@pytest.fixture
def small_disk(tmp_path):
    """A file system of one megabyte."""
    mount = tmp_path / "disk"
    mount.mkdir()
    options = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(mount)]
    try:
        done = subprocess.run(options, capture_output=True, text=True)
    except FileNotFoundError:
        pytest.skip("needs mount: apt-get install mount")
    if done.returncode:
        pytest.skip(f"needs the right to mount a small disk (run as root): {done.stderr.strip()}")
    yield mount
    subprocess.run(["umount", str(mount)], check=True)


def test_a_full_disk_loses_nothing(small_disk):
    """The message says the disk is full; what was there before is whole."""
    store = Store(small_disk / "store")
    kept = store.add_blob(b"kept")
    with pytest.raises(StoreError, match="the disk is full"):
        store.add_blob(os.urandom(2_000_000))
    with pytest.raises(StoreError, match="the disk is full"):
        for number in range(1000):
            store.put("m", str(number), [["x" * 5000, 0.0, 1.0, 1.0]], 1.0)
    assert store.read_blob(kept) == b"kept"
    assert store.get("m", "0") is not None
    assert not [name for name in files(store.folder / "blobs") if "tmp" in name]
    store.close()


def test_a_read_only_disk(small_disk):
    """A store on a disk mounted read-only says so."""
    Store(small_disk / "store").close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(StoreError, match="it is read-only"):
        Store(small_disk / "store").put("m", "a", [], 1.0)
