"""A schedule is legal, named, repeatable, near its bound, and says what it could not do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from planner.domain.problems import Infeasible, InputError
from planner.domain.tables import SCHEDULE, SCHEDULE_REPORT
from planner.domain.timegrid import OpeningHours
from staffing.scheduling.schedule import Schedule, ScheduleSettings, schedule
from tests.staffing.scheduling.planted import (
    MONDAY,
    SPAIN,
    Planted,
    centre_of,
    cost_of,
    on_contact,
    paid_h,
    planted,
)
from tests.staffing.scheduling.solving import solved, violations

HOUR = pd.Timedelta(hours=1)


@pytest.fixture(scope="module")
def plan() -> Planted:
    return planted(7, 24, centre=centre_of(), days=14)


@pytest.fixture(scope="module")
def answer(plan: Planted) -> Schedule:
    return solved(plan, pairs_each=150)


def test_the_schedule_is_legal(plan: Planted, answer: Schedule) -> None:
    assert violations(answer.schedule, plan).empty


def test_a_requirement_that_can_be_met_exactly_is_met_but_for_a_little(
    plan: Planted, answer: Schedule
) -> None:
    assert answer.report["under_h"].sum() < 0.03 * answer.report["required_h"].sum()


def test_everybody_works_the_contract_that_leave_has_not_taken(plan: Planted, answer: Schedule) -> None:
    assert paid_h(answer.schedule) == pytest.approx(paid_h(plan.schedule))


def test_the_report_says_what_the_tables_say(plan: Planted, answer: Schedule) -> None:
    report = SCHEDULE_REPORT.check(answer.report)
    there = on_contact(answer.schedule, plan.centre)
    both = there.merge(plan.requirement, on=list(there.columns[:4]), how="outer").fillna(0.0)
    gap = both["agents_scheduled"] - both["agents"]
    assert report["cost"].sum() == pytest.approx(cost_of(answer.schedule, plan))
    assert report["scheduled_h"].sum() == pytest.approx(there["agents"].sum() / 2)
    assert report["under_h"].sum() == pytest.approx(gap.clip(lower=0).sum() / 2)
    assert report["over_h"].sum() == pytest.approx(-gap.clip(upper=0).sum() / 2)
    assert report["paid_h"].sum() == pytest.approx(paid_h(answer.schedule))
    assert report["week"].tolist() == [pd.Timestamp("2026-10-05"), pd.Timestamp("2026-10-12")]


def test_the_same_seed_gives_the_same_schedule_and_another_one_does_not(plan: Planted) -> None:
    first, again, other = (solved(plan, seed=seed, pairs_each=5, bound_steps=5) for seed in (3, 3, 4))
    pd.testing.assert_frame_equal(first.schedule, again.schedule)
    assert not first.schedule.equals(other.schedule)


def test_two_sites_come_out_the_same_one_after_the_other_or_side_by_side() -> None:
    north = planted(1, 5, centre=centre_of(code="LIS", zone="Europe/Lisbon"))
    south = planted(2, 5, centre=centre_of())
    both = {
        "requirement": pd.concat([north.requirement, south.requirement], ignore_index=True),
        "agents": pd.concat([north.agents, south.agents.assign(agent_id="s" + south.agents["agent_id"])]),
    }
    centre = replace(
        north.centre,
        sites={**north.centre.sites, **south.centre.sites},
        queues={**north.centre.queues, **south.centre.queues},
    )

    def result(workers: int) -> Schedule:
        settings = ScheduleSettings(1, seconds_per_site=600, workers=workers, pairs_each=3, bound_steps=3)
        return schedule(
            both["requirement"], both["agents"], centre,
            absences=north.absences, first_day=MONDAY, days=7, settings=settings,
        )  # fmt: skip

    pd.testing.assert_frame_equal(result(1).schedule, result(2).schedule)


def test_progress_names_site_week_cost_bound_and_gap(plan: Planted) -> None:
    said: list[str] = []
    settings = ScheduleSettings(1, pairs_each=1, bound_steps=1)
    schedule(
        plan.requirement, plan.agents, plan.centre,
        absences=plan.absences, first_day=plan.first_day, days=plan.days, settings=settings, progress=said.append,
    )  # fmt: skip
    ended = [line for line in said if line.startswith("scheduled")]
    assert len(ended) == 2
    assert all(word in ended[0] for word in ("SVQ", "2026-10-05", "cost", "bound", "gap"))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_long_search_says_how_it_stands_also_from_another_process(workers: int) -> None:
    north, south = (planted(n, 6, centre=centre_of(code=code)) for n, code in enumerate(("SVQ", "LIS"), 3))
    both = replace(
        north.centre,
        sites=north.centre.sites | south.centre.sites,
        queues=north.centre.queues | south.centre.queues,
    )
    said: list[str] = []
    made = schedule(
        pd.concat([north.requirement, south.requirement], ignore_index=True),
        pd.concat([north.agents, south.agents.assign(agent_id="s" + south.agents["agent_id"])], ignore_index=True),
        both, absences=north.absences, first_day=MONDAY, days=7, progress=said.append,
        settings=ScheduleSettings(1, seconds_per_site=1.5, workers=workers, bound_steps=1),
    )  # fmt: skip
    for code in ("SVQ", "LIS"):
        on_the_way = [line for line in said if line.startswith(f"{code}: cost")]
        assert len(on_the_way) >= 2
        assert all("bound so far" in line and "gap" in line for line in on_the_way)
        tried = [int(line.split(" pairs")[0].split()[-1].replace(",", "")) for line in on_the_way]
        assert tried[0] == 0 < tried[1] <= tried[-1]
    assert len(made.report) == 2


def test_a_time_limit_is_a_normal_end(plan: Planted) -> None:
    settings = ScheduleSettings(1, seconds_per_site=1e-3, pairs_each=10_000, bound_steps=1)
    answer = schedule(
        plan.requirement, plan.agents, plan.centre,
        absences=plan.absences, first_day=plan.first_day, days=plan.days, settings=settings,
    )  # fmt: skip
    assert answer.report["stopped"].str.startswith("time limit").all()
    assert violations(answer.schedule, plan).empty


@pytest.mark.parametrize(
    ("first_day", "zone"),
    [
        (date(2026, 10, 19), "Europe/Madrid"),
        (date(2026, 3, 23), "Europe/Madrid"),
        (date(2026, 3, 2), "America/New_York"),
    ],
)
def test_nights_and_clock_changes_keep_the_law_and_the_length_of_shifts(first_day: date, zone: str) -> None:
    """The clock changes on the Sunday between the two weeks' ends; shifts of eight hours last eight hours."""
    plan = planted(11, 10, centre=centre_of(zone=zone, opens=(0, 24)), first_day=first_day, days=14)
    flat = plan.requirement.groupby(["site", "language", "channel"])["agents_scheduled"].mean().reset_index()
    moments = pd.date_range(
        pd.Timestamp(first_day, tz=zone),
        pd.Timestamp(first_day, tz=zone) + pd.DateOffset(days=14),
        freq="30min",
        inclusive="left",
    ).tz_convert("UTC")
    needed = flat.merge(pd.DataFrame({"interval_start": moments.as_unit("us")}), how="cross")
    plan = Planted(plan.centre, plan.agents, plan.absences, plan.schedule, needed, first_day, 14)
    answer = solved(plan, pairs_each=20, bound_steps=20)
    assert violations(answer.schedule, plan).empty
    assert cost_of(answer.schedule, plan) == pytest.approx(answer.report["cost"].sum())
    shifts = answer.schedule.groupby(["agent_id", "day", "shift"])
    hours = (shifts["end"].max() - shifts["start"].min()) / HOUR
    spans = {"full 8 h": 8.5, "part 6 h": 6.0, "half 4 h": 4.0}
    assert (hours == hours.index.get_level_values("shift").map(spans)).all()


def test_intervals_of_fifteen_minutes_hold_a_break_of_fifteen_minutes() -> None:
    plan = planted(4, 8, centre=centre_of(interval_min=15))
    answer = solved(plan, pairs_each=20, bound_steps=5)
    assert violations(answer.schedule, plan).empty
    assert (answer.report["required_h"] > 0).all()
    breaks = answer.schedule[answer.schedule["activity"] == "break"]
    assert set((breaks["end"] - breaks["start"]) / pd.Timedelta(minutes=1)) == {15.0}
    assert (on_contact(answer.schedule, plan.centre)["agents"] % 1 == 0).all()


def test_a_horizon_that_begins_in_midweek_has_a_short_week(plan: Planted) -> None:
    answer = schedule(
        plan.requirement, plan.agents, plan.centre,
        absences=plan.absences, first_day=date(2026, 10, 8), days=7,
        settings=ScheduleSettings(1, pairs_each=5, bound_steps=5),
    )  # fmt: skip
    assert answer.report["week"].tolist() == [pd.Timestamp("2026-10-05"), pd.Timestamp("2026-10-12")]
    assert answer.schedule["day"].between("2026-10-08", "2026-10-14").all()


def test_who_cannot_be_scheduled_is_named_with_the_reason(plan: Planted) -> None:
    agents = plan.agents.copy()
    agents.loc[0, "languages"] = "fi"
    agents.loc[1, "hire_date"] = pd.Timestamp("2027-01-01")
    answer = solved(
        Planted(plan.centre, agents, plan.absences, plan.schedule, plan.requirement, MONDAY, 14),
        pairs_each=1,
        bound_steps=1,
    )
    notes = {note.note.split(" ")[0]: note.note for note in answer.notes}
    assert "skills" in notes["a000"]
    assert "availability" in notes["a001"]
    assert not answer.schedule["agent_id"].isin(["a000", "a001"]).any()


def test_a_contract_whose_shifts_are_unlawful_is_named(plan: Planted) -> None:
    centre = centre_of(labour=replace(SPAIN, day_max_h=7))
    answer = solved(replace(plan, centre=centre), pairs_each=1, bound_steps=1)
    full = set(plan.agents.loc[plan.agents["contract"] == "full", "agent_id"])
    assert {note.note.split(" ")[0] for note in answer.notes} == full
    assert all("longest day" in note.note for note in answer.notes)


def test_a_site_without_agents_or_without_opening_is_reported_short_of_everything(plan: Planted) -> None:
    shut = OpeningHours("Europe/Madrid", {})
    site = replace(plan.centre.sites["SVQ"], hours=shut)
    for other in (
        replace(plan, agents=plan.agents.iloc[:0]),
        replace(plan, centre=replace(plan.centre, sites={"SVQ": site})),
    ):
        answer = solved(other, pairs_each=1, bound_steps=1)
        assert SCHEDULE.check(answer.schedule).empty
        assert answer.report["under_h"].sum() == pytest.approx(answer.report["required_h"].sum())
        assert (answer.report["gap"] == 0).all()


def test_where_nothing_is_needed_nothing_is_short() -> None:
    plan = planted(9, 4, centre=centre_of())
    idle = plan.requirement.assign(agents_scheduled=0.0)
    answer = solved(replace(plan, requirement=idle), pairs_each=5, bound_steps=5)
    assert answer.report["under_h"].sum() == 0
    assert violations(answer.schedule, plan).empty


def test_unknown_contracts_and_sites_are_refused_together(plan: Planted) -> None:
    agents = plan.agents.assign(contract="zero hours")
    needed = pd.concat([plan.requirement, plan.requirement.iloc[:1].assign(site="OSL")])
    with pytest.raises(InputError) as refused:
        solved(replace(plan, agents=agents, requirement=needed))
    assert {problem.code for problem in refused.value.problems} == {"unknown_contract", "unknown_site"}


def test_dates_that_contradict_each_other_are_infeasible_with_who_when_and_which_rule(plan: Planted) -> None:
    agents = plan.agents.assign(hire_date=pd.Timestamp("2026-12-01"), leave_date=pd.NaT)
    agents.loc[3, "leave_date"] = pd.Timestamp("2026-11-01")
    with pytest.raises(Infeasible, match=r"a003 leaves on 2026-11-01.*2026-12-01.*availability"):
        solved(replace(plan, agents=agents))


def test_need_on_another_grid_of_intervals_is_refused(plan: Planted) -> None:
    moved = plan.requirement.assign(
        interval_start=plan.requirement["interval_start"] + pd.Timedelta(minutes=10)
    )
    with pytest.raises(InputError, match="30 min counted from midnight in Europe/Madrid"):
        solved(replace(plan, requirement=moved))
