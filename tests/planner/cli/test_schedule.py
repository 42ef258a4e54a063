"""`planner schedule`: from tables under any headings to a folder with everything, and a second run that updates."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from planner.cli import main
from planner.domain.tables import PAY_HOURS, SCHEDULE
from planner.importers import read_table
from tests.planner.exporters.roster.ical import read_calendar

PLAN = Path(__file__).resolve().parents[2] / "cases" / "plan.yaml"
DAYS = pd.date_range("2026-10-19", periods=7)  # the clocks go back in the last night
TIMES = [f"{m // 60:02}:{m % 60:02}" for m in range(8 * 60, 20 * 60, 30)]
PEOPLE = "Employee;Languages;Hours\n" + "".join(
    f"E{n};{['Spanish', 'Portuguese, Spanish', 'pt'][n % 3]};{[40, 30][n % 2]}\n" for n in range(9)
)
QUICK = ("--seconds-per-site", "0.3", "--workers", "1")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    wide = [f"{day:%d.%m.%Y};{time};3;1,5\n" for day in DAYS for time in TIMES]
    (tmp_path / "need.csv").write_text("Day;From;Spanish;Portuguese\n" + "".join(wide), "utf-8")
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    return tmp_path


def test_tables_of_ones_own_become_a_schedule_and_everything_made_of_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["schedule", "need.csv", "people.csv", "--zone", "Europe/Madrid", "--out", "out", *QUICK]
    assert main(call) == 0
    said = capsys.readouterr()
    assumed = (
        "es voice, pt voice",
        "Europe/Madrid",
        "40 h: 5 shifts of 8 h; 30 h: 5 shifts of 6 h",
        "pack “eu”",
    )
    assert [text for text in assumed if text not in said.err] == []
    come_to = (
        "needed 378 h",
        "short by language",
        "cost ",
        "bound ",
        "agent-hours",
        "labour rules checked",
        "seed 1",
        "stopped",
    )
    assert [text for text in come_to if text not in said.out] == []
    schedule = read_table(folder / "out" / "schedule.csv", SCHEDULE)
    hours = (
        ((schedule["end"] - schedule["start"]) / pd.Timedelta(hours=1)).groupby(schedule["agent_id"]).sum()
    )
    calendars = {p.stem: read_calendar(p.read_bytes()) for p in (folder / "out" / "calendars").glob("*.ics")}
    assert {
        who: sum(e.hours for e in events) for who, events in calendars.items() if events
    } == pytest.approx(hours.to_dict())
    paid = schedule[schedule["activity"] != "meal"]
    total = read_table(folder / "out" / "pay_hours.csv", PAY_HOURS).query("period == 'total'")["paid_h"].sum()
    assert total == pytest.approx(((paid["end"] - paid["start"]) / pd.Timedelta(hours=1)).sum())
    assert {p.name for p in (folder / "out").iterdir()} >= {
        "schedule_report.csv",
        "coverage.csv",
        "violations.csv",
        "schedule.xlsx",
        "segments.csv",
    }


def test_a_second_run_updates_the_calendars_and_the_same_seed_changes_nothing(folder: Path) -> None:
    call = [
        "schedule",
        "need.csv",
        "people.csv",
        "--zone",
        "Europe/Madrid",
        "--out",
        "out",
        "--what",
        "calendars",
    ]
    still = ["--pairs-each", "20", "--workers", "1"]
    one_week = folder / "people.csv"
    one_week.write_text("".join(PEOPLE.splitlines(keepends=True)[:4]), "utf-8")
    assert main([*call, *still]) == 0
    before = {p.name: p.read_bytes() for p in (folder / "out" / "calendars").glob("*.ics")}
    assert main([*call, *still]) == 0
    assert {p.name: p.read_bytes() for p in (folder / "out" / "calendars").glob("*.ics")} == before
    (folder / "away.csv").write_text("agent_id,first_day,last_day\nE0,2026-10-19,2026-10-25\n", "utf-8")
    assert main([*call, *still, "--absences", "away.csv"]) == 0
    old, new = (
        read_calendar(before["E0.ics"]),
        read_calendar((folder / "out" / "calendars" / "E0.ics").read_bytes()),
    )
    assert old
    assert [e.uid for e in new] == [e.uid for e in old]
    assert {(e.status, e.sequence) for e in new} == {("CANCELLED", 1)}


def test_with_a_plan_the_same_table_is_read_by_the_plans_queues(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.csv").write_text(
        "agent_id,site,contract,languages,channels\n7,SVQ,full,es:native,voice\n", "utf-8"
    )
    (folder / "n.csv").write_text(
        "site,language,time,agents\nSeville,Spanish,2026-10-26 09:00,1\nSeville,ES,2026-10-26 09:30,1\n",
        "utf-8",
    )
    assert (
        main(["schedule", "n.csv", "a.csv", "--plan", str(PLAN), "--out", "s.csv", "--weeks", "1", *QUICK])
        == 0
    )
    schedule = read_table(folder / "s.csv", SCHEDULE)
    assert set(schedule["agent_id"]) == {"7"}
    assert set(schedule.dropna(subset="channel")["channel"]) == {"voice"}


def test_what_the_plan_does_not_know_is_named_with_row_and_column_all_at_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.csv").write_text(
        "agent_id,site,contract,languages,channels\n7,SVQ,half,es:native,voice\n", "utf-8"
    )
    (folder / "n.csv").write_text(
        "place,site,language,time,agents\n"
        "x,Seville,Finnish,2026-10-26 09:00,1\nx,Oslo,es,2026-10-26 09:30,1\nx,Oslo,es,2026-10-26 10:00,1\n",
        "utf-8",
    )
    assert main(["schedule", "n.csv", "a.csv", "--plan", str(PLAN), "--out", "out"]) == 1
    said = capsys.readouterr().err
    for told in (
        "n.csv, row 2, language: “Finnish” is no language of SVQ",
        "n.csv, row 3, site: “Oslo” is no site of the plan; known: SVQ, LIS (2 rows)",
        "a.csv, row 2, contract: “half”",
    ):
        assert told in said
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--out", "need.csv/x"], "is no folder that could be written to"),
        (["--out", "x.csv", "--what", "excel"], "names a file for SCHEDULE alone"),
        (["--out", "x", "--first-day", "2027-01-04"], "needs nobody in the 7 days from 2027-01-04"),
        (["--out", "x", "--zone", "Europe/Madrid", "--plan", str(PLAN)], "with --plan there is no --zone"),
    ],
)
def test_what_cannot_be_done_is_said_before_any_work(
    folder: Path, capsys: pytest.CaptureFixture[str], more: list[str], told: str
) -> None:
    assert main(["schedule", "need.csv", "people.csv", *more]) == 1
    assert told in capsys.readouterr().err


def test_more_than_eight_weeks_are_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["schedule", "need.csv", "people.csv", "--out", "x", "--weeks", "9"])
    assert "9 is not between 1 and 8" in capsys.readouterr().err


def test_what_changes_against_the_published_schedule_is_told_and_calendars_go_on(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "people.csv").write_text("".join(PEOPLE.splitlines(keepends=True)[:4]), "utf-8")
    call = ["schedule", "need.csv", "people.csv", "--zone", "Europe/Madrid", *QUICK]
    assert main([*call, "--out", "old"]) == 0
    (folder / "away.csv").write_text("agent_id,first_day,last_day\nE0,2026-10-19,2026-10-25\n", "utf-8")
    capsys.readouterr()
    assert main([*call, "--out", "new", "--absences", "away.csv", "--published", "old/schedule.csv"]) == 0
    assert "shift dropped" in capsys.readouterr().out
    assert (folder / "new" / "changes.csv").exists()
    old, new = (
        read_calendar((folder / name / "calendars" / "E0.ics").read_bytes()) for name in ("old", "new")
    )
    assert {(e.uid, e.sequence, e.status) for e in new} == {(e.uid, 1, "CANCELLED") for e in old}


def test_what_is_locked_stays(folder: Path) -> None:
    (folder / "people.csv").write_text("".join(PEOPLE.splitlines(keepends=True)[:4]), "utf-8")
    (folder / "locked.csv").write_text(
        "agent_id,site,day,start,end,activity\n"
        "E0,site,2026-10-19,,,off\nE0,site,2026-10-20,2026-10-20T11:00+02:00,2026-10-20T19:30+02:00,shift\n",
        "utf-8",
    )
    call = ["schedule", "need.csv", "people.csv", "--zone", "Europe/Madrid", "--out", "s.parquet", *QUICK]
    assert main([*call, "--locked", "locked.csv"]) == 0
    rows = read_table(folder / "s.parquet", SCHEDULE).query("agent_id == 'E0'")
    assert pd.Timestamp("2026-10-19") not in set(rows["day"])
    tuesday = rows[rows["day"] == pd.Timestamp("2026-10-20")]
    assert (tuesday["start"].min(), tuesday["end"].max()) == (
        pd.Timestamp("2026-10-20T09:00Z"),
        pd.Timestamp("2026-10-20T17:30Z"),
    )
