"""History grows by imports: the latest row of a key is read, and nothing is stored twice."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.domain.table import Table
from planner.domain.tables import ABSENCES, AGENTS, CONTACTS, EVALUATIONS, TABLES, VOLUME
from planner.store import Added, Store, add_history, read_history
from planner.store import growth as growth_module
from tests.planner.store.frames import MONDAY, NOW, agents, volume


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "a new" / "store with 'quotes'")


def add(store: Store, frame: pd.DataFrame, table: Table = VOLUME, source: str = "volume.csv") -> Added:
    return add_history(store, table, frame, source=source, now=NOW)


def state(store: Store) -> dict[str, bytes]:
    return {
        str(p): p.read_bytes() for p in sorted(store.folder.rglob("*")) if p.is_file() and p.name != ".lock"
    }


def test_what_is_added_is_read_back_typed(store: Store) -> None:
    frame = volume(
        3, 0, 7, answered=[3, None, 6], talk_s=[10.5, None, 0.1], answered_within_20_s=[1, None, 2]
    )
    assert add(store, frame) == Added(rows=3, new=3)
    pd.testing.assert_frame_equal(read_history(store, VOLUME), frame)


def test_history_that_was_never_imported_is_empty_with_every_column(store: Store) -> None:
    pd.testing.assert_frame_equal(read_history(store, VOLUME), VOLUME.empty())
    assert list(read_history(store, VOLUME, columns=["offered"]).columns) == ["offered"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_declared_table_keeps_its_types_with_full_and_with_missing_cells(
    store: Store, table: Table
) -> None:
    cells = {"text": "día", "count": 3, "number": 0.1, "share": 0.5, "flag": True}
    moments = {"utc": pd.Timestamp("2026-10-25T01:30:00.000001Z"), "day": pd.Timestamp("2026-10-25")}
    full = {c.name: (cells | moments)[c.kind] for c in table.columns if "{" not in c.name}
    blank = {c.name: np.nan if c.may_be_empty else full[c.name] for c in table.columns if "{" not in c.name}
    frame = pd.DataFrame([full, blank]).astype({c.name: c.dtype for c in table.columns if c.name in full})
    frame[table.grain[0]] = frame[table.grain[0]].where([True, False], other=other_key(table))
    add(store, frame, table)
    expected = frame.sort_values(list(table.grain), ignore_index=True)
    if "customer_id" in frame:
        expected["customer_id"] = read_history(store, table)["customer_id"]
    pd.testing.assert_frame_equal(read_history(store, table), expected)


def other_key(table: Table) -> object:
    return {"text": "zz", "count": 9, "utc": MONDAY, "day": MONDAY.tz_localize(None)}[
        table.column(table.grain[0]).kind
    ]


def test_a_later_import_of_the_same_key_wins(store: Store) -> None:
    add(store, volume(1, 2, 3))
    added = add(store, volume(20, 3, 40, start=MONDAY + pd.Timedelta("30min")))
    assert added == Added(rows=3, new=1, replaced=1)
    assert read_history(store, VOLUME)["offered"].tolist() == [1, 20, 3, 40]


def test_a_row_replaces_the_whole_row_so_that_columns_it_lacks_become_unknown(store: Store) -> None:
    add(store, volume(5, 6, answered=[4, 5]))
    assert add(store, volume(6, start=MONDAY + pd.Timedelta("30min"))).replaced == 1
    assert read_history(store, VOLUME)["answered"].tolist()[0] == 4
    assert np.isnan(read_history(store, VOLUME)["answered"].tolist()[1])


def test_the_same_file_imported_twice_changes_no_byte_of_the_store(store: Store) -> None:
    add(store, volume(1, 2, 3))
    before = state(store)
    assert add(store, volume(1, 2, 3)) == Added(rows=3, unchanged_file=True)
    assert state(store) == before


def test_two_files_imported_again_change_nothing_either(store: Store) -> None:
    first, second = volume(1, 2), volume(3, site="SVQ")
    add(store, first)
    add(store, second)
    before = state(store)
    assert [add(store, frame).unchanged_file for frame in (first, second, first)] == [True, True, True]
    assert state(store) == before


def test_the_same_rows_in_another_order_or_from_another_file_change_nothing(store: Store) -> None:
    add(store, volume(1, 2, 3))
    assert add(store, volume(1, 2, 3).iloc[::-1], source="other.csv").unchanged_file


def test_an_older_file_imported_after_a_correction_wins_again(store: Store) -> None:
    old, correction = volume(1, 2), volume(9, 2)
    for frame in (old, correction, old):
        add(store, frame)
    assert read_history(store, VOLUME)["offered"].tolist() == [1, 2]


def test_the_order_of_imports_of_different_keys_changes_nothing_that_is_read(tmp_path: Path) -> None:
    parts = [volume(1, 2), volume(3, site="SVQ"), volume(4, 5, start=MONDAY + pd.Timedelta("7D"))]
    one, other = Store(tmp_path / "one"), Store(tmp_path / "other")
    for frame in parts:
        add(one, frame)
    for frame in parts[::-1]:
        add(other, frame.sample(frac=1, random_state=0))
    pd.testing.assert_frame_equal(read_history(one, VOLUME), read_history(other, VOLUME))


def test_many_imports_read_as_if_the_last_row_of_each_key_had_been_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Witness: pandas keeps the last duplicate. Parts are compacted on the way."""
    monkeypatch.setattr(growth_module, "MANY_PARTS", 3)
    rng = np.random.default_rng(4)
    imports = []
    for _ in range(25):
        start = MONDAY + pd.Timedelta(minutes=30 * int(rng.integers(0, 30)))
        imports.append(volume(*rng.integers(0, 3, rng.integers(1, 8)).tolist(), start=start))
        add(store, imports[-1])
    every = pd.concat(imports)
    expected = every.drop_duplicates(list(VOLUME.grain), keep="last").sort_values(
        "interval_start", ignore_index=True
    )
    pd.testing.assert_frame_equal(read_history(store, VOLUME), expected)
    assert len(list(store.history("VOLUME").glob("part-*"))) <= 3 + 1 + 4  # those now, and those just retired


def test_a_key_stands_in_one_part_only(store: Store) -> None:
    for offered in (1, 2, 3):
        add(store, volume(offered, offered, start=MONDAY + pd.Timedelta(minutes=30 * offered)))
    manifest = growth_module.read_manifest(store.history("VOLUME"))
    keys = pd.concat(pd.read_parquet(path) for path in manifest.paths(store.history("VOLUME")))
    assert not keys.duplicated(list(VOLUME.grain)).any()
    assert len(keys) == manifest.rows == 4


def test_an_agent_missing_from_a_later_roster_stays(store: Store) -> None:
    add(store, agents("a", "b"), AGENTS)
    assert add(store, agents("b", "c", contract="part"), AGENTS) == Added(rows=2, new=1, replaced=1)
    assert read_history(store, AGENTS)["contract"].tolist() == ["full", "part", "part"]


def test_a_list_of_absences_replaces_the_one_before(store: Store) -> None:
    def absences(*ids: str) -> pd.DataFrame:
        day = pd.Timestamp("2026-10-07")
        return ABSENCES.check(pd.DataFrame({"agent_id": ids, "first_day": day, "last_day": day}))

    add(store, absences("a", "b"), ABSENCES)
    assert add(store, absences("b", "c"), ABSENCES) == Added(rows=2, new=1, removed=1)
    assert read_history(store, ABSENCES)["agent_id"].tolist() == ["b", "c"]
    add(store, absences("b"), ABSENCES)
    assert add(store, absences("b", "c"), ABSENCES).unchanged_file is False
    add(store, ABSENCES.empty()[["agent_id", "first_day", "last_day"]], ABSENCES)
    assert read_history(store, ABSENCES).empty


def test_reading_since_a_moment_leaves_out_earlier_rows(store: Store) -> None:
    add(store, volume(1, 2, 3))
    since = MONDAY + pd.Timedelta("30min")
    assert read_history(store, VOLUME, since=since.to_pydatetime())["offered"].tolist() == [2, 3]
    assert read_history(store, VOLUME, since=MONDAY.date())["offered"].tolist() == [1, 2, 3]
    with pytest.raises(ValueError, match="AGENTS has no column of moments"):
        read_history(store, AGENTS, since=MONDAY.date())


def test_columns_are_read_in_the_order_asked_and_a_column_never_imported_is_empty(store: Store) -> None:
    add(store, volume(1, 2))
    read = read_history(store, VOLUME, columns=["answered", "offered"])
    assert list(read.columns) == ["answered", "offered"]
    assert read["answered"].isna().all()
    assert read["answered"].dtype == "float64"
    with pytest.raises(KeyError, match="VOLUME has no column nonsense"):
        read_history(store, VOLUME, columns=["nonsense"])


def test_customer_ids_are_not_written(store: Store) -> None:
    contacts = CONTACTS.check(
        pd.DataFrame(
            {
                "contact_id": ["1", "2", "3"],
                "customer_id": ["maria@example.org", None, "maria@example.org"],
                "site": "LIS", "language": "pt", "channel": "voice",
                "arrived_at": MONDAY,
            }
        )
    )  # fmt: skip
    add(store, contacts, CONTACTS)
    assert not any(b"maria" in content for content in state(store).values())
    hidden = read_history(store, CONTACTS)["customer_id"]
    assert hidden.isna().tolist() == [False, True, False]
    assert hidden[0] == hidden[2] != "maria@example.org"


def test_flags_and_shares_of_evaluations_survive(store: Store) -> None:
    row = {
        "evaluation_id": "e1", "evaluated_at": MONDAY, "agent_id": "a", "rater_id": "r", "site": "LIS", "language": "pt",
        "channel": "voice", "form": "F-1", "stream": "random", "section": "s", "section_weight": 1.0, "item": "i",
        "item_weight": 2.0, "item_class": "customer", "critical": True, "points": None,
    }  # fmt: skip
    frame = EVALUATIONS.check(pd.DataFrame([row, row | {"item": "j", "critical": False, "points": 1.0}]))
    add(store, frame, EVALUATIONS)
    pd.testing.assert_frame_equal(read_history(store, EVALUATIONS), frame)
