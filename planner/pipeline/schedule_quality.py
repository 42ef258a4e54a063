"""How good a published schedule is: its distance from the bound, and the rules it was held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from staffing.labour import every_rule
from staffing.scheduling.price import Prices

SUMMED = ["required_h", "scheduled_h", "under_h", "over_h", "cost", "bound", "paid_h"]


@dataclass(frozen=True)
class Checked:
    """A labour rule that every schedule is held against before it is stored."""

    name: str
    meaning: str


def rules_checked() -> tuple[Checked, ...]:
    """The catalogue, in the order of its files."""
    return tuple(Checked(rule.name, rule.meaning) for rule in every_rule())


def penalty_of_an_hour() -> float:
    """What one agent missing for an hour costs in penalty units: turns penalties into agent-hours."""
    return Prices().under


def gaps(report: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """A SCHEDULE_REPORT summed to one row per `by`, with the distance to the bound in three measures.

    `gap` is a share of the penalty, `gap_h` the same in agent-hours short at the lowest price of a shortage,
    `gap_share` these as a share of the hours required. None where nothing is there to divide by.
    """
    told = [*SUMMED, "wishes"] if "wishes" in report else SUMMED
    sums = report.groupby(list(by), as_index=False, sort=False)[told].sum()
    left = sums["cost"] - sums["bound"]
    gap_h = left / penalty_of_an_hour()
    return sums.assign(
        gap=(left / sums["cost"].where(sums["cost"] > 0)).fillna(0.0),
        gap_h=gap_h,
        gap_share=gap_h / sums["required_h"].where(sums["required_h"] > 0),
        cost_share=sums["cost"] / penalty_of_an_hour() / sums["required_h"].where(sums["required_h"] > 0),
        bound_share=sums["bound"] / penalty_of_an_hour() / sums["required_h"].where(sums["required_h"] > 0),
    )
