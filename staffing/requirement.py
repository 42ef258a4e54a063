"""Forecast -> requirement: the least people for every queue and interval, and the target that decides.

Voice, chat and messaging are staffed through the day (`staffing.day`), all targets of the queue together;
deferred queues are placed against their deadline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, StaffingMethod
from planner.domain.problems import InputError, Problem
from planner.domain.tables import QUEUE, REQUIREMENT
from staffing.day_level import day_factors
from staffing.deferred_queues import deferred_rows
from staffing.immediate import agents_rows, immediate_rows
from staffing.shrinkage import with_shrinkage


@dataclass(frozen=True)
class Staffing:
    """What is planned for and how: the mean ("offered") or a quantile, the method, threads at work.

    `levels` are the quantiles of the day for which the agents are reckoned as well, from sample paths.
    """

    quantile: str = "offered"
    method: StaffingMethod = "sequential"
    workers: int = 1
    levels: tuple[str, ...] = ()


AT_THE_MEAN = Staffing()


def requirement(
    forecast: pd.DataFrame,
    centre: Centre,
    *,
    paths: pd.DataFrame | None = None,
    staffing: Staffing = AT_THE_MEAN,
) -> pd.DataFrame:
    """REQUIREMENT, one row per queue and open interval, from FORECAST and, if there are any, its paths.

    With FORECAST_PATHS a quantile is one of the day (`staffing.day_level`), without them of each interval.
    On rows of deferred queues `offered` are the contacts worked in the interval, not those that arrive.
    Where nothing is offered nobody is needed and the expected measures are blank. InputError when the
    quantile is missing.
    """
    planned = planned_contacts(forecast, centre, quantile=staffing.quantile, paths=paths)
    immediate = immediate_rows(planned, centre, method=staffing.method, workers=staffing.workers)
    table = with_deferred(immediate, planned, centre)
    for name in staffing.levels if paths is not None and len(paths) else ():
        busy = planned_contacts(forecast, centre, quantile=name, paths=paths)
        people = _people_alone(busy, centre, staffing)[[*QUEUE, "interval_start", "agents_on_contact"]]
        people = people.rename(columns={"agents_on_contact": f"agents_{name}"})
        table = table.drop(columns=f"agents_{name}").merge(people, on=[*QUEUE, "interval_start"], how="left")
    return table[[column.name for column in REQUIREMENT.columns]]


def people_at_levels(
    forecast: pd.DataFrame, centre: Centre, *, paths: pd.DataFrame, staffing: Staffing
) -> dict[str, pd.DataFrame]:
    """REQUIREMENT at each of `staffing.levels`, without what customers meet: only people and work.

    Much quicker than a `requirement` each: nothing is walked that need not be, and the days of the sample
    paths are sorted once. InputError when a queue's targets cannot be met by anybody.
    """
    offered = _offered_at(forecast, centre, quantiles=staffing.levels, paths=paths)
    return {
        level: _people_alone(_with_work(forecast, centre, offered[level]), centre, staffing)
        for level in staffing.levels
    }


def _people_alone(planned: pd.DataFrame, centre: Centre, staffing: Staffing) -> pd.DataFrame:
    agents = agents_rows(planned, centre, method=staffing.method, workers=staffing.workers)
    return with_deferred(agents, planned, centre)


def planned_contacts(
    forecast: pd.DataFrame, centre: Centre, *, quantile: str, paths: pd.DataFrame | None = None
) -> pd.DataFrame:
    """FORECAST rows of queues in the centre: offered at the quantile, AHT, load; one row each as before."""
    offered = _offered_at(forecast, centre, quantiles=(quantile,), paths=paths)
    return _with_work(forecast, centre, offered[quantile])


def _with_work(forecast: pd.DataFrame, centre: Centre, offered: pd.Series) -> pd.DataFrame:
    usual = pd.DataFrame([(*key, queue.handling.aht_s) for key, queue in centre.queues.items()])
    rows = forecast[[*QUEUE, "interval_start", "interval_min"]].assign(
        offered=offered,
        aht_s=forecast.get("aht_s", np.nan),
    )
    rows = rows.merge(usual.set_axis([*QUEUE, "usual_aht_s"], axis=1), on=QUEUE, sort=False)
    rows["aht_s"] = rows["aht_s"].where(rows["aht_s"] > 0, rows["usual_aht_s"])
    rows["load_erlangs"] = rows["offered"] * rows["aht_s"] / (rows["interval_min"] * 60)
    return rows.drop(columns="usual_aht_s")


def _offered_at(
    forecast: pd.DataFrame, centre: Centre, *, quantiles: Sequence[str], paths: pd.DataFrame | None
) -> pd.DataFrame:
    """Contacts of each row at each quantile, a column each; "offered" is the mean."""
    asked = [name for name in quantiles if name != "offered"]
    if asked and paths is not None and len(paths):
        factors = day_factors(forecast, paths, centre, quantiles=asked).fillna(1.0)
        return factors.mul(forecast["offered"], axis=0).assign(offered=forecast["offered"])
    for name in quantiles:
        if name not in forecast.columns or forecast[name].isna().any():
            note = f"the forecast has no {name} for every interval; staff to offered (the mean) instead"
            raise InputError([Problem("missing_column", note, column=name)])
    return forecast[[*quantiles]]


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
