"""Parts of a difference add up, over queues and over days."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from planner.domain.quality_tables import FACTORS
from planner.scorecards.contract_periods import Span
from planner.scorecards.contract_why import why
from planner.scorecards.scope import Scope

WEEK = Span("week", date(2026, 9, 7))


def rows(period: str, starts: list[str], *, languages: tuple[str, ...] = ("pt", "de")) -> pd.DataFrame:
    """EXPLAINED of two queues, with parts drawn at random that add up in each row."""
    rng = np.random.default_rng(1)
    made = []
    for language in languages:
        for start in starts:
            parts = rng.normal(0, 0.02, len(FACTORS))
            planned = rng.uniform(0.7, 0.9)
            made.append({
                "measure": "service_level", "site": "LIS", "language": language, "channel": "voice",
                "period": period, "period_start": pd.Timestamp(start), "offered": float(rng.integers(100, 900)),
                "planned_offered": 500.0, "aht_s": 310.0, "planned_aht_s": 300.0, "staffed_h": 90.0,
                "planned_staffed_h": 100.0, "absence": 0.1, "planned_absence": np.nan, "adherence": 0.9,
                "planned_adherence": 0.92, "planned": planned, "actual": planned + parts.sum(),
                **{f"by_{name}": part for name, part in zip(FACTORS, parts)},
            })  # fmt: skip
    return pd.DataFrame(made)


@pytest.mark.parametrize("span", [WEEK, Span("month", date(2026, 9, 1))])
def test_planned_and_all_parts_are_actual(span: Span) -> None:
    table = pd.concat([rows("week", ["2026-09-07"]), rows("day", ["2026-09-07", "2026-09-30", "2026-10-01"])])
    found = why(table, Scope(channel="voice"), measure="service_level", span=span)
    assert found is not None
    assert found.planned + sum(part.by for part in found.parts) == pytest.approx(found.actual)
    assert [part.factor for part in found.parts] == list(FACTORS)


def test_a_month_holds_its_days_alone() -> None:
    table = rows("day", ["2026-09-07", "2026-09-30", "2026-10-01"])
    found = why(table, Scope(), measure="service_level", span=Span("month", date(2026, 9, 1)))
    inside = table[table["period_start"] < "2026-10-01"]
    assert found is not None
    assert found.offered == inside["offered"].sum()


def test_a_roll_up_of_the_table_is_taken_as_it_is() -> None:
    table = rows("week", ["2026-09-07"])
    together = table.iloc[:1].assign(site="all", language="all", actual=0.5, offered=1.0)
    found = why(pd.concat([table, together]), Scope(channel="voice"), measure="service_level", span=WEEK)
    assert found is not None
    assert (found.actual, found.offered) == (0.5, 1.0)


def test_a_factor_without_a_number_has_none() -> None:
    found = why(rows("week", ["2026-09-07"]), Scope(), measure="service_level", span=WEEK)
    assert found is not None
    shrinkage = next(part for part in found.parts if part.factor == "shrinkage")
    assert (shrinkage.planned, shrinkage.actual) == (None, pytest.approx(0.1))


def test_what_was_not_explained_is_none() -> None:
    assert why(rows("week", ["2026-09-07"]), Scope("BOG"), measure="service_level", span=WEEK) is None
    assert why(rows("week", ["2026-09-07"]), Scope(), measure="abandonment", span=WEEK) is None
