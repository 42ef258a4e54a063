"""Teams brought to size and certified on days as busy as planned for; how often weeks to come meet targets.

Certified is the level of the plan, as everywhere: contacts of its busy days with the luck of single contacts.
The chance of a target is another question: the same team meets the forecast's sample paths, quiet weeks and
wild ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from staffing.hosting.certify import Sizing, Trial, aims, enlarged, room, sized, trial
from staffing.hosting.floor import Contacts, model_of, queue_names
from staffing.hosting.need import Streams
from staffing.hosting.teams import Team
from staffing.simulation.certainty import ratio
from staffing.simulation.counts import Counts
from staffing.simulation.report import measures, share_meeting
from staffing.simulation.teams import TeamModel

MARGIN, GROWTH = 0.8, 1.6  # of the half interval; more after a team was found too small
ROUNDS = 5
REPLICATIONS = 40
STEP = 7919  # between the seeds of one use and the next
ONE_PATH = np.zeros(1, np.int64)


@dataclass(frozen=True)
class Certified:
    """A team at its size, and what it met in weeks that nobody had sized it by."""

    team: Team
    model: TeamModel
    totals: tuple[Counts, ...]  # by queue, replications x 1: at the level planned for
    seed: int
    holds: bool
    to_come: tuple[Counts, ...] = ()  # the same over sample paths, once asked for


@dataclass
class Certifier:
    """Sizes and certifies teams; equal ones, wherever they are, once.

    `contacts` are those of the level planned for, `to_come` those of the sample paths in `paths`.
    """

    contacts: Contacts
    to_come: Contacts
    paths: np.ndarray
    seed: int
    aht_multiple: float
    done: dict[tuple, Certified] = field(default_factory=dict)
    lived: dict[tuple, tuple[Counts, ...]] = field(default_factory=dict)

    def certified(self, team: Team, work: Streams) -> Certified:
        """The team brought to size, with service in weeks drawn anew."""
        key = self._key(team, work)
        if key not in self.done:
            self.done[key] = self._sized(team, work)
        found = self.done[key]
        return replace(found, team=replace(team, agents=found.team.agents))

    def _key(self, team: Team, work: Streams) -> tuple:
        pieces = tuple(
            (
                work.streams[piece.stream].line.name,
                work.streams[piece.stream].channels,
                work.inside(piece).tobytes(),
                piece.share,
                team.site if piece.share < 1 else "",
            )
            for piece in team.pieces
        )
        return pieces, team.kind, tuple((skills, n.tobytes()) for skills, n in team.agents.items())

    def _sized(self, team: Team, work: Streams) -> Certified:
        model = model_of(team, work, self.contacts, aht_multiple=self.aht_multiple)
        sizing = Sizing(self.seed, MARGIN)
        team = sized(model, team, sizing)
        for number in range(ROUNDS):
            seed = self.seed + STEP * (2 * number + 1)
            found = trial(model, team, paths=ONE_PATH, seed=seed, count=REPLICATIONS)
            holds = all(room(one, margin=1.0) >= 0 for _, one in aims(found, model))
            if holds or number == ROUNDS - 1:
                break
            sizing = Sizing(seed + STEP, sizing.margin * GROWTH)
            team = enlarged(model, team, sizing)
        return Certified(team, model, _totals(found, model), seed, holds)

    def in_weeks_to_come(self, found: Certified, work: Streams) -> Certified:
        """The certified team with what it meets on the forecast's sample paths."""
        key = self._key(found.team, work)
        if key not in self.lived:
            model = model_of(found.team, work, self.to_come, aht_multiple=self.aht_multiple)
            weeks = trial(model, found.team, paths=self.paths, seed=self.seed - 1, count=REPLICATIONS)
            self.lived[key] = _totals(weeks, model)
        return replace(found, to_come=self.lived[key])


def _totals(found: Trial, model: TeamModel) -> tuple[Counts, ...]:
    return tuple(found.totals(number) for number in range(len(model.queues)))


def service_of(teams: Sequence[Certified], languages: Callable[[str], str]) -> pd.DataFrame:
    """HOSTING_SERVICE rows without the allocation, and column `met` (one flag a replication).

    Contacts of a line and channel are added over the teams that answer it, replication by replication.
    """
    gathered: dict[tuple[str, str], list[tuple[Certified, int]]] = {}
    for each in teams:
        for number, name in enumerate(queue_names(each.model)):
            gathered.setdefault(name, []).append((each, number))
    rows = [
        row | {"line": line, "language": languages(line), "channel": channel}
        for (line, channel), parts in gathered.items()
        for row in _rows(parts)
    ]
    return pd.DataFrame(rows)


def _added(counts: Sequence[Counts]) -> Counts:
    return Counts(*(np.sum(columns, axis=0) for columns in zip(*counts, strict=True)))


def _rows(parts: Sequence[tuple[Certified, int]]) -> list[dict[str, object]]:
    counts = _added([each.totals[number] for each, number in parts])
    to_come = _added([each.to_come[number] for each, number in parts])
    queue = parts[0][0].model.queues[parts[0][1]]
    rows = []
    for one, then in zip(measures(counts, queue), measures(to_come, queue), strict=True):
        mean = ratio(*(np.asarray(part, float)[:, 0] for part in one.quotient))
        if one.target is None or np.isnan(mean.value):
            continue
        rows.append(
            {
                "measure": one.name,
                "value": float(mean.value),
                "low": max(float(mean.low), 0.0),
                "high": float(mean.high) if one.name == "asa_s" else min(float(mean.high), 1.0),
                "target": one.target,
                "holds": room(one, margin=1.0) >= 0,
                "chance": float(np.nan_to_num(share_meeting(then)[0], nan=1.0)),
                "offered": float(counts.offered.mean()),
                "replications": len(counts.offered),
                "seed": max(each.seed for each, _ in parts),
                "met": then.met()[:, 0] | np.isnan(then.quotient.value[:, 0]),
            }
        )
    return rows
