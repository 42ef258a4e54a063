"""The straight line on a small sample centre: from files to a published plan, and each step alone."""

import re
from pathlib import Path

import pandas as pd
import pytest

from planner.cli import main
from planner.domain import tables as t
from planner.exporters.tabular import write_table
from planner.importers import read_table
from planner.sample import draw
from planner.store import Store, current, read_history, read_plan

SMALL = "settings: {paths: 40, backtest_origins: 3, replications: 4, precision: null, seconds_per_site: 1.0, workers: 1}\n"
VOICE = r"(    voice: \{aht_s: [\d.]+, )patience_s: [\d.]+\}"  # of each queue's own entry
PUBLISHED = {
    "FORECAST", "FORECAST_DAYS", "FORECAST_PATHS", "ACCURACY", "REQUIREMENT", "BACKLOG", "COST_CURVE", "AGENTS", "ABSENCES",
    "FORECAST_ROLLUP", "FORECAST_ERRORS", "EFFECTS", "FINDINGS", "EVENTS", "TEACHING", "OVERRIDES", "LAST_FORECAST",
    "LAST_FORECAST_DAYS",
    "PREFERENCES", "WISHES", "MISSED_WISHES", "FAIRNESS", "FAIRNESS_GROUPS", "SHORTAGE",
    "UNDER_OVER", "WORTH", "HIRES", "RULE_COST",
    "SCHEDULE", "SCHEDULE_REPORT", "VIOLATIONS", "COVERAGE", "SERVICE_CHECK", "SCORECARD", "PAY_HOURS", "CALENDAR_EVENTS",
    "PATIENCE", "PATIENCE_CURVE", "HANDLE_TIMES", "HANDLING_FROM_DATA",
}  # fmt: skip
PUBLISHED |= {
    "DISPUTES",
    "DISPUTED",
    "EXPLAINED",
    "EVALUATION_SCORES",
    "AGENT_SCORES",
    "AGENT_ITEMS",
    "FORM_ITEMS",
    "FORM_ANCHORS",
    "SAMPLING",
    "DRAWS",
    "TRENDS",
    "LENIENCY",
    "TODAY",
    "AGREEMENT",
    "BRIDGES",
    "COMPARISONS",
    "COSTS",
    "HOURLY_COST",
    "COST_OF_PLAN",
    "COST_BY_QUEUE",
    "COST_OF_POINT",
    "FCR_CURVE",
    "REPEATS",
    "RESOLUTION",
}  # fmt: skip  # tables of quality_line, one a line
MAY_BE_EMPTY = {
    "AGREEMENT",
    "BRIDGES",
    "DISPUTES",
    "DISPUTED",
    "LENIENCY",
    "VIOLATIONS",
    "TEACHING",
    "OVERRIDES",
    "FORECAST_ROLLUP",
    "FORECAST_ERRORS",
    "EFFECTS",
    "FINDINGS",
    "RULE_COST",  # a second a site reaches no rule
}

pytestmark = pytest.mark.xdist_group("line")


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the drawn inputs and a store that holds one plan of them."""
    folder = tmp_path_factory.mktemp("line")
    draw(folder / "input", scale=0.02)
    path = folder / "input" / "plan.yaml"
    weeks = "forecast_weeks: 16, schedule_weeks: 2"
    text = path.read_text()
    assert weeks in text
    text = text.replace(weeks, "forecast_weeks: 2, schedule_weeks: 1")
    path.write_text(re.sub(VOICE, r"\1patience_s: from data, patience_shape: from data}", text) + SMALL)
    assert main(["plan", str(path), "--store", str(folder / "store")]) == 0
    return folder


def table(centre: Path, name: str) -> pd.DataFrame:
    store = Store(centre / "store")
    info = current(store)
    assert info is not None
    return read_plan(store, info.plan_id, name)


def test_a_plan_holds_every_table_of_the_line(centre: Path) -> None:
    info = current(Store(centre / "store"))
    assert info is not None
    assert set(info.tables) == PUBLISHED
    assert info.facts["synthetic"] is True
    assert min(info.tables[name] for name in PUBLISHED - MAY_BE_EMPTY) > 0


def test_no_labour_rule_is_broken_and_the_bound_holds(centre: Path) -> None:
    assert table(centre, "VIOLATIONS").empty
    report = table(centre, "SCHEDULE_REPORT")
    assert (report["bound"] <= report["cost"] + 1e-6).all()
    assert set(report["site"]) == {"SVQ", "LIS", "KRK", "CAS", "CAI", "BOG", "SAO"}


def test_every_live_queue_is_forecast_staffed_and_simulated(centre: Path) -> None:
    queue = ["site", "language", "channel"]
    live = set(map(tuple, table(centre, "FORECAST")[queue].drop_duplicates().to_numpy()))
    assert len(live) == 56
    assert set(map(tuple, table(centre, "REQUIREMENT")[queue].drop_duplicates().to_numpy())) == live
    check = table(centre, "SERVICE_CHECK")
    simulated = set(map(tuple, check[queue].drop_duplicates().to_numpy()))
    assert {key for key in simulated if "all" not in key} == live
    assert ("all", "all", "voice") in simulated


def test_only_the_scheduled_week_is_scheduled(centre: Path) -> None:
    days = table(centre, "SCHEDULE")["day"]
    assert days.min() >= pd.Timestamp("2026-10-05")
    assert days.max() <= pd.Timestamp("2026-10-11")


def test_customers_are_not_kept(centre: Path) -> None:
    brought = pd.read_parquet(centre / "input" / "contacts.parquet", columns=["customer_id"])["customer_id"]
    kept = read_history(Store(centre / "store"), t.CONTACTS, columns=["customer_id"])["customer_id"]
    assert kept.notna().sum() == brought.notna().sum()
    assert not set(kept.dropna()) & set(brought.dropna())


def test_importing_again_changes_nothing(centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(centre / "input" / name) for name in ("volume.parquet", "contacts.parquet", "agents.csv")]
    before = sorted(path.name for path in (centre / "store" / "history").rglob("*.parquet"))
    plan = str(centre / "input" / "plan.yaml")
    assert main(["import", *files, "--plan", plan, "--store", str(centre / "store")]) == 0
    assert capsys.readouterr().out.count("the same content was imported before") == 3
    assert sorted(path.name for path in (centre / "store" / "history").rglob("*.parquet")) == before


def test_a_bad_file_among_good_ones_stores_nothing(centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = centre / "bad.csv"
    bad.write_text(
        "site,language,channel,interval_start,interval_min,offered\nSVQ,es,voice,2026-10-05T10:00Z,30,many\n"
    )
    agents = str(centre / "input" / "agents.csv")
    plan, store = str(centre / "input" / "plan.yaml"), centre / "fresh"
    assert main(["import", agents, str(bad), "--plan", plan, "--store", str(store)]) == 1
    assert "bad.csv, row 2, offered: “many” is not a number" in capsys.readouterr().err
    assert read_history(Store(store), t.AGENTS).empty


def test_each_step_alone_gives_what_the_line_gave(centre: Path) -> None:
    plan, out = ["--plan", str(centre / "input" / "plan.yaml")], centre / "steps"
    out.mkdir()
    write_table(table(centre, "FORECAST"), t.FORECAST, out / "forecast.csv")
    write_table(table(centre, "SCHEDULE"), t.SCHEDULE, out / "schedule.csv")
    write_table(table(centre, "FORECAST_PATHS"), t.FORECAST_PATHS, out / "paths.parquet")
    agents = str(centre / "input" / "agents.csv")
    plan += ["--store", str(centre / "store")]
    paths = ["--paths", str(out / "paths.parquet")]
    assert (
        main(["staff", str(out / "forecast.csv"), *paths, *plan, "--out", str(out / "requirement.csv")]) == 0
    )
    needed = read_table(out / "requirement.csv", t.REQUIREMENT)
    pd.testing.assert_frame_equal(needed, table(centre, "REQUIREMENT"), check_like=True)
    inputs = [
        str(out / "schedule.csv"),
        str(out / "forecast.csv"),
        agents,
        "--paths",
        str(out / "paths.parquet"),
    ]
    assert main(["simulate", *inputs, *plan, "--out", str(out / "check.parquet")]) == 0
    check = read_table(out / "check.parquet", t.SERVICE_CHECK)
    pd.testing.assert_frame_equal(check, table(centre, "SERVICE_CHECK"), check_like=True)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (["plan", "absent.yaml", "--store", "s"], "cannot be opened"),
        (["tables", "NOTHING"], "no table NOTHING"),
        (["dashboard", "--store", "nowhere"], "holds no published plan"),
        (["staff", "f.csv", "--plan", "p.yaml", "--out", "r.docx"], "cannot be written"),
    ],
)
def test_a_wrong_call_is_answered_in_words(
    call: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(call) == 1
    assert words in capsys.readouterr().err


def test_the_glossary_names_every_column(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables"]) == 0
    printed = capsys.readouterr().out
    assert [c.name for each in t.TABLES for c in each.columns if c.name not in printed] == []


@pytest.mark.parametrize(
    "command",
    [
        "sample",
        "import",
        "forecast",
        "staff",
        "schedule",
        "simulate",
        "score",
        "plan",
        "dashboard",
        "tables",
        "demo",
        "patience",
        "override",
        "teach",
        "compare",
        "replan",
    ],
)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main([command, "--help"])
    assert done.value.code == 0
    assert len(capsys.readouterr().out.splitlines()) > 5
