"""`planner cost` prices a published schedule, by its own plan or by another, and says what it cannot do."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from planner.cli import main
from planner.domain.cost_tables import COST_BY_QUEUE, COST_OF_PLAN
from planner.importers import read_table
from tests.dashboards.small_centre import YAML, write_store

DEARER = re.sub(r"cost_per_paid_hour: (\d+)", lambda found: f"cost_per_paid_hour: {2 * int(found[1])}", YAML)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("priced")
    write_store(folder)
    return folder


def costs(store: Path, out: Path, *more: str) -> pd.DataFrame:
    """COST_OF_PLAN as the command writes it."""
    assert main(["cost", str(store), "--out", str(out), *more]) == 0
    return read_table(out / "cost_of_plan.csv", COST_OF_PLAN)


def test_every_part_is_printed_and_the_tables_are_written(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sites = costs(store, tmp_path)
    total = sites.query("period == 'total'")["total"].sum()
    said = capsys.readouterr().out
    assert said.startswith(f"14 days cost {total:,.0f} EUR:")
    assert all(f"\n{part} " in said for part in ("region", "site", "language", "channel"))
    queues = read_table(tmp_path / "cost_by_queue.csv", COST_BY_QUEUE)
    assert queues.query("period == 'total'")["total"].sum() == pytest.approx(total)


def test_twice_the_price_is_twice_the_cost_of_the_same_schedule(store: Path, tmp_path: Path) -> None:
    other = tmp_path / "dearer.yaml"
    other.write_text(DEARER)
    once, twice = (
        costs(store, tmp_path / "a"),
        costs(store, tmp_path / "b", "--plan", str(other), "--by", "site"),
    )
    assert once["total"].gt(0).all()
    assert twice["total"].tolist() == pytest.approx((2 * once["total"]).tolist())
    assert twice["paid_h"].tolist() == once["paid_h"].tolist()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ((r"cost_per_paid_hour: \d+", "seats: 90"), "plan.yaml, costs: says no price"),
        (("full: {weekly", "whole: {weekly"), "people of the schedule have the contract “full”"),
    ],
)
def test_what_cannot_be_priced_is_said(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, str], told: str
) -> None:
    other = tmp_path / "plan.yaml"
    other.write_text(re.sub(*change, YAML))
    assert main(["cost", str(store), "--plan", str(other)]) == 1
    assert told in capsys.readouterr().err
