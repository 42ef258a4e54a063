"""Where a schedule is short: sums by the local clock, and nothing that makes up for anything else."""

import pandas as pd
import pytest

from planner.domain.tables import COVERAGE
from staffing.short_hours import under_over

ZONES = {"SVQ": "Europe/Madrid"}


def coverage(*rows: tuple[str, str, str, float, float], interval_min: int = 30) -> pd.DataFrame:
    """Rows of local time, language, channel, needed, scheduled."""
    frame = pd.DataFrame(rows, columns=["at", "language", "channel", "needed", "scheduled"])
    start = pd.to_datetime(frame["at"]).dt.tz_localize("Europe/Madrid").dt.tz_convert("UTC")
    return COVERAGE.check(
        frame.assign(
            site="SVQ",
            interval_start=start,
            interval_min=interval_min,
            gap=frame["scheduled"] - frame["needed"],
        )
    )


def test_short_and_over_hours_lie_at_the_local_hour_and_weekday() -> None:
    monday, week_after = "2026-10-19 19:30", "2026-10-26 19:00"  # the clocks go back between them
    found = under_over(coverage((monday, "pt", "voice", 3, 1), (week_after, "pt", "voice", 2, 4)), ZONES)
    rows = found[found["language"] == "pt"].to_dict("records")
    assert rows == [
        {
            "site": "SVQ",
            "language": "pt",
            "weekday": 0,
            "hour": 19,
            "needed_h": 2.5,
            "under_h": 1,
            "over_h": 1,
        }
    ]


def test_what_one_queue_has_too_many_does_not_make_up_for_another() -> None:
    at = "2026-10-19 10:00"
    found = under_over(
        coverage((at, "pt", "voice", 2, 0), (at, "pt", "chat", 2, 4), (at, "es", "voice", 1, 1)), ZONES
    )
    each = found.set_index("language")[["needed_h", "under_h", "over_h"]]
    assert each.loc["pt"].tolist() == [2, 1, 1]
    assert each.loc["all"].tolist() == pytest.approx([2.5, 1, 1])


def test_all_languages_together_are_the_sum_of_each() -> None:
    rows = [
        (f"2026-10-{19 + d} {8 + h:02}:00", tag, "voice", d + h, 3.0)
        for d in range(5)
        for h in range(9)
        for tag in ("pt", "es")
    ]
    found = under_over(coverage(*rows), ZONES)
    amounts = ["needed_h", "under_h", "over_h"]
    total = found[found["language"] == "all"][amounts].sum()
    assert total.tolist() == pytest.approx(found[found["language"] != "all"][amounts].sum().tolist())
    assert total["needed_h"] - total["under_h"] + total["over_h"] == pytest.approx(len(rows) * 3 / 2)


def test_no_coverage_is_nowhere_short() -> None:
    assert under_over(COVERAGE.empty(), ZONES).empty
