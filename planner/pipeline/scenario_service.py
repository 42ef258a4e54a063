"""What becomes of service when the scenario's contacts meet the people the base needs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.domain.centre import CHANNEL_KINDS, Centre, QueueKey
from planner.domain.scenario_tables import SCENARIO_SERVICE
from planner.domain.tables import QUEUE
from planner.domain.timegrid import local_day
from planner.pipeline.modelled import Happening, modelled
from planner.scenarios.demand import Demand, Flow
from staffing.requirement import Staffing, requirement

LITTLE = 1e-4  # of a week's work: less is no change
PLANNED, HAPPENED = 0, 3  # coalitions of modelled: nothing, and volume with handle time


def hardest_week(base: Demand, changed: Demand) -> pd.Timestamp:
    """The Monday of the week in which the scenario adds most work to queues; where it adds none, has most."""
    before, after = _work_by_week(base), _work_by_week(changed)
    more = after.sub(before, fill_value=0.0).clip(lower=0).groupby(level="week").sum()
    whole = after.groupby(level="week").sum()
    return pd.Timestamp((more if more.max() > LITTLE * whole.max() else whole).idxmax())


def _work_by_week(demand: Demand) -> pd.Series:
    """Seconds of work by queue and week."""
    parts = {str(key): _of_weeks(flow) for key, flow in demand.items()}
    return pd.concat(parts, names=["queue", "week"])


def _of_weeks(flow: Flow) -> pd.Series:
    return pd.Series(flow.by_day(flow.work_s), index=_monday(flow.days)).groupby(level=0).sum()


def _monday(days: pd.DatetimeIndex) -> pd.DatetimeIndex:
    return days - pd.to_timedelta(days.day_of_week, unit="D")


def service_if_kept(
    base: Demand, changed: Demand, forecast: pd.DataFrame, *, centre: Centre, week: pd.Timestamp
) -> pd.DataFrame:
    """SCENARIO_SERVICE of one week: voice, chat and messaging as if steady in each interval.

    The people are those the base needs at the mean of its FORECAST; what the scenario brings, they answer.
    In queues that the base does not have there is nobody: what comes there is not answered.
    """
    days = local_days_of(forecast, centre)
    mine = forecast[(days >= week) & (days < week + pd.Timedelta(days=7))]
    kinds = {key for key, queue in centre.queues.items() if queue.kind != "deferred"}
    keys = pd.MultiIndex.from_frame(mine[list(QUEUE)])
    needed = requirement(mine[keys.isin(kinds)], centre, staffing=Staffing(method="sipp"))
    parts = [
        part
        for key, rows in needed.groupby(list(QUEUE), sort=False)
        for part in _of_queue(rows, base[key], changed.get(key, base[key]), centre)
    ]
    new = {key: flow for key, flow in changed.items() if key not in base and _is_immediate(key)}
    parts += [part for key, flow in new.items() for part in _unanswered(key, flow, week)]
    return SCENARIO_SERVICE.check(pd.concat(parts, ignore_index=True) if parts else SCENARIO_SERVICE.empty())


def _unanswered(key: QueueKey, flow: Flow, week: pd.Timestamp) -> Iterator[pd.DataFrame]:
    """Each day of the week of a queue in which there is nobody."""
    inside = (flow.days >= week) & (flow.days < week + pd.Timedelta(days=7))
    offered = flow.by_day(flow.offered)[inside]
    for measure, share in (("service_level", 0.0), ("abandonment", 1.0)):
        rows = {"day": flow.days[inside], "measure": measure, "offered": offered, "base": np.nan}
        yield pd.DataFrame({**dict(zip(QUEUE, key, strict=True)), **rows, "scenario": share})


def _is_immediate(key: QueueKey) -> bool:
    return CHANNEL_KINDS.get(key[2], "deferred") != "deferred"


def local_days_of(rows: pd.DataFrame, centre: Centre) -> pd.Series:
    """The local day of each row of a table by site and interval."""
    parts = [
        local_day(part["interval_start"], centre.sites[str(site)].time_zone)
        for site, part in rows.groupby("site", sort=False)
    ]
    return pd.concat(parts).reindex(rows.index)


def _of_queue(needed: pd.DataFrame, base: Flow, changed: Flow, centre: Centre) -> Iterator[pd.DataFrame]:
    key = QueueKey(*needed[list(QUEUE)].iloc[0])
    start = pd.DatetimeIndex(needed["interval_start"])
    at, then = base.start.get_indexer(start), changed.start.get_indexer(start)
    open_then = then >= 0
    agents = np.repeat(needed["agents_on_contact"].to_numpy(float)[:, None], 8, axis=1)
    happening = Happening(
        np.column_stack([base.offered[at], np.where(open_then, changed.offered[then], 0.0)]),
        np.column_stack([base.aht_s[at], np.where(open_then, changed.aht_s[then], base.aht_s[at])]),
        agents,
        np.full(len(start), needed["interval_min"].iloc[0] * 60.0),
    )
    days = base.days[base.day_of[at]]
    for measure, values in modelled(centre.queues[key], happening).items():
        yield _by_day(key, days, measure, values, happening.contacts)


def _by_day(
    key: tuple[str, ...], days: pd.DatetimeIndex, measure: str, values: np.ndarray, contacts: np.ndarray
) -> pd.DataFrame:
    """Shares of intervals as shares of the day's contacts."""
    rows = pd.DataFrame(
        {
            "day": days,
            "offered": contacts[:, 1],
            "base_offered": contacts[:, 0],
            "base": values[:, PLANNED] * contacts[:, 0],
            "scenario": values[:, HAPPENED] * contacts[:, 1],
        }
    )
    sums = rows.groupby("day", as_index=False).sum()
    sums = sums[(sums["offered"] > 0) & (sums["base_offered"] > 0)]
    return sums.assign(
        measure=measure,
        base=(sums["base"] / sums["base_offered"]).clip(0, 1),
        scenario=(sums["scenario"] / sums["offered"]).clip(0, 1),
        **dict(zip(QUEUE, key, strict=True)),
    )[[column.name for column in SCENARIO_SERVICE.columns if column.needed]]
