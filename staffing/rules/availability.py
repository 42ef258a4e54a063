"""Availability: absences, hire and leave dates, and the site an agent belongs to."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.timegrid import local_day
from staffing.labour import People, Rule, Worked, violations


def days(people: People) -> np.ndarray:
    """Days on which each agent is employed and not absent, agent x day."""
    calendar = people.calendar.to_numpy()[None, :]
    free = np.ones((len(people.agents), people.days), bool)
    for column, outside in (("hire_date", np.less), ("leave_date", np.greater)):
        if column in people.agents.columns:
            dates = people.agents[column].to_numpy()[:, None]
            free &= np.isnat(dates) | ~outside(calendar, dates)
    row = {agent: i for i, agent in enumerate(people.agents["agent_id"])}
    absences = people.absences[people.absences["agent_id"].isin(row)]
    for agent, first, last in zip(absences["agent_id"], absences["first_day"], absences["last_day"]):
        free[row[agent]] &= ~np.asarray((people.calendar >= first) & (people.calendar <= last))
    return free


def broken(worked: Worked) -> pd.DataFrame:
    """Shifts that touch a local day on which the agent is absent, not employed, or of another site."""
    touched = _days_touched(worked)
    return pd.concat([_absent(touched, worked), _not_employed(touched, worked)])


def _days_touched(worked: Worked) -> pd.DataFrame:
    """agent_id, site, day: the local day a shift starts on and, overnight, the one it ends on."""
    shifts = worked.shifts
    last = [
        local_day(rows["end"] - pd.Timedelta(seconds=1), worked.centre.sites[str(code)].time_zone)
        for code, rows in shifts.groupby("site")
    ]
    ends = shifts.assign(day=pd.concat(last).reindex(shifts.index) if last else shifts["day"])
    return pd.concat([shifts, ends])[["agent_id", "site", "day"]].drop_duplicates(ignore_index=True)


def _absent(touched: pd.DataFrame, worked: Worked) -> pd.DataFrame:
    spells = worked.absences[["agent_id", "first_day", "last_day"]]
    both = touched.merge(spells, on="agent_id")
    bad = both[(both["day"] >= both["first_day"]) & (both["day"] <= both["last_day"])]
    return violations(
        bad,
        [
            f"works while absent from {a:%Y-%m-%d} to {b:%Y-%m-%d}"
            for a, b in zip(bad["first_day"], bad["last_day"])
        ],
    )


def _not_employed(touched: pd.DataFrame, worked: Worked) -> pd.DataFrame:
    wanted = ["agent_id", "site", "hire_date", "leave_date"]
    known = worked.agents.reindex(columns=wanted).rename(columns={"site": "home"})
    known = known.astype({"hire_date": "datetime64[us]", "leave_date": "datetime64[us]"})
    both = touched.merge(known, on="agent_id", how="left")
    day = both["day"]
    early, late = both["hire_date"].notna() & (day < both["hire_date"]), day > both["leave_date"]
    notes = np.select(
        [both["home"].isna(), both["home"] != both["site"], early, late],
        [
            "is not in the list of agents",
            "belongs to another site",
            "works before the hire date",
            "works after the leave date",
        ],
        "",
    )
    bad = both[notes != ""]
    return violations(bad, list(notes[notes != ""]))


RULE = Rule("availability", "absences, hire and leave dates, and the agent's site", broken, days=days)
