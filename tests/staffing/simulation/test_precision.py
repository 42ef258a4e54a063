"""Replications go on until they are enough, and no further than allowed."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from planner.domain.centre import Handling, QueueKey
from staffing.simulation.simulate import SimulationSettings, simulate
from tests.staffing.simulation.centres import (
    EMAIL,
    agents_of,
    around_the_clock_schedule,
    centre,
    forecast,
    no_paths,
    queue,
)

KEY = QueueKey("LIS", "pt", "voice")
LEAST = SimulationSettings(replications=5, seed=4)


def total(settings: SimulationSettings, key: QueueKey = KEY, *, agents: int = 10) -> pd.Series:
    """The queue's whole service level, 50 contacts a half-hour for one day."""
    one = queue(key) if key == KEY else queue(key, target=EMAIL, handling=Handling(300))
    schedule = around_the_clock_schedule(key, agents=agents, days=1)
    found = simulate(
        schedule,
        forecast([key], offered=50, days=1),
        no_paths(),
        agents_of(schedule),
        centre(one),
        settings=settings,
    )
    rows = found[(found["site"] == "LIS") & (found["language"] == "pt") & (found["level"] == "total")]
    measure = "service_level" if key == KEY else "met_deadline"
    return rows[rows["measure"] == measure].set_index("channel").loc[key.channel]


def test_without_a_precision_the_number_is_what_was_asked_for() -> None:
    assert total(LEAST)["replications"] == 5


def test_it_goes_on_until_the_interval_is_narrow_enough() -> None:
    for precision in (0.03, 0.01, 0.005):
        found = total(replace(LEAST, precision=precision))
        assert (found["mean_high"] - found["mean_low"]) / 2 <= precision
    assert found["replications"] > 20


def test_four_times_the_replications_halve_the_interval() -> None:
    rough, fine = (total(replace(LEAST, replications=n)) for n in (40, 160))
    ratio = (rough["mean_high"] - rough["mean_low"]) / (fine["mean_high"] - fine["mean_low"])
    assert ratio == pytest.approx(2, rel=0.25)


def test_the_most_is_never_passed() -> None:
    assert total(replace(LEAST, precision=1e-6, most=17))["replications"] == 17


def test_what_is_settled_from_the_start_is_not_repeated() -> None:
    mail = QueueKey("LIS", "pt", "email")
    assert total(replace(LEAST, precision=0.01), mail, agents=20)["replications"] == 5


def test_the_first_replications_are_the_same_however_many_follow() -> None:
    settled = total(replace(LEAST, precision=0.9))
    assert settled["value"] == total(LEAST)["value"]
