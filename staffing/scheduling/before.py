"""How agents come into the horizon: what the last weeks' shifts leave of rests, days and nights in a row.

The engine sees local days; here the true ends of the last shifts are kept, so that a rest that began
before the horizon is measured to the minute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from staffing.flags import is_night
from staffing.labour import HOUR, Limits, People
from staffing.scheduling.around import GAP, RESTED, WORKED
from staffing.scheduling.clock import Clock
from staffing.scheduling.stretches import place_number

LONG_AGO = -1_000_000.0  # interval of the end of a last shift that is not known
DAYS_TOUCHED = 3  # first days of the horizon on which a shift can be too close to the last one before it


@dataclass(frozen=True)
class LastShifts:
    """Of each agent's last shift before the horizon (arrays over agents).

    `days_ago` is 1 for the day before the horizon, 0 where none is known; `end` is counted in intervals
    from the horizon's first midnight. `since_rest` counts the local days from the last weekly rest to that
    shift, `in_a_row` the days worked and `nights` the night shifts on days in a row that end with it.
    """

    days_ago: np.ndarray
    end: np.ndarray
    since_rest: np.ndarray
    in_a_row: np.ndarray
    nights: np.ndarray


def last_shifts(people: People, limits: Sequence[Limits], clock: Clock) -> LastShifts:
    """How the weeks before the horizon end for each agent; `limits` are those of the agents' contracts."""
    past = people.past.assign(row=people.past["agent_id"].map(people.row_of))
    last = _runs(past, limits, people).drop_duplicates("row", keep="last").set_index("row")
    ends = (last["end"] - clock.midnights[0]) / pd.Timedelta(minutes=clock.interval_min)
    ago = (pd.Timestamp(people.first_day) - last["day"]).dt.days
    return LastShifts(
        days_ago=_filled(ago, len(people.agents), 0).astype(np.int64),
        end=_filled(ends, len(people.agents), LONG_AGO),
        since_rest=_filled(last["since_rest"], len(people.agents), 0).astype(np.int64),
        in_a_row=_filled(last["in_a_row"], len(people.agents), 0).astype(np.int64),
        nights=_filled(last["nights"], len(people.agents), 0).astype(np.int64),
    )


@dataclass(frozen=True)
class Entry:
    """`state` is `Staff.entry`: how, place and class; `banned` (agent x day x place) are starts to forbid."""

    state: np.ndarray
    banned: np.ndarray


def entry_of(last: LastShifts, limits: Sequence[Limits], begins: np.ndarray, *, an_hour: float) -> Entry:
    """How each agent comes into the first day, in the engine's terms.

    `begins` (agent x day x place) are first intervals, -1 where there is no start; `an_hour` is the number
    of intervals in one. The engine knows two classes of last shift: with the first, one day off makes a
    weekly rest, with the second it does not. Where the rest depends on the start that comes after, it is
    the second while the stretch of days has room for that; where it has none, a start is banned that
    leaves no weekly rest, and the others have it.
    """
    how = np.select([last.days_ago == 1, last.days_ago == 2], [WORKED, GAP], RESTED)
    daily, weekly = (np.array([getattr(one, name) for one in limits]) for name in ("rest_h", "long_rest_h"))
    banned = too_early(last, begins, daily * an_hour)
    day = np.minimum(np.where(how == WORKED, 1, 0), begins.shape[1] - 1)
    agents = np.arange(len(how))
    back = np.where(begins[agents, day] >= 0, begins[agents, day], np.inf)
    soon = back < (last.end + weekly * an_hour)[:, None] - 1e-9
    full = (how != RESTED) & (weekly > daily)
    full &= last.since_rest + 2 > np.array([limit.stretch_days for limit in limits])
    banned[agents, day] |= soon & full[:, None]
    place = [
        place_number(limit, (int(since), int(row), int(nights))) if state != RESTED else 0
        for limit, since, row, nights, state in zip(limits, last.since_rest, last.in_a_row, last.nights, how)
    ]
    second = (how != RESTED) & soon.any(axis=1) & ~full
    return Entry(np.stack([how, np.array(place, np.int64), second.astype(np.int64)], axis=1), banned)


def too_early(last: LastShifts, begins: np.ndarray, rest: np.ndarray) -> np.ndarray:
    """Starts that leave no daily rest after the last shift before the horizon: agent x day x place.

    `begins` (agent x day x place) are first intervals, -1 where there is no start; `rest` is each agent's
    daily rest in intervals.
    """
    early = np.zeros(begins.shape, bool)
    near = begins[:, :DAYS_TOUCHED]
    early[:, :DAYS_TOUCHED] = (near >= 0) & (near < (last.end + rest)[:, None, None] - 1e-9)
    return early


def _runs(past: pd.DataFrame, limits: Sequence[Limits], people: People) -> pd.DataFrame:
    """The shifts with the length, up to each, of the stretch since a weekly rest and of the runs it ends."""
    shifts = past.sort_values(["row", "start"], ignore_index=True)
    rest_h = (shifts["start"] - shifts.groupby("row")["end"].shift()) / HOUR
    long_h = shifts["row"].map(dict(enumerate(limit.long_rest_h for limit in limits))).astype("float64")
    stretch = (rest_h.isna() | (rest_h >= long_h - 1e-9)).groupby(shifts["row"]).cumsum()
    first = shifts.groupby([shifts["row"], stretch])["day"].transform("min")
    night = is_night(people.site, shifts) if len(shifts) else np.zeros(0, bool)
    return shifts.assign(
        since_rest=(shifts["day"] - first).dt.days + 1,
        in_a_row=_in_a_row(shifts, np.ones(len(shifts), bool)),
        nights=_in_a_row(shifts, night),
    )


def _in_a_row(shifts: pd.DataFrame, counted: np.ndarray) -> np.ndarray:
    """How many counted shifts stand on days in a row up to each shift; 0 at one that does not count."""
    on = shifts[counted]
    apart = on.groupby("row")["day"].diff() != pd.Timedelta(days=1)
    run = apart.groupby(on["row"]).cumsum()
    place = on.groupby([on["row"], run]).cumcount() + 1
    return place.reindex(shifts.index).fillna(0).to_numpy(np.int64)


def _filled(values: pd.Series, agents: int, absent: float) -> np.ndarray:
    return values.reindex(range(agents)).fillna(absent).to_numpy(float)
