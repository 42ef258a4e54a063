"""Text is cut into cells whatever its encoding and separator, and rows keep the number a person sees."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from planner.domain.problems import InputError
from planner.records import Limits, Records, read_records

KNOWN = ("site", "name", "offered")
ROWS = [("SVQ", "Íñigo", "1"), ("LIS", "João; o 2.º", "2"), ("KRK", "Łukasz|x", "3"), ("CAI", "a\tb", "")]


def knows(heading: str) -> str | None:
    return heading.lower() if heading.lower() in KNOWN else None


def text(rows: list[tuple[str, ...]], separator: str = ",", end: str = "\n") -> str:
    def cell(value: str) -> str:
        return f'"{value}"' if any(mark in value for mark in ',;|\t\n"') else value

    return end.join(separator.join(map(cell, row)) for row in [KNOWN, *rows]) + end


def read(path: Path, content: bytes | str, **limits: int) -> Records:
    path = path / "file.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_records(path, knows=knows, limits=Limits(**limits))


def refused(path: Path, content: bytes | str, **limits: int) -> tuple[str, int | None]:
    with pytest.raises(InputError) as error:
        read(path, content, **limits)
    [problem] = error.value.problems
    return problem.code, problem.row


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_same_cells_come_out_of_every_way_to_write_them(
    tmp_path: Path, encoding: str, separator: str, end: str
) -> None:
    records = read(tmp_path, text(ROWS, separator, end).encode(encoding))
    assert [tuple(row) for row in records.cells.to_numpy()] == ROWS
    assert records.rows.tolist() == [2, 3, 4, 5]
    assert records.opened.separator == separator
    assert not records.problems
    assert not records.notices


@pytest.mark.parametrize(("encoding", "said"), [("cp1252", "Windows-1252"), ("latin-1", "Latin-1")])
def test_single_byte_encodings_are_read_and_said(tmp_path: Path, encoding: str, said: str) -> None:
    sign = "\x81" if encoding == "latin-1" else "€"  # 0x81 is no character of Windows-1252
    records = read(tmp_path, text([("SVQ", f"Íñigo {sign}", "1")]).encode(encoding))
    assert records.cells.loc[0, "name"] == f"Íñigo {sign}"
    assert said in records.notices[0]


def test_unknown_columns_are_named_and_left_out(tmp_path: Path) -> None:
    records = read(tmp_path, "x,Site,,offered,y\n1,SVQ,2,3,4\n")
    assert records.cells.to_dict("list") == {"site": ["SVQ"], "offered": ["3"]}
    assert records.ignored == ("x", "y")
    assert records.labels == {"site": "Site", "offered": "offered"}


@pytest.mark.parametrize("above", ["", "Report of May\n", '"a title\nof two lines"\n\n,,\n', "Site;list\n\n"])
def test_titles_above_the_header_are_passed_over_and_rows_still_counted(tmp_path: Path, above: str) -> None:
    content = above + "site,name,offered\nSVQ,Ana,1\n\n,,\nLIS,Rui,1,2\nLIS,Rui,2\n"
    records = read(tmp_path, content)
    titles = {"": 0, "R": 1, '"': 3, "S": 2}[above[:1]]
    assert records.opened.header_row == titles + 1
    assert records.rows.tolist() == [titles + 2, titles + 6]
    assert [problem.row for problem in records.problems] == [titles + 5]


def test_a_cell_over_several_lines_is_one_row(tmp_path: Path) -> None:
    records = read(tmp_path, 'site,name,offered\nSVQ,"Ana\nMaria",1\nLIS,Rui\nLIS,Rui,2\n')
    assert records.cells["name"].tolist() == ["Ana\nMaria", "Rui"]
    assert records.rows.tolist() == [2, 4]
    assert records.problems[0].row == 3


@pytest.mark.parametrize("seed", range(10))
def test_row_numbers_hold_among_blank_and_ragged_rows(tmp_path: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    kinds = rng.choice(["good", "blank", "commas", "ragged"], size=400, p=[0.7, 0.1, 0.1, 0.1])
    lines = {"good": "SVQ,Ana,{}", "blank": "", "commas": ", ,", "ragged": "SVQ,{}"}
    content = ["site,name,offered"] + [lines[kind].format(n + 2) for n, kind in enumerate(kinds)]
    records = read(tmp_path, "\n".join(content) + "\n")
    assert records.cells["offered"].astype(int).tolist() == records.rows.tolist()
    assert records.rows.tolist() == [n + 2 for n, kind in enumerate(kinds) if kind == "good"]
    ragged = [n + 2 for n, kind in enumerate(kinds) if kind == "ragged"]
    assert [problem.row for problem in records.problems if problem.row] == ragged[:20]


def test_many_ragged_rows_are_counted(tmp_path: Path) -> None:
    records = read(tmp_path, "site,offered\n" + "SVQ\n" * 1500)
    assert len(records.problems) == 21
    assert str(records.problems[-1]) == (
        "file.csv: and 1,480 more rows with a wrong number of cells, the last is row 1,501"
    )


@pytest.mark.parametrize("rows", [1, 40, 2_000_000])
def test_a_quotation_mark_that_is_never_closed_is_said(tmp_path: Path, rows: int) -> None:
    path = tmp_path / "file.csv"
    path.write_text('site,offered\nLIS,1\nSVQ,"2\n' + "SVQ,4\n" * rows)
    try:
        problems = read_records(path, knows=knows).problems
    except InputError as error:
        problems = error.problems
    assert [problem.code for problem in problems] == ["open_quote"]


def test_a_quotation_mark_inside_a_text_is_a_character(tmp_path: Path) -> None:
    records = read(tmp_path, 'site,name,offered\nSVQ,24" screen,1\n')
    assert records.cells.loc[0, "name"] == '24" screen'
    assert not records.problems


@pytest.mark.parametrize("before", [0, 1, 1000])
def test_a_line_of_50_mb_is_refused_by_its_row(tmp_path: Path, before: int) -> None:
    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        file.write(b"site,name,offered\n" + b"SVQ,Ana,1\n" * before + b"SVQ,")
        for _ in range(50):
            file.write(b"x" * 1_000_000)
        file.write(b",1\nSVQ,Ana,1\n")
    with pytest.raises(InputError) as error:
        read_records(path, knows=knows)
    assert [(p.code, p.row) for p in error.value.problems] == [("line_too_long", before + 2)]


def test_a_line_as_long_as_allowed_with_its_end_is_read(tmp_path: Path) -> None:
    content = f"site,name,offered\nSVQ,{'x' * 1000},1\n"
    assert len(read(tmp_path, content, line_bytes=1007).cells) == 1
    assert refused(tmp_path, content, line_bytes=1006) == ("line_too_long", 2)


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).bytes(5000)
    assert refused(tmp_path, noise)[0] == "not_text"
    assert refused(tmp_path, b"site,offered\nSVQ,\x00\n" * 100)[0] == "not_text"
    assert refused(tmp_path, b"\x1f\x8b" + noise)[0] == "packed"
    assert refused(tmp_path, b"%PDF-1.7 site,offered")[0] == "not_a_table"


def test_a_column_named_twice_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "site,offered,Offered\nSVQ,1,2\n") == ("column_twice", 1)


@pytest.mark.parametrize("content", ["site,offered", "site,offered\n", "site,offered\n\n,\n"])
def test_a_header_alone_is_no_rows(tmp_path: Path, content: str) -> None:
    records = read(tmp_path, content)
    assert list(records.cells.columns) == ["site", "offered"]
    assert len(records.cells) == len(records.rows) == 0


@pytest.mark.parametrize("content", ["\n", "\ufeff", " ", ",,,\n,,,\n", "\n" * 100])
def test_nothing_but_blanks_has_no_columns(tmp_path: Path, content: str) -> None:
    assert read(tmp_path, content).cells.empty
