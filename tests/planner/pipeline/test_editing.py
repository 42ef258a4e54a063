"""Planners enter and withdraw one at a time; nothing that was said is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from planner.config import load_plan
from planner.domain.forecast_tables import OVERRIDES, TEACHING
from planner.domain.problems import InputError
from planner.pipeline.bringing import Bringing, import_files
from planner.pipeline.editing import (
    Desk,
    add_override,
    add_teaching,
    listed,
    withdraw_override,
    withdraw_teaching,
)
from planner.pipeline.overrides import in_force
from planner.store import Store, imports_of, read_history

CASES = Path(__file__).resolve().parents[2] / "cases"
NOW = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)
SALE = {
    "site": "all", "language": "es", "channel": "all", "first_day": "2026-11-27", "last_day": "2026-11-30",
    "change": "share", "value": 0.25, "author": "Ana", "reason": "twice the vouchers", "expires": "2026-12-31",
}  # fmt: skip
FLOOD = {
    "site": "LIS", "language": "all", "channel": "all", "first_day": "2026-09-01", "last_day": "2026-09-02",
    "teaches": False, "author": "Ana", "reason": "flood",
}  # fmt: skip
FLOOD_KEY = {name: FLOOD[name] for name in TEACHING.grain}
SPAN = (date(2026, 11, 1), date(2026, 12, 31))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(Store(tmp_path / "store"), load_plan(CASES / "plan.yaml").centre, NOW)


def later(desk: Desk, hours: float) -> Desk:
    return replace(desk, now=desk.now + timedelta(hours=hours))


def states(desk: Desk) -> dict[str, str]:
    rows = listed(desk.store, OVERRIDES, today=desk.today)
    return dict(zip(rows["override_id"], rows["state"]))


def codes(refused: pytest.ExceptionInfo[InputError]) -> list[tuple[str, str | None, int | None]]:
    return [(problem.code, problem.column, problem.row) for problem in refused.value.problems]


def test_an_override_entered_is_in_force_until_it_expires(desk: Desk) -> None:
    override_id = add_override(desk, SALE)
    assert states(desk) == {override_id: "in force"}
    assert states(later(desk, 24 * 100)) == {override_id: "expired"}
    rows = read_history(desk.store, OVERRIDES)
    assert rows["made_at"].item() == pd.Timestamp(NOW)
    assert list(in_force(rows, today=desk.today, days=SPAN)["override_id"]) == [override_id]


def test_a_withdrawn_override_stays_to_be_read_and_no_longer_applies(desk: Desk) -> None:
    override_id = add_override(desk, SALE)
    withdraw_override(later(desk, 2), override_id, author="Rui")
    rows = read_history(desk.store, OVERRIDES)
    (row,) = rows.to_dict("records")
    assert (row["author"], row["reason"], row["value"]) == ("Ana", "twice the vouchers", 0.25)
    assert (row["withdrawn_by"], row["withdrawn_at"]) == ("Rui", pd.Timestamp("2026-10-12T11:30Z"))
    assert row["expires"] == pd.Timestamp("2026-10-11")
    assert in_force(rows, today=desk.today, days=SPAN).empty
    assert states(desk) == {override_id: "withdrawn"}
    assert [each.source for each in imports_of(desk.store, OVERRIDES)] == [
        f"Ana entered override {override_id}",
        f"Rui withdrew from OVERRIDES: {override_id}",
    ]


def test_two_of_the_same_second_are_two(desk: Desk) -> None:
    ids = {add_override(desk, SALE), add_override(desk, SALE | {"language": "de"})}
    assert len(ids) == 2
    assert set(states(desk)) == ids
    assert add_override(desk, SALE) in ids  # a button pressed twice


def test_what_is_wrong_is_said_by_column_and_nothing_is_stored(desk: Desk) -> None:
    wrong = {"author": " ", "reason": "", "language": "fr", "last_day": "2026-11-26", "value": -2}
    with pytest.raises(InputError) as refused:
        add_override(desk, SALE | wrong)
    assert set(codes(refused)) == {
        ("empty_cell", "author", None), ("empty_cell", "reason", None), ("unknown_value", "language", None),
        ("more_than", "first_day", None), ("too_small", "value", None),
    }  # fmt: skip
    with pytest.raises(InputError) as refused:
        add_override(desk, SALE | {"expires": "2026-10-11"})
    assert codes(refused) == [("expired", "expires", None)]
    assert not desk.store.folder.exists()


def test_only_what_stands_can_be_withdrawn_and_by_somebody(desk: Desk) -> None:
    override_id = add_override(desk, SALE)
    with pytest.raises(InputError, match="who withdraws it"):
        withdraw_override(desk, override_id, author=" ")
    with pytest.raises(InputError, match="OVERRIDES has no row nothing"):
        withdraw_override(desk, "nothing", author="Rui")
    withdraw_override(desk, override_id, author="Rui")
    with pytest.raises(InputError, match="withdrawn by Rui on 2026-10-12 already"):
        withdraw_override(desk, override_id, author="Eva")
    assert read_history(desk.store, OVERRIDES)["withdrawn_by"].item() == "Rui"


def test_a_word_on_teaching_is_withdrawn_by_its_key(desk: Desk) -> None:
    add_teaching(desk, FLOOD)
    withdraw_teaching(later(desk, 1), FLOOD_KEY, author="Rui")
    (row,) = listed(desk.store, TEACHING, today=desk.today).to_dict("records")
    assert (row["state"], row["author"], row["withdrawn_by"]) == ("withdrawn", "Ana", "Rui")
    add_teaching(later(desk, 2), FLOOD | {"author": "Eva", "teaches": True})
    (row,) = listed(desk.store, TEACHING, today=desk.today).to_dict("records")
    assert (row["state"], row["author"], row["teaches"]) == ("in force", "Eva", True)
    assert [each.source.split()[0] for each in imports_of(desk.store, TEACHING)] == ["Ana", "Rui", "Eva"]


def brought(desk: Desk, name: str) -> str:
    bringing = Bringing(desk.centre, desk.store, desk.now, lambda _: None)
    (text,) = import_files([CASES / name / "input.csv"], bringing)
    return text


def test_a_file_imported_again_changes_nothing_and_brings_nothing_back(desk: Desk) -> None:
    assert "3 rows: 3 new" in brought(desk, "overrides")
    first = read_history(desk.store, OVERRIDES)
    assert (first["made_at"] == pd.Timestamp(NOW)).all()
    assert "the same content was imported before" in brought(later(desk, 5), "overrides")
    withdraw_override(later(desk, 6), "sale", author="Rui")
    text = brought(later(desk, 7), "overrides")
    assert "left withdrawn   1 row" in text
    assert states(desk) == {"sale": "withdrawn", "audit": "in force", "letter": "in force"}
    assert len(read_history(desk.store, OVERRIDES)) == 3


def test_a_teaching_file_keeps_the_moments_it_names(desk: Desk) -> None:
    assert "2 rows: 2 new" in brought(desk, "teaching")
    assert "2026-04-01 09:00" in str(read_history(desk.store, TEACHING)["made_at"].min())
