"""What all tests share: development data, sounds, and no silent skips where all is installed."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# make proof: many more random cases than a run of every day has time for, and others each time.
# Every day they are the same ones, so that a change is judged by the change.
settings.register_profile("proof", max_examples=2000, deadline=None)
settings.register_profile("everyday", deadline=None, derandomize=True)
settings.load_profile("proof" if os.environ.get("STTPREP_PROOF") else "everyday")

SAMPLE = Path(__file__).parent.parent / "sample_data" / "pharmacy"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where everything is said to be installed (STTPREP_NO_SKIPS), a skip is a failure."""
    report = yield
    if report.skipped and os.environ.get("STTPREP_NO_SKIPS") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be: {report.longrepr}"
    return report


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory) -> Iterator[None]:
    """One cache folder for all tests: the pronunciation model is trained once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STTPREP_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory, monkeypatch):
    """No test reads or writes the user's registered models."""
    monkeypatch.setenv("STTPREP_MODELS", str(tmp_path_factory.getbasetemp() / "no-models.toml"))


@pytest.fixture
def interruptible():
    """Children of this test get SIGINT even where the tests run in the background.

    A shell without job control starts background commands with SIGINT ignored, and children
    inherit that; a handler, unlike ignoring, is not inherited.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def sample() -> Path:
    """The sample project."""
    return SAMPLE


@pytest.fixture
def clip() -> Callable[[int], Path]:
    """A clean test recording of the sample project, by number."""

    def nth(number: int) -> Path:
        return sorted((SAMPLE / "test").glob("*.flac"))[number]

    return nth
