"""A re-plan changes what it must, little else, and never what has begun."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from planner.config import Plan, plan_from_text
from planner.domain.moves import Moves
from planner.domain.problems import Infeasible, InputError
from planner.domain.tables import ABSENCES, SCHEDULE
from planner.pipeline.replanning import Now, Replanned, replan
from planner.pipeline.steps import People
from staffing.audit import audit
from staffing.locks import Part, locked_part
from staffing.standing import Standing
from tests.planner.pipeline.published_plans import YAML, week

PLAN = plan_from_text(YAML)
PLANTED = week(days=14)
NEED = PLANTED.requirement.assign(interval_min=30)
NOON = Now(datetime(2026, 10, 7, 12), timedelta(hours=24))
FIRST = pd.Timestamp("2026-10-09")
ZONES = {"SVQ": "Europe/Madrid"}


def planned(
    *,
    people: People | None = None,
    need: pd.DataFrame = NEED,
    plan: Plan = PLAN,
    now: Now = NOON,
    published: pd.DataFrame = PLANTED.schedule,
) -> Replanned:
    now_known = people or People(PLANTED.agents, PLANTED.absences)
    return replan(plan, published, need, now_known, now=now, say=lambda _: None)


def away(agent: str, first: str, last: str) -> People:
    spell = pd.DataFrame([{"agent_id": agent, "first_day": first, "last_day": last, "reason": "sick"}])
    return People(PLANTED.agents, ABSENCES.check(pd.concat([PLANTED.absences, spell], ignore_index=True)))


def someone(first: str, last: str) -> str:
    """An agent who works on every day of the span."""
    days = PLANTED.schedule[PLANTED.schedule["day"].between(first, last)]
    worked = days.groupby("agent_id")["day"].nunique()
    return str(worked.index[worked == (pd.Timestamp(last) - pd.Timestamp(first)).days + 1][0])


def ordered(rows: pd.DataFrame) -> pd.DataFrame:
    return SCHEDULE.check(rows.sort_values(["agent_id", "start"], ignore_index=True))


def turned(share: float) -> pd.DataFrame:
    """The need of a day that may still be planned, with a share of its mornings needed in the afternoon."""
    starts, need = NEED["interval_start"], NEED["agents_scheduled"]
    morning = starts.between(pd.Timestamp("2026-10-14T05:00Z"), pd.Timestamp("2026-10-14T10:59Z"))
    later = starts.between(pd.Timestamp("2026-10-14T14:00Z"), pd.Timestamp("2026-10-14T18:00Z"))
    return NEED.assign(
        agents_scheduled=need.where(~morning, need * (1 - share)).where(~later, need * (1 + share))
    )


@pytest.fixture(scope="module")
def sick() -> tuple[str, People, Replanned]:
    """Someone falls ill on two days while the need turns: who, the people known, the new plan."""
    agent = someone("2026-10-14", "2026-10-15")
    people = away(agent, "2026-10-14", "2026-10-15")
    return agent, people, planned(people=people)


def test_where_nothing_changed_the_published_schedule_comes_back_to_the_minute() -> None:
    made = planned()
    pd.testing.assert_frame_equal(ordered(made.tables["SCHEDULE"]), ordered(PLANTED.schedule))
    assert made.tables["CHANGES"].empty
    assert made.notes == ()


def test_the_shifts_of_someone_away_are_freed_and_named_and_few_others_move(
    sick: tuple[str, People, Replanned],
) -> None:
    agent, _, made = sick
    changes = made.tables["CHANGES"]
    theirs = changes[changes["agent_id"] == agent]
    freed = theirs[theirs["day"].between("2026-10-14", "2026-10-15")]
    assert set(freed["kind"]) == {"shift dropped"}
    assert freed["reason"].str.startswith("availability: works while absent").all()
    assert [agent in note for note in made.notes] == [True, True]
    others = changes[changes["agent_id"] != agent][["agent_id", "day"]].drop_duplicates()
    assert len(others) <= 6


def test_what_comes_out_is_legal_with_the_weeks_before(sick: tuple[str, People, Replanned]) -> None:
    _, people, made = sick
    rows = made.tables["SCHEDULE"]
    ahead, before = rows[rows["day"] >= FIRST], rows[rows["day"] < FIRST]
    broken = audit(
        ahead,
        people.agents,
        PLAN.centre,
        absences=people.absences,
        first_day=FIRST.date(),
        days=10,
        before=before,
    )
    assert broken.empty


def test_days_that_begin_before_now_and_the_lead_time_stay_though_someone_is_away_on_them() -> None:
    people = away(someone("2026-10-08", "2026-10-09"), "2026-10-08", "2026-10-09")
    made = planned(people=people, need=turned(0.5))
    before = PLANTED.schedule[PLANTED.schedule["day"] < FIRST]
    kept = made.tables["SCHEDULE"]
    pd.testing.assert_frame_equal(ordered(kept[kept["day"] < FIRST]), ordered(before))
    assert made.tables["CHANGES"]["day"].min() >= FIRST


def test_locks_stay_while_the_rest_follows_the_need() -> None:
    part = Part(languages=frozenset({"ro"}))
    locked = locked_part(PLANTED.schedule, part, agents=PLANTED.agents, zones=ZONES)
    soft, settings = replace(PLAN.soft, moves=Moves(1, 1, 1, 1, 1)), replace(PLAN.settings, pairs_each=30)
    cheap = replace(PLAN, soft=soft, settings=settings)
    people = People(PLANTED.agents, PLANTED.absences, standing=Standing(locked))
    changes = planned(people=people, need=turned(0.8), plan=cheap).tables["CHANGES"]
    assert len(changes)
    assert not set(changes["agent_id"]) & set(locked["agent_id"])


def test_a_lock_against_the_law_is_named_before_anything_is_solved() -> None:
    agent = someone("2026-10-14", "2026-10-14")
    part = Part(agents=frozenset({agent}))
    locked = locked_part(PLANTED.schedule, part, agents=PLANTED.agents, zones=ZONES)
    people = replace(away(agent, "2026-10-14", "2026-10-14"), standing=Standing(locked))
    with pytest.raises(Infeasible, match=f"{agent} on Wed 2026-10-14, which is locked: works while absent"):
        planned(people=people)


def test_the_dearer_a_move_the_fewer_are_made() -> None:
    def moved(factor: float) -> int:
        usual = Moves()
        prices = Moves(
            *(factor * price for price in (usual.pause, usual.queue, usual.shift, usual.hour, usual.day))
        )
        plan = replace(PLAN, soft=replace(PLAN.soft, moves=prices))
        return len(planned(need=turned(0.8), plan=plan).tables["CHANGES"])

    few, many = moved(1000.0), moved(0.05)
    assert few == 0 < many


def test_after_the_last_published_day_nothing_may_move() -> None:
    late = Now(datetime(2026, 10, 18, 12, tzinfo=UTC), timedelta(hours=24))
    made = planned(now=late)
    assert made.tables["CHANGES"].empty
    assert made.notes == ("SVQ: nothing may move any more; the schedule stays as published",)


def test_an_empty_published_schedule_is_refused() -> None:
    with pytest.raises(InputError, match="the published schedule has no shift"):
        planned(published=SCHEDULE.empty())


@pytest.mark.parametrize(
    ("moment", "lead_h", "zone", "day"),
    [
        ("2026-12-03T12:00", 24, "Europe/Madrid", date(2026, 12, 5)),
        ("2026-12-03T00:00", 24, "Asia/Manila", date(2026, 12, 4)),
        ("2026-12-03T00:00+00:00", 0, "Asia/Manila", date(2026, 12, 4)),
        ("2026-12-03T00:00+00:00", 0, "America/Bogota", date(2026, 12, 3)),
        ("2026-12-03T05:00+00:00", 0, "America/Bogota", date(2026, 12, 3)),
        ("2026-10-24T00:00", 24, "Europe/Madrid", date(2026, 10, 25)),
        ("2026-10-25T00:00", 24, "Europe/Madrid", date(2026, 10, 26)),
    ],
)
def test_the_first_day_that_may_move_is_that_of_the_sites_own_clock(
    moment: str, lead_h: float, zone: str, day: date
) -> None:
    assert Now(datetime.fromisoformat(moment), timedelta(hours=lead_h)).first_day(zone) == day
