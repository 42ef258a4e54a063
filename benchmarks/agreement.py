"""The requirement against its simulation: do exactly the people asked for bring what is promised?

    python -m benchmarks.agreement PLAN.yaml FORECAST.parquet --replications 40

Both files lie in the folder of a published plan. Voice, chat and messaging are staffed to the mean, every
queue gets people of its own, as many in each interval as the requirement says, none absent, and the
forecast is certain but for Poisson luck. Each queue and local day of its site is then compared: the service
computed against the mean of the replications and its 95 % interval. Handle times are exponential as
the model has them, then lognormal as plan.yaml has them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from planner.config import load_plan
from planner.domain.centre import Blending, Centre, Shrinkage
from planner.domain.tables import FORECAST, FORECAST_PATHS, QUEUE, SCHEDULE
from planner.scorecards.proportions import wilson
from staffing.requirement import requirement
from staffing.simulation.certainty import ratio
from staffing.simulation.counts import Counts
from staffing.simulation.floor import Contacts
from staffing.simulation.horizon import Horizon
from staffing.simulation.report import Measured, services
from staffing.simulation.simulate import SiteModel, Tables, draw, play, site_model

HandleTimes = Literal["exponential", "lognormal"]
MEASURES = ("service_level", "abandonment", "occupancy")
SEED = 20261122


def main() -> None:
    """Print how many queue-days lie inside the interval, the bias and the largest difference, by channel."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("plan", type=Path)
    parser.add_argument("forecast", type=Path)
    parser.add_argument("--replications", type=int, default=40)
    parser.add_argument("--out", type=Path, help="every queue-day, as CSV")
    options = parser.parse_args()
    centre = dedicated(load_plan(options.plan).centre)
    expected = FORECAST.check(pd.read_parquet(options.forecast), file=options.forecast.name)
    times: tuple[HandleTimes, ...] = ("exponential", "lognormal")
    found = pd.concat(
        [agreement(expected, centre, times=t, replications=options.replications) for t in times]
    )
    print(summary(found).to_string())
    if options.out:
        found.to_csv(options.out, index=False)


def dedicated(centre: Centre) -> Centre:
    """The centre's voice and written queues alone: nobody absent or in training, no other work beside."""
    sites = {
        code: replace(
            site,
            shrinkage=Shrinkage(),
            planned_by_weekday=(1.0,) * 7,
            unplanned_by_weekday=(1.0,) * 7,
        )
        for code, site in centre.sites.items()
    }
    queues = {key: queue for key, queue in centre.queues.items() if queue.kind != "deferred"}
    return replace(centre, sites=sites, queues=queues, blending=Blending())


def agreement(
    forecast: pd.DataFrame, centre: Centre, *, times: HandleTimes, replications: int
) -> pd.DataFrame:
    """One row per queue, local day of its site and measure: computed, simulated, low, high, offered."""
    needed = with_day(requirement(forecast, centre), centre)
    models = _models(exactly(needed, forecast), centre)
    rows = pd.concat([_simulated(model, times=times, replications=replications) for model in models])
    rows = rows.merge(by_day(needed), on=[*QUEUE, "day", "measure"])
    return rows[rows["offered"] > 0].assign(handle_times=times)


def exactly(needed: pd.DataFrame, forecast: pd.DataFrame) -> Tables:
    """SCHEDULE with the agents needed of every queue and interval; who came first stays longest."""
    rows = needed.loc[needed.index.repeat(needed["agents_on_contact"].astype(int))]
    number = rows.groupby([*QUEUE, "interval_start"]).cumcount().astype(str)
    schedule = rows[[*QUEUE, "day"]].assign(
        agent_id=rows["site"] + " " + rows["language"] + " " + rows["channel"] + " " + number,
        shift="as needed",
        start=rows["interval_start"],
        end=rows["interval_start"] + pd.to_timedelta(rows["interval_min"], unit="min"),
        activity="contact",
    )
    people = schedule[["agent_id", "site"]].drop_duplicates()
    return Tables(SCHEDULE.check(schedule), forecast, FORECAST_PATHS.empty(), people)


def by_day(needed: pd.DataFrame) -> pd.DataFrame:
    """What the requirement promises, one row per queue, local day and measure; its intervals weighed.

    Service is weighed by contacts, occupancy by people.
    """
    weights = {name: "agents_on_contact" if name == "occupancy" else "offered" for name in MEASURES}
    parts = [
        needed.assign(measure=name, weight=needed[weight], part=needed[weight] * needed[name])
        for name, weight in weights.items()
    ]
    sums = pd.concat(parts).groupby([*QUEUE, "day", "measure"], sort=False)[["weight", "part"]].sum()
    return sums.assign(computed=sums["part"] / sums["weight"])[["computed"]].reset_index()


def with_day(rows: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """Rows with their `day`: local midnight of the site, without a zone."""
    days = [
        part["interval_start"].dt.tz_convert(centre.sites[str(site)].time_zone).dt.tz_localize(None)
        for site, part in rows.groupby("site")
    ]
    return rows.assign(day=pd.concat(days).dt.normalize())


def _models(tables: Tables, centre: Centre) -> Iterator[SiteModel]:
    for number, site in enumerate(centre.sites.values()):
        days = tables.schedule.loc[tables.schedule["site"] == site.code, "day"]
        if len(days):
            horizon = Horizon(site.time_zone, pd.date_range(days.min(), days.max()), centre.interval_min)
            yield site_model(number, site=site, horizon=horizon, tables=tables, centre=centre)


def _simulated(model: SiteModel, *, times: HandleTimes, replications: int) -> pd.DataFrame:
    """Mean and 95 % interval of each queue, local day and measure of one site."""
    runs = [_replication(model, times=times, number=number) for number in range(replications)]
    counts = Counts(*(np.stack(parts) for parts in zip(*runs, strict=True)))
    expected = np.stack([one.by_interval for one in model.demands])
    first = np.searchsorted(model.horizon.day_number, np.arange(len(model.horizon.days)))
    found = services(counts, queues=model.queues, expected=expected)
    frames = [
        _estimated(one, of_days.offered.mean(axis=0)).assign(**queue.key._asdict(), day=model.horizon.days)
        for queue, service in zip(model.queues, found, strict=True)
        for of_days in [service.pooled(first)]
        for one in of_days.measured
        if one.name in MEASURES
    ]
    return pd.concat(frames)


def _estimated(measured: Measured, offered: np.ndarray) -> pd.DataFrame:
    """One measure by day: value and 95 % interval.

    Where hardly anybody misses, replications scatter too little to tell: a share has Wilson's interval at
    the least.
    """
    value, low, high = ratio(*measured.quotient)
    if measured.name != "occupancy":
        least = wilson(*(part.sum(axis=0) for part in measured.quotient))
        low, high = np.minimum(low, least.low), np.maximum(high, least.high)
    columns = {"simulated": value, "low": low, "high": high, "offered": offered}
    return pd.DataFrame({"measure": measured.name, **columns})


def _replication(model: SiteModel, *, times: HandleTimes, number: int) -> Counts:
    drawn = draw(model, path=0, seed=SEED, replication=number)
    if times == "exponential":
        rng = np.random.default_rng([SEED, model.number, number])
        drawn = replace(drawn, contacts=_exponential(drawn.contacts, model, rng=rng))
    return in_scheduled_time(play(model, drawn=drawn), scheduled_s=_scheduled_s(model))


def in_scheduled_time(counts: Counts, *, scheduled_s: np.ndarray) -> Counts:
    """Counts without the minutes people stay on to finish their contact: the requirement has none.

    All of them are taken as busy, which is so for calls, and nearly so for several conversations at once.
    """
    after_s = counts.staffed_s - scheduled_s
    return counts._replace(staffed_s=scheduled_s, busy_s=counts.busy_s - after_s)


def _scheduled_s(model: SiteModel) -> np.ndarray:
    """Seconds on contact duty by the schedule, queues x intervals; no segment is longer than one interval."""
    roster = model.roster
    interval = (roster.start_s // model.horizon.interval_s).astype(np.int64)
    seconds = np.zeros((roster.groups, len(model.horizon.starts)))
    np.add.at(seconds, (roster.group, interval), roster.end_s - roster.start_s)
    return model.yardstick.serves @ seconds


def _exponential(contacts: Contacts, model: SiteModel, *, rng: np.random.Generator) -> Contacts:
    """The same contacts with exponential handle times of the same mean."""
    aht_s = np.stack([one.aht_s for one in model.demands])
    interval = (np.nan_to_num(contacts.arrived_s) // model.horizon.interval_s).astype(np.int64)
    mean_s = aht_s[contacts.queue, np.minimum(interval, aht_s.shape[1] - 1)]
    return contacts._replace(work_s=mean_s * rng.exponential(size=len(mean_s)))


def summary(found: pd.DataFrame) -> pd.DataFrame:
    """By handle times, measure and channel: queue-days, share of them inside, bias, largest difference."""
    error = found["computed"] - found["simulated"]
    rows = found.assign(
        inside=found["computed"].between(found["low"], found["high"]),
        bias=error * found["offered"],
        largest=error.abs(),
        half=(found["high"] - found["low"]) / 2,
    )
    by = rows.groupby(["handle_times", "measure", "channel"], sort=False)
    table = by.agg(
        queue_days=("inside", "size"),
        inside=("inside", "mean"),
        bias=("bias", "sum"),
        largest=("largest", "max"),
        half=("half", "median"),
        offered=("offered", "sum"),
    )
    return table.assign(bias=table["bias"] / table["offered"]).round(4)


if __name__ == "__main__":
    main()
