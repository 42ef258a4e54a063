"""What a site's plan costs and how good it is: CAPACITY_COST."""

from __future__ import annotations

import pandas as pd

from staffing.capacity.problem import SitePlan, SiteProblem


def cost_of(problem: SiteProblem, plan: SitePlan, heads: pd.DataFrame) -> pd.DataFrame:
    """CAPACITY_COST of the site, but for contacts and seconds; its parts add up to what was made least.

    `heads`: HEADCOUNT of the site with training_h.
    """
    short_h = float(sum(hours.sum() for hours in plan.short_h.values()))
    hiring = sum(
        float(hires.sum() * hireable.kind.cost + classes.sum() * hireable.kind.class_cost)
        for hireable, hires, classes in zip(problem.hireable, plan.hires, plan.classes, strict=True)
    )
    courses = sum(
        float(taught.sum() * teachable.course.cost)
        for teachable, taught in zip(problem.teachable, plan.taught, strict=True)
    )
    row: dict[str, float | str] = {
        "site": problem.site,
        "wages": problem.rate * float(heads["paid_h"].sum()),
        "training_wages": problem.rate * float(heads["training_h"].sum()),
        "overtime": problem.rate * (1 + problem.premium) * float(plan.overtime_h.sum()),
        "hiring": hiring,
        "courses": courses,
        "shortage": problem.shortage * short_h,
        "bound": plan.bound,
        "gap": plan.gap,
        "short_h": short_h,
        "need_h": float(sum(hours.sum() for hours in problem.need_h.values())),
        "stopped": plan.stopped,
    }
    parts = ("wages", "overtime", "hiring", "courses", "shortage")
    return pd.DataFrame([row | {"total": sum(float(row[name]) for name in parts)}])
