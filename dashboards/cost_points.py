"""What one more point of each voice target costs, region by region."""

from __future__ import annotations

import pandas as pd

from dashboards import formats, look
from dashboards.cost_curve import TARGETS
from dashboards.cost_plan import EVERY, WeekCost
from dashboards.look import Cell
from planner.language import _, message

DEFINITION = message(
    "From what the contract asks (of queues that differ the easiest) to the next harder share tried; within "
    "that step the cost is a straight line. Paid hours × cost per paid hour, without premiums and seats. "
    "“–”: no voice queue of the region has this target."
)


def points_card(cost: WeekCost, target_names: dict[str, str]) -> None:
    """A row a region, a column a target: what one point more costs in a week."""
    about = _("{currency} a week for one point more (of abandonment: one less), paid hours below").format(
        currency=cost.currency
    )
    with look.card("cost-points", _("What does one more point cost by region?"), about, data=cost.points):
        targets = [target for target in TARGETS if target in set(cost.points["target"])]
        heads = [
            Cell(_("Region"), "left"),
            *(Cell(target_names.get(target, target)) for target in targets),
        ]
        by_region = cost.points.groupby("region", sort=False)
        order = sorted(by_region, key=lambda pair: pair[0] == EVERY)
        look.table(heads, [_region_row(str(region), rows, targets) for region, rows in order])
        look.foot(_(DEFINITION))


def _region_row(region: str, rows: pd.DataFrame, targets: list[str]) -> list[Cell]:
    strong = region == EVERY
    name = _("all regions") if strong else region
    found = {str(row["target"]): row for _place, row in rows.iterrows()}
    return [Cell(name, "left", strong=strong), *(_cell(found.get(target), strong) for target in targets)]


def _cell(row: pd.Series | None, strong: bool) -> Cell:
    if row is None:
        return Cell(formats.MISSING)
    step = _("{begin} to {end}").format(
        begin=formats.exact_percent(row["begin"]), end=formats.exact_percent(row["end"])
    )
    if row["free"]:
        return Cell(_("free"), strong=strong, under=step)
    hours = f"{formats.number(row['point_h'], 1)}{formats.NO_BREAK}h"
    return Cell(formats.number(row["point_cost"]), strong=strong, under=f"{hours} · {step}")
