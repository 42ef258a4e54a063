"""Overtime in what stands already: locked, held and published shifts of a week with more than the contract's hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from planner.domain.centre import Contract, ShiftPattern
from planner.domain.change_tables import LOCKED, WHOLE_SHIFT
from planner.domain.tables import ABSENCES
from staffing.labour import every_rule
from staffing.scheduling.again import legal_part
from staffing.scheduling.known import known
from staffing.scheduling.problem import BEGIN, END, WHICH
from staffing.scheduling.roster_cost import total_cost
from staffing.scheduling.schedule import Given, Schedule, ScheduleSettings, schedule
from staffing.standing import Standing
from tests.staffing.scheduling.planted import MONDAY, Planted
from tests.staffing.scheduling.solving import case, solved, violations
from tests.staffing.scheduling.test_overtime import LAW, saturday, short, with_overtime


def run(plan: Planted, standing: Standing) -> Schedule:
    return schedule(
        plan.requirement, plan.agents, plan.centre, absences=plan.absences,
        first_day=plan.first_day, days=plan.days, given=Given(standing=standing),
        settings=ScheduleSettings(1, seconds_per_site=600, pairs_each=60, bound_steps=10),
    )  # fmt: skip


def locked(rows: pd.DataFrame) -> pd.DataFrame:
    """Whole shifts, locked from their first to their last minute."""
    days = rows.groupby(["agent_id", "site", "day"], as_index=False).agg(
        start=("start", "min"), end=("end", "max")
    )
    return LOCKED.check(days.assign(activity=WHOLE_SHIFT))


@pytest.mark.parametrize("published", [0, 5, 6])
def test_locked_shifts_of_a_week_with_overtime_stay(published: int) -> None:
    plan = saturday(4)
    made = solved(plan, pairs_each=60).schedule
    days = sorted(made["day"].unique())
    there = made[made["day"].isin(days[:published])].reset_index(drop=True)
    lock = locked(made[~made["day"].isin(days[:5])] if published else made)
    found = run(plan, Standing(locked=lock, published=there))
    assert found.schedule["day"].nunique() == 6
    assert violations(found.schedule, plan).empty
    edges = found.schedule.groupby("day")[["start", "end"]].agg({"start": "min", "end": "max"})
    for row in lock.itertuples():
        assert tuple(edges.loc[row.day]) == (row.start, row.end)


def test_a_held_day_above_the_contract_leaves_the_others_to_the_engine() -> None:
    plan = saturday(4)
    made = solved(plan, pairs_each=60).schedule
    last = made[made["day"] == made["day"].max()].drop(columns=["shift"])
    found = run(plan, Standing(locked=LOCKED.check(last)))
    assert found.schedule["day"].nunique() == 6
    assert violations(found.schedule, plan).empty
    assert found.report["cost"].sum() == pytest.approx(60 + 6 * 18, abs=0.01)


def test_nothing_to_change_changes_nothing_where_overtime_is_published() -> None:
    plan = with_overtime(short())
    made = solved(plan, pairs_each=60).schedule
    found = run(plan, Standing(published=made))
    before, after = (
        rows.sort_values(["agent_id", "start"], ignore_index=True)[["agent_id", "start", "end", "activity"]]
        for rows in (made, found.schedule)
    )
    moved = (before.merge(after, how="outer", indicator=True)["_merge"] != "both").sum()
    assert moved < 0.2 * len(before)
    assert violations(found.schedule, plan).empty


def lengths(contract: Contract, *, leave: bool = False) -> Planted:
    """One agent with shifts of the contract's lengths, needed for twelve hours of every day."""
    plan = saturday(4)
    patterns = tuple(ShiftPattern(f"{hours:g} h", hours) for hours in contract.shift_h)
    sites = {
        code: replace(site, labour=replace(LAW, day_max_h=12)) for code, site in plan.centre.sites.items()
    }
    made = replace(plan.centre, contracts={"half": contract}, shift_patterns=patterns, sites=sites)
    midnight = pd.Timestamp(MONDAY).tz_localize("Europe/Madrid")
    starts = [midnight + timedelta(days=d, minutes=480 + 30 * n) for d in range(7) for n in range(24)]
    rows = pd.DataFrame({"interval_start": pd.DatetimeIndex(starts).tz_convert("UTC").as_unit("us")})
    rows = rows.assign(site="SVQ", language="es", channel="voice", agents_scheduled=1.0)
    away = [{"agent_id": "ana", "first_day": MONDAY, "last_day": MONDAY, "reason": "leave"}]
    absences = ABSENCES.check(pd.DataFrame(away)) if leave else plan.absences
    return replace(plan, centre=made, requirement=rows, absences=absences)


def test_a_locked_shift_brings_no_overtime_into_a_week_with_leave() -> None:
    plan = lengths(Contract("half", 36, 4, (8.0, 10.0), 10.0), leave=True)
    posed = case(plan)
    listed = posed.problem.shifts.starts[0, 2, : posed.problem.shifts.offered[0, 2]]
    ten = next(start for start in listed if posed.shifts[start[WHICH]].paid_min == 600)
    step, zero = pd.Timedelta(minutes=30), posed.clock.midnights[0]
    lock = pd.DataFrame(
        {
            "agent_id": ["ana"], "site": "SVQ", "day": pd.Timestamp(MONDAY + timedelta(days=2)),
            "start": zero + ten[BEGIN] * step, "end": zero + ten[END] * step,
        }
    )  # fmt: skip
    found = run(plan, Standing(locked=locked(lock)))
    assert violations(found.schedule, plan).empty
    assert found.schedule["day"].nunique() > 1


def test_the_fewest_hours_above_the_contract_are_read_as_overtime() -> None:
    plan = lengths(Contract("half", 35, 5, (7.0, 8.0), 8.0))
    found, posed = solved(plan, pairs_each=60), case(plan)
    assert violations(found.schedule, plan).empty
    roster = known(posed, found.schedule).roster
    which = posed.problem.shifts.starts[0, np.arange(7), np.maximum(roster.shift[0], 0), WHICH]
    over = [
        posed.shifts[m].paid_min
        for m, place in zip(which, roster.shift[0])
        if place >= 0 and posed.shifts[m].overtime
    ]
    assert over == [480]
    assert total_cost(posed, roster) == pytest.approx(found.report["cost"].sum(), abs=0.01)
    assert (legal_part(posed, found.schedule).shift >= 0).sum() == 6


def test_the_price_of_an_idle_contract_is_the_same_with_overtime() -> None:
    bare, more = (case(lengths(Contract("half", 38, 4, (8.0,), hours))).idle_base for hours in (0.0, 8.0))
    assert bare.tolist() == more.tolist() == [[320.0]]


def test_without_the_rule_of_contracts_there_is_no_overtime_to_offer() -> None:
    plan = saturday(4)
    rules = [rule for rule in every_rule() if rule.name != "contract hours"]
    assert not any(shift.overtime for shift in case(plan, rules=rules).shifts)
