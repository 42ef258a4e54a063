"""`planner capacity` on a small sample centre: published beside the plans, whole, and adding up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from planner.cli import main
from planner.config import load_plan
from planner.domain.capacity import PlannedClass
from planner.domain.capacity_tables import CAPACITY_TABLES, HEADCOUNT
from planner.domain.problems import InputError
from planner.importers import read_table
from planner.pipeline.capacity import refuse_past_classes
from planner.sample import draw
from planner.store import Store, current, plans

WEEKS = 7
pytestmark = pytest.mark.xdist_group("capacity")  # one worker draws and plans it
LEVERS = "  levers: [{kind: attrition}, {kind: volume, change: 0.2, sites: [LIS]}]\n"
QUICK = "settings: {paths: 20, workers: 1, backtest_origins: 0}\n"


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the drawn inputs, a store with their volume and people, and a capacity plan of it."""
    folder = tmp_path_factory.mktemp("capacity")
    draw(folder / "input", scale=0.02)
    plan = folder / "input" / "plan.yaml"
    plan.write_text(plan.read_text().replace("capacity:\n", f"capacity:\n{LEVERS}") + QUICK)
    files = [str(folder / "input" / name) for name in ("volume.parquet", "agents.csv")]
    where = ["--plan", str(plan), "--store", str(folder / "store")]
    assert main(["import", *files, *where]) == 0
    call = ["capacity", str(folder / "store"), "--plan", str(plan), "--weeks", str(WEEKS)]
    kept = ["--out", str(folder / "out"), "--workbook", str(folder / "plan.xlsx")]
    assert main([*call, "--seconds-per-site", "5", *kept]) == 0
    return folder


def table(centre: Path, name: str) -> pd.DataFrame:
    declared = next(table for table in CAPACITY_TABLES if table.name == name)
    return read_table(centre / "out" / f"{name.lower()}.csv", declared)


def test_it_stands_beside_the_plans(centre: Path) -> None:
    info = current(Store(centre / "store" / "capacity"))
    assert info is not None
    assert set(info.tables) == {table.name for table in CAPACITY_TABLES}
    assert plans(Store(centre / "store")) == ()


def test_the_workbook_is_written_with_the_plan(centre: Path) -> None:
    told = pd.read_excel(centre / "plan.xlsx", sheet_name="Assumptions").set_index("setting")
    assert told.loc["capacity.weeks", ["value", "set in"]].tolist() == [WEEKS, "command line"]


def test_every_week_of_every_site_adds_up(centre: Path) -> None:
    heads = table(centre, HEADCOUNT.name)
    assert heads.groupby("site")["week"].nunique().eq(WEEKS).all()
    assert heads["site"].nunique() == 7
    flow = heads["before"] + heads["hired"] + heads["taught_in"] - heads["taught_away"] - heads["left"]
    assert flow.to_numpy() == pytest.approx(heads["employed"].to_numpy(), abs=1e-6)


def test_what_is_short_is_what_nobody_works(centre: Path) -> None:
    supply = table(centre, "CAPACITY")
    assert (supply["supply_h"] + supply["short_h"]).to_numpy() == pytest.approx(
        supply[["supply_h", "need_p75_h"]].max(axis=1).to_numpy(), abs=1e-6
    )
    assert supply["chance"].between(0, 1).all()
    cost = table(centre, "CAPACITY_COST")
    assert (cost["bound"] <= cost["total"] + 1e-6).all()
    assert cost["short_h"].sum() == pytest.approx(supply["short_h"].sum(), abs=0.01)


def test_levers_say_what_they_do_site_by_site(centre: Path) -> None:
    levers = table(centre, "CAPACITY_LEVERS")
    assert levers.groupby(["lever", "response"])["site"].nunique().eq(7).all()
    held = levers[levers["response"] == "held"].set_index(["lever", "site"])
    busier, usual = held.loc["volume +20 % at LIS"], held.loc["attrition +5 points a month"]
    more = busier["watch_need_h"] / usual["watch_need_h"]
    assert 1.01 < more["LIS"] < 1.2  # small queues keep their least number of people
    assert more.drop("LIS").to_numpy() == pytest.approx(1)
    assert (busier.drop(index="LIS")["short_change_h"] == 0).all()
    assert (usual["heads_change"] < 0).all()


def test_need_rises_with_the_level(centre: Path) -> None:
    need = table(centre, "CAPACITY_NEED")
    whole = need[["need_p50_h", "need_p75_h", "need_p90_h"]].sum()
    assert whole.is_monotonic_increasing
    assert set(need["channel"]) == {"voice", "chat", "messaging", "email", "backoffice"}


def test_a_plan_that_says_nothing_of_hiring_is_refused(
    centre: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (centre / "input" / "plan.yaml").read_text()
    plan = tmp_path / "plan.yaml"
    plan.write_text(text[: text.index("capacity:")] + QUICK)
    assert main(["capacity", str(centre / "store"), "--plan", str(plan)]) == 1
    assert "capacity.every_site.kinds: says no kind of hiring" in capsys.readouterr().err


def test_a_class_before_today_is_refused_by_its_path(centre: Path) -> None:
    plan = load_plan(centre / "input" / "plan.yaml")
    past = PlannedClass("LIS", ("de",), "permanent", date(2026, 1, 5), 5)
    late = replace(plan, capacity=replace(plan.capacity, classes=(past,)))
    with pytest.raises(InputError) as refused:
        refuse_past_classes(late, date(2026, 10, 5))
    assert [problem.column for problem in refused.value.problems] == ["capacity.classes.0.first_day"]
