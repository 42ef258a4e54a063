"""The item at which an agent loses most points against colleagues of the same site and language."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.quality_tables import AGENT_SCORES
from planner.scorecards.shrinkage import Seen, believed_means

GROUP = ["site", "language"]
COLUMNS = ["agent_id", "weakest", "weakest_points"]


def weakest_items(items: pd.DataFrame, seen: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """agent_id, weakest, weakest_points (of 100): at most one row an agent, none where nobody does better.

    `items` are EVALUATIONS; of these the ones in `seen` (evaluation_id, agent_id) count; `people` names
    each agent's site and language. What an item loses is shrunken like the score, or else the least
    often scored item would always be the weakest.
    """
    kept = items[items["evaluation_id"].isin(seen["evaluation_id"])].dropna(subset=["points"])
    if kept.empty:
        return AGENT_SCORES.empty()[COLUMNS]
    kept = kept.assign(weight=_weights(kept), square=kept["points"] ** 2)
    group = people.groupby(GROUP, sort=False).ngroup().to_numpy()
    lost = {item: _lost(rows, people["agent_id"], group) for item, rows in kept.groupby("item", sort=False)}
    table = pd.DataFrame(lost, index=people["agent_id"])
    told = table.max(axis=1) > 0
    result = pd.DataFrame({"weakest": table.idxmax(axis=1), "weakest_points": table.max(axis=1)})[told]
    return result.rename_axis("agent_id").reset_index()


def _weights(rows: pd.DataFrame) -> pd.Series:
    """The share of an evaluation's points that each of its items is worth, as far as items applied."""
    in_section = rows.groupby(["evaluation_id", "section"])["item_weight"].transform("sum")
    part = rows["section_weight"] * rows["item_weight"] / in_section.where(in_section > 0)
    sections = rows.drop_duplicates(["evaluation_id", "section"]).groupby("evaluation_id")["section_weight"]
    return part / rows["evaluation_id"].map(sections.sum())


def _lost(rows: pd.DataFrame, agents: pd.Series, group: np.ndarray) -> np.ndarray:
    """Points of 100 that each agent is believed to lose at one item against the group."""
    sums = rows.groupby("agent_id").agg(
        n=("points", "size"), total=("points", "sum"), squares=("square", "sum")
    )
    mine = sums.reindex(agents).fillna(0.0)
    seen = Seen(mine["n"].to_numpy(float), mine["total"].to_numpy(), mine["squares"].to_numpy(), group)
    believed = believed_means(seen)
    lost: np.ndarray = 100 * float(rows["weight"].mean()) * (believed.group - believed.mean)
    return lost
