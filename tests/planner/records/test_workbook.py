"""Workbooks: sheet, header, rows as Excel shows them; bombs and damage are refused unopened."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from planner.domain.problems import InputError
from planner.records import Limits, Records, read_records

KNOWN = ("site", "offered", "at")


def knows(heading: str) -> str | None:
    return heading if heading in KNOWN else None


def saved(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path / "book.xlsx")
    return path / "book.xlsx"


def rewritten(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """The workbook with one of its parts changed."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path


def read(path: Path, *sheets: str) -> Records:
    return read_records(path, knows=knows, sheets=sheets)


def refused(path: Path, **limits: int) -> str:
    with pytest.raises(InputError) as error:
        read_records(path, knows=knows, limits=Limits(**limits))
    return error.value.problems[0].code


def test_numbers_dates_and_texts_keep_their_kind_and_rows_their_number(tmp_path: Path) -> None:
    day = datetime(2026, 10, 26, 9, 30)
    rows = [
        ["Report"],
        [],
        ["note", "site", "at", "offered"],
        ["x", "SVQ", day, 3],
        [],
        ["y", " LIS ", None, 2.5],
    ]
    records = read(saved(tmp_path, {"One": rows}))
    assert records.rows.tolist() == [4, 6]
    assert records.cells.to_dict("list") == {"site": ["SVQ", "LIS"], "at": [day, None], "offered": [3, 2.5]}
    assert (records.opened.sheet, records.opened.header_row, records.ignored) == ("One", 3, ("note",))


def test_a_time_kept_as_a_fraction_of_a_day_is_a_whole_second(tmp_path: Path) -> None:
    odd = datetime(2026, 10, 26, 9, 29, 59, 999_997)
    records = read(saved(tmp_path, {"One": [["at"], [odd]]}))
    assert records.cells["at"].tolist() == [datetime(2026, 10, 26, 9, 30)]


def test_the_sheet_of_the_table_is_read_else_the_first(tmp_path: Path) -> None:
    path = saved(tmp_path, {"Notes": [["site"], ["A"]], "Volume": [["site"], ["B"]]})
    assert read(path).cells["site"].tolist() == ["A"]
    assert read(path, "VOLUME").cells["site"].tolist() == ["B"]
    assert read(path, "AGENTS").cells["site"].tolist() == ["A"]


def test_an_empty_sheet_has_no_columns(tmp_path: Path) -> None:
    assert read(saved(tmp_path, {"One": []})).cells.empty


@pytest.mark.parametrize("claim", [b'ref="A1:XFD1048576"', b'ref="A1:A1"'])
def test_a_size_the_sheet_only_claims_is_not_believed(tmp_path: Path, claim: bytes) -> None:
    path = saved(tmp_path, {"One": [["site", "offered"], ["SVQ", 1]]})
    rewritten(path, "xl/worksheets/sheet1.xml", b'ref="A1:B2"', claim)
    assert read(path).cells.to_dict("list") == {"site": ["SVQ"], "offered": [1]}


def test_a_row_far_below_what_excel_has_is_refused_quickly(tmp_path: Path) -> None:
    path = saved(tmp_path, {"One": [["site", "offered"], ["SVQ", 1]]})
    rewritten(path, "xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="99999999999"')
    assert refused(path) == "broken_excel"


@pytest.mark.parametrize("mb", [60, 600])
def test_a_zip_bomb_is_refused_unopened(tmp_path: Path, mb: int) -> None:
    path = saved(tmp_path, {"One": [["site"], ["SVQ"]]})
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as book,
        book.open("xl/worksheets/sheet2.xml", "w") as sheet,
    ):
        for _ in range(mb):
            sheet.write(bytes(1 << 20))
    assert path.stat().st_size < mb * 10_000
    assert refused(path) == "zip_bomb"


def test_a_workbook_that_unpacks_to_more_than_allowed_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, {"One": [["site"], ["SVQ"]]})
    assert refused(path, unpacked_bytes=1000) == "zip_bomb"


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, {"One": [["site"], ["SVQ"]]})
    laughs = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet'
    rewritten(path, "xl/worksheets/sheet1.xml", b"<worksheet", laughs)
    assert refused(path) == "broken_excel"


def test_a_zip_of_something_else_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("data.csv", "site\n")
    assert refused(path) == "not_excel"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_damaged_parts_are_one_clear_problem(tmp_path: Path, part: str) -> None:
    path = saved(tmp_path, {"One": [["site"], ["SVQ"]]})
    assert refused(rewritten(path, part, b">", b"<")) == "broken_excel"


def test_every_truncation_is_one_clear_problem(tmp_path: Path) -> None:
    whole = saved(tmp_path, {"One": [["site"], ["SVQ"]]}).read_bytes()
    for length in range(8, len(whole), 97):
        path = tmp_path / "cut.xlsx"
        path.write_bytes(whole[:length])
        assert refused(path) == "broken_excel"


def test_too_many_filled_columns_are_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, {"One": [["site"], ["SVQ", *range(1200)]]})
    assert refused(path) == "too_many_columns"


PARTS = {
    "[Content_Types].xml": """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
      <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
      <Override PartName="/xl/workbook.xml"
        ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
      <Override PartName="/xl/worksheets/sheet1.xml"
        ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
      <Override PartName="/xl/sharedStrings.xml"
        ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>""",
    "_rels/.rels": """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
      <Relationship Id="r1" Target="xl/workbook.xml"
        Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>""",
    "xl/_rels/workbook.xml.rels": """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
      <Relationship Id="r1" Target="worksheets/sheet1.xml"
        Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>
      <Relationship Id="r2" Target="sharedStrings.xml"
        Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>""",
    "xl/workbook.xml": """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
      xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
      <sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>""",
    "xl/sharedStrings.xml": """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="3"
      uniqueCount="3"><si><t>site</t></si><si><t>offered</t></si><si><r><t>S</t></r><r><t>VQ</t></r></si></sst>""",
    "xl/worksheets/sheet1.xml": """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
      <sheetData><row r="2"><c r="B2" t="s"><v>0</v></c><c r="D2" t="s"><v>1</v></c></row>
      <row r="7"><c r="B7" t="s"><v>2</v></c><c r="D7"><v>12</v></c></row></sheetData></worksheet>""",
}


def test_a_workbook_as_excel_writes_it_with_shared_strings_and_skipped_cells(tmp_path: Path) -> None:
    path = tmp_path / "excel.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in PARTS.items():
            book.writestr(name, content)
    records = read(path)
    assert records.cells.to_dict("list") == {"site": ["SVQ"], "offered": [12]}
    assert (records.opened.header_row, records.rows.tolist()) == (2, [7])
