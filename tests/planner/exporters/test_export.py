"""Every export of a schedule holds all of it, on the right clock, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from planner.domain.cost_tables import COST_OF_PLAN
from planner.domain.problems import InputError
from planner.domain.tables import COVERAGE, PAY_HOURS, SCHEDULE
from planner.exporters.export import export, known_exports, usual_exports
from planner.importers import read_table
from tests.dashboards import small_costs
from tests.planner.exporters.roster.planted_schedule import DAYS, scheduled, with_calendar

MADE = with_calendar(scheduled())
ROWS = MADE.table("SCHEDULE")
MINUTE = pd.Timedelta(minutes=1)
PAID_H = float(((ROWS["end"] - ROWS["start"]) / pd.Timedelta(hours=1))[ROWS["activity"] != "meal"].sum())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("exports") / "new" / "folder"
    export(MADE, place, what=list(known_exports()))
    return place


def test_the_usual_ones_are_for_people_and_payroll() -> None:
    assert set(usual_exports()) == {"calendars", "excel", "payroll", "segments", "tables"}


def test_an_export_nobody_knows_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="“pdf” is no export; known: bars, calendars, costs, excel"):
        export(MADE, tmp_path / "x", what=["excel", "pdf"])
    assert not (tmp_path / "x").exists()


def test_the_tables_are_read_back_as_they_were(folder: Path) -> None:
    for table in (SCHEDULE, COVERAGE, PAY_HOURS):
        back = read_table(folder / f"{table.name.lower()}.csv", table)
        pd.testing.assert_frame_equal(back, table.check(MADE.table(table.name)), check_exact=False)


def test_money_stands_in_files_of_its_own(tmp_path: Path) -> None:
    costs = {name: frame for name, frame in small_costs.tables().items() if name != "COST_OF_POINT"}
    made = scheduled(**costs)
    files = export(made, tmp_path, what=["costs"])["costs"]
    assert {path.name for path in files} == {"hourly_cost.csv", "cost_of_plan.csv", "cost_by_queue.csv"}
    back = read_table(tmp_path / "cost_of_plan.csv", COST_OF_PLAN)
    assert back["total"].sum() == pytest.approx(costs["COST_OF_PLAN"]["total"].sum())
    assert "cost_of_plan.csv" not in {path.name for path in export(made, tmp_path, what=["tables"])["tables"]}


def test_segments_are_the_moments_of_the_schedule_also_where_the_clock_changes(folder: Path) -> None:
    rows = list(csv.DictReader((folder / "segments.csv").read_text("utf-8-sig").splitlines()))
    told = {
        (
            row["agent_id"],
            pd.Timestamp(row["start"]).tz_convert("UTC"),
            pd.Timestamp(row["end"]).tz_convert("UTC"),
        )
        for row in rows
    }
    assert told == set(ROWS[["agent_id", "start", "end"]].itertuples(index=False, name=None))
    assert {row["start"][-6:] for row in rows} == {"+02:00", "+01:00"}
    assert sum(int(row["minutes"]) for row in rows if row["paid"] == "true") == PAID_H * 60


def test_bars_stand_within_one_local_day_and_lose_no_minute(tmp_path: Path) -> None:
    late = ROWS.assign(start=ROWS["start"] + 8 * 60 * MINUTE, end=ROWS["end"] + 8 * 60 * MINUTE)
    export(scheduled(SCHEDULE=late), tmp_path, what=["bars"])
    head, *lines = (tmp_path / "schedule_bars.txt").read_text("utf-8").splitlines()
    names = head.removeprefix("#fields:").split("|")
    rows = [dict(zip(names, line.split("|"), strict=True)) for line in lines]
    assert len(rows) > len(late)
    assert sum(int(row["minutes"]) for row in rows) == ((late["end"] - late["start"]) / MINUTE).sum()
    assert all(row["startTime"] < row["stopTime"] for row in rows)
    assert [row["startTime"] for row in rows if row["date"] == "10262026"].count("00:00") > 0


def test_what_genesys_gets_adds_up_to_every_shift(folder: Path) -> None:
    upload = json.loads((folder / "genesys_SVQ.json").read_text("utf-8"))
    assert upload["weekCount"] == DAYS // 7
    shifts = [shift for agent in upload["agentSchedules"] for shift in agent["shifts"]]
    assert len(shifts) == len(ROWS[["agent_id", "day"]].drop_duplicates())
    for shift in shifts:
        assert shift["lengthMinutes"] == sum(activity["lengthMinutes"] for activity in shift["activities"])
    paid = sum(a["lengthMinutes"] for shift in shifts for a in shift["activities"] if a["paid"])
    assert paid == PAID_H * 60


def test_the_workbook_has_a_sheet_per_site_and_week_that_adds_up(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "schedule.xlsx")
    rosters = [name for name in book.sheetnames if name.startswith("SVQ")]
    assert rosters == ["SVQ 2026-W43", "SVQ 2026-W44"]
    assert book.sheetnames[2:] == [
        "BY LANGUAGE",
        "SCHEDULE",
        "COVERAGE",
        "PAY_HOURS",
        "SCHEDULE_REPORT",
        "VIOLATIONS",
        "DEFINITIONS",
    ]
    hours, filled, absent = 0.0, 0, 0
    for name in rosters:
        sheet = book[name]
        assert sheet.freeze_panes == "E4"
        for row in sheet.iter_rows(min_row=4):
            hours += row[11].value
            filled += sum(cell.fill.fill_type == "solid" for cell in row[4:11])
            absent += sum(cell.value == "leave" for cell in row[4:11])
    assert hours == pytest.approx(PAID_H)
    assert filled == len(ROWS[["agent_id", "day"]].drop_duplicates())
    assert absent == 7 * len(MADE.table("ABSENCES"))


def test_a_name_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    agents = MADE.table("AGENTS").assign(name='=HYPERLINK("http://x")')
    export(scheduled(AGENTS=agents), tmp_path, what=["excel", "segments"])
    sheet = openpyxl.load_workbook(tmp_path / "schedule.xlsx").worksheets[0]
    assert {row[1].data_type for row in sheet.iter_rows(min_row=4)} == {"s"}
    assert "\n=HYPERLINK" not in (tmp_path / "segments.csv").read_text("utf-8-sig").replace(",", "\n")


def test_hours_by_language_are_those_of_the_coverage(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "schedule.xlsx")["BY LANGUAGE"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    cover = MADE.table("COVERAGE")
    assert sum(row[4] for row in rows) == pytest.approx(cover["scheduled"].sum() / 2)
    assert sum(row[6] - row[5] for row in rows) == pytest.approx(cover["gap"].sum() / 2)
    assert {row[2] for row in rows} == set(cover["language"])
