"""Hours needed by week: the quick way through the levels gives the figures of a requirement each."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from planner.domain.capacity import Capacity, SiteCapacity
from planner.domain.capacity_tables import LEVELS
from planner.domain.centre import Queue, ServiceLevel, Target
from planner.domain.problems import InputError
from staffing.capacity.need import need_of
from staffing.requirement import Staffing, people_at_levels, requirement
from tests.staffing import small
from tests.staffing.test_day_level import paths

CAPACITY = Capacity(sites={"LIS": SiteCapacity(roster_efficiency=0.8), "BOG": SiteCapacity()})


def test_levels_at_once_are_a_requirement_each_to_the_last_digit() -> None:
    given, centre = small.forecast(8), small.centre()
    drawn = paths(given, totals=list(np.linspace(0.6, 1.5, 11)))
    quick = people_at_levels(given, centre, paths=drawn, staffing=Staffing(method="sipp", levels=LEVELS))
    slow = {
        level: requirement(given, centre, paths=drawn, staffing=Staffing(level, "sipp")) for level in LEVELS
    }
    needed = need_of(quick, centre, CAPACITY)
    pd.testing.assert_frame_equal(needed, need_of(slow, centre, CAPACITY), check_exact=True)
    assert set(needed["channel"]) == {queue.channel for queue in centre.queues}
    assert needed[["need_p50_h", "need_p75_h", "need_p90_h"]].sum().is_monotonic_increasing


def test_a_target_nobody_can_meet_is_said_with_its_queue() -> None:
    """The first reply within five seconds from agents who take ten."""
    centre, given = small.centre(), small.forecast(1)
    hasty: Queue = replace(centre.queues[small.CHAT], target=Target((ServiceLevel(0.8, 5),)))
    with pytest.raises(InputError, match=r"LIS · pt · chat: .* reaction time"):
        people_at_levels(
            given,
            replace(centre, queues=dict(centre.queues) | {small.CHAT: hasty}),
            paths=paths(given, totals=[1.0]),
            staffing=Staffing(method="sipp", levels=LEVELS),
        )
