"""SCHEDULE -> PAY_HOURS: hours for payroll, per agent and calendar week, by the clock of the site.

A shift belongs to the week of the local day on which it starts, as labour rules and contracts count it.
Its night, Sunday and holiday hours are those that lie there by the clock: of a shift from Saturday 22:00
to Sunday 06:00, six hours are Sunday's. The three overlap, and an agreement says which of them is paid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

import pandas as pd

from planner.domain.centre import Centre, Site
from planner.domain.pay_tables import PAY_HOURS
from staffing.labour import monday
from staffing.local_spans import HOUR, Spans, nights, whole_days
from staffing.paid_leave import leave_taken

SUNDAY = 6
PARTS = ("paid_h", "night_h", "sunday_h", "holiday_h", "meal_h")


@dataclass(frozen=True)
class Payroll:
    """Whom and which days to count: AGENTS, ABSENCES, the local days, public holidays by site."""

    agents: pd.DataFrame
    absences: pd.DataFrame
    first_day: date
    days: int
    holidays: Mapping[str, frozenset[date]]


def pay_hours(schedule: pd.DataFrame, centre: Centre, *, payroll: Payroll) -> pd.DataFrame:
    """PAY_HOURS of every agent in every calendar week of the days, shifts or none, and in all of them.

    Paid is everything but meals. `contract_h` are a week's whole hours, also where only a part of the week
    is scheduled; overtime is what is paid above them.
    """
    worked = _worked(schedule, centre, payroll)
    weeks = _weeks(payroll, centre).merge(worked, on=["agent_id", "week"], how="left")
    weeks[["shifts", *PARTS]] = weeks[["shifts", *PARTS]].fillna(0.0)
    weeks["overtime_h"] = (weeks["paid_h"] - weeks["contract_h"]).clip(lower=0.0)
    by_week = weeks.rename(columns={"week": "period_start"}).assign(period="week")
    rows = pd.concat([by_week, _totals(by_week)], ignore_index=True)
    hours = [name for name in PAY_HOURS.present(rows) if name.endswith("_h")]
    return PAY_HOURS.check(rows.round(dict.fromkeys(hours, 6)))


def _totals(by_week: pd.DataFrame) -> pd.DataFrame:
    """All weeks of an agent together, dated by the first."""
    summed = [name for name in by_week.columns if name.endswith("_h")] + ["shifts"]
    how = {"site": "first", "contract": "first", "period_start": "min", **dict.fromkeys(summed, "sum")}
    return by_week.groupby("agent_id", sort=False).agg(how).reset_index().assign(period="total")


def _worked(schedule: pd.DataFrame, centre: Centre, payroll: Payroll) -> pd.DataFrame:
    """Hours of each agent and week (its Monday) with shifts: `PARTS`, and the number of shifts."""
    shifts = shift_hours(schedule, centre, payroll=payroll)
    grouped = shifts.groupby(["agent_id", "week"])
    return grouped[list(PARTS)].sum().join(grouped["day"].nunique().rename("shifts")).reset_index()


def shift_hours(schedule: pd.DataFrame, centre: Centre, *, payroll: Payroll) -> pd.DataFrame:
    """Hours of each shift: agent_id, day, week (its Monday) and `PARTS`."""
    parts = [
        _segments(rows, centre.sites[str(site)], payroll)
        for site, rows in schedule.groupby("site", sort=False)
    ]
    columns = ["agent_id", "week", "day", *PARTS]
    segments = pd.concat(parts) if parts else pd.DataFrame(columns=columns)
    segments[["week", "day"]] = segments[["week", "day"]].astype("datetime64[us]")
    return segments.groupby(["agent_id", "week", "day"], as_index=False)[list(PARTS)].sum()


def _segments(rows: pd.DataFrame, site: Site, payroll: Payroll) -> pd.DataFrame:
    """A site's segments with their hours."""
    days = pd.date_range(rows["day"].min() - timedelta(days=1), rows["day"].max() + timedelta(days=2))
    paid = (rows["activity"] != "meal").to_numpy(dtype=float)
    length_h = ((rows["end"] - rows["start"]) / HOUR).to_numpy()
    spans: dict[str, Spans] = {
        "night_h": nights(days, site.time_zone, night=site.labour.night),
        "sunday_h": whole_days(days[days.day_of_week == SUNDAY], site.time_zone),
        "holiday_h": whole_days(payroll.holidays.get(site.code, ()), site.time_zone),
    }
    within = {name: paid * span.hours(rows["start"], rows["end"]) for name, span in spans.items()}
    found = rows[["agent_id", "day"]].assign(week=monday(rows["day"]), paid_h=paid * length_h, **within)
    return found.assign(meal_h=(1 - paid) * length_h)


def _weeks(payroll: Payroll, centre: Centre) -> pd.DataFrame:
    """Every agent and calendar week: agent_id, site, contract, week, contract_h, leave_h."""
    first, last = (
        pd.Timestamp(payroll.first_day),
        pd.Timestamp(payroll.first_day + timedelta(payroll.days - 1)),
    )
    mondays = pd.date_range(first - pd.Timedelta(days=first.day_of_week), last, freq="7D").as_unit("us")
    pairs = payroll.agents[["agent_id", "site", "contract"]].merge(
        pd.DataFrame({"week": mondays}), how="cross"
    )
    taken = leave_taken(payroll.absences, first=first, last=last)
    pairs = pairs.merge(taken, on=["agent_id", "week"], how="left")
    contracts = pairs["contract"].map(centre.contracts)
    hours, days = (contracts.map(attrgetter(name)) for name in ("weekly_hours", "days_per_week"))
    leave_h = pairs["leave_days"].fillna(0.0).clip(upper=days) * hours / days
    return pairs.drop(columns="leave_days").assign(contract_h=hours, leave_h=leave_h)
