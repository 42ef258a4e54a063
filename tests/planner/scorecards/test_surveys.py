"""Surveys: shares of those who answer, how many answer, and an interval for NPS that covers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planner.domain.centre import QueueKey
from planner.domain.tables import SCORECARD, SURVEYS
from planner.scorecards.surveys import net_share, surveys
from tests.planner.scorecards.centres import centre, only

PT, ES = QueueKey("LIS", "pt", "voice"), QueueKey("BOG", "es", "voice")
CENTRE = centre(PT, ES)
SENT = pd.Timestamp("2026-06-03T10:00:00Z")


def asked(key: QueueKey, points: list[int | None], nps: list[int | None] | None = None) -> pd.DataFrame:
    """One survey for each of the points; None = no answer."""
    recommends = nps or [None] * len(points)
    either = [a is not None or b is not None for a, b in zip(points, recommends)]
    return SURVEYS.check(
        pd.DataFrame(
            {
                "survey_id": [f"{key.language}{n}" for n in range(len(points))],
                **key._asdict(),
                "sent_at": SENT,
                "answered_at": [SENT if told else None for told in either],
                "csat": points,
                "nps": recommends,
            }
        )
    )


def test_shares_are_of_those_who_answered_and_the_response_of_all() -> None:
    card = SCORECARD.check(surveys(asked(PT, [5, 4, 3, 1, None, None, None, None]), CENTRE))
    card = card[card["period"] == "week"]
    found = {name: only(card, name) for name in ("csat", "dsat", "csat_mean", "survey_response")}
    assert {name: (row["value"], row["n"]) for name, row in found.items()} == {
        "csat": (0.5, 4), "dsat": (0.25, 4), "csat_mean": (3.25, 4), "survey_response": (0.5, 8),
    }  # fmt: skip
    assert found["csat"]["period_start"] == pd.Timestamp("2026-06-01")


def test_nps_is_promoters_minus_detractors() -> None:
    card = surveys(asked(PT, [None] * 5, [10, 9, 8, 6, 0]), CENTRE)
    assert only(card[card["period"] == "all"], "nps")["value"] == pytest.approx(0.0)


def test_sites_roll_up_by_answers_and_not_by_averaging() -> None:
    both = pd.concat([asked(PT, [5] * 9 + [1]), asked(ES, [1, 1])])
    card = surveys(both, CENTRE)
    assert only(card[card["period"] == "all"], "csat")["value"] == pytest.approx(9 / 12)


def test_surveys_without_answers_have_a_response_of_zero_and_no_satisfaction() -> None:
    silent = asked(PT, [None, None]).drop(columns=["csat", "nps", "answered_at"])
    card = surveys(silent, CENTRE)
    assert set(card["measure"]) == {"survey_response"}
    assert (card["value"] == 0).all()


def test_no_surveys_give_no_rows() -> None:
    assert surveys(SURVEYS.empty(), CENTRE).empty


@pytest.mark.parametrize(("n", "promote", "detract"), [(20, 0.5, 0.2), (50, 0.75, 0.05), (400, 0.4, 0.35)])
def test_the_interval_of_nps_covers_the_truth(n: int, promote: float, detract: float) -> None:
    drawn = np.random.default_rng(8).multinomial(n, [promote, 1 - promote - detract, detract], 4000)
    ends = net_share(drawn[:, 0], drawn[:, 2], n=np.full(4000, n))
    inside = np.mean((ends.low <= promote - detract) & (promote - detract <= ends.high))
    assert 0.935 <= inside <= 0.975


def test_the_interval_of_nps_tends_to_wald_s_and_stays_inside() -> None:
    """With many answers: variance (p + q - (p - q)^2) / n of a difference of multinomial shares."""
    n, plus, minus = 100_000, 52_000, 21_000
    ends = net_share(np.array([plus]), np.array([minus]), n=np.array([n]))
    p, q = plus / n, minus / n
    half = 1.959964 * np.sqrt((p + q - (p - q) ** 2) / n)
    assert (ends.low[0], ends.high[0]) == pytest.approx((p - q - half, p - q + half), abs=3e-5)
    edge = net_share(np.array([5.0]), np.array([0.0]), n=np.array([5.0]))
    assert -1 <= edge.low[0] < edge.high[0] == 1


def test_the_interval_turns_with_its_sides() -> None:
    ends = net_share(np.array([30.0]), np.array([12.0]), n=np.array([60.0]))
    turned = net_share(np.array([12.0]), np.array([30.0]), n=np.array([60.0]))
    assert (turned.low[0], turned.high[0]) == pytest.approx((-ends.high[0], -ends.low[0]))
