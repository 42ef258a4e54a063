"""Why not fewer: what the agents on contact should achieve, and which targets one agent fewer breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboards import formats, look
from dashboards.look import Cell
from planner.domain.centre import Queue, Target
from planner.language import _, retold
from planner.scorecards.contract_promises import FORMULA_WORDS

DIGITS = (1, 2, 3)  # as many as it takes to see that 79.98 % is not 80 %
STILL = 1e-9  # a target met but for rounding is met


@dataclass(frozen=True)
class Measure:
    """A measure of REQUIREMENT, and its target: in words as REQUIREMENT has them, and as a limit."""

    column: str
    name: str
    words: str
    limit: float | None
    at_least: bool = False

    def slack(self, value: float) -> float | None:
        """How far inside its target a value lies, in its own unit; negative where it misses."""
        if self.limit is None:
            return None
        return value - self.limit if self.at_least else self.limit - value

    def missed(self, value: float) -> bool:
        """Whether a value misses the target; a wait that grows for ever (ASA blank) misses any."""
        slack = self.slack(value)
        if slack is None:
            return False
        return bool(slack < -STILL) or (self.column == "asa_s" and bool(pd.isna(slack)))

    def shown(self, value: float) -> str:
        """A value in the measure's unit, with the digits that tell it from the limit."""
        if self.column == "asa_s":
            return _seconds(value)
        limit = -1.0 if self.limit is None else self.limit * 100
        digits = next((n for n in DIGITS if round(value * 100, n) != round(limit, n)), DIGITS[0])
        return formats.percent(value, digits)

    @property
    def target(self) -> str:
        """The limit with its sign."""
        if self.limit is None:
            return formats.MISSING
        seconds = f"{formats.exact(self.limit)}{formats.NO_BREAK}s"
        unit = seconds if self.column == "asa_s" else formats.exact_percent(self.limit)
        return f"{'≥' if self.at_least else '≤'}{formats.NO_BREAK}{unit}"

    def moved(self, value: float) -> str:
        """What one agent fewer makes of the target, as a sentence says it."""
        if pd.isna(value):
            return _("{target} !!grows without end!!").format(target=retold(self.subject))
        text = _("{target} falls to !!{value}!!") if self.at_least else _("{target} rises to !!{value}!!")
        return text.format(target=retold(self.subject), value=self.shown(value))

    @property
    def subject(self) -> str:
        """What moves, in English: 80 % in 20 s, abandonment."""
        return self.words if self.at_least else self.words.split(" ≤ ")[0]


def _seconds(value: float) -> str:
    if pd.isna(value):
        return formats.MISSING
    return f"{formats.number(value, 1 if value < 10 else 0)}{formats.NO_BREAK}s"


def measures(target: Target) -> Iterator[Measure]:
    """What REQUIREMENT says of a queue with this target, in the order of a contract."""
    columns = ("service_level", "service_level_2")
    for level, column in zip(target.service_levels, columns, strict=False):
        yield Measure(
            column,
            _("Answered in {seconds}\u00a0s").format(seconds=formats.exact(level.within_s)),
            str(level),
            level.share,
            True,
        )
    for column, name, most in (
        ("abandonment", _("Abandonment"), target.max_abandonment),
        ("occupancy", _("Occupancy"), target.max_occupancy),
    ):
        words = "" if most is None else f"{column} ≤ {most * 100:g} %"
        yield Measure(column, name, words, most)
    most = target.max_asa_s
    yield Measure("asa_s", _("ASA"), "" if most is None else f"ASA ≤ {most:g} s", most)


def why_not_fewer(row: pd.Series, target: Target) -> str:
    """The targets that one agent fewer breaks, and how far; "" where the plan does not know.

    `row` is of REQUIREMENT. Staffed interval by interval, a target may be missed as it is, or one fewer do.
    """
    agents = row["agents_on_contact"]
    known = [measure for measure in measures(target) if pd.notna(row.get(measure.column))]
    missed = [measure for measure in known if measure.missed(row[measure.column])]
    if missed:
        short = [
            _("{target} comes to !!{value}!!").format(
                target=retold(measure.words), value=measure.shown(row[measure.column])
            )
            for measure in missed
        ]
        return _("Even with {n}, {targets}.").format(n=formats.number(agents), targets=formats.listed(short))
    if not _knows_fewer(row):
        return ""
    words, fewer = broken(row), formats.number(agents - 1)
    if agents <= 1 and words:
        return _("With nobody, !!no contact!! would be answered.")
    if not words:
        return _("With {n}, every target would still be met in this interval.").format(n=fewer)
    by_words = {measure.words: measure for measure in measures(target) if measure.limit is not None}
    said = [
        by_words[each].moved(row[f"fewer_{by_words[each].column}"])
        if each in by_words
        else _("{target} !!breaks!!").format(target=retold(each))
        for each in words
    ]
    return _("With {n}, {targets}.").format(n=fewer, targets=formats.listed(said))


def broken(row: pd.Series) -> tuple[str, ...]:
    """The targets in words that one agent fewer breaks."""
    words = row.get("fewer_breaks")
    return tuple(words.split("; ")) if isinstance(words, str) and words else ()


def _knows_fewer(row: pd.Series) -> bool:
    names = [name for name in row.index if str(name).startswith("fewer_") and name != "fewer_breaks"]
    return bool(row["agents_on_contact"] > 0 and row[names].notna().any())


def expected_table(row: pd.Series, queue: Queue) -> None:
    """Each measure with its target, what the agents give, how much room is left, and what one fewer gives."""
    known = [measure for measure in measures(queue.target) if pd.notna(row.get(measure.column))]
    if known:
        agents, fewer = row["agents_on_contact"], _knows_fewer(row)
        heads = [
            _("Expected"),
            _("Target"),
            _("With {agents}").format(agents=formats.number(agents, 1 if agents % 1 else 0)),
            _("Slack"),
        ]
        heads += [_("With {agents}").format(agents=formats.number(agents - 1))] if fewer else []
        cells = [Cell(text, "right" if place else "left") for place, text in enumerate(heads)]
        look.table(cells, [_line(measure, row, fewer=fewer) for measure in known])
    notes = list(_definitions(queue, known))
    if notes:
        look.foot(" ".join(notes))


def _line(measure: Measure, row: pd.Series, *, fewer: bool) -> list[Cell]:
    value = row[measure.column]
    cells = [Cell(measure.name, "left"), Cell(measure.target), _marked(measure, value)]
    cells.append(Cell(_slack(measure, value), bad=measure.missed(value)))
    return [*cells, _marked(measure, row[f"fewer_{measure.column}"])] if fewer else cells


def _marked(measure: Measure, value: float) -> Cell:
    bad = measure.missed(value)
    return Cell(("▼ " if bad else "") + measure.shown(value), bad=bad)


def _slack(measure: Measure, value: float) -> str:
    slack = measure.slack(value)
    if measure.column != "asa_s":
        return formats.points(slack)
    return formats.signed(slack) + (f"{formats.NO_BREAK}s" if slack is not None else "")


def _definitions(queue: Queue, known: Sequence[Measure]) -> Iterator[str]:
    if any(measure.limit is not None for measure in known):
        yield _("Slack = room left inside the target, in points (ASA: in s).")
    if queue.handling.patience_s:
        yield _("Mean patience {patience_s} s.").format(patience_s=formats.exact(queue.handling.patience_s))
    if queue.target.service_levels:
        formula = _(FORMULA_WORDS[queue.target.formula])
        yield _("Service level = {formula}.").format(formula=formula)
