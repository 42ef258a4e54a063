"""Overlaps and odd starts are found as a slow comparison of every pair would find them."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from planner.domain.interval_rules import no_overlap, on_the_grid

MIDNIGHT = pd.Timestamp("2026-10-05T00:00Z")


def volume(rows: list[tuple[str, int, int]]) -> pd.DataFrame:
    """Rows of (language, minutes after midnight, length in minutes)."""
    languages, minutes, lengths = zip(*rows, strict=True)
    starts = [MIDNIGHT + pd.Timedelta(minutes=minute) for minute in minutes]
    return pd.DataFrame(
        {
            "site": "LIS",
            "language": languages,
            "channel": "voice",
            "interval_start": starts,
            "interval_min": lengths,
        }
    )


def found(rule: object, frame: pd.DataFrame) -> dict[str, list[int]]:
    return {each.code: np.flatnonzero(each.where).tolist() for each in rule(frame)}


@pytest.mark.parametrize("seed", range(20))
def test_an_overlap_is_a_start_inside_the_interval_before_it(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = [
        (str(rng.choice(["es", "pt"])), int(rng.integers(0, 40)) * 15, int(rng.choice([15, 30, 60])))
        for _ in range(25)
    ]
    expected = set()
    for (i, a), (j, b) in itertools.permutations(enumerate(rows), 2):
        between = any(c[0] == a[0] and a[1] < c[1] < b[1] for c in rows)
        last = max(k for k, c in enumerate(rows) if c[:2] == a[:2])  # of equal starts, the last one counts
        first = min(k for k, c in enumerate(rows) if c[:2] == b[:2])
        if a[0] == b[0] and a[1] < b[1] < a[1] + a[2] and not between and i == last and j == first:
            expected.add(j)
    assert set(found(no_overlap, volume(rows)).get("overlap", [])) == expected


def test_days_of_23_hours_do_not_overlap() -> None:
    midnights = pd.date_range("2026-03-27", periods=5, tz="Europe/Lisbon").tz_convert("UTC")
    frame = volume([("pt", 0, 1440)] * 5).assign(interval_start=midnights)
    assert found(no_overlap, frame) == {}


def test_intervals_begin_on_a_quarter_and_have_a_length_in_use() -> None:
    frame = volume([("pt", 0, 15), ("pt", 20, 30), ("pt", 60, 45), ("pt", 120, 60)])
    assert found(on_the_grid, frame) == {"odd_interval": [2], "off_grid": [1]}
    seconds = frame.assign(interval_start=frame["interval_start"] + pd.Timedelta(seconds=1), interval_min=15)
    assert found(on_the_grid, seconds) == {"off_grid": [0, 1, 2, 3]}


def test_what_is_missing_is_not_judged() -> None:
    frame = volume([("pt", 0, 30), ("pt", 15, 30)])
    frame = pd.concat([frame, frame.assign(interval_start=pd.NaT), frame.assign(interval_min=np.nan)])
    frame = frame.reset_index(drop=True).astype({"interval_start": "datetime64[us, UTC]"})
    assert found(no_overlap, frame) == {"overlap": [1]}
    assert found(on_the_grid, frame) == {}
