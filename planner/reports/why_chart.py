"""Why a measure was not as planned: a waterfall and its words, from the split of one period."""

from __future__ import annotations

from planner.language import _
from planner.language.numbers import percent, points
from planner.reports.svg import Row, Step, waterfall
from planner.scorecards.contract_promises import Promise
from planner.scorecards.contract_why import Why
from planner.scorecards.why_words import part_words as part_words
from planner.scorecards.why_words import shown_parts
from planner.scorecards.why_words import why_question as why_question


def why_chart(split: Why, promise: Promise | None) -> list[Row]:
    """The waterfall of a split; the target is dashed."""
    sign = 1.0 if promise is None or promise.at_least else -1.0
    steps = [Step(part_words(part), part.by, points(part.by)) for part in shown_parts(split)]
    ends = (
        Step(_("Plan"), 0.0, percent(split.planned)),
        Step(_("Actual"), 0.0, percent(split.actual)),
    )
    target = promise.limit if promise else None
    return waterfall(split.planned, steps, ends=ends, target=target, better=sign)
