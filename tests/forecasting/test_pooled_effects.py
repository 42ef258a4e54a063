"""Small queues learn their holidays from their kin, and only from days that have been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forecasting.calendar_effect import calendar_effect
from forecasting.kin_starts import KinStart, KinStarts
from forecasting.past import DaySeries
from forecasting.pooled_effects import Member, member_of, pooled
from forecasting.special_days import special_days
from planner.domain.centre import Queue
from tests.forecasting import planted

FIRST, DAYS, HORIZON = "2023-01-02", 800, 60  # the horizon is 12 March to 10 May 2025
HOURS = planted.hours("Europe/Berlin")


def queue(
    language: str, number: int, *, customers: tuple[str, ...] = ("DE",), channel: str = "voice"
) -> Queue:
    return planted.queue(f"S{number}", language, channel, when=HOURS, customers=customers)


def drawn(seed: int, *, size: float, factor: float, country: str = "DE") -> DaySeries:
    """A steady week, public holidays `factor` times as busy."""
    days = pd.date_range(FIRST, periods=DAYS).as_unit("us")
    special = special_days(days, countries=(country,), events=(), closed=np.zeros(DAYS, bool))
    means = planted.day_means(days, size=size) * np.where(special.holiday > 0, factor, 1.0)
    contacts = np.random.default_rng(seed).poisson(means).astype(float)
    return planted.series(contacts, FIRST, horizon=HORIZON, countries=(country,))


def taught(queues: Sequence[Queue], series: Sequence[DaySeries], *, cutoff: int = DAYS) -> list[Member]:
    found = [member_of(one, mine, cutoff=cutoff) for mine, one in zip(queues, series)]
    return [member for member in found if member is not None]


def holiday(series: DaySeries, start: KinStart | None, day: str) -> float:
    """What the calendar multiplies a day by."""
    kin = KinStarts({} if start is None else {DAYS: start})
    past = replace(series, kin=kin).past(DAYS, horizon=HORIZON)
    return float(np.exp(calendar_effect(past).total[past.calendar.days.get_loc(day)]))


def test_a_tiny_queue_takes_its_holidays_from_its_language() -> None:
    queues = [queue("de", number) for number in range(5)]
    series = [drawn(number, size=size, factor=0.4) for number, size in enumerate((3, 200, 200, 200, 200))]
    start = pooled(taught(queues, series), queues)[queues[0].key]
    assert start.level == "language"
    # Easter Monday and 1 May 2025: a queue of three contacts a day cannot tell them from chance
    for day in ("2025-04-21", "2025-05-01"):
        assert holiday(series[0], start, day) == pytest.approx(0.4, abs=0.12)
        assert abs(holiday(series[0], None, day) - 0.4) > abs(holiday(series[0], start, day) - 0.4)


def test_a_large_queue_keeps_what_it_knows_itself() -> None:
    queues = [queue("de", number) for number in range(4)]
    series = [drawn(number, size=500, factor=factor) for number, factor in enumerate((0.4, 0.8, 0.8, 0.8))]
    start = pooled(taught(queues, series), queues)[queues[0].key]
    assert holiday(series[0], start, "2025-05-01") == pytest.approx(0.4, abs=0.06)


def test_another_language_of_the_same_country_teaches_where_the_own_has_no_other_queue() -> None:
    queues = [queue("de", 0), queue("tr", 1), queue("tr", 2)]
    series = [drawn(number, size=size, factor=0.4) for number, size in enumerate((3, 200, 200))]
    start = pooled(taught(queues, series), queues)[queues[0].key]
    assert start.level == "country"
    assert holiday(series[0], start, "2025-05-01") == pytest.approx(0.4, abs=0.08)


def test_a_queue_without_kin_starts_from_nothing() -> None:
    alone = queue("de", 0)
    assert pooled(taught([alone], [drawn(0, size=200, factor=0.4)]), [alone]) == {}


def test_the_same_holiday_abroad_teaches_a_queue_that_has_nobody_nearer() -> None:
    queues = [queue("de", 0), queue("fr", 1, customers=("FR",)), queue("fr", 2, customers=("FR",))]
    abroad = [drawn(number, size=200, factor=0.4, country="FR") for number in (1, 2)]
    series = [drawn(0, size=3, factor=0.4), *abroad]
    start = pooled(taught(queues, series), queues)[queues[0].key]
    assert holiday(series[0], start, "2025-05-01") == pytest.approx(0.4, abs=0.1)  # Labor Day in both


def test_what_customers_write_on_a_holiday_does_not_teach_what_they_call() -> None:
    queues = [queue("de", number) for number in range(2)] + [
        queue("de", 2, channel="email"),
        queue("de", 3, channel="email"),
    ]
    series = [drawn(number, size=200, factor=factor) for number, factor in enumerate((0.3, 0.3, 1.0, 1.0))]
    starts = pooled(taught(queues, series), queues)
    assert (
        starts[queues[0].key].effects["a public holiday"]
        < starts[queues[2].key].effects["a public holiday"] - 0.5
    )


def test_the_order_of_the_queues_changes_nothing() -> None:
    queues = [queue("de", number) for number in range(3)]
    members = taught(queues, [drawn(number, size=100, factor=0.5) for number in range(3)])
    one, other = pooled(members, queues), pooled(members[::-1], queues[::-1])
    for key, start in one.items():
        assert other[key].effects == pytest.approx(dict(start.effects))


def test_nothing_after_the_cutoff_is_pooled() -> None:
    queues = [queue("de", number) for number in range(2)]
    series = [drawn(number, size=100, factor=0.5) for number in range(2)]
    later = np.arange(DAYS + HORIZON) >= 600
    poisoned = [replace(one, offered=np.where(later, 1e6, one.offered)) for one in series]
    clean = pooled(taught(queues, series, cutoff=600), queues)
    assert clean == pooled(taught(queues, poisoned, cutoff=600), queues)


def test_at_a_cutoff_the_latest_lesson_of_an_earlier_day_holds() -> None:
    early, late = KinStart("language", {"x": 0.1}), KinStart("language", {"x": 0.2})
    starts = KinStarts({100: early, 200: late})
    assert [starts.at(day) for day in (99, 100, 199, 200, 900)] == [None, early, early, late, late]
