"""Cisco contact service queue record by day: one row per local day of the centre's one queue.

Known from the City of Kitchener's open data. The file names no queue, so the centre must have one.
Averages in seconds become sums; percentages are not imported; a blank row is unknown, not zero.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.cells import blank_cells
from planner.domain.centre import Centre
from planner.domain.column import Found
from planner.domain.tables import VOLUME
from planner.importers.averages import sum_s
from planner.importers.clock import to_utc, zones_of
from planner.importers.queue_names import queues_named
from planner.importers.tabulated import Conventions, Tabulated, require
from planner.records import Records

MEANING = "Cisco contact service queue record by day"
TABLE = VOLUME
NEEDS = ("date", "calls_presented", "calls_handled", "calls_abandoned", "avg_handle_time")
CONVENTIONS = Conventions(
    service_level="four formulas as percentages, which are not imported; the counts within the day's "
    "service_level_sec are",
    aht="avg_handle_time x calls_handled: talk + hold + after-call work",
    attribution="the local day on which the call was presented",
)
COUNTS = {"offered": "calls_presented", "answered": "calls_handled", "abandoned": "calls_abandoned"}
WITHIN = {"answered": "calls_handled_lt_service_level", "abandoned": "calls_abandoned_lt_service_level"}
SUMS = {"handle_s": "avg_handle_time", "wait_answered_s": "avg_speed_of_answer"}
OTHERS = ("date", "service_level_sec", "max_queue_time")
DAY_MIN = 1440


def reads(key: str) -> bool:
    return key in (*OTHERS, *COUNTS.values(), *WITHIN.values(), *SUMS.values())


def tabulate(records: Records, centre: Centre) -> Tabulated:
    """Counts as they are, averages times calls handled as sums; each day begins at local midnight."""
    require(records, NEEDS)
    known = ~blank_cells(records.cells["calls_presented"])
    cells = records.cells[known].reset_index(drop=True)
    unnamed = pd.Series("", index=cells.index)
    queues, strange = queues_named(unnamed, unnamed, centre)
    zones, _ = zones_of(queues, centre)
    start, wrong = to_utc(cells["date"], zones, name="interval_start")
    within, odd = _within(cells)
    columns = {
        **queues,
        "interval_start": start,
        "interval_min": DAY_MIN,
        **{name: cells[key] for name, key in COUNTS.items()},
        **within,
        **{name: sum_s(cells[key], cells["calls_handled"]) for name, key in SUMS.items() if key in cells},
        **({"longest_wait_s": cells["max_queue_time"]} if "max_queue_time" in cells else {}),
    }
    notice = f"{(~known).sum():,} days without calls_presented were left out: unknown is not zero"
    return Tabulated(
        pd.DataFrame(columns),
        records.rows[known],
        _labels(records),
        frozenset(key for key in records.cells.columns if reads(key)),
        (*strange, *wrong, *odd),
        notices=() if known.all() else (notice,),
    )


def _within(cells: pd.DataFrame) -> tuple[dict[str, pd.Series], list[Found]]:
    """Counts within the service level's seconds, one column for each threshold the file has."""
    if "service_level_sec" not in cells.columns:
        return {}, []
    seconds = pd.to_numeric(cells["service_level_sec"], errors="coerce")
    strange = (seconds.isna().to_numpy() & ~blank_cells(cells["service_level_sec"])) | (
        seconds % 1 > 0
    ).to_numpy()
    columns = {
        f"{name}_within_{int(threshold)}_s": cells[key].where(seconds == threshold)
        for threshold in np.unique(seconds[~strange].dropna())
        for name, key in WITHIN.items()
        if key in cells.columns
    }
    note = "is no whole number of seconds; write the service level's threshold, such as 30"
    cell = cells["service_level_sec"]
    found = Found("odd_threshold", "service_level_sec", strange, lambda v: f"“{v}” {note}", cells=cell)
    return columns, [found] if strange.any() else []


def _labels(records: Records) -> dict[str, str]:
    named = {**COUNTS, **SUMS, "interval_start": "date", "longest_wait_s": "max_queue_time"}
    return {ours: records.labels[key] for ours, key in named.items() if key in records.labels}
