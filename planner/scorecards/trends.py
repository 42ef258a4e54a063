"""TRENDS: the weekly scores of the scorecard on control charts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.quality_tables import CLASSES, TRENDS
from planner.domain.tables import QUEUE
from planner.scorecards.control_limits import Limits, balanced, p_chart, signals, xmr
from planner.scorecards.rollups import ALL

WEEKS = 26
NEWEST = 4  # weeks that are judged by the limits and do not set them
FEWEST_SETTING = 12  # weeks below which no limits are drawn
MEANS = ("quality_score", "fcr_repeat_7d", "fcr_no_escalation", "csat")
SHARES = tuple(f"critical_accuracy_{kind}" for kind in CLASSES)


def trends(card: pd.DataFrame, *, now: pd.Timestamp) -> pd.DataFrame:
    """TRENDS of the last full weeks of SCORECARD: whole, sites, languages, and both together.

    The newest weeks are judged by limits that earlier ones set, so that a shift does not hide itself.
    Shares of very many contacts vary more than a binomial would: they get the chart of means.
    """
    rows = card[(card["period"] == "week") & card["measure"].isin([*MEANS, *SHARES])]
    rows = rows[
        (rows["channel"] == ALL) & (rows["period_start"] <= now.tz_localize(None) - pd.Timedelta(days=7))
    ]
    if rows.empty:
        return TRENDS.empty()
    weeks = pd.date_range(end=rows["period_start"].max(), periods=WEEKS, freq="7D")
    charted = [
        _charted(dict(zip(["measure", *QUEUE], key, strict=True)), of_subject, weeks)
        for key, of_subject in rows.groupby(["measure", *QUEUE], sort=True)
    ]
    return TRENDS.check(pd.concat(charted, ignore_index=True))


def _charted(key: dict[str, str], rows: pd.DataFrame, weeks: pd.DatetimeIndex) -> pd.DataFrame:
    """One subject's weeks from its first; a week in which nothing was scored is blank."""
    known = rows.set_index("period_start")[["value", "n"]]
    known = known.reindex(weeks[weeks >= known.index.min()])
    values, n = known["value"].to_numpy(float), known["n"].fillna(0.0).to_numpy(float)
    setting = np.arange(len(values)) < len(values) - NEWEST
    limits = (
        p_chart(values, n=n, setting=setting) if key["measure"] in SHARES else xmr(values, setting=setting)
    )
    limits = Limits(*(np.clip(each, 0, 1) for each in limits))  # shares of the points or of contacts
    if (setting & ~np.isnan(values)).sum() < FEWEST_SETTING:
        limits = Limits(*(np.full(len(values), np.nan) for _ in range(3)))
    either = balanced(n, limits) if key["measure"] in SHARES else np.ones(len(values), bool)
    found = signals(values, limits, two_sided=either)
    frame = pd.DataFrame({"week": known.index, "value": values, "n": n, **limits._asdict(), "signal": found})
    return frame.assign(**key, signal=frame["signal"].where(frame["signal"] != "", None))
