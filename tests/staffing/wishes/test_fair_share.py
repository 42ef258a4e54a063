"""Fairness: what counts, whose share it is, and how far from it everyone is."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from planner.domain.soft import Fairness, Soft
from planner.domain.tables import AGENTS
from staffing.fair_share import fairness, spreads
from staffing.unwanted import groups
from staffing.wishes import fair_weekend_days
from tests.staffing.wishes.hand import absences, finished, missed, shift

SITE = Soft(fairness=Fairness(group=("languages",)))


def team(**columns: object) -> pd.DataFrame:
    """Ana and Bea with the same contract and language; columns given are added."""
    same = {"site": "SVQ", "contract": "full", "languages": "es:native", "channels": "voice"}
    return AGENTS.check(
        pd.DataFrame([{"agent_id": name} | same for name in ("ana", "bea")]).assign(**columns)
    )


def counted(table: pd.DataFrame, measure: str) -> dict[str, tuple[int, int, float]]:
    """Before, count and due of each agent."""
    rows = table[table["measure"] == measure]
    columns = rows[["agent_id", "before", "count", "due"]].itertuples(index=False)
    return {agent: (int(past), int(now), round(float(due), 6)) for agent, past, now, due in columns}


@pytest.mark.parametrize(
    ("start", "hours", "measures"),
    [
        ("2026-10-07 09:00", 8, set()),
        ("2026-10-10 09:00", 8, {"weekend days"}),
        ("2026-10-09 20:00", 8, {"weekend days", "nights"}),
        ("2026-10-07 13:00", 8, {"late shifts"}),
        ("2026-10-07 06:30", 8, {"early starts"}),
        ("2026-10-07 04:00", 8, {"early starts"}),
        ("2026-10-07 02:00", 8, {"nights"}),
        ("2026-10-07 12:30", 8, set()),
    ],
)
def test_which_shift_counts_where(start: str, hours: float, measures: set[str]) -> None:
    table = fairness(finished(shift(start, hours), soft=SITE, people=team()))
    assert set(table.loc[table["count"] > 0, "measure"]) == measures


def test_shares_are_by_working_days_and_sum_to_what_was_worked() -> None:
    away = absences(("bea", "2026-10-05", "2026-10-11", "leave"))
    weekend = ("2026-10-10 09:00", "2026-10-11 09:00", "2026-10-17 09:00")
    done = finished(*(shift(start) for start in weekend), soft=SITE, people=team(), away=away)
    assert counted(fairness(done), "weekend days") == {"ana": (0, 3, 2.0), "bea": (0, 0, 1.0)}


def test_the_weeks_before_count_as_far_back_as_asked() -> None:
    before = (shift("2026-10-03 09:00"), shift("2026-09-20 09:00"))
    soft = replace(SITE, fairness=replace(SITE.fairness, weeks=2))
    done = finished(shift("2026-10-10 09:00"), before=before, soft=soft, people=team())
    assert counted(fairness(done), "weekend days")["ana"][:2] == (1, 1)


def test_who_came_late_owes_less() -> None:
    people = team(hire_date=[None, "2026-10-12"])
    done = finished(shift("2026-10-10 09:00"), soft=SITE, people=people)
    due = {agent: due for agent, (_, _, due) in counted(fairness(done), "weekend days").items()}
    assert due == {"ana": round(14 / 21, 6), "bea": round(7 / 21, 6)}


def test_a_group_is_by_what_the_plan_says() -> None:
    people = team(team=["red", None], languages=["it:fluent;es:native", "es:native;it:basic"])
    assert groups(people, Fairness(group=("contract", "team"))).tolist() == ["full · red", "full"]
    assert groups(people, Fairness(group=("languages",))).tolist() == ["es it", "es it"]


def test_the_spread_is_the_distance_from_the_fair_share() -> None:
    before = (shift("2026-10-03 09:00"), shift("2026-10-04 09:00"))
    bea = {"agent_id": "bea"}
    mended = (shift("2026-10-10 09:00", **bea), shift("2026-10-11 09:00", **bea))
    done = finished(*mended, before=before, soft=SITE, people=team())
    (row,) = spreads(fairness(done)).query("measure == 'weekend days'").to_dict("records")
    assert (row["total"], row["spread_before"], row["spread"], row["n"]) == (4, 1.0, 0.0, 2)


def test_one_shift_off_the_share_is_missed_and_less_is_not() -> None:
    one = finished(shift("2026-10-10 09:00"), soft=SITE, people=team())
    assert missed(fair_weekend_days.WISH, one) == []
    two = finished(shift("2026-10-10 09:00"), shift("2026-10-11 09:00"), soft=SITE, people=team())
    assert missed(fair_weekend_days.WISH, two) == [("ana", "10-18", 1.0), ("bea", "10-18", 1.0)]
