"""The daily record of one contact service queue, as the City of Kitchener publishes it.

One row per local day; averages in seconds; a blank is unknown. Only counts are taken over, and
averages as sums; percentages are not. The file names no queue: it is the centre's only one.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from planner.domain.cells import blank_cells
from planner.domain.centre import Centre
from planner.domain.problems import InputError, Problem, counted
from planner.domain.tables import VOLUME
from planner.importers.averages import sum_s
from planner.importers.clock import to_utc, zones_of
from planner.importers.tabulated import Conventions, Tabulated, require
from planner.records import Records

MEANING = "daily record of one queue, as the City of Kitchener publishes it"
TABLE = VOLUME
NEEDS = ("date", "calls_presented", "calls_handled", "calls_abandoned")
CONVENTIONS = Conventions(
    service_level="calls handled within service_level_sec, a count; the formula is the one in plan.yaml",
    aht="avg_handle_time x calls handled; the source does not say whether it holds after-call work",
    attribution="the local day",
)
COUNTS = {"offered": "calls_presented", "answered": "calls_handled", "abandoned": "calls_abandoned"}
SUMS = {"handle_s": "avg_handle_time", "wait_answered_s": "avg_speed_of_answer"}
WITHIN = {
    "answered_within_{}_s": "calls_handled_lt_service_level",
    "abandoned_within_{}_s": "calls_abandoned_lt_service_level",
}
LONGEST, THRESHOLD = "max_queue_time", "service_level_sec"
READ = {"date", LONGEST, THRESHOLD, *COUNTS.values(), *SUMS.values(), *WITHIN.values()}


def reads(key: str) -> bool:
    return key in READ


def tabulate(records: Records, centre: Centre) -> Tabulated:
    """Counts as they are, averages times calls handled as sums, days on the site's clock."""
    require(records, NEEDS)
    site, language, channel = _only_queue(records, centre)
    unknown = blank_cells(records.cells["calls_presented"])
    cells, rows = records.cells[~unknown].reset_index(drop=True), records.rows[~unknown]
    queue = pd.DataFrame({"site": site, "language": language, "channel": channel}, index=cells.index)
    start, found = to_utc(cells["date"], zones_of(queue, centre)[0], name="interval_start")
    columns = {
        **queue,
        "interval_start": start,
        "interval_min": pd.Series(1440, index=cells.index),
        **{name: cells[key] for name, key in COUNTS.items()},
        **{name: sum_s(cells[key], cells["calls_handled"]) for name, key in SUMS.items() if key in cells},
        **dict(_within(cells)),
        **({"longest_wait_s": cells[LONGEST]} if LONGEST in cells else {}),
    }
    headings = {**COUNTS, **SUMS, "interval_start": "date", "longest_wait_s": LONGEST}
    notice = f"{counted(int(unknown.sum()), 'row')} without calls presented left out: unknown is not zero"
    return Tabulated(
        pd.DataFrame(columns),
        rows,
        {name: records.labels[key] for name, key in headings.items() if key in records.labels},
        frozenset(READ),
        tuple(found),
        notices=(notice,) if unknown.any() else (),
    )


def _only_queue(records: Records, centre: Centre) -> tuple[str, str, str]:
    if len(centre.queues) != 1:
        note = f"names no queue, and plan.yaml has {len(centre.queues)}; bring it with a plan of one queue"
        raise InputError([Problem("no_queue", note, records.file)])
    return next(iter(centre.queues))


def _within(cells: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    """Counts within the threshold, a column for each threshold the record has used."""
    if THRESHOLD not in cells:
        return
    seconds = pd.to_numeric(cells[THRESHOLD], errors="coerce")
    for threshold in sorted(seconds.dropna().unique()):
        for name, key in WITHIN.items():
            if key in cells:
                yield name.format(int(threshold)), cells[key].where(seconds == threshold)
