"""A planted centre whose people wish for things, seeded, and the engine's view and the finished one of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, LabourRules
from planner.domain.soft import Soft
from planner.domain.tables import PREFERENCES
from staffing.finished import Finished
from staffing.labour import People
from staffing.scheduling.case import Case
from staffing.wish import Asked
from staffing.wishes.premiums import average_hour
from staffing.worked import Worked
from tests.staffing.scheduling.planted import SPAIN, Planted, centre_of, planted

HOLIDAY = date(2026, 10, 12)


def costly(labour: LabourRules = SPAIN) -> Centre:
    """The planted centre around the clock, with premiums on 20 an hour and paid pauses only."""
    law = replace(labour, night_premium=0.25, sunday_premium=0.5, holiday_premium=1.0)
    there = centre_of(labour=law, opens=(0, 24))
    patterns = tuple(replace(pattern, meal_from_h=24) for pattern in there.shift_patterns)
    site = replace(there.sites["SVQ"], cost_per_paid_hour=20.0)
    return replace(there, sites={"SVQ": site}, shift_patterns=patterns)


def preferences(plan: Planted, seed: int) -> pd.DataFrame:
    """PREFERENCES of half of the people: bands, some past midnight, weekdays and dates, weights."""
    rng = np.random.default_rng(seed)
    rows = []
    for agent in rng.permutation(plan.agents["agent_id"])[: len(plan.agents) // 2]:
        begin = int(rng.integers(0, 24))
        band = (f"{begin:02}:00", f"{(begin + 2) % 24:02}:30")
        rows.append((agent, "start", str(rng.choice(["all", "mon-fri"])), *band, int(rng.integers(1, 6))))
        rows.append((agent, "start", "wed", "09:00", "10:00", None))
        rows.append((agent, "day off", str(rng.choice(["sun", "2026-10-07", "fri-sat"])), None, None, None))
        rows.append((agent, "work", str(rng.choice(["mon", "2026-10-08"])), None, None, 2))
    columns = ["agent_id", "wish", "days", "start_from", "start_to", "weight"]
    return PREFERENCES.check(pd.DataFrame(rows, columns=columns))


def wishing(seed: int = 1, number: int = 24, days: int = 14) -> tuple[Planted, pd.DataFrame]:
    """A planted centre with premiums, and what its people wish for."""
    plan = planted(seed, number, centre=costly(), days=days)
    return plan, preferences(plan, seed)


def asked(case: Case, plan: Planted, wishes: pd.DataFrame, soft: Soft | None = None) -> Asked:
    """The engine's view of those who are in the case."""
    here = plan.agents.set_index("agent_id").loc[list(case.agents)].reset_index()
    contracts = tuple(plan.centre.contracts[name] for name in here["contract"])
    people = People(here, plan.absences, case.site, contracts, case.queues, plan.first_day, plan.days)
    kind, money = case.problem.staff.kind, average_hour(plan.centre)
    return Asked(people, kind, wishes, soft or Soft(), money, frozenset({HOLIDAY}))


def finished(
    plan: Planted, schedule: pd.DataFrame, wishes: pd.DataFrame, soft: Soft | None = None
) -> Finished:
    """The checking view of a schedule."""
    named = schedule.merge(plan.agents[["agent_id", "contract"]], on="agent_id", how="left")
    worked = Worked(named, plan.agents, plan.absences, plan.centre, plan.first_day, plan.days)
    return Finished(worked, wishes, soft or Soft(), {"SVQ": frozenset({HOLIDAY})})
