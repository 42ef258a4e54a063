"""Two schedules compared: nothing is left out, nothing is invented, and looking from the other side mirrors it."""

import numpy as np
import pandas as pd
import pytest

from planner.domain.change_tables import CHANGES
from planner.domain.tables import SCHEDULE
from staffing.changes import changes, changes_days, shared_days, with_reasons
from tests.staffing.rules.hand import shift
from tests.staffing.scheduling.planted import MONDAY, centre_of, planted

ZONES = {"SVQ": "Europe/Madrid"}
TIMES = ["before_start", "before_end", "after_start", "after_end"]
OPPOSITE = {"shift added": "shift dropped", "break added": "break dropped"}
OPPOSITE |= {there: here for here, there in OPPOSITE.items()}


def schedule(*shifts: list[dict[str, object]]) -> pd.DataFrame:
    return SCHEDULE.check(pd.DataFrame([segment for each in shifts for segment in each]))


def compared(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    return changes(before, after, zones=ZONES, names={"ana": "Ana Gil"})


def told(before: pd.DataFrame, after: pd.DataFrame) -> list[tuple[str, str, float]]:
    rows = compared(before, after)
    return [(row.agent_id, row.kind, row.hours_moved) for row in rows.itertuples()]


def whole(seed: int) -> pd.DataFrame:
    """A planted week; two seeds give the same people, other shifts, days off, pauses and queues."""
    return planted(seed, 25, centre=centre_of(), first_day=MONDAY).schedule


def edges(found: pd.DataFrame) -> pd.DataFrame:
    return found.groupby(["agent_id", "day"]).agg(start=("start", "min"), end=("end", "max"))


def applied(found: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The shifts that the changes make of those before: agent and day -> start, end."""
    shifts = edges(before)
    rows = found.set_index(["agent_id", "day"])
    shifts = shifts.drop(rows.index[rows["kind"] == "shift dropped"])
    whole_shift = rows[rows["kind"].isin(["shift added", "swapped"])]
    shifts = pd.concat(
        [
            shifts.drop(whole_shift.index, errors="ignore"),
            whole_shift[["after_start", "after_end"]].set_axis(["start", "end"], axis=1),
        ]
    )
    for kind, edge in (("start moved", "start"), ("end moved", "end")):
        moved = rows[rows["kind"] == kind]
        shifts.loc[moved.index, edge] = moved[f"after_{edge}"]
    return shifts.sort_index()


def minutes(found: pd.DataFrame) -> pd.DataFrame:
    """What each agent does in each quarter of an hour of a worked day."""
    step = pd.Timedelta("15min")
    count = ((found["end"] - found["start"]) / step).astype(int)
    rows = found.loc[found.index.repeat(count)].copy()
    rows["at"] = rows["start"] + rows.groupby(["agent_id", "start"]).cumcount() * step
    queue = rows["language"].fillna("") + " " + rows["channel"].fillna("")
    return rows.assign(what=queue.where(rows["activity"] == "contact", rows["activity"]))[
        ["agent_id", "day", "at", "what"]
    ]


def test_a_schedule_compared_with_itself_has_no_changes() -> None:
    same = whole(3)
    assert compared(same, same.sample(frac=1, random_state=1)).empty
    assert changes_days(compared(same, same)).empty


def test_empty_schedules_can_be_compared() -> None:
    nobody, somebody = SCHEDULE.empty(), schedule(shift("2026-10-05 09:00"))
    assert compared(nobody, nobody).empty
    assert told(nobody, somebody) == [("ana", "shift added", 8.5)]
    assert told(somebody, nobody) == [("ana", "shift dropped", -8.5)]


@pytest.mark.parametrize("seed", range(1, 5))
def test_the_changes_make_the_shifts_after_out_of_those_before(seed: int) -> None:
    before, after = whole(seed), whole(seed + 10)
    pd.testing.assert_frame_equal(applied(compared(before, after), before), edges(after), check_dtype=False)


@pytest.mark.parametrize("seed", range(1, 5))
def test_every_quarter_of_an_hour_that_differs_is_told(seed: int) -> None:
    before, after = whole(seed), whole(seed + 10)
    found = compared(before, after)
    both = minutes(before).merge(minutes(after), on=["agent_id", "day", "at"], how="outer")
    differs = both[both["what_x"].fillna("") != both["what_y"].fillna("")]
    near = differs.merge(found, on=["agent_id", "day"], how="left")
    inside = [
        (near["at"] >= near[f"{side}_start"]) & (near["at"] < near[f"{side}_end"])
        for side in ("before", "after")
    ]
    near["told"] = inside[0] | inside[1]
    assert near.groupby(["agent_id", "at"])["told"].any().all()


@pytest.mark.parametrize("seed", range(1, 5))
def test_looking_from_the_other_side_mirrors_the_changes(seed: int) -> None:
    before, after = whole(seed), whole(seed + 10)
    there, back = compared(before, after), compared(after, before)
    turned = back.assign(
        kind=back["kind"].replace(OPPOSITE),
        hours_moved=back["hours_moved"].where(back["kind"] == "queue changed", -back["hours_moved"]),
    ).rename(columns=dict(zip(TIMES, [*TIMES[2:], *TIMES[:2]])) | {"before": "after", "after": "before"})
    keys = ["agent_id", "day", "kind", *TIMES]
    pd.testing.assert_frame_equal(
        turned[there.columns].drop(columns="item").sort_values(keys, ignore_index=True),
        there.drop(columns="item").sort_values(keys, ignore_index=True),
    )


def test_each_kind_of_change_has_its_name_and_hours() -> None:
    early = shift("2026-10-05 09:00")
    assert told(schedule(early), schedule(shift("2026-10-05 09:00", meal_after=4.5))) == [
        ("ana", "break moved", 0.5)
    ]
    assert told(schedule(early), schedule(shift("2026-10-05 10:00", meal_after=3))) == [
        ("ana", "end moved", 1.0),
        ("ana", "start moved", 1.0),
    ]
    chat = shift("2026-10-05 09:00", channel="chat")
    chat[2] = early[2]
    assert told(schedule(early), schedule(chat)) == [("ana", "queue changed", 4.0)]


def test_words_are_by_the_clock_of_the_site_and_carry_the_name() -> None:
    (row,) = compared(
        schedule(shift("2026-10-05 09:00")), schedule(shift("2026-10-05 09:00", meal_after=4.5))
    ).to_dict("records")
    assert (row["name"], row["before"], row["after"]) == ("Ana Gil", "meal 13:00-13:30", "meal 13:30-14:00")


def test_two_who_change_shifts_are_named_to_each_other() -> None:
    def day(first: str, second: str) -> pd.DataFrame:
        return schedule(shift("2026-10-05 08:00", agent_id=first), shift("2026-10-05 14:00", agent_id=second))

    rows = compared(day("ana", "bea"), day("bea", "ana"))
    swapped = rows[rows["kind"] == "swapped"]
    assert list(zip(swapped["agent_id"], swapped["with_agent"])) == [("ana", "bea"), ("bea", "ana")]


def test_who_takes_over_a_shift_is_named() -> None:
    rows = compared(schedule(shift("2026-10-05 08:00")), schedule(shift("2026-10-05 08:00", agent_id="bea")))
    assert list(zip(rows["agent_id"], rows["kind"], rows["with_agent"])) == [
        ("ana", "shift dropped", "bea"),
        ("bea", "shift added", "ana"),
    ]


def test_the_day_sums_count_agents_once_and_hours_without_sign() -> None:
    before, after = whole(2), whole(12)
    found = compared(before, after)
    days = changes_days(found)
    every = days[days["kind"] == "all"]
    assert every["items"].sum() == len(found)
    assert np.isclose(every["hours_moved"].sum(), found["hours_moved"].abs().sum())
    assert every["agents"].sum() == len(found[["agent_id", "day"]].drop_duplicates())


def test_only_days_within_both_schedules_are_compared() -> None:
    first = schedule(shift("2026-10-05 09:00"), shift("2026-10-06 09:00"))
    second = schedule(shift("2026-10-06 10:00"), shift("2026-10-07 09:00"))
    old, new = shared_days(first, second)
    assert {f"{day:%m-%d}" for day in [*old["day"], *new["day"]]} == {"10-06"}
    assert all(each.empty for each in shared_days(first, SCHEDULE.empty()))


def test_a_reason_stands_beside_the_shift_that_could_not_stay() -> None:
    found = compared(schedule(shift("2026-10-05 09:00")), SCHEDULE.empty())
    day = pd.DataFrame({"agent_id": ["ana"], "day": [pd.Timestamp("2026-10-05")], "reason": ["away (sick)"]})
    assert list(with_reasons(found, day)["reason"]) == ["away (sick)"]
    assert list(with_reasons(found, day.iloc[:0])["reason"].isna()) == [True]
    assert CHANGES.empty().empty
