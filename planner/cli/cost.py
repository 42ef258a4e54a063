"""`planner cost`: what a published schedule costs, also at other wages, rates and premiums than its own."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from planner.cli.published import CURRENT, Named, named, plan_of
from planner.config import Plan
from planner.domain.cost_tables import COST_TABLES
from planner.domain.problems import InputError, Problem
from planner.domain.unit_costs import added_up
from planner.exporters.tabular import write_table
from planner.pipeline.costing import published_costs
from planner.store import Store

WHAT = "what a published schedule costs: by region, site, language, channel and contact"
MORE = """With --plan, by the costs of another plan.yaml: other wages, rates of exchange or premiums for the
same schedule. Nothing is published."""
BY = ("region", "site", "language", "channel")
WIDTH = 26


def add(each: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    command = each.add_parser("cost", help=WHAT, description=f"{WHAT[0].upper()}{WHAT[1:]}. {MORE}")
    command.add_argument("store", type=Path, metavar="STORE", help="the folder that keeps published plans")
    command.add_argument(
        "--plan-id", default=CURRENT, metavar="ID", help="which plan; default: the current one"
    )
    command.add_argument("--plan", type=Path, metavar="PLAN.yaml", help="priced by; default: its own")
    command.add_argument(
        "--by", action="append", default=[], choices=BY, help="repeatable; default: all of them"
    )
    command.add_argument("--out", type=Path, metavar="FOLDER", help="also write the tables there, as CSV")
    command.set_defaults(run=run)


def run(options: Namespace) -> None:
    """Price the schedule, print what it comes to, and write the tables where that is asked for."""
    found = named(options.plan_id, options.store)
    if found.info is None:
        raise InputError([Problem("no_plan", "is a file; name the id of a plan", options.plan_id)])
    plan = plan_of(options.plan, found)
    tables = published_costs(plan, Store(options.store), found.info)
    _refuse_nothing(tables, found, options.plan)
    if options.out is not None:
        options.out.mkdir(parents=True, exist_ok=True)
        for table in COST_TABLES:
            if table.name in tables:
                write_table(tables[table.name], table, options.out / f"{table.name.lower()}.csv")
    print("\n".join(summary(tables, plan, by=options.by or BY)))


def _refuse_nothing(tables: Mapping[str, pd.DataFrame], found: Named, asked: Path | None) -> None:
    """InputError when no hour has a price, or nobody is scheduled."""
    if not tables:
        note = "says no price; write costs.sites, or cost_per_paid_hour of each site"
        raise InputError([Problem("no_price", note, asked.name if asked else "plan.yaml", None, "costs")])
    if "COST_OF_PLAN" not in tables:
        raise InputError([Problem("no_schedule", f"plan {found.text} has no schedule to be priced")])


def summary(tables: Mapping[str, pd.DataFrame], plan: Plan, *, by: tuple[str, ...]) -> Iterator[str]:
    """All of it, the price of a point, then a table for each part asked for."""
    sites, queues = (_total(tables[name]) for name in ("COST_OF_PLAN", "COST_BY_QUEUE"))
    currency, whole = plan.centre.currency, added_up(sites, []).iloc[0]
    days = int(sites["days"].max())
    yield f"{days} days cost {whole['total']:,.0f} {currency}: {_unit(whole, currency)}"
    yield _parts(whole)
    yield from _points(tables["COST_OF_POINT"], currency)
    for part in by:
        rows = sites if part in ("region", "site") else queues
        fte = "an FTE" if rows is sites else ""
        yield f"\n{part:<{WIDTH}}{'handled':>12}{'total':>14}{'a contact':>12}{fte:>10}  {currency}"
        yield from _lines(added_up(rows, [part]), part)


def _total(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["period"] == "total"]


def _unit(row: pd.Series, currency: str) -> str:
    handled = f"{row['handled']:,.0f} of {row['contacts']:,.0f}"
    return (
        f"{_written(row['per_contact'], 2)} {currency} a contact handled ({handled}), "
        f"{_written(row['per_fte'], 0)} {currency} a full-time equivalent ({row['fte']:,.1f})"
    )


def _written(amount: float, digits: int) -> str:
    """An amount; a dash where nothing was handled, or nobody paid."""
    return "-" if pd.isna(amount) else f"{amount:,.{digits}f}"


def _parts(row: pd.Series) -> str:
    named_parts = {
        "wages": ("wages",),
        "leave": ("leave",),
        "unused contract hours": ("unused",),
        "premiums": ("overtime", "night", "sunday", "holiday"),
        "seats": ("seats",),
        "replacing leavers": ("hiring", "training"),
    }
    return ", ".join(f"{text} {row[list(names)].sum():,.0f}" for text, names in named_parts.items())


def _lines(rows: pd.DataFrame, part: str) -> Iterator[str]:
    for row in rows.sort_values("total", ascending=False).to_dict("records"):
        fte = _written(row["per_fte"], 0) if "per_fte" in row else ""
        yield (
            f"{row[part]!s:<{WIDTH}}{row['handled']:>12,.0f}{row['total']:>14,.0f}"
            f"{_written(row['per_contact'], 2):>12}{fte:>10}"
        )


def _points(points: pd.DataFrame, currency: str) -> Iterator[str]:
    """What one more point costs in the first week, everywhere."""
    mine = points[(points["region"] == "all") & (points["week"] == points["week"].min())]
    for row in mine.to_dict("records"):
        step = f"from {100 * row['begin']:g} to {100 * row['end']:g} %"
        yield f"a point of {row['target']} {step}: {row['point_cost']:,.0f} {currency} a week"
