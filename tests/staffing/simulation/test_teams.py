"""Teams of given size: as many on contact as said, who came first leaves first, and Erlang A inside the interval."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.centre import Handling, Queue, QueueKey, ServiceLevel, Target
from planner.domain.timegrid import around_the_clock
from staffing.erlang import Demand as Load
from staffing.erlang import service_level
from staffing.simulation.arrivals import demand
from staffing.simulation.certainty import ratio
from staffing.simulation.horizon import Horizon
from staffing.simulation.teams import drawn, duty_of, on_duty, played, team_model

RNG = np.random.default_rng(5)
HORIZON = Horizon("UTC", pd.date_range("2026-10-05", periods=2), 30)


def queue(language: str) -> Queue:
    target = Target((ServiceLevel(0.8, 20.0),))
    handling = Handling(300.0, 180.0, aht_cv=1.0)
    return Queue(QueueKey("A", language, "voice"), "immediate", around_the_clock("UTC"), target, handling)


def steady(number: int, erlangs: float):  # type: ignore[no-untyped-def]
    rows = pd.DataFrame({"interval_start": HORIZON.starts, "offered": erlangs * 6, "aht_s": 300.0})
    paths = pd.DataFrame({"path": [], "day": pd.to_datetime([]), "offered": []})
    return demand(number, queue=queue(f"l{number}"), forecast=rows, paths=paths, horizon=HORIZON)


def test_in_every_interval_there_are_as_many_as_said() -> None:
    agents = RNG.integers(0, 9, size=(3, 48))
    duty = duty_of(agents, np.array([1, 1, 3]), interval_s=1800.0)
    there = np.zeros((3, 48), int)
    group_of: dict[int, int] = {}
    for at_s, agent, group in zip(duty.at_s, duty.agent, duty.group, strict=True):
        if agent >= 0 and group >= 0:
            group_of[int(agent)] = int(group)
            there[group, int(at_s // 1800) :] += 1
        elif agent >= 0:
            there[group_of[int(agent)], int(at_s // 1800) :] -= 1
    assert (there == agents).all()
    assert (np.diff(duty.at_s) >= 0).all()


def test_one_language_alone_is_served_as_erlang_a_has_it() -> None:
    model = team_model([steady(0, 6.0)], [[0]], horizon=HORIZON)
    agents = np.full((1, len(HORIZON.starts)), 8)
    runs = [
        played(model, on_duty(model, agents), drawn(model, path=0, seed=3, replication=n)) for n in range(30)
    ]
    found = ratio(
        np.array([run.answered_in_t1.sum() for run in runs]), np.array([run.offered.sum() for run in runs])
    )
    expected = float(service_level(Load(6.0, 300.0, 180.0), agents=8, within_s=20.0))
    assert found.low - 0.005 < expected < found.high + 0.005  # lognormal handle times of the same spread


def test_who_speaks_both_is_as_good_as_one_queue_when_all_do() -> None:
    apart = [steady(0, 3.0), steady(1, 3.0)]
    model = team_model(apart, [[0, 1]], horizon=HORIZON)
    agents = np.full((1, len(HORIZON.starts)), 8)
    runs = [
        played(model, on_duty(model, agents), drawn(model, path=0, seed=4, replication=n)) for n in range(30)
    ]
    found = ratio(
        np.array([run.answered_in_t1.sum() for run in runs]), np.array([run.offered.sum() for run in runs])
    )
    expected = float(service_level(Load(6.0, 300.0, 180.0), agents=8, within_s=20.0))
    assert found.low - 0.005 < expected < found.high + 0.005
