"""What a point of service level costs, and what the coming week costs in people and money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.cost_curve import cost_rows
from dashboards.cost_plan import WeekCost, week_cost
from dashboards.filters import Scope
from dashboards.look import Cell
from dashboards.published import Published
from dashboards.scores import full_weeks, recent, weekly
from planner.language import _

NAMED = (0.80, 0.90)  # shares whose cost is written on the curve


def curve(plan: Published, scope: Scope) -> pd.DataFrame:
    """The first planned week's curve over the sites of the scope: week, share, paid_h, cost."""
    rows = cost_rows(plan)
    rows = rows[rows["target"] == "service_level"]
    mine = rows if scope.site is None else rows[rows["site"] == scope.site]
    first = mine[mine["week"] == mine["week"].min()]
    return first.groupby(["week", "share"], as_index=False)[["paid_h", "cost"]].sum().sort_values("share")


def cost_card(rows: pd.DataFrame, currency: str, *, whose: str) -> None:
    """The curve with its named points, and the price of a point at both ends.

    `whose` is added to what the card is about.
    """
    about = _("weekly staff cost, thousand {currency}, by first voice service level; whole sites")
    about = about.format(currency=currency) + whose
    if len(rows):
        about += "; " + _("week {n}").format(n=formats.week_number(rows["week"].iloc[0]))
    with look.card("cost", _("What does a point of service level cost?"), about, data=rows, fill=True):
        if rows.empty or not rows["cost"].sum():
            look.nothing(
                _("No cost in this plan"),
                _("No week was scheduled, or the sites have no cost per paid hour."),
                _("See schedule_weeks and cost_per_paid_hour in plan.yaml."),
            )
            return
        charts.show(_curve(rows, currency), "cost", alt=_("Weekly cost by service level"))
        look.foot(" ".join(steps_words(rows, currency)))


def _curve(rows: pd.DataFrame, currency: str) -> go.Figure:
    colours, x, y = look.palette(), rows["share"] * 100, rows["cost"] / 1000
    fig = charts.figure(280, margin={"l": 4, "r": 40, "t": 14, "b": 4})
    fig.add_scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": colours.ink, "width": 2, "shape": "spline"},
        hovertemplate="%{x:.0f} %: %{y:,.1f} k<extra></extra>",
    )
    for place, share in enumerate(NAMED):
        row = rows[(rows["share"] - share).abs() < 1e-6]
        if row.empty:
            continue
        cost = float(row["cost"].iloc[0])
        fill = colours.ink if place else colours.card
        fig.add_scatter(
            x=[share * 100],
            y=[cost / 1000],
            mode="markers",
            hoverinfo="skip",
            marker={"size": 9, "color": fill, "line": {"color": colours.ink, "width": 2}},
        )
        text = f"{formats.exact_percent(share)}, {formats.money(cost, currency)}"
        charts.note(
            fig,
            share * 100,
            cost / 1000,
            text=text,
            colour=colours.text,
            xanchor="right",
            xshift=-9,
            yshift=9,
        )
    fig.update_xaxes(ticksuffix=" %")
    fig.update_yaxes(tickformat=",", nticks=5)
    return fig


def steps_words(rows: pd.DataFrame, currency: str) -> list[str]:
    """The price of one point between neighbouring shares, at the target and at the top."""
    words = []
    pairs = list(
        zip(rows["share"], rows["cost"], rows["share"].shift(-1), rows["cost"].shift(-1), strict=True)
    )
    for share, cost, above, dearer in pairs[:-1]:
        if any(abs(share - named) < 1e-6 for named in NAMED):
            each = (dearer - cost) / ((above - share) * 100)
            price = formats.money(each, currency)
            words.append(
                _("From {share} to {above} a point costs {price} a week.").format(
                    share=formats.exact_percent(share), above=formats.exact_percent(above), price=price
                )
            )
    return words


class Fact(NamedTuple):
    """One line of the week: what, how much, against what, and how it is meant."""

    what: str
    value: str
    against: str
    note: str


def facts_card(lines: Sequence[Fact], *, week: date, whose: str) -> None:
    """Cost and people of the first planned week; `whose` is added to what the card is about."""
    about = _("whole sites, planned week of {week}; last week's actual where the note says so").format(
        week=formats.long_day(week)
    )
    about += whose
    with look.card("facts", _("Cost and people"), about, data=pd.DataFrame(lines), fill=True):
        if not lines:
            look.nothing(
                _("No people in this plan"),
                _("Cost follows the schedule."),
                _("Import agents and plan again."),
            )
            return
        look.table(
            [Cell("", "left"), Cell(_("Value")), Cell(_("Against")), Cell(_("Note"), "left")],
            [
                [
                    Cell(fact.what.replace(" ", formats.NO_BREAK), "left"),
                    Cell(fact.value, strong=True),
                    Cell(fact.against),
                    Cell("", "left", small=fact.note),
                ]
                for fact in lines
            ],
        )


def facts(plan: Published, scope: Scope, *, contacts: pd.Series | None, rows: pd.DataFrame) -> list[Fact]:
    """What the first planned week needs, has and costs; nothing without a schedule.

    `contacts` is the week's forecast (p10, p50, p90) of the sites, `rows` the cost curve.
    """
    if not plan.has("SCHEDULE_REPORT"):
        return []
    report = plan.table("SCHEDULE_REPORT")
    mine = report if scope.site is None else report[report["site"] == scope.site]
    mine = mine[mine["week"] == mine["week"].min()]
    needed = rows[(rows["share"] - NAMED[0]).abs() < 1e-6]
    cost = week_cost(plan, site=scope.site, week=mine["week"].min())
    money = _money(cost, needed) if cost.known else _staff_only(plan, mine, needed)
    hours = _owed(cost, needed) if cost.known else _scheduled(mine, needed)
    return [*_expected(contacts), *money, hours, *_people(mine), *_occupancy(plan, scope)]


def _expected(contacts: pd.Series | None) -> list[Fact]:
    if contacts is None or not contacts["p50"] > 0:
        return []
    low, mid, high = (formats.number(contacts[name]) for name in ("p10", "p50", "p90"))
    return [Fact(_("Contacts expected"), mid, f"{low}–{high}", _("median; against the 10–90 % range"))]


def _money(cost: WeekCost, needed: pd.DataFrame) -> list[Fact]:
    """The same figures as on the page of cost."""
    whole, money = cost.whole, partial(formats.money, currency=cost.currency)
    none = formats.MISSING
    share = formats.percent(whole["premiums"] / whole["total"] if whole["total"] > 0 else None)
    return [
        Fact(
            _("Cost of the week"), money(whole["total"]), none, _("staff, premiums, seats, replacing leavers")
        ),
        _staff_fact(money(whole["work"] + whole["off"]), needed, cost.currency),
        Fact(
            _("Premiums"),
            money(whole["premiums"]),
            share,
            _("nights, Sundays, holidays, overtime; of the cost"),
        ),
        Fact(
            _("Cost of a contact"),
            money(whole["per_contact"]),
            none,
            _("cost of the week ÷ contacts handled"),
        ),
        Fact(
            _("Cost of an FTE"), money(whole["per_fte"]), none, _("cost of the week ÷ full-time equivalents")
        ),
    ]


def _staff_only(plan: Published, report: pd.DataFrame, needed: pd.DataFrame) -> list[Fact]:
    """Paid hours at the site's rate, of plans published before costs were counted whole."""
    rates = {code: site.cost_per_paid_hour for code, site in plan.centre.sites.items()}
    cost = float((report["paid_h"] * report["site"].map(rates)).sum())
    currency = plan.centre.currency
    return [_staff_fact(formats.money(cost, currency), needed, currency)]


def _staff_fact(cost: str, needed: pd.DataFrame, currency: str) -> Fact:
    least = formats.money(float(needed["cost"].sum()), currency) if len(needed) else formats.MISSING
    note = _("paid hours × loaded hour; against people fitted exactly to {share}").format(
        share=formats.exact_percent(NAMED[0])
    )
    return Fact(_("Staff cost"), cost, least, note)


def _owed(cost: WeekCost, needed: pd.DataFrame) -> Fact:
    """Hours that are paid, all of them; needed hours have leave in them too."""
    hours = float(cost.whole[["paid_h", "leave_h", "unused_h"]].sum())
    note = _("scheduled, leave and unused; against hours needed, leave included")
    return Fact(_("Paid hours"), formats.number(hours), formats.number(needed["paid_h"].sum()), note)


def _scheduled(report: pd.DataFrame, needed: pd.DataFrame) -> Fact:
    hours, note = float(report["paid_h"].sum()), _("scheduled; against hours needed, leave included")
    return Fact(_("Paid hours"), formats.number(hours), formats.number(needed["paid_h"].sum()), note)


def _people(report: pd.DataFrame) -> list[Fact]:
    short, asked = (float(report[name].sum()) for name in ("under_h", "required_h"))
    share = formats.percent(short / asked if asked else None)
    return [
        Fact(
            _("People who can work"),
            formats.number(report["agents"].sum()),
            formats.MISSING,
            _("on the roster, not away all week"),
        ),
        Fact(
            _("Agent-hours short"),
            formats.number(short),
            f"{formats.number(asked)} h",
            _("{share} of the hours needed at work").format(share=share),
        ),
    ]


def _occupancy(plan: Published, scope: Scope) -> list[Fact]:
    """Last week's occupancy in voice against its cap, where both are known."""
    card = plan.table("SCORECARD")
    weeks = full_weeks(card, plan.history_end)[-1:]
    past = weekly(recent(card, weeks), Scope(scope.site, None, "voice"), measure="occupancy", weeks=weeks)
    if past["value"].isna().all():
        return []
    caps = {queue.target.max_occupancy for key, queue in plan.centre.queues.items() if key.channel == "voice"}
    cap = next(iter(caps)) if len(caps) == 1 else None
    against = f"≤ {formats.exact_percent(cap)}" if cap else formats.MISSING
    value = formats.percent(float(past["value"].iloc[-1]))
    return [Fact(_("Occupancy, voice"), value, against, _("last week: contact time / time on contact duty"))]
