"""Quality scores rest on the random stream, carry clustered intervals, and keep raw beside final."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planner.domain.centre import QueueKey
from planner.domain.tables import EVALUATIONS, SCORECARD
from planner.scorecards.qa import qa, scores
from tests.planner.scorecards.centres import centre, only

PT, ES = QueueKey("LIS", "pt", "voice"), QueueKey("BOG", "es", "voice")
CENTRE = centre(PT, ES)
FORM = [  # section, its weight, item, its weight, class, critical
    ("Opening", 1.0, "Greeting", 1.0, "customer", False),
    ("Opening", 1.0, "Identification", 3.0, "compliance", True),
    ("Answer", 3.0, "Right answer", 2.0, "customer", True),
    ("Answer", 3.0, "Complete", 2.0, "business", False),
]


def evaluation(name: str, points: list[float | None], **changes: object) -> pd.DataFrame:
    """One evaluation of the four items; None is not applicable."""
    rows = pd.DataFrame(
        FORM, columns=["section", "section_weight", "item", "item_weight", "item_class", "critical"]
    )
    return rows.assign(
        evaluation_id=name,
        points=pd.array(points, dtype="Float64"),
        **(PT._asdict() | {"evaluated_at": "2026-09-09T10:00:00Z", "agent_id": "a1", "rater_id": "r1",
                           "form": "F-1", "stream": "random"} | changes),
    )  # fmt: skip


def table(*evaluations: pd.DataFrame) -> pd.DataFrame:
    return EVALUATIONS.check(pd.concat(evaluations, ignore_index=True))


def score_of(points: list[float | None]) -> tuple[float, float]:
    row = scores(table(evaluation("e", points))).iloc[0]
    return float(row["raw"]), float(row["final"])


def test_sections_and_items_count_by_their_weights() -> None:
    """Opening (1 x 1 + 3 x .5) / 4 = .625, Answer (2 x 1 + 2 x .5) / 4 = .75; (1 x .625 + 3 x .75) / 4."""
    assert score_of([1.0, 0.5, 1.0, 0.5]) == pytest.approx((0.71875, 0.71875))


def test_items_that_do_not_apply_leave_their_weight_to_the_others() -> None:
    """Without Identification the Opening is the Greeting alone; without any item a section vanishes."""
    assert score_of([1.0, None, 1.0, 0.5])[0] == pytest.approx((1 * 1 + 3 * 0.75) / 4)
    assert score_of([None, None, 1.0, 0.5])[0] == pytest.approx(0.75)


def test_a_failed_critical_item_makes_the_final_score_zero_and_leaves_the_raw_one() -> None:
    assert score_of([1.0, 1.0, 0.0, 1.0]) == pytest.approx(((1 + 3 * 0.5) / 4, 0.0))
    assert score_of([0.0, 1.0, 1.0, 1.0])[1] > 0  # the Greeting is not critical


def test_critical_accuracy_counts_evaluations_scored_for_the_class() -> None:
    """Compliance: scored in three, failed in one; customer: scored in four, failed in none."""
    card = qa(
        table(
            evaluation("e1", [1.0, 0.0, 1.0, 1.0]),
            evaluation("e2", [1.0, 1.0, 1.0, 1.0]),
            evaluation("e3", [1.0, 1.0, 1.0, 1.0]),
            evaluation("e4", [1.0, None, 1.0, 1.0]),
        ),
        CENTRE,
        seed=1,
    )
    card = card[card["period"] == "all"]
    compliance = only(card, "critical_accuracy_compliance")
    assert (compliance["value"], compliance["n"]) == (pytest.approx(2 / 3), 3)
    assert compliance["low"] == pytest.approx(0.2077, abs=1e-4)  # Wilson, 2 of 3
    assert only(card, "critical_accuracy_customer")["value"] == 1
    assert "critical_accuracy_business" not in set(card["measure"])  # no business item is critical


def test_targeted_and_calibration_streams_never_touch_the_estimate() -> None:
    perfect, poor = [1.0] * 4, [0.5] * 4
    card = qa(
        table(
            evaluation("e1", perfect),
            evaluation("e2", poor, stream="targeted"),
            evaluation("e3", poor, stream="calibration"),
        ),
        CENTRE,
        seed=1,
    )
    card = card[card["period"] == "all"]
    assert only(card, "quality_score")["value"] == 1
    assert only(card, "quality_score")["n"] == 1
    assert only(card, "quality_score_targeted")["value"] == 0.5
    assert only(card, "quality_item: Greeting")["value"] == 1
    assert only(card, "critical_accuracy_customer")["n"] == 1


def test_weeks_and_months_are_the_sites_own() -> None:
    """1 September 03:00 UTC is still Monday 31 August in Bogota."""
    card = qa(
        table(evaluation("e1", [1.0] * 4, **ES._asdict(), evaluated_at="2026-09-01T03:00:00Z")),
        CENTRE,
        seed=1,
    )
    starts = card[card["measure"] == "quality_score"].groupby("period")["period_start"].first()
    assert starts["week"] == pd.Timestamp("2026-08-31")
    assert starts["month"] == pd.Timestamp("2026-08-01")


def drawn(rng: np.random.Generator, *, agents: int, each: int) -> pd.DataFrame:
    """Evaluations of agents in two queues: true quality .92 in pt and .84 in es, sd .035 between agents."""
    parts = []
    for key, truth in ((PT, 0.92), (ES, 0.84)):
        for agent in range(agents):
            quality = truth + 0.035 * rng.standard_normal()
            for number in range(each):
                points = np.clip(quality + 0.07 * rng.standard_normal(4), 0.01, 1)
                name = f"{key.language}-{agent}-{number}"
                parts.append(evaluation(name, list(points), **key._asdict(), agent_id=f"{key.site}{agent}"))
    return table(*parts)


def test_planted_quality_lies_inside_the_interval_and_all_is_the_pooled_mean() -> None:
    evaluations = drawn(np.random.default_rng(5), agents=12, each=6)
    card = SCORECARD.check(qa(evaluations, CENTRE, seed=2))
    card = card[card["period"] == "all"]
    pt = only(card, "quality_score", language="pt")
    es = only(card, "quality_score", language="es")
    assert pt["low"] < 0.92 < pt["high"]
    assert es["low"] < 0.84 < es["high"]
    assert pt["low"] > es["high"]  # told apart
    assert pt["n"] == 72
    whole = only(card, "quality_score")
    assert whole["value"] == pytest.approx((pt["value"] + es["value"]) / 2)
    naive = 1.96 * 0.07 / 2 / np.sqrt(72)
    assert (pt["high"] - pt["low"]) / 2 > 1.5 * naive  # agents differ, and the interval knows


def test_the_order_of_rows_does_not_matter() -> None:
    evaluations = drawn(np.random.default_rng(6), agents=4, each=3)
    keys = ["measure", "site", "language", "channel", "period", "period_start"]
    made = [
        qa(frame, CENTRE, seed=2).sort_values(keys).reset_index(drop=True)[[*keys, "value", "n"]]
        for frame in (evaluations, evaluations.sample(frac=1, random_state=3))
    ]
    pd.testing.assert_frame_equal(*made)


def test_no_evaluations_give_no_rows() -> None:
    assert qa(EVALUATIONS.empty(), CENTRE, seed=1).empty
