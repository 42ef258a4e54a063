"""EVALUATIONS: a year of scored contacts, random and targeted, and the calibration of the raters."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.special import betaincinv

from planner.sample.chance import generator
from planner.sample.form import FORM, ITEMS, item_points
from planner.sample.parameters import Parameters
from planner.sample.people import employed

MONTHS = 12
HIGHEST = 0.985  # nobody is expected to be perfect
MORNING_MIN, SCORING_MIN = 480, 540  # evaluations are scored from 8 to 17 UTC
LONG_SHARE = 0.20
DAYS = 10_000  # more than the history has, to write agent and day as one number


@dataclass(frozen=True)
class Seen:
    """What evaluations are drawn from: everybody who worked here, and CONTACTS."""

    people: pd.DataFrame
    contacts: pd.DataFrame


def raters(parameters: Parameters) -> pd.Series:
    """Each rater's leniency, added to the true share of points.

    It sums to zero at each site, hence in the centre, so that no site reads better than it is.
    """
    truth, rng = parameters.spec["truth"]["quality"], generator(parameters.seed, "raters")
    found: dict[str, float] = {}
    for site in parameters.spec["sites"]:
        names = [f"{site}-R{number + 1}" for number in range(truth["raters_per_site"])]
        fixed = {name: truth["planted_raters"][name] for name in names if name in truth["planted_raters"]}
        others = rng.standard_normal(len(names) - len(fixed)) * truth["rater_leniency_sd"]
        others -= (others.sum() + sum(fixed.values())) / len(others)
        found |= fixed | dict(zip((name for name in names if name not in fixed), others))
    return pd.Series(found).sort_index()


def evaluations(parameters: Parameters, seen: Seen) -> pd.DataFrame:
    """EVALUATIONS: one row per evaluation and item."""
    heads = pd.concat([_usual(parameters, seen), _calibration(parameters, seen)], ignore_index=True)
    heads = heads.sort_values(["evaluated_at", "agent_id", "rater_id"], kind="stable").reset_index(drop=True)
    heads["evaluation_id"] = "E" + pd.Series(np.arange(1, len(heads) + 1)).astype("str").str.zfill(6)
    rng = generator(parameters.seed, "points")
    fails = parameters.spec["truth"]["quality"]["critical_fail_share"]
    return by_item(heads, item_points(rng, heads["score"].to_numpy(), critical_fails=fails))


def months(parameters: Parameters) -> list[tuple[int, int]]:
    """First and last day of twelve even parts of the last 52 weeks, in days since the history's first."""
    last = (parameters.last_day - parameters.first_day).days
    edges = np.linspace(last - 364, last, MONTHS + 1).round().astype(int)
    return [(int(a) + 1, int(b)) for a, b in pairwise(edges)]


def at_work(people: pd.DataFrame, begin: int, end: int) -> np.ndarray:
    """Rows of the people who were employed through a month."""
    return np.flatnonzero(employed(people, days=np.array([begin, end])).all(axis=0))


def _usual(parameters: Parameters, seen: Seen) -> pd.DataFrame:
    """Four evaluations a month and agent, most of them at random, the others where trouble is looked for."""
    truth, rng = parameters.spec["truth"]["quality"], generator(parameters.seed, "evaluations")
    parts = []
    for begin, end in months(parameters):
        who = np.repeat(at_work(seen.people, begin, end), truth["evaluations_per_agent_month"])
        parts.append(pd.DataFrame({"who": who, "day": rng.integers(begin, end + 1, len(who))}))
    heads = pd.concat(parts, ignore_index=True)
    targeted = rng.random(len(heads)) < truth["targeted_share"]
    heads = placed(heads.assign(stream=np.where(targeted, "targeted", "random")), parameters, seen, rng=rng)
    rater = rng.integers(1, truth["raters_per_site"] + 1, len(heads))
    # Trouble is looked for where contacts went long or came back: in the worse half of an agent's work.
    luck = rng.random(len(heads)) * np.where(targeted, 0.5, 1.0)
    return scored(_rated(heads, rater), parameters, seen, luck=luck)


def _calibration(parameters: Parameters, seen: Seen) -> pd.DataFrame:
    """The same contacts scored blind by every rater of the site."""
    plan = parameters.spec["truth"]["quality"]["calibration"]
    rng, parts = generator(parameters.seed, "calibration"), []
    site = seen.people["site"].to_numpy()
    for begin, end in months(parameters):
        here = at_work(seen.people, begin, end)
        for code in np.unique(site[here]):
            who = rng.choice(here[site[here] == code], plan["contacts_per_site_month"])
            parts.append(pd.DataFrame({"who": who, "day": rng.integers(begin, end + 1, len(who))}))
    heads = pd.concat(parts, ignore_index=True).assign(stream="calibration")
    heads = placed(heads, parameters, seen, rng=rng)
    again = np.repeat(np.arange(len(heads)), plan["raters_per_contact"])
    rater = np.tile(np.arange(1, plan["raters_per_contact"] + 1), len(heads))
    luck = rng.random(len(heads))[again]  # the contact is the same for each of them
    heads = heads.iloc[again].reset_index(drop=True)
    heads["evaluated_at"] += pd.to_timedelta(20 * rater, unit="min")
    return scored(_rated(heads, rater), parameters, seen, luck=luck)


def _rated(heads: pd.DataFrame, rater: np.ndarray) -> pd.DataFrame:
    return heads.assign(rater_id=heads["site"] + "-R" + pd.Series(rater).astype("str"))


def placed(
    heads: pd.DataFrame, parameters: Parameters, seen: Seen, *, rng: np.random.Generator
) -> pd.DataFrame:
    """Queue, contact and moment of each evaluation: in the weeks of the log a logged contact of the agent."""
    people = seen.people.iloc[heads["who"]].reset_index(drop=True)
    minutes = heads["day"] * 1440 + MORNING_MIN + rng.integers(0, SCORING_MIN, len(heads))
    moment = pd.Timestamp(parameters.first_day, tz="UTC") + pd.to_timedelta(minutes, unit="min")
    number = pd.Series(rng.permutation(len(heads)) + 1).astype("str").str.zfill(6)
    heads = heads.assign(
        evaluated_at=moment.dt.as_unit("us"),
        agent_id=people["agent_id"],
        site=people["site"],
        language=people["language"],
        channel=_channels(people, parameters, rng),
        contact_id="old-" + heads["stream"].str[0] + number,
    )
    targeted = (heads["stream"] == "targeted").to_numpy()
    heads = _logged(heads, seen.contacts, parameters, which=~targeted, luck=rng.random(len(heads)))
    return _logged(heads, troubled(seen.contacts), parameters, which=targeted, luck=rng.random(len(heads)))


def _channels(people: pd.DataFrame, parameters: Parameters, rng: np.random.Generator) -> np.ndarray:
    """A channel of the line that the agent serves, by the line's mix."""
    result, luck = np.empty(len(people), object), rng.random(len(people))
    for (line, served), rows in people.groupby(["line", "channels"]).indices.items():
        mix = {c: s for c, s in parameters.lines[line].mix.items() if c in served.split(";")}
        edges = np.cumsum(list(mix.values())) / sum(mix.values())
        result[rows] = np.array(list(mix), object)[np.searchsorted(edges[:-1], luck[rows])]
    return result


def troubled(contacts: pd.DataFrame) -> pd.DataFrame:
    """The contacts where trouble is looked for: the longest of each queue, and those that came back."""
    handle = contacts["talk_s"] + contacts["hold_s"] + contacts["wrap_s"]
    rank = handle.groupby([contacts[c] for c in ("site", "language", "channel")]).rank(pct=True)
    again = contacts["customer_id"].notna() & contacts.duplicated(["customer_id", "reason"])
    return contacts[(rank > 1 - LONG_SHARE) | again]


def _logged(
    heads: pd.DataFrame,
    contacts: pd.DataFrame,
    parameters: Parameters,
    *,
    which: np.ndarray,
    luck: np.ndarray,
) -> pd.DataFrame:
    """Give the evaluations in `which` a logged contact of their agent from an earlier day, where there is."""
    codes = pd.Index(heads["agent_id"].unique())
    mine = contacts[contacts["agent_id"].isin(codes)]
    day = (mine["arrived_at"] - pd.Timestamp(parameters.first_day, tz="UTC")).dt.days.to_numpy()
    moment = codes.get_indexer(mine["agent_id"]) * DAYS + day
    order = np.argsort(moment, kind="stable")
    asked = codes.get_indexer(heads["agent_id"]) * DAYS
    first = np.searchsorted(moment[order], asked)
    last = np.searchsorted(moment[order], asked + heads["day"].to_numpy())
    found = which & (last > first)
    place = (first + luck * (last - first)).astype(int)[found]
    chosen = mine.iloc[order[place]]
    result = heads.copy()
    for column in ("language", "channel", "contact_id"):
        result.loc[found, column] = chosen[column].to_numpy()
    return result


def scored(heads: pd.DataFrame, parameters: Parameters, seen: Seen, *, luck: np.ndarray) -> pd.DataFrame:
    """The share of points a rater sees: beta around agent, new starter and leniency; `luck` by contact."""
    truth = parameters.spec["truth"]["quality"]
    people = seen.people.iloc[heads["who"]]
    new = heads["day"].to_numpy() - people["hired"].to_numpy() < 7 * truth["new_starter"]["weeks"]
    leniency = raters(parameters)[heads["rater_id"]].to_numpy()
    true = people["quality"].to_numpy() + np.where(new, truth["new_starter"]["effect"], 0.0)
    mean = np.minimum(true + leniency, HIGHEST)
    weight = mean * (1 - mean) / truth["contact_sd"] ** 2 - 1
    return heads.assign(score=betaincinv(mean * weight, (1 - mean) * weight, luck), true=true)


def by_item(heads: pd.DataFrame, points: np.ndarray) -> pd.DataFrame:
    """One row per evaluation and item, in the columns of EVALUATIONS."""
    columns = ["evaluation_id", "evaluated_at", "contact_id", "agent_id", "rater_id"]
    columns += ["site", "language", "channel", "stream"]
    rows = heads[columns].iloc[np.repeat(np.arange(len(heads)), len(ITEMS))].reset_index(drop=True)
    items = pd.DataFrame(ITEMS).rename(columns={"name": "item", "weight": "item_weight"})
    kept = ["section", "section_weight", "item", "item_weight", "item_class", "critical"]
    items = items[kept].iloc[np.tile(np.arange(len(ITEMS)), len(heads))].reset_index(drop=True)
    rows.insert(8, "form", FORM)
    return pd.concat([rows, items], axis=1).assign(points=points.ravel())
