"""Fairness as the engine needs it: unwanted shifts before the horizon, and each agent's fair share with it.

How many such shifts the horizon will hold is not known beforehand; it is reckoned from the need. An error
there raises or lowers the price of such a shift for everybody alike, and leaves who works it as it was.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

from planner.domain.soft import Fairness, Soft
from staffing.labour import Flag, People
from staffing.rules import availability, skills
from staffing.scheduling.clock import Clock
from staffing.unwanted import groups, unwanted

AN_HOUR = 60
SATURDAY = 5


class Fair(NamedTuple):
    """Agents x marks in the order of `unwanted`; `price` of a squared shift off the fair share, by mark.

    A roster's price is the sum of `price` x (`before` + shifts with the mark - `due`) squared.
    """

    before: np.ndarray
    due: np.ndarray
    price: np.ndarray


def fair(people: People, need: np.ndarray, *, clock: Clock, soft: Soft) -> Fair:
    """The shares of a site's people; `need` (agents, queue x interval) is that of `people.queues`."""
    past = _past(people, soft.fairness)
    before = np.stack([_counted(people, past, flag) for flag in unwanted(soft.fairness)], axis=1)
    days = _working_days(people, past)
    ahead = _spread(_expected(need, clock, soft.fairness), skills.queues(people), days)
    label = pd.factorize(groups(people.agents, soft.fairness))[0]
    total = _summed(before + ahead, label)
    whole = _summed(days[:, None], label)
    share = np.divide(days[:, None], whole, out=np.zeros_like(whole), where=whole > 0)
    weights = soft.weights
    price = np.array([weights.weekends, weights.nights, weights.late, weights.early])
    return Fair(before, total * share, price)


def _past(people: People, fairness: Fairness) -> pd.DataFrame:
    """The shifts of the last weeks, as many as fairness looks back."""
    since = pd.Timestamp(people.first_day - timedelta(weeks=fairness.weeks))
    return people.past[people.past["day"] >= since]


def _counted(people: People, past: pd.DataFrame, flag: Flag) -> np.ndarray:
    """Past shifts of each agent that bear the mark."""
    count = np.zeros(len(people.agents))
    if len(past):
        rows = past["agent_id"].map(people.row_of).to_numpy(np.int64)
        np.add.at(count, rows, flag.marks(people.site, past).astype(float))
    return count


def _working_days(people: People, past: pd.DataFrame) -> np.ndarray:
    """Days available since the first past shift known, times the contract's days a week / 7."""
    first = past["day"].min().date() if len(past) else people.first_day
    longer = replace(people, first_day=first, days=people.days + (people.first_day - first).days)
    a_week = np.array([contract.days_per_week for contract in people.contracts], float)
    return np.asarray(availability.days(longer).sum(axis=1) * a_week / 7)


def _expected(need: np.ndarray, clock: Clock, fairness: Fairness) -> np.ndarray:
    """Unwanted shifts that each queue's need asks for, queue x mark.

    Those at work in the hour after the late time are late, in the hour before the early time early or
    still of the night, between 2 and 3 in the night; of the weekend its share of the need.
    """
    minute = (np.arange(need.shape[1]) - clock.day_begin[_day(clock)]) * clock.interval_min
    late, early = fairness.late_after_min, fairness.early_before_min

    def peak(begin: int, end: int) -> np.ndarray:
        here = np.where((minute >= begin) & (minute < end), need, 0.0)
        return np.asarray(np.maximum.reduceat(here, clock.day_begin[: clock.days], axis=1).sum(axis=1))

    night = peak(2 * AN_HOUR, 3 * AN_HOUR)
    at_weekend = np.asarray(clock.calendar.day_of_week >= SATURDAY)[_day(clock)]
    weekend = _people_days(need, at_weekend, clock)
    return np.stack(
        [weekend, night, peak(late, late + AN_HOUR), np.maximum(peak(early - AN_HOUR, early) - night, 0.0)],
        axis=1,
    )


def _day(clock: Clock) -> np.ndarray:
    """Local day of each interval of the horizon."""
    lengths = np.diff(clock.day_begin[: clock.days + 1])
    return np.repeat(np.arange(clock.days), lengths)


HOURS_A_SHIFT = 6.5  # on contact, pauses and shorter contracts included


def _people_days(need: np.ndarray, when: np.ndarray, clock: Clock) -> np.ndarray:
    """Shifts that the need at some intervals comes to."""
    return np.asarray(need[:, when].sum(axis=1) * clock.interval_min / 60 / HOURS_A_SHIFT)


def _spread(by_queue: np.ndarray, serves: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Each queue's shifts over those who serve it, by working days: agent x mark."""
    weight = serves * days[:, None]
    whole = weight.sum(axis=0)
    share = np.divide(weight, whole, out=np.zeros_like(weight), where=whole > 0)
    return np.asarray(share @ by_queue)


def _summed(values: np.ndarray, label: np.ndarray) -> np.ndarray:
    """Column sums of each row's group."""
    sums = np.zeros((int(label.max(initial=-1)) + 1, values.shape[1]))
    np.add.at(sums, label, values)
    return np.asarray(sums[label])
