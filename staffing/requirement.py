"""Forecast -> requirement: the least people for every queue and interval, and the target that decides.

Each interval is taken as steady (Erlang A for immediate channels, the conversation chain for chat and
messaging), all targets of the queue together; deferred queues are placed against their deadline.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, Handling, Queue, QueueKey, Target
from planner.domain.problems import InputError, Problem
from planner.domain.tables import REQUIREMENT
from staffing.chat import first_reply_level
from staffing.deferred_queues import deferred_rows
from staffing.erlang import Demand, measures
from staffing.least import Least, least_agents, limits_of
from staffing.shrinkage import with_shrinkage
from staffing.working_hours import is_worked

QUEUE = ["site", "language", "channel"]
LEVEL_COLUMNS = ("service_level", "service_level_2")


def requirement(forecast: pd.DataFrame, centre: Centre, *, quantile: str = "offered") -> pd.DataFrame:
    """REQUIREMENT, one row per queue and open interval, from FORECAST at the mean or at a quantile.

    On rows of deferred queues `offered` are the contacts worked in the interval, not those that arrive.
    Where nothing is offered nobody is needed and the expected measures are blank. InputError when the
    quantile is missing.
    """
    planned = planned_contacts(forecast, centre, quantile=quantile)
    return with_deferred(immediate_rows(planned, centre), planned, centre)


def planned_contacts(forecast: pd.DataFrame, centre: Centre, *, quantile: str) -> pd.DataFrame:
    """FORECAST rows of queues in the centre: offered at the quantile, AHT, load; one row each as before."""
    if quantile not in forecast.columns or forecast[quantile].isna().any():
        note = f"the forecast has no {quantile} for every interval; staff to offered (the mean) instead"
        raise InputError([Problem("missing_column", note, column=quantile)])
    usual = pd.DataFrame([(*key, queue.handling.aht_s) for key, queue in centre.queues.items()])
    rows = forecast[[*QUEUE, "interval_start", "interval_min"]].assign(
        offered=forecast[quantile], aht_s=forecast.get("aht_s", np.nan)
    )
    rows = rows.merge(usual.set_axis([*QUEUE, "usual_aht_s"], axis=1), on=QUEUE, sort=False)
    rows["aht_s"] = rows["aht_s"].where(rows["aht_s"] > 0, rows["usual_aht_s"])
    rows["load_erlangs"] = rows["offered"] * rows["aht_s"] / (rows["interval_min"] * 60)
    return rows.drop(columns="usual_aht_s")


def immediate_rows(planned: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """REQUIREMENT rows, without people at work, of the open intervals of voice, chat and messaging."""
    parts = [planned.iloc[:0].assign(agents_on_contact=0)]
    for key, rows in planned.groupby(QUEUE, sort=False):
        queue = centre.queues[QueueKey(*key)]
        if queue.kind != "deferred":
            parts.append(queue_rows(rows[is_worked(queue, pd.DatetimeIndex(rows["interval_start"]))], queue))
    return pd.concat(parts, ignore_index=True)


def queue_rows(rows: pd.DataFrame, queue: Queue) -> pd.DataFrame:
    """Rows of one immediate or concurrent queue with the least agents, what binds, and what to expect.

    InputError when the queue's targets cannot be met by anybody.
    """
    handling = handling_of(queue)
    demand = demand_of(handling, rows["load_erlangs"].to_numpy(), aht_s=rows["aht_s"].to_numpy())
    try:
        least = least_agents(demand, limits_of(queue.target, handling))
    except (ValueError, OverflowError) as error:
        raise InputError([Problem("impossible_target", f"{queue.key}: {error}")]) from error
    words = np.array([*target_words(queue.target), None], dtype=object)
    found = rows.assign(agents_on_contact=least.agents, binding=words[least.binding])
    expected = _expected(demand, least.agents, target=queue.target, handling=handling)
    return found.assign(**_needs(least, len(queue.target.service_levels)), **expected)


def handling_of(queue: Queue) -> Handling:
    """The queue's handling; on immediate channels one contact at a time, answered without delay."""
    if queue.kind == "concurrent":
        return queue.handling
    return replace(queue.handling, concurrency=1, slow_down=0.0, reaction_s=0.0)


def demand_of(handling: Handling, load: np.ndarray, *, aht_s: np.ndarray) -> Demand:
    """Demand of a load in Erlang at the AHT of each row."""
    return Demand(load, aht_s, handling.patience_s, handling.concurrency, handling.slow_down)


def target_words(target: Target) -> list[str | None]:
    """The targets in words, in the order of `Least.needs`; None = no such target.

    >>> target_words(Target(max_abandonment=0.05))
    ['abandonment ≤ 5 %', None, None]
    """
    abandonment, occupancy, asa = target.max_abandonment, target.max_occupancy, target.max_asa_s
    return [
        *map(str, target.service_levels),
        None if abandonment is None else f"abandonment ≤ {abandonment * 100:g} %",
        None if occupancy is None else f"occupancy ≤ {occupancy * 100:g} %",
        None if asa is None else f"ASA ≤ {asa:g} s",
    ]


def with_deferred(immediate: pd.DataFrame, planned: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """REQUIREMENT of all queues from the rows of the immediate ones and the contacts planned."""
    queues = [queue for queue in centre.queues.values() if queue.kind == "deferred"]
    deferred = deferred_rows(planned, queues, others=immediate, blending=centre.blending)
    return people_at_work(pd.concat([immediate, deferred], ignore_index=True), centre)


def people_at_work(rows: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """Rows with the people a schedule and a payroll need, in the columns and order of REQUIREMENT."""
    parts = [with_shrinkage(part, centre.sites[str(site)]) for site, part in rows.groupby("site", sort=False)]
    table = pd.concat(parts).sort_index() if parts else REQUIREMENT.empty()
    for column in REQUIREMENT.columns:
        if column.name not in table:
            table[column.name] = np.nan
    return table[[column.name for column in REQUIREMENT.columns]]


def _needs(least: Least, levels: int) -> dict[str, np.ndarray]:
    """What each target alone would need; of several service levels the first two have a column."""
    names = [f"needs_{name}" for name in LEVEL_COLUMNS[:levels]]
    columns = dict(zip(names, np.moveaxis(least.needs, -1, 0)))
    for name, needs in zip(("abandonment", "occupancy", "asa"), np.moveaxis(least.needs, -1, 0)[levels:]):
        columns[f"needs_{name}"] = needs
    return columns


def _expected(
    demand: Demand, agents: np.ndarray, *, target: Target, handling: Handling
) -> dict[str, np.ndarray]:
    """What customers and agents meet with so many agents; blank where nothing is offered."""
    found = measures(demand, agents=agents)
    asa_s = found.asa_s + handling.reaction_s
    columns = {"abandonment": found.p_abandon, "occupancy": found.occupancy, "asa_s": asa_s}
    for name, asked in zip(LEVEL_COLUMNS, target.service_levels):
        columns[name] = first_reply_level(
            demand, agents=agents, asked=asked, handling=handling, formula=target.formula
        )
    return {name: np.where(agents > 0, cells, np.nan) for name, cells in columns.items()}
