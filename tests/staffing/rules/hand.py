"""Schedules written by hand for the rules: one site in Madrid, law like Spain's, two agents."""

from __future__ import annotations

from dataclasses import replace
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
from planner.domain.tables import ABSENCES, AGENTS, SCHEDULE
from planner.domain.timegrid import OpeningHours, around_the_clock
from staffing.audit import audit

MONDAY = date(2026, 10, 5)
ZONE = "Europe/Madrid"
SPAIN = LabourRules(daily_rest_h=12, weekly_rest_h=36, day_max_h=9, week_max_h=40, break_after_h=6)
HOURS = (2, 4, 6, 7, 8, 10)  # shifts of any length, so that a test breaks one rule alone
OPEN = OpeningHours(ZONE, dict.fromkeys(range(7), ((8 * 60, 23 * 60),)))


def centre(labour: LabourRules = SPAIN, hours: OpeningHours = OPEN, **contracts: Contract) -> Centre:
    """A site with Spanish and Italian voice and Spanish chat; contracts `full`, `part` and those given."""
    site = Site("SVQ", "Seville", "ES", ZONE, hours, labour=labour)
    keys = [QueueKey("SVQ", "es", "voice"), QueueKey("SVQ", "it", "voice"), QueueKey("SVQ", "es", "chat")]
    queues = {key: Queue(key, "immediate", hours, Target(), Handling(300)) for key in keys}
    known = {"full": Contract("full", 40, 5, HOURS), "part": Contract("part", 20, 5, HOURS)} | contracts
    patterns = tuple(ShiftPattern(f"{paid:g} h", paid, meal_from_h=24, break_from_h=24) for paid in HOURS)
    return Centre("Test", 30, {"SVQ": site}, queues, known, patterns)


def agents(**columns: object) -> pd.DataFrame:
    """Ana speaks Spanish and serves voice and chat, Bea only Italian voice; columns given replace Ana's."""
    ana = {
        "agent_id": "ana",
        "site": "SVQ",
        "contract": "full",
        "languages": "es:native",
        "channels": "voice;chat",
    }
    bea = {
        "agent_id": "bea",
        "site": "SVQ",
        "contract": "part",
        "languages": "it:native",
        "channels": "voice",
    }
    return AGENTS.check(pd.DataFrame([ana | columns, bea]))


def absences(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Rows of agent, first day, last day, reason."""
    columns = ["agent_id", "first_day", "last_day", "reason"]
    return ABSENCES.check(pd.DataFrame(rows, columns=columns)) if rows else ABSENCES.empty()


def shift(
    start: str, hours: float = 8.0, *, meal_after: float | None = 4.0, **changes: str
) -> list[dict[str, object]]:
    """Ana's shift on Spanish voice from a local time, `hours` paid, with a meal of half an hour."""
    begin = pd.Timestamp(start, tz=ZONE).tz_convert("UTC")
    row = {
        "agent_id": "ana", "site": "SVQ", "day": pd.Timestamp(start).normalize(), "shift": f"{hours:g} h",
        "activity": "contact", "language": "es", "channel": "voice",
    } | changes  # fmt: skip
    if meal_after is None:
        return [row | {"start": begin, "end": begin + pd.Timedelta(hours=hours)}]
    pause = begin + pd.Timedelta(hours=meal_after)
    back, end = pause + pd.Timedelta(minutes=30), begin + pd.Timedelta(hours=hours, minutes=30)
    meal = row | {"activity": "meal", "language": None, "channel": None}
    return [
        row | {"start": begin, "end": pause},
        meal | {"start": pause, "end": back},
        row | {"start": back, "end": end},
    ]


def table(*shifts: list[dict[str, object]]) -> pd.DataFrame:
    """The shifts as a SCHEDULE."""
    rows = [segment for segments in shifts for segment in segments]
    return SCHEDULE.check(pd.DataFrame(rows)) if rows else SCHEDULE.empty()


def broken(
    *shifts: list[dict[str, object]],
    at: Centre | None = None,
    people: pd.DataFrame | None = None,
    away: pd.DataFrame | None = None,
    days: int = 14,
    past: list[list[dict[str, object]]] | None = None,
    locked: pd.DataFrame | None = None,
) -> list[tuple[str, str, str]]:
    """Rule, agent and day of every violation that the audit finds; `past` are shifts before the horizon."""
    schedule = table(*shifts)
    found = audit(
        schedule,
        agents() if people is None else people,
        at or centre(),
        absences=absences() if away is None else away,
        first_day=MONDAY,
        days=days,
        before=table(*past) if past else None,
        locked=locked,
    )
    return [(row.rule, row.agent_id, f"{row.day:%m-%d}") for row in found.itertuples()]


def night_law(**changes: object) -> Centre:
    """The same, open around the clock."""
    return centre(labour=replace(SPAIN, **changes), hours=around_the_clock(ZONE))


def week_of(clock: str, *days: str, hours: float = 8.0) -> list[list[dict[str, object]]]:
    """A shift at that local time on each of the days (month-day of 2026)."""
    return [shift(f"2026-{day} {clock}", hours) for day in days]


def law(**changes: object) -> Centre:
    """The centre with some numbers of its law changed."""
    return centre(labour=replace(SPAIN, **changes))
