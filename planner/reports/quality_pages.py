"""Pages of the monthly pack: quality and resolution by language and site, each with n and its interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from planner.language import _
from planner.language.numbers import MISSING, exact_percent, number, percent
from planner.reports.paper import Cell, block, chart, heading, table, two
from planner.reports.svg import Dot, Row, dots
from planner.scorecards.contract import FEWEST
from planner.scorecards.contract_promises import QUALITY_WORDS
from planner.scorecards.rollups import ALL

CRITICAL = ("critical_accuracy_customer", "critical_accuracy_business", "critical_accuracy_compliance")
RESOLUTION = (
    "fcr_no_escalation",
    "fcr_agent",
    "fcr_survey",
    "fcr_repeat_24h",
    "fcr_repeat_72h",
    "fcr_repeat_7d",
    "fcr_repeat_30d",
)
SATISFACTION = ("csat", "dsat", "nps", "survey_response")
Named = Callable[[str], str]


def by_subject(card: pd.DataFrame, dimension: str) -> pd.DataFrame:
    """Rows of single languages or sites, everything else rolled up; the roll-up itself is left out."""
    others = [name for name in ("site", "language", "channel") if name != dimension]
    kept = (card[others] == ALL).all(axis=1) & (card[dimension] != ALL)
    return card[kept]


def quality_page(card: pd.DataFrame, *, period: str, target: float | None, names: Mapping[str, Named]) -> str:
    """Scores by language and by site as dots with intervals, critical accuracy under them."""
    halves = [
        block(
            _("Quality score by language") if dimension == "language" else _("Quality score by site"),
            _about(target),
            chart(score_dots(by_subject(card, dimension), dimension, named=named, target=target)),
        )
        for dimension, named in names.items()
    ]
    critical = [
        block(
            _("Critical accuracy"),
            _("evaluations without such an error / evaluations scored for one; 95 % interval, n"),
            measures_table(by_subject(card, dimension), dimension, measures=CRITICAL, named=named),
        )
        for dimension, named in names.items()
    ]
    return heading(_("How good are the answers?"), period) + two(*halves) + two(*critical)


def _about(target: float | None) -> str:
    words = _("mean final score, random sample; line = 95 % interval; hollow = fewer than {n}").format(
        n=FEWEST
    )
    return (
        words
        if target is None
        else words + "; " + _("dashed = target {limit}").format(limit=exact_percent(target))
    )


def score_dots(rows: pd.DataFrame, dimension: str, *, named: Named, target: float | None) -> list[Row]:
    """A dot a subject, the lowest score first; empty where nothing was scored."""
    found = rows[rows["measure"] == "quality_score"].sort_values("value")
    marks = [_dot(named(str(row[dimension])), row, target) for _place, row in found.iterrows()]
    return dots(marks, target=target)


def _dot(name: str, row: pd.Series, target: float | None) -> Dot:
    nothing = float("nan")
    if row["n"] < FEWEST:
        return Dot(name, nothing, nothing, nothing, _("n = {n}").format(n=number(row["n"])))
    written = f"{percent(row['value'])}, n {number(row['n'])}"
    surely = target is not None and pd.notna(row["high"]) and row["high"] < target
    return Dot(name, float(row["value"]), float(row["low"]), float(row["high"]), written, bool(surely))


def resolution_page(card: pd.DataFrame, *, period: str, names: Mapping[str, Named]) -> str:
    """The definitions of first-contact resolution side by side, never averaged; satisfaction under them."""
    parts = [
        block(
            _("Resolved the first time, by language") if dimension == "language"
            else _("Resolved the first time, by site"),
            _("each definition by its name, share and n; they answer four questions and are not averaged"),
            measures_table(by_subject(card, dimension), dimension, measures=RESOLUTION, named=named),
        )
        for dimension, named in names.items()
    ]  # fmt: skip
    asked = by_subject(card, "language")
    if asked["measure"].isin(SATISFACTION).any():
        words = _("survey answers; satisfied = 4 or 5 of 5; share and n")
        inside = measures_table(asked, "language", measures=SATISFACTION, named=names["language"])
        parts.append(block(_("What do customers say?"), words, inside))
    return heading(_("Is the contact resolved the first time?"), period) + "".join(parts)


def measures_table(rows: pd.DataFrame, dimension: str, *, measures: Sequence[str], named: Named) -> str:
    """Subjects down, measures across: value with its interval and n, or why there is no figure."""
    known = [name for name in measures if (rows["measure"] == name).any()]
    by_key = rows.set_index(["measure", dimension])
    subjects = sorted(rows.loc[rows["measure"].isin(known), dimension].unique(), key=named)
    heads = [Cell("", start=True), *(Cell(_(QUALITY_WORDS[name][0])) for name in known)]
    body = [
        [Cell(named(subject), start=True), *(_figure(by_key, (name, subject)) for name in known)]
        for subject in subjects
    ]
    return table(heads, body)


def _figure(by_key: pd.DataFrame, key: tuple[str, str]) -> Cell:
    if key not in by_key.index:
        return Cell(MISSING)
    row = by_key.loc[key]
    of = _("n {n}").format(n=number(row["n"]))
    if row["n"] < FEWEST:
        return Cell(MISSING, under=_("{n}, shown from {least}").format(n=of, least=FEWEST))
    interval = "" if pd.isna(row["low"]) else f"{number(row['low'] * 100, 1)}–{percent(row['high'])}, "
    return Cell(percent(row["value"]), strong=True, under=interval + of)
