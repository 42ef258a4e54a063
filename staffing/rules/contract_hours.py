"""Contract hours: work and paid leave of a week stay within the contract's hours and days, and its overtime.

A week that began before the horizon holds what was worked, and the leave taken, in it already.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.centre import Contract, Site
from staffing.labour import Limits, People, Rule, Worked, violations
from staffing.last_weeks import used_days, used_h
from staffing.paid_leave import leave_days, leave_taken


def limits(_site: Site, contract: Contract) -> Limits:
    """Weekly hours and days of the contract, overtime included."""
    return Limits(
        week_h=contract.weekly_hours + contract.overtime_h,
        week_days=contract.days_per_week + (contract.overtime_h > 0),
    )


def week_h(people: People) -> np.ndarray:
    """Contract hours that leave and work have not taken, agent x calendar week.

    A day of leave takes a day's share.
    """
    return np.maximum(_left_h(people), 0.0)


def _left_h(people: People) -> np.ndarray:
    """The same; below zero where more has been worked than the contract's hours."""
    hours = np.array([contract.weekly_hours for contract in people.contracts], float)[:, None]
    a_day = hours / np.array([contract.days_per_week for contract in people.contracts])[:, None]
    return np.asarray(hours - leave_days(people) * a_day - used_h(people))


def overtime_h(people: People) -> np.ndarray:
    """Hours left above those of the contract, agent x calendar week; none in a week with leave."""
    most = np.array([contract.overtime_h for contract in people.contracts], float)[:, None]
    left = np.maximum(most + np.minimum(_left_h(people), 0.0), 0.0)
    return np.where(leave_days(people) > 0, 0.0, left)


def week_days(people: People) -> np.ndarray:
    """Days of work the contract has left, agent x calendar week, one more where overtime is worked."""
    most = np.array([c.days_per_week + (c.overtime_h > 0) for c in people.contracts])[:, None]
    return np.maximum(most - used_days(people), 0)


def broken(worked: Worked) -> pd.DataFrame:
    """Weeks with more hours, or more days, than the contract and the leave taken allow."""
    weeks = (
        worked.all_shifts.groupby(["agent_id", "week"])
        .agg(
            contract=("contract", "last"),
            day=("day", "max"),
            days=("day", "nunique"),
            paid_h=("paid_h", "sum"),
        )
        .reset_index()
        .merge(_leave(worked), on=["agent_id", "week"], how="left")
    )
    contracts = worked.centre.contracts
    hours, days, over = (
        weeks["contract"].map({n: getattr(c, name) for n, c in contracts.items()}).astype("float64")
        for name in ("weekly_hours", "days_per_week", "overtime_h")
    )
    leave = weeks["leave_days"].fillna(0.0)
    left_h = (hours - leave * hours / days).clip(lower=0.0) + over.where(leave == 0, 0.0)
    weeks["most_days"] = days + (over > 0)
    bad = worked.ahead(weeks[(weeks["paid_h"] > left_h + 1e-6) | (weeks["days"] > weeks["most_days"])])
    return violations(
        bad,
        [
            f"{paid:g} h on {days} days in the week from {week:%Y-%m-%d}; "
            f"contract {name}{' with overtime' if over[row] > 0 else ''} less leave allows {left:g} h "
            f"on {most:g} days"
            for row, name, paid, days, week, left, most in zip(
                bad.index,
                bad["contract"],
                bad["paid_h"],
                bad["days"],
                bad["week"],
                left_h[bad.index],
                bad["most_days"],
            )
        ],
    )


def _leave(worked: Worked) -> pd.DataFrame:
    """Paid leave from the Monday of the first week to the end of the horizon."""
    first = pd.Timestamp(worked.first_day)
    last = first + pd.Timedelta(days=worked.days - 1)
    return leave_taken(worked.absences, first=first - pd.Timedelta(days=first.weekday()), last=last)


RULE = Rule(
    "contract hours",
    "paid hours and days of a week stay within the contract and its overtime, leave counted as worked",
    broken,
    limits=limits,
    week_h=week_h,
    week_days=week_days,
    overtime_h=overtime_h,
)
