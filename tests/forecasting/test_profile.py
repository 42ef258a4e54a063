"""The profile finds a planted day shape and always shares out exactly one day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from forecasting.history import Axis, QueueHistory, histories
from forecasting.past import Calendar
from forecasting.profile import SlotPast, interval_shares, shares_ahead, slot_past
from forecasting.special_days import special_days
from planner.domain.timegrid import around_the_clock
from tests.forecasting import planted

FIRST = date(2026, 1, 5)


def learnt(
    *, seed: int | None, clock: bool = False, first_day: date = date(2026, 3, 23)
) -> tuple[QueueHistory, SlotPast]:
    when = around_the_clock("Europe/Lisbon") if clock else planted.hours("Europe/Lisbon")
    q = planted.queue("LIS", "pt", "voice", when=when)
    rows = planted.volume(q, FIRST, np.full((first_day - FIRST).days, 1200.0), seed=seed)
    axis = Axis.spanning(rows, first_day, days=14)
    history = histories(rows, planted.centre([q]), axis)[q.key]
    no_holidays = special_days(axis.days, countries=(), events=(), closed=np.zeros(len(axis.days), bool))
    return history, slot_past(history, Calendar(axis.days, history.open_days, no_holidays))


def test_a_planted_shape_is_found() -> None:
    history, past = learnt(seed=1)
    shares = shares_ahead(past, np.array([history.grid.axis.cutoff]), horizon=7)[0]
    true = planted.SHAPE * ((np.arange(24) >= 8) & (np.arange(24) < 20))
    assert np.abs(shares - true / true.sum()).sum(axis=1).max() < 0.03


@pytest.mark.parametrize(("first_day", "hours"), [(date(2026, 3, 23), 23), (date(2026, 10, 19), 25)])
def test_days_of_clock_change_add_up_to_one(first_day: date, hours: int) -> None:
    history, past = learnt(seed=None, clock=True, first_day=first_day)
    cutoff = history.grid.axis.cutoff
    shares = shares_ahead(past, np.array([cutoff]), horizon=7)[0]
    intervals = history.grid.open_intervals[cutoff : cutoff + 7]
    assert intervals.sum(axis=1).tolist() == [24] * 6 + [hours]
    np.testing.assert_allclose((shares * intervals).sum(axis=1), 1)


def test_closed_slots_get_nothing_even_if_they_once_had_contacts() -> None:
    profile = np.array([[0.2, 0.3, 0.5]])
    np.testing.assert_allclose(interval_shares(profile, np.array([[0, 1, 1]])), [[0, 0.375, 0.625]])
    np.testing.assert_allclose(interval_shares(profile, np.array([[0, 0, 0]])), [[0, 0, 0]])


def test_a_repeated_hour_gives_both_intervals_the_same() -> None:
    shares = interval_shares(np.array([[0.25, 0.75]]), np.array([[2, 1]]))
    np.testing.assert_allclose(shares, [[0.2, 0.6]])


def test_a_slot_never_seen_shares_the_day_evenly() -> None:
    np.testing.assert_allclose(
        interval_shares(np.zeros((1, 4)), np.array([[1, 1, 0, 0]])), [[0.5, 0.5, 0, 0]]
    )


def test_nothing_after_a_cutoff_is_looked_at() -> None:
    _, past = learnt(seed=2)
    cutoffs = np.array([30, 50])
    before = shares_ahead(past, cutoffs, horizon=7)
    later = past.contacts.copy()
    later[50:] = later[50:, ::-1] * 7
    after = shares_ahead(replace(past, contacts=later), cutoffs, horizon=7)
    np.testing.assert_array_equal(before, after)


def test_holidays_learn_their_own_shape() -> None:
    history, past = learnt(seed=None)
    holiday = np.zeros(len(past.weekday), bool)
    holiday[[10, 25, 40, 60, history.grid.axis.cutoff + 2]] = True
    contacts = past.contacts.copy()
    contacts[[10, 25, 40, 60], :12] *= 10  # holidays come in the morning
    taught = replace(past, contacts=contacts, is_holiday=holiday)
    shares = shares_ahead(taught, np.array([history.grid.axis.cutoff]), horizon=7)[0]
    assert shares[2, :12].sum() > 0.65 > 0.5 > shares[1, :12].sum()
