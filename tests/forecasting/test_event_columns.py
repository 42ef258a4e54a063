"""What is expected of events is where their effects start, and where their days lie is what they say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np
import pandas as pd
import pytest

from forecasting.event_columns import event_columns
from forecasting.special_column import Column
from planner.domain.centre import Event

DAYS = pd.date_range("2026-03-01", periods=60, freq="D").as_unit("us")


def sale(name: str = "Sale", day: int = 20, **told: float) -> Event:
    return Event(name, "sale", date(2026, 3, day), date(2026, 3, day + 1), **told)  # type: ignore[arg-type]


def found(events: Iterable[Event]) -> dict[str, Column]:
    return {column.name: column for column in event_columns(events, DAYS)}


def expected(events: Iterable[Event], *days: str) -> list[float]:
    """What each day is expected to be multiplied by."""
    logs = np.sum([column.expected * column.here for column in found(events).values()], axis=0)
    return [float(np.exp(logs[DAYS.get_loc(day)])) for day in days]


def on(column: Column) -> list[int]:
    return list(DAYS[column.here].day)


def test_lead_and_lag_are_the_days_the_event_names() -> None:
    columns = found([sale(lead_days=2, lag_days=3)])
    assert on(columns["sale: lead"]) == [18, 19]
    assert on(columns["sale: during"]) == [20, 21]
    assert on(columns["sale: lag"]) == [22, 23, 24]


def test_without_lead_and_lag_there_are_no_such_days() -> None:
    columns = found([sale()])
    assert not columns["sale: lead"].here.any()
    assert not columns["sale: lag"].here.any()


def test_an_expected_uplift_is_where_the_days_of_an_event_start() -> None:
    during, lag, before = expected([sale(uplift=0.3, lag_days=3)], "2026-03-20", "2026-03-23", "2026-03-10")
    assert during == pytest.approx(1.3)
    assert 1 < lag < 1.3
    assert before == 1


def test_events_of_one_kind_keep_their_own_expectations() -> None:
    events = [sale("Small", 5, uplift=0.1), sale("Large", 20, uplift=0.9), sale("Unknown", 27)]
    factors = expected(events, "2026-03-05", "2026-03-20", "2026-03-27")
    assert factors == pytest.approx([1.1, 1.9, np.sqrt(1.1 * 1.9)])  # unknown: as its kind


def test_an_exceptional_event_has_no_column_unless_something_is_expected_of_it() -> None:
    assert not found([Event("Storm", "outage", date(2026, 3, 9), date(2026, 3, 9), exceptional=True)])
    move = Event("Move", "outage", date(2026, 3, 9), date(2026, 3, 9), exceptional=True, uplift=-1)
    assert expected([move], "2026-03-09") < [0.02]
