"""Totals over queues are sums of their means and of their paths, so that the parts add up."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecasting.joining import DayPaths
from forecasting.rollup import ALL, QueueDays, rollup, rollup_of_tables, totals
from planner.domain.centre import QueueKey
from planner.domain.forecast_tables import FORECAST_DAYS, FORECAST_PATHS, FORECAST_ROLLUP

KEYS = [
    QueueKey("LIS", "pt", "voice"), QueueKey("LIS", "pt", "chat"),
    QueueKey("LIS", "de", "voice"), QueueKey("KRK", "de", "voice"),
]  # fmt: skip
FIRST = pd.Timestamp("2026-10-05")


def drawn(key: QueueKey, *, seed: int, closed: tuple[int, ...] = ()) -> QueueDays:
    days = pd.DatetimeIndex([d for d in pd.date_range(FIRST, periods=14) if d.day_of_week not in closed])
    rng = np.random.default_rng(seed)
    contacts = rng.poisson(50.0, (len(days), 40)).astype(float)
    return QueueDays(DayPaths(key, days.as_unit("us"), contacts), rng.uniform(40, 60, len(days)))


QUEUES = [drawn(key, seed=k, closed=(6,) if k < 2 else (5, 6)) for k, key in enumerate(KEYS)]


@pytest.fixture(scope="module")
def made() -> pd.DataFrame:
    return rollup(QUEUES, first_day=FIRST)


def of(frame: pd.DataFrame, level: str, *key: str) -> pd.DataFrame:
    here = (frame[["site", "language", "channel"]] == list(key)).all(axis=1) & (frame["level"] == level)
    return frame[here].reset_index(drop=True)


def test_the_table_is_as_declared(made: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(FORECAST_ROLLUP.check(made), made)


def test_every_total_that_can_be_asked_for_is_there(made: pd.DataFrame) -> None:
    keys = set(made[["site", "language", "channel"]].itertuples(index=False, name=None))
    for key in KEYS:
        for site in (ALL, key.site):
            for language in (ALL, key.language):
                for channel in (ALL, key.channel):
                    here = (site, language, channel)
                    assert (here in keys) == (ALL in here)


@pytest.mark.parametrize("level", ["day", "week", "total"])
def test_parts_add_up_at_every_level(made: pd.DataFrame, level: str) -> None:
    whole = of(made, level, ALL, ALL, ALL)
    for column in ("site", "language", "channel"):
        others = [name for name in ("site", "language", "channel") if name != column]
        here = (made["level"] == level) & (made[others] == ALL).all(axis=1) & (made[column] != ALL)
        parts = made[here].groupby("day")["offered"].sum()
        np.testing.assert_allclose(parts.to_numpy(), whole["offered"], rtol=1e-12)
    assert whole["offered"].sum() == pytest.approx(sum(queue.expected.sum() for queue in QUEUES))


def test_quantiles_are_those_of_the_summed_paths(made: pd.DataFrame) -> None:
    paths = QUEUES[2].paths.contacts.sum(axis=0) + QUEUES[3].paths.contacts.sum(axis=0)
    here = of(made, "total", ALL, "de", ALL).iloc[0]
    assert here["p90"] == pytest.approx(np.quantile(paths, 0.9))
    assert here["p10"] == pytest.approx(np.quantile(paths, 0.1))


def test_a_day_on_which_some_are_closed_is_the_sum_of_the_others(made: pd.DataFrame) -> None:
    saturday = of(made, "day", "LIS", ALL, ALL).set_index("day").loc[pd.Timestamp("2026-10-10")]
    open_then = [queue.expected[5] for queue in QUEUES[:2]]
    assert saturday["offered"] == pytest.approx(sum(open_then))
    assert pd.Timestamp("2026-10-11") not in set(of(made, "day", ALL, ALL, ALL)["day"])


def test_one_queue_alone_is_its_own_total() -> None:
    alone = rollup(QUEUES[:1], first_day=FIRST)
    days = alone.drop(columns=["site", "language", "channel"])
    for _, rows in days.groupby([alone["site"], alone["language"], alone["channel"]]):
        pd.testing.assert_frame_equal(rows.reset_index(drop=True), days.iloc[: len(rows)])
    assert len(list(totals([KEYS[0]]))) == 7


def test_the_tables_of_a_forecast_give_the_same_in_any_order_of_rows(made: pd.DataFrame) -> None:
    days, paths = [], []
    for queue in QUEUES:
        key, count = queue.paths.key._asdict(), queue.paths.contacts.shape[1]
        days += [pd.DataFrame({**key, "level": "day", "day": queue.paths.days, "offered": queue.expected})]
        days += [pd.DataFrame({**key, "level": ["total"], "day": [FIRST], "offered": [queue.expected.sum()]})]
        cells = {
            "day": queue.paths.days.repeat(count),
            "path": np.tile(np.arange(count), len(queue.expected)),
        }
        paths += [pd.DataFrame({**key, **cells, "offered": queue.paths.contacts.ravel()})]
    shuffled = pd.concat(paths).sample(frac=1, random_state=1).reset_index(drop=True)
    assert set(shuffled) == {column.name for column in FORECAST_PATHS.columns}
    assert {"level", "day", "offered"} <= {column.name for column in FORECAST_DAYS.columns}
    again = rollup_of_tables(pd.concat(days, ignore_index=True), shuffled)
    pd.testing.assert_frame_equal(again, made)


def test_no_queue_gives_an_empty_table() -> None:
    assert rollup([], first_day=FIRST).empty
