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
from dashboards.quality_fcr import fcr_card, reasons_card
from dashboards.scores import ALL, FCR, FEWEST, ITEM, QUALITY, by_language, definition, periods, subject
from planner.domain.centre import Centre

QUESTION = "How good are our answers?"
NO_QUALITY = (
    "No quality in this plan",
    "Neither evaluations nor a contact log were known when it was made.",
    "Import evaluations and contacts, and make the plan again.",
)
SLIGHT = 0.01  # share; an item less below the whole is no news, however sure
DARKEST = 0.12  # share; an item this far below the whole has the full colour


def page(plan: Published) -> None:
    """Quality by language with intervals, the items that lose points, and FCR by definition."""
    card = plan.table("SCORECARD")
    if not set(card["measure"]) & {measure for measure, _ in (QUALITY, *FCR)}:
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
    look.say(answer(quality, overall, points))
    left, right = look.pair("quality", 5, 6)
    with left:
        _score_card(quality, overall, about=definition(card, QUALITY[0]))
    with right:
        _items_card(points, quality)
    fcr_card(rows, scope)
    if scope.site is None:
        _sites_card(rows, scope, plan.centre)
    reasons_card(rows, scope)


def _month(card: pd.DataFrame) -> date | None:
    """The month shown; None is all of the evaluations."""
    firsts = [f"{first:%Y-%m-%d}" for first in periods(card[card["measure"] == QUALITY[0]], "month")]
    chosen = filters.choose(
        "month",
        firsts,
        every="All months",
        show=lambda text: f"{date.fromisoformat(text):%B %Y}",
    )
    return date.fromisoformat(chosen) if chosen else None


def of_period(card: pd.DataFrame, month: date | None) -> pd.DataFrame:
    """The rows of one month, or of the whole time."""
    if month is None:
        return card[card["period"] == "all"]
    return card[(card["period"] == "month") & (card["period_start"] == pd.Timestamp(month))]


def _line(plan: Published, scope: Scope, whole: pd.DataFrame, *, month: date | None) -> str:
    when = f"{month:%B %Y}" if month else "all evaluations"
    n = f"{formats.number(whole['n'].iloc[0])} evaluations" if len(whole) else "no evaluations"
    return f"{scope.words(plan.centre)} · {when} · {n}, random sample; the targeted stream is never mixed in"


def items(rows: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """One row a language and item: language, item, value, low, high, n, and `whole`, the item over all."""
    mine = rows[rows["measure"].str.startswith(ITEM)]
    mine = mine[(mine["site"] == (scope.site or ALL)) & (mine["channel"] == (scope.channel or ALL))]
    mine = mine.assign(item=mine["measure"].str.removeprefix(ITEM))
    whole = mine[mine["language"] == ALL].set_index("item")["value"]
    mine = mine[mine["language"] == scope.language] if scope.language else mine[mine["language"] != ALL]
    columns = ["language", "item", "value", "low", "high", "n"]
    return mine[columns].assign(whole=mine["item"].map(whole)).dropna(subset=["value"])


def answer(quality: pd.DataFrame, overall: float, points: pd.DataFrame) -> str:
    """Which languages are surely below the whole, and their weakest item.

    `quality` has language, value, low, high, n; `points` is one row a language and item.
    """
    enough = quality[quality["n"] >= FEWEST]
    if enough.empty:
        return f"No language has {FEWEST} evaluations yet; below that no figure is shown."
    mean = formats.number(overall * 100, 1)
    below = enough[enough["high"] < overall]
    if below.empty:
        lowest = enough.iloc[0]
        return (
            f"**No language is surely below the whole ({mean} of 100).** The lowest is "
            f"{english_name(lowest['language'])} with {formats.number(lowest['value'] * 100, 1)}, "
            "too few evaluations to tell it from the whole."
        )
    names = [english_name(tag) for tag in below["language"]]
    verb = "is the only language" if len(names) == 1 else "are the languages"
    text = f"!!{formats.listed(names)}!! {verb} surely below the whole ({mean} of 100)."
    mine = points[points["language"] == below["language"].iloc[0]] if len(points) else points
    if len(mine):
        least = mine.loc[mine["value"].idxmin()]
        earned = formats.percent(least["value"], 0)
        text += (
            f" {english_name(least['language'])} earns least at “{least['item']}”: {earned} of the points."
        )
    few = len(quality) - len(enough)
    return text + (
        f" {formats.counted(few, 'language has', 'languages have')} fewer than {FEWEST} evaluations."
        if few
        else ""
    )


def _score_card(quality: pd.DataFrame, overall: float, *, about: str) -> None:
    words = (
        f"{about or 'score'}; 0–100; line = 95 % interval, dotted = the whole, hollow = n below {FEWEST}, "
        "orange = surely below"
    )
    with look.card("score", "Quality score by language", words, data=quality, fill=True):
        if quality.empty:
            look.nothing(
                "No evaluations here",
                "None of the random sample falls in this choice.",
                "Choose another, or import evaluations.",
            )
            return
        charts.show(score_dots(quality, overall), "score", alt="Quality score by language with intervals")


def _items_card(points: pd.DataFrame, quality: pd.DataFrame) -> None:
    about = (
        "share of the item's points earned, %; orange = surely below the item's share over all "
        "(its 95 % interval lies below); languages in the same order"
    )
    with look.card("items", "Which items lose points?", about, data=points, fill=True):
        if points.empty:
            look.nothing("No items here", "The evaluations hold no items for this choice.", "Choose another.")
            return
        names = list(dict.fromkeys(points["item"]))
        by_place = points.set_index(["language", "item"])
        tags = [tag for tag in quality["language"] if tag in set(points["language"])]
        rows = [(own_name(tag), [_item_tile(by_place, tag, name) for name in names]) for tag in tags]
        look.tiles(names, rows, name_width=116)
        few = quality[quality["n"] < FEWEST]
        if len(few):
            counts = [f"{english_name(row.language)} ({formats.number(row.n)})" for row in few.itertuples()]
            look.foot(f"Shown from {FEWEST} evaluations on; fewer: {formats.listed(counts)}.")


def _item_tile(by_place: pd.DataFrame, tag: str, name: str) -> Tile | None:
    if (tag, name) not in by_place.index:
        return None
    row = by_place.loc[(tag, name)]
    if row["n"] < FEWEST:
        return None
    below = row["whole"] - row["value"] if row["high"] < row["whole"] else 0.0
    below = below if below >= SLIGHT else 0.0
    low, value, high = (formats.number(row[part] * 100) for part in ("low", "value", "high"))
    hint = f"{name}: {low}–{high}, n {formats.number(row['n'])}"
    return Tile(value, min(below / DARKEST, 1), hint)


def _sites_card(rows: pd.DataFrame, scope: Scope, centre: Centre) -> None:
    measures = (QUALITY, *FCR)
    table = sites(rows, scope, [measure for measure, _ in measures])
    about = "the same scores by site with 95 % intervals and n; languages and work differ: not a ranking"
    with look.card("sites", "How do the sites compare?", about, data=table):
        if table.empty:
            look.nothing("No site was scored", "", "Import evaluations or a contact log.")
            return
        shown = [(measure, name) for measure, name in measures if measure in set(table["measure"])]
        heads = [Cell("Site", "left"), *(Cell(name) for _, name in shown)]
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
    for measure, _ in shown:
        row = table[(table["site"] == site) & (table["measure"] == measure)]
        if row.empty:
            cells.append(Cell(formats.MISSING))
        elif row["n"].iloc[0] < FEWEST:
            cells.append(
                Cell(formats.MISSING, under=f"n {formats.number(row['n'].iloc[0])}, shown from {FEWEST}")
            )
        else:
            value, low, high, n = (float(row[name].iloc[0]) for name in ("value", "low", "high", "n"))
            spread = f"{formats.number(low * 100, 1)}–{formats.number(high * 100, 1)}, n {formats.number(n)}"
            cells.append(Cell(formats.number(value * 100, 1), under=spread))
    return cells
