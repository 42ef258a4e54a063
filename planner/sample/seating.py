"""Who sat where in the weeks of the contact log: each seat of each queue is given to people, run by run.

A queue with n agents on duty has seats 0..n-1. A seat's hours of a day are cut into runs of at most eight
hours, and each run goes to one person of the site who can serve the queue, is free, and has worked least
for the contract.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from numba import njit

from planner.sample.clock import LocalTime
from planner.sample.courses import Course
from planner.sample.people import employed

LONGEST_RUN = 16  # half-hours
LONGEST_DAY = 18
SECOND_LANGUAGE, SIXTH_DAY, WRONG_CHANNEL = 0.5, 2.0, 4.0
NEVER = 1e9


class Duty(NamedTuple):
    """A queue and the agents on duty in each half-hour of the log."""

    course: Course
    agents: np.ndarray


class Runs(NamedTuple):
    """Runs in order of their start: first and last half-hour, local day, queue, seat."""

    first: np.ndarray
    last: np.ndarray
    day: np.ndarray
    queue: np.ndarray
    seat: np.ndarray


class Pool(NamedTuple):
    """The people of a site: price of putting each on each queue, weekly hours, and days employed."""

    price: np.ndarray
    weekly_h: np.ndarray
    here: np.ndarray


def seating(
    duties: list[Duty], people: pd.DataFrame, local: LocalTime, *, rng: np.random.Generator
) -> list[np.ndarray]:
    """For each queue of one site, the row in `people` on each half-hour x seat; -1 where nobody sits."""
    days = local.day - local.day.min()
    runs = _runs([duty.agents for duty in duties], days)
    price = np.stack([_price(people, duty.course) for duty in duties], axis=1)
    price += rng.uniform(0, 0.05, price.shape)
    weekly = people["contract"].str.removesuffix(" h").astype(float).to_numpy()
    pool = Pool(price, weekly, employed(people, days=np.unique(local.day)))
    given = _deal(runs, pool)
    seats = [np.full((len(days), max(int(duty.agents.max()), 1)), -1) for duty in duties]
    for first, last, queue, seat, who in zip(runs.first, runs.last, runs.queue, runs.seat, given):
        place = seats[queue][first : last + 1, seat]
        place[duties[queue].agents[first : last + 1] > seat] = who
    return seats


def _price(people: pd.DataFrame, course: Course) -> np.ndarray:
    """The price of putting each person on a queue: none in the first language, NEVER without the language."""
    speaks = people["languages"].str.split(";").map(lambda known: [k.split(":")[0] for k in known])
    language, channel = course.key.language, course.key.channel
    able = speaks.map(lambda known: language in known)
    price = np.where(people["line"] == course.line, 0.0, SECOND_LANGUAGE)
    trained = people["channels"].str.split(";").map(lambda served: channel in served)
    return np.where(able, price + np.where(trained, 0.0, WRONG_CHANNEL), NEVER)


def _runs(agents: list[np.ndarray], days: np.ndarray) -> Runs:
    begins = np.searchsorted(days, np.arange(days[-1] + 2))
    found = []
    for queue, on_duty in enumerate(agents):
        for day in range(days[-1] + 1):
            here = on_duty[begins[day] : begins[day + 1]]
            for seat in range(here.max(initial=0)):
                taken = np.flatnonzero(here > seat) + begins[day]
                parts = -(-len(taken) // LONGEST_RUN)
                cuts = [len(taken) * part // parts for part in range(parts + 1)]
                found += [(taken[a], taken[b - 1], day, queue, seat) for a, b in pairwise(cuts)]
    table = np.array(found, np.int64).reshape(-1, 5)
    return Runs(*table[np.argsort(table[:, 0], kind="stable")].T)


@njit(cache=True)
def _deal(runs: Runs, pool: Pool) -> np.ndarray:
    """The person for each run, in order of time; where nobody is free, who is free soonest."""
    people = len(pool.weekly_h)
    free_at = np.zeros(people, np.int64)
    of_day, of_week = np.zeros(people, np.int64), np.zeros(people, np.int64)
    days_worked = np.zeros(people, np.int64)
    given = np.empty(len(runs.first), np.int64)
    day = -1
    for run in range(len(runs.first)):
        if runs.day[run] != day:
            if day < 0 or runs.day[run] // 7 != day // 7:
                of_week[:], days_worked[:] = 0, 0
            day, of_day[:] = runs.day[run], 0
        length = runs.last[run] - runs.first[run] + 1
        best, least = -1, np.inf
        for who in range(people):
            score = pool.price[who, runs.queue[run]] + 0.5 * of_week[who] / pool.weekly_h[who]
            if days_worked[who] >= 5 and of_day[who] == 0:
                score += SIXTH_DAY
            if of_day[who] + length > LONGEST_DAY:
                score += WRONG_CHANNEL
            if free_at[who] > runs.first[run]:
                score += 1e3 + free_at[who]
            if pool.here[day, who] and score < least:
                best, least = who, score
        given[run] = best
        free_at[best] = runs.last[run] + 1
        days_worked[best] += of_day[best] == 0
        of_day[best] += length
        of_week[best] += length
    return given
