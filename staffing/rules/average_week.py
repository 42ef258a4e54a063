"""Average week: mean hours of a calendar week over a rolling reference period, as in 48 h over 4 months.

Weeks before what is known count as the contract's; a day of paid leave counts as a day of the contract,
so that leave neither earns nor costs hours.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from staffing.labour import People, Rule, Worked, violations
from staffing.last_weeks import weekly_h
from staffing.paid_leave import leave_days, leave_taken


def week_h(people: People) -> np.ndarray:
    """Hours left to each week, agent x calendar week.

    What the reference period leaves to the weeks of the horizon in it is shared alike among them: so no
    choice of the engine can break the average, though a quiet week cannot lend to a busy one.
    """
    law, weeks = people.site.labour, int(people.week_of_day.max()) + 1
    if law.average_week_h is None:
        return np.full((len(people.agents), weeks), np.inf)
    length, budget_h = law.reference_weeks, law.average_week_h * law.reference_weeks
    hours = _counted_h(people)
    left = np.full((len(people.agents), weeks), np.inf)
    for last in range(weeks):
        window = hours[:, last : last + length]
        share = (budget_h - window.sum(axis=1)) / min(last + 1, length)
        inside = slice(max(0, last - length + 1), last + 1)
        left[:, inside] = np.minimum(left[:, inside], np.maximum(share, 0.0)[:, None])
    return left


def _counted_h(people: People) -> np.ndarray:
    """Hours that count already: columns of the weeks before the horizon, then of its own weeks."""
    law = people.site.labour
    contract_h = np.array([contract.weekly_hours for contract in people.contracts], float)[:, None]
    a_day = contract_h / np.array([contract.days_per_week for contract in people.contracts])[:, None]
    past = weekly_h(people, weeks=law.reference_weeks)
    later = np.zeros((len(past), int(people.week_of_day.max())))
    worked = np.concatenate([past, later], axis=1)
    leave = leave_days(people, weeks_before=law.reference_weeks - 1) * a_day
    unknown = np.minimum(contract_h, law.average_week_h or np.inf)
    return np.where(np.isnan(worked), unknown, worked + leave)


def broken(worked: Worked) -> pd.DataFrame:
    """Weeks of the horizon that end a reference period with too many hours on average."""
    law = {code: site.labour for code, site in worked.centre.sites.items()}
    found = [
        _at_site(worked, code, rules.average_week_h, rules.reference_weeks)
        for code, rules in law.items()
        if rules.average_week_h is not None
    ]
    return pd.concat([violations(worked.shifts.iloc[:0], []), *found])


def _at_site(worked: Worked, code: str, most_h: float, length: int) -> pd.DataFrame:
    here = worked.shifts.loc[worked.shifts["site"] == code, "agent_id"]
    if here.empty:
        return violations(worked.shifts.iloc[:0], [])
    weeks = _hours(
        worked, worked.all_shifts[worked.all_shifts["agent_id"].isin(here)], _first_week(worked, code)
    )
    window = weeks.groupby("agent_id")["counted_h"].rolling(length, min_periods=1)
    total_h, known = window.sum().to_numpy(), window.count().to_numpy()
    assumed_h = np.minimum(weeks["contract_h"], most_h)
    weeks = weeks.assign(mean_h=(total_h + (length - known) * assumed_h) / length)
    bad = worked.ahead(weeks[weeks["mean_h"] > most_h + 1e-6])
    return violations(
        bad,
        [
            f"{mean:.2f} h a week on average over {length} weeks to {day:%Y-%m-%d}; {most_h:g} h are allowed"
            for mean, day in zip(bad["mean_h"], bad["day"])
        ],
    )


def _first_week(worked: Worked, code: str) -> pd.Timestamp:
    """The first week in which anybody of the site is known to have worked, or that of the horizon."""
    site = worked.agents.loc[worked.agents["site"] == code, "agent_id"]
    weeks = worked.past.loc[worked.past["agent_id"].isin(site), "week"]
    first = pd.Timestamp(worked.first_day)
    return weeks.min() if len(weeks) else first - pd.Timedelta(days=first.weekday())


def _hours(worked: Worked, shifts: pd.DataFrame, first: pd.Timestamp) -> pd.DataFrame:
    """Every calendar week from `first`, agent x week: contract_h, counted_h and the last day worked."""
    sums = shifts.groupby(["agent_id", "week"]).agg(paid_h=("paid_h", "sum"), day=("day", "max"))
    last = pd.Timestamp(worked.first_day) + pd.Timedelta(days=worked.days - 1)
    weeks = pd.date_range(first, last, freq="7D")
    agents = pd.Index(shifts["agent_id"].unique(), name="agent_id")
    grid = pd.MultiIndex.from_product([agents, weeks.rename("week").as_unit("us")])
    known = sums.reindex(grid).reset_index()
    leave = leave_taken(worked.absences, first=first, last=last)
    both = known.merge(leave, on=["agent_id", "week"], how="left").fillna({"paid_h": 0.0, "leave_days": 0})
    contract = both["agent_id"].map(shifts.groupby("agent_id")["contract"].last())
    contracts = worked.centre.contracts.items()
    contract_h = contract.map({name: c.weekly_hours for name, c in contracts}).astype("float64")
    days = contract.map({name: c.days_per_week for name, c in contracts}).astype("float64")
    counted_h = both["paid_h"] + both["leave_days"] * contract_h / days
    return both.assign(contract_h=contract_h, counted_h=counted_h)


RULE = Rule("average week", "mean hours of a week over a reference period", broken, week_h=week_h)
