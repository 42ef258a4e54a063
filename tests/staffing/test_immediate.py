"""Open hours become stretches: a night open is walked through, a night closed begins the day empty."""

from datetime import date

import numpy as np
import pandas as pd

from planner.domain.centre import Handling
from planner.domain.timegrid import intervals
from staffing.day import service
from staffing.immediate import stretch_of
from staffing.least import Limits

CLOCKS_BACK = date(2026, 10, 24)  # the night after, Lisbon has 25 hours
PATIENT, LIMITS = Handling(1200, patience_s=3600), Limits(((0.8, 20.0),))


def rows(days: int) -> pd.DataFrame:
    starts = intervals(CLOCKS_BACK, days, zone="Europe/Lisbon", interval_min=30)
    return pd.DataFrame({"interval_start": starts, "interval_min": 30, "offered": 6.0, "aht_s": 1200.0})


def test_midnight_and_a_clock_change_do_not_empty_the_queue() -> None:
    stretch = stretch_of(rows(2), PATIENT, limits=LIMITS)
    assert len(stretch.offered) == 2 * 48 + 2
    assert stretch.begins.tolist() == [0]
    enough = np.full(98, 6)
    late = np.where(np.arange(98) // 8 == 5, 2, enough)  # 20:00 to midnight falls behind
    calm, behind = (service(stretch, agents, LIMITS).levels[:, 0] for agents in (enough, late))
    assert np.allclose(calm[:40], behind[:40])
    assert behind[48] < calm[48] - 0.1  # the first half-hour of the next day inherits the queue
    assert np.isclose(behind[90], calm[90], atol=1e-3)  # and by the next evening it is forgotten


def test_hours_closed_do() -> None:
    whole = rows(2)
    hour = whole["interval_start"].dt.tz_convert("Europe/Lisbon").dt.hour
    stretch = stretch_of(whole[hour.between(8, 19)], PATIENT, limits=LIMITS)
    assert stretch.begins.tolist() == [0, 24]
    level = service(stretch, np.full(48, 4), LIMITS).levels[:, 0]
    assert np.allclose(level[:24], level[24:])
