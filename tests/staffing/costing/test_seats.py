"""Seats a schedule takes: the busiest moment, those at home aside."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from staffing.costing.seats import most_at_once, seats_taken
from tests.staffing.rules.hand import centre, shift, table


def test_who_goes_makes_room_for_who_comes() -> None:
    rows = table(
        shift("2026-10-05 08:00", 4, meal_after=None),
        shift("2026-10-05 12:00", 4, meal_after=None, agent_id="bea"),
        shift("2026-10-05 13:00", 4, meal_after=None, agent_id="cid"),
    )
    assert most_at_once(rows) == 2


def test_a_seat_is_held_through_the_meal_and_nobody_at_home_needs_one() -> None:
    rows = table(
        shift("2026-10-05 09:00", 8, meal_after=4),
        shift("2026-10-05 13:00", 4, meal_after=None, agent_id="bea"),
        shift("2026-10-13 09:00", 8),
    )
    at = centre()
    weeks = seats_taken(rows, at).set_index("week")["seats_taken"]
    assert weeks.to_dict() == {pd.Timestamp("2026-10-05"): 2.0, pd.Timestamp("2026-10-12"): 1.0}
    home = replace(at, sites={"SVQ": replace(at.sites["SVQ"], remote_share=0.4)})
    assert seats_taken(rows, home)["seats_taken"].tolist() == [2.0, 1.0]  # 1.2 and 0.6 people, rounded up
    home = replace(at, sites={"SVQ": replace(at.sites["SVQ"], remote_share=1.0)})
    assert seats_taken(rows, home)["seats_taken"].tolist() == [0.0, 0.0]
