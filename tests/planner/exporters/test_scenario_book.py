"""The workbook of scenarios, read back: real numbers, every assumption with its path, names Excel takes."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from planner.exporters.scenario_book import Told, comparison_book

LONG = "my-peak-with-a-name-of-more-than-thirty-one-letters"
YAML = "scenario: a\ntitle: '=1+1'\nchanges:\n  - {change: scale, where: {site: [LIS, CAI]}, volume: 1.2}\n"


def measure(scenario: str, value: float, unit: str) -> dict[str, Any]:
    return {
        "group": "volume", "measure": f"in {unit}", "of": "all", "scenario": scenario, "base": 0.4,
        "value": value, "low": float("nan"), "high": float("nan"), "difference": value - 0.4,
        "relative": value / 0.4 - 1, "unit": unit, "definition": "invented",
    }  # fmt: skip


@pytest.fixture(scope="module")
def book() -> Any:
    weeks = pd.DataFrame({"week": pd.to_datetime(["2026-10-05"]), "contacts": [100.0], "short_fte": [None]})
    told = [
        Told("base", {"run": "x", "seed": 7}, "name: B\n", weeks),
        Told(LONG, {}, YAML, weeks),
        Told(LONG + "2", {}, YAML, weeks),
    ]
    rows = [measure(LONG, 0.5, "share"), measure(LONG, 12.0, "h"), measure(LONG + "2", 0.3, "share")]
    return load_workbook(BytesIO(comparison_book(pd.DataFrame(rows), told)))


def test_there_is_a_sheet_for_each(book: Any) -> None:
    first, *weeks, assumptions, definitions = book.sheetnames
    assert (first, assumptions, definitions) == ("Comparison", "Assumptions", "Definitions")
    assert weeks == ["base", LONG[:31], LONG[:29] + "-2"]


def test_values_are_numbers_and_shares_are_formatted_as_such(book: Any) -> None:
    heads, *rows = book["Comparison"].iter_rows()
    place = [cell.value for cell in heads].index(LONG)
    share, hours = rows
    assert (share[place].value, share[place].number_format) == (0.5, "0.0%")
    assert (hours[place].value, hours[place].number_format) == (12.0, "#,##0.00")
    other = [cell.value for cell in heads].index(LONG + "2")
    assert hours[other].value is None
    day, contacts, short = next(book["base"].iter_rows(min_row=2))
    assert (day.value.date(), contacts.value, short.value) == (date(2026, 10, 5), 100, None)


def test_every_setting_stands_with_its_path_and_no_text_is_a_formula(book: Any) -> None:
    told = [[cell.value for cell in row] for row in book["Assumptions"].iter_rows(min_row=2)]
    assert ["base", "seed", 7] in told
    assert [LONG, "changes.0.where.site.1", "CAI"] in told
    assert [LONG, "changes.0.volume", 1.2] in told
    (title,) = [
        row[2] for row in book["Assumptions"].iter_rows() if row[0].value == LONG and row[1].value == "title"
    ]
    assert (title.value, title.data_type) == ("=1+1", "s")
