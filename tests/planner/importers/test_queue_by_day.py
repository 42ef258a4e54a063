"""The City of Kitchener's record: counts as published, averages as sums, blank days unknown."""

from pathlib import Path

import pandas as pd
import pytest

from planner.config import load_plan
from planner.importers import Imported, read

DATA = Path(__file__).resolve().parents[3] / "data" / "kitchener"


@pytest.fixture(scope="module")
def kitchener() -> Imported:
    plan = load_plan(DATA / "plan.yaml")
    return read(plan.inputs.volume[0], centre=plan.centre)


def test_the_published_totals_are_all_there(kitchener: Imported) -> None:
    assert len(kitchener.frame) == 1598
    assert kitchener.frame["offered"].sum() == 418_794  # stated beside the published file


def test_a_day_reads_as_it_stands_in_the_file(kitchener: Imported) -> None:
    last = kitchener.frame.iloc[-1]  # 2023-07-30: 108 presented, 103 handled, 127 s each
    assert last["interval_start"] == pd.Timestamp("2023-07-30", tz="America/Toronto")
    assert (last["interval_min"], last["offered"], last["answered"], last["abandoned"]) == (1440, 108, 103, 5)
    assert last["handle_s"] == 127 * 103
    assert (last["answered_within_30_s"], last["abandoned_within_30_s"]) == (79, 3)


def test_a_blank_day_is_unknown_and_said_so(kitchener: Imported) -> None:
    blank = pd.Timestamp("2020-10-03", tz="America/Toronto")
    assert not (kitchener.frame["interval_start"] == blank).any()
    assert "5 days without calls_presented" in str(kitchener.report)
