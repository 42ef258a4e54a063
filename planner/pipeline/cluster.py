"""The Dask cluster that work is spread over, connected for as long as it takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from planner.config import Settings
from planner.domain.problems import InputError, Problem

PATIENCE_S = 10  # for a scheduler to answer
MISSING = "needs Dask, which is not installed; pip install 'dask[distributed]', or write backend: loky"


@contextmanager
def connected(settings: Settings) -> Iterator[None]:
    """Connects to the cluster that `settings.backend: dask` asks for; nothing to do for another backend.

    With a scheduler's address its workers do the work, and must have the same planner installed. Without
    one, as many processes as `settings.workers` are started on this machine and ended again.
    InputError when Dask is not installed or nobody answers at the address.
    """
    if settings.backend != "dask":
        yield
        return
    with _cluster(settings) as where, _client(where):
        yield


def _cluster(settings: Settings) -> Any:
    """A cluster of our own, or the address of one that runs."""
    if settings.scheduler is not None:
        return nullcontext(settings.scheduler)
    return _distributed().LocalCluster(
        n_workers=settings.workers, threads_per_worker=1, processes=True, dashboard_address=None
    )


def _client(where: Any) -> Any:
    try:
        return _distributed().Client(where, timeout=PATIENCE_S)
    except OSError:
        note = f"nobody answers at {where} within {PATIENCE_S} s; is the Dask scheduler running?"
        raise InputError([Problem("no_scheduler", note, "plan.yaml", None, "settings.scheduler")]) from None


def _distributed() -> Any:
    try:
        import distributed
    except ImportError:
        problem = Problem("no_dask", MISSING, "plan.yaml", None, "settings.backend")
        raise InputError([problem]) from None
    return distributed
