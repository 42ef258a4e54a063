"""A small site for tests: one or two languages, few weeks, numbers a person can add up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.domain.capacity import Attrition, Capacity, HiringKind, RampWeek, SiteCapacity
from staffing.capacity.cohorts import class_curve
from staffing.capacity.problem import Hireable, Pool, SiteProblem, nobody

WEEKS = 5
KIND = HiringKind(
    "class", "full", class_least=2, class_most=3, lead_weeks=1, training_weeks=1, cost=300, class_cost=500
)
SITE = SiteCapacity(Attrition(per_month=0.2, early_per_month=0.3, early_weeks=2), (KIND,), classrooms=1)
CAPACITY = Capacity(WEEKS, ramp=(RampWeek(1, 1.25, 0.8), RampWeek(2, 1.0, 1.0)), sites={"LIS": SITE})


def staff(people: float, *, hours: float = 40.0, weeks: int = WEEKS) -> Pool:
    """So many experienced people in every week."""
    flat = np.full(weeks, float(people))
    heads = replace(nobody(weeks), employed=flat, paid_h=flat * hours, work_h=flat * hours)
    return Pool(("pt",), heads)


def site(need_h: list[float], *, people: float = 2.0, rooms: int | None = 1) -> SiteProblem:
    """A site that needs so many hours of Portuguese a week and may hire classes from week 1 on."""
    may_begin = np.array([KIND.lead_weeks <= week < WEEKS - KIND.training_weeks for week in range(WEEKS)])
    hireable = Hireable(0, KIND, class_curve(KIND, SITE, CAPACITY), 40.0, may_begin)
    needed = {"pt": np.array(need_h)}
    return SiteProblem("LIS", WEEKS, 10.0, needed, (staff(people),), (hireable,), (), rooms, 100.0, 0.1, 0.5)
