"""The public names."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import sttprep

MODULES = [
    info.name
    for info in pkgutil.walk_packages(sttprep.__path__, "sttprep.")
    if not info.name.endswith("__main__")
]


def test_all_is_the_public_names_sorted():
    """``__all__`` holds strings, sorted, each of which exists."""
    assert list(sttprep.__all__) == sorted(set(sttprep.__all__))
    for name in sttprep.__all__:
        assert getattr(sttprep, name) is not None


def test_star_import_works():
    """``from sttprep import *`` gives exactly those names."""
    namespace: dict[str, object] = {}
    exec("from sttprep import *", namespace)
    assert set(namespace) - {"__builtins__"} == set(sttprep.__all__)


def test_dir_shows_names_not_loaded_yet():
    """Completion in a notebook finds lazy names."""
    assert set(sttprep.__all__) <= set(dir(sttprep))


def test_an_unknown_name_is_an_attribute_error():
    """hasattr and getattr with a default work as usual."""
    assert not hasattr(sttprep, "no_such_name")


@pytest.mark.parametrize("name", MODULES)
def test_every_module_lists_its_names(name):
    """Each ``__all__`` is there, holds each name once, and is true (ruff sorts it)."""
    module = importlib.import_module(name)
    assert len(module.__all__) == len(set(module.__all__))
    for entry in module.__all__:
        assert hasattr(module, entry)
