"""The wishes of the demonstration centre: as many as said, of people on its roster, in its opening hours."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from planner.config import load_plan
from planner.domain.wish_days import minutes_of
from planner.importers import read


@pytest.fixture(scope="module")
def wishes(folder: Path) -> pd.DataFrame:
    plan = load_plan(folder / "plan.yaml")
    agents = pd.read_csv(folder / "agents.csv")[["agent_id", "site", "contract"]]
    return read(folder / "preferences.csv", centre=plan.centre).frame.merge(agents, on="agent_id", how="left")


def test_every_wish_is_of_somebody_on_the_roster(wishes: pd.DataFrame) -> None:
    assert wishes["site"].notna().all()


def test_about_a_third_wishes_for_a_band(folder: Path, wishes: pd.DataFrame) -> None:
    agents = len(pd.read_csv(folder / "agents.csv"))
    asking = wishes.loc[wishes["wish"] == "start", "agent_id"].nunique()
    assert asking / agents == pytest.approx(1 / 3, abs=0.05)
    assert set(wishes["wish"]) == {"start", "day off", "work"}


def test_a_band_lies_in_the_opening_hours_of_the_site(folder: Path, wishes: pd.DataFrame) -> None:
    sites = load_plan(folder / "plan.yaml").centre.sites
    bands = wishes[wishes["wish"] == "start"]
    for site, begin, end in zip(bands["site"], bands["start_from"], bands["start_to"]):
        ((opens, closes),) = sites[site].hours.weekdays[0]
        assert opens <= minutes_of(begin) < minutes_of(end) <= closes - 4 * 60
