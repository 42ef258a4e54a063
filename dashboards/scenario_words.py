"""What the page of scenarios says: measures and groups by name, values with their difference, the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboards import formats
from planner.domain.scenario_tables import WHOLE
from planner.language import _, message, ngettext
from planner.pipeline.scenario_compared import Beside, Headline

GROUP_WORDS = {
    "volume": message("How many contacts?"),
    "work": message("How much work?"),
    "people": message("How many people?"),
    "cost": message("What does it cost?"),
    "service": message("What becomes of service?"),
    "quality": message("First contact resolution and quality"),
    "risk": message("What is at risk?"),
    "ai": message("What does the AI do?"),
}
MEASURE_WORDS = {
    "contacts": message("Contacts"),
    "channel_share": message("Share of contacts"),
    "work": message("Handling time"),
    "aht": message("AHT"),
    "fte_p50": message("FTE needed, usual days (P50)"),
    "fte_p75": message("FTE needed, busy days (P75)"),
    "fte_p90": message("FTE needed, very busy days (P90)"),
    "fte_p50_peak": message("FTE needed in the fullest week, P50"),
    "fte_p75_peak": message("FTE needed in the fullest week, P75"),
    "fte_p90_peak": message("FTE needed in the fullest week, P90"),
    "employed_peak": message("Most people employed"),
    "employed_end": message("People employed at the end"),
    "hired": message("People hired"),
    "left": message("People who leave"),
    "on_ramp_share": message("People on ramp, of those employed"),
    "cost": message("Cost"),
    "cost_wages": message("Wages"),
    "cost_overtime": message("Overtime"),
    "cost_hiring": message("Hiring"),
    "cost_courses": message("Courses"),
    "cost_per_contact": message("Cost of a contact"),
    "short": message("Hours short"),
    "short_share": message("Hours short, of those needed"),
    "chance_worst": message("Weakest week, chance"),
    "weeks_at_risk": message("Language-weeks at risk"),
    "kept_service_level": message("Service level if nobody reacts"),
    "kept_service_level_2": message("Second service level if nobody reacts"),
    "kept_abandonment": message("Abandoned if nobody reacts"),
    "quality_score": message("Quality score"),
    "fcr_repeat_7d": message("First contact resolution"),
    "ai_resolved": message("Resolved by the AI"),
    "ai_escalated": message("Handed on to a person"),
    "ai_bounced": message("Come back to a person"),
    "ai_given_up": message("Give up"),
    "ai_work": message("Work left for people"),
    "ai_fte_freed": message("FTE freed by the AI"),
    "reply_mean": message("First reply, mean"),
    "reply_p50": message("First reply, 50 % come sooner"),
    "reply_p90": message("First reply, 90 % come sooner"),
    "reply_p95": message("First reply, 95 % come sooner"),
    "reply_mean_elapsed": message("First reply by the clock, mean"),
    "reply_in_time": message("First replies in time"),
    "backlog_most": message("Backlog, most"),
    "backlog_end": message("Backlog at the end"),
    "team_busy": message("Team’s occupancy"),
    "move_chance_worst": message("Weakest week while it moves, chance"),
    "move_hired": message("People hired at the new site"),
    "move_free": message("FTE free at the old site"),
    "outage_service_level": message("Service level on the day of the outage"),
    "outage_abandonment": message("Abandoned on the day of the outage"),
}
SERVICE_WORDS = {
    "service_level": message("service level"),
    "service_level_2": message("second service level"),
    "abandonment": message("abandoned"),
}
CHANGED_WORDS = {
    "version": message("the scenario was changed since"),
    "plan": message("the plan’s settings changed since"),
    "weeks": message("it was run over another number of weeks"),
    "history": message("history was imported since"),
}
WORSE_UP = ("weeks_at_risk", "short", "reply_mean", "reply_p", "backlog_", "outage_backlog", "outage_days")
JUDGED = ("service", "risk")  # groups in which a change for the worse is marked
SMALL_SHARE = 0.005  # half a point; less is not called worse
SEVERAL = 12  # letters of a unit that is a noun


def measure_name(measure: str, of: str) -> str:
    """The measure in words, and the part it is of: a channel, a language, a queue."""
    known = MEASURE_WORDS.get(measure)
    name = _(known) if known else formats.capital(measure.replace("_", " "))
    return name if of == WHOLE else f"{name}, {part_name(of)}"


def service_name(measure: str) -> str:
    """A measure of service in words."""
    return _(SERVICE_WORDS.get(measure, measure))


def part_name(of: str) -> str:
    """A channel in words; anything else as it is."""
    return formats.channel_words(of) if re.fullmatch(r"[a-z]+", of) else of


def changed_words(changed: Sequence[str]) -> str:
    """What differs since a run, as a sentence's end; empty for nothing."""
    return "; ".join(_(CHANGED_WORDS[what]) for what in changed)


def shown(value: float, unit: str) -> str:
    """A value in its unit's digits: shares in percent, small numbers with decimals."""
    if unit == "share":
        return formats.percent(value, 1)
    return formats.number(value, _digits(value))


def _digits(value: float) -> int:
    size = abs(value) if value is not None and not pd.isna(value) else 0.0
    if size == round(size):
        return 0
    return 2 if 0 < size < 10 else 1 if 0 < size < 100 else 0


def more(difference: float, relative: float, unit: str) -> str:
    """A difference with its sign, and in percent of the base where that says something."""
    if pd.isna(difference):
        return ""
    if unit == "share" and abs(difference) >= 0.0005:
        return _("{points} points").format(points=formats.points(difference))
    if difference == 0 or unit == "share":
        return _("no difference")
    text = formats.signed(difference, _digits(difference))
    return text if pd.isna(relative) else f"{text} ({_signed_percent(relative)})"


def _signed_percent(relative: float) -> str:
    return formats.with_percent(formats.signed(100 * relative, 1))


def worse(row: Any) -> bool:
    """Whether a row of `measured` on service or risk is worse than the base by more than a trifle."""
    if row.group not in JUDGED or pd.isna(row.difference):
        return False
    up = "abandonment" in row.measure or row.measure.startswith(WORSE_UP)
    by = row.difference if up else -row.difference
    return bool(by >= SMALL_SHARE if row.unit == "share" else by > 0.5)


def unit_words(unit: str) -> str:
    """A unit in the reader's language; a currency as it is."""
    known = {
        "contacts": _("contacts"),
        "people": _("people"),
        "share": _("%"),
        "weeks": _("weeks"),
        "days": _("days"),
    }
    return known.get(unit, unit)


def answer(headlines: Sequence[Headline], pairs: Sequence[Beside]) -> str:
    """The largest difference in people, in cost, in risk and in service, and of which scenario."""
    said = [
        _people(_most([(each.scenario, each.people) for each in headlines]), pairs),
        _cost(_most([(each.scenario, each.cost) for each in headlines]), pairs),
        _risk(_most([(each.scenario, each.risk) for each in headlines]), pairs),
        _service([(each.scenario, each.service) for each in headlines], pairs),
    ]
    return formats.sentence(*said)


def _most(rows: Sequence[tuple[str, Any]]) -> tuple[str, Any] | None:
    """The scenario whose measure differs most from the base; None where no run has it."""
    known = [(name, row) for name, row in rows if row is not None and not pd.isna(row["difference"])]
    return max(known, key=lambda each: abs(each[1]["difference"])) if known else None


def _whose(name: str, pairs: Sequence[Beside]) -> str:
    return " " + _("with {name}").format(name=name) if len(pairs) > 1 else ""


def _people(found: tuple[str, Any] | None, pairs: Sequence[Beside]) -> str:
    if found is None:
        return ""
    name, row = found
    level = formats.with_percent(str(row["measure"]).removeprefix("fte_p"))
    text = _(
        "**{more} FTE more** are needed{whose}: {value}, not {base}, on {level} days, mean of the weeks."
    )
    if row["difference"] < 0:
        text = _(
            "**{more} FTE fewer** are needed{whose}: {value}, not {base}, on {level} days, mean of the weeks."
        )
    if abs(row["difference"]) < 0.05:
        text = _("The same number of people is needed{whose}: {value} FTE on {level} days.")
    return text.format(
        more=formats.number(abs(row["difference"]), 1),
        whose=_whose(name, pairs),
        value=formats.number(row["value"], 1),
        base=formats.number(row["base"], 1),
        level=level,
    )


def _cost(found: tuple[str, Any] | None, pairs: Sequence[Beside]) -> str:
    if found is None:
        return ""
    name, row = found
    text = _("It costs **{amount} more** ({relative}){whose}.")
    if row["difference"] < 0:
        text = _("It costs **{amount} less** ({relative}){whose}.")
    return text.format(
        amount=formats.money(abs(row["difference"]), str(row["unit"])),
        relative=_signed_percent(row["relative"]),
        whose=_whose(name, pairs),
    )


def _risk(found: tuple[str, Any] | None, pairs: Sequence[Beside]) -> str:
    if found is None:
        return ""
    name, row = found
    now, before = int(row["value"]), int(row["base"])
    if now == before:
        return _("As many language-weeks are at risk as planned: {n}.").format(n=formats.number(now))
    text = ngettext(
        "!!{n} language-week is at risk!!{whose}, {base} as planned.",
        "!!{n} language-weeks are at risk!!{whose}, {base} as planned.",
        now,
    )
    if now < before:
        text = text.replace("!!", "")
    return text.format(n=formats.number(now), whose=_whose(name, pairs), base=formats.number(before))


def _service(rows: Sequence[tuple[str, Any]], pairs: Sequence[Beside]) -> str:
    """The share of service that falls most while nobody reacts; nothing where none falls."""
    known = [(name, row) for name, row in rows if row is not None and row["difference"] <= -SMALL_SHARE]
    if not known:
        return ""
    name, row = min(known, key=lambda each: each[1]["difference"])
    text = _("If nobody reacts, the service level of {channel} falls to !!{value}!!{whose}, from {base}.")
    return text.format(
        channel=part_name(str(row["of"])),
        value=formats.percent(row["value"], 0),
        base=formats.percent(row["base"], 0),
        whose=_whose(name, pairs),
    )
