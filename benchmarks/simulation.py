"""Speed of the simulation: contacts per CPU second on one core, and a whole service check of 56 queues.

The first case is one site with 13 languages on the phone, large and small, three agents in ten with two
languages; the second a site with four channels.

python -m benchmarks.simulation
"""

from __future__ import annotations

import resource
import time
from datetime import date

import numpy as np
import pandas as pd

from planner.domain.centre import (
    Centre,
    ChannelKind,
    Deadline,
    Handling,
    Queue,
    QueueKey,
    ServiceLevel,
    Shrinkage,
    Site,
    Target,
)
from planner.domain.timegrid import around_the_clock, intervals
from staffing.simulation.counts import count
from staffing.simulation.horizon import Horizon
from staffing.simulation.run import run
from staffing.simulation.simulate import (
    SimulationSettings,
    SiteModel,
    Tables,
    draw,
    play,
    simulate,
    site_model,
)

ZONE, FIRST_DAY, DAYS = "Europe/Lisbon", date(2026, 10, 5), 14
SITES, REPLICATIONS, SEED = 7, 40, 1
CONTACTS = {
    "voice": 80_000,
    "chat": 60_000,
    "messaging": 35_000,
    "email": 30_000,
}  # of the centre in the 14 days
VOICE_CONTACTS = 400_000  # of the site with 13 languages in the 14 days
LANGUAGES = ("aa", "bb")
SHIFTS = (8, 11.5)  # local hours at which they begin
OCCUPANCY = 0.75
QUICK = Target((ServiceLevel(0.8, 20), ServiceLevel(0.9, 60)), max_abandonment=0.05)
WRITTEN = Target((ServiceLevel(0.8, 60),), max_abandonment=0.05)
CHANNELS: dict[str, tuple[ChannelKind, Target, Handling]] = {
    "voice": ("immediate", QUICK, Handling(325, patience_s=200)),
    "chat": ("concurrent", WRITTEN, Handling(530, 330, concurrency=3, slow_down=0.24, reaction_s=9)),
    "messaging": ("concurrent", WRITTEN, Handling(575, 420, concurrency=3, slow_down=0.2, reaction_s=10)),
    "email": ("deferred", Target(deadline=Deadline(0.95, 8)), Handling(330, aht_cv=0.75)),
}


def benchmark_centre() -> Centre:
    """Seven sites with four channels in two languages each: 56 queues."""
    hours = around_the_clock(ZONE)
    shrinkage = Shrinkage(planned=0.14, unplanned=0.07, planned_away=0.06)
    sites = {
        f"S{i}": Site(f"S{i}", f"Site {i}", "PT", ZONE, hours, shrinkage=shrinkage) for i in range(SITES)
    }
    keys = [
        QueueKey(site, language, channel) for site in sites for language in LANGUAGES for channel in CHANNELS
    ]
    queues = {
        key: Queue(key, kind, hours, target, handling)
        for key in keys
        for kind, target, handling in [CHANNELS[key.channel]]
    }
    return Centre("benchmark", 30, sites, queues, {}, ())


def forecast_of(centre: Centre) -> pd.DataFrame:
    """FORECAST of each queue: the same number in every half-hour from 8 to 20 local time."""
    starts = intervals(FIRST_DAY, DAYS, zone=ZONE, interval_min=centre.interval_min)
    hour = starts.tz_convert(ZONE).hour
    starts = starts[(hour >= 8) & (hour < 20)]
    queues = pd.DataFrame(list(centre.queues))
    each = queues["channel"].map(CONTACTS) / SITES / len(LANGUAGES) / len(starts)
    return queues.assign(offered=each, interval_min=centre.interval_min).merge(
        pd.DataFrame({"interval_start": starts}), how="cross"
    )


def paths_of(forecast: pd.DataFrame) -> pd.DataFrame:
    """FORECAST_PATHS: 100 paths, the day off by 8.6 %."""
    rng = np.random.default_rng(SEED)
    day = forecast["interval_start"].dt.tz_convert(ZONE).dt.tz_localize(None).dt.normalize()
    days = forecast.groupby(["site", "language", "channel", day.rename("day")], as_index=False)[
        "offered"
    ].sum()
    each = days.merge(pd.DataFrame({"path": np.arange(100)}), how="cross")
    return each.assign(offered=rng.poisson(each["offered"] * rng.lognormal(0, 0.086, len(each))))


def schedule_of(centre: Centre) -> pd.DataFrame:
    """SCHEDULE: on every queue two overlapping shifts a day, seven days a week, a meal in the middle."""
    rows = [_shifts(key, agents=_agents(centre.queues[key])) for key in centre.queues]
    return pd.concat(rows, ignore_index=True)


def _agents(queue: Queue) -> int:
    hours = DAYS * 12 * SITES * len(LANGUAGES)
    slowed = 1 + queue.handling.slow_down * (queue.handling.concurrency - 1)
    work_h = CONTACTS[queue.key.channel] * queue.handling.aht_s * slowed / queue.handling.concurrency / 3600
    return max(2, round(work_h / hours / OCCUPANCY / 0.85))


def _shifts(key: QueueKey, *, agents: int) -> pd.DataFrame:
    days = pd.DataFrame({"midnight": pd.date_range(FIRST_DAY, periods=DAYS, tz=ZONE)})
    halves = pd.DataFrame(
        [(f"{key} {first}", h, h + 4) for first in SHIFTS for h in (first, first + 4.5)],
        columns=["team", "begin", "finish"],
    )
    rows = days.merge(halves, how="cross").merge(pd.DataFrame({"number": range(agents)}), how="cross")
    return pd.DataFrame(
        {
            "agent_id": rows["team"] + " " + rows["number"].astype(str),
            "site": key.site,
            "day": rows["midnight"].dt.tz_localize(None),
            "start": (rows["midnight"] + pd.to_timedelta(rows["begin"], unit="h")).dt.tz_convert("UTC"),
            "end": (rows["midnight"] + pd.to_timedelta(rows["finish"], unit="h")).dt.tz_convert("UTC"),
            "shift": "8 h",
            "activity": "contact",
            "language": key.language,
            "channel": key.channel,
        }
    )


def languages_model() -> SiteModel:
    """One site with 13 languages on the phone over 14 days, the largest eight times the smallest."""
    first = benchmark_centre()
    site, (kind, target, handling) = next(iter(first.sites.values())), CHANNELS["voice"]
    names = [f"l{i:02d}" for i in range(13)]
    keys = [QueueKey(site.code, name, "voice") for name in names]
    queues = {key: Queue(key, kind, site.hours, target, handling) for key in keys}
    centre = Centre("languages", 30, {site.code: site}, queues, {}, ())
    share = np.geomspace(8, 1, len(keys))
    expected = forecast_of(centre)
    weight = expected["language"].map(dict(zip(names, share / share.sum(), strict=True)))
    contacts = VOICE_CONTACTS * weight / (len(expected) / len(keys))
    parts = [
        _shifts(key, agents=max(2, round(one * VOICE_CONTACTS * 325 / 3600 / (DAYS * 12) / OCCUPANCY / 0.85)))
        for key, one in zip(keys, share / share.sum(), strict=True)
    ]
    schedule = pd.concat(parts, ignore_index=True)
    number = schedule["agent_id"].str.rsplit(" ", n=1).str[-1].astype(int)
    second = schedule["language"].map(dict(zip(names, names[1:] + names[:1], strict=True)))
    languages = (schedule["language"] + ";" + second).where(number % 10 < 3, schedule["language"])
    schedule = schedule.assign(language=languages)
    agents = schedule[["agent_id", "site"]].drop_duplicates().assign(contract="full")
    forecast = expected.assign(offered=contacts)
    tables = Tables(schedule, forecast, paths_of(forecast), agents)
    horizon = Horizon(ZONE, pd.date_range(FIRST_DAY, periods=DAYS), centre.interval_min)
    return site_model(0, site=site, horizon=horizon, tables=tables, centre=centre)


def kernel_speed(model: SiteModel) -> dict[str, float]:
    """Million contacts per CPU second of each step of a replication and of all three, at one site."""
    play(model, drawn=draw(model, path=0, seed=SEED, replication=0))  # loads what is compiled
    spent = {"draw": 0.0, "run": 0.0, "count": 0.0}
    contacts = 0
    for i in range(20):
        moments = [time.process_time()]
        one = draw(model, path=i, seed=SEED, replication=i)
        moments.append(time.process_time())
        outcome = run(one.contacts, queues=model.worked, groups=model.groups, duty=one.duty)
        moments.append(time.process_time())
        count(one.contacts, outcome=outcome, yardstick=model.yardstick)
        moments.append(time.process_time())
        contacts += len(one.contacts.arrived_s)
        for name, seconds in zip(spent, np.diff(moments), strict=True):
            spent[name] += seconds
    spent["all three"] = sum(spent.values())
    return {name: contacts / seconds / 1e6 for name, seconds in spent.items()}


def main() -> None:
    centre = benchmark_centre()
    forecast, schedule = forecast_of(centre), schedule_of(centre)
    paths = paths_of(forecast)
    agents = schedule[["agent_id", "site"]].drop_duplicates().assign(contract="full")
    site = next(iter(centre.sites.values()))
    horizon = Horizon(ZONE, pd.date_range(FIRST_DAY, periods=DAYS), centre.interval_min)
    tables = Tables(schedule, forecast, paths, agents)
    model = site_model(0, site=site, horizon=horizon, tables=tables, centre=centre)
    for case, one in (("13 languages", languages_model()), ("four channels", model)):
        for name, speed in kernel_speed(one).items():
            print(f"{case}, {name}: {speed:.2f} million contacts per CPU second")
    wall, cpu = time.perf_counter(), time.process_time()
    settings = SimulationSettings(replications=REPLICATIONS, seed=SEED, workers=2)
    found = simulate(schedule, forecast, paths, agents, centre, settings=settings)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    total = found.loc[(found["level"] == "total") & (found["measure"] == "occupancy"), "offered"].sum()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(centre.queues)} queues, {DAYS} days, {total:,.0f} contacts, {len(agents)} agents")
    print(
        f"{REPLICATIONS} replications: {wall:.1f} s, {cpu:.1f} CPU s, "
        f"peak {peak_mb:.0f} MB, {len(found):,} rows"
    )
    print(
        found[found["level"] == "total"].groupby(["channel", "measure"])["value"].mean().round(3).to_string()
    )


if __name__ == "__main__":
    main()
