"""An agent's best week is the best of all legal weeks, each tried."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
import pandas as pd
import pytest

from planner.domain.centre import Contract, ShiftPattern
from staffing.scheduling.case import Case
from staffing.scheduling.problem import BEGIN, END, WHICH, empty_roster
from staffing.scheduling.values import scratch_for
from staffing.scheduling.week import REACHED, best_week
from tests.staffing.scheduling.planted import MONDAY, SPAIN, Planted, centre_of
from tests.staffing.scheduling.solving import case

Week = tuple[int, ...]  # a shift by its place in the day, or -1, for each day


def lone_agent(consecutive_days: int = 6, shift_h: tuple[float, ...] = (8.0,), weeks: int = 1) -> Case:
    """One agent with three starts of each shift a day, 4:00, 8:00 and 12:00; late before early is too little rest."""
    law = replace(SPAIN, consecutive_days_max=consecutive_days)
    patterns = tuple(ShiftPattern(f"{paid:g} h", paid, start_step_min=240) for paid in shift_h)
    contract = Contract("full", 30 if len(shift_h) > 1 else 40, 5, shift_h)
    centre = replace(
        centre_of(opens=(4, 21), labour=law), shift_patterns=patterns, contracts={"full": contract}
    )
    agents = pd.DataFrame(
        [{"agent_id": "ana", "site": "SVQ", "contract": "full", "languages": "es;it", "channels": "voice"}]
    )
    moment = pd.Timestamp(MONDAY, tz="Europe/Madrid").tz_convert("UTC")
    needed = pd.DataFrame(
        [
            {
                "site": "SVQ",
                "language": language,
                "channel": "voice",
                "interval_start": moment,
                "agents_scheduled": 1.0,
            }
            for language in ("es", "it")
        ]
    )
    nobody = pd.DataFrame(columns=["agent_id", "first_day", "last_day", "reason"])
    return case(Planted(centre, agents, nobody, pd.DataFrame(), needed, MONDAY, 7 * weeks))


def gains(found: Case, seed: int) -> np.ndarray:
    """Random gains for every share, queue and interval; half of an interval is worth anything."""
    shape = (len(found.problem.shifts.shares), *found.problem.demand.need.shape)
    return np.random.default_rng(seed).normal(0.5, 3.0, shape)


def value_of(found: Case, gain: np.ndarray, d: int, i: int) -> float:
    """A shift's value with the best placing of its pauses, every placing tried."""
    start = found.problem.shifts.starts[0, d, i]
    shift = found.shifts[start[WHICH]]
    best = gain.max(axis=1)
    worth = []
    for offsets in product(*(range(p.earliest_min // 30, p.latest_min // 30 + 1) for p in shift.pauses)):
        left = dict.fromkeys(range(start[BEGIN], start[END]), 0)
        for pause, offset in zip(shift.pauses, offsets, strict=True):
            t = start[BEGIN] + offset
            for n in range(pause.minutes // 30):
                del left[t + n]
            if pause.minutes % 30:
                left[t + pause.minutes // 30] = 1
        worth.append(sum(best[share, t] for t, share in left.items()))
    return max(worth) + 10.0 * shift.paid_min / 60


def is_legal(found: Case, roster: Week, consecutive_days: int) -> bool:
    """Twelve hours between shifts, and 36 in every stretch of six days, counted in hours."""
    hour, stretch, row, before = 0.5, 0, 0, -1000.0
    last = -10
    for d, i in enumerate(roster):
        if i < 0:
            continue
        start = found.problem.shifts.starts[0, d, i]
        rest = start[BEGIN] * hour - before
        row = row + 1 if last == d - 1 else 1
        stretch = 1 if rest >= 36 else stretch + d - last
        if rest < 12 or row > consecutive_days or stretch > 6:
            return False
        before, last = start[END] * hour, d
    return True


def is_within_contract(found: Case, roster: Week, contract: Contract) -> bool:
    worked = [
        found.shifts[found.problem.shifts.starts[0, d, i, WHICH]] for d, i in enumerate(roster) if i >= 0
    ]
    hours = sum(shift.paid_min for shift in worked) / 60
    return len(worked) <= contract.days_per_week and hours <= contract.weekly_hours


@cache
def weeks_of(shifts: int) -> list[Week]:
    return list(product(range(-1, shifts), repeat=7))


@pytest.mark.parametrize(("consecutive_days", "seed"), [(6, 1), (6, 2), (3, 3), (2, 4)])
def test_no_legal_week_is_worth_more_and_the_week_chosen_is_legal(consecutive_days: int, seed: int) -> None:
    found = lone_agent(consecutive_days)
    gain, roster = gains(found, seed), empty_roster(found.problem)
    value = best_week(found.problem, gain, roster, (0, 0, seed), scratch_for(found.problem))
    worth = {(d, i): value_of(found, gain, d, i) for d in range(7) for i in range(3)} | {
        (d, -1): 0.0 for d in range(7)
    }
    contract = Contract("full", 40, 5, (8.0,))
    legal = [w for w in weeks_of(3) if sum(i >= 0 for i in w) <= 5 and is_legal(found, w, consecutive_days)]
    assert value == pytest.approx(max(sum(worth[d, i] for d, i in enumerate(w)) for w in legal))
    chosen = tuple(int(i) for i in roster.shift[0])
    assert is_legal(found, chosen, consecutive_days)
    assert is_within_contract(found, chosen, contract)


@pytest.mark.parametrize("seed", range(6))
def test_a_week_between_two_others_keeps_their_rest(seed: int) -> None:
    found = lone_agent(weeks=3)
    rng, gain, roster = np.random.default_rng(seed), gains(found, seed), empty_roster(found.problem)
    weeks = [w for w in weeks_of(3) if sum(i >= 0 for i in w) == 5 and is_legal(found, w, 6)]
    before, after = (weeks[n] for n in rng.integers(len(weeks), size=2))
    roster.shift[0] = [*before, *([-1] * 7), *after]
    best_week(found.problem, gain, roster, (0, 1, seed), scratch_for(found.problem))
    chosen = tuple(int(i) for i in roster.shift[0, 7:14])
    worth = {(d, i): value_of(found, gain, d + 7, i) for d in range(7) for i in range(3)}
    legal = [
        w for w in weeks_of(3) if sum(i >= 0 for i in w) <= 5 and is_legal(found, (*before, *w, *after), 6)
    ]
    values = [sum(worth[d, i] for d, i in enumerate(w) if i >= 0) for w in legal]
    assert chosen in legal
    assert sum(worth[d, i] for d, i in enumerate(chosen) if i >= 0) == pytest.approx(max(values))


def test_shifts_of_two_lengths_share_the_hours_of_the_contract() -> None:
    found = lone_agent(shift_h=(8.0, 6.0))
    contract = Contract("full", 30, 5, (8.0, 6.0))
    gain, roster = gains(found, 5), empty_roster(found.problem)
    value = best_week(found.problem, gain, roster, (0, 0, 0), scratch_for(found.problem))
    count = int(found.problem.shifts.offered[0, 0])
    worth = {(d, i): value_of(found, gain, d, i) for d in range(7) for i in range(count)}
    chosen = tuple(int(i) for i in roster.shift[0])
    assert is_legal(found, chosen, 6)
    assert is_within_contract(found, chosen, contract)
    rng = np.random.default_rng(0)
    tried = [tuple(int(i) for i in week) for week in rng.integers(-1, count, (20_000, 7))]
    legal = [w for w in tried if is_within_contract(found, w, contract) and is_legal(found, w, 6)]
    assert len(legal) > 500
    best = max(sum(worth[d, i] for d, i in enumerate(w) if i >= 0) for w in legal)
    assert value >= best - 1e-9
    assert value == pytest.approx(sum(worth[d, i] for d, i in enumerate(chosen) if i >= 0))


def test_where_everything_costs_more_than_an_idle_contract_nobody_works() -> None:
    found = lone_agent()
    gain = np.full_like(gains(found, 0), -20.0)
    roster = empty_roster(found.problem)
    assert best_week(found.problem, gain, roster, (0, 0, 0), scratch_for(found.problem)) == 0.0
    assert (roster.shift == -1).all()


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("shift_h", [(8.0,), (4.0, 8.0)])
def test_a_week_that_is_wanted_for_its_worth_is_found_and_one_far_above_it_not_looked_for(
    seed: int, shift_h: tuple[float, ...]
) -> None:
    found = lone_agent(consecutive_days=2, shift_h=shift_h)
    gain, room = gains(found, seed), scratch_for(found.problem)
    roster, again = empty_roster(found.problem), empty_roster(found.problem)
    value = best_week(found.problem, gain, roster, (0, 0, seed), room)
    room.least[0] = value
    assert best_week(found.problem, gain, again, (0, 0, seed), room) == value
    np.testing.assert_array_equal(again.shift, roster.shift)
    room.least[0] = value + np.abs(gain).sum()
    assert best_week(found.problem, gain, again, (0, 0, seed), room) < REACHED
