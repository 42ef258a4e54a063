"""The changes that planners made on top of the forecast: in force, expired, withdrawn."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import edits, formats, look
from dashboards.expected import mean_days
from dashboards.look import Cell
from dashboards.override_effects import preview
from dashboards.override_words import change_words, covered, days_words, place_words
from dashboards.published import Published
from planner.domain.centre import Centre
from planner.language import _, message
from planner.pipeline.editing import withdraw_override
from planner.pipeline.overrides import overrides_in

CARD = "overrides"
LISTED = 12
IN_FORCE = message("in force")
Row = Mapping[Hashable, Any]


def overrides_card(plan: Published, entries: pd.DataFrame) -> None:
    """A row an override: what, for whom, by whom and why, its state and its contacts; withdraw one."""
    about = _("newest first; contacts = more or fewer in this plan's horizon; the forecast before it is kept")
    with look.card(CARD, _("What did planners change by hand?"), about, data=entries):
        edits.tell(CARD)
        if entries.empty:
            look.nothing(
                _("No change by hand"),
                _("The forecast is used as it is."),
                _("Enter one below, or import a table of overrides."),
            )
            return
        heads = [Cell(_("Change"), "left"), Cell(_("For"), "left"), Cell(_("Why, and who"), "left")]
        heads += [Cell(_("State"), "left"), Cell(_("Contacts"))]
        shown = entries.head(LISTED).to_dict("records")
        look.table(heads, [_cells(plan, row) for row in shown])
        if len(entries) > LISTED:
            look.foot(_("{n} older ones are in the CSV file.").format(n=len(entries) - LISTED))
        standing = entries[entries["state"] == IN_FORCE]
        if len(standing):
            _withdraw(plan, standing)


def _cells(plan: Published, row: Row) -> list[Cell]:
    entered = (
        f"{row['author']}, {formats.long_day(row['made_at'])}" if pd.notna(row["made_at"]) else row["author"]
    )
    return [
        Cell(change_words(row), "left", under=days_words(row), strong=row["state"] == IN_FORCE),
        Cell(place_words(row, plan.centre), "left"),
        Cell(row["reason"], "left", under=entered),
        Cell(_(str(row["state"])), "left", under=state_words(row)),
        contacts(plan, row),
    ]


def state_words(row: Row) -> str:
    """Until when it holds, or who withdrew it."""
    if row["state"] == "withdrawn":
        who, when = row["withdrawn_by"], formats.long_day(row["withdrawn_at"])
        return _("by {name}, {day}").format(name=who, day=when)
    text = _("on {day}") if row["state"] == "expired" else _("until {day}")
    return text.format(day=formats.long_day(row["expires"]))


def contacts(plan: Published, row: Row) -> Cell:
    """Contacts more or fewer in the horizon: in this plan, or of one that the next plan will have."""
    if row["override_id"] in planned_with(plan):
        days = covered(mean_days(plan.folder, plan.plan_id), row)
        return Cell(formats.signed((days["offered"] - days["base"]).sum(), 0), under=_("in this plan"))
    if row["state"] != IN_FORCE:
        return Cell(formats.MISSING, under=_("not in this plan"))
    (override,) = overrides_in(pd.DataFrame([dict(row)]))
    if row["first_day"] > pd.Timestamp(plan.last_day) or row["last_day"] < pd.Timestamp(plan.first_day):
        return Cell(formats.MISSING, under=_("outside the horizon"))
    found = preview(plan.folder, plan.plan_id, override)
    return Cell(formats.signed(found.contacts, 0), under=_("from the next plan on"))


def planned_with(plan: Published) -> set[str]:
    """The ids of the overrides that the plan was made with."""
    return set(plan.table("OVERRIDES", "override_id")["override_id"]) if plan.has("OVERRIDES") else set()


def _withdraw(plan: Published, standing: pd.DataFrame) -> None:
    words = {row["override_id"]: _short(row, plan.centre) for row in standing.to_dict("records")}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="withdraw-override"):
        chosen = st.selectbox(
            _("Withdraw one"), list(words), format_func=words.__getitem__, key="withdraw-which", width=430
        )
        name = edits.author("withdraw")
        st.button(
            _("Withdraw"),
            key="withdraw-button",
            disabled=not name,
            on_click=edits.write,
            args=(
                CARD,
                _("Withdrawn; it stays in the list."),
                lambda: withdraw_override(edits.desk(plan), str(chosen), author=name),
            ),
        )


def _short(row: Row, centre: Centre) -> str:
    return f"{change_words(row)}, {days_words(row)}, {place_words(row, centre)}"
