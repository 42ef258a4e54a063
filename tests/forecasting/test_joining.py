"""Rows of many queues in one table."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecasting.joining import DayPaths, keyed, path_rows, typed
from planner.domain.centre import QueueKey
from planner.domain.tables import FORECAST, FORECAST_PATHS, QUEUE

VOICE, EMAIL = QueueKey("LIS", "pt", "voice"), QueueKey("LIS", "pt", "email")


def drawn(key: QueueKey, first: str, contacts: list[list[float]]) -> DayPaths:
    return DayPaths(key, pd.date_range(first, periods=len(contacts)).as_unit("us"), np.array(contacts))


def test_every_cell_of_the_paths_has_its_row_and_nothing_else_has() -> None:
    parts = [drawn(VOICE, "2026-01-01", [[1, 2, 3], [4, 5, 6]]), drawn(EMAIL, "2026-01-05", [[7, 8, 9]])]
    rows = path_rows(parts)
    pd.testing.assert_frame_equal(FORECAST_PATHS.check(rows), rows)
    for part in parts:
        own = rows[rows["channel"] == part.key.channel].pivot(index="day", columns="path", values="offered")
        np.testing.assert_array_equal(own.to_numpy(), part.contacts)
        np.testing.assert_array_equal(own.index, part.days)
    assert len(rows) == 9


def test_frames_of_unequal_length_get_their_own_keys() -> None:
    starts = pd.date_range("2026-01-01", periods=3, freq="h", tz="UTC").as_unit("us")
    whole = pd.DataFrame({"interval_start": starts, "interval_min": 60, "offered": [1.0, 2.0, 3.0]})
    rows = keyed([(VOICE, whole), (EMAIL, whole[:1])], FORECAST)
    assert [tuple(row) for row in rows[list(QUEUE)].to_numpy()] == [VOICE] * 3 + [EMAIL]
    assert rows["offered"].to_list() == [1.0, 2.0, 3.0, 1.0]


def test_no_queue_at_all_gives_the_declared_table_without_rows() -> None:
    pd.testing.assert_frame_equal(path_rows([]), FORECAST_PATHS.empty())
    pd.testing.assert_frame_equal(keyed([], FORECAST), FORECAST.empty())
    pd.testing.assert_frame_equal(typed([], FORECAST), FORECAST.empty())
