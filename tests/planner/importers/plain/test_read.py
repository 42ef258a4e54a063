"""Any sensible file of times and contacts is read; what cannot be is named with row and column."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.domain.problems import InputError
from planner.importers.plain import Asked, PlainHistory, read_plain

DAYS = pd.date_range("2026-03-02", periods=4, freq="12h")


def saved(folder: Path, text: str) -> Path:
    path = folder / "history.csv"
    path.write_text(text, "utf-8")
    return path


def read(folder: Path, text: str, asked: Asked = Asked()) -> PlainHistory:  # noqa: B008
    return read_plain(saved(folder, text), asked=asked)


def refused(folder: Path, text: str) -> list[str]:
    with pytest.raises(InputError) as error:
        read(folder, text)
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize(
    "heading",
    ["ds,y", "timestamp,volume", '"Call Date","Calls Presented"', "Interval,Offered", "when,Anything"],
)
def test_headings_do_not_matter_where_one_column_is_time_and_one_number(folder: Path, heading: str) -> None:
    history = read(folder, f"{heading}\n2026-03-02 07:00,5\n2026-03-02 07:30,7\n")
    assert list(history.rows["offered"]) == [5, 7]
    assert list(history.rows["local"].dt.hour) == [7, 7]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_the_best_named_of_several_numbers_is_taken(folder: Path) -> None:
    header = "date,avg_handle_time,calls_abandoned,calls_handled,calls_presented,max_queue_time"
    assert read(folder, f"{header}\n2026-03-02,120,1,9,10,30\n").volume_name == "calls_presented"


def test_numbers_of_equal_standing_are_named_and_an_option_decides(folder: Path) -> None:
    text = "date,orders a,orders b\n2026-03-02,1,2\n"
    assert "orders a, orders b; say which with --volume-column" in refused(folder, text)[0]
    assert list(read(folder, text, Asked(volume_column="ORDERS B")).rows["offered"]) == [2]


def test_day_and_time_of_day_in_two_columns_are_one_time(folder: Path) -> None:
    text = "Date;Interval;Calls\n02/03/2026;07:00 - 07:30;5\n02/03/2026;07:30 - 08:00;6\n13/03/2026;07:00 - 07:30;7\n"
    history = read(folder, text)
    assert list(history.rows["local"].astype(str)) == ["2026-03-02 07:00:00", "2026-03-02 07:30:00", "2026-03-13 07:00:00"]  # fmt: skip
    hours = read(folder, "date,hour,calls\n2026-03-02,0,5\n2026-03-02,1,6\n2026-03-02,2,6\n2026-03-02,3,6\n")
    assert list(hours.rows["local"].dt.hour) == [0, 1, 2, 3]


def test_every_wrong_cell_is_told_with_its_row_as_the_spreadsheet_shows_it(folder: Path) -> None:
    told = refused(folder, "ds,y\n2026-03-02 07:00,abc\n2026-03-02 07:30,5\n2026-03-02 08:00,-3\n")
    assert told[0].startswith("history.csv, row 2, y: “abc” is not a number")
    assert told[1].startswith("history.csv, row 4, y: “-3” is no number of contacts")


def test_blank_is_unknown_and_zero_is_zero(folder: Path) -> None:
    offered = read(folder, "ds,y\n2026-03-02,\n2026-03-03,0\n2026-03-04,NA\n2026-03-05,3\n").rows["offered"]
    assert np.isnan(offered[[0, 2]]).all()
    assert list(offered[[1, 3]]) == [0, 3]


@pytest.mark.parametrize(("written", "number"), [("1,234", 1234), ("1.234,5", 1234.5), ("1 234", 1234)])
def test_thousands_and_decimals_as_people_write_them(folder: Path, written: str, number: float) -> None:
    text = f"ds;y\n2026-03-02;{written}\n2026-03-03;{written}\n"
    assert list(read(folder, text).rows["offered"]) == [number, number]


def test_points_between_thousands_are_told_from_decimals_by_the_column(folder: Path) -> None:
    thousands, decimals = ["980", "", "1.020", "1.234.567"], ["980", "", "1.020", "1.5"]
    for cells, numbers in [(thousands, [980, 1020, 1234567]), (decimals, [980, 1.02, 1.5])]:
        rows = "".join(f"2026-03-{2 + i:02};{cell}\n" for i, cell in enumerate(cells))
        assert list(read(folder, "ds;y\n" + rows).rows["offered"].dropna()) == numbers


def test_quoted_decimal_commas_are_no_separators(folder: Path) -> None:
    text = 'date;calls\n02.03.2026;"1000,5"\n03.03.2026;"1001,5"\n'
    assert list(read(folder, text).rows["offered"]) == [1000.5, 1001.5]


def test_a_column_of_names_tells_queues_apart_and_its_heading_is_kept(folder: Path) -> None:
    text = "unique_id,ds,y\nA,2026-03-02,1\nB,2026-03-02,2\nA,2026-03-03,3\nB,2026-03-03,4\n"
    history = read(folder, text)
    assert history.series == ("unique_id",)
    assert list(history.rows["series_0"]) == ["A", "B", "A", "B"]


def test_a_file_without_times_header_or_rows_says_which(folder: Path) -> None:
    assert "no column holds times" in refused(folder, "a,b\n1,2\n")[0]
    assert "no row of headings" in refused(folder, "2026-03-02,5\n2026-03-03,6\n")[0]
    assert "no rows" in refused(folder, "ds,y\n")[0]


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet"])
def test_all_three_formats_hold_the_same_history(folder: Path, suffix: str) -> None:
    frame = pd.DataFrame({"Call Date": DAYS, "Calls": [3, 4, 5, 6]})
    path = folder / f"history.{suffix}"
    {"csv": frame.to_csv, "xlsx": frame.to_excel, "parquet": frame.to_parquet}[suffix](path, index=False)
    history = read_plain(path)
    assert list(history.rows["local"]) == list(DAYS)
    assert list(history.rows["offered"]) == [3, 4, 5, 6]
    assert not history.zoned


def test_moments_with_a_zone_keep_their_offset(folder: Path) -> None:
    path = folder / "zoned.parquet"
    pd.DataFrame({"ts": DAYS.tz_localize("America/New_York"), "n": [1, 2, 3, 4]}).to_parquet(path)
    history = read_plain(path)
    assert history.zoned
    assert set(history.rows["offset_min"]) == {-300}
