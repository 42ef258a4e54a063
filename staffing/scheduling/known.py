"""From a SCHEDULE to the engine's arrays: the inverse of `segments`.

A published day is known when some shift of the agent's contract begins and ends with it. Its pauses are
known where that shift may have them then; a pause moved by hand to another minute counts as the nearest
one that the engine may choose. Days of which no shift is known are named, so that they can be held.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.centre import QueueKey
from staffing.scheduling.case import Case
from staffing.scheduling.duty import bring_in_step
from staffing.scheduling.overtime_read import mark_overtime
from staffing.scheduling.price import set_gains
from staffing.scheduling.problem import BEGIN, END, WHICH, Problem, Roster, empty_roster
from staffing.scheduling.segments import LABEL
from staffing.scheduling.split import contact_table
from staffing.scheduling.values import scratch_for
from staffing.shifts import Shift

MINUTE = pd.Timedelta(minutes=1)
NO_QUEUE = -1
PLANNED = {"contact", *LABEL}


@dataclass(frozen=True)
class Known:
    """A roster read from a schedule; `strange` are the days (agent_id, day) that no known shift fits."""

    roster: Roster
    strange: pd.DataFrame


@dataclass(frozen=True)
class Piece:
    """One agent's published day: minutes from the horizon's beginning, and what is done in each of them."""

    begin: int
    end: int
    pauses: tuple[tuple[str, int, int], ...]  # activity, minutes, minutes after the beginning
    queue: np.ndarray  # queue of each minute, NO_QUEUE off contact


def known(case: Case, schedule: pd.DataFrame) -> Known:
    """The rows of a SCHEDULE of this site's agents and days as a roster, cover and gains included."""
    roster, strange = empty_roster(case.problem), []
    rows = _numbered(case, schedule)
    for (a, d), segments in rows.groupby(["a", "d"], sort=True):
        piece = _piece(segments)
        place = -1 if piece is None else _place(case, int(a), int(d), piece)
        if piece is None or place < 0:
            strange.append({"agent_id": case.agents[a], "day": case.clock.calendar[d]})
        else:
            _write(case, roster, (int(a), int(d), place), piece)
    mark_overtime(case, roster)
    settle(case.problem, roster)
    return Known(roster, pd.DataFrame(strange, columns=["agent_id", "day"]))


def settle(problem: Problem, roster: Roster) -> None:
    """Contact with no queue of the agent's gets the agent's first; cover and gains are brought in step."""
    table, queues = contact_table(problem, roster), problem.staff.queues
    serves = (roster.queue[:, None, :] == queues[:, :, None]).any(axis=1) & (roster.queue >= 0)
    roster.queue[:] = np.where(serves, roster.queue, queues[:, :1])
    roster.queue[table < 0] = NO_QUEUE
    bring_in_step(problem, roster, scratch_for(problem))
    set_gains(problem.demand, roster.cover, problem.shifts.shares, roster.gain, roster.owed)


def _numbered(case: Case, schedule: pd.DataFrame) -> pd.DataFrame:
    """The schedule's rows of the case with numbers: agent a, day d, queue q, begin and end in minutes."""
    agent = {name: a for a, name in enumerate(case.agents)}
    queue = {key: q for q, key in enumerate(case.queues)}
    here = schedule[(schedule["site"] == case.site.code) & schedule["agent_id"].isin(agent)]
    day = (here["day"] - case.clock.calendar[0]).dt.days
    rows = here.assign(a=here["agent_id"].map(agent), d=day)[(day >= 0) & (day < case.clock.days)]
    keys = zip(rows["site"], rows["language"], rows["channel"])
    served = [queue.get(QueueKey(*key), NO_QUEUE) for key in keys]
    zero = case.clock.midnights[0]
    return rows.assign(
        q=np.where(rows["activity"] == "contact", served, NO_QUEUE),
        begin=((rows["start"] - zero) / MINUTE).round().astype("int64"),
        stop=((rows["end"] - zero) / MINUTE).round().astype("int64"),
    ).sort_values(["a", "d", "begin"])[["a", "d", "q", "begin", "stop", "activity"]]


def _piece(segments: pd.DataFrame) -> Piece | None:
    """A day's segments as one; None where they do not join or hold what the engine does not plan."""
    begin, stop = segments["begin"].to_numpy(), segments["stop"].to_numpy()
    activity, first = segments["activity"].to_numpy(), int(begin[0])
    if (begin[1:] != stop[:-1]).any() or not set(activity) <= PLANNED:
        return None
    idle = np.flatnonzero(activity != "contact")
    pauses = tuple((str(activity[n]), int(stop[n] - begin[n]), int(begin[n]) - first) for n in idle)
    return Piece(first, int(stop[-1]), pauses, np.repeat(segments["q"].to_numpy(), stop - begin))


def _place(case: Case, a: int, d: int, piece: Piece) -> int:
    """The place in the day's list of the shift that fits best, -1 where none begins and ends so."""
    shifts, step, c = case.problem.shifts, case.clock.interval_min, case.problem.staff.kind[a]
    listed = shifts.starts[c, d, : shifts.offered[c, d]]
    same = np.flatnonzero((listed[:, BEGIN] * step == piece.begin) & (listed[:, END] * step == piece.end))
    if not len(same):
        return -1
    misfit = [_misfit(case.shifts[listed[i, WHICH]], piece) for i in same]
    return int(same[int(np.argmin(misfit))])


def _misfit(shift: Shift, piece: Piece) -> float:
    """Minutes by which the pauses of a shift differ from those published; one of another kind is a day.

    Overtime is for what the contract does not hold.
    """
    pairs = zip(shift.pauses, piece.pauses)
    other = sum((pause.activity, pause.minutes) != there[:2] for pause, there in pairs)
    outside = sum(
        max(pause.earliest_min - at, at - pause.latest_min, 0)
        for pause, (_, _, at) in zip(shift.pauses, piece.pauses)
    )
    return 1440 * (other + abs(len(shift.pauses) - len(piece.pauses))) + outside + 0.5 * shift.overtime


def _write(case: Case, roster: Roster, at: tuple[int, int, int], piece: Piece) -> None:
    """Write a day into the roster; `at` is (agent, day, place)."""
    a, d, place = at
    step = case.clock.interval_min
    start = case.problem.shifts.starts[case.problem.staff.kind[a], d, place]
    roster.shift[a, d] = place
    pauses = case.shifts[start[WHICH]].pauses
    wanted = [minutes for _, _, minutes in piece.pauses]
    for p, pause in enumerate(pauses):
        at_min = wanted[p] if p < len(wanted) else pause.earliest_min
        roster.pause[a, d, p] = round(min(max(at_min, pause.earliest_min), pause.latest_min) / step)
    roster.queue[a, start[BEGIN] : start[END]] = piece.queue.reshape(-1, step).max(axis=1)
