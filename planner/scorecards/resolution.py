"""RESOLUTION: first-contact resolution as counts, so that every roll-up adds instead of averaging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from planner.domain.measures import Quotient
from planner.domain.resolution_tables import RESOLUTION
from planner.domain.tables import QUEUE
from planner.scorecards.contact_log import Log
from planner.scorecards.proportions import wilson
from planner.scorecards.returns import LOOKED_BACK_H, WINDOWS_H, window_sums
from planner.scorecards.rollups import Period, period_start

PERIODS: tuple[Period, ...] = ("week", "month")
PLACE = (*QUEUE, "client", "reason", "handled_by")
OUTCOMES = """
    SELECT cell, day, bot, count(*) FILTER (answered) AS answered,
           count(*) FILTER (answered AND who IS NULL) AS unknown,
           sum(joined)::BIGINT AS joined,
           count(survey_resolved) FILTER (answered) AS n_survey,
           count(*) FILTER (answered AND survey_resolved) AS yes_survey,
           count(agent_resolved) FILTER (answered) AS n_agent,
           count(*) FILTER (answered AND agent_resolved) AS yes_agent,
           count(escalated) FILTER (answered) AS n_no_escalation,
           count(*) FILTER (answered AND NOT escalated) AS yes_no_escalation
    FROM contact GROUP BY ALL"""


class Share(NamedTuple):
    """A share of two counts of RESOLUTION, and how it is computed."""

    yes: str
    n: str
    words: str


def _repeat(name: str) -> Share:
    hours = WINDOWS_H[name]
    window, back = f"{name[:-1]} {name[-1]}", min(hours, LOOKED_BACK_H)
    known = f"the log known for {back // 24} d before" if back > 24 else "the log known for 24 h before"
    words = (
        f"no contact of the same customer and reason within {window} of close / contacts with none in the "
        f"{window} before, customer known, {window} fully elapsed, {known}"
    )
    return Share(f"resolved_{name}", f"anchors_{name}", words)


REPEATS_OF: Mapping[str, Share] = {f"fcr_repeat_{name}": _repeat(name) for name in WINDOWS_H}
SHARES: Mapping[str, Share] = {
    **REPEATS_OF,
    "fcr_survey": Share("yes_survey", "n_survey", "customers who say resolved / survey answers"),
    "fcr_agent": Share("yes_agent", "n_agent", "agents' dispositions resolved / all dispositions"),
    "fcr_no_escalation": Share("yes_no_escalation", "n_no_escalation", "not passed on / answered contacts"),
    "fcr_unknown_customer": Share(
        "unknown",
        "answered",
        "contacts of unknown customers / answered contacts; on neither side of a repeat",
    ),
}
COUNTS = tuple(dict.fromkeys(["answered", "joined", *(n for s in SHARES.values() for n in (s.yes, s.n))]))
OPEN = tuple(f"open_{name}" for name in WINDOWS_H)
NET, BOT = "_net", "_bot"  # behind a measure's name
NET_WORDS = "; only reasons the first line can resolve"
BOT_WORDS = "; contacts that a bot closed, a person's contact afterwards is a repeat"


def daily_counts(log: Log) -> pd.DataFrame:
    """One row per site, language, channel, client, reason, handled_by and local day with sums of counts.

    Takes a log whose contacts were followed (`returns.follow`).
    """
    outcomes = log.by_cell(OUTCOMES)
    windows = log.by_cell(f"SELECT cell, day, bot, {window_sums()} FROM anchor GROUP BY ALL")
    keys = [*QUEUE, "client", "reason", "day", "bot"]
    both = outcomes.merge(windows, on=keys, how="left")
    filled = both.fillna(dict.fromkeys(windows.columns.drop(keys), 0))
    return filled.assign(handled_by=np.where(filled["bot"], "bot", "person")).drop(columns="bot")


def resolution(days: pd.DataFrame) -> pd.DataFrame:
    """RESOLUTION by week and month of `daily_counts`."""
    parts = [
        days.assign(period=period, period_start=period_start(days["day"], period))
        .groupby([*PLACE, "period", "period_start"], as_index=False, sort=False, dropna=False)[
            [*COUNTS, *OPEN]
        ]
        .sum()
        for period in PERIODS
    ]
    return RESOLUTION.check(pd.concat(parts, ignore_index=True))


def shares(counts: pd.DataFrame, *, by: Sequence[str], net_reasons: Sequence[str] = ()) -> pd.DataFrame:
    """Each definition's share with Wilson's interval: by, measure, value, low, high, n, definition.

    `counts` are rows of RESOLUTION, or its columns. What a bot closed has measures of its own
    ("fcr_repeat_7d_bot"); with `net_reasons`, so has what the first line can resolve ("..._net").
    """
    person = counts["handled_by"] == "person"
    variants = [("", counts[person], SHARES, ""), (BOT, counts[~person], SHARES, BOT_WORDS)]
    if net_reasons:
        net = counts[person & counts["reason"].isin(list(net_reasons))]
        variants.append((NET, net, REPEATS_OF, NET_WORDS))
    parts = []
    for suffix, rows, measures, more in variants:
        summed = rows.groupby(list(by), as_index=False, sort=False, dropna=False)[list(COUNTS)].sum()
        parts += [_share(summed, by, share, name + suffix, more) for name, share in measures.items()]
    return pd.concat(parts, ignore_index=True)


def _share(summed: pd.DataFrame, by: Sequence[str], share: Share, measure: str, more: str) -> pd.DataFrame:
    """One definition, where it rests on anything."""
    rows = summed[summed[share.n] > 0]
    ends = wilson(rows[share.yes], rows[share.n])
    return rows[list(by)].assign(
        measure=measure,
        value=Quotient(rows[share.yes], rows[share.n]).value,
        low=ends.low,
        high=ends.high,
        n=rows[share.n],
        definition=share.words + more,
    )
