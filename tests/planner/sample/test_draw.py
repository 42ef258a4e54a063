"""The drawn centre: ordinary files, the truths in it, and the same files for the same seed."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from planner.config import load_plan
from planner.importers import read
from planner.sample import draw
from planner.sample.check import Centre, Check
from planner.sample.courses import courses, history_clock
from planner.sample.history import pasts
from planner.sample.parameters import read_parameters
from planner.sample.report import PARTS, check_centre
from tests.planner.sample.conftest import SMALL

INPUTS = (
    "volume",
    "contacts",
    "intraday",
    "evaluations",
    "surveys",
    "raters",
    "disputes",
    "agents",
    "absences",
    "preferences",
    "events",
    "overrides",
    "teaching",
)


def test_everything_asked_for_holds(folder: Path) -> None:
    text, holds = check_centre(folder)
    assert holds, text


@pytest.mark.parametrize("name", INPUTS)
def test_every_file_passes_the_ordinary_importer(folder: Path, name: str) -> None:
    plan = load_plan(folder / "plan.yaml")
    path = getattr(plan.inputs, name)[0]
    imported = read(path, centre=plan.centre)
    assert imported.table.name == name.upper()
    assert len(imported.frame)


def test_it_says_everywhere_that_it_is_synthetic(folder: Path) -> None:
    for name in ("README.txt", "plan.yaml", "truth.yaml"):
        assert "synthetic" in (folder / name).read_text(encoding="utf-8").lower(), name


def test_the_log_sums_to_the_volume_rows_in_every_column(centre: Centre) -> None:
    key = ["site", "language", "channel", "interval_start"]
    log = centre.contacts.assign(interval_start=centre.contacts["arrived_at"].dt.floor("30min"))
    log = log[log["channel"].isin(["voice", "chat", "messaging"])]
    wait = (log["answered_at"].fillna(log["ended_at"]) - log["arrived_at"]).dt.total_seconds()
    taken = log["answered_at"].notna()
    columns = {
        "offered": taken | True,
        "answered": taken,
        "abandoned": ~taken,
        "abandoned_short": ~taken & (wait <= 5),
        "answered_within_60_s": taken & (wait <= 60),
        "talk_s": log["talk_s"].fillna(0),
        "wait_answered_s": wait.where(taken, 0),
        "wait_abandoned_s": wait.where(~taken, 0),
    }
    sums = log[key].assign(**columns).groupby(key).sum().reset_index()
    both = sums.merge(centre.volume, on=key, suffixes=("_log", ""))
    assert len(both) == len(sums)
    for column in columns:
        difference = (both[f"{column}_log"].astype(float) - both[column]).abs().max()
        assert difference < 1e-2, column


def test_the_same_seed_gives_the_same_files(folder: Path, tmp_path: Path) -> None:
    draw(tmp_path / "again", scale=SMALL)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        again = tmp_path / "again" / path.relative_to(folder)
        assert path.read_bytes() == again.read_bytes(), path.name


def test_a_change_in_one_line_leaves_the_others_as_they_were() -> None:
    whole = read_parameters(scale=SMALL)
    lines = {code: whole.lines[code] for code in ("pl", "ro", "nl")}
    changed = {**lines, "ro": replace(lines["ro"], share=0.03)}
    before, after = (
        {past.course.key: past for past in pasts(p, courses(p, clock), clock)}
        for p in (replace(whole, lines=lines), replace(whole, lines=changed))
        for clock in [history_clock(p)]
    )
    for key, past in before.items():
        same = np.array_equal(past.intervals.rates, after[key].intervals.rates)
        assert same == (key.language != "ro"), key


def test_a_scale_too_small_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="outside"):
        draw(tmp_path, scale=0.001)


def test_the_table_names_what_does_not_hold(centre: Centre) -> None:
    doubled = replace(centre, volume=centre.volume.assign(offered=centre.volume["offered"] * 2))
    rows: list[Check] = [row for part in PARTS for row in part(doubled)]
    failed = {row.what for row in rows if row.holds is False}
    assert {"contacts in the last 52 weeks", "rows in which log and volume differ"} <= failed
