"""What the VOLUME rows of one queue tell about its service, as quotients that can be added up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.centre import Formula, Queue, ServiceLevel
from planner.domain.measures import FORMULA_NUMBERS, Quotient, ServiceCounts, service_level
from planner.scorecards.deadlines import over_by

FORMULA_WORDS: dict[Formula, str] = {
    "answered_in_t_and_abandoned_in_t_over_offered": "(answered + abandoned in {t}) / offered",
    "answered_in_t_over_answered": "answered in {t} / answered",
    "answered_in_t_over_offered": "answered in {t} / offered",
    "answered_in_t_over_answered_and_abandoned_after_t": "answered in {t} / (answered + abandoned after {t})",
    "answered_in_t_and_short_abandons_over_offered": "(answered in {t} + short abandons) / offered",
}
COUNTED = ("offered", "answered", "offered_outside_hours", "forecast_offered")
PARTS_S = {"talk_s": "talk (or conversation)", "hold_s": "hold", "wrap_s": "after-contact work"}


@dataclass(frozen=True)
class Measure:
    """A measure of one queue in each of its VOLUME rows; `n` is what it rests on.

    A count has no denominator. Shares get an interval.
    """

    name: str
    definition: str
    quotient: Quotient
    n: np.ndarray
    is_share: bool = True


def measures(rows: pd.DataFrame, *, queue: Queue, end: pd.Timestamp) -> Iterator[Measure]:
    """What the VOLUME rows of one queue tell about it; `end` is when the last row ends."""
    offered, answered, handle_s = column(rows, "offered"), column(rows, "answered"), handled_s(rows)
    yield count("offered", definition="contacts that entered the queue", counts=offered)
    yield count("answered", definition="contacts an agent took", counts=answered)
    yield Measure("aht_s", "(talk + hold + wrap) / answered", Quotient(handle_s, answered), answered, False)
    for name, words in PARTS_S.items():
        yield Measure(name, f"{words} / answered", Quotient(column(rows, name), answered), answered, False)
    if queue.kind == "deferred":
        yield from _deadline(rows, queue=queue, end=end)
    else:
        yield from waiting(rows, queue=queue)
    if queue.kind != "concurrent":  # conversations side by side: their sum is not the agent's time
        staffed_s = column(rows, "staffed_s")
        yield Measure(
            "occupancy", "contact time / time on contact duty", Quotient(handle_s, staffed_s), answered, False
        )
    yield from _forecast(rows, offered=offered)


def waiting(rows: pd.DataFrame, *, queue: Queue) -> Iterator[Measure]:
    """Service levels by the contract's formula and by all five, abandonment, mean wait."""
    offered, answered, abandoned = (column(rows, name) for name in ("offered", "answered", "abandoned"))
    short = column(rows, "abandoned_short")
    target = queue.target
    for name, level in zip(("service_level", "service_level_2"), target.service_levels, strict=False):
        yield _service_level(name, level=level, rows=rows, formula=target.formula)
    for level in target.service_levels[:1]:
        for formula, number in FORMULA_NUMBERS.items():
            yield _service_level(f"service_level_formula_{number}", level=level, rows=rows, formula=formula)
    yield Measure("abandonment", "abandoned / offered", Quotient(abandoned, offered), offered)
    yield Measure(
        "abandonment_excluding_short",
        "(abandoned - short) / (offered - short), short = within the short-abandon threshold",
        Quotient(abandoned - short, offered - short),
        offered - short,
    )
    waited_s = column(rows, "wait_answered_s")
    yield Measure("asa_s", "mean wait of those answered", Quotient(waited_s, answered), answered, False)


def _service_level(name: str, *, level: ServiceLevel, rows: pd.DataFrame, formula: Formula) -> Measure:
    within = f"{level.within_s:g}"
    counts = ServiceCounts(
        column(rows, "offered"),
        column(rows, "answered"),
        column(rows, "abandoned"),
        column(rows, f"answered_within_{within}_s"),
        column(rows, f"abandoned_within_{within}_s"),
        column(rows, "abandoned_short"),
    )
    quotient = service_level(counts, formula)
    words = FORMULA_WORDS[formula].format(t=f"{within} s")
    return Measure(name, f"{words} (formula {FORMULA_NUMBERS[formula]})", quotient, quotient.denominator)


def _deadline(rows: pd.DataFrame, *, queue: Queue, end: pd.Timestamp) -> Iterator[Measure]:
    """The share that met its deadline, of the work whose deadline is over."""
    deadline = queue.target.deadline
    if deadline is not None:
        over = over_by(end, hours=queue.hours, within_business_h=deadline.within_business_h)
        judged = (rows["interval_start"] <= over).to_numpy()
        offered = np.where(judged, column(rows, "offered"), np.nan)
        yield Measure(
            "met_deadline",
            f"finished within {deadline.within_business_h:g} business hours / received",
            Quotient(column(rows, "met_deadline"), offered),
            offered,
        )


def _forecast(rows: pd.DataFrame, *, offered: np.ndarray) -> Iterator[Measure]:
    """Contacts against those planned (`planned_offered`), where a plan of the interval is known."""
    planned = column(rows, "planned_offered")
    yield count(
        "forecast_offered",
        definition="contacts the plan expected",
        counts=np.where(offered >= 0, planned, np.nan),
    )
    yield Measure("offered_over_forecast", "offered / forecast", Quotient(offered, planned), planned, False)
    off = Quotient(np.abs(offered - planned), offered)
    words = "sum of |offered - forecast| of the intervals / offered"
    yield Measure("forecast_error", words, off, np.where(np.isnan(planned), np.nan, offered), False)


def count(name: str, *, definition: str, counts: np.ndarray) -> Measure:
    """A number of contacts."""
    return Measure(name, definition, Quotient(counts, np.ones(len(counts))), counts, False)


def handled_s(rows: pd.DataFrame) -> np.ndarray:
    """Sum of handle time of each row, from its parts where they are known."""
    parts_s = np.sum([column(rows, name) for name in PARTS_S], axis=0)
    return np.where(np.isnan(parts_s), column(rows, "handle_s"), parts_s)


def column(rows: pd.DataFrame, name: str) -> np.ndarray:
    """A column as numbers; one that is not there is unknown in every row."""
    return rows[name].to_numpy(float) if name in rows.columns else np.full(len(rows), np.nan)
