"""The exact answer for a small team: the same as trying everything, and never above the engine or below the bound."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from itertools import product

import numpy as np
import pandas as pd
import pytest

from planner.domain.centre import Contract, LabourRules, ShiftPattern
from planner.domain.tables import ABSENCES, AGENTS, SCHEDULE
from staffing.scheduling.again import Effort, searched_again
from staffing.scheduling.ascent import Climb
from staffing.scheduling.exact.pauses import best_pauses
from staffing.scheduling.exact.solve import Exact, Patience, exact, small
from staffing.scheduling.known import settle
from staffing.scheduling.price import Prices, penalties
from staffing.scheduling.priced import priced
from staffing.scheduling.problem import Roster
from staffing.scheduling.roster_cost import total_cost
from staffing.scheduling.segments import segments
from tests.staffing.scheduling.planted import MONDAY, Planted, centre_of, on_contact, planted
from tests.staffing.scheduling.solving import case, violations

PATIENCE = Patience(work=20, seconds=400)
REST_H = 12.0
STARTS = (9 * 60, 12 * 60, 17 * 60 + 30)  # the last ends at 21:30, 11.5 hours before nine


def tiny(need: np.ndarray, languages: tuple[str, ...] = ("es", "es")) -> Planted:
    """Agents with shifts of four hours over two days; need (Spanish, Italian) by half-hour of a day."""
    law = LabourRules(daily_rest_h=REST_H, weekly_rest_h=0, break_min=15)
    made = centre_of(labour=law, opens=(9, 22))
    patterns = (ShiftPattern("half 4 h", 4.0, starts_min=STARTS),)
    made = replace(made, shift_patterns=patterns, contracts={"half": Contract("half", 8, 2, (4.0,))})
    agents = pd.DataFrame(
        {
            "agent_id": [f"a{n}" for n in range(len(languages))],
            "site": "SVQ", "contract": "half", "languages": list(languages), "channels": "voice",
        }
    )  # fmt: skip
    asked = [
        {
            "site": "SVQ", "language": language, "channel": "voice",
            "interval_start": pd.Timestamp(MONDAY + timedelta(days=d)).tz_localize("Europe/Madrid")
            + pd.Timedelta(minutes=9 * 60 + 30 * t),
            "agents_scheduled": float(need[k, d, t]),
        }
        for k, language in enumerate(("es", "it")) for d in range(2) for t in range(need.shape[2])
    ]  # fmt: skip
    requirement = pd.DataFrame(asked)
    requirement["interval_start"] = requirement["interval_start"].dt.tz_convert("UTC").dt.as_unit("us")
    return Planted(made, AGENTS.check(agents), ABSENCES.empty(), SCHEDULE.empty(), requirement, MONDAY, 2)


def by_trying(need: np.ndarray, languages: tuple[str, ...]) -> float:
    """The least cost over every roster, from the words of `Prices` alone: shifts, breaks and languages."""
    days = [None, *((start // 30 - 18, gap) for start in STARTS for gap in BREAKS)]
    own = []
    for first, second in product(days, days):
        rest_h = None if first is None or second is None else 24 + (second[0] - first[0] - 8) / 2
        if rest_h is None or rest_h >= REST_H:
            own.append((first, second))
    price, best = Prices(), np.inf
    tables = [_presence(pair, need.shape[2]) for pair in own]
    for chosen in product(range(len(own)), repeat=len(languages)):
        there = [tables[k] for k in chosen]
        worked = sum(each is not None for k in chosen for each in own[k])
        idle = price.idle * (8 * len(languages) - 4 * worked)
        best = min(best, _coverage(need, there, languages) + idle)
    return best


BREAKS = (2, 3, 4, 5)  # half-hours after the start of a shift of 4 h: where the law leaves the break


def _presence(pair: tuple[tuple[int, int] | None, ...], intervals: int) -> np.ndarray:
    there = np.zeros((2, intervals))
    for d, day in enumerate(pair):
        if day is not None:
            there[d, day[0] : day[0] + 8] = 1
            there[d, day[0] + day[1]] = 0.5  # a break of 15 min
    return there


def _coverage(need: np.ndarray, there: list[np.ndarray], languages: tuple[str, ...]) -> float:
    """The cheapest split of people over their languages in every half-hour."""
    ways = list(product(*(known.split(";") for known in languages)))
    costs = []
    for way in ways:
        cover = np.zeros(need.shape)
        for language, present in zip(way, there):
            cover[("es", "it").index(language)] += present
        costs.append(_penalty(need, cover))
    return float(np.minimum.reduce(costs).sum())


def _penalty(need: np.ndarray, cover: np.ndarray) -> np.ndarray:
    p = Prices()
    short, over = np.maximum(need - cover, 0), np.maximum(cover - need, 0)
    cheap, little = np.minimum(short, p.under_share * need), np.minimum(over, p.over_share * need)
    under = p.under * cheap + p.under_more * (short - cheap)
    return (under + p.over * little + p.over_more * (over - little)).sum(axis=0) / 2


@pytest.mark.parametrize("languages", [("es", "es"), ("es;it", "it")])
def test_the_exact_answer_is_the_best_of_all_rosters(languages: tuple[str, ...]) -> None:
    rng = np.random.default_rng(len(languages[0]))
    need = rng.choice([0.0, 0.4, 1.0, 1.7], size=(2, 2, 26))
    plan = tiny(need, languages)
    found = case(plan)
    pauses = found.shifts[0].pauses
    assert [(p.earliest_min // 30, p.latest_min // 30) for p in pauses] == [(BREAKS[0], BREAKS[-1])]
    answer = exact(found, patience=PATIENCE)
    assert answer is not None
    assert answer.proven
    assert answer.cost == pytest.approx(by_trying(need, languages), abs=1e-2)
    made = segments(found, answer.roster)
    assert violations(made, plan).empty


def test_a_short_rest_is_not_taken_however_much_it_saves() -> None:
    need = np.zeros((2, 2, 26))
    need[0, 0, 17:25] = need[0, 1, :8] = 1.0  # the last shift of Monday, the first of Tuesday
    answer = exact(case(tiny(need, ("es",))), patience=PATIENCE)
    assert answer is not None
    assert (answer.roster.shift[0] >= 0).sum() <= 2
    starts = pd.Series(segments(case(tiny(need, ("es",))), answer.roster)["start"])
    assert (
        starts.dt.tz_convert("Europe/Madrid").dt.strftime("%d %H:%M").isin(["05 17:30", "06 09:00"]).sum()
        == 1
    )


def between(seed: int, number: int, days: int) -> tuple[float, float, Exact]:
    """A planted plan with need a fifth higher: cost of the engine, bound, and the exact answer."""
    plan = planted(seed, number, centre=centre_of(), days=days)
    more = plan.requirement.assign(agents_scheduled=plan.requirement["agents_scheduled"] * 1.2)
    plan = replace(plan, requirement=more)
    found = case(plan)
    effort = Effort(1, Prices(), time.monotonic, pairs_each=60, seconds=600)
    roster = searched_again(found, plan.schedule, effort=effort)
    now = priced(found, roster, climb=Climb(rounds=30))
    answer = exact(found, patience=PATIENCE, hint=roster)
    assert answer is not None
    assert violations(segments(found, answer.roster), plan).empty
    assert answer.cost == pytest.approx(total_cost(found, answer.roster))
    return total_cost(found, roster), now.bound, answer


def test_the_engine_is_never_below_the_exact_answer_nor_the_bound_above() -> None:
    cost, low, answer = between(1, 3, 3)
    assert answer.bound <= answer.cost <= cost + 1e-6
    assert low <= answer.cost + 1e-6


def test_only_small_teams_are_asked_for_exactly() -> None:
    assert small(case(planted(1, 15, centre=centre_of())))
    assert not small(case(planted(1, 30, centre=centre_of())))


def scrambled(seed: int) -> tuple[Planted, Roster]:
    """A planted week whose pauses were put anywhere they may be."""
    plan = planted(seed, 5, centre=centre_of(), days=7)
    found, rng = case(plan), np.random.default_rng(seed)
    effort = Effort(1, Prices(), time.monotonic, pairs_each=5, seconds=600)
    roster = searched_again(found, plan.schedule, effort=effort)
    for a, d in np.argwhere(roster.shift >= 0):
        which = found.problem.shifts.starts[found.problem.staff.kind[a], d, roster.shift[a, d], 0]
        for p in range(found.problem.shifts.pause_count[which]):
            first, last = found.problem.shifts.pauses[which, p, :2]
            roster.pause[a, d, p] = rng.integers(first, last + 1)
    return plan, roster


def test_the_best_pauses_of_a_day_move_nothing_else_and_only_save() -> None:
    plan, roster = scrambled(1)
    found = case(plan)
    settle(found.problem, roster)
    before = float(penalties(found.problem.demand, roster.cover).sum())
    better, saved = best_pauses(found.problem, roster, 1, patience=Patience(work=5, seconds=200))
    after = float(penalties(found.problem.demand, better.cover).sum())
    assert saved == pytest.approx(before - after)
    assert saved > 0
    assert (better.shift == roster.shift).all()
    others = np.arange(roster.shift.shape[1]) != 1
    assert (better.pause[:, others] == roster.pause[:, others]).all()
    made = segments(found, better)
    assert violations(made, plan).empty
    there = on_contact(made, plan.centre)
    assert there["agents"].sum() * 2 == pytest.approx(better.cover.sum() * 2)
