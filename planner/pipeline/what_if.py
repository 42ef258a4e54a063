"""What if: one difference, and both sides searched again from the published schedule for the same need."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from planner.domain.problems import InputError, Problem
from planner.domain.schedule_tables import WHAT_IF
from planner.pipeline.asking import Asked
from planner.pipeline.changed_plan import Change, changed_agents, changed_plan, changed_rules
from planner.pipeline.steps import Say
from staffing.audit import audit
from staffing.labour import every_rule
from staffing.scheduling.again import Effort
from staffing.scheduling.ascent import Climb
from staffing.scheduling.case import Case
from staffing.scheduling.exact.solve import SMALL_TEAM, Patience, small
from staffing.scheduling.price import Prices
from staffing.scheduling.whatif import Side, differences, side

ROUNDS = 100  # of each bound's climb


@dataclass(frozen=True)
class Pains:
    """How hard both sides are searched: pairs for each agent and week, seconds for each; or exactly."""

    pairs_each: int = 100
    seconds: float = 30.0
    exactly: Patience | None = None


@dataclass(frozen=True)
class WhatIf:
    """WHAT_IF, the SCHEDULE with the difference, and what to know about the answer."""

    table: pd.DataFrame
    schedule: pd.DataFrame
    notes: tuple[str, ...]


def what_if(asked: Asked, schedule: pd.DataFrame, change: Change, *, pains: Pains, say: Say) -> WhatIf:
    """What differs with a change, from a published SCHEDULE on, which itself stays as it is.

    InputError for a change that names what is not there.
    """
    plan = changed_plan(asked.plan, change)
    agents = changed_agents(asked.people.agents, change, asked.plan.centre)
    other = replace(asked, plan=plan, people=replace(asked.people, agents=agents))
    rules = changed_rules(change)
    pairs = []
    for (people, build), (people_then, build_then) in zip(asked.sites(), other.sites()):
        say(f"{people.site.code}: searching as it is, and with the difference")
        cases = build(people, every_rule()), build_then(people_then, rules)
        if pains.exactly and not all(small(case) for case in cases):
            raise InputError([Problem("large_team", _too_large(len(cases[1].agents), cases[1].clock.days))])
        pairs.append(tuple(_side(case, schedule, asked, pains) for case in cases))
    made = pd.concat([after.schedule for _, after in pairs], ignore_index=True)
    _audited(made, other, {rule.name for rule in rules})
    table = pd.concat([differences(*pair) for pair in pairs], ignore_index=True)
    return WhatIf(WHAT_IF.check(table), made, tuple(note for pair in pairs for note in _notes(*pair)))


def _side(case: Case, schedule: pd.DataFrame, asked: Asked, pains: Pains) -> Side:
    effort = Effort(asked.plan.seed, Prices(), time.monotonic, pains.pairs_each, pains.seconds)
    return side(case, schedule, effort=effort, climb=Climb(rounds=ROUNDS), patience=pains.exactly)


def _too_large(agents: int, days: int) -> str:
    return (
        f"an exact answer is for teams of about {SMALL_TEAM} agents and a week; here are {agents} agents and "
        f"{days} days: name a --site and --weeks 1, or leave --exact out"
    )


def _audited(made: pd.DataFrame, asked: Asked, kept: set[str]) -> None:
    """RuntimeError for a roster that breaks a rule which was not left out."""
    found = audit(
        made,
        asked.people.agents,
        asked.plan.centre,
        absences=asked.people.absences,
        first_day=asked.horizon.first_day,
        days=asked.horizon.schedule_days,
        before=asked.people.before,
    )
    wrong = found[found["rule"].isin(kept)]
    if len(wrong):
        raise RuntimeError(
            "the schedule of a what-if breaks labour rules; this is a fault of the program:\n"
            + wrong.head(20).to_string(index=False)
        )


def _notes(before: Side, after: Side) -> Iterator[str]:
    """Whether the difference is proven, found, or within what the search leaves open."""
    site, saved = before.case.site.code, before.cost - after.cost
    if before.proven and after.proven:
        yield f"{site}: both are the cheapest there are, so the difference of {-saved:+,.1f} is exact"
        return
    open_before, open_after = before.cost - before.bound, after.cost - after.bound
    yield (
        f"{site}: the rosters found differ by {-saved:+,.1f}; by the bounds the cheapest ones differ by "
        f"{-saved - open_after:+,.1f} to {-saved + open_before:+,.1f}"
    )
    for note in after.case.notes:
        yield f"{site}: {note}"
