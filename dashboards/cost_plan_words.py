"""What a planned week costs, in a sentence and in the strip under it."""

from __future__ import annotations

import pandas as pd

from dashboards import formats
from dashboards.cost_plan import PARTS, WeekCost
from dashboards.look import Figure
from planner.language import _

LEAST = 0.005  # of the cost; less is not worth a sentence


def answer(cost: WeekCost) -> str:
    """The week's cost, for a contact and a full-time equivalent; premiums and hours nobody uses."""
    whole = cost.whole
    text = _("The week costs **{total}**: **{contact} a contact handled**, {fte} a full-time equivalent.")
    said = [
        text.format(
            total=_money(whole["total"], cost),
            contact=_money(whole["per_contact"], cost),
            fte=_money(whole["per_fte"], cost),
        )
    ]
    if whole["premiums"] > LEAST * whole["total"]:
        text = _("Premiums are {share} of it.")
        said.append(text.format(share=formats.percent(whole["premiums"] / whole["total"])))
    if whole["unused"] > LEAST * whole["total"]:
        text = _("{hours} contract hours are paid and not used: !!{money}!!.")
        hours = formats.number(whole["unused_h"])
        said.append(text.format(hours=hours, money=_money(whole["unused"], cost)))
    return " ".join(said)


def strip(cost: WeekCost) -> list[Figure]:
    """Total, per contact, per full-time equivalent, premiums, and what replacing leavers takes."""
    whole = cost.whole
    return [
        Figure(_("The week"), _money(whole["total"], cost), _staff_words(whole)),
        Figure(_("A contact handled"), _money(whole["per_contact"], cost), _contact_words(whole)),
        Figure(_("A full-time equivalent"), _money(whole["per_fte"], cost), _fte_words(whole)),
        Figure(_("Premiums"), _money(whole["premiums"], cost), _premium_words(whole)),
        Figure(_("Seats, hiring, training"), _money(_beside(whole), cost), _beside_words(whole, cost)),
    ]


def _money(amount: float, cost: WeekCost) -> str:
    return formats.money(amount, cost.currency)


def _beside(whole: pd.Series) -> float:
    return float(whole[[*PARTS["seats"], *PARTS["replacing"]]].sum())


def _staff_words(whole: pd.Series) -> str:
    share = formats.percent(whole[["work", "off"]].sum() / whole["total"], 0)
    return _("{share} of it wages, leave and unused hours").format(share=share)


def _contact_words(whole: pd.Series) -> str:
    text = _("{handled} of {contacts} expected contacts")
    return text.format(handled=formats.number(whole["handled"]), contacts=formats.number(whole["contacts"]))


def _fte_words(whole: pd.Series) -> str:
    return _("{n} full-time equivalents").format(n=formats.number(whole["fte"], 1))


def _premium_words(whole: pd.Series) -> str:
    hours = [formats.number(whole[name]) for name in ("night_h", "sunday_h", "holiday_h", "overtime_h")]
    text = _("{night} h nights, {sunday} h Sundays, {holiday} h holidays, {overtime} h overtime")
    return text.format(night=hours[0], sunday=hours[1], holiday=hours[2], overtime=hours[3])


def _beside_words(whole: pd.Series, cost: WeekCost) -> str:
    text = _("{seats} seats; {replacing} to replace leavers")
    return text.format(seats=formats.number(whole["seats_taken"]), replacing=_money(whole["replacing"], cost))
