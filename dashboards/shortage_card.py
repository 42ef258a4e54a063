"""Whether a site's shortage is shared by its languages."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.languages import english_name, short_names
from dashboards.published import Published
from planner.language import _, ngettext

TWICE = 2.0  # times the site's share; a language shorter than that carries too much


def short_shares(shortage: pd.DataFrame) -> tuple[pd.DataFrame, float]:
    """SHORTAGE of a site, all weeks together, the shortest language first; and the site's own share, 0..1."""
    sums = shortage.groupby("language", as_index=False)[["needed_h", "short_h"]].sum()
    sums = sums[sums["needed_h"] > 0]
    found = sums.assign(share=sums["short_h"] / sums["needed_h"])
    total = sums["needed_h"].sum()
    whole = float(sums["short_h"].sum() / total) if total else 0.0
    return found.sort_values("share", ascending=False, ignore_index=True), whole


def shortage_words(found: pd.DataFrame, whole: float) -> str:
    """Which languages carry more of the shortage than the site as a whole."""
    heavy = found[(found["share"] > TWICE * whole) & (found["short_h"] >= 0.5)]
    share = formats.percent(whole)
    if heavy.empty:
        text = _("**No language carries more than twice the site's shortage** ({share} of need).")
        return text.format(share=share)
    return ngettext(
        "!!{languages}!! carries more than twice the site's shortage of {share}.",
        "!!{languages}!! carry more than twice the site's shortage of {share}.",
        len(heavy),
    ).format(languages=formats.listed([english_name(str(tag)) for tag in heavy["language"]]), share=share)


def shortage_card(plan: Published, site: str) -> None:
    """Hours short as a share of need, a dot a language, the site's as a line."""
    rows = plan.table("SHORTAGE") if plan.has("SHORTAGE") else pd.DataFrame({"site": []})
    mine = rows[rows["site"] == site]
    if mine.empty:
        return
    found, whole = short_shares(mine)
    about = _("hours short / hours needed, %, all weeks; right: hours short, interval by interval")
    with look.card("shortage", _("Do all languages share the shortage?"), about, data=mine, fill=True):
        look.tell(shortage_words(found, whole))
        charts.show(_dots(found, whole), "shortage", alt=_("Share of need that is short, by language"))


def _dots(found: pd.DataFrame, whole: float) -> go.Figure:
    colours = look.palette()
    fig = charts.figure(len(found) * 28 + 56, margin={"l": 4, "r": 74, "t": 24, "b": 4})
    names = [short_names(str(tag)) for tag in found["language"]]
    heavy = (found["share"] > TWICE * whole) & (found["short_h"] >= 0.5)
    fig.add_scatter(
        x=found["share"] * 100,
        y=names,
        mode="markers",
        marker={"size": 9, "color": [colours.under if bad else colours.ink for bad in heavy]},
        hovertemplate=charts.hover(
            _("{language}: {share} % of need"), {"language": "%{y}", "share": "%{x:.1f}"}
        ),
    )
    for name, hours in zip(names, found["short_h"], strict=True):
        text = f"{formats.number(hours, 1)} h"
        charts.note(fig, 1, name, text=text, xref="paper", xanchor="right", xshift=66)
    charts.target_line(
        fig, whole * 100, text=_("the site {share}").format(share=formats.percent(whole)), axis="x"
    )
    fig.update_yaxes(
        categoryorder="array", categoryarray=names[::-1], tickfont={"color": colours.text},
        range=[-0.6, len(names) - 0.4],
    )  # fmt: skip
    most = max(float(found["share"].max()), whole) * 100
    fig.update_xaxes(
        range=[-0.03 * most, most * 1.15 or 1], ticksuffix=" %", showline=False, ticks="", nticks=7
    )
    return fig
