"""What a capacity plan comes to, with every assumption, for its workbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from planner.config import load_plan
from planner.config.capacity_told import told
from planner.exporters.capacity_book import CapacityBook, Line
from planner.pipeline.capacity_plans import CapacityPlan


def book_of(capacity: CapacityPlan) -> CapacityBook:
    """The workbook of a published capacity plan, with the settings of the plan.yaml it was made with."""
    plan, facts = load_plan(capacity.yaml), capacity.facts
    asked = {name: facts[name] for name in ("weeks", "level")}
    assumptions = [
        Line(each.path, each.value, each.unit, each.meaning, each.set_in) for each in told(plan, asked)
    ]
    longest = max((contract.weekly_hours for contract in plan.centre.contracts.values()), default=40.0)
    full_time_h = float(facts.get("full_time_h", longest))
    return CapacityBook(capacity.tables, list(summary_of(capacity)), assumptions, full_time_h)


def summary_of(capacity: CapacityPlan) -> Iterator[Line]:
    """The first sheet: which plan, people, hours, cost and risk."""
    yield from _plan(capacity)
    yield from _people(capacity.tables["HEADCOUNT"], capacity.tables["CLASSES"])
    yield from _hours(capacity)
    yield from _cost(capacity)
    yield from _risk(capacity.tables["CAPACITY"])


def _plan(capacity: CapacityPlan) -> Iterator[Line]:
    facts = capacity.facts
    yield Line("operation", str(facts["name"]), "", "synthetic sample" if facts.get("synthetic") else "")
    yield Line("capacity plan", capacity.plan_id, "", "name of the published plan")
    yield Line("made at", f"{capacity.made_at:%Y-%m-%d %H:%M} UTC")
    yield Line("first week", date.fromisoformat(str(facts["first_monday"])), "day", "its Monday")
    yield Line("weeks", int(facts["weeks"]), "weeks")
    yield Line("level", str(facts["level"]), "", "level of the day that the plan covers")


def _people(heads: pd.DataFrame, classes: pd.DataFrame) -> Iterator[Line]:
    weeks = heads.groupby("week")["employed"].sum()
    if weeks.empty:
        return
    yield Line("people in the first week", float(weeks.iloc[0]), "people", "expected, so fractions")
    yield Line("people at the most", float(weeks.max()), "people", f"week of {weeks.idxmax():%Y-%m-%d}")
    yield Line("people in the last week", float(weeks.iloc[-1]), "people")
    yield Line("people hired", float(heads["hired"].sum()), "people", "decided already or by this plan")
    yield Line("people who leave", float(heads["left"].sum()), "people")
    yield Line("classes", int(classes["classes"].sum()), "classes")


def _hours(capacity: CapacityPlan) -> Iterator[Line]:
    supply, level = capacity.tables["CAPACITY"], str(capacity.facts["level"])
    yield Line("hours needed", float(supply[f"need_{level}_h"].sum()), "h", f"at the {level} level")
    yield Line("hours short", float(supply["short_h"].sum()), "h", f"at the {level} level")
    overtime = capacity.tables["HEADCOUNT"]["overtime_h"].sum()
    yield Line("overtime", float(overtime), "h")


def _cost(capacity: CapacityPlan) -> Iterator[Line]:
    cost, currency = capacity.tables["CAPACITY_COST"], str(capacity.facts["currency"])
    sums = cost[["wages", "overtime", "hiring", "courses", "shortage", "total", "bound"]].sum()
    paid = float(sums["total"] - sums["shortage"])
    for name in ("wages", "overtime", "hiring", "courses"):
        yield Line(f"cost: {name}", float(sums[name]), currency)
    yield Line("cost: paid", paid, currency, "wages, overtime, hiring and courses")
    contacts = float(cost["contacts"].sum())
    if contacts > 0:
        yield Line(
            "cost: paid per contact", paid / contacts, currency, f"of {contacts:,.0f} contacts expected"
        )
    yield Line("cost: hours short, priced", float(sums["shortage"]), currency, "weighed, never paid")
    yield Line("cost: bound", float(sums["bound"]), currency, "no plan costs less, hours short priced")
    if sums["total"] > 0:
        gap = float((sums["total"] - sums["bound"]) / sums["total"])
        yield Line("gap", gap, "share", "(paid + hours short priced - bound) / (paid + hours short priced)")


def _risk(supply: pd.DataFrame) -> Iterator[Line]:
    known = supply.dropna(subset=["chance"])
    if known.empty:
        return
    worst = known.loc[known["chance"].idxmin()]
    place = f"{worst['language']} at {worst['site']}, week of {worst['week']:%Y-%m-%d}"
    yield Line("weakest chance", float(worst["chance"]), "share", f"that supply meets the need: {place}")
