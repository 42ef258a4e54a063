"""A schedule of two weeks for three people, made only so that its kernels are compiled."""

from __future__ import annotations

from datetime import date

import pandas as pd

from planner.domain.centre import (
    Centre,
    Contract,
    Handling,
    LabourRules,
    Queue,
    QueueKey,
    ShiftPattern,
    Site,
    Target,
)
from planner.domain.soft import Soft
from planner.domain.tables import ABSENCES, AGENTS, PREFERENCES, QUEUE, REQUIREMENT
from planner.domain.timegrid import OpeningHours, intervals
from staffing.scheduling.personal import Wishing
from staffing.scheduling.schedule import Given, ScheduleSettings, schedule

MONDAY, DAYS, ZONE = date(2026, 10, 5), 14, "UTC"
LANGUAGES = ("en", "fr")


def compile_scheduling() -> None:
    """Schedule them with all wishes weighed, a few pairs of weeks tried for each."""
    centre = _centre()
    schedule(
        _requirement(centre),
        _agents(),
        centre,
        absences=ABSENCES.empty(),
        first_day=MONDAY,
        days=DAYS,
        settings=ScheduleSettings(seed=1, pairs_each=2, bound_steps=4),
        given=Given(wishing=Wishing(PREFERENCES.empty(), Soft(), {"A": frozenset()})),
    )


def _centre() -> Centre:
    hours = OpeningHours(ZONE, dict.fromkeys(range(7), ((8 * 60, 20 * 60),)))
    site = Site("A", "A", "ES", ZONE, hours, labour=LabourRules())
    keys = [QueueKey("A", language, "voice") for language in LANGUAGES]
    queues = {key: Queue(key, "immediate", hours, Target(), Handling(300)) for key in keys}
    contracts = {"full": Contract("full", 40, 5, (8.0,))}
    return Centre("A", 30, {"A": site}, queues, contracts, (ShiftPattern("8 h", 8.0),))


def _agents() -> pd.DataFrame:
    spoken = ["en", "fr", "en;fr"]
    people = {"agent_id": ["1", "2", "3"], "site": "A", "contract": "full", "languages": spoken}
    return AGENTS.check(pd.DataFrame({**people, "channels": "voice"}))


def _requirement(centre: Centre) -> pd.DataFrame:
    start = intervals(MONDAY, DAYS, zone=ZONE, interval_min=30)
    open_ = start[next(iter(centre.queues.values())).hours.is_open(start)]
    usual = {"interval_start": open_, "interval_min": 30, "offered": 5.0, "aht_s": 300.0, "load_erlangs": 0.8}
    people = {"agents_on_contact": 1.0, "agents_scheduled": 1.1, "agents_rostered": 1.2}
    parts = [
        pd.DataFrame(
            {"interval_start": open_, "interval_min": 30, **dict(zip(QUEUE, key)), **usual, **people}
        )
        for key in centre.queues
    ]
    return REQUIREMENT.check(pd.concat(parts, ignore_index=True))
