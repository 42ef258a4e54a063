"""First-contact resolution in plain pandas, row by row rules as in docs/decisions/084: the witness."""

from __future__ import annotations

import numpy as np
import pandas as pd

WINDOWS_H = {"24h": 24, "72h": 72, "7d": 168, "30d": 720}
WEEK_H = 168


def repeat_counts(contacts: pd.DataFrame) -> pd.DataFrame:
    """One row per contact: for each window whether it is an anchor, whether it is due and was followed.

    Takes CONTACTS whose rows are contacts (nothing to join), with `since` and `until`, its log's edges.
    """
    log = contacts.reset_index(drop=True)
    closed = log["ended_at"].fillna(log["answered_at"]).fillna(log["arrived_at"])
    log = log.assign(
        closed=closed, answered=log["answered_at"].notna(), reason=log["reason"].fillna("unknown")
    )
    known = log[log["customer_id"].notna()].sort_values(
        ["customer_id", "reason", "arrived_at", "closed", "site", "language", "channel", "answered"],
        kind="stable",
    )
    story = [known["customer_id"], known["reason"]]
    after = known.groupby(story)["arrived_at"].shift(-1)
    ended = known["closed"].where(known["answered"])
    latest = ended.groupby(story).cummax().groupby(story).ffill()
    before = latest.groupby(story).shift()
    told = {}
    for name, hours in WINDOWS_H.items():
        window = pd.Timedelta(hours=hours)
        quiet = before.isna() | (known["arrived_at"] - before > window)
        early = known["arrived_at"] < known["since"] + pd.Timedelta(hours=min(hours, WEEK_H))
        anchor = known["answered"] & quiet & ~early
        due = known["closed"] + window <= known["until"]
        back = (after - known["closed"] <= window) & after.notna()
        told |= {
            f"anchors_{name}": anchor & due,
            f"resolved_{name}": anchor & due & ~back,
            f"open_{name}": anchor & ~due,
        }
    return known[["site", "language", "channel", "reason"]].assign(**told)


def random_log(rng: np.random.Generator, rows: int) -> pd.DataFrame:
    """Contacts with ties, same-second contacts, overlaps, unknown customers and abandoned contacts."""
    arrived = pd.Timestamp("2026-03-01", tz="UTC") + pd.to_timedelta(
        rng.integers(0, 60 * 24 * 4, rows) * 900, unit="s"
    )
    length = pd.to_timedelta(rng.choice([0, 60, 900, 86_400, 5 * 86_400], rows), unit="s")
    answered = rng.random(rows) < 0.8
    place = rng.integers(0, 3, rows)
    return pd.DataFrame(
        {
            "contact_id": [f"C{n}" for n in range(rows)],
            "customer_id": pd.Series(rng.integers(0, rows // 8 + 1, rows))
            .map("K{}".format)
            .where(rng.random(rows) < 0.9, None),
            "site": np.array(["LIS", "LIS", "BOG"])[place],
            "language": np.array(["pt", "pt", "es"])[place],
            "channel": np.array(["voice", "chat", "voice"])[place],
            "reason": pd.Series(rng.choice(["a", "b", ""], rows)).replace("", None),
            "arrived_at": arrived,
            "answered_at": pd.Series(arrived).where(answered),
            "ended_at": pd.Series(arrived + length).where(rng.random(rows) < 0.95),
        }
    )
