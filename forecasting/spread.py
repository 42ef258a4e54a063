"""Work on many queues, spread over processes, threads or a cluster; how far it is, is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from joblib import Parallel, delayed, parallel_config

Say = Callable[[str], None]
FEWEST, LINES = 10, 10  # queues from which progress is said, and the most lines it takes


def unsaid(text: str) -> None:
    """Keeps progress to itself."""


@contextmanager
def spread(*, workers: int, backend: str) -> Iterator[Parallel]:
    """Workers of a joblib backend, for as long as the block runs; "dask" needs a client to be connected."""
    with parallel_config(backend=backend, n_jobs=workers), Parallel(return_as="generator") as run:
        yield run


def each(
    run: Parallel,
    work: Callable[..., Any],
    *,
    calls: Sequence[tuple[Any, ...]],
    doing: str = "forecast",
    say: Say = unsaid,
) -> list[Any]:
    """What `work` gives for each tuple of arguments, in their order, whatever finishes first.

    `run` comes from `spread`; `doing` says in progress what is done to the queues.
    """
    results = run(delayed(work)(*call) for call in calls)
    return list(_counted(results, total=len(calls), say=lambda done: say(f"{doing}: {done}")))


def _counted(results: Iterator[Any], *, total: int, say: Say) -> Iterator[Any]:
    """The results as they are, with a line after every tenth of many."""
    step = -(-total // LINES)
    for done, result in enumerate(results, start=1):
        yield result
        if total >= FEWEST and done % step == 0 and done < total:
            say(f"{done} of {total} queues")
