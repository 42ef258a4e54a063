"""How what happened differs from what was to be expected: level, day factors, incidents, planted weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np

from planner.sample.chance import autoregressive, generator, lognormal_of
from planner.sample.clock import Clock
from planner.sample.courses import Course
from planner.sample.parameters import Line, Parameters

SQUARE = 0.020  # noise.slot.variance_is


@dataclass(frozen=True)
class LineChance:
    """A line's factors on volume (all channels) and on AHT, per UTC half-hour."""

    volume: np.ndarray
    aht: np.ndarray


@dataclass(frozen=True)
class Happened:
    """A queue's mean contacts and AHT per half-hour with everything but the slot's own noise."""

    contacts: np.ndarray
    aht_s: np.ndarray


def line_chance(line: Line, parameters: Parameters, clock: Clock) -> LineChance:
    """Weekly level, the day factors of centre and line, and the day's AHT, correlated with the volume."""
    noise = parameters.spec["noise"]
    zone, days = line.hours.zone, len(clock.days)
    rng = generator(parameters.seed, "line", line.code)
    level = autoregressive(
        rng, clock.weeks, cv=noise["level"]["cv"], persistence=noise["level"]["ar1_weekly"]
    )
    common = generator(parameters.seed, "centre").standard_normal(days)
    own, other = rng.standard_normal(days), rng.standard_normal(days)
    day = lognormal_of(common, noise["day_common"]["cv"]) * lognormal_of(own, noise["day_line"]["cv"])
    volume = clock.per_week(level, zone) * clock.per_day(day, zone)
    correlation = noise["volume_aht_correlation"]
    aht = lognormal_of(correlation * own + np.sqrt(1 - correlation**2) * other, noise["aht_day"]["cv"])
    return _planted(line, LineChance(volume, clock.per_day(aht, zone)), parameters=parameters, clock=clock)


def _planted(line: Line, chance: LineChance, *, parameters: Parameters, clock: Clock) -> LineChance:
    """The weeks with one known cause: the cause has the planted size, everything else is as expected."""
    volume, aht = chance.volume.copy(), chance.aht.copy()
    for plant in planted_weeks(parameters, line.code):
        here = week_of(clock, plant["week"], zone=line.hours.zone)
        volume[here] *= plant["actual_over_plan"] if plant["cause"] == "volume" else 1.0
        volume[here] /= chance.volume[here].mean()
        aht[here] = plant["actual_over_plan"] if plant["cause"] == "aht" else 1.0
    return LineChance(volume, aht)


def planted_weeks(parameters: Parameters, line: str) -> list[dict[str, Any]]:
    """The line's weeks whose service miss has one known cause."""
    planted = parameters.spec["staffing_history"]["planted_causes"]
    return [plant for plant in planted if plant["line"] == line]


def week_of(clock: Clock, monday: Any, *, zone: str) -> np.ndarray:
    """Which half-hours lie in the local week from this Monday."""
    return clock.within(monday, monday + timedelta(days=6), zone=zone)


def happened(course: Course, chance: LineChance, parameters: Parameters, *, clock: Clock) -> Happened:
    """The course with the line's chance, the queue's own day factor and the outage."""
    zone = parameters.lines[course.line].hours.zone
    rng = generator(parameters.seed, "day", course.line, course.key.channel)
    own = lognormal_of(rng.standard_normal(len(clock.days)), parameters.spec["noise"]["day_queue"]["cv"])
    volume, aht = outage(course, parameters, clock)
    return Happened(
        course.contacts * chance.volume * clock.per_day(own, zone) * volume,
        course.aht_s * chance.aht * aht,
    )


def outage(course: Course, parameters: Parameters, clock: Clock) -> tuple[np.ndarray, np.ndarray]:
    """Factors on volume and AHT of the day the payment page was down, and of the days after."""
    volume, aht = np.ones(clock.slots), np.ones(clock.slots)
    incident = parameters.spec["incidents"]["outage"]
    if course.line not in incident["lines"] or course.key.channel not in incident["channels"]:
        return volume, aht
    begin, end = (clock.slot(incident["date"]) + 2 * hour for hour in incident["hours_utc"])
    volume[begin:end], aht[begin:end] = incident["factor"], incident["aht_multiple"]
    for number, echo in enumerate(incident["after"], start=1):
        day = incident["date"] + timedelta(days=number)
        volume[clock.within(day, day, zone=parameters.lines[course.line].hours.zone)] = echo
    return volume, aht


def storm(clock: Clock, parameters: Parameters) -> np.ndarray:
    """The half-hours in which the storm kept a site closed."""
    incident = parameters.spec["incidents"]["closure"]
    local = clock.zones[parameters.spec["sites"][incident["site"]]["zone"]]
    begin, end = incident["hours_local"]
    hours = (local.half_hour >= 2 * begin) & (local.half_hour < 2 * end)
    return hours & (local.day == clock.day_number(incident["date"]))


def through_the_storm(
    courses: list[Course], happened: list[Happened], *, parameters: Parameters, clock: Clock
) -> list[Happened]:
    """The closed site's queues that another site also answers move there for the day."""
    site, closed = parameters.spec["incidents"]["closure"]["site"], storm(clock, parameters)
    place = {course.key: number for number, course in enumerate(courses)}
    contacts = [each.contacts.copy() for each in happened]
    for number, course in enumerate(courses):
        if course.key.site != site:
            continue
        for other in (key for key in place if key[1:] == course.key[1:] and key.site != site):
            contacts[place[other]][closed] += contacts[number][closed]
            contacts[number][closed] = 0.0
    return [Happened(moved, each.aht_s) for moved, each in zip(contacts, happened)]


def slot_rates(
    rng: np.random.Generator, contacts: np.ndarray, *, days: np.ndarray, added: float
) -> np.ndarray:
    """The rate of each half-hour: gamma around the mean, so that Poisson counts become negative binomial.

    Variance of the counts = mean + 0.020 mean^2 + `added` x mean x its share of the day's mean: the day,
    not the half-hour, is most of the error.
    """
    of_day = np.bincount(days - days.min(), contacts)[days - days.min()]
    rates, busy = np.zeros(len(contacts)), contacts > 0
    spread = SQUARE + added / of_day[busy]
    rates[busy] = rng.gamma(1 / spread, contacts[busy] * spread)
    return rates
