"""One client's part of the centre: counting again gives what counting that client alone gives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from planner.domain.centre import Centre, QueueKey
from planner.domain.tables import QUEUE
from planner.scorecards.clients import card_of, clients_of, part_of, rows_of
from planner.scorecards.service import service
from tests.planner.scorecards.centres import centre, volume

MINE = [QueueKey("LIS", "pt", "voice"), QueueKey("LIS", "de", "voice"), QueueKey("BOG", "es", "voice")]
OTHERS = [QueueKey("LIS", "fr", "voice"), QueueKey("BOG", "en", "voice")]
KEY = ["measure", *QUEUE, "period", "period_start"]


@pytest.fixture
def two() -> Centre:
    """Queues of the clients Ours and Theirs."""
    made = centre(*MINE, *OTHERS)
    named = {key: replace(q, client="Ours" if key in MINE else "Theirs") for key, q in made.queues.items()}
    return replace(made, queues=named)


@pytest.fixture
def counted() -> pd.DataFrame:
    """Two weeks of VOLUME with random counts; one queue had no staff in an interval."""
    rng = np.random.default_rng(5)
    rows = []
    for key in [*MINE, *OTHERS]:
        for start in pd.date_range("2026-09-07 08:00", periods=28, freq="12h", tz="UTC"):
            offered = int(rng.integers(20, 200))
            abandoned = int(rng.integers(0, 9))
            rows.append({
                "site": key.site, "language": key.language, "channel": key.channel, "interval_start": start,
                "offered": offered, "answered": offered - abandoned, "abandoned": abandoned,
                "abandoned_short": min(abandoned, 2), "answered_within_20_s": int(0.7 * (offered - abandoned)),
                "answered_within_60_s": int(0.9 * (offered - abandoned)),
                "talk_s": 200.0 * offered, "hold_s": 10.0 * offered, "wrap_s": float(rng.integers(10, 90)) * offered,
                "wait_answered_s": float(rng.integers(5, 60)) * offered, "staffed_s": 400.0 * offered + 900,
            })  # fmt: skip
    return volume(*rows)


def test_rolling_up_again_is_counting_that_client_alone(two: Centre, counted: pd.DataFrame) -> None:
    part = part_of(two, "Ours")
    found = card_of(service(counted, two, period="week"), part, whole=two)
    alone = counted[pd.MultiIndex.from_frame(counted[[*QUEUE]]).isin(MINE)]
    expected = service(alone, part, period="week")
    assert set(found["measure"]) == set(expected["measure"])
    both = expected.merge(found, on=KEY, suffixes=("_expected", ""), how="outer", indicator=True)
    assert (both["_merge"] == "both").all()
    for name in ("value", "n", "low", "high"):
        np.testing.assert_allclose(both[name], both[f"{name}_expected"], rtol=1e-9)


def test_a_centre_of_one_client_is_left_as_it_is(two: Centre, counted: pd.DataFrame) -> None:
    card = service(counted, two, period="week")
    assert card_of(card, two, whole=two) is card


def test_a_roll_up_that_mixes_clients_is_left_out(two: Centre) -> None:
    keys = [
        *MINE,
        *OTHERS,
        ("LIS", "all", "voice"),
        ("all", "all", "voice"),
        ("BOG", "es", "all"),
        ("all", "pt", "all"),
    ]
    frame = pd.DataFrame(keys, columns=[*QUEUE])
    kept = rows_of(frame, part_of(two, "Ours"), whole=two)
    assert set(kept.itertuples(index=False, name=None)) == {
        *map(tuple, MINE),
        ("BOG", "es", "all"),
        ("all", "pt", "all"),
    }


def test_queues_without_a_client_are_a_part_of_their_own(two: Centre) -> None:
    first = two.queues[MINE[0]]
    mixed = replace(two, queues={**two.queues, MINE[0]: replace(first, client=None)})
    assert clients_of(mixed) == ("Ours", "Theirs", "")
    assert list(part_of(mixed, "").queues) == [MINE[0]]
    assert clients_of(centre(*MINE)) == ()
