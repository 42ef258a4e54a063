"""CPU seconds and peak memory of importing a contact log of millions of rows.

    python -m benchmarks.contact_log [--rows 6000000] [--suffix .csv]

Draws a log of three queues, imports it into a new store, imports it again (nothing is to change), then
imports a correction of its last tenth. Each import runs in a process of its own; memory is the largest
resident set of that process. Everything is written to a temporary folder and removed.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from planner.domain.centre import Centre, Handling, Queue, QueueKey, Site, Target
from planner.domain.timegrid import around_the_clock
from planner.importers.contact_log import import_contacts
from planner.store import Store

NOW = datetime(2026, 10, 4, tzinfo=UTC)
PLACES = (("SVQ", "es", "Europe/Madrid"), ("LIS", "pt", "Europe/Lisbon"), ("KRK", "pl", "Europe/Warsaw"))
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
LOG = """
    SELECT 'c' || lpad(i::VARCHAR, 9, '0') AS contact_id,
        CASE WHEN hash(i, 1) % 100 < 94 THEN 'customer-' || hash(i, 2) % 2500000 END AS customer_id,
        ['SVQ', 'LIS', 'KRK'][1 + i % 3] AS site, ['es', 'pt', 'pl'][1 + i % 3] AS "language",
        'voice' AS channel,
        ['payment', 'return', 'delivery', 'size'][1 + (hash(i, 3) % 4)::BIGINT] AS reason,
        arrived AS arrived_at,
        CASE WHEN i % 20 > 0 THEN arrived + to_seconds((hash(i, 4) % 90)::BIGINT) END AS answered_at,
        arrived + to_seconds(90 + (hash(i, 5) % 600)::BIGINT) AS ended_at,
        (200 + i % 100 * 1.5 + {more})::DOUBLE AS talk_s, 10::DOUBLE AS hold_s, 30.5::DOUBLE AS wrap_s,
        'agent-' || i % 700 AS agent_id, i % 50 = 0 AS escalated, i % 11 > 0 AS agent_resolved,
        CASE WHEN i % 9 = 0 THEN i % 5 > 0 END AS survey_resolved
    FROM (SELECT i, TIMESTAMPTZ '2025-10-01 00:00:00+00' + to_microseconds(i * 5200000) AS arrived
          FROM range({first}, {end}) AS log(i))
"""


def draw(path: Path, rows: range, *, more_talk_s: float = 0) -> None:
    """Write a log; the same rows are the same contacts."""
    query = LOG.format(first=rows.start, end=rows.stop, more=more_talk_s)
    if path.suffix == ".csv":
        times = ("arrived_at", "answered_at", "ended_at")
        texts = ", ".join(f"strftime({name} AT TIME ZONE 'UTC', '{MOMENT}') AS {name}" for name in times)
        query = f"SELECT * REPLACE ({texts}) FROM ({query})"
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'; SET threads = 2; SET memory_limit = '1GB'")
        connection.execute(f"COPY ({query}) TO '{path}'")


def centre() -> Centre:
    """Three sites with a voice queue each."""
    sites, queues = {}, {}
    for code, language, zone in PLACES:
        hours, key = around_the_clock(zone), QueueKey(code, language, "voice")
        sites[code] = Site(code, code, "", zone, hours)
        queues[key] = Queue(key, "immediate", hours, Target(), Handling(300))
    return Centre("benchmark", 30, sites, queues, {}, ())


def measured(name: str, work: Callable[[], object]) -> None:
    """Do the work in a child process and print what it took."""
    start, before = time.monotonic(), os.times()
    child = os.fork()
    if not child:
        print(f"{name}: {work()}", flush=True)
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
        print(f"    peak memory {peak_mb:,.0f} MB", flush=True)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        raise SystemExit(f"{name} failed")
    after = os.times()
    cpu_s = after.children_user + after.children_system - before.children_user - before.children_system
    print(f"    {cpu_s:.1f} CPU s, {time.monotonic() - start:.1f} s on the clock", flush=True)


def main() -> int:
    """Draw, import, import again, correct."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=6_000_000)
    parser.add_argument("--suffix", choices=(".csv", ".parquet"), default=".csv")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path, store = Path(folder) / f"log{options.suffix}", Store(Path(folder) / "store")

        def stored() -> object:
            return import_contacts(store, path, centre=centre(), now=NOW).added

        measured(f"draw {options.rows:,} contacts", lambda: draw(path, range(options.rows)))
        print(f"    {path.stat().st_size / 1e6:,.0f} MB")
        measured("import", stored)
        measured("import again", stored)
        measured(
            "draw a correction",
            lambda: draw(path, range(options.rows * 9 // 10, options.rows), more_talk_s=1),
        )
        measured("import it", stored)
        size = sum(file.stat().st_size for file in store.folder.rglob("*") if file.is_file())
        print(f"store: {size / 1e6:,.0f} MB, the retired part included")
    return 0


if __name__ == "__main__":
    sys.exit(main())
