"""INTRADAY: what each half-hour of the last year was planned with, and where the people were.

Contacts, handle time and people come from the plan that staffed the history (`duty`). Who was on duty
stands in VOLUME; here the rest of the roster's time is told: staffed = scheduled - absent - away, to the
millisecond. Absence is that of the day's people at the site, adherence has chance of its own, and the
roster is what both leave on duty: where absence would have taken less than a whole agent of a small
queue, or more people came than were planned, somebody was called in.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.tables import INTRADAY
from planner.sample.chance import generator
from planner.sample.clock import Clock
from planner.sample.courses import Course
from planner.sample.duty import as_planned, day_factor, planned_duty
from planner.sample.history import Past
from planner.sample.noise import planted_weeks, week_of
from planner.sample.parameters import SLOT_S, Parameters
from planner.sample.volume import with_key

DAY_SD = 0.008  # of a site's adherence to a line from day to day
LEAST_ABSENT = 0.2  # of the usual absence: some people are always ill


def intraday(parameters: Parameters, history: list[Past], clock: Clock) -> pd.DataFrame:
    """INTRADAY of every queue in the last 52 weeks, a row for each row of VOLUME."""
    parts = [_of_queue(past, parameters, clock) for past in history]
    return INTRADAY.check(pd.concat(parts, ignore_index=True))


def _of_queue(past: Past, parameters: Parameters, clock: Clock) -> pd.DataFrame:
    course = past.course
    zone = parameters.lines[course.line].hours.zone
    told = course.contacts > 0 if course.kind == "deferred" else course.is_open
    slots = np.flatnonzero(told & clock.within(*parameters.reference, zone=zone))
    plan = as_planned(course, parameters, clock)
    planned_s = planned_duty(course, parameters, clock)[slots] * SLOT_S
    staffed_s = past.intervals.agents[slots] * SLOT_S
    rows = pd.DataFrame(
        {
            "planned_offered": plan.contacts[slots].round(4),
            "planned_aht_s": plan.aht_s[slots].round(2),
            "planned_staffed_s": np.round(planned_s, 3),
        }
    )
    shares = _shares(course, parameters, clock)[:, :, slots]
    return with_key(rows.assign(**_roster(planned_s, staffed_s, shares)), course.key, clock.starts[slots])


def _roster(planned_s: np.ndarray, staffed_s: np.ndarray, shares: np.ndarray) -> dict[str, np.ndarray]:
    """The roster's time as planned and as it was, in seconds; `shares` are those of `_shares`."""
    (usual_absence, usual), (absence, adherence) = shares
    roster_s = planned_s / usual / (1 - usual_absence)
    at_work_s = staffed_s / adherence
    absent_s = np.round(at_work_s / (1 - absence) * absence, 3)
    away_s = np.round(at_work_s - staffed_s, 3)
    return {
        "scheduled_s": np.round(staffed_s + absent_s + away_s, 3),
        "planned_absent_s": np.round(roster_s * usual_absence, 3),
        "absent_s": absent_s,
        "planned_away_s": np.round(roster_s * (1 - usual_absence) * (1 - usual), 3),
        "away_s": away_s,
    }


def _shares(course: Course, parameters: Parameters, clock: Clock) -> np.ndarray:
    """Absence (of the roster) and adherence (of those at work): planned and actual x both x half-hours.

    The day's factor on the people (`duty.day_factor`) is what was lost, or not, to absence, adherence given.
    """
    usual = np.full(clock.slots, parameters.spec["sites"][course.key.site]["unplanned"])
    kept = np.full(clock.slots, parameters.spec["staffing_history"]["adherence"]["mean"])
    adherence = _adherence(course, parameters, clock)
    there = (1 - usual) * day_factor(course, parameters, clock) * kept / adherence
    absence = np.clip(1 - there, LEAST_ABSENT * usual, None)
    return np.array([[usual, kept], [absence, adherence]])


def _adherence(course: Course, parameters: Parameters, clock: Clock) -> np.ndarray:
    """Share of their time at work that people of a line are in the scheduled state, by local day.

    Weeks with a planted cause have no other: there it is the usual one.
    """
    zone = parameters.lines[course.line].hours.zone
    usual = parameters.spec["staffing_history"]["adherence"]["mean"]
    rng = generator(parameters.seed, "intraday", course.line, course.key.site)
    of_day = np.clip(rng.normal(usual, DAY_SD, len(clock.days)), 0.8, 0.99)
    found = clock.per_day(of_day, zone)
    for plant in planted_weeks(parameters, course.line):
        found[week_of(clock, plant["week"], zone=zone)] = usual
    return found
