"""What the store knows that a plan starts from."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.forecast_tables import EVENTS, OVERRIDES, TEACHING
from planner.domain.form_tables import FORMS, RATERS
from planner.domain.problems import InputError, Problem
from planner.domain.tables import (
    ABSENCES,
    AGENTS,
    DISPUTES,
    EVALUATIONS,
    INTRADAY,
    LOCKED,
    PREFERENCES,
    QUEUE,
    SURVEYS,
    VOLUME,
)
from planner.store import Store, read_history


@dataclass(frozen=True)
class History:
    """What the store knows, each table possibly empty."""

    volume: pd.DataFrame
    agents: pd.DataFrame
    absences: pd.DataFrame
    evaluations: pd.DataFrame
    events: pd.DataFrame
    overrides: pd.DataFrame
    teaching: pd.DataFrame
    preferences: pd.DataFrame
    locked: pd.DataFrame
    disputes: pd.DataFrame
    forms: pd.DataFrame
    raters: pd.DataFrame
    surveys: pd.DataFrame
    intraday: pd.DataFrame


TABLES = (
    VOLUME,
    AGENTS,
    ABSENCES,
    EVALUATIONS,
    EVENTS,
    OVERRIDES,
    TEACHING,
    PREFERENCES,
    LOCKED,
    DISPUTES,
    FORMS,
    RATERS,
    SURVEYS,
    INTRADAY,
)
OF_QUEUES = ("volume", "evaluations", "surveys", "intraday")


def history_of(store: Store) -> History:
    """Everything the store knows that a plan starts from."""
    return History(*(read_history(store, table) for table in TABLES))


def known_to(centre: Centre, history: History) -> tuple[History, list[str]]:
    """History of the plan's own queues and sites, and what was left aside because the plan lacks it."""
    queues = {name: _of_queues(getattr(history, name), centre) for name in OF_QUEUES}
    agents = history.agents[history.agents["site"].isin(list(centre.sites))].reset_index(drop=True)
    kept = replace(history, **queues, agents=agents)
    lost = {name: len(getattr(history, name)) - len(getattr(kept, name)) for name in (*OF_QUEUES, "agents")}
    return replace(kept, agents=still_here(agents, history.volume)), [
        f"left aside: {n:,} rows of {name} of queues or sites that plan.yaml lacks"
        for name, n in lost.items()
        if n
    ]


def still_here(agents: pd.DataFrame, volume: pd.DataFrame) -> pd.DataFrame:
    """AGENTS without those who had left when the history ends: they are known for their evaluations alone."""
    if volume.empty or "leave_date" not in agents.columns:
        return agents
    end = volume["interval_start"].max().tz_localize(None).normalize()
    return agents[agents["leave_date"].isna() | (agents["leave_date"] >= end)].reset_index(drop=True)


def _of_queues(frame: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    keys = pd.MultiIndex.from_frame(frame[list(QUEUE)])
    return frame[keys.isin(list(centre.queues))].reset_index(drop=True)


def refuse_coarse(volume: pd.DataFrame, centre: Centre) -> None:
    """InputError when the latest history is known by longer intervals than the plan asks for."""
    recent = volume[volume["interval_start"] >= volume["interval_start"].max() - pd.Timedelta(days=56)]
    coarsest = int(recent["interval_min"].max()) if len(recent) else 0
    if coarsest > centre.interval_min:
        note = (
            f"is {centre.interval_min} and the history is known by {coarsest} minutes; "
            f"write interval_min: {coarsest}, or import finer history"
        )
        raise InputError([Problem("coarse_history", note, "plan.yaml", None, "interval_min")])
