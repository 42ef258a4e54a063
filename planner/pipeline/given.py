"""What planners tell the forecast beside the history, from tables into the centre: events and teaching."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from planner.config import Plan
from planner.domain.centre import Event
from planner.domain.forecast_tables import EVENTS
from planner.domain.teaching import Teaching


def with_events(plan: Plan, events: pd.DataFrame) -> Plan:
    """The plan with the imported EVENTS added to its own; its own win where name and first day agree."""
    own = {(event.name, event.first_day) for event in plan.centre.events}
    imported = [event for event in events_in(events) if (event.name, event.first_day) not in own]
    return replace(plan, centre=replace(plan.centre, events=(*plan.centre.events, *imported)))


def events_in(events: pd.DataFrame) -> tuple[Event, ...]:
    """The rows of EVENTS as values; a blank cell of languages means all of them."""
    return tuple(_event(row) for row in events.to_dict("records"))


def _event(row: Mapping[Hashable, Any]) -> Event:
    languages = row.get("languages")
    return Event(
        row["name"],
        row["kind"],
        row["first_day"].date(),
        row["last_day"].date(),
        languages=tuple(map(str.strip, languages.split(";"))) if isinstance(languages, str) else (),
        exceptional=row.get("exceptional") is True,
        uplift=_number(row, "uplift"),
        lead_days=int(_number(row, "lead_days") or 0),
        lag_days=int(_number(row, "lag_days") or 0),
    )


def _number(row: Mapping[Hashable, Any], name: str) -> float | None:
    value = row.get(name)
    return None if value is None or pd.isna(value) else float(value)


def events_table(events: Iterable[Event]) -> pd.DataFrame:
    """The events as EVENTS, for a plan that is published with them."""
    rows = [
        {
            "name": event.name,
            "kind": event.kind,
            "first_day": event.first_day,
            "last_day": event.last_day,
            "languages": ";".join(event.languages),
            "uplift": event.uplift,
            "lead_days": event.lead_days,
            "lag_days": event.lag_days,
            "exceptional": event.exceptional,
        }
        for event in events
    ]
    return EVENTS.check(pd.DataFrame(rows)) if rows else EVENTS.empty()


def with_teaching(plan: Plan, teaching: pd.DataFrame) -> Plan:
    """The plan with the rows of TEACHING that nobody withdrew."""
    words = tuple(_teaching(row) for row in standing(teaching).to_dict("records"))
    return replace(plan, centre=replace(plan.centre, teaching=(*plan.centre.teaching, *words)))


def standing(entries: pd.DataFrame) -> pd.DataFrame:
    """The rows of OVERRIDES or TEACHING that nobody withdrew."""
    if "withdrawn_at" not in entries.columns:
        return entries
    return entries[entries["withdrawn_at"].isna()].reset_index(drop=True)


def _teaching(row: Mapping[Hashable, Any]) -> Teaching:
    return Teaching(
        row["first_day"].date(),
        row["last_day"].date(),
        bool(row["teaches"]),
        row["author"],
        row["reason"],
        site=row["site"],
        language=row["language"],
        channel=row["channel"],
    )
