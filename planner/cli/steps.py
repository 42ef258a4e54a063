"""Each step of the line alone, on files: tables in, tables out (.parquet or .csv)."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from planner.cli.progress import Progress
from planner.config import Plan, load_plan
from planner.domain import tables as t
from planner.domain.problems import InputError, Problem
from planner.domain.table import Table
from planner.exporters.tabular import write_table
from planner.importers import read_table
from planner.pipeline import steps
from planner.pipeline.horizon import Horizon, first_local_day, horizon_of, within

SUFFIXES = (".parquet", ".csv")


def forecast(options: Namespace) -> None:
    """VOLUME -> FORECAST, and if asked FORECAST_DAYS, FORECAST_PATHS and ACCURACY."""
    plan = _start(options, "out", "days_out", "paths_out", "accuracy_out")
    volume = read_table(options.volume, t.VOLUME)
    usual = horizon_of(plan, volume)
    horizon = replace(usual, first_day=options.first_day or usual.first_day, days=options.days or usual.days)
    result = steps.forecast(plan, volume, horizon=horizon)
    for problem in result.problems:
        print(f"not forecast: {problem}")
    _write(
        (options.out, t.FORECAST, result.intervals),
        (options.days_out, t.FORECAST_DAYS, result.days),
        (options.paths_out, t.FORECAST_PATHS, result.paths),
        (options.accuracy_out, t.ACCURACY, result.accuracy),
    )


def staff(options: Namespace) -> None:
    """FORECAST -> REQUIREMENT."""
    plan = _start(options, "out")
    expected = read_table(options.forecast, t.FORECAST)
    _write((options.out, t.REQUIREMENT, steps.staff(plan, expected, quantile=options.quantile)))


def schedule(options: Namespace) -> None:
    """REQUIREMENT and AGENTS -> SCHEDULE, and if asked SCHEDULE_REPORT and COVERAGE."""
    plan = _start(options, "out", "report_out", "coverage_out")
    needed, agents = read_table(options.requirement, t.REQUIREMENT), read_table(options.agents, t.AGENTS)
    absences = _read_or_empty(options.absences, t.ABSENCES)
    weeks = options.weeks or plan.schedule_weeks
    horizon = Horizon(options.first_day or plan.first_day or _first_day(needed, plan), weeks * 7, weeks * 7)
    made = steps.schedule(
        plan,
        within(needed, plan.centre, horizon),
        steps.People(agents, absences),
        horizon=horizon,
        say=Progress(),
    )
    _write(
        (options.out, t.SCHEDULE, made["SCHEDULE"]),
        (options.report_out, t.SCHEDULE_REPORT, made["SCHEDULE_REPORT"]),
        (options.coverage_out, t.COVERAGE, made["COVERAGE"]),
    )


def _first_day(needed: pd.DataFrame, plan: Plan) -> date:
    """The earliest local day of the requirement, over all sites."""
    if needed.empty:
        raise InputError([Problem("empty_table", "there is no row, so there is nothing to schedule")])
    sites = plan.centre.sites
    return min(
        first_local_day(rows["interval_start"], sites[str(site)].time_zone)
        for site, rows in needed.groupby("site")
    )


def simulate(options: Namespace) -> None:
    """SCHEDULE, FORECAST and AGENTS -> SERVICE_CHECK."""
    plan = _start(options, "out")
    scheduled, agents = read_table(options.schedule, t.SCHEDULE), read_table(options.agents, t.AGENTS)
    paths = _read_or_empty(options.paths, t.FORECAST_PATHS)
    expected = steps.Expected(read_table(options.forecast, t.FORECAST), paths)
    result = steps.simulation(plan, scheduled, expected, agents=agents, replications=options.replications)
    _write((options.out, t.SERVICE_CHECK, result))


def score(options: Namespace) -> None:
    """VOLUME, EVALUATIONS and CONTACTS, as given -> SCORECARD."""
    plan = _start(options, "out")
    if not (options.volume or options.evaluations or options.contacts):
        raise InputError([Problem("nothing_to_score", "give --volume, --evaluations or --contacts")])
    volume = read_table(options.volume, t.VOLUME) if options.volume else t.VOLUME.empty()
    evaluations = (
        read_table(options.evaluations, t.EVALUATIONS) if options.evaluations else t.EVALUATIONS.empty()
    )
    contacts = [options.contacts] if options.contacts else []
    _write((options.out, t.SCORECARD, steps.score(plan, volume, evaluations, contacts=contacts)))


def _read_or_empty(path: Path | None, table: Table) -> pd.DataFrame:
    return read_table(path, table) if path else table.empty()


def _start(options: Namespace, *outputs: str) -> Plan:
    """The plan, after every output path was found writable in kind."""
    paths = [path for name in outputs if (path := getattr(options, name)) is not None]
    wrong = [
        Problem("unknown_suffix", f"cannot be written; end it in {' or '.join(SUFFIXES)}", str(path))
        for path in paths
        if path.suffix not in SUFFIXES
    ]
    if wrong:
        raise InputError(wrong)
    return load_plan(options.plan)


def _write(*results: tuple[Path | None, Table, pd.DataFrame]) -> None:
    for path, table, frame in results:
        if path is not None:
            write_table(frame, table, path)
            print(f"{path}: {table.name}, {len(frame):,} rows")
