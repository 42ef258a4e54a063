"""A day of one queue under moving demand agrees with theory where there is one."""

from __future__ import annotations

import numpy as np
import pytest

from staffing.simulation.single import MovingDay, simulate_day
from tests.staffing.simulation.steady import many_servers

STEADY = MovingDay(np.full(720, 0.03), np.full(24, 10), aht_s=300.0, within_s=20.0, patience_s=180.0)


def test_a_steady_day_is_erlang_a_once_it_has_forgotten_its_empty_morning() -> None:
    theory = many_servers(10, offered_per_s=0.03, aht_s=300, patience_s=180, within_s=20)
    inside = []
    for seed in range(20):
        found = simulate_day(STEADY, replications=60, seed=seed)
        for estimate, truth in (
            (found.service_level, theory.service_level),
            (found.abandonment, theory.abandonment),
        ):
            inside.append((estimate.low[3:] <= truth) & (truth <= estimate.high[3:]))
    assert found.offered == pytest.approx(np.full(24, 54.0), rel=0.1)
    assert np.mean(inside) == pytest.approx(0.95, abs=0.03)


def test_the_day_begins_empty() -> None:
    found = simulate_day(STEADY, replications=60, seed=1)
    assert found.service_level.value[0] > found.service_level.high[3:].max()


def test_whoever_goes_finishes_the_contact_and_takes_no_new_one() -> None:
    """Ten contacts a minute find ten agents until 30 min; then nobody is there, and everybody gives up."""
    rates_per_s = np.full(60, 10 / 60)
    day = MovingDay(rates_per_s, np.array([60, 0]), aht_s=60.0, within_s=1.0, patience_s=30.0)
    found = simulate_day(day, replications=10, seed=2)
    assert list(found.abandonment.value) == [0.0, 1.0]
    assert list(found.service_level.value) == [1.0, 0.0]


def test_long_contacts_of_leavers_do_not_hold_those_who_stay() -> None:
    """Half go at 30 min: agents on duty are the same number as if the day had begun with half of them."""
    rates_per_s = np.r_[np.zeros(30), np.full(30, 0.03)]
    fewer = MovingDay(rates_per_s, np.array([20, 10]), aht_s=300.0, within_s=20.0, patience_s=180.0)
    alone = MovingDay(rates_per_s, np.array([10, 10]), aht_s=300.0, within_s=20.0, patience_s=180.0)
    found = [simulate_day(day, replications=40, seed=3).service_level for day in (fewer, alone)]
    assert found[0].low[1] < found[1].value[1] < found[0].high[1]


def test_the_same_seed_gives_the_same_day() -> None:
    first, again = (simulate_day(STEADY, replications=3, seed=4) for _ in range(2))
    assert np.array_equal(first.service_level.value, again.service_level.value)


def test_minutes_that_do_not_fill_the_intervals_are_refused() -> None:
    with pytest.raises(ValueError, match="61 minutes do not make 2 intervals"):
        MovingDay(np.zeros(61), np.zeros(2, np.int64), aht_s=1.0, within_s=1.0)


def test_who_is_idle_goes_before_who_is_busy_and_so_less_is_finished_after_duty() -> None:
    """Twenty agents, half of them busy, ten go: none of those on the phone has to, so nobody overruns."""
    levels = {}
    for leaving in ("at_random", "idle_first"):
        day = MovingDay(
            np.full(60, 10 / 300), np.array([20, 11]), aht_s=300.0, within_s=20.0,
            patience_s=180.0, leaving=leaving,
        )  # fmt: skip
        levels[leaving] = simulate_day(day, replications=300, seed=6).service_level.value[1]
    assert levels["at_random"] > levels["idle_first"] + 0.02  # those who overrun help for a while longer
