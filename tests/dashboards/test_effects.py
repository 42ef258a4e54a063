"""What moves contacts, in words and in order."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from dashboards.effects_card import change, effect_words, effects_of
from dashboards.events_card import effect_of, events_ahead
from dashboards.filters import Scope
from dashboards.planning_events import answer
from dashboards.published import Published
from planner.domain.centre import Event
from tests.dashboards.small_centre import queue_frame
from tests.dashboards.small_forecast import effects


def typed() -> pd.DataFrame:
    return effects().assign(next_day=pd.to_datetime(effects()["next_day"]))


def contacts() -> pd.DataFrame:
    return queue_frame().rename(columns={"daily": "offered"})


def test_of_one_queue_the_effect_is_its_own() -> None:
    one = Scope("LIS", "pt", "voice")
    found = effects_of(one.of(typed()), contacts()).set_index("name")
    monday = found.loc["Monday after a holiday"]
    assert (monday["low"], monday["high"]) == (0.15, 0.31)
    assert monday["effect"] == pytest.approx(0.23)
    assert (found["queues"] == 1).all()


def test_of_several_queues_it_is_the_mean_over_contacts() -> None:
    rows = typed()
    large = (rows["language"] == "pt") & (rows["channel"] == "voice")
    rows["effect"] = np.where(large, 0.9, rows["effect"])
    found = effects_of(Scope(site="LIS").of(rows), contacts()).set_index("name")
    weight = 900 / (900 + 400 + 200 + 500 + 150)
    expected = weight * 0.9 + (1 - weight) * 0.23
    assert found.loc["Monday after a holiday", "effect"] == pytest.approx(expected)


def test_those_that_come_next_come_first_and_the_largest_of_the_others() -> None:
    found = effects_of(typed(), contacts())
    assert found["name"].tolist() == ["Monday after a holiday", "Black Friday <week>", "A public holiday"]


def test_an_effect_in_words() -> None:
    row = effects_of(Scope("LIS", "pt", "voice").of(typed()), contacts()).iloc[0]
    said = effect_words(row).replace("\u00a0", " ")
    assert said == "**+23 %** (+15 to +31), seen 8 times, next on Mon 2 Nov"


@pytest.mark.parametrize(("share", "said"), [(0.004, "no change"), (-0.5, "−50 %"), (1.2, "+120 %")])
def test_a_change_has_its_sign(share: float, said: str) -> None:
    assert change(share).replace("\u00a0", " ") == said


def test_the_answer_names_the_largest_rise_to_come_and_the_hands() -> None:
    said = answer(effects_of(typed(), contacts()), 2).replace("\u00a0", " ")
    assert "Black Friday <week>, **+50 %**, on Mon 23 Nov" in said
    assert said.endswith("2 changes by hand are in force.")


def test_the_answer_without_effects() -> None:
    said = answer(pd.DataFrame(columns=["next_day", "effect"]), 0)
    assert said == "No holiday or event of the horizon moves contacts. No change by hand is in force."


def test_events_of_other_languages_are_left_out(plan: Published) -> None:
    assert [event.name for event in events_ahead(plan, Scope(language="ja"))] == ["Black Friday <week>"]
    assert len(events_ahead(plan, Scope(language="pt"))) == 2


def test_the_same_holiday_of_several_countries_is_one_and_keeps_its_country_alone() -> None:
    rows = typed()[typed()["name"] == "a public holiday"]
    rows["name"] = np.where(rows["site"] == "LIS", "Christmas Day (DE/PT)", "Christmas Day (EG)")
    assert effects_of(rows, contacts())["name"].tolist() == ["Christmas Day"]
    alone = effects_of(Scope("LIS", "pt", "voice").of(rows), contacts())
    assert alone["name"].tolist() == ["Christmas Day (DE/PT)"]


def test_shuffled_queues_have_the_same_effects() -> None:
    rows, rng = typed(), np.random.default_rng(2)
    shuffled = effects_of(rows.iloc[rng.permutation(len(rows))], contacts())
    pd.testing.assert_frame_equal(effects_of(rows, contacts()), shuffled)


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [("Spring sale 2027", "sale", 0.3), ("Autumn sale 2027", "sale", 0.2), ("Launch", "launch", None)],
)
def test_an_event_has_the_effect_of_its_name_else_of_its_kind(
    name: str, kind: str, found: float | None
) -> None:
    rows = pd.DataFrame({"name": ["Sale", "Spring sale", "Sale, the week before"], "effect": [0.2, 0.3, 0.1]})
    event = Event(name, kind, date(2027, 3, 1), date(2027, 3, 4))
    row = effect_of(event, rows)
    assert (None if row is None else row["effect"]) == found


def test_an_event_whose_name_is_its_kind_stands_once_with_its_windows_in_words() -> None:
    one = typed().head(1).assign(site="LIS", language="pt", channel="voice")
    names = ["sale weekend: during", "Sale Weekend: during", "sale weekend: later"]
    found = effects_of(pd.concat([one.assign(name=name) for name in names]), contacts())
    assert sorted(found["name"]) == ["Sale Weekend", "Sale weekend, 4 to 10 days after"]
    assert found["seen"].tolist() == [9, 9]
