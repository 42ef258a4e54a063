"""How we were reached: service level, abandonment, waits, handle times and occupancy, from counts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, Queue, QueueKey
from planner.domain.measures import Quotient
from planner.domain.tables import QUEUE, SCORECARD
from planner.scorecards.open_hours import open_rows
from planner.scorecards.proportions import wilson
from planner.scorecards.rollups import Period, largest, period_start, rolled_up, with_local_day
from planner.scorecards.service_measures import COUNTED, Measure, column, count, measures

SUMS = ["numerator", "denominator", "n"]
LONGEST = "longest_wait_s"


def service(volume: pd.DataFrame, centre: Centre, *, period: Period) -> pd.DataFrame:
    """SCORECARD rows of VOLUME by period, for each queue and every roll-up of site, language and channel.

    Counts are added, percentages never averaged. What a row does not tell (an empty cell, an absent
    column) is left out of both sides of the quotient. A roll-up exists only where the measure means
    the same in all its queues: one threshold, one deadline, one formula. What reached voice, chat or
    messaging while it was closed is counted apart (`offered_outside_hours`) and in no other measure.
    `planned_offered` beside the columns of VOLUME is what the plan expected.
    """
    if volume.empty:
        return SCORECARD.empty()
    end = (volume["interval_start"] + pd.to_timedelta(volume["interval_min"], unit="min")).max()
    days = with_local_day(volume, centre, moment="interval_start")
    which, starts = pd.factorize(period_start(days["day"], period))
    rows = days.assign(which=which)
    queues = [(centre.queues[QueueKey(*key)], part) for key, part in rows.groupby([*QUEUE], sort=False)]
    parts = [
        _summed(measure, rows=seen)
        for queue, part in queues
        for measure, seen in _measures(part, queue=queue, end=end)
    ]
    by = ["measure", "definition", "is_share", "period_start"]
    summed = pd.concat([part for part in parts if len(part)], ignore_index=True)
    rolled = rolled_up(summed.assign(period_start=starts[summed["which"]]), by=by, sums=SUMS)
    one_meaning = ~rolled.duplicated(["measure", *QUEUE, "period_start"], keep=False)
    found = [_scored(rolled[one_meaning & (rolled["n"] > 0)]), _longest(queues, starts)]
    return pd.concat([part for part in found if len(part)], ignore_index=True).assign(period=period)


def _measures(
    rows: pd.DataFrame, *, queue: Queue, end: pd.Timestamp
) -> Iterator[tuple[Measure, pd.DataFrame]]:
    """Each measure of a queue with the rows it speaks of."""
    is_open = open_rows(rows, queue)
    inside, outside = rows[is_open], rows[~is_open]
    for measure in measures(inside, queue=queue, end=end):
        yield measure, inside
    if len(outside):
        words = "contacts that came while the queue was closed; in no other measure"
        yield count("offered_outside_hours", definition=words, counts=column(outside, "offered")), outside


def _summed(measure: Measure, *, rows: pd.DataFrame) -> pd.DataFrame:
    """Sums of a queue's measure by period (`which`), over the rows in which both sides are known."""
    sides = np.stack([measure.quotient.numerator, measure.quotient.denominator, measure.n])
    known = ~np.isnan(sides).any(axis=0)
    here, found = np.unique(rows["which"].to_numpy()[known], return_inverse=True)
    sums = {name: np.bincount(found, side[known]) for name, side in zip(SUMS, sides, strict=True)}
    key = {name: rows[name].iloc[0] for name in QUEUE} if len(here) else dict.fromkeys(QUEUE, "")
    names = {"measure": measure.name, "definition": measure.definition, "is_share": measure.is_share}
    return pd.DataFrame({**sums, "which": here, **key, **names})


def _scored(rolled: pd.DataFrame) -> pd.DataFrame:
    """Values, and Wilson's interval for shares; a count is its own value."""
    counted = rolled["measure"].isin(COUNTED).to_numpy()
    value = np.where(counted, rolled["numerator"], Quotient(rolled["numerator"], rolled["denominator"]).value)
    share = rolled["is_share"].to_numpy(bool)
    ends = wilson(rolled["numerator"].where(share), rolled["denominator"])
    columns = ["measure", *QUEUE, "period_start", "n", "definition"]
    return rolled[columns].assign(value=value, low=ends.low, high=ends.high)


def _longest(queues: list[tuple[Queue, pd.DataFrame]], starts: pd.Index) -> pd.DataFrame:
    """The longest wait of each subject and period: the largest of its queues', where the source tells it."""
    told = [
        seen[seen["longest_wait_s"].notna()]
        for queue, part in queues
        if queue.kind != "deferred" and LONGEST in part.columns
        for seen in [part[open_rows(part, queue)]]
    ]
    rows = pd.concat([part for part in told if len(part)]) if any(map(len, told)) else pd.DataFrame()
    if rows.empty:
        return rows
    found = largest(rows, by=["which"], value=LONGEST, counted="offered")
    dated = found.assign(period_start=starts[found.pop("which")])
    return dated.rename(columns={LONGEST: "value", "offered": "n"}).assign(
        measure=LONGEST, definition="longest wait of any contact, answered or not", low=np.nan, high=np.nan
    )
