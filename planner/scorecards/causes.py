"""The causes of a queue's service, interval by interval, as planned and as they were."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from planner.domain.centre import Queue, Site
from planner.scorecards.service_measures import column, handled_s


@dataclass(frozen=True)
class Causes:
    """The causes of one queue's service in rows of `beside_plan` with `day`, the number of the local day.

    Everything is an array with one value a row; pairs are (planned, actual).
    """

    rows: pd.DataFrame
    queue: Queue
    site: Site

    @cached_property
    def day(self) -> np.ndarray:
        return self.rows["day_number"].to_numpy(np.int64)

    def of_day(self, values: np.ndarray) -> np.ndarray:
        """The sum over each row's day; unknown values are left out."""
        return np.bincount(self.day, np.nan_to_num(values))[self.day]

    @cached_property
    def contacts(self) -> tuple[np.ndarray, np.ndarray]:
        """Contacts planned, and the contacts to be expected knowing what came (`rate`).

        Those who come again by the queue's shares are taken off: the model adds them itself.
        """
        handling = self.queue.handling
        offered, planned = self._column("offered"), self._column("planned_offered")
        answered, abandoned = self._column("answered"), self._column("abandoned")
        again = handling.redial_share * abandoned + handling.reconnect_share * answered
        return planned, rate(offered - np.nan_to_num(again), planned, day=self.day)

    @cached_property
    def planned_aht_s(self) -> np.ndarray:
        """The handle time planned; where no contact was, that of the day, else of the queue."""
        given = self._column("planned_aht_s")
        of_day = _quotient(
            self.of_day(self._column("planned_handle_s")), self.of_day(self._column("planned_offered"))
        )
        usual = np.where(of_day > 0, of_day, self.queue.handling.aht_s)
        return np.where(given > 0, given, usual)

    @cached_property
    def open_s(self) -> np.ndarray:
        """Mean handle time of the day's contacts (several at once: time each was open); NaN if unknown."""
        handle, answered = handled_s(self.rows), self._column("answered")
        known = ~np.isnan(handle) & ~np.isnan(answered)
        return _quotient(self.of_day(np.where(known, handle, 0)), self.of_day(np.where(known, answered, 0)))

    @cached_property
    def aht_s(self) -> np.ndarray:
        """The planned course of the handle time, lifted to what the day's contacts took, if that is known."""
        answered = np.nan_to_num(self._column("answered"))
        planned_s = _quotient(self.of_day(answered * self.planned_aht_s), self.of_day(answered))
        lift = self.open_s / planned_s
        return self.planned_aht_s * np.where(np.isfinite(lift), lift, 1.0)

    @cached_property
    def absence(self) -> tuple[np.ndarray, np.ndarray]:
        """Share of the roster's time lost to absence, 0 and 0 where the actual one is unknown."""
        planned_s = self._column("planned_absent_s")
        planned = np.where(
            np.isnan(planned_s), self.site.shrinkage.unplanned, _quotient(planned_s, self.planned_scheduled_s)
        )
        actual = _quotient(self.absent_s, self.scheduled_s)
        known = self.knows_absence
        planned = np.where(known, np.nan_to_num(planned), 0.0)
        return planned, np.where(known, np.where(np.isnan(actual), planned, actual), 0.0)

    @cached_property
    def adherence(self) -> tuple[np.ndarray, np.ndarray]:
        """Time in the scheduled state / time at work, 1 and 1 where it is unknown."""
        at_work = self.planned_scheduled_s - np.nan_to_num(self._column("planned_absent_s"))
        planned = 1 - np.nan_to_num(_quotient(self._column("planned_away_s"), at_work))
        actual = 1 - _quotient(self.away_s, self.scheduled_s - np.nan_to_num(self.absent_s))
        known = self.knows_adherence
        return (
            np.where(known, planned, 1.0),
            np.where(known, np.clip(np.where(np.isnan(actual), planned, actual), 0, 1), 1.0),
        )

    @cached_property
    def knows_staff(self) -> np.ndarray:
        return ~np.isnan(self._column("staffed_s"))

    @cached_property
    def knows_absence(self) -> np.ndarray:
        return ~np.isnan(self.absent_s) & ~np.isnan(self.scheduled_s)

    @cached_property
    def knows_adherence(self) -> np.ndarray:
        return (
            ~np.isnan(self.away_s) & ~np.isnan(self.scheduled_s) & ~np.isnan(self._column("planned_away_s"))
        )

    @cached_property
    def absent_s(self) -> np.ndarray:
        return self._column("absent_s")

    @cached_property
    def away_s(self) -> np.ndarray:
        """Time away as told, else what roster, absence and staffed time leave."""
        left = self._column("scheduled_s") - self.absent_s - self._column("staffed_s")
        told = self._column("away_s")
        return np.where(np.isnan(told), np.maximum(left, 0), told)

    @cached_property
    def scheduled_s(self) -> np.ndarray:
        """The roster's time as told, else staffed + absent + away."""
        told = self._column("scheduled_s")
        sums = self._column("staffed_s") + self.absent_s + np.nan_to_num(self._column("away_s"))
        return np.where(np.isnan(told), sums, told)

    @cached_property
    def planned_scheduled_s(self) -> np.ndarray:
        """The roster's time that the plan counted on."""
        lost = [np.nan_to_num(self._column(name)) for name in ("planned_absent_s", "planned_away_s")]
        return np.asarray(self._column("planned_staffed_s") + lost[0] + lost[1])

    @cached_property
    def roster_s(self) -> tuple[np.ndarray, np.ndarray]:
        """Time on the roster: what of the staffed time absence and adherence do not explain."""
        (absent, absent_now), (kept, kept_now) = self.absence, self.adherence
        planned = self._column("planned_staffed_s") / np.maximum((1 - absent) * kept, 1e-9)
        there = (1 - absent_now) * kept_now
        staffed = self._column("staffed_s")
        actual = np.where(there > 1e-9, staffed / np.maximum(there, 1e-9), self.scheduled_s)
        return planned, np.where(self.knows_staff, actual, planned)

    @cached_property
    def staff_s(self) -> np.ndarray:
        """Time on contact duty, a column for each coalition of schedule, shrinkage and adherence."""
        parts = [
            roster * (1 - absent) * kept
            for kept in self.adherence
            for absent in self.absence
            for roster in self.roster_s
        ]
        return np.stack(parts, axis=1)

    def _column(self, name: str) -> np.ndarray:
        return column(self.rows, name)


def rate(offered: np.ndarray, planned: np.ndarray, *, day: np.ndarray) -> np.ndarray:
    """Contacts to be expected of each interval, knowing the day's contacts and, as far as it tells, its own.

    A model of a queue already holds the chance by which one half-hour has more contacts than the next:
    given the counts themselves it would see the chance twice. So the day's contacts are laid on the planned
    course, and an interval is moved towards its own count by as much as the counts of this queue
    scatter more than chance alone (gamma-Poisson: Robbins 1956; the variance by moments).
    """
    total, plan = (np.bincount(day, values)[day] for values in (offered, planned))
    usual = planned * _quotient(total, plan)
    told = usual > 0
    squares = float((usual[told] ** 2).sum())
    spread = max(float(((offered - usual)[told] ** 2 - usual[told]).sum()) / squares, 0.0) if squares else 0.0
    return np.where(told, usual * (1 + spread * offered) / (1 + spread * np.nan_to_num(usual)), offered)


def _quotient(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """above / below; NaN where there is nothing below."""
    return np.divide(above, below, out=np.full(np.shape(above), np.nan), where=np.nan_to_num(below) > 0)
