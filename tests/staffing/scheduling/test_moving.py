"""What moving costs is what the words of `Moves` say, whatever the engine's arrays look like."""

import numpy as np
import pandas as pd

from planner.domain.moves import Moves
from staffing.scheduling.known import known
from staffing.scheduling.moving import price_of_moves
from staffing.scheduling.problem import BEGIN, END, Roster
from tests.staffing.scheduling.planted import centre_of, planted
from tests.staffing.scheduling.solving import case, solved

PLAN = planted(4, 8, centre=centre_of())
CASE = case(PLAN)
MOVES = Moves(pause=5, queue=2, shift=10, hour=8, day=60)


def published() -> Roster:
    return known(CASE, solved(PLAN, pairs_each=5, bound_steps=1).schedule).roster


def price(before: Roster, after: Roster, who: np.ndarray | None = None) -> float:
    """The price of one roster when another was published, from the arrays."""
    everyone = np.ones(len(CASE.agents), bool) if who is None else who
    costs, idle = price_of_moves(CASE, before, moves=MOVES, known=everyone)
    a, d = np.nonzero(after.shift >= 0)
    return float(idle[after.shift < 0].sum() + costs[a, d, after.shift[a, d]].sum())


def said(before: Roster, after: Roster) -> float:
    """The same from the words: day by day, edge by edge."""
    total, step_h = 0.0, CASE.clock.interval_min / 60
    for (a, d), then in np.ndenumerate(before.shift):
        now, starts = after.shift[a, d], CASE.problem.shifts.starts[CASE.problem.staff.kind[a], d]
        if (then < 0) != (now < 0):
            total += MOVES.day
        elif then >= 0:
            moved = max(abs(starts[now, edge] - starts[then, edge]) for edge in (BEGIN, END))
            total += (MOVES.shift + MOVES.hour * step_h * moved) if moved else 0.0
    return total


def other(roster: Roster, seed: int) -> Roster:
    """Another roster: days dropped, added and moved at random."""
    rng = np.random.default_rng(seed)
    offered = CASE.problem.shifts.offered[CASE.problem.staff.kind]
    drawn = (rng.random(offered.shape) * offered).astype(np.int16)
    changed = rng.random(offered.shape)
    shift = np.where(changed < 0.3, -1, np.where(changed < 0.6, drawn, roster.shift)).astype(np.int16)
    return roster._replace(shift=shift)


def test_the_published_roster_costs_nothing() -> None:
    roster = published()
    assert price(roster, roster) == 0.0


def test_any_roster_costs_what_the_words_say() -> None:
    roster = published()
    for seed in range(10):
        changed = other(roster, seed)
        assert np.isclose(price(roster, changed), said(roster, changed), rtol=1e-5)
        assert said(roster, changed) > 0


def test_those_who_were_not_published_are_free_to_take_any_shift() -> None:
    roster = published()
    nobody = np.zeros(len(CASE.agents), bool)
    assert price(roster, other(roster, 1), nobody) == 0.0


def test_the_prices_follow_the_order_planners_expect() -> None:
    usual = Moves()
    assert usual.queue < usual.pause < usual.shift + 0.5 * usual.hour < usual.day
    assert pd.Series([usual.queue, usual.pause, usual.shift, usual.hour, usual.day]).gt(0).all()
