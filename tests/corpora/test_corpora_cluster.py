"""Counting on a Dask cluster gives what one process gives."""

from __future__ import annotations

import warnings
from pathlib import Path

import joblib
import pytest

from sttprep.corpora import counts, pieces, read_corpus


def test_dask_gives_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """joblib hands the pieces to the workers of a cluster; words, counts and lines are the same."""
    monkeypatch.setattr(counts, "LARGE", 0)
    monkeypatch.setattr(pieces, "PIECE", 2000)
    lines = [f"Take {number} mg of kaf{number % 13}ol (or MVD{number})" for number in range(400)]
    path = tmp_path / "a.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    alone = read_corpus(path).oov(n_jobs=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # dask's own start-up warnings are not ours
        from dask.distributed import Client, LocalCluster

        cluster = LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
            host="127.0.0.1",
        )  # fmt: skip
        with cluster, Client(cluster), joblib.parallel_config(backend="dask"):
            spread = read_corpus(path).oov(n_jobs=2)
    assert spread.words == alone.words
    assert (spread.total_words, spread.oov_tokens) == (alone.total_words, alone.oov_tokens)
    assert len(alone.words) == 13
