"""From need and agents to the tables of the capacity plan, and the chance of each week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from planner.domain.capacity import Attrition, Capacity, Freeze, HiringKind, PlannedClass, SiteCapacity
from planner.domain.centre import Contract
from planner.domain.rates import Rates, SiteRates
from planner.domain.tables import AGENTS
from staffing.capacity.people import Planning, site_problems
from staffing.capacity.plan import Search, capacity_plan
from staffing.capacity.risk import chances, need_paths
from tests.staffing.small import centre

FIRST = date(2026, 10, 5)
KIND = HiringKind("class", "full", class_most=10, lead_weeks=2, training_weeks=1, cost=100)
WEEKS = 8


def planning(**settings: object) -> Planning:
    usual = replace(centre(), contracts={"full": Contract("full", 40.0, 5, (8.0,))})
    site = SiteCapacity(Attrition(0.03, 0.03, 0), (KIND,))
    return Planning(usual, Capacity(WEEKS, sites={"LIS": site}, **settings), FIRST)  # type: ignore[arg-type]


def need(hours: list[float]) -> pd.DataFrame:
    mondays = pd.date_range(FIRST, periods=len(hours), freq="7D", unit="us")
    table = pd.DataFrame({"week": mondays, "offered": 1000.0, "need_p50_h": hours})
    wide = table.assign(need_p75_h=table["need_p50_h"] * 1.1, need_p90_h=table["need_p50_h"] * 1.3)
    return wide.assign(site="LIS", language="pt", channel="voice")


def agents(*hired: str | None, leaves: str | None = None) -> pd.DataFrame:
    rows = [
        {"agent_id": f"A{n}", "site": "LIS", "contract": "full", "languages": "pt:native;de:good", "channels": "voice",
         "hire_date": day and pd.Timestamp(day), "leave_date": leaves and pd.Timestamp(leaves)}
        for n, day in enumerate(hired)
    ]  # fmt: skip
    return AGENTS.check(pd.DataFrame(rows))


def paths(factors: list[float]) -> pd.DataFrame:
    days = pd.date_range(FIRST, periods=7 * WEEKS, freq="D", unit="us")
    parts = [pd.DataFrame({"day": days, "path": n, "offered": 100 * f}) for n, f in enumerate(factors)]
    return pd.concat(parts, ignore_index=True).assign(site="LIS", language="pt", channel="voice")


def made(hours: list[float], people: pd.DataFrame, how: Planning) -> dict[str, pd.DataFrame]:
    return capacity_plan(
        need(hours), people, paths([0.9, 1, 1.1]), planning=how, search=Search(gap=0.0), say=lambda _: None
    )


def test_classes_begin_after_the_lead_time_outside_the_freeze() -> None:
    hours = [40.0] * 4 + [400.0] * 4
    free = made(hours, agents("2020-01-01"), planning())["CLASSES"]
    assert free["people"].sum() >= 9
    assert (free["first_day"] >= pd.Timestamp("2026-10-19")).all()
    assert (free["on_contact"] - free["first_day"] == pd.Timedelta(days=7)).all()
    assert (free["first_day"] - free["decide_by"] == pd.Timedelta(days=14)).all()
    frozen = planning(freezes=(Freeze(date(2026, 10, 1), date(2026, 12, 31)),))
    later = made(hours, agents("2020-01-01"), frozen)
    assert later["CLASSES"].empty
    assert later["CAPACITY"]["short_h"].sum() > 1000


def test_a_class_that_is_decided_counts_and_is_shown() -> None:
    decided = planning(classes=(PlannedClass("LIS", ("pt",), "class", date(2026, 10, 12), 9),))
    tables = made([40.0] * 4 + [360.0] * 4, agents("2020-01-01"), decided)
    heads = tables["HEADCOUNT"].set_index("week")
    assert heads.loc["2026-10-12", "hired"] == pytest.approx(9)
    assert heads.loc["2026-10-12", "in_training"] == pytest.approx(9)
    shown = tables["CLASSES"]
    assert shown.loc[shown["first_day"] == "2026-10-12", ["people", "decided"]].to_numpy().tolist() == [
        [9, True]
    ]


def test_a_class_of_the_days_before_the_first_monday_begins_with_it() -> None:
    decided = planning(classes=(PlannedClass("LIS", ("pt",), "class", date(2026, 10, 1), 9),))
    heads = made([40.0] * 8, agents("2020-01-01"), decided)["HEADCOUNT"]
    assert heads["hired"].tolist()[0] == pytest.approx(9)
    assert heads["in_training"].tolist()[:2] == pytest.approx([9, 0])


def test_costs_add_up_and_nothing_beats_the_bound() -> None:
    cost = made([40.0] * 4 + [300.0] * 4, agents("2020-01-01", None), planning())["CAPACITY_COST"].iloc[0]
    parts = cost[["wages", "overtime", "hiring", "courses", "shortage"]].sum()
    assert parts == pytest.approx(cost["total"])
    assert cost["bound"] <= cost["total"] + 1e-6
    assert cost["gap"] == pytest.approx(0, abs=1e-6)


def test_who_leaves_or_begins_on_a_known_day_is_there_until_or_from_then() -> None:
    problem = site_problems(need([0.0] * WEEKS), agents("2020-01-01", leaves="2026-10-18"), planning())[0]
    assert problem.pools[0].heads.employed[:3].tolist() == pytest.approx([1, 0.97 ** (12 * 7 / 365.25), 0])
    later = site_problems(need([0.0] * WEEKS), agents("2026-10-19"), planning())[0]
    assert later.pools[0].heads.employed[:4].tolist() == pytest.approx([0, 0, 1, 0.97 ** (12 * 7 / 365.25)])
    assert later.pools[0].heads.joined.tolist() == [0, 0, 1, 0, 0, 0, 0, 0]


def test_overtime_costs_what_the_site_pays_on_top_of_it() -> None:
    plain = planning()
    dear = replace(plain.centre, rates=Rates({"LIS": SiteRates("Iberia", overtime_premium=0.75)}))
    every, own = (
        site_problems(need([0.0] * WEEKS), agents("2020-01-01"), each)[0]
        for each in (plain, replace(plain, centre=dear))
    )
    assert (every.premium, own.premium) == (plain.capacity.overtime_premium, 0.75)


def test_need_on_a_path_is_that_of_its_level() -> None:
    """Nine even paths: the fifth is the median, the seventh the 75 % day."""
    table, drawn = need([100.0] * WEEKS), paths(list(np.linspace(0.6, 1.4, 9)))
    found = need_paths(table, drawn)["LIS", "pt"].iloc[0]
    assert found[4] == pytest.approx(100)
    assert found[6] == pytest.approx(110)
    assert found.is_monotonic_increasing


def test_the_chance_is_that_of_the_normal_left_over() -> None:
    """One path of 100 h against 110 h with 10 h of chance: the normal at one standard deviation."""
    week = pd.Timestamp(FIRST)
    rows = pd.DataFrame(
        {"site": ["LIS"], "language": ["pt"], "week": [week], "there_h": [110.0], "sd_h": [10.0]}
    )
    needed = {("LIS", "pt"): pd.DataFrame([[100.0]], index=[week])}
    assert chances(rows, needed, spread=rows).iloc[0] == pytest.approx(stats.norm.cdf(1))
    sure = rows.assign(sd_h=0.0)
    assert chances(sure, needed, spread=sure).iloc[0] == 1.0
