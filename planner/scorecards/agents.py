"""AGENT_SCORES: what is likely true of each agent's quality, and whom to coach. Never a ranking."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.form_tables import AGENT_ITEMS
from planner.domain.quality_tables import AGENT_SCORES
from planner.scorecards.final_belief import Parts, chance_below, final_belief
from planner.scorecards.shrinkage import Seen, believed_means, believed_shares
from planner.scorecards.weakest import agent_items, weakest

FEWEST = 20  # evaluations below which no mean is told
GROUP = ["site", "language"]


@dataclass(frozen=True)
class Basis:
    """What agents are judged by: EVALUATION_SCORES, EVALUATIONS, AGENTS and LENIENCY, each possibly empty."""

    scored: pd.DataFrame
    items: pd.DataFrame
    agents: pd.DataFrame
    leniency: pd.DataFrame


def agent_tables(basis: Basis, centre: Centre, *, now: pd.Timestamp) -> dict[str, pd.DataFrame]:
    """AGENT_SCORES and AGENT_ITEMS of everybody on the roster at `now`, by their last random evaluations.

    The raw score and the share of evaluations with a critical error are each shrunken towards the agent's
    site and language (docs/decisions/080), after what a rater is known to give more was taken off.
    """
    seen = fairly_scored(basis, centre, now=now)
    people = _people(basis, seen, now=now)
    if seen.empty or people.empty:
        return {"AGENT_SCORES": AGENT_SCORES.empty(), "AGENT_ITEMS": AGENT_ITEMS.empty()}
    told = _believed(_sums(seen, people), _target(centre))
    told = told.assign(
        mean=(told["final"] / told["n"]).where(told["n"] >= FEWEST),
        coach=told["p_below"] > centre.quality.coaching.chance,
    )
    items = agent_items(basis.items, seen, told[["agent_id", *GROUP]])
    mine = told[told["here"]].merge(weakest(items), on="agent_id", how="left").astype({"n": "int64"})
    items = items[items["agent_id"].isin(mine["agent_id"])].reset_index(drop=True)
    scores = AGENT_SCORES.check(mine.sort_values([*GROUP, "agent_id"], ignore_index=True))
    return {"AGENT_SCORES": scores, "AGENT_ITEMS": items}


def fairly_scored(basis: Basis, centre: Centre, *, now: pd.Timestamp) -> pd.DataFrame:
    """The random evaluations that count for agents; `fair` is the raw score without the rater's leniency.

    A rater of whom nothing is known is taken as he is.
    """
    since = now - pd.Timedelta(days=centre.quality.coaching.days)
    scored = basis.scored
    rows = scored[(scored["stream"] == "random") & scored["raw"].notna() & (scored["evaluated_at"] > since)]
    gives = basis.leniency.dropna(subset=["leniency"]).set_index("rater_id")["leniency"]
    off = rows["rater_id"].map(gives).fillna(0.0).astype(float)
    failed = rows[[name for name in rows.columns if name.startswith("failed_") and name != "failed_items"]]
    return rows.assign(fair=rows["raw"] - off, error=(failed.sum(axis=1) > 0).astype(float))


def _people(basis: Basis, seen: pd.DataFrame, *, now: pd.Timestamp) -> pd.DataFrame:
    """agent_id, name, site, language of everybody seen or on the roster; `here` = on the roster now.

    The language is the one most of the evaluations were in, else the first of the roster. Without a
    roster everybody who was seen is here.
    """
    often = seen.groupby(["agent_id", *GROUP], as_index=False).size()
    often = often.sort_values("size", ascending=False, kind="stable").drop_duplicates("agent_id")
    roster = basis.agents
    if roster.empty:
        return often[["agent_id", *GROUP]].assign(name=None, here=True)
    first = roster["languages"].str.split(";").str[0].str.split(":").str[0].str.strip()
    leaves = roster.get("leave_date", pd.Series(pd.NaT, index=roster.index))
    here = roster.assign(language=first, here=leaves.isna() | (leaves >= now.tz_localize(None).normalize()))
    here = here.assign(name=roster.get("name"))[["agent_id", "name", *GROUP, "here"]]
    people = here.merge(often[["agent_id", *GROUP]], on="agent_id", how="outer", suffixes=("", "_seen"))
    for name in GROUP:
        people[name] = people[f"{name}_seen"].fillna(people[name])
    return people.assign(here=people["here"].eq(True))[["agent_id", "name", *GROUP, "here"]]


def _sums(seen: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Number and sums of each person's evaluations; 0 where there are none."""
    by_agent = seen.assign(square=seen["fair"] ** 2).groupby("agent_id")
    sums = by_agent.agg(
        n=("fair", "size"),
        fair=("fair", "sum"),
        square=("square", "sum"),
        error=("error", "sum"),
        final=("final", "sum"),
        last=("evaluated_at", "max"),
    ).reset_index()
    joined = people.merge(sums, on="agent_id", how="left")
    return joined.fillna(dict.fromkeys(("n", "fair", "square", "error", "final"), 0.0))


def _believed(summed: pd.DataFrame, target: float) -> pd.DataFrame:
    """The columns of belief: posterior and its ends, the group's score, the chance to be below target."""
    group = summed.groupby(GROUP, sort=False).ngroup().to_numpy()
    n = summed["n"].to_numpy(float)
    raw = believed_means(Seen(n, summed["fair"].to_numpy(), summed["square"].to_numpy(), group))
    errors = believed_shares(summed["error"].to_numpy(), n=n, group=group)
    found = final_belief(Parts(raw, errors))
    return summed.assign(
        posterior=found.mean,
        low=found.low,
        high=found.high,
        group=raw.group * (1 - errors.group),
        target=target,
        p_below=chance_below(Parts(raw, errors), target),
    )


def _target(centre: Centre) -> float:
    """The final score asked of an agent; NaN = none."""
    asked = centre.quality.coaching.target
    asked = centre.quality.targets.of("quality_score") if asked is None else asked
    return float("nan") if asked is None else asked
