"""A finished schedule beside what people wished for: what the checking face of a wish looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from planner.domain.soft import Soft
from planner.domain.wish_days import days_of, falls_on
from staffing.worked import Worked

HOUR = pd.Timedelta(hours=1)
DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Finished:
    """A schedule, the PREFERENCES of its people (possibly none), the weights, each site's public holidays."""

    worked: Worked
    preferences: pd.DataFrame
    soft: Soft
    holidays: Mapping[str, frozenset[date]]

    @cached_property
    def calendar(self) -> pd.DatetimeIndex:
        """The local days of the horizon."""
        return pd.date_range(pd.Timestamp(self.worked.first_day), periods=self.worked.days).as_unit("us")

    @cached_property
    def shifts(self) -> pd.DataFrame:
        """The shifts of the horizon, with `start_h`: the clock of the site as they start, in hours."""
        return self._clocked(self.worked.shifts)

    @cached_property
    def all_shifts(self) -> pd.DataFrame:
        """The same with the shifts of the weeks before."""
        return self._clocked(self.worked.all_shifts)

    @cached_property
    def available(self) -> pd.DataFrame:
        """Agent, site and every local day of the horizon on which they are employed and not away."""
        return available_days(self.worked.agents, self.worked.absences, self.calendar)

    def wished(self, kind: str) -> pd.DataFrame:
        """An agent's wish of a kind on a day available: agent_id, site, day, weight, start_from, start_to.

        Where several speak of a day, that for the fewest days of the week counts.
        """
        asked = self.preferences[self.preferences["wish"] == kind]
        wanted = ["agent_id", "days", "start_from", "start_to", "weight", "valid_from", "valid_to"]
        valid = dict.fromkeys(("valid_from", "valid_to"), "datetime64[us]")
        asked = asked.reindex(columns=wanted).astype(valid)
        asked["weight"] = asked["weight"].astype("float64").fillna(1.0)
        breadth = asked["days"].map(lambda text: len(days_of(text)[0])).astype("float64")
        each = asked.assign(breadth=breadth).sort_values("breadth", ascending=False, kind="stable")
        both = each.merge(self._named_days(each["days"]), on="days")
        inside = ~((both["day"] < both["valid_from"]) | (both["day"] > both["valid_to"]))
        last = both[inside].sort_values("breadth", ascending=False, kind="stable")
        last = last.drop_duplicates(["agent_id", "day"], keep="last")
        return last.merge(self.available, on=["agent_id", "day"]).sort_values(
            ["agent_id", "day"], ignore_index=True
        )[["agent_id", "site", "day", "weight", "start_from", "start_to"]]

    def _named_days(self, texts: pd.Series) -> pd.DataFrame:
        """The days of the horizon that each text of days names."""
        named = [
            pd.DataFrame({"days": text, "day": self.calendar[falls_on(text, self.calendar)]})
            for text in texts.unique()
        ]
        return pd.concat([pd.DataFrame({"days": texts[:0], "day": self.calendar[:0]}), *named])

    def _clocked(self, shifts: pd.DataFrame) -> pd.DataFrame:
        zones = {code: site.time_zone for code, site in self.worked.centre.sites.items()}
        parts = [
            ((rows["start"].dt.tz_convert(zones[str(code)]).dt.tz_localize(None) - rows["day"]) / HOUR)
            for code, rows in shifts.groupby("site")
        ]
        start_h = pd.concat(parts).reindex(shifts.index) if parts else np.zeros(0)
        return shifts.assign(start_h=start_h)


def available_days(agents: pd.DataFrame, absences: pd.DataFrame, calendar: pd.DatetimeIndex) -> pd.DataFrame:
    """agent_id, site, day: every day on which an agent is employed and not away."""
    columns = ["agent_id", "site", "hire_date", "leave_date"]
    people = agents.reindex(columns=columns).astype(
        {"hire_date": "datetime64[us]", "leave_date": "datetime64[us]"}
    )
    pairs = people.merge(pd.DataFrame({"day": calendar}), how="cross")
    employed = ~((pairs["day"] < pairs["hire_date"]) | (pairs["day"] > pairs["leave_date"]))
    away = absences[["agent_id", "first_day", "last_day"]].merge(pd.DataFrame({"day": calendar}), how="cross")
    away = away[(away["day"] >= away["first_day"]) & (away["day"] <= away["last_day"])]
    gone = pd.MultiIndex.from_frame(away[["agent_id", "day"]])
    here = ~pd.MultiIndex.from_frame(pairs[["agent_id", "day"]]).isin(gone)
    return pairs.loc[employed & here, ["agent_id", "site", "day"]].reset_index(drop=True)


def misses(
    rows: pd.DataFrame, amount: pd.Series, notes: list[str], *, weight: pd.Series | float = 1.0
) -> pd.DataFrame:
    """Rows of a checking face: agent_id, site, day, amount, weight, note."""
    found = rows[["agent_id", "site", "day"]].assign(amount=amount, weight=weight)
    return found.assign(note=pd.Series(notes, index=rows.index, dtype="str"))


def clock(hours: float) -> str:
    """Hours after midnight as a clock time.

    >>> clock(8.5)
    '08:30'
    """
    minutes = round(hours * 60)
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
