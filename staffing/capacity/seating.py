"""Seats that a plan takes: CAPACITY_SEATS."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.capacity_tables import CAPACITY_SEATS
from staffing.capacity.account import site_heads
from staffing.capacity.model import seat_worth
from staffing.capacity.problem import SitePlan, SiteProblem

FULL = 1.0  # seats; a week with fewer left is one in which they may bind


def seats_taken(problem: SiteProblem, plan: SitePlan, weeks: pd.DatetimeIndex) -> pd.DataFrame:
    """CAPACITY_SEATS of one site; no row where its seats are not known."""
    seats = problem.seats
    if seats is None:
        return pd.DataFrame(columns=[column.name for column in CAPACITY_SEATS.columns])
    heads = site_heads(problem, plan)
    taken = seats.used(heads)
    in_training = seats.training * heads.in_training
    binds = taken > seats.seats - FULL
    return pd.DataFrame(
        {
            "site": problem.site,
            "week": weeks,
            "seats": float(seats.seats),
            "on_contact": np.maximum(taken - in_training, 0.0),
            "in_training": in_training,
            "taken": taken,
            "worth": np.where(binds, seat_worth(problem), 0.0) if binds.any() else np.zeros(problem.weeks),
        }
    )
