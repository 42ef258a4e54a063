"""Rosters of three shifts that pyworkforce can express, drawn so that one exists, and a check of any answer.

Everybody works five of seven days, 8 h each; some cannot work some shifts; after a shift some others are
too early. The need is what a roster drawn first covers, less a few people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

SHIFTS = ("morning", "afternoon", "night")  # from 6, 14 and 22 h
STARTS_H = (6, 14, 22)
SHIFT_H, WEEK_DAYS = 8, 5
MIX = (0.45, 0.35, 0.2)
BANNED = 0.1  # share of shifts and days that an agent cannot work
SPARE = 0.97  # need as a share of what the drawn roster covers
Pairs = tuple[tuple[int, int], ...]
# Rest in hours, and the shifts of the next day that it rules out after a shift.
RULES: dict[str, tuple[int, Pairs]] = {
    "bans alone": (0, ()),
    "no morning after a night": (8, ((2, 0),)),
    "11 h rest": (11, ((2, 0), (2, 1), (1, 0))),
}


@dataclass(frozen=True)
class Case:
    """A roster to be found; bans are (agent, day, shift), pairs (shift, shift of the next day)."""

    rule: str
    agents: int
    days: int
    need: tuple[tuple[int, ...], ...]  # shift x day
    bans: tuple[tuple[int, int, int], ...]

    @property
    def rest_h(self) -> int:
        """Hours between two shifts of a person."""
        return RULES[self.rule][0]

    @property
    def pairs(self) -> Pairs:
        """What may not follow the day after."""
        return RULES[self.rule][1]

    @property
    def least_days(self) -> int:
        """Days that everybody works, at least."""
        return self.days // 7 * WEEK_DAYS

    def sent(self) -> dict[str, Any]:
        """The case in words of its own for another program."""
        return asdict(self) | {"pairs": self.pairs, "least_days": self.least_days, "shifts": SHIFTS}


@dataclass(frozen=True)
class Look:
    """What is found in a roster: agent-hours missing and rostered, rules broken, longest row of days."""

    missing_h: int
    rostered_h: int
    broken: dict[str, int]
    row_days: int
    week_days: int


def case(rule: str, agents: int, days: int, *, seed: int) -> Case:
    """A case of a seed: some roster covers the need, so that "infeasible" is wrong."""
    rng = np.random.default_rng([seed, agents, days])
    works = np.full((agents, days), -1)
    turn = rng.choice(len(SHIFTS), agents, p=MIX)  # the same all along: every rest is kept
    for first in range(0, days, 7):
        off = np.argsort(rng.random((agents, 7)), axis=1)[:, : 7 - WEEK_DAYS]
        works[:, first : first + 7] = turn[:, None]
        np.put_along_axis(works[:, first : first + 7], off, -1, axis=1)
    cover = np.stack([(works == s).sum(axis=0) for s in range(len(SHIFTS))])
    need = np.floor(SPARE * cover).astype(int)
    free = works[:, :, None] != np.arange(len(SHIFTS))
    bans = np.argwhere(free & (rng.random(free.shape) < BANNED))
    return Case(rule, agents, days, _tuples(need), _tuples(bans))


def one_too_few(drawn: Case) -> Case:
    """The same with so many banned from the first night that it is one person short whatever anybody does."""
    night = len(SHIFTS) - 1
    banned = {a for a, d, s in drawn.bans if (d, s) == (0, night)}
    able = [a for a in range(drawn.agents) if a not in banned]
    more = tuple((a, 0, night) for a in able[drawn.need[night][0] - 1 :])
    return Case(drawn.rule, drawn.agents, drawn.days, drawn.need, drawn.bans + more)


def look(asked: Case, worked: Sequence[tuple[int, int, int]]) -> Look:
    """A roster (agent, day, shift), looked at by the rules as they are meant, whoever made it."""
    count = Counter((s, d) for _, d, s in worked)
    missing = sum(max(n - count[s, d], 0) for s, row in enumerate(asked.need) for d, n in enumerate(row))
    on = set(worked)
    broken = {
        "twice a day": len(worked) - len({(a, d) for a, d, _ in worked}),
        "banned": len(on & set(asked.bans)),
        "too early": sum((a, d + 1, t) in on for a, d, s in worked for o, t in asked.pairs if o == s),
        "too few days": _too_few(asked, worked),
    }
    busy = np.zeros((asked.agents, asked.days), bool)
    for a, d, _ in worked:
        busy[a, d] = True
    weeks = busy.reshape(asked.agents, -1, 7).sum(axis=2)
    return Look(missing * SHIFT_H, len(worked) * SHIFT_H, broken, _longest_row(busy), int(weeks.max()))


def _too_few(asked: Case, worked: Sequence[tuple[int, int, int]]) -> int:
    days = Counter(a for a, _, _ in worked)
    return sum(days[a] < asked.least_days for a in range(asked.agents))


def _longest_row(busy: np.ndarray) -> int:
    run, most = np.zeros(len(busy), int), 0
    for day in busy.T:
        run = (run + 1) * day
        most = max(most, int(run.max()))
    return most


def _tuples(rows: np.ndarray) -> tuple[Any, ...]:
    return tuple(tuple(int(x) for x in row) for row in rows)
