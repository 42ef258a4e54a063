"""The right share of people is absent or off the queue, and the rest is where the schedule says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planner.domain.centre import QueueKey, Shrinkage, Site
from planner.domain.timegrid import around_the_clock
from staffing.simulation.floor import Duty
from staffing.simulation.horizon import Horizon
from staffing.simulation.people import Roster, Segments, draw_duty, roster
from tests.staffing.simulation.centres import MONDAY, ZONE, around_the_clock_schedule

KEY = QueueKey("LIS", "pt", "voice")
HORIZON = Horizon(ZONE, pd.date_range(MONDAY, periods=2), 30)


def people(schedule: pd.DataFrame, shrinkage: Shrinkage) -> Roster:
    """The roster of a schedule with one group."""
    site = Site("LIS", "Lisbon", "PT", ZONE, around_the_clock(ZONE), shrinkage=shrinkage)
    group = np.where(schedule["activity"] == "contact", 0, -1)
    return roster(
        Segments(schedule, group, np.ones(len(schedule), np.int64)),
        agent_ids=np.unique(schedule["agent_id"].to_numpy(object)),
        site=site,
        horizon=HORIZON,
    )


def on_duty(duty: Duty, *, at_s: np.ndarray) -> np.ndarray:
    """Agents on contact duty at each moment, replayed from the comings and goings."""
    now = {}
    counts = np.zeros(len(at_s), int)
    row = 0
    for place, moment in enumerate(at_s):
        while row < len(duty.at_s) and duty.at_s[row] <= moment:
            if duty.agent[row] >= 0:
                now[duty.agent[row]] = duty.group[row] >= 0
            row += 1
        counts[place] = sum(now.values())
    return counts


MIDDLES = np.arange(96) * 1800.0 + 900


def test_without_shrinkage_duty_is_the_schedule() -> None:
    schedule = around_the_clock_schedule(KEY, agents=3, days=2)
    duty = draw_duty(people(schedule, Shrinkage()), rng=np.random.default_rng(0), horizon=HORIZON)
    assert (on_duty(duty, at_s=MIDDLES) == 3).all()
    assert (duty.agent >= 0).sum() == 3 * 2  # each comes once and goes once: two days without a pause
    assert (duty.agent < 0).sum() == 96


def test_breaks_are_kept_to_the_minute() -> None:
    schedule = around_the_clock_schedule(KEY, agents=1, days=1)
    pause = (
        schedule["start"].iloc[0] + pd.Timedelta(minutes=70),
        schedule["start"].iloc[0] + pd.Timedelta(minutes=85),
    )
    before = schedule.assign(end=pause[0])
    after = schedule.assign(start=pause[1])
    resting = schedule.assign(start=pause[0], end=pause[1], activity="break")
    duty = draw_duty(
        people(pd.concat([before, resting, after], ignore_index=True), Shrinkage()),
        rng=np.random.default_rng(0),
        horizon=HORIZON,
    )
    own = duty.agent == 0
    assert list(duty.at_s[own]) == [0.0, 70 * 60.0, 85 * 60.0, 86400.0]
    assert list(duty.group[own]) == [0, -1, 0, -1]


def test_off_queue_blocks_take_the_right_share_in_every_half_hour() -> None:
    """Of 10 people at 15 % one or two are called off, never none and never three: spread evenly."""
    schedule = around_the_clock_schedule(KEY, agents=10, days=2)
    one = people(schedule, Shrinkage(planned=0.15))
    counts = np.array(
        [
            on_duty(draw_duty(one, rng=np.random.default_rng(i), horizon=HORIZON), at_s=MIDDLES)
            for i in range(40)
        ]
    )
    assert set(np.unique(counts)) == {8, 9}
    assert counts.mean() == pytest.approx(8.5, abs=0.05)


def test_leave_is_not_taken_twice() -> None:
    """Planned 20 % of which 15 % is in the absence list: 1 - .8 / .85 is left to take."""
    schedule = around_the_clock_schedule(KEY, agents=50, days=2)
    one = people(schedule, Shrinkage(planned=0.20, planned_away=0.15))
    duty = draw_duty(one, rng=np.random.default_rng(0), horizon=HORIZON)
    assert on_duty(duty, at_s=MIDDLES).mean() == pytest.approx(50 * 0.8 / 0.85, abs=0.3)


def test_the_absent_are_away_for_the_whole_day() -> None:
    schedule = around_the_clock_schedule(KEY, agents=200, days=2)
    one = people(schedule, Shrinkage(unplanned=0.10))
    duty = draw_duty(one, rng=np.random.default_rng(0), horizon=HORIZON)
    counts = on_duty(duty, at_s=MIDDLES)
    assert len(set(counts[:48])) == 1
    assert len(set(counts[48:])) == 1
    assert counts.mean() == pytest.approx(180, abs=4 * np.sqrt(200 * 0.09 / 2))


def test_an_agent_who_is_absent_in_one_schedule_is_absent_in_another() -> None:
    """Common random numbers: with the half of the shifts cut short, the same agents fall out."""
    schedule = around_the_clock_schedule(KEY, agents=60, days=2)
    shorter = schedule.assign(end=schedule["start"] + pd.Timedelta(hours=5))
    present = [
        set(duty.agent[(duty.agent >= 0) & (duty.at_s < 1)])
        for one in (schedule, shorter)
        for duty in [
            draw_duty(people(one, Shrinkage(unplanned=0.2)), rng=np.random.default_rng(9), horizon=HORIZON)
        ]
    ]
    assert present[0] == present[1]
    assert 30 < len(present[0]) < 60
