"""The contract: each promise with last week's actual, its history, and the chance of keeping it next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboards import charts, formats, look
from dashboards.filters import Scope
from dashboards.look import Cell
from dashboards.outlook import by_queue, whole
from dashboards.promises import Promise, shared_promises
from dashboards.scores import WATCHED, WEEKS, definition, recent, weekly
from planner.domain.centre import Centre

JUST = 0.0005  # share; so close to the target that one digit would hide the side
SLIVER = 0.2  # of the median week's cases
EVEN = 0.5  # below it a target will probably be missed


@dataclass(frozen=True)
class Kept:
    """One line of the contract: what was promised, what came of it, what is likely next.

    `promise` None: a measure that is watched without a target. `history` is oldest first, the last
    week last; `chance` is a share, or None where nothing was simulated; `likely` of `queues` will
    probably meet it.
    """

    name: str
    about: str
    promise: Promise | None
    channel: str | None
    history: tuple[float, ...]
    n: float
    chance: float | None = None
    likely: int = 0
    queues: int = 0

    @property
    def actual(self) -> float:
        """Last week's value, NaN when it is unknown."""
        return self.history[-1] if self.history else float("nan")

    @property
    def known(self) -> bool:
        """Whether there is a target and a value to hold against it."""
        return self.promise is not None and pd.notna(self.actual)

    @property
    def met(self) -> bool:
        """Whether last week kept the promise."""
        return self.known and self.promise is not None and self.promise.met(self.actual)

    @property
    def margin(self) -> float:
        """Last week's distance from the target, positive inside it, NaN when unknown."""
        return self.promise.margin(self.actual) if self.known and self.promise else float("nan")

    @property
    def weeks_met(self) -> tuple[int, int]:
        """Weeks met, and weeks known."""
        known = [value for value in self.history if pd.notna(value)]
        return sum(self.promise is not None and self.promise.met(value) for value in known), len(known)


def contract(
    card: pd.DataFrame, centre: Centre, scope: Scope, *, weeks: Sequence[date], ahead: pd.DataFrame
) -> list[Kept]:
    """The contract's lines for a scope, up to the last of `weeks`.

    `card` is SCORECARD, `ahead` the simulated next week (SERVICE_CHECK rows, possibly none).
    """
    lines, shown = [], recent(card, weeks)
    for channel in dict.fromkeys(key.channel for key in centre.queues if scope.holds(key)):
        mine = Scope(scope.site, scope.language, channel)
        keys = [key for key in centre.queues if mine.holds(key)]
        for promise in shared_promises(centre, keys):
            past = weekly(shown, mine, measure=promise.measure, weeks=weeks[-WEEKS:])
            likely = _outlook(ahead, mine, promise.measure)
            about = f"{formats.channel(channel).lower()}, {promise.definition}"
            history = tuple(past["value"])
            lines.append(Kept(promise.name, about, promise, channel, history, _last(past["n"]), *likely))
    return lines


def watched(card: pd.DataFrame, scope: Scope, *, weeks: Sequence[date]) -> list[Kept]:
    """Measures without a target, such as quality.

    A week that holds a sliver of the others' cases is left out; the last week known is shown, and named
    where it is not the last of `weeks`.
    """
    lines, shown = [], recent(card, weeks)
    for measure, name, about in WATCHED:
        past = weekly(shown, scope, measure=measure, weeks=weeks[-WEEKS:])
        past = past[past["n"] >= past["n"].median() * SLIVER].dropna(subset=["value"])
        if past.empty:
            continue
        last = past.index[-1].date()
        late = "" if last == weeks[-1] else f"; week {formats.week(last)[1:]}, the last that is over"
        n = f", n {formats.number(past['n'].iloc[-1])}"
        lines.append(
            Kept(name, about + n + late, None, scope.channel, tuple(past["value"]), _last(past["n"]))
        )
    return lines


def definitions(card: pd.DataFrame) -> str:
    """What the watched measures mean, in the scorecard's own words."""
    found = [(name, definition(card, measure)) for measure, name, _ in WATCHED]
    return " ".join(f"**{name}:** {words}." for name, words in found if words)


def _last(values: pd.Series) -> float:
    return float(values.iloc[-1]) if len(values) and pd.notna(values.iloc[-1]) else 0.0


def _outlook(ahead: pd.DataFrame, scope: Scope, measure: str) -> tuple[float | None, int, int]:
    """Chance of the scope as a whole if it was simulated as one; queues likely to meet it, and queues."""
    rows = ahead[ahead["measure"] == measure]
    single = scope.of(by_queue(rows)).dropna(subset=["p_meets"])
    together = whole(rows, scope).dropna(subset=["p_meets"])
    chance = float(together["p_meets"].iloc[0]) if len(together) == 1 else None
    return chance, int((single["p_meets"] >= EVEN).sum()), len(single)


def contract_card(lines: Sequence[Kept], *, week: date, next_week: date | None, meanings: str) -> None:
    """The contract as a table people read, with the meanings of its measures below."""
    soon = f"Chance, {formats.week(next_week)}" if next_week else "Chance"
    about = (
        "this week against target; line = last 13 weeks, dashed = target; "
        "chance = share of simulated paths that meet it in the first planned week"
    )
    heads = [
        Cell("Measure", "left"),
        Cell("Target"),
        Cell(f"Week {formats.week(week)[1:]}"),
        Cell("Points"),
        Cell("State", "left"),
        Cell(f"{WEEKS} weeks"),
        Cell("Weeks met"),
        Cell(soon),
    ]
    with look.card("contract", "Contract", about, data=contract_frame(lines, week)):
        look.table(heads, [_row(line) for line in lines])
        look.foot(meanings)


def contract_frame(lines: Sequence[Kept], week: date) -> pd.DataFrame:
    """The contract as a table to take away: shares 0..1."""
    return pd.DataFrame(
        {
            "week": week,
            "channel": line.channel or "all",
            "measure": line.name,
            "definition": line.about,
            "target": line.promise.limit if line.promise else None,
            "actual": line.actual,
            "n": line.n,
            "margin": line.margin,
            "met": line.met if line.known else None,
            "weeks_met": line.weeks_met[0],
            "weeks": line.weeks_met[1],
            "chance_next_week": line.chance,
            "queues_likely": line.likely,
            "queues": line.queues,
        }
        for line in lines
    )


def _row(line: Kept) -> list[Cell]:
    bad = line.known and not line.met
    state = (
        ""
        if line.promise is None
        else "not measured"
        if not line.known
        else "met"
        if line.met
        else f"▼{formats.NO_BREAK}missed"
    )
    digits = 2 if abs(line.margin) < JUST else 1
    met, known = line.weeks_met
    past = [value for value in line.history if pd.notna(value)]
    limit = line.promise.limit if line.promise else None
    return [
        Cell(line.name, "left", small=line.about),
        Cell(line.promise.sign if line.promise else "none set"),
        Cell(formats.percent(line.actual, digits), strong=True, bad=bad),
        Cell(formats.points(line.margin, digits), bad=bad),
        Cell(state, "left", bad=bad),
        Cell(f"last {len(past)} weeks", picture=charts.spark(past, limit)) if len(past) > 1 else Cell(),
        Cell(f"{met} of {known}" if line.promise and known else formats.MISSING),
        _chance_cell(line),
    ]


def _chance_cell(line: Kept) -> Cell:
    if line.chance is not None:
        return Cell(formats.chance(line.chance), bad=line.chance < EVEN)
    if line.queues:
        return Cell(
            f"{line.likely} of {line.queues}", small="queues likely", bad=line.likely < line.queues / 2
        )
    return Cell("", small="not simulated")
