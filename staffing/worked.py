"""A finished schedule as shifts, with the weeks worked before it: what the checking face of a rule sees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, Site
from planner.domain.tables import SCHEDULE
from staffing.local_spans import HOUR

SHIFT_COLUMNS = ["agent_id", "day", "site", "contract", "start", "end", "paid_h", "week"]


@dataclass(frozen=True)
class Worked:
    """A finished schedule with what is needed to judge it.

    `segments` is a SCHEDULE (agent x segment) joined with the agent's `contract`, `before` the same of the
    weeks before `first_day`, `locked` is LOCKED; the last two may be empty. Times are UTC.
    """

    segments: pd.DataFrame
    agents: pd.DataFrame
    absences: pd.DataFrame
    centre: Centre
    first_day: date
    days: int
    before: pd.DataFrame = field(default_factory=SCHEDULE.empty)
    locked: pd.DataFrame = field(default_factory=SCHEDULE.empty)

    @cached_property
    def shifts(self) -> pd.DataFrame:
        """One row per agent and local day worked in the horizon, as `shifts_of` has them."""
        return shifts_of(self.segments)

    @cached_property
    def past(self) -> pd.DataFrame:
        """The shifts of the weeks before the horizon, as `shifts_of` has them."""
        return shifts_of(past_of(self.before, self.first_day))

    @cached_property
    def all_shifts(self) -> pd.DataFrame:
        """The shifts of the horizon and of the weeks before it, of people who are in the schedule."""
        known = self.past[self.past["agent_id"].isin(self.shifts["agent_id"])]
        both = pd.concat([known, self.shifts]) if len(known) else self.shifts
        return both.sort_values(["agent_id", "start"], ignore_index=True)

    def by_pattern(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows of days whose shift the program chose; a locked day may differ from every pattern."""
        if self.locked.empty:
            return rows
        locked = pd.MultiIndex.from_frame(self.locked[["agent_id", "day"]])
        return rows[~pd.MultiIndex.from_frame(rows[["agent_id", "day"]]).isin(locked)]

    def ahead(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows of the horizon; what was worked before it can no longer be mended."""
        return rows[rows["day"] >= pd.Timestamp(self.first_day)]

    def law(self, name: str, sites: pd.Series) -> pd.Series:
        """A number of each row's site's labour rules, such as `daily_rest_h`; NaN where there is none."""
        values = {code: getattr(site.labour, name) for code, site in self.centre.sites.items()}
        return sites.map(
            {code: float("nan") if x is None else float(x) for code, x in values.items()}
        ).astype("float64")

    def by_site(self, rows: pd.DataFrame, judge: Callable[[Site, pd.DataFrame], np.ndarray]) -> np.ndarray:
        """What `judge` says of the rows of each site, in the order of the rows (bool or numbers)."""
        found = [
            pd.Series(judge(self.centre.sites[str(code)], here), index=here.index)
            for code, here in rows.groupby("site")
        ]
        return pd.concat(found).reindex(rows.index).to_numpy() if found else np.zeros(0, bool)


def shifts_of(segments: pd.DataFrame) -> pd.DataFrame:
    """One row per agent and local day worked: start, end, paid_h (all but meals), week (its Monday).

    `segments` is a SCHEDULE, with the agent's `contract` or without.
    """
    length_h = (segments["end"] - segments["start"]) / HOUR
    paid = segments.assign(paid_h=length_h.where(segments["activity"] != "meal", 0.0))
    named = paid if "contract" in paid.columns else paid.assign(contract=None)
    shifts = (
        named.groupby(["agent_id", "day"], sort=True)
        .agg(
            site=("site", "first"),
            contract=("contract", "first"),
            start=("start", "min"),
            end=("end", "max"),
            paid_h=("paid_h", "sum"),
        )
        .reset_index()
        .sort_values(["agent_id", "start"], ignore_index=True)
    )
    return shifts.assign(week=monday(shifts["day"]))[SHIFT_COLUMNS]


def past_of(segments: pd.DataFrame, first_day: date) -> pd.DataFrame:
    """The segments of shifts that start on a local day before `first_day`."""
    return segments[segments["day"] < pd.Timestamp(first_day)]


def monday(days: pd.Series) -> pd.Series:
    """The Monday on or before each local day."""
    return days - pd.to_timedelta(days.dt.day_of_week, unit="D")
