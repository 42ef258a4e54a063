"""Quality: is the contact resolved first time? Every definition under its own name."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboards import charts, filters, formats, look
from dashboards.fcr_charts import share_dots, spread
from dashboards.fcr_counts import Chosen, dimension_name, shares_by, whole_shares
from dashboards.fcr_names import WINDOWS, Definition, definitions
from dashboards.fcr_repeats import crossing_card, repeated_card
from dashboards.fcr_weeks import weeks_card
from dashboards.languages import english_name
from dashboards.look import Cell, Figure
from dashboards.published import Published
from dashboards.quality_charts import Resolution, fcr_strip
from dashboards.scores import FEWEST
from dashboards.survey_card import survey_card
from planner.domain.centre import Centre
from planner.language import _, message

QUESTION = message("Is the contact resolved first time?")
USUAL = "fcr_repeat_7d"
WEEKLY = {f"fcr_repeat_{name}": name for name in WINDOWS}


def page(plan: Published) -> None:
    """Definitions side by side, by language, site, channel or reason, by week, what comes back, surveys."""
    if not plan.has("RESOLUTION"):
        state = (
            _("No contact log in this plan"),
            _("First-contact resolution is counted from single contacts."),
            _("Import a contact log, and make the plan again."),
        )
        look.empty_page("resolution", _(QUESTION), origin=plan.origin(), state=state)
        return
    resolution = plan.table("RESOLUTION")
    with look.head("resolution", _(QUESTION)):
        chosen = _choices(plan, resolution)
    counts = chosen.of(resolution)
    whole = whole_shares(counts, plan.centre) if len(counts) else pd.DataFrame(columns=["value", "n"])
    look.about(_line(plan, chosen, counts), plan.origin())
    if whole.empty:
        look.nothing(_("No contacts here"), _("None falls in this choice."), _("Choose another."))
        return
    by_language = shares_by(counts, "language", measure=USUAL, centre=plan.centre)
    look.say(answer(whole, by_language))
    _totals(counts, whole)
    _definitions_card(counts, whole, plan.centre)
    left, right = look.pair("breakdown", 1, 1)
    with left:
        _breakdown_card(plan, counts)
    with right:
        weeks_card(plan, chosen)
    left, right = look.pair("repeats", 1, 1)
    with left:
        repeated_card(plan, chosen)
    with right:
        crossing_card(plan, chosen)
    survey_card(plan, chosen)


def _choices(plan: Published, resolution: pd.DataFrame) -> Chosen:
    scope = filters.scope(plan.centre)
    clients = sorted(resolution["client"].dropna().unique())
    client = filters.choose("client", clients, every=_("All clients")) if len(clients) > 1 else None
    firsts = sorted(resolution.loc[resolution["period"] == "month", "period_start"].unique(), reverse=True)
    month = filters.choose(
        "month",
        [f"{pd.Timestamp(first):%Y-%m-%d}" for first in firsts],
        every=_("All months"),
        show=lambda text: formats.month(date.fromisoformat(text)),
    )
    return Chosen(scope, client, date.fromisoformat(month) if month else None)


def _line(plan: Published, chosen: Chosen, counts: pd.DataFrame) -> str:
    when = formats.month(chosen.month) if chosen.month else _("all months of the contact log")
    client = [chosen.client] if chosen.client else []
    contacts = _("{n} contacts answered").format(n=formats.number(counts["answered"].sum()))
    return " · ".join([chosen.scope.words(plan.centre), *client, when, contacts])


def answer(whole: pd.DataFrame, by_language: pd.DataFrame) -> str:
    """What is resolved by repeat and by escalation, and which languages surely come back more."""
    text = ""
    if USUAL in whole.index:
        share = formats.percent(whole.loc[USUAL, "value"])
        text = _("**{share} had no repeat within 7 days.**").format(share=share)
    else:
        text = _("No window of 7 days is over yet, so that nobody knows who came back.")
    if "fcr_no_escalation" in whole.index:
        kept = formats.percent(whole.loc["fcr_no_escalation", "value"])
        text += " " + _("{share} were not passed on: another question, never averaged with it.").format(
            share=kept
        )
    return text + _below(whole, by_language)


def _below(whole: pd.DataFrame, by_language: pd.DataFrame) -> str:
    if USUAL not in whole.index:
        return ""
    enough = by_language[by_language["n"] >= FEWEST]
    below = enough[enough["high"] < whole.loc[USUAL, "value"]]
    if below.empty or len(enough) < 2:
        return ""
    names = [
        f"{english_name(row.language)} ({formats.percent(row.value)})" for row in below.head(4).itertuples()
    ]
    return " " + _("Surely more come back in !!{languages}!!.").format(languages=formats.listed(names))


def _totals(counts: pd.DataFrame, whole: pd.DataFrame) -> None:
    """What stands beside every definition: unknown customers, open windows, joined rows, the bot's part."""
    answered, joined = counts["answered"].sum(), counts["joined"].sum()
    unknown = whole.loc["fcr_unknown_customer"] if "fcr_unknown_customer" in whole.index else None
    bot = counts.loc[counts["handled_by"] == "bot", "answered"].sum()
    figures = [
        Figure(
            _("Unknown customers"),
            formats.percent(unknown["value"]) if unknown is not None else formats.MISSING,
            _("of answered contacts; neither resolved nor repeated"),
        ),
        Figure(
            _("Windows of 7 days still open"),
            formats.number(counts["open_7d"].sum()),
            _("first contacts left out until their days are over"),
        ),
        Figure(
            _("Parts joined"),
            formats.number(joined),
            _("transfers and double submissions, counted as one contact"),
        ),
    ]
    if bot:
        words = _("of answered contacts; they have a row of their own")
        figures.append(Figure(_("Closed by a bot"), formats.percent(bot / answered), words))
    look.figures(*figures)


def _definitions_card(counts: pd.DataFrame, whole: pd.DataFrame, centre: Centre) -> None:
    about = _(
        "share of contacts resolved, 95 % interval; in the drawing one dot a language, bar = the whole; "
        "the definitions answer different questions and are never averaged"
    )
    shown = [each for each in definitions() if each.measure in whole.index]
    data = whole.reset_index()[["measure", "value", "low", "high", "n", "definition"]]
    with look.card("definitions", _("What does each definition say?"), about, data=data):
        heads = [
            Cell(_("Definition"), "left"),
            Cell(_("Resolved")),
            Cell(_("95 % interval")),
            Cell("n"),
            Cell(_("Left out: window open")),
        ]
        strip = [
            _resolution(each, whole, counts, centre)
            for each in shown
            if whole.loc[each.measure, "n"] >= FEWEST
        ]
        if strip:
            charts.show(fcr_strip(strip), "definitions", alt=_("First-contact resolution by definition"))
        look.table(heads, [_definition_row(each, whole, counts) for each in shown])
        look.foot(
            _(
                "A first contact has no answered contact of the same customer and reason in the window "
                "before it, and the log reaches that far back (at most 7 days). Windows that are not over "
                "are left out, not counted as resolved. Transfers and the same message sent twice are one "
                "contact."
            )
        )


def _resolution(each: Definition, whole: pd.DataFrame, counts: pd.DataFrame, centre: Centre) -> Resolution:
    """A definition as the strip takes it: name, words, its languages, the whole."""
    languages = shares_by(counts, "language", measure=each.measure, centre=centre)
    return each.name, each.words, languages, whole.loc[each.measure]


def _definition_row(each: Definition, whole: pd.DataFrame, counts: pd.DataFrame) -> list[Cell]:
    row = whole.loc[each.measure]
    name = Cell(each.name, "left", under=each.words)
    person = counts[counts["handled_by"] == "person"]
    left_out = Cell(formats.number(person[each.open].sum()) if each.open else formats.MISSING)
    if row["n"] < FEWEST:
        few = _("n {n}, shown from {least}").format(n=formats.number(row["n"]), least=FEWEST)
        return [name, Cell(formats.MISSING, under=few), Cell(), Cell(formats.number(row["n"])), left_out]
    low, high = (formats.number(row[end] * 100, 1) for end in ("low", "high"))
    return [
        name,
        Cell(formats.percent(row["value"]), strong=True),
        Cell(f"{low}–{high}{formats.NO_BREAK}%"),
        Cell(formats.number(row["n"])),
        left_out,
    ]


def _breakdown_card(plan: Published, counts: pd.DataFrame) -> None:
    about = _(
        "dot = share, line = 95 % interval, dotted = the whole; orange = surely below it; hollow = n below 20"
    )
    with look.card("breakdown", _("Where does it differ?"), about, fill=True):
        with st.container(horizontal=True, gap="small"):
            measure = _measure()
            dimension = _dimension(counts)
        rows = shares_by(counts, dimension, measure=measure, centre=plan.centre)
        whole = whole_shares(counts, plan.centre)
        if rows.empty:
            look.nothing(
                _("Nothing is known by this definition here"),
                _("No contact of the choice tells it."),
                _("Choose another definition."),
            )
            return
        figure = share_dots(rows, float(whole.loc[measure, "value"]))
        charts.show(figure, "breakdown", alt=_("First-contact resolution by subject with intervals"))
        _in_words(rows)


def _in_words(rows: pd.DataFrame) -> None:
    enough = rows[rows["n"] >= FEWEST]
    if len(enough) > 1:
        lowest = next(enough.itertuples())
        look.foot(_("Lowest: {name}, {share}.").format(name=lowest.name, share=spread(lowest)))


def _measure() -> str:
    names = {each.measure: each.name for each in definitions()}
    return filters.choose("measure", list(names), default=USUAL, show=lambda name: names[name]) or USUAL


def _dimension(counts: pd.DataFrame) -> str:
    known = ["language", "site", "channel", "reason"]
    if counts["client"].nunique() > 1:
        known.append("client")
    return filters.choose("by", known, show=dimension_name) or "language"
