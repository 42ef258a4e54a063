"""REPEATS: what comes back within 7 days, on which channel, and how soon."""

from __future__ import annotations

import pandas as pd

from planner.domain.resolution_tables import REPEATS
from planner.scorecards.contact_log import Log
from planner.scorecards.returns import BITS
from planner.scorecards.rollups import ALL

WINDOW = "7d"
KEYS = ("site", "language", "reason", "channel", "next_channel")
PLACES = ("", "site", "language", "site, language")
TOLD = ("reason", "channel", "reason, channel")
SECONDS_AN_HOUR = 3600


def repeats(log: Log) -> pd.DataFrame:
    """REPEATS of a followed log; contacts that a bot closed are left out."""
    bit = BITS[WINDOW]
    counted = f"NOT bot AND anchor & {bit} > 0 AND due & {bit} > 0"
    both = f"""
        SELECT c.site, c.language, c.reason, c.channel, n.channel AS next_channel, back_s
        FROM anchor JOIN cell c USING (cell) LEFT JOIN cell n ON n.cell = next_cell AND back & {bit} > 0
        WHERE {counted}"""
    firsts = [f"({_listed(place, told)})" for place in PLACES for told in TOLD]
    nexts = [f"({_listed(place, told, 'next_channel')})" for place in PLACES for told in TOLD]
    anchors = log.connection.sql(
        f"SELECT site, language, reason, channel, count(*) AS anchors FROM ({both}) "
        f"GROUP BY GROUPING SETS ({', '.join(firsts)})"
    ).df()
    back = log.connection.sql(
        f"SELECT {', '.join(KEYS)}, count(*) AS repeats, median(back_s) / {SECONDS_AN_HOUR} AS median_h "
        f"FROM ({both}) WHERE next_channel IS NOT NULL "
        f"GROUP BY GROUPING SETS ({', '.join([*firsts, *nexts])})"
    ).df()
    keys = list(KEYS[:-1])
    anchors, back = (
        frame.assign(**{name: frame[name].fillna(ALL) for name in KEYS if name in frame.columns})
        for frame in (anchors, back)
    )
    return REPEATS.check(_with_anchors(anchors, back, keys))


def _listed(*names: str) -> str:
    return ", ".join(name for name in names if name)


def _with_anchors(anchors: pd.DataFrame, back: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Each reason and channel with the contacts it rests on; where nobody came back, `repeats` is 0."""
    whole = anchors.assign(next_channel=ALL)
    nexts = back[back["next_channel"] != ALL][[*KEYS]].merge(anchors, on=keys)
    rows = pd.concat([whole, nexts], ignore_index=True).merge(back, on=list(KEYS), how="left")
    return rows.fillna({"repeats": 0})
