"""Why service was not as planned: EXPLAINED, the gap of every queue and day split among its causes.

For every interval the queue's own model is asked with each combination of planned and actual contacts,
handle time, roster, absence and adherence; a cause's part is its mean effect over the orders in which the
planned values may be replaced (Shapley). What the model does not give is the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, Queue, QueueKey
from planner.domain.tables import EXPLAINED, QUEUE
from planner.pipeline.modelled import Happening, alone_s, modelled
from planner.scorecards.beside_plan import beside_plan
from planner.scorecards.causes import Causes
from planner.scorecards.gap_parts import explained_table, weighted
from planner.scorecards.open_hours import open_rows
from planner.scorecards.rollups import with_local_day
from planner.scorecards.service_measures import Measure, waiting

MEASURES = ("service_level", "service_level_2", "abandonment")
WEEKS, WEEKS_OF_DAYS = 52, 13  # explained by week, and by day as well
DAY_MIN = 1440  # service is not known interval by interval


def explained(volume: pd.DataFrame, planned: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """EXPLAINED of the last year by week and the last 13 weeks by day, where a plan is known.

    `planned` has the columns of INTRADAY; its queues and intervals may be fewer than those of VOLUME.
    Voice, chat and messaging: deferred work has no wait to be modelled.
    """
    if volume.empty or planned.empty:
        return EXPLAINED.empty()
    recent = volume[volume["interval_start"] >= _first(volume)]
    found = list(_by_day(recent, planned, centre))
    if not found:
        return EXPLAINED.empty()
    days = pd.concat(found, ignore_index=True)
    monday = days["day"] - pd.to_timedelta(days["day"].dt.day_of_week, unit="D")
    near = days[monday > monday.max() - pd.Timedelta(weeks=WEEKS_OF_DAYS)]
    parts = [explained_table(near, "day"), explained_table(days, "week")]
    return EXPLAINED.check(pd.concat(parts, ignore_index=True))


def _first(volume: pd.DataFrame) -> pd.Timestamp:
    """A moment at which the year to be explained has not begun anywhere, and its first week not half over."""
    last = volume["interval_start"].max()
    monday = last.normalize() - timedelta(days=last.day_of_week)
    return monday - timedelta(weeks=WEEKS - 1, days=1)


def _by_day(volume: pd.DataFrame, planned: pd.DataFrame, centre: Centre) -> Iterator[pd.DataFrame]:
    """Sums of each queue, measure and local day."""
    rows = with_local_day(beside_plan(volume, planned), centre, moment="interval_start")
    for key, of_queue in rows.groupby([*QUEUE], sort=False):
        queue = centre.queues[QueueKey(*key)]
        if queue.kind == "deferred" or int(of_queue["interval_min"].max()) >= DAY_MIN:
            continue
        mine = of_queue[open_rows(of_queue, queue) & _known(of_queue)].sort_values("interval_start")
        if len(mine):
            yield _of_queue(mine, queue, centre)


def _known(rows: pd.DataFrame) -> np.ndarray:
    """Rows whose plan is told in full."""
    return rows[["offered", "planned_offered", "planned_staffed_s"]].notna().all(axis=1).to_numpy()


def _of_queue(rows: pd.DataFrame, queue: Queue, centre: Centre) -> pd.DataFrame:
    number, days = pd.factorize(rows["day"])
    causes = Causes(rows.assign(day_number=number), queue, centre.sites[queue.key.site])
    happening = _happening(causes)
    values = modelled(queue, happening)
    facts = _facts(causes, happening)
    parts = [
        _summed(measure, values[measure.name], facts, number)
        for measure in waiting(rows, queue=queue)
        if measure.name in MEASURES
    ]
    table = pd.concat(parts, ignore_index=True)
    return table.assign(**queue.key._asdict(), day=days[table["day_number"]]).drop(columns="day_number")


def _happening(causes: Causes) -> Happening:
    """What made the service; the handle time of conversations as of one alone."""
    interval_s = causes.rows["interval_min"].to_numpy(float) * 60
    planned_s = causes.planned_aht_s
    aht_s = np.stack([planned_s, causes.aht_s], axis=1)
    agents = causes.staff_s / interval_s[:, None]
    made = Happening(np.stack(causes.contacts, axis=1), aht_s, agents, interval_s)
    if causes.queue.kind != "concurrent":
        return made
    alone = alone_s(causes.queue, made, open_s=causes.open_s, of=causes.day)
    return Happening(made.contacts, np.stack([planned_s, alone], axis=1), agents, interval_s)


def _facts(causes: Causes, happening: Happening) -> pd.DataFrame:
    """What is shown beside the parts, a row an interval, as sums; 0 where unknown."""
    rows, absence, adherence = causes.rows, causes.knows_absence, causes.knows_adherence
    answered = rows["answered"] if "answered" in rows.columns else rows["offered"]
    planned_at_work = (
        causes.planned_scheduled_s - rows.reindex(columns=["planned_absent_s"]).fillna(0).iloc[:, 0]
    )
    return pd.DataFrame(
        {
            "offered": rows["offered"],
            "planned_offered": rows["planned_offered"],
            "answered": answered,
            "handle_s": answered * happening.aht_s[:, 1],
            "planned_handle_s": rows["planned_offered"] * happening.aht_s[:, 0],
            "staffed_s": causes.staff_s[:, -1],
            "planned_staffed_s": rows["planned_staffed_s"],
            "absent_s": np.where(absence, causes.absent_s, 0),
            "scheduled_s": np.where(absence, causes.scheduled_s, 0),
            "planned_absent_s": causes.absence[0] * causes.planned_scheduled_s,
            "planned_scheduled_s": np.where(absence, causes.planned_scheduled_s, 0),
            "away_s": np.where(adherence, causes.away_s, 0),
            "at_work_s": np.where(adherence, causes.scheduled_s - np.nan_to_num(causes.absent_s), 0),
            "planned_away_s": (1 - causes.adherence[0]) * planned_at_work,
            "planned_at_work_s": np.where(adherence, planned_at_work, 0),
            "knows_staff": causes.knows_staff.astype(float),
            "knows_absence": absence.astype(float),
            "knows_adherence": adherence.astype(float),
        }
    ).astype(float)


def _summed(measure: Measure, values: np.ndarray, facts: pd.DataFrame, number: np.ndarray) -> pd.DataFrame:
    """Sums by day, over the intervals in which the measure is known."""
    counts, weight = (np.asarray(side, float) for side in measure.quotient)
    known = ~(np.isnan(counts) | np.isnan(weight)) & (weight > 0)
    parts = weighted(values[known], actual=counts[known], weight=weight[known])
    beside = facts.groupby(number).sum()
    sums = pd.DataFrame(parts).groupby(number[known]).sum()
    table = beside.join(sums, how="inner").rename_axis("day_number").reset_index()
    return table.assign(measure=measure.name, definition=measure.definition)
