"""The Dask cluster a plan asks for."""

from __future__ import annotations

import os
import sys

import pytest
from distributed import LocalCluster, get_client
from joblib import Parallel, delayed, parallel_config

from planner.config import Settings
from planner.domain.problems import InputError
from planner.pipeline.cluster import connected


def processes_used(count: int) -> set[int]:
    with parallel_config(backend="dask"):
        return set(Parallel()(delayed(os.getpid)() for _ in range(count)))


def test_without_an_address_processes_are_started_here_and_ended_again() -> None:
    with connected(Settings(backend="dask", workers=2)):
        others = processes_used(3)
    assert others
    assert os.getpid() not in others
    with pytest.raises(ValueError, match="No global client"):
        get_client()


def test_with_an_address_the_running_cluster_does_the_work_and_lives_on() -> None:
    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as running:
        with connected(Settings(backend="dask", scheduler=running.scheduler_address)):
            assert get_client().scheduler_info()["address"] == running.scheduler_address
        assert len(running.workers) == 1


def test_a_scheduler_that_does_not_answer_is_an_error_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.pipeline.cluster.PATIENCE_S", 0.2)
    with (
        pytest.raises(InputError, match=r"nobody answers at tcp://127\.0\.0\.1:9"),
        connected(Settings(backend="dask", scheduler="tcp://127.0.0.1:9")),
    ):
        pass


def test_without_dask_the_way_to_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match="pip install"), connected(Settings(backend="dask")):
        pass


@pytest.mark.parametrize("backend", ["loky", "threading"])
def test_other_backends_need_no_cluster(monkeypatch: pytest.MonkeyPatch, backend: str) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    worked = False
    with connected(Settings(backend=backend)):  # type: ignore[arg-type]
        worked = True
    assert worked
