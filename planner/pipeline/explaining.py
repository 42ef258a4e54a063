"""Why a schedule is short, and what would help: UNDER_OVER, WORTH, HIRES and RULE_COST of a plan."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

from planner.domain.schedule_tables import HIRES, RULE_COST, WORTH
from planner.pipeline.asking import Asked
from planner.pipeline.steps import Say
from staffing.labour import People, Rule, every_rule
from staffing.scheduling.again import Effort, legal_part
from staffing.scheduling.ascent import Climb
from staffing.scheduling.case import Case
from staffing.scheduling.hires import hires
from staffing.scheduling.price import Prices
from staffing.scheduling.priced import priced
from staffing.scheduling.rule_cost import Question, rule_costs
from staffing.scheduling.worth import worth
from staffing.short_hours import under_over

TIME_SHARE = 0.4  # of a site's seconds, for explaining it
PAIRS_EACH = 20  # for each agent and week, of a search without a rule
ROUNDS = 10, 60  # fewest and most of the climb to the prices
ROUNDS_A_SECOND = 5


@dataclass(frozen=True)
class _Task:
    """A site to explain: its people, what makes a case of them, its SCHEDULE and the seconds there are."""

    people: People
    build: Callable[[People, Sequence[Rule]], Case]
    schedule: pd.DataFrame
    seed: int
    seconds: float


def explained(
    asked: Asked, schedule: pd.DataFrame, coverage: pd.DataFrame, *, say: Say
) -> dict[str, pd.DataFrame]:
    """The tables that explain a SCHEDULE, by name; `coverage` is its COVERAGE.

    Takes a fifth of the plan's seconds for each site: rules that time does not reach are left unsearched.
    """
    settings = asked.plan.settings
    zones = {code: site.time_zone for code, site in asked.plan.centre.sites.items()}
    seconds = TIME_SHARE * settings.seconds_per_site
    tasks = [
        _Task(people, build, schedule, asked.plan.seed, seconds)
        for people, build in asked.sites()
        if len(people.agents)
    ]
    say(f"explaining the schedule, at most about {seconds:g} s a site")
    workers = max(min(settings.workers, len(tasks)), 1)
    done = (
        [_site(task) for task in tasks]
        if workers == 1
        else Parallel(workers)(delayed(_site)(task) for task in tasks)
    )
    found = {"UNDER_OVER": under_over(coverage, zones)}
    for table in (WORTH, HIRES, RULE_COST):
        parts = [each[table.name] for each in done if len(each[table.name])]
        found[table.name] = pd.concat(parts, ignore_index=True) if parts else table.empty()
    return found


def _site(task: _Task) -> dict[str, pd.DataFrame]:
    """WORTH, HIRES and RULE_COST of a site, in that order; rules get the time that is left."""
    rules, prices = every_rule(), Prices()
    began = time.monotonic()
    case = task.build(task.people, rules)
    if not case.agents:
        return {table.name: table.empty() for table in (WORTH, HIRES, RULE_COST)}
    roster = legal_part(case, task.schedule)
    rounds = int(np.clip(ROUNDS_A_SECOND * task.seconds, *ROUNDS))
    now = priced(case, roster, climb=Climb(rounds=rounds))
    found = {
        "WORTH": worth(case, roster, now.prices, unit=prices),
        "HIRES": hires(task.people, now, build=partial(_with, task, rules), unit=prices),
    }
    left = max(task.seconds - (time.monotonic() - began), 0.0)
    effort = Effort(task.seed, prices, time.monotonic, PAIRS_EACH, left)
    question = Question(task.people, task.schedule, task.build)
    return found | {"RULE_COST": rule_costs(question, now, rules=rules, effort=effort)}


def _with(task: _Task, rules: Sequence[Rule], people: People) -> Case:
    return task.build(people, rules)
