"""Which shifts of a roster that was read are overtime: the tables of a schedule do not say.

What a week holds above the contract's hours is overtime: the fewest hours that bring the rest within them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np

from staffing.scheduling.case import Case
from staffing.scheduling.overtime import BIT
from staffing.scheduling.problem import BEGIN, CAPPED, FORBIDDEN, MOST, WHICH, Roster


def mark_overtime(case: Case, roster: Roster) -> None:
    """Change the places of shifts so that hours above the contract are overtime, where they may be."""
    partner = _partners(case)
    if not partner:
        return
    problem = case.problem
    for a in np.flatnonzero(np.isin(problem.staff.kind, _kinds(case))):
        for w in range(len(problem.week_day) - 1):
            days = range(problem.week_day[w], problem.week_day[w + 1])
            for d in days:
                _swap(case, roster, (int(a), d), partner, into=False)
            over = int(_used(case, roster, int(a), days) - problem.staff.units_left[a, w])
            for d in _chosen(case, roster, (int(a), days), partner, over) if over > 0 else ():
                _swap(case, roster, (int(a), d), partner, into=True)


def _partners(case: Case) -> dict[int, int]:
    """The row of the same shift as overtime, or as no overtime, for each row that has one."""
    number = {(case.problem.shifts.units[m] > 0, shift): m for m, shift in enumerate(case.shifts)}
    pairs = {}
    for m, shift in enumerate(case.shifts):
        if shift.overtime:
            own = number.get((True, replace(shift, overtime=False)))
            if own is not None:
                pairs[own], pairs[m] = m, own
    return pairs


def _kinds(case: Case) -> np.ndarray:
    """The kinds of contract that have overtime."""
    return np.flatnonzero((case.problem.shifts.caps[:, :, CAPPED] == BIT).any(axis=1))


def _used(case: Case, roster: Roster, a: int, days: range) -> int:
    shifts, c = case.problem.shifts, case.problem.staff.kind[a]
    worked = [shifts.starts[c, d, roster.shift[a, d], WHICH] for d in days if roster.shift[a, d] >= 0]
    return int(shifts.units[worked].sum())


def _twin(case: Case, at: tuple[int, int], place: int, partner: dict[int, int]) -> int:
    """The place of the same shift as overtime (or as none) in the list of agent and day, -1 without."""
    if place < 0:
        return -1
    c, d = case.problem.staff.kind[at[0]], at[1]
    listed = case.problem.shifts.starts[c, d, : case.problem.shifts.offered[c, d]]
    other = partner.get(int(listed[place, WHICH]), -1)
    same = np.flatnonzero((listed[:, WHICH] == other) & (listed[:, BEGIN] == listed[place, BEGIN]))
    return int(same[0]) if len(same) else -1


def _swap(case: Case, roster: Roster, at: tuple[int, int], partner: dict[int, int], *, into: bool) -> None:
    """Make an agent's shift of a day overtime, or none, if it is the other."""
    twin = _twin(case, at, int(roster.shift[at]), partner)
    if twin >= 0:
        which = case.problem.shifts.starts[case.problem.staff.kind[at[0]], at[1], twin, WHICH]
        roster.shift[at] = twin if case.shifts[which].overtime == into else roster.shift[at]


def _chosen(
    case: Case, roster: Roster, of: tuple[int, range], partner: dict[int, int], over: int
) -> tuple[int, ...]:
    """The days whose shifts are the fewest units that bring the rest within the contract; late ones first."""
    (a, days), least = of, np.inf
    best: tuple[int, ...] = ()
    units = dict(_candidates(case, roster, of, partner))
    caps = case.problem.shifts.caps[case.problem.staff.kind[a]]
    most = int(caps[caps[:, CAPPED] == BIT, MOST].min())
    for number in range(1, most + 1):
        for some in combinations(reversed([d for d in days if d in units]), number):
            total = sum(units[d] for d in some)
            if over <= total < least:
                best, least = some, total
    return best


def _candidates(
    case: Case, roster: Roster, of: tuple[int, range], partner: dict[int, int]
) -> Iterator[tuple[int, int]]:
    """Days whose shift may be overtime, with its units."""
    a, days = of
    for d in days:
        twin = _twin(case, (a, d), int(roster.shift[a, d]), partner)
        if twin >= 0 and case.problem.staff.cost[a, d, twin] < FORBIDDEN:
            yield d, _used(case, roster, a, range(d, d + 1))
