"""Deferred queues from forecast to requirement: arrivals at any hour, work in open hours.

The week before the plan is taken to be like its first, and the week after it like its last, so that the
first Monday finds the weekend's backlog and the last Friday still works for the Monday after. Where the
backlog at the plan's start is known (`Queue.backlog`) it takes the place of the week before: contacts
not yet touched, that came evenly over the open hours of one deadline.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from planner.domain.centre import Blending, Deadline, Queue
from planner.domain.problems import InputError, Problem
from staffing.contact_states import States, contact_states
from staffing.deferred import (
    WEEK_H,
    WORKING_SHARE,
    Backlog,
    Placed,
    allowed_intervals,
    away_of,
    place,
)
from staffing.working_hours import is_worked

DAY_H = 24


@dataclass(frozen=True)
class Axis:
    """The intervals of the plan with what stands before and after them.

    After it a week like its last; before it a week like its first, or, with `old`, so many entries that
    are no time at all and hold old work.
    """

    plan: pd.DatetimeIndex
    step_h: float
    old: int = 0

    @property
    def week(self) -> int:
        """Intervals of a week; 0 where the plan is shorter."""
        whole = round(WEEK_H / self.step_h)
        return whole if len(self.plan) >= whole else 0

    @property
    def inside(self) -> slice:
        """Which entries are the plan's."""
        before = self.old or self.week
        return slice(before, before + len(self.plan))

    @property
    def starts(self) -> pd.DatetimeIndex:
        """The moments of all entries."""
        step = pd.Timedelta(hours=self.step_h)
        count = len(self.plan) + self.week + self.inside.start
        return pd.date_range(self.plan[0] - self.inside.start * step, periods=count, freq=step).as_unit("us")

    def around(self, values: np.ndarray, *, old: float = 0.0) -> np.ndarray:
        """Values of the plan's intervals, its first and last week repeated before and after it.

        `old` is spread over the entries of old work, if there are any.
        """
        before = np.full(self.old, old / self.old) if self.old else values[: self.week]
        return np.concatenate([before, values, values[len(values) - self.week :]])


@dataclass(frozen=True)
class Worked:
    """A deferred queue on its axis: its own agents and what they do, and what becomes of its contacts."""

    queue: Queue
    axis: Axis
    placed: Placed
    states: States


def deferred_rows(
    planned: pd.DataFrame, queues: Sequence[Queue], *, others: pd.DataFrame, blending: Blending
) -> pd.DataFrame:
    """REQUIREMENT rows, without people at work, of the open intervals of deferred queues.

    planned: one row per deferred queue and interval with offered and aht_s; others: REQUIREMENT rows of
    the immediate queues. `offered` becomes the contacts worked in the interval (touches over those that a
    contact takes), those in idle voice time included, and `load_erlangs` the agents they take;
    `agents_on_contact` are the queue's own, and `occupancy` is theirs.
    """
    parts = [
        _rows(worked, usual_aht_s=float(rows["aht_s"].mean()))
        for rows, worked in worked_queues(planned, queues, others=others, blending=blending)
    ]
    return pd.concat(parts, ignore_index=True) if parts else planned.iloc[:0]


def worked_queues(
    planned: pd.DataFrame, queues: Sequence[Queue], *, others: pd.DataFrame, blending: Blending
) -> Iterator[tuple[pd.DataFrame, Worked]]:
    """Each deferred queue's rows and how they are worked; the arguments are those of `deferred_rows`."""
    rows = dict(iter(planned.groupby(["site", "language", "channel"], sort=False)))
    near = dict(iter(others.groupby(["site", "language"], sort=False)))
    for pair in dict.fromkeys((queue.key.site, queue.key.language) for queue in queues):
        team = [q for q in queues if (q.key.site, q.key.language) == pair and tuple(q.key) in rows]
        share = blending.idle_share if pair[1] in blending.languages else 0.0
        yield from _of_one_team(team, rows, near=near.get(pair, others.iloc[:0]), idle_share=share)


def _of_one_team(
    team: Sequence[Queue], rows: Mapping[tuple, pd.DataFrame], *, near: pd.DataFrame, idle_share: float
) -> Iterator[tuple[pd.DataFrame, Worked]]:
    """One site and language: the tightest deadline is served first, what idle time is left goes on."""
    if not team:
        return
    axis = _axis(pd.concat([rows[tuple(queue.key)] for queue in team]))
    voice = near[near["channel"] == "voice"]
    spare = (voice["agents_on_contact"] - voice["load_erlangs"]).clip(lower=0) * axis.step_h * idle_share
    idle_h = _on(axis.plan, voice["interval_start"], spare)
    busy = _on(axis.plan, near["interval_start"], near["agents_on_contact"])
    for queue in sorted(team, key=lambda queue: deadline_of(queue).within_business_h):
        rows_here = rows[tuple(queue.key)]
        worked = _work(queue, rows_here, axis=axis, busy=busy, idle_h=idle_h)
        placed, inside = worked.placed, worked.axis.inside
        busy, idle_h = busy + placed.agents[inside], idle_h - placed.idle_h[inside]
        yield rows_here, worked


def _work(queue: Queue, rows: pd.DataFrame, *, axis: Axis, busy: np.ndarray, idle_h: np.ndarray) -> Worked:
    """The queue's own agents and what becomes of its contacts."""
    deadline = deadline_of(queue)
    allowed = allowed_intervals(deadline, axis.step_h)
    axis = replace(axis, old=0 if queue.backlog is None else allowed)
    contacts = _on(axis.plan, rows["interval_start"], rows["offered"])
    hours = _on(axis.plan, rows["interval_start"], rows["offered"] * rows["aht_s"] / 3600)
    old = queue.backlog or 0.0
    backlog = replace(
        _backlog(queue, axis, axis.around(hours, old=old * float(rows["aht_s"].mean()) / 3600)),
        busy=axis.around(busy),
        idle_h=axis.around(idle_h),
    )
    working_share = queue.target.max_occupancy or WORKING_SHARE
    placed = place(backlog, deadline=deadline, step_h=axis.step_h, working_share=working_share)
    came = axis.around(contacts, old=old)
    return Worked(
        queue,
        axis,
        placed,
        contact_states(backlog, came, placed=placed, allowed=allowed, step_h=axis.step_h),
    )


def _backlog(queue: Queue, axis: Axis, arriving_h: np.ndarray) -> Backlog:
    """The queue's work on its axis, nobody busy and no idle time yet; InputError on impossible shares."""
    try:
        away = away_of(queue.handling)
    except ValueError as error:
        raise InputError([Problem("impossible_shares", f"{queue.key}: {error}")]) from error
    is_open = is_worked(queue, axis.starts)
    is_open[: axis.old] = False
    none = np.zeros(len(arriving_h))
    return Backlog(arriving_h, is_open, _days(axis, is_open, queue), none, none, away, axis.old)


def _rows(worked: Worked, *, usual_aht_s: float) -> pd.DataFrame:
    queue, axis, placed = worked.queue, worked.axis, worked.placed
    inside, plan = axis.inside, axis.plan
    hours = (placed.own_h + placed.idle_h)[inside]
    agents, own = placed.agents[inside], placed.own_h[inside]
    contacts = worked.states.worked[inside] / away_of(queue.handling).touches
    table = pd.DataFrame(
        {
            "site": queue.key.site,
            "language": queue.key.language,
            "channel": queue.key.channel,
            "interval_start": plan,
            "interval_min": round(axis.step_h * 60),
            "offered": contacts,
            "aht_s": np.where(contacts > 0, hours * 3600 / np.where(contacts > 0, contacts, 1), usual_aht_s),
            "load_erlangs": hours / axis.step_h,
            "agents_on_contact": agents,
            "binding": pd.Series(str(queue.target.deadline), range(len(plan))).where(agents > 0),
            "occupancy": np.where(agents > 0, own / np.maximum(agents, 1) / axis.step_h, np.nan),
        }
    )
    return table[is_worked(queue, plan)]


def _axis(rows: pd.DataFrame) -> Axis:
    step_h = float(rows["interval_min"].iloc[0]) / 60
    first, last = rows["interval_start"].min(), rows["interval_start"].max()
    step = pd.Timedelta(hours=step_h)
    return Axis(pd.date_range(first, last, freq=step).as_unit("us"), step_h)


def _on(plan: pd.DatetimeIndex, starts: pd.Series, values: pd.Series) -> np.ndarray:
    """Values summed at their interval of the plan; 0 where there is none."""
    at = plan.get_indexer(pd.DatetimeIndex(starts))
    known = at >= 0
    return np.bincount(at[known], values.to_numpy(dtype=float)[known], len(plan))


def _days(axis: Axis, is_open: np.ndarray, queue: Queue) -> np.ndarray:
    """The number of the working day: open intervals in a row; those longer than a day break at midnight."""
    begins = is_open & ~np.append(False, is_open[:-1])
    run = np.cumsum(begins)
    length = np.bincount(run, is_open)[run] * axis.step_h
    local = axis.starts.tz_convert(queue.hours.zone).tz_localize(None).normalize()
    midnight = np.append(False, local[1:] != local[:-1])
    return np.cumsum(begins | (midnight & (length > DAY_H)))


def deadline_of(queue: Queue) -> Deadline:
    """The queue's deadline; without one, everything within 24 business hours."""
    return queue.target.deadline or Deadline(1.0, DAY_H)
