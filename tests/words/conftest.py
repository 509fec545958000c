"""The words room's tests keep their trained model in a folder of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One cache folder for all tests: the model is trained once and the user's own stays alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STTPREP_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield
