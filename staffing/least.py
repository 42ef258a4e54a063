"""The least agents that meet every target together, which target decides, and what each needs alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from planner.domain.centre import Formula, Handling, Target
from staffing.distinct import answer_distinct
from staffing.erlang import DEFAULT_FORMULA, Demand, number_of
from staffing.search import solve
from staffing.temme import temme_coefficients

COUNTS_SHORT: Formula = "answered_in_t_and_short_abandons_over_offered"


@dataclass(frozen=True)
class Limits:
    """Targets that hold together, as numbers or arrays that broadcast with the demand; NaN = none.

    `service_levels` holds (share, seconds) pairs. ValueError where a target is impossible.
    """

    service_levels: tuple[tuple[ArrayLike, ArrayLike], ...] = ()
    max_abandonment: ArrayLike = np.nan
    max_occupancy: ArrayLike = np.nan
    max_asa_s: ArrayLike = np.nan
    formula: Formula = DEFAULT_FORMULA
    short_abandon_s: ArrayLike = 5.0

    def __post_init__(self) -> None:
        for share, seconds in self.service_levels:
            _refuse(np.less(share, 0) | np.greater(share, 1), "a service level's share lies between 0 and 1")
            _refuse(np.less(seconds, 0), "a service level's seconds, less the reaction time, are 0 or more")
            if self.formula == COUNTS_SHORT:  # else fewer agents, by losing nearly all at once, serve better
                _refuse(np.less(seconds, self.short_abandon_s), "short abandons must lie within the seconds")
        _refuse(np.less(self.max_abandonment, 0), "max_abandonment must be 0 or more")
        _refuse(np.less_equal(self.max_occupancy, 0), "max_occupancy must be more than 0")
        _refuse(np.less(self.max_asa_s, 0), "max_asa_s (less the reaction time) must be 0 or more")

    def columns(self) -> list[np.ndarray]:
        """Short abandon s, abandonment, occupancy, ASA, then share and seconds of each service level."""
        plain = [self.short_abandon_s, self.max_abandonment, self.max_occupancy, self.max_asa_s]
        levels = [cell for pair in self.service_levels for cell in pair]
        return [np.asarray(cell, dtype=float) for cell in (*plain, *levels)]


@dataclass(frozen=True)
class Least:
    """`agents` for all targets; `needs[..., t]` for target t alone (NaN = no such target).

    Targets stand in the order service levels, abandonment, occupancy, ASA. `binding` is the first
    target that needs as many as all together; -1 where nothing is offered.
    """

    agents: np.ndarray
    needs: np.ndarray
    binding: np.ndarray


def least_agents(demand: Demand, limits: Limits) -> Least:
    """The least agents for each demand; nothing offered needs nobody. Equal rows are solved once.

    ValueError without a target; OverflowError when no number of agents meets one.

    >>> limits = Limits(((0.80, 20), (0.90, 60)), max_abandonment=0.05)
    >>> found = least_agents(Demand([4, 40, 150], 300, 180), limits)
    >>> found.agents.tolist(), found.binding.tolist()
    ([7, 43, 148], [1, 0, 0])
    """
    together = np.broadcast_arrays(*demand.columns(), *limits.columns())
    needs = answer_distinct(together, lambda rows: needs_of_rows(rows, limits))
    needs = needs.reshape(*together[0].shape, len(limits.service_levels) + 3)
    most = np.where(np.isnan(needs), -1.0, needs).max(axis=-1, initial=-1.0)
    _refuse(most < 0, "no target is given")
    if np.isinf(most).any():
        raise OverflowError("a target cannot be met by any number of agents")
    first = (needs == most[..., None]).argmax(axis=-1)
    agents = np.maximum(most, 0).astype(np.int64)
    return Least(agents, needs, np.where(agents > 0, first, -1))


def limits_of(target: Target, handling: Handling) -> Limits:
    """The waits a target allows: its seconds less the agent's reaction, for the customer counts both."""
    react = handling.reaction_s
    return Limits(
        tuple((level.share, level.within_s - react) for level in target.service_levels),
        _or_nan(target.max_abandonment),
        _or_nan(target.max_occupancy),
        _or_nan(target.max_asa_s) - react,
        target.formula,
        handling.short_abandon_s,
    )


def needs_of_rows(rows: np.ndarray, limits: Limits) -> np.ndarray:
    """What each target alone needs (NaN = no such target, infinite = too many), one row each.

    A row holds the columns of a demand and then those of the limits; `limits` itself gives the formula.
    """
    needs = np.empty((len(rows), len(limits.service_levels) + 3))
    asked = np.ascontiguousarray(rows[:, 5:])
    solve(np.ascontiguousarray(rows[:, :5]), asked, number_of(limits.formula), temme_coefficients(), needs)
    return needs


def _or_nan(value: float | None) -> float:
    return np.nan if value is None else value


def _refuse(wrong: np.ndarray, what: str) -> None:
    if np.any(wrong):
        raise ValueError(what)
