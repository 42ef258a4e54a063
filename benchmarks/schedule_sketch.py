"""Cost, bound and gap on the instances the method was sketched on, or on centres of our own.

    python -m benchmarks.schedule_sketch --agents 1000 --languages 13 --days 28 --seconds 60

`--instances ours` draws a centre as benchmarks/schedule.py does, for whoever has no sketch. Seconds are
CPU seconds of one core, without compiling; `--bound-rounds 0` leaves the bound out, `--prove-seconds` adds
one that counts whole people (seconds of wall time).
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.schedule import MONDAY, drawn
from benchmarks.sketch_instances import broken_and_penalty, idle_base, problem_of, sketched
from planner.domain.centre import QueueKey
from staffing.audit import audit
from staffing.labour import People, every_rule
from staffing.scheduling.ascent import Bound, Climb, bound_of
from staffing.scheduling.case import case_of
from staffing.scheduling.price import Prices, penalties
from staffing.scheduling.problem import WHICH, Problem, Roster
from staffing.scheduling.search import Course, search
from staffing.scheduling.segments import segments
from staffing.scheduling.whole.bound import whole_bound

HOUR = 40.0  # penalty units of the first agent-hour missing
PROBE = 30_000  # pairs by which the speed is measured


@dataclass(frozen=True)
class Instance:
    """A problem, the price of leaving all contracts idle, and what an independent look at a roster finds.

    `look` gives how often each rule is broken, and the cost.
    """

    problem: Problem
    idle: float
    look: Callable[[Roster], tuple[dict[str, int], float]]


@dataclass(frozen=True)
class Found:
    """A roster with the CPU seconds to the first legal one and of the search, and pairs tried a second."""

    roster: Roster
    first_s: float
    search_s: float
    pairs_a_second: float


def sketch_instance(options: argparse.Namespace) -> Instance:
    """The sketch's instance: cost is the penalty alone."""
    raw = sketched(options.agents, options.languages, options.days, seed=options.seed)
    problem = problem_of(raw)
    return Instance(problem, idle_base(raw), lambda roster: broken_and_penalty(raw, problem, roster))


def our_instance(options: argparse.Namespace) -> Instance:
    """A centre of our own; cost holds idle contract hours too."""
    one = drawn(options.agents, options.languages, days=options.days, interval_min=30, seed=options.seed)
    (site,) = one.centre.sites.values()
    keys = one.requirement[["site", "language", "channel"]].drop_duplicates()
    contracts = tuple(one.centre.contracts[name] for name in one.agents["contract"])
    queues = tuple(QueueKey(*key) for key in keys.itertuples(index=False))
    people = People(one.agents, one.absences, site, contracts, queues, MONDAY, options.days)
    case = case_of(one.requirement, people, one.centre, rules=every_rule(), prices=Prices())

    def look(roster: Roster) -> tuple[dict[str, int], float]:
        horizon = {"absences": one.absences, "first_day": MONDAY, "days": options.days}
        broken = audit(segments(case, roster), one.agents, one.centre, **horizon)
        cost = float(penalties(case.problem.demand, roster.cover).sum() + case.idle_base.sum())
        return {"of the audit": len(broken)}, cost - reward_of(case.problem, roster)

    return Instance(case.problem, float(case.idle_base.sum()), look)


def reward_of(problem: Problem, roster: Roster) -> float:
    """The price of contract hours that a roster uses."""
    agent, day = np.nonzero(roster.shift >= 0)
    starts = problem.shifts.starts[problem.staff.kind[agent], day, roster.shift[agent, day]]
    return float(problem.shifts.reward[starts[:, WHICH]].sum())


def searched(problem: Problem, options: argparse.Namespace) -> Found:
    """Search by the command line's options, after a first time that waits for the compiler."""
    timed(problem, Course(pairs_each=1), options.seed)
    _, first_s = timed(problem, Course(pairs_each=0), options.seed)
    able = int((problem.staff.days_left > 0).sum())
    each = -(-PROBE // able)
    _, probe_s = timed(problem, Course(pairs_each=each), options.seed)
    roster, search_s = timed(problem, Course(options.pairs, options.seconds), options.seed)
    return Found(roster, first_s, search_s, each * able / (probe_s - first_s))


def timed(problem: Problem, course: Course, seed: int) -> tuple[Roster, float]:
    """A roster and the CPU seconds it took."""
    before = time.process_time()
    roster, _ = search(problem, course=course, rng=np.random.default_rng(seed), clock=time.process_time)
    return roster, time.process_time() - before


def bounded(instance: Instance, roster: Roster, rounds: int) -> tuple[Bound, float]:
    """The bound, and its CPU seconds after a first time that waits for the compiler."""
    weeks = len(instance.problem.week_day) - 1
    idle = np.full(weeks, instance.idle / weeks)
    bound_of(instance.problem, roster, idle, climb=Climb(rounds=1))
    before = time.process_time()
    bound = bound_of(instance.problem, roster, idle, climb=Climb(rounds=rounds))
    return bound, time.process_time() - before


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    numbers = {"agents": 300, "languages": 8, "days": 7, "pairs": 100_000, "seed": 1, "bound-rounds": 300}
    for name, default in numbers.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--seconds", type=float, default=26.0)
    parser.add_argument("--prove-seconds", type=float, default=0.0)
    parser.add_argument("--instances", choices=["sketch", "ours"], default="sketch")
    return parser.parse_args()


def main() -> None:
    """Draw, search, look, bound and print."""
    options = parsed()
    try:
        instance = sketch_instance(options) if options.instances == "sketch" else our_instance(options)
    except FileNotFoundError as error:
        raise SystemExit(str(error)) from error
    found = searched(instance.problem, options)
    broken, cost = instance.look(found.roster)
    tell(options, found, cost, float(instance.problem.demand.need.sum()) / 2)
    if options.bound_rounds:
        tell_bound(instance, found.roster, cost, options.bound_rounds)
    if options.prove_seconds:
        tell_whole(instance, cost, options.prove_seconds)
    print("broken: " + (", ".join(f"{n} {rule}" for rule, n in broken.items() if n) or "nothing"))


def tell(options: argparse.Namespace, found: Found, cost: float, required_h: float) -> None:
    """The search as one row of a Markdown table."""
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row(
        {
            "instance": f"{options.instances} {options.agents} x {options.languages} x {options.days} d",
            "seed": f"{options.seed}",
            "required h": f"{required_h:,.0f}",
            "cost": f"{cost:,.1f}",
            "first legal, CPU s": f"{found.first_s:.2f}",
            "search, CPU s": f"{found.search_s:.1f}",
            "pairs/s": f"{found.pairs_a_second:,.0f}",
            "MB": f"{memory_mb:,.0f}",
        }
    )


def tell_bound(instance: Instance, roster: Roster, cost: float, rounds: int) -> None:
    """The bound and the gap, and how much of it is known to be the bound's or the roster's.

    No prices can prove more than the mixture costs: what the roster costs above it is the roster's part
    (or the price of whole people), what the mixture costs above the bound may be either's.
    """
    bound, bound_s = bounded(instance, roster, rounds)
    gap, required_h = cost - bound.value, float(instance.problem.demand.need.sum()) / 2
    row(
        {
            "bound": f"{bound.value:,.1f}",
            "rounds": f"{bound.rounds}",
            "bound, CPU s": f"{bound_s:.1f}",
            "gap": f"{gap / bound.value:.2%}" if bound.value > 0 else "-",
            "gap, agent-h": f"{gap / HOUR:,.0f}",
            "of required h": f"{gap / HOUR / required_h:.3%}",
            "mixture": f"{bound.mixture:,.1f}",
            "gap above the mixture": f"{(cost - bound.mixture) / HOUR:,.0f} agent-h",
        }
    )


def tell_whole(instance: Instance, cost: float, seconds: float) -> None:
    """The bound of whole people, and the gap to it."""
    weeks, before = len(instance.problem.week_day) - 1, time.process_time()
    value = whole_bound(instance.problem, np.full(weeks, instance.idle / weeks), seconds=seconds)
    required_h = float(instance.problem.demand.need.sum()) / 2
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row(
        {
            "bound of whole people": f"{value:,.1f}",
            "its CPU s": f"{time.process_time() - before:.1f}",
            "gap": f"{(cost - value) / value:.2%}",
            "gap, agent-h": f"{(cost - value) / HOUR:,.0f}",
            "of required h": f"{(cost - value) / HOUR / required_h:.3%}",
            "MB": f"{memory_mb:,.0f}",
        }
    )


def row(cells: dict[str, str]) -> None:
    """A Markdown table of one row."""
    print("| " + " | ".join(cells) + " |\n" + "|---" * len(cells) + "|")
    print("| " + " | ".join(cells.values()) + " |")


if __name__ == "__main__":
    main()
