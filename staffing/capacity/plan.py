"""Need, people and settings -> whom to hire, teach and ask for overtime, week by week, at least cost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from planner.domain.capacity_tables import (
    CAPACITY,
    CAPACITY_COST,
    CAPACITY_SEATS,
    CLASSES,
    CROSS_TRAINED,
    HEADCOUNT,
)
from planner.domain.table import Table
from staffing.capacity.account import headcount
from staffing.capacity.classes import classes_of, courses_of, decide_by
from staffing.capacity.model import Search as Search
from staffing.capacity.model import solve
from staffing.capacity.outlay import cost_of
from staffing.capacity.people import Planning, site_problems
from staffing.capacity.problem import SitePlan, SiteProblem
from staffing.capacity.risk import need_paths
from staffing.capacity.seating import seats_taken
from staffing.capacity.supply import Needed, short_at_levels, supply_of, with_chances

Say = Callable[[str], None]
TABLES = (CAPACITY, HEADCOUNT, CLASSES, CROSS_TRAINED, CAPACITY_COST, CAPACITY_SEATS)


@dataclass(frozen=True)
class Situation:
    """What a plan is made from: CAPACITY_NEED, hours needed on each path, AGENTS and the settings."""

    need: pd.DataFrame
    needed: Needed
    agents: pd.DataFrame
    planning: Planning


@dataclass(frozen=True)
class Planned:
    """A site with its plan, found in so many CPU seconds."""

    problem: SiteProblem
    plan: SitePlan
    seconds: float


def capacity_plan(
    need: pd.DataFrame,
    agents: pd.DataFrame,
    paths: pd.DataFrame,
    *,
    planning: Planning,
    search: Search,
    say: Say,
) -> dict[str, pd.DataFrame]:
    """CAPACITY, HEADCOUNT, CLASSES, CROSS_TRAINED, CAPACITY_COST and CAPACITY_SEATS by name.

    From CAPACITY_NEED, AGENTS and FORECAST_PATHS (possibly none: then chances are unknown). Sites are
    planned one after the other; `say` hears of each.
    """
    situation = situation_of(need, agents, paths, planning=planning)
    return tables_of(list(planned_sites(situation, search=search, say=say)), situation)


def situation_of(
    need: pd.DataFrame, agents: pd.DataFrame, paths: pd.DataFrame, *, planning: Planning
) -> Situation:
    """What a plan is made from, the hours of each path reckoned."""
    return Situation(need, {} if paths.empty else need_paths(need, paths), agents, planning)


def planned_sites(situation: Situation, *, search: Search, say: Say) -> Iterator[Planned]:
    """Each site with its least-cost plan."""
    for problem in site_problems(situation.need, situation.agents, situation.planning):
        begun = time.process_time()
        plan = solve(problem, seconds=search.seconds, gap=search.gap, seed=search.seed)
        people = int(plan.hires.sum())
        say(f"{problem.site}: hire {people}, cost {plan.cost:,.0f}, gap {plan.gap:.2%}, {plan.stopped}")
        yield Planned(problem, plan, time.process_time() - begun)


def tables_of(sites: Sequence[Planned], situation: Situation) -> dict[str, pd.DataFrame]:
    """The tables of a plan by name."""
    parts: dict[str, list[pd.DataFrame]] = {}
    for site in sites:
        for name, frame in _tables(site, situation).items():
            parts.setdefault(name, []).append(frame)
    made = {name: pd.concat(frames, ignore_index=True) for name, frames in parts.items()}
    made["CAPACITY"] = with_chances(made["CAPACITY"], situation.need, situation.needed)
    return {table.name: _declared(made[table.name], table) for table in TABLES}


def _declared(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    return table.check(frame[[column.name for column in table.columns]])


def _tables(site: Planned, situation: Situation) -> dict[str, pd.DataFrame]:
    weeks, problem, plan = situation.planning.mondays(), site.problem, site.plan
    heads = headcount(problem, plan, weeks)
    need = situation.need[situation.need["site"] == problem.site]
    contacts = float(need["offered"].sum())
    supply = supply_of(problem, plan, heads, weeks).assign(**short_at_levels(problem, plan, heads, need))
    return {
        "CAPACITY": supply.assign(decide_by=decide_by(supply["week"], problem, situation.planning)),
        "HEADCOUNT": heads,
        "CLASSES": classes_of(problem, plan, situation.planning),
        "CROSS_TRAINED": courses_of(problem, plan, weeks),
        "CAPACITY_COST": cost_of(problem, plan, heads).assign(contacts=contacts, seconds=site.seconds),
        "CAPACITY_SEATS": seats_taken(problem, plan, weeks),
    }
