"""What customers say when they are asked; beside every figure, how many answered."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from dashboards import formats, look
from dashboards.fcr_counts import Chosen
from dashboards.filters import Scope
from dashboards.languages import short_names
from dashboards.look import Cell, Figure
from dashboards.published import Published
from dashboards.scores import ALL, FEWEST, subject
from planner.language import _

MEASURES = ("csat", "dsat", "nps", "survey_response")


def survey_card(plan: Published, chosen: Chosen) -> None:
    """Satisfaction, dissatisfaction, recommendation and response, over all and by language."""
    card, scope = plan.table("SCORECARD"), chosen.scope
    rows = of_month(card[card["measure"].isin(MEASURES)], chosen.month)
    about = _(
        "of the customers who answered a survey; the others may think otherwise; by the day it was sent"
    )
    about += chosen.every_client
    with look.card("surveys", _("What do customers say?"), about, data=rows):
        whole = subject(rows, scope).set_index("measure")
        if whole.empty:
            look.nothing(
                _("No surveys in this plan"),
                _("Satisfaction is counted from single surveys, answered or not."),
                _("Import surveys, and make the plan again."),
            )
            return
        look.figures(*(_figure(measure, whole) for measure in MEASURES if measure in whole.index))
        by_language = languages(rows, scope)
        if len(by_language) > 1:
            look.table(_heads(), [_language_row(row) for row in by_language.itertuples()])
        look.foot(
            _(
                "Satisfied = 4 or 5 points of 5, dissatisfied = 1 or 2. Net promoters = share of 9 and 10 "
                "minus share of 0 to 6, in points from −100 to 100, with the interval of a difference of "
                "two shares of one sample. Below each figure stands its 95 % interval."
            )
        )


def of_month(card: pd.DataFrame, month: date | None) -> pd.DataFrame:
    """The rows of one month, or of the whole time."""
    if month is None:
        return card[card["period"] == "all"]
    return card[(card["period"] == "month") & (card["period_start"] == pd.Timestamp(month))]


def languages(rows: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """One row a language of the scope: tag, sent, and of csat, dsat, nps, survey_response the four figures.

    The language with the lowest satisfaction is first.
    """
    mine = rows[(rows["site"] == (scope.site or ALL)) & (rows["channel"] == (scope.channel or ALL))]
    mine = mine[mine["language"] == scope.language] if scope.language else mine[mine["language"] != ALL]
    if mine.empty:
        return pd.DataFrame()
    wide = mine.pivot(index="language", columns="measure", values=["value", "low", "high", "n"])
    wide.columns = [f"{measure}_{part}" for part, measure in wide.columns]
    wanted = [f"{measure}_{part}" for measure in MEASURES for part in ("value", "low", "high", "n")]
    return wide.reindex(columns=wanted).sort_values("csat_value").reset_index(names="tag")


def _figure(measure: str, whole: pd.DataFrame) -> Figure:
    row, response = whole.loc[measure], whole.loc["survey_response"]
    name, value = _shown(measure, row["value"])
    if row["n"] < FEWEST:
        few = _("n {n}, shown from {least}").format(n=formats.number(row["n"]), least=FEWEST)
        return Figure(name, formats.MISSING, few)
    if measure == "survey_response":
        return Figure(name, value, _("{n} surveys sent").format(n=formats.number(row["n"])))
    return Figure(name, value, f"{_ends(measure, row['low'], row['high'])} · {_answered(row['n'], response)}")


def _answered(n: float, response: pd.Series) -> str:
    return _("{n} answers, {share} of those asked").format(
        n=formats.number(n), share=formats.percent(n / response["n"])
    )


def _shown(measure: str, value: float) -> tuple[str, str]:
    """The measure's name and a value of it."""
    names = {
        "csat": _("Satisfied (CSAT)"),
        "dsat": _("Dissatisfied (DSAT)"),
        "nps": _("Net promoters (NPS)"),
        "survey_response": _("Surveys answered"),
    }
    return names[measure], formats.signed(value * 100) if measure == "nps" else formats.percent(value)


def _ends(measure: str, low: float, high: float) -> str:
    if measure == "nps":
        return _("{low} to {high}").format(low=formats.signed(low * 100), high=formats.signed(high * 100))
    low_words, high_words = formats.number(low * 100, 1), formats.number(high * 100, 1)
    return f"{low_words}–{high_words}{formats.NO_BREAK}%"


def _heads() -> list[Cell]:
    names = [_shown(measure, 0.0)[0] for measure in MEASURES]
    return [Cell(_("Language"), "left"), *map(Cell, names), Cell(_("Answers"))]


def _language_row(row: Any) -> list[Cell]:
    cells = [_language_cell(row, measure) for measure in MEASURES]
    return [Cell(short_names(row.tag), "left"), *cells, Cell(formats.number(row.csat_n))]


def _language_cell(row: Any, measure: str) -> Cell:
    value, low, high, n = (getattr(row, f"{measure}_{part}") for part in ("value", "low", "high", "n"))
    if pd.isna(n) or n < FEWEST:
        few = 0 if pd.isna(n) else n
        under = _("n {n}, shown from {least}").format(n=formats.number(few), least=FEWEST)
        return Cell(formats.MISSING, under=under)
    under = _ends(measure, low, high)
    if measure == "survey_response":
        under = _("of {n} sent").format(n=formats.number(n))
    return Cell(_shown(measure, value)[1], strong=measure == "csat", under=under)
