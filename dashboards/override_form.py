"""A change on top of the forecast: asked for, shown at once, and saved with its author and reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import plotly.graph_objects as go
import streamlit as st

from dashboards import charts, edits, formats, look
from dashboards.filters import Scope
from dashboards.look import Mark
from dashboards.override_effects import Preview, preview
from dashboards.palette import softened
from dashboards.published import Published
from planner.domain.override import Change, Override
from planner.language import _, message
from planner.pipeline.editing import add_override

CARD = "override-form"
CHANGES: dict[Change, str] = {
    "share": message("by a share"),
    "contacts": message("by contacts a day"),
    "exactly": message("exactly, a day"),
}
LABELS: dict[Change, str] = {
    "share": message("Change, % (−10 = a tenth less)"),
    "contacts": message("Contacts a day, each queue (− = fewer)"),
    "exactly": message("Contacts a day, each queue"),
}
WEEK = timedelta(days=6)


@dataclass(frozen=True)
class Asked:
    """What the form holds: the change, and the last day on which a plan may be made with it."""

    override: Override
    expires: date | None

    @property
    def whole(self) -> bool:
        """Whether it can be saved."""
        filled = bool(self.override.author and self.override.reason and self.expires)
        return filled and (self.override.value != 0 or self.override.change == "exactly")


def override_form(plan: Published, scope: Scope) -> None:
    """The form with the preview beside it."""
    left, right = look.pair("override", 5, 8)
    with left, look.card(CARD, _("Change the forecast by hand"), _for_whom(plan, scope), fill=True):
        edits.tell(CARD)
        asked = _ask(plan, scope)
        st.button(
            _("Save this change"),
            key="override-save",
            type="primary",
            disabled=not asked.whole,
            on_click=edits.write,
            args=(CARD, _("Saved."), lambda: add_override(edits.desk(plan), cells(asked))),
        )
        look.foot(
            _(
                "Saving changes no plan that is published. The base forecast is kept, so that a "
                "change can be withdrawn and judged later."
            )
        )
    with right:
        _preview_card(plan, asked.override)


def _for_whom(plan: Published, scope: Scope) -> str:
    return _("for {words}, as chosen at the top of the page").format(words=scope.words(plan.centre))


def _ask(plan: Published, scope: Scope) -> Asked:
    days = _days(plan)
    change, value = _change()
    with st.container(horizontal=True, gap="small"):
        name = edits.author("override")
        expires = st.date_input(
            _("Used in plans made until"),
            value=max(days[1], edits.today()),
            min_value=edits.today(),
            key="override-expires",
            format="YYYY-MM-DD",
        )
    reason = st.text_input(_("Reason"), key="override-reason", max_chars=200).strip()
    site, language, channel = edits.named(scope)
    asked = Override(
        "asked", *days, change, value, name, reason, site=site, language=language, channel=channel
    )
    return Asked(asked, expires)


def _days(plan: Published) -> tuple[date, date]:
    """First and last day to change; the first alone while the last is not chosen yet."""
    first = max(plan.first_day, min(edits.today(), plan.last_day - WEEK))
    chosen = st.date_input(
        _("Days"),
        value=(first, min(first + WEEK, plan.last_day)),
        min_value=plan.first_day,
        max_value=plan.last_day,
        key="override-days",
        format="YYYY-MM-DD",
    )
    return chosen if isinstance(chosen, tuple) and len(chosen) == 2 else (first, first)


def _change() -> tuple[Change, float]:
    """The kind of change and its value as OVERRIDES has it: a share, or contacts a day."""
    change: Change = st.radio(
        _("Contacts change"),
        list(CHANGES),
        format_func=lambda change: _(CHANGES[change]),
        key="override-change",
        horizontal=True,
    )
    value = st.number_input(
        _(LABELS[change]),
        value=10.0 if change == "share" else 0.0,
        min_value=-100.0 if change == "share" else 0.0 if change == "exactly" else None,
        step=5.0,
        format="%.10g",
        key=f"override-value-{change}",
    )
    return change, value / 100 if change == "share" else value


def cells(asked: Asked) -> dict[str, object]:
    """The row of OVERRIDES that is saved."""
    change = asked.override
    return {
        "site": change.site,
        "language": change.language,
        "channel": change.channel,
        "first_day": change.first_day,
        "last_day": change.last_day,
        "change": change.change,
        "value": change.value,
        "author": change.author,
        "reason": change.reason,
        "expires": asked.expires,
    }


def _preview_card(plan: Published, override: Override) -> None:
    found = preview(plan.folder, plan.plan_id, override)
    about = _(
        "contacts offered a day of the queues it touches; dotted = as planned now, band = 10–90 % after"
    )
    with look.card("override-preview", _("What would it do?"), about, data=found.days, fill=True):
        look.tell(preview_words(found))
        colours = look.palette()
        look.key(
            Mark(_("as planned now"), colours.forecast, "dots"),
            Mark(_("with this change"), colours.forecast, "line"),
            Mark("10–90 %", softened(colours.forecast_rgb, 0.15)),
        )
        charts.show(_figure(found), "override-preview", alt=_("Contacts a day before and after the change"))


def preview_words(found: Preview) -> str:
    """Contacts before and after over the changed days."""
    before, after = found.changed["before"].sum(), found.changed["after"].sum()
    days, queues = (
        formats.counted(len(found.changed), "{n} day", "{n} days"),
        formats.counted(found.queues, "{n} queue", "{n} queues"),
    )
    if found.changed.empty:
        return _("**Nothing**: none of these queues is open on these days.")
    text = _("Over {days} and {queues}, {before} contacts become **{after}**{share}.")
    share = f" ({formats.with_percent(formats.points(after / before - 1))})" if before else ""
    return text.format(
        days=days, queues=queues, before=formats.number(before), after=formats.number(after), share=share
    )


def _figure(found: Preview) -> go.Figure:
    colours, days = look.palette(), found.days
    fig = charts.figure(330, hovermode="x unified", margin={"l": 4, "r": 14, "t": 10, "b": 4})
    charts.band(fig, days["day"], low=days["p10"], high=days["p90"], strength=0.15)
    for name, column, dash in (
        (_("as planned now"), "before", "dot"),
        (_("with this change"), "after", "solid"),
    ):
        pen = {"color": colours.forecast, "width": 1.8, "dash": dash}
        x, y = days["day"], days[column]
        fig.add_scatter(x=x, y=y, mode="lines", line=pen, name=name, hovertemplate="%{y:,.0f}")
    fig.update_yaxes(rangemode="tozero", tickformat=",", nticks=6)
    fig.update_xaxes(tickformat="%a %-d %b", nticks=8, hoverformat="%a %-d %b %Y")
    return fig
