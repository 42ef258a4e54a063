"""What a labour rule is: one file under `staffing/rules`, two faces.

The engine's face says what a roster may contain (`limits`, `days`, `week_h`, `queues`, `moments`, ...);
the checking face, `broken`, looks at a finished schedule and knows nothing of the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from planner.domain.centre import Contract, QueueKey, Site
from planner.domain.doors import parts
from planner.domain.labour_rules import PausesDue
from planner.domain.tables import SCHEDULE
from staffing import rules
from staffing.local_spans import HOUR as HOUR
from staffing.worked import Worked as Worked
from staffing.worked import monday as monday
from staffing.worked import past_of, shifts_of


@dataclass(frozen=True)
class Limits:
    """What one contract at one site must keep to; a rule fills in its own part.

    `shift_h` and `week_h` are paid hours, `row_h` is the longest work without a pause of `pause_min`
    minutes, `stretch_days` the most local days from one rest of `long_rest_h` to the next. Work above the
    hours of one of `pauses_due` has pauses of its minutes in all, `part_min` each at least; a stretch of
    work of a shift with pauses lasts `apart_least_min` to `apart_most_min`.
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
    pauses_due: tuple[PausesDue, ...] = ()
    part_min: int = 0
    apart_least_min: int = 0
    apart_most_min: int = 1440
    nights_in_a_row: int = 366

    def strictest(self, other: Limits) -> Limits:
        """Both at once: the least of what is capped, the most of what is asked for."""
        both = {f.name: (getattr(self, f.name), getattr(other, f.name)) for f in fields(self)}
        dues = self.pauses_due + other.pauses_due
        rest = {name: max(both[name]) if name in ASKED else min(both[name]) for name in both}
        return Limits(**rest | {"pauses_due": dues})


ASKED = {"rest_h", "long_rest_h", "pause_min", "part_min", "apart_least_min"}  # at least so much


class Flag(NamedTuple):
    """A mark that some shifts bear, such as night work; `marks` says which of a site's shifts bear it.

    `marks` takes rows with start and end (UTC). `weekly` flags count once a week, however many shifts.
    """

    name: str
    marks: Callable[[Site, pd.DataFrame], np.ndarray]
    weekly: bool


@dataclass(frozen=True)
class Cap:
    """At most `most` shifts with a flag (weeks with one, if it is weekly) in every so many calendar weeks."""

    flag: Flag
    most: int
    weeks: int


@dataclass(frozen=True)
class People:
    """The agents of one site over a horizon of local days, before anything is scheduled.

    `agents` are rows of AGENTS, `absences` rows of ABSENCES, `before` of SCHEDULE: what was worked in the
    weeks before, and `held` rows of SCHEDULE that stay as they are (both may be empty). Arrays made from
    them keep the order of `agents` and count days from `first_day`.
    """

    agents: pd.DataFrame
    absences: pd.DataFrame
    site: Site
    contracts: tuple[Contract, ...]
    queues: tuple[QueueKey, ...]
    first_day: date
    days: int
    before: pd.DataFrame = field(default_factory=SCHEDULE.empty)
    held: pd.DataFrame = field(default_factory=SCHEDULE.empty)

    def of(self, rows: np.ndarray) -> People:
        """Some of the agents: those whose row is True."""
        contracts = tuple(contract for contract, stays in zip(self.contracts, rows) if stays)
        return replace(self, agents=self.agents[rows].reset_index(drop=True), contracts=contracts)

    @cached_property
    def past(self) -> pd.DataFrame:
        """The shifts these agents worked before the horizon, as `shifts_of` has them."""
        theirs = self.before[self.before["agent_id"].isin(self.agents["agent_id"])]
        return shifts_of(past_of(theirs, self.first_day))

    @cached_property
    def calendar(self) -> pd.DatetimeIndex:
        """The local days of the horizon."""
        return pd.date_range(pd.Timestamp(self.first_day), periods=self.days, freq="D")

    @cached_property
    def week_of_day(self) -> np.ndarray:
        """Number of the calendar week (from Monday) of each day, counted from 0."""
        return np.asarray((self.calendar - self.first_monday).days // 7)

    @cached_property
    def first_monday(self) -> pd.Timestamp:
        """The Monday of the calendar week in which the horizon begins."""
        return pd.Timestamp(self.first_day - timedelta(days=self.first_day.weekday()))

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """The row of each agent."""
        return {agent: row for row, agent in enumerate(self.agents["agent_id"])}


@dataclass(frozen=True)
class Rule:
    """A labour rule. `broken` returns one row per violation: agent_id, day, note.

    The engine's faces are optional: `limits` of a contract at a site; `days`, bool agent x day;
    `week_h`, paid hours agent x week; `week_days`, days of work agent x week; `queues`, bool agent x queue;
    `moments`, bool per UTC moment; `lawful`, bool per shift (rows with start, end in UTC and paid_h);
    `counts`, caps on flagged shifts in a rolling number of weeks; `at_once`, most people at work at one
    moment; `overtime_h`, paid hours agent x week above those of `week_h`, at a price.
    """

    name: str
    meaning: str
    broken: Callable[[Worked], pd.DataFrame]
    limits: Callable[[Site, Contract], Limits] | None = None
    days: Callable[[People], np.ndarray] | None = None
    week_h: Callable[[People], np.ndarray] | None = None
    queues: Callable[[People], np.ndarray] | None = None
    moments: Callable[[Site, pd.DatetimeIndex], np.ndarray] | None = None
    week_days: Callable[[People], np.ndarray] | None = None
    lawful: Callable[[Site, pd.DataFrame], np.ndarray] | None = None
    counts: Callable[[Site], tuple[Cap, ...]] | None = None
    at_once: Callable[[Site], int | None] | None = None
    overtime_h: Callable[[People], np.ndarray] | None = None


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


def caps_of(site: Site, *, rules: Iterable[Rule]) -> tuple[Cap, ...]:
    """The caps that the rules together put on flagged shifts at a site."""
    return tuple(cap for rule in rules if rule.counts is not None for cap in rule.counts(site))


def at_once_of(site: Site, *, rules: Iterable[Rule]) -> int | None:
    """Most people at work at one moment by all rules together; None where there is no such limit."""
    said = [rule.at_once(site) for rule in rules if rule.at_once is not None]
    return min((most for most in said if most is not None), default=None)


def lawful_of(site: Site, shifts: pd.DataFrame, *, rules: Iterable[Rule]) -> np.ndarray:
    """Which shifts (rows with start and end in UTC and paid_h) every rule lets stand at a site."""
    said = [rule.lawful(site, shifts) for rule in rules if rule.lawful is not None]
    return np.logical_and.reduce([np.ones(len(shifts), bool), *said])
