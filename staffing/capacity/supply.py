"""Need against supply by language and week, and the chance that it is met: CAPACITY."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from planner.domain.capacity_tables import LEVELS
from staffing.capacity.people import of_class
from staffing.capacity.problem import SitePlan, SiteProblem
from staffing.capacity.risk import chances
from staffing.capacity.split import split

Needed = Mapping[tuple[str, str], pd.DataFrame]  # (site, language) -> paid hours needed, week x path


def supply_of(
    problem: SiteProblem, plan: SitePlan, heads: pd.DataFrame, weeks: pd.DatetimeIndex
) -> pd.DataFrame:
    """One row a language and week: what serves it, what could, what is short; with there_h and sd_h.

    `heads` is HEADCOUNT of the site. Hours short are those of the plan in all; who speaks several languages
    is shared among them fairly.
    """
    need = np.array(list(problem.need_h.values()))
    shared = split(
        need, _work(problem, plan, heads), np.array(_chance(problem, plan)), speaks=speaks(problem)
    )
    parts = [
        pd.DataFrame(
            {
                "week": weeks,
                "language": language,
                "supply_h": np.minimum(shared.there_h[row], need[row]),
                "spare_h": shared.spare_h[row],
                "short_h": np.maximum(need[row] - shared.there_h[row], 0.0),
                "there_h": shared.there_h[row],
                "sd_h": np.sqrt(shared.chance_h2[row]),
            }
        )
        for row, language in enumerate(problem.need_h)
    ]
    return pd.concat(parts, ignore_index=True).assign(site=problem.site)


def short_at_levels(
    problem: SiteProblem, plan: SitePlan, heads: pd.DataFrame, need: pd.DataFrame
) -> dict[str, np.ndarray]:
    """Hours short at each level with the plan's people and overtime, in the row order of `supply_of`.

    `need` is CAPACITY_NEED of the site.
    """
    work, among = _work(problem, plan, heads), speaks(problem)
    found = {}
    for level in LEVELS:
        hours = need.groupby(["language", "week"])[f"need_{level}_h"].sum().unstack(fill_value=0.0)
        hours = hours.reindex(index=list(problem.need_h), columns=heads["week"].unique(), fill_value=0.0)
        needed = hours.to_numpy(float)
        there = split(needed, work, np.zeros(work.shape), speaks=among).there_h
        found[f"short_{level}_h"] = np.maximum(needed - there, 0.0).ravel()
    return found


def speaks(problem: SiteProblem) -> np.ndarray:
    """Whether the people of each pool (row) serve each language that is needed (column)."""
    return np.array([[language in pool.skills for language in problem.need_h] for pool in problem.pools])


def _work(problem: SiteProblem, plan: SitePlan, heads: pd.DataFrame) -> np.ndarray:
    """Hours of experienced work of each pool and week, overtime included."""
    hours = [
        heads.loc[heads["skills"] == ";".join(pool.skills), "work_h"].to_numpy(float)
        for pool in problem.pools
    ]
    return np.maximum(np.array(hours), 0.0) + plan.overtime_h


def _chance(problem: SiteProblem, plan: SitePlan) -> list[np.ndarray]:
    """Variance of each pool's work by the chance of who leaves."""
    found = [pool.heads.chance_h2.copy() for pool in problem.pools]
    for hireable, hires in zip(problem.hireable, plan.hires, strict=True):
        for week in map(int, np.flatnonzero(hires)):
            heads = of_class(hireable.curve, float(hires[week]), hours=hireable.hours, begun=week)
            found[hireable.pool] += heads.chance_h2
    return found


def with_chances(supply: pd.DataFrame, need: pd.DataFrame, needed: Needed) -> pd.DataFrame:
    """CAPACITY with the need of each level and the chance that supply meets it; unknown without `needed`."""
    by = ["site", "language", "week"]
    needs = need.groupby(by, as_index=False)[[f"need_{level}_h" for level in LEVELS]].sum()
    table = supply.merge(needs, on=by, how="left").fillna({f"need_{level}_h": 0.0 for level in LEVELS})
    if not needed:
        return table.assign(chance=np.nan)
    return table.assign(chance=chances(table, needed, spread=table))
