"""How we were reached: service level, abandonment, waits, handle times and occupancy, from counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, Formula, Queue, QueueKey, ServiceLevel
from planner.domain.measures import FORMULA_NUMBERS, Quotient, ServiceCounts, service_level
from planner.domain.tables import QUEUE, SCORECARD
from planner.scorecards.deadlines import over_by
from planner.scorecards.proportions import wilson
from planner.scorecards.rollups import Period, period_start, rolled_up, with_local_day

FORMULA_WORDS: dict[Formula, str] = {
    "answered_in_t_and_abandoned_in_t_over_offered": "(answered + abandoned in {t}) / offered",
    "answered_in_t_over_answered": "answered in {t} / answered",
    "answered_in_t_over_offered": "answered in {t} / offered",
    "answered_in_t_over_answered_and_abandoned_after_t": "answered in {t} / (answered + abandoned after {t})",
    "answered_in_t_and_short_abandons_over_offered": "(answered in {t} + short abandons) / offered",
}
SUMS = ["numerator", "denominator", "n"]


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


def service(volume: pd.DataFrame, centre: Centre, *, period: Period) -> pd.DataFrame:
    """SCORECARD rows of VOLUME by period, for each queue and every roll-up of site, language and channel.

    Counts are added, percentages never averaged. What a row does not tell (an empty cell, an absent
    column) is left out of both sides of the quotient. A roll-up exists only where the measure means
    the same in all its queues: one threshold, one deadline, one formula.
    """
    if volume.empty:
        return SCORECARD.empty()
    end = (volume["interval_start"] + pd.to_timedelta(volume["interval_min"], unit="min")).max()
    days = with_local_day(volume, centre, moment="interval_start")
    rows = days.assign(period_start=period_start(days["day"], period))
    parts = [
        _summed(measure, rows=of_queue)
        for key, of_queue in rows.groupby([*QUEUE], sort=False)
        for measure in measures(of_queue, queue=centre.queues[QueueKey(*key)], end=end)
    ]
    by = ["measure", "definition", "is_share", "period_start"]
    rolled = rolled_up(pd.concat(parts, ignore_index=True), by=by, sums=SUMS)
    one_meaning = ~rolled.duplicated(["measure", *QUEUE, "period_start"], keep=False)
    return _scored(rolled[one_meaning & (rolled["n"] > 0)]).assign(period=period)


def measures(rows: pd.DataFrame, *, queue: Queue, end: pd.Timestamp) -> Iterator[Measure]:
    """What the VOLUME rows of one queue tell about it; `end` is when the last row ends."""
    offered, answered, handle_s = (_column(rows, name) for name in ("offered", "answered", "handle_s"))
    parts_s = sum(_column(rows, name) for name in ("talk_s", "hold_s", "wrap_s"))
    handle_s = np.where(np.isnan(parts_s), handle_s, parts_s)
    yield _count("offered", definition="contacts that entered the queue", counts=offered)
    yield _count("answered", definition="contacts an agent took", counts=answered)
    yield Measure("aht_s", "(talk + hold + wrap) / answered", Quotient(handle_s, answered), answered, False)
    if queue.kind == "deferred":
        yield from _deadline(rows, queue=queue, end=end)
    else:
        yield from _waiting(rows, queue=queue)
    if queue.kind != "concurrent":  # conversations side by side: their sum is not the agent's time
        staffed_s = _column(rows, "staffed_s")
        yield Measure(
            "occupancy", "contact time / time on contact duty", Quotient(handle_s, staffed_s), answered, False
        )


def _waiting(rows: pd.DataFrame, *, queue: Queue) -> Iterator[Measure]:
    offered, answered, abandoned = (_column(rows, name) for name in ("offered", "answered", "abandoned"))
    short = _column(rows, "abandoned_short")
    for name, level in zip(("service_level", "service_level_2"), queue.target.service_levels, strict=False):
        yield _service_level(name, level=level, rows=rows, formula=queue.target.formula)
    yield Measure("abandonment", "abandoned / offered", Quotient(abandoned, offered), offered)
    yield Measure(
        "abandonment_excluding_short",
        "(abandoned - short) / (offered - short), short = within the short-abandon threshold",
        Quotient(abandoned - short, offered - short),
        offered - short,
    )
    waited_s = _column(rows, "wait_answered_s")
    yield Measure("asa_s", "mean wait of those answered", Quotient(waited_s, answered), answered, False)


def _service_level(name: str, *, level: ServiceLevel, rows: pd.DataFrame, formula: Formula) -> Measure:
    within = f"{level.within_s:g}"
    counts = ServiceCounts(
        _column(rows, "offered"),
        _column(rows, "answered"),
        _column(rows, "abandoned"),
        _column(rows, f"answered_within_{within}_s"),
        _column(rows, f"abandoned_within_{within}_s"),
        _column(rows, "abandoned_short"),
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
        offered = np.where(judged, _column(rows, "offered"), np.nan)
        yield Measure(
            "met_deadline",
            f"finished within {deadline.within_business_h:g} business hours / received",
            Quotient(_column(rows, "met_deadline"), offered),
            offered,
        )


def _count(name: str, *, definition: str, counts: np.ndarray) -> Measure:
    return Measure(name, definition, Quotient(counts, np.ones(len(counts))), counts, False)


def _column(rows: pd.DataFrame, name: str) -> np.ndarray:
    """A column as numbers; one that is not there is unknown in every row."""
    return rows[name].to_numpy(float) if name in rows.columns else np.full(len(rows), np.nan)


def _summed(measure: Measure, *, rows: pd.DataFrame) -> pd.DataFrame:
    """Sums of a queue's measure by period, over the rows in which both sides are known."""
    sides = pd.DataFrame(
        {
            "numerator": measure.quotient.numerator,
            "denominator": measure.quotient.denominator,
            "n": measure.n,
            "period_start": rows["period_start"].to_numpy(),
        }
    ).dropna()
    key = {name: rows[name].iloc[0] for name in QUEUE}
    summed = sides.groupby("period_start", as_index=False)[SUMS].sum()
    return summed.assign(
        **key, measure=measure.name, definition=measure.definition, is_share=measure.is_share
    )


def _scored(rolled: pd.DataFrame) -> pd.DataFrame:
    """Values, and Wilson's interval for shares; a count is its own value."""
    counted = rolled["measure"].isin(["offered", "answered"]).to_numpy()
    value = np.where(counted, rolled["numerator"], Quotient(rolled["numerator"], rolled["denominator"]).value)
    share = rolled["is_share"].to_numpy(bool)
    ends = wilson(rolled["numerator"].where(share), rolled["denominator"])
    columns = ["measure", *QUEUE, "period_start", "n", "definition"]
    return rolled[columns].assign(value=value, low=ends.low, high=ends.high)
