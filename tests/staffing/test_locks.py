"""What a lock holds: all that the agents named do on the days named, their days off too, and nothing else."""

from datetime import date

import pandas as pd
import pytest

from planner.domain.tables import AGENTS, LOCKED, SCHEDULE
from staffing.locks import Part, joined, locked_part
from tests.staffing.scheduling.planted import MONDAY, Planted, centre_of, planted

ZONES = {"SVQ": "Europe/Madrid"}
PLAN = planted(5, 12, centre=centre_of(), first_day=MONDAY, days=14)


def locked(part: Part, plan: Planted = PLAN) -> pd.DataFrame:
    return locked_part(plan.schedule, part, agents=plan.agents, zones=ZONES)


def test_everything_locked_is_every_segment_and_a_row_for_every_day_off() -> None:
    rows = locked(Part())
    work = rows[rows["activity"] != "off"]
    kept = work[SCHEDULE.present(PLAN.schedule)].sort_values(["agent_id", "start"], ignore_index=True)
    asked = PLAN.schedule.sort_values(["agent_id", "start"], ignore_index=True)
    pd.testing.assert_frame_equal(kept, asked, check_like=True)
    assert len(rows[["agent_id", "day"]].drop_duplicates()) == 12 * 14


def test_a_day_off_lasts_from_midnight_to_midnight_also_when_the_clock_changes() -> None:
    autumn = planted(5, 12, centre=centre_of(), first_day=date(2026, 10, 19), days=7)
    off = locked(Part(), autumn)
    sunday = off[(off["activity"] == "off") & (off["day"] == pd.Timestamp("2026-10-25"))]
    assert set(sunday["start"]) == {pd.Timestamp("2026-10-24T22:00Z")}
    assert set(sunday["end"]) == {pd.Timestamp("2026-10-25T23:00Z")}


@pytest.mark.parametrize(
    ("part", "agents", "days"),
    [
        (Part(agents=frozenset({"a001"})), {"a001"}, 14),
        (Part(agents=frozenset({"a001", "a002"}), first_day=date(2026, 10, 14)), {"a001", "a002"}, 5),
        (Part(agents=frozenset({"a003"}), last_day=date(2026, 10, 6)), {"a003"}, 2),
        (Part(sites=frozenset({"LIS"})), set(), 0),
    ],
)
def test_a_part_is_what_all_its_fields_name(part: Part, agents: set[str], days: int) -> None:
    rows = locked(part)
    assert set(rows["agent_id"]) == agents
    assert rows["day"].nunique() == days


def test_a_language_names_those_who_serve_it() -> None:
    rows = locked(Part(languages=frozenset({"ro"})))
    serve = PLAN.schedule.loc[PLAN.schedule["language"] == "ro", "agent_id"]
    assert set(rows["agent_id"]) == set(serve)
    assert 0 < rows["agent_id"].nunique() < 12


def test_of_two_locks_of_the_same_day_the_first_is_taken() -> None:
    day = {"agent_id": "a001", "site": "SVQ", "day": MONDAY}
    times = {"start": "2026-10-04T22:00Z", "end": "2026-10-05T22:00Z"}
    own = LOCKED.check(pd.DataFrame([day | times | {"activity": "off"}]))
    rows = joined(own, locked(Part(agents=frozenset({"a001"}))))
    first = rows[rows["day"] == pd.Timestamp(MONDAY)]
    assert list(first["activity"]) == ["off"]
    assert rows["day"].nunique() == 14
    assert joined(LOCKED.empty(), LOCKED.empty()).empty


def test_nothing_is_locked_of_an_empty_schedule() -> None:
    assert locked_part(SCHEDULE.empty(), Part(), agents=AGENTS.empty(), zones=ZONES).empty
