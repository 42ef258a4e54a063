"""Runs of scenarios as the page shows them; a run never changes, so what was read of it is kept."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st

from dashboards import filters
from dashboards.published import Published
from planner.config import Plan, load_plan
from planner.language import _
from planner.pipeline.scenario_builder import Known, LastRun
from planner.pipeline.scenario_compared import Beside, Run, if_nobody_reacts, measured, weekly
from planner.pipeline.scenario_measures import full_time_h
from planner.store import Store, plans

MOST = 3  # scenarios side by side
IN_URL = "scenarios"


def store_of(plan: Published) -> Store:
    """The store of the plan that is shown."""
    return Store(Path(plan.folder))


def base_plan(plan: Published) -> Plan:
    """The settings that scenarios are differences on: those of the plan that is shown."""
    info = next(info for info in plans(store_of(plan)) if info.plan_id == plan.plan_id)
    return load_plan(info.yaml)


@st.cache_data(max_entries=16, show_spinner=False)
def measures_of(folder: str, pairs: tuple[Beside, ...]) -> pd.DataFrame:
    """As `measured`."""
    return measured(Store(Path(folder)), pairs)


@st.cache_data(max_entries=32, show_spinner=False)
def weeks_of(folder: str, run: Run, full_h: float) -> pd.DataFrame:
    """As `weekly`."""
    return weekly(Store(Path(folder)), run, full_time_h=full_h)


@st.cache_data(max_entries=32, show_spinner=False)
def unanswered(folder: str, run: Run) -> pd.DataFrame:
    """As `if_nobody_reacts`."""
    return if_nobody_reacts(Store(Path(folder)), run)


def full_h(plan: Published) -> float:
    """Hours a week of a full-time equivalent, as the measures have them."""
    return full_time_h(plan.centre)


def choose(known: tuple[Known, ...], runs: dict[str, LastRun]) -> list[str]:
    """Up to three scenarios that were run, bound to the URL as ?scenarios=a,b; by default the newest run."""
    options = [each.name for each in known if each.name in runs]
    if not options:
        return []
    usual = [max(options, key=lambda name: runs[name].made_at)]
    wanted = _wanted(options, usual)
    key = "choose-scenarios"
    st.session_state[key] = wanted
    st.multiselect(
        _("Scenarios"),
        options,
        max_selections=MOST,
        key=key,
        label_visibility="collapsed",
        placeholder=_("Choose up to three scenarios"),
        on_change=_to_url,
    )
    return wanted


def _wanted(options: list[str], usual: list[str]) -> list[str]:
    """What the URL asks for; what was never run, and more than three, is refused in words."""
    text = st.query_params.get(IN_URL)
    if text is None:
        return usual
    asked = list(dict.fromkeys(filter(None, (part.strip() for part in text.split(",")))))
    unknown = [name for name in asked if name not in options]
    if unknown:
        note = _("Not run yet, or no scenario: {names}. Run it below, or choose another.")
        filters.refuse(note.format(names=", ".join(unknown)))
    found = [name for name in asked if name in options]
    if len(found) > MOST:
        filters.refuse(_("At most {n} scenarios are shown; the first of them are.").format(n=MOST))
    return found[:MOST]


def _to_url() -> None:
    st.query_params[IN_URL] = ",".join(st.session_state["choose-scenarios"])
