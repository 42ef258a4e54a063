"""How every measure of the scorecards is computed is told in the reader's language, nothing left in English."""

from __future__ import annotations

import re
from functools import lru_cache

import pandas as pd
import pytest

from planner.domain.centre import QueueKey
from planner.domain.tables import EVALUATIONS, SURVEYS
from planner.language import retold, speaking
from planner.scorecards.qa import qa
from planner.scorecards.resolution import COUNTS, shares
from planner.scorecards.service import service
from planner.scorecards.surveys import surveys
from tests.planner.scorecards.centres import centre, volume

VOICE, MAIL = QueueKey("LIS", "pt", "voice"), QueueKey("LIS", "pt", "email")
CENTRE = centre(VOICE, MAIL)
MOMENT = pd.Timestamp("2026-09-07T09:00:00Z")
COUNTED = dict.fromkeys(
    ("offered", "answered", "answered_within_20_s", "answered_within_60_s", "talk_s", "hold_s", "wrap_s",
     "wait_answered_s", "staffed_s", "longest_wait_s", "met_deadline"), 10,
) | dict.fromkeys(("abandoned", "abandoned_short", "abandoned_within_20_s", "abandoned_within_60_s"), 0)  # fmt: skip
ENGLISH = re.compile(
    r"\b(of|the|and|with|who|those|where|only|by|that|than|see|answered|offered|abandoned|received|forecast|"
    r"answers|surveys|survey_response|customers?|evaluations|items|before|within|elapsed|closed|mean|wait)\b"
)


def served() -> pd.DataFrame:
    days = (MOMENT, MOMENT + pd.Timedelta(days=3))  # by the second, the deadline of the first is over
    rows = volume(
        *({**key._asdict(), "interval_start": day, **COUNTED} for key in (VOICE, MAIL) for day in days)
    )
    return service(rows.assign(planned_offered=9.0), CENTRE, period="all")


def evaluated() -> pd.DataFrame:
    rows = [
        {"stream": stream, "item": kind, "item_class": kind, "evaluation_id": stream}
        for stream in ("random", "targeted")
        for kind in ("customer", "business", "compliance")
    ]
    frame = pd.DataFrame(rows).assign(
        **VOICE._asdict(), evaluated_at=MOMENT, agent_id="a", rater_id="r", form="F", section="S",
        section_weight=1.0, item_weight=1.0, critical=True, points=1.0,
    )  # fmt: skip
    return qa(EVALUATIONS.check(frame), CENTRE, seed=1)


def resolved() -> pd.DataFrame:
    rows = [
        {"site": "LIS", "handled_by": by, "reason": "r", **dict.fromkeys(COUNTS, 5)}
        for by in ("person", "bot")
    ]
    return shares(pd.DataFrame(rows), by=["site"], net_reasons=["r"])


def asked() -> pd.DataFrame:
    row = {"survey_id": "1", **VOICE._asdict(), "sent_at": MOMENT, "answered_at": MOMENT, "csat": 4, "nps": 9}
    return surveys(SURVEYS.check(pd.DataFrame([row])), CENTRE)


@lru_cache(maxsize=1)
def told() -> dict[str, str]:
    """The definition of each measure of a small scorecard."""
    card = pd.concat([served(), evaluated(), resolved(), asked()], ignore_index=True)
    return dict(zip(card["measure"], card["definition"], strict=True))


def test_the_small_scorecard_has_measures_of_every_kind() -> None:
    wanted = {
        "aht_s", "longest_wait_s", "met_deadline", "forecast_error", "abandonment_excluding_short",
        "quality_score", "quality_score_raw_targeted", "critical_accuracy_business_per_opportunity",
        "fcr_repeat_24h_net", "fcr_repeat_30d", "fcr_unknown_customer_bot", "csat", "nps", "survey_response",
        *(f"service_level_formula_{number}" for number in range(1, 6)),
    }  # fmt: skip
    assert wanted <= set(told())


@pytest.mark.parametrize("language", ["de", "es", "fr", "pt"])
def test_no_definition_stays_english(language: str) -> None:
    with speaking(language):
        found = {measure: (words, retold(words)) for measure, words in told().items()}
    left = {measure: new for measure, (old, new) in found.items() if old == new or ENGLISH.search(new)}
    assert left == {}
    numbers = re.compile(r"\d+")
    lost = {
        m: new for m, (old, new) in found.items() if set(numbers.findall(old)) != set(numbers.findall(new))
    }
    assert lost == {}


def test_definitions_in_german() -> None:
    """Hand-written: seconds and the formula's number stay, the window is in the dative."""
    with speaking("de"):
        assert retold(told()["service_level"]).replace("\u00a0", " ") == (
            "angenommen in 20 s / angeboten (Formel 3)"
        )
        assert "in 7 Tagen nach Abschluss" in retold(told()["fcr_repeat_7d"]).replace("\u00a0", " ")


def test_a_clause_that_narrows_a_definition_is_told_too() -> None:
    closed = "contacts that came while the queue was closed; in no other measure"
    with speaking("de"):
        assert retold(closed).endswith("; in keiner anderen Kennzahl")
        assert retold(told()["fcr_repeat_72h_net"]).endswith("; nur Anliegen, die der First Level lösen kann")
    with speaking("fr"):  # French sets a no-break space before the semicolon
        assert "\u00a0; seulement les motifs" in retold(told()["fcr_repeat_72h_net"])
