"""A schedule read back into the engine's arrays is the roster it was written from."""

import numpy as np
import pandas as pd
import pytest

from planner.domain.tables import SCHEDULE
from staffing.scheduling.known import known
from staffing.scheduling.price import Prices, penalties
from staffing.scheduling.segments import segments
from tests.staffing.scheduling.planted import Planted, centre_of, cost_of, paid_h, planted
from tests.staffing.scheduling.solving import case, solved


def small(seed: int, interval_min: int = 30) -> Planted:
    return planted(seed, 8, centre=centre_of(interval_min=interval_min))


def ordered(schedule: pd.DataFrame) -> pd.DataFrame:
    return schedule.sort_values(["agent_id", "start"], ignore_index=True)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("interval_min", [15, 30])
def test_what_the_engine_wrote_is_read_back_to_the_minute(seed: int, interval_min: int) -> None:
    plan = small(seed, interval_min)
    made, at = solved(plan, pairs_each=5, bound_steps=1).schedule, case(plan)
    read = known(at, made.sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(ordered(segments(at, read.roster)), ordered(made))
    assert read.strange.empty


def test_cover_and_cost_of_what_was_read_are_those_of_the_schedule() -> None:
    plan = small(3)
    made, at = solved(plan, pairs_each=5, bound_steps=1).schedule, case(plan)
    read = known(at, made).roster
    idle = float(at.idle_base.sum()) - Prices().idle * paid_h(made)
    cost = float(penalties(at.problem.demand, read.cover).sum()) + idle
    assert np.isclose(cost, cost_of(made, plan))


def test_days_that_no_shift_of_the_contract_fits_are_named() -> None:
    plan = small(4)
    made, at = solved(plan, pairs_each=5, bound_steps=1).schedule, case(plan)
    first = made.index[0]
    odd = made.copy()
    odd.loc[first, "start"] -= pd.Timedelta(minutes=10)
    read = known(at, odd)
    assert read.strange.to_dict("records") == [
        {"agent_id": made.loc[first, "agent_id"], "day": made.loc[first, "day"]}
    ]


def test_a_pause_moved_by_hand_is_read_as_the_nearest_allowed() -> None:
    plan = small(4)
    made, at = solved(plan, pairs_each=5, bound_steps=1).schedule, case(plan)
    meal = made.index[made["activity"] == "meal"][0]
    by_hand = made.copy()
    by_hand.loc[meal, ["start", "end"]] += pd.Timedelta(minutes=10)
    by_hand.loc[meal - 1, "end"] += pd.Timedelta(minutes=10)
    by_hand.loc[meal + 1, "start"] += pd.Timedelta(minutes=10)
    read = known(at, SCHEDULE.check(by_hand))
    assert read.strange.empty
    pd.testing.assert_frame_equal(ordered(segments(at, read.roster)), ordered(made))


def test_training_is_not_the_engines_to_plan() -> None:
    plan = small(4)
    made, at = solved(plan, pairs_each=5, bound_steps=1).schedule, case(plan)
    contact = made.index[made["activity"] == "contact"][0]
    taught = made.copy()
    taught.loc[contact, ["activity", "language", "channel"]] = ["training", None, None]
    assert len(known(at, SCHEDULE.check(taught)).strange) == 1


def test_a_queue_the_agent_no_longer_serves_becomes_one_that_is_served() -> None:
    plan = small(4)
    made, at = solved(plan, pairs_each=5, bound_steps=1).schedule, case(plan)
    other = made.assign(language=made["language"].where(made["activity"] != "contact", "fi"))
    roster = known(at, other).roster
    on = roster.queue >= 0
    serves = (roster.queue[:, None, :] == at.problem.staff.queues[:, :, None]).any(axis=1)
    assert on.any()
    assert serves[on].all()
