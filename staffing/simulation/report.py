"""SERVICE_CHECK: simulated measures beside their targets, from counts pooled over replications."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.centre import Queue
from planner.domain.measures import Quotient, ServiceCounts, service_level
from staffing.simulation.counts import Counts
from staffing.simulation.horizon import Horizon

LOW, HIGH = 0.05, 0.95  # quantiles over replications


@dataclass(frozen=True)
class Measured:
    """One measure of one queue, replications x periods, and what the contract asks."""

    name: str
    quotient: Quotient
    target: float | None
    at_least: bool = True


def service_check(
    counts: Counts, *, queues: Sequence[Queue], horizon: Horizon, expected: np.ndarray, seed: int
) -> pd.DataFrame:
    """SERVICE_CHECK rows of one site; counts are replications x queues x intervals.

    `expected` (queues x intervals) is the forecast: intervals in which nobody is expected are closed
    and get no row of their own.
    """
    frames = []
    for level, first, starts in horizon.levels():
        pooled = Counts(*(np.add.reduceat(part, first, axis=-1) for part in counts))
        is_open = np.add.reduceat(expected, first, axis=-1) > 0
        for number, queue in enumerate(queues):
            of_queue = Counts(*(part[:, number][:, is_open[number]] for part in pooled))
            frames += [
                _rows(measured, of_queue, starts=starts[is_open[number]]).assign(
                    **queue.key._asdict(), level=level
                )
                for measured in measures(of_queue, queue)
            ]
    return pd.concat(frames, ignore_index=True).assign(replications=len(counts.offered), seed=seed)


def measures(counts: Counts, queue: Queue) -> Iterator[Measured]:
    """The measures that a queue of its kind is judged by; counts are replications x periods."""
    target = queue.target
    if queue.kind != "deferred":
        yield from _service_levels(counts, queue)
        yield Measured(
            "abandonment", Quotient(counts.abandoned, counts.offered), target.max_abandonment, at_least=False
        )
        yield Measured("asa_s", Quotient(counts.wait_s, counts.answered), target.max_asa_s, at_least=False)
    yield Measured(
        "occupancy", Quotient(counts.busy_s, counts.staffed_s), target.max_occupancy, at_least=False
    )
    if target.deadline is not None:
        yield Measured("met_deadline", Quotient(counts.met, counts.judged), target.deadline.share)


def _service_levels(counts: Counts, queue: Queue) -> Iterator[Measured]:
    in_time = (
        (counts.answered_in_t1, counts.abandoned_in_t1),
        (counts.answered_in_t2, counts.abandoned_in_t2),
    )
    names = ("service_level", "service_level_2")
    for name, (answered, abandoned), level in zip(
        names, in_time, queue.target.service_levels[:2], strict=False
    ):
        of_level = ServiceCounts(
            counts.offered, counts.answered, counts.abandoned, answered, abandoned, counts.abandoned_short
        )
        yield Measured(name, service_level(of_level, queue.target.formula), level.share)


def _rows(measured: Measured, counts: Counts, *, starts: pd.DatetimeIndex) -> pd.DataFrame:
    values = measured.quotient.value
    pooled = Quotient(
        np.sum(measured.quotient.numerator, axis=0), np.sum(measured.quotient.denominator, axis=0)
    )
    return pd.DataFrame(
        {
            "interval_start": starts,
            "measure": measured.name,
            "value": pooled.value,
            "low": quantile(values, LOW),
            "high": quantile(values, HIGH),
            "target": np.nan if measured.target is None else measured.target,
            "p_meets": share_meeting(values, measured),
            "offered": counts.offered.mean(axis=0),
        }
    )


def share_meeting(values: np.ndarray, measured: Measured) -> np.ndarray:
    """Share of replications that meet the target, of those in which there was anything to measure."""
    if measured.target is None:
        return np.full(values.shape[1], np.nan)
    meets = values >= measured.target if measured.at_least else values <= measured.target
    return Quotient(meets.sum(axis=0), (~np.isnan(values)).sum(axis=0)).value


def quantile(values: np.ndarray, share: float) -> np.ndarray:
    """Quantile over the first axis without the NaN (linear between order statistics); NaN if all are.

    numpy's nanquantile walks the columns one by one, which takes minutes here.
    """
    ordered = np.sort(values, axis=0)  # NaN last
    place = share * np.maximum((~np.isnan(values)).sum(axis=0) - 1, 0)
    below = np.floor(place).astype(int)
    columns = np.arange(values.shape[1])
    low, high = ordered[below, columns], ordered[np.ceil(place).astype(int), columns]
    return low + (high - low) * (place - below)
