"""Counts of resolution: against plain pandas on random logs, and what must be true of any log."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.domain.centre import QueueKey
from planner.domain.tables import CONTACTS
from planner.scorecards.contact_log import Span
from planner.scorecards.fcr import first_contact
from planner.scorecards.resolution import COUNTS, OPEN, shares
from tests.planner.scorecards.centres import centre
from tests.planner.scorecards.pandas_fcr import WINDOWS_H, random_log, repeat_counts

CENTRE = centre(QueueKey("LIS", "pt", "voice"), QueueKey("LIS", "pt", "chat"), QueueKey("BOG", "es", "voice"))
SPAN = Span(datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 4, 28, tzinfo=UTC))
PLACE = ["site", "language", "channel", "reason"]


def weekly(contacts: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """RESOLUTION by week of a log written to a file."""
    path = folder / "log.parquet"
    CONTACTS.check(contacts).to_parquet(path)
    found = first_contact([path], centre=CENTRE, span=SPAN).resolution
    return found[found["period"] == "week"]


@pytest.mark.parametrize("seed", range(4))
def test_random_logs_count_as_plain_pandas_counts(seed: int, tmp_path: Path) -> None:
    contacts = random_log(np.random.default_rng(seed), 1500)
    found = weekly(contacts, tmp_path).groupby(PLACE)
    edges = {"since": pd.Timestamp(SPAN.since), "until": pd.Timestamp(SPAN.until)}
    witness = repeat_counts(contacts.assign(**edges)).groupby(PLACE)
    for name in WINDOWS_H:
        for count in (f"anchors_{name}", f"resolved_{name}", f"open_{name}"):
            pd.testing.assert_series_equal(found[count].sum(), witness[count].sum(), check_dtype=False)
            assert found[count].sum().sum() > 0


def test_shuffled_rows_give_the_same_tables(tmp_path: Path) -> None:
    contacts = random_log(np.random.default_rng(9), 1500)
    first = weekly(contacts, tmp_path).reset_index(drop=True)
    shuffled = contacts.sample(frac=1, random_state=2)
    pd.testing.assert_frame_equal(weekly(shuffled, tmp_path).reset_index(drop=True), first)


def test_a_longer_window_resolves_no_more_of_the_same_anchors(tmp_path: Path) -> None:
    """Anchors of 30 days are anchors of 7; those not followed in 30 days were not followed in 7."""
    found = (
        weekly(random_log(np.random.default_rng(3), 3000), tmp_path).groupby("site")[[*COUNTS, *OPEN]].sum()
    )
    for short, long in (("24h", "72h"), ("72h", "7d"), ("7d", "30d")):
        assert (found[f"resolved_{long}"] <= found[f"resolved_{short}"]).all()
        assert (
            found[f"anchors_{long}"] + found[f"open_{long}"]
            <= found[f"anchors_{short}"] + found[f"open_{short}"]
        ).all()


def test_shares_roll_up_by_counts(tmp_path: Path) -> None:
    counts = weekly(random_log(np.random.default_rng(5), 1500), tmp_path)
    whole = shares(counts.assign(all="all"), by=["all"]).set_index("measure")
    by_site = shares(counts, by=["site"]).set_index(["measure", "site"])
    n = by_site["n"].unstack()
    value = (by_site["value"].unstack() * n).sum(axis=1) / n.sum(axis=1)
    assert value["fcr_repeat_7d"] == pytest.approx(whole.loc["fcr_repeat_7d", "value"], abs=1e-12)
    assert n.loc["fcr_repeat_7d"].sum() == whole.loc["fcr_repeat_7d", "n"]
