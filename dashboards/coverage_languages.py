"""Coverage language by language: short and over by time of day, and the mean day against the need."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, formats, look
from dashboards.gap_map import SHORT, Edge, gap_map
from dashboards.languages import english_name, short_names
from dashboards.look import Mark
from planner.language import _

COLUMNS = 4  # small charts in a row
KEYS = ["language", "day", "at"]


def by_language(rows: pd.DataFrame) -> pd.DataFrame:
    """A language's channels together, one row a language and interval: day, at, needed, scheduled, gap."""
    return rows.groupby([*KEYS, "interval_start"], as_index=False)[["needed", "scheduled", "gap"]].sum()


def hours_by_language(rows: pd.DataFrame, hours: float) -> pd.DataFrame:
    """Agent-hours short and over by language, queue by queue, the shortest first; `hours` of an interval."""
    parts = rows.assign(
        short_h=-rows["gap"].clip(upper=0) * hours,
        over_h=rows["gap"].clip(lower=0) * hours,
        needed_h=rows["needed"] * hours,
    )
    found = parts.groupby("language")[["needed_h", "short_h", "over_h"]].sum()
    return found.sort_values(["short_h", "needed_h"], ascending=False)


def language_words(found: pd.DataFrame, mean: pd.DataFrame) -> str:
    """The language most short and when; `found` by `hours_by_language`, `mean` language x clock time."""
    if found["short_h"].iloc[0] < SHORT:
        return _("**No language is short.**")
    worst = str(found.index[0])
    share = found["short_h"].iloc[0] / found["needed_h"].iloc[0] if found["needed_h"].iloc[0] else None
    text = _("**{language}** is most short: !!{hours} h!!, {share} of its need.").format(
        language=english_name(worst),
        hours=formats.number(found["short_h"].iloc[0], 1),
        share=formats.percent(share),
    )
    low = mean.loc[worst].min()
    when = _("Worst is {clock} ({gap} people on the mean day).") if low < 0 else ""
    at = when.format(clock=mean.loc[worst].idxmin(), gap=formats.signed(low))
    return formats.sentence(text, at, _spare_words(found, worst))


def _spare_words(found: pd.DataFrame, worst: str) -> str:
    spare, hours = str(found.index[int(np.argmax(found["over_h"]))]), formats.number(found["over_h"].max())
    if spare == worst:
        return _("It has {hours} h over at other times.").format(hours=hours)
    return _("{language} has most to spare: {hours} h.").format(language=english_name(spare), hours=hours)


def language_card(rows: pd.DataFrame, *, hours: float) -> None:
    """Language x time of day; `rows` are queue x interval on the site's clock."""
    summed = by_language(rows)
    found = hours_by_language(rows, hours)
    days = rows["day"].nunique()
    about = _(
        "scheduled − needed, people, mean of the hour over {counted}; channels "
        "together; orange = too few, blue = too many; right: agent-hours, queue by "
        "queue"
    ).format(counted=formats.counted(days, "{n} day", "{n} days"))
    hourly = summed.assign(at=summed["at"].str[:2] + ":00")
    mean = hourly.pivot_table(index="language", columns="at", values="gap", aggfunc="mean")
    mean = mean.reindex(found.index)
    with look.card("languages", _("Which language is short, and when?"), about, data=found.reset_index()):
        look.tell(language_words(found, mean))
        edges = [
            Edge(_("short"), list(found["short_h"]), orange=True),
            Edge(_("over"), list(found["over_h"])),
        ]
        grid = mean.set_axis([short_names(str(tag)) for tag in mean.index])
        charts.show(gap_map(grid, edges), "languages", alt=_("Heat map of gaps by language and time of day"))
        look.foot(
            _("In a mean one day's shortage and another's surplus cancel out; in the hours they do not.")
        )


def day_card(rows: pd.DataFrame) -> None:
    """The mean day of every language: scheduled against needed."""
    order = list(hours_by_language(rows, 1.0).index)
    mean = by_language(rows).groupby(["language", "at"], as_index=False)[["needed", "scheduled"]].mean()
    about = _("people at work, mean of {counted}; each on a scale of its own").format(
        counted=formats.counted(rows["day"].nunique(), "{n} day", "{n} days")
    )
    with look.card("mean-day", _("Does the day follow the need, language by language?"), about, data=mean):
        colours = look.palette()
        look.key(
            Mark(_("scheduled"), colours.scheduled),
            Mark(_("needed"), colours.ink, "line"),
            Mark(_("too few"), colours.under, "line"),
        )
        charts.show(
            _days(mean, order), "mean-day", alt=_("Scheduled and needed over the mean day by language")
        )


def _days(mean: pd.DataFrame, order: list[str]) -> go.Figure:
    columns = min(COLUMNS, len(order))
    rows = -(-len(order) // columns)
    fig = charts.panels(
        rows,
        columns,
        height=132 * rows + 20,
        layout={"margin": {"l": 4, "r": 8, "t": 24, "b": 4}},
        subplot_titles=[short_names(tag) for tag in order],
        vertical_spacing=0.28 / rows,
        horizontal_spacing=0.04,
    )
    fig.update_annotations(font={"size": 12.5, "color": look.palette().ink})
    for place, tag in enumerate(order):
        where = {"row": place // columns + 1, "col": place % columns + 1}
        _day(fig, mean[mean["language"] == tag], **where)
    fig.update_yaxes(rangemode="tozero", nticks=3)
    return fig


def _day(fig: go.Figure, part: pd.DataFrame, **where: int) -> None:
    """One language: filled steps of people scheduled, the need as a line, what is missing on top."""
    colours = look.palette()
    hours = [int(at[:2]) + int(at[3:]) / 60 for at in part["at"]]
    step = min((b - a for a, b in pairwise(hours) if b > a), default=0.5)
    x = [*hours, hours[-1] + step]
    have, need = ([*part[name], part[name].iloc[-1]] for name in ("scheduled", "needed"))
    charts.filled_steps(fig, x, have, colour=colours.scheduled, fill="tozeroy", **where)
    hint = {"hovertemplate": charts.hover(_("{hour} h: needed {n}"), {"hour": "%{x:.4g}", "n": "%{y:.1f}"})}
    charts.steps(fig, x, need, colour=colours.ink, width=1.5, **hint, **where)
    short = part["scheduled"] - part["needed"] < -SHORT
    ends = [(at, level) for at, level, lacks in zip(hours, part["scheduled"], short, strict=True) if lacks]
    xs = [point for at, _ in ends for point in (at, at + step, None)]
    ys = [point for _, level in ends for point in (level, level, None)]
    charts.steps(fig, xs, ys, colour=colours.under, width=3, hoverinfo="skip", **where)
    ticks = [hour for hour in range(0, 25, 4) if hours[0] <= hour <= x[-1]]
    fig.update_xaxes(tickvals=ticks, ticktext=[f"{hour:02d}:00" for hour in ticks], **where)
