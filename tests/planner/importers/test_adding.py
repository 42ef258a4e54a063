"""Queues of a source that are one queue of the centre add up; what one of them does not know stays unknown."""

import numpy as np
import pandas as pd
import pytest

from planner.domain.problems import InputError
from planner.domain.tables import VOLUME
from planner.importers.adding import added_up, apart

START = pd.Timestamp("2026-10-05T08:00Z")


def rows(*parts: tuple[str, int, float, float]) -> pd.DataFrame:
    """Rows of (source queue, offered, talk_s, longest_wait_s) in one interval of one queue."""
    frame = pd.DataFrame(parts, columns=["queue", "offered", "talk_s", "longest_wait_s"])
    key = {"site": "LIS", "language": "pt", "channel": "voice", "interval_start": START, "interval_min": 30}
    return frame.assign(**key)


def test_counts_and_sums_add_and_the_longest_wait_is_the_longest() -> None:
    checked = apart(VOLUME, "queue").check(rows(("a", 3, 100.5, 40), ("b", 4, 200, 90), ("c", 0, 0, 0)))
    [total] = added_up(checked, VOLUME).to_dict("records")
    assert (total["offered"], total["talk_s"], total["longest_wait_s"]) == (7, 300.5, 90)
    assert (total["interval_start"], total["interval_min"]) == (START, 30)


def test_known_plus_unknown_is_unknown() -> None:
    checked = apart(VOLUME, "queue").check(rows(("a", 3, 100, 40), ("b", 4, np.nan, 90)))
    [total] = added_up(checked, VOLUME).to_dict("records")
    assert total["offered"] == 7
    assert np.isnan(total["talk_s"])


def test_what_added_up_is_again_the_declared_table() -> None:
    checked = apart(VOLUME, "queue").check(rows(("a", 3, 100, 40), ("b", 4, 50, 90)))
    added = added_up(checked, VOLUME)
    pd.testing.assert_frame_equal(VOLUME.check(added), added)
    alone = added_up(checked.iloc[:1], VOLUME)
    pd.testing.assert_frame_equal(VOLUME.check(alone), alone)


def test_a_row_of_one_source_queue_that_repeats_is_not_added_up_but_refused() -> None:
    with pytest.raises(InputError, match="repeats the key queue x site"):
        apart(VOLUME, "queue").check(rows(("a", 3, 100, 40), ("a", 3, 100, 40)))
