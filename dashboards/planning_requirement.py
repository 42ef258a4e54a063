"""Planning: how many people, and why?"""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboards import filters, formats, look
from dashboards.backlog_card import backlog_card, backlog_days
from dashboards.clock import on_clock, runs, until
from dashboards.filters import Scope
from dashboards.published import Published
from dashboards.requirement_busy import busy_table, drawn_levels, with_busy_days
from dashboards.requirement_day import SHORT, day_card
from dashboards.requirement_expected import expected_table, why_not_fewer
from dashboards.requirement_sum import why_table
from planner.domain.centre import Queue, QueueKey
from planner.domain.tables import QUEUE
from planner.language import _, message

QUESTION = message("How many people, and why?")
NO_REQUIREMENT = (
    message("No requirement in this plan"),
    message(
        "People are planned per interval; this history has whole days only, or the plan stopped earlier."
    ),
    message("Import volumes of 15, 30 or 60 minutes and make the plan again."),
)
PLANNED = {
    "offered": message("planned for the mean forecast"),
    "p50": message("planned for the median forecast"),
}
METHODS = {
    "sequential": message("staffed through the day, exact state"),
    "sequential_hand_back": message(
        "staffed through the day, exact state, contacts handed back at shift end"
    ),
    "sipp": message("each interval alone (SIPP)"),
    "lag": message("each interval alone, on demand of one handle time before (lag)"),
}


def page(plan: Published) -> None:
    """One queue and day: work, reserve and shrinkage per interval, and one interval as a sum."""
    if not plan.has("REQUIREMENT"):
        look.empty_page("requirement", QUESTION, origin=plan.origin(), state=NO_REQUIREMENT)
        return
    with look.head("requirement", QUESTION):
        needed = plan.table("REQUIREMENT")
        scope = filters.scope(plan.centre, among=_queues(needed), fixed=("site", "language", "channel"))
        zone = plan.centre.sites[str(scope.site)].time_zone
        mine = on_clock(scope.of(needed), zone)
        shown = filters.one_day([day.date() for day in sorted(mine["day"].unique())])
        rows = with_busy_days(with_schedule(plan, scope, mine[mine["day"] == pd.Timestamp(shown)]))
        at = filters.choose("at", list(rows["at"]), default=worst(rows))
    chosen = rows[rows["at"] == at].iloc[0]
    queue = plan.centre.queues[QueueKey(*(str(chosen[name]) for name in QUEUE))]
    look.about(_line(plan, scope, shown) + method_words(plan, queue), plan.origin())
    look.say(answer(rows, str(at), interval_min=plan.centre.interval_min))
    left, right = look.pair("requirement", 7, 4)
    with left:
        busier = drawn_levels(rows, planned=str(plan.facts.get("quantile", "offered")))
        day_card(rows, chosen, interval_min=plan.centre.interval_min, busier=busier)
    with right:
        _why_card(plan, queue, chosen, shown=shown)
    if queue.target.deadline and plan.has("BACKLOG"):
        days = backlog_days(plan, scope, zone=zone)
        backlog_card(days, first=shown, deadline=str(queue.target.deadline))


def _why_card(plan: Published, queue: Queue, chosen: pd.Series, *, shown: date) -> None:
    """The chosen interval as a sum, why not fewer, and what a busier day would take."""
    question = _("Why {people} at {clock}?").format(
        people=formats.number(chosen["agents_scheduled"], 1), clock=chosen["at"]
    )
    with look.card("why", question, _("each line follows from the one above"), fill=True):
        site = plan.centre.sites[queue.key.site]
        why_table(chosen, queue, site.shrinkage_on(shown.month, shown.weekday()))
        reason = why_not_fewer(chosen, queue.target)
        if reason:
            look.tell(reason)
        expected_table(chosen, queue)
        busy_table(chosen)


def _queues(needed: pd.DataFrame) -> list[QueueKey]:
    return [QueueKey(*key) for key in needed[[*QUEUE]].drop_duplicates().itertuples(index=False)]


def with_schedule(plan: Published, scope: Scope, rows: pd.DataFrame) -> pd.DataFrame:
    """The requirement's rows in time order with `scheduled`, NaN where no schedule was made."""
    rows = rows.sort_values("interval_start", ignore_index=True)
    if not plan.has("COVERAGE"):
        return rows.assign(scheduled=float("nan"))
    have = scope.of(plan.table("COVERAGE", *QUEUE, "interval_start", "scheduled"))
    return rows.merge(have[["interval_start", "scheduled"]], on="interval_start", how="left")


def worst(rows: pd.DataFrame) -> str:
    """The interval most short of people, or the one that needs most where there is no schedule."""
    gap = rows["scheduled"] - rows["agents_scheduled"]
    place = gap.idxmin() if gap.notna().any() else rows["agents_scheduled"].idxmax()
    return str(rows["at"].loc[place])


def _line(plan: Published, scope: Scope, shown: date) -> str:
    quantile = str(plan.facts.get("quantile", "offered"))
    planned = _("planned for the forecast's {share} quantile").format(
        share=formats.with_percent(quantile.removeprefix("p"))
    )
    clock = _("{site} time").format(site=plan.centre.sites[str(scope.site)].name)
    return " · ".join(
        [
            scope.words(plan.centre),
            f"{formats.day_and_year(shown)}, {clock}",
            _("{n}-minute intervals").format(n=plan.centre.interval_min),
            _(PLANNED[quantile]) if quantile in PLANNED else planned,
        ]
    )


def method_words(plan: Published, queue: Queue) -> str:
    """How moving demand was taken, to end the page's line; nothing for work that may wait."""
    words = METHODS.get(str(plan.facts.get("staffing", "")), "")
    return f" · {_(words)}" if words and queue.kind != "deferred" else ""


def answer(rows: pd.DataFrame, at: str, *, interval_min: int) -> str:
    """The chosen interval, then where the day is short and where it has people to move.

    `rows` has at, agents_scheduled, scheduled (NaN without a schedule), in time order.
    """
    chosen = rows[rows["at"] == at].iloc[0]
    need = formats.number(chosen["agents_scheduled"], 1)
    if pd.isna(chosen["scheduled"]):
        most = rows.loc[rows["agents_scheduled"].idxmax()]
        text = _("At {clock} we need **{need} people at work**; the most is {peak} at {when}.").format(
            clock=at, need=need, peak=formats.number(most["agents_scheduled"], 1), when=most["at"]
        )
        return f"{text} " + _("This day has no schedule yet.")
    gap = rows["scheduled"] - rows["agents_scheduled"]
    mine = chosen["scheduled"] - chosen["agents_scheduled"]
    text = _("At {clock} we need **{need} people at work**; {have} are scheduled.")
    if mine < -SHORT:
        text = _("At {clock} we need **{need} people at work**; {have} are scheduled, !!{short} short!!.")
    have, short = formats.number(chosen["scheduled"], 1), formats.number(-mine, 1)
    text = text.format(clock=at, need=need, have=have, short=short)
    return f"{text} {_rest(rows, gap, interval_min=interval_min)}"


def _rest(rows: pd.DataFrame, gap: pd.Series, *, interval_min: int) -> str:
    short = runs((gap < -SHORT).to_numpy())
    if not short:
        return _("No interval of the day is short.")
    first, last = max(short, key=lambda run: -gap.iloc[run[0] : run[1] + 1].sum())
    text = _("The day is most short between {begin} and {end}.")
    if gap.max() > SHORT:
        text = _("The day is most short between {begin} and {end}; {clock} has {spare} too many.")
    return text.format(
        begin=rows["at"].iloc[first],
        end=until(rows["at"].iloc[last], interval_min),
        clock=rows["at"].loc[gap.idxmax()],
        spare=formats.number(gap.max(), 1),
    )
