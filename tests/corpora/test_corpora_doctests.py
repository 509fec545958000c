"""The examples in the docstrings run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import sttprep.corpora

MODULES = ["sttprep.corpora"] + [
    f"sttprep.corpora.{module.name}" for module in pkgutil.iter_modules(sttprep.corpora.__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    """Every example prints what it says, and every module has one."""
    module = importlib.import_module(name)
    results = doctest.testmod(module)
    assert results.attempted > 0
    assert results.failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_public_names(name: str) -> None:
    """``__all__`` is sorted (constants, classes, functions) and everything in it exists."""
    module = importlib.import_module(name)
    order = sorted(module.__all__, key=lambda name: (not name.isupper(), name.islower(), name))
    assert order == module.__all__
    assert all(hasattr(module, public) for public in module.__all__)
