"""Planning: what does it cost?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial

import pandas as pd

from dashboards import cost_plan_words, filters, formats, look
from dashboards.cost_contacts import languages_card
from dashboards.cost_curve import Curve, answer, cost_rows, curves
from dashboards.cost_hours import hours_card, premiums_card
from dashboards.cost_panels import panels_card
from dashboards.cost_plan import WeekCost, week_cost
from dashboards.cost_points import points_card
from dashboards.cost_where import contact_card, places_card
from dashboards.hiring_words import Names
from dashboards.look import Cell
from dashboards.published import Published
from planner.language import _, message

QUESTION = message("What does it cost?")
NO_COST = (
    message("No cost in this plan"),
    message("No week was staffed or scheduled, or no hour has a price and no voice queue a target to vary."),
    message("See schedule_weeks, costs and targets in plan.yaml, and make the plan again."),
)
SAME = 1e-9  # shares closer than that are the same share


def page(plan: Published) -> None:
    """A planned week's cost by region, site, language and channel, and the price of a point of service."""
    rows = cost_rows(plan) if plan.has("COST_CURVE") else pd.DataFrame(columns=["site", "week"])
    mondays = _mondays(plan, rows)
    if not mondays:
        look.empty_page("cost", QUESTION, origin=plan.origin(), state=NO_COST)
        return
    with look.head("cost", QUESTION):
        site = filters.choose(
            "site", list(plan.centre.sites), every=_("All sites"), show=partial(_name, plan)
        )
        monday = date.fromisoformat(filters.choose("week", mondays, show=_week_words) or mondays[0])
    week = pd.Timestamp(monday)
    cost = week_cost(plan, site=site, week=week)
    found = curves(rows, plan.centre, site=site, week=week) if len(rows) else []
    look.about(_line(plan, site, monday), plan.origin())
    if not (found or cost.known):
        with look.card("state", "", ""):
            look.nothing(*NO_COST)
        return
    priced = plan.centre.currency if any(curve.rows["cost"].sum() > 0 for curve in found) else ""
    look.say(" ".join([cost_plan_words.answer(cost) if cost.known else "", _point(found, priced)]).strip())
    _plan_cards(plan, cost)
    if len(cost.points) and found:
        points_card(cost, {curve.target: curve.name for curve in found})
    if found:
        panels_card(found, currency=priced)
        _table_card(found, currency=priced)


def _point(found: Sequence[Curve], currency: str) -> str:
    """What the next point of service costs; nothing where no target varies."""
    return (
        answer(found, price=partial(formats.money, currency=currency) if currency else None) if found else ""
    )


def _plan_cards(plan: Published, cost: WeekCost) -> None:
    """What the schedule costs, from all of it to an hour."""
    if not cost.known:
        return
    names = Names(plan.centre)
    look.figures(*cost_plan_words.strip(cost))
    priced = set(plan.table("HOURLY_COST", "site")["site"]) if plan.has("HOURLY_COST") else set()
    places_card(cost, names, [code for code in plan.centre.sites if code not in priced])
    left, right = look.pair("cost", 1, 1)
    with left:
        contact_card(cost, names)
        premiums_card(cost, names)
    with right:
        languages_card(cost)
    hours_card(cost, names, plan.centre)


def _name(plan: Published, code: str) -> str:
    return plan.centre.sites[code].name


def _mondays(plan: Published, rows: pd.DataFrame) -> list[str]:
    """The weeks that were staffed or scheduled."""
    weeks = set(rows["week"])
    if plan.has("COST_OF_PLAN"):
        weeks |= set(plan.table("COST_OF_PLAN", "period_start")["period_start"])
    return [f"{monday:%Y-%m-%d}" for monday in sorted(weeks)]


def _week_words(text: str) -> str:
    monday = date.fromisoformat(text)
    return f"{formats.week(monday)}, {formats.long_day(monday)}"


def _line(plan: Published, site: str | None, monday: date) -> str:
    sites = [site] if site else list(plan.centre.sites)
    place = _name(plan, sites[0]) if len(sites) == 1 else _("all {n} sites").format(n=len(sites))
    span = formats.span(monday, monday + timedelta(days=6))
    return _("{place} · planned week {week}, {span}").format(
        place=place, week=formats.week_number(monday), span=span
    )


def _table_card(found: Sequence[Curve], *, currency: str) -> None:
    data = pd.concat([curve.rows.assign(target=curve.name) for curve in found], ignore_index=True)
    about = _("a week; differences from the contract's own value of that target")
    with look.card("steps", _("Step by step"), about, data=data[["target", "share", "paid_h", "cost"]]):
        heads = [_("Paid hours"), _("Difference, h")]
        heads += (
            [
                _("Staff cost, {currency}").format(currency=currency),
                _("Difference, {currency}").format(currency=currency),
            ]
            if currency
            else []
        )
        top = [Cell(_("Target"), "left"), Cell(_("Asked")), Cell("", "left"), *(Cell(text) for text in heads)]
        look.table(top, [line for curve in found for line in _lines(curve, currency=currency)])
        notes = [note for curve in found for note in _notes(curve)]
        if notes:
            look.foot(" ".join(notes))


def _notes(curve: Curve) -> Iterator[str]:
    """What a reader must know of a curve that is not the usual one."""
    if curve.queues < curve.voice:
        yield _("{name}: a target of {queues} of {voice}.").format(
            name=curve.name,
            queues=curve.queues,
            voice=formats.counted(curve.voice, "{n} voice queue", "{n} voice queues"),
        )
    if curve.asked is None:
        yield _("{name}: no difference, for the contract asks {words} by queue.").format(
            name=curve.name, words=curve.words
        )
    elif curve.at_contract() is None:
        yield _("{name}: no difference, for the contract's {words} lies outside what was tried.").format(
            name=curve.name, words=curve.words
        )
    elif not any(abs(share - curve.asked) < SAME for share in curve.rows["share"]):
        yield _("{name}: the cost of the contract's {words} is read between two points.").format(
            name=curve.name, words=curve.words
        )


def _lines(curve: Curve, *, currency: str) -> Iterator[list[Cell]]:
    """A line for each share tried; the contract's own is strong."""
    base = curve.at_contract()
    for place, row in curve.rows.iterrows():
        asked = any(abs(row["share"] - share) < SAME for share in curve.contract)
        sign = "≤" if curve.target == "abandonment" else "≥"
        share = f"{sign}{formats.NO_BREAK}{formats.exact_percent(row['share'])}"
        more_h = None if base is None else row["paid_h"] - base["paid_h"]
        cells = [
            Cell(curve.name if place == 0 else "", "left", strong=True),
            Cell(share, strong=asked),
            Cell("", "left", small=_("in the contract") if asked else ""),
            Cell(formats.number(row["paid_h"]), strong=asked),
            Cell(formats.signed(more_h, 0)),
        ]
        if currency:
            more = None if base is None else row["cost"] - base["cost"]
            cells += [Cell(formats.number(row["cost"]), strong=asked), Cell(formats.signed(more, 0))]
        yield cells
