"""The causes of a queue's service: what is known stands for itself, chance is no cause, the unknown is said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planner.domain.centre import QueueKey
from planner.scorecards.causes import Causes, rate
from tests.planner.scorecards.centres import centre

KEY = QueueKey("LIS", "pt", "voice")
CENTRE = centre(KEY)


def causes(**columns: object) -> Causes:
    """Rows of one day: 10 agents planned at 8 % absence and 93 % adherence, all as planned unless told."""
    roster_s = 18_000 / 0.92 / 0.93
    usual = {
        "offered": 60.0, "answered": 57.0, "abandoned": 3.0, "handle_s": 57 * 300.0, "staffed_s": 18_000.0,
        "planned_offered": 60.0, "planned_aht_s": 300.0, "planned_handle_s": 18_000.0,
        "planned_staffed_s": 18_000.0, "scheduled_s": roster_s,
        "planned_absent_s": 0.08 * roster_s, "absent_s": 0.08 * roster_s,
        "planned_away_s": 0.92 * 0.07 * roster_s, "away_s": 0.92 * 0.07 * roster_s,
    }  # fmt: skip
    told = {name: value for name, value in (usual | columns).items() if value is not None}
    rows = pd.DataFrame({name: np.atleast_1d(value).astype(float) for name, value in told.items()})
    return Causes(rows.assign(day_number=0), CENTRE.queues[KEY], CENTRE.sites["LIS"])


def test_the_staff_of_no_cause_is_the_plan_and_of_all_causes_what_was_there() -> None:
    seen = causes(staffed_s=15_000.0, absent_s=3000.0, away_s=1500.0, scheduled_s=19_500.0)
    assert seen.staff_s[0, 0] == pytest.approx(18_000)
    assert seen.staff_s[0, -1] == pytest.approx(15_000)


def test_each_part_of_the_staff_moves_alone() -> None:
    """3,000 of 21,000 s absent, then 7 % of the rest away: only the roster's own change is the schedule's."""
    seen = causes(scheduled_s=21_000.0, absent_s=3000.0, away_s=1260.0, staffed_s=16_740.0)
    assert seen.roster_s[1][0] == pytest.approx(21_000)
    assert seen.absence[1][0] == pytest.approx(1 / 7)
    assert seen.adherence == (pytest.approx([0.93]), pytest.approx([0.93]))


def test_what_is_not_told_of_absence_and_adherence_lies_in_the_schedule() -> None:
    seen = causes(staffed_s=15_000.0, absent_s=None, away_s=None, scheduled_s=None, planned_away_s=None)
    assert not seen.knows_absence.any()
    assert not seen.knows_adherence.any()
    np.testing.assert_allclose(seen.staff_s[0], [18_000, 15_000] * 4)


def test_a_roster_that_is_not_told_follows_from_its_parts() -> None:
    seen = causes(scheduled_s=None, staffed_s=15_000.0, absent_s=4000.0, away_s=1000.0)
    assert seen.scheduled_s[0] == 20_000
    assert seen.absence[1][0] == pytest.approx(0.2)


def test_staff_that_was_not_counted_is_taken_as_planned() -> None:
    seen = causes(staffed_s=None, absent_s=None, away_s=None, scheduled_s=None)
    assert not seen.knows_staff.any()
    np.testing.assert_allclose(seen.staff_s[0], 18_000)


def test_the_handle_time_is_that_of_the_day_on_the_planned_course() -> None:
    seen = causes(
        offered=[10.0, 30.0], answered=[10.0, 30.0], abandoned=[0.0, 0.0], handle_s=[5000.0, 8200.0],
        planned_offered=[10.0, 30.0], planned_aht_s=[360.0, 300.0], planned_handle_s=[3600.0, 9000.0],
        staffed_s=[18_000.0] * 2, planned_staffed_s=[18_000.0] * 2, scheduled_s=None, absent_s=None,
        away_s=None, planned_absent_s=None, planned_away_s=None,
    )  # fmt: skip
    assert seen.aht_s[0] / seen.aht_s[1] == pytest.approx(1.2)
    assert (seen.aht_s * [10, 30]).sum() == pytest.approx(13_200)


def test_contacts_as_planned_are_the_plan() -> None:
    planned = np.array([3.3, 7.1, 0.4, 12.9])
    np.testing.assert_allclose(rate(planned, planned, day=np.zeros(4, int)), planned)


def test_counts_that_scatter_by_chance_alone_keep_the_planned_course() -> None:
    """Poisson counts around 1.1 times the plan: the day is 10 % up and no half-hour a case of its own."""
    rng = np.random.default_rng(5)
    planned = np.tile(np.linspace(5, 60, 20), 100)
    day = np.repeat(np.arange(100), 20)
    counts = rng.poisson(1.1 * planned).astype(float)
    found = rate(counts, planned, day=day)
    np.testing.assert_allclose(found, 1.1 * planned, rtol=0.15)
    assert np.abs(found / planned - 1.1).max() < np.abs(counts / planned - 1.1).max() / 3


def test_six_hours_of_three_times_the_contacts_are_seen_in_those_hours() -> None:
    rng = np.random.default_rng(6)
    planned = np.full((30, 24), 40.0)
    truth = planned.copy()
    truth[12, 4:16] *= 3
    found = rate(rng.poisson(truth).ravel().astype(float), planned.ravel(), day=np.repeat(np.arange(30), 24))
    of_day = found.reshape(30, 24)[12]
    assert of_day[4:16].mean() > 1.3 * of_day[[*range(4), *range(16, 24)]].mean()


def test_a_day_nobody_planned_is_taken_as_it_came() -> None:
    np.testing.assert_allclose(rate(np.array([4.0, 5.0]), np.zeros(2), day=np.zeros(2, int)), [4, 5])
