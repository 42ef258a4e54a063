"""What it costs to replace the leavers to be expected: hiring, their class, and pay while in training."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from planner.domain.capacity import Capacity, HiringKind, SiteCapacity

NONE = SiteCapacity()
LONG_AGO = 10_000  # weeks: of people whose first day is not known
WEEK = pd.Timedelta(weeks=1)


def replacing(weeks: pd.DataFrame, capacity: Capacity) -> pd.DataFrame:
    """Money of `hiring` and `training` for each agent's week.

    `weeks` has site, contract, week, employed_days, hire_date, contract_h and hour. A person leaves in a
    week with the chance that the attrition of their site gives; whoever comes instead is hired for good.
    """
    leavers = _chance_to_leave(weeks, capacity) * weeks["employed_days"] / 7
    kinds = [
        replacement(capacity.sites.get(site, NONE), contract)
        for site, contract in zip(weeks["site"].astype(str), weeks["contract"].astype(str), strict=True)
    ]
    hired = np.array([hiring_cost(kind) for kind in kinds])
    taught_weeks = np.array([kind.training_weeks if kind else 0 for kind in kinds])
    taught = taught_weeks * weeks["contract_h"] * weeks["hour"]
    return pd.DataFrame({"hiring": leavers * hired, "training": leavers * taught}, index=weeks.index)


def replacement(here: SiteCapacity, contract: str) -> HiringKind | None:
    """How somebody of a contract is replaced: the permanent kind of that contract, else the first one."""
    permanent = [kind for kind in here.kinds if kind.term_weeks is None]
    same = [kind for kind in permanent if kind.contract == contract]
    return next(iter([*same, *permanent]), None)


def hiring_cost(kind: HiringKind | None) -> float:
    """Money for one person more: their own, and their part of a full class."""
    return 0.0 if kind is None else kind.cost + kind.class_cost / kind.class_most


def _chance_to_leave(weeks: pd.DataFrame, capacity: Capacity) -> np.ndarray:
    since = ((weeks["week"] - weeks["hire_date"]) / WEEK).fillna(LONG_AGO).clip(lower=0)
    whole = np.floor(since).astype(int)
    known: Mapping[str, SiteCapacity] = capacity.sites
    pairs = zip(weeks["site"].astype(str), whole, strict=True)
    return np.array([1 - known.get(site, NONE).attrition.stay(n) for site, n in pairs], dtype=float)
