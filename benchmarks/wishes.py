"""What wishes and fairness cost in coverage, and what they give: the same centre scheduled without and with.

    python -m benchmarks.wishes --agents 100 --languages 5 --days 14 --seeds 1 2

Prints rows of a Markdown table. A third of the drawn people wish for a band of starts, others for days off,
some to work weekends. The weeks before the horizon are those that a schedule without fairness gave, so that
there is something to make good. Cost, bound and gap are those of coverage alone: what missing and exceeding
the need and idle contract hours cost, against the better bound of the two runs.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from benchmarks.schedule import MONDAY, Drawn, drawn
from planner.domain.soft import Fairness, Soft, Weights
from planner.domain.tables import PREFERENCES, SCHEDULE
from staffing.audit import audit
from staffing.fair_share import fairness, spreads
from staffing.finished import Finished
from staffing.granted import granted, missed_wishes
from staffing.scheduling.personal import Wishing
from staffing.scheduling.schedule import Given, Schedule, ScheduleSettings, schedule
from staffing.worked import Worked

BANDS = ("06:00", "08:00", "10:00", "13:00", "15:00")
COLUMNS = ["agent_id", "wish", "days", "start_from", "start_to", "weight"]
SOFT = Soft(fairness=Fairness(group=("contract", "languages")))
WISHES = ("preferred start", "day off", "day of work", "steady starts", "days off in pairs")
HEADINGS = (
    "size", "seed", "wishes", "coverage cost", "bound", "gap", "h short", "starts in band", "days off",
    "weekends to work", "h off the week's middle start, each", "single days off", "weekend spread before",
    "after", "nights", "late", "CPU s",
)  # fmt: skip


@dataclass(frozen=True)
class Solved:
    """A schedule, and what people got."""

    found: Schedule
    wishes: pd.DataFrame
    spread: pd.DataFrame
    cpu_s: float


def preferences(agents: pd.DataFrame, days: int, seed: int) -> pd.DataFrame:
    """PREFERENCES of the drawn people: bands, days off on a date or a weekday, weekends to work."""
    rng = np.random.default_rng([seed, 7])
    rows: list[tuple[object, ...]] = []
    for agent in agents["agent_id"]:
        draw = rng.random(4)
        if draw[0] < 1 / 3:
            begin = str(rng.choice(BANDS, p=(0.3, 0.3, 0.2, 0.1, 0.1)))
            rows.append((agent, "start", "all", begin, f"{int(begin[:2]) + 2:02}:00", rng.integers(1, 4)))
        if draw[1] < 0.25:
            day = MONDAY + pd.Timedelta(days=int(rng.integers(days)))
            rows.append((agent, "day off", str(day), None, None, rng.integers(1, 4)))
        if draw[2] < 0.05:
            rows.append((agent, "day off", str(rng.choice(["sat", "sun", "fri"])), None, None, 1))
        if draw[3] < 0.04:
            rows.append((agent, "work", "sat-sun", None, None, 1))
    return PREFERENCES.check(pd.DataFrame(rows, columns=COLUMNS))


def solved(
    one: Drawn, wishing: Wishing, options: argparse.Namespace, *, seed: int, before: pd.DataFrame
) -> Solved:
    """The centre scheduled with these weights, measured by `SOFT` whatever they were."""
    settings = ScheduleSettings(
        seed, seconds_per_site=3600, pairs_each=options.pairs, bound_steps=options.steps
    )
    horizon = {"absences": one.absences, "first_day": MONDAY, "days": options.days}
    began = time.process_time()
    found = schedule(
        one.requirement, one.agents, one.centre, settings=settings, given=Given(before, wishing), **horizon
    )
    cpu_s = time.process_time() - began
    broken = audit(found.schedule, one.agents, one.centre, before=before, **horizon)
    if len(broken):
        raise RuntimeError(broken.head().to_string())
    done = _finished(found.schedule, one, wishing.preferences, before=before, days=options.days)
    return Solved(found, granted(missed_wishes(done), done), spreads(fairness(done)), cpu_s)


def _finished(
    made: pd.DataFrame, one: Drawn, wishes: pd.DataFrame, *, before: pd.DataFrame, days: int
) -> Finished:
    contracts = one.agents[["agent_id", "contract"]]
    named, past = (SCHEDULE.check(rows).merge(contracts, on="agent_id") for rows in (made, before))
    worked = Worked(named, one.agents, one.absences, one.centre, MONDAY, days, before=past)
    return Finished(worked, wishes, SOFT, {})


def rows(options: argparse.Namespace, seed: int) -> Iterator[str]:
    """Without wishes, and with them, on the same centre and the same history."""
    one = drawn(options.agents, options.languages, days=options.days, interval_min=30, seed=seed)
    wishes = preferences(one.agents, options.days, seed)
    nothing = Wishing(wishes, Soft(Weights.none(), SOFT.fairness))
    everything = Wishing(wishes, SOFT)
    first = solved(one, nothing, options, seed=seed + 1000, before=SCHEDULE.empty())
    back = pd.Timedelta(days=options.days + 7)  # a week of leave between, so that no rest is owed
    times = {name: first.found.schedule[name] - back for name in ("day", "start", "end")}
    before = first.found.schedule.assign(**times)
    plain = solved(one, nothing, options, seed=seed, before=before)
    wished = solved(one, everything, options, seed=seed, before=before)
    bound = max(float(each.found.report["bound"].sum()) for each in (plain, wished))
    for name, each in (("off", plain), ("on", wished)):
        yield row(options, seed, name, each, bound=bound)


def row(options: argparse.Namespace, seed: int, name: str, each: Solved, *, bound: float) -> str:
    """One row of the table."""
    report = each.found.report
    cost = float(report["cost"].sum())
    totals = each.wishes.groupby("wish")[["asked", "granted", "amount"]].sum()
    spread = each.spread.assign(square=each.spread["spread"] ** 2, before=each.spread["spread_before"] ** 2)
    weights = spread.groupby("measure").apply(
        lambda rows: pd.Series(
            {k: np.sqrt(np.average(rows[k], weights=rows["n"])) for k in ("square", "before")}
        )
    )

    def share(wish: str) -> str:
        return (
            f"{totals.loc[wish, 'granted'] / totals.loc[wish, 'asked']:.0%}" if wish in totals.index else "-"
        )

    steady = totals.loc["steady starts"]
    cells = [
        f"{options.agents} x {options.languages} x {options.days} d", str(seed), name, f"{cost:,.0f}",
        f"{bound:,.0f}", f"{(cost - bound) / cost:.1%}", f"{report['under_h'].sum():,.0f}",
        share("preferred start"), share("day off"), share("day of work"),
        f"{steady['amount'] / steady['asked']:.2f}",
        f"{int(totals.loc['days off in pairs', 'asked'] - totals.loc['days off in pairs', 'granted'])}",
        f"{weights.loc['weekend days', 'before']:.2f}",
        *(f"{weights.loc[name, 'square']:.2f}" for name in ("weekend days", "nights", "late shifts")),
        f"{each.cpu_s:.0f}",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, default in (("agents", 100), ("languages", 5), ("days", 14), ("pairs", 300), ("steps", 600)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    options = parser.parse_args()
    print(f"| {' | '.join(HEADINGS)} |\n{'|---' * len(HEADINGS)}|")
    for seed in options.seeds:
        for line in rows(options, seed):
            print(line, flush=True)


if __name__ == "__main__":
    main()
