"""`planner calculate`: the file comes back with its answers, in any of the three formats."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from planner.cli import main
from planner.domain.calculation import CALCULATION, RESULT_COLUMNS

ROOT = Path(__file__).resolve().parents[3]
RESULTS = [column.name for column in RESULT_COLUMNS]
ROWS = """queue,model,offered_per_h,aht_s,agents,patience_s,answer_within_s,target_service_level,planned_shrinkage
PT voice,erlang-c,200,180,14,,20,,0.3
=sum(A1),erlang-a,2400,300,,60,30,70%,
DE voice,erlang-x,200,180,14,,20,,
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rows.csv").write_text(ROWS, "utf-8")
    (tmp_path / "good.csv").write_text("".join(ROWS.splitlines(keepends=True)[:3]), "utf-8")
    return tmp_path


def test_good_rows_are_answered_and_the_bad_one_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["calculate", "rows.csv", "--out", "out.csv"]) == 1
    said = capsys.readouterr()
    assert [line for line in said.err.splitlines() if "first use" not in line] == [
        "rows.csv, row 4, model: “erlang-x” is not one of erlang-b, erlang-c, erlang-a, chat"
    ]
    assert "3 rows, 1 row not answered" in said.out
    found = pd.read_csv(folder / "out.csv")
    assert list(found.columns) == [*ROWS.splitlines()[0].split(","), *RESULTS, "problem"]
    assert found["agents_on_contact"].tolist()[:2] == [14, 154]
    assert found["service_level"][0] == pytest.approx(
        0.8883500191794669, rel=1e-12
    )  # PyPI, pyworkforce 0.1.0
    assert found["agents_rostered"][0] == 20
    assert found[RESULTS].iloc[2].isna().all()
    assert found["problem"].isna().tolist() == [True, True, False]
    assert found["target_service_level"][1] == "70%"


def test_all_good_is_a_success_without_a_problem_column(folder: Path) -> None:
    assert main(["calculate", "good.csv", "--out", "out.csv"]) == 0
    assert list(pd.read_csv("out.csv").columns) == [*ROWS.splitlines()[0].split(","), *RESULTS]


@pytest.mark.parametrize("suffix", ["xlsx", "parquet"])
def test_every_format_holds_the_same_answers(folder: Path, suffix: str) -> None:
    main(["calculate", "good.csv", "--out", "direct.csv"])
    assert main(["calculate", "good.csv", "--out", f"out.{suffix}"]) == 0
    assert main(["calculate", f"out.{suffix}", "--out", "again.csv"]) == 0
    direct, again = (pd.read_csv(name)[RESULTS] for name in ("direct.csv", "again.csv"))
    pd.testing.assert_frame_equal(direct, again, check_exact=True)


def test_a_negative_number_of_a_note_stays_a_number(folder: Path) -> None:
    (folder / "n.csv").write_text("model,offered_per_h,aht_s,agents,delta\nerlang-c,1,60,2,-3\n", "utf-8")
    assert main(["calculate", "n.csv", "--out", "out.csv"]) == 0
    assert pd.read_csv("out.csv")["delta"].tolist() == [-3]


@pytest.mark.parametrize("out", ["out.txt", "rows.csv"])
def test_a_result_that_cannot_be_written_is_refused_first(
    folder: Path, capsys: pytest.CaptureFixture[str], out: str
) -> None:
    assert main(["calculate", "rows.csv", "--out", out]) == 1
    assert out in capsys.readouterr().err
    assert (folder / "rows.csv").read_text("utf-8") == ROWS


def test_nothing_is_written_over_when_the_file_is_refused(folder: Path) -> None:
    (folder / "out.csv").write_text("old", "utf-8")
    (folder / "bad.csv").write_text("model,aht_s\nerlang-c,3\n", "utf-8")
    assert main(["calculate", "bad.csv", "--out", "out.csv"]) == 1
    assert (folder / "out.csv").read_text("utf-8") == "old"


def test_the_glossary_knows_every_column(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables", "calculation"]) == 0
    printed = capsys.readouterr().out
    assert [column.name for column in CALCULATION.columns if column.name not in printed] == []


def test_the_example_of_the_guide_is_answered_as_it_says(folder: Path) -> None:
    guide = (ROOT / "docs" / "guide.md").read_text("utf-8").split("## Calculator")[1]
    given, said = (re.search(rf"```{kind}\n(.*?)```", guide, re.DOTALL) for kind in ("csv", "text"))
    assert given is not None
    assert said is not None
    (folder / "situations.csv").write_text(given.group(1), "utf-8")
    assert main(["calculate", "situations.csv", "--out", "answers.csv"]) == 0
    columns = [
        "queue",
        "agents_on_contact",
        "agents_rostered",
        "binding",
        "service_level",
        "p_abandon",
        "occupancy",
    ]
    found = pd.read_csv("answers.csv")[columns].round(4)
    assert found.to_string(index=False).split() == said.group(1).split()
