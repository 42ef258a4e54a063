"""`planner backtest`: how good the forecast would have been on past days of anyone's file."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from forecasting.forecast import ForecastSettings
from planner.cli import plain
from planner.cli.progress import Progress
from planner.domain.forecast_tables import BACKTEST
from planner.domain.keys import QUEUE
from planner.domain.problems import InputError, Problem
from planner.exporters.tabular import write_table
from planner.pipeline.cluster import connected
from planner.pipeline.plain.forecast import backtest
from planner.pipeline.plain.horizon import origins_before
from planner.pipeline.plain.known import Known, Wish

WHAT = "how good the forecast of any file would have been: against what came, seasonal naive and hindsight"
MORE = """The whole forecast is made again as of past days with what was known then; opening hours and closed
days are recognised anew each time. Scores: WAPE, bias, MASE, pinball loss, and cover of the 80 % and 95 %
intervals, for intervals, days, weeks and the whole horizon."""
PATHS = 500
ALL = "all"
SHOWN = ("level", "model", "n", "wape", "bias", "mase", "cover80", "cover95")
IN_PER_CENT = ("wape", "bias", "cover80", "cover95")


def add(each: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    command = each.add_parser("backtest", help=WHAT, description=f"{WHAT[0].upper()}{WHAT[1:]}. {MORE}")
    command.add_argument("history", type=Path, metavar="HISTORY", help="CSV, Excel or Parquet")
    command.add_argument(
        "--horizon", type=plain.horizon, required=True, metavar="28d", help="how far ahead: 28d, 4w, 3m, 12m"
    )
    command.add_argument(
        "--origins", type=plain.positive, default=8, help="past days to forecast from; default 8"
    )
    command.add_argument(
        "--origin", type=date.fromisoformat, action="append", default=[], metavar="DATE",
        help="such a day (the first one forecast) by name; repeatable",
    )  # fmt: skip
    command.add_argument(
        "--cutoff", type=date.fromisoformat, metavar="DATE", help="look at nothing from this day on"
    )
    command.add_argument(
        "--events", type=Path, metavar="EVENTS", help="campaigns, sales, outages: past and planned"
    )
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="SCORES",
        help="the BACKTEST table; .csv, .xlsx or .parquet",
    )
    plain.add_options(command)
    command.set_defaults(run=run)


def run(options: Namespace) -> None:
    """Forecast again from every origin, write the scores and print what they come to."""
    plain.refuse_unwritable(options.out)
    say = Progress()
    wanted = plain.wish(options, cutoff=options.cutoff)
    history = plain.read_history(options, say)
    known = plain.understood(history, wanted, say)
    origins = _origins(options, known, wanted)
    say(f"{len(origins)} origins, {origins[0]} to {origins[-1]}, {wanted.ahead.days(origins[-1])} days each")
    spread = plain.spread(options, queues=len(known.centre.queues))
    settings = ForecastSettings(paths=PATHS, workers=spread.workers, backend=spread.backend, say=say)
    with connected(spread):
        scores = backtest(known, wanted, origins=origins, seed=options.seed, settings=settings)
    if scores.empty:
        note = "no origin has a week of history before it; bring a longer history or a shorter --horizon"
        raise InputError([Problem("too_short", note, history.file)])
    write_table(scores, BACKTEST, options.out)
    print(f"{options.out}: {BACKTEST.name}, {len(scores):,} rows")
    print(summary(scores))


def _origins(options: Namespace, known: Known, wanted: Wish) -> tuple[date, ...]:
    """The origins asked for, or evenly spaced ones whose horizons are known to their end."""
    begins = min(each.days[0] for each in known.observed.values()).date()
    if not options.origin:
        found = origins_before(known.first_day, count=options.origins, begins=begins, ahead=wanted.ahead)
        if found:
            return found
        note = f"is too short for a horizon of {wanted.ahead.days(begins)} days behind a fortnight of history"
        raise InputError([Problem("too_short", f"the history {note}; choose a shorter --horizon")])
    wrong = [
        Problem("origin_outside", f"--origin {day} lies outside the history, {begins} to {known.first_day}")
        for day in options.origin
        if not begins + timedelta(days=1) < day < known.first_day
    ]
    if wrong:
        raise InputError(wrong)
    return tuple(sorted(set(options.origin)))


def summary(scores: pd.DataFrame) -> str:
    """The scores over all days ahead as a table for the screen: per level, all queues together."""
    whole = scores[scores["bucket"] == ALL]
    together = (whole[list(QUEUE)] == ALL).all(axis=1)
    whole = whole[together] if together.any() else whole
    rows = [
        _row(level, model, part) for (level, model), part in whole.groupby(["level", "model"], sort=False)
    ]
    return "\n".join([_line(SHOWN), *map(_line, rows)])


def _row(level: object, model: object, part: pd.DataFrame) -> list[str]:
    n, actual = int(part["n"].sum()), part["actual"].to_numpy(float)
    by_size = {name: _mean(part[name], actual) for name in ("wape", "bias", "mase")}
    by_count = {name: _mean(part[name], part["n"].to_numpy(float)) for name in ("cover80", "cover95")}
    measures = {**by_size, **by_count}
    return [str(level), str(model), f"{n:,}", *(_said(name, measures[name]) for name in SHOWN[3:])]


def _mean(values: pd.Series, weights: Sequence[float]) -> float:
    frame = pd.DataFrame({"value": values.to_numpy(float), "weight": weights}).dropna()
    total = float(frame["weight"].sum())
    return float((frame["value"] * frame["weight"]).sum() / total) if total > 0 else float("nan")


def _said(name: str, value: float) -> str:
    if pd.isna(value):
        return "-"
    return f"{100 * value:.1f} %" if name in IN_PER_CENT else f"{value:.2f}"


def _line(cells: Sequence[str]) -> str:
    first = f"{cells[0]:10}{cells[1]:16}"
    return first + "".join(f"{cell:>10}" for cell in cells[2:])
