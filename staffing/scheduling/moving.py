"""What it costs to move what is published, as the engine's arrays."""

from __future__ import annotations

import numpy as np

from planner.domain.moves import Moves
from staffing.scheduling.case import Case
from staffing.scheduling.problem import BEGIN, END, Roster
from staffing.scheduling.wishes import Wanted


def price_of_moves(case: Case, published: Roster, *, moves: Moves, known: np.ndarray) -> Wanted:
    """The price of every shift (agent x day x place), and of a free day (agent x day).

    A published shift is free, another on the same day costs its edges, a shift on a day off and a day off
    in the place of a shift cost a day each. `known` says whose roster was published at all: nobody else
    is moved.
    """
    shifts, kind = case.problem.shifts, case.problem.staff.kind
    edges = shifts.starts[..., [BEGIN, END]][kind]  # A x D x S x 2
    worked = published.shift >= 0
    place = np.maximum(published.shift, 0).astype(np.int64)[..., None, None]
    apart = np.abs(edges - np.take_along_axis(edges, place, axis=2)).max(axis=3)
    hours = apart * (case.clock.interval_min / 60)
    moved = np.where(apart > 0, moves.shift + moves.hour * hours, 0.0)
    price = np.where(worked[..., None], moved, moves.day) * known[:, None, None]
    return Wanted(price.astype(np.float32), moves.day * (worked & known[:, None]))
