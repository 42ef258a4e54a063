"""`planner compare` takes files and published plans, and says what it cannot find."""

from datetime import timedelta
from pathlib import Path

import pytest

from planner.cli import main
from planner.domain.tables import CHANGES, CHANGES_DAYS
from planner.importers import read_table
from planner.store import Store
from tests.planner.pipeline.published_plans import NOW, plan_file, published, week, written


def test_two_published_plans_are_compared_with_the_plan_they_were_made_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, plan = Store(tmp_path / "store"), week()
    first = published(store, plan, plan.schedule)
    published(store, plan, week(2).schedule, now=NOW + timedelta(days=1))
    out = ["--out", str(tmp_path / "c.csv"), "--days-out", str(tmp_path / "d.csv")]
    assert main(["compare", first, "current", "--store", str(tmp_path / "store"), *out]) == 0
    found = read_table(tmp_path / "c.csv", CHANGES)
    days = read_table(tmp_path / "d.csv", CHANGES_DAYS)
    assert days.loc[days["kind"] == "all", "items"].sum() == len(found) > 0
    assert f"{len(found):,} changes" in capsys.readouterr().out


def test_a_file_compared_with_itself_has_no_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, plan = str(written(week().schedule, "SCHEDULE", tmp_path)), str(plan_file(tmp_path))
    assert main(["compare", file, file, "--plan", plan, "--out", str(tmp_path / "c.csv")]) == 0
    assert read_table(tmp_path / "c.csv", CHANGES).empty
    assert "nothing differs" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (["nothing.csv", "current"], "is no file; name a SCHEDULE file, or say with --store"),
        (
            ["20261001-120000-abcdef", "current", "--store", "store"],
            "is no plan of store; the last ones: none yet",
        ),
        (["FILE", "FILE"], "say with --plan which plan.yaml"),
    ],
)
def test_what_cannot_be_found_is_said(
    call: list[str],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    file = str(written(week().schedule, "SCHEDULE", tmp_path))
    assert main(["compare", *(file if word == "FILE" else word for word in call), "--out", "c.csv"]) == 1
    assert words in capsys.readouterr().err
