"""After an outage: how long the deferred contacts it brought stay open with the people there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import pandas as pd

from planner.config import Plan
from planner.domain.centre import Centre, QueueKey
from planner.domain.scenario import Flood, Scenario, day_of
from planner.domain.scenario_tables import SCENARIO_BACKLOG
from planner.domain.tables import QUEUE
from planner.scenarios.demand import HOUR_S, Demand, Flow
from planner.scenarios.setting import Setting
from staffing.deferred import WORKING_SHARE
from staffing.requirement import Staffing, requirement

ONE = 1.0  # contact
WEEKS_BEFORE, WEEKS_AFTER = 1, 8  # of the outage's week: the weekend's backlog, and until all is gone


@dataclass(frozen=True)
class Cases:
    """Contacts without the outage, with it, and with it and nothing answered in bulk."""

    base: Demand
    scenario: Demand
    no_bulk: Demand


def floods(scenario: Scenario) -> list[Flood]:
    """The outages of a scenario."""
    return [change for change in scenario.changes if isinstance(change, Flood)]


def day_of_flood(flood: Flood, setting: Setting) -> pd.Timestamp:
    """The local day of an outage."""
    return pd.Timestamp(day_of(flood.day, setting.first_monday) + timedelta(days=flood.weekday))


def without_bulk(scenario: Scenario) -> Scenario:
    """The scenario with each contact of an outage answered alone."""
    changes = tuple(
        replace(change, bulk_share=0.0) if isinstance(change, Flood) else change
        for change in scenario.changes
    )
    return replace(scenario, changes=changes)


def backlog_after(
    scenario: Scenario, cases: Cases, forecast: pd.DataFrame, *, plan: Plan, setting: Setting
) -> pd.DataFrame:
    """SCENARIO_BACKLOG of the deferred queues that outages meet; empty without one.

    The people are those the base needs at the mean of its FORECAST; from the outage on, and until it is gone,
    they work without the reserve that they are planned with. Work is a fluid: what is open grows by what
    comes and falls by what they can do, B = max(B + A - C, 0), in contacts as long as usual.
    """
    parts = []
    for flood in floods(scenario):
        monday = day_of_flood(flood, setting)
        monday -= pd.Timedelta(days=monday.day_of_week)
        for key in setting.meant(cases.base, flood.where):
            if setting.centre.queues[key].kind == "deferred" and key in cases.scenario:
                able = _able_h(key, cases.base[key], forecast, centre=setting.centre, monday=monday)
                day = day_of_flood(flood, setting)
                parts.append(_of_queue(key, cases, able, day=day, overtime=plan.capacity.overtime_share))
    if not parts:
        return SCENARIO_BACKLOG.empty()
    whole = pd.concat(parts, ignore_index=True).drop_duplicates([*QUEUE, "day"])
    return SCENARIO_BACKLOG.check(whole)


def _able_h(
    key: QueueKey, flow: Flow, forecast: pd.DataFrame, *, centre: Centre, monday: pd.Timestamp
) -> pd.DataFrame:
    """Hours of work that the base's people can do for a queue, by the start of each interval of the weeks.

    `usual`: its own people at their working share, and what voice agents do for it in idle time;
    `reserve`: what its own people can do on top, without a pause.
    """
    days = flow.days[flow.day_of]
    inside = (days >= monday - pd.Timedelta(weeks=WEEKS_BEFORE)) & (
        days < monday + pd.Timedelta(weeks=WEEKS_AFTER)
    )
    start = flow.start[inside]
    near = forecast[(forecast["site"] == key[0]) & (forecast["language"] == key[1])]
    near = near[near["interval_start"].between(start[0], start[-1])]
    needed = requirement(near, centre, staffing=Staffing(method="sipp"))
    mine = needed[needed["channel"] == key[2]].set_index("interval_start")
    step_h = flow.interval_min / 60
    share = centre.queues[key].target.max_occupancy or WORKING_SHARE
    busy = mine["occupancy"].fillna(0.0)
    spare = (mine["agents_on_contact"] * (share - busy)).clip(lower=0)
    hours = {"usual": mine["load_erlangs"] + spare, "reserve": mine["agents_on_contact"] * (1 - share)}
    return pd.DataFrame(hours).mul(step_h).reindex(start, fill_value=0.0)


def _of_queue(
    key: QueueKey, cases: Cases, able: pd.DataFrame, *, day: pd.Timestamp, overtime: float
) -> pd.DataFrame:
    base = cases.base[key]
    at = base.start.get_indexer(pd.DatetimeIndex(able.index))
    days = base.days[base.day_of[at]]
    last = np.flatnonzero(np.append(days[1:] != days[:-1], True))
    usual, reserve = (able[name].to_numpy(float) for name in ("usual", "reserve"))
    all_h = usual + np.where(days >= day, reserve, 0.0)
    over_h = all_h + np.where(days >= day, overtime * (usual + reserve), 0.0)
    mean_h = float(base.work_s[at].sum() / base.offered[at].sum()) / HOUR_S

    def open_contacts(demand: Demand, can_h: np.ndarray) -> np.ndarray:
        come_h = demand[key].work_s[at] / HOUR_S
        return waiting(come_h, can_h)[last] / mean_h

    planned = open_contacts(cases.base, usual)
    rows = {
        "base": planned,
        "scenario": until_gone(open_contacts(cases.scenario, all_h), planned),
        "overtime": until_gone(open_contacts(cases.scenario, over_h), planned),
        "no_bulk": until_gone(open_contacts(cases.no_bulk, all_h), planned),
    }
    return pd.DataFrame({**dict(zip(QUEUE, key, strict=True)), "day": days[last], **rows})


def waiting(come_h: np.ndarray, can_h: np.ndarray) -> np.ndarray:
    """What is open at the end of each interval, nothing before the first (Lindley 1952).

    >>> waiting(np.array([3.0, 0.0, 1.0]), np.array([1.0, 1.0, 2.0]))
    array([2., 1., 0.])
    """
    net = np.cumsum(come_h - can_h)
    result: np.ndarray = net - np.minimum(np.minimum.accumulate(net), 0.0)
    return result


def until_gone(opened: np.ndarray, planned: np.ndarray) -> np.ndarray:
    """What is open at the end of each day (days,), as planned again from when it is no more than that.

    >>> until_gone(np.array([5.0, 90, 40, 10, 3]), np.array([5.0, 20, 20, 20, 20]))
    array([ 5., 90., 40., 20., 20.])
    """
    begun = np.maximum.accumulate(opened - planned >= ONE)
    over = np.maximum.accumulate(begun & (opened - planned < ONE))
    result: np.ndarray = np.where(begun & ~over, opened, planned)
    return result


def gone_after(backlog: pd.DataFrame, case: str, *, day: pd.Timestamp) -> float:
    """Days after an outage until a case's backlog is again what it is without it, to less than a contact.

    The queues of `backlog` (SCENARIO_BACKLOG) together; NaN where it is not gone by the table's end.
    """
    whole = backlog.groupby("day")[["base", case]].sum()
    more = (whole[case] - whole["base"])[whole.index >= day]
    gone = more.index[more < ONE]
    return float((gone[0] - day).days) if len(gone) else np.nan
