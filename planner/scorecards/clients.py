"""One client's part of the centre: its queues, and its scorecards rolled up again by counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, QueueKey
from planner.domain.tables import QUEUE, SCORECARD
from planner.scorecards.proportions import wilson
from planner.scorecards.rollups import ALL, rolled_up

COUNTED = ("offered", "answered")
SHARES = (
    "service_level",
    "abandonment",
    "met_deadline",
    "fcr_",
    "critical_accuracy_",
    "csat",
    "dsat",
    "survey_",
)
MEANS = ("quality_", "aht_s", "asa_s", "talk_s", "hold_s", "wrap_s", "nps")
OCCUPANCY = "occupancy"
BY = ["measure", "definition", "period", "period_start"]


def clients_of(centre: Centre) -> tuple[str, ...]:
    """The clients that queues name, in the order of the queues; "" last where others name none.

    Empty where no queue names a client.
    """
    found = dict.fromkeys(queue.client or "" for queue in centre.queues.values())
    named = tuple(name for name in found if name)
    return (*named, "") if named and "" in found else named


def part_of(centre: Centre, client: str | None) -> Centre:
    """The centre with the queues of one client alone; the whole for None."""
    if client is None:
        return centre
    mine = {key: queue for key, queue in centre.queues.items() if (queue.client or "") == client}
    return replace(centre, queues=mine)


def card_of(card: pd.DataFrame, part: Centre, *, whole: Centre) -> pd.DataFrame:
    """SCORECARD of the part's queues with roll-ups of these alone; unchanged where they are all queues.

    A measure's n is its denominator, so that n x value gives the counts back, which are added; occupancy's
    denominator is the time on duty, found from its handle time. Shares keep Wilson's interval; a mean
    over several queues has none. What cannot be counted again (a longest wait) has no roll-up.
    """
    if len(part.queues) == len(whole.queues):
        return card
    own = card[_of_queues(card, part.queues)]
    sums = _sums(own)
    rolled = rolled_up(sums, by=[*BY, "kind"], sums=["numerator", "denominator", "n"])
    rolled = rolled[(rolled[[*QUEUE]] == ALL).any(axis=1)]
    one_meaning = ~rolled.duplicated(["measure", *QUEUE, "period", "period_start"], keep=False)
    above = [_scored(rolled[one_meaning])] if one_meaning.any() else []
    return pd.concat([own, *above], ignore_index=True)[list(SCORECARD.empty().columns)]


def rows_of(frame: pd.DataFrame, part: Centre, *, whole: Centre) -> pd.DataFrame:
    """Rows of a queue table with roll-ups that speak of the part's queues alone.

    A roll-up stays where all of the centre's queues under it are the part's.
    """
    if len(part.queues) == len(whole.queues):
        return frame
    subjects = frame[[*QUEUE]].drop_duplicates()
    kept = [
        key
        for key in subjects.itertuples(index=False, name=None)
        if (under := [queue for queue in whole.queues if _covers(key, queue)])
        and all(queue in part.queues for queue in under)
    ]
    return frame[pd.MultiIndex.from_frame(frame[[*QUEUE]]).isin(kept)]


def _covers(subject: tuple[str, ...], queue: QueueKey) -> bool:
    return all(name in (ALL, own) for name, own in zip(subject, queue, strict=True))


def _of_queues(card: pd.DataFrame, queues: Mapping[QueueKey, object]) -> np.ndarray:
    return pd.MultiIndex.from_frame(card[[*QUEUE]]).isin(list(queues))


def _sums(own: pd.DataFrame) -> pd.DataFrame:
    """Numerator and denominator of each row that can be added; `kind` says how they are read."""
    known = own.dropna(subset=["value"])
    measure = known["measure"]
    kind = np.select(
        [
            measure.isin(COUNTED),
            measure == OCCUPANCY,
            measure.str.startswith(SHARES),
            measure.str.startswith(MEANS),
        ],
        ["count", "occupancy", "share", "mean"],
        "",
    )
    rows = known.assign(kind=kind)
    rows = rows[rows["kind"] != ""]
    weight = rows["n"].where(rows["kind"] != "count", 1.0)
    weight = weight.where(rows["kind"] != "occupancy", _on_duty_s(rows))
    return rows.assign(numerator=rows["value"] * weight, denominator=weight).dropna(subset=["denominator"])


def _on_duty_s(rows: pd.DataFrame) -> pd.Series:
    """Seconds on contact duty of each occupancy row: answered x AHT / occupancy."""
    keys = [*QUEUE, "period", "period_start"]
    aht = rows[rows["measure"] == "aht_s"].set_index(keys)["value"]
    mine = rows[rows["measure"] == OCCUPANCY]
    aht_s = aht.reindex(pd.MultiIndex.from_frame(mine[keys])).to_numpy()
    return pd.Series(mine["n"] * aht_s / mine["value"].where(mine["value"] > 0), index=mine.index).reindex(
        rows.index
    )


def _scored(rolled: pd.DataFrame) -> pd.DataFrame:
    value = rolled["numerator"] / rolled["denominator"].where(rolled["denominator"] > 0)
    count = rolled["kind"] == "count"
    share = rolled["kind"] == "share"
    ends = wilson(rolled["numerator"].where(share), rolled["denominator"])
    columns = [*QUEUE, *BY, "n"]
    return rolled[columns].assign(
        value=value.where(~count, rolled["numerator"]), low=ends.low, high=ends.high
    )
