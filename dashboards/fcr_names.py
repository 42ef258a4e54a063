"""Definitions of first-contact resolution as the pages name them; each with what it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.language import _, message


@dataclass(frozen=True)
class Definition:
    """One definition: its measure, its name, and what it counts, both to be translated."""

    measure: str
    name: str
    words: str
    open: str = ""  # column of RESOLUTION that counts its open windows


REPEAT_WORDS = message(
    "no contact of the same customer about the same reason, on any channel, within {window}"
)
WINDOWS: Mapping[str, str] = {
    "24h": message("24 hours"),
    "72h": message("72 hours"),
    "7d": message("7 days"),
    "30d": message("30 days"),
}
OTHERS = (
    Definition(
        "fcr_survey", message("Customer says resolved"), message("yes / answers to the survey's question")
    ),
    Definition(
        "fcr_agent",
        message("Agent says resolved"),
        message("closed as resolved / contacts with a disposition"),
    ),
    Definition(
        "fcr_no_escalation", message("No escalation"), message("not passed on from the first line / answered")
    ),
)
NET, BOT = "_net", "_bot"


def definitions() -> list[Definition]:
    """Every definition in the order of the page: repeats by window, net, what a bot closed, the others."""
    repeats = [
        Definition(
            f"fcr_repeat_{name}",
            _("No repeat in {window}").format(window=_(words)),
            _(REPEAT_WORDS).format(window=_(words)),
            f"open_{name}",
        )
        for name, words in WINDOWS.items()
    ]
    week = _(WINDOWS["7d"])
    net = Definition(
        "fcr_repeat_7d" + NET,
        _("No repeat in {window}, net").format(window=week),
        _("the same, only reasons the first line can resolve"),
    )
    bot = Definition(
        "fcr_repeat_7d" + BOT,
        _("No repeat in {window}, closed by a bot").format(window=week),
        _("contacts that a bot closed and no contact, with a person or a bot, followed"),
    )
    others = [Definition(each.measure, _(each.name), _(each.words)) for each in OTHERS]
    return [*repeats, net, bot, *others]


def reason_name(reason: str) -> str:
    """A reason family as people read it; its name is data and stays as it is.

    >>> reason_name("where_is_my_order")
    'Where is my order'
    """
    if reason == "unknown":
        return _("Unknown reason")
    words = reason.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
