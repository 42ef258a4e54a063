"""Finished schedules written by hand for the wishes: the site and people of the labour rules' tests."""

from __future__ import annotations

from datetime import date

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.soft import Soft
from planner.domain.tables import PREFERENCES, SCHEDULE
from staffing.finished import Finished
from staffing.wish import Wish
from staffing.worked import Worked
from tests.staffing.rules.hand import MONDAY, absences, agents, centre, shift

Segments = list[dict[str, object]]
COLUMNS = ("wish", "days", "start_from", "start_to", "weight", "valid_from", "valid_to")


def wishes(*rows: tuple[object, ...], agent: str = "ana") -> pd.DataFrame:
    """PREFERENCES of an agent: wish, days and, as far as given, band, weight and first and last day."""
    full = [(agent, *row, *[None] * (len(COLUMNS) - len(row))) for row in rows]
    return PREFERENCES.check(pd.DataFrame(full, columns=["agent_id", *COLUMNS]))


def schedule(*shifts: Segments) -> pd.DataFrame:
    """SCHEDULE of the shifts, joined with the agents' contracts."""
    rows = [segment for segments in shifts for segment in segments]
    found = SCHEDULE.check(pd.DataFrame(rows)) if rows else SCHEDULE.empty()
    return found.merge(agents()[["agent_id", "contract"]], on="agent_id", how="left")


def finished(
    *shifts: Segments,
    asked: pd.DataFrame | None = None,
    before: tuple[Segments, ...] = (),
    at: Centre | None = None,
    soft: Soft | None = None,
    away: pd.DataFrame | None = None,
    holidays: tuple[date, ...] = (),
    people: pd.DataFrame | None = None,
) -> Finished:
    """The shifts of the two weeks from `MONDAY`."""
    worked = Worked(
        schedule(*shifts),
        agents() if people is None else people,
        absences() if away is None else away,
        at or centre(),
        MONDAY,
        14,
        before=schedule(*before),
    )
    wanted = PREFERENCES.empty() if asked is None else asked
    return Finished(worked, wanted, soft or Soft(), {"SVQ": frozenset(holidays)})


def missed(wish: Wish, done: Finished) -> list[tuple[str, str, float]]:
    """Agent, day and amount of everything missed."""
    rows = wish.missed(done)
    return [(row.agent_id, f"{row.day:%m-%d}", round(float(row.amount), 6)) for row in rows.itertuples()]


def asked_days(wish: Wish, done: Finished) -> list[str]:
    """The days on which it was asked."""
    return [f"{day:%m-%d}" for day in wish.asked(done)["day"]]


__all__ = ["absences", "agents", "asked_days", "centre", "finished", "missed", "shift", "wishes"]
