"""A single step refuses a table of an earlier step that names what the plan does not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.cli import main

PLAN = Path(__file__).resolve().parents[2] / "cases" / "plan.yaml"
WHEN = "2026-10-26T10:00Z,30"
FORECAST = f"""site,language,channel,interval_start,interval_min,offered,aht_s
SVQ,es,voice,{WHEN},12,300
OLD,es,voice,{WHEN},12,300
LIS,fi,voice,{WHEN},12,300
SVQ,es,chat,{WHEN},12,300
LIS,es,voice,{WHEN},12,300
"""
REQUIREMENT = f"""site,language,channel,interval_start,interval_min,offered,aht_s,load_erlangs,\
agents_on_contact,agents_scheduled,agents_rostered
OLD,es,voice,{WHEN},12,300,2,3,3,3
"""
SCHEDULE = """agent_id,site,day,shift,start,end,activity,language,channel
7,SVQ,2026-10-26,8 h,2026-10-26T09:00Z,2026-10-26T10:00Z,contact,es,voice
7,SVQ,2026-10-26,8 h,2026-10-26T10:00Z,2026-10-26T10:15Z,break,,
8,OLD,2026-10-26,8 h,2026-10-26T09:00Z,2026-10-26T10:00Z,contact,es,voice
"""
AGENTS = "agent_id,site,contract,languages,channels\n7,SVQ,full,es:native,voice\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    texts = {"f": FORECAST, "r": REQUIREMENT, "s": SCHEDULE, "a": AGENTS}
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (
            ["staff", "f.csv"],
            [
                "f.csv, row 3, site: “OLD”",
                "f.csv, row 4, language: “fi”",
                "f.csv, row 5, channel: “chat”",
                "f.csv, row 6, channel: LIS · es · voice is no queue in plan.yaml",
            ],
        ),
        (["schedule", "r.csv", "a.csv"], ["r.csv, row 2, site: “OLD”"]),
        (["simulate", "s.csv", "f.csv", "a.csv"], ["s.csv, row 4, site: “OLD”"]),
    ],
    ids=["staff", "schedule", "simulate"],
)
def test_unknown_names_are_refused_with_file_row_and_column(
    folder: Path, capsys: pytest.CaptureFixture[str], call: list[str], told: list[str]
) -> None:
    assert main([*call, "--plan", str(PLAN), "--out", "out.csv"]) == 1
    said = capsys.readouterr().err
    assert [start for start in told if start not in said] == []
    assert said.count(", row ") == len(told)
    assert not (folder / "out.csv").exists()


def test_segments_outside_contact_need_no_queue(folder: Path) -> None:
    for name, text in {"s": SCHEDULE, "f": FORECAST}.items():
        known = [line for line in text.splitlines(keepends=True) if line[:1] != "8"]
        (folder / f"{name}.csv").write_text("".join(known[: 3 if name == "s" else 2]), "utf-8")
    call = ["simulate", "s.csv", "f.csv", "a.csv", "--replications", "1"]
    assert main([*call, "--plan", str(PLAN), "--out", "out.csv"]) == 0
