"""Heads add up week by week, and follow people drawn one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from planner.domain.capacity import Attrition, Capacity, HiringKind, RampWeek, SiteCapacity
from staffing.capacity.account import headcount
from staffing.capacity.cohorts import class_curve, staff_there
from staffing.capacity.model import solve
from staffing.capacity.people import of_class
from tests.staffing.capacity.small import CAPACITY, KIND, SITE, WEEKS, site
from tests.staffing.capacity.test_model import two_languages

MONDAYS = pd.date_range("2026-10-05", periods=WEEKS, freq="7D")


@pytest.mark.parametrize("problem", [site([80, 160, 240, 260, 260]), two_languages(80.0, taught=True)])
def test_everyone_adds_up(problem: object) -> None:
    heads = headcount(problem, solve(problem, seconds=30, gap=0.0, seed=1), MONDAYS)
    flow = heads["before"] + heads["hired"] + heads["taught_in"] - heads["taught_away"] - heads["left"]
    assert flow.to_numpy() == pytest.approx(heads["employed"].to_numpy())
    parts = heads[["in_training", "on_ramp", "experienced"]].sum(axis=1)
    assert parts.to_numpy() == pytest.approx(heads["employed"].to_numpy())
    assert heads["taught_in"].sum() == pytest.approx(heads["taught_away"].sum())
    last = heads.groupby("skills")["employed"].shift()
    assert heads.loc[last.notna(), "before"].to_numpy() == pytest.approx(last.dropna().to_numpy())
    assert (heads["left"] >= 0).all()


def test_a_class_is_in_training_then_on_ramp_then_experienced() -> None:
    heads = of_class(class_curve(KIND, SITE, CAPACITY), 3.0, hours=40.0, begun=1)
    there = 3 * class_curve(KIND, SITE, CAPACITY).there[:4]
    assert heads.joined.tolist() == [0, 3, 0, 0, 0]
    assert heads.in_training.tolist() == pytest.approx([0, 3, 0, 0, 0])
    assert heads.on_ramp.tolist() == pytest.approx([0, 0, there[1], 0, 0])
    assert heads.work_h.tolist() == pytest.approx(
        [0, 0, 40 * there[1] * 0.8 / 1.25, 40 * there[2], 40 * there[3]]
    )


def test_a_month_of_weeks_loses_the_month_s_share() -> None:
    """Three per cent a month over a year leave 0.97 to the twelfth."""
    capacity = Capacity(53)
    curve = class_curve(KIND, SiteCapacity(Attrition(0.03, 0.03, 0), (KIND,)), capacity)
    assert curve.there[52] == pytest.approx(0.97 ** (52 * 7 / (365.25 / 12)))


def test_a_term_ends() -> None:
    kind = replace(KIND, term_weeks=2)
    assert class_curve(kind, SITE, CAPACITY).there[3:].tolist() == [0, 0]


def test_expected_heads_are_the_mean_of_people_who_leave_one_by_one() -> None:
    """A witness that draws each person's last week; 40,000 drawn, four standard errors allowed."""
    rng, weeks, drawn = np.random.default_rng(5), 20, 40_000
    site_ = SiteCapacity(Attrition(per_month=0.05, early_per_month=0.12, early_weeks=6))
    for since in (-3, 0, 4, 100):
        alive, shares = np.ones(drawn, bool), []
        for week in range(weeks):
            shares.append(alive.mean() if since + week >= 0 else 0.0)
            leaves = (0.12 if since + week < 6 else 0.05) if since + week >= 0 else 0.0
            stay = (1 - leaves) ** (12 * 7 / 365.25)
            alive &= rng.random(drawn) < stay
        there = staff_there(np.array([since]), np.array([10_000]), site_, weeks=weeks)[0]
        error = 4 * np.sqrt(np.maximum(there * (1 - there), 1e-9) / drawn) + 1e-9
        assert (np.abs(there - shares) <= error).all()


def test_a_ramp_counts_beginners_as_what_they_are_worth() -> None:
    capacity = Capacity(10, ramp=(RampWeek(1, 1.6, 0.5), RampWeek(3, 1.0, 1.0)))
    curve = class_curve(HiringKind("c", "full", training_weeks=2), SiteCapacity(), capacity)
    assert curve.effect[:5].tolist() == pytest.approx([0, 0, 0.3125, 0.3125, 1.0])
