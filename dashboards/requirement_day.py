"""From work to people through the day: stacked steps, the schedule, busier days, and what decides."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, look
from dashboards.look import Mark
from dashboards.palette import softened
from dashboards.requirement_busy import day_words
from planner.language import _, retold

SHORT = 0.5  # people; less is rounding, not a shortage


def day_card(rows: pd.DataFrame, chosen: pd.Series, *, interval_min: int, busier: Sequence[str]) -> None:
    """The day's steps with the chosen interval shaded; `busier` are the busy days drawn as dotted lines."""
    about = _(
        "agents in each interval; the areas stack: the work, the reserve for the targets, shrinkage at work"
    )
    with look.card(
        "day", _("From work to people"), about, data=rows.drop(columns=["day", "clock"]), fill=True
    ):
        colours = look.palette()
        look.key(
            Mark(_("work, Erlang"), softened(colours.forecast_rgb, 0.55)),
            Mark(_("reserve for targets"), softened(colours.forecast_rgb, 0.28)),
            Mark(_("shrinkage at work"), softened(colours.forecast_rgb, 0.12)),
            Mark(_("needed"), colours.ink, "line"),
            Mark(_("scheduled"), colours.faint, "line"),
            Mark(_("too few"), colours.under, "line"),
            *(
                Mark(_("needed on the {day}").format(day=day_words(level)), _busy(level), "dots")
                for level in busier
            ),
        )
        fig = _day(rows, chosen, interval_min=interval_min, busier=busier)
        charts.show(fig, "day", alt=_("Requirement and schedule by interval, with the binding target below"))
        look.foot(_("Lower strip: the target that decides. Needed = on contact ÷ (1 − shrinkage at work)."))


def _busy(level: str) -> str:
    """The colour of a busy day's line: the busiest is the strongest."""
    return softened(look.palette().forecast_rgb, {"p50": 0.6, "p75": 0.6}.get(level, 1.0))


def _day(rows: pd.DataFrame, chosen: pd.Series, *, interval_min: int, busier: Sequence[str]) -> go.Figure:
    """Stacked steps over a strip of binding targets; closed hours are gaps."""
    colours, step = look.palette(), pd.Timedelta(minutes=interval_min)
    whole = rows.set_index("clock").reindex(
        pd.date_range(rows["clock"].min(), rows["clock"].max() + step, freq=step)
    )
    below = sorted(whole["binding"].dropna().unique(), key=lambda name: (whole["binding"] == name).sum())
    fig = charts.panels(
        2,
        1,
        height=680,
        shared_xaxes=True,
        row_heights=[0.85, 0.15],
        vertical_spacing=0.035,
        layout={"hovermode": "x unified"},
    )
    upper = {"row": 1, "col": 1}
    x = list(whole.index)
    _areas(fig, whole)
    line = {"hovertemplate": "%{y:.1f}", "connectgaps": False, **upper}
    for level in busier:
        people = _held(whole[f"people_{level}"])
        charts.steps(
            fig, x, people, colour=_busy(level), name=day_words(level), dash="dot", width=1.3, **line
        )
    charts.steps(fig, x, _held(whole["agents_scheduled"]), colour=colours.ink, name=_("needed"), **line)
    charts.steps(fig, x, _held(whole["scheduled"]), colour=colours.faint, name=_("scheduled"), **line)
    short = whole["scheduled"].where(whole["scheduled"] < whole["agents_scheduled"] - SHORT)
    short_x, short_y = _pieces(short, step)
    charts.steps(fig, short_x, short_y, colour=colours.under, width=3, hoverinfo="skip", **upper)
    fig.add_vrect(
        x0=chosen["clock"], x1=chosen["clock"] + step, fillcolor=colours.ink, opacity=0.07, line_width=0
    )
    _binding_strip(fig, whole, below, step=step)
    fig.update_yaxes(rangemode="tozero", **upper)
    fig.update_xaxes(tickformat="%H:%M", dtick=2 * 36e5, range=[x[0], x[-1]], hoverformat="%H:%M")
    fig.update_xaxes(showline=False, ticks="", **upper)
    return fig


def _areas(fig: go.Figure, whole: pd.DataFrame) -> None:
    """Work, reserve and shrinkage, one upon the other in the upper panel."""
    x, areas = list(whole.index), whole[["load_erlangs", "agents_on_contact", "agents_scheduled"]].fillna(0)
    for name, strength in zip(areas, (0.55, 0.28, 0.12), strict=True):
        top = areas[name] if name != "agents_on_contact" else areas[["load_erlangs", name]].max(axis=1)
        fill = "tozeroy" if name == "load_erlangs" else "tonexty"
        colour = softened(look.palette().forecast_rgb, strength)
        charts.filled_steps(fig, x, top, colour=colour, fill=fill, row=1, col=1)


def _held(values: pd.Series) -> pd.Series:
    """A last value holds to the end of its interval, so that a stepped line does not stop short."""
    return values.where(values.notna(), values.shift(1))


def _pieces(short: pd.Series, step: pd.Timedelta) -> tuple[list[object], list[float | None]]:
    """Each short interval as its own piece of line: start, end, gap."""
    x: list[object] = []
    y: list[float | None] = []
    for start, value in short.dropna().items():
        x += [start, start + step, None]
        y += [value, value, None]
    return x, y


def _binding_strip(fig: go.Figure, whole: pd.DataFrame, names: list[str], *, step: pd.Timedelta) -> None:
    for place, name in enumerate(names):
        here = whole.index[whole["binding"] == name]
        fig.add_scatter(
            x=here + step / 2,
            y=[retold(name)] * len(here),
            mode="markers",
            marker={
                "symbol": "square",
                "size": 9,
                "color": look.palette().ink if place % 2 else look.palette().muted,
            },
            hovertemplate=_("decides: {target}").format(target=retold(name)) + "<extra></extra>",
            row=2,
            col=1,
        )
    fig.update_yaxes(
        showgrid=False, categoryorder="array", categoryarray=[retold(name) for name in names], row=2, col=1
    )
