"""`planner compare`: what differs between two schedules."""

from __future__ import annotations

import argparse
from argparse import Namespace
from pathlib import Path

import pandas as pd

from planner.cli.published import EXPLAINED, brought, named, plan_of
from planner.cli.steps import refuse_unwritable, write
from planner.domain import tables as t
from planner.domain.change_tables import CHANGE_KINDS
from planner.pipeline.comparing import compared

Each = argparse._SubParsersAction
WHAT = "what differs between two schedules, agent by agent"


def add(each: Each) -> None:
    """Add the command to the command line."""
    command = each.add_parser("compare", help=WHAT, description=f"{WHAT[0].upper()}{WHAT[1:]}.")
    command.add_argument("before", metavar="BEFORE", help=EXPLAINED)
    command.add_argument("after", metavar="AFTER", help="the other schedule, named in the same ways")
    command.add_argument("--store", type=Path, metavar="FOLDER", help="the store of the plans named")
    command.add_argument(
        "--plan", type=Path, metavar="PLAN.yaml", help="the centre; default: the later plan's own"
    )
    command.add_argument(
        "--agents", type=Path, metavar="AGENTS", help="for the names; default: the plan's own"
    )
    command.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="the CHANGES table; .parquet or .csv"
    )
    command.add_argument(
        "--days-out", type=Path, metavar="FILE", help="also CHANGES_DAYS: sums by site and day"
    )
    command.set_defaults(run=run)


def run(options: Namespace) -> None:
    """Compare, write, and print what it comes to."""
    refuse_unwritable(options, "out", "days_out")
    before, after = (named(text, options.store) for text in (options.before, options.after))
    plan = plan_of(options.plan, before, after)
    given = brought(options.agents, t.AGENTS, plan)
    known = after.table(t.AGENTS) if given is None else given
    found = compared(
        before.schedule(plan),
        after.schedule(plan),
        centre=plan.centre,
        agents=t.AGENTS.empty() if known is None else known,
    )
    write(
        (options.out, t.CHANGES, found["CHANGES"]), (options.days_out, t.CHANGES_DAYS, found["CHANGES_DAYS"])
    )
    print(summary(found["CHANGES"]))


def summary(changes: pd.DataFrame) -> str:
    """The changes counted by kind, in the order of their table."""
    if changes.empty:
        return "nothing differs on the days that both schedules cover"
    count = changes["kind"].value_counts()
    kinds = [f"  {kind:15}{count[kind]:>7,}" for kind in CHANGE_KINDS if kind in count]
    days = changes[["agent_id", "day"]].drop_duplicates()
    head = f"{days['agent_id'].nunique():,} agents on {len(days):,} agent-days, {len(changes):,} changes:"
    return "\n".join([head, *kinds])
