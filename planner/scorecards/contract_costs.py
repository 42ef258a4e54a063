"""People and money of one period beside its plan: COSTS of a scope, added up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd

from planner.language import _
from planner.language.numbers import MISSING, money, number, signed, with_percent
from planner.scorecards.contract_periods import Span
from planner.scorecards.scope import Scope

NAN = float("nan")
PLANNED = {
    "offered": "planned_offered",
    "staffed_h": "planned_staffed_h",
    "paid_h": "planned_paid_h",
    "people": "planned_people",
    "cost": "planned_cost",
}


@dataclass(frozen=True)
class Spent:
    """What a period took; or would have taken by its plan."""

    offered: float
    staffed_h: float
    paid_h: float
    people: float
    cost: float

    @property
    def per_contact(self) -> float:
        """Cost per contact that came; NaN where none came."""
        return self.cost / self.offered if self.offered > 0 else float("nan")


@dataclass(frozen=True)
class Cost:
    """All that was spent; and of the queues whose plan is known, the plan and what they spent.

    `planned` is None where no plan is known; `queues` of `all_queues` have one.
    """

    spent: Spent
    planned: Spent | None
    comparable: Spent | None
    queues: int
    all_queues: int


def cost_of(costs: pd.DataFrame, scope: Scope, span: Span) -> Cost | None:
    """The period's cost of a scope; None where nothing is known of it."""
    rows = scope.of(costs)
    rows = rows[(rows["period"] == span.length) & (rows["period_start"] == pd.Timestamp(span.first))]
    if rows.empty:
        return None
    with_plan = rows.dropna(subset=list(PLANNED.values()))
    if with_plan.empty:
        return Cost(_spent(rows), None, None, 0, len(rows))
    planned = Spent(*(float(with_plan[name].sum()) for name in PLANNED.values()))
    return Cost(_spent(rows), planned, _spent(with_plan), len(with_plan), len(rows))


def _spent(rows: pd.DataFrame) -> Spent:
    return Spent(*(float(rows[name].sum()) for name in PLANNED))


@dataclass(frozen=True)
class SpentRow:
    """One line people read: what, by plan, as it was, the difference, and how it is meant."""

    name: str
    planned: str
    actual: str
    difference: str
    note: str


def spent_rows(cost: Cost, currency: str) -> list[SpentRow]:
    """Contacts, hours, people, cost and cost per contact; plan and actual of the same queues."""
    actual, plan = cost.comparable or cost.spent, cost.planned or Spent(*[NAN] * 5)
    in_money = partial(money, currency=currency)
    contract_hours, rate = _("paid hours ÷ contract hours"), _("paid hours × rate of the site")
    return [
        _row(_("Contacts"), plan.offered, actual.offered, number, _("offered")),
        _row(_("Hours on contact duty"), plan.staffed_h, actual.staffed_h, number, ""),
        _row(_("People"), plan.people, actual.people, number, contract_hours),
        _row(_("Staff cost"), plan.cost, actual.cost, in_money, rate),
        _row(
            _("Staff cost per contact"),
            plan.per_contact,
            actual.per_contact,
            in_money,
            _("staff cost ÷ contacts"),
        ),
    ]


def _row(
    name: str, planned: float, actual: float, written: Callable[[float | None], str], note: str
) -> SpentRow:
    change = (actual / planned - 1) * 100 if planned > 0 else None
    shown = MISSING if change is None else with_percent(signed(change))
    return SpentRow(name, written(planned), written(actual), shown, note)
