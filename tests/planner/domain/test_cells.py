"""Cells become types by the same rule whatever stands around them, and nothing is guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from planner.domain.cells import blank_cells, typed_column
from planner.domain.column import Column, Kind

MOMENT = pd.Timestamp("2026-10-25T01:30:00Z")


def one(value: object, kind: Kind, **more: object) -> tuple[object, list[str]]:
    """A single cell, read alone: its value, and the codes of what is wrong with it."""
    column = Column("c", kind, "a cell", **more)
    values = pd.Series([value], dtype="str" if isinstance(value, str) else "object")
    typed, found = typed_column(values, column, "c")
    return (None if pd.isna(typed[0]) else typed[0]), [each.code for each in found]


RIGHT: list[tuple[Kind, object, object]] = [
    ("count", "42", 42),
    ("count", " 42 ", 42),
    ("count", "42.0", 42),
    ("count", "1e3", 1000),
    ("count", 42, 42),
    ("count", np.int64(42), 42),
    ("number", "-0.5", -0.5),
    ("number", Decimal("1.25"), 1.25),
    ("share", "1", 1),
    ("utc", "2026-10-25T02:30:00+01:00", MOMENT),
    ("utc", "2026-10-25 01:30Z", MOMENT),
    ("utc", "2026-10-25T01:30:00.000000+0000", MOMENT),
    ("utc", MOMENT.tz_convert("Asia/Riyadh"), MOMENT),
    ("day", "2026-10-25", pd.Timestamp("2026-10-25")),
    ("day", "2026-10-25 00:00:00", pd.Timestamp("2026-10-25")),
    ("utc", "1990-01-01T00:00Z", pd.Timestamp("1990-01-01", tz="UTC")),
    ("utc", "2100-01-01T00:00Z", pd.Timestamp("2100-01-01", tz="UTC")),
    ("day", "1990-01-01", pd.Timestamp("1990-01-01")),
    ("day", "2100-01-01", pd.Timestamp("2100-01-01")),
    ("day", date(2026, 10, 25), pd.Timestamp("2026-10-25")),
    ("day", datetime(2026, 10, 25), pd.Timestamp("2026-10-25")),
    ("flag", "Yes", True),
    ("flag", "0", False),
    ("flag", True, True),
    ("flag", 1, True),
    ("text", " São Paulo ", "São Paulo"),
    ("text", 1001, "1001"),
]
WRONG: list[tuple[Kind, object, str]] = [
    ("count", "twelve", "not_a_count"),
    ("count", "1,200", "not_a_count"),
    ("count", "0x1A", "not_a_count"),
    ("count", "nan", "not_a_count"),
    ("count", True, "not_a_count"),
    ("count", datetime(2026, 1, 1), "not_a_count"),
    ("count", "-1", "too_small"),
    ("count", "1.5", "not_whole"),
    ("count", "1e300", "too_large"),
    ("count", "inf", "not_finite"),
    ("number", "5 min", "not_a_number"),
    ("number", "-inf", "not_finite"),
    ("share", "1.01", "too_large"),
    ("share", "80 %", "not_a_share"),
    ("utc", "2026-10-25T02:30:00", "not_a_utc"),
    ("utc", "2026-10-25", "not_a_utc"),
    ("utc", "2026-02-30T00:00Z", "not_a_utc"),
    ("utc", datetime(2026, 10, 25, 2, 30), "not_a_utc"),
    ("utc", 45000, "not_a_utc"),
    ("day", "25/10/2026", "not_a_day"),
    ("day", "2026-10-25 09:30", "not_a_day"),
    ("day", datetime(2026, 10, 25, 9, 30), "not_a_day"),
    ("day", "2026-02-30", "not_a_day"),
    ("day", time(9, 30), "not_a_day"),
    ("utc", "2206-10-25T02:30:00+01:00", "impossible_year"),
    ("utc", "0202-10-25T02:30Z", "impossible_year"),
    ("utc", "9999-12-31T23:59:59Z", "impossible_year"),
    ("utc", MOMENT.replace(year=2206), "impossible_year"),
    ("utc", datetime(1, 1, 1, 12, tzinfo=UTC), "impossible_year"),
    ("utc", "1989-12-31T23:59:59Z", "impossible_year"),
    ("utc", "2100-01-01T00:00:01Z", "impossible_year"),
    ("day", "9999-12-31", "impossible_year"),
    ("day", "0001-01-01", "impossible_year"),
    ("day", "1989-12-31", "impossible_year"),
    ("day", "2100-01-02", "impossible_year"),
    ("day", date(2206, 10, 25), "impossible_year"),
    ("flag", "maybe", "not_a_flag"),
]


@pytest.mark.parametrize(("kind", "value", "typed"), RIGHT)
def test_a_right_cell_gets_its_type(kind: Kind, value: object, typed: object) -> None:
    assert one(value, kind) == (typed, [])


@pytest.mark.parametrize(("kind", "value", "code"), WRONG)
def test_a_wrong_cell_is_found_in_one_way(kind: Kind, value: object, code: str) -> None:
    assert one(value, kind)[1] == [code]


@pytest.mark.parametrize("kind", ["text", "count", "number", "share", "utc", "day", "flag"])
@pytest.mark.parametrize("value", ["", "   ", None, np.nan, pd.NaT])
def test_a_blank_cell_is_missing_and_wrong_only_where_it_is_needed(kind: Kind, value: object) -> None:
    assert one(value, kind) == (None, ["empty_cell"])
    assert one(value, kind, blank=True) == (None, [])
    assert one(value, kind, needed=False) == (None, [])


@pytest.mark.parametrize("kind", ["count", "number", "share", "utc", "day", "flag"])
def test_a_cell_reads_the_same_alone_among_right_cells_and_among_wrong_ones(kind: Kind) -> None:
    """A clean column takes a faster path than one with a wrong cell: both must agree."""
    texts = [v for k, v, _ in [*RIGHT, *WRONG] if k == kind and isinstance(v, str)]
    column = Column("c", kind, "a cell", needed=False)
    together, _ = typed_column(pd.Series([*texts, "neither", ""] * 2, dtype="str"), column, "c")
    alone = [one(text, kind, needed=False)[0] for text in texts]
    assert [None if pd.isna(v) else v for v in together[: len(texts)]] == alone
    assert [None if pd.isna(v) else v for v in together[len(texts) + 2 : -2]] == alone


def test_whole_numbers_kept_as_decimals_are_ids_without_a_point() -> None:
    typed, found = typed_column(pd.Series([1001.0, 7.0]), Column("id", "text", "id"), "id")
    assert typed.tolist() == ["1001", "7"]
    assert not found


def test_each_strange_text_is_told_apart() -> None:
    column = Column("site", "text", "site", values=("SVQ", "LIS"))
    typed, found = typed_column(pd.Series(["MAD", "SVQ", "BCN", "MAD", None]), column, "site")
    assert [(each.code, np.flatnonzero(each.where).tolist()) for each in found] == [
        ("empty_cell", [4]),
        ("unknown_value", [0, 3]),
        ("unknown_value", [2]),
    ]
    assert typed.dropna().tolist() == ["MAD", "SVQ", "BCN", "MAD"]


def test_hundreds_of_strange_texts_are_all_found() -> None:
    column = Column("site", "text", "site", values=("SVQ",))
    _, found = typed_column(pd.Series([f"S{n}" for n in range(300)]), column, "site")
    assert sum(each.where.sum() for each in found) == 300
    assert len(found) < 30


def test_numbers_and_times_are_not_blank() -> None:
    assert blank_cells(pd.Series([0, "", None, " ", "0", MOMENT], dtype="object")).tolist() == [
        False, True, True, True, False, False,
    ]  # fmt: skip
