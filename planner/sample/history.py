"""The two years, queue by queue: VOLUME rows, and the contacts of the last weeks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.centre import QueueKey
from planner.sample.chance import generator
from planner.sample.clock import Clock, LocalTime
from planner.sample.courses import Course
from planner.sample.duty import on_duty
from planner.sample.live import Window, live_contacts
from planner.sample.noise import happened, line_chance, slot_rates, through_the_storm
from planner.sample.parameters import Parameters
from planner.sample.people import employed, learning
from planner.sample.seating import Duty, seating
from planner.sample.volume import Intervals, drawn_rows, summed_rows, with_key
from planner.sample.written import Desk, summed_written, written_contacts

Say = Callable[[str], None]


@dataclass(frozen=True)
class Past:
    """What a queue's half-hours were like, before the contacts are drawn; one value per half-hour."""

    course: Course
    intervals: Intervals
    in_log: np.ndarray


@dataclass(frozen=True)
class Drawn:
    """VOLUME of all queues, and the contacts of the log per queue (`who` is a row of the people)."""

    volume: pd.DataFrame
    contacts: dict[QueueKey, pd.DataFrame]


def pasts(parameters: Parameters, expected: list[Course], clock: Clock) -> list[Past]:
    """Rates, AHT and agents on duty of every queue, with everything but the contacts' own chance."""
    chances = {code: line_chance(line, parameters, clock) for code, line in parameters.lines.items()}
    was = [happened(course, chances[course.line], parameters, clock=clock) for course in expected]
    was = through_the_storm(expected, was, parameters=parameters, clock=clock)
    found = []
    for course, each in zip(expected, was):
        zone = parameters.lines[course.line].hours.zone
        rates = slot_rates(
            generator(parameters.seed, "volume", *course.key),
            each.contacts,
            days=clock.zones[zone].day,
            added=parameters.spec["noise"]["slot"]["added_per_halfhour"],
        )
        in_log = clock.within(parameters.log_first_day, parameters.last_day, zone=zone) & course.hosted
        agents = on_duty(course, parameters, clock)
        found.append(Past(course, Intervals(rates, each.aht_s, agents), in_log))
    return found


def draw_history(
    parameters: Parameters, history: list[Past], clock: Clock, *, people: pd.DataFrame, say: Say
) -> Drawn:
    """VOLUME and the contacts of the log."""
    seats = _all_seats(parameters, history, clock, people)
    rows, contacts = [], {}
    for number, past in enumerate(history):
        key = past.course.key
        if number % 10 == 0:
            say(f"drawing volume and contacts: queue {number + 1} of {len(history)}")
        if past.course.kind == "deferred":
            desk = _desk(past, parameters, clock, people)
            found = written_contacts(parameters, key, desk)
            slots = np.flatnonzero(past.course.contacts > 0)
            mine = summed_written(found, slots=slots, agents=past.intervals.agents[slots])
            contacts[key] = found[past.in_log[found["slot"].to_numpy()]].reset_index(drop=True)
        else:
            slots = np.flatnonzero(past.course.is_open)
            if key in seats:
                contacts[key] = live_contacts(
                    parameters, key, _window(past, clock, parameters, seats[key], people)
                )
            mine = _live_rows(past, parameters, contacts.get(key), slots)
        rows.append(with_key(mine, key, clock.starts[slots]))
    return Drawn(pd.concat(rows, ignore_index=True), {k: c for k, c in contacts.items() if len(c)})


def _live_rows(
    past: Past, parameters: Parameters, contacts: pd.DataFrame | None, slots: np.ndarray
) -> pd.DataFrame:
    """By formula before the log, summed from its contacts within it."""
    key, logged = past.course.key, past.in_log[slots]
    before = Intervals(*(values[slots[~logged]] for values in past.intervals))
    rows = drawn_rows(parameters, key, before, rng=generator(parameters.seed, "service", *key))
    if contacts is None:
        return rows
    here = slots[logged]
    summed = summed_rows(parameters, key, contacts, slots=here, agents=past.intervals.agents[here])
    return pd.concat([rows, summed], ignore_index=True)


def log_begin(parameters: Parameters, clock: Clock) -> int:
    """The half-hour from which the log of every zone is simulated; a day early for the eastern ones."""
    return clock.slot(parameters.log_first_day) - 48


def _all_seats(
    parameters: Parameters, history: list[Past], clock: Clock, people: pd.DataFrame
) -> dict[QueueKey, np.ndarray]:
    """Who sat where, for every live queue of the log; rows of `people`."""
    begin = log_begin(parameters, clock)
    seats: dict[QueueKey, np.ndarray] = {}
    for site, place in parameters.spec["sites"].items():
        rows = np.flatnonzero(people["site"] == site)
        here = [
            p for p in history if p.course.key.site == site and p.course.kind != "deferred" and p.in_log.any()
        ]
        duties = [Duty(p.course, np.where(p.in_log, p.intervals.agents, 0)[begin:]) for p in here]
        local = clock.zones[place["zone"]]
        window = LocalTime(local.day[begin:], local.half_hour[begin:], local.weekday[begin:])
        given = seating(duties, people.iloc[rows], window, rng=generator(parameters.seed, "seating", site))
        seats |= {d.course.key: np.where(who >= 0, rows[who], -1) for d, who in zip(duties, given)}
    return seats


def _window(
    past: Past, clock: Clock, parameters: Parameters, who: np.ndarray, people: pd.DataFrame
) -> Window:
    """The log's half-hours of a live queue, with the pace of each seat; 1 on average."""
    begin, course = log_begin(parameters, clock), past.course
    day = clock.zones[parameters.lines[course.line].hours.zone].day[begin:]
    second = parameters.spec["people"]["spoken_level"]["second_language_aht"]
    pace = _paces(people, parameters, np.unique(day)) * np.where(people["line"] == course.line, 1.0, second)
    seated = np.where(who >= 0, pace[(day - day[0])[:, None], who], np.nan)
    seated = np.nan_to_num(seated / np.nanmean(seated), nan=1.0)
    agents = np.where(past.in_log, past.intervals.agents, 0)
    now = Intervals(*(values[begin:] for values in past.intervals._replace(agents=agents)))
    return Window(begin, now, who, seated)


def _paces(people: pd.DataFrame, parameters: Parameters, days: np.ndarray) -> np.ndarray:
    """Each person's factor on handle time by day: own pace and the learning of new starters."""
    return people["pace"].to_numpy() * learning(people, parameters, days=days)


def _desk(past: Past, parameters: Parameters, clock: Clock, people: pd.DataFrame) -> Desk:
    """The desk of a deferred queue, with the people who may work on it on each day of the log."""
    course = past.course
    day = clock.zones[parameters.lines[course.line].hours.zone].day
    days = np.unique(day[past.in_log])
    trained = people["channels"].str.split(";").map(lambda served: course.key.channel in served)
    own = (people["site"] == course.key.site) & (people["line"] == course.line)
    here = employed(people, days=days) & (own & trained).to_numpy()
    who = {int(number): np.flatnonzero(row) for number, row in zip(days, here) if row.any()}
    middle = np.array([float(days.mean()) if len(days) else 0.0])
    pace = _paces(people, parameters, middle)[0]
    usual = np.concatenate(list(who.values())) if who else np.arange(0)
    pace = pace / pace[usual].mean() if len(usual) else pace
    return Desk(past.intervals, course.is_open, np.where(past.in_log, day, -1), who, pace)
