"""Full-time equivalents: paid hours over the weekly hours of a full-time contract."""

from __future__ import annotations

from planner.domain.capacity import Capacity
from planner.domain.centre import Centre

USUAL_H = 40.0  # where the plan names no contract


def weekly_hours(centre: Centre) -> dict[str, float]:
    """Hours a week by contract."""
    return {name: contract.weekly_hours for name, contract in centre.contracts.items()}


def full_time_h(centre: Centre, capacity: Capacity) -> float:
    """Weekly hours of a full-time equivalent: as said, else those of the longest contract."""
    said = capacity.full_time_h
    return max(weekly_hours(centre).values(), default=USUAL_H) if said is None else said
