"""Thirteen small languages: how few agents are enough between one queue each and one queue for all?

Each language brings 3 Erlang (AHT 300 s, patience 180 s); targets 80 % in 20 s, 90 % in 60 s, abandonment
5 %. Erlang A gives the ends: 78 agents apart, 104 split over two sites, 42 when everybody speaks everything.
Between them stand

- teams of two and of three languages, and a ring in which so many bilingual people link each language with
  the next: the least people by cover rows (scipy's MILP), then one more wherever a language misses;
- people of two or three languages each, spread evenly over all pairs: one more until nobody misses.

Certified: the 95 % intervals of all languages meet all targets, simulated on seeds that sized nothing.

    python -m benchmarks.pooling [--weeks 30] [--seed 1]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from planner.domain.centre import Handling, Queue, QueueKey, ServiceLevel, Target
from planner.domain.timegrid import around_the_clock
from staffing.erlang import Demand as Load
from staffing.hosting.certify import room
from staffing.least import Limits, least_agents
from staffing.simulation.arrivals import Demand, demand
from staffing.simulation.counts import Counts
from staffing.simulation.horizon import Horizon
from staffing.simulation.report import measures
from staffing.simulation.teams import TeamModel, drawn, on_duty, played, team_model

LANGUAGES, ERLANGS, AHT_S, PATIENCE_S = 13, 3.0, 300.0, 180.0
LEVELS, ABANDONMENT = ((0.80, 20.0), (0.90, 60.0)), 0.05
HORIZON = Horizon("UTC", pd.date_range("2026-10-05", periods=7), 60)
MOST_ROUNDS = 60


@dataclass(frozen=True)
class Mix:
    """How many people speak which languages (numbers), one entry for each kind."""

    skills: tuple[tuple[int, ...], ...]
    people: np.ndarray

    @property
    def bilingual(self) -> int:
        """People who speak more than one language."""
        return int(sum(n for each, n in zip(self.skills, self.people, strict=True) if len(each) > 1))


def need(erlangs: float) -> int:
    """Agents for all targets by Erlang A."""
    return int(least_agents(Load(erlangs, AHT_S, PATIENCE_S), Limits(LEVELS, ABANDONMENT)).agents)


def ring(bilingual: int) -> Mix:
    """The least people when at most so many link each language with the next, by the rows of every arc."""
    count = LANGUAGES
    singles = [(n,) for n in range(count)]
    links = [tuple(sorted((n, (n + 1) % count))) for n in range(count)]
    skills = (*singles, *links)
    rows, least = [], []
    for length in range(1, count + 1):
        for first in range(count if length < count else 1):
            arc = {(first + step) % count for step in range(length)}
            rows.append([float(bool(arc & set(each))) for each in skills])
            least.append(need(ERLANGS * length))
    limits = [
        LinearConstraint(np.array(rows), np.array(least, float), np.inf),
        LinearConstraint(np.array([[0.0] * count + [1.0] * count]), -np.inf, float(bilingual)),
    ]
    found = milp(np.ones(2 * count), constraints=limits, integrality=np.ones(2 * count), bounds=Bounds(0, 99))
    return Mix(skills, np.rint(found.x).astype(int))


def teams(size: int) -> Mix:
    """Teams of so many neighbours, each needing its pooled agents; pairs of every two languages as needed."""
    skills: list[tuple[int, ...]] = []
    people: list[int] = []
    for first in range(0, LANGUAGES, size):
        members = tuple(range(first, min(first + size, LANGUAGES)))
        singles, pairs = _team(len(members))
        for member, n in zip(members, singles, strict=True):
            skills.append((member,))
            people.append(n)
        for (one, other), n in pairs.items():
            skills.append((members[one], members[other]))
            people.append(n)
    return Mix(tuple(skills), np.array(people))


def _team(size: int) -> tuple[list[int], dict[tuple[int, int], int]]:
    """The fewest people of a team, of them the fewest bilingual, by cover rows."""
    pairs = [(i, j) for i in range(size) for j in range(i + 1, size)]
    groups = [*((i,) for i in range(size)), *pairs]
    sets = [[i for i in range(size) if bits >> i & 1] for bits in range(1, 2**size)]
    rows = np.array([[float(bool(set(chosen) & set(each))) for each in groups] for chosen in sets])
    least = np.array([need(ERLANGS * len(chosen)) for chosen in sets], float)
    cost = np.array([1.0] * size + [1.001] * len(pairs))
    found = milp(
        cost,
        constraints=[LinearConstraint(rows, least, np.inf)],
        integrality=np.ones(len(groups)),
        bounds=Bounds(0, 99),
    )
    people = np.rint(found.x).astype(int)
    return list(people[:size]), dict(zip(pairs, people[size:], strict=True))


def spread(people: int, *, each: int) -> Mix:
    """So many people of `each` languages, at equal steps around the circle: every pair about as often."""
    kinds: dict[tuple[int, ...], int] = {}
    for number in range(people):
        first, step = number % LANGUAGES, 1 + (number // LANGUAGES) % (LANGUAGES // 2)
        skills = tuple(sorted((first + step * place) % LANGUAGES for place in range(each)))
        kinds[skills] = kinds.get(skills, 0) + 1
    return Mix(tuple(kinds), np.array(list(kinds.values())))


def demands() -> list[Demand]:
    """Thirteen equal steady languages."""
    target = Target(tuple(ServiceLevel(*level) for level in LEVELS), ABANDONMENT)
    handling = Handling(AHT_S, PATIENCE_S, aht_cv=1.0)
    rows = pd.DataFrame({"interval_start": HORIZON.starts, "offered": ERLANGS * 3600 / AHT_S, "aht_s": AHT_S})
    none = pd.DataFrame({"path": [], "day": pd.to_datetime([]), "offered": []})
    keys = [QueueKey("A", f"l{n}", "voice") for n in range(LANGUAGES)]
    queues = [Queue(key, "immediate", around_the_clock("UTC"), target, handling) for key in keys]
    return [
        demand(n, queue=queue, forecast=rows, paths=none, horizon=HORIZON) for n, queue in enumerate(queues)
    ]


def missing(model: TeamModel, mix: Mix, *, seed: int, weeks: int, margin: float) -> list[float]:
    """How far the worst target of each language is inside (negative: outside)."""
    duty = on_duty(model, np.repeat(mix.people[:, None], len(HORIZON.starts), axis=1))
    runs = [
        played(model, duty, drawn(model, path=0, seed=seed, replication=number)) for number in range(weeks)
    ]
    found = []
    for number, queue in enumerate(model.queues):
        totals = Counts(*(np.array([[part[number].sum()] for part in parts]) for parts in zip(*runs)))
        found.append(
            min(room(one, margin=margin) for one in measures(totals, queue) if one.target is not None)
        )
    return found


def certified(mix: Mix, grown: Callable[[Mix, int], Mix], *, seed: int, weeks: int) -> Mix:
    """The mix, grown for the worst language until every target of every language holds on fresh seeds."""
    for number in range(MOST_ROUNDS):
        model = team_model(demands(), [list(each) for each in mix.skills], horizon=HORIZON)
        inside = missing(model, mix, seed=seed + number, weeks=weeks, margin=1.0)
        worst = int(np.argmin(inside))
        if inside[worst] >= 0:
            break
        mix = grown(mix, worst)
    return mix


def one_specialist(mix: Mix, worst: int) -> Mix:
    """One more of those who speak the fewest languages, the worst one among them."""
    place = min((n for n, each in enumerate(mix.skills) if worst in each), key=lambda n: len(mix.skills[n]))
    return Mix(mix.skills, mix.people + (np.arange(len(mix.people)) == place))


def one_more(mix: Mix, worst: int) -> Mix:
    """One more, spread like the others."""
    del worst
    return spread(int(mix.people.sum()) + 1, each=len(mix.skills[0]))


def cases() -> Iterator[tuple[str, Mix, Callable[[Mix, int], Mix]]]:
    """What is compared, from apart to all in one, and how each grows."""
    apart = Mix(tuple((n,) for n in range(LANGUAGES)), np.full(LANGUAGES, need(ERLANGS)))
    yield "apart", apart, one_specialist
    for bilingual in (6, 13, 20, 26, 39):
        yield f"ring, at most {bilingual} bilingual", ring(bilingual), one_specialist
    yield "teams of two", teams(2), one_specialist
    yield "teams of three", teams(3), one_specialist
    whole = need(ERLANGS * LANGUAGES)
    yield "two languages each, all pairs", spread(whole, each=2), one_more
    yield "three languages each", spread(whole, each=3), one_more
    yield "everybody speaks all", spread(whole, each=LANGUAGES), one_more


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--weeks", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    begun = time.process_time()
    print(f"split over two sites: {2 * LANGUAGES * need(ERLANGS / 2)} by Erlang A")
    print(f"{'':32}{'by rows':>9}{'bilingual':>11}{'certified':>11}{'bilingual':>11}{'CPU s':>8}")
    for name, mix, grown in cases():
        sure = certified(mix, grown, seed=1000 * options.seed, weeks=options.weeks)
        spent = time.process_time() - begun
        figures = (mix.people.sum(), mix.bilingual, sure.people.sum(), sure.bilingual)
        print(
            f"{name:32}{figures[0]:>9}{figures[1]:>11}{figures[2]:>11}{figures[3]:>11}{spent:>8.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
