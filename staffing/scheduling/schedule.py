"""Requirement and people -> named, legal schedules of every site, with a proven bound on what they cost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pandas as pd
from joblib import Parallel, delayed

from planner.domain.centre import Centre, QueueKey
from planner.domain.problems import Infeasible, InputError, Problem
from planner.domain.tables import SCHEDULE, SCHEDULE_REPORT
from staffing.contradictions import refuse_contradictions
from staffing.labour import People, every_rule
from staffing.scheduling.ascent import Climb
from staffing.scheduling.case import Case, case_of
from staffing.scheduling.personal import Wishing
from staffing.scheduling.price import Prices
from staffing.scheduling.search import MOST_EACH, Course
from staffing.scheduling.site import Effort, SiteSchedule, solve_site
from staffing.scheduling.stand import stood
from staffing.scheduling.telling import from_workers
from staffing.standing import Standing


@dataclass(frozen=True)
class ScheduleSettings:
    """How hard to work: as long as `seconds_per_site`, or until so many pairs for each agent and week.

    The same seed and pairs give the same schedule unless the seconds cut the search. `bound_steps` is the
    length of the bound's climb, `prove_seconds` what a bound of whole people gets beside it at each site.
    `workers` sites are solved at a time by the joblib `backend`.
    """

    seed: int
    seconds_per_site: float = 60.0
    workers: int = 1
    pairs_each: int = MOST_EACH
    bound_steps: int = 200
    prove_seconds: float = 0.0
    prices: Prices = field(default_factory=Prices)
    backend: str = "loky"

    @property
    def effort(self) -> Effort:
        """What one site gets."""
        course = Course(pairs_each=self.pairs_each, seconds=self.seconds_per_site)
        climb = Climb(rounds=self.bound_steps)
        return Effort(self.seed, self.prices, course, climb, self.prove_seconds)


@dataclass(frozen=True)
class Schedule:
    """SCHEDULE (agent x segment), SCHEDULE_REPORT (site x week), and a note on everyone left out."""

    schedule: pd.DataFrame
    report: pd.DataFrame
    notes: tuple[Problem, ...] = field(default=())


@dataclass(frozen=True)
class Given:
    """What else stands beside need and people: the SCHEDULE of the weeks before, what people wish for, and
    what is locked or published already."""

    before: pd.DataFrame = field(default_factory=SCHEDULE.empty)
    wishing: Wishing = field(default_factory=Wishing)
    standing: Standing = field(default_factory=Standing)


def schedule(
    requirement: pd.DataFrame,
    agents: pd.DataFrame,
    centre: Centre,
    *,
    absences: pd.DataFrame,
    first_day: date,
    days: int,
    settings: ScheduleSettings,
    given: Given | None = None,
    progress: Callable[[str], None] | None = None,
) -> Schedule:
    """A legal schedule of `days` local days of every site with a requirement, from REQUIREMENT and AGENTS.

    Each agent gets at most one shift a day, every labour rule kept; need is soft, with the prices of the
    settings. InputError names unknown sites and contracts, Infeasible dates that contradict each other.
    What the tables mean by people is `agents_scheduled`. A paid break counts as time off contact, to the
    minute: a break of 15 min takes half an agent from an interval of 30 min.
    """
    _refuse(agents, centre, requirement)
    told = given or Given()
    cases = [
        _case(rows, replace(people, before=told.before), centre, given=told, prices=settings.prices)
        for rows, people in by_site(requirement, agents, centre, absences, (first_day, days))
    ]
    solved = []
    for site in _solve(cases, settings, progress):
        solved.append(site)
        _say(site, progress)
    solved.sort(key=lambda site: site.site)
    return Schedule(
        pd.concat([site.schedule for site in solved] or [SCHEDULE.empty()], ignore_index=True),
        pd.concat([site.report for site in solved] or [SCHEDULE_REPORT.empty()], ignore_index=True),
        tuple(note for site in solved for note in site.notes),
    )


def _case(requirement: pd.DataFrame, people: People, centre: Centre, *, given: Given, prices: Prices) -> Case:
    """A site's case, with what stands already."""
    rules = every_rule()

    def build(these: People) -> Case:
        return case_of(requirement, these, centre, rules=rules, prices=prices, wishing=given.wishing)

    standing = given.standing.of_site(people.site.code)
    refuse_contradictions(standing.locked, people, centre)
    return build(people) if standing.is_empty else stood(people, standing, build=build)


def _solve(
    cases: Sequence[Case], settings: ScheduleSettings, say: Callable[[str], None] | None
) -> Iterator[SiteSchedule]:
    """The sites as they are done, the largest begun first."""
    order = sorted(cases, key=lambda case: -len(case.agents))
    how: dict[str, Any] = {"effort": settings.effort, "clock": time.monotonic}
    workers = min(settings.workers, len(order))
    if workers <= 1:
        yield from (solve_site(case, **how, say=say) for case in order)
        return
    with from_workers(say, settings.backend) as tell:
        pool = Parallel(n_jobs=workers, backend=settings.backend, return_as="generator_unordered")
        yield from pool(delayed(solve_site)(case, **how, say=tell) for case in order)


def by_site(
    requirement: pd.DataFrame,
    agents: pd.DataFrame,
    centre: Centre,
    absences: pd.DataFrame,
    horizon: tuple[date, int],
) -> Iterator[tuple[pd.DataFrame, People]]:
    """Requirement and people of each site."""
    for code, rows in requirement.groupby("site", sort=True):
        site = centre.sites[str(code)]
        here = agents[agents["site"] == code].reset_index(drop=True)
        keys = rows[["site", "language", "channel"]].drop_duplicates()
        queues = tuple(QueueKey(*key) for key in keys.itertuples(index=False))
        contracts = tuple(centre.contracts[name] for name in here["contract"])
        yield rows, People(here, absences, site, contracts, queues, *horizon)


def _refuse(agents: pd.DataFrame, centre: Centre, requirement: pd.DataFrame) -> None:
    """InputError for names the plan does not know, Infeasible for dates that contradict each other."""
    unknown = [
        Problem("unknown_site", f"site {site} of the requirement is not in the plan", column="site")
        for site in sorted(set(requirement["site"]) - set(centre.sites))
    ]
    here = agents[agents["site"].isin(set(requirement["site"]))]
    strange = here[~here["contract"].isin(list(centre.contracts))]
    unknown += [
        Problem(
            "unknown_contract", f"{agent} has contract {name}; the plan knows {', '.join(centre.contracts)}"
        )
        for agent, name in zip(strange["agent_id"], strange["contract"])
    ]
    if unknown:
        raise InputError(unknown)
    if {"hire_date", "leave_date"} <= set(here.columns):
        never = here[here["leave_date"] < here["hire_date"]]
        if len(never):
            raise Infeasible(
                Problem(
                    "never_employed",
                    f"{a} leaves on {z:%Y-%m-%d}, before the hire on {b:%Y-%m-%d}: availability",
                )
                for a, b, z in zip(never["agent_id"], never["hire_date"], never["leave_date"])
            )


def _say(site: SiteSchedule, progress: Callable[[str], None] | None) -> None:
    if progress is None:
        return
    for week in site.report.itertuples(index=False):
        progress(
            f"scheduled {site.site}, week from {week.week:%Y-%m-%d}: {week.under_h:,.0f} h short of "
            f"{week.required_h:,.0f}, cost {week.cost:,.0f}, bound {week.bound:,.0f}, gap {week.gap:.1%}"
        )
    if site.notes:
        progress(f"{site.site}: {len(site.notes)} agents could not be scheduled")
