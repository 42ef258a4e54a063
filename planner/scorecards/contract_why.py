"""Why service was not as planned: EXPLAINED of one scope and period as parts that add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from planner.domain.quality_tables import FACTORS
from planner.domain.tables import QUEUE
from planner.scorecards.contract_periods import Span
from planner.scorecards.rollups import ALL
from planner.scorecards.scope import Scope

DAY = pd.Timedelta(days=1)
BY = [f"by_{name}" for name in FACTORS]


@dataclass(frozen=True)
class Part:
    """What one factor adds to actual - planned (share), and the factor itself as planned and as it was.

    The factor is contacts, handle time in s, hours rostered, or shares of time; None where it has no number.
    """

    factor: str
    by: float
    planned: float | None = None
    actual: float | None = None


@dataclass(frozen=True)
class Why:
    """A measure as planned and as it was, and the parts between: planned + all parts = actual."""

    measure: str
    planned: float
    actual: float
    parts: tuple[Part, ...]
    offered: float


def why(explained: pd.DataFrame, scope: Scope, *, measure: str, span: Span) -> Why | None:
    """The split of one period; None where nothing of it was explained.

    Weeks are as the table rolls them up where it does. Otherwise, and for months, queues or days are
    weighted by contacts: the parts still add up.
    """
    return split(_of_span(explained, span), scope, measure=measure)


def split(rows: pd.DataFrame, scope: Scope, *, measure: str) -> Why | None:
    """The split of EXPLAINED rows of one day, one week or several days; None where there is none."""
    rows = rows[(rows["measure"] == measure) & rows["actual"].notna() & rows["planned"].notna()]
    together = scope.subject(rows)
    rows = together if len(together) else scope.of(rows[(rows[[*QUEUE]] != ALL).all(axis=1)])
    offered = float(rows["offered"].sum())
    if not offered > 0:
        return None
    mean = {name: _mean(rows, name, by="offered") for name in ("planned", "actual", *BY)}
    parts = tuple(Part(name, mean[f"by_{name}"], *_factor(rows, name)) for name in FACTORS)
    return Why(measure, mean["planned"], mean["actual"], parts, offered)


def _of_span(rows: pd.DataFrame, span: Span) -> pd.DataFrame:
    if span.length == "week":
        return rows[(rows["period"] == "week") & (rows["period_start"] == pd.Timestamp(span.first))]
    inside = rows["period_start"].between(pd.Timestamp(span.first), pd.Timestamp(span.last))
    return rows[(rows["period"] == "day") & inside]


def _mean(rows: pd.DataFrame, name: str, *, by: str) -> float:
    return float((rows[name].fillna(0.0) * rows[by]).sum() / rows[by].sum())


def _factor(rows: pd.DataFrame, factor: str) -> Sequence[float | None]:
    """The factor as planned and as it was over all rows."""
    match factor:
        case "volume":
            return float(rows["planned_offered"].sum()), float(rows["offered"].sum())
        case "aht":
            return _known_mean(rows, "planned_aht_s", by="planned_offered"), _known_mean(
                rows, "aht_s", by="offered"
            )
        case "schedule":
            return _rostered_h(rows, "planned_"), _rostered_h(rows, "")
        case "shrinkage":
            return _known_mean(rows, "planned_absence", by="staffed_h"), _known_mean(
                rows, "absence", by="staffed_h"
            )
        case "adherence":
            return _known_mean(rows, "planned_adherence", by="staffed_h"), _known_mean(
                rows, "adherence", by="staffed_h"
            )
        case _:
            return None, None


def _rostered_h(rows: pd.DataFrame, prefix: str) -> float:
    """Hours on the roster: of hours on duty, before absence and time away where these are known."""
    kept = (1 - rows[f"{prefix}absence"].fillna(0.0)) * rows[f"{prefix}adherence"].fillna(1.0)
    return float((rows[f"{prefix}staffed_h"] / kept.where(kept > 0, 1.0)).sum())


def _known_mean(rows: pd.DataFrame, name: str, *, by: str) -> float | None:
    """The mean of what is known, None where nothing is."""
    known = rows.dropna(subset=[name])
    weight = float(known[by].sum()) if len(known) else 0.0
    return float((known[name] * known[by]).sum() / weight) if weight > 0 else None
