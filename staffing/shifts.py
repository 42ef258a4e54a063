"""Shift patterns made concrete: where a shift may start, how long it lasts, where its pauses may lie.

Meals are unpaid and rounded up to whole intervals. Paid breaks keep their exact minutes; they begin
with an interval, so that an agent with a break of 15 min serves half of an interval of 30 min.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from planner.domain.centre import Contract, LabourRules, ShiftPattern
from staffing.labour import Limits
from staffing.pauses import Pause as Pause
from staffing.pauses import pauses_of

DAY_MIN = 1440


@dataclass(frozen=True)
class Shift:
    """A shift by the site's clock: start in minutes after local midnight, pauses in order of time.

    It may be worked on the local days `only_on`; None = on every day. One of `overtime` takes no hours of
    the contract.
    """

    pattern: str
    start_min: int
    paid_min: int
    pauses: tuple[Pause, ...]
    only_on: frozenset[date] | None = None
    overtime: bool = False

    @property
    def span_min(self) -> int:
        """Minutes from the start to the end, unpaid meals included."""
        return self.paid_min + sum(pause.minutes for pause in self.pauses if pause.activity == "meal")


def shifts(
    contract: Contract,
    *,
    patterns: Iterable[ShiftPattern],
    labour: LabourRules,
    limits: Limits,
    interval_min: int,
) -> tuple[Shift, ...]:
    """Every shift of a contract that the limits allow, at every start of its pattern.

    A pattern belongs to a contract when its paid hours are among the contract's `shift_h`. Empty when
    no pattern fits, or when no placing of its pauses keeps the longest work in a row.
    """
    found = []
    for pattern in patterns:
        paid_min = round(pattern.paid_h * 60)
        if (
            pattern.paid_h not in contract.shift_h
            or pattern.paid_h > limits.shift_h
            or paid_min % interval_min
        ):
            continue
        pauses = pauses_of(pattern, labour=labour, limits=limits, interval_min=interval_min)
        if pauses is not None:
            starts = _starts(pattern, interval_min)
            found += [Shift(pattern.name, start, paid_min, pauses) for start in starts]
    return tuple(found)


def _starts(pattern: ShiftPattern, interval_min: int) -> Iterable[int]:
    """Minutes after midnight at which a pattern's shifts start: those it lists, or at every step."""
    if pattern.starts_min:
        return [start for start in pattern.starts_min if start % interval_min == 0]
    return range(0, DAY_MIN, max(pattern.start_step_min, interval_min))
