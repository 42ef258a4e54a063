"""Hours for payroll: they add up to the schedule, and every minute falls where the wall clock says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from planner.domain.centre import Centre, Contract
from planner.domain.tables import ABSENCES, SCHEDULE
from staffing.pay_hours import Payroll, pay_hours
from tests.staffing.rules.hand import MONDAY, ZONE, absences, agents, centre, law, shift
from tests.staffing.scheduling.planted import centre_of, paid_h, planted

LATE_OCTOBER = date(2026, 10, 19)  # the clocks go back in the night to Sunday 25 October
LATE_MARCH = date(2027, 3, 22)  # and forward in the night to Sunday 28 March
NATIONAL_DAY = {"SVQ": frozenset({date(2026, 10, 12)})}


def hours(
    *shifts: list[dict[str, object]],
    at: Centre | None = None,
    away: pd.DataFrame | None = None,
    first_day: date = MONDAY,
    days: int = 14,
) -> pd.DataFrame:
    """PAY_HOURS of hand-written shifts, by period and day."""
    schedule = SCHEDULE.check(pd.DataFrame([segment for segments in shifts for segment in segments]))
    payroll = Payroll(agents(), absences() if away is None else away, first_day, days, NATIONAL_DAY)
    found = pay_hours(schedule, at or centre(), payroll=payroll)
    return found[found["agent_id"] == "ana"].set_index(["period", "period_start"])


def week(found: pd.DataFrame, monday: date = MONDAY) -> pd.Series:
    return found.loc[("week", pd.Timestamp(monday))]


def test_a_night_shift_into_sunday_is_split_by_the_clock() -> None:
    found = week(hours(shift("2026-10-10 22:00", 8, meal_after=4)))  # Saturday to Sunday 06:30, meal at 02:00
    assert found["paid_h"] == 8
    assert found["night_h"] == 7.5  # 22:00 to 06:00 but for the meal
    assert found["sunday_h"] == 6  # 00:00 to 06:30 but for the meal
    assert found["meal_h"] == 0.5
    assert found["shifts"] == 1


def test_a_shift_from_sunday_into_monday_belongs_to_the_week_that_ends() -> None:
    found = hours(shift("2026-10-11 20:00", 8, meal_after=None))  # into the national day
    assert week(found)[["paid_h", "sunday_h", "holiday_h"]].tolist() == [8, 4, 4]
    assert week(found, date(2026, 10, 12))[["paid_h", "holiday_h"]].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("start", "first_day", "night", "sunday"),
    [("2026-10-24 22:00", LATE_OCTOBER, 9, 7), ("2027-03-27 22:00", LATE_MARCH, 7, 5)],
    ids=["back", "forward"],
)
def test_a_night_in_which_the_clock_changes_has_an_hour_more_or_less(
    start: str, first_day: date, night: float, sunday: float
) -> None:
    found = week(hours(shift(start, night, meal_after=None), first_day=first_day), first_day)
    assert found[["paid_h", "night_h", "sunday_h"]].tolist() == [night, night, sunday]


def test_overtime_is_what_is_paid_above_the_contract_of_the_week() -> None:
    days = [shift(f"2026-10-{day:02} 09:00", 10, meal_after=5) for day in range(5, 10)]
    found = hours(*days, shift("2026-10-12 09:00", 8))
    assert week(found)[["paid_h", "overtime_h"]].tolist() == [50, 10]
    assert week(found, date(2026, 10, 12))[["paid_h", "overtime_h"]].tolist() == [8, 0]
    assert found.loc["total"].iloc[0][["contract_h", "paid_h", "overtime_h", "shifts"]].tolist() == [
        80, 58, 10, 6,
    ]  # fmt: skip


def test_a_day_of_paid_leave_takes_a_days_share_and_an_unpaid_one_nothing() -> None:
    away = absences(
        ("ana", "2026-10-05", "2026-10-06", "leave"), ("ana", "2026-10-07", "2026-10-07", "unavailable")
    )
    found = hours(shift("2026-10-08 09:00"), away=away)
    assert week(found)[["leave_h", "contract_h"]].tolist() == [16, 40]
    assert week(found, date(2026, 10, 12))["leave_h"] == 0


def test_nobody_is_left_out() -> None:
    payroll = Payroll(agents(), absences(), MONDAY, 7, {})
    found = pay_hours(SCHEDULE.empty(), centre(), payroll=payroll)
    assert sorted(zip(found["agent_id"], found["period"])) == [
        (who, period) for who in ("ana", "bea") for period in ("total", "week")
    ]
    assert found["paid_h"].sum() == 0


@pytest.mark.parametrize("first_day", [MONDAY, LATE_OCTOBER, LATE_MARCH], ids=str)
def test_every_minute_of_a_planted_schedule_falls_where_the_wall_clock_says(first_day: date) -> None:
    at = centre_of(opens=(0, 24))
    site = replace(at.sites["SVQ"], labour=replace(at.sites["SVQ"].labour, night=(21, 7)))
    at = replace(
        at, sites={"SVQ": site}, contracts={n: Contract(n, 12, 5, c.shift_h) for n, c in at.contracts.items()}
    )
    plan = planted(3, 12, centre=at, first_day=first_day, days=14)
    moved = plan.schedule.assign(
        start=plan.schedule["start"] + pd.Timedelta(hours=11),
        end=plan.schedule["end"] + pd.Timedelta(hours=11),
    )  # into the evenings and nights
    holiday = first_day + timedelta(days=8)
    payroll = Payroll(plan.agents, ABSENCES.empty(), first_day, 14, {"SVQ": frozenset({holiday})})
    found = pay_hours(moved, at, payroll=payroll).query("period == 'total'")
    minutes = by_the_minute(moved, holiday)
    assert found["paid_h"].sum() == pytest.approx(paid_h(moved))
    for name in ("night_h", "sunday_h", "holiday_h"):
        told = dict(zip(found["agent_id"], found[name]))
        assert told == pytest.approx({agent: minutes[agent, name] / 60 for agent in told}), name
    weeks = pay_hours(moved, at, payroll=payroll).query("period == 'week'")
    excess = (weeks["paid_h"] - 12).clip(lower=0).groupby(weeks["agent_id"]).sum()
    assert found.set_index("agent_id")["overtime_h"].to_dict() == pytest.approx(excess.to_dict())


def by_the_minute(schedule: pd.DataFrame, holiday: date) -> Counter[tuple[str, str]]:
    """Paid minutes by agent and kind, counted one by one on the wall clock."""
    found: Counter[tuple[str, str]] = Counter()
    for row in schedule[schedule["activity"] != "meal"].itertuples():
        for n in range(int((row.end - row.start) / pd.Timedelta(minutes=1))):
            wall: datetime = (row.start + pd.Timedelta(minutes=n)).to_pydatetime().astimezone(ZoneInfo(ZONE))
            found[row.agent_id, "night_h"] += wall.hour >= 21 or wall.hour < 7
            found[row.agent_id, "sunday_h"] += wall.weekday() == 6
            found[row.agent_id, "holiday_h"] += wall.date() == holiday
    return found


def test_a_site_without_a_night_has_no_night_hours() -> None:
    found = week(hours(shift("2026-10-05 22:00", 8, meal_after=None), at=law(night=(22, 22))))
    assert found["night_h"] == 0
