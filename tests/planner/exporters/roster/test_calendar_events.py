"""Events keep their uid for ever, count their changes, and are cancelled when their shift is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from planner.exporters.roster.calendar_events import KEPT_DAYS, calendar_events
from planner.exporters.roster.scheduled import Scheduled
from tests.planner.exporters.roster.planted_schedule import (
    DAYS,
    FIRST_DAY,
    LATER,
    NOW,
    scheduled,
    with_calendar,
)

KEY = ["agent_id", "day"]
HOUR = pd.Timedelta(hours=1)


def events(given: Scheduled) -> pd.DataFrame:
    return given.table("CALENDAR_EVENTS").set_index(KEY)


def someone(given: Scheduled) -> tuple[str, pd.Timestamp]:
    """The first agent and day worked."""
    first = given.table("SCHEDULE").iloc[0]
    return first["agent_id"], first["day"]


def replanned(given: Scheduled, schedule: pd.DataFrame) -> Scheduled:
    other = replace(given, tables={**given.tables, "SCHEDULE": schedule})
    return with_calendar(other, earlier=given.table("CALENDAR_EVENTS"), now=LATER)


def test_a_shift_is_one_event_with_its_own_uid() -> None:
    made = with_calendar(scheduled())
    assert set(events(made).index) == set(made.table("SCHEDULE")[KEY].itertuples(index=False, name=None))
    assert events(made)["uid"].is_unique
    assert set(events(made)["sequence"]) == {0}


def test_planned_again_without_a_change_every_event_is_what_it_was() -> None:
    made = with_calendar(scheduled())
    shuffled = made.table("SCHEDULE").sample(frac=1, random_state=1).reset_index(drop=True)
    pd.testing.assert_frame_equal(events(replanned(made, shuffled)), events(made))


def test_only_the_event_that_changed_moves_on() -> None:
    made = with_calendar(scheduled())
    who = someone(made)
    rows = made.table("SCHEDULE")
    his = (rows["agent_id"] == who[0]) & (rows["day"] == who[1])
    moved = rows.assign(
        start=rows["start"].mask(his, rows["start"] + HOUR), end=rows["end"].mask(his, rows["end"] + HOUR)
    )
    after = events(replanned(made, moved))
    assert after["uid"].equals(events(made)["uid"])
    assert after["sequence"].to_dict() == {key: int(key == who) for key in after.index}
    assert (after["changed_at"] == pd.Timestamp(LATER)).to_dict() == {key: key == who for key in after.index}


def test_a_break_that_moved_is_a_change_too() -> None:
    made = with_calendar(scheduled())
    rows = made.table("SCHEDULE")
    who = someone(made)
    pause = rows[(rows["agent_id"] == who[0]) & (rows["day"] == who[1]) & (rows["activity"] == "break")].iloc[
        0
    ]
    quarter = pd.Timedelta(minutes=15)
    starts = rows["start"].mask(
        rows["start"].eq(pause["start"]) & rows["agent_id"].eq(who[0]), pause["start"] + quarter
    )
    ends = rows["end"].mask(
        rows["end"].eq(pause["start"]) & rows["agent_id"].eq(who[0]), pause["start"] + quarter
    )
    after = events(replanned(made, rows.assign(start=starts, end=ends)))
    assert after["sequence"].sum() == 1
    assert after.loc[who, "start"] == events(made).loc[who, "start"]


def test_a_shift_that_is_gone_is_cancelled_once_and_comes_back_under_its_uid() -> None:
    made = with_calendar(scheduled())
    who = someone(made)
    rows = made.table("SCHEDULE")
    without = rows[(rows["agent_id"] != who[0]) | (rows["day"] != who[1])].reset_index(drop=True)
    gone = replanned(made, without)
    assert events(gone).loc[who, ["status", "sequence"]].tolist() == ["cancelled", 1]
    assert events(gone).loc[who, "start"] == events(made).loc[who, "start"]
    still = replanned(gone, without)
    assert events(still).loc[who].equals(events(gone).loc[who])
    back = replanned(still, rows)
    assert events(back).loc[who, ["status", "sequence"]].tolist() == ["confirmed", 2]
    assert events(back).loc[who, "uid"] == events(made).loc[who, "uid"]


def test_days_that_are_not_planned_again_keep_their_events_for_some_weeks() -> None:
    made = with_calendar(scheduled())
    split = FIRST_DAY + timedelta(days=7)
    rows = made.table("SCHEDULE")
    second_week = rows[rows["day"] >= pd.Timestamp(split)].reset_index(drop=True)
    rolled = replace(made, first_day=split, tables={**made.tables, "SCHEDULE": second_week})
    after = calendar_events(rolled, earlier=made.table("CALENDAR_EVENTS"), now=LATER)
    pd.testing.assert_frame_equal(after, made.table("CALENDAR_EVENTS"))
    much_later = replace(
        rolled,
        first_day=FIRST_DAY + timedelta(days=KEPT_DAYS + DAYS),
        tables={**made.tables, "SCHEDULE": rows.iloc[:0]},
    )
    assert calendar_events(much_later, earlier=after, now=LATER).empty


def test_times_are_told_by_the_clock_of_the_site() -> None:
    made = with_calendar(scheduled())
    row = made.table("SCHEDULE").iloc[0]
    event = events(made).loc[(row["agent_id"], row["day"])]
    local = row["start"].tz_convert("Europe/Madrid")
    assert event["summary"].startswith(f"{local:%H:%M}–")
    assert event["description"].startswith(f"{local:%H:%M}–")
    assert "break" in event["description"]
    assert event["description"].endswith("SVQ time")
    assert event["changed_at"] == pd.Timestamp(NOW)
    assert date(2026, 10, 25) in {day.date() for day in made.table("SCHEDULE")["day"]}  # the clocks go back
