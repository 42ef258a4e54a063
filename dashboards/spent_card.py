"""What did the week take? People, hours and money beside the plan of those days."""

from __future__ import annotations

import pandas as pd

from dashboards import formats, look
from dashboards.look import Cell
from planner.domain.centre import Centre
from planner.language import _
from planner.scorecards.contract_costs import Cost, spent_rows
from planner.scorecards.contract_periods import Span
from planner.scorecards.contract_words import span_name


def spent_card(cost: Cost, centre: Centre, *, span: Span) -> None:
    """Contacts, hours, people, staff cost and cost per contact: plan, actual and the difference."""
    rows = spent_rows(cost, centre.currency)
    about = _("{period}, against the plan of those days; people = paid hours ÷ mean contract hours").format(
        period=span_name(span)
    )
    data = pd.DataFrame([row.__dict__ for row in rows])
    with look.card("spent", _("What did it take, against plan?"), about, data=data):
        heads = [
            Cell("", "left"),
            Cell(_("Plan")),
            Cell(_("Actual")),
            Cell(_("Difference")),
            Cell("", "left"),
        ]
        look.table(
            heads,
            [
                [
                    Cell(row.name, "left"),
                    Cell(row.planned),
                    Cell(row.actual, strong=True),
                    Cell(row.difference),
                    Cell("", "left", small=row.note),
                ]
                for row in rows
            ],
        )
        look.foot(coverage_words(cost))


def coverage_words(cost: Cost) -> str:
    """Of which queues a plan is known, and how paid hours are found."""
    if cost.planned is None:
        return _("No plan of these days was imported (INTRADAY); the actual figures are of all queues.")
    if cost.queues == cost.all_queues:
        return ""
    return _("Plan known for {n} of {all} queues; plan, actual and difference are of these.").format(
        n=formats.number(cost.queues), all=formats.number(cost.all_queues)
    )
