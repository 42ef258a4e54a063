"""The table of effects says what was planted, in a planner's words, and no more than the past can know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from forecasting.day_effects import effect_rows
from planner.domain.centre import Event, QueueKey
from planner.domain.forecast_tables import EFFECTS
from tests.forecasting import planted

FIRST, DAYS, HORIZON = "2023-01-02", 1100, 56  # the horizon is 6 January to 2 March 2026
KEY = QueueKey("LIS", "de", "voice")
SALES = tuple(Event(f"Sale {y}", "sale", date(y, 9, 10), date(y, 9, 12)) for y in (2023, 2024, 2025))


BLACK_FRIDAYS = (date(2023, 11, 24), date(2024, 11, 29), date(2025, 11, 28))


def days(count: int = DAYS + HORIZON) -> pd.DatetimeIndex:
    return pd.date_range(FIRST, periods=count).as_unit("us")


def drawn(factor: np.ndarray) -> np.ndarray:
    """Contacts of a steady week times a factor of each day."""
    return np.random.default_rng(3).poisson(planted.day_means(days(DAYS)) * factor[:DAYS]).astype(float)


def on(*dates: str) -> np.ndarray:
    return np.asarray(days().isin(pd.to_datetime(list(dates))))


def table(
    contacts: np.ndarray,
    *,
    events: Sequence[Event] = (),
    is_open: np.ndarray | None = None,
    cutoff: int = DAYS,
) -> pd.DataFrame:
    """Effects of German customers by name."""
    series = planted.series(
        contacts, FIRST, horizon=HORIZON, countries=("DE",), events=events, is_open=is_open
    )
    return effect_rows(series, KEY, cutoff=cutoff, horizon=HORIZON).set_index("name", drop=False)


EASTER_MONDAYS = ("2023-04-10", "2024-04-01", "2025-04-21")
AFTER_EASTER = ("2023-04-11", "2024-04-02", "2025-04-22")
PLANTED = np.where(on(*EASTER_MONDAYS), 0.4, np.where(on(*AFTER_EASTER), 1.3, 1.0))


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    return table(drawn(PLANTED))


def test_the_rows_are_as_the_table_declares(found: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(EFFECTS.check(found), found.reset_index(drop=True))


def test_a_planted_holiday_comes_back_within_its_interval(found: pd.DataFrame) -> None:
    row = found.loc["Easter Monday (DE)"]
    assert row["effect"] == pytest.approx(-0.6, abs=0.08)
    assert row["low"] < row["effect"] < row["high"] < -0.4
    assert (row["kind"], row["seen"], row["learned_from"]) == ("holiday", 3, "own")


def test_the_day_after_is_told_by_name_and_by_weekday(found: pd.DataFrame) -> None:
    assert found.loc["day after Easter Monday (DE)", "effect"] == pytest.approx(0.3, abs=0.08)
    tuesday = found.loc["Tuesday after a holiday"]  # three of its days follow Easter Monday, others do not
    assert 0 < tuesday["effect"] < 0.3
    assert tuesday["kind"] == "beside"


def test_days_that_do_nothing_and_do_not_come_are_not_told(found: pd.DataFrame) -> None:
    told = found[found["next_day"].isna()]
    assert (told["effect"].abs() > 0.01).all()


def test_the_next_day_of_a_kind_is_the_first_in_the_horizon() -> None:
    sales = (*SALES, Event("Sale 2026", "sale", date(2026, 2, 3), date(2026, 2, 5)))
    during = on(
        *(str(d.date()) for y in (2023, 2024, 2025) for d in pd.date_range(f"{y}-09-10", f"{y}-09-12"))
    )
    row = table(drawn(np.where(during, 1.5, 1.0)), events=sales).loc["sale: during"]
    assert row["next_day"] == pd.Timestamp("2026-02-03")
    assert row["effect"] == pytest.approx(0.5, abs=0.08)
    assert (row["kind"], row["seen"]) == ("event", 9)


def test_what_only_a_planner_expects_is_said_to_be_expected() -> None:
    launch = Event("Launch", "launch", date(2026, 2, 3), date(2026, 2, 5), uplift=0.4)
    row = table(drawn(np.ones(DAYS)), events=[launch]).loc["launch: during"]
    assert row["effect"] == pytest.approx(0.4)
    assert (row["learned_from"], row["seen"]) == ("expected", 0)
    assert row["low"] < 0 < 0.8 < row["high"]  # no such day has been yet


def test_a_queue_closed_on_holidays_has_effects_of_the_days_beside_them_alone() -> None:
    shut = np.isin(days().strftime("%m-%d"), ["05-01", "10-03", "12-25", "12-26", "01-01"]) | on(
        *EASTER_MONDAYS, "2023-04-07", "2024-03-29", "2025-04-18", "2023-05-18", "2024-05-09", "2025-05-29",
        "2023-05-29", "2024-05-20", "2025-06-09",
    )  # fmt: skip
    rows = table(drawn(np.ones(DAYS)), is_open=~shut)
    assert "holiday" not in set(rows["kind"])


def test_nothing_after_the_cutoff_is_looked_at() -> None:
    contacts = drawn(PLANTED)
    poisoned = np.where(np.arange(DAYS) < 800, contacts, 1e6)
    cut = 800
    pd.testing.assert_frame_equal(table(contacts, cutoff=cut), table(poisoned, cutoff=cut))


def test_pay_days_are_told_as_parts_of_the_month() -> None:
    first = np.asarray(days().day <= 2)
    row = table(drawn(np.where(first, 1.25, 1.0))).loc["first two days of the month"]
    assert row["effect"] == pytest.approx(0.25, abs=0.08)
    assert row["low"] < 0.25 < row["high"]
    assert row["kind"] == "month"


def test_black_friday_counts_the_campaign_a_retailer_makes_of_it() -> None:
    weekends = [Event(f"Weekend {d.year}", "campaign", d, d + timedelta(days=3)) for d in BLACK_FRIDAYS]
    during = on(*(str(e.first_day + timedelta(days=k)) for e in weekends for k in range(4)))
    rows = table(drawn(np.where(during, 1.5, 1.0)), events=weekends)
    assert rows.loc["Black Friday", "effect"] == pytest.approx(0.5, abs=0.12)
    assert rows.loc["campaign: during", "effect"] == pytest.approx(0.5, abs=0.08)
    assert "Weekend: during" not in rows["name"]  # the same days, told once
