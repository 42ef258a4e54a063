"""A new queue's day begins with its kin's shape and AHT, in its own hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from forecasting.adoption import adopted
from forecasting.history import Axis, QueueHistory, histories
from forecasting.new_market import unlived
from planner.domain.centre import Queue
from planner.domain.planned import Planned
from tests.forecasting import planted

FIRST, LAUNCH = date(2025, 9, 1), date(2026, 6, 1)
OLD = planted.queue("KRK", "pl", "voice", when=planted.hours("Europe/Warsaw", 9, 18))


def like(aht_s: float = 200.0) -> QueueHistory:
    rows = planted.volume(OLD, FIRST, np.full((LAUNCH - FIRST).days, 300.0), seed=1)
    rows = rows.assign(answered=rows["offered"], talk_s=rows["offered"] * aht_s)
    centre = planted.centre([OLD])
    return histories(rows, centre, Axis.spanning(rows, LAUNCH, days=14))[OLD.key]


def blank(queue: Queue, kin: QueueHistory) -> QueueHistory:
    return unlived(queue, kin.grid.axis, interval_min=60)


def new(opens: int, closes: int) -> Queue:
    queue = planted.queue("KRK", "sv", "voice", when=planted.hours("Europe/Warsaw", opens, closes))
    return replace(queue, first_day=LAUNCH, planned=Planned(700.0))


def test_in_the_same_hours_it_is_the_kins_past() -> None:
    kin = like()
    found = adopted(blank(new(9, 18), kin), [kin])
    cutoff = kin.grid.axis.cutoff
    np.testing.assert_array_equal(found.contacts[1:cutoff], kin.contacts[1:cutoff])
    assert (found.grid.open_intervals[cutoff:] == kin.grid.open_intervals[cutoff:]).all()


def test_handle_times_come_at_the_queues_own_level() -> None:
    kin = like(aht_s=200.0)
    found = adopted(blank(new(9, 18), kin), [kin])
    assert found.handle_s.sum() / found.answered.sum() == pytest.approx(found.queue.handling.aht_s)


def test_hours_only_the_new_queue_is_open_are_like_the_nearest() -> None:
    kin = like()
    found = adopted(blank(new(8, 20), kin), [kin])
    usual = np.nanmean(found.contacts[1 : kin.grid.axis.cutoff], axis=0)
    assert usual[8] == pytest.approx(usual[9], rel=0.02)
    assert usual[19] == pytest.approx(usual[17], rel=0.02)
    assert usual[20:].sum() + usual[:8].sum() == 0


def test_hours_only_the_kin_is_open_are_left_out() -> None:
    kin = like()
    found = adopted(blank(new(12, 15), kin), [kin])
    assert found.contacts[1 : kin.grid.axis.cutoff, [9, 10, 11, 15, 16, 17]].sum() == 0


def test_its_own_days_stay_its_own() -> None:
    queue = replace(new(9, 18), first_day=date(2026, 5, 25))
    rows = pd.concat(
        [
            planted.volume(OLD, FIRST, np.full((LAUNCH - FIRST).days, 300.0), seed=1),
            planted.volume(queue, date(2026, 5, 25), np.full(7, 70.0), seed=2),
        ]
    )
    known = histories(rows, planted.centre([OLD, queue]), Axis.spanning(rows, LAUNCH, days=14))
    found = adopted(known[queue.key], [known[OLD.key]])
    cutoff = found.grid.axis.cutoff
    np.testing.assert_array_equal(found.contacts[cutoff - 7 :], known[queue.key].contacts[cutoff - 7 :])
    assert found.contacts[cutoff - 8].sum() == known[OLD.key].contacts[cutoff - 8].sum()


def test_kin_known_by_other_intervals_teach_nothing() -> None:
    kin = like()
    history = unlived(new(9, 18), kin.grid.axis, interval_min=30)
    assert adopted(history, [kin]) is history
