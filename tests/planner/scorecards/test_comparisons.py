"""COMPARISONS: what is compared with what, and the words that follow."""

import numpy as np
import pandas as pd
import pytest

from planner.domain.quality_tables import EVALUATION_SCORES
from planner.domain.tables import SCORECARD
from planner.scorecards.comparisons import comparisons
from tests.planner.scorecards.evaluated import NOW, scored


def evaluated(means: dict[str, float], *, agents: int) -> pd.DataFrame:
    """Ten random evaluations of each agent of each language."""
    rng = np.random.default_rng(5)
    rows = [
        {
            "contact_id": f"{tag}{agent}-{n}",
            "rater_id": "R",
            "raw": float(np.clip(mean + rng.normal(0, 0.06), 0, 1)),
            "agent_id": f"{tag}{agent}",
            "language": tag,
            "scored_compliance": 1,
        }
        for tag, mean in means.items()
        for agent in range(agents)
        for n in range(10)
    ]
    return scored(rows, stream="random")


def weeks(shares: dict[str, float], *, n: int, definition: str = "within 20 s") -> pd.DataFrame:
    """Twelve steady weeks of each language's voice queue."""
    rng = np.random.default_rng(6)
    return pd.DataFrame(
        [
            {
                "measure": "service_level",
                "site": "LIS",
                "language": tag,
                "channel": "voice",
                "period": "week",
                "period_start": pd.Timestamp("2026-09-28") - pd.Timedelta(weeks=week),
                "value": rng.binomial(n, share) / n,
                "n": float(n),
                "definition": definition,
            }
            for tag, share in shares.items()
            for week in range(12)
        ]
    )


def of(found: pd.DataFrame, measure: str) -> pd.DataFrame:
    rows = found[found["measure"].str.startswith(measure) & (found["dimension"] == "language")]
    return rows.set_index("subject")


def compared(scores: pd.DataFrame, card: pd.DataFrame, **matters: float) -> pd.DataFrame:
    return comparisons(scores, card, now=NOW, matters=matters)


def test_the_planted_language_is_lower_and_the_others_are_unknown_or_higher() -> None:
    found = of(
        compared(evaluated({"pt": 0.85, "es": 0.92, "fr": 0.92}, agents=30), SCORECARD.empty()),
        "quality_score",
    )
    assert found.loc["pt", "verdict"] == "lower"
    assert found.loc["pt", "difference"] == pytest.approx(-0.07, abs=0.01)
    assert found.loc["pt", "high"] < 0
    assert found["n"].tolist() == [300, 300, 300]
    assert "lower" not in set(found.drop("pt")["verdict"])


def test_the_same_everywhere_cannot_be_told_apart() -> None:
    found = of(
        compared(evaluated(dict.fromkeys(("pt", "es", "fr"), 0.9), agents=8), SCORECARD.empty()),
        "quality_score",
    )
    assert set(found["verdict"]) == {"cannot tell"}
    assert ((found["low"] < 0) & (found["high"] > 0)).all()


def test_surely_less_than_what_matters_is_alike_even_where_p_is_small() -> None:
    card = weeks({"pt": 0.820, "es": 0.830, "fr": 0.825}, n=40_000)
    plain = of(compared(EVALUATION_SCORES.empty(), card), "service_level")
    assert plain.loc["pt", "verdict"] == "lower"
    found = of(compared(EVALUATION_SCORES.empty(), card, service_level=0.02), "service_level")
    assert set(found["verdict"]) == {"alike"}
    assert found["p"].tolist() == plain["p"].tolist()
    assert found["matters"].unique().tolist() == [0.02]


def test_below_twenty_evaluations_no_figure() -> None:
    scores = pd.concat([evaluated({"pt": 0.9, "es": 0.9}, agents=10), evaluated({"sv": 0.5}, agents=1)])
    found = of(compared(scores, SCORECARD.empty()), "quality_score")
    assert found.loc["sv", "verdict"] == "too few"
    assert np.isnan(found.loc["sv", "value"])
    assert found.loc["sv", "n"] == 10
    assert set(found.loc[["pt", "es"], "verdict"]) == {"cannot tell"}


def test_two_definitions_of_service_level_are_two_measures() -> None:
    card = pd.concat([weeks({"pt": 0.8, "es": 0.8}, n=500), weeks({"pt": 0.9}, n=500, definition="60 s")])
    found = compared(EVALUATION_SCORES.empty(), card)
    assert set(found["measure"]) == {"service_level: within 20 s"}  # the other has nobody to compare with


def test_rolled_up_rows_and_few_weeks_do_not_count() -> None:
    card = weeks({"pt": 0.8, "es": 0.9}, n=500)
    assert compared(EVALUATION_SCORES.empty(), card.assign(channel="all")).empty
    assert compared(EVALUATION_SCORES.empty(), card[card["period_start"] >= "2026-09-14"]).empty


def test_nothing_known_gives_an_empty_table() -> None:
    assert compared(EVALUATION_SCORES.empty(), SCORECARD.empty()).empty
