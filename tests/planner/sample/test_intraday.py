"""What the sample's days were planned with: beside VOLUME row for row, and it adds up."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.config import load_plan
from planner.importers import read
from planner.sample.courses import courses, history_clock
from planner.sample.duty import day_factor
from planner.sample.parameters import read_parameters
from tests.planner.sample.conftest import SMALL

KEY = ["site", "language", "channel", "interval_start"]


@pytest.fixture(scope="module")
def both(folder: Path) -> pd.DataFrame:
    """INTRADAY with VOLUME beside it, as an importer reads them."""
    plan = load_plan(folder / "plan.yaml")
    frames = {
        name: read(folder / f"{name}.parquet", centre=plan.centre).frame for name in ("volume", "intraday")
    }
    volume = frames["volume"]
    year = volume[volume["interval_start"] >= frames["intraday"]["interval_start"].min()]
    return frames["intraday"].merge(year, on=KEY, how="left", validate="one_to_one")


def test_every_planned_half_hour_was_counted(both: pd.DataFrame) -> None:
    assert both["offered"].notna().mean() > 0.99  # written queues have rows only where contacts came
    live = both["channel"].isin(["voice", "chat", "messaging"])
    assert both.loc[live, "offered"].notna().all()


def test_staffed_is_what_absence_and_time_away_leave_of_the_roster(both: pd.DataFrame) -> None:
    left = both["scheduled_s"] - both["absent_s"] - both["away_s"]
    live = both["channel"].isin(["voice", "chat", "messaging"])
    assert np.abs(left - both["staffed_s"])[live].max() < 0.002


def test_absence_is_the_days_people_and_adherence_is_near_the_usual(both: pd.DataFrame) -> None:
    rows = both[both["channel"] == "voice"]
    absence = rows["absent_s"].sum() / rows["scheduled_s"].sum()
    planned = rows["planned_absent_s"].sum() / (
        rows[["planned_staffed_s", "planned_absent_s", "planned_away_s"]].sum().sum()
    )
    assert planned == pytest.approx(absence, abs=0.01)
    kept = 1 - rows["away_s"].sum() / (rows["scheduled_s"] - rows["absent_s"]).sum()
    assert kept == pytest.approx(0.93, abs=0.003)


def test_the_planted_absence_stands_in_its_week(both: pd.DataFrame) -> None:
    """sample.yaml plants 7 points more absence on Italian in the week from 6 July 2026; Seville's usual is 7 %."""
    local = both["interval_start"].dt.tz_convert("Europe/Rome").dt.tz_localize(None)
    week = (local >= "2026-07-06") & (local < "2026-07-13")
    rows = both[week & (both["language"] == "it") & (both["scheduled_s"] > 0)]
    assert rows["absent_s"].sum() / rows["scheduled_s"].sum() == pytest.approx(0.14, abs=1e-6)


def test_the_day_factor_of_the_past_is_not_drawn_anew() -> None:
    """Who reads the factor again gets the numbers that staffed the history."""
    parameters = read_parameters(scale=SMALL)
    clock = history_clock(parameters)
    course = next(course for course in courses(parameters, clock) if course.key.channel == "voice")
    again = [day_factor(course, parameters, clock) for _ in range(2)]
    assert np.array_equal(*again)
