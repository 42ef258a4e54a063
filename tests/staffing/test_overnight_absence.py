"""The last night of the horizon ends on the day after, on which people may be away or gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from planner.domain.tables import ABSENCES, AGENTS
from tests.staffing.scheduling.planted import MONDAY, Planted, centre_of
from tests.staffing.scheduling.solving import solved, violations

DAYS = 7
LAST, AFTER = (pd.Timestamp(MONDAY + timedelta(days=n)) for n in (DAYS - 1, DAYS))


def nights() -> Planted:
    """Two agents needed from 22:00 to 06:00 every night, in the last one from 22:00 to midnight."""
    centre = centre_of(opens=(0, 24))
    local = pd.date_range(pd.Timestamp(MONDAY), AFTER, freq="30min", inclusive="left", tz="Europe/Madrid")
    needed = pd.DataFrame({"interval_start": local[(local.hour >= 22) | (local.hour < 6)].tz_convert("UTC")})
    needed = needed.assign(site="SVQ", language="es", channel="voice", agents_scheduled=2.0)
    agents = pd.DataFrame({"agent_id": [f"a{n}" for n in range(4)], "site": "SVQ", "contract": "full"})
    people = AGENTS.check(agents.assign(languages="es", channels="voice"))
    return Planted(centre, people, ABSENCES.empty(), people.iloc[:0], needed, MONDAY, DAYS)


def away(plan: Planted) -> Planted:
    """The plan with everyone on leave from the day after the horizon."""
    leave = plan.agents[["agent_id"]].assign(first_day=AFTER, last_day=AFTER, reason="leave")
    return replace(plan, absences=ABSENCES.check(leave))


def gone(plan: Planted) -> Planted:
    """The plan with everyone's last day of work the last of the horizon."""
    return replace(plan, agents=AGENTS.check(plan.agents.assign(leave_date=LAST)))


def end_of_work(plan: Planted) -> pd.Timestamp:
    """The local time at which the last shift ends; the schedule passes the audit."""
    found = solved(plan).schedule
    assert violations(found, plan).empty
    assert (found["day"] == LAST).any()
    return found["end"].max().tz_convert("Europe/Madrid").tz_localize(None)


def test_who_is_there_the_day_after_works_into_it() -> None:
    assert end_of_work(nights()) > AFTER


@pytest.mark.parametrize("change", [away, gone])
def test_nobody_works_into_a_day_of_leave_after_the_horizon(change: Callable[[Planted], Planted]) -> None:
    assert end_of_work(change(nights())) <= AFTER
