"""The workbook of a capacity plan: real numbers and dates, every setting, nothing that runs as a formula."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest
from openpyxl import load_workbook

from planner.exporters.capacity_book import ALL, SHEETS, write_capacity
from planner.pipeline.capacity_book import book_of
from planner.pipeline.capacity_plans import CapacityPlan
from tests.dashboards import small_capacity
from tests.planner.config.test_capacity import PLAN

SECTION = "{weeks: 12, level: p90, every_site: {attrition: {per_month: 0.04}, kinds: {class: {contract: full}}, classrooms: 2}, freezes: [{first_day: 2026-12-01, last_day: 2027-01-10}]}"


@pytest.fixture(scope="module")
def capacity(tmp_path_factory: pytest.TempPathFactory) -> CapacityPlan:
    yaml = tmp_path_factory.mktemp("book") / "plan.yaml"
    yaml.write_text(PLAN % SECTION)
    tables = small_capacity.tables()
    tables["CLASSES"] = tables["CLASSES"].assign(kind=["=cmd|' /C calc'!A0", "permanent"])
    made = datetime(2026, 10, 4, 22, tzinfo=UTC)
    return CapacityPlan("20261004-220000-abcdef", made, small_capacity.FACTS, tables, grown=False, yaml=yaml)


@pytest.fixture(scope="module")
def sheets(capacity: CapacityPlan, tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    path = tmp_path_factory.mktemp("book") / "capacity.xlsx"
    write_capacity(book_of(capacity), path)
    book = load_workbook(path)
    assert all(sheet.freeze_panes for sheet in book)
    assert book["Classes"]["C2"].data_type == "s"
    assert book["Need"]["A1"].font.bold
    return pd.read_excel(path, sheet_name=None)


def test_it_has_a_sheet_of_everything(sheets: dict[str, pd.DataFrame]) -> None:
    names = [name for name, _ in SHEETS]
    assert list(sheets) == ["Summary", *names, "Assumptions", "Definitions"]
    assert sheets["Classes"]["kind"].tolist()[0].startswith("=cmd")
    assert pd.api.types.is_datetime64_any_dtype(sheets["Classes"]["first_day"])
    assert sheets["Need"]["need_p75_fte"].iloc[0] == pytest.approx(400 / 40)


def test_the_summary_and_the_cost_are_those_of_the_tables(sheets: dict[str, pd.DataFrame]) -> None:
    summary = sheets["Summary"].set_index("figure")["value"]
    assert summary["cost: paid"] == pytest.approx(147_300)
    assert summary["cost: paid per contact"] == pytest.approx(147_300 / 1_800)
    assert summary["hours short"] == pytest.approx(160)
    assert summary["weakest chance"] == pytest.approx(0.2)
    cost = sheets["Cost"].set_index("site")
    assert cost.loc[ALL, "paid"] == pytest.approx(cost.loc[["LIS", "CAI"], "paid"].sum())
    assert cost.loc[ALL, "gap"] == pytest.approx(1_500 / 160_000)


def test_every_setting_says_where_it_is_set(sheets: dict[str, pd.DataFrame]) -> None:
    told = sheets["Assumptions"].set_index("setting")
    assert told.loc["capacity.every_site.attrition.per_month", ["value", "unit", "set in"]].tolist() == [
        0.04,
        "share",
        "plan.yaml",
    ]
    assert told.loc["capacity.shortage_hours", ["value", "set in"]].tolist() == [10, "default"]
    assert told.loc["capacity.level", ["value", "set in"]].tolist() == ["p75", "command line"]
    assert told.loc["capacity.freezes.0.first_day", "value"] == datetime(2026, 12, 1)
    assert told.loc["capacity.levers.0.kind", ["value", "set in"]].tolist() == ["freeze", "default"]
    assert told.loc["contracts.full.weekly_hours", "value"] == 40
    assert told["set in"].isin(["plan.yaml", "default", "command line"]).all()
    numbers = (
        told["unit"].notna()
        & told["value"].notna()
        & ~told["value"].map(lambda value: isinstance(value, date))
    )
    assert (
        told.loc[numbers & (told["unit"] == "weeks"), "value"].map(lambda value: isinstance(value, int)).all()
    )


def test_every_column_is_defined(sheets: dict[str, pd.DataFrame]) -> None:
    defined = sheets["Definitions"].dropna(subset=["name"]).set_index(["sheet", "name"])["meaning"]
    for name, _table in SHEETS:
        assert {(name, column) for column in sheets[name].columns} <= set(defined.index)
    assert defined.notna().all()
