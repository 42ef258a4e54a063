"""Overrides and words on teaching from the command line."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from planner.cli import main
from planner.domain.forecast_tables import OVERRIDES, TEACHING
from planner.domain.table import Table
from planner.store import Store, read_history

PLAN = str(Path(__file__).resolve().parents[2] / "cases" / "plan.yaml")
DAYS = ["--first-day", "2026-11-27", "--last-day", "2026-11-30", "--author", "Ana", "--reason", "vouchers"]
FAR = ["--expires", "2099-12-31"]


@pytest.fixture
def store(tmp_path: Path) -> list[str]:
    return ["--store", str(tmp_path / "store")]


def rows(store: list[str], table: Table = OVERRIDES) -> pd.DataFrame:
    return read_history(Store(Path(store[1])), table)


def test_an_override_is_entered_listed_and_withdrawn(
    store: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    add = ["override", "add", "--language", "es", "--share", "-0.2", *DAYS, *FAR, "--plan", PLAN, *store]
    assert main(add) == 0
    row = rows(store).iloc[0]
    assert row["override_id"] in capsys.readouterr().out
    assert (row["language"], row["site"], row["change"], row["value"]) == ("es", "all", "share", -0.2)
    assert main(["override", "list", *store]) == 0
    assert "in force" in capsys.readouterr().out
    assert main(["override", "withdraw", row["override_id"], "--author", "Rui", *store]) == 0
    capsys.readouterr()
    assert main(["override", "list", *store]) == 0
    listed = capsys.readouterr().out
    assert "withdrawn" in listed
    assert "Ana" in listed
    assert "Rui" in listed


def test_one_day_is_its_own_last_day(store: list[str]) -> None:
    one = [*DAYS[:2], *DAYS[4:]]
    assert main(["override", "add", "--exactly", "0", *one, *FAR, "--plan", PLAN, *store]) == 0
    assert rows(store)["last_day"].item() == pd.Timestamp("2026-11-27")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ([*DAYS, *FAR, "--plan", PLAN, "--language", "fr"], "language: “fr” is not one of es, pt, de, all"),
        ([*DAYS, *FAR, "--plan", PLAN, "--reason", " "], "reason: the cell is empty"),
        ([*DAYS, "--expires", "2020-01-01", "--plan", PLAN], "expires: “2020-01-01” is over"),
        ([*DAYS, *FAR], "name the centre with --plan"),
    ],
)
def test_a_wrong_entry_is_answered_in_words_and_not_stored(
    call: list[str], words: str, store: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["override", "add", "--contacts", "10", *call, *store]) == 1
    assert words in capsys.readouterr().err
    assert rows(store).empty


def test_days_are_kept_from_teaching_until_the_word_is_withdrawn(
    store: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--site", "LIS", "--channel", "voice"]
    assert main(["teach", "add", "--teaches", "no", *where, *DAYS, "--plan", PLAN, *store]) == 0
    assert rows(store, TEACHING)["teaches"].tolist() == [False]
    away = ["teach", "withdraw", *where, "--first-day", "2026-11-27", "--author", "Rui", *store]
    assert main(away) == 0
    assert rows(store, TEACHING)["withdrawn_by"].item() == "Rui"
    assert main(away) == 1
    assert "already" in capsys.readouterr().err
