"""The requirement and the simulation share no code, and agree on what the people it asks for achieve."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planner.domain.centre import Handling, QueueKey, ServiceLevel, Target
from planner.domain.tables import SCHEDULE
from staffing.requirement import requirement
from staffing.simulation.simulate import SimulationSettings, simulate
from tests.staffing.simulation.centres import VOICE, ZONE, agents_of, centre, forecast, no_paths, queue

CHAT = Target((ServiceLevel(0.8, 60),), max_abandonment=0.05)
CASES = {
    "small voice": ("voice", VOICE, Handling(325, 200), 20.0),
    "large voice": ("voice", VOICE, Handling(325, 200), 220.0),
    "chat": ("chat", CHAT, Handling(530, 330, concurrency=3, slow_down=0.24, reaction_s=9, aht_cv=0.9), 60.0),
}


def exactly(needed: pd.DataFrame) -> pd.DataFrame:
    """SCHEDULE that has the agents needed on contact in every interval, one segment each."""
    rows = needed.loc[needed.index.repeat(needed["agents_on_contact"].astype(int))]
    number = rows.groupby("interval_start").cumcount().astype(str)
    start = rows["interval_start"]
    day = start.dt.tz_convert(ZONE).dt.tz_localize(None).dt.normalize()
    return SCHEDULE.check(
        rows[["site", "language", "channel"]].assign(
            agent_id="agent " + number,
            day=day,
            shift="as needed",
            start=start,
            end=start + pd.Timedelta(minutes=30),
            activity="contact",
        )
    )


@pytest.mark.parametrize("case", CASES)
def test_simulated_service_is_what_the_requirement_expects(case: str) -> None:
    channel, target, handling, offered = CASES[case]
    key = QueueKey("LIS", "pt", channel)
    expected = forecast([key], offered=offered, days=4)
    one = centre(queue(key, target=target, handling=handling))
    needed = requirement(expected, one)
    schedule = exactly(needed)
    found = simulate(
        schedule,
        expected,
        no_paths(),
        agents_of(schedule),
        one,
        settings=SimulationSettings(replications=20, seed=3),
    )
    total = found[(found["level"] == "total") & (found["site"] != "all") & (found["language"] != "all")]
    total = total.set_index("measure")
    for measure, within in (("service_level", 0.015), ("abandonment", 0.006), ("occupancy", 0.015)):
        assert total.loc[measure, "value"] == pytest.approx(needed[measure].mean(), abs=within), measure
    assert total.loc["service_level", "p_meets"] >= 0.9  # staffed no higher than needed: luck may take it
    assert np.isclose(total.loc["service_level", "offered"], offered * 4 * 48, rtol=0.02)
