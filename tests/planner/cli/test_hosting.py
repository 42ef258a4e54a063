"""`planner hosting` plans from the store's newest forecast, publishes beside the plans, and says what it saves."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from planner.cli import main
from planner.domain.hosting_tables import HOSTING_SERVICE, HOSTING_TABLES
from planner.importers import read_table
from planner.pipeline.hosting import newest_hosting
from planner.store import Store
from tests.dashboards.small_centre import YAML, write_store


def one_site() -> str:
    """The plan of the small centre with one site and what it answers by voice: little to simulate."""
    tree = yaml.safe_load(YAML)
    tree["queues"] = [{"site": "TYO", "language": "ja", "channels": ["voice"]}]
    tree["events"] = []
    return yaml.safe_dump(tree, allow_unicode=True)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hosted") / "store"
    write_store(folder)
    return folder


def test_what_it_comes_to_is_printed_published_and_written(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plan.yaml").write_text(one_site(), encoding="utf-8")
    call = [
        "hosting",
        str(store),
        "--plan",
        str(tmp_path / "plan.yaml"),
        "--weeks",
        "2",
        "--out",
        str(tmp_path),
    ]
    assert main(call) == 0
    said = capsys.readouterr().out
    assert "proposed against today's queues" in said
    assert "every target holds" in said
    assert all((tmp_path / f"{table.name.lower()}.csv").exists() for table in HOSTING_TABLES)
    service = read_table(tmp_path / "hosting_service.csv", HOSTING_SERVICE)
    assert set(service["line"]) == {"ja"}
    found = newest_hosting(Store(store))
    assert found is not None
    assert found.tables["HOSTING_SEARCH"]["holds"].all()


def test_without_a_forecast_it_says_what_to_do_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plan.yaml").write_text(YAML, encoding="utf-8")
    assert main(["hosting", str(tmp_path / "empty"), "--plan", str(tmp_path / "plan.yaml")]) == 1
    assert "no published forecast" in capsys.readouterr().err


def test_weeks_outside_their_bounds_are_a_wrong_call(store: Path) -> None:
    with pytest.raises(SystemExit):
        main(["hosting", str(store), "--weeks", "0"])
