"""How an import meets the parts that are there, against a join in pandas."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from planner.store.merge import Shared, shared, write_rest, write_together


def written(path: Path, frame: pd.DataFrame) -> Path:
    frame.to_parquet(path, index=False)
    return path


def drawn(rng: np.random.Generator, rows: int) -> pd.DataFrame:
    frame = pd.DataFrame(
        {"a": rng.integers(0, 6, rows), "b": rng.choice(["x", "y", "ü"], rows)}
    ).drop_duplicates()
    return frame.assign(
        value=rng.choice([1.0, 2.0, np.nan], len(frame)), flag=rng.choice([True, False], len(frame))
    )


@pytest.mark.parametrize("seed", range(5))
def test_shared_keys_and_differing_rows_are_counted_as_by_a_join(tmp_path: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    old, new = drawn(rng, 12), drawn(rng, 9)
    part, coming = written(tmp_path / "part.parquet", old), written(tmp_path / "new.parquet", new)
    both = old.merge(new, on=["a", "b"], suffixes=("", "_new"))
    same = (both["value"].eq(both["value_new"]) | (both["value"].isna() & both["value_new"].isna())) & (
        both["flag"] == both["flag_new"]
    )
    with duckdb.connect() as connection:
        counted = shared(connection, [part], coming, key=("a", "b"))
        write_rest(connection, part, coming, tmp_path / "rest.parquet", key=("a", "b"))
    assert counted == {part: Shared(len(both), int((~same).sum()))}
    kept = pd.read_parquet(tmp_path / "rest.parquet")
    expected = old[~old.set_index(["a", "b"]).index.isin(new.set_index(["a", "b"]).index)]
    pd.testing.assert_frame_equal(kept.sort_values(["a", "b"], ignore_index=True),
                                  expected.sort_values(["a", "b"], ignore_index=True), check_dtype=False)  # fmt: skip


def test_a_column_that_one_side_lacks_counts_as_missing_cells(tmp_path: Path) -> None:
    part = written(tmp_path / "part.parquet", pd.DataFrame({"a": [1, 2], "extra": [None, 5.0]}))
    coming = written(tmp_path / "new.parquet", pd.DataFrame({"a": [1, 2]}))
    with duckdb.connect() as connection:
        assert shared(connection, [part], coming, key=("a",)) == {part: Shared(2, 1)}


def test_parts_together_hold_the_rows_and_columns_of_all(tmp_path: Path) -> None:
    one = written(tmp_path / "1.parquet", pd.DataFrame({"a": [1], "b": ["x"]}))
    two = written(tmp_path / "2.parquet", pd.DataFrame({"a": [2], "c": [0.5]}))
    with duckdb.connect() as connection:
        write_together(connection, [one, two], tmp_path / "together.parquet")
    rows = pd.read_parquet(tmp_path / "together.parquet")
    assert rows["a"].tolist() == [1, 2]
    assert rows["c"].tolist()[1] == 0.5
    assert rows[["b", "c"]].isna().to_numpy().tolist() == [[False, True], [True, False]]
