"""A file is opened by what it holds; what cannot be opened says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.domain.problems import InputError
from planner.records import Limits, read_records


def refused(path: Path, **limits: int) -> str:
    with pytest.raises(InputError) as error:
        read_records(path, knows=lambda text: text, limits=Limits(**limits))
    [problem] = error.value.problems
    assert problem.file == path.name
    return problem.code


def test_what_cannot_be_opened_says_so(tmp_path: Path) -> None:
    assert refused(tmp_path / "nothing.csv") == "unreadable"
    assert refused(tmp_path) == "unreadable"


def test_an_empty_file_and_one_too_large_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.touch()
    assert refused(path) == "empty_file"
    path.write_text("a,b\n1,2\n")
    assert refused(path, file_bytes=7) == "too_large_a_file"


@pytest.mark.parametrize(
    ("name", "code"), [("a.parquet", "not_parquet"), ("a.xlsx", "not_excel"), ("A.XLSX", "not_excel")]
)
def test_a_name_that_promises_another_kind_is_not_believed(tmp_path: Path, name: str, code: str) -> None:
    path = tmp_path / name
    path.write_text("a,b\n1,2\n")
    assert refused(path) == code


def test_a_name_without_a_kind_is_read_by_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "export"
    path.write_text("a,b\n1,2\n")
    assert read_records(path, knows=lambda text: text).cells.to_dict("list") == {"a": ["1"], "b": ["2"]}


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(",".join(f"c{n}" for n in range(1001)) + "\n")
    assert refused(path) == "too_many_columns"
