"""Voice, chat and messaging from forecast to requirement: the least agents through the day, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

from planner.domain.centre import Centre, Handling, Queue, QueueKey, StaffingMethod, Target
from planner.domain.problems import InputError, Problem
from planner.domain.tables import QUEUE
from staffing.day import Met, Staffed, Stretch, least_through, modified_load, staffed
from staffing.least import Limits, limits_of
from staffing.weibull_patience import effective_patience_s
from staffing.working_hours import is_worked

Solve = Callable[..., pd.DataFrame]
LEVEL_COLUMNS = ("service_level", "service_level_2")


def immediate_rows(
    planned: pd.DataFrame, centre: Centre, *, method: StaffingMethod = "sequential", workers: int = 1
) -> pd.DataFrame:
    """REQUIREMENT rows, without people at work, of the open intervals of voice, chat and messaging.

    planned: one row per queue and interval with offered, aht_s and load_erlangs. InputError when a
    queue's targets cannot be met by anybody.
    """
    return _of_each_queue(queue_rows, planned, centre, method=method, workers=workers)


def agents_rows(
    planned: pd.DataFrame, centre: Centre, *, method: StaffingMethod = "sequential", workers: int = 1
) -> pd.DataFrame:
    """The rows of `immediate_rows` with their agents and nothing else: half the work."""
    return _of_each_queue(queue_agents, planned, centre, method=method, workers=workers)


def _of_each_queue(
    solve: Solve, planned: pd.DataFrame, centre: Centre, *, method: StaffingMethod, workers: int
) -> pd.DataFrame:
    found = [
        (rows[is_worked(queue, pd.DatetimeIndex(rows["interval_start"]))], queue)
        for key, rows in planned.groupby([*QUEUE], sort=False)
        for queue in [centre.queues[QueueKey(*key)]]
        if queue.kind != "deferred"
    ]
    # threads: the walk is compiled and lets the others run
    parts: Sequence[pd.DataFrame] = Parallel(n_jobs=workers, backend="threading")(
        delayed(solve)(rows, queue, method=method) for rows, queue in found if len(rows)
    )
    return pd.concat([planned.iloc[:0].assign(agents_on_contact=0), *parts], ignore_index=True)


def queue_agents(rows: pd.DataFrame, queue: Queue, *, method: StaffingMethod) -> pd.DataFrame:
    """Rows of one queue with the least agents."""
    rows, handling = rows.sort_values("interval_start"), handling_of(queue)
    with _possible(queue):
        limits = limits_of(queue.target, handling)
        stretch = stretch_of(rows, handling, limits=limits)
        return rows.assign(agents_on_contact=least_through(stretch, limits, method=method))


@contextmanager
def _possible(queue: Queue) -> Iterator[None]:
    """InputError, with the queue's name, where a target cannot be met by anybody."""
    try:
        yield
    except (ValueError, OverflowError) as error:
        raise InputError([Problem("impossible_target", f"{queue.key}: {error}")]) from error


def queue_rows(rows: pd.DataFrame, queue: Queue, *, method: StaffingMethod) -> pd.DataFrame:
    """Rows of one queue with the least agents, what binds, what to expect, and what one fewer would give."""
    rows = rows.sort_values("interval_start")
    handling = handling_of(queue)
    with _possible(queue):
        limits = limits_of(queue.target, handling)
        found = staffed(stretch_of(rows, handling, limits=limits), limits, method=method)
    words = np.array([*target_words(queue.target), None], dtype=object)
    least = found.least
    fewer = _expected(found.fewer, least.agents, handling=handling)
    return rows.assign(
        agents_on_contact=least.agents,
        binding=words[least.binding],
        **_needs(least.needs, len(queue.target.service_levels)),
        **_expected(found.met, least.agents, handling=handling),
        **{f"fewer_{name}": cells for name, cells in fewer.items()},
        fewer_breaks=_broken(found, queue.target, handling=handling),
    )


def stretch_of(rows: pd.DataFrame, handling: Handling, *, limits: Limits) -> Stretch:
    """Open intervals of one queue in order of time; after a gap the queue begins empty.

    Weibull patience becomes the exponential one that loses as many, interval by interval.
    """
    step = pd.to_timedelta(rows["interval_min"], unit="min")
    stretch = Stretch(
        rows["offered"].to_numpy(float),
        float(rows["interval_min"].iloc[0]) * 60,
        rows["aht_s"].to_numpy(float),
        handling,
        opens=(rows["interval_start"].diff() != step).to_numpy(),
    )
    if handling.patience_s is None or handling.patience_shape == 1:
        return stretch
    steady = replace(stretch.holding, load=modified_load(stretch))
    patience_s = effective_patience_s(steady, shape=handling.patience_shape, limits=limits)
    return replace(stretch, patience_s=patience_s)


def handling_of(queue: Queue) -> Handling:
    """The queue's handling; on immediate channels one contact at a time, answered without delay."""
    if queue.kind == "concurrent":
        return queue.handling
    return replace(queue.handling, concurrency=1, slow_down=0.0, reaction_s=0.0, idle_s=0.0)


def target_words(target: Target) -> list[str | None]:
    """The targets in words, in the order of `Least.needs`; None = no such target.

    >>> target_words(Target(max_abandonment=0.05))
    ['abandonment ≤ 5 %', None, None]
    """
    abandonment, occupancy, asa = target.max_abandonment, target.max_occupancy, target.max_asa_s
    return [
        *map(str, target.service_levels),
        None if abandonment is None else f"abandonment ≤ {abandonment * 100:g} %",
        None if occupancy is None else f"occupancy ≤ {occupancy * 100:g} %",
        None if asa is None else f"ASA ≤ {asa:g} s",
    ]


def _needs(needs: np.ndarray, levels: int) -> dict[str, np.ndarray]:
    """What each target alone would need; of several service levels the first two have a column."""
    names = [*LEVEL_COLUMNS[:levels], *(["_"] * max(0, levels - 2)), "abandonment", "occupancy", "asa"]
    return {f"needs_{name}": cells for name, cells in zip(names, needs.T, strict=True) if name != "_"}


def _expected(met: Met, agents: np.ndarray, *, handling: Handling) -> dict[str, np.ndarray]:
    """What customers and agents meet, the reaction counted as waiting; blank where nobody is needed."""
    columns = {
        "abandonment": met.abandonment,
        "occupancy": met.occupancy,
        "asa_s": met.asa_s + handling.reaction_s,
        **dict(zip(LEVEL_COLUMNS, met.levels.T, strict=False)),
    }
    return {name: np.where(agents > 0, cells, np.nan) for name, cells in columns.items()}


def _broken(found: Staffed, target: Target, *, handling: Handling) -> np.ndarray:
    """The targets that one agent fewer would break, in words, several joined by "; "; None where none."""
    met, asa_s = found.fewer, found.fewer.asa_s + handling.reaction_s
    asked = [
        *(level < each.share for level, each in zip(met.levels.T, target.service_levels, strict=True)),
        met.abandonment > _or_never(target.max_abandonment),
        met.occupancy > _or_never(target.max_occupancy),
        (asa_s > _or_never(target.max_asa_s)) | (np.isnan(asa_s) & (target.max_asa_s is not None)),
    ]
    result = np.full(len(met.abandonment), None, dtype=object)
    for words, breaks in zip(target_words(target), asked, strict=True):
        hit = breaks & (found.least.agents > 0)
        result[hit] = [f"{before}; {words}" if before else words for before in result[hit]]
    return result


def _or_never(most: float | None) -> float:
    return np.inf if most is None else most
