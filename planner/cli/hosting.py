"""`planner hosting`: where to serve each language, and in which teams, at least cost."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd

from planner.cli.commands import now
from planner.cli.progress import Progress
from planner.config import Plan, load_plan
from planner.domain.hosting_tables import HOSTING_TABLES
from planner.exporters.tabular import write_table
from planner.pipeline.hosting import hosting_store, plan_hosting
from planner.pipeline.kernels import warn_if_first
from planner.store import Store, plans, read_plan
from staffing.hosting.programme import Search

WHAT = "where to serve each language, alone or with others, at least cost and certified by simulation"
MORE = """Takes the forecast of the newest published plan. Today's queues are compared with the cheapest sites
for every language apart, and with the cheapest sites and teams of several languages; each is brought to the
size at which simulation says that every language meets its targets. Published in the store of its own beside
the plans."""


def add(each: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    command = each.add_parser("hosting", help=WHAT, description=f"{WHAT[0].upper()}{WHAT[1:]}. {MORE}")
    command.add_argument("store", type=Path, metavar="STORE", help="the folder with history and plans")
    command.add_argument("--plan", type=Path, metavar="PLAN.yaml", help="default: that of the newest plan")
    command.add_argument(
        "--weeks",
        type=int,
        choices=range(1, 79),
        metavar="N",
        help="weeks of the forecast to look at; 1 to 78",
    )
    command.add_argument(
        "--seconds", type=float, default=60.0, metavar="S", help="longest search; default 60"
    )
    command.add_argument("--out", type=Path, metavar="FOLDER", help="also write the tables there, as CSV")
    command.set_defaults(run=run)


def run(options: Namespace) -> None:
    """Plan, publish, and print what the plan comes to."""
    progress, store = Progress(), Store(options.store)
    plan = _asked(load_plan(options.plan or plans(store)[0].yaml), options)
    warn_if_first(progress)
    search = Search(options.seconds, seed=plan.seed)
    made = plan_hosting(plan, store, now=now(), search=search, say=progress)
    tables = {table.name: read_plan(hosting_store(store), made, table.name) for table in HOSTING_TABLES}
    if options.out is not None:
        options.out.mkdir(parents=True, exist_ok=True)
        for table in HOSTING_TABLES:
            write_table(tables[table.name], table, options.out / f"{table.name.lower()}.csv")
    progress(f"published hosting plan {made}")
    print("\n".join(summary(tables, plan.centre.currency)))


def _asked(plan: Plan, options: Namespace) -> Plan:
    """The plan with the weeks of the call."""
    if options.weeks is None:
        return plan
    return replace(plan, hosting=replace(plan.hosting, weeks=options.weeks))


def summary(tables: dict[str, pd.DataFrame], currency: str) -> Iterator[str]:
    """Cost, hours and people of the three allocations, what moves, pools, and whether targets hold."""
    found = tables["HOSTING_SEARCH"].set_index("allocation")
    for name, row in found.iterrows():
        holds = "every target holds" if row["holds"] else "not every target holds"
        yield (
            f"{name}: {row['certified_cost']:,.0f} {currency} a week, {row['paid_h']:,.0f} paid h, "
            f"{row['people']:,.0f} full-time people, {row['teams']} teams; {holds}, "
            f"of weeks to come {row['chance']:.0%} meet all of a queue's"
        )
    best = found.loc["proposed"]
    for other, words in (("today", "today's queues"), ("dedicated", "the best with every language apart")):
        saved = 1 - best["certified_cost"] / found.loc[other, "certified_cost"]
        hours = 1 - best["paid_h"] / found.loc[other, "paid_h"]
        yield f"proposed against {words}: {saved:.1%} of cost, {hours:.1%} of hours"
    bound = f"{best['bound']:,.0f} {currency}"
    yield f"programme solved to {best['gap']:.2%} of its bound, {bound}; {best['stopped']}"
    yield from _moves(tables["HOSTING"])
    yield from _people(tables["HOSTING_COST"])
    yield from _missed(tables["HOSTING_SERVICE"])


def _moves(matrix: pd.DataFrame) -> Iterator[str]:
    """Lines whose sites change, in the order of the work that moves."""
    shares = matrix.pivot_table(
        index=["line", "channels", "site"],
        columns="allocation",
        values="work_h",
        aggfunc="sum",
        fill_value=0.0,
    )
    hours = shares.groupby(["line", "site"])[["today", "proposed"]].sum()
    change = (hours["proposed"] - hours["today"]).round(1)
    for (line, site), moved in change[change.abs() >= 1].sort_values(key=abs, ascending=False).items():
        yield f"  {line} at {site}: {moved:+,.0f} h of handling a week"


def _people(costs: pd.DataFrame) -> Iterator[str]:
    for row in costs[costs["allocation"] == "proposed"].itertuples():
        seats = "" if pd.isna(row.seats) else f", {row.seats_used:.0f} of {row.seats:.0f} seats"
        yield (
            f"  {row.site}: {row.people:,.1f} people, {row.hired:,.1f} hired, {row.taught:,.1f} taught, "
            f"{row.free:,.1f} of today not needed{_unfilled(row.unfilled)}{seats}"
        )


def _unfilled(people: float) -> str:
    """People whom the markets named do not have, where there are any."""
    return f", {people:,.1f} NOT TO BE FOUND (hosting.markets, lessons)" if people >= 0.05 else ""


def _missed(service: pd.DataFrame) -> Iterator[str]:
    missed = service[(service["allocation"] == "proposed") & ~service["holds"].astype(bool)]
    for row in missed.itertuples():
        yield (
            f"  not certain: {row.line} {row.channel} {row.measure} {row.value:.3f} "
            f"({row.low:.3f} to {row.high:.3f}) against {row.target:.3f}"
        )
