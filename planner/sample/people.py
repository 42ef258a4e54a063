"""What the people are like: name, contract, languages, channels, team, true quality and pace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import yaml
from scipy.special import ndtri

from planner.sample.chance import generator, lognormal_of
from planner.sample.parameters import FOLDER, Parameters
from planner.sample.roster import STAYS, groups, people_today, staffing_of

PACE_SD = 0.10  # how to draw, 8: AHT factor of an agent, lognormal
TEAM = 12
LEVELS = ("first", "second", "third")
SETTLED_DAYS = 182
COACH_BELOW = 0.12
WRITTEN = ("chat", "messaging", "email", "backoffice")


def people(parameters: Parameters, shares: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """Everybody who ever worked here; one row per agent.

    `hired` and `left` are days since the history's first; `quality` (0..1) is the agent's true share of
    points, `pace` the factor on handle time, `planted` marks the agents drawn below their group.
    """
    frames = [_group(group, parameters, shares[group]) for group in groups(parameters)]
    everybody = pd.concat(frames, ignore_index=True).sort_values(["site", "hired", "group"], kind="stable")
    number = everybody.groupby("site").cumcount() + 1
    everybody["agent_id"] = everybody["site"] + "-" + number.astype(str).str.zfill(4)
    return _with_planted(everybody.reset_index(drop=True), parameters)


def today(everybody: pd.DataFrame, parameters: Parameters) -> pd.Series:
    """Who is on the roster on the as-of day."""
    day = (parameters.last_day - parameters.first_day).days
    return (everybody["hired"] <= day) & (everybody["left"] > day)


def _group(group: str, parameters: Parameters, shares: np.ndarray) -> pd.DataFrame:
    site, line = group.split("/")
    staffing = staffing_of(group, parameters, shares=shares)
    frame = pd.DataFrame({"hired": staffing.hired, "left": staffing.left, "temporary": staffing.temporary})
    frame = frame.assign(site=site, line=line, group=group, language=parameters.language(line))
    rng = generator(parameters.seed, "people of", group)
    now = today(frame, parameters).to_numpy()
    frame["languages"] = _languages(group, parameters, now, rng=rng, share=float(shares[-1]))
    frame["channels"] = _channels(line, parameters, now=now, rng=rng)
    passing = frame["temporary"].to_numpy() & ~now
    frame["contract"] = _contracts(site, passing, parameters, now=now, rng=rng)
    frame["team"] = f"{site} {parameters.language(line)} " + (_ranks(now) // TEAM + 1).astype(str)
    frame["name"] = _names(group, len(frame), rng)
    frame["quality"] = _quality(site, line, parameters, now=now, rng=rng)
    frame["pace"] = lognormal_of(rng.standard_normal(len(frame)), PACE_SD)
    return frame


def _languages(
    group: str, parameters: Parameters, now: np.ndarray, *, rng: np.random.Generator, share: float
) -> np.ndarray:
    """Language sets with levels: fixed counts on the as-of day, drawn by share before."""
    spoken = parameters.spec["people"]["spoken_level"]
    sets = parameters.spec["people"]["language_sets"].get(group, [[[parameters.language(group[4:])], 1.0]])
    texts = [_levels(languages, spoken) for languages, _ in sets]
    weights = np.array([weight for _, weight in sets])
    result = rng.choice(texts, len(now), p=weights / weights.sum())
    fixed = [
        _levels(ls, spoken)
        for ls, count in people_today(group, parameters, share=share)
        for _ in range(count)
    ]
    result[now] = rng.permutation(fixed) if fixed else result[now]
    return result


def _levels(languages: list[str], spoken: Mapping[str, str]) -> str:
    return ";".join(f"{language}:{spoken[level]}" for language, level in zip(languages, LEVELS))


def _channels(line: str, parameters: Parameters, *, now: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The channels each agent serves: all of the line, the written ones, or voice."""
    mix = list(parameters.lines[line].mix)
    written = ";".join(channel for channel in mix if channel in WRITTEN)
    texts = {"voice_and_written": ";".join(mix), "written_only": written, "voice_only": "voice"}
    return _by_share({texts[k]: v for k, v in parameters.spec["people"]["channels"].items()}, now, rng)


def _contracts(
    site: str, passing: np.ndarray, parameters: Parameters, *, now: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Contracts by share; temporaries who have gone again had those of the peak."""
    shares = parameters.spec["people"]["contracts"]
    usual = _by_share(_named(shares.get(site, shares["base"])), now, rng)
    peak = _by_share(_named(shares.get(site, shares["peak_temporary"])), now, rng)
    return np.where(passing, peak, usual)


def _named(shares: Mapping[int, float]) -> dict[str, float]:
    return {contract_name(hours): share for hours, share in shares.items()}


def contract_name(weekly_hours: float) -> str:
    """The name of a contract in plan.yaml."""
    return f"{weekly_hours:g} h"


def _by_share(shares: Mapping[str, float], now: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Values in these shares, as exactly as whole people allow among those who are here now."""
    values, weights = list(shares), np.array(list(shares.values()))
    result = rng.choice(values, len(now), p=weights / weights.sum())
    count = int(now.sum())
    edges = (np.arange(count) + 0.5) / max(count, 1)
    exact = np.array(values)[np.searchsorted(np.cumsum(weights / weights.sum()), edges)]
    result[now] = rng.permutation(exact)
    return result


def _names(group: str, count: int, rng: np.random.Generator) -> np.ndarray:
    book: dict[str, Any] = yaml.safe_load((FOLDER / "names.yaml").read_text(encoding="utf-8"))
    names = book["names"][book["groups"][group]]
    pairs = len(names["first"]) * len(names["family"])
    drawn = rng.permutation(np.resize(rng.permutation(pairs), count))
    first, family = np.divmod(drawn, len(names["family"]))
    return np.char.add(np.char.add(np.array(names["first"])[first], " "), np.array(names["family"])[family])


def true_quality(site: str, line: str, parameters: Parameters) -> float:
    """The mean true share of points of a site's agents on a line, 0..1."""
    truth = parameters.spec["truth"]["quality"]
    return float(truth["mean"] + truth["by_site"][site] + truth["by_language"][parameters.language(line)])


def _quality(
    site: str, line: str, parameters: Parameters, *, now: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """True quality around the group's: normal scores dealt at random, so that the group's mean is exact."""
    spread = parameters.spec["truth"]["quality"]["agent_sd"]
    scores = np.empty(len(now))
    for who in (now, ~now):
        scores[who] = rng.permutation(ndtri((np.arange(who.sum()) + 0.5) / max(who.sum(), 1)))
    return true_quality(site, line, parameters) + spread * scores


def _with_planted(everybody: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Some settled agents fall far below their group: the ones to coach."""
    rng = generator(parameters.seed, "to coach")
    day = (parameters.last_day - parameters.first_day).days
    settled = today(everybody, parameters) & (everybody["hired"] <= day - SETTLED_DAYS)
    count = parameters.spec["truth"]["quality"]["planted_agents_to_coach"]
    chosen = rng.choice(np.flatnonzero(settled), count, replace=False)
    planted = np.isin(np.arange(len(everybody)), chosen)
    groups_quality = [true_quality(s, g, parameters) for s, g in zip(everybody["site"], everybody["line"])]
    quality = np.where(planted, np.array(groups_quality) - COACH_BELOW, everybody["quality"])
    return everybody.assign(planted=planted, quality=quality)


def _ranks(now: np.ndarray) -> np.ndarray:
    """Place among those here now; former people in the order in which they came."""
    ranks = np.empty(len(now), int)
    for who in (now, ~now):
        ranks[who] = np.arange(who.sum())
    return ranks


def learning(everybody: pd.DataFrame, parameters: Parameters, *, days: np.ndarray) -> np.ndarray:
    """Factor of a new starter on handle time by day; shape (days, agents), falling to 1 in twelve weeks."""
    ramp = np.array(parameters.spec["handling"]["ramp_weeks"])
    weeks = (days[:, None] - everybody["hired"].to_numpy()[None, :]) / 7 + 1
    return np.interp(weeks, ramp[:, 0], ramp[:, 1])


def employed(everybody: pd.DataFrame, *, days: np.ndarray) -> np.ndarray:
    """Whether each agent is employed on each day; shape (days, agents)."""
    hired, left = everybody["hired"].to_numpy(), everybody["left"].to_numpy()
    return (days[:, None] >= hired) & (days[:, None] <= left)


def agents_table(everybody: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """AGENTS: the roster of the as-of day, with the leavers who have given notice."""
    rng = generator(parameters.seed, "notice")
    now = everybody[today(everybody, parameters)].reset_index(drop=True)
    monthly = parameters.spec["people"]["attrition_per_month"]["base"]
    day = (parameters.last_day - parameters.first_day).days
    notice = day + rng.integers(7, 35, len(now))
    left = np.where(rng.random(len(now)) < monthly, notice, STAYS)
    return agents_columns(now.assign(left=left), parameters)


def agents_columns(people: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """The people in the columns of AGENTS."""
    first = pd.Timestamp(parameters.first_day)
    leaving = people["left"].where(people["left"] < STAYS)
    columns = ["agent_id", "name", "site", "team", "contract", "languages", "channels"]
    return people[columns].assign(
        hire_date=first + pd.to_timedelta(people["hired"], unit="D"),
        leave_date=first + pd.to_timedelta(leaving, unit="D"),
    )
