"""ABSENCES: the leave of the coming weeks, in whole weeks and single days, as planned shrinkage has it."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from planner.sample.chance import generator
from planner.sample.parameters import Parameters

WEEKS = 16
AWAY_SHARE = 0.65  # of the planned shrinkage: leave; the rest is training, coaching and meetings at work
IN_WEEKS = 0.8  # of the leave: the rest is taken in single days


def planned_away(parameters: Parameters, site: str, month: int) -> float:
    """Share of a site's people on leave in a month (1..12)."""
    by_month = parameters.spec["planned_shrinkage_by_month"]
    return float(parameters.spec["sites"][site]["planned"] * AWAY_SHARE * by_month[month - 1])


def absences(parameters: Parameters, agents: pd.DataFrame) -> pd.DataFrame:
    """Leave of the agents in the sixteen weeks after the as-of day; one row per agent and spell."""
    begin = parameters.last_day + timedelta(days=1)
    parts = []
    for site, people in agents.groupby("site", sort=False):
        rng = generator(parameters.seed, "leave", str(site))
        ids = people.sort_values(["team", "agent_id"])["agent_id"].to_numpy()
        for week in range(WEEKS):
            monday = begin + timedelta(days=7 * week)
            away = planned_away(parameters, str(site), (monday + timedelta(days=3)).month)
            weeks = _every_so_often(ids, away * IN_WEEKS, rng)
            parts.append(pd.DataFrame({"agent_id": weeks, "first_day": monday, "days": 7}))
            others = np.setdiff1d(ids, weeks)
            for day in range(7):
                single = _every_so_often(others, away * (1 - IN_WEEKS) * len(ids) / len(others), rng)
                first = monday + timedelta(days=day)
                parts.append(pd.DataFrame({"agent_id": single, "first_day": first, "days": 1}))
    return _spells(pd.concat(parts, ignore_index=True))


def _every_so_often(ids: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    """A systematic sample: this share of the people, evenly over the teams, from a random start."""
    places = rng.random() + np.arange(len(ids)) * share
    return ids[np.floor(places + share) > np.floor(places)]


def _spells(days: pd.DataFrame) -> pd.DataFrame:
    """Spells that touch become one."""
    days = days.assign(first_day=pd.to_datetime(days["first_day"])).sort_values(["agent_id", "first_day"])
    last = days["first_day"] + pd.to_timedelta(days["days"] - 1, unit="D")
    before = last.groupby(days["agent_id"]).shift()
    new = ~(days["first_day"] - before <= pd.Timedelta(days=1))
    spell = new.cumsum()
    joined = (
        days.assign(last_day=last)
        .groupby(spell)
        .agg(agent_id=("agent_id", "first"), first_day=("first_day", "min"), last_day=("last_day", "max"))
    )
    return joined.assign(reason="leave").reset_index(drop=True)
