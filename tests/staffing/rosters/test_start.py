"""The first roster: legal for everybody, also where caps are tight and the time is over."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.curtois_qu_draw import Size, drawn
from benchmarks.curtois_qu_reader import read
from staffing.rosters.clock import Clock
from staffing.rosters.pricing import room_for
from staffing.rosters.problem import Problem
from staffing.rosters.rule import breaches
from staffing.rosters.start import Start, first_roster
from staffing.rosters.tables import tables_of
from tests.staffing.rosters.small import Ticks, problem

CELLS = 4_000_000


def started(case: Problem, *, ticks: float) -> Start:
    t = tables_of(case)
    clock = Clock(Ticks(), 0.0, ticks)
    return first_roster(t, room=room_for(t, cells=CELLS), salt=7, rng=np.random.default_rng(1), clock=clock)


def test_a_planted_half_year_has_a_first_roster_though_the_time_is_over() -> None:
    whole = read(drawn(Size(50, 26, 6), seed=1).text, "drawn")
    tight = [32, 34, 44]  # their caps add up to little more than their least minutes
    case = replace(whole, people=tuple(whole.people[p] for p in tight), wish=whole.wish[tight])
    start = started(case, ticks=0)
    assert (start.without, start.late) == ((), ())
    assert breaches(case, start.roster) == []


def test_who_has_no_legal_row_is_named_and_left_off() -> None:
    case = problem(51, people=3, days=7)
    busy = replace(case.people[1], free_days=frozenset(range(7)), least_min=480, most_min=4800)
    start = started(replace(case, people=(case.people[0], busy, case.people[2])), ticks=0)
    assert (start.without, start.late) == ((1,), ())
    assert (start.roster[1] == -1).all()
