"""The calculator's form: one situation, its usual values those of a queue of the plan."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboards import filters, look
from dashboards.amounts import Amount, amount, slid
from dashboards.published import Published
from planner.domain.calculation import MODELS
from planner.domain.centre import Queue
from planner.domain.tables import QUEUE
from planner.language import _, message

MODEL_WORDS = {
    "erlang-a": message("Erlang A: some leave"),
    "erlang-b": message("Erlang B: lost if busy"),
    "erlang-c": message("Erlang C: nobody leaves"),
    "chat": message("Chat: several at once"),
}
SOME_CONTACTS = 120.0  # an hour, where the plan has no interval to take them from
Cells = Mapping[str, float | str | None]


def busiest_per_h(plan: Published, queue: Queue) -> float:
    """Contacts an hour of the queue's busiest planned interval."""
    if not plan.has("REQUIREMENT"):
        return SOME_CONTACTS
    rows = plan.table("REQUIREMENT", *QUEUE, "interval_min", "offered")
    mine = rows[(rows[[*QUEUE]] == list(queue.key)).all(axis=1)]
    each = mine["offered"] * 60 / mine["interval_min"]
    return float(round(each.max())) if len(mine) and each.max() >= 1 else SOME_CONTACTS


def choose_model(queue: Queue) -> str:
    """The model, by default the one that the requirement takes for the queue's channel."""
    waits = "erlang-a" if queue.handling.patience_s else "erlang-c"
    usual = "chat" if queue.kind == "concurrent" else waits
    return filters.choose("model", MODELS, default=usual, show=lambda name: _(MODEL_WORDS[name])) or usual


def situation(plan: Published, queue: Queue, *, model: str) -> pd.DataFrame:
    """One row of SITUATIONS from the fields, in which blank is absent."""
    with look.card("situation", _("The situation"), _("start values from the queue; blank = no such target")):
        cells = {
            "model": model,
            **_contacts(plan, queue, model=model),
            **_targets(queue, model=model),
            **_people(plan, queue),
            "short_abandon_s": queue.handling.short_abandon_s,
        }
    return pd.DataFrame({name: [cell] for name, cell in cells.items()})


def _contacts(plan: Published, queue: Queue, *, model: str) -> Cells:
    handling, contacts = queue.handling, busiest_per_h(plan, queue)
    found: dict[str, float | None] = {
        "offered_per_h": slid(
            Amount("contacts", _("Contacts an hour"), contacts, top=max(4 * contacts, 100.0))
        ),
        "aht_s": slid(
            Amount("aht", _("AHT, s"), handling.aht_s, 1, 86_400, top=max(2 * handling.aht_s, 900.0))
        ),
    }
    if model in ("erlang-a", "chat"):
        usual = handling.patience_s or (None if model == "chat" else 180.0)
        found["patience_s"] = slid(
            Amount("patience", _("Mean patience, s"), usual, 1, 1e7, top=max(2 * (usual or 0), 600.0))
        )
    if model == "chat":
        with st.container(horizontal=True, gap="small"):
            slots, slower = float(max(handling.concurrency, 1)), handling.slow_down
            found["concurrency"] = amount(Amount("concurrency", _("Conversations at once"), slots, 1, 100))
            found["slowdown"] = amount(Amount("slowdown", _("Slow-down, each further"), slower, 0, 100, 0.05))
    return found


def _targets(queue: Queue, *, model: str) -> Cells:
    target, levels = queue.target, [*queue.target.service_levels, None, None]
    found: dict[str, float | None] = {}
    for place, label, level in (
        ("", _("Answered, ≥ %"), levels[0]),
        ("_2", _("And, ≥ %"), levels[1]),
    ):
        with st.container(horizontal=True, gap="small"):
            share = _percent(f"level{place}", label, level.share if level else None)
            seconds = amount(
                Amount(f"within{place}", _("within, s"), level.within_s if level else None, 0, 86_400, 5)
            )
        found |= {f"target_service_level{place}": share, f"answer_within{place}_s": seconds}
    with st.container(horizontal=True, gap="small"):
        if model in ("erlang-a", "chat"):
            found["max_abandonment"] = _percent("abandonment", _("Abandoned, ≤ %"), target.max_abandonment)
        if model == "erlang-b":
            found["max_blocking"] = _percent("blocking", _("Blocked, ≤ %"), None)
        found["max_occupancy"] = _percent("occupancy", _("Occupancy, ≤ %"), target.max_occupancy)
        if model != "erlang-b":
            found["max_asa_s"] = amount(Amount("asa", _("ASA, ≤ s"), target.max_asa_s, 0, 86_400, 5))
    return found


def _people(plan: Published, queue: Queue) -> Cells:
    shrinkage = plan.centre.sites[queue.key.site].shrinkage_in(plan.first_day.month)
    with st.container(horizontal=True, gap="small"):
        planned = _percent("planned", _("Planned shrinkage, %"), shrinkage.planned)
        unplanned = _percent("unplanned", _("Unplanned, %"), shrinkage.unplanned)
        agents = amount(Amount("agents", _("Agents (blank = least)"), None, 0, 1e6))
    return {"planned_shrinkage": planned, "unplanned_shrinkage": unplanned, "agents": agents}


def _percent(name: str, label: str, usual: float | None) -> float | None:
    """A share asked for in percent."""
    shown = None if usual is None else round(usual * 100, 6)
    found = amount(Amount(name, label, shown, 0, 100))
    return None if found is None else round(found / 100, 8)
