"""The scope of a page."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboards.filters import Scope
from planner.config import plan_from_text
from planner.domain.centre import QueueKey
from tests.dashboards.small_centre import YAML, queue_frame


def test_the_sites_together_hold_every_queue_once() -> None:
    queues = queue_frame()
    parts = [Scope(site=site).of(queues) for site in queues["site"].unique()]
    assert sum(map(len, parts)) == len(queues)


def test_a_scope_holds_the_keys_of_the_rows_it_keeps() -> None:
    queues, scope = queue_frame(), Scope(language="pt", channel="voice")
    kept = [QueueKey(*key) for key in scope.of(queues)[["site", "language", "channel"]].to_numpy()]
    held = [
        key
        for key in map(tuple, queues[["site", "language", "channel"]].to_numpy())
        if scope.holds(QueueKey(*key))
    ]
    assert list(map(tuple, kept)) == held


def test_shuffled_rows_change_nothing() -> None:
    queues, rng = queue_frame(), np.random.default_rng(3)
    shuffled = queues.iloc[rng.permutation(len(queues))]
    mine, theirs = (Scope(site="CAI").of(frame)["daily"].sum() for frame in (queues, shuffled))
    assert mine == theirs


def test_the_empty_scope_leaves_the_table_alone() -> None:
    queues = queue_frame()
    pd.testing.assert_frame_equal(Scope().of(queues), queues)


def test_words_name_what_was_chosen_and_what_was_not() -> None:
    centre = plan_from_text(YAML).centre
    assert Scope("CAI", "ar").words(centre) == "Cairo · \u200eالعربية · Arabic · all channels"
