"""Simulated service as the pages read it: local days, and the rows of one scope."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.languages import english_name, short_names
from dashboards.published import Published, open_plan
from planner.domain.centre import Centre, QueueKey
from planner.domain.tables import QUEUE
from planner.language import _, message, retold
from planner.scorecards.contract_outlook import by_local_day
from planner.scorecards.contract_outlook import by_queue as by_queue
from planner.scorecards.contract_outlook import local_start as local_start
from planner.scorecards.contract_outlook import whole as whole
from planner.scorecards.contract_promises import MEASURE_NAMES, promises, shared_promises

ALL = "all"  # a dimension rolled up
MEASURES_IN_SENTENCES = {
    "service_level": message("the first service level"),
    "service_level_2": message("the second service level"),
    "abandonment": message("the abandonment target"),
    "met_deadline": message("the deadline"),
    "all_targets": message("all targets together"),
}
COLUMNS = (
    *QUEUE,
    "level",
    "interval_start",
    "measure",
    "value",
    "low",
    "high",
    "target",
    "p_meets",
    "offered",
    "replications",
    "seed",
)


def simulated(plan: Published) -> pd.DataFrame:
    """SERVICE_CHECK without its intervals; `start` is the first local day of a day, week or total."""
    return _simulated(plan.folder, plan.plan_id)


@st.cache_data(max_entries=8, show_spinner=False)
def _simulated(folder: str, plan_id: str) -> pd.DataFrame:
    plan = open_plan(folder, plan_id)
    return by_local_day(plan.table("SERVICE_CHECK", *COLUMNS), plan.centre)


def queues_in(check: pd.DataFrame) -> list[QueueKey]:
    """The queues that were simulated, roll-ups left out."""
    keys = check[[*QUEUE]].drop_duplicates()
    return [QueueKey(*key) for key in keys.itertuples(index=False) if ALL not in key]


def measures_of(check: pd.DataFrame) -> list[str]:
    """The measures that have a target somewhere, in the order of a contract."""
    present = set(check.loc[check["target"].notna(), "measure"])
    return [measure for measure in MEASURE_NAMES if measure in present]


def measure_label(centre: Centre, keys: Sequence[QueueKey], measure: str) -> str:
    """The target the queues share (80 % in 20 s), or the measure's name where they differ."""
    promised = [key for key in keys if any(p.measure == measure for p in promises(centre.queues[key].target))]
    shared = [promise for promise in shared_promises(centre, promised) if promise.measure == measure]
    return retold(shared[0].short) if shared else _(MEASURE_NAMES.get(measure, measure))


def measure_words(centre: Centre, keys: Sequence[QueueKey], measure: str) -> str:
    """The same inside a sentence: 80 % in 20 s, or the first service level."""
    label = measure_label(centre, keys, measure)
    return _(MEASURES_IN_SENTENCES[measure]) if label == _(MEASURE_NAMES.get(measure, "")) else label


def shared_limit(rows: pd.DataFrame) -> float | None:
    """The target the rows have in common; None where they differ or there is none."""
    found = rows["target"].dropna().unique()
    return float(found[0]) if len(found) == 1 else None


def queue_name(centre: Centre, key: Sequence[str]) -> str:
    """A queue as a row's name: العربية · Arabic, Cairo, voice."""
    site, language, channel = key
    return f"{short_names(language)}, {_place(centre, site)}, {formats.channel_words(channel)}"


def queue_words(centre: Centre, key: Sequence[str]) -> str:
    """A queue in a sentence: Arabic voice at Cairo."""
    site, language, channel = key
    return _("{language} {channel} at {place}").format(
        language=english_name(language), channel=formats.channel_words(channel), place=_place(centre, site)
    )


def _place(centre: Centre, site: str) -> str:
    return centre.sites[site].name if site in centre.sites else site
