"""What a site's law asks, rule by rule, as a planner would say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.domain.centre import Site
from planner.domain.labour_rules import LabourRules

NOT_ASKED = "no limit"
BY_CONTRACT = "by contract"


def asked_by(site: Site) -> Mapping[str, str]:
    """The number behind each rule at a site, by the rule's name; rules without one are not in it."""
    law = site.labour
    return {
        "daily rest": f"{law.daily_rest_h:g} h",
        "weekly rest": f"{law.weekly_rest_h:g} h",
        "longest day": f"{law.day_max_h:g} h",
        "longest week": f"{law.week_max_h:g} h",
        "average week": _average(law),
        "consecutive days": f"{law.consecutive_days_max} days",
        "pauses": f"{law.break_min} min before {law.break_after_h:g} h",
        "pauses in all": "; ".join(f"{due.minutes} min over {due.over_h:g} h" for due in law.pauses_due)
        or NOT_ASKED,
        "breaks apart": "–".join(map(str, law.breaks_apart_min)) + " min"
        if law.breaks_apart_min
        else NOT_ASKED,
        "longest night": NOT_ASKED if law.night_max_h is None else f"{law.night_max_h:g} h",
        "nights in a row": NOT_ASKED if law.nights_in_a_row_max is None else f"{law.nights_in_a_row_max}",
        "nights": NOT_ASKED if law.nights_max is None else str(law.nights_max),
        "free weekends": NOT_ASKED if law.free_weekends is None else str(law.free_weekends),
        "free Sundays": NOT_ASKED if law.free_sundays is None else str(law.free_sundays),
        "seats": NOT_ASKED if site.seats is None else f"{site.seats} seats",
        "contract hours": BY_CONTRACT,
        "shift patterns": BY_CONTRACT,
        "shift starts": BY_CONTRACT,
        "skills": "by agent",
        "availability": "by agent",
        "opening hours": "by weekday",
        "one shift a day": "1",
        "locked shifts": "where locked",
        "meal window": "by shift pattern",
    }


def _average(law: LabourRules) -> str:
    if law.average_week_h is None:
        return NOT_ASKED
    return f"{law.average_week_h:g} h over {law.reference_weeks} weeks"


def asked_words(sites: Iterable[Site], rule: str) -> str:
    """What the sites ask of a rule; each value once, and how many sites have none.

    A rule that is newer than this list says nothing.
    """
    said = [asked_by(site).get(rule, "") for site in sites]
    different = list(dict.fromkeys(said))
    if len(different) <= 3:
        return " / ".join(word for word in different if word)
    return f"{len(different)} values, by site"
