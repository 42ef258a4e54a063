"""Paths spread where an event comes that nobody has seen, and nowhere else."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from forecasting.event_luck import event_luck
from planner.domain.centre import Event
from tests.forecasting import planted

FIRST, DAYS, HORIZON, PATHS = "2024-01-01", 500, 28, 400  # the horizon begins on 15 May 2025
LAUNCH = Event("Launch", "launch", date(2025, 5, 27), date(2025, 5, 29), uplift=0.5)
DURING = np.arange(12, 15)


def luck(*events: Event, size: float = 300.0) -> np.ndarray:
    means = planted.day_means(pd.date_range(FIRST, periods=DAYS), size=size)
    contacts = np.random.default_rng(5).poisson(means).astype(float)
    series = planted.series(contacts, FIRST, horizon=HORIZON, events=events)
    return event_luck(series, cutoff=DAYS, horizon=HORIZON, seed=3, paths=PATHS)


def test_a_first_launch_spreads_its_own_days_alone() -> None:
    spread = luck(LAUNCH).std(axis=0)
    assert spread[DURING] == pytest.approx(np.full(3, 0.35), abs=0.05)  # two in three within 40 %
    assert (np.delete(spread, DURING) == 0).all()


def test_its_days_share_their_luck() -> None:
    days = luck(LAUNCH)[:, DURING]
    assert np.corrcoef(days.T)[0] == pytest.approx(np.ones(3))


def test_every_queue_has_the_same_luck_with_it() -> None:
    one, other = luck(LAUNCH), luck(LAUNCH, size=40.0)
    assert np.corrcoef(one[:, 13], other[:, 13])[0, 1] == pytest.approx(1)


def test_a_kind_seen_often_adds_nothing() -> None:
    monthly = [Event("Sale", "sale", date(2024, m, 10), date(2024, m, 12)) for m in range(1, 13)]
    assert not luck(*monthly, Event("Sale", "sale", date(2025, 5, 27), date(2025, 5, 29))).any()


def test_another_name_of_a_known_kind_adds_nothing() -> None:
    monthly = [
        Event(f"Sale {m} of twelve", "sale", date(2024, m, 10), date(2024, m, 12)) for m in range(1, 13)
    ]
    assert not luck(*monthly, Event("Jubilee", "sale", date(2025, 5, 27), date(2025, 5, 29))).any()


def test_without_events_there_is_no_luck() -> None:
    assert not luck().any()
