"""Cost, bound and gap of schedules of a drawn centre, with CPU seconds and memory.

    python -m benchmarks.schedule --agents 300 --languages 8 --days 7 --pairs 500

Prints one row of a Markdown table. The centre is drawn from the seed: small languages beside large
ones, a third of the people with two languages, contracts of 40, 30 and 20 hours, and a need with two
humps a day that sums to 95 % of the hours people have.
"""

from __future__ import annotations

import argparse
import resource
import time
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from planner.domain.centre import (
    Centre,
    Contract,
    Handling,
    LabourRules,
    Queue,
    QueueKey,
    ShiftPattern,
    Site,
    Target,
)
from planner.domain.tables import ABSENCES, AGENTS
from planner.domain.timegrid import around_the_clock, intervals
from staffing.audit import audit
from staffing.scheduling.schedule import Schedule, ScheduleSettings, schedule

MONDAY, ZONE, SITE = date(2026, 10, 5), "Europe/Lisbon", "BIG"
CONTRACTS = {
    "40 h": Contract("40 h", 40, 5, (8.0,)),
    "30 h": Contract("30 h", 30, 5, (6.0,)),
    "20 h": Contract("20 h", 20, 5, (4.0,)),
}
MIX = (0.70, 0.18, 0.12)
WEEKDAY = np.array([1.15, 1.05, 1.0, 1.0, 0.98, 0.62, 0.50])
LAW = LabourRules(break_min=30, meal_min=30)  # the meal is the law's pause; no paid breaks


@dataclass(frozen=True)
class Drawn:
    """A centre with its people and its need."""

    centre: Centre
    agents: pd.DataFrame
    absences: pd.DataFrame
    requirement: pd.DataFrame


def drawn(number: int, languages: int, *, days: int, interval_min: int, seed: int) -> Drawn:
    """The centre of a seed."""
    rng = np.random.default_rng(seed)
    names = [f"l{i:02d}" for i in range(languages)]
    agents = _agents(rng, number, names)
    hours = around_the_clock(ZONE)
    keys = [QueueKey(SITE, name, "voice") for name in names]
    centre = Centre(
        "Drawn",
        interval_min,
        {SITE: Site(SITE, "Drawn", "PT", ZONE, hours, labour=LAW)},
        {key: Queue(key, "immediate", hours, Target(), Handling(300)) for key in keys},
        CONTRACTS,
        tuple(
            ShiftPattern(f"{name} a week", contract.shift_h[0], 60) for name, contract in CONTRACTS.items()
        ),
    )
    moments = intervals(MONDAY, days, zone=ZONE, interval_min=interval_min)
    needed = pd.concat([_need(rng, agents, name, moments) for name in names], ignore_index=True)
    return Drawn(centre, agents, _absences(rng, agents, days), needed)


def _agents(rng: np.random.Generator, number: int, names: list[str]) -> pd.DataFrame:
    weight = 1 / (np.arange(len(names)) + 1.5) ** 0.9
    first = rng.choice(len(names), number, p=weight / weight.sum())
    second = rng.choice(min(len(names), 4), number)
    two = (rng.random(number) < 0.35) & (first != second)
    spoken = np.where(two, [f"{names[a]};{names[b]}" for a, b in zip(first, second)], np.array(names)[first])
    return AGENTS.check(
        pd.DataFrame(
            {
                "agent_id": [f"a{i:04d}" for i in range(number)],
                "site": SITE,
                "contract": rng.choice(list(CONTRACTS), number, p=MIX),
                "languages": spoken,
                "channels": "voice",
            }
        )
    )


def _absences(rng: np.random.Generator, agents: pd.DataFrame, days: int) -> pd.DataFrame:
    """Six of a hundred are on leave in a week."""
    mondays = pd.date_range(MONDAY, periods=days // 7, freq="7D")
    away = pd.MultiIndex.from_product(
        [agents["agent_id"], mondays], names=["agent_id", "first_day"]
    ).to_frame(index=False)
    away = away[rng.random(len(away)) < 0.06]
    return ABSENCES.check(away.assign(last_day=away["first_day"] + pd.Timedelta(days=6), reason="leave"))


def _need(
    rng: np.random.Generator, agents: pd.DataFrame, name: str, moments: pd.DatetimeIndex
) -> pd.DataFrame:
    """Two humps a day, open from 8 to 20 or, for the two largest languages, around the clock."""
    local = moments.tz_convert(ZONE)
    hour = (local.hour + local.minute / 60).to_numpy()
    noon, evening = 10.5 + rng.normal(0, 0.5), 16 + rng.normal(0, 0.7)
    shape = np.exp(-(((hour - noon) / 2.2) ** 2)) + 0.85 * np.exp(-(((hour - evening) / 2.8) ** 2)) + 0.12
    if name > "l01":
        shape = np.where((hour < 8) | (hour >= 20), 0.0, shape)
    shape = shape * WEEKDAY[local.day_of_week.to_numpy()]
    speaks = agents["languages"].str.split(";")
    share = speaks.map(lambda known: (name in known) / len(known))
    hours = agents["contract"].map({key: contract.weekly_hours for key, contract in CONTRACTS.items()})
    supply_h = 0.95 * 0.94 * float((share * hours).sum()) * len(moments) / len(WEEKDAY) / len(np.unique(hour))
    step_h = 24 / len(np.unique(hour))
    need = np.round(shape * supply_h / (shape.sum() * step_h))
    table = {"site": SITE, "language": name, "channel": "voice", "interval_start": moments}
    return pd.DataFrame(table | {"agents_scheduled": need})[need > 0]


def row(options: argparse.Namespace, found: Schedule, cpu_s: float) -> str:
    """One row: size, cost, bound, gap as a share of the cost and of the required hours, CPU, memory."""
    report = found.report
    cost, bound, required_h = (report[name].sum() for name in ("cost", "bound", "required_h"))
    missing_h = (cost - bound) / 40  # at the price of the first agent-hour missing
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cells = [
        f"{options.agents} x {options.languages} x {options.days} d",
        f"{options.seed}",
        f"{cost:,.0f}",
        f"{bound:,.0f}",
        f"{(cost - bound) / cost:.1%}",
        f"{missing_h / required_h:.2%}",
        f"{report['under_h'].sum():,.0f}",
        f"{cpu_s:.0f}",
        f"{memory_mb:,.0f}",
    ]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Draw, schedule, audit and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, default in (("agents", 300), ("languages", 8), ("days", 7), ("pairs", 500), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--interval-min", type=int, default=30)
    options = parser.parse_args()
    one = drawn(
        options.agents,
        options.languages,
        days=options.days,
        interval_min=options.interval_min,
        seed=options.seed,
    )
    settings = ScheduleSettings(options.seed, seconds_per_site=3600, pairs_each=options.pairs)
    horizon = {"absences": one.absences, "first_day": MONDAY, "days": options.days}
    before = time.process_time()
    found = schedule(one.requirement, one.agents, one.centre, settings=settings, **horizon)
    cpu_s = time.process_time() - before
    broken = audit(found.schedule, one.agents, one.centre, **horizon)
    print(
        "| size | seed | cost | bound | gap | gap, of required h | h short | CPU s | MB |\n"
        + "|---" * 9
        + "|"
    )
    print(row(options, found, cpu_s))
    print(f"rules broken: {len(broken)}")


if __name__ == "__main__":
    main()
