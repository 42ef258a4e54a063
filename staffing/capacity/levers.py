"""What each lever does to a plan: with its decisions as they are, and planned anew: CAPACITY_LEVERS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.capacity_levers import (
    HiringFreeze,
    LeaveLimit,
    Lever,
    MoreVolume,
    kind_of,
    name_of,
    size_of,
    touches,
)
from planner.domain.capacity_tables import CAPACITY_LEVERS
from staffing.capacity.account import headcount
from staffing.capacity.held import decisions_of, held
from staffing.capacity.model import Search, solve
from staffing.capacity.outlay import cost_of
from staffing.capacity.people import site_problems
from staffing.capacity.plan import Planned, Say, Situation
from staffing.capacity.problem import SitePlan, SiteProblem
from staffing.capacity.pulled import More, freed, kept, pulled
from staffing.capacity.supply import supply_of, with_chances

LEAST_H = 0.5  # hours a week; less is not called short
ANSWERS = ("held", "anew")
CHANGES = {
    "short_h": "short_change_h",
    "paid": "paid_change",
    "hired": "hired_change",
    "heads": "heads_change",
}


@dataclass(frozen=True)
class Outcome:
    """What a plan of a site comes to: hours short by week, its sums, and the week watched.

    `chance` is the mean over languages, weighted with the hours they need: who speaks two may help either,
    so that one language's chance alone says more of the split than of the people.
    """

    short_h: pd.Series
    sums: Mapping[str, float]
    chance: float
    need_h: float
    gap: float


def lever_table(
    sites: Sequence[Planned], now: Situation, *, more: More, search: Search, say: Say
) -> pd.DataFrame:
    """CAPACITY_LEVERS: every lever of the settings at every site it touches, both responses."""
    week, plans = worst_week(sites, now), {site.problem.site: site for site in sites}
    before = {code: _outcome(site.problem, site.plan, now, week) for code, site in plans.items()}
    rows: list[dict[str, object]] = []
    for lever in now.planning.capacity.levers:
        say(f"lever {name_of(lever)}")
        then = more(lever) if isinstance(lever, MoreVolume) else pulled(lever, now)
        for problem in site_problems(then.need, then.agents, then.planning):
            code = problem.site
            if not touches(lever, code):
                after = dict.fromkeys(ANSWERS, before[code])
            else:
                after = _answers(lever, plans[code], problem, then, search=search, week=week)
            for answer, outcome in after.items():
                row = _row(before[code], outcome) | {"site": code, "response": answer, "watch_week": week}
                rows.append(row | _said(lever))
    columns = [column.name for column in CAPACITY_LEVERS.columns]
    return CAPACITY_LEVERS.check(pd.DataFrame(rows, columns=columns))


def _answers(
    lever: Lever, site: Planned, problem: SiteProblem, then: Situation, *, search: Search, week: pd.Timestamp
) -> dict[str, Outcome]:
    """What comes of it with the plan's decisions as they are, and planned anew."""
    decided = kept(lever, decisions_of(site.problem, site.plan))
    freedom = freed(lever, then.planning.capacity.sites[problem.site])
    stands = held(problem, decided, search=search, freedom=freedom)
    anew = solve(problem, seconds=search.seconds, gap=search.gap, seed=search.seed)
    return {
        answer: _outcome(problem, plan, then, week)
        for answer, plan in zip(ANSWERS, (stands, anew), strict=True)
    }


def worst_week(sites: Sequence[Planned], now: Situation) -> pd.Timestamp:
    """The week in which most hours are short at all sites together; else the one that needs most."""
    short = np.sum([hours for site in sites for hours in site.plan.short_h.values()], axis=0)
    need = np.sum([hours for site in sites for hours in site.problem.need_h.values()], axis=0)
    return now.planning.mondays()[int((short if short.max() >= LEAST_H else need).argmax())]


def _outcome(problem: SiteProblem, plan: SitePlan, situation: Situation, week: pd.Timestamp) -> Outcome:
    weeks = situation.planning.mondays()
    heads = headcount(problem, plan, weeks)
    supply = supply_of(problem, plan, heads, weeks)
    there = with_chances(supply[supply["week"] == week], situation.need, situation.needed)
    need_h = there[f"need_{situation.planning.capacity.level}_h"]
    whole, cost = float(need_h.sum()), cost_of(problem, plan, heads).iloc[0]
    sums = {
        "short_h": float(supply["short_h"].sum()),
        "paid": float(cost["total"] - cost["shortage"]),
        "hired": float(plan.hires.sum()),
        "heads": float(heads.loc[heads["week"] == week, "employed"].sum()),
    }
    chance = float((there["chance"] * need_h).sum(skipna=False)) / whole if whole > 0 else float("nan")
    return Outcome(supply.groupby("week")["short_h"].sum(), sums, chance, whole, max(plan.gap, 0.0))


def _row(before: Outcome, after: Outcome) -> dict[str, object]:
    change = after.short_h - before.short_h
    most = change.abs().idxmax()
    bites = abs(change[most]) >= LEAST_H
    return {
        **after.sums,
        **{said: round(after.sums[name] - before.sums[name], 6) for name, said in CHANGES.items()},
        "watch_need_h": after.need_h,
        "chance": after.chance,
        "chance_change": round(after.chance - before.chance, 9),
        "bites_week": most if bites else pd.NaT,
        "bites_h": float(change[most]) if bites else 0.0,
        "gap": after.gap,
    }


def _said(lever: Lever) -> dict[str, object]:
    return {
        "lever": name_of(lever),
        "named": bool(lever.name),
        "kind": kind_of(lever),
        "amount": size_of(lever),
        "weeks": lever.weeks if isinstance(lever, LeaveLimit | HiringFreeze) else None,
    }
