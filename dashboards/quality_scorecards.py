"""Quality: how good are our answers?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from dashboards import charts, filters, formats, look
from dashboards.filters import Scope
from dashboards.languages import english_name, own_name
from dashboards.look import Cell, Tile
from dashboards.published import Published
from dashboards.quality_charts import score_dots
from dashboards.quality_critical import critical_card, sample_card
from dashboards.quality_disputes import disputes_card
from dashboards.quality_fcr import fcr_card, reasons_card
from dashboards.quality_trend import trend_card
from dashboards.scores import ALL, FCR, FEWEST, ITEM, QUALITY, by_language, definition, periods, subject
from planner.domain.centre import Centre
from planner.language import _, message, ngettext

QUESTION = message("How good are our answers?")
NO_QUALITY = (
    message("No quality in this plan"),
    message("Neither evaluations nor a contact log were known when it was made."),
    message("Import evaluations and contacts, and make the plan again."),
)
SLIGHT = 0.01  # share; an item less below the whole is no news, however sure
DARKEST = 0.12  # share; an item this far below the whole has the full colour


def page(plan: Published) -> None:
    """Quality by language with intervals, the items that lose points, and FCR by definition."""
    card = plan.table("SCORECARD")
    if not set(card["measure"]) & {measure for measure, __ in (QUALITY, *FCR)}:
        look.empty_page("quality", QUESTION, origin=plan.origin(), state=NO_QUALITY)
        return
    with look.head("quality", QUESTION):
        scope = filters.scope(plan.centre)
        month = _month(card)
    rows = of_period(card, month)
    quality = by_language(rows, scope, measure=QUALITY[0])
    whole = subject(rows[rows["measure"] == QUALITY[0]], scope)
    look.about(_line(plan, scope, whole, month=month), plan.origin())
    overall = float(whole["value"].iloc[0]) if len(whole) else float("nan")
    points = items(rows, scope)
    target = plan.centre.quality.targets.of("quality_score")
    look.say(formats.sentence(against(whole, target), answer(quality, overall, points)))
    left, right = look.pair("quality", 5, 6)
    with left:
        _score_card(quality, overall, about=definition(card, QUALITY[0]), target=target)
    with right:
        _items_card(points, quality)
    left, right = look.pair("critical", 6, 5)
    with left:
        critical_card(rows, scope, plan.centre.quality.targets)
    with right:
        if plan.has("SAMPLING"):
            sample_card(plan.table("SAMPLING"), plan.table("DRAWS"), scope, centre=plan.centre)
    if plan.has("TRENDS"):
        trend_card(plan.table("TRENDS"), scope)
    fcr_card(rows, scope)
    if scope.site is None:
        _sites_card(rows, scope, plan.centre)
    reasons_card(rows, scope)
    if plan.has("DISPUTED"):
        disputes_card(plan.table("DISPUTED"), site=scope.site)


def _month(card: pd.DataFrame) -> date | None:
    """The month shown; None is all of the evaluations."""
    firsts = [f"{first:%Y-%m-%d}" for first in periods(card[card["measure"] == QUALITY[0]], "month")]
    chosen = filters.choose(
        "month",
        firsts,
        every=_("All months"),
        show=lambda text: formats.month(date.fromisoformat(text)),
    )
    return date.fromisoformat(chosen) if chosen else None


def of_period(card: pd.DataFrame, month: date | None) -> pd.DataFrame:
    """The rows of one month, or of the whole time."""
    if month is None:
        return card[card["period"] == "all"]
    return card[(card["period"] == "month") & (card["period_start"] == pd.Timestamp(month))]


def _line(plan: Published, scope: Scope, whole: pd.DataFrame, *, month: date | None) -> str:
    when = formats.month(month) if month else _("all evaluations")
    count = int(whole["n"].iloc[0]) if len(whole) else 0
    n = ngettext("{n} random evaluation", "{n} random evaluations", count).format(n=formats.number(count))
    apart = _("the targeted stream is never mixed in")
    return " · ".join([scope.words(plan.centre), when, n, apart])


def items(rows: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """One row a language and item: language, item, value, low, high, n, and `whole`, the item over all."""
    mine = rows[rows["measure"].str.startswith(ITEM)]
    mine = mine[(mine["site"] == (scope.site or ALL)) & (mine["channel"] == (scope.channel or ALL))]
    mine = mine.assign(item=mine["measure"].str.removeprefix(ITEM))
    whole = mine[mine["language"] == ALL].set_index("item")["value"]
    mine = mine[mine["language"] == scope.language] if scope.language else mine[mine["language"] != ALL]
    columns = ["language", "item", "value", "low", "high", "n"]
    return mine[columns].assign(whole=mine["item"].map(whole)).dropna(subset=["value"])


def against(whole: pd.DataFrame, target: float | None) -> str:
    """Whether the whole, one row of the scorecard, meets its target for sure; "" without a target."""
    if target is None or whole.empty or whole["n"].iloc[0] < FEWEST:
        return ""
    value, low, high = (float(whole[name].iloc[0]) for name in ("value", "low", "high"))
    words = (
        _("**The target of {target} is met**: {score} ({low}–{high}).")
        if low >= target
        else _("!!The target of {target} is missed!!: {score} ({low}–{high}).")
        if high < target
        else _("Whether the target of {target} is met cannot be told: {score} ({low}–{high}).")
    )
    score, least, most = (formats.number(each * 100, 1) for each in (value, low, high))
    return words.format(target=formats.number(target * 100), score=score, low=least, high=most)


def answer(quality: pd.DataFrame, overall: float, points: pd.DataFrame) -> str:
    """Which languages are surely below the whole, and their weakest item.

    `quality` has language, value, low, high, n; `points` is one row a language and item.
    """
    enough = quality[quality["n"] >= FEWEST]
    if enough.empty:
        return _("No language has {n} evaluations yet; below that no figure is shown.").format(n=FEWEST)
    mean = formats.number(overall * 100, 1)
    below = enough[enough["high"] < overall]
    if below.empty:
        lowest = enough.iloc[0]
        text = _(
            "**No language is surely below the whole ({mean} of 100).** The lowest is {language} with "
            "{score}, too few evaluations to tell it from the whole."
        )
        score = formats.number(lowest["value"] * 100, 1)
        return text.format(mean=mean, language=english_name(lowest["language"]), score=score)
    names = [english_name(tag) for tag in below["language"]]
    found = ngettext(
        "!!{names}!! is the only language surely below the whole ({mean} of 100).",
        "!!{names}!! are the languages surely below the whole ({mean} of 100).",
        len(names),
    )
    parts = [found.format(names=formats.listed(names), mean=mean)]
    mine = points[points["language"] == below["language"].iloc[0]] if len(points) else points
    if len(mine):
        least = mine.loc[mine["value"].idxmin()]
        earned = formats.percent(least["value"], 0)
        text = _("{language} earns least at “{item}”: {earned} of the points.")
        parts.append(text.format(language=english_name(least["language"]), item=least["item"], earned=earned))
    few = len(quality) - len(enough)
    if few:
        text = ngettext(
            "{n} language has fewer than {fewest} evaluations.",
            "{n} languages have fewer than {fewest} evaluations.",
            few,
        )
        parts.append(text.format(n=formats.number(few), fewest=FEWEST))
    return formats.sentence(*parts)


def _score_card(quality: pd.DataFrame, overall: float, *, about: str, target: float | None) -> None:
    words = _(
        "{definition}; 0–100; line = 95 % interval, grey line = the whole ({whole}), hollow = n below {n}, "
        "orange = surely below the whole"
    ).format(definition=_(about or "score"), n=FEWEST, whole=formats.number(overall * 100, 1))
    with look.card("score", _("Quality score by language"), words, data=quality, fill=True):
        if quality.empty:
            look.nothing(
                _("No evaluations here"),
                _("None of the random sample falls in this choice."),
                _("Choose another, or import evaluations."),
            )
            return
        dots = score_dots(quality, overall, target=target)
        charts.show(dots, "score", alt=_("Quality score by language with intervals"))


def _items_card(points: pd.DataFrame, quality: pd.DataFrame) -> None:
    about = _(
        "share of the item’s points earned, %; orange = surely below the item’s share over all "
        "(its 95 % interval lies below); languages in the same order"
    )
    with look.card("items", _("Which items lose points?"), about, data=points, fill=True):
        if points.empty:
            why = _("The evaluations hold no items for this choice.")
            look.nothing(_("No items here"), why, _("Choose another."))
            return
        names = list(dict.fromkeys(points["item"]))
        by_place = points.set_index(["language", "item"])
        tags = [tag for tag in quality["language"] if tag in set(points["language"])]
        rows = [(own_name(tag), [_item_tile(by_place, tag, name) for name in names]) for tag in tags]
        look.tiles(names, rows, name_width=116)
        few = quality[quality["n"] < FEWEST]
        if len(few):
            counts = [f"{english_name(row.language)} ({formats.number(row.n)})" for row in few.itertuples()]
            text = _("Shown from {n} evaluations on; fewer: {languages}.")
            look.foot(text.format(n=FEWEST, languages=formats.listed(counts)))


def _item_tile(by_place: pd.DataFrame, tag: str, name: str) -> Tile | None:
    if (tag, name) not in by_place.index:
        return None
    row = by_place.loc[(tag, name)]
    if row["n"] < FEWEST:
        return Tile(
            formats.MISSING,
            hint=_("{n} evaluations, shown from {fewest}").format(n=formats.number(row["n"]), fewest=FEWEST),
        )
    below = row["whole"] - row["value"] if row["high"] < row["whole"] else 0.0
    below = below if below >= SLIGHT else 0.0
    low, value, high = (formats.number(row[part] * 100) for part in ("low", "value", "high"))
    hint = _("{item}: {low}–{high}, n {n}").format(item=name, low=low, high=high, n=formats.number(row["n"]))
    return Tile(value, min(below / DARKEST, 1), hint)


def _sites_card(rows: pd.DataFrame, scope: Scope, centre: Centre) -> None:
    measures = (QUALITY, *FCR)
    table = sites(rows, scope, [measure for measure, __ in measures])
    about = _("the same scores by site with 95 % intervals and n; languages and work differ: not a ranking")
    with look.card("sites", _("How do the sites compare?"), about, data=table):
        if table.empty:
            look.nothing(_("No site was scored"), "", _("Import evaluations or a contact log."))
            return
        shown = [(measure, name) for measure, name in measures if measure in set(table["measure"])]
        heads = [Cell(_("Site"), "left"), *(Cell(_(name)) for __, name in shown)]
        codes = [code for code in centre.sites if code in set(table["site"])]
        look.table(
            heads,
            [[Cell(centre.sites[code].name, "left"), *_site_cells(table, code, shown)] for code in codes],
        )


def sites(rows: pd.DataFrame, scope: Scope, measures: Sequence[str]) -> pd.DataFrame:
    """One row a site and measure: site, measure, value, low, high, n."""
    mine = rows[rows["measure"].isin(measures) & (rows["site"] != ALL)]
    mine = mine[(mine["language"] == (scope.language or ALL)) & (mine["channel"] == (scope.channel or ALL))]
    return mine[["site", "measure", "value", "low", "high", "n"]].dropna(subset=["value"])


def _site_cells(table: pd.DataFrame, site: str, shown: Sequence[tuple[str, str]]) -> list[Cell]:
    cells = []
    for measure, __ in shown:
        row = table[(table["site"] == site) & (table["measure"] == measure)]
        if row.empty:
            cells.append(Cell(formats.MISSING))
        elif row["n"].iloc[0] < FEWEST:
            cells.append(
                Cell(
                    formats.MISSING,
                    under=_("n {n}, shown from {fewest}").format(
                        n=formats.number(row["n"].iloc[0]), fewest=FEWEST
                    ),
                )
            )
        else:
            value, low, high, n = (float(row[name].iloc[0]) for name in ("value", "low", "high", "n"))
            spread = _("{low}–{high}, n {n}").format(
                low=formats.number(low * 100, 1), high=formats.number(high * 100, 1), n=formats.number(n)
            )
            cells.append(Cell(formats.number(value * 100, 1), under=spread))
    return cells
