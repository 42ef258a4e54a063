"""Two sides of a question: the same need and the same start, searched as long; what differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.schedule_tables import ALL, WHAT_IF
from staffing.scheduling.again import Effort, searched_again
from staffing.scheduling.ascent import Climb
from staffing.scheduling.case import Case
from staffing.scheduling.exact.solve import Patience, exact, small
from staffing.scheduling.priced import priced
from staffing.scheduling.problem import WHICH, Roster
from staffing.scheduling.roster_cost import total_cost, under_over_h
from staffing.scheduling.segments import segments


@dataclass(frozen=True)
class Side:
    """A roster of a case, what it costs, what none can undercut, and whether nothing is left between them."""

    case: Case
    roster: Roster
    cost: float
    bound: float
    proven: bool

    @property
    def schedule(self) -> pd.DataFrame:
        """The roster as SCHEDULE."""
        return segments(self.case, self.roster)


def side(
    case: Case, schedule: pd.DataFrame, *, effort: Effort, climb: Climb, patience: Patience | None
) -> Side:
    """A case searched again from a SCHEDULE; with `patience` a small team is then solved exactly.

    The bound is of coverage and idle hours, unless the exact answer has a better one of all together.
    """
    roster = searched_again(case, schedule, effort=effort)
    cost = total_cost(case, roster)
    if not case.agents:
        return Side(case, roster, cost, cost, proven=True)
    low = min(max(priced(case, roster, climb=climb).bound, 0.0), cost)
    best = exact(case, patience=patience, hint=roster) if patience and small(case) else None
    if best is None:
        return Side(case, roster, cost, low, proven=False)
    kept = best.roster if best.cost < cost else roster
    return Side(case, kept, min(best.cost, cost), max(low, best.bound), best.proven)


def differences(before: Side, after: Side) -> pd.DataFrame:
    """WHAT_IF of a site."""
    keys = ["language", "measure"]
    one, other = (pd.DataFrame(_rows(each), columns=[*keys, "value"]) for each in (before, after))
    both = one.merge(other, on=keys, how="outer", suffixes=("_before", "_after"))
    both = both.rename(columns={"value_before": "before", "value_after": "after"})
    difference = both["after"].fillna(0.0) - both["before"].fillna(0.0)
    rows = both.assign(site=before.case.site.code, difference=difference)
    order = pd.Categorical(rows["measure"], WHAT_IF.column("measure").values)
    ordered = rows.assign(order=order.codes, each=rows["language"] != ALL)
    return WHAT_IF.check(ordered.sort_values(["each", "language", "order"]))


def _rows(found: Side) -> Iterator[tuple[str, str, float]]:
    case, roster = found.case, found.roster
    yield ALL, "agents", float(len(case.agents))
    yield ALL, "cost", found.cost
    yield ALL, "bound", found.bound
    yield ALL, "paid_h", paid_h(case, roster)
    under, over = under_over_h(case, roster)
    required = (case.problem.demand.need + case.there).sum(axis=1) * case.clock.interval_min / 60
    hours = pd.DataFrame({"required_h": required, "under_h": under, "over_h": over})
    by_language = hours.groupby([key.language for key in case.queues]).sum()
    by_language.loc[ALL] = hours.sum()
    for language, row in by_language.iterrows():
        for measure, value in row.items():
            yield str(language), str(measure), float(value)


def paid_h(case: Case, roster: Roster) -> float:
    """Paid hours of a roster."""
    a, d = np.nonzero(roster.shift >= 0)
    which = case.problem.shifts.starts[case.problem.staff.kind[a], d, roster.shift[a, d], WHICH]
    return float(sum(case.shifts[m].paid_min for m in which) / 60)
