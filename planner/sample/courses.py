"""What is to be expected of each queue, half-hour by half-hour: contacts, AHT, opening, before chance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from planner.domain.centre import CHANNEL_KINDS, ChannelKind, QueueKey
from planner.sample.clock import Clock, clock
from planner.sample.demand import Demand, demand
from planner.sample.parameters import Line, Parameters


@dataclass(frozen=True)
class Course:
    """A queue's expected course over the history; arrays have one value per UTC half-hour.

    `contacts` and `aht_s` (concurrent channels: one conversation at a time) are what a planner could
    have known; `is_open` are the half-hours in which the queue answers; `hosted` those in which the
    site has the queue at all.
    """

    key: QueueKey
    line: str
    contacts: np.ndarray
    aht_s: np.ndarray
    is_open: np.ndarray
    hosted: np.ndarray
    patience_s: float

    @property
    def kind(self) -> ChannelKind:
        """Immediate, concurrent or deferred."""
        return CHANNEL_KINDS[self.key.channel]


def history_clock(parameters: Parameters) -> Clock:
    """The clock of the history, with every zone of the parameters."""
    zones = {"UTC"} | {site["zone"] for site in parameters.spec["sites"].values()}
    for line in parameters.lines.values():
        zones |= {line.hours.zone} | {market.zone for market in line.markets}
    return clock(parameters.first_day, parameters.last_day, zones=zones)


def courses(parameters: Parameters, clock: Clock) -> list[Course]:
    """The course of every queue that ever was, in the order of the parameters."""
    found: dict[QueueKey, Course] = {}
    for line in parameters.lines.values():
        expected = demand(line, parameters, clock)
        for channel in line.mix:
            for course in _hosted(line, channel, expected, parameters=parameters, clock=clock):
                earlier = found.get(course.key)
                found[course.key] = course if earlier is None else _both(earlier, course)
    return list(found.values())


def _hosted(
    line: Line, channel: str, expected: Demand, *, parameters: Parameters, clock: Clock
) -> Iterable[Course]:
    """The line's channel at each site, for the days it is there."""
    for host in line.hosting:
        here = clock.within(host.first_day, host.last_day, zone=line.hours.zone)
        contacts = expected.contacts[channel] * host.share * here
        is_open = expected.is_open & here
        key = QueueKey(host.site, line.language, channel)
        handling = parameters.spec["handling"][channel]
        patience = handling.get("patience_s", np.nan) * _multiples(parameters, line.language)["patience"]
        aht = expected_aht(parameters, key, clock=clock)
        yield Course(key, line.code, contacts, aht, is_open, here, patience)


def _both(first: Course, second: Course) -> Course:
    """Two periods of one queue as one course."""
    return replace(
        first,
        contacts=first.contacts + second.contacts,
        is_open=first.is_open | second.is_open,
        hosted=first.hosted | second.hosted,
    )


def _multiples(parameters: Parameters, language: str) -> Mapping[str, float]:
    return parameters.spec["handling"]["by_language"][language]


def base_aht_s(parameters: Parameters, language: str, channel: str) -> float:
    """The AHT of a language on a channel, before season, weekend and learning; solo where concurrent."""
    handling = parameters.spec["handling"][channel]
    solo = handling["aht_s"] if "aht_s" in handling else handling["aht_solo_s"]
    return float(solo * _multiples(parameters, language)["aht"])


def expected_aht(parameters: Parameters, key: QueueKey, *, clock: Clock) -> np.ndarray:
    """The AHT to expect in each half-hour: season, weekend and a new site's learning curve."""
    handling = parameters.spec["handling"]
    months = np.array([handling["season_aht"].get(month, 1.0) for month in range(1, 13)])
    line = next(
        line for line in parameters.lines.values() if line.language == key.language and _serves(line, key)
    )
    weekend = clock.zones[line.hours.zone].weekday >= 5
    factor = months[clock.starts.month.to_numpy() - 1] * np.where(weekend, handling["weekend_aht"], 1.0)
    aht = base_aht_s(parameters, key.language, key.channel)
    return aht * factor * _learning(parameters, key.site, clock)


def _serves(line: Line, key: QueueKey) -> bool:
    return any(host.site == key.site for host in line.hosting)


def _learning(parameters: Parameters, site: str, clock: Clock) -> np.ndarray:
    """The AHT multiple of a new site, by weeks since it opened."""
    ramp: Mapping[str, Any] = parameters.spec["new_site_ramp"]
    if site != ramp["site"]:
        return np.ones(clock.slots)
    home = parameters.spec["sites"][site]
    opened: date = home["opened"]
    weeks = (clock.zones[home["zone"]].day - clock.day_number(opened)) // 7
    multiples = np.array([*ramp["aht_multiple"], 1.0])
    return np.where(weeks >= 0, multiples[np.clip(weeks, 0, ramp["weeks"])], 1.0)
