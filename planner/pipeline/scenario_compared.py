"""Runs of scenarios beside the base of each: measures, weeks, service of the hardest week, classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from planner.domain.capacity_tables import LEVELS
from planner.domain.scenario_tables import WHOLE
from planner.pipeline.scenario import base_of, scenario_store
from planner.scenarios.groups import GROUPS, group_of
from planner.store import PlanInfo, Store, plans, read_plan

LOW, HIGH = 0.1, 0.9
KEY = ["measure", "of"]
KEPT = "kept_"  # begins the measures of service if nobody reacts
NOTHING = 1e-9  # relative; smaller differences come from rounding
COLUMNS = [
    "group",
    *KEY,
    "scenario",
    "base",
    "value",
    "low",
    "high",
    "difference",
    "relative",
    "unit",
    "definition",
]


@dataclass(frozen=True)
class Run:
    """One run of a scenario, or of the base."""

    plan_id: str
    name: str
    title: str
    version: int
    made_at: datetime
    weeks: int
    level: str
    currency: str
    seed: int
    yaml: str

    @classmethod
    def of(cls, info: PlanInfo) -> Run:
        """The run that was published as a plan."""
        facts = info.facts
        return cls(
            info.plan_id,
            str(facts["scenario"]),
            str(facts["title"]),
            int(facts["version"]),
            info.made_at,
            int(facts["weeks"]),
            str(facts["level"]),
            str(facts["currency"]),
            info.seed,
            info.yaml.read_text(encoding="utf-8"),
        )


@dataclass(frozen=True)
class Beside:
    """A run and the run of its base: the same weeks of the same history."""

    base: Run
    run: Run


def newest_runs(store: Store, names: Sequence[str]) -> tuple[Beside, ...]:
    """The newest run of each name with its base; a name that was never run is left out."""
    kept = plans(scenario_store(store))
    newest = {str(info.facts.get("scenario")): info for info in reversed(kept)}
    return tuple(
        Beside(Run.of(base_of(store, newest[name].plan_id)), Run.of(newest[name]))
        for name in names
        if name in newest
    )


def measured(store: Store, pairs: Sequence[Beside]) -> pd.DataFrame:
    """Measures of each run beside its base's: one row per measure, part and scenario.

    Columns: group, measure, of, scenario, base, value, low, high, difference, relative (to the base; blank
    without one), unit, definition. A measure that only the scenario has takes the base it tells itself.
    """
    parts = [_measured(store, pair) for pair in pairs]
    whole = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)
    order = {name: place for place, name in enumerate(GROUPS)}
    return whole.sort_values("group", key=lambda groups: groups.map(order), kind="stable", ignore_index=True)


def _measured(store: Store, pair: Beside) -> pd.DataFrame:
    kept = scenario_store(store)
    mine = read_plan(kept, pair.run.plan_id, "SCENARIO_MEASURES")
    base = read_plan(kept, pair.base.plan_id, "SCENARIO_MEASURES")[[*KEY, "value"]]
    rows = mine.merge(base.rename(columns={"value": "base"}), on=KEY, how="left")
    if "without" in rows:
        rows["base"] = rows["base"].fillna(rows["without"])
    rows["base"] = _in_the_same_week(rows, if_nobody_reacts(store, pair.run))
    more = rows["value"] - rows["base"]
    size = rows[["value", "base"]].abs().max(axis=1)
    rows["difference"] = more.mask(more.abs() <= NOTHING * size, 0.0)
    rows["relative"] = rows["difference"] / rows["base"].where(rows["base"].abs() > 0)
    groups = rows["measure"].map(group_of)
    return rows.assign(group=groups, scenario=pair.run.name)[COLUMNS]


def _in_the_same_week(rows: pd.DataFrame, service: pd.DataFrame) -> pd.Series:
    """The base of each row; of service if nobody reacts, in the scenario's hardest week, not the base's."""
    known = service.assign(measure=KEPT + service["measure"]).set_index(["measure", "channel"])["base"]
    same = known.reindex(pd.MultiIndex.from_frame(rows[KEY])).set_axis(rows.index)
    return same.fillna(rows["base"])


def weekly(store: Store, run: Run, *, full_time_h: float) -> pd.DataFrame:
    """A run by week: contacts and work (h), need at each level, who is there and short (FTE), people.

    FTE = paid hours of experienced people / `full_time_h`. contacts_low and contacts_high are the 10 % and
    90 % of forecast paths; NaN where the run keeps none.
    """
    kept = scenario_store(store)
    capacity = read_plan(kept, run.plan_id, "CAPACITY")
    capacity["there_h"] = capacity["supply_h"] + capacity["spare_h"]
    hours = [*(f"need_{level}_h" for level in LEVELS), "there_h", "short_h"]
    fte = capacity.groupby("week")[hours].sum() / full_time_h
    fte.columns = pd.Index([name.removesuffix("_h") + "_fte" for name in hours])
    heads = read_plan(kept, run.plan_id, "HEADCOUNT").groupby("week")[["employed", "hired", "left"]].sum()
    came = _contacts(read_plan(kept, run.plan_id, "SCENARIO_DAYS"))
    weeks = fte.join(heads).join(came).join(_range(kept, run))
    return weeks.rename_axis("week").reset_index()


def _contacts(days: pd.DataFrame) -> pd.DataFrame:
    weeks = days.assign(week=_monday(days["day"])).groupby("week")[["offered", "work_h"]].sum()
    return weeks.rename(columns={"offered": "contacts"})


def _range(kept: Store, run: Run) -> pd.DataFrame:
    """Quantiles of the paths' weekly contacts; no rows where the run has no paths."""
    names = ["contacts_low", "contacts_high"]
    info = next(info for info in plans(kept) if info.plan_id == run.plan_id)
    if not info.tables.get("FORECAST_PATHS"):
        return pd.DataFrame(columns=names, dtype=float)
    paths = read_plan(kept, run.plan_id, "FORECAST_PATHS", columns=["day", "path", "offered"])
    daily = paths.groupby(["day", "path"])["offered"].sum().unstack()
    sums = daily.groupby(_monday(daily.index.to_series())).sum()
    low, high = np.quantile(sums.to_numpy(), [LOW, HIGH], axis=1)
    return pd.DataFrame(dict(zip(names, (low, high), strict=True)), index=sums.index)


def _monday(days: pd.Series) -> pd.Series:
    return days - pd.to_timedelta(days.dt.day_of_week, unit="D")


def if_nobody_reacts(store: Store, run: Run) -> pd.DataFrame:
    """Service of the hardest week with the base's people: one row per channel and measure.

    Columns: channel, measure, week, offered, base, scenario; shares, weighted by the scenario's contacts.
    """
    rows = read_plan(scenario_store(store), run.plan_id, "SCENARIO_SERVICE")
    cases = ["base", "scenario"]
    rows[cases] = rows[cases].mul(rows["offered"], axis=0)
    sums = rows.groupby(["channel", "measure"], as_index=False).agg(
        week=("day", "min"), offered=("offered", "sum"), base=("base", "sum"), scenario=("scenario", "sum")
    )
    sums[cases] = sums[cases].div(sums["offered"], axis=0)
    return sums


def classes_by_month(store: Store, run: Run) -> pd.DataFrame:
    """Classes that begin in a month: month (its first day), people, classes, cost."""
    rows = read_plan(scenario_store(store), run.plan_id, "CLASSES")
    month = rows["first_day"].dt.to_period("M").dt.to_timestamp()
    return rows.assign(month=month).groupby("month", as_index=False)[["people", "classes", "cost"]].sum()


def steps(store: Store, run: Run) -> pd.DataFrame:
    """SCENARIO_STEPS of a run; empty where it is of before they were kept."""
    info = next(info for info in plans(scenario_store(store)) if info.plan_id == run.plan_id)
    if not info.tables.get("SCENARIO_STEPS"):
        return pd.DataFrame(columns=["step", "name", "kind", "contacts", "work_h", "fte"])
    return read_plan(scenario_store(store), run.plan_id, "SCENARIO_STEPS")


@dataclass(frozen=True)
class Headline:
    """What a scenario changes: people (FTE on the level's days, mean of weeks), cost, language-weeks at risk.

    Each is a row of `measured` or None where the run does not have it; `service` is the share of `measured`
    that falls most while nobody reacts.
    """

    scenario: str
    people: Any
    cost: Any
    risk: Any
    service: Any


def headline(rows: pd.DataFrame, pair: Beside) -> Headline:
    """The headline of one scenario of `measured`."""
    mine = rows[rows["scenario"] == pair.run.name]
    whole = mine[mine["of"] == WHOLE]

    def row(measure: str) -> Any:
        found = whole[whole["measure"] == measure]
        return found.iloc[0] if len(found) else None

    kept = mine[mine["measure"].str.startswith("kept_service_level") & mine["difference"].notna()]
    worst = kept.loc[kept["difference"].idxmin()] if len(kept) else None
    return Headline(pair.run.name, row(f"fte_{pair.run.level}"), row("cost"), row("weeks_at_risk"), worst)
