"""From volume to forecast, on small centres whose truth was planted."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from forecasting.accuracy import wape
from forecasting.forecast import Forecast, ForecastSettings, forecast
from planner.domain.centre import Centre, Event, Queue
from planner.domain.tables import ACCURACY, FORECAST, FORECAST_DAYS, FORECAST_PATHS, QUANTILES
from tests.forecasting import planted

FIRST, CUTOFF, DAYS = date(2024, 9, 2), date(2026, 9, 28), 35
SETTINGS = ForecastSettings(paths=100, origins=4)
VOICE = planted.queue("LIS", "pt", "voice", when=planted.hours("Europe/Lisbon"), customers=("PT",))
EMAIL = planted.queue("LIS", "pt", "email", when=planted.hours("Europe/Lisbon"), customers=("PT",))
CENTRE = planted.centre([VOICE, EMAIL])


def truth(first: date, days: int, **how: float) -> np.ndarray:
    return planted.day_means(pd.date_range(first, periods=days), **how)


def rows(q: Queue, *, first: date = FIRST, seed: int = 1, **how: float) -> pd.DataFrame:
    return planted.volume(q, first, truth(first, (CUTOFF - first).days, **how), seed=seed)


def made(volume: pd.DataFrame, centre: Centre = CENTRE, **how: object) -> Forecast:
    options: dict = {"first_day": CUTOFF, "days": DAYS, "seed": 7, "settings": SETTINGS, **how}
    return forecast(volume, centre, **options)


@pytest.fixture(scope="module")
def volume() -> pd.DataFrame:
    return pd.concat([rows(VOICE), rows(EMAIL, seed=2)], ignore_index=True)


@pytest.fixture(scope="module")
def expected(volume: pd.DataFrame) -> Forecast:
    return made(volume)


def of_level(result: Forecast, level: str, channel: str = "voice") -> pd.DataFrame:
    here = (result.days["level"] == level) & (result.days["channel"] == channel)
    return result.days[here].reset_index(drop=True)


def test_the_tables_are_as_declared(expected: Forecast) -> None:
    for table, frame in (
        (FORECAST, expected.intervals), (FORECAST_DAYS, expected.days),
        (FORECAST_PATHS, expected.paths), (ACCURACY, expected.accuracy),
    ):  # fmt: skip
        pd.testing.assert_frame_equal(table.check(frame), frame)


def test_planted_weekdays_come_back(expected: Forecast) -> None:
    days = of_level(expected, "day")
    assert wape(truth(CUTOFF, DAYS), days["offered"].to_numpy()) < 0.03


def test_intervals_add_up_to_days_days_to_weeks_weeks_to_the_total(expected: Forecast) -> None:
    cells = expected.intervals[expected.intervals["channel"] == "voice"]
    local = cells["interval_start"].dt.tz_convert("Europe/Lisbon").dt.tz_localize(None).dt.normalize()
    by_day = cells["offered"].groupby(local.to_numpy()).sum()
    np.testing.assert_allclose(by_day, of_level(expected, "day")["offered"])
    total = of_level(expected, "total")["offered"].to_list()
    assert total == pytest.approx([by_day.sum()])
    assert of_level(expected, "week")["offered"].sum() == pytest.approx(total[0])
    assert (of_level(expected, "week")["day"].dt.day_of_week == 0).all()


def test_only_open_intervals_are_forecast_and_deferred_channels_are_open_at_night(expected: Forecast) -> None:
    local = expected.intervals["interval_start"].dt.tz_convert("Europe/Lisbon").dt.hour
    voice = expected.intervals["channel"] == "voice"
    assert set(local[voice]) == set(range(8, 20))
    assert set(local[~voice]) == set(range(24))


def test_the_day_of_clock_change_keeps_its_total(expected: Forecast) -> None:
    email = expected.intervals[expected.intervals["channel"] == "email"]
    local = email["interval_start"].dt.tz_convert("Europe/Lisbon").dt.strftime("%m-%d")
    assert (local == "10-25").sum() == 25
    sunday = email.loc[local == "10-25", "offered"].sum()
    assert sunday == pytest.approx(email.loc[local == "10-18", "offered"].sum(), rel=0.03)


def test_quantiles_rise_and_lie_around_the_mean(expected: Forecast) -> None:
    for frame in (expected.intervals, expected.days):
        values = frame[list(QUANTILES)].to_numpy()
        assert (np.diff(values, axis=1) >= 0).all()
        assert (values >= 0).all()
    days = of_level(expected, "day")
    assert ((days["p05"] < days["offered"]) & (days["offered"] < days["p95"])).all()


def test_the_totals_interval_is_wider_than_independent_days_would_make_it(expected: Forecast) -> None:
    day, total = of_level(expected, "day"), of_level(expected, "total")
    width = float((total["p90"] - total["p10"]).iloc[0])
    assert width > float(np.sqrt(((day["p90"] - day["p10"]) ** 2).sum()))


def test_paths_are_whole_contacts_whose_quantiles_are_the_days(expected: Forecast) -> None:
    paths = expected.paths[expected.paths["channel"] == "voice"]
    assert (paths["offered"] % 1 == 0).all()
    assert sorted(paths["path"].unique()) == list(range(SETTINGS.paths))
    p90 = paths.groupby("day")["offered"].quantile(0.9).to_numpy()
    np.testing.assert_allclose(p90, of_level(expected, "day")["p90"])


@pytest.mark.parametrize("backend", ["threading", "loky"])
def test_the_same_seed_gives_the_same_forecast_whatever_the_workers_and_the_order(
    volume: pd.DataFrame, expected: Forecast, backend: str
) -> None:
    settings = ForecastSettings(paths=100, origins=4, workers=2, backend=backend)
    again = made(volume.sample(frac=1, random_state=1), settings=settings)
    for name in ("intervals", "days", "paths", "accuracy"):
        pd.testing.assert_frame_equal(getattr(expected, name), getattr(again, name))


def test_another_seed_draws_other_paths_around_the_same_mean(
    volume: pd.DataFrame, expected: Forecast
) -> None:
    other = made(volume, seed=8)
    np.testing.assert_array_equal(other.intervals["offered"], expected.intervals["offered"])
    assert (other.paths["offered"] != expected.paths["offered"]).mean() > 0.9


def test_nothing_at_or_after_the_first_day_is_looked_at(volume: pd.DataFrame, expected: Forecast) -> None:
    later = volume.assign(interval_start=volume["interval_start"] + pd.Timedelta(days=757), offered=99_999)
    assert later["interval_start"].min() >= volume["interval_start"].max()
    again = made(pd.concat([volume, later], ignore_index=True))
    pd.testing.assert_frame_equal(again.intervals, expected.intervals)


def test_one_more_queue_moves_the_others_no_further_than_they_have_in_common(expected: Forecast) -> None:
    alone = made(rows(VOICE), planted.centre([VOICE]))
    days, beside = of_level(alone, "day")["offered"], of_level(expected, "day")["offered"]
    assert 0 < abs(beside / days - 1).max() < 0.03  # most on a holiday: its effect is learned together


def test_accuracy_reports_every_model_and_one_chosen_a_bucket(expected: Forecast) -> None:
    assert {"combined", "seasonal_naive", "recent_weeks"} <= set(expected.accuracy["model"])
    chosen = expected.accuracy[expected.accuracy["chosen"].astype(bool)]
    assert (chosen["model"] == "combined").all()
    assert (chosen.groupby("channel")["bucket"].nunique() == 3).all()
    assert (chosen["mase"] < 1).all()  # the yardstick carries a week's noise into the next
    assert chosen["wape"].max() < 0.06
    experts = expected.accuracy[expected.accuracy["model"] != "combined"]
    np.testing.assert_allclose(experts.groupby(["channel", "bucket"])["weight"].sum(), 1)


def test_the_season_is_seen_coming() -> None:
    autumn = date(2026, 9, 28)
    result = made(rows(VOICE, yearly=0.5), planted.centre([VOICE]), days=112)
    came = truth(autumn, 112, yearly=0.5)
    days = of_level(result, "day")["offered"].to_numpy()
    assert wape(came, days) < 0.06


def campaigns(*, exceptional: bool) -> tuple[Event, ...]:
    months = [(2025, 2), (2025, 7), (2026, 2), (2026, 6)]
    past = [
        Event(f"Campaign {y}", "mailing", date(y, m, 9), date(y, m, 13), exceptional=exceptional)
        for y, m in months
    ]
    return (*past, Event("Campaign 2026", "mailing", date(2026, 10, 12), date(2026, 10, 16)))


def lifted(events: tuple[Event, ...]) -> pd.DataFrame:
    days = pd.date_range(FIRST, periods=(CUTOFF - FIRST).days)
    means = planted.day_means(days)
    for event in events:
        means[(days >= pd.Timestamp(event.first_day)) & (days <= pd.Timestamp(event.last_day))] *= 1.5
    return planted.volume(VOICE, FIRST, means, seed=6)


def test_a_campaign_that_lifted_the_past_lifts_the_next_one() -> None:
    events = campaigns(exceptional=False)
    days = of_level(made(lifted(events), planted.centre([VOICE], events=events)), "day")
    lift = days["offered"].to_numpy() / truth(CUTOFF, DAYS)
    assert lift[14:19].mean() == pytest.approx(1.5, abs=0.15)  # Monday 12 to Friday 16 October
    assert lift[5:10].mean() == pytest.approx(1.0, abs=0.06)


def test_exceptional_days_teach_nothing() -> None:
    events = campaigns(exceptional=True)[:4]
    days = of_level(made(lifted(events), planted.centre([VOICE], events=events)), "day")
    assert wape(truth(CUTOFF, DAYS), days["offered"].to_numpy()) < 0.03


@pytest.mark.parametrize(("known", "wide"), [(8, 0.35), (56, 0.03)])
def test_short_histories_say_something_sensible_and_say_it_with_care(known: int, wide: float) -> None:
    young = rows(VOICE, first=CUTOFF - timedelta(days=known))
    result = made(young, planted.centre([VOICE]), days=28)
    days = of_level(result, "day")
    came = truth(CUTOFF, 28)
    assert wape(came, days["offered"].to_numpy()) < 0.35
    total = of_level(result, "total").iloc[0]
    assert (total["p90"] - total["p10"]) / total["offered"] > wide
    assert total["p05"] < came.sum() < total["p95"]
    tried = ACCURACY.check(result.accuracy)["origins"]
    assert tried.max() > 0 if known == 56 else tried.to_list() == [0]


def test_a_queue_without_a_week_of_history_is_named_not_guessed(volume: pd.DataFrame) -> None:
    centre = planted.centre([VOICE, EMAIL, planted.queue("LIS", "pt", "chat", when=VOICE.hours)])
    result = made(volume, centre)
    assert [str(problem) for problem in result.problems] == [
        "LIS · pt · chat has fewer than 5 days of history before 2026-09-28, or none in the last 56 days; "
        "it is not forecast. If it is new, write in plan.yaml what it is planned for, such as "
        "planned: {chat: {contacts_per_week: 1200}}"
    ]
    assert "chat" not in set(result.intervals["channel"])


def test_a_language_that_moved_keeps_its_season() -> None:
    moved = date(2026, 1, 5)
    old = planted.queue("CAS", "ar", "voice", when=planted.hours("Asia/Riyadh"), customers=("SA",))
    new = planted.opened(
        planted.queue("CAI", "ar", "voice", when=planted.hours("Asia/Riyadh"), customers=("SA",)), moved
    )
    means = truth(FIRST, (CUTOFF - FIRST).days, yearly=0.5)
    before = (moved - FIRST).days
    history = pd.concat(
        [
            planted.volume(old, FIRST, means[:before], seed=3),
            planted.volume(new, moved, means[before:], seed=4),
        ],
        ignore_index=True,
    )
    result = made(history, planted.centre([old, new]), days=112)
    came = truth(CUTOFF, 112, yearly=0.5)
    assert set(result.days["site"]) == {"CAI"}
    assert wape(came, of_level(result, "day")["offered"].to_numpy()) < 0.08
    assert "share_of_kin" in set(result.intervals["model"].str.removeprefix("combined: "))


def test_daily_rows_forecast_days() -> None:
    days = pd.date_range("2024-09-02", "2026-09-27", freq="D", tz="Europe/Lisbon")
    came = np.random.default_rng(5).poisson(planted.day_means(days.tz_localize(None)))
    daily = pd.DataFrame({"interval_start": days.tz_convert("UTC").as_unit("us"), "offered": came}).assign(
        site="LIS", language="pt", channel="voice", interval_min=1440
    )
    result = made(daily, planted.centre([VOICE], interval_min=1440))
    assert len(result.intervals) == DAYS
    assert wape(truth(CUTOFF, DAYS), result.intervals["offered"].to_numpy()) < 0.03


def test_a_forecast_from_stale_history_still_speaks(volume: pd.DataFrame) -> None:
    result = made(volume, first_day=CUTOFF + timedelta(days=100), days=14)
    came = truth(CUTOFF + timedelta(days=100), 14)
    assert wape(came, of_level(result, "day")["offered"].to_numpy()) < 0.15
    assert result.problems == ()


def test_no_history_at_all_gives_empty_tables_and_names_every_queue() -> None:
    result = made(rows(VOICE, first=CUTOFF - timedelta(days=3)), planted.centre([VOICE]))
    assert result.intervals.empty
    assert len(result.problems) == 1
