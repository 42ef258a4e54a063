"""The contract: each promise with what came of it, its history, and the chance of keeping it next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pandas as pd

from planner.domain.centre import Centre
from planner.language import _, retold
from planner.scorecards.contract_outlook import Chance, chance
from planner.scorecards.contract_periods import SHOWN, Span, definition, of_spans, through
from planner.scorecards.contract_promises import (
    QUALITY_WORDS,
    Promise,
    quality_promises,
    shared_limits,
    shared_promises,
)
from planner.scorecards.scope import Scope

WATCHED = ("quality_score", "fcr_no_escalation", "fcr_repeat_7d", "csat")  # shown without a target too
SLIVER = 0.2  # of the median period's cases
FEWEST = 20  # evaluations or answers; below, no figure is shown
SERVICE = ("service_level", "service_level_2", "abandonment", "met_deadline", "asa_s", "occupancy", "aht_s")


@dataclass(frozen=True)
class Line:
    """One line of the contract: what was promised, what came of it, what is likely next.

    `promise` None: a measure that is watched without a target. `history` is oldest first, the period
    that is shown last, NaN where nothing is known; `low` and `high` are the 95 % interval of the last,
    `n` what it rests on, `latest` the period it is of.
    """

    measure: str
    name: str
    about: str
    promise: Promise | None
    channel: str | None
    history: tuple[float, ...]
    n: float
    low: float = float("nan")
    high: float = float("nan")
    chance: Chance = field(default_factory=Chance)
    definition: str = ""
    latest: Span | None = None

    @property
    def actual(self) -> float:
        """The last value, NaN when it is unknown."""
        return self.history[-1] if self.history else float("nan")

    @property
    def known(self) -> bool:
        """Whether there is a target and a value to hold against it."""
        return self.promise is not None and pd.notna(self.actual)

    @property
    def met(self) -> bool:
        """Whether the last period kept the promise."""
        return self.known and self.promise is not None and self.promise.met(self.actual)

    @property
    def sure(self) -> bool:
        """Whether the whole 95 % interval lies on one side of the target."""
        if self.promise is None or not self.known:
            return False
        ends = [end for end in (self.low, self.high) if pd.notna(end)]
        return all(self.promise.met(end) == self.met for end in ends)

    @property
    def margin(self) -> float:
        """The last value's distance from the target, positive inside it, NaN when unknown."""
        return self.promise.margin(self.actual) if self.known and self.promise else float("nan")

    @property
    def kept(self) -> tuple[int, int]:
        """Periods that kept the promise, and periods known."""
        known = [value for value in self.history if pd.notna(value)]
        return sum(self.promise is not None and self.promise.met(value) for value in known), len(known)


def contract(
    card: pd.DataFrame, centre: Centre, scope: Scope, *, spans: Sequence[Span], ahead: pd.DataFrame
) -> list[Line]:
    """The service lines of a scope, up to the last of `spans`: promises, then caps on occupancy and AHT.

    `card` is SCORECARD, `ahead` the simulated next week (rows of SERVICE_CHECK, possibly none).
    """
    lines: list[Line] = []
    shown = of_spans(card[card["measure"].isin(SERVICE)], spans[-SHOWN:])
    for channel in dict.fromkeys(key.channel for key in centre.queues if scope.holds(key)):
        mine = Scope(scope.site, scope.language, channel)
        keys = [key for key in centre.queues if mine.holds(key)]
        for promise in (*shared_promises(centre, keys), *shared_limits(centre, keys)):
            likely = chance(ahead, mine, promise.measure)
            past = through(shown, mine, measure=promise.measure, spans=spans[-SHOWN:])
            lines.append(_service_line(promise, channel, past=past, likely=likely, span=spans[-1]))
    return [line for line in lines if line.measure != "occupancy" or line.known]


def _service_line(promise: Promise, channel: str, *, past: pd.DataFrame, likely: Chance, span: Span) -> Line:
    last = past.iloc[-1]
    return Line(
        promise.measure, promise.name, promise.definition, promise, channel, tuple(past["value"]),
        _number(last["n"]), float(last["low"]), float(last["high"]), likely, promise.definition, span,
    )  # fmt: skip


def quality_lines(
    card: pd.DataFrame, centre: Centre, scope: Scope, *, spans: Sequence[Span], client: str | None = None
) -> list[Line]:
    """Quality, resolution and satisfaction: those with a target, then those only watched.

    A period that holds a sliver of the others' cases is left out; the last period known is shown.
    """
    asked = quality_promises(centre.quality.targets, client)
    watched = [name for name in WATCHED if name not in {promise.measure for promise in asked}]
    measures = [*((promise.measure, promise) for promise in asked), *((name, None) for name in watched)]
    shown = of_spans(card[card["measure"].isin([name for name, _promise in measures])], spans[-SHOWN:])
    return list(_quality_lines(shown, scope, measures=measures, spans=spans[-SHOWN:]))


def _quality_lines(
    card: pd.DataFrame, scope: Scope, *, measures: Sequence[tuple[str, Promise | None]], spans: Sequence[Span]
) -> Iterator[Line]:
    for measure, promise in measures:
        past = through(card, scope, measure=measure, spans=spans)
        past = past[past["n"] >= max(past["n"].median() * SLIVER, FEWEST)].dropna(subset=["value"])
        if past.empty and promise is None:
            continue
        name, about = QUALITY_WORDS[measure]
        words = retold(definition(card, measure))
        if past.empty:
            yield Line(measure, _(name), _(about), promise, scope.channel, (), 0.0, definition=words)
            continue
        last = past.iloc[-1]
        latest = next(span for span in spans if pd.Timestamp(span.first) == past.index[-1])
        yield Line(
            measure, _(name), _(about), promise, scope.channel, tuple(past["value"]), _number(last["n"]),
            float(last["low"]), float(last["high"]), Chance(), words, latest,
        )  # fmt: skip


def _number(value: float) -> float:
    return float(value) if pd.notna(value) else 0.0


def contract_table(lines: Sequence[Line]) -> pd.DataFrame:
    """The contract as a table to take away: one row a line, shares 0..1, times in s."""
    return pd.DataFrame([_table_row(line) for line in lines])


def _table_row(line: Line) -> dict[str, object]:
    return {
        "period": line.latest.length if line.latest else None,
        "period_start": pd.Timestamp(line.latest.first) if line.latest else None,
        "channel": line.channel or "all",
        "measure": line.measure,
        "name": line.name,
        "definition": line.definition or line.about,
        "target": line.promise.limit if line.promise else None,
        "target_is": None if line.promise is None else "at least" if line.promise.at_least else "at most",
        "actual": line.actual,
        "low": line.low,
        "high": line.high,
        "n": line.n,
        "margin": line.margin,
        "met": line.met if line.known else None,
        "periods_met": line.kept[0] if line.promise else None,
        "periods": line.kept[1],
        "chance_next_week": line.chance.share,
        "queues_likely": line.chance.likely,
        "queues": line.chance.queues,
    }
