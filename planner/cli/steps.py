"""Each step of the line alone, on files: tables in, tables out (.parquet or .csv)."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from planner.cli.backend import settings_of
from planner.cli.progress import Progress
from planner.config import Plan, load_plan
from planner.domain import tables as t
from planner.domain.membership import of_centre
from planner.domain.problems import InputError, Problem
from planner.domain.table import Table
from planner.exporters.tabular import known_formats, write_table
from planner.importers import read, read_table
from planner.importers.contact_log import import_contacts
from planner.pipeline import steps
from planner.pipeline.from_data import measured_plan
from planner.pipeline.given import with_events
from planner.pipeline.horizon import horizon_of
from planner.pipeline.kernels import warn_if_first
from planner.store import Store, contact_files


def forecast(options: Namespace) -> None:
    """VOLUME -> FORECAST, and if asked FORECAST_DAYS, FORECAST_PATHS and ACCURACY."""
    plan = _measured_start(options, "out", "days_out", "paths_out", "accuracy_out")
    plan = with_events(plan, _brought(options.events, t.EVENTS, plan))
    volume = _brought(options.history, t.VOLUME, plan)
    usual = horizon_of(plan, volume)
    first_day = options.first_day or options.cutoff or usual.first_day
    asked = options.horizon.days(first_day) if options.horizon else None
    horizon = replace(usual, first_day=first_day, days=options.days or asked or usual.days)
    plan = replace(plan, settings=settings_of(options, plan.settings))
    result = steps.forecast(plan, volume, horizon=horizon, say=Progress())
    for problem in result.problems:
        print(f"not forecast: {problem}")
    write(
        (options.out, t.FORECAST, result.intervals),
        (options.days_out, t.FORECAST_DAYS, result.days),
        (options.paths_out, t.FORECAST_PATHS, result.paths),
        (options.accuracy_out, t.ACCURACY, result.accuracy),
    )


def staff(options: Namespace) -> None:
    """FORECAST, and FORECAST_PATHS if given, -> REQUIREMENT."""
    plan = _measured_start(options, "out")
    expected = steps.Expected(_known(options.forecast, t.FORECAST, plan), _paths(options, plan))
    made = steps.staff(plan, expected, quantile=options.quantile, method=options.method)
    write((options.out, t.REQUIREMENT, made))


def _paths(options: Namespace, plan: Plan) -> pd.DataFrame:
    return _known(options.paths, t.FORECAST_PATHS, plan) if options.paths else t.FORECAST_PATHS.empty()


def simulate(options: Namespace) -> None:
    """SCHEDULE, FORECAST and AGENTS -> SERVICE_CHECK."""
    plan = _measured_start(options, "out")
    scheduled, agents = _known(options.schedule, t.SCHEDULE, plan), _brought(options.agents, t.AGENTS, plan)
    expected = steps.Expected(_known(options.forecast, t.FORECAST, plan), _paths(options, plan))
    result = steps.simulation(plan, scheduled, expected, agents=agents, replications=options.replications)
    write((options.out, t.SERVICE_CHECK, result))


def scored_tables(options: Namespace, plan: Plan, store: Store) -> dict[str, pd.DataFrame]:
    """VOLUME, EVALUATIONS, CONTACTS, SURVEYS and INTRADAY, as given -> SCORECARD and what goes with it.

    `store` is empty: a contact log is streamed into it.
    """
    volume = _brought(options.volume, t.VOLUME, plan)
    evaluations = _brought(options.evaluations, t.EVALUATIONS, plan)
    surveys = _brought(options.surveys, t.SURVEYS, plan)
    contacts = _contact_files(options.contacts, plan, store)
    planned = _brought(options.intraday, t.INTRADAY, plan)
    return steps.score(plan, steps.Happened(volume, evaluations, contacts, surveys, planned))


def _contact_files(path: Path | None, plan: Plan, store: Store) -> list[Path]:
    """A contact log of any length, checked and streamed into a store of its own."""
    if path is not None:
        import_contacts(store, path, centre=plan.centre, now=datetime.now(UTC), progress=Progress())
    return contact_files(store)


def _known(path: Path, table: Table, plan: Plan) -> pd.DataFrame:
    """A table an earlier step wrote, all of whose sites, languages, channels and queues the plan knows."""
    return read_table(path, of_centre(table, plan.centre))


def _brought(path: Path | None, table: Table, plan: Plan) -> pd.DataFrame:
    """A table people bring, in any format known and on any clock; empty when no file was named."""
    if path is None:
        return table.empty()
    brought = read(path, centre=plan.centre)
    if brought.table is not table:
        note = f"holds {brought.table.name} ({brought.table.meaning}); {table.name} is wanted here"
        raise InputError([Problem("other_table", note, path.name)])
    return brought.frame


def start(options: Namespace, *outputs: str) -> Plan:
    """The plan, after every output path was found writable in kind."""
    refuse_unwritable(options, *outputs)
    warn_if_first(Progress())
    return load_plan(options.plan)


def refuse_unwritable(options: Namespace, *outputs: str) -> None:
    """InputError for every output path that cannot be written, before any work is done."""
    known = tuple(known_formats())
    paths = [path for name in outputs if (path := getattr(options, name)) is not None]
    wrong = [problem for path in paths for problem in _unwritable(path, known)]
    if wrong:
        raise InputError(wrong)


def _measured_start(options: Namespace, *outputs: str) -> Plan:
    """The same, with what the plan takes from data measured in the contacts of --store."""
    contacts = contact_files(Store(options.store)) if options.store else []
    return measured_plan(start(options, *outputs), contacts).plan


def _unwritable(path: Path, known: Sequence[str]) -> Iterator[Problem]:
    """Why a result could not be written there, found before the work begins."""
    if path.suffix not in known:
        yield Problem("unknown_suffix", f"cannot be written; end it in {' or '.join(known)}", str(path))
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        yield Problem("no_folder", "cannot be written: its folder is missing or closed to you", str(path))


def write(*results: tuple[Path | None, Table, pd.DataFrame]) -> None:
    """Write each table that has a path, and say so."""
    for path, table, frame in results:
        if path is not None:
            write_table(frame, table, path)
            print(f"{path}: {table.name}, {len(frame):,} rows")
