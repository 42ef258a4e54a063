"""A team of the hosting plan as the simulation takes it: its queues with their contacts in the week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

import numpy as np
import pandas as pd

from planner.domain.centre import Queue, QueueKey
from planner.domain.tables import QUEUE
from planner.domain.timegrid import local_day
from staffing.hosting.lines import Line, Week, of_week
from staffing.hosting.need import Piece, Streams
from staffing.hosting.teams import Team
from staffing.simulation.arrivals import Demand, demand
from staffing.simulation.horizon import Horizon
from staffing.simulation.teams import TeamModel, team_model

DAYS_BEFORE = 2  # simulated ahead of the week, so that Monday finds the weekend's mail; not counted


@dataclass(frozen=True)
class Contacts:
    """FORECAST and FORECAST_PATHS around the week, summed over the queues of each line and channel."""

    week: Week
    forecast: pd.DataFrame
    paths: pd.DataFrame
    sites: tuple[str, ...]

    @cached_property
    def horizon(self) -> Horizon:
        """The days simulated, by UTC."""
        first = (self.week.first - timedelta(days=DAYS_BEFORE)).tz_localize(None)
        return Horizon("UTC", pd.date_range(first, periods=7 + DAYS_BEFORE), self.week.interval_min)

    @property
    def before(self) -> int:
        """Intervals simulated ahead of the week."""
        return DAYS_BEFORE * 1440 // self.week.interval_min

    def of(self, line: Line, channel: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Forecast (interval_start, offered, aht_s) and paths (path, day, offered) of a line's channel."""
        keys = [tuple(key) for key in line.queues if key.channel == channel]
        rows = pd.concat([self._forecast[key] for key in keys if key in self._forecast])
        aht_s = rows["aht_s"].where(rows["aht_s"] > 0, line.like[channel].handling.aht_s)
        rows = rows.assign(work=rows["offered"] * aht_s)
        rows = rows.groupby("interval_start", as_index=False)[["offered", "work"]].sum()
        rows["aht_s"] = (rows["work"] / rows["offered"]).where(rows["offered"] > 0)
        parts = [self._paths[key] for key in keys if key in self._paths]
        paths = pd.concat(parts) if parts else self.paths.iloc[:0]
        return rows, paths.groupby(["path", "day"], as_index=False)["offered"].sum()

    @cached_property
    def _forecast(self) -> Mapping[tuple, pd.DataFrame]:
        rows = of_week(self.forecast, self.week, days_before=DAYS_BEFORE)
        return dict(iter(rows[[*QUEUE, "interval_start", "offered", "aht_s"]].groupby(list(QUEUE))))

    @cached_property
    def _paths(self) -> Mapping[tuple, pd.DataFrame]:
        day, first = self.paths["day"], self.week.first.tz_localize(None)
        near = (day >= first - timedelta(days=DAYS_BEFORE + 1)) & (day <= first + timedelta(days=8))
        return dict(iter(self.paths[near].groupby(list(QUEUE))))


def model_of(team: Team, work: Streams, contacts: Contacts, *, aht_multiple: float) -> TeamModel:
    """The team's simulation model; its groups stand in the order of `team.agents`."""
    multiple = aht_multiple if team.kind == "pool" else 1.0
    queues: list[Demand] = []
    spoken: list[str] = []
    for piece in team.pieces:
        stream = work.streams[piece.stream]
        for channel in stream.channels:
            number = _luck(piece, stream.line, channel, team.site, work, contacts)
            queues.append(_demand(number, piece, channel, work, contacts, multiple))
            spoken.append(stream.line.language)
    served = [[q for q, language in enumerate(spoken) if language in skills] for skills in team.agents]
    return team_model(queues, served, horizon=contacts.horizon)


def _luck(piece: Piece, line: Line, channel: str, site: str, work: Streams, contacts: Contacts) -> int:
    """The number of a queue's luck: of a line and channel, and of the site where several share them."""
    names = list(dict.fromkeys(stream.line.name for stream in work.streams))
    place = names.index(line.name) * 40 + list(line.like).index(channel)
    return place * 40 + (contacts.sites.index(site) + 1 if piece.share < 1 else 0)


def _demand(
    number: int, piece: Piece, channel: str, work: Streams, contacts: Contacts, multiple: float
) -> Demand:
    line = work.streams[piece.stream].line
    rows, paths = contacts.of(line, channel)
    like = line.like[channel]
    handling = replace(like.handling, aht_s=like.handling.aht_s * multiple)
    queue = replace(like, key=QueueKey(like.key.site, line.name, channel), handling=handling)
    part = _part(rows, piece, work, contacts) * piece.share
    zone = queue.hours.zone
    day = local_day(rows["interval_start"], zone)
    whole = rows["offered"].groupby(day).sum()
    inside = (rows["offered"] * part).groupby(day).sum() / whole.where(whole > 0)
    scaled = paths.assign(offered=paths["offered"] * paths["day"].map(inside).fillna(piece.share))
    taken = rows.assign(offered=rows["offered"] * part, aht_s=rows["aht_s"] * multiple)
    return demand(number, queue=queue, forecast=taken, paths=scaled, horizon=contacts.horizon)


def _part(rows: pd.DataFrame, piece: Piece, work: Streams, contacts: Contacts) -> np.ndarray:
    """1 where an interval belongs to the piece, else 0; days before the week are like its last."""
    if work.streams[piece.stream].kind == "deferred":
        return np.ones(len(rows))
    inside = work.inside(piece)
    whole = np.concatenate([inside[-contacts.before :], inside])
    at = contacts.horizon.starts.get_indexer(pd.DatetimeIndex(rows["interval_start"]))
    return np.where(at >= 0, whole[at], False).astype(float)


def around(agents: np.ndarray, before: int) -> np.ndarray:
    """Agents (groups x intervals of the week) with the days before it, which are like its last."""
    return np.concatenate([agents[:, -before:], agents], axis=1)


def queue_names(model: TeamModel) -> list[tuple[str, str]]:
    """Line and channel of each queue of the model."""
    return [(queue.key.language, queue.key.channel) for queue in model.queues]


def queue_of(model: TeamModel, number: int) -> Queue:
    """The queue of that number."""
    return model.queues[number]
