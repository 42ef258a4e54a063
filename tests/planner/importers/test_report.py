"""The report tells what a person would count by hand."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.config import load_plan
from planner.domain.centre import QueueKey
from planner.domain.tables import VOLUME
from planner.importers import ImportReport, read
from planner.importers.report import changes_of, gaps_of

CASES = Path(__file__).resolve().parents[2] / "cases"
CENTRE = load_plan(CASES / "plan.yaml").centre
SPANISH = QueueKey("SVQ", "es", "voice")  # Monday to Friday, 09:00 to 21:00 in Madrid, closed on 25 December


def half_hours(first: str, last: str, key: QueueKey = SPANISH) -> pd.DataFrame:
    starts = pd.date_range(first, last, freq="30min", tz="Europe/Madrid").tz_convert("UTC")
    queue = {"site": key.site, "language": key.language, "channel": key.channel}
    return VOLUME.check(pd.DataFrame(queue | {"interval_start": starts, "interval_min": 30, "offered": 0}))


def test_a_closed_night_weekend_or_holiday_is_no_gap() -> None:
    volume = half_hours("2026-12-21", "2027-01-03")
    clock = volume["interval_start"].dt.tz_convert("Europe/Madrid")
    day_open = (clock.dt.day_of_week < 5) & ~((clock.dt.month == 12) & (clock.dt.day == 25))
    is_open = day_open & clock.dt.hour.between(9, 20)
    assert gaps_of(volume[is_open].reset_index(drop=True), CENTRE) == ()


def test_gaps_are_the_open_intervals_taken_out() -> None:
    volume = half_hours("2026-10-19 09:00", "2026-10-30 20:30")  # over the change of 25 October
    rng = np.random.default_rng(5)
    out = np.sort(rng.choice(np.arange(1, len(volume) - 1), 60, replace=False))
    clock = volume["interval_start"].dt.tz_convert("Europe/Madrid").iloc[out]
    missed = clock[(clock.dt.day_of_week < 5) & clock.dt.hour.between(9, 20)]
    [gap] = gaps_of(volume.drop(index=out).reset_index(drop=True), CENTRE)
    assert gap.queue == SPANISH
    assert (gap.intervals, gap.first, gap.last) == (len(missed), missed.iloc[0], missed.iloc[-1])


def test_a_missing_day_of_a_daily_record_is_one_gap() -> None:
    volume = half_hours("2026-10-20", "2026-10-30")
    days = volume[volume["interval_start"].dt.tz_convert("Europe/Madrid").dt.hour == 0].iloc[::2]
    daily = days.assign(interval_min=1440).reset_index(drop=True)
    assert gaps_of(daily, CENTRE) == ()
    [gap] = gaps_of(daily.drop(index=[3, 4]).reset_index(drop=True), CENTRE)  # a Friday and a Saturday
    assert gap.intervals == 1
    assert gap.first == pd.Timestamp("2026-10-23", tz="Europe/Madrid")


def test_clock_changes_are_those_of_the_sites_in_the_span() -> None:
    said = [str(change) for change in changes_of(half_hours("2026-10-20", "2026-10-30"), CENTRE)]
    assert said == ["2026-10-25 Europe/Madrid: 1 h back"]
    assert changes_of(half_hours("2026-10-26", "2026-10-30"), CENTRE) == ()


@pytest.fixture
def report(tmp_path: Path) -> ImportReport:
    path = tmp_path / "week.csv"
    path.write_bytes(
        "Week 44\n"
        "site;language;channel;interval_start;interval_min;offered;talk_s;año\n"
        "SVQ;es;voice;2026-10-23 20:30;30;4;1200,5;x\n"
        "SVQ;es;voice;2026-10-26 10:30;30;2;600;x\n"
        "SVQ;es;email;2026-10-26 10:30;30;2;;x\n".encode("latin-1")
    )
    return read(path, centre=CENTRE).report


def test_the_report_is_a_value_that_names_what_was_found(report: ImportReport) -> None:
    assert (report.file, report.table, report.rows, report.duplicates) == ("week.csv", "VOLUME", 3, 0)
    assert report.span == (pd.Timestamp("2026-10-23T18:30Z"), pd.Timestamp("2026-10-26T09:30Z"))
    assert report.queues == (SPANISH, QueueKey("SVQ", "es", "email"))
    assert [gap.intervals for gap in report.gaps] == [3]  # 09:00, 09:30 and 10:00 on Monday
    assert [change.zone for change in report.clock_changes] == ["Europe/Madrid"]
    assert report.ignored == ("año",)
    opened = report.opened
    assert (opened.encoding, opened.separator, opened.header_row) == ("Windows-1252", ";", 2)
    assert len(report.notices) == 3
    with pytest.raises(FrozenInstanceError):
        report.rows = 4


def test_the_report_reads_as_one_fact_a_line(report: ImportReport) -> None:
    assert str(report).splitlines() == [
        "week.csv: 3 rows of VOLUME (interval volumes with our own column names)",
        "  span             2026-10-23 18:30 UTC to 2026-10-26 09:30 UTC",
        "  queues           2: SVQ · es · voice; SVQ · es · email",
        "  gaps             3 open intervals without a row: SVQ · es · voice 3, 2026-10-26 08:00 to 2026-10-26 09:00 UTC",
        "  duplicates       none",
        "  clock changes    2026-10-25 Europe/Madrid: 1 h back",
        "  columns left out año",
        "  read as          CSV, Windows-1252, separated by semicolons, header in row 2",
        "  service level    counts answered_within_{seconds}_s; the formula is the one named in plan.yaml",
        "  AHT              (talk_s + hold_s + wrap_s, or handle_s where its parts are unknown) / answered",
        "  interval         as the file counts; offered belongs to the interval in which the contact arrived",
        "  note             it is not UTF-8 and was read as Windows-1252; check names with accents; "
        "numbers are written with a decimal comma; "
        "times without an offset were read on the clock of the row's site or time_zone",
    ]


def test_gaps_of_a_span_longer_than_any_record_are_not_listed() -> None:
    ends = half_hours("2026-10-26 10:00", "2026-10-26 10:30")
    ends.loc[1, "interval_start"] += pd.Timedelta(days=73 * 365)
    assert gaps_of(ends, CENTRE) == ()
