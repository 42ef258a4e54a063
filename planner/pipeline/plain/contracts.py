"""Contracts where nobody tells more than the hours of a week."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor

from planner.domain.centre import Contract, ShiftPattern

DAYS_A_WEEK = (5, 4, 6, 3, 2, 1)  # the likeliest first
SHIFT_H = (4.0, 10.0)  # of a shift that people would work
SHORTEST_H = 1.0


def contract_of(weekly_h: float, interval_min: int) -> Contract:
    """A week's hours as days of equal shifts that whole intervals make up.

    >>> contract_of(40, 30).shift_h, contract_of(30, 30).days_per_week, contract_of(36, 30).shift_h
    ((8.0,), 5, (9.0,))

    Where no number of days does, five shifts leave the least over: 38 h become 5 x 7.5 h.
    """
    for days in DAYS_A_WEEK:
        shift_h = weekly_h / days
        if SHIFT_H[0] <= shift_h <= SHIFT_H[1] and (shift_h * 60) % interval_min == 0:
            return Contract(name_of(weekly_h), weekly_h, days, (shift_h,))
    days = max((n for n in DAYS_A_WEEK if weekly_h / n >= SHIFT_H[0]), default=1)
    shift_h = floor(weekly_h / days * 60 / interval_min) * interval_min / 60
    return Contract(name_of(weekly_h), weekly_h, days, (max(shift_h, SHORTEST_H),))


def name_of(weekly_h: float) -> str:
    """What a contract is called, such as 37.5 h."""
    return f"{weekly_h:g} h"


def patterns_of(contracts: Iterable[Contract], interval_min: int) -> tuple[ShiftPattern, ...]:
    """A shift pattern for each length of shift, starting every half-hour, the longest first."""
    lengths = sorted({shift_h for contract in contracts for shift_h in contract.shift_h}, reverse=True)
    return tuple(ShiftPattern(f"{paid:g} h", paid, max(30, interval_min)) for paid in lengths)


def said(contract: Contract) -> str:
    """A contract in words, such as 40 h: 5 shifts of 8 h."""
    return f"{contract.name}: {contract.days_per_week} shifts of {contract.shift_h[0]:g} h"
