"""SERVICE_CHECK: simulated measures beside their targets, from counts pooled over replications."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.centre import Queue
from planner.domain.measures import Quotient, ServiceCounts, service_level
from staffing.simulation.certainty import ratio
from staffing.simulation.counts import Counts
from staffing.simulation.horizon import Horizon

LOW, HIGH = 0.05, 0.95  # quantiles over replications
ALL_TARGETS = "all_targets"


@dataclass(frozen=True)
class Measured:
    """One measure of one queue or roll-up, replications x periods, and what the contract asks."""

    name: str
    quotient: Quotient
    target: float | None
    at_least: bool = True

    def met(self) -> np.ndarray:
        """Where the target is met; where nothing was measured it is not."""
        value = self.quotient.value
        limit = np.nan if self.target is None else self.target
        return value >= limit if self.at_least else value <= limit

    def pooled(self, first: np.ndarray) -> Measured:
        """The same over longer periods, given the number of the first of each."""
        parts = (np.add.reduceat(part, first, axis=1) for part in self.quotient)
        return Measured(self.name, Quotient(*parts), self.target, self.at_least)


@dataclass(frozen=True)
class Service:
    """All that is measured of one queue or roll-up: offered, and the measures, replications x periods.

    `is_open` says in which periods anybody is expected: the others get no row.
    """

    is_open: np.ndarray
    offered: np.ndarray
    measured: tuple[Measured, ...]

    def pooled(self, first: np.ndarray) -> Service:
        """The same over longer periods, given the number of the first of each."""
        is_open, offered = (np.add.reduceat(part, first, axis=-1) for part in (self.is_open, self.offered))
        return Service(is_open > 0, offered, tuple(one.pooled(first) for one in self.measured))


def service_check(
    counts: Counts, *, queues: Sequence[Queue], horizon: Horizon, expected: np.ndarray, seed: int
) -> pd.DataFrame:
    """SERVICE_CHECK rows of one site; counts are replications x queues x intervals.

    `expected` (queues x intervals) is the forecast: intervals in which nobody is expected are closed
    and get no row of their own.
    """
    frames = [
        rows(service.pooled(first), starts=starts).assign(**queue.key._asdict(), level=level)
        for queue, service in zip(queues, services(counts, queues=queues, expected=expected), strict=True)
        for level, first, starts in horizon.levels()
    ]
    return pd.concat(frames, ignore_index=True).assign(replications=len(counts.offered), seed=seed)


def services(counts: Counts, *, queues: Sequence[Queue], expected: np.ndarray) -> Iterator[Service]:
    """What is measured of each queue in every interval."""
    for number, queue in enumerate(queues):
        of_queue = Counts(*(part[:, number].astype(float) for part in counts))
        yield Service(expected[number] > 0, of_queue.offered, tuple(measures(of_queue, queue)))


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


def rows(service: Service, *, starts: pd.DatetimeIndex) -> pd.DataFrame:
    """SERVICE_CHECK rows of one queue or roll-up, but for its key and level."""
    frames = [
        _rows(one, service, starts=starts) for one in (*service.measured, *all_targets(service.measured))
    ]
    return pd.concat([frame[service.is_open] for frame in frames], ignore_index=True)


def all_targets(measured: Sequence[Measured]) -> Iterator[Measured]:
    """Whether all targets are met together; a target of which nothing was measured is not in the way."""
    aimed = [one for one in measured if one.target is not None]
    if not aimed:
        return
    known = np.array([~np.isnan(one.quotient.value) for one in aimed])
    met = np.array([one.met() for one in aimed])
    yield Measured(
        ALL_TARGETS, Quotient((met | ~known).all(axis=0) & known.any(axis=0), known.any(axis=0)), 1.0
    )


def _rows(measured: Measured, service: Service, *, starts: pd.DatetimeIndex) -> pd.DataFrame:
    values = measured.quotient.value
    mean = ratio(*(np.asarray(part, float) for part in measured.quotient))
    frame = pd.DataFrame(
        {
            "interval_start": starts,
            "measure": measured.name,
            "value": mean.value,
            "low": quantile(values, LOW),
            "high": quantile(values, HIGH),
            "mean_low": np.maximum(np.where(np.isinf(mean.low), np.nan, mean.low), 0.0),
            "mean_high": np.minimum(np.where(np.isinf(mean.high), np.nan, mean.high), _largest(measured)),
            "target": np.nan if measured.target is None else measured.target,
            "p_meets": share_meeting(measured),
            "offered": service.offered.mean(axis=0),
        }
    )
    # a single day either meets its targets or not: there is no range, and no further target
    return frame.assign(target=np.nan, low=np.nan, high=np.nan) if measured.name == ALL_TARGETS else frame


def _largest(measured: Measured) -> float:
    """What the measure cannot exceed: all but the mean wait are shares."""
    return np.inf if measured.name == "asa_s" else 1.0


def share_meeting(measured: Measured) -> np.ndarray:
    """Share of replications that meet the target, of those in which there was anything to measure."""
    values = measured.quotient.value
    if measured.target is None:
        return np.full(values.shape[1], np.nan)
    return Quotient(measured.met().sum(axis=0), (~np.isnan(values)).sum(axis=0)).value


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
