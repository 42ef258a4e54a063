"""Where the money of a week goes: regions and sites, and what makes a contact dear there."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.cost_plan import EVERY, WeekCost, by_place, local_money, with_parts
from dashboards.hiring_words import Names, thousand
from dashboards.look import Cell, Mark
from planner.language import _, message

DEFINITION = message(
    "Wages: paid hours scheduled × the loaded hour of each agent's contract. Leave and unused: contract "
    "hours on paid leave, or neither scheduled nor on leave, which are paid all the same. Premiums: hours "
    "× the loaded hour × the premium; where several meet, all are paid. Seats: those taken at the busiest "
    "moment; empty ones are not charged. Replacing: hiring, class and pay in training for the leavers to "
    "be expected. A contact: total ÷ contacts handled (forecast less the simulated share that abandons). "
    "FTE: total ÷ (scheduled, leave and unused hours ÷ full-time hours of the week)."
)
PARTS = ("work", "off", "premiums", "seats", "replacing")
BAR, HATCH = 34, "/"
INDENT = "\u2003"


def places_card(cost: WeekCost, names: Names, unpriced: Sequence[str]) -> None:
    """Regions, their sites, and all: what the week costs and what comes of it; `unpriced` sites are told."""
    rows = by_place(cost)
    about = _("thousand {currency} of the week; FTE = {hours} h a week").format(
        currency=cost.currency, hours=formats.exact(names.centre.rates.full_time_h)
    )
    with look.card("cost-places", _("Where does the money go?"), about, data=rows):
        heads = [
            Cell(_("Region, site"), "left"),
            Cell(_("Contacts handled")),
            Cell(_("FTE")),
            Cell(_("Wages")),
            Cell(_("Leave, unused")),
            Cell(_("Premiums")),
            Cell(_("Seats")),
            Cell(_("Replacing leavers")),
            Cell(_("Total")),
            Cell(_("A contact, {currency}").format(currency=cost.currency)),
            Cell(_("An FTE, {currency}").format(currency=cost.currency)),
        ]
        of = float(rows["total"].max())
        look.table(heads, [_place_row(row, names, cost, of=of) for _place, row in rows.iterrows()])
        look.foot(_(DEFINITION))
        if unpriced:
            text = _("**No price is known of {sites}**: left out, not counted as nothing.")
            look.foot(text.format(sites=formats.listed([names.site(code) for code in unpriced])))


def _place_row(row: pd.Series, names: Names, cost: WeekCost, *, of: float) -> list[Cell]:
    foreign = row["level"] == "site" and row["currency"] != cost.currency
    strong = row["level"] != "site"
    return [
        Cell(_place_name(row, names), "left", strong=strong, under=_region_under(row)),
        Cell(formats.number(row["handled"]), strong=strong),
        Cell(formats.number(row["fte"], 1), strong=strong),
        *(Cell(thousand(row[part], of=of), strong=strong) for part in PARTS),
        Cell(thousand(row["total"], of=of), strong=True),
        Cell(formats.number(row["per_contact"], 2), strong=True, under=_local(row, "per_contact", foreign)),
        Cell(formats.number(row["per_fte"]), strong=strong, under=_local(row, "per_fte", foreign)),
    ]


def _place_name(row: pd.Series, names: Names) -> str:
    if row["level"] == EVERY:
        return _("all sites")
    if row["level"] == "region":
        return str(row["name"])
    return names.site(str(row["name"])) if row["alone"] else f"{INDENT}{names.site(str(row['name']))}"


def _region_under(row: pd.Series) -> str:
    """The region of a site that is alone in it, where it has another name."""
    return str(row["region"]) if row["level"] == "site" and row["alone"] else ""


def _local(row: pd.Series, name: str, foreign: bool) -> str:
    """The same in the site's own money, where it has another."""
    return local_money(row[f"{name}_local"], str(row["currency"])) if foreign else ""


def contact_card(cost: WeekCost, names: Names) -> None:
    """A bar a site: the cost of a contact in its parts, the dearest on top."""
    rows = with_parts(cost.sites).dropna(subset=["per_contact"]).sort_values("per_contact")
    about = _("{currency} a contact handled, by site; whole week").format(currency=cost.currency)
    with look.card("cost-contact", _("What makes a contact dear?"), about, data=rows, fill=True):
        if rows.empty:
            look.nothing(
                _("No contact is handled"), _("None is expected this week."), _("Choose another week.")
            )
            return
        colours = _colours()
        look.key(*(Mark(text, colours[part]) for part, text in _part_names().items()))
        charts.show(_bars(rows, names), "cost-contact", alt=_("Cost of a contact in its parts by site"))


def _part_names() -> dict[str, str]:
    return {
        "work": _("wages"),
        "off": _("leave and unused hours"),
        "premiums": _("premiums"),
        "seats": _("seats"),
        "replacing": _("replacing leavers"),
    }


def _colours() -> dict[str, str]:
    colours = look.palette()
    shades = (colours.voice, colours.scheduled, colours.ink, colours.line, colours.training)
    return dict(zip(PARTS, shades, strict=True))


def _bars(rows: pd.DataFrame, names: Names) -> go.Figure:
    labels = [names.site(str(site)) for site in rows["site"]]
    fig = charts.figure(len(rows) * BAR + 40, barmode="stack", margin={"l": 4, "r": 52, "t": 4, "b": 4})
    for part, words in _part_names().items():
        fig.add_bar(
            y=labels,
            x=rows[part] / rows["handled"],
            orientation="h",
            marker={"color": _colours()[part], "pattern": {"shape": HATCH if part == "replacing" else ""}},
            hovertemplate=f"%{{y}}, {words}: %{{x:.2f}}<extra></extra>",
        )
    for label, amount in zip(labels, rows["per_contact"], strict=True):
        charts.note(fig, amount, label, text=formats.number(amount, 2), colour=look.palette().ink, xshift=6)
    fig.update_yaxes(showgrid=False, tickfont={"color": look.palette().text})
    fig.update_xaxes(rangemode="tozero", nticks=6)
    return fig
