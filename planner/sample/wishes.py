"""PREFERENCES: what the people wish for, about as many and as different wishes as teams have.

A third wishes for a band of starts, most of them early; some ask for days off in the coming weeks, a few
for one weekday free, and those with small contracts now and then for weekends to work.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from planner.sample.chance import generator
from planner.sample.parameters import Parameters

WEEKS = 8  # days off are asked for this far ahead
BAND, SINGLE, WEEKDAY, WEEKENDS = 1 / 3, 0.12, 0.05, 0.15  # shares of the people; the last of small contracts
BANDS_AFTER_OPENING_H = (0, 1, 3, 5)  # a band begins so long after the site opens
BAND_SHARES = (0.35, 0.30, 0.20, 0.15)
BAND_H = 2
WEIGHTS, WEIGHT_SHARES = (1, 2, 3, 5), (0.55, 0.25, 0.15, 0.05)
FREE_DAYS = ("sat", "sun", "fri", "mon", "wed")
SMALL = ("20 h", "30 h")
COLUMNS = ["agent_id", "wish", "days", "start_from", "start_to", "weight"]


def preferences(parameters: Parameters, agents: pd.DataFrame) -> pd.DataFrame:
    """What the agents of the roster wish for; one row per agent, wish and days."""
    parts = []
    for site, people in agents.groupby("site", sort=False):
        rng = generator(parameters.seed, "wishes", str(site))
        ids = people["agent_id"].to_numpy()
        weekday = _some(ids, WEEKDAY, rng)
        small = np.setdiff1d(ids[people["contract"].isin(SMALL).to_numpy()], weekday)
        opens = int(parameters.spec["sites"][site]["opens"][0])
        parts += [
            _bands(_some(ids, BAND, rng), opens, rng),
            _dates(_some(ids, SINGLE, rng), parameters, rng),
            _weekdays(weekday, rng),
            pd.DataFrame({"agent_id": _some(small, WEEKENDS, rng), "wish": "work", "days": "sat-sun"}),
        ]
    found = pd.concat(parts, ignore_index=True).reindex(columns=COLUMNS)
    rng = generator(parameters.seed, "weights of wishes")
    weights = rng.choice(WEIGHTS, len(found), p=WEIGHT_SHARES)
    return found.assign(weight=weights).sort_values(COLUMNS[:3], ignore_index=True)


def _some(ids: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    """This share of the people, rounded at random."""
    return rng.permutation(ids)[: int(len(ids) * share + rng.random())]


def _bands(ids: np.ndarray, opens: int, rng: np.random.Generator) -> pd.DataFrame:
    begin = opens + rng.choice(BANDS_AFTER_OPENING_H, len(ids), p=BAND_SHARES)
    days = rng.choice(["all", "mon-fri"], len(ids), p=[0.7, 0.3])
    band = {"start_from": [f"{h:02}:00" for h in begin], "start_to": [f"{h + BAND_H:02}:00" for h in begin]}
    return pd.DataFrame({"agent_id": ids, "wish": "start", "days": days} | band)


def _dates(ids: np.ndarray, parameters: Parameters, rng: np.random.Generator) -> pd.DataFrame:
    """One to three days in the coming weeks, each of them once."""
    who = np.repeat(ids, rng.integers(1, 4, len(ids)))
    ahead = rng.integers(1, 7 * WEEKS + 1, len(who))
    days = [(parameters.last_day + timedelta(days=int(n))).isoformat() for n in ahead]
    return pd.DataFrame({"agent_id": who, "wish": "day off", "days": days}).drop_duplicates()


def _weekdays(ids: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    return pd.DataFrame({"agent_id": ids, "wish": "day off", "days": rng.choice(FREE_DAYS, len(ids))})
