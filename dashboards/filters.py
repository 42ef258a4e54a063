"""Choices by site, language, channel and dates. The URL holds them as plain text and is the truth.

Bad text in the URL is refused in words, and the page shows everything instead.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboards import formats
from dashboards.languages import both_names
from planner.domain.centre import Centre, QueueKey
from planner.language import _, message
from planner.language.words import inside
from planner.scorecards.scope import Scope as Part

REMEMBERED = "chosen"  # what was chosen last, to carry it to the next page
CARRIED = ("plan", "site", "language", "channel", "day")
WIDTHS = {
    "site": 126,
    "language": 158,
    "channel": 138,
    "capacity": 172,
    "level": 84,
    "measure": 150,
    "day": 120,
    "at": 92,
    "view": 88,
    "model": 196,
}
LABELS = {
    "against": message("Against"),
    "at": message("Interval"),
    "capacity": message("Capacity plan"),
    "channel": message("Channel"),
    "day": message("Day"),
    "language": message("Language"),
    "level": message("Level of the day"),
    "measure": message("Measure"),
    "model": message("Model"),
    "people": message("People"),
    "plan": message("Plan"),
    "site": message("Site"),
    "view": message("View"),
    "week": message("Week"),
}  # of others the name itself is the label
WIDTH = 150  # pixels, of the others; five filters fit beside the title at 1440


@dataclass(frozen=True)
class Scope(Part):
    """Which part of the centre a page shows, and how its heading says it."""

    def words(self, centre: Centre) -> str:
        """The scope as a heading says it: Lisbon · Português · voice."""
        site, language, channel = (
            chosen or (only[0] if len(only) == 1 else None)
            for chosen, only in zip(
                (self.site, self.language, self.channel),
                (_distinct(list(centre.queues), n) for n in range(3)),
            )
        )
        return " · ".join(
            [
                centre.sites[site].name if site else _("all sites"),
                both_names(language) if language else _("all languages"),
                formats.channel_words(channel) if channel else _("all channels"),
            ]
        )


def arrive(page: str) -> None:
    """On entering another page, bring along what was chosen on the last one."""
    if st.session_state.get("page") == page:
        return
    came_from = st.session_state.get("page")
    st.session_state["page"] = page
    if came_from is not None:
        for name, value in st.session_state.get(REMEMBERED, {}).items():
            st.query_params.setdefault(name, value)


def choose(
    name: str,
    options: Sequence[str],
    *,
    every: str = "",
    default: str = "",
    show: Callable[[str], str] = str,
) -> str | None:
    """A list to choose one of `options` from, bound to the URL's `name`.

    `every` names the choice of all of them (returned as None) and is the default; without it the
    default is `default` or the first option. An option that is not there is refused in words.
    """
    label = _(LABELS.get(name, name.capitalize()))
    values = ["", *options] if every else list(options)
    if len(options) < 2:
        return options[0] if options and not every else None
    usual = default if default in values else values[0]
    wanted = st.query_params.get(name, usual)
    if wanted not in values:
        shown = show(usual) if usual else every
        note = _("“{wanted}” is not among the choices for {filter}; shown: {shown}.")
        refuse(note.format(wanted=wanted, filter=inside(label), shown=shown))
        wanted = usual
    key = f"choose-{name}"
    st.session_state[key] = wanted
    st.selectbox(
        label,
        values,
        format_func=lambda value: show(value) if value else every,
        key=key,
        label_visibility="visible" if name == "plan" else "collapsed",
        width="stretch" if name == "plan" else WIDTHS.get(name, WIDTH),
        on_change=_to_url,
        args=(name, usual),
    )
    return wanted or None


def _to_url(name: str, default: str) -> None:
    value = st.session_state[f"choose-{name}"]
    if name == "plan":  # another operation: what was chosen of the last one means nothing here
        st.query_params.clear()
        st.session_state[REMEMBERED] = {}
    if name in CARRIED:
        st.session_state[REMEMBERED] = {**st.session_state.get(REMEMBERED, {}), name: value}
    if value == default:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value


def refuse(note: str) -> None:
    """Say that something in the address could not be used."""
    st.html(f'<div class="foot bad">{html.escape(note)}</div>')


def scope(centre: Centre, *, among: Sequence[QueueKey] | None = None, fixed: Sequence[str] = ()) -> Scope:
    """Site, language and channel, each offering only what the choices before it leave.

    `among` are the queues the page knows (default: all of the centre); parts named in `fixed` must be
    chosen, so that they have no "all".
    """
    queues = list(centre.queues if among is None else among)
    site = choose(
        "site",
        _distinct(queues, 0),
        every="" if "site" in fixed else _("All sites"),
        show=lambda code: centre.sites[code].name,
    )
    queues = [key for key in queues if site in (None, key.site)]
    language = choose(
        "language",
        _distinct(queues, 1),
        every="" if "language" in fixed else _("All languages"),
        show=both_names,
    )
    queues = [key for key in queues if language in (None, key.language)]
    channel = choose(
        "channel",
        _distinct(queues, 2),
        every="" if "channel" in fixed else _("All channels"),
        show=formats.channel,
    )
    return Scope(site, language, channel)


def _distinct(queues: Sequence[QueueKey], part: int) -> list[str]:
    return list(dict.fromkeys(key[part] for key in queues))


def one_day(days: Sequence[date]) -> date:
    """One of the days, as ?day=2026-10-06."""
    chosen = choose(
        "day",
        [f"{day:%Y-%m-%d}" for day in days],
        show=lambda text: formats.day(date.fromisoformat(text)),
    )
    return date.fromisoformat(chosen) if chosen else days[0]


def period(first: date, last: date) -> tuple[date, date]:
    """First and last day shown, as ?from=2026-10-05&to=2026-10-18; both inside first..last."""
    begin, end = _day_in_url("from", first), _day_in_url("to", last)
    if not first <= begin <= end <= last:
        note = _("The dates must lie within {days}; all of it is shown.")
        refuse(note.format(days=formats.span(first, last)))
        begin, end = first, last
    if len(st.session_state.get("choose-dates", ())) != 1:  # 1: the reader has picked the first of two days
        st.session_state["choose-dates"] = (begin, end)
    st.date_input(
        _("Dates"),
        min_value=first,
        max_value=last,
        key="choose-dates",
        format="YYYY-MM-DD",
        label_visibility="collapsed",
        width=226,
        on_change=_dates_to_url,
        args=(first, last),
    )
    return begin, end


def _day_in_url(name: str, default: date) -> date:
    text = st.query_params.get(name)
    try:
        return date.fromisoformat(text) if text else default
    except ValueError:
        note = _("“{text}” is no date; write ?{name}={day}.")
        refuse(note.format(text=text, name=name, day=f"{default:%Y-%m-%d}"))
        return default


def _dates_to_url(first: date, last: date) -> None:
    chosen = st.session_state["choose-dates"]
    if len(chosen) != 2:
        return
    for name, day, edge in zip(("from", "to"), chosen, (first, last), strict=True):
        if day == edge:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = f"{day:%Y-%m-%d}"
