"""SURVEYS: customers asked after a contact; few answer, and what they say differs by language."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.tables import QUEUE, SURVEYS
from planner.sample.chance import generator
from planner.sample.parameters import Parameters

POINTS = np.array([1, 2, 3, 4, 5])
ASKED_MIN = 10  # minutes after the close
ANSWER_H, ANSWER_SPREAD = 3.0, 1.0  # median hours until an answer, spread of their logarithm


def surveys(parameters: Parameters, contacts: pd.DataFrame) -> pd.DataFrame:
    """SURVEYS: one row per survey sent after a contact of CONTACTS, in order of sending."""
    truth = parameters.spec["truth"]["surveys"]
    rng = generator(parameters.seed, "surveys")
    could = contacts[contacts["answered_at"].notna() & contacts["customer_id"].notna()]
    asked = could[rng.random(len(could)) < truth["sent_share"]].reset_index(drop=True)
    sent = asked["ended_at"] + pd.Timedelta(minutes=ASKED_MIN)
    asked = asked.assign(sent_at=sent).sort_values(["sent_at", "contact_id"], ignore_index=True)
    hours = ANSWER_H * np.exp(ANSWER_SPREAD * rng.standard_normal(len(asked)))
    answered_at = asked["sent_at"] + pd.to_timedelta((hours * 3600).round(), unit="s")
    answers = rng.random(len(asked)) < asked["channel"].map(truth["response_share"]).to_numpy()
    answers &= (answered_at <= contacts["arrived_at"].max()).to_numpy()  # what comes later nobody knows yet
    csat = _csat(asked["language"].map(truth["csat_by_language"]).to_numpy(), truth["split"], rng=rng)
    nps = _nps(csat, truth["recommends"], rng=rng)
    told = asked[[*QUEUE, "sent_at", "contact_id", "agent_id"]].assign(
        survey_id="S" + pd.Series(np.arange(1, len(asked) + 1)).astype("str").str.zfill(6),
        answered_at=answered_at.where(answers).dt.as_unit("us"),
        csat=np.where(answers, csat, np.nan),
        nps=np.where(answers, nps, np.nan),
    )
    return SURVEYS.check(told)


def _csat(satisfied: np.ndarray, split: dict[str, list[float]], *, rng: np.random.Generator) -> np.ndarray:
    """Points 1 to 5: satisfied (4 or 5) with the planted share, split as the parameters say."""
    pleased = rng.random(len(satisfied)) < satisfied
    low = rng.choice(POINTS[:3], len(satisfied), p=split["not_satisfied_1_2_3"])
    high = rng.choice(POINTS[3:], len(satisfied), p=split["satisfied_4_5"])
    return np.where(pleased, high, low)


def _nps(csat: np.ndarray, recommends: dict[str, list[float]], *, rng: np.random.Generator) -> np.ndarray:
    """0 to 10: detractor, passive or promoter by the points given, even inside each."""
    shares = np.array([recommends[str(points)] for points in POINTS])[csat - 1]
    kind = (rng.random(len(csat))[:, None] > np.cumsum(shares, axis=1)[:, :2]).sum(axis=1)
    least, most = np.array([0, 7, 9])[kind], np.array([6, 8, 10])[kind]
    return rng.integers(least, most + 1)


def net_promoters(parameters: Parameters) -> dict[str, float]:
    """The planted NPS of each language, -1..1: it follows from its satisfied share."""
    truth = parameters.spec["truth"]["surveys"]
    net = np.array([shares[2] - shares[0] for _, shares in sorted(truth["recommends"].items())])
    low = net[:3] @ np.array(truth["split"]["not_satisfied_1_2_3"])
    high = net[3:] @ np.array(truth["split"]["satisfied_4_5"])
    return {tag: float(s * high + (1 - s) * low) for tag, s in truth["csat_by_language"].items()}
