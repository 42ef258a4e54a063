"""Headcount week by week: everyone hired, taught, in training, on ramp, experienced and left adds up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.capacity_tables import HEADCOUNT
from staffing.capacity.people import of_class
from staffing.capacity.problem import Heads, SitePlan, SiteProblem, Teachable, nobody


@dataclass(frozen=True)
class Moves:
    """People who came to a pool by courses and who went, by week; heads are the difference."""

    came: np.ndarray
    went: np.ndarray
    heads: Heads


def headcount(problem: SiteProblem, plan: SitePlan, weeks: pd.DatetimeIndex) -> pd.DataFrame:
    """HEADCOUNT of one site: expected people of each pool if the plan is followed."""
    parts = []
    for place, pool in enumerate(problem.pools):
        moves = _moves(problem, plan, place)
        heads = pool.heads.and_also(_hired(problem, plan, place)).and_also(moves.heads)
        parts.append(
            _rows(heads, moves, weeks).assign(skills=";".join(pool.skills), overtime_h=plan.overtime_h[place])
        )
    table = pd.concat(parts, ignore_index=True).assign(site=problem.site)
    return table[[column.name for column in HEADCOUNT.columns]]


def site_heads(problem: SiteProblem, plan: SitePlan) -> Heads:
    """Everybody at the site if the plan is followed."""
    heads = nobody(problem.weeks)
    for place, pool in enumerate(problem.pools):
        mine = pool.heads.and_also(_hired(problem, plan, place)).and_also(_moves(problem, plan, place).heads)
        heads = heads.and_also(mine)
    return heads


def _hired(problem: SiteProblem, plan: SitePlan, place: int) -> Heads:
    heads = nobody(problem.weeks)
    for hireable, hires in zip(problem.hireable, plan.hires, strict=True):
        if hireable.pool == place:
            for week in map(int, np.flatnonzero(hires)):
                people = float(hires[week])
                heads = heads.and_also(of_class(hireable.curve, people, hours=hireable.hours, begun=week))
    return heads


def _moves(problem: SiteProblem, plan: SitePlan, place: int) -> Moves:
    """What courses bring to a pool and take from it."""
    came, went, heads = np.zeros(problem.weeks), np.zeros(problem.weeks), nobody(problem.weeks)
    for teachable, taught in zip(problem.teachable, plan.taught, strict=True):
        for week in map(int, np.flatnonzero(taught)):
            people = float(taught[week])
            if teachable.becomes == place:
                came[week] += people
                heads = heads.and_also(_course(teachable, people, week, sign=1.0))
            if teachable.pool == place:
                went[week] += people
                heads = heads.and_also(_course(teachable, people, week, sign=-1.0))
    return Moves(came, went, heads)


def _course(teachable: Teachable, people: float, begun: int, *, sign: float) -> Heads:
    """Heads that a course adds to the pool it leads to (sign 1) or takes from the one it comes from (-1)."""
    weeks = len(teachable.there)
    heads = nobody(weeks)
    there = sign * people * teachable.there[: weeks - begun]
    learning = np.arange(weeks - begun) < teachable.course.training_weeks
    heads.employed[begun:] += there
    heads.paid_h[begun:] += there * teachable.hours
    if sign > 0:
        heads.in_training[begun:] += there * learning
        heads.training_h[begun:] += there * teachable.hours * learning
        heads.work_h[begun:] += there * teachable.hours * ~learning
    else:
        heads.work_h[begun:] += there * teachable.hours
    return heads


def _rows(heads: Heads, moves: Moves, weeks: pd.DatetimeIndex) -> pd.DataFrame:
    """One row a week. Who is there in the first week was employed before, but for those who join in it."""
    first = heads.employed[0] - heads.joined[0] - moves.came[0] + moves.went[0]
    before = np.concatenate([[first], heads.employed[:-1]])
    left = before + heads.joined + moves.came - moves.went - heads.employed
    return pd.DataFrame(
        {
            "week": weeks,
            "before": before,
            "hired": heads.joined,
            "taught_in": moves.came,
            "taught_away": moves.went,
            "left": np.maximum(left, 0.0),
            "employed": heads.employed,
            "in_training": heads.in_training,
            "on_ramp": heads.on_ramp,
            "experienced": np.maximum(heads.employed - heads.in_training - heads.on_ramp, 0.0),
            "paid_h": heads.paid_h,
            "work_h": heads.work_h,
            "training_h": heads.training_h,
        }
    )
