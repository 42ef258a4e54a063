"""What was published, as the pages read it: one plan, its tables, and the history behind it.

Nothing here is written. Caches are bounded and keyed by the plan's id: a plan never changes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.filters import Scope
from planner.config import load_plan
from planner.domain.centre import Centre, Event, QueueKey
from planner.domain.tables import EVENTS, QUEUE, VOLUME
from planner.domain.timegrid import local_day
from planner.language import _, message
from planner.pipeline.from_data import with_settings
from planner.pipeline.given import events_in
from planner.store import Store, history_state, plans, read_history, read_plan

HISTORY_WEEKS = 26  # of daily history before the plan's first day
STALE = message("history was imported since; numbers are those of the plan until it is made again")
EDITED_SINCE = message(
    "planners changed or decided something since; numbers are those of the plan until it is made again"
)
EDITED = {"OVERRIDES", "TEACHING", "EVENTS"}  # what people enter; everything else is history
SHARES = {"p10": 10, "p25": 25, "p50": 50, "p75": 75, "p90": 90}


@dataclass(frozen=True)
class Published:
    """One published plan: where it is, when it was made, and the centre it was made for."""

    folder: str
    plan_id: str
    made_at: datetime
    facts: Mapping[str, Any]
    rows: Mapping[str, int]
    inputs: Mapping[str, str]
    centre: Centre

    @property
    def first_day(self) -> date:
        """The first local day that was planned."""
        return date.fromisoformat(self.facts["first_day"])

    @property
    def last_day(self) -> date:
        """The last local day of the forecast."""
        return self.first_day + timedelta(days=int(self.facts["forecast_days"]) - 1)

    @property
    def history_end(self) -> date:
        """The last day that history reaches, by the end of its last interval."""
        start = pd.Timestamp(self.facts["history_to"])
        return (start + pd.Timedelta(minutes=self.centre.interval_min)).date()

    @property
    def scheduled_days(self) -> list[date]:
        """The local days that have a schedule; empty when none was made."""
        return [self.first_day + timedelta(days=n) for n in range(int(self.facts.get("schedule_days", 0)))]

    def has(self, name: str) -> bool:
        """Whether the plan holds the table with at least one row."""
        return self.rows.get(name, 0) > 0

    def table(self, name: str, *columns: str) -> pd.DataFrame:
        """A table of the plan, or some of its columns."""
        return _table(self.folder, self.plan_id, name, columns=columns).copy(deep=False)

    def events(self) -> tuple[Event, ...]:
        """The events the plan was made with, each name and first day once."""
        return _events(self.folder, self.plan_id)

    def origin(self) -> str:
        """Which plan this is, when it was made, and whether its rows are invented."""
        moment = f"{formats.long_day(self.made_at)}, {self.made_at:%H:%M} UTC"
        parts = [
            self.centre.name,
            _("plan {name}, made {moment}").format(name=self.plan_id, moment=moment),
            _("synthetic sample: every row is invented") if self.centre.synthetic else "",
            self._stale(),
        ]
        return " · ".join(filter(None, parts))

    def _stale(self) -> str:
        """Whether the store knows more by now than the plan was made with."""
        now = history_state(Store(Path(self.folder)))
        other = {name for name in {*now, *self.inputs} if now.get(name) != self.inputs.get(name)}
        return "" if not other else _(EDITED_SINCE) if other <= EDITED else _(STALE)


@dataclass(frozen=True)
class Paths:
    """Sample paths of each queue's contacts: an array queue x day x path, NaN where a queue is closed."""

    queues: tuple[QueueKey, ...]
    days: pd.DatetimeIndex
    contacts: np.ndarray

    def summed(self, scope: Scope) -> np.ndarray:
        """Contacts of the scope, day x path: queues are summed path by path; NaN where all are closed."""
        inside = self.contacts[[scope.holds(key) for key in self.queues]]
        closed = np.isnan(inside).all(axis=0)
        return np.where(closed, np.nan, np.nansum(inside, axis=0))

    def among(self, queues: Collection[QueueKey]) -> Paths:
        """The paths of some queues alone, such as a client's."""
        mine = [place for place, key in enumerate(self.queues) if key in queues]
        return Paths(tuple(self.queues[place] for place in mine), self.days, self.contacts[mine])

    def by_day(self, scope: Scope) -> pd.DataFrame:
        """One row a local day: day and the quantiles of its contacts, NaN on a closed day."""
        return _quantiles(self.summed(scope)).assign(day=self.days)

    def by_week(self, scope: Scope) -> pd.DataFrame:
        """One row a week from Monday: week, the days of it in the horizon, quantiles of the sum."""
        mondays = self.days - pd.to_timedelta(self.days.day_of_week, unit="D")
        weeks, which, days = np.unique(mondays, return_inverse=True, return_counts=True)
        sums = np.zeros((len(weeks), self.contacts.shape[2]))
        np.add.at(sums, which, np.nan_to_num(self.summed(scope)))
        return _quantiles(sums).assign(week=weeks, days=days)


def _quantiles(sums: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(np.percentile(sums, list(SHARES.values()), axis=1).T, columns=list(SHARES))


def catalogue(folders: tuple[str, ...]) -> list[tuple[str, str]]:
    """Store folder and plan id of every published plan, the newest first within each store."""
    return [(folder, info.plan_id) for folder in folders for info in plans(Store(Path(folder)))]


@st.cache_resource(max_entries=8, show_spinner=False)
def open_plan(folder: str, plan_id: str) -> Published:
    """A published plan with its centre, in which settings taken from data are those it was planned with."""
    info = next(info for info in plans(Store(Path(folder))) if info.plan_id == plan_id)
    plan = load_plan(info.yaml)
    if info.tables.get("HANDLING_FROM_DATA"):
        plan = with_settings(plan, read_plan(Store(Path(folder)), plan_id, "HANDLING_FROM_DATA"))
    centre = plan.centre
    return Published(folder, plan_id, info.made_at, info.facts, info.tables, info.inputs, centre)


@st.cache_resource(max_entries=48, show_spinner=False)  # not copied: readers get shallow copies
def _table(folder: str, plan_id: str, name: str, *, columns: tuple[str, ...]) -> pd.DataFrame:
    return read_plan(Store(Path(folder)), plan_id, name, columns=list(columns) or None)


@st.cache_resource(max_entries=8, show_spinner=False)
def _events(folder: str, plan_id: str) -> tuple[Event, ...]:
    plan = open_plan(folder, plan_id)
    if "EVENTS" in plan.rows:
        return events_in(plan.table("EVENTS"))
    # plans published before plans kept their events: today's imports are the nearest there is
    imported = events_in(read_history(Store(Path(folder)), EVENTS))
    return tuple(
        {(event.name, event.first_day): event for event in [*imported, *plan.centre.events]}.values()
    )


@st.cache_resource(max_entries=4, show_spinner=False)
def paths_of(folder: str, plan_id: str) -> Paths:
    """The sample paths of a plan; about 4 bytes a queue, day and path."""
    frame = read_plan(Store(Path(folder)), plan_id, "FORECAST_PATHS")
    plan = open_plan(folder, plan_id)
    days = pd.date_range(plan.first_day, periods=int(plan.facts["forecast_days"]))
    frame = frame[frame["day"].between(days[0], days[-1])]
    queue, keys = _queue_codes(frame)
    path, numbers = pd.factorize(frame["path"], sort=True)
    contacts = np.full((len(keys), len(days), len(numbers)), np.nan, dtype=np.float32)
    contacts[queue, days.get_indexer(frame["day"]), path] = frame["offered"].to_numpy()
    return Paths(keys, days, contacts)


def _queue_codes(frame: pd.DataFrame) -> tuple[np.ndarray, tuple[QueueKey, ...]]:
    """The number of each row's queue, and the queues.

    Column by column: a million rows as tuples take seconds.
    """
    codes = np.zeros(len(frame), dtype=np.int64)
    for name in QUEUE:
        column, names = pd.factorize(frame[name])
        codes = codes * len(names) + column
    first, number = np.unique(codes, return_index=True, return_inverse=True)[1:]
    return number, tuple(QueueKey(*key) for key in frame[[*QUEUE]].iloc[first].itertuples(index=False))


def actual_days(folder: str, plan_id: str) -> pd.DataFrame:
    """Contacts offered: one row per queue and local day of the last weeks before the plan."""
    first = pd.Timestamp(open_plan(folder, plan_id).first_day, tz="UTC")
    with st.spinner(_("Reading the history …")):
        return _local_days(folder, plan_id, since=(first - pd.Timedelta(weeks=HISTORY_WEEKS)).to_pydatetime())


def history_days(folder: str, plan_id: str) -> pd.DataFrame:
    """As `actual_days`, as far back as the store reaches."""
    with st.spinner(_("Reading the whole history …")):
        return _local_days(folder, plan_id, since=None)


@st.cache_data(max_entries=4, show_spinner=False)
def _local_days(folder: str, plan_id: str, *, since: datetime | None) -> pd.DataFrame:
    plan = open_plan(folder, plan_id)
    columns = [*QUEUE, "interval_start", "offered"]
    volume = read_history(Store(Path(folder)), VOLUME, columns=columns, since=since)
    parts = [
        rows[[*QUEUE, "offered"]].assign(
            day=local_day(rows["interval_start"], plan.centre.sites[str(site)].time_zone)
        )
        for site, rows in volume[volume["site"].isin(plan.centre.sites)].groupby("site")
    ]
    days = pd.concat(parts) if parts else pd.DataFrame(columns=[*QUEUE, "offered", "day"])
    days = days[days["day"] < pd.Timestamp(plan.first_day)]
    return days.groupby([*QUEUE, "day"], as_index=False)["offered"].sum()
