"""Who may work which shift, as literals of a CP-SAT model, with the rests and limits of the engine.

The engine's own tables are posted: classes that leave a rest, places in the stretch since the last weekly
rest, contract units, caps. A roster is legal here when the engine could have made it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from staffing.scheduling.around import GAP, WORKED
from staffing.scheduling.problem import (
    AFTER_LONG,
    AFTER_REST,
    CAPPED,
    CLASS,
    FLAGS,
    FORBIDDEN,
    FRESH,
    GROUP,
    LINE,
    MOST,
    NEXT_DAY,
    NEXT_GAP,
    NIGHT,
    ONCE,
    WEEKS,
    WHICH,
    Problem,
)

Literal = cp_model.IntVar
Expression = Any  # of literals and numbers; OR-Tools tells a dozen kinds of whole numbers apart
Places = dict[int, Literal]  # a literal for each place in a day's list of shifts


@dataclass
class Choices:
    """The literals: `shift[a, d][i]` works the shift at place i, `works[a, d]` works at all."""

    model: cp_model.CpModel
    problem: Problem
    shift: dict[tuple[int, int], Places] = field(default_factory=dict)
    works: dict[tuple[int, int], Literal] = field(default_factory=dict)

    def of(self, a: int, d: int) -> Places:
        """The literals of an agent's day; none where nothing may be worked."""
        return self.shift.get((a, d), {})

    def start(self, a: int, d: int, i: int) -> np.ndarray:
        """The row of Shifts.starts."""
        return np.asarray(self.problem.shifts.starts[self.problem.staff.kind[a], d, i])


def every_shift(problem: Problem) -> dict[tuple[int, int], list[int]]:
    """Places that each agent may work on each day, for itself alone."""
    staff, shifts, days = problem.staff, problem.shifts, len(problem.day_begin) - 1
    allowed = {}
    for a, c in enumerate(staff.kind):
        for d in range(days):
            number = shifts.offered[c, d]
            night = shifts.starts[c, d, :number, NIGHT] == 1
            may = (staff.cost[a, d, :number] < FORBIDDEN) & (staff.free[a, d + 1].astype(bool) | ~night)
            if staff.free[a, d]:
                allowed[a, d] = [int(i) for i in np.flatnonzero(may)]
    return allowed


def choices(model: cp_model.CpModel, problem: Problem, allowed: dict[tuple[int, int], list[int]]) -> Choices:
    """At most one of the allowed shifts for every agent and day."""
    found = Choices(model, problem)
    for (a, d), places in allowed.items():
        found.shift[a, d] = {i: model.new_bool_var(f"shift {a} {d} {i}") for i in places}
        found.works[a, d] = works = model.new_bool_var(f"works {a} {d}")
        model.add(sum(found.shift[a, d].values()) == works)
        if problem.staff.must[a, d]:
            model.add(works == 1)
    return found


def post_law(found: Choices) -> None:
    """Every agent keeps to rests, stretches, contract and caps."""
    for a in range(len(found.problem.staff.kind)):
        _daily_rest(found, a)
        _stretches(found, a)
        _contract(found, a)
        _caps(found, a)
    _seats_of_nobody(found)


def _seats_of_nobody(found: Choices) -> None:
    """A day that has to be worked and offers nothing leaves no roster at all."""
    for a, d in np.argwhere(found.problem.staff.must):
        if (int(a), int(d)) not in found.works:
            found.model.add_bool_or([])


def _from_class(found: Choices, a: int, d: int, least: int) -> list[Literal] | int:
    """Literals of the shifts of day d in classes from `least` on; a number for the days before the first."""
    if d < 0:
        how, _, last = found.problem.staff.entry[a]
        worked = (how == WORKED and d == -1) or (how == GAP and d == -2)
        return int(worked and last >= least)
    return [x for i, x in found.of(a, d).items() if found.start(a, d, i)[CLASS] >= least]


def _total(literals: list[Literal] | int) -> Expression:
    return literals if isinstance(literals, int) else sum(literals)


def _by_group(found: Choices, a: int, d: int) -> dict[int, list[Literal]]:
    groups: dict[int, list[Literal]] = {}
    for i, x in found.of(a, d).items():
        groups.setdefault(int(found.start(a, d, i)[GROUP]), []).append(x)
    return groups


def _daily_rest(found: Choices, a: int) -> None:
    """No shift the day after one of a class that leaves too short a rest."""
    c = found.problem.staff.kind[a]
    for d in range(len(found.problem.day_begin) - 1):
        for g, literals in _by_group(found, a, d).items():
            late = _from_class(found, a, d - 1, found.problem.shifts.groups[c, d, g, AFTER_REST])
            found.model.add(sum(literals) + _total(late) <= 1)


@dataclass(frozen=True)
class Stretch:
    """Literals of one agent's stretches: place after each day worked, and days on which a new one begins."""

    place: dict[tuple[int, int], Literal | int]
    works: dict[int, Literal | int]
    fresh: dict[int, Literal]


def _stretches(found: Choices, a: int) -> None:
    """The place in the stretch follows the engine's table; a new one begins after a weekly rest."""
    stretch = _literals(found, a)
    for d, fresh in stretch.fresh.items():
        model, works = found.model, stretch.works
        before, gap = works.get(d - 1, 0), works.get(d - 2, 0)
        model.add_implication(fresh, works[d])
        model.add(fresh + before <= 1)
        model.add(fresh + before + gap >= works[d])
        _long_rest(found, a, d, fresh)
        for line, worked in _lines(found, a, d).items():
            _follow(found, a, (d, line), worked, stretch)


def _literals(found: Choices, a: int) -> Stretch:
    """Literals of the days to come, numbers of the two days before them."""
    model = found.model
    how, place, _ = (int(n) for n in found.problem.staff.entry[a])
    stretch = Stretch({}, {}, {})
    if how in (GAP, WORKED):
        back = -1 if how == WORKED else -2
        stretch.works[back], stretch.place[back, place] = 1, 1
    for d in range(len(found.problem.day_begin) - 1):
        if (a, d) in found.works:
            stretch.works[d] = found.works[a, d]
            stretch.fresh[d] = model.new_bool_var(f"fresh {a} {d}")
            places = [
                model.new_bool_var(f"place {a} {d} {j}") for j in range(found.problem.shifts.stretch.shape[3])
            ]
            stretch.place.update({(d, j): literal for j, literal in enumerate(places)})
            model.add(sum(places) == found.works[a, d])
    return stretch


def _lines(found: Choices, a: int, d: int) -> dict[int, Literal]:
    """A literal for each line (day work, night work) that can be worked on a day."""
    c = found.problem.staff.kind[a]
    lines: dict[int, list[Literal]] = {}
    for g, literals in _by_group(found, a, d).items():
        lines.setdefault(int(found.problem.shifts.groups[c, d, g, LINE]), []).extend(literals)
    worked = {line: found.model.new_bool_var(f"line {a} {d} {line}") for line in lines}
    for line, literals in lines.items():
        found.model.add(sum(literals) == worked[line])
    return worked


def _long_rest(found: Choices, a: int, d: int, fresh: Literal) -> None:
    """A single day off makes a weekly rest only where the shifts around it leave one."""
    c = found.problem.staff.kind[a]
    for g, literals in _by_group(found, a, d).items():
        late = _from_class(found, a, d - 2, found.problem.shifts.groups[c, d, g, AFTER_LONG])
        found.model.add(fresh + sum(literals) + _total(late) <= 2)


def _follow(found: Choices, a: int, at: tuple[int, int], worked: Literal, stretch: Stretch) -> None:
    """Where a day's work leads from every place; `at` is (day, line)."""
    (d, line), model = at, found.model
    table, fresh = found.problem.shifts.stretch[found.problem.staff.kind[a], line], stretch.fresh[d]
    _lead(model, [fresh, worked], int(table[FRESH, 0]), stretch, d)
    for j in range(table.shape[1]):
        yesterday, gap = stretch.place.get((d - 1, j), 0), stretch.place.get((d - 2, j), 0)
        if not isinstance(yesterday, int) or yesterday:
            _lead(model, [yesterday, worked], int(table[NEXT_DAY, j]), stretch, d)
        if not isinstance(gap, int) or gap:
            off = stretch.works.get(d - 1, 0)
            if not (isinstance(off, int) and off):
                free = [] if isinstance(off, int) else [off.negated()]
                old: list[Expression] = [gap, worked, fresh.negated(), *free]
                _lead(model, old, int(table[NEXT_GAP, j]), stretch, d)


def _lead(model: cp_model.CpModel, when: Iterable[Expression], place: int, stretch: Stretch, d: int) -> None:
    """When all of this holds, the day leads to a place; -1: it must not hold."""
    negated = [each.negated() for each in when if not isinstance(each, int)]
    model.add_bool_or([*negated, stretch.place[d, place]] if place >= 0 else negated)


def _contract(found: Choices, a: int) -> None:
    """Days and hours of each week within what the contract has left."""
    problem = found.problem
    for w in range(len(problem.week_day) - 1):
        week = range(problem.week_day[w], problem.week_day[w + 1])
        worked = [found.works[a, d] for d in week if (a, d) in found.works]
        units = [
            int(problem.shifts.units[found.start(a, d, i)[WHICH]]) * x
            for d in week
            for i, x in found.of(a, d).items()
        ]
        found.model.add(sum(worked) <= int(problem.staff.days_left[a, w]))
        found.model.add(sum(units) <= int(problem.staff.units_left[a, w]))


def _caps(found: Choices, a: int) -> None:
    """What is counted over several weeks, those before the horizon included."""
    problem = found.problem
    back, weeks = problem.staff.before.shape[1], len(problem.week_day) - 1
    for bit, most, span, once in problem.shifts.caps[problem.staff.kind[a]][:, [CAPPED, MOST, WEEKS, ONCE]]:
        if bit < 0:
            continue
        counts = [_counted(found, a, w - back, int(bit), bool(once)) for w in range(back + weeks)]
        for first in range(max(0, back - span + 1), len(counts)):
            found.model.add(sum(counts[first : first + span]) <= int(most))


def _counted(found: Choices, a: int, w: int, bit: int, once: bool) -> Expression:
    """How often a week counts; weeks before the horizon have negative numbers."""
    problem = found.problem
    if w < 0:
        count = int(problem.staff.before[a, w, bit])
        return min(count, 1) if once else count
    literals = flagged(found, a, range(problem.week_day[w], problem.week_day[w + 1]), bit)
    if not once:
        return sum(literals)
    some = found.model.new_bool_var(f"counts {a} {w} {bit}")
    for literal in literals:
        found.model.add_implication(literal, some)
    return some


def flagged(found: Choices, a: int, days: Iterable[int], bit: int) -> list[Literal]:
    """Literals of the shifts that count as what a bit stands for."""
    return [x for d in days for i, x in found.of(a, d).items() if int(found.start(a, d, i)[FLAGS]) >> bit & 1]
