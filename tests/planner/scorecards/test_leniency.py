"""Leniency and bridges as tables: who is there, what is linked, what cannot be said."""

import numpy as np
import pandas as pd
import pytest

from planner.domain.quality_tables import EVALUATION_SCORES
from planner.scorecards.bridges import NO_SESSIONS, NOT_LINKED, bridges
from planner.scorecards.calibration import calibrations, homes
from planner.scorecards.leniency import leniency
from tests.planner.scorecards.evaluated import NOW, scored

LENIENT = {"L1": 0.03, "L2": 0.0, "B1": -0.02, "B2": -0.04}


def session(contact: str, raters: list[str], *, deserved: float) -> list[dict]:
    return [{"contact_id": contact, "rater_id": name, "raw": deserved + LENIENT[name]} for name in raters]


def calibrated(*sessions: list[dict]) -> pd.DataFrame:
    return scored([row for one in sessions for row in one], stream="calibration")


def random_stream(rng: np.random.Generator) -> pd.DataFrame:
    """Lisbon's agents are worth .80 and Bogota's .82; each is scored by the raters of its own site."""
    rows = [
        {
            "contact_id": f"{site}{n}",
            "rater_id": raters[n % 2],
            "raw": worth + LENIENT[raters[n % 2]] + rng.normal(0, 0.03),
            "agent_id": f"{site}{n % 30}",
            "site": site,
            "language": language,
        }
        for site, raters, worth, language in (
            ("LIS", ["L1", "L2"], 0.80, "pt"),
            ("BOG", ["B1", "B2"], 0.82, "es"),
        )
        for n in range(600)
    ]
    return scored(rows, stream="random")


LINKED = calibrated(*(session(f"b{n}", ["L1", "L2", "B1", "B2"], deserved=0.7 + n / 100) for n in range(20)))


def test_a_difference_of_raters_alone_is_not_the_agents() -> None:
    """Lisbon reads .025 higher, though its agents are worth .020 less: its raters give .045 more."""
    scores = pd.concat([random_stream(np.random.default_rng(1)), LINKED], ignore_index=True)
    split = bridges(scores, now=NOW, seed=3)
    row = split[(split["dimension"] == "site") & (split["a"] == "BOG") & (split["b"] == "LIS")].iloc[0]
    assert row["difference"] == pytest.approx(-0.025, abs=0.004)
    assert row["raters"] == pytest.approx(-0.045, abs=1e-6)
    assert row["agents"] == pytest.approx(0.020, abs=0.004)
    assert row["agents_low"] > 0.01
    assert row["bridge"] == 20


def test_without_a_bridge_the_difference_stands_unsplit() -> None:
    apart = calibrated(
        *(session(f"l{n}", ["L1", "L2"], deserved=0.8) for n in range(5)),
        *(session(f"b{n}", ["B1", "B2"], deserved=0.8) for n in range(5)),
    )
    drawn = random_stream(np.random.default_rng(1))
    split = bridges(pd.concat([drawn, apart], ignore_index=True), now=NOW, seed=3)
    assert set(split["note"]) == {NOT_LINKED}
    assert split[["raters", "agents"]].isna().all(axis=None)
    assert set(bridges(drawn, now=NOW, seed=3)["note"]) == {NO_SESSIONS}


def test_raters_at_work_without_a_session_are_there_without_a_figure() -> None:
    drawn = random_stream(np.random.default_rng(1))
    only = calibrated(*(session(f"l{n}", ["L1", "L2"], deserved=0.8) for n in range(5)))
    found = leniency(pd.concat([drawn, only], ignore_index=True), now=NOW, seed=3).set_index("rater_id")
    assert found["leniency"].to_dict() == pytest.approx(
        {"B1": np.nan, "B2": np.nan, "L1": 0.015, "L2": -0.015}, nan_ok=True
    )
    assert found["contacts"].to_dict() == {"B1": 0, "B2": 0, "L1": 5, "L2": 5}
    assert found["site"].to_dict() == {"B1": "BOG", "B2": "BOG", "L1": "LIS", "L2": "LIS"}
    assert found.loc["B1", "last"] is pd.NaT


def test_old_sessions_and_second_scores_do_not_count_twice() -> None:
    again = calibrated(session("c", ["L1", "L2"], deserved=0.5), session("c", ["L1"], deserved=0.9))
    old = calibrated(session("old", ["L1", "L2"], deserved=0.5)).assign(
        evaluated_at=NOW - pd.Timedelta(days=400)
    )
    again.loc[2, "evaluated_at"] += pd.Timedelta(days=1)
    found = calibrations(pd.concat([again, old], ignore_index=True), now=NOW)
    assert found[["rater_id", "raw"]].round(2).to_records(index=False).tolist() == [
        ("L2", 0.5),
        ("L1", 0.93),
    ]


def test_a_raters_site_is_where_it_scores_and_not_where_it_calibrates() -> None:
    guest = calibrated(session("c", ["L1", "B1"], deserved=0.5)).assign(site="BOG")
    assert homes(pd.concat([random_stream(np.random.default_rng(1)), guest]))["L1"] == "LIS"


def test_nothing_known_gives_empty_tables() -> None:
    nothing = EVALUATION_SCORES.empty()
    assert leniency(nothing, now=NOW, seed=1).empty
    assert bridges(nothing, now=NOW, seed=1).empty
