"""Where do we miss? One promise over languages and sites."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboards import formats, look
from dashboards.filters import Scope
from dashboards.languages import short_names
from dashboards.look import Tile
from dashboards.promises import promise_of
from planner.domain.centre import Centre
from planner.domain.tables import QUEUE

NAME_WIDTH = 150  # pixels
DARKEST = 0.08  # share; a miss this large has the full colour


def misses(card: pd.DataFrame, centre: Centre, scope: Scope, *, measure: str, week: date) -> pd.DataFrame:
    """One row a queue of the scope with the promise: site, language, channel, value, n, limit, margin."""
    rows = card[
        (card["measure"] == measure)
        & (card["period"] == "week")
        & (card["period_start"] == pd.Timestamp(week))
    ]
    rows = rows.set_index([*QUEUE])
    found = []
    for key, queue in centre.queues.items():
        promise = promise_of(queue, measure)
        if not scope.holds(key) or promise is None or tuple(key) not in rows.index:
            continue
        row = rows.loc[tuple(key)]
        value, n = float(row["value"]), float(row["n"])
        found.append([*key, value, n, promise.limit, promise.margin(value), promise.short])
    columns = [*QUEUE, "value", "n", "limit", "margin", "promise"]
    return pd.DataFrame(found, columns=columns).dropna(subset=["value"])


def misses_card(found: pd.DataFrame, centre: Centre, *, week: date) -> None:
    """The grid language x site, the worst language first."""
    words = formats.listed(sorted(found["promise"].unique())) if len(found) else ""
    channels = formats.listed([formats.channel(name).lower() for name in found["channel"].unique()])
    about = (
        f"{words}, points against target; {channels}, week {formats.week(week)[1:]}; "
        "orange = missed, grey = met, blank = not served"
    )
    with look.card("misses", "Where do we miss?", about, data=found, fill=True):
        if found.empty:
            look.nothing(
                "No queue with this target was measured", "", "Choose another site, language or channel."
            )
            return
        worst = found.groupby("language")["margin"].min().sort_values(kind="stable")
        sites = [code for code in centre.sites if code in set(found["site"])]
        by_place = found.set_index(["language", "site"])
        rows = [(short_names(tag), [_tile(by_place, tag, code) for code in sites]) for tag in worst.index]
        look.tiles([centre.sites[code].name for code in sites], rows, name_width=NAME_WIDTH)


def _tile(by_place: pd.DataFrame, tag: str, site: str) -> Tile | None:
    if (tag, site) not in by_place.index:
        return None
    row = by_place.loc[(tag, site)]
    limit = formats.percent(row["limit"], 0)
    hint = f"{formats.percent(row['value'])} of {formats.number(row['n'])} contacts; target {limit}"
    return Tile(formats.points(row["margin"]), min(max(-row["margin"], 0) / DARKEST, 1), hint)
