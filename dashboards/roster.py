"""A schedule as people read it: segments on the site's clock, a Gantt for a day, a grid for a week."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.filters import Scope
from dashboards.palette import Palette
from planner.language import _, retold

KINDS = ("voice", "chat", "written", "pause", "training", "other")
WRITTEN = ("email", "backoffice")
OUTLINED = ("written", "other")


def people_of(agents: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The site's people, or those of them who speak the language: agent_id, name, contract, dates."""
    mine = agents[agents["site"] == scope.site]
    if scope.language:
        tags = mine["languages"].str.split(";").map(lambda all_: [tag.partition(":")[0] for tag in all_])
        mine = mine[tags.map(lambda spoken: scope.language in spoken)]
    names = mine["name"].fillna(mine["agent_id"]) if "name" in mine else mine["agent_id"]
    twice = names.duplicated(keep=False)
    names = names.where(~twice, names + " · " + mine["agent_id"])
    dates = [name for name in ("hire_date", "leave_date") if name in mine]
    return mine[["agent_id", "contract", *dates]].assign(name=names)


def day_segments(
    schedule: pd.DataFrame, people: pd.DataFrame, zone: str, *, language: str | None = None
) -> pd.DataFrame:
    """Segments of the people on the site's clock.

    Adds name, kind, `begin` and `end_h` (hours after the day's midnight), and `from`/`to` ("18:30").
    With a `language`, contact in any other is of the kind "other".
    """
    rows = schedule.merge(people[["agent_id", "name"]], on="agent_id")
    clocks = {name: rows[name].dt.tz_convert(zone).dt.tz_localize(None) for name in ("start", "end")}
    return rows.assign(
        kind=[
            "other" if language and pd.notna(served) and served != language else _kind(activity, channel)
            for activity, channel, served in zip(
                rows["activity"], rows["channel"], rows["language"], strict=True
            )
        ],
        begin=(clocks["start"] - rows["day"]) / pd.Timedelta(hours=1),
        end_h=(clocks["end"] - rows["day"]) / pd.Timedelta(hours=1),
        **{"from": clocks["start"].dt.strftime("%H:%M"), "to": clocks["end"].dt.strftime("%H:%M")},
    )


def _kind(activity: str, channel: object) -> str:
    if activity == "training":
        return "training"
    if activity != "contact":
        return "pause"
    if channel == "voice":
        return "voice"
    return "written" if channel in WRITTEN else "chat"


def shift_words(today: pd.DataFrame) -> str:
    """How many shifts of each kind start on the day, and between which hours; `today` by `day_segments`."""
    shifts = (
        today.sort_values("start")
        .groupby("agent_id")
        .agg(shift=("shift", "first"), first=("from", "first"), begin=("begin", "min"), last=("end_h", "max"))
    )
    kinds = [f"{formats.number(n)} × {kind}" for kind, n in shifts["shift"].value_counts().items()]
    early, late = shifts.loc[shifts["begin"].idxmin(), "first"], shifts.loc[shifts["begin"].idxmax(), "first"]
    text = _("{shifts}; they start {first}–{last}, the last ends at {end}.")
    if early == late:
        text = _("{shifts}; all start at {first}, the last ends at {end}.")
    end = today.loc[today["end_h"].idxmax(), "to"]
    return text.format(shifts=formats.listed(kinds), first=early, last=late, end=end)


def with_languages(today: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """The names with the languages each serves on the day, where the people serve more than one."""
    served = today.dropna(subset=["language"]).groupby("name")["language"].unique()
    if today["language"].nunique() < 2:
        return list(names)
    return [f"{name} · {' '.join(served[name])}" if name in served else name for name in names]


def gantt(today: pd.DataFrame, cover: pd.DataFrame, names: Sequence[str]) -> go.Figure:
    """The people's segments under the coverage curve, on one clock."""
    colours = look.palette()
    top = 110
    height = top + 40 + 19 * len(names)
    fig = charts.panels(
        2,
        1,
        height=height,
        shared_xaxes=True,
        row_heights=[top / height, 1 - top / height],
        vertical_spacing=min(0.012, 12 / height),
        layout={"margin": {"l": 4, "r": 10, "t": 6, "b": 4}, "barmode": "overlay"},
    )
    _curve(fig, cover, colours)
    mine = today[today["name"].isin(names)]
    for kind, rows in mine.groupby("kind"):
        _bars(fig, rows, kind=str(kind), colours=colours)
    _axes(fig, today, names, colours=colours)
    return fig


def _curve(fig: go.Figure, cover: pd.DataFrame, colours: Palette) -> None:
    if cover.empty:
        return
    hours = [int(at[:2]) + int(at[3:]) / 60 for at in cover["at"]]
    step = min((b - a for a, b in pairwise(hours) if b > a), default=0.5)
    x = [*hours, hours[-1] + step]
    where = {"row": 1, "col": 1}
    have, need = (
        [*cover["scheduled"], cover["scheduled"].iloc[-1]],
        [*cover["needed"], cover["needed"].iloc[-1]],
    )
    charts.filled_steps(fig, x, have, colour=colours.scheduled, fill="tozeroy", **where)
    charts.steps(
        fig,
        x,
        need,
        colour=colours.ink,
        width=1.8,
        hovertemplate=charts.hover(_("needed {n}"), {"n": "%{y:.1f}"}),
        **where,
    )
    short_x: list[float | None] = []
    short_y: list[float | None] = []
    for start, row in zip(hours, cover.itertuples(), strict=True):
        if row.gap < -0.5:
            short_x += [start, start + step, None]
            short_y += [row.scheduled, row.scheduled, None]
    charts.steps(fig, short_x, short_y, colour=colours.under, width=3, hoverinfo="skip", **where)


def _bars(fig: go.Figure, rows: pd.DataFrame, *, kind: str, colours: Palette) -> None:
    fills = dict(
        zip(
            KINDS,
            (
                colours.voice,
                colours.chat,
                colours.nothing,
                colours.line,
                colours.training,
                colours.card,
            ),
            strict=True,
        )
    )
    marker: dict[str, object] = {"color": fills[kind], "line": {"width": 0}}
    if kind == "training":
        marker["pattern"] = {
            "shape": "/",
            "fillmode": "overlay",
            "size": 5,
            "solidity": 0.25,
            "fgcolor": colours.card,
        }
    if kind in OUTLINED:
        marker["line"] = {"width": 1, "color": colours.voice if kind == "written" else colours.scheduled}
    what = (
        rows["activity"]
        .map(retold)
        .where(rows["activity"] != "contact", rows["channel"].map(formats.channel, na_action="ignore"))
    )
    fig.add_bar(
        y=rows["name"],
        x=rows["end_h"] - rows["begin"],
        base=rows["begin"],
        orientation="h",
        width=0.72,
        marker=marker,
        customdata=rows["from"]
        + "–"
        + rows["to"]
        + " "
        + what.astype("str")
        + " "
        + rows["language"].fillna(""),
        hovertemplate="%{y}<br>%{customdata}<extra></extra>",
        row=2,
        col=1,
    )


def _axes(fig: go.Figure, today: pd.DataFrame, names: Sequence[str], *, colours: Palette) -> None:
    first, last = int(today["begin"].min()), int(-(-today["end_h"].max() // 1))
    ticks = list(range(first + first % 2, last + 1, 2))
    fig.update_xaxes(
        range=[first - 0.2, last + 0.2],
        tickvals=ticks,
        ticktext=[f"{hour % 24:02d}:00" for hour in ticks],
        showgrid=True,
        gridcolor=colours.grid,
    )
    fig.update_xaxes(showline=False, ticks="", showgrid=False, row=1, col=1)
    fig.update_yaxes(nticks=4, rangemode="tozero", row=1, col=1)
    fig.update_yaxes(
        categoryorder="array",
        categoryarray=list(names)[::-1],
        tickvals=list(names),
        ticktext=with_languages(today, names),
        showgrid=False,
        tickfont={"size": 11.5, "color": colours.text},
        row=2,
        col=1,
    )
