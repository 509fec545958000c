"""The exception tree."""

from __future__ import annotations

import pickle

import pytest

import sttprep.errors as errors
from sttprep.errors import InputError, NotFoundError, SttprepError
from sttprep.source import Problem

CLASSES = [getattr(errors, name) for name in errors.__all__]


def test_every_error_derives_from_one_root():
    """A user can catch everything sttprep raises with one except clause."""
    assert len(CLASSES) > 10
    assert all(issubclass(kind, SttprepError) for kind in CLASSES)


def test_the_docstring_draws_every_class_with_its_status():
    """The drawn tree and the code agree."""
    drawn = {
        line.split()[0]: line
        for line in (row.strip("│├└─ ") for row in errors.__doc__.splitlines())
        if line
    }
    for kind in CLASSES:
        assert str(kind.status) in drawn[kind.__name__]


def test_no_class_hides_a_builtin():
    """``except ValueError`` never means something else after a star import."""
    import builtins

    assert not {kind.__name__ for kind in CLASSES} & set(dir(builtins))


@pytest.mark.parametrize(
    "error",
    [
        SttprepError("wrong.", hint="Mend it."),
        InputError("wrong.", problems=[Problem("error", "x", "bad line.", name="a.txt", line=3)]),
        NotFoundError("model", "x", ["a", "b"]),
    ],
)
def test_errors_cross_process_borders(error):
    """Pickling keeps the class, the text and the fields."""
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)


def test_all_problems_are_shown_and_a_flood_is_cut():
    """Twenty findings are printed in full; the rest is counted."""
    problems = [
        Problem("error", "x", f"bad {n}.", name="a.txt", line=n, column=1) for n in range(1, 31)
    ]
    text = str(InputError(problems=problems))
    assert "a.txt:1:1: error: bad 1." in text
    assert "a.txt:20:1: error: bad 20." in text
    assert "bad 21." not in text
    assert "… and 10 more problems" in text


def test_a_missing_name_lists_those_that_exist():
    """The user need not look them up."""
    assert "Available: a, b." in str(NotFoundError("model", "x", ["a", "b"]))
