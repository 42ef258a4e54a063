"""Shrinkage in exact fractions, rounded once."""

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.centre import Shrinkage, Site
from planner.domain.timegrid import around_the_clock
from staffing.shrinkage import people, with_shrinkage


def test_twenty_one_over_seven_tenths_is_thirty() -> None:
    assert people([21, 21.0001, 0], Shrinkage(planned=0.3)).tolist() == [30, 31, 0]


@given(st.integers(0, 10_000), st.integers(1, 99), st.integers(1, 99))
def test_whole_people_as_in_fractions(agents: int, planned: int, unplanned: int) -> None:
    """ceil(agents / (1 - p/100) / (1 - u/100)) in whole numbers."""
    exact = -(-agents * 10_000 // ((100 - planned) * (100 - unplanned)))
    assert people(agents, Shrinkage(planned / 100, unplanned / 100)) == exact


def test_leave_is_out_of_the_people_at_work() -> None:
    site = Site("LIS", "Lisbon", "PT", "Europe/Lisbon", around_the_clock("Europe/Lisbon"), shrinkage=Shrinkage(planned=0.28, unplanned=0.1, planned_away=0.2))  # fmt: skip
    rows = pd.DataFrame({"interval_start": pd.to_datetime(["2026-11-02T09:00Z"]), "agents_on_contact": [9]})
    found = with_shrinkage(rows, site)
    assert found["agents_scheduled"].tolist() == [pytest.approx(9 / 0.9 / 0.9)]
    assert found["agents_rostered"].tolist() == [pytest.approx(9 / 0.9 / 0.72)]


def test_the_month_is_the_sites() -> None:
    """Half past midnight UTC on 1 November is still October in Bogota."""
    months = tuple(0.0 if month == 10 else 1.0 for month in range(1, 13))
    site = Site("BOG", "Bogota", "CO", "America/Bogota", around_the_clock("America/Bogota"), shrinkage=Shrinkage(0.2), planned_by_month=months)  # fmt: skip
    starts = pd.to_datetime(["2026-11-01T00:30Z", "2026-11-01T05:00Z"])
    rows = pd.DataFrame({"interval_start": starts, "agents_on_contact": [8, 8]})
    assert with_shrinkage(rows, site)["agents_rostered"].tolist() == pytest.approx([8, 10])


def test_the_weekday_is_the_sites() -> None:
    """Training on Tuesdays only, more sickness on Mondays: 22 at 12 % is 25 people and nothing more."""
    site = Site(
        "LIS", "Lisbon", "PT", "Europe/Lisbon", around_the_clock("Europe/Lisbon"),
        shrinkage=Shrinkage(planned=0.2, unplanned=0.06),
        planned_by_weekday=(0, 1, 0, 0, 0, 0, 0), unplanned_by_weekday=(2, 1, 1, 1, 1, 1, 1),
    )  # fmt: skip
    starts = pd.to_datetime(["2026-11-02T09:00Z", "2026-11-03T09:00Z", "2026-11-04T09:00Z"])
    rows = pd.DataFrame({"interval_start": starts, "agents_on_contact": [22, 376, 47]})
    found = with_shrinkage(rows, site)
    assert found["agents_rostered"].tolist() == [25.0, 500.0, 50.0]
    assert found["agents_scheduled"].tolist() == [25.0, 500.0, 50.0]


@given(st.integers(0, 2000), st.integers(0, 99), st.integers(0, 99))
def test_every_quotient_is_the_nearest_number(agents: int, planned: int, unplanned: int) -> None:
    site = Site("LIS", "Lisbon", "PT", "Europe/Lisbon", around_the_clock("Europe/Lisbon"), shrinkage=Shrinkage(planned / 100, unplanned / 100))  # fmt: skip
    rows = pd.DataFrame(
        {"interval_start": pd.to_datetime(["2026-11-02T09:00Z"]), "agents_on_contact": [agents]}
    )
    exact = Fraction(agents * 10_000, (100 - planned) * (100 - unplanned))
    assert with_shrinkage(rows, site)["agents_rostered"].tolist() == [float(exact)]
