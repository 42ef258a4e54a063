"""Opens a file by what it holds, not by its name, and refuses what no planner can use."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Literal

from planner.records.parquet import read_parquet
from planner.records.records import Knows, Limits, Records, refuse
from planner.records.text import read_text
from planner.records.workbook import read_workbook

Kind = Literal["parquet", "workbook", "text"]
FOREIGN: dict[bytes, tuple[str, str]] = {
    b"\xd0\xcf\x11\xe0": (
        "old_excel",
        "is an old or password-protected Excel file; save it as .xlsx without a password",
    ),
    b"\x1f\x8b": ("packed", "is packed with gzip; unpack it first"),
    b"BZh": ("packed", "is packed with bzip2; unpack it first"),
    b"7z\xbc\xaf": ("packed", "is a 7-Zip archive; unpack it first"),
    b"\x28\xb5\x2f\xfd": ("packed", "is packed with zstd; unpack it first"),
    b"%PDF": ("not_a_table", "is a PDF; export the table as CSV or Excel"),
}


def read_records(
    path: Path, *, knows: Knows, sheets: Collection[str] = (), limits: Limits | None = None
) -> Records:
    """The raw cells of a CSV, Excel or Parquet file; InputError says why it cannot be read.

    `knows` turns a heading into a column's name; unknown columns are named and left out. In a
    workbook the sheet named as one of `sheets` is read, else the first.
    """
    limits = limits or Limits()
    kind = kind_of(path, limits)
    if kind == "parquet":
        return read_parquet(path, knows=knows, limits=limits)
    if kind == "workbook":
        return read_workbook(path, knows=knows, sheets=sheets, limits=limits)
    return read_text(path, knows=knows, limits=limits)


def kind_of(path: Path, limits: Limits) -> Kind:
    """What a file holds, by its first bytes; InputError when it is none of the three or too large."""
    start = _first_bytes(path, limits)
    for magic, (code, note) in FOREIGN.items():
        if start.startswith(magic):
            raise refuse(code, note, path.name)
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"PK\x03\x04"):
        return "workbook"
    _check_suffix(path)
    return "text"


def _first_bytes(path: Path, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise refuse("unreadable", f"cannot be opened: {error.strerror}", path.name) from None
    if not size:
        raise refuse("empty_file", "is empty (0 bytes); export it again", path.name)
    if size > limits.file_bytes:
        most = limits.file_bytes / 1e6
        note = f"holds {size / 1e6:,.0f} MB; at most {most:,.0f} MB are read at once, so split it"
        raise refuse("too_large_a_file", note, path.name)
    return start


def _check_suffix(path: Path) -> None:
    if path.suffix.lower() in (".parquet", ".pq"):
        raise refuse("not_parquet", "is called Parquet and is not; export it again", path.name)
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        raise refuse("not_excel", "is called an Excel workbook and is not; save it again as .xlsx", path.name)
