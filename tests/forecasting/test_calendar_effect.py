"""What special days do is learned from the days themselves, starting from what a planner expects."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from forecasting.backtest import day_models
from forecasting.calendar_effect import calendar_effect
from planner.domain.centre import Event
from tests.forecasting import planted

FIRST, DAYS, HORIZON = "2024-01-01", 500, 28  # the horizon begins on 15 May 2025
LAUNCH = Event("Launch", "launch", date(2025, 5, 27), date(2025, 5, 29), uplift=0.5)
EXPERTS = [name for name, model in day_models().items() if model.ROLE == "expert"]


def means(days: int = DAYS) -> np.ndarray:
    return planted.day_means(pd.date_range(FIRST, periods=days))


def factor(events: tuple[Event, ...], counts: np.ndarray, day: str) -> float:
    """What the calendar multiplies a day by."""
    past = planted.series(counts, FIRST, horizon=HORIZON, events=events).past(DAYS, horizon=HORIZON)
    return float(np.exp(calendar_effect(past).total[past.calendar.days.get_loc(day)]))


def drawn(means: np.ndarray) -> np.ndarray:
    return np.random.default_rng(5).poisson(means).astype(float)


def sales(months: range, uplift: float | None = None) -> tuple[Event, ...]:
    """A sale on the 10th and 11th of each month since January 2024."""
    firsts = [date(2024 + (m - 1) // 12, (m - 1) % 12 + 1, 10) for m in months]
    return tuple(Event(f"Sale {d:%b}", "sale", d, d.replace(day=11), uplift=uplift) for d in firsts)


def lifted(events: tuple[Event, ...], share: float) -> np.ndarray:
    days = pd.date_range(FIRST, periods=DAYS)
    during = np.logical_or.reduce([(days >= str(e.first_day)) & (days <= str(e.last_day)) for e in events])
    return drawn(means() * np.where(during, 1 + share, 1.0))


def test_a_kind_of_event_never_seen_moves_the_days_by_what_is_expected() -> None:
    assert factor((LAUNCH,), drawn(means()), "2025-05-28") == pytest.approx(1.5, rel=0.02)
    assert factor((LAUNCH,), drawn(means()), "2025-05-26") == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("name", EXPERTS)
def test_every_expert_expects_it_on_top_of_its_own_forecast(name: str) -> None:
    counts, ahead = drawn(means()), {}
    for events in ((), (LAUNCH,)):
        past = planted.series(counts, FIRST, horizon=HORIZON, events=events).past(DAYS, horizon=HORIZON)
        ahead[events] = day_models()[name].days_ahead(past, calendar_effect(past))
    ratio = ahead[(LAUNCH,)] / ahead[()]
    during = np.arange(12, 15)  # 27 to 29 May
    assert ratio[during] == pytest.approx(1.5, rel=0.02)
    assert np.delete(ratio, during) == pytest.approx(1.0, rel=0.02)


def test_history_speaks_louder_than_expectation() -> None:
    past, coming = (
        sales(range(1, 17)),
        (Event("Sale May", "sale", date(2025, 5, 20), date(2025, 5, 21), uplift=1.0),),
    )
    assert factor((*past, *coming), lifted(past, 0.2), "2025-05-20") == pytest.approx(1.2, abs=0.07)


def test_the_effect_of_a_kind_is_learned_without_expectation_too() -> None:
    past, coming = sales(range(1, 17)), (Event("New", "sale", date(2025, 5, 20), date(2025, 5, 21)),)
    assert factor((*past, *coming), lifted(past, 0.4), "2025-05-20") == pytest.approx(1.4, abs=0.07)
