"""The events of the horizon, as the plan knows them."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd

from dashboards import formats, look
from dashboards.effects_card import change
from dashboards.filters import Scope
from dashboards.languages import short_names
from dashboards.look import Cell
from dashboards.published import Published
from planner.domain.centre import Event
from planner.language import _
from planner.pipeline.given import events_table

LISTED = 12
YEAR = re.compile(r"\s*\b(19|20)\d\d\b")


def events_ahead(plan: Published, scope: Scope) -> list[Event]:
    """Events that touch the horizon and a language of the scope, by first day."""
    spoken = {key.language for key in plan.centre.queues if scope.holds(key)}
    touching = [
        event
        for event in plan.events()
        if _reach(event)[1] >= plan.first_day
        and _reach(event)[0] <= plan.last_day
        and (not event.languages or spoken & set(event.languages))
    ]
    return sorted(touching, key=lambda event: (event.first_day, event.name))


def _reach(event: Event) -> tuple[date, date]:
    """The first and last day on which contacts move."""
    before, after = pd.Timedelta(days=event.lead_days), pd.Timedelta(days=event.lag_days)
    return (
        (pd.Timestamp(event.first_day) - before).date(),
        (pd.Timestamp(event.last_day) + after).date(),
    )


def events_card(events: list[Event], effects: pd.DataFrame) -> None:
    """A row an event: when, whom it touches, what was said about it and what was learned."""
    about = _("expected = the change of a day that the events table gives; forecast = what the plan takes")
    with look.card("events", _("Which events lie ahead?"), about, data=events_table(events), fill=True):
        if not events:
            look.nothing(
                _("No event in the horizon"),
                _("Campaigns, sales and launches are told to the forecast as events."),
                _(
                    "Import a table with name, kind, first_day, last_day, uplift, or write events in "
                    "plan.yaml."
                ),
            )
            return
        heads = [Cell(_("Event"), "left"), Cell(_("Days"), "left"), Cell(_("Expected")), Cell(_("Forecast"))]
        look.table(heads, [_row(event, effects) for event in events[:LISTED]])
        if len(events) > LISTED:
            look.foot(_("{n} more are in the CSV file.").format(n=len(events) - LISTED))


def _row(event: Event, effects: pd.DataFrame) -> list[Cell]:
    tongues = formats.listed([short_names(tag) for tag in event.languages]) or _("all languages")
    days = formats.span(event.first_day, event.last_day)
    expected = change(event.uplift) if event.uplift is not None else formats.MISSING
    return [
        Cell(event.name, "left", under=tongues, strong=True),
        Cell(days, "left", under=_beside(event)),
        Cell(expected),
        _forecast(event, effects),
    ]


def _beside(event: Event) -> str:
    lead = formats.counted(event.lead_days, "{n} day before", "{n} days before")
    lag = formats.counted(event.lag_days, "{n} day after", "{n} days after")
    words = [words for days, words in ((event.lead_days, lead), (event.lag_days, lag)) if days]
    return _("and {days}").format(days=formats.listed(words)) if words else ""


def _forecast(event: Event, effects: pd.DataFrame) -> Cell:
    """What the plan takes of such days, and what that rests on."""
    found = effect_of(event, effects)
    if found is None:
        return Cell(formats.MISSING, under=_("a one-off") if event.exceptional else _("not seen yet"))
    days = formats.counted(int(found["seen"]), "{n} day seen", "{n} days seen")
    return Cell(change(found["effect"]), under=days if found["seen"] else _("only expected"))


def effect_of(event: Event, effects: pd.DataFrame) -> pd.Series | None:
    """The row of an event's own name without its year, else of its kind; None where the plan has neither."""
    names = effects["name"].astype(str).str.casefold()
    for name in (YEAR.sub("", event.name), event.kind):
        mine = effects[names == name.strip().casefold()]
        if len(mine):
            return mine.iloc[0]
    return None
