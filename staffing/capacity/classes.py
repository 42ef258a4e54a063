"""Whom to hire and teach, and by when to decide: CLASSES and CROSS_TRAINED."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from planner.domain.capacity import HiringKind
from planner.domain.capacity_tables import CLASSES, CROSS_TRAINED
from staffing.capacity.people import Planning
from staffing.capacity.problem import SitePlan, SiteProblem


def classes_of(problem: SiteProblem, plan: SitePlan, planning: Planning) -> pd.DataFrame:
    """CLASSES: those the plan asks for and those that are decided."""
    rows = [
        _class(problem.pools[hireable.pool].skills, hireable.kind, planning, week=week)
        | {"people": int(hires[week]), "classes": int(classes[week]), "decided": False}
        | {"cost": hires[week] * hireable.kind.cost + classes[week] * hireable.kind.class_cost}
        for hireable, hires, classes in zip(problem.hireable, plan.hires, plan.classes, strict=True)
        for week in map(int, np.flatnonzero(hires))
    ]
    kinds = {kind.name: kind for kind in planning.capacity.sites[problem.site].kinds}
    for each in planning.capacity.classes:
        if each.site == problem.site:
            week = max(planning.week_of(each.first_day), 0)
            row = _class(each.languages, kinds[each.kind], planning, week=week)
            cost = each.people * kinds[each.kind].cost
            rows.append(row | {"people": each.people, "classes": 1, "decided": True, "cost": float(cost)})
    columns = [column.name for column in CLASSES.columns]
    table = pd.DataFrame(rows, columns=[name for name in columns if name != "site"]).assign(site=problem.site)
    by = [*CLASSES.grain, "decide_by", "on_contact"]
    return table.groupby(by, as_index=False, sort=False).agg(
        people=("people", "sum"), classes=("classes", "sum"), decided=("decided", "max"), cost=("cost", "sum")
    )


def _class(skills: tuple[str, ...], kind: HiringKind, planning: Planning, *, week: int) -> dict[str, object]:
    begin = planning.first + timedelta(days=7 * week)
    return {
        "skills": ";".join(skills),
        "kind": kind.name,
        "decide_by": pd.Timestamp(begin - timedelta(days=7 * kind.lead_weeks)),
        "first_day": pd.Timestamp(begin),
        "on_contact": pd.Timestamp(begin + timedelta(days=7 * kind.training_weeks)),
    }


def decide_by(weeks: pd.Series, problem: SiteProblem, planning: Planning) -> pd.Series:
    """The last day to decide the quickest class on contact in each week; NaT where nobody is hired."""
    kinds = planning.capacity.sites[problem.site].kinds
    if not kinds:
        return pd.Series(pd.NaT, weeks.index)
    return weeks - pd.Timedelta(weeks=min(kind.lead_weeks + kind.training_weeks for kind in kinds))


def courses_of(problem: SiteProblem, plan: SitePlan, weeks: pd.DatetimeIndex) -> pd.DataFrame:
    rows = [
        {
            "site": problem.site,
            "skills": ";".join(problem.pools[teachable.pool].skills),
            "adds": teachable.course.adds,
            "week": weeks[week],
            "people": int(taught[week]),
            "cost": float(taught[week] * teachable.course.cost),
        }
        for teachable, taught in zip(problem.teachable, plan.taught, strict=True)
        for week in map(int, np.flatnonzero(taught))
    ]
    return pd.DataFrame(rows, columns=[column.name for column in CROSS_TRAINED.columns])
