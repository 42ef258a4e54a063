"""Need, people and settings -> whom to hire, teach and ask for overtime, week by week, at least cost."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from planner.domain.capacity import HiringKind
from planner.domain.capacity_tables import (
    CAPACITY,
    CAPACITY_COST,
    CLASSES,
    CROSS_TRAINED,
    HEADCOUNT,
    LEVELS,
)
from planner.domain.table import Table
from staffing.capacity.account import headcount
from staffing.capacity.model import solve
from staffing.capacity.people import Planning, of_class, site_problems
from staffing.capacity.problem import SitePlan, SiteProblem
from staffing.capacity.risk import chances, need_paths

Say = Callable[[str], None]


@dataclass(frozen=True)
class Search:
    """How hard to search: seconds for each site, relative gap at which it ends, seed."""

    seconds: float = 60.0
    gap: float = 0.01
    seed: int = 1


def capacity_plan(
    need: pd.DataFrame,
    agents: pd.DataFrame,
    paths: pd.DataFrame,
    *,
    planning: Planning,
    search: Search,
    say: Say,
) -> dict[str, pd.DataFrame]:
    """CAPACITY, HEADCOUNT, CLASSES, CROSS_TRAINED and CAPACITY_COST by name.

    From CAPACITY_NEED, AGENTS and FORECAST_PATHS (possibly none: then chances are unknown). Sites are
    planned one after the other; `say` hears of each.
    """
    parts: dict[str, list[pd.DataFrame]] = {}
    for problem in site_problems(need, agents, planning):
        begun = time.process_time()
        plan = solve(problem, seconds=search.seconds, gap=search.gap, seed=search.seed)
        seconds = time.process_time() - begun
        people = int(plan.hires.sum())
        say(f"{problem.site}: hire {people}, cost {plan.cost:,.0f}, gap {plan.gap:.2%}, {plan.stopped}")
        for name, frame in _tables(problem, plan, planning, seconds).items():
            parts.setdefault(name, []).append(frame)
    made = {name: pd.concat(frames, ignore_index=True) for name, frames in parts.items()}
    made["CAPACITY"] = _with_chances(made["CAPACITY"], need, paths)
    tables = (CAPACITY, HEADCOUNT, CLASSES, CROSS_TRAINED, CAPACITY_COST)
    return {table.name: _declared(made[table.name], table) for table in tables}


def _declared(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    return table.check(frame[[column.name for column in table.columns]])


def _tables(
    problem: SiteProblem, plan: SitePlan, planning: Planning, seconds: float
) -> dict[str, pd.DataFrame]:
    weeks = planning.mondays()
    heads = headcount(problem, plan, weeks)
    return {
        "CAPACITY": _supply(problem, plan, heads, weeks),
        "HEADCOUNT": heads,
        "CLASSES": _classes(problem, plan, planning),
        "CROSS_TRAINED": _courses(problem, plan, weeks),
        "CAPACITY_COST": _cost(problem, plan, heads, seconds),
    }


def _supply(
    problem: SiteProblem, plan: SitePlan, heads: pd.DataFrame, weeks: pd.DatetimeIndex
) -> pd.DataFrame:
    """One row a language and week: what serves it, what could, what is short; with there_h and sd_h."""
    spare, chance = _spare(problem, plan, heads), _chance(problem, plan)
    parts = []
    for language, need_h in problem.need_h.items():
        mine = [place for place, pool in enumerate(problem.pools) if language in pool.skills]
        served = np.sum([plan.served_h[place, language] for place in mine], axis=0)
        parts.append(
            pd.DataFrame(
                {
                    "week": weeks,
                    "language": language,
                    "supply_h": served,
                    "spare_h": np.sum([spare[place] for place in mine], axis=0),
                    "short_h": np.maximum(need_h - served, 0.0),
                    "there_h": served
                    + np.sum([_part(problem, place, language) * spare[place] for place in mine], axis=0),
                    "sd_h": np.sqrt(
                        np.sum(
                            [_part(problem, place, language) ** 2 * chance[place] for place in mine], axis=0
                        )
                    ),
                }
            )
        )
    return pd.concat(parts, ignore_index=True).assign(site=problem.site)


def _part(problem: SiteProblem, place: int, language: str) -> np.ndarray:
    """The share of a pool's spare people that a language may count on: by its need among theirs."""
    need = {each: problem.need_h[each] for each in problem.pools[place].skills}
    whole = np.sum(list(need.values()), axis=0)
    return np.divide(need[language], whole, out=np.full(problem.weeks, 1 / len(need)), where=whole > 0)


def _spare(problem: SiteProblem, plan: SitePlan, heads: pd.DataFrame) -> list[np.ndarray]:
    """Hours of each pool that serve nothing."""
    spare = []
    for place, pool in enumerate(problem.pools):
        work = heads.loc[heads["skills"] == ";".join(pool.skills), "work_h"].to_numpy(float)
        served = np.sum([plan.served_h[place, language] for language in pool.skills], axis=0)
        spare.append(np.maximum(work + plan.overtime_h[place] - served, 0.0))
    return spare


def _chance(problem: SiteProblem, plan: SitePlan) -> list[np.ndarray]:
    """Variance of each pool's work by the chance of who leaves."""
    found = [pool.heads.chance_h2.copy() for pool in problem.pools]
    for hireable, hires in zip(problem.hireable, plan.hires, strict=True):
        for week in map(int, np.flatnonzero(hires)):
            heads = of_class(hireable.curve, float(hires[week]), hours=hireable.hours, begun=week)
            found[hireable.pool] += heads.chance_h2
    return found


def _classes(problem: SiteProblem, plan: SitePlan, planning: Planning) -> pd.DataFrame:
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
            row = _class(each.languages, kinds[each.kind], planning, week=planning.week_of(each.first_day))
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


def _courses(problem: SiteProblem, plan: SitePlan, weeks: pd.DatetimeIndex) -> pd.DataFrame:
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


def _cost(problem: SiteProblem, plan: SitePlan, heads: pd.DataFrame, seconds: float) -> pd.DataFrame:
    """CAPACITY_COST of the site; its parts add up to what the search made least."""
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
        "overtime": problem.rate * (1 + problem.premium) * float(plan.overtime_h.sum()),
        "hiring": hiring,
        "courses": courses,
        "shortage": problem.shortage * short_h,
        "bound": plan.bound,
        "gap": plan.gap,
        "short_h": short_h,
        "need_h": float(sum(hours.sum() for hours in problem.need_h.values())),
        "seconds": seconds,
        "stopped": plan.stopped,
    }
    parts = ("wages", "overtime", "hiring", "courses", "shortage")
    return pd.DataFrame([row | {"total": sum(float(row[name]) for name in parts)}])


def _with_chances(supply: pd.DataFrame, need: pd.DataFrame, paths: pd.DataFrame) -> pd.DataFrame:
    """CAPACITY with the need of each level and the chance that supply meets it."""
    by = ["site", "language", "week"]
    needs = need.groupby(by, as_index=False)[[f"need_{level}_h" for level in LEVELS]].sum()
    table = supply.merge(needs, on=by, how="left").fillna({f"need_{level}_h": 0.0 for level in LEVELS})
    if paths.empty:
        return table.assign(chance=np.nan)
    needed = need_paths(need, paths)
    return table.assign(chance=chances(table, needed, spread=table))
