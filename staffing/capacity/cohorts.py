"""What becomes of people week by week: how many are still there, and how much of an hour they work.

A curve has one entry a week since the first day of class (or since today): `there`, the share still
employed, and `effect`, the work of a paid hour against that of someone experienced, 0 in training.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.domain.capacity import Capacity, HiringKind, SiteCapacity


@dataclass(frozen=True)
class Curve:
    """Shares of a cohort by week since it began: employed, and effect of a paid hour."""

    there: np.ndarray
    effect: np.ndarray
    training_weeks: int


def class_curve(kind: HiringKind, site: SiteCapacity, capacity: Capacity) -> Curve:
    """The life of a class from its first day, over the weeks of the plan.

    Leavers of a week are gone at its end: in the first week everyone is there.
    """
    weeks = np.arange(capacity.weeks)
    stay = np.array([site.attrition.stay(int(week)) for week in weeks[:-1]])
    there = np.concatenate([[1.0], np.cumprod(stay)])
    if kind.term_weeks is not None:
        there = np.where(weeks < kind.training_weeks + kind.term_weeks, there, 0.0)
    on_contact = weeks - kind.training_weeks + 1
    effect = np.array([capacity.effect(int(week)) if week >= 1 else 0.0 for week in on_contact])
    return Curve(there, effect, kind.training_weeks)


def staff_there(
    weeks_since_hire: np.ndarray, leaves_in: np.ndarray, site: SiteCapacity, *, weeks: int
) -> np.ndarray:
    """Chance that each person on today's roster is still there, person x week.

    `weeks_since_hire` is negative before the first day; `leaves_in` is the week in which a known leaver is
    no longer there (weeks or more: none is known). Who has not begun has not left.
    """
    ahead = np.arange(weeks)
    tenure = weeks_since_hire[:, None] + ahead[None, :]
    early = (tenure >= 0) & (tenure < site.attrition.early_weeks)
    stay = np.where(early, site.attrition.stay(0), site.attrition.stay(site.attrition.early_weeks))
    stay = np.where(tenure < 0, 1.0, stay)
    there = np.concatenate([np.ones((len(tenure), 1)), np.cumprod(stay, axis=1)[:, :-1]], axis=1)
    return np.where((tenure >= 0) & (ahead[None, :] < leaves_in[:, None]), there, 0.0)


def staff_effect(weeks_since_hire: np.ndarray, capacity: Capacity) -> np.ndarray:
    """Effect of a paid hour of each person, person x week: the ramp of those hired lately."""
    table = np.array([capacity.effect(week) for week in range(1, capacity.weeks + 2)])
    on_contact = weeks_since_hire[:, None] + np.arange(capacity.weeks)[None, :]
    return np.where(on_contact < len(table), table[np.clip(on_contact, 0, len(table) - 1)], 1.0)
