"""Every language at every site: a ring for the work answered there before, a disc for the work proposed."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.hiring_words import Names, skills_name
from dashboards.hosting_words import line_name
from dashboards.look import Mark
from dashboards.palette import softened
from planner.domain.hosting_tables import ALL_DAY
from planner.language import _

ROW, FRAME, LARGEST = 40, 46, 36  # pixels: a line, the heads, the disc of all of a line
LEAST = 0.005  # of the line; less is not drawn


def marks() -> None:
    """The legend of the drawing in words."""
    colours = look.palette()
    look.key(
        Mark(_("share of the line’s work before"), colours.ink, "hollow"),
        Mark(_("share as proposed"), softened(colours.forecast_rgb, 0.55)),
        Mark(_("proposed in a team with other languages"), softened(colours.over_rgb, 0.6)),
    )


def drawing(matrix: pd.DataFrame, names: Names) -> go.Figure:
    """`matrix` as `hosting_plan.matrix`; lines down, sites across."""
    lines = list(dict.fromkeys(matrix["line"]))
    sites = [code for code in names.centre.sites if code in set(matrix["site"])]
    fig = charts.figure(ROW * len(lines) + FRAME, margin={"l": 4, "r": 8, "t": 4, "b": 4})
    x = [sites.index(site) for site in matrix["site"]]
    y = [lines.index(line) for line in matrix["line"]]
    hints = [_hint(row, names) for _place, row in matrix.iterrows()]
    colours = look.palette()
    paint = [
        softened(colours.over_rgb, 0.6) if others else softened(colours.forecast_rgb, 0.55)
        for others in matrix["others"].fillna("")
    ]
    disc = {"size": _sizes(matrix["proposed"]), "color": paint, "line": {"width": 0}, "opacity": 1}
    ring = {
        "size": _sizes(matrix["before"]),
        "color": "rgba(0,0,0,0)",
        "line": {"color": colours.ink, "width": 1.5},
    }
    plain = {"mode": "markers", "hovertemplate": hints, "cliponaxis": False}
    fig.add_scatter(x=x, y=y, marker=disc, **plain)
    kept = (matrix["before"].fillna(0.0) >= LEAST).to_numpy()
    ring["size"] = [size if keep else 0 for size, keep in zip(ring["size"], kept, strict=True)]
    fig.add_scatter(x=x, y=y, marker=ring, **plain)
    for row, across, down in zip(matrix.itertuples(), x, y, strict=True):
        text = share_text(row.before, row.proposed)
        charts.note(fig, across, down, text=text, colour=colours.ink, xshift=LARGEST / 2 + 4)
    _axes(fig, lines, sites, matrix, names)
    return fig


def _axes(fig: go.Figure, lines: list[str], sites: list[str], matrix: pd.DataFrame, names: Names) -> None:
    tags = dict(zip(matrix["line"], matrix["language"], strict=True))
    fig.update_xaxes(
        side="top",
        tickvals=list(range(len(sites))),
        ticktext=[names.site(site) for site in sites],
        range=[-0.4, len(sites) - 0.2],
        showline=False,
        ticks="",
    )
    fig.update_yaxes(
        tickvals=list(range(len(lines))),
        ticktext=[line_name(line, tags[line]) for line in lines],
        range=[len(lines) - 0.4, -0.6],
        showgrid=True,
    )


def _sizes(shares: pd.Series) -> list[float]:
    return [LARGEST * math.sqrt(max(share, 0.0)) if share >= LEAST else 0.0 for share in shares.fillna(0.0)]


def share_text(before: float, after: float) -> str:
    """What is written beside a disc: the share as proposed, 0 % beside a ring that empties.

    >>> share_text(0.88, 0.4).replace(formats.NO_BREAK, " "), share_text(0.0, 0.0)
    ('40 %', '')
    """
    then, now = (0.0 if pd.isna(share) else float(share) for share in (before, after))
    return formats.percent(now, 0) if max(then, now) >= LEAST else ""


def _hint(row: pd.Series, names: Names) -> str:
    first = _("{line} in {site}: {before} → {after} of its work").format(
        line=line_name(str(row["line"]), str(row["language"])),
        site=names.site(str(row["site"])),
        before=formats.percent(row["before"], 0),
        after=formats.percent(row["proposed"], 0),
    )
    said = [_("{hours} h of handling a week as proposed").format(hours=formats.number(row["proposed_h"]))]
    if isinstance(row["from_to"], str) and row["from_to"] not in ("", ALL_DAY):
        said.append(str(row["from_to"]).replace(ALL_DAY, _("all day")))
    if isinstance(row["others"], str) and row["others"]:
        said.append(_("with {languages}").format(languages=skills_name(str(row["others"]))))
    return charts.hint(first, "; ".join(said))
