"""Where a promise is missed: language x site, how often and how badly."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.tables import QUEUE
from planner.scorecards.contract_periods import SHOWN, Span, of_spans
from planner.scorecards.contract_promises import promise_of
from planner.scorecards.scope import Scope

COLUMNS = [*QUEUE, "value", "low", "high", "n", "limit", "margin", "missed", "known", "promise"]


def misses(
    card: pd.DataFrame, centre: Centre, scope: Scope, *, measure: str, spans: Sequence[Span]
) -> pd.DataFrame:
    """One row a queue of the scope with the promise, measured in the last of `spans`.

    `margin` is the last value's distance from `limit`, negative when missed; of the last 13 periods
    `known` were measured and `missed` missed.
    """
    rows = of_spans(card[card["measure"] == measure], spans[-SHOWN:])
    by_queue = dict(iter(rows.groupby([*QUEUE], sort=False)))
    found = []
    for key, queue in centre.queues.items():
        promise, past = promise_of(queue, measure), by_queue.get(tuple(key))
        if not scope.holds(key) or promise is None or past is None:
            continue
        past = past.dropna(subset=["value"])
        last = past[past["period_start"] == pd.Timestamp(spans[-1].first)]
        if last.empty:
            continue
        row = last.iloc[0]
        missed = sum(not promise.met(value) for value in past["value"])
        found.append(
            [*key, *(float(row[name]) for name in ("value", "low", "high", "n")),
             promise.limit, promise.margin(float(row["value"])), missed, len(past), promise.short]
        )  # fmt: skip
    return pd.DataFrame(found, columns=COLUMNS)


def worst_first(found: pd.DataFrame) -> list[str]:
    """The languages, that with the largest miss first; equal ones by how often, then by name."""
    worst = found.groupby("language").agg(margin=("margin", "min"), missed=("missed", "max")).reset_index()
    return list(
        worst.sort_values(["margin", "missed", "language"], ascending=[True, False, True])["language"]
    )
