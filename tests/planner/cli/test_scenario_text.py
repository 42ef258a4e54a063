"""What `planner scenario` prints: differences in points and per cent, steps, weeks of a move, days of a backlog."""

from __future__ import annotations

import pandas as pd

from planner.cli.scenario_text import its_own, said, side_by_side
from planner.domain.scenario import Move, Scenario, When, Where
from planner.domain.scenario_tables import SCENARIO_BACKLOG, SCENARIO_REPLY, SCENARIO_STEPS, SCENARIO_WEEKS

MONDAYS = pd.date_range("2026-10-05", periods=2, freq="7D")


def tables(**given: pd.DataFrame) -> dict[str, pd.DataFrame]:
    every = (SCENARIO_STEPS, SCENARIO_WEEKS, SCENARIO_REPLY, SCENARIO_BACKLOG)
    return {table.name: given.get(table.name, table.empty()) for table in every}


def test_numbers_as_people_read_them() -> None:
    assert said(0.384, "share") == "38.4 %"
    assert said(float("nan"), "FTE") == "–"
    assert said(4.0, "days") == "4 days"
    assert said(1234567.8, "EUR") == "1,234,568 EUR"


def test_shares_differ_by_points_and_all_else_by_per_cent() -> None:
    rows = [
        ("service", "voice", "share", 0.8, 0.75),
        ("cost", "all", "EUR", 200.0, 230.0),
        ("aht", "all", "s", 300.0, 300.0),
    ]
    table = pd.DataFrame(rows, columns=["measure", "of", "unit", "base", "mine"])
    table["mine difference"] = table["mine"] - table["base"]
    lines = list(side_by_side(table, ["mine"]))
    assert lines[1].split("  ")[0] == "service (voice)"
    assert lines[1].endswith("75.0 % (-5.0 points)")
    assert lines[2].endswith("230 EUR (+15.0%)")
    assert lines[3].endswith("300 s")


def test_a_move_week_by_week_says_nothing_of_a_site_without_need() -> None:
    scenario = Scenario("mine", "Mine", changes=(Move(Where(("SVQ",), ("it",)), When(), "TIA"),))
    rows = [
        {"site": site, "language": "it", "week": week, "need_h": need, "there_h": 50.0, "chance": 0.9,
         "base_need_h": 100.0 if site == "SVQ" else float("nan"), "base_there_h": 90.0, "base_chance": 0.8}
        for week in MONDAYS for site, need in (("SVQ", 80.0), ("TIA", 0.0))
    ]  # fmt: skip
    lines = list(its_own(scenario, tables(SCENARIO_WEEKS=pd.DataFrame(rows))))
    assert lines[-1].startswith("2026-10-12")
    assert "80 / 50 h, 90.0 % (80.0 %)" in lines[-1]
    assert lines[-1].endswith("0 / 50 h, – (–)")


def test_one_change_has_no_steps_and_several_have() -> None:
    steps = pd.DataFrame(
        {"step": [1, 2], "name": ["a", "together"], "kind": ["alone", "together"], "contacts": [5.0, 5.0], "work_h": [1.0, 1.0], "fte": [float("nan")] * 2}
    )  # fmt: skip
    assert list(its_own(Scenario("mine", "Mine"), tables(SCENARIO_STEPS=steps))) == []
    two = pd.concat([steps.iloc[:1], steps], ignore_index=True)
    assert list(its_own(Scenario("mine", "Mine"), tables(SCENARIO_STEPS=two)))[-1].endswith(
        "+5          +1         –"
    )


def test_a_backlog_is_listed_while_it_differs() -> None:
    days = pd.date_range("2026-11-16", periods=4)
    rows = pd.DataFrame({"site": "SVQ", "language": "es", "channel": "email", "day": days, "base": 10.0})
    rows["scenario"] = rows["overtime"] = rows["no_bulk"] = [10.0, 90, 40, 10]
    lines = list(its_own(Scenario("mine", "Mine"), tables(SCENARIO_BACKLOG=rows)))
    assert [line[:10] for line in lines[-2:]] == ["Tue 17 Nov", "Wed 18 Nov"]
