"""First-contact resolution by four definitions, each under its own name and never averaged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.measures import Quotient
from planner.domain.tables import QUEUE, SCORECARD
from planner.scorecards.contact_log import WINDOWS_H, contact_sums
from planner.scorecards.proportions import wilson
from planner.scorecards.rollups import Period, period_start, rolled_up

PERIODS: tuple[Period, ...] = ("week", "month", "all")
DEFINITIONS = {
    "fcr_survey": ("yes_survey", "n_survey", "customers who say resolved / survey answers"),
    "fcr_agent": ("yes_agent", "n_agent", "agents' dispositions resolved / all dispositions"),
    "fcr_no_escalation": ("yes_no_escalation", "n_no_escalation", "not passed on / answered contacts"),
    "fcr_unknown_customer": ("unknown", "answered", "contacts of unknown customers / answered contacts"),
} | {
    f"fcr_repeat_{name}": (
        f"resolved_{name}",
        f"anchors_{name}",
        f"no contact of the same customer and reason within {words} of close / contacts with none in the "
        f"{words} before, customer known, {words} fully elapsed",
    )
    for name, words in ((name, f"{name[:-1]} {name[-1]}") for name in WINDOWS_H)
}  # fmt: skip


def fcr(paths: Sequence[Path], *, centre: Centre, as_of: datetime | None = None) -> pd.DataFrame:
    """SCORECARD rows of CONTACTS (Parquet files) by week, month and in all, with every roll-up.

    Measures: fcr_repeat_24h, _72h, _7d, _30d, fcr_survey, fcr_agent, fcr_no_escalation, and the share
    of unknown customers, who are neither resolved nor repeating. In all, each measure is also told by
    reason, as in "fcr_repeat_7d: payment". Contacts count where and when the first of them arrived.
    """
    sums = contact_sums(paths, centre=centre, as_of=as_of) if paths else pd.DataFrame()
    if sums.empty:
        return SCORECARD.empty()
    columns = [name for name in sums.columns if name not in (*QUEUE, "reason", "day")]
    parts = []
    for period in PERIODS:
        rows = sums.assign(period_start=period_start(sums["day"], period), suffix="")
        if period == "all":
            rows = pd.concat([rows, rows.assign(suffix=": " + rows["reason"])])
        rolled = rolled_up(rows, by=["period_start", "suffix"], sums=columns)
        parts.append(_scored(rolled).assign(period=period))
    return pd.concat(parts, ignore_index=True)


def _scored(rolled: pd.DataFrame) -> pd.DataFrame:
    """Each definition's share with Wilson's interval, where it rests on anything."""
    parts = []
    for measure, (numerator, denominator, words) in DEFINITIONS.items():
        rows = rolled[rolled[denominator] > 0]
        ends = wilson(rows[numerator], rows[denominator])
        parts.append(
            rows[[*QUEUE, "period_start"]].assign(
                measure=measure + rows["suffix"],
                value=Quotient(rows[numerator], rows[denominator]).value,
                low=ends.low,
                high=ends.high,
                n=rows[denominator],
                definition=words,
            )
        )
    return pd.concat(parts, ignore_index=True)
