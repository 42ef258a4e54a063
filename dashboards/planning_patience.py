"""Planning: how long do customers wait before they leave?"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards import charts, filters, formats, look
from dashboards.languages import both_names
from dashboards.look import Cell, Mark
from dashboards.published import Published
from planner.language import _, message, retold

QUESTION = message("How long would customers wait?")
NO_PATIENCE = (
    message("No patience in this plan"),
    message("Patience is measured in a contact log with waits and outcomes; the store held none."),
    message("Import contacts and make the plan again."),
)
ALL = "all"


def page(plan: Published) -> None:
    """One language and channel: the share still waiting with its band, the two fits, and every language."""
    if not plan.has("PATIENCE"):
        look.empty_page("patience", QUESTION, origin=plan.origin(), state=NO_PATIENCE)
        return
    patience = plan.table("PATIENCE")
    patience = patience[patience["site"] == ALL]
    with look.head("patience", QUESTION):
        channels = list(patience["channel"].unique())
        channel = filters.choose("channel", channels, default="voice", show=formats.channel)
        mine = patience[patience["channel"] == channel]
        spoken = [str(name) for name in mine["language"] if name != ALL]
        language = filters.choose("language", spoken, every=_("All languages"), show=both_names) or ALL
    chosen = mine[mine["language"] == language].iloc[0]
    who = both_names(language) if language != ALL else _("all languages")
    look.about(
        _("{who} · {channel} · all sites · contact log").format(
            who=who, channel=formats.channel_words(str(channel))
        ),
        plan.origin(),
    )
    look.say(answer(chosen))
    curve = plan.table("PATIENCE_CURVE")
    curve = curve[(curve["site"] == ALL) & (curve["language"] == language) & (curve["channel"] == channel)]
    left, right = look.pair("patience", 6, 5)
    with left:
        _curve_card(curve, chosen)
    with right, look.card("languages", _("Every language"), _about(chosen), data=mine, fill=True):
        _table(mine)


def answer(row: pd.Series) -> str:
    """Mean patience of the fit that fits, and what it rests on."""
    text = {
        "unknown": _("Patience is **unknown**: {rests}."),
        "exponential": _("Customers would wait **{patience} s** on average by an exponential fit: {rests}."),
    }.get(row["fits"], _("Customers would wait **{patience} s** on average by a Weibull fit: {rests}."))
    rests = _("of {waited} contacts that waited more than {short} s, {left} left before an answer").format(
        waited=formats.number(row["waited"]),
        short=formats.exact(row["short_abandon_s"]),
        left=formats.number(row["left"]),
    )
    return text.format(patience=formats.number(row["patience_s"]), rests=rests)


def _about(row: pd.Series) -> str:
    short = f"{row['short_abandon_s']:g} s"
    return _("mean patience in seconds with its 95 % interval; who left within {short} stands apart").format(
        short=short
    )


def _curve_card(curve: pd.DataFrame, row: pd.Series) -> None:
    about = _("% of customers still waiting if nobody were answered, by seconds waited; band: 95 %")
    with look.card("curve", _("Who is still waiting?"), about, data=curve, fill=True):
        colours = look.palette()
        marks = [Mark(_("measured (Kaplan-Meier)"), colours.ink, "line")]
        marks.append(Mark(_("exponential fit"), colours.forecast, "line"))
        if curve["weibull"].notna().any():
            marks.append(Mark(_("Weibull fit, dashed"), colours.muted, "line"))
        look.key(*marks)
        charts.show(_figure(curve), "curve", alt=_("Share of customers still waiting by seconds waited"))
        look.foot(
            _(
                "n = {offered} contacts, {abandoned} abandoned. Fits begin at the short-abandon threshold."
            ).format(offered=formats.number(row["offered"]), abandoned=formats.number(row["abandoned"]))
        )


def _figure(curve: pd.DataFrame) -> go.Figure:
    colours, wait_s = look.palette(), list(curve["wait_s"])
    fig = charts.figure(460, margin={"l": 4, "r": 16, "t": 14, "b": 4})
    charts.band(fig, wait_s, low=curve["waiting_low"] * 100, high=curve["waiting_high"] * 100, strength=0.15)
    charts.steps(
        fig,
        wait_s,
        curve["waiting"] * 100,
        colour=colours.ink,
        hovertemplate="%{x:.0f} s: %{y:.1f} %<extra></extra>",
    )
    for name, colour, dash in (
        ("exponential", colours.forecast, "solid"),
        ("weibull", colours.muted, "dash"),
    ):
        line = {"color": colour, "width": 1.5, "dash": dash}
        fig.add_scatter(x=wait_s, y=curve[name] * 100, mode="lines", line=line, hoverinfo="skip")
    fig.update_xaxes(ticksuffix=" s", rangemode="tozero")
    fig.update_yaxes(ticksuffix=" %", range=[0, 101])
    return fig


def _table(rows: pd.DataFrame) -> None:
    heads = [
        Cell(_("Language"), "left"),
        Cell(_("Left")),
        Cell(_("Patience")),
        Cell(_("Shape")),
        Cell(_("Fits")),
        Cell(_("Short")),
    ]
    look.table(heads, [_cells(row) for _, row in rows.iterrows()])


def _cells(row: pd.Series) -> list[Cell]:
    kind = "weibull" if row["fits"] == "weibull" else "exponential"
    both = _("All languages") if row["language"] == ALL else both_names(row["language"])
    name, english = both.partition(" · ")[::2]
    mean = _interval(row, f"{kind}_mean", "_s", digits=0)
    return [
        Cell(name, "left", under=english),
        Cell(formats.number(row["left"])),
        mean,
        _interval(row, "weibull_shape", "", digits=2),
        Cell(_("too few") if row["fits"] == "unknown" else retold(str(row["fits"]))),
        Cell(formats.percent(row["short_abandon_share"])),
    ]


def _interval(row: pd.Series, name: str, unit: str, *, digits: int) -> Cell:
    """A value with its interval behind it in grey."""
    value, low, high = (row[f"{name}{end}{unit}"] for end in ("", "_low", "_high"))
    if pd.isna(value):
        return Cell("–")
    ends = f"{formats.number(low, digits)}–{formats.number(high, digits)}"
    return Cell(formats.number(value, digits), small=ends)
