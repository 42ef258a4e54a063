"""PAY_HOURS -> what every agent costs in every calendar week, in the plan's currency."""

from __future__ import annotations

from datetime import timedelta
from operator import attrgetter

import pandas as pd

from planner.domain.centre import Centre
from staffing.costing.hour import hour_of_agents
from staffing.paid_leave import unpaid_days
from staffing.pay_hours import Payroll

PREMIUMS = ("overtime", "night", "sunday", "holiday")
PAID = ("wages", "leave", "unused", *PREMIUMS)  # money for people's hours
DAY = pd.Timedelta(days=1)


def agent_weeks(hours: pd.DataFrame, centre: Centre, *, payroll: Payroll) -> pd.DataFrame:
    """Every agent's weeks of PAY_HOURS with `hour` (money of a loaded hour), `unused_h` and money by `PAID`.

    Also employed_days, and hire_date (NaT where unknown). Scheduled hours are paid, paid leave is, and so
    are contract hours that are neither: a contract is owed whether it is scheduled or not.
    """
    weeks = hours[hours["period"] == "week"].rename(columns={"period_start": "week"})
    weeks = weeks.drop(columns="period").merge(_employed(payroll, weeks), on=["agent_id", "week"], how="left")
    weeks["leave_h"] = weeks["leave_h"].where(weeks["employed_days"] > 0, 0.0)
    weeks["unused_h"] = (_owed_h(weeks, centre) - weeks["paid_h"] - weeks["leave_h"]).clip(lower=0.0)
    weeks["hour"] = weeks["agent_id"].map(hour_of_agents(payroll.agents, centre))
    return weeks.assign(**_money(weeks, centre)).reset_index(drop=True)


def _employed(payroll: Payroll, weeks: pd.DataFrame) -> pd.DataFrame:
    """Days of each week that are planned and on which the agent is employed, and of them unpaid ones."""
    first = pd.Timestamp(payroll.first_day)
    last = pd.Timestamp(payroll.first_day + timedelta(payroll.days - 1))
    people = payroll.agents.reindex(columns=["agent_id", "hire_date", "leave_date"])
    pairs = weeks[["agent_id", "week"]].merge(people, on="agent_id", how="left")
    hired, gone = (pd.to_datetime(pairs[name]) for name in ("hire_date", "leave_date"))
    begin = pairs["week"].clip(lower=first).combine(hired.fillna(first), max)
    end = (pairs["week"] + 6 * DAY).clip(upper=last).combine(gone.fillna(last), min)
    pairs = pairs.assign(employed_days=((end - begin) // DAY + 1).clip(lower=0), hire_date=hired)
    unpaid = unpaid_days(payroll.absences, first=first, last=last)
    found = pairs.drop(columns="leave_date").merge(unpaid, on=["agent_id", "week"], how="left")
    return found.fillna({"unpaid_days": 0.0})


def _owed_h(weeks: pd.DataFrame, centre: Centre) -> pd.Series:
    """Contract hours of the days employed, less a day's share for each day that is not paid."""
    days = weeks["contract"].map(centre.contracts).map(attrgetter("days_per_week")).astype(float)
    unpaid = weeks["unpaid_days"].clip(upper=days) * weeks["contract_h"] / days
    return (weeks["contract_h"] * weeks["employed_days"] / 7 - unpaid).clip(lower=0.0)


def _money(weeks: pd.DataFrame, centre: Centre) -> dict[str, pd.Series]:
    shares = premium_shares(centre).reindex(weeks["site"].astype(str).to_numpy()).set_index(weeks.index)
    money = {name: weeks["hour"] * weeks[f"{name}_h"] for name in ("leave", "unused")}
    premiums = {name: weeks["hour"] * weeks[f"{name}_h"] * shares[name] for name in PREMIUMS}
    return {"wages": weeks["hour"] * weeks["paid_h"], **money, **premiums}


def premium_shares(centre: Centre) -> pd.DataFrame:
    """What each site pays on top of the hour, as shares of it: a row a site, a column a premium."""
    rows = {
        code: (
            centre.rates.of(code).overtime_premium,
            site.labour.night_premium,
            site.labour.sunday_premium,
            site.labour.holiday_premium,
        )
        for code, site in centre.sites.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(PREMIUMS)).astype(float)
