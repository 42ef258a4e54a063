"""A file read in pieces holds the same cells, rows and problems as read at once."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.domain.problems import InputError
from planner.records import Records, read_records
from planner.records import stream as stream_module
from planner.records import text as text_module
from planner.records.stream import stream_records

HEADER = "contact_id;site;reason"


def knows(heading: str) -> str | None:
    return heading if heading in ("contact_id", "site", "reason") else None


def rows_of_text(n: int) -> list[str]:
    return [f'c{i};LIS;"pagó {i}\nfactura"' if i % 7 == 0 else f"c{i};LIS;pagó" for i in range(n)]


def joined(pieces: list[Records]) -> tuple[pd.DataFrame, np.ndarray]:
    return (
        pd.concat([piece.cells for piece in pieces], ignore_index=True),
        np.concatenate([piece.rows for piece in pieces]),
    )


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_module, "BLOCK_BYTES", 1 << 10)
    monkeypatch.setattr(stream_module, "PIECE_ROWS", 100)


def same_as_at_once(path: Path) -> list[Records]:
    pieces, whole = list(stream_records(path, knows=knows)), read_records(path, knows=knows)
    cells, rows = joined(pieces)
    pd.testing.assert_frame_equal(cells, whole.cells, check_dtype=False)
    np.testing.assert_array_equal(rows, whole.rows)
    assert [p for piece in pieces for p in piece.problems] == list(whole.problems)
    assert len(pieces[0].cells) == 0
    assert pieces[0].labels == whole.labels
    assert pieces[0].opened == whole.opened
    assert pieces[0].notices == whole.notices
    return pieces


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_in_pieces_is_the_text_read_at_once(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes("\n".join([HEADER, *rows_of_text(500)]).encode(encoding))
    assert len(same_as_at_once(path)) > 5


def test_rows_below_blank_and_ragged_rows_keep_their_numbers(tmp_path: Path) -> None:
    lines = rows_of_text(400)
    for at in (3, 120, 121, 380):
        lines[at] = "c;too;many;cells"
    for at in (10, 200, 201):
        lines[at] = ""
    path = tmp_path / "log.csv"
    path.write_text("\n".join(["A title", "", HEADER, *lines]))
    pieces = same_as_at_once(path)
    assert [p.row for p in pieces[-1].problems] == [3 + 4, 120 + 4, 121 + 4, 380 + 4]


def test_parquet_in_pieces_is_the_parquet_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    frame = pd.DataFrame({"contact_id": [f"c{i}" for i in range(450)], "site": "LIS", "else": 1})
    frame.to_parquet(path)
    assert len(same_as_at_once(path)) == 1 + 5


def test_a_header_alone_is_one_piece_without_rows(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(HEADER)
    cells, rows = joined(list(stream_records(path, knows=knows)))
    assert len(cells) == len(rows) == 0
    assert list(cells.columns) == HEADER.split(";")


def test_a_truncated_parquet_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    pd.DataFrame({"contact_id": range(1000)}).to_parquet(path)
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(InputError, match="truncated or damaged"):
        list(stream_records(path, knows=knows))
