"""One site from case to schedule: the search, the split over queues, and the bound of each week."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from zlib import crc32

import numpy as np
import pandas as pd

from planner.domain.problems import Problem as Note
from planner.domain.tables import SCHEDULE_REPORT
from staffing.scheduling.ascent import Climb, bound_of, by_week
from staffing.scheduling.case import Case
from staffing.scheduling.closest import as_published, course_from, written
from staffing.scheduling.price import Prices, penalties
from staffing.scheduling.problem import WHICH, Roster, empty_roster
from staffing.scheduling.search import Course, search, unwatched
from staffing.scheduling.split import split_queues
from staffing.scheduling.telling import Say, Telling
from staffing.scheduling.whole.bound import whole_bound
from staffing.scheduling.wished import coverage_only, wish_cost


@dataclass(frozen=True)
class Effort:
    """How a site is solved: seed, prices, the course of the search, the climb of the bound, and the seconds
    for a bound of whole people (0: none).
    """

    seed: int
    prices: Prices = field(default_factory=Prices)
    course: Course = field(default_factory=Course)
    climb: Climb = field(default_factory=Climb)
    prove_seconds: float = 0.0


@dataclass(frozen=True)
class SiteSchedule:
    """A site's SCHEDULE and SCHEDULE_REPORT, and who could not be scheduled."""

    site: str
    schedule: pd.DataFrame
    report: pd.DataFrame
    notes: tuple[Note, ...] = field(default=())


def solve_site(
    case: Case, *, effort: Effort, clock: Callable[[], float], say: Say | None = None
) -> SiteSchedule:
    """The schedule of a site with cost, bound and gap of every week; `clock` gives seconds.

    `say` hears about once a second how the search stands.
    """
    began = clock()
    rng = np.random.default_rng([effort.seed, crc32(case.site.code.encode())])
    if case.agents:
        course, start = course_from(case, effort.course)
        watch = Telling(case, say, clock) if say else unwatched
        roster, stopped = search(case.problem, course=course, rng=rng, clock=clock, start=start, watch=watch)
        split_queues(case.problem, roster, switch=effort.prices.switch, published=as_published(case, roster))
    else:
        roster, stopped = empty_roster(case.problem), "nobody to schedule"
    weeks = range(len(case.problem.week_day) - 1)
    wishes = wish_cost(case.problem, roster) + case.wish_base.sum(axis=0)
    rows = pd.DataFrame([_week_row(case, roster, w) | {"wishes": wishes[w]} for w in weeks])
    bound = _bounds(case, roster, rows["cost"].to_numpy(float), effort)
    facts = {"site": case.site.code, "seconds": clock() - began, "stopped": stopped, "seed": effort.seed}
    report = SCHEDULE_REPORT.check(
        rows.assign(bound=bound, gap=_gap(rows["cost"].to_numpy(float), bound), **facts)
    )
    return SiteSchedule(case.site.code, written(case, roster), report, case.notes)


def _week_row(case: Case, roster: Roster, w: int) -> dict[str, object]:
    """A week of the report; hours are agent-hours on contact, penalties include idle contract hours."""
    problem, demand = case.problem, case.problem.demand
    days = slice(int(problem.week_day[w]), int(problem.week_day[w + 1]))
    span = slice(int(problem.day_begin[days.start]), int(problem.day_begin[days.stop]))
    there = case.there[:, span]
    need, cover = demand.need[:, span] + there, roster.cover[:, span] + there
    paid_h, reward = _worked(case, roster, days)
    cost = float(penalties(demand, roster.cover)[:, span].sum() + case.idle_base[:, w].sum() - reward)
    an_interval_h = case.clock.interval_min / 60
    first = case.clock.calendar[days.start]
    return {
        "week": first - pd.Timedelta(days=first.weekday()),
        "agents": int((problem.staff.days_left[:, w] > 0).sum()),
        "required_h": need.sum() * an_interval_h,
        "scheduled_h": cover.sum() * an_interval_h,
        "under_h": np.maximum(need - cover, 0).sum() * an_interval_h,
        "over_h": np.maximum(cover - need, 0).sum() * an_interval_h,
        "cost": cost,
        "paid_h": paid_h,
    }


def _worked(case: Case, roster: Roster, days: slice) -> tuple[float, float]:
    """Paid hours of the shifts that start on the days, and the idle hours' price they save."""
    agent, day = np.nonzero(roster.shift[:, days] >= 0)
    place = roster.shift[:, days][agent, day]
    which = case.problem.shifts.starts[case.problem.staff.kind[agent], day + days.start, place, WHICH]
    paid_h = np.array([shift.paid_min for shift in case.shifts], float) / 60
    return float(paid_h[which].sum()), float(case.problem.shifts.reward[which].sum())


def _bounds(case: Case, roster: Roster, costs: np.ndarray, effort: Effort) -> np.ndarray:
    """What no legal roster of these agents can undercut, by week; one without agents is its own bound."""
    if not case.agents:
        return costs
    idle, problem = case.idle_base.sum(axis=0).astype(float), coverage_only(case.problem)
    bound = bound_of(problem, roster, idle, climb=effort.climb)
    if effort.prove_seconds > 0:
        whole = whole_bound(problem, idle, seconds=effort.prove_seconds)
        bound = replace(bound, value=max(bound.value, whole))
    return by_week(bound, costs)


def _gap(costs: np.ndarray, bound: np.ndarray) -> np.ndarray:
    """The gap as a share of the cost, 0 where there is no cost."""
    return np.divide(costs - bound, costs, out=np.zeros_like(costs), where=costs > 0)
