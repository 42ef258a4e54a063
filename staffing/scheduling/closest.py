"""How a case that has a roster to begin with is searched and written: what stays, stays to the minute."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from planner.domain.tables import SCHEDULE
from staffing.freed import only
from staffing.scheduling.case import Case, Start
from staffing.scheduling.held import HeldShift
from staffing.scheduling.known import settle
from staffing.scheduling.problem import BEGIN, END, WHICH, Roster
from staffing.scheduling.search import Course
from staffing.scheduling.segments import segments
from staffing.scheduling.split import Kept

DESCENT_EACH = 500  # pairs for each agent and week


def course_from(case: Case, course: Course) -> tuple[Course, Roster | None]:
    """The course, and a copy of the roster to begin with.

    From a published one every step must pay; a descent has found what it can long before an annealed search.
    """
    if case.start is None:
        return course, None
    roster = Roster(*(array.copy() for array in case.start.roster))
    if not len(case.start.published):
        return course, roster
    return replace(course, hot=0.0, cold=0.0, pairs_each=min(course.pairs_each, DESCENT_EACH)), roster


def as_published(case: Case, roster: Roster) -> Kept | None:
    """The published queues and the price of leaving them; days that did not move get them back first."""
    if case.start is None or not len(case.start.published):
        return None
    before = case.start.roster
    for a, d in np.argwhere(same_shifts(case, roster, case.start)):
        span = _span(case, roster, int(a), int(d))
        roster.queue[a, span] = before.queue[a, span]
    settle(case.problem, roster)
    return Kept(before.queue, case.start.queue_price)


def written(case: Case, roster: Roster) -> pd.DataFrame:
    """The SCHEDULE of a site: held rows, published rows of days on which nothing moved, the rest anew."""
    if case.start is None:
        return segments(case, roster)
    same = _same_queues(case, roster, case.start)
    stays = only(case.start.published, _named(case, same))
    again = np.where(_held(case, roster) | _worked(case, stays), -1, roster.shift)
    parts = [case.start.held, stays, segments(case, roster._replace(shift=again))]
    rows = pd.concat([part for part in parts if len(part)] or [SCHEDULE.empty()], ignore_index=True)
    return SCHEDULE.check(rows.sort_values(["agent_id", "start"], ignore_index=True))


def same_shifts(case: Case, roster: Roster, start: Start) -> np.ndarray:
    """Agent x day: the shift and its pauses are those the search began with."""
    worked = (roster.shift == start.roster.shift) & (roster.shift >= 0) & ~_held(case, roster)
    count = case.problem.shifts.pause_count[_which(case, roster)]
    other = np.arange(roster.pause.shape[2]) >= count[..., None]
    return np.asarray(worked & ((roster.pause == start.roster.pause) | other).all(axis=2))


def _same_queues(case: Case, roster: Roster, start: Start) -> np.ndarray:
    """The same with the queues."""
    same = same_shifts(case, roster, start)
    for a, d in np.argwhere(same):
        span = _span(case, roster, int(a), int(d))
        same[a, d] = (roster.queue[a, span] == start.roster.queue[a, span]).all()
    return same


def _held(case: Case, roster: Roster) -> np.ndarray:
    """Agent x day: the day is held."""
    held = np.array([isinstance(shift, HeldShift) for shift in case.shifts], bool)
    return np.asarray((roster.shift >= 0) & held[_which(case, roster)])


def _which(case: Case, roster: Roster) -> np.ndarray:
    """Agent x day: the row of the shift worked; any row where none is."""
    starts = case.problem.shifts.starts[case.problem.staff.kind][..., WHICH]
    return np.take_along_axis(starts, np.maximum(roster.shift, 0)[..., None].astype(np.int64), axis=2)[..., 0]


def _span(case: Case, roster: Roster, a: int, d: int) -> slice:
    start = case.problem.shifts.starts[case.problem.staff.kind[a], d, roster.shift[a, d]]
    return slice(int(start[BEGIN]), int(start[END]))


def _named(case: Case, days: np.ndarray) -> pd.DataFrame:
    """The agent-days that are True, by name."""
    a, d = np.nonzero(days)
    names = np.array(case.agents, object)[a]
    frame = pd.DataFrame({"agent_id": names, "day": case.clock.calendar[d]})
    return frame.astype({"agent_id": "str", "day": "datetime64[us]"})


def _worked(case: Case, rows: pd.DataFrame) -> np.ndarray:
    """Agent x day: the rows hold something of the day."""
    days = rows[["agent_id", "day"]].drop_duplicates()
    row = {agent: a for a, agent in enumerate(case.agents)}
    found = np.zeros((len(case.agents), case.clock.days), bool)
    found[days["agent_id"].map(row).to_numpy(np.int64), (days["day"] - case.clock.calendar[0]).dt.days] = True
    return found
