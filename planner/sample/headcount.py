"""How many people a scaled centre keeps: need is solved again, and small queues stay dear (scale rule)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from planner.sample.clock import Clock
from planner.sample.courses import Course, courses
from planner.sample.need import DEFERRED_OCCUPANCY, load_of, need
from planner.sample.parameters import Parameters
from planner.sample.roster import groups, months

SLOT_H = 0.5


def roster_shares(parameters: Parameters, expected: list[Course], clock: Clock) -> dict[str, np.ndarray]:
    """People of each group and month, relative to the whole centre at scale 1."""
    count = len(months(parameters))
    if parameters.scale == 1.0:
        return {group: np.ones(count) for group in groups(parameters)}
    scaled = paid_hours(parameters, expected, clock)
    whole_parameters = replace(parameters, scale=1.0)
    whole = paid_hours(whole_parameters, courses(whole_parameters, clock), clock)
    return {group: _by_month(scaled[group] / whole[group], parameters) for group in groups(parameters)}


def _by_month(weeks: np.ndarray, parameters: Parameters) -> np.ndarray:
    """Means of the weeks whose middle lies in each month; the last month takes the last week."""
    middles = pd.date_range(
        pd.Timestamp(parameters.first_day) + pd.Timedelta(days=3), periods=len(weeks), freq="7D"
    )
    means = pd.Series(weeks, index=middles).groupby(middles.to_period("M")).mean()
    span = pd.period_range(parameters.first_day, parameters.last_day, freq="M")
    return means.reindex(span).ffill().bfill().to_numpy()


def paid_hours(parameters: Parameters, expected: list[Course], clock: Clock) -> dict[str, np.ndarray]:
    """Hours on duty a week and group, with the hours each group loses; comparable between scales only."""
    lost = parameters.spec["people"]["roster_efficiency"]["lost_h_per_group_week"]
    by_group: dict[str, list[Course]] = {group: [] for group in groups(parameters)}
    for course in expected:
        by_group[f"{course.key.site}/{course.line}"].append(course)
    return {group: _duty_hours(parameters, here, clock) + lost for group, here in by_group.items()}


def _duty_hours(parameters: Parameters, here: list[Course], clock: Clock) -> np.ndarray:
    """Hours on contact duty a week; deferred work of blended lines takes part of the idle time of voice."""
    handling = parameters.spec["handling"]
    now, later, idle = np.zeros(clock.weeks), np.zeros(clock.weeks), np.zeros(clock.weeks)
    for course in here:
        zone, load = parameters.lines[course.line].hours.zone, load_of(course)
        if course.kind == "deferred":
            later += clock.weekly(load, zone) * SLOT_H / DEFERRED_OCCUPANCY
            continue
        agents = need(parameters, course, load)
        now += clock.weekly(agents, zone) * SLOT_H
        if course.key.channel == "voice":
            idle += clock.weekly(np.maximum(agents - load, 0), zone) * SLOT_H
    usable = handling["idle_share_usable_for_email"]
    blended = here[0].line in handling["blended_email_lines"]
    return now + np.maximum(later - usable * idle * blended, 0.0)
