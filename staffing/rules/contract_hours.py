"""Contract hours: work and paid leave of a week stay within the contract's hours and days."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.centre import Contract, Site
from staffing.labour import Limits, People, Rule, Worked, monday, violations

UNPAID = "unavailable"  # an absence with this reason takes no contract hours; any other one does


def limits(_site: Site, contract: Contract) -> Limits:
    """Weekly hours and days of the contract."""
    return Limits(week_h=contract.weekly_hours, week_days=contract.days_per_week)


def week_h(people: People) -> np.ndarray:
    """Contract hours that leave has not taken, agent x calendar week: a day of leave takes a day's share."""
    leave = np.zeros((len(people.agents), people.days), bool)
    row = {agent: i for i, agent in enumerate(people.agents["agent_id"])}
    for agent, first, last, reason in _spells(people.absences):
        if agent in row and reason != UNPAID:
            leave[row[agent]] |= np.asarray((people.calendar >= first) & (people.calendar <= last))
    weeks = int(people.week_of_day.max()) + 1
    days = np.stack([leave[:, people.week_of_day == week].sum(axis=1) for week in range(weeks)], axis=1)
    hours = np.array([contract.weekly_hours for contract in people.contracts])[:, None]
    a_day = hours / np.array([contract.days_per_week for contract in people.contracts])[:, None]
    return np.maximum(hours - days * a_day, 0.0)


def _spells(absences: pd.DataFrame) -> list[tuple[str, pd.Timestamp, pd.Timestamp, str]]:
    reasons = absences["reason"] if "reason" in absences.columns else pd.Series("", index=absences.index)
    return list(zip(absences["agent_id"], absences["first_day"], absences["last_day"], reasons.fillna("")))


def broken(worked: Worked) -> pd.DataFrame:
    """Weeks with more hours, or more days, than the contract and the leave taken allow."""
    weeks = (
        worked.shifts.groupby(["agent_id", "week"])
        .agg(
            contract=("contract", "first"),
            day=("day", "max"),
            days=("day", "nunique"),
            paid_h=("paid_h", "sum"),
        )
        .reset_index()
        .merge(_leave(worked), on=["agent_id", "week"], how="left")
    )
    contracts = worked.centre.contracts
    weeks["most_h"] = (
        weeks["contract"].map({n: c.weekly_hours for n, c in contracts.items()}).astype("float64")
    )
    weeks["most_days"] = (
        weeks["contract"].map({n: c.days_per_week for n, c in contracts.items()}).astype("float64")
    )
    leave_h = weeks["leave_days"].fillna(0.0) * weeks["most_h"] / weeks["most_days"]
    left_h = (weeks["most_h"] - leave_h).clip(lower=0.0)
    bad = weeks[(weeks["paid_h"] > left_h + 1e-6) | (weeks["days"] > weeks["most_days"])]
    return violations(
        bad,
        [
            f"{paid:g} h on {days} days in the week from {week:%Y-%m-%d}; "
            f"contract {name} less leave allows {left:g} h on {most:g} days"
            for name, paid, days, week, left, most in zip(
                bad["contract"], bad["paid_h"], bad["days"], bad["week"], left_h[bad.index], bad["most_days"]
            )
        ],
    )


def _leave(worked: Worked) -> pd.DataFrame:
    """Days of paid leave within the horizon: agent_id, week, leave_days."""
    calendar = pd.DataFrame({"day": pd.date_range(worked.first_day, periods=worked.days).as_unit("us")})
    absent = worked.absences
    if "reason" in absent.columns:
        absent = absent[absent["reason"].fillna("") != UNPAID]
    pairs = absent[["agent_id", "first_day", "last_day"]].merge(calendar, how="cross")
    taken = pairs[(pairs["day"] >= pairs["first_day"]) & (pairs["day"] <= pairs["last_day"])]
    return (
        taken.assign(week=monday(taken["day"]))
        .groupby(["agent_id", "week"])
        .agg(leave_days=("day", "nunique"))
        .reset_index()
    )


RULE = Rule(
    "contract hours",
    "paid hours and days of a week stay within the contract, leave counted as worked",
    broken,
    limits=limits,
    week_h=week_h,
)
