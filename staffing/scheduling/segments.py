"""From the engine's arrays back to a SCHEDULE: one row per agent and segment, in UTC."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.tables import SCHEDULE
from staffing.scheduling.case import Case
from staffing.scheduling.problem import BEGIN, END, WHICH, Roster

ACTIVITY = {-2: "break", -3: "meal"}  # what a minute is labelled with in place of a queue
LABEL = {activity: label for label, activity in ACTIVITY.items()}


def segments(case: Case, roster: Roster) -> pd.DataFrame:
    """The SCHEDULE of a site; a contact segment lasts as long as language and channel stay the same.

    A break that leaves a share of an interval to contact takes the first minutes of it.
    """
    worked = np.argwhere(roster.shift >= 0)
    if not len(worked):
        return SCHEDULE.empty()
    rows = np.concatenate([_segments_of(case, roster, int(a), int(d)) for a, d in worked])
    return SCHEDULE.check(_named(case, rows))


def _segments_of(case: Case, roster: Roster, a: int, d: int) -> np.ndarray:
    """A shift cut where the activity changes: rows of agent, day, shift, begin, end (minutes), label."""
    step = case.clock.interval_min
    start = case.problem.shifts.starts[case.problem.staff.kind[a], d, roster.shift[a, d]]
    labels = np.repeat(roster.queue[a, start[BEGIN] : start[END]].astype(np.int64), step)
    for pause, offset in zip(case.shifts[start[WHICH]].pauses, roster.pause[a, d]):
        labels[offset * step : offset * step + pause.minutes] = LABEL[pause.activity]
    cuts = np.flatnonzero(np.diff(labels)) + 1
    begin, end = np.concatenate([[0], cuts]), np.concatenate([cuts, [len(labels)]])
    first = start[BEGIN] * step
    same = np.broadcast_to([a, d, start[WHICH]], (len(begin), 3))
    return np.column_stack([same, first + begin, first + end, labels[begin]])


def _named(case: Case, rows: np.ndarray) -> pd.DataFrame:
    """Numbers replaced by names, minutes by moments."""
    agent, day, shift, begin, end, label = rows.T
    on_contact = label >= 0
    queue = np.where(on_contact, label, 0)
    zero = case.clock.midnights[0]

    def of_queue(names: list[str]) -> np.ndarray:
        cells = np.array(names, object)[queue]
        cells[~on_contact] = None
        return cells

    return pd.DataFrame(
        {
            "agent_id": np.array(case.agents, object)[agent],
            "site": case.site.code,
            "day": case.clock.calendar[day],
            "shift": np.array([found.pattern for found in case.shifts], object)[shift],
            "start": zero + pd.to_timedelta(begin, unit="min"),
            "end": zero + pd.to_timedelta(end, unit="min"),
            "activity": np.select([label == n for n in ACTIVITY], list(ACTIVITY.values()), "contact"),
            "language": of_queue([key.language for key in case.queues]),
            "channel": of_queue([key.channel for key in case.queues]),
        }
    )
