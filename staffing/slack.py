"""Why so many agents: how far each target is from breaking, and what one agent fewer would break."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from staffing.distinct import answer_distinct
from staffing.erlang import Demand, measures, service_level
from staffing.least import Least, Limits

LOAD, DEMAND_COLUMNS = 0, 5


@dataclass(frozen=True)
class Served:
    """What so many agents give, in the shape of demand, agents and limits together.

    `service_levels[..., i]` and `slack[..., t]` have one more axis; targets stand in the order of
    `Least.needs`: service levels, abandonment, occupancy, ASA. `slack` is how far a target is kept, in
    its own unit: share of contacts, of contacts, of time, seconds; negative where it is missed. NaN where
    there is no such target or nobody to ask: nothing offered, no agent, nobody answered.
    """

    agents: np.ndarray
    service_levels: np.ndarray
    p_abandon: np.ndarray
    occupancy: np.ndarray
    asa_s: np.ndarray
    slack: np.ndarray


@dataclass(frozen=True)
class Why:
    """What the least agents give, what one fewer gives, and which targets (`breaks[..., t]`) would break.

    NaN, and nothing breaks, where nobody is needed: there is no agent to take away.
    """

    least: Served
    one_fewer: Served
    breaks: np.ndarray


def why(demand: Demand, *, limits: Limits, least: Least) -> Why:
    """The measures at the least agents and one below, and the targets that forbid to go there.

    `least` is what `least_agents` gave for this demand and these limits.

    >>> from staffing.least import least_agents
    >>> demand, limits = Demand(12, 300, 180), Limits(((0.80, 20), (0.90, 60)), max_abandonment=0.05)
    >>> found = why(demand, limits=limits, least=least_agents(demand, limits))
    >>> found.breaks.tolist(), found.one_fewer.service_levels.round(3).tolist()
    ([True, True, True, False, False], [0.791, 0.884])
    """
    enough = served(demand, agents=least.agents, limits=limits)
    fewer = served(demand, agents=np.where(least.agents > 0, least.agents - 1.0, np.nan), limits=limits)
    breaks = (least.needs == least.agents[..., None]) & (least.agents[..., None] > 0)
    return Why(enough, fewer, breaks)


def served(demand: Demand, *, agents: ArrayLike, limits: Limits) -> Served:
    """What given agents (NaN = not to be answered) give against the targets. Equal rows are worked out once.

    >>> float(served(Demand(12, 300, 180), agents=11, limits=Limits(((0.80, 20),))).slack[0].round(3))
    -0.288
    """
    count = np.asarray(agents, dtype=float)
    together = np.broadcast_arrays(*demand.columns(), *limits.columns(), count)
    shape, levels = together[0].shape, len(limits.service_levels)
    cells = answer_distinct(together, lambda rows: _answers(rows, limits)).reshape(*shape, -1)
    abandon, occupancy, asa_s = np.moveaxis(cells[..., levels : levels + 3], -1, 0)
    return Served(together[-1], cells[..., :levels], abandon, occupancy, asa_s, cells[..., levels + 3 :])


def _answers(rows: np.ndarray, limits: Limits) -> np.ndarray:
    """Service levels, abandonment, occupancy and ASA of each row, then the slack of each target."""
    result = np.full((len(rows), 2 * (len(limits.service_levels) + 3)), np.nan)
    asked = (rows[:, LOAD] > 0) & ~np.isnan(rows[:, -1])
    demand, agents = Demand(*rows[asked, :DEMAND_COLUMNS].T), rows[asked, -1]
    short_s, *most, pairs = np.split(rows[asked, DEMAND_COLUMNS:-1].T, [1, 2, 3, 4])
    levels = [
        service_level(
            demand, agents=agents, within_s=seconds, formula=limits.formula, short_abandon_s=short_s[0]
        )
        for seconds in pairs[1::2]
    ]
    found = measures(demand, agents=agents)
    busy = np.where(agents > 0, found.occupancy, np.nan)
    slack = [*np.subtract(levels, pairs[::2]), most[0][0] - found.p_abandon, most[1][0] - busy]
    slack.append(most[2][0] - found.asa_s)
    result[asked] = np.array([*levels, found.p_abandon, busy, found.asa_s, *slack]).T
    return result
