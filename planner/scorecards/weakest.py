"""Items beside the group: where an agent loses points against colleagues of the same site and language."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.form_tables import AGENT_ITEMS
from planner.scorecards.shrinkage import Seen, believed_means

GROUP = ["site", "language"]
Z = 1.959964  # of a 95 % interval


def agent_items(items: pd.DataFrame, seen: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """AGENT_ITEMS: `items` are EVALUATIONS, of which those in `seen` (evaluation_id) count.

    `people` names each agent's site and language. What an item earns is shrunken like the score, or else
    the least often scored item would always be the weakest.
    """
    kept = items[items["evaluation_id"].isin(seen["evaluation_id"])].dropna(subset=["points"])
    if kept.empty:
        return AGENT_ITEMS.empty()
    kept = kept.assign(weight=_weights(kept), square=kept["points"] ** 2)
    parts = [_of_item(rows, people).assign(item=item) for item, rows in kept.groupby("item", sort=False)]
    return AGENT_ITEMS.check(pd.concat(parts, ignore_index=True))


def weakest(found: pd.DataFrame) -> pd.DataFrame:
    """agent_id, weakest, weakest_points of AGENT_ITEMS: nobody who loses nothing against the group."""
    worst = found.sort_values("lost", ascending=False, kind="stable").drop_duplicates("agent_id")
    worst = worst[worst["lost"] > 0].rename(columns={"item": "weakest", "lost": "weakest_points"})
    return worst[["agent_id", "weakest", "weakest_points"]]


def _weights(rows: pd.DataFrame) -> pd.Series:
    """The share of an evaluation's points that each of its items is worth, as far as items applied."""
    in_section = rows.groupby(["evaluation_id", "section"])["item_weight"].transform("sum")
    part = rows["section_weight"] * rows["item_weight"] / in_section.where(in_section > 0)
    sections = rows.drop_duplicates(["evaluation_id", "section"]).groupby("evaluation_id")["section_weight"]
    return part / rows["evaluation_id"].map(sections.sum())


def _of_item(rows: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """What is believed of each agent at one item, and the points of 100 lost there against the group."""
    sums = rows.groupby("agent_id").agg(
        n=("points", "size"), total=("points", "sum"), squares=("square", "sum")
    )
    mine = sums.reindex(people["agent_id"]).fillna(0.0).reset_index()
    group = people.groupby(GROUP, sort=False).ngroup().to_numpy()
    n = mine["n"].to_numpy(float)
    believed = believed_means(Seen(n, mine["total"].to_numpy(), mine["squares"].to_numpy(), group))
    reach = Z * np.sqrt(believed.variance)
    return mine[["agent_id", "n"]].assign(
        n=n.astype("int64"),
        posterior=believed.mean,
        low=np.clip(believed.mean - reach, 0, 1),
        high=np.clip(believed.mean + reach, 0, 1),
        group=believed.group,
        lost=100 * float(rows["weight"].mean()) * (believed.group - believed.mean),
    )
