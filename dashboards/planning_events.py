"""Planning: what moves contacts? Holidays, events, and the changes planners make by hand."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from dashboards import edits, filters, formats, look
from dashboards.effects_card import change, effects_card, effects_of, effects_table
from dashboards.events_card import events_ahead, events_card
from dashboards.expected import mean_days
from dashboards.filters import Scope
from dashboards.override_form import override_form
from dashboards.override_list import IN_FORCE, overrides_card
from dashboards.published import Published
from planner.domain.forecast_tables import OVERRIDES
from planner.domain.tables import QUEUE
from planner.language import _, message, retold

QUESTION = message("What moves contacts?")
Row = Mapping[Hashable, Any]

ANY_HOLIDAY = message("a public holiday")  # how the effects name what no holiday's own name says


def page(plan: Published) -> None:
    """Effects of days that are not ordinary, the events ahead, and the changes made by hand."""
    with look.head("events", QUESTION):
        scope = filters.scope(plan.centre)
    horizon = formats.span(plan.first_day, plan.last_day)
    look.about(
        _("{words} · horizon {horizon}, local days").format(words=scope.words(plan.centre), horizon=horizon),
        plan.origin(),
    )
    effects = _effects(plan, scope)
    entries = edits.entries(plan, OVERRIDES, scope)
    look.say(answer(effects, int((entries["state"] == IN_FORCE).sum())))
    left, right = look.pair("events", 7, 6)
    with left:
        effects_card(effects)
    with right:
        events_card(events_ahead(plan, scope), effects)
    if len(effects):
        effects_table(effects)
    overrides_card(plan, entries)
    override_form(plan, scope)


def _effects(plan: Published, scope: Scope) -> pd.DataFrame:
    if not plan.has("EFFECTS"):
        return pd.DataFrame(columns=["name", "kind", "effect", "low", "high", "seen", "next_day", "queues"])
    days = mean_days(plan.folder, plan.plan_id)
    contacts = days.groupby([*QUEUE], as_index=False)["base"].sum().rename(columns={"base": "offered"})
    return effects_of(scope.of(plan.table("EFFECTS")), contacts)


def answer(effects: pd.DataFrame, in_force: int) -> str:
    """The largest rise and fall of the horizon, and how many changes by hand are in force."""
    ahead = effects.dropna(subset=["next_day"]) if len(effects) else effects
    if len(ahead):  # a holiday is better named than counted among all
        ahead = ahead[~ahead["name"].str.casefold().str.startswith(_any_holiday())]
    rises, falls = (ahead[ahead["effect"] > 0], ahead[ahead["effect"] < 0]) if len(ahead) else (ahead, ahead)
    text = _("No holiday or event of the horizon moves contacts.")
    if len(rises) and len(falls):
        text = _("The largest rise of the horizon is {rise}; the largest fall {fall}.")
    elif len(rises):
        text = _("The largest rise of the horizon is {rise}.")
    elif len(falls):
        text = _("The largest fall of the horizon is {fall}.")
    rise = _named(rises.loc[rises["moved"].idxmax()]) if len(rises) else ""
    fall = _named(falls.loc[falls["moved"].idxmin()]) if len(falls) else ""
    hands = formats.counted(in_force, "{n} change by hand is in force.", "{n} changes by hand are in force.")
    return formats.sentence(
        text.format(rise=rise, fall=fall), hands if in_force else _("No change by hand is in force.")
    )


def _any_holiday() -> tuple[str, ...]:
    return ANY_HOLIDAY, retold(ANY_HOLIDAY).casefold()


def _named(row: Row) -> str:
    return _("{name}, **{change}**, on {day}").format(
        name=row["name"], change=change(row["effect"]), day=formats.day(row["next_day"])
    )
