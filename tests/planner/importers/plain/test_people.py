"""People are read under any headings: ids, languages, hours; what cannot be read is named all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.domain.problems import InputError
from planner.importers.plain import PlainPeople, read_people


def people(tmp_path: Path, text: str) -> PlainPeople:
    path = tmp_path / "p.csv"
    path.write_text(text, "utf-8")
    return read_people(path)


@pytest.mark.parametrize(
    ("text", "hours", "languages"),
    [
        ("agent_id,site,contract,languages,channels\na,X,40 h,es:native;pt:fluent,voice\nb,X,30 h,pt,voice\n", [40, 30], ["es;pt", "pt"]),
        ("Name;Sprachen language;Hours per week\nAda;Spanish (C2) / Portuguese;37,5\nBo;PT;20\n", [37.5, 20], ["es;pt", "pt"]),
        ("Employee ID,Language 1,Language 2,FTE\n1,Spanish,Portuguese,1\n2,Portuguese,,0.5\n", [40, 20], ["es;pt", "pt"]),
        ("agent,skills\nx,Billing + Sales\ny,Sales\n", [40, 40], ["Billing;Sales", "Sales"]),
    ],
    ids=["ours", "hours", "fte", "skills"],
)  # fmt: skip
def test_hours_and_languages_are_found_under_any_heading(
    tmp_path: Path, text: str, hours: list[float], languages: list[str]
) -> None:
    rows = people(tmp_path, text).rows
    assert rows["weekly_hours"].tolist() == hours
    assert rows["languages"].tolist() == languages


def test_where_nobody_tells_everybody_is_full_time_and_serves_everything(tmp_path: Path) -> None:
    found = people(tmp_path, "agent\nx\ny\n")
    assert found.hours_from is None
    assert found.rows["weekly_hours"].tolist() == [40, 40]
    assert found.rows["languages"].tolist() == ["", ""]


def test_every_wrong_cell_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        people(tmp_path, "id,hours,hire_date\na,40,2026-01-01\na,80,\n,20,soon\n")
    assert {str(problem).split(": ")[0] for problem in error.value.problems} == {
        "p.csv, row 3, id", "p.csv, row 4, id", "p.csv, row 3, hours", "p.csv, row 4, hire_date",
    }  # fmt: skip
