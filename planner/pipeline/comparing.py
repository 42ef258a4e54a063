"""What differs between two schedules, and since the schedule that was published last."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.problems import InputError, Problem
from planner.store import Store, current, read_plan
from staffing.changes import changes, changes_days, shared_days


def compared(
    before: pd.DataFrame, after: pd.DataFrame, *, centre: Centre, agents: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """CHANGES and CHANGES_DAYS from one SCHEDULE to another, on the days that both cover.

    `agents` (AGENTS, possibly empty) gives the names. InputError for a site the centre does not have.
    """
    old, new = shared_days(before, after)
    _refuse_strangers(old, new, centre)
    zones = {code: site.time_zone for code, site in centre.sites.items()}
    found = changes(old, new, zones=zones, names=_names(agents))
    return {"CHANGES": found, "CHANGES_DAYS": changes_days(found)}


def since_published(
    store: Store, made: Mapping[str, pd.DataFrame], centre: Centre
) -> dict[str, pd.DataFrame]:
    """The same from the current plan's schedule to the one just made; nothing where either has none.

    Sites that the plan no longer has are left aside.
    """
    last = current(store)
    if last is None or "SCHEDULE" not in last.tables or "SCHEDULE" not in made:
        return {}
    before = read_plan(store, last.plan_id, "SCHEDULE")
    known = before[before["site"].isin(list(centre.sites))]
    return compared(known, made["SCHEDULE"], centre=centre, agents=made["AGENTS"])


def _names(agents: pd.DataFrame) -> Mapping[str, str]:
    if "name" not in agents.columns:
        return {}
    named = agents[agents["name"].notna()]
    return dict(zip(named["agent_id"], named["name"]))


def _refuse_strangers(old: pd.DataFrame, new: pd.DataFrame, centre: Centre) -> None:
    strange = sorted(({*old["site"]} | {*new["site"]}) - set(centre.sites))
    if strange:
        known = ", ".join(centre.sites)
        raise InputError(
            Problem(
                "unknown_site",
                f"site {site} of a schedule is not in the plan; it knows {known}",
                column="site",
            )
            for site in strange
        )
