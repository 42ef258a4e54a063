"""Does the plan hold? The schedule's people meet the forecast's contacts, many times over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

from planner.domain.centre import Centre, Queue, QueueKey, Site
from planner.domain.tables import SERVICE_CHECK
from staffing.simulation.arrivals import Demand, demand, draw_contacts, draw_paths
from staffing.simulation.counts import Counts, Yardstick, count, yardstick
from staffing.simulation.floor import Contacts, Duty, Groups, Queues
from staffing.simulation.horizon import Horizon, days_of
from staffing.simulation.people import Roster, Segments, draw_duty, roster
from staffing.simulation.precision import replications_wanted
from staffing.simulation.report import Service, service_check, services
from staffing.simulation.rollup import rolled_up
from staffing.simulation.routing import conversations_at_once, group_names, routing, served
from staffing.simulation.run import run


@dataclass(frozen=True)
class SimulationSettings:
    """How often, with which luck, on how many cores, and over which local days of each site.

    `replications` is the number of every site if `precision` is None. Else it is the least: a site goes on
    until the service level of each of its queues over the whole horizon is known to `precision` (half
    of its 95 % interval), or it has `most`.

    Given `first_day` and `days`, every site with a forecast is simulated on every one of them, also
    where nobody is scheduled; else from the first to the last day of the schedule, where it has agents.

    Threads are the default: the compiled run lets them work side by side, and processes would each
    have to load it again.
    """

    replications: int = 40
    precision: float | None = None
    most: int = 200
    seed: int = 0
    workers: int = 1
    backend: Literal["threading", "loky", "dask"] = "threading"
    first_day: date | None = None
    days: int | None = None


class Tables(NamedTuple):
    """SCHEDULE, FORECAST, FORECAST_PATHS and AGENTS."""

    schedule: pd.DataFrame
    forecast: pd.DataFrame
    paths: pd.DataFrame
    agents: pd.DataFrame


@dataclass(frozen=True)
class SiteModel:
    """Everything about one site that stays the same in every replication."""

    number: int
    horizon: Horizon
    queues: tuple[Queue, ...]
    demands: tuple[Demand, ...]
    worked: Queues
    groups: Groups
    roster: Roster
    yardstick: Yardstick


@dataclass(frozen=True)
class SiteResult:
    """SERVICE_CHECK rows of one site, and the service of its queues by local day."""

    rows: pd.DataFrame
    by_day: Mapping[QueueKey, Service]


@dataclass(frozen=True)
class Draw:
    """The luck of one replication: who comes, and who is there."""

    contacts: Contacts
    duty: Duty


def simulate(
    schedule: pd.DataFrame,
    forecast: pd.DataFrame,
    paths: pd.DataFrame,
    agents: pd.DataFrame,
    centre: Centre,
    *,
    settings: SimulationSettings,
) -> pd.DataFrame:
    """SERVICE_CHECK of a SCHEDULE against a FORECAST and its FORECAST_PATHS, over the days of the settings.

    Sites are independent. Every queue begins the first day empty: no backlog is carried in. Without
    sample paths (an empty table) the forecast is taken as certain and only Poisson luck remains.
    Raises InputError when a segment is for no queue.
    """
    days = days_of(schedule, first_day=settings.first_day, days=settings.days)
    tables = Tables(schedule[schedule["day"].isin(days)], forecast, paths, agents)
    models = _site_models(tables, centre, days=days, settings=settings)
    if not models:
        return SERVICE_CHECK.empty()
    most = settings.replications if settings.precision is None else max(settings.most, settings.replications)
    chosen = draw_paths(paths, replications=most, seed=settings.seed)
    task = delayed(simulate_site)
    results = Parallel(n_jobs=settings.workers, backend=settings.backend)(
        task(model, path_of=chosen, settings=settings) for model in models
    )
    by_day = {key: service for result in results for key, service in result.by_day.items()}
    zones = {site.code: site.time_zone for site in centre.sites.values()}
    whole = rolled_up(by_day, days=days, zones=zones, seed=settings.seed)
    return pd.concat([*(result.rows for result in results), whole], ignore_index=True)


def _site_models(
    tables: Tables, centre: Centre, *, days: pd.DatetimeIndex, settings: SimulationSettings
) -> list[SiteModel]:
    """The sites that are simulated: those with a schedule, and given `days` also those with a forecast."""
    unstaffed = set() if settings.days is None or days.empty else set(tables.forecast["site"])
    asked = unstaffed | set(tables.schedule["site"])
    return [
        site_model(
            number,
            horizon=Horizon(site.time_zone, days, centre.interval_min),
            site=site,
            tables=tables,
            centre=centre,
        )
        for number, site in enumerate(centre.sites.values())
        if site.code in asked and centre.queues_at(site.code)
    ]


def site_model(
    number: int,
    *,
    site: Site,
    horizon: Horizon,
    tables: Tables,
    centre: Centre,
) -> SiteModel:
    """The model of one site from tables of the whole centre."""
    schedule, forecast, paths, agents = tables
    segments = schedule[schedule["site"] == site.code].reset_index(drop=True)
    queues = centre.queues_at(site.code)
    names = group_names(segments)
    groups = served(names, site=site.code, centre=centre)
    worked, grouped = routing(groups, queues=queues, centre=centre)
    people = roster(
        _with_groups(segments, agents=agents, groups=dict(zip(names, groups, strict=True))),
        agent_ids=_agent_ids(segments, agents=agents, site=site),
        site=site,
        horizon=horizon,
    )
    demands = _demands(queues, forecast=forecast, paths=paths, centre=centre, horizon=horizon)
    is_open = np.array([one.by_interval > 0 for one in demands])
    worked = worked._replace(is_open=is_open)
    measured = yardstick(queues, groups=grouped, horizon=horizon)
    return SiteModel(number, horizon, queues, demands, worked, grouped, people, measured)


def draw(model: SiteModel, *, path: int, seed: int, replication: int) -> Draw:
    """Draw first: the contacts and the people of one replication."""
    contacts = draw_contacts(
        model.demands, path=path, seed=seed, replication=replication, horizon=model.horizon
    )
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(replication, 1, model.number)))
    return Draw(contacts, draw_duty(model.roster, rng=rng, horizon=model.horizon))


def play(model: SiteModel, *, drawn: Draw) -> Counts:
    """Then run: the same draw gives the same counts (queues x intervals)."""
    outcome = run(drawn.contacts, queues=model.worked, groups=model.groups, duty=drawn.duty)
    return count(drawn.contacts, outcome=outcome, yardstick=model.yardstick)


def simulate_site(
    model: SiteModel, *, path_of: Sequence[int] | np.ndarray, settings: SimulationSettings
) -> SiteResult:
    """What comes of one site; `path_of` names the sample path of each replication there may be."""
    counts = _replicate(model, path_of=path_of, settings=settings)
    expected = np.stack([one.by_interval for one in model.demands])
    rows = service_check(
        counts, queues=model.queues, horizon=model.horizon, expected=expected, seed=settings.seed
    )
    first = model.horizon.levels()[1][1]
    found = services(counts, queues=model.queues, expected=expected)
    by_day = {queue.key: one.pooled(first) for queue, one in zip(model.queues, found, strict=True)}
    return SiteResult(rows, by_day)


def _replicate(
    model: SiteModel, *, path_of: Sequence[int] | np.ndarray, settings: SimulationSettings
) -> Counts:
    """Counts of as many replications as there should be; in single precision, which holds any count here."""
    runs: list[Counts] = []
    wanted = settings.replications
    while len(runs) < wanted:
        for number in range(len(runs), wanted):
            drawn = draw(model, path=int(path_of[number]), seed=settings.seed, replication=number)
            runs.append(Counts(*(part.astype(np.float32) for part in play(model, drawn=drawn))))
        if settings.precision is not None:
            totals = Counts(
                *(np.stack([part.sum(axis=-1) for part in parts]) for parts in zip(*runs, strict=True))
            )
            wanted = replications_wanted(
                totals, queues=model.queues, precision=settings.precision, most=len(path_of)
            )
    return Counts(*(np.stack(parts) for parts in zip(*runs, strict=True)))


def _with_groups(
    segments: pd.DataFrame, *, agents: pd.DataFrame, groups: dict[tuple[str, str], list[Queue]]
) -> Segments:
    number = {name: i for i, name in enumerate(groups)}
    names = zip(segments["language"], segments["channel"], segments["activity"], strict=True)
    group = [
        number[language, channel] if activity == "contact" else -1 for language, channel, activity in names
    ]
    slots = conversations_at_once(segments, agents=agents, groups=groups)
    return Segments(segments, np.array(group, np.int64), slots)


def _agent_ids(segments: pd.DataFrame, *, agents: pd.DataFrame, site: Site) -> np.ndarray:
    """Everyone of the site, in the roster or on the schedule, sorted."""
    employed = agents.loc[agents["site"] == site.code, "agent_id"]
    return np.unique(np.concatenate([employed.to_numpy(object), segments["agent_id"].to_numpy(object)]))


def _demands(
    queues: Sequence[Queue], *, forecast: pd.DataFrame, paths: pd.DataFrame, centre: Centre, horizon: Horizon
) -> tuple[Demand, ...]:
    number = {key: i for i, key in enumerate(centre.queues)}
    keys = ["site", "language", "channel"]
    rows = dict(iter(forecast.groupby(keys))), dict(iter(paths.groupby(keys)))
    return tuple(
        demand(
            number[queue.key],
            queue=queue,
            forecast=rows[0].get(tuple(queue.key), forecast.iloc[:0]),
            paths=rows[1].get(tuple(queue.key), paths.iloc[:0]),
            horizon=horizon,
        )
        for queue in queues
    )
