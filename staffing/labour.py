"""What a labour rule is: one file under `staffing/rules`, two faces.

The engine's face says what a roster may contain (`limits`, `days`, `week_h`, `queues`, `moments`);
the checking face, `broken`, looks at a finished schedule and knows nothing of the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, Contract, QueueKey, Site
from planner.domain.doors import parts
from staffing import rules

HOUR = pd.Timedelta(hours=1)


@dataclass(frozen=True)
class Limits:
    """What one contract at one site must keep to; a rule fills in its own part.

    `shift_h` and `week_h` are paid hours, `row_h` is the longest work without a pause of `pause_min`
    minutes, `stretch_days` the most local days from one rest of `long_rest_h` to the next.
    """

    shift_h: float = 24.0
    week_h: float = 168.0
    week_days: int = 7
    rest_h: float = 0.0
    long_rest_h: float = 0.0
    stretch_days: int = 366
    consecutive_days: int = 366
    row_h: float = 24.0
    pause_min: int = 0

    def strictest(self, other: Limits) -> Limits:
        """Both at once: the least of what is capped, the most of what is asked for."""
        least = {"rest_h", "long_rest_h", "pause_min"}
        both = {f.name: (getattr(self, f.name), getattr(other, f.name)) for f in fields(self)}
        return Limits(**{name: max(pair) if name in least else min(pair) for name, pair in both.items()})


@dataclass(frozen=True)
class People:
    """The agents of one site over a horizon of local days, before anything is scheduled.

    `agents` are rows of AGENTS, `absences` rows of ABSENCES; arrays made from them keep the order of
    `agents` and count days from `first_day`.
    """

    agents: pd.DataFrame
    absences: pd.DataFrame
    site: Site
    contracts: tuple[Contract, ...]
    queues: tuple[QueueKey, ...]
    first_day: date
    days: int

    @cached_property
    def calendar(self) -> pd.DatetimeIndex:
        """The local days of the horizon."""
        return pd.date_range(pd.Timestamp(self.first_day), periods=self.days, freq="D")

    @cached_property
    def week_of_day(self) -> np.ndarray:
        """Number of the calendar week (from Monday) of each day, counted from 0."""
        monday = self.first_day - timedelta(days=self.first_day.weekday())
        return np.asarray((self.calendar - pd.Timestamp(monday)).days // 7)


@dataclass(frozen=True)
class Worked:
    """A finished schedule with what is needed to judge it.

    `segments` is a SCHEDULE (agent x segment) joined with the agent's `contract`; times are UTC.
    """

    segments: pd.DataFrame
    agents: pd.DataFrame
    absences: pd.DataFrame
    centre: Centre
    first_day: date
    days: int

    @cached_property
    def shifts(self) -> pd.DataFrame:
        """One row per agent and local day worked: start, end, paid_h (all but meals), week (its Monday)."""
        segments = self.segments
        length_h = (segments["end"] - segments["start"]) / HOUR
        paid = segments.assign(paid_h=length_h.where(segments["activity"] != "meal", 0.0))
        shifts = (
            paid.groupby(["agent_id", "day"], sort=True)
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
        return shifts.assign(week=monday(shifts["day"]))

    def law(self, name: str, sites: pd.Series) -> pd.Series:
        """A number of each row's site's labour rules, such as `daily_rest_h`."""
        numbers = {code: float(getattr(site.labour, name)) for code, site in self.centre.sites.items()}
        return sites.map(numbers).astype("float64")


@dataclass(frozen=True)
class Rule:
    """A labour rule. `broken` returns one row per violation: agent_id, day, note.

    The engine's faces are optional: `limits` of a contract at a site; `days`, bool agent x day;
    `week_h`, paid hours agent x week; `queues`, bool agent x queue; `moments`, bool per UTC moment.
    """

    name: str
    meaning: str
    broken: Callable[[Worked], pd.DataFrame]
    limits: Callable[[Site, Contract], Limits] | None = None
    days: Callable[[People], np.ndarray] | None = None
    week_h: Callable[[People], np.ndarray] | None = None
    queues: Callable[[People], np.ndarray] | None = None
    moments: Callable[[Site, pd.DatetimeIndex], np.ndarray] | None = None


def monday(days: pd.Series) -> pd.Series:
    """The Monday on or before each local day."""
    return days - pd.to_timedelta(days.dt.day_of_week, unit="D")


def violations(rows: pd.DataFrame, notes: list[str]) -> pd.DataFrame:
    """The rows that break a rule, with a note each."""
    return rows[["agent_id", "day"]].assign(note=pd.Series(notes, index=rows.index, dtype="str"))


def words(cells: pd.Series) -> pd.DataFrame:
    """The words of cells such as `pt:native;es:fluent`, levels left out: one row per (row, word)."""
    parts = cells.fillna("").astype("str").str.split(";").explode()
    word = parts.str.split(":").str[0].str.strip()
    found = word[word != ""]
    return pd.DataFrame({"row": found.index, "word": found.to_numpy()})


def every_rule() -> tuple[Rule, ...]:
    """The rules found in `staffing/rules`, one file each, in the order of the files."""
    return tuple(part.RULE for part in parts(rules, shape={"RULE": Rule}).values())


def limits_of(contract: Contract, *, site: Site, rules: Iterable[Rule]) -> Limits:
    """What the rules together allow a contract at a site."""
    limits = Limits()
    for rule in rules:
        if rule.limits is not None:
            limits = limits.strictest(rule.limits(site, contract))
    return limits
