"""The plan says how closely it knows what it promises."""

from __future__ import annotations

import pandas as pd

from planner.pipeline.replicated import replicated

ROWS = pd.DataFrame(
    [
        ("LIS", "pt", "voice", "total", "service_level", 0.78, 0.82, 40),
        ("LIS", "es", "voice", "total", "service_level", 0.70, 0.73, 100),
        ("LIS", "es", "voice", "day", "service_level", 0.5, 0.9, 100),
        ("LIS", "es", "voice", "total", "asa_s", 20.0, 90.0, 100),
        ("all", "all", "voice", "total", "service_level", 0.0, 1.0, 40),
    ],
    columns=["site", "language", "channel", "level", "measure", "mean_low", "mean_high", "replications"],
)


def test_the_widest_interval_of_a_queue_over_the_whole_horizon_is_named() -> None:
    words = replicated(ROWS)
    assert words == "40 to 100 replications; every queue's share in time is known to ±2.0 points (95 %)"
    assert replicated(ROWS.iloc[:1]).startswith("40 replications")


def test_without_a_service_level_there_is_nothing_to_know() -> None:
    assert replicated(ROWS.iloc[3:4]) == "nothing with a service level was simulated"
