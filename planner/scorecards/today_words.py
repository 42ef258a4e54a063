"""The words of today's list: what it is about, what was seen, and what to do, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from planner.language import _, message, ngettext
from planner.language.channels import channel as channel_name
from planner.language.days import week
from planner.language.numbers import chance, number, percent
from planner.language.words import named_language
from planner.scorecards.agents import FEWEST
from planner.scorecards.control_limits import BEYOND
from planner.scorecards.rollups import ALL

Row = Mapping[str, Any]
KINDS = {
    "compliance": message("Compliance errors"),
    "auto_fail": message("Auto-fails"),
    "dispute": message("Open disputes"),
    "signal": message("Out of control"),
    "coach": message("Coaching"),
    "calibration": message("Overdue calibrations"),
    "sampling": message("Samples behind"),
}
MEASURES = {
    "quality_score": message("Quality score"),
    "critical_accuracy_customer": message("Customer-critical accuracy"),
    "critical_accuracy_business": message("Business-critical accuracy"),
    "critical_accuracy_compliance": message("Compliance-critical accuracy"),
    "fcr_repeat_7d": message("No repeat in 7 days"),
    "fcr_no_escalation": message("No escalation"),
    "csat": message("Satisfied customers"),
}


def subject(row: Row) -> str:
    """Whom or what the matter is about, with its queue."""
    name = row.get("name")
    who = str(name) if isinstance(name, str) and name else _subject(row)
    return " · ".join(part for part in (who, queue(row)) if part)


def _subject(row: Row) -> str:
    if row["kind"] == "signal":
        return _(MEASURES.get(str(row["subject"]), str(row["subject"])))
    return "" if row["subject"] == ALL else str(row["subject"])


def queue(row: Row) -> str:
    """Language and channel, where the matter has them."""
    parts = []
    if isinstance(row["language"], str) and row["language"] != ALL:
        parts.append(named_language(row["language"]) or row["language"])
    if isinstance(row["channel"], str) and row["channel"] != ALL:
        parts.append(channel_name(row["channel"]))
    return ", ".join(parts)


def seen(row: Row) -> str:
    """What was seen, with its numbers."""
    return SEEN[str(row["kind"])](row)


def advice(row: Row) -> str:
    """What to do about it."""
    return _(ADVICE[str(row["kind"])])


def _error(row: Row) -> str:
    items = str(row["detail"]).replace(";", ", ")
    text = _("{items} failed; {raw} of 100 before it counts; evaluation {id}")
    return text.format(items=items, raw=number(row["value"] * 100), id=row["reference"])


def _dispute(row: Row) -> str:
    days = int(row["value"])
    open_for = ngettext("open for {n} day", "open for {n} days", days).format(n=number(days))
    what = row["detail"] if isinstance(row["detail"], str) else _("the whole evaluation")
    return _("{what}, {open_for}; evaluation {id}").format(what=what, open_for=open_for, id=row["reference"])


def _signal(row: Row) -> str:
    why = _("beyond the limits") if row["detail"] == BEYOND else _("eight weeks on one side of the mean")
    text = _("{value} in {week}, usually {low} to {high}: {why}; n = {n}")
    return text.format(
        value=percent(row["value"]),
        week=week(pd.Timestamp(row["reference"]).date()),
        low=percent(row["low"]),
        high=percent(row["high"]),
        why=why,
        n=number(row["n"]),
    )


def _coach(row: Row) -> str:
    count, item = int(row["n"]), row["detail"]
    spread = _("{low} to {high} of 100").format(low=number(row["low"] * 100), high=number(row["high"] * 100))
    expected = _("expected {mean}, {spread}").format(mean=number(row["value"] * 100, 1), spread=spread)
    parts = [
        expected if count >= FEWEST else spread,
        _("target {target}").format(target=number(row["target"] * 100)),
        _("chance below it {chance}").format(chance=chance(row["chance"])),
        ngettext("{n} evaluation", "{n} evaluations", count).format(n=number(count)),
    ]
    if isinstance(item, str):
        parts.append(_("weakest: {item}").format(item=item))
    return "; ".join(parts)


def _calibration(row: Row) -> str:
    if pd.isna(row["value"]):
        return _("never calibrated; {n} evaluations in four weeks").format(n=number(row["n"]))
    text = _("last calibrated {days} days ago, asked every {asked}; {n} evaluations in four weeks")
    return text.format(days=number(row["value"]), asked=number(row["target"]), n=number(row["n"]))


def _sampling(row: Row) -> str:
    text = _("{done} of {asked} evaluations of the month, {due} due; {hours} h left")
    told = text.format(
        done=number(row["value"]),
        asked=number(row["n"]),
        due=number(row["target"]),
        hours=number(row["high"], 1),
    )
    return (
        told
        if row["value"] < FEWEST
        else told + _("; mean known to ± {width}").format(width=number(row["low"], 1))
    )


SEEN: dict[str, Callable[[Row], str]] = {
    "compliance": _error,
    "auto_fail": _error,
    "dispute": _dispute,
    "signal": _signal,
    "coach": _coach,
    "calibration": _calibration,
    "sampling": _sampling,
}
ADVICE = {
    "compliance": message("hear the contact today, talk to the agent, tell compliance"),
    "auto_fail": message("hear the contact, talk to the agent this week"),
    "dispute": message("decide it, the oldest first"),
    "signal": message("look for one cause: form, rater, process, campaign"),
    "coach": message("coach the weakest item, score ten more afterwards"),
    "calibration": message("put into the next session"),
    "sampling": message("score the contacts drawn for it"),
}
