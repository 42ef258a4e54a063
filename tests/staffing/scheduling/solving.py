"""Short ways to a case and a solution, for tests."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planner.domain.centre import QueueKey
from staffing.audit import audit
from staffing.labour import People, Rule, every_rule
from staffing.scheduling.case import Case, case_of
from staffing.scheduling.price import Prices
from staffing.scheduling.schedule import Schedule, ScheduleSettings, schedule
from tests.staffing.scheduling.planted import Planted


def people_of(plan: Planted) -> People:
    """The people of the plan's only site."""
    (site,) = plan.centre.sites.values()
    keys = plan.requirement[["site", "language", "channel"]].drop_duplicates()
    return People(
        plan.agents,
        plan.absences,
        site,
        tuple(plan.centre.contracts[name] for name in plan.agents["contract"]),
        tuple(QueueKey(*key) for key in keys.itertuples(index=False)),
        plan.first_day,
        plan.days,
    )


def case(plan: Planted, *, rules: Sequence[Rule] | None = None, prices: Prices | None = None) -> Case:
    """The case of the plan's only site, with all rules or those given."""
    known = every_rule() if rules is None else rules
    return case_of(plan.requirement, people_of(plan), plan.centre, rules=known, prices=prices or Prices())


def solved(plan: Planted, seed: int = 1, pairs_each: int = 40, bound_steps: int = 100) -> Schedule:
    """The plan scheduled with little effort, without a time limit that could matter."""
    settings = ScheduleSettings(seed, seconds_per_site=600, pairs_each=pairs_each, bound_steps=bound_steps)
    return schedule(
        plan.requirement,
        plan.agents,
        plan.centre,
        absences=plan.absences,
        first_day=plan.first_day,
        days=plan.days,
        settings=settings,
    )


def violations(found: pd.DataFrame, plan: Planted) -> pd.DataFrame:
    """What the audit says of a schedule of the plan."""
    return audit(
        found, plan.agents, plan.centre, absences=plan.absences, first_day=plan.first_day, days=plan.days
    )
