"""Shifts nobody wants: which they are, and among whom they are shared."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.centre import Site
from planner.domain.soft import Fairness
from staffing.flags import is_night, is_weekend
from staffing.labour import Flag, words

HOUR = pd.Timedelta(hours=1)
MIDDLE = " · "


def unwanted(fairness: Fairness) -> tuple[Flag, ...]:
    """The marks that are shared fairly: weekend days, nights, late shifts, early starts.

    A night is no late shift and no early start, whenever it begins or ends.
    """

    def is_late(site: Site, shifts: pd.DataFrame) -> np.ndarray:
        ends_min = _clock_min(shifts["start"], site) + (shifts["end"] - shifts["start"]) / HOUR * 60
        return (ends_min.to_numpy(float) > fairness.late_after_min) & ~is_night(site, shifts)

    def is_early(site: Site, shifts: pd.DataFrame) -> np.ndarray:
        starts_min = _clock_min(shifts["start"], site).to_numpy(float)
        return (starts_min < fairness.early_before_min) & ~is_night(site, shifts)

    return (
        Flag("weekend days", is_weekend, weekly=False),
        Flag("nights", is_night, weekly=False),
        Flag("late shifts", is_late, weekly=False),
        Flag("early starts", is_early, weekly=False),
    )


def _clock_min(moments: pd.Series, site: Site) -> pd.Series:
    """Minutes after local midnight."""
    local = moments.dt.tz_convert(site.time_zone)
    return local.dt.hour * 60 + local.dt.minute


def groups(agents: pd.DataFrame, fairness: Fairness) -> pd.Series:
    """The colleagues with whom each agent shares, such as "40 h · SVQ es 1"; within one site.

    Languages are taken without their levels, in alphabetical order.
    """
    named = agents.assign(languages=_spoken(agents["languages"])).reindex(columns=list(fairness.group))
    parts = [named[column].astype("str").where(named[column].notna(), "") for column in fairness.group]
    label = parts[0].str.cat(parts[1:], sep=MIDDLE) if len(parts) > 1 else parts[0]
    return label.str.replace(rf"^{MIDDLE}|{MIDDLE}$", "", regex=True)


def _spoken(cells: pd.Series) -> pd.Series:
    known = words(cells.reset_index(drop=True)).sort_values(["row", "word"])
    joined = known.groupby("row")["word"].agg(" ".join)
    return pd.Series(joined.reindex(range(len(cells))).fillna("").to_numpy(), index=cells.index)
