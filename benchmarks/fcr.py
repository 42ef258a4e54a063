"""CPU seconds and peak memory of first-contact resolution over millions of contacts, beside plain pandas.

    python -m benchmarks.fcr [--rows 6000000] [--seed 1]

Draws a year of contacts of three queues by a seeded generator (repeats, unknown customers, abandoned
contacts, transfers with conversation ids), computes every table of `first_contact`, and computes the
counts of the four windows again with plain pandas on the same rows, which must agree. Each runs in a
process of its own; memory is the largest resident set of that process. Written to a temporary folder.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.contact_log import centre, measured
from planner.domain.tables import CONTACTS
from planner.scorecards.fcr import first_contact
from tests.planner.scorecards.pandas_fcr import WINDOWS_H, repeat_counts

PLACES = (("SVQ", "es"), ("LIS", "pt"), ("KRK", "pl"))
REASONS = ("order", "return", "payment", "exchange", "stock", "account", "damage", "complaint")
YEAR_S = 364 * 86_400
PIECE = 500_000  # rows drawn at once
BACK = 0.09  # share of contacts whose customer is back about the same within a week
PARTS = 0.03  # share of contacts with a second part, by transfer
COUNTED = [f"{kind}_{name}" for name in WINDOWS_H for kind in ("anchors", "resolved", "open")]


def draw(path: Path, *, rows: int, seed: int) -> str:
    """Write a log of about `rows` contacts, a little more with the second parts of transfers."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    writer, written = None, 0
    for number, begin in enumerate(range(0, rows, PIECE)):
        piece = CONTACTS.check(_piece(np.random.default_rng([seed, number]), min(PIECE, rows - begin), begin))
        table = pa.Table.from_pandas(piece, preserve_index=False)
        writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table)
        written += len(piece)
    if writer:
        writer.close()
    return f"{written:,} rows, {path.stat().st_size / 1e6:,.0f} MB"


def _piece(rng: np.random.Generator, rows: int, begin: int) -> pd.DataFrame:
    """First contacts, the repeats of some, and second parts of some: in all about `rows` contacts."""
    first = round(rows / (1 + BACK))
    place = rng.integers(0, len(PLACES), first)
    contacts = pd.DataFrame(
        {
            "story": begin + np.arange(first),
            "site": np.array([site for site, _ in PLACES])[place],
            "language": np.array([language for _, language in PLACES])[place],
            "reason": rng.choice(REASONS, first),
            "at_s": rng.uniform(0, YEAR_S, first),
            "known": rng.random(first) < 0.94,
        }
    )
    delay = np.minimum(34 * np.exp(1.1 * rng.standard_normal(first)), 167) * 3600
    again = contacts.assign(at_s=contacts["at_s"] + delay)[rng.random(first) < BACK]
    log = pd.concat([contacts, again[again["at_s"] < YEAR_S]], ignore_index=True)
    log = log.assign(talk=[f"T{begin}-{n}" for n in range(len(log))], answered=rng.random(len(log)) < 0.95)
    log["lasts_s"] = rng.integers(60, 900, len(log))
    moved = log[log["answered"] & (rng.random(len(log)) < PARTS)]
    log = pd.concat([log, moved.assign(at_s=moved["at_s"] + moved["lasts_s"] + 20)], ignore_index=True)
    arrived = pd.Timestamp("2025-10-06", tz="UTC") + pd.to_timedelta(log["at_s"].round(), unit="s")
    return pd.DataFrame(
        {
            "contact_id": [f"C{begin}-{n}" for n in range(len(log))],
            "customer_id": ("customer-" + (log["story"] % 2_500_000).astype("str")).where(log["known"], None),
            "conversation_id": log["talk"],
            "channel": "voice",
            **{name: log[name] for name in ("site", "language", "reason")},
            "arrived_at": arrived,
            "answered_at": arrived.where(log["answered"]),
            "ended_at": arrived + pd.to_timedelta(log["lasts_s"], unit="s"),
            "escalated": rng.random(len(log)) < 0.03,
            "agent_resolved": rng.random(len(log)) < 0.95,
        }
    )


def by_us(log: Path, told: Path) -> str:
    """Every table of first-contact resolution; the counts are kept for comparison."""
    found = first_contact([log], centre=centre())
    months = found.resolution[found.resolution["period"] == "month"]
    months.groupby(["site", "reason"])[COUNTED].sum().to_parquet(told)
    sizes = {name: f"{len(table):,}" for name, table in found.tables.items()}
    return f"SCORECARD {len(found.scorecard):,} rows, " + ", ".join(f"{n} {s}" for n, s in sizes.items())


def by_pandas(log: Path, told: Path) -> str:
    """The counts of the four windows in plain pandas."""
    names = ["customer_id", "site", "language", "channel", "reason", "arrived_at", "answered_at", "ended_at"]
    rows = pd.read_parquet(log, columns=[*names, "conversation_id"]).sort_values("arrived_at")
    ended = rows.groupby("conversation_id", sort=False)["ended_at"].max()
    whole = rows.drop_duplicates("conversation_id").set_index("conversation_id").assign(ended_at=ended)
    first, last = (rows.groupby("site")["arrived_at"].agg(how) for how in ("min", "max"))
    whole = whole.assign(since=whole["site"].map(first), until=whole["site"].map(last))
    counted = repeat_counts(whole).groupby(["site", "reason"])[COUNTED].sum()
    counted.to_parquet(told)
    return f"{len(whole):,} contacts"


def main() -> int:
    """Draw, compute, compute again, compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=6_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        log, ours, theirs = (
            Path(folder) / name for name in ("log.parquet", "ours.parquet", "theirs.parquet")
        )
        measured("draw", lambda: draw(log, rows=options.rows, seed=options.seed))
        measured("first_contact: every table", lambda: by_us(log, ours))
        measured("plain pandas: counts of the four windows", lambda: by_pandas(log, theirs))
        pd.testing.assert_frame_equal(pd.read_parquet(ours), pd.read_parquet(theirs), check_dtype=False)
    print(f"both count the same: {len(COUNTED)} counts by site and reason")
    return 0


if __name__ == "__main__":
    sys.exit(main())
