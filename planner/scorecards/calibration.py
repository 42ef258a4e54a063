"""Calibration sessions: contacts that several raters scored blind, as contact x rater matrices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

YEAR_DAYS = 365  # sessions older than a year say little on how people rate now
RECENT_DAYS = 182  # a rater who scored nothing for so long rates no more


@dataclass(frozen=True)
class Matrix:
    """One value of each rating, contact x rater, NaN where not rated, and who is in rows and columns."""

    values: np.ndarray
    sessions: pd.Index
    raters: pd.Index


def calibrations(scores: pd.DataFrame, *, now: pd.Timestamp) -> pd.DataFrame:
    """The last year's calibration rows of EVALUATION_SCORES, with the rater's site and the session.

    One row per session (form and contact) and rater: the last, if a rater scored a contact twice.
    """
    rows = scores[(scores["stream"] == "calibration") & scores["contact_id"].notna()]
    rows = rows[rows["evaluated_at"].between(now - pd.Timedelta(days=YEAR_DAYS), now)]
    rows = rows.sort_values("evaluated_at", kind="stable")
    rows = rows.drop_duplicates(["form", "contact_id", "rater_id"], keep="last")
    session = rows["form"] + " " + rows["contact_id"]
    return rows.assign(home=rows["rater_id"].map(homes(scores)), session=session).reset_index(drop=True)


def homes(scores: pd.DataFrame) -> pd.Series:
    """Each rater's site: where most of the evaluations were scored that are not calibration, if any."""
    usual = scores.assign(usual=scores["stream"] != "calibration")
    counted = usual.groupby(["rater_id", "site"], as_index=False)["usual"].agg(["sum", "size"])
    ordered = counted.sort_values(["rater_id", "sum", "size", "site"], ascending=[True, False, False, True])
    return ordered.drop_duplicates("rater_id").set_index("rater_id")["site"]


def active_raters(scores: pd.DataFrame, *, now: pd.Timestamp) -> pd.Index:
    """Raters who scored anything in the last half year, by name."""
    recent = scores[scores["evaluated_at"].between(now - pd.Timedelta(days=RECENT_DAYS), now)]
    return pd.Index(np.sort(recent["rater_id"].unique()))


def matrix(rows: pd.DataFrame, column: str) -> Matrix:
    """The column of calibration rows as contact x rater."""
    session, sessions = pd.factorize(rows["session"])
    rater, raters = pd.factorize(rows["rater_id"], sort=True)
    values = np.full((len(sessions), len(raters)), np.nan)
    values[session, rater] = rows[column].to_numpy(float)
    return Matrix(values, pd.Index(sessions), pd.Index(raters))


def shared(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of sessions in which two raters or more scored."""
    raters = rows.groupby("session")["rater_id"].transform("nunique")
    return rows[raters >= 2]
