"""Contacts follow the forecast's shape, the path's totals, and the stated spreads."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planner.domain.centre import QueueKey
from planner.domain.timegrid import OpeningHours, around_the_clock
from staffing.simulation.arrivals import Demand, demand, draw_contacts, draw_paths
from staffing.simulation.horizon import Horizon
from tests.staffing.simulation.centres import MONDAY, ZONE, forecast, no_paths, paths, queue, with_handling

KEY = QueueKey("LIS", "pt", "voice")
HORIZON = Horizon(ZONE, pd.date_range(MONDAY, periods=2), 30)
TOTALS = np.array([[6000.0, 12000.0], [600.5, 0.0]])


def one_demand(
    *, hours: OpeningHours | None = None, number: int = 0, shape: np.ndarray | None = None
) -> Demand:
    """Demand over two days on two paths; `shape` replaces the flat half-hours."""
    expected = forecast([KEY], offered=10, days=2)
    if shape is not None:
        expected = expected.assign(offered=shape)
    return demand(
        number,
        queue=queue(KEY, hours=hours),
        forecast=expected,
        paths=paths([KEY], totals=TOTALS),
        horizon=HORIZON,
    )


def drawn(one: Demand, *, path: int = 0, replication: int = 0) -> np.ndarray:
    """Arrivals of each half-hour."""
    contacts = draw_contacts([one], path=path, seed=1, replication=replication, horizon=HORIZON)
    assert (np.diff(contacts.arrived_s) >= 0).all()
    return np.bincount((contacts.arrived_s // 1800).astype(int), minlength=96)


def test_a_days_contacts_are_the_paths_and_lie_where_the_forecast_says() -> None:
    shape = np.tile(np.r_[np.zeros(16), np.full(16, 3.0), np.full(16, 1.0)], 2)
    counts = drawn(one_demand(shape=shape))
    assert counts[:48].sum() == 6000
    assert counts[48:].sum() == 12000
    assert counts[:16].sum() == 0
    assert counts[16:32].sum() == pytest.approx(4500, abs=5 * np.sqrt(6000 * 0.75 * 0.25))


def test_a_fraction_of_a_contact_is_a_contact_as_often_as_it_says() -> None:
    one = one_demand()
    totals = [drawn(one, path=1, replication=r).sum() for r in range(400)]
    assert set(totals) == {600, 601}
    assert np.mean(totals) == pytest.approx(600.5, abs=0.1)


def test_without_paths_days_are_poisson() -> None:
    one = demand(
        0, queue=queue(KEY), forecast=forecast([KEY], offered=10, days=2), paths=no_paths(), horizon=HORIZON
    )
    totals = np.array([drawn(one, replication=r).sum() for r in range(300)])
    assert totals.mean() == pytest.approx(960, abs=5 * np.sqrt(960 / 300))
    assert totals.var() == pytest.approx(960, rel=0.35)


def test_a_queue_on_another_clock_than_its_site_keeps_its_own_days() -> None:
    """In Bucharest the day is 2 h ahead of Lisbon: 4 of Lisbon's first 48 half-hours are its next day."""
    one = one_demand(hours=around_the_clock("Europe/Bucharest"))
    counts = drawn(one)
    assert len(one.day_mean) == 3
    # the forecast's first Bucharest day has only its last 22 hours, the path's total is of what is known
    assert counts[:44].sum() == 6000
    assert counts[44:92].sum() == 12000


@pytest.mark.parametrize("closed", [slice(0, 48), slice(48, 96)])
def test_a_closed_day_moves_nobody_into_another_day(closed: slice) -> None:
    shape = np.ones(96)
    shape[closed] = 0
    counts = drawn(one_demand(shape=shape))
    assert counts[closed].sum() == 0
    assert counts.sum() == (12000 if closed.start == 0 else 6000)


def test_contacts_keep_to_opening_hours_where_the_queues_day_begins_before_the_sites() -> None:
    """At the first Lisbon midnight it is still the evening before on the Azores, and the queue is shut."""
    shape = np.tile(np.r_[np.zeros(20), np.ones(20), np.zeros(8)], 2)
    counts = drawn(one_demand(shape=shape, hours=around_the_clock("Atlantic/Azores")))
    assert counts[20:40].sum() == 6000
    assert counts[68:88].sum() == 12000


def test_the_luck_of_a_queue_does_not_depend_on_the_other_queues() -> None:
    one, other = one_demand(number=3), one_demand(number=7)
    alone = draw_contacts([one], path=0, seed=1, replication=2, horizon=HORIZON)
    both = draw_contacts([other, one], path=0, seed=1, replication=2, horizon=HORIZON)
    mine = both.queue == 1
    for name in ("arrived_s", "work_s", "patience_s", "idle_s"):
        assert np.array_equal(getattr(alone, name), getattr(both, name)[mine])
    assert not np.array_equal(both.arrived_s[~mine], both.arrived_s[mine])


def test_handle_times_have_the_stated_mean_and_spread_and_patience_is_exponential() -> None:
    one = one_demand()
    contacts = draw_contacts([one], path=0, seed=1, replication=0, horizon=HORIZON)
    assert contacts.work_s.mean() == pytest.approx(300, rel=0.03)
    assert contacts.work_s.std() / contacts.work_s.mean() == pytest.approx(0.85, rel=0.08)
    assert contacts.patience_s.mean() == pytest.approx(180, rel=0.03)
    assert (contacts.patience_s > 180).mean() == pytest.approx(np.exp(-1), abs=0.015)


def test_the_forecasts_aht_goes_before_the_queues_own() -> None:
    expected = forecast([KEY], offered=10, days=2)
    expected["aht_s"] = np.where(expected.index < 48, 120.0, np.nan)
    steady = with_handling(queue(KEY), aht_cv=0.0, patience_s=None)
    one = demand(0, queue=steady, forecast=expected, paths=no_paths(), horizon=HORIZON)
    contacts = draw_contacts([one], path=0, seed=1, replication=0, horizon=HORIZON)
    first_day = contacts.arrived_s < 86400
    assert set(contacts.work_s[first_day]) == {120.0}
    assert set(contacts.work_s[~first_day]) == {300.0}
    assert np.isinf(contacts.patience_s).all()


def test_every_path_is_followed_before_one_is_followed_again() -> None:
    chosen = draw_paths(paths([KEY], totals=np.ones((5, 2))), replications=12, seed=3)
    assert sorted(chosen[:5]) == list(range(5))
    assert sorted(chosen[5:10]) == list(range(5))
    assert len(chosen) == 12
