"""Parquet: typed cells; damage, size and shape are looked at before anything is unpacked."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from planner.domain.problems import InputError
from planner.records import Limits, read_records

FRAME = pd.DataFrame(
    {
        "site": pd.Series(["SVQ", None, "LIS"], dtype="str"),
        "offered": [1, 2, 3],
        "at": pd.date_range("2026-10-26", periods=3, freq="30min", tz="Europe/Madrid"),
        "note": ["a", "b", "c"],
    }
)


def knows(heading: str) -> str | None:
    return heading if heading != "note" else None


def saved(path: Path, frame: pd.DataFrame | pa.Table, **how: object) -> Path:
    table = frame if isinstance(frame, pa.Table) else pa.Table.from_pandas(frame)
    pq.write_table(table, path / "file.parquet", **how)
    return path / "file.parquet"


def refused(path: Path, **limits: int) -> str:
    with pytest.raises(InputError) as error:
        read_records(path, knows=knows, limits=Limits(**limits))
    return error.value.problems[0].code


@pytest.mark.parametrize("compression", ["none", "snappy", "zstd"])
def test_cells_keep_their_types(tmp_path: Path, compression: str) -> None:
    records = read_records(saved(tmp_path, FRAME, compression=compression), knows=knows)
    assert records.cells["site"].tolist()[::2] == ["SVQ", "LIS"]
    assert records.cells["site"].isna().tolist() == [False, True, False]
    assert records.cells["offered"].tolist() == [1, 2, 3]
    assert (records.cells["at"] == FRAME["at"]).all()
    assert (records.rows.tolist(), records.ignored) == ([2, 3, 4], ("note",))


def test_a_category_is_text(tmp_path: Path) -> None:
    records = read_records(saved(tmp_path, FRAME.astype({"site": "category"})), knows=knows)
    assert str(records.cells["site"].dtype) == "str"


def test_every_truncation_is_one_clear_problem(tmp_path: Path) -> None:
    whole = saved(tmp_path, FRAME).read_bytes()
    for length in range(8, len(whole), 61):
        path = tmp_path / "cut.parquet"
        path.write_bytes(whole[:length])
        assert refused(path) == "broken_parquet"


def test_lists_in_cells_are_refused_by_column(tmp_path: Path) -> None:
    table = pa.table({"site": pa.array([["a"], ["b"]]), "offered": [1, 2]})
    assert refused(saved(tmp_path, table)) == "nested_column"
    table = pa.table({"note": pa.array([["a"], ["b"]]), "offered": [1, 2]})
    assert len(read_records(saved(tmp_path, table), knows=knows).cells) == 2


def test_a_file_that_declares_too_much_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, FRAME)
    assert refused(path, rows=2) == "too_large_a_file"
    assert refused(path, unpacked_bytes=10) == "too_large_a_file"


def test_one_huge_text_repeated_is_refused_before_it_is_spread(tmp_path: Path) -> None:
    column = pa.DictionaryArray.from_arrays(
        pa.array([0] * 1_000_000, pa.int32()), pa.array(["x" * 1_000_000])
    )
    path = saved(tmp_path, pa.table({"site": column}), compression="zstd")
    assert path.stat().st_size < 100_000
    assert refused(path) == "text_too_long"


def test_no_known_column_is_no_problem_of_the_file(tmp_path: Path) -> None:
    records = read_records(saved(tmp_path, FRAME), knows=lambda _: None)
    assert list(records.cells.columns) == []
    assert records.ignored == ("site", "offered", "at", "note")
