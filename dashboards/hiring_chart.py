"""Need against supply by week, and under it the classes on the same clock."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.hiring_words import Names, skills_name
from dashboards.look import Mark
from dashboards.palette import softened
from planner.domain.capacity_tables import LEVELS
from planner.language import _

UPPER, ROW, FRAME = 320, 26, 70  # pixels: the curves, a row of classes, axis and gaps
WEEK = pd.Timedelta(days=7)
CLOSE = pd.Timedelta(days=15)  # of 26 weeks; nearer classes of a row have no number of their own


def marks(level: str) -> None:
    """The legend of the drawing in words."""
    colours = look.palette()
    look.key(
        Mark(_("needed, {level}").format(level=level.upper()), colours.ink, "line"),
        Mark(_("needed at the other levels"), colours.ink, "dots"),
        Mark(_("experienced"), colours.voice),
        Mark(_("on ramp, at their worth"), colours.scheduled),
        Mark(_("overtime"), softened(colours.over_rgb, 0.55)),
        Mark(_("in training, no work yet (hatched)"), colours.training, "hollow"),
        Mark(_("short"), softened(colours.under_rgb, 0.75)),
    )


def drawing(weeks: pd.DataFrame, classes: pd.DataFrame, *, level: str, names: Names) -> go.Figure:
    """`weeks` as `hiring_weeks.by_week`; a row of classes for each site and skills."""
    rows = class_rows(classes, names)
    count = rows["name"].nunique()
    low = ROW * count
    fig = charts.panels(
        2 if count else 1,
        1,
        height=UPPER + FRAME + low,
        shared_xaxes=True,
        vertical_spacing=0.03,
        row_heights=[UPPER, low] if count else [1],
        layout={"margin": {"l": 4, "r": 42, "t": 10, "b": 4}, "bargap": 0.25},
    )
    _supply(fig, weeks)
    _gap(fig, weeks, level)
    _needs(fig, weeks, level)
    if count:
        _timeline(fig, rows, weeks)
    edges = [weeks["week"].iloc[0], weeks["week"].iloc[-1] + WEEK]
    fig.update_xaxes(range=edges)
    fig.update_yaxes(rangemode="tozero", tickformat=",", nticks=6, row=1, col=1)
    return fig


def mark_day(fig: go.Figure, day: pd.Timestamp, weeks: pd.DataFrame) -> None:
    """A line where time has come to, if that is inside the plan."""
    if not weeks["week"].iloc[0] < day < weeks["week"].iloc[-1] + WEEK:
        return
    colours = look.palette()
    fig.add_vline(x=day, line={"color": colours.ink, "width": 1})
    place = {"xref": "x", "yref": "y domain", "xshift": 4, "xanchor": "left"}
    charts.note(fig, day, 0.02, text=_("today"), colour=colours.ink, **place)


def _steps(weeks: pd.DataFrame, values: pd.Series) -> tuple[list[Any], list[float]]:
    """Each week's value from its Monday, and the last one to the end of its week."""
    return [*weeks["week"], weeks["week"].iloc[-1] + WEEK], [*values, values.iloc[-1]]


def _supply(fig: go.Figure, weeks: pd.DataFrame) -> None:
    colours = look.palette()
    layers = (
        ("experienced", colours.voice, _("week of {day}: {n} experienced")),
        ("on_ramp", colours.scheduled, _("week of {day}: {n} on ramp, at their worth")),
        ("overtime", softened(colours.over_rgb, 0.55), _("week of {day}: {n} of overtime")),
        ("in_training", "", _("week of {day}: {n} in training")),
    )
    for name, colour, words in layers:
        x, y = _steps(weeks, weeks[name])
        hatch = {"shape": "/", "size": 6, "fgcolor": colours.training, "bgcolor": colours.card}
        paint = {"fillcolor": colour} if colour else {"fillpattern": hatch}
        fig.add_scatter(
            x=x,
            y=y,
            stackgroup="supply",
            mode="lines",
            line={"width": 0, "shape": "hv"},
            hovertemplate=charts.hover(words, {"day": "%{x|%-d %b}", "n": "%{y:,.1f}"}),
            row=1,
            col=1,
            **paint,
        )


def _gap(fig: go.Figure, weeks: pd.DataFrame, level: str) -> None:
    """The part of the need that nobody works, hanging from the line of the level."""
    colours, need = look.palette(), weeks[f"need_{level}"]
    x, low = _steps(weeks, need - weeks["short"])
    quiet = {"mode": "lines", "line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip"}
    fig.add_scatter(x=x, y=low, row=1, col=1, **quiet)
    fill = softened(colours.under_rgb, 0.75)
    fig.add_scatter(x=x, y=_steps(weeks, need)[1], fill="tonexty", fillcolor=fill, row=1, col=1, **quiet)


def _needs(fig: go.Figure, weeks: pd.DataFrame, level: str) -> None:
    colours = look.palette()
    short = _steps(weeks, weeks["short"])[1]
    for each in LEVELS:
        x, y = _steps(weeks, weeks[f"need_{each}"])
        mine = each == level
        said = _("week of {day}: {n} needed, {level}")
        if mine:
            said += "<br>" + _("{short} of them short")
        fields = {
            "day": "%{x|%-d %b}",
            "n": "%{y:,.1f}",
            "level": each.upper(),
            "short": "%{customdata:,.1f}",
        }
        pen = {"width": 2.2 if mine else 1, "dash": "solid" if mine else "dot", "row": 1, "col": 1}
        charts.steps(
            fig, x, y, colour=colours.ink, customdata=short, hovertemplate=charts.hover(said, fields), **pen
        )
    for each, shift in zip(LEVELS, (-8, 0, 8), strict=True):
        last = float(weeks[f"need_{each}"].iloc[-1])
        place = {"xref": "x", "yref": "y", "xshift": 5, "yshift": shift}
        charts.note(fig, weeks["week"].iloc[-1] + WEEK, last, text=each.upper(), colour=colours.ink, **place)


def class_rows(classes: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Classes in time order with the name of their row: Lisbon · German."""
    rows = classes.sort_values(["site", "skills", "first_day"], ignore_index=True)
    return rows.assign(
        name=[
            f"{names.site(site)} · {skills_name(skills)}"
            for site, skills in zip(rows["site"], rows["skills"], strict=True)
        ]
    )


def numbered(rows: pd.DataFrame, weeks: int) -> pd.DataFrame:
    """People who begin by row and day, where there is room for a number: name, first_day, people."""
    days = rows.groupby(["name", "first_day"], as_index=False)["people"].sum()
    room = CLOSE * weeks / 26
    kept: list[int] = []
    last: dict[str, pd.Timestamp] = {}
    for place, name, day in days[["name", "first_day"]].itertuples():
        if name not in last or day - last[name] >= room:
            kept.append(place)
            last[name] = day
    return days.loc[kept]


def lead_lines(rows: pd.DataFrame) -> dict[str, list[Any]]:
    """Lines from the day to decide to the first day where the row has no other class; None between."""
    lines: dict[str, list[Any]] = {"x": [], "y": []}
    for name, mine in rows.sort_values("first_day").groupby("name", sort=False):
        free = mine["on_contact"].cummax().shift()
        begins = mine["decide_by"].where(free.isna() | (free < mine["decide_by"]), free)
        for begin, end in zip(begins, mine["first_day"], strict=True):
            if begin < end:
                lines["x"] += [begin, end, None]
                lines["y"] += [name, name, None]
    return lines


def _timeline(fig: go.Figure, rows: pd.DataFrame, weeks: pd.DataFrame) -> None:
    """Thin line from the day to decide to the first day, hatched bar in training, its people as a number."""
    colours = look.palette()
    leads, line = lead_lines(rows), {"color": colours.faint, "width": 1.5}
    fig.add_scatter(x=leads["x"], y=leads["y"], mode="lines", line=line, hoverinfo="skip", row=2, col=1)
    training = (rows["on_contact"] - rows["first_day"]).dt.total_seconds() * 1000
    hatch = {"shape": "/", "size": 5, "fgcolor": colours.card, "fillmode": "overlay", "fgopacity": 0.5}
    fig.add_bar(
        orientation="h",
        base=rows["first_day"],
        x=training,
        y=rows["name"],
        marker={"color": colours.training, "pattern": hatch, "line": {"color": colours.card, "width": 1}},
        customdata=_hints(rows),
        hovertemplate="%{customdata}<extra></extra>",
        row=2,
        col=1,
    )
    for name, day, people in numbered(rows, len(weeks)).itertuples(index=False):
        place = {"xref": "x2", "yref": "y2", "xshift": -3, "xanchor": "right", "bgcolor": colours.card}
        charts.note(fig, day, name, text=formats.number(people), colour=colours.ink, **place)
    order = {"categoryorder": "array", "categoryarray": rows["name"].unique()}
    fig.update_yaxes(autorange="reversed", showgrid=False, type="category", row=2, col=1, **order)


def _hints(rows: pd.DataFrame) -> list[str]:
    text = _("{n} people, {kind}: decide by {decide}, class from {first}, on contact from {contact}")
    return [
        text.format(
            n=formats.number(row.people),
            kind=row.kind,
            decide=formats.short_day(row.decide_by),
            first=formats.short_day(row.first_day),
            contact=formats.short_day(row.on_contact),
        )
        for row in rows.itertuples()
    ]
