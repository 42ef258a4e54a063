"""Prices that are not linear in the shifts, as a CP-SAT model: what `taste.py` asks of a roster."""

from __future__ import annotations

from staffing.scheduling.around import GAP, WORKED
from staffing.scheduling.exact.contact import SCALE
from staffing.scheduling.exact.shifts import Choices, Expression, flagged
from staffing.scheduling.problem import CLOCK

MOST_CLOCK = 200  # intervals: more than those of any day


def post_taste(found: Choices) -> Expression:
    """Price of fair shares, days off alone, steady starts and rotation, in `SCALE` of a unit."""
    taste = found.problem.taste
    total: list[Expression] = []
    for a in range(len(found.problem.staff.kind)):
        total += _fair(found, a)
        if taste.alone > 0:
            total += _alone(found, a)
        if taste.steady > 0:
            total += _steady(found, a)
        if taste.rotation > 0:
            total += _rotation(found, a)
    return sum(total)


def _fair(found: Choices, a: int) -> list[Expression]:
    """The square of each count's distance to the fair share, read from a table of all counts."""
    problem, model, costs = found.problem, found.model, list[Expression]()
    days = range(len(problem.day_begin) - 1)
    for n, price in enumerate(problem.taste.fair):
        if price <= 0:
            continue
        before = float(problem.staff.before[a, :, n].sum() - problem.staff.due[a, n])
        table = [round(SCALE * price * (before + k) ** 2) for k in range(len(days) + 1)]
        count = model.new_int_var(0, len(days), f"count {a} {n}")
        model.add(count == sum(flagged(found, a, days, n)))
        cost = model.new_int_var(0, max(table), f"fair {a} {n}")
        model.add_element(count, table, cost)
        costs.append(cost)
    return costs


def _alone(found: Choices, a: int) -> list[Expression]:
    """A day off between two worked, the days before the horizon included."""
    how = found.problem.staff.entry[a, 0]
    worked: dict[int, Expression] = {-2: int(how == GAP), -1: int(how == WORKED)}
    days = len(found.problem.day_begin) - 1
    worked |= {d: found.works.get((a, d), 0) for d in range(days)}
    costs = []
    for d in range(-1, days - 1):
        single = found.model.new_bool_var(f"alone {a} {d}")
        found.model.add(single >= worked[d - 1] + worked[d + 1] - worked[d] - 1)
        costs.append(round(SCALE * found.problem.taste.alone) * single)
    return costs


def _clock(found: Choices, a: int, d: int) -> Expression:
    """The clock of the day's start, 0 on a free day."""
    return sum(int(found.start(a, d, i)[CLOCK]) * x for i, x in found.of(a, d).items())


def _steady(found: Choices, a: int) -> list[Expression]:
    """Distance of each start to the middle start of its week, which is where the sum is least."""
    problem, model, costs = found.problem, found.model, list[Expression]()
    for w in range(len(problem.week_day) - 1):
        middle = model.new_int_var(0, MOST_CLOCK, f"middle {a} {w}")
        for d in range(problem.week_day[w], problem.week_day[w + 1]):
            if (a, d) in found.works:
                away = model.new_int_var(0, MOST_CLOCK, f"away {a} {d}")
                free = MOST_CLOCK * (1 - found.works[a, d])
                model.add(away >= _clock(found, a, d) - middle)
                model.add(away >= middle - _clock(found, a, d) - free)
                costs.append(round(SCALE * problem.taste.steady) * away)
    return costs


def _rotation(found: Choices, a: int) -> list[Expression]:
    """Intervals by which a start comes earlier than that of the day before."""
    price, costs = round(SCALE * found.problem.taste.rotation), []
    for d in range(1, len(found.problem.day_begin) - 1):
        if (a, d) in found.works and (a, d - 1) in found.works:
            earlier = found.model.new_int_var(0, MOST_CLOCK, f"earlier {a} {d}")
            off = MOST_CLOCK * (1 - found.works[a, d])
            found.model.add(earlier >= _clock(found, a, d - 1) - _clock(found, a, d) - off)
            costs.append(price * earlier)
    return costs
