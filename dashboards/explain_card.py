"""What would make a schedule better: the worth of one more person, whom to hire, and what each rule costs."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.languages import both_names, short_names
from dashboards.look import Cell, Mark
from dashboards.palette import softened
from dashboards.published import Published
from planner.domain.centre import Centre
from planner.language import _, message, retold

ALL = "all"
PARTS = ("WORTH", "HIRES", "RULE_COST")
ROWS = 14  # of the map
LISTED = 8  # of the tables
FREE = 0.05  # hours short; a rule that costs less costs nothing
HOVER = {"place": "%{y}, %{x}", "hours": "%{z:.2f}"}
PRINTED = 0.3  # hours short saved by an hour more; less is coloured but not printed
NOT_EXPLAINED = (
    message("Not explained in this plan"),
    message(
        "What one more person would save, whom to hire and what each rule costs is found when a schedule is "
        "explained; this plan holds none of it."
    ),
    message("Make the plan again with this version, or see the guide: Why is the schedule short?"),
)


def explain_cards(plan: Published, sites: Sequence[str]) -> None:
    """The explanation of the sites' schedule, as far as the plan holds one, or why there is none."""
    found = {name: _of(plan, name, sites) for name in PARTS}
    if all(rows.empty for rows in found.values()):
        with look.card("explain", _("What would make it better?"), ""):
            look.nothing(*NOT_EXPLAINED)
        return
    if len(found["WORTH"]):
        _worth_card(found["WORTH"], plan.centre)
    rest = [name for name in PARTS[1:] if len(found[name])]
    if rest:
        columns = look.pair("explain", 1, 1)
        cards = {"HIRES": _hires_card, "RULE_COST": _rules_card}
        for column, name in zip(columns, rest, strict=False):
            with column:
                cards[name](found[name], plan.centre)


def _of(plan: Published, name: str, sites: Sequence[str]) -> pd.DataFrame:
    if not plan.has(name):
        return pd.DataFrame()
    rows = plan.table(name)
    return rows[rows["site"].isin(sites)]


def worth_by_hour(worth: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """A WORTH (its best channel) as a grid: site and language by clock hour, hours short saved an hour.

    The mean over the weekdays, the days each stands for counted; the rows that save most first. `names`
    are those of the sites.
    """
    rows = worth[worth["channel"] == ALL] if (worth["channel"] == ALL).any() else worth
    weighed = rows.assign(total=rows["saved_h"] * rows["days"])
    sums = weighed.groupby(["site", "language", "hour"], as_index=False)[["total", "days"]].sum()
    several = rows["site"].nunique() > 1
    sums["row"] = [
        f"{names[str(site)]} · {both_names(str(tag))}" if several else short_names(str(tag))
        for site, tag in zip(sums["site"], sums["language"], strict=True)
    ]
    sums["value"] = sums["total"] / sums["days"].where(sums["days"] > 0)
    sums["at"] = [f"{hour:02d}:00" for hour in sums["hour"]]
    grid = sums.pivot_table(index="row", columns="at", values="value", aggfunc="max")
    return grid.loc[grid.sum(axis=1).sort_values(ascending=False).index].head(ROWS)


def _worth_card(worth: pd.DataFrame, centre: Centre) -> None:
    names = {code: site.name for code, site in centre.sites.items()}
    grid = worth_by_hour(worth, names)
    about = _(
        "hours short that one more agent-hour on contact saves, all planned anew; mean of the weekdays, "
        "the site's clock; the more orange, the more it helps; blank = closed"
    )
    with look.card("worth", _("Where would one more person help most?"), about, data=worth):
        enough = worth["saved_h"].max() < FREE
        look.tell(_("**Nowhere: there are people enough.**") if enough else _of_best(worth, "saved", names))
        charts.show(
            _map(grid), "worth", alt=_("Heat map of the worth of one more agent by language and hour")
        )
        look.foot(
            _(
                "From the prices of the proven bound: what the best roster would gain, not this one "
                "alone. At 1 every hour more is an hour less short; at 0 there are people enough."
            )
        )


def _of_best(rows: pd.DataFrame, by: str, names: Mapping[str, str]) -> str:
    """The note of the row with most of a column as a sentence, the site named where there are several."""
    best = rows.loc[rows[by].idxmax()]
    note = retold(str(best["note"]).removesuffix("."))
    said = formats.capital(note)
    where = f"{names[str(best['site'])]}: " if rows["site"].nunique() > 1 else ""
    return f"{where}**{said}.**"


def _map(grid: pd.DataFrame) -> go.Figure:
    colours = look.palette()
    values = grid.to_numpy()
    fig = charts.figure(len(grid) * 27 + 40, margin={"l": 4, "r": 8, "t": 30, "b": 4})
    fig.add_heatmap(
        z=values,
        x=list(grid.columns),
        y=list(grid.index),
        zmin=0,
        zmax=max(1.0, float(pd.Series(values.ravel()).max())),
        colorscale=[
            (0, colours.nothing),
            (0.05, colours.nothing),
            (0.0501, softened(colours.under_rgb, 0.10)),
            (1, softened(colours.under_rgb, 0.82)),
        ],
        showscale=False,
        xgap=1,
        ygap=2,
        text=[[formats.number(value, 1) if value >= PRINTED else "" for value in row] for row in values],
        texttemplate="%{text}",
        textfont={"size": 11, "color": colours.ink},
        hoverongaps=False,
        hovertemplate=charts.hover(_("{place}: {hours} h short saved an hour"), HOVER),
    )
    fig.update_yaxes(autorange="reversed", showgrid=False, tickfont={"color": colours.text})
    fig.update_xaxes(side="top", showline=False, ticks="", nticks=12)
    return fig


def _hires_card(hires: pd.DataFrame, centre: Centre) -> None:
    best = worth_hiring(hires)
    about = _("hours short saved a week by one more person; the best {n} of {n_2} kinds").format(
        n=len(best), n_2=len(hires)
    )
    with look.card("hires", _("Whom would we hire first?"), about, data=hires, fill=True):
        if best.empty:
            look.nothing(
                _("Nobody"),
                _("One more person of any of the {n} kinds would be over more hours than they save.").format(
                    n=len(hires)
                ),
                _("See the rules beside, and who could learn another language."),
            )
            return
        heads = [Cell(_("Person"), "left"), Cell(_("Saves h")), Cell(_("Paid h")), Cell(_("Per paid h"))]
        look.table(heads, [_hire(row, centre) for row in best.to_dict("records")])
        look.foot(_("One person alone; the second of a kind saves less."))


def worth_hiring(hires: pd.DataFrame) -> pd.DataFrame:
    """The kinds of people in HIRES who save more than they cost in hours over, the best first."""
    return hires[hires["saved_h"] > 0].sort_values("saved_h", ascending=False).head(LISTED)


def _hire(row: Mapping[Hashable, Any], centre: Centre) -> list[Cell]:
    spoken = ", ".join(short_names(tag) for tag in str(row["languages"]).split(";"))
    serves = ", ".join(formats.channel_words(name) for name in str(row["channels"]).split(";"))
    under = f"{centre.sites[str(row['site'])].name} · {row['contract']} · {serves}"
    return [
        Cell(spoken, "left", strong=True, under=under),
        Cell(formats.number(row["saved_h"], 1)),
        Cell(formats.number(row["paid_h"])),
        Cell(formats.number(row["part"], 2)),
    ]


def dear_rules(costs: pd.DataFrame) -> pd.DataFrame:
    """The rules that cost anything, the dearest first: rule, saved_most_h, saved_h (NaN: not searched).

    From RULE_COST, summed over its sites.
    """
    summed = costs.groupby("rule", as_index=False).agg(
        saved_most_h=("saved_most_h", "sum"), saved_h=("saved_h", lambda part: part.sum(min_count=1))
    )
    dear = summed[summed["saved_most_h"] >= FREE]
    return dear.sort_values("saved_most_h", ascending=False, ignore_index=True).head(LISTED)


def _rules_card(costs: pd.DataFrame, centre: Centre) -> None:
    names = {code: site.name for code, site in centre.sites.items()}
    found = dear_rules(costs)
    about = _("hours short saved without the rule, all others kept: proven most, and what a search found")
    with look.card("rule-cost", _("Which rule costs most?"), about, data=costs, fill=True):
        if found.empty:
            look.nothing(_("No rule"), _("Without any one rule no schedule would be better."), "")
            return
        look.tell(_of_best(costs, "saved_most", names))
        colours = look.palette()
        look.key(
            Mark(_("found by a search"), colours.ink), Mark(_("cannot save more"), colours.ink, "hollow")
        )
        charts.show(_rule_dots(found), "rule-cost", alt=_("Hours short that each rule costs"))
        look.foot(
            _(
                "What is found can be below what is possible: both lie in the gap of the search. Rules "
                "that cost nothing are left out; law is not for sale."
            )
        )


def _rule_dots(found: pd.DataFrame) -> go.Figure:
    colours = look.palette()
    fig = charts.figure(len(found) * 28 + 36, margin={"l": 4, "r": 12, "t": 6, "b": 4})
    for name, fill in (("saved_most_h", colours.card), ("saved_h", colours.ink)):
        fig.add_scatter(
            x=found[name],
            y=found["rule"].map(retold),
            mode="markers",
            marker={"size": 9, "color": fill, "line": {"color": colours.ink, "width": 1.6}},
            hovertemplate="%{y}: %{x:.1f} h<extra></extra>",
        )
    fig.update_yaxes(autorange="reversed", tickfont={"color": colours.text}, type="category")
    most = float(found["saved_most_h"].max())
    fig.update_xaxes(range=[-0.03 * most, 1.06 * most], ticksuffix=" h", showline=False, ticks="", nticks=6)
    return fig
