"""Agents on contact duty in each half-hour of the past: what was planned, and what the day made of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.sample.chance import generator, lognormal_factor
from planner.sample.clock import Clock
from planner.sample.courses import Course
from planner.sample.need import deferred_agents, load_of, need
from planner.sample.noise import planted_weeks, storm, week_of
from planner.sample.parameters import Parameters

SPARE = 1.02  # staffing_history.agents_on_duty: requirement at the plan, times 1.02, times the day factor


def on_duty(course: Course, parameters: Parameters, clock: Clock) -> np.ndarray:
    """Agents on duty per half-hour: whole numbers for immediate channels, fractions for deferred work.

    An open half-hour has at least one agent.
    """
    return _agents(course, parameters, clock, factor=SPARE * day_factor(course, parameters, clock))


def planned_duty(course: Course, parameters: Parameters, clock: Clock) -> np.ndarray:
    """Agents the plan counted on per half-hour, had the day been as any other."""
    return _agents(course, parameters, clock, factor=np.full(clock.slots, SPARE))


def _agents(course: Course, parameters: Parameters, clock: Clock, *, factor: np.ndarray) -> np.ndarray:
    """The requirement at the plan, times a factor; an open half-hour has at least one agent."""
    load = load_of(as_planned(course, parameters, clock))
    if course.kind == "deferred":
        cv = parameters.spec["handling"][course.key.channel]["cv"]
        return deferred_agents(course, load, cv=cv) * factor
    planned = need(parameters, course, load)
    return np.where(planned > 0, np.maximum(np.rint(planned * factor), 1), 0).astype(np.int64)


def as_planned(course: Course, parameters: Parameters, clock: Clock) -> Course:
    """The course the planner believed in: off by a factor a week, except in weeks with a planted cause."""
    zone, errors = parameters.lines[course.line].hours.zone, parameters.spec["staffing_history"]["plan_error"]
    rng = generator(parameters.seed, "plan", course.line)
    volume = clock.per_week(lognormal_factor(rng, errors["volume_week_cv"], size=clock.weeks), zone)
    aht = clock.per_week(lognormal_factor(rng, errors["aht_week_cv"], size=clock.weeks), zone)
    for plant in planted_weeks(parameters, course.line):
        here = week_of(clock, plant["week"], zone=zone)
        volume[here], aht[here] = 1.0, 1.0
    return replace(course, contacts=course.contacts * volume, aht_s=course.aht_s * aht)


def day_factor(course: Course, parameters: Parameters, clock: Clock) -> np.ndarray:
    """Share of the planned people who were there, by local day; planted absence and the storm included."""
    zone, history = parameters.lines[course.line].hours.zone, parameters.spec["staffing_history"]
    rng = generator(parameters.seed, "duty", course.line, course.key.site)
    factor = clock.per_day(lognormal_factor(rng, history["day_cv"], size=len(clock.days)), zone)
    for plant in planted_weeks(parameters, course.line):
        here = week_of(clock, plant["week"], zone=zone)
        usual = 1 - parameters.spec["sites"][course.key.site]["unplanned"]
        factor[here] = (usual - plant.get("unplanned_absence_points", 0.0)) / usual
    closure = parameters.spec["incidents"]["closure"]
    if course.key.site == closure["site"]:
        factor[storm(clock, parameters)] *= closure["remote_agents_work"]
    return factor
