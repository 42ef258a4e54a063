"""A queue with a plan instead of a past: a like market's days at the planned volume, then its own weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from forecasting.accuracy import wape
from forecasting.forecast import Forecast, ForecastSettings, forecast
from forecasting.new_market import Prior, learned, plan_errors
from planner.domain.centre import Queue
from planner.domain.planned import Planned
from tests.forecasting import planted

FIRST, LAUNCH, DAYS = date(2025, 3, 3), date(2026, 6, 1), 42
WHEN = planted.hours("Europe/Warsaw")
OLD = planted.queue("KRK", "pl", "voice", when=WHEN, customers=("PL",))
NEW = planted.opened(planted.queue("KRK", "sv", "voice", when=WHEN, customers=("SE",)), LAUNCH)
SIZE = 0.4  # of the like market's contacts truly come
A_WEEK = 7 * 600 * float(planted.WEEKDAYS.mean())
SETTINGS = ForecastSettings(paths=200, origins=4)


def truth(first: date, days: int, *, size: float = 1.0) -> np.ndarray:
    return planted.day_means(pd.date_range(first, periods=days), size=600 * size, yearly=0.3)


def new(off: float = 1.0, **how: float) -> Queue:
    return replace(NEW, planned=Planned(SIZE * A_WEEK * off, **how))


def made(queue: Queue, *, known_days: int, centre_queues: tuple[Queue, ...] = (OLD,)) -> Forecast:
    cutoff = LAUNCH + timedelta(days=known_days)
    past = (cutoff - FIRST).days
    rows = [planted.volume(one, FIRST, truth(FIRST, past), seed=1) for one in centre_queues]
    own = planted.volume(queue, LAUNCH, truth(LAUNCH, known_days, size=SIZE), seed=2) if known_days else None
    volume = pd.concat([*rows, own] if own is not None else rows, ignore_index=True)
    centre = planted.centre([*centre_queues, queue])
    return forecast(volume, centre, first_day=cutoff, days=DAYS, seed=5, settings=SETTINGS)


def of(result: Forecast, level: str, language: str = "sv") -> pd.DataFrame:
    here = (result.days["language"] == language) & (result.days["level"] == level)
    return result.days[here].reset_index(drop=True)


@pytest.fixture(scope="module")
def unlived() -> Forecast:
    return made(new(), known_days=0)


def test_without_a_single_row_it_is_the_like_market_at_the_planned_volume(unlived: Forecast) -> None:
    days = of(unlived, "day")["offered"].to_numpy()
    assert wape(truth(LAUNCH, DAYS, size=SIZE), days) < 0.06
    assert days.sum() == pytest.approx(truth(LAUNCH, DAYS, size=SIZE).sum(), rel=0.05)
    assert unlived.problems == ()


def test_its_day_has_the_like_markets_shape(unlived: Forecast) -> None:
    def profile(language: str) -> np.ndarray:
        rows = unlived.intervals[unlived.intervals["language"] == language]
        by_hour = rows.groupby(rows["interval_start"].dt.tz_convert("Europe/Warsaw").dt.hour)["offered"].sum()
        return np.asarray(by_hour / by_hour.sum())

    np.testing.assert_allclose(profile("sv"), profile("pl"), atol=0.005)


def test_its_total_is_as_unsure_as_the_plan_and_the_market_together(unlived: Forecast) -> None:
    def variance(result: Forecast) -> float:
        total = of(result, "total").iloc[0]
        return float(np.log(total["p90"] / total["p10"]) / (2 * 1.2816)) ** 2

    doubled = variance(made(new(uncertainty=0.6), known_days=0))
    assert doubled - variance(unlived) == pytest.approx(0.6**2 - 0.3**2, rel=0.25)


def test_a_plan_that_is_off_is_mended_week_by_week() -> None:
    came = truth(LAUNCH, 200, size=SIZE)
    missed, widths = [], []
    for known_days in (0, 3, 7, 28):
        total = of(made(new(1.25), known_days=known_days), "total").iloc[0]
        true = came[known_days : known_days + DAYS].sum()
        missed.append(abs(total["offered"] / true - 1))
        widths.append((total["p90"] - total["p10"]) / total["offered"])
        assert total["p05"] < true < total["p95"], known_days
    assert missed[0] == pytest.approx(0.25, abs=0.05)
    assert missed[1] < 0.6 * missed[0]
    assert missed[2] < 0.4 * missed[0]
    assert missed[3] < 0.06
    assert (np.diff(widths) < 0).all()


def test_the_plan_hands_over_without_a_jump_where_it_was_right() -> None:
    totals = [of(made(new(), known_days=days), "day")["offered"][: DAYS - 8] for days in (6, 7)]
    back, later = (total.to_numpy() for total in totals)
    assert abs(later[:-1] / back[1:] - 1).max() < 0.15


def test_a_queue_with_a_year_of_its_own_no_longer_needs_its_plan() -> None:
    aged = replace(new(3.0), first_day=FIRST)
    past = (LAUNCH - FIRST).days
    volume = pd.concat(
        [
            planted.volume(OLD, FIRST, truth(FIRST, past), seed=1),
            planted.volume(aged, FIRST, truth(FIRST, past, size=SIZE), seed=2),
        ],
        ignore_index=True,
    )
    results = [
        forecast(volume, planted.centre([OLD, queue]), first_day=LAUNCH, days=DAYS, seed=5, settings=SETTINGS)
        for queue in (aged, replace(aged, planned=None))
    ]
    pd.testing.assert_frame_equal(results[0].days, results[1].days)


def test_a_ramp_rises_from_its_beginning_to_the_full_volume() -> None:
    flat = of(made(new(), known_days=0), "day")["offered"].to_numpy()
    rising = of(made(new(ramp_weeks=4, begins_at=0.5), known_days=0), "day")["offered"].to_numpy()
    ratio = rising / flat
    assert ratio[0] == pytest.approx(0.5)
    np.testing.assert_allclose(ratio[28:], 1)
    np.testing.assert_allclose(ratio[:28], 0.5 + 0.5 * np.arange(28) / 28)


def test_a_queue_that_begins_within_the_horizon_has_no_days_before() -> None:
    later = replace(new(), first_day=LAUNCH + timedelta(days=10))
    days = of(made(later, known_days=0), "day")["day"]
    assert days.min() == pd.Timestamp(LAUNCH) + pd.Timedelta(days=10)


def test_the_market_it_names_is_the_one_it_follows() -> None:
    weekend = planted.queue("LIS", "pt", "voice", when=planted.hours("Europe/Lisbon"), customers=("PT",))
    queue = replace(NEW, planned=Planned(700.0, like=("LIS", "pt", "voice")))
    past = (LAUNCH - FIRST).days
    sundays = np.where(pd.date_range(FIRST, periods=past).day_of_week == 6, 400.0, 50.0)
    rows = [
        planted.volume(OLD, FIRST, truth(FIRST, past), seed=1),
        planted.volume(weekend, FIRST, sundays, seed=3),
    ]
    result = forecast(
        pd.concat(rows, ignore_index=True), planted.centre([OLD, weekend, queue]),
        first_day=LAUNCH, days=DAYS, seed=5, settings=SETTINGS,
    )  # fmt: skip
    days = of(result, "day")
    assert days["offered"].groupby(days["day"].dt.day_of_week).mean().idxmax() == 6
    assert days["offered"].sum() == pytest.approx(DAYS * 100, rel=0.05)


def test_where_only_the_new_queue_is_open_it_still_gets_its_part() -> None:
    longer = planted.queue(
        "KRK", "sv", "voice", when=planted.hours("Europe/Warsaw", 8, 22), customers=("SE",)
    )
    weekdays = replace(OLD, hours=planted.hours("Europe/Warsaw", days=range(5)))
    queue = replace(longer, first_day=LAUNCH, planned=Planned(1400.0))
    past = (LAUNCH - FIRST).days
    rows = planted.volume(weekdays, FIRST, np.full(past, 500.0), seed=1)
    result = forecast(
        rows, planted.centre([weekdays, queue]), first_day=LAUNCH, days=14, seed=5, settings=SETTINGS
    )
    days = of(result, "day")
    assert len(days) == 14
    assert days["offered"].min() > 120
    assert days["offered"].sum() == pytest.approx(2 * 1400, rel=0.05)
    evening = result.intervals[result.intervals["language"] == "sv"]
    late = evening["interval_start"].dt.tz_convert("Europe/Warsaw").dt.hour >= 20
    assert evening.loc[late, "offered"].min() > 0.5


def test_a_plan_alone_in_the_world_is_left_out_and_named() -> None:
    nobody = planted.volume(OLD, LAUNCH - timedelta(days=3), np.full(3, 100.0), seed=1)
    centre = planted.centre([OLD, new()])
    result = forecast(nobody, centre, first_day=LAUNCH, days=7, seed=5, settings=SETTINGS)
    assert [problem.note.split(" has")[0] for problem in result.problems] == [
        "KRK · pl · voice",
        "KRK · sv · voice",
    ]


def test_nothing_after_the_cutoff_is_looked_at() -> None:
    clean = made(new(), known_days=7)
    cutoff = LAUNCH + timedelta(days=7)
    past = (cutoff - FIRST).days
    rows = [
        planted.volume(OLD, FIRST, truth(FIRST, past), seed=1),
        planted.volume(new(), LAUNCH, truth(LAUNCH, 7, size=SIZE), seed=2),
        planted.volume(new(), cutoff, np.full(60, 9_999.0), seed=3),
        planted.volume(OLD, cutoff, np.full(60, 9_999.0), seed=3),
    ]
    centre = planted.centre([OLD, new()])
    poisoned = forecast(
        pd.concat(rows, ignore_index=True), centre, first_day=cutoff, days=DAYS, seed=5, settings=SETTINGS
    )
    pd.testing.assert_frame_equal(poisoned.days, clean.days)


@pytest.mark.parametrize(("own", "even"), [(0.2, 0.2), (0.4, 0.3)])
def test_as_many_own_days_as_the_plan_is_worth_count_as_much(own: float, even: float) -> None:
    line = np.full(200, 100.0)
    days = planted.series(np.where(np.arange(200) < 190, np.nan, 100 * own), "2026-01-05")
    kin = planted.series(line, "2026-01-05")
    weights = (0.5 ** (np.arange(10) / 14)).sum()
    prior = Prior(0.2, float(weights), 0.3, np.ones(200), 100.0)
    found = learned(prior, days, kin, cutoff=200)
    assert found.plan_weight == pytest.approx(0.5)
    assert found.shares.mean() == pytest.approx(even, rel=1e-6)
    assert found.sd == pytest.approx(0.3 * np.sqrt(0.5))


def test_plans_of_one_launch_err_together_and_others_do_not() -> None:
    voice, chat = new(), replace(new(), key=NEW.key._replace(channel="chat"))
    other = replace(new(), key=NEW.key._replace(language="fi"))
    errors = [plan_errors(0.3, queue, seed=1, paths=4000) for queue in (voice, chat, other)]
    together = np.corrcoef(errors)
    assert together[0, 1] == pytest.approx(0.5, abs=0.05)
    assert abs(together[0, 2]) < 0.05
    assert errors[0].std() == pytest.approx(0.3, rel=0.05)
