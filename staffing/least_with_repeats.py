"""The least agents when customers come again: the number of agents and the load settle each other.

More agents always answer more and lose fewer: of two curves of abandoned against answered the one with
more agents lies lower, and both cross the same falling line (`staffing.redials`). So abandonment and
the mean wait of all fall with the agents. The load falls too where redials outweigh reconnects, and with
it every target is monotone. Where reconnects outweigh redials the load *rises* with the agents, and
occupancy may get worse before it gets better: with 19 of 20 answered reconnecting a limit of .65 is kept
by one agent, broken by ten, kept by thirty. Service levels did not in any case tried, but nothing proves
it. The answer is the least number that meets all targets together.

One step serves both: `need`, the least agents at the load that so many agents would meet. It is monotone
in the load, hence

- load rising: nobody between the agents tried and `need` will do, so trying `need` next skips no answer;
- load falling: the answer lies between the agents tried and `need`, so both ends of a bracket close.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.distinct import answer_distinct
from staffing.erlang import Demand
from staffing.least import Least, Limits, needs_of_rows
from staffing.redials import Repeats, with_repeats
from staffing.slack import Why, served

LOAD, PATIENCE, REDIAL, RECONNECT, LIMITS = 0, 2, 5, 6, 7
ABANDONMENT, LEVELS = LIMITS + 1, LIMITS + 4


@dataclass(frozen=True)
class LeastWithRepeats:
    """The least agents, the total demand they meet, and which targets one agent fewer would break.

    `least.needs[..., t]` is the least that meets target t alone, at the load that so many would meet;
    `least.binding` is the first target that one agent fewer would break.
    """

    least: Least
    total: Demand
    breaks: np.ndarray


def least_with_repeats(fresh: Demand, *, limits: Limits, repeats: Repeats) -> LeastWithRepeats:
    """The least agents for fresh demand and the repeats it causes; equal rows are solved once.

    ValueError without a target; OverflowError when no number of agents meets one.

    >>> limits = Limits(((0.80, 20), (0.90, 60)), max_abandonment=0.05)
    >>> found = least_with_repeats(Demand([4, 150], 300, 180), limits=limits, repeats=Repeats(0.5, 0.1))
    >>> found.least.agents.tolist(), found.total.load.round(1).tolist()
    ([7, 167], [4.5, 170.0])
    """
    shares = [np.asarray(share, dtype=float) for share in (repeats.redial_share, repeats.reconnect_share)]
    together = np.broadcast_arrays(*fresh.columns(), *shares, *limits.columns())
    shape, targets = together[0].shape, len(limits.service_levels) + 3
    cells = answer_distinct(together, lambda rows: _answers(rows, limits))
    agents = cells[:, 0].reshape(shape).astype(np.int64)
    needs = cells[:, 1 : targets + 1].reshape(*shape, targets)
    breaks = cells[:, targets + 1 :].reshape(*shape, targets) > 0
    binding = np.where(breaks.any(axis=-1), breaks.argmax(axis=-1), -1)
    return LeastWithRepeats(
        Least(agents, needs, binding), with_repeats(fresh, agents=agents, repeats=repeats), breaks
    )


def why_with_repeats(fresh: Demand, *, limits: Limits, repeats: Repeats, found: LeastWithRepeats) -> Why:
    """As `staffing.slack.why`: the measures at the least agents and one below, each at its own load."""
    agents = found.least.agents
    fewer = with_repeats(fresh, agents=np.maximum(agents - 1, 0), repeats=repeats)
    one_fewer = np.where(agents > 0, agents - 1.0, np.nan)
    return Why(
        served(found.total, agents=agents, limits=limits),
        served(fewer, agents=one_fewer, limits=limits),
        found.breaks,
    )


def _answers(rows: np.ndarray, limits: Limits) -> np.ndarray:
    """Agents for all targets, then what each alone needs, then 1 for each that one agent fewer breaks."""
    low, high = _ends(rows, limits)
    agents = _fewest(rows, limits, low=_most(low), high=_most(high))
    if np.isnan(agents).any():
        raise ValueError("no target is given")
    needs = [
        _fewest(_only(rows, target), limits, low=low[:, target], high=high[:, target])
        for target in range(low.shape[1])
    ]
    fewer = np.maximum(agents - 1, 0)
    breaks = (_needs(rows, _load(rows, fewer), limits) > fewer[:, None]) & (agents > 0)[:, None]
    return np.column_stack([agents, *needs, breaks])


def _only(rows: np.ndarray, target: int) -> np.ndarray:
    """The rows with that one target alone, in the order of `Least.needs`."""
    shares = np.arange(LEVELS, rows.shape[1], 2)
    columns = [*shares, *range(ABANDONMENT, LEVELS)]
    alone = rows.copy()
    alone[:, [column for i, column in enumerate(columns) if i != target]] = np.nan
    return alone


def _fewest(rows: np.ndarray, limits: Limits, *, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The least agents for the targets of each row together, from `low` to `high`; NaN where it has none.

    The first try is `low`: few come again where targets are met, and `need` is then close above.
    """
    never, low, high, first = np.isinf(rows[:, PATIENCE]), low.copy(), high.copy(), True
    rising = rows[:, RECONNECT] > np.where(never, 0.0, rows[:, REDIAL])
    while (still := np.flatnonzero(low < high)).size:
        here, least, most, up = rows[still], low[still], high[still], rising[still]
        tried = np.where(up | first, least, np.floor((least + most) / 2))
        need = _most(_needs(here, _load(here, tried), limits))
        met, first = need <= tried, False
        high[still] = np.where(met, tried, np.where(up, most, np.minimum(most, need)))
        low[still] = np.where(met, np.maximum(least, need), np.where(up, need, tried + 1))
    return low


def _ends(rows: np.ndarray, limits: Limits) -> tuple[np.ndarray, np.ndarray]:
    """What the smallest and the largest load would need that any number of agents can meet."""
    fresh, redial, reconnect = rows[:, LOAD], rows[:, REDIAL], rows[:, RECONNECT]
    none_answered = np.where(np.isinf(rows[:, PATIENCE]), fresh, fresh / (1 - redial))
    all_answered = fresh / (1 - reconnect)
    smallest, largest = np.minimum(none_answered, all_answered), np.maximum(none_answered, all_answered)
    low, high = _needs(rows, smallest, limits), _needs(rows, largest, limits)
    if np.isinf(high).any():
        raise OverflowError("a target cannot be met by any number of agents")
    return low, high


def _load(rows: np.ndarray, agents: np.ndarray) -> np.ndarray:
    """The total load that so many agents meet."""
    repeats = Repeats(rows[:, REDIAL], rows[:, RECONNECT])
    return np.asarray(with_repeats(Demand(*rows[:, :REDIAL].T), agents=agents, repeats=repeats).load)


def _needs(rows: np.ndarray, load: np.ndarray, limits: Limits) -> np.ndarray:
    asked = np.column_stack([load, rows[:, 1:REDIAL], rows[:, LIMITS:]])
    return needs_of_rows(np.ascontiguousarray(asked), limits)


def _most(needs: np.ndarray) -> np.ndarray:
    """The largest of each row, targets that do not exist left out; NaN where there is none."""
    most = np.where(np.isnan(needs), -1.0, needs).max(axis=1, initial=-1.0)
    return np.where(most < 0, np.nan, most)
