"""Events and teaching pass between tables and the centre without loss."""

from __future__ import annotations

from datetime import date

import pandas as pd

from planner.config import plan_from_text
from planner.domain.centre import Event
from planner.domain.forecast_tables import EVENTS, TEACHING
from planner.pipeline.given import events_in, events_table, with_events, with_teaching
from tests.planner.config.test_plan import SMALL

SALE = Event(
    "Sale 2026",
    "sale",
    date(2026, 11, 27),
    date(2026, 11, 30),
    ("pt", "de"),
    uplift=0.3,
    lead_days=2,
    lag_days=5,
)
STORM = Event("Storm", "closure", date(2026, 2, 5), date(2026, 2, 5), exceptional=True)


def test_events_survive_the_way_through_a_table() -> None:
    assert events_in(events_table([SALE, STORM])) == (SALE, STORM)
    assert events_in(events_table([])) == ()


def test_an_event_file_of_the_least_columns_says_nothing_more() -> None:
    cells = {"name": ["Storm"], "kind": "closure", "first_day": "2026-02-05", "last_day": "2026-02-05"}
    (event,) = events_in(EVENTS.check(pd.DataFrame(cells)))
    assert (event.languages, event.uplift, event.lead_days, event.exceptional) == ((), None, 0, False)


def test_the_plans_own_event_wins_over_the_imported_one_of_the_same_name_and_day() -> None:
    own = "events: [{name: Storm, kind: weather, first_day: 2026-02-05, last_day: 2026-02-06}]\n"
    plan = with_events(plan_from_text(SMALL + own), events_table([SALE, STORM]))
    assert [(e.name, e.kind) for e in plan.centre.events] == [("Storm", "weather"), ("Sale 2026", "sale")]


def test_a_withdrawn_word_on_teaching_does_not_reach_the_forecast() -> None:
    row = {"site": "all", "language": "pt", "channel": "all", "last_day": "2026-03-05", "teaches": False,
           "author": "Ana", "reason": "flood"}  # fmt: skip
    withdrawn = {"first_day": "2026-03-04", "withdrawn_at": "2026-04-01T09:00Z", "withdrawn_by": "Rui"}
    rows = TEACHING.check(pd.DataFrame([row | {"first_day": "2026-03-05"}, row | withdrawn]))
    (word,) = with_teaching(plan_from_text(SMALL), rows).centre.teaching
    assert (word.first_day, word.teaches, word.author) == (date(2026, 3, 5), False, "Ana")
    assert word.covers(("LIS", "pt", "voice"))
