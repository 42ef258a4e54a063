"""Bridge sessions: contacts in a language that raters of every site know, scored by one rater of each."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from planner.sample.chance import generator
from planner.sample.evaluations import Seen, at_work, by_item, months, placed, scored
from planner.sample.form import item_points
from planner.sample.parameters import Parameters


def with_bridges(evaluations: pd.DataFrame, parameters: Parameters, seen: Seen) -> pd.DataFrame:
    """EVALUATIONS with the bridge sessions after them; those that were there stay as they are."""
    known = seen.contacts[~seen.contacts["contact_id"].isin(evaluations["contact_id"])]
    language = parameters.spec["truth"]["quality"]["bridges"]["language"]
    heads = _heads(parameters, replace(seen, contacts=known[known["language"] == language]))
    before = evaluations["evaluation_id"].nunique()
    heads["evaluation_id"] = "E" + pd.Series(before + 1 + np.arange(len(heads))).astype("str").str.zfill(6)
    fails = parameters.spec["truth"]["quality"]["critical_fail_share"]
    rng = generator(parameters.seed, "bridge points")
    points = item_points(rng, heads["score"].to_numpy(), critical_fails=fails)
    return pd.concat([evaluations, by_item(heads, points)], ignore_index=True)


def _heads(parameters: Parameters, seen: Seen) -> pd.DataFrame:
    """One row per evaluation of a bridge session, in order of time."""
    contacts, raters = [], []
    rng = generator(parameters.seed, "bridges")
    for month, (begin, end) in enumerate(months(parameters)):
        drawn, rater = _month(parameters, seen, rng=rng, span=(month, begin, end))
        contacts.append(drawn)
        raters.append(rater.assign(contact=rater["contact"] + sum(map(len, contacts[:-1]))))
    heads = placed(pd.concat(contacts, ignore_index=True), parameters, seen, rng=rng)
    rated = pd.concat(raters, ignore_index=True)
    rated = rated[~heads.duplicated("contact_id").to_numpy()[rated["contact"]]].reset_index(drop=True)
    again = rated["contact"].to_numpy()
    luck = rng.random(len(heads))[again]  # the contact is the same for each of them
    heads = heads.iloc[again].reset_index(drop=True)
    heads = heads.assign(rater_id=rated["rater_id"], stream="calibration")
    minutes = 20 * heads.groupby("contact_id").cumcount()
    heads["evaluated_at"] += pd.to_timedelta(minutes, unit="min")
    heads = scored(heads, parameters, seen, luck=luck)
    return heads.sort_values(["evaluated_at", "contact_id", "rater_id"], kind="stable", ignore_index=True)


def _month(
    parameters: Parameters, seen: Seen, *, rng: np.random.Generator, span: tuple[int, int, int]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A month's contacts (who, day, stream), and for each of them its raters: one of every open site."""
    month, begin, end = span
    truth = parameters.spec["truth"]["quality"]
    here = at_work(seen.people, begin, end)
    sites = np.unique(seen.people["site"].to_numpy()[here])
    speak = here[seen.people["language"].to_numpy()[here] == truth["bridges"]["language"]]
    who = rng.choice(speak, truth["bridges"]["contacts_per_month"])
    drawn = pd.DataFrame({"who": who, "day": rng.integers(begin, end + 1, len(who)), "stream": "bridge"})
    contact = np.repeat(np.arange(len(who)), len(sites))
    place = np.tile(np.arange(len(sites)), len(who))
    turn = (month + contact + place) % truth["raters_per_site"] + 1
    names = pd.Series(sites[place]) + "-R" + pd.Series(turn).astype("str")
    return drawn, pd.DataFrame({"contact": contact, "rater_id": names})
