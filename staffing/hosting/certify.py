"""Teams are brought to the size at which simulation says that every queue meets every target, and no larger.

Sizing and certifying use different luck. While a team is sized, every size meets the same contacts (common
random numbers). A target is held when its whole 95 % interval is on the right side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from staffing.hosting.floor import around
from staffing.hosting.teams import Team
from staffing.simulation.certainty import ratio
from staffing.simulation.counts import Counts
from staffing.simulation.report import Measured, measures
from staffing.simulation.teams import TeamModel, drawn, on_duty, played

BLOCK_H = 4
LEAST_SCALE, SCALE_STEP, SCALES = 0.76, 0.02, 13  # up to the model's own size
TRIALS = 10  # further sizes tried when people are taken away
ROUNDS = 30  # of people added
SPREAD = 4  # blocks that get one more in a round, for each queue that misses
CONTACTS = 150_000  # in all replications of one trial; few replications of a large team say as much
FEWEST, MOST = 8, 16


@dataclass(frozen=True)
class Trial:
    """Counts of several replications: each intervals of the week, replications x queues x intervals."""

    counts: Counts

    def totals(self, number: int) -> Counts:
        """Counts of one queue over the week, replications x 1."""
        return Counts(*(part[:, number].sum(axis=-1, keepdims=True).astype(float) for part in self.counts))


@dataclass(frozen=True)
class Sizing:
    """How a team is sized: seed of the luck, and how far inside a target it must be.

    `margin` 1 means that the whole 95 % interval over these replications meets the target.
    """

    seed: int
    margin: float


Look = Callable[[np.ndarray], Trial]
Holds = Callable[[Trial], bool]


def trial(model: TeamModel, team: Team, *, paths: np.ndarray, seed: int, count: int) -> Trial:
    """The team meets `count` weeks."""
    return Trial(_stacked(_each(model, team, paths=paths, seed=seed, count=count)))


def _each(model: TeamModel, team: Team, *, paths: np.ndarray, seed: int, count: int) -> Iterator[Counts]:
    duty = on_duty(model, around(np.array(list(team.agents.values())), _before(model)))
    for number in range(count):
        contacts = drawn(model, path=int(paths[number % len(paths)]), seed=seed, replication=number)
        yield _of_week(played(model, duty, contacts), model)


def _before(model: TeamModel) -> int:
    """Intervals ahead of the week."""
    return len(model.horizon.starts) - 7 * 1440 // model.horizon.interval_min


def _of_week(counts: Counts, model: TeamModel) -> Counts:
    return Counts(*(part[..., _before(model) :].astype(np.float32) for part in counts))


def _stacked(counts: Iterator[Counts]) -> Counts:
    return Counts(*(np.stack(parts) for parts in zip(*counts, strict=True)))


def aims(trial: Trial, model: TeamModel) -> Iterator[tuple[int, Measured]]:
    """Every target of every queue, with what was measured over the week."""
    for number, queue in enumerate(model.queues):
        for one in measures(trial.totals(number), queue):
            if one.target is not None:
                yield number, one


def room(measured: Measured, *, margin: float) -> float:
    """How far inside its target a measure is, less `margin` half intervals; nothing measured is inside."""
    mean = ratio(*(np.asarray(part, float)[:, 0] for part in measured.quotient))
    if np.isnan(mean.value):
        return 0.0
    half = float(mean.value - mean.low) * margin
    target = measured.target or 0.0
    found = float(mean.value - half - target if measured.at_least else target - mean.value - half)
    return found if np.isfinite(found) else -1.0


def sized(model: TeamModel, team: Team, sizing: Sizing) -> Team:
    """The team with the fewest people found that hold every target in the search's own luck."""
    look = _looking(model, sizing)

    def holds(found: Trial) -> bool:
        return all(room(one, margin=sizing.margin) >= 0 for _, one in aims(found, model))

    agents = _scaled(np.array(list(team.agents.values())), look, holds)
    agents = _added(agents, look, model, sizing)
    return _with(team, _removed(agents, look, holds, model))


def enlarged(model: TeamModel, team: Team, sizing: Sizing) -> Team:
    """The team with people added until every target holds in the search's own luck."""
    look = _looking(model, sizing)
    return _with(team, _added(np.array(list(team.agents.values())), look, model, sizing))


def _with(team: Team, agents: np.ndarray) -> Team:
    return replace(team, agents=dict(zip(team.agents, agents, strict=True)))


def _looking(model: TeamModel, sizing: Sizing) -> Look:
    """What given agents meet in the search's own luck, which is drawn once."""
    contacts = [drawn(model, path=0, seed=sizing.seed, replication=n) for n in range(_replications(model))]

    def look(agents: np.ndarray) -> Trial:
        duty = on_duty(model, around(agents, _before(model)))
        return Trial(_stacked(_of_week(played(model, duty, each), model) for each in contacts))

    return look


def _replications(model: TeamModel) -> int:
    weekly = sum(float(one.day_mean.sum()) for one in model.demands)
    return int(np.clip(CONTACTS / max(weekly, 1.0), FEWEST, MOST))


def _scaled(agents: np.ndarray, look: Look, holds: Holds) -> np.ndarray:
    """The least of a few scales, the same in every interval, that holds; as they are where none does.

    A pool misses in one language: what it lacks is added there, not everywhere.
    """
    low, high = 0, SCALES - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(look(_of_scale(agents, middle))) else (middle + 1, high)
    return _of_scale(agents, low)


def _of_scale(agents: np.ndarray, number: int) -> np.ndarray:
    """People of all groups together scaled and rounded up once; the largest remainders are rounded up."""
    exact = agents * (LEAST_SCALE + SCALE_STEP * number)
    whole = np.floor(exact + 1e-9)
    wanted = np.ceil(exact.sum(axis=0) - 1e-9) - whole.sum(axis=0)
    rank = np.argsort(np.argsort(whole - exact, axis=0, kind="stable"), axis=0)
    return (whole + (rank < wanted)).astype(np.int64)


def blocks_of(model: TeamModel) -> np.ndarray:
    """The number of the four-hour block of each interval of the week."""
    count = 7 * 1440 // model.horizon.interval_min
    return np.arange(count) * model.horizon.interval_min // (60 * BLOCK_H)


def _added(agents: np.ndarray, look: Look, model: TeamModel, sizing: Sizing) -> np.ndarray:
    """People added, round by round, in the blocks where most contacts of a missed queue come too late."""
    for number in range(ROUNDS):
        found = look(agents)
        missed = {q for q, one in aims(found, model) if room(one, margin=sizing.margin) < 0}
        if not missed:
            break
        for queue in missed:
            times = SPREAD * (1 + number // 8)
            agents = _one_more(agents, queue, late(found, model, queue), model, times=times)
    return agents


def late(found: Trial, model: TeamModel, queue: int) -> np.ndarray:
    """Contacts of each interval of the week that were not served in time, mean over replications."""
    counts = found.counts
    if model.queues[queue].kind == "deferred":
        return (counts.judged - counts.met)[:, queue].mean(axis=0)
    return (counts.offered - counts.answered_in_t1)[:, queue].mean(axis=0)


def _one_more(
    agents: np.ndarray, queue: int, missed: np.ndarray, model: TeamModel, *, times: int
) -> np.ndarray:
    """One more, of fewest skills, in the blocks with most missed contacts for each person there."""
    group = min((g for g, qs in enumerate(model.served) if queue in qs), key=lambda g: len(model.served[g]))
    serving = [g for g, qs in enumerate(model.served) if queue in qs]
    there = agents[serving].sum(axis=0)
    block = blocks_of(model)
    lost = np.bincount(block, _when_at_work(missed, there)) / np.maximum(np.bincount(block, there), 1)
    grown = agents.copy()
    for best in np.argsort(-lost)[:times]:
        grown[group] += (block == best) & (there > 0)
    return grown


def _when_at_work(missed: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Contacts that come while nobody works, counted when somebody is at work next, if need be on Monday."""
    at_work = np.flatnonzero(there)
    if not len(at_work):
        return missed
    place = np.searchsorted(at_work, np.arange(len(missed)))
    return np.bincount(at_work[place % len(at_work)], missed, len(missed))


def _removed(agents: np.ndarray, look: Look, holds: Holds, model: TeamModel) -> np.ndarray:
    """People taken away as long as every target holds: many blocks at a time, fewer when that is too much."""
    found = look(agents)
    if not holds(found):
        return agents
    cells = _by_idleness(agents, found, model)
    place, batch = 0, max(1, len(cells) // 4)
    for _ in range(TRIALS):
        if place >= len(cells):
            break
        fewer = _less(agents, cells[place : place + batch], model)
        if holds(look(fewer)):
            agents, place = fewer, place + batch
        elif batch == 1:
            place += 1
        else:
            batch = max(1, batch // 3)
    return agents


def _by_idleness(agents: np.ndarray, found: Trial, model: TeamModel) -> list[tuple[int, int]]:
    """Groups and blocks with people in them, those with the fewest late contacts for each person first."""
    block = blocks_of(model)
    cells = []
    for group, queues in enumerate(model.served):
        missed = np.sum([late(found, model, queue) for queue in queues], axis=0)
        lost, there = np.bincount(block, missed), np.bincount(block, agents[group])
        cells += [(lost[b] / there[b], group, b) for b in np.flatnonzero(there)]
    return [(group, int(b)) for _, group, b in sorted(cells)]


def _less(agents: np.ndarray, cells: list[tuple[int, int]], model: TeamModel) -> np.ndarray:
    """One fewer in each cell, but where nobody would be left for a queue that had somebody."""
    block, fewer = blocks_of(model), agents.copy()
    for group, number in cells:
        one_less = fewer.copy()
        one_less[group, block == number] -= 1
        left = np.array([_serving(one_less, model, queue) for queue in model.served[group]])
        had = np.array([_serving(agents, model, queue) for queue in model.served[group]])
        kept = (one_less[group] < 0) | ((left == 0) & (had > 0)).any(axis=0)
        fewer[group] = np.where(kept, fewer[group], one_less[group])
    return fewer


def _serving(agents: np.ndarray, model: TeamModel, queue: int) -> np.ndarray:
    """People on contact in each interval who serve the queue."""
    return agents[[g for g, queues in enumerate(model.served) if queue in queues]].sum(axis=0)
