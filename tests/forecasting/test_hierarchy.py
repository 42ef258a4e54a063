"""The totals above the queues: which are forecast, of whom they are the sum, and what they do for the queues."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from forecasting.forecast import Forecast, ForecastSettings, forecast
from forecasting.hierarchy import nodes_of, speaker
from forecasting.history import Axis, QueueHistory, histories
from planner.domain.centre import Queue, QueueKey
from tests.forecasting import planted

FIRST, CUTOFF, DAYS = date(2025, 4, 7), date(2026, 6, 1), 28
SETTINGS = ForecastSettings(paths=100, origins=8)
WHEN = planted.hours("Europe/Lisbon")


def q(site: str, language: str, channel: str = "voice", customers: tuple[str, ...] = ("PT",)) -> Queue:
    return planted.queue(site, language, channel, when=WHEN, customers=customers)


def known(*lives: tuple[Queue, date, date, float]) -> dict[QueueKey, QueueHistory]:
    rows = pd.concat(
        [
            planted.volume(one, first, np.full((last - first).days, size), seed=None)
            for one, first, last, size in lives
        ]
    )
    return histories(rows, planted.centre([one for one, *_ in lives]), Axis.spanning(rows, CUTOFF, days=DAYS))


def test_a_queue_alone_has_no_totals_above_it() -> None:
    found = known((q("LIS", "pt"), FIRST, CUTOFF, 100.0))
    assert nodes_of(found, found, {}) == []


def test_totals_of_the_same_queues_are_forecast_once() -> None:
    found = known((q("LIS", "pt"), FIRST, CUTOFF, 100.0), (q("LIS", "pt", "chat"), FIRST, CUTOFF, 50.0))
    (only,) = nodes_of(found, found, {})
    assert only.name == "language"
    assert set(only.queues) == set(found)


def test_every_dimension_with_two_queues_is_a_total() -> None:
    queues = [q("LIS", "pt"), q("LIS", "de"), q("KRK", "de"), q("KRK", "de", "chat")]
    found = known(*((one, FIRST, CUTOFF, 100.0) for one in queues))
    names = {(node.name, str(node.key), len(node.queues)) for node in nodes_of(found, found, {})}
    assert names == {
        ("language", "all · de · all", 3), ("site", "LIS · all · all", 2), ("site", "KRK · all · all", 2),
        ("channel", "all · all · voice", 3), ("total", "all · all · all", 4),
    }  # fmt: skip


def test_a_line_that_moved_takes_its_past_along_and_is_no_part_of_a_site() -> None:
    moved = date(2026, 1, 5)
    old, new, other = q("LIS", "pt"), q("KRK", "pt"), q("KRK", "de")
    found = known((old, FIRST, moved, 90.0), (new, moved, CUTOFF, 90.0), (other, FIRST, CUTOFF, 60.0))
    taught = {key: found[key] for key in (new.key, other.key)}
    (total,) = nodes_of(taught, found, {new.key: "line"})
    assert total.queues == (new.key, other.key)
    assert set(total.members) == set(found)


def test_a_queue_that_follows_a_like_market_is_added_afterwards() -> None:
    young, one, two = q("LIS", "sv"), q("LIS", "pt"), q("LIS", "de")
    found = known(
        (young, date(2026, 4, 6), CUTOFF, 20.0), (one, FIRST, CUTOFF, 90.0), (two, FIRST, CUTOFF, 60.0)
    )
    for node in nodes_of(found, found, {young.key: "like market"}):
        assert young.key not in node.members


def test_a_total_keeps_the_holidays_of_the_countries_that_make_it_up() -> None:
    lives = [(q("LIS", "pt", customers=("PT",)), FIRST, CUTOFF, 500.0)]
    lives += [(q("LIS", "de", customers=("DE", "AT")), FIRST, CUTOFF, 400.0)]
    lives += [(q("LIS", "sv", customers=("SE",)), FIRST, CUTOFF, 30.0)]
    found = known(*lives)
    name = speaker(list(found.values()), QueueKey("all", "all", "voice"))
    assert name.customers == ("PT", "DE", "AT")
    assert name.key == QueueKey("LIS", "all", "voice")


MANY = [q("LIS", f"x{n}") for n in range(6)]


def small_queues(*, season: float) -> pd.DataFrame:
    """Six queues of a few contacts a day each that share a season."""
    days = pd.date_range(FIRST, periods=(CUTOFF - FIRST).days)
    means = planted.day_means(days, size=8.0, yearly=season)
    wander = np.exp(0.25 * np.cumsum(np.random.default_rng(1).normal(0, 0.12, len(days))))
    return pd.concat(
        [planted.volume(one, FIRST, means * wander, seed=n) for n, one in enumerate(MANY)], ignore_index=True
    )


def made(volume: pd.DataFrame, queues: list[Queue], **how: object) -> Forecast:
    options: dict = {"first_day": CUTOFF, "days": DAYS, "seed": 7, "settings": SETTINGS, **how}
    return forecast(volume, planted.centre(queues), **options)


@pytest.fixture(scope="module")
def volume() -> pd.DataFrame:
    return small_queues(season=0.3)


@pytest.fixture(scope="module")
def together(volume: pd.DataFrame) -> Forecast:
    return made(volume, MANY)


def test_parts_add_up_in_the_forecast(together: Forecast) -> None:
    total = together.rollup[(together.rollup[["site", "language", "channel"]] == "all").all(axis=1)]
    for level in ("day", "week", "total"):
        parts = together.days[together.days["level"] == level].groupby("day")["offered"].sum()
        np.testing.assert_allclose(parts, total.loc[total["level"] == level, "offered"], rtol=1e-12)
    paths = together.paths.groupby(["day", "path"])["offered"].sum().groupby("day").quantile(0.9)
    np.testing.assert_allclose(paths, total.loc[total["level"] == "day", "p90"])


def test_small_queues_learn_from_what_they_share(volume: pd.DataFrame, together: Forecast) -> None:
    days = pd.date_range(CUTOFF, periods=DAYS)
    shape = planted.day_means(days, size=8.0, yearly=0.3)

    def scatter(result: Forecast) -> float:
        rows = result.days[result.days["level"] == "day"]
        relative = np.log(rows["offered"].to_numpy().reshape(-1, DAYS) / shape)
        return float(relative.std())

    alone = [made(volume[volume["language"] == one.key.language], [one]) for one in MANY]
    joined = replace(together, days=pd.concat([result.days for result in alone], ignore_index=True))
    assert scatter(together) < 0.97 * scatter(joined)


def test_who_carries_a_queue_is_named(together: Forecast) -> None:
    experts = together.accuracy[together.accuracy["model"] != "combined"]
    assert {"share_of_site", "recent_weeks"} <= set(experts["model"])
    np.testing.assert_allclose(experts.groupby(["language", "bucket"])["weight"].sum(), 1)


def test_the_same_whatever_the_workers(volume: pd.DataFrame, together: Forecast) -> None:
    again = made(volume, MANY, settings=replace(SETTINGS, workers=2, backend="threading"))
    pd.testing.assert_frame_equal(again.rollup, together.rollup)
    pd.testing.assert_frame_equal(again.intervals, together.intervals)


def test_nothing_after_the_cutoff_is_looked_at(volume: pd.DataFrame, together: Forecast) -> None:
    poison = pd.concat([planted.volume(one, CUTOFF, np.full(40, 999.0), seed=3) for one in MANY])
    again = made(pd.concat([volume, poison], ignore_index=True), MANY)
    pd.testing.assert_frame_equal(again.rollup, together.rollup)


def test_a_queue_that_ends_in_the_horizon_leaves_the_others_their_contacts(
    volume: pd.DataFrame, together: Forecast
) -> None:
    last = date(2026, 6, 9)
    queues = [replace(MANY[0], last_day=last), *MANY[1:]]
    ends = made(volume, queues).days
    assert ends.loc[(ends["language"] == "x0") & (ends["level"] == "day"), "day"].max() == pd.Timestamp(last)
    others = [
        frame[(frame["language"] != "x0") & (frame["level"] == "total")]["offered"].sum()
        for frame in (ends, together.days)
    ]
    assert others[0] == pytest.approx(others[1], rel=0.02)
