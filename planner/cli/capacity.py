"""`planner capacity`: whom to hire, teach and ask for overtime in the weeks to come, at least cost."""

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
from planner.domain.capacity_tables import CAPACITY_TABLES, LEVELS
from planner.domain.problems import InputError, Problem
from planner.exporters.capacity_book import write_capacity
from planner.exporters.tabular import write_table
from planner.pipeline.capacity import plan_capacity, refuse_nothing_to_plan
from planner.pipeline.capacity_book import book_of
from planner.pipeline.capacity_plans import capacity_named, capacity_store
from planner.pipeline.kernels import warn_if_first
from planner.store import Store, plans, read_plan
from staffing.capacity.plan import Search

WHAT = "whom to hire and teach in the coming weeks, and how much overtime: at least cost, with its bound"
MORE = """The forecast reaches capacity.weeks of plan.yaml; need is counted in paid hours of experienced
people, supply with attrition, classes, ramp and known leavers. The plan is published in the store beside the
others."""
SHOWN = 5


def add(each: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    command = each.add_parser("capacity", help=WHAT, description=f"{WHAT[0].upper()}{WHAT[1:]}. {MORE}")
    command.add_argument("store", type=Path, metavar="STORE", help="the folder with history and plans")
    command.add_argument("--plan", type=Path, metavar="PLAN.yaml", help="default: that of the newest plan")
    command.add_argument(
        "--weeks", type=int, choices=range(4, 79), metavar="N", help="4 to 78; default: as in plan.yaml"
    )
    command.add_argument(
        "--level", choices=LEVELS, help="level of the day to cover; default: as in plan.yaml"
    )
    command.add_argument(
        "--seconds-per-site", type=float, default=60.0, metavar="S", help="longest search; default 60"
    )
    command.add_argument("--out", type=Path, metavar="FOLDER", help="also write the tables there, as CSV")
    command.add_argument(
        "--workbook",
        type=Path,
        metavar="FILE.xlsx",
        help="also write the plan with its assumptions, as Excel",
    )
    command.set_defaults(run=run)


def run(options: Namespace) -> None:
    """Plan, publish, and print what the plan comes to."""
    progress, store = Progress(), Store(options.store)
    _refuse_no_book(options.workbook)
    plan = _asked(load_plan(options.plan or plans(store)[0].yaml), options)
    refuse_nothing_to_plan(plan)
    warn_if_first(progress)
    search = Search(options.seconds_per_site, seed=plan.seed)
    made = plan_capacity(plan, store, now=now(), search=search, say=progress)
    kept = capacity_store(store)
    tables = {table.name: read_plan(kept, made, table.name) for table in CAPACITY_TABLES}
    if options.out is not None:
        options.out.mkdir(parents=True, exist_ok=True)
        for table in CAPACITY_TABLES:
            write_table(tables[table.name], table, options.out / f"{table.name.lower()}.csv")
    if options.workbook is not None:
        write_capacity(book_of(capacity_named(store, made)), options.workbook)
        progress(f"wrote {options.workbook}")
    progress(f"published capacity plan {made}")
    print("\n".join(summary(tables, plan)))


def _refuse_no_book(path: Path | None) -> None:
    """InputError before anything is planned when the workbook could not be written."""
    if path is None:
        return
    if path.suffix != ".xlsx":
        raise InputError([Problem("unknown_suffix", "is no workbook; end it in .xlsx", str(path))])
    if not path.parent.is_dir():
        raise InputError([Problem("no_folder", "the folder it stands in is missing", str(path))])


def _asked(plan: Plan, options: Namespace) -> Plan:
    """The plan with the weeks and level of the call."""
    capacity = plan.capacity
    if options.weeks is not None:
        capacity = replace(capacity, weeks=options.weeks)
    if options.level is not None:
        capacity = replace(capacity, level=options.level)
    return replace(plan, capacity=capacity)


def summary(tables: dict[str, pd.DataFrame], plan: Plan) -> Iterator[str]:
    """People, classes to decide next, cost with its bound, hours short, and the weeks most at risk."""
    heads, cost = tables["HEADCOUNT"], tables["CAPACITY_COST"]
    yield from _people(heads)
    yield from _needed(tables["CAPACITY_NEED"], plan.capacity.level)
    yield from _next_classes(tables["CLASSES"])
    total, bound, currency = float(cost["total"].sum()), float(cost["bound"].sum()), plan.centre.currency
    paid = total - float(cost["shortage"].sum())
    yield (
        f"cost {paid:,.0f} {currency}: wages {cost['wages'].sum():,.0f}, "
        f"overtime {cost['overtime'].sum():,.0f}, hiring {cost['hiring'].sum():,.0f}, "
        f"courses {cost['courses'].sum():,.0f}"
    )
    gap = (total - bound) / total if total else 0.0
    yield f"with hours short at their price {total:,.0f}; no plan is below {bound:,.0f} ({100 * gap:.2f} %)"
    short, need, level = cost["short_h"].sum(), cost["need_h"].sum(), plan.capacity.level[1:]
    yield f"short {short:,.0f} h of {need:,.0f} h needed at the {level} % day"
    yield from _at_risk(tables["CAPACITY"])
    yield from _seats(tables["CAPACITY_SEATS"], currency)
    yield from _levers(tables["CAPACITY_LEVERS"], currency)


def _seats(seats: pd.DataFrame, currency: str) -> Iterator[str]:
    """Sites whose seats bind, and what one more would save."""
    for site, rows in seats.groupby("site", sort=False):
        most = rows.loc[rows["taken"].idxmax()]
        if rows["worth"].sum() >= 1:
            yield (
                f"seats bind at {site}: {most['taken']:,.0f} of {most['seats']:,.0f} taken in the week of "
                f"{most['week']:%Y-%m-%d}; one seat more saves about {rows['worth'].sum():,.0f} {currency}"
            )


def _levers(levers: pd.DataFrame, currency: str) -> Iterator[str]:
    """What each lever does with the decisions as they are, and planned anew."""
    if levers.empty:
        return
    yield (
        f"against this plan, all sites (chance = in the week of {levers['watch_week'].iloc[0]:%Y-%m-%d}; "
        f"cost in {currency}):"
    )
    said = {"held": "decisions stand", "anew": "planned anew"}
    for (lever, answer), rows in levers.groupby(["lever", "response"], sort=False):
        chance = (rows["chance"] * rows["watch_need_h"]).sum(skipna=False) / rows["watch_need_h"].sum()
        worst = rows.loc[rows["bites_h"].abs().idxmax()]
        bites = f", most {worst['site']} {worst['bites_week']:%Y-%m-%d}" if worst["bites_h"] else ""
        yield (
            f"  {lever}, {said[answer]}: short {rows['short_change_h'].sum():+,.0f} h{bites}; "
            f"cost {rows['paid_change'].sum():+,.0f}; hired {rows['hired_change'].sum():+,.0f}; "
            f"chance {'unknown' if pd.isna(chance) else f'{100 * chance:.0f} %'}"
        )


def _people(heads: pd.DataFrame) -> Iterator[str]:
    weeks = heads.groupby("week")["employed"].sum()
    yield (
        f"people: {weeks.iloc[0]:,.0f} now, {weeks.max():,.0f} in the week of {weeks.idxmax():%Y-%m-%d}, "
        f"{weeks.iloc[-1]:,.0f} at the end; "
        f"hired {heads['hired'].sum():,.0f}, left {heads['left'].sum():,.0f}"
    )


def _needed(need: pd.DataFrame, level: str) -> Iterator[str]:
    """Full-time equivalents by channel in the week that needs most, at each level."""
    names = [f"need_{each}_fte" for each in LEVELS]
    week = need.groupby("week")[f"need_{level}_fte"].sum().idxmax()
    rows = need[need["week"] == week].groupby("channel")[names].sum()
    yield f"full-time equivalents needed in the week of {week:%Y-%m-%d} at P50 / P75 / P90:"
    for channel, fte in [*rows.iterrows(), ("all channels", rows.sum())]:
        yield f"  {channel}: " + " / ".join(f"{fte[name]:,.1f}" for name in names)


def _next_classes(classes: pd.DataFrame) -> Iterator[str]:
    if classes.empty:
        yield "no class is needed"
        return
    ahead = classes[~classes["decided"].astype(bool)].sort_values(["decide_by", "site", "skills"])
    count = int(classes["classes"].sum())
    named = "class" if count == 1 else "classes"
    yield f"{count:,} {named}, {classes['people'].sum():,} people; the next to decide:"
    for row in ahead.head(SHOWN).itertuples():
        yield (
            f"  by {row.decide_by:%Y-%m-%d}: {row.people} x {row.skills} {row.kind} at {row.site}, "
            f"class from {row.first_day:%Y-%m-%d}, on contact from {row.on_contact:%Y-%m-%d}"
        )


def _at_risk(supply: pd.DataFrame) -> Iterator[str]:
    worst = supply[supply["short_h"] >= 0.5].sort_values("short_h", ascending=False)
    if len(worst):
        yield "most short:"
    for row in worst.head(SHOWN).itertuples():
        chance = "unknown" if pd.isna(row.chance) else f"{100 * row.chance:.0f} %"
        yield (
            f"  {row.site} {row.language}, week of {row.week:%Y-%m-%d}: {row.short_h:,.0f} h short, "
            f"chance to meet the need {chance}"
        )
