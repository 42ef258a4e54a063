"""Segments are the shift cut where the activity changes, with no minute lost or doubled."""

import numpy as np
import pandas as pd
import pytest

from planner.domain.tables import SCHEDULE
from staffing.scheduling.search import Course, search
from staffing.scheduling.segments import segments
from tests.staffing.scheduling.planted import centre_of, on_contact, planted
from tests.staffing.scheduling.solving import case

MINUTE = pd.Timedelta(minutes=1)


@pytest.fixture(scope="module")
def scheduled() -> tuple[pd.DataFrame, np.ndarray]:
    found = case(planted(6, 12, centre=centre_of()))
    roster, _ = search(
        found.problem, course=Course(pairs_each=5), rng=np.random.default_rng(1), clock=lambda: 0.0
    )
    return segments(found, roster), roster.cover


def test_segments_are_a_schedule(scheduled: tuple[pd.DataFrame, np.ndarray]) -> None:
    assert len(SCHEDULE.check(scheduled[0])) == len(scheduled[0]) > 0


def test_contact_minutes_are_the_cover(scheduled: tuple[pd.DataFrame, np.ndarray]) -> None:
    schedule, cover = scheduled
    assert on_contact(schedule, centre_of())["agents"].sum() == pytest.approx(cover.sum())


def test_neighbours_differ_in_activity_or_queue(scheduled: tuple[pd.DataFrame, np.ndarray]) -> None:
    schedule = scheduled[0].fillna({"language": "", "channel": ""}).sort_values(["agent_id", "start"])
    before = schedule.groupby(["agent_id", "day"]).shift()
    same = [schedule[name] == before[name] for name in ("activity", "language", "channel")]
    assert not (same[0] & same[1] & same[2]).any()


def test_every_shift_has_the_pauses_of_its_pattern(scheduled: tuple[pd.DataFrame, np.ndarray]) -> None:
    schedule = scheduled[0]
    minutes = schedule.assign(minutes=(schedule["end"] - schedule["start"]) / MINUTE)
    sums = minutes.pivot_table(
        index=["agent_id", "day", "shift"], columns="activity", values="minutes", aggfunc="sum", fill_value=0
    )
    assert (sums["break"] == 15).all()
    full = sums.index.get_level_values("shift") == "full 8 h"
    assert (sums.loc[full, "meal"] == 30).all()
    assert (sums.loc[~full, "meal"] == 0).all()


def test_languages_are_blank_outside_contact(scheduled: tuple[pd.DataFrame, np.ndarray]) -> None:
    off = scheduled[0]["activity"] != "contact"
    assert scheduled[0].loc[off, ["language", "channel"]].isna().all(axis=None)
    assert scheduled[0].loc[~off, ["language", "channel"]].notna().all(axis=None)
