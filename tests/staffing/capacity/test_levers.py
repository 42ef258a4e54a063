"""Levers: what stands stands, what is freed is free, and each does what its name says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from planner.domain.capacity import LeaveSeason
from planner.domain.capacity_levers import (
    HiringFreeze,
    LateClasses,
    LeaveLimit,
    Lever,
    MoreAttrition,
    MoreClasses,
    MoreVolume,
    OvertimeTo,
    Temporaries,
)
from planner.domain.centre import Centre, Shrinkage
from staffing.capacity.held import Decisions, decisions_of, held
from staffing.capacity.leave import leave_factor
from staffing.capacity.levers import lever_table
from staffing.capacity.model import seat_worth, solve
from staffing.capacity.people import Planning
from staffing.capacity.plan import Search, Situation, planned_sites, situation_of
from staffing.capacity.problem import Seats
from staffing.capacity.pulled import pulled
from tests.staffing.capacity.small import WEEKS, site
from tests.staffing.capacity.test_plan import agents, need, paths, planning

EXACT = Search(gap=0.0)
HOURS = [40.0, 40.0, 40.0, 200.0, 300.0, 300.0, 300.0, 40.0]


def situation(*levers: Lever, **settings: object) -> Situation:
    how = planning(levers=levers, **settings)
    return situation_of(need(HOURS), agents("2020-01-01", None), paths([0.9, 1, 1.1]), planning=how)


def rows_of(now: Situation) -> pd.DataFrame:
    def more(lever: MoreVolume) -> Situation:
        larger = now.need.assign(
            **{name: now.need[name] * (1 + lever.change) for name in now.need if name.startswith("need_")}
        )
        return replace(now, need=larger)

    sites = list(planned_sites(now, search=EXACT, say=lambda _: None))
    table = lever_table(sites, now, more=more, search=EXACT, say=lambda _: None)
    return table.set_index(["lever", "response"])


def test_what_stands_is_kept_where_nothing_changes() -> None:
    problem = site([80, 160, 240, 260, 260])
    plan = solve(problem, seconds=30, gap=0.0, seed=1)
    same = held(problem, decisions_of(problem, plan), search=EXACT)
    assert same.hires.tolist() == plan.hires.tolist()
    assert same.cost == pytest.approx(plan.cost)
    nobody = held(problem, Decisions({}, {}, {}), search=EXACT)
    assert nobody.hires.sum() == 0
    assert nobody.cost > plan.cost


def test_late_classes_are_those_decided_later() -> None:
    decided = Decisions(
        {(("pt",), "class"): np.array([0, 3, 0, 0, 2])}, {(("pt",), "class"): np.array([0, 1, 0, 0, 1])}, {}
    )
    assert decided.later(2).hires[("pt",), "class"].tolist() == [0, 0, 0, 3, 0]
    found = held(site([0, 0, 100, 100, 100]), decided.later(1), search=EXACT)
    assert found.hires[0].tolist() == [0, 0, 3, 0, 0]


def test_planning_anew_never_costs_more_than_what_stands() -> None:
    now = situation(HiringFreeze(4), LateClasses(1), MoreAttrition(0.05), MoreVolume(0.1), OvertimeTo(0.2))
    rows = rows_of(now)
    price = 10 * now.planning.centre.sites["LIS"].cost_per_paid_hour  # of an hour short
    whole = (rows["paid"] + price * rows["short_h"]).unstack("response")
    assert (whole["anew"] <= whole["held"] + 1e-3).all()
    held_ = rows.xs("held", level="response")
    assert held_.loc["hiring freeze of 4 weeks", "short_change_h"] > 0
    assert held_.loc["classes 1 week late", "short_change_h"] > 0
    assert held_.loc["attrition +5 points a month", "paid_change"] < 0
    assert held_.loc["volume +10 %", "short_change_h"] > 0
    assert held_.loc["overtime up to 20 %", "short_change_h"] <= 0
    assert held_.loc["overtime up to 20 %", "hired_change"] == 0
    assert (
        rows["watch_week"]
        .isin(pd.to_datetime(["2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16"]))
        .all()
    )


def test_one_more_class_is_exactly_one_and_temporaries_leave_the_others() -> None:
    now = situation(MoreClasses(), Temporaries(lead_weeks=1, term_weeks=3))
    rows = rows_of(now)
    more = rows.loc["1 class more a site", "held"]
    assert 1 <= more["hired_change"] <= 10  # one class of at most ten
    assert more["paid_change"] > 0
    temporary = pulled(Temporaries(1, 3), now).planning.capacity.sites["LIS"].kinds
    assert [(kind.name, kind.lead_weeks, kind.term_weeks) for kind in temporary] == [
        ("class", 2, None),
        ("class temporary", 1, 3),
    ]
    assert rows.loc["temporaries within 1 week", "held"]["hired_change"] >= 0


def away(share: float) -> Centre:
    usual = planning().centre
    lisbon = replace(usual.sites["LIS"], shrinkage=Shrinkage(0.2, 0.1, share), planned_by_month=(1.0,) * 12)
    return replace(usual, sites={**usual.sites, "LIS": lisbon})


def test_leave_is_moved_and_none_is_lost() -> None:
    """A tenth of paid time is leave; in the three busiest weeks only two per cent."""
    how = Planning(away(0.1), planning().capacity, date(2026, 10, 5))
    now = situation_of(need(HOURS), agents(None), paths([1.0]), planning=how)
    moved = pulled(LeaveLimit(0.02, 3), now)
    before, after = now.need["need_p50_h"].to_numpy(), moved.need["need_p50_h"].to_numpy()
    busiest = before == 300
    assert after[busiest] == pytest.approx(before[busiest] * 0.9 / 0.98)
    at_work = 0.98 * after[busiest].sum() + 0.9 * before[~busiest].sum()
    assert at_work == pytest.approx(0.9 * before.sum())
    leave = 0.02 * after[busiest].sum() + (after[~busiest].sum() - 0.9 * before[~busiest].sum())
    assert leave == pytest.approx(0.1 * before.sum())
    assert moved.needed["LIS", "pt"].to_numpy()[busiest] == pytest.approx(
        now.needed["LIS", "pt"].to_numpy()[busiest] * 0.9 / 0.98
    )


def test_a_leave_season_takes_the_place_of_the_usual_leave() -> None:
    season = LeaveSeason(date(2026, 10, 6), date(2026, 10, 6), 0.28, ("LIS",))
    capacity = replace(planning().capacity, leave=(season,))
    days = pd.Series(pd.to_datetime(["2026-10-05", "2026-10-06"]))
    assert leave_factor(days, away(0.1).sites["LIS"], capacity).tolist() == pytest.approx([1, 0.9 / 0.72])


def test_seats_hold_and_have_a_price() -> None:
    free = site([80, 160, 240, 260, 260], rooms=None)
    most = solve(free, seconds=30, gap=0.0, seed=1)
    seats = Seats(4.0, np.full(WEEKS, 1 / 40), 1.0)  # everybody at once; two sit there already
    bound = replace(free, seats=seats)
    found = solve(bound, seconds=30, gap=0.0, seed=1)
    assert most.hires.sum() > found.hires.sum() == 2
    assert found.cost > most.cost
    assert seat_worth(bound).sum() > 0
    assert seat_worth(replace(free, seats=replace(seats, seats=50.0))).sum() == 0
    crowded = replace(free, seats=replace(seats, seats=1.0))  # fewer than today's people: they stay
    assert solve(crowded, seconds=30, gap=0.0, seed=1).hires.sum() == 0
