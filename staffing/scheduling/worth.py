"""What one more agent on contact would save, by language, channel, weekday and hour of day."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.language_names import LANGUAGE_NAMES
from planner.domain.schedule_tables import ALL, WORTH
from staffing.scheduling.case import Case
from staffing.scheduling.price import Prices
from staffing.scheduling.problem import Roster
from staffing.short_hours import on_clock

DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
VALUES = ["saved", "saved_now"]


def worth(case: Case, roster: Roster, prices: np.ndarray, *, unit: Prices) -> pd.DataFrame:
    """WORTH of a site, where somebody is needed: the mean over the weeks; `prices` are X x Q x T.

    One more speaker of a language serves whichever channel is worth most at the moment (channel "all").
    """
    cells = _cells(case, roster, prices)
    keys = ["language", "weekday", "hour"]
    best = cells.groupby(["language", "t"], as_index=False).agg(
        {"weekday": "first", "hour": "first", "day": "first"} | dict.fromkeys(VALUES, "max")
    )
    both = pd.concat([cells, best.assign(channel=ALL)])
    rows = both.groupby([*keys, "channel"], as_index=False).agg(
        saved=("saved", "mean"), saved_now=("saved_now", "mean"), days=("day", "nunique")
    )
    rows = rows.assign(site=case.site.code, saved_h=rows["saved"] / unit.under)
    return WORTH.check(rows.assign(note=_notes(rows)).sort_values(list(WORTH.grain), ignore_index=True))


def _cells(case: Case, roster: Roster, prices: np.ndarray) -> pd.DataFrame:
    """Queue x interval in which the language is needed: an agent-hour's worth, by the local clock."""
    queues = len(case.queues)
    an_hour = 60 / case.clock.interval_min
    busy = np.flatnonzero((case.problem.demand.need > 0).any(axis=0))
    t = np.tile(busy, queues)
    q = np.repeat(np.arange(queues), len(busy))
    rows = pd.DataFrame(
        {
            "t": t,
            "interval_start": case.clock.intervals[t],
            "language": np.array([key.language for key in case.queues], object)[q],
            "channel": np.array([key.channel for key in case.queues], object)[q],
            "saved": prices[0, q, t] * an_hour,
            "saved_now": roster.gain[0, q, t] * an_hour,
            "day": np.searchsorted(case.problem.day_begin, t, side="right") - 1,
        }
    )
    wanted = rows.assign(wanted=(case.problem.demand.need > 0)[q, t])
    by_language = wanted.groupby(["language", "t"])["wanted"].transform("any")
    return on_clock(rows[by_language].reset_index(drop=True), case.clock.zone)


def _notes(rows: pd.DataFrame) -> list[str]:
    return [
        sentence(row.language, row.channel, row.weekday, row.hour, row.saved_h)
        for row in rows.itertuples(index=False)
    ]


def sentence(language: str, channel: str, weekday: int, hour: int, saved_h: float) -> str:
    """What one more speaker would save, in words.

    >>> sentence("pt", "all", 0, 19, 0.84)
    'one more Portuguese speaker at 19:00 on Mondays would save 0.84 agent-hours short per hour'
    """
    name = LANGUAGE_NAMES.get(language, (language, language))[1]
    where = "" if channel == ALL else f" on {channel}"
    who = f"one more {name} speaker{where} at {hour:02}:00 on {DAYS[weekday]}"
    if saved_h < 0.005:
        return f"{who} would save nothing"
    return f"{who} would save {saved_h:.2f} agent-hours short per hour"
