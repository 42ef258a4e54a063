"""Repeats: the planted share is found by the definition, and nobody is two customers."""

import numpy as np
import pandas as pd
import pytest

from planner.sample.check_truths import repeats
from planner.sample.parameters import read_parameters
from planner.sample.reasons import draw_reasons, reasons
from planner.sample.returns import REPEAT, linked, stories

PARAMETERS = read_parameters()
DAYS, MS = 56, 86_400_000


def contacts_of(count: int) -> pd.DataFrame:
    rng = np.random.default_rng(5)
    arrived = np.sort(rng.integers(0, DAYS * MS, count))
    return pd.DataFrame(
        {
            "arrived_ms": arrived,
            "ended_ms": arrived + rng.integers(60_000, 600_000, count),
            "answered": rng.random(count) < 0.95,
            "origin": 0,
            "parent": -1,
            "channel": rng.integers(1, 3, count),  # chat and e-mail: nobody is cut off
            "reason": draw_reasons(rng, reasons(PARAMETERS), size=count),
            "quality": rng.normal(0.9, 0.035, count),
        }
    )


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    line = PARAMETERS.lines["de"]
    return linked(contacts_of(60_000), line, PARAMETERS, rng=np.random.default_rng(6))


def test_the_planted_resolution_is_found_by_its_definition(found: pd.DataFrame) -> None:
    customer = stories(found["before"].to_numpy())
    moment = {n: pd.to_datetime(found[f"{n}_ms"], unit="ms", utc=True) for n in ("arrived", "ended")}
    log = pd.DataFrame(
        {
            "customer_id": customer.astype(str),
            "reason": found["reason"],
            "language": "de",
            "arrived_at": moment["arrived"],
            "ended_at": moment["ended"],
            "answered_at": moment["arrived"].where(found["answered"]),
        }
    )
    counted = repeats(log).loc["de"]
    share = counted["resolved"] / counted["anchors"]
    error = 3 * np.sqrt(0.95 * 0.05 / counted["anchors"])
    assert share == pytest.approx(PARAMETERS.spec["truth"]["fcr"]["by_language"]["de"], abs=error)


def test_a_return_has_the_reason_of_its_anchor_and_comes_within_a_week(found: pd.DataFrame) -> None:
    back = found[found["link"] == REPEAT]
    anchor = found.loc[back["before"]]
    assert len(back) > 1_000
    assert (back["reason"].to_numpy() == anchor["reason"].to_numpy()).all()
    delay = back["arrived_ms"].to_numpy() - anchor["ended_ms"].to_numpy()
    assert ((delay > 0) & (delay <= 7 * MS)).all()


def test_a_contact_is_the_return_of_one_contact_and_each_has_one_at_most(found: pd.DataFrame) -> None:
    before = found["before"][found["before"] >= 0]
    assert before.is_unique
    assert (before.to_numpy() < before.index.to_numpy()).all()


def test_returns_come_more_often_for_hard_reasons_and_weak_agents(found: pd.DataFrame) -> None:
    early = found[found["answered"] & (found["link"] != REPEAT) & (found["arrived_ms"] < (DAYS - 8) * MS)]
    by_reason = early.groupby("reason")["came_back"].mean()
    assert np.corrcoef(by_reason, reasons(PARAMETERS).repeat)[0, 1] > 0.9
    weak = early["quality"] < early["quality"].quantile(0.2)
    assert early.loc[weak, "came_back"].mean() > early.loc[~weak, "came_back"].mean()
