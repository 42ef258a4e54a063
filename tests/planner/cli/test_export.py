"""`planner export` writes a published schedule, whole or of one site, and says what it cannot do."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from planner.cli import main
from planner.domain.tables import PAY_HOURS
from planner.importers import read_table
from planner.store import Store
from tests.planner.exporters.roster.ical import read_calendar
from tests.planner.pipeline.published_plans import published, week
from tests.staffing.scheduling.planted import paid_h


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    plan = week()
    published(Store(tmp_path / "store"), plan, plan.schedule)
    return tmp_path


def test_the_current_plan_is_exported_also_where_it_was_published_without_hours(folder: Path) -> None:
    assert main(["export", "store", "--out", "out"]) == 0
    rows = week().schedule
    hours = read_table(folder / "out" / "pay_hours.csv", PAY_HOURS)
    assert hours.query("period == 'total'")["paid_h"].sum() == pytest.approx(paid_h(rows))
    events = [e for p in (folder / "out" / "calendars").glob("*.ics") for e in read_calendar(p.read_bytes())]
    assert sum(e.hours for e in events) == pytest.approx(
        ((rows["end"] - rows["start"]) / pd.Timedelta(hours=1)).sum()
    )


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--site", "XXX"], "“XXX” is no site of the plan; known: SVQ"),
        (["--plan-id", "20200101-000000-000000"], "is no plan of store"),
    ],
)
def test_what_is_not_there_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], more: list[str], told: str
) -> None:
    assert main(["export", "store", "--out", "out", *more]) == 1
    assert told in capsys.readouterr().err
    assert not (folder / "out").exists()


def test_only_what_is_asked_for_is_written(folder: Path) -> None:
    assert (
        main(["export", "store", "--out", "out", "--what", "bars", "--what", "genesys", "--site", "SVQ"]) == 0
    )
    assert {path.name for path in (folder / "out").iterdir()} == {"schedule_bars.txt", "genesys_SVQ.json"}
