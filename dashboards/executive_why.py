"""Executive: why was service not as planned?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from dashboards import filters, formats, look
from dashboards.filters import Scope
from dashboards.published import Published
from dashboards.service_card import formulas_card, service_card
from dashboards.why_card import why_card
from dashboards.why_tables import days_card, queues_card
from planner.domain.centre import Centre, QueueKey
from planner.language import _
from planner.scorecards.contract_promises import Promise, promise_of
from planner.scorecards.contract_why import split
from planner.scorecards.why_words import answer

PAGE = "why"
MEASURES = ("service_level", "service_level_2", "abandonment")


@dataclass(frozen=True)
class Chosen:
    """What the reader chose; `day` None = the whole week."""

    scope: Scope
    measure: str
    monday: date
    day: date | None

    @property
    def days(self) -> list[date]:
        """The seven days of the week."""
        return [self.monday + timedelta(days=n) for n in range(7)]

    def of(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows of the day, else of the week."""
        period, first = ("week", self.monday) if self.day is None else ("day", self.day)
        return rows[(rows["period"] == period) & (rows["period_start"] == pd.Timestamp(first))]


def page(plan: Published) -> None:
    """The gap of a week or day: the largest cause in a sentence, the waterfall, the days, the queues."""
    question = _("Why was service not as planned?")
    if not plan.has("EXPLAINED"):
        look.empty_page(PAGE, question, origin=plan.origin(), state=_nothing())
        return
    rows = plan.table("EXPLAINED")
    with look.head(PAGE, question):
        chosen = _choices(plan.centre, rows)
    found = split(chosen.of(rows), chosen.scope, measure=chosen.measure)
    look.about(_line(plan, chosen), plan.origin())
    promise = _promise(plan.centre, chosen)
    if found is None:
        with look.card("state", "", ""):
            look.nothing(*_unknown())
    else:
        look.say(answer(found))
        left, right = look.pair(PAGE, 1, 1)
        with left:
            why_card(found, promise, _about(plan.centre, chosen, promise))
        with right:
            days_card(rows, chosen.scope, measure=chosen.measure, days=chosen.days)
    queues_card(chosen.of(rows), chosen.scope, plan.centre, measure=chosen.measure)
    _figures(plan, chosen)


def _about(centre: Centre, chosen: Chosen, promise: Promise | None) -> str:
    """The target, and whose handle time it is where several conversations are open at once."""
    kinds = {queue.kind for key, queue in centre.queues.items() if chosen.scope.holds(key)}
    alone = _("handle time of one conversation alone") if "concurrent" in kinds else ""
    return ", ".join(part for part in (promise.short if promise else "", alone) if part)


def _nothing() -> tuple[str, str, str]:
    return (
        _("No plan of the past is known"),
        _("Neither was an intraday file imported, nor had an earlier plan been made for days that are over."),
        _("Import what the days were planned with (planner tables INTRADAY), or plan again next week."),
    )


def _unknown() -> tuple[str, str, str]:
    return (
        _("Nothing to explain here"),
        _("No plan of these days and queues is known, or they have no common target."),
        _("Choose another week, day or part of the centre."),
    )


def _choices(centre: Centre, rows: pd.DataFrame) -> Chosen:
    live = [key for key, queue in centre.queues.items() if queue.kind != "deferred"]
    scope = filters.scope(centre, among=live, fixed=("channel",))
    measures = [name for name in MEASURES if _promise_in(centre, scope, name) is not None]
    measure = filters.choose(
        "measure", measures or [MEASURES[0]], show=lambda name: _measure_words(centre, scope, name)
    )
    mondays = _starts(rows, "week")
    monday = date.fromisoformat(filters.choose("week", mondays, show=_week_words) or mondays[0])
    days = [day for day in _starts(rows, "day")[::-1] if 0 <= (date.fromisoformat(day) - monday).days < 7]
    day = filters.choose("day", days, every=_("All week"), show=_day_words) if len(days) > 1 else None
    return Chosen(scope, measure or MEASURES[0], monday, date.fromisoformat(day) if day else None)


def _starts(rows: pd.DataFrame, period: str) -> list[str]:
    """First days of the periods, newest first."""
    found = rows.loc[rows["period"] == period, "period_start"].unique()
    return sorted((f"{pd.Timestamp(start):%Y-%m-%d}" for start in found), reverse=True)


def _week_words(text: str) -> str:
    monday = date.fromisoformat(text)
    return f"{formats.week(monday)}, {formats.long_day(monday)}"


def _day_words(text: str) -> str:
    return formats.day(date.fromisoformat(text))


def _measure_words(centre: Centre, scope: Scope, measure: str) -> str:
    promise = _promise_in(centre, scope, measure)
    return promise.short if promise else measure


def _promise(centre: Centre, chosen: Chosen) -> Promise | None:
    return _promise_in(centre, chosen.scope, chosen.measure)


def _promise_in(centre: Centre, scope: Scope, measure: str) -> Promise | None:
    """The target that all queues of the scope share; None where they differ or have none."""
    found = {
        promise_of(queue, measure) for key, queue in centre.queues.items() if scope.holds(QueueKey(*key))
    }
    return next(iter(found)) if len(found) == 1 else None


def _line(plan: Published, chosen: Chosen) -> str:
    last = chosen.monday + timedelta(days=6)
    when = formats.span(chosen.monday, last) if chosen.day is None else formats.long_day(chosen.day)
    parts: Sequence[str] = (
        _("Week {n}").format(n=formats.week_number(chosen.monday)),
        when,
        chosen.scope.words(plan.centre),
        _("local days of each site"),
    )
    return " · ".join(parts)


def _figures(plan: Published, chosen: Chosen) -> None:
    """The week's figures by every definition."""
    card = plan.table("SCORECARD")
    week = card[(card["period"] == "week") & (card["period_start"] == pd.Timestamp(chosen.monday))]
    if week.empty:
        return
    left, right = look.pair("figures", 5, 6)
    with left:
        formulas_card(week, chosen.scope, plan.centre)
    with right:
        service_card(week, chosen.scope)
