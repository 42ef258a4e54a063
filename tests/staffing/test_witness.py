"""The requirement and the simulation share no code, and agree on what the people it asks for achieve."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from planner.domain.centre import Handling, QueueKey, ServiceLevel, Target
from planner.domain.tables import SCHEDULE
from planner.domain.timegrid import OpeningHours, intervals
from staffing.requirement import requirement
from staffing.simulation.simulate import SimulationSettings, simulate
from tests.staffing.simulation.centres import (
    MONDAY,
    VOICE,
    ZONE,
    agents_of,
    centre,
    forecast,
    no_paths,
    queue,
)
from tests.staffing.two_humps import two_humps

CHAT = Target((ServiceLevel(0.8, 60),), max_abandonment=0.05)
CASES = {
    "small voice": ("voice", VOICE, Handling(325, 200), 20.0),
    "large voice": ("voice", VOICE, Handling(325, 200), 220.0),
    "chat": ("chat", CHAT, Handling(530, 330, concurrency=3, slow_down=0.24, reaction_s=9, aht_cv=0.9), 60.0),
}


def exactly(needed: pd.DataFrame) -> pd.DataFrame:
    """SCHEDULE with the agents needed of every queue and interval: nobody changes between queues."""
    rows = needed.loc[needed.index.repeat(needed["agents_on_contact"].astype(int))]
    number = rows.groupby(["channel", "interval_start"]).cumcount().astype(str)
    start = rows["interval_start"]
    day = start.dt.tz_convert(ZONE).dt.tz_localize(None).dt.normalize()
    return SCHEDULE.check(
        rows[["site", "language", "channel"]].assign(
            agent_id=rows["channel"] + " " + number,
            day=day,
            shift="as needed",
            start=start,
            end=start + pd.Timedelta(minutes=30),
            activity="contact",
        )
    )


Case = tuple[str, Target, Handling, float]


def agreed(case: Case) -> pd.DataFrame:
    """The simulated total of a queue by measure, once it is found to be what the requirement expects."""
    channel, target, handling, offered = case
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
    return total


@pytest.mark.parametrize("case", CASES)
def test_simulated_service_is_what_the_requirement_expects(case: str) -> None:
    total = agreed(CASES[case])
    assert total.loc["service_level", "p_meets"] >= 0.9  # staffed no higher than needed: luck may take it
    assert np.isclose(total.loc["service_level", "offered"], CASES[case][3] * 4 * 48, rtol=0.02)


@pytest.mark.parametrize("shape", [0.7, 1.6])
def test_patience_that_is_not_exponential_is_staffed_for(shape: float) -> None:
    """Case: taken as exponential of the same mean it promised a service level .07 or more beside the truth."""
    total = agreed(("voice", VOICE, Handling(325, 200, patience_shape=shape), 150.0))
    assert total.loc["abandonment", "value"] <= total.loc["abandonment", "target"] + 0.006


def two_hump_forecast(keys: list[QueueKey], *, days: int, interval_min: int) -> pd.DataFrame:
    """FORECAST, of finer intervals than a file may have, of days with two humps from 08:00 to 20:00, each louder than the day before."""
    hours = OpeningHours(ZONE, dict.fromkeys(range(7), ((8 * 60, 20 * 60),)))
    starts = intervals(MONDAY, days, zone=ZONE, interval_min=interval_min)
    starts = starts[hours.is_open(starts)]
    shape = two_humps(peak_per_min=2.0).reshape(-1, interval_min).sum(axis=1) * 60
    offered = np.outer(0.4 + 0.15 * np.arange(days), shape).ravel()
    common = {"interval_start": starts, "interval_min": interval_min, "offered": offered}
    return pd.concat([pd.DataFrame(common | key._asdict()) for key in keys], ignore_index=True)


def test_demand_that_moves_is_served_as_promised_on_every_day() -> None:
    """Two dedicated queues on eight days: each of 16 queue-days lies in its 95 % interval with a chance of .95.

    Fewer than 13 would be a case in a thousand. The requirement knows half-hours; contacts come along the
    curve itself, by five minutes.
    """
    voice, chat = QueueKey("LIS", "pt", "voice"), QueueKey("LIS", "pt", "chat")
    one = centre(
        queue(voice, handling=Handling(325, 200, aht_cv=1.0)),
        queue(chat, target=CHAT, handling=replace(CASES["chat"][2], aht_cv=1.0)),
    )
    needed = requirement(two_hump_forecast([voice, chat], days=8, interval_min=30), one)
    schedule = exactly(needed)
    found = simulate(
        schedule,
        two_hump_forecast([voice, chat], days=8, interval_min=5),
        no_paths(),
        agents_of(schedule),
        replace(one, interval_min=5),
        settings=SimulationSettings(replications=40, seed=3),
    )
    simulated = found[(found["level"] == "day") & (found["measure"] == "service_level")]
    local = needed["interval_start"].dt.tz_convert(ZONE).dt.normalize()
    weighed = needed.assign(
        interval_start=local.dt.tz_convert("UTC"), in_time=needed["service_level"] * needed["offered"]
    )
    keys = ["site", "language", "channel", "interval_start"]
    computed = weighed.groupby(keys)[["in_time", "offered"]].sum()
    promised = (computed["in_time"] / computed["offered"]).rename("promised")
    days = simulated.merge(promised.reset_index(), on=keys)
    assert len(days) == 16
    assert days["promised"].between(days["mean_low"], days["mean_high"]).sum() >= 13
    assert (days["promised"] - days["value"]).mean() == pytest.approx(0, abs=0.003)
