"""A table is checked at the door: every problem at once, by the row a person sees."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planner.domain.problems import InputError, Problem
from planner.domain.table import Column, Found, Table
from planner.domain.tables import TABLES

CALLS = Table(
    "CALLS",
    "calls by queue and day",
    ("queue", "day"),
    (
        Column("queue", "text", "name of the queue"),
        Column("day", "day", "local day"),
        Column("offered", "count", "calls offered"),
        Column("answered", "count", "calls answered", needed=False),
        Column("within_{seconds}_s", "count", "answered in time", needed=False),
    ),
    (
        lambda frame: (
            iter([Found("more", "answered", w, lambda v: f"{v} is more than offered")])
            if "answered" in frame and (w := (frame["answered"] > frame["offered"]).to_numpy()).any()
            else iter(())
        ),
    ),
)
GOOD = pd.DataFrame(
    {
        "within_60_s": ["3", ""],
        "queue": ["es", "pt"],
        "day": ["2026-10-25", "2026-10-25"],
        "note": ["a", "b"],
        "within_5_s": ["1", "2"],
        "offered": ["4", "5"],
        "answered": ["4", ""],
    },
    dtype="str",
)


def problems(frame: pd.DataFrame, **more: object) -> list[Problem]:
    with pytest.raises(InputError) as refused:
        CALLS.check(frame, **more)
    return list(refused.value.problems)


def test_a_good_frame_gets_the_declared_columns_in_order_with_their_types() -> None:
    typed = CALLS.check(GOOD)
    assert {name: str(dtype) for name, dtype in typed.dtypes.items()} == {
        "queue": "str",
        "day": "datetime64[us]",
        "offered": "int64",
        "answered": "float64",
        "within_5_s": "float64",
        "within_60_s": "float64",
    }
    assert typed["answered"].tolist()[0] == 4
    assert np.isnan(typed["answered"].tolist()[1])


def test_checking_twice_changes_nothing() -> None:
    once = CALLS.check(GOOD)
    pd.testing.assert_frame_equal(CALLS.check(once), once)


def test_shuffled_rows_give_the_same_table_shuffled() -> None:
    order = [1, 0]
    expected = CALLS.check(GOOD).iloc[order].reset_index(drop=True)
    pd.testing.assert_frame_equal(CALLS.check(GOOD.iloc[order]), expected)


def test_everything_wrong_is_told_at_once_even_in_one_row() -> None:
    bad = GOOD.assign(day=["2026-02-30", "2026-10-25"], offered=["-4", "five"], answered=["x", ""])
    assert [(p.code, p.row, p.column) for p in problems(bad, file="a.csv")] == [
        ("not_a_day", 2, "day"),
        ("not_a_count", 3, "offered"),
        ("too_small", 2, "offered"),
        ("not_a_count", 2, "answered"),
    ]


def test_a_wrong_cell_does_not_hide_what_is_wrong_between_others() -> None:
    bad = GOOD.assign(queue=["es", "es"], offered=["x", "5"], answered=["4", "6"], within_5_s=["?", "2"])
    assert [(p.code, p.row) for p in problems(bad)] == [
        ("not_a_count", 2),
        ("not_a_count", 2),
        ("duplicate_key", 3),
        ("more", 3),
    ]


def test_a_repeated_key_names_the_row_it_repeats() -> None:
    four = pd.concat([GOOD, GOOD.iloc[[1]], GOOD.iloc[[1]]])
    notes = [(p.row, p.note) for p in problems(four, rows=[5, 7, 8, 1200])]
    said = "repeats the key queue x day of row 7; keep one row for each"
    assert notes == [(8, said), (1200, said)]


def test_a_missing_column_is_named_with_its_meaning_and_the_cells_are_still_checked() -> None:
    found = problems(GOOD.drop(columns="queue").assign(offered=["4", "x"]), file="a.csv")
    assert str(found[0]).startswith(
        "a.csv, queue: column queue is missing (name of the queue); found: within"
    )
    assert [p.code for p in found] == ["missing_column", "not_a_count"]


def test_rows_are_numbered_as_in_a_spreadsheet_unless_told() -> None:
    bad = GOOD.assign(offered=["4", "x"])
    assert problems(bad)[0].row == 3
    assert problems(bad, rows=np.array([6, 9]))[0].row == 9


def test_after_twenty_of_a_kind_the_rest_is_counted() -> None:
    days = pd.date_range("2026-01-01", periods=50).strftime("%Y-%m-%d")
    many = pd.DataFrame({"queue": "es", "day": days, "offered": "x"})
    found = problems(many)
    assert len(found) == 21
    assert str(found[-1]) == "offered: and 30 more cells of the same kind, the last in row 51"


def test_cells_known_to_be_wrong_are_told_once_and_quoted_as_written() -> None:
    lost = GOOD.assign(day=[None, "2026-10-25"])
    where = np.array([True, False])
    known = Found("twice", "day", where, lambda v: f"“{v}” is odd", cells=pd.Series(["25 Oct", "-"]))
    assert [p.note for p in problems(lost, found=[known])] == ["“25 Oct” is odd"]


def test_a_cell_that_cannot_be_read_is_not_told_again_as_missing() -> None:
    blank = Table(
        "CALLS",
        "calls by queue",
        ("queue",),
        (Column("queue", "text", "name"), Column("offered", "count", "calls offered", needed=False)),
        (
            lambda frame: iter(
                [Found("blank", "offered", frame["offered"].isna().to_numpy(), lambda _: "is blank")]
            ),
        ),
    )
    with pytest.raises(InputError) as refused:
        blank.check(pd.DataFrame({"queue": ["es", "pt", "fr"], "offered": ["many", "", "3"]}))
    assert [(p.code, p.row) for p in refused.value.problems] == [("not_a_count", 2), ("blank", 3)]


def test_what_is_told_elsewhere_is_not_judged_again() -> None:
    lost = GOOD.assign(day=[None, "2026-10-25"], offered=["4", "x"])
    silent = Found("told", "day", np.array([True, False]), str, shown=0)
    assert [p.column for p in problems(lost, found=[silent])] == ["offered"]


def test_a_long_cell_is_quoted_in_one_short_line() -> None:
    bad = GOOD.assign(offered=["4", "5\n" + "x" * 100_000])
    assert problems(bad)[0].note == "“5 …” is not a number; write a count such as 42"


def test_no_rows_are_a_table_of_no_rows() -> None:
    typed = CALLS.check(GOOD.iloc[:0])
    assert len(typed) == 0
    assert str(typed["offered"].dtype) == "int64"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_empty_table_passes_its_own_check(table: Table) -> None:
    empty = table.empty()
    pd.testing.assert_frame_equal(table.check(empty), empty)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_grain_is_made_of_needed_columns(table: Table) -> None:
    assert all(table.column(name).needed and not table.column(name).blank for name in table.grain)


def test_a_family_stands_for_its_columns() -> None:
    assert CALLS.column("within_20_s").name == "within_{seconds}_s"
    assert CALLS.declares("within_20_s")
    assert not CALLS.declares("within__s")
    with pytest.raises(KeyError, match="CALLS has no column within_soon_s"):
        CALLS.column("within_soon_s")
