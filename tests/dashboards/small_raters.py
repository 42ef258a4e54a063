"""What the small invented centre knows of its raters and of differences: planted, small and whole."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from tests.dashboards.small_centre import FIRST_DAY

ALL = "all"
NOW = pd.Timestamp(FIRST_DAY, tz="UTC")
LENIENT = {"LIS-R1": -0.012, "LIS-R2": 0.055, "CAI-R1": -0.043, "CAI-R2": 0.0}  # planted: two lean
LAST_DAYS = {"LIS-R1": 10, "LIS-R2": 10, "CAI-R1": 50, "CAI-R2": 12}  # planted: one is overdue
NEVER = "TYO-R1"  # planted: never calibrated
RARE, APART = "Data protection", "Tone"  # planted: α near 0 with AC high, and both low
QUALITY = {"pt": 0.02, "de": 0.01, "ar": -0.08, "en": 0.0}  # difference from the others; Arabic surely


def tables() -> dict[str, pd.DataFrame]:
    """AGREEMENT, LENIENCY, BRIDGES and COMPARISONS."""
    return {
        "AGREEMENT": agreement(),
        "LENIENCY": leniency(),
        "BRIDGES": bridges(),
        "COMPARISONS": comparisons(),
    }


def agreement() -> pd.DataFrame:
    """Four measures of a few items, for all raters and Lisbon's; Lisbon has too few contacts."""
    measures = {
        ("final score", "agreement"): 0.62,
        ("final score", "alpha"): 0.85,
        ("final score", "icc"): 0.84,
        (RARE, "agreement"): 0.97,
        (RARE, "alpha"): 0.02,
        (RARE, "ac1"): 0.96,
        (APART, "agreement"): 0.45,
        (APART, "alpha"): 0.20,
        (APART, "ac1"): 0.35,
    }
    rows = [
        {"site": site, "item": item, "measure": measure, "value": value, "contacts": contacts}
        for site, contacts in ((ALL, 120), ("LIS", 12))
        for (item, measure), value in measures.items()
    ]
    frame = pd.DataFrame(rows)
    ends = {"low": frame["value"] - 0.05, "high": frame["value"] + 0.05}
    return frame.assign(form="RETAIL-1", raters=4, definition="invented", **ends)


def leniency() -> pd.DataFrame:
    """Four raters linked with one another, and one who was never calibrated."""
    rows = [
        {"rater_id": name, "leniency": value, "low": value - 0.01, "high": value + 0.01, "contacts": 60}
        | {"last": NOW - pd.Timedelta(days=LAST_DAYS[name]), "linked": "1"}
        for name, value in LENIENT.items()
    ]
    rows.append({"rater_id": NEVER, "contacts": 0})
    return pd.DataFrame(rows).assign(site=lambda frame: frame["rater_id"].str[:3])


def bridges() -> pd.DataFrame:
    """Sites of which Tokyo shares no contact, and languages of the others."""
    rows = []
    for dimension, names in (("site", ["CAI", "LIS", "TYO"]), ("language", ["ar", "en", "pt"])):
        pairs = [*combinations(names, 2), *((name, "others") for name in names)]
        for a, b in pairs:
            split = "TYO" not in (a, b)
            note = "" if split else "no chain of common contacts links their raters"
            row = {"dimension": dimension, "a": a, "b": b, "difference": -0.06, "note": note}
            ends = {"raters": -0.04, "raters_low": -0.05, "raters_high": -0.03}
            ends |= {"agents": -0.02, "agents_low": -0.045, "agents_high": 0.005}
            rows.append(row | (ends if split else dict.fromkeys(ends, np.nan)) | {"bridge": 24 * split})
    return pd.DataFrame(rows)


def comparisons() -> pd.DataFrame:
    """Quality by language: Arabic surely lower, Japanese too few, the others untold."""
    rows = [
        {
            "subject": tag,
            "n": 110.0,
            "value": 0.9 + difference,
            "others": 0.9,
            "difference": difference,
            "low": difference - 0.04,
            "high": difference + 0.04,
            "p": 0.002 if tag == "ar" else 0.8,
            "detectable": 0.05,
            "verdict": "lower" if tag == "ar" else "cannot tell",
        }
        for tag, difference in QUALITY.items()
    ]
    rows.append({"subject": "ja", "n": 9.0, "verdict": "too few"})
    frame = pd.DataFrame(rows)
    return frame.assign(
        measure="quality_score", dimension="language", matters=0.02, definition="mean final score; invented"
    )
