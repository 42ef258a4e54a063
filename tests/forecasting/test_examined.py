"""Odd days and level shifts: planted ones are found, clean histories raise no alarm, planners have the last word."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forecasting.backtest import backtest, origins_before
from forecasting.calendar_effect import calendar_effect
from forecasting.examined import Examined, examined, lesson, with_odd_days_drawn_in
from forecasting.past import DaySeries
from planner.domain.centre import Event
from tests.forecasting import planted

FIRST = "2024-01-01"  # a Monday
DAYS = 500


def means(size: float, *, days: int = DAYS) -> np.ndarray:
    return planted.day_means(pd.date_range(FIRST, periods=days), size=size)


def drawn(size: float, seed: int, *, spread: float = 0.08, days: int = DAYS) -> np.ndarray:
    """Days that vary by `spread` on top of Poisson, around a level that wanders slowly."""
    rng = np.random.default_rng(seed)
    level = np.cumsum(rng.normal(scale=0.01, size=days))
    return rng.poisson(means(size, days=days) * np.exp(level + rng.normal(scale=spread, size=days))).astype(
        float
    )


def looked_at(offered: np.ndarray, **how: object) -> Examined:
    series = planted.series(offered, FIRST, **how)  # type: ignore[arg-type]
    return of(series)


def of(series: DaySeries) -> Examined:
    past = series.past(int(np.flatnonzero(~np.isnan(series.offered))[-1]) + 1, horizon=0)
    return examined(past, calendar_effect(past))


@pytest.mark.parametrize("size", [3.0, 12.0, 60.0, 2000.0])
def test_histories_without_anything_odd_raise_no_alarm(size: float) -> None:
    found = [looked_at(drawn(size, seed)) for seed in range(10)]
    days = sum(len(one.odd) for one in found)
    assert days <= 1  # of 5,000
    assert sum(len(one.shifts) for one in found) <= 1


def test_a_small_queue_that_gets_none_or_three_times_the_usual_is_not_odd() -> None:
    offered = drawn(4.0, 1, spread=0)
    offered[300], offered[310] = 0, 3 * means(4.0)[310]
    assert looked_at(offered).odd == ()


@pytest.mark.parametrize(
    ("size", "factor"), [(60.0, 4.0), (600.0, 2.0), (600.0, 0.3), (2000.0, 2.0), (60.0, 0.0)]
)
def test_planted_floods_and_outages_are_found_and_drawn_in(size: float, factor: float) -> None:
    for seed in range(5):
        offered = drawn(size, seed)
        for row in (201, 202, 350):
            offered[row] = np.round(
                factor * means(size)[row] * np.median(offered[row - 14 : row] / means(size)[row - 14 : row])
            )
        found = looked_at(offered)
        assert [day.row for day in found.odd] == [201, 202, 350]
        assert found.shifts == ()
        usual = offered[[201, 202, 350]] / factor if factor else np.full(3, np.nan)
        told = found.taught.offered[[201, 202, 350]]
        assert (
            (np.abs(np.log(told / usual)) < np.abs(np.log(factor))).all() if factor else np.isnan(told).all()
        )


def test_a_day_is_drawn_in_to_four_standard_deviations_of_poisson_counts() -> None:
    rng = np.random.default_rng(20)
    offered = rng.poisson(np.full(400, 100.0)).astype(float)
    offered[200] = 400
    assert looked_at(offered).taught.offered[200] == pytest.approx((np.sqrt(100) + 2) ** 2, rel=0.08)


def test_the_size_says_how_far_off_the_day_was() -> None:
    offered = means(600.0)
    offered[300] *= 0.19
    (day,) = looked_at(offered).odd
    assert day.size == pytest.approx(-0.81, abs=0.02)
    assert day.why == "odd"


def test_a_day_without_any_contact_is_shut() -> None:
    offered = drawn(60.0, 3)
    offered[300] = 0
    assert [day.why for day in looked_at(offered).odd] == ["shut"]


def test_mondays_holidays_and_campaigns_are_not_odd() -> None:
    offered = drawn(600.0, 4)
    days = pd.date_range(FIRST, periods=DAYS)
    christmas = np.asarray((days.month == 12) & (days.day == 25))
    campaign = Event("Sale", "sale", pd.Timestamp("2024-09-02").date(), pd.Timestamp("2024-09-06").date())
    again = Event("Sale", "sale", pd.Timestamp("2025-03-03").date(), pd.Timestamp("2025-03-07").date())
    selling = np.asarray(
        ((days >= "2024-09-02") & (days <= "2024-09-06")) | ((days >= "2025-03-03") & (days <= "2025-03-07"))
    )
    offered = np.round(offered * np.where(christmas, 0.1, 1) * np.where(selling, 1.8, 1))
    found = looked_at(offered, countries=("PT",), events=(campaign, again))
    assert found.odd == ()
    assert found.taught is found.past


def test_a_peak_that_comes_every_year_is_kept() -> None:
    offered = drawn(600.0, 5)
    offered[[100, 464]] *= 2.5  # the same weekday, 364 days apart
    found = looked_at(offered)
    assert [(day.row, day.why) for day in found.odd] == [(100, "returns"), (464, "returns")]


def test_days_at_the_end_may_be_the_new_level_unless_they_are_one_or_two() -> None:
    four = drawn(600.0, 6)
    four[-4:] *= 2
    assert [day.why for day in looked_at(four).odd] == ["latest"] * 4
    one = drawn(600.0, 6)
    one[-1] *= 2
    assert [day.why for day in looked_at(one).odd] == ["odd"]


@pytest.mark.parametrize("factor", [1.35, 0.7])
@pytest.mark.parametrize("since", [10, 30, 150])
def test_a_planted_shift_is_found_where_it_is(factor: float, since: int) -> None:
    for seed in range(4):
        offered = drawn(600.0, seed)
        offered[-since:] = np.round(offered[-since:] * factor)
        found = looked_at(offered)
        assert len(found.shifts) == 1
        assert abs(found.shifts[0].row - (DAYS - since)) <= 3
        assert found.shifts[0].log_size == pytest.approx(np.log(factor), abs=0.1)
        assert found.odd == ()


def test_what_came_before_a_shift_stands_at_the_level_since() -> None:
    offered = means(600.0)
    offered[-60:] *= 1.5
    taught = looked_at(offered).taught
    np.testing.assert_allclose(taught.offered, 1.5 * means(600.0), rtol=0.01)


def test_growth_a_season_and_a_passing_episode_are_no_shifts() -> None:
    noise = drawn(600.0, 7)
    growth = noise * np.exp(np.linspace(0, 1.2, DAYS))
    season = noise * np.exp(0.5 * np.cos(2 * np.pi * np.arange(DAYS) / 365))
    episode = noise * np.where((np.arange(DAYS) >= 250) & (np.arange(DAYS) < 275), 1.6, 1)
    for offered in (growth, season, episode):
        assert looked_at(offered).shifts == ()


def test_a_peak_season_that_begins_at_once_every_year_is_no_shift() -> None:
    offered = drawn(600.0, 8, days=800)
    days = pd.date_range(FIRST, periods=800)
    offered[np.asarray(days.month >= 11)] *= 1.6
    assert looked_at(offered).shifts == ()


def test_the_planner_vouches_for_a_day_or_a_level() -> None:
    offered = drawn(600.0, 9)
    offered[300] *= 3
    offered[-60:] *= 1.5
    vouched = np.zeros(DAYS, bool)
    vouched[300] = True
    found = of(replace(planted.series(offered, FIRST), vouched=vouched))
    assert [day.why for day in found.odd] == ["vouched"]
    assert found.taught.offered[300] == pytest.approx(offered[300] * np.exp(found.shifts[0].log_size))
    vouched[found.shifts[0].row] = True
    told = of(replace(planted.series(offered, FIRST), vouched=vouched))
    assert told.shifts == ()
    assert told.ignored == found.shifts
    np.testing.assert_allclose(told.taught.offered, offered, rtol=1e-12)


def test_three_weeks_are_needed_before_anything_is_called_odd() -> None:
    offered = drawn(600.0, 10, days=20)
    offered[10] *= 5
    assert looked_at(offered).odd == ()


def test_nothing_after_the_cutoff_is_looked_at() -> None:
    offered = drawn(600.0, 11)
    offered[300] *= 3
    clean, poisoned = planted.series(offered, FIRST), planted.series(offered, FIRST)
    poisoned.offered[400:] = 1e6
    ours, theirs = (lesson(series.past(400, horizon=28)) for series in (clean, poisoned))
    np.testing.assert_array_equal(ours[0].offered, theirs[0].offered)
    np.testing.assert_array_equal(ours[1].total, theirs[1].total)
    np.testing.assert_array_equal(
        with_odd_days_drawn_in(clean, 400).offered[:400], with_odd_days_drawn_in(poisoned, 400).offered[:400]
    )


def error_after(offered: np.ndarray, came: np.ndarray) -> float:
    """WAPE of the four weeks after a history."""
    series = planted.series(offered, FIRST, horizon=28)
    test = backtest(
        series, origins_before(len(offered), count=4, first_known=0), cutoff=len(offered), horizon=28
    )
    return float(np.abs(test.ahead_combined - came).sum() / came.sum())


def test_a_flood_an_outage_or_a_shift_leaves_the_forecast_as_good_as_a_clean_history() -> None:
    offered = drawn(600.0, 12, spread=0.05)[: DAYS - 28]
    came = means(600.0)[-28:] * (offered[-28:] / means(600.0)[-56:-28]).mean()
    clean = error_after(offered, came)
    flood, outage, shift = offered.copy(), offered.copy(), offered.copy()
    flood[-3:-1] *= 4
    outage[-9:-7] = 0
    shift[-20:] *= 1.5
    assert error_after(flood, came) < clean + 0.04  # 9 points without, for floods of four times the usual
    assert error_after(outage, came) < clean + 0.02
    assert error_after(shift, 1.5 * came) < clean + 0.03


def test_weights_and_intervals_learn_little_from_odd_days_and_accuracy_still_counts_them() -> None:
    offered = drawn(600.0, 13)
    offered[-20] *= 8
    series = planted.series(offered, FIRST, horizon=28)
    test = backtest(series, origins_before(DAYS, count=4, first_known=0), cutoff=DAYS, horizon=28)
    hit = test.actual == offered[-20]
    assert hit.any()
    assert (test.teaching[hit] < 0.3 * offered[-20]).all()
    np.testing.assert_array_equal(test.teaching[~hit], test.actual[~hit])
