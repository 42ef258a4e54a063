"""An exporter's files as one download."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from planner.domain.problems import InputError
from planner.exporters.export import export
from planner.exporters.packed import packed
from tests.planner.exporters.roster.planted_schedule import scheduled, with_calendar


def test_one_file_is_itself(tmp_path: Path) -> None:
    given = with_calendar(scheduled())
    (file,) = export(given, tmp_path, what=["segments"])["segments"]
    assert packed(given, "segments") == file.read_bytes()


def test_many_files_are_a_zip_of_all(tmp_path: Path) -> None:
    given = with_calendar(scheduled())
    export(given, tmp_path, what=["calendars"])
    written = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    with ZipFile(BytesIO(packed(given, "calendars"))) as archive:
        assert set(archive.namelist()) == written
        assert sum(name.endswith(".ics") for name in written) == given.table("AGENTS")["agent_id"].nunique()


def test_an_exporter_that_there_is_not_is_refused() -> None:
    with pytest.raises(InputError, match="papyrus"):
        packed(scheduled(), "papyrus")
