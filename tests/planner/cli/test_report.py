"""`planner report` and `planner score`: what is asked for is written, what is wrong is said."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from planner.cli import main
from planner.domain.tables import SCORECARD
from planner.importers import read_table
from planner.pipeline.reported import for_people
from tests.dashboards.small_centre import YAML, write_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reported")
    write_store(folder)
    return folder


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--out", "page.docx"], "end it in .pdf, .png, .xlsx"),
        (["--out", "nowhere/page.pdf"], "its folder is missing"),
        (
            ["--week", "2026-W02", "--out", "page.xlsx"],
            "was not scored in full; the last full ones begin on: ",
        ),
        (["--month", "2026-09", "--out", "page.xlsx"], "the month of 2026-09-01 was not scored in full"),
        (["--client", "Nobody", "--out", "page.xlsx"], "“Nobody” is no client of a queue; known: none"),
        (["--plan", "20200101-000000-abcdef", "--out", "page.xlsx"], "has no plan 20200101-000000-abcdef"),
        (["--language", "klingon", "--out", "page.xlsx"], "“klingon” is no language"),
        (["--chart", "why", "--out", "page.pdf"], "end it in .png"),
    ],
)
def test_what_cannot_be_reported_is_said(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    options: list[str], said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert main(["report", str(store), *options]) == 1
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("options", [["--week", "40"], ["--week", "2026-W60"], ["--month", "2026-13"]])
def test_a_period_is_written_as_iso_has_it(
    store: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["report", str(store), *options, "--out", "x.pdf"])
    assert "write one such as 2026-" in capsys.readouterr().err


def test_the_workbook_of_a_week_holds_its_scorecards_and_the_contract(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "week.xlsx"
    assert main(["report", str(store), "--week", "2026-W40", "--out", str(out)]) == 0
    book = openpyxl.load_workbook(out, read_only=True)
    assert {"DEFINITIONS", "CONTRACT", "SERVICE", "QUALITY", "RESOLUTION"} <= set(book.sheetnames)
    service = pd.read_excel(out, sheet_name="SERVICE")
    assert set(service["period_start"]) == {pd.Timestamp("2026-09-28")}
    contract = pd.read_excel(out, sheet_name="CONTRACT").set_index(["channel", "measure"])
    whole = service[(service[["site", "language"]] == "all").all(axis=1) & (service["channel"] == "voice")]
    level = whole[whole["measure"] == "service_level"]["value"].iloc[0]
    assert contract.loc[("voice", "service_level"), "actual"] == pytest.approx(level)
    assert contract.loc[("voice", "service_level"), "margin"] == pytest.approx(level - 0.8)


@pytest.fixture
def volume_file(tmp_path: Path) -> tuple[Path, Path]:
    """A plan.yaml whose inputs are a week of one queue, and that file."""
    starts = pd.date_range("2026-09-21 08:00", periods=14, freq="30min", tz="UTC")
    rows = pd.DataFrame({"site": "LIS", "language": "pt", "channel": "voice", "interval_start": starts, "interval_min": 30,
                         "offered": 100, "answered": 95, "abandoned": 5, "answered_within_20_s": 80})  # fmt: skip
    path = tmp_path / "volume.csv"
    rows.to_csv(path, index=False)
    plan = tmp_path / "plan.yaml"
    plan.write_text(YAML + "inputs: {volume: [volume.csv]}\n")
    return plan, path


@pytest.mark.parametrize("place", ["plan", "file", "option"])
def test_a_plan_and_its_files_give_the_same_scores(
    volume_file: tuple[Path, Path], tmp_path: Path, place: str
) -> None:
    plan, path = volume_file
    given = {
        "plan": [str(plan)],
        "file": [str(path), "--plan", str(plan)],
        "option": ["--volume", str(path), "--plan", str(plan)],
    }
    out = tmp_path / "scores.csv"
    assert main(["score", *given[place], "--out", str(out)]) == 0
    card = read_table(out, SCORECARD)
    level = card[(card["measure"] == "service_level") & (card["period"] == "week") & (card["site"] == "LIS")]
    assert set(level["value"]) == {0.8}
    assert set(level["n"]) == {1400}


def test_a_folder_gets_the_workbook_and_every_table(volume_file: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "scores"
    assert main(["score", str(volume_file[0]), "--out", str(out)]) == 0
    names = {path.name for path in out.iterdir()}
    assert {"scorecards.xlsx", "scorecard.csv", "scorecard.parquet"} <= names
    assert openpyxl.load_workbook(out / "scorecards.xlsx", read_only=True).sheetnames[0] == "DEFINITIONS"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "name one plan.yaml"),
        (["--plan", "plan.yaml"], "give a plan.yaml alone, or files"),
        (["volume.csv", "--plan", "plan.yaml", "--volume", "volume.csv"], "not both"),
        (["plan.yaml", "--plan", "plan.yaml"], "name one plan.yaml"),
        (["plan.yaml", "--out", "scores.docx"], "end it in .csv, .parquet, .xlsx, or name a folder"),
        (["plan.yaml", "--out", "nowhere/scores.csv"], "is missing or closed"),
    ],
)
def test_what_cannot_be_scored_is_said(
    volume_file: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str], given: list[str], said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(volume_file[0].parent)
    out = [] if "--out" in given else ["--out", str(tmp_path / "out.csv")]
    assert main(["score", *given, *out]) == 1
    assert said in capsys.readouterr().err


def test_a_workbook_keeps_the_weeks_of_a_quarter_and_every_month() -> None:
    weeks, months = (
        pd.date_range("2026-01-05", periods=30, freq="7D"),
        pd.date_range("2026-01-01", periods=7, freq="MS"),
    )
    starts = [*[("week", day) for day in weeks], *[("month", day) for day in months]]
    row = {"site": "all", "language": "all", "channel": "all", "measure": "offered", "value": 1.0, "low": None,
           "high": None, "n": 1.0, "definition": "contacts"}  # fmt: skip
    card = SCORECARD.check(pd.DataFrame([{**row, "period": of, "period_start": day} for of, day in starts]))
    ((_, shown),) = for_people([(SCORECARD, card)])
    assert shown.loc[shown["period"] == "week", "period_start"].tolist() == list(weeks[-13:])
    assert (shown["period"] == "month").sum() == 7
