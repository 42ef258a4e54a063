"""Service is read from counts: added up, never averaged, and named by its formula."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from planner.domain.centre import Centre, QueueKey
from planner.domain.measures import FORMULA_NUMBERS
from planner.domain.tables import SCORECARD, VOLUME
from planner.domain.timegrid import OpeningHours
from planner.scorecards.service import service
from tests.planner.scorecards.centres import TARGETS, centre, only, volume

PT, ES = QueueKey("LIS", "pt", "voice"), QueueKey("BOG", "es", "voice")
CHAT, MESSAGING = QueueKey("LIS", "pt", "chat"), QueueKey("LIS", "pt", "messaging")
MAIL = QueueKey("LIS", "pt", "email")
MONDAY = "2026-09-07T09:00:00Z"
ICMI = {
    "offered": 1060, "answered": 1000, "abandoned": 60, "abandoned_short": 10,
    "answered_within_20_s": 860, "abandoned_within_20_s": 20, "answered_within_60_s": 950,
    "talk_s": 240_000.0, "hold_s": 20_000.0, "wrap_s": 40_000.0, "wait_answered_s": 15_000.0,
    "staffed_s": 400_000.0,
}  # fmt: skip


def row(key: QueueKey, at: str = MONDAY, **counts: float) -> dict:
    return {**key._asdict(), "interval_start": at, **(counts or ICMI)}


def test_one_interval_gives_the_textbook_measures() -> None:
    card = SCORECARD.check(service(volume(row(PT)), centre(PT), period="week"))
    values = {measure: only(card, measure)["value"] for measure in card["measure"].unique()}
    assert values == pytest.approx(
        {
            "offered": 1060, "answered": 1000, "service_level": 860 / 1060, "service_level_2": 950 / 1060,
            "abandonment": 60 / 1060, "abandonment_excluding_short": 50 / 1050, "asa_s": 15, "aht_s": 300,
            "talk_s": 240, "hold_s": 20, "wrap_s": 40, "occupancy": 0.75,
            **{f"service_level_formula_{n}": share for n, share in enumerate(
                (880 / 1060, 860 / 1000, 860 / 1060, 860 / 1040, 870 / 1060), start=1)},
        }
    )  # fmt: skip
    level = only(card, "service_level")
    assert (level["low"], level["high"]) == pytest.approx((0.7866, 0.8338), abs=1e-4)  # Wilson, 860 of 1060
    assert level["n"] == 1060
    assert level["definition"] == "answered in 20 s / offered (formula 3)"
    assert level["period_start"] == pd.Timestamp("2026-09-07")


@pytest.mark.parametrize(
    ("formula", "percent"), list(zip(FORMULA_NUMBERS, (83.02, 86.00, 81.13, 82.69, 82.08), strict=True))
)
def test_a_contract_names_one_of_five_formulas(formula: str, percent: float) -> None:
    """ICMI's list on the same month."""
    target = replace(TARGETS["voice"], formula=formula)
    card = service(volume(row(PT)), centre(PT, targets={PT: target}), period="all")
    level = only(card, "service_level")
    assert level["value"] * 100 == pytest.approx(percent, abs=0.005)
    assert f"formula {FORMULA_NUMBERS[formula]}" in level["definition"]


def test_the_five_formulas_stand_side_by_side_whichever_the_contract_names() -> None:
    """ICMI's list on the same month; each names itself."""
    target = replace(TARGETS["voice"], formula="answered_in_t_over_answered")
    card = service(volume(row(PT)), centre(PT, targets={PT: target}), period="week")
    found = [only(card, f"service_level_formula_{number}") for number in range(1, 6)]
    assert [each["value"] * 100 for each in found] == pytest.approx(
        [83.02, 86.00, 81.13, 82.69, 82.08], abs=0.005
    )
    assert [each["definition"][-11:] for each in found] == [f"(formula {number})" for number in range(1, 6)]
    assert only(card, "service_level")["value"] == found[1]["value"]


def test_counts_are_added_and_percentages_never_averaged() -> None:
    """A good quiet queue (90 of 100) and a bad busy one (300 of 900) are 390 of 1000, not 61.7 %."""
    rows = volume(
        row(PT, offered=100, answered=95, abandoned=5, answered_within_20_s=90),
        row(ES, offered=900, answered=700, abandoned=200, answered_within_20_s=300),
    )
    card = service(rows, centre(PT, ES), period="week")
    assert only(card, "service_level")["value"] == pytest.approx(0.39)
    assert only(card, "service_level", language="pt")["value"] == pytest.approx(0.9)
    assert only(card, "abandonment", channel="voice")["value"] == pytest.approx(0.205)


def test_the_order_of_rows_does_not_matter() -> None:
    rng = np.random.default_rng(0)
    starts = pd.date_range(MONDAY, periods=200, freq="3h")
    rows = volume(
        *(
            row(key, str(at), offered=o, answered=o - 1, abandoned=1, answered_within_20_s=o - 3)
            for at in starts
            for key in (PT, ES)
            for o in [int(rng.integers(5, 50))]
        )
    )
    made = [
        service(frame, centre(PT, ES), period="week").sort_values(["measure", "site", "language", "channel", "period_start"])
        for frame in (rows, rows.sample(frac=1, random_state=1))
    ]  # fmt: skip
    pd.testing.assert_frame_equal(*(frame.reset_index(drop=True) for frame in made))


def test_levels_of_different_thresholds_are_never_pooled() -> None:
    """Voice in 20 s and chat in 60 s have no common service level; chat and messaging, both 60 s, have."""
    counts = {
        "offered": 100,
        "answered": 98,
        "abandoned": 2,
        "answered_within_20_s": 80,
        "answered_within_60_s": 90,
    }
    rows = volume(*(row(key, **counts) for key in (PT, CHAT, MESSAGING)))
    card = service(rows, centre(PT, CHAT, MESSAGING), period="week")
    levels = card[card["measure"] == "service_level"]
    assert set(levels["channel"]) == {"voice", "chat", "messaging"}
    assert only(card, "offered")["value"] == 300
    written = service(rows[rows["channel"] != "voice"], centre(PT, CHAT, MESSAGING), period="week")
    assert only(written, "service_level")["value"] == pytest.approx(0.9)


def test_what_is_unknown_is_left_out_of_both_sides() -> None:
    """The second half-hour does not tell who was answered in time: it is no 0 of 100."""
    rows = volume(
        row(PT, offered=100, answered=95, abandoned=5, answered_within_20_s=80),
        row(PT, "2026-09-07T09:30:00Z", offered=100, answered=95, abandoned=5, answered_within_20_s=None),
    )
    card = service(rows, centre(PT), period="week")
    assert only(card, "service_level")["value"] == pytest.approx(0.8)
    assert only(card, "service_level")["n"] == 100
    assert only(card, "offered")["value"] == 200
    assert "service_level_2" not in set(card["measure"])  # the file has no such column


def test_a_week_begins_on_the_sites_own_monday() -> None:
    """Monday 03:00 UTC is still Sunday in Bogota."""
    rows = volume(row(PT, "2026-09-14T03:00:00Z"), row(ES, "2026-09-14T03:00:00Z"))
    card = service(rows, centre(PT, ES), period="week")
    assert only(card, "offered", site="LIS", language="pt", channel="voice")["period_start"] == pd.Timestamp(
        "2026-09-14"
    )
    assert only(card, "offered", site="BOG", language="es", channel="voice")["period_start"] == pd.Timestamp("2026-09-07")  # fmt: skip


def test_conversations_side_by_side_have_no_occupancy_from_their_sum() -> None:
    counts = {"offered": 100, "answered": 100, "abandoned": 0, "handle_s": 60_000.0, "staffed_s": 30_000.0}
    card = service(volume(row(CHAT, **counts)), centre(CHAT), period="week")
    assert only(card, "aht_s")["value"] == 600
    assert "occupancy" not in set(card["measure"])


def test_mail_whose_deadline_still_runs_is_neither_in_time_nor_late() -> None:
    """The data end at 12:00; 8 business hours around the clock are over for what came until 04:00."""
    day = "2026-09-07T"
    rows = volume(
        row(MAIL, f"{day}02:00:00Z", offered=50, answered=50, met_deadline=40),
        row(MAIL, f"{day}11:30:00Z", offered=50, answered=0, met_deadline=0),
    )
    card = service(rows, centre(MAIL), period="week")
    assert only(card, "met_deadline")["value"] == pytest.approx(0.8)
    assert only(card, "met_deadline")["n"] == 50
    assert not set(card["measure"]) & {"service_level", "abandonment", "asa_s"}


def test_no_volume_gives_no_rows() -> None:
    assert service(VOLUME.empty(), centre(PT), period="week").empty


def shut_at_night(key: QueueKey) -> Centre:
    """The queue answers from 09:15 to 17:00, and not on 8 September."""
    hours = OpeningHours(
        "Europe/Lisbon", dict.fromkeys(range(7), ((555, 1020),)), closed=frozenset({"09-08"})
    )
    made = centre(key)
    return replace(made, queues={key: replace(made.queues[key], hours=hours)})


def test_who_reaches_a_closed_queue_is_counted_apart() -> None:
    """Lisbon is an hour ahead of UTC: 02:00 UTC is night, 08:00 UTC is the half-hour in which it opens."""
    good = {"offered": 50, "answered": 50, "abandoned": 0, "answered_within_20_s": 45}
    rows = volume(
        row(PT, "2026-09-07T02:00:00Z", offered=7, answered=0, abandoned=7, answered_within_20_s=0),
        row(PT, "2026-09-07T08:00:00Z", **good),
        row(PT, "2026-09-07T16:00:00Z", offered=2, answered=0, abandoned=2, answered_within_20_s=0),
    )
    card = service(rows, shut_at_night(PT), period="week")
    assert only(card, "offered_outside_hours")["value"] == 9
    assert only(card, "offered")["value"] == 50
    assert only(card, "service_level")["value"] == pytest.approx(0.9)
    assert only(card, "abandonment")["value"] == 0


def test_a_closed_day_is_no_zero() -> None:
    rows = volume(
        row(PT, "2026-09-07T12:00:00Z", offered=50, answered=50, abandoned=0, answered_within_20_s=45),
        row(PT, "2026-09-08T12:00:00Z", offered=0, answered=0, abandoned=0, answered_within_20_s=0),
    )
    card = service(rows, shut_at_night(PT), period="day")
    assert set(card["period_start"]) == {pd.Timestamp("2026-09-07")}


def test_mail_may_come_at_any_hour() -> None:
    rows = volume(row(MAIL, "2026-09-07T02:00:00Z", offered=10, answered=10))
    card = service(rows, shut_at_night(MAIL), period="week")
    assert only(card, "offered")["value"] == 10
    assert "offered_outside_hours" not in set(card["measure"])


def test_the_longest_wait_is_the_longest_of_all_queues_and_half_hours() -> None:
    rows = volume(
        row(PT, **{**ICMI, "longest_wait_s": 95.0}),
        row(PT, "2026-09-07T09:30:00Z", **{**ICMI, "longest_wait_s": 310.5}),
        row(ES, **{**ICMI, "longest_wait_s": 120.0}),
    )
    card = service(rows, centre(PT, ES), period="week")
    assert only(card, "longest_wait_s")["value"] == 310.5
    assert only(card, "longest_wait_s", language="es")["value"] == 120
    assert only(card, "longest_wait_s")["n"] == 3180


def test_contacts_stand_against_their_forecast() -> None:
    """120 + 80 came where 100 + 100 were planned: the sum is right and every half-hour is 20 off."""
    rows = volume(row(PT, offered=120), row(PT, "2026-09-07T09:30:00Z", offered=80), row(ES, offered=40))
    told = rows.assign(planned_offered=[100.0, 100.0, np.nan])
    card = service(told, centre(PT, ES), period="week")
    assert only(card, "forecast_offered")["value"] == 200
    assert only(card, "offered_over_forecast")["value"] == pytest.approx(1)
    assert only(card, "forecast_error")["value"] == pytest.approx(40 / 200)
    assert "es" not in set(card.loc[card["measure"] == "forecast_offered", "language"])  # unknown, not 0
