"""What happened, scored: the line's scorecards and tables of quality, without forecast or schedule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd

from planner.config import Plan
from planner.pipeline import steps
from planner.pipeline.bringing import Bringing, Say, import_files, import_inputs
from planner.pipeline.history import history_of, known_to
from planner.pipeline.quality_line import known, quality_tables
from planner.scorecards.scorecard import Happened
from planner.store import Store, contact_files


def scored(plan: Plan, store: Store, *, say: Say) -> dict[str, pd.DataFrame]:
    """SCORECARD and every table of quality of what the store knows, by name."""
    history, notes = known_to(plan.centre, history_of(store))
    for note in notes:
        say(note)
    say("scoring service, quality and first-contact resolution")
    contacts = contact_files(store)
    lived = (history.volume, history.evaluations, contacts, history.surveys, history.intraday)
    made = steps.score(plan, Happened(*lived))
    if history.volume.empty and history.evaluations.empty:
        return made
    return made | quality_tables(known(plan, history, contacts=contacts, scorecard=made["SCORECARD"]))


def scored_inputs(plan: Plan, store: Store, *, now: datetime, say: Say) -> dict[str, pd.DataFrame]:
    """The same of the files that the plan names, checked and brought into an empty store."""
    for text in import_inputs(plan, store, now=now, say=say):
        say(text)
    return scored(plan, store, say=say)


def scored_files(
    plan: Plan, files: Sequence[Path], store: Store, *, now: datetime, say: Say
) -> dict[str, pd.DataFrame]:
    """The same of files in any format known, checked and brought into an empty store."""
    for text in import_files(files, Bringing(plan.centre, store, now, say)):
        say(text)
    return scored(plan, store, say=say)
