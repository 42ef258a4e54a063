"""Genesys Cloud, queue performance by interval: one row per queue, media type and interval.

Known from a public sample: averages are in milliseconds, times such as 03/14/26 09:30 AM carry no
offset, a blank is unknown. Only counts are taken over, and averages as sums; percentages are not.
Avg Hold and Avg ACW rest on counts that the export lacks, so handle time comes as one sum.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.cells import blank_cells, each_distinct
from planner.domain.centre import Centre
from planner.domain.column import Found
from planner.domain.problems import counted
from planner.domain.tables import VOLUME
from planner.importers.averages import sum_s
from planner.importers.clock import ON_SITE_CLOCK, ClockForm, to_utc, zones_of
from planner.importers.queue_names import queues_named
from planner.importers.tabulated import Conventions, Tabulated, require
from planner.records import Records

MEANING = "Genesys Cloud queue performance by interval"
TABLE = VOLUME
NEEDS = ("interval_start", "interval_end", "media_type", "queue_name", "offer", "answer", "abandon")
CONVENTIONS = Conventions(
    service_level="answered in target / (answered + abandoned), flow-outs and short abandons as the "
    "organisation has set it; the export holds the percentage alone, which is not imported",
    aht="talk + hold + after-call work, Avg Handle x Answer; the parts are not exported as sums",
    attribution="offered in the interval of entry, handled in the interval of completion",
)
COUNTS = {"offered": "offer", "answered": "answer", "abandoned": "abandon"}
SUMS = {"handle_s": "avg_handle", "wait_answered_s": "asa"}
OTHERS = {"interval_start", "interval_end", "interval_complete", "media_type", "queue_name"}
MS_A_SECOND = 1000


def american_clock(texts: pd.Series) -> pd.Series:
    """Local times such as 03/14/26 09:30 AM (month first), without a zone; NaT where there is none."""
    return pd.to_datetime(texts, format="%m/%d/%y %I:%M %p", errors="coerce").astype("datetime64[us]")


CLOCK = ClockForm(american_clock, "03/14/26 09:30 AM")


def reads(key: str) -> bool:
    return key in OTHERS or key in COUNTS.values() or key in SUMS.values()


def tabulate(records: Records, centre: Centre) -> Tabulated:
    """Counts as they are, averages times contacts answered as sums in seconds."""
    require(records, NEEDS)
    kept, notices = _whole_and_known(records.cells)
    cells, rows = records.cells[kept].reset_index(drop=True), records.rows[kept]
    queues, found = queues_named(cells["queue_name"], cells["media_type"], centre)
    zones, _ = zones_of(queues, centre)
    start, wrong = to_utc(cells["interval_start"], zones, name="interval_start", form=CLOCK)
    length, odd = _length(cells)
    columns = {
        **queues,
        "interval_start": start,
        "interval_min": length,
        **{name: cells[key] for name, key in COUNTS.items()},
        **{
            name: sum_s(cells[key], cells["answer"], per_second=MS_A_SECOND)
            for name, key in SUMS.items()
            if key in cells.columns
        },
        "source_queue": cells["queue_name"],
    }
    return Tabulated(
        pd.DataFrame(columns),
        rows,
        _labels(records),
        frozenset(key for key in records.cells.columns if reads(key)),
        (*found, *wrong, *odd),
        notices=(*notices, ON_SITE_CLOCK),
        adds_up="source_queue",
    )


def _whole_and_known(cells: pd.DataFrame) -> tuple[np.ndarray, tuple[str, ...]]:
    """Rows of whole intervals with an Offer; the others are unknown and leave a gap."""
    unknown = blank_cells(cells["offer"])
    running = np.zeros(len(cells), bool)
    if "interval_complete" in cells.columns:
        running = cells["interval_complete"].astype("str").str.casefold().eq("false").to_numpy(dtype=bool)
    left_out = {
        "without an Offer left out: unknown is not zero": unknown.sum(),
        "of an interval not yet complete left out": (running & ~unknown).sum(),
    }
    notices = tuple(f"{counted(int(n), 'row')} {why}" for why, n in left_out.items() if n)
    return ~unknown & ~running, notices


def _length(cells: pd.DataFrame) -> tuple[pd.Series, list[Found]]:
    """The export's one interval length in minutes; over a clock change it looks an hour off."""
    begin = each_distinct(cells["interval_start"], american_clock)
    end = each_distinct(cells["interval_end"], american_clock)
    minutes = (end - begin).dt.total_seconds() / 60
    usual = minutes.mode()
    length = float(usual.iloc[0]) if len(usual) else np.nan
    off = (minutes - length).abs()
    strange = (begin.notna() & (end.isna() | ~off.isin((0, 60)))).to_numpy()
    note = "is no end of this interval; every interval of an export has the same length"
    found = Found(
        "odd_interval", "interval_min", strange, lambda v: f"“{v}” {note}", cells=cells["interval_end"]
    )
    return pd.Series(length, index=cells.index), [found] if strange.any() else []


def _labels(records: Records) -> dict[str, str]:
    """The export's heading for each of our columns, so that a problem names what the person sees."""
    named = {**COUNTS, **SUMS, "interval_start": "interval_start", "interval_min": "interval_end"}
    named |= dict.fromkeys(("site", "language", "source_queue"), "queue_name") | {"channel": "media_type"}
    return {ours: records.labels[key] for ours, key in named.items() if key in records.labels}
