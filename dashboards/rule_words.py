"""What a site's law asks, rule by rule, as a planner would say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dashboards import formats
from planner.domain.centre import Site
from planner.domain.labour_rules import LabourRules
from planner.language import _, message

NOT_ASKED = message("no limit")


def asked_by(site: Site) -> Mapping[str, str]:
    """The number behind each rule at a site, by the rule's name; rules without one are not in it."""
    return _rest_and_days(site.labour) | _breaks(site.labour) | _nights(site.labour) | _others(site)


def _hours(hours: float) -> str:
    return f"{formats.exact(hours)} h"


def _rest_and_days(law: LabourRules) -> dict[str, str]:
    return {
        "daily rest": _hours(law.daily_rest_h),
        "weekly rest": _hours(law.weekly_rest_h),
        "longest day": _hours(law.day_max_h),
        "longest week": _hours(law.week_max_h),
        "average week": _average(law),
        "consecutive days": formats.counted(law.consecutive_days_max, "{n} day", "{n} days"),
    }


def _breaks(law: LabourRules) -> dict[str, str]:
    before, over = _("{minutes} min before {hours} h"), _("{minutes} min over {hours} h")
    due = [over.format(minutes=one.minutes, hours=formats.exact(one.over_h)) for one in law.pauses_due]
    apart = "–".join(map(str, law.breaks_apart_min or ()))
    return {
        "pauses": before.format(minutes=law.break_min, hours=formats.exact(law.break_after_h)),
        "pauses in all": "; ".join(due) or _(NOT_ASKED),
        "breaks apart": f"{apart} min" if apart else _(NOT_ASKED),
    }


def _nights(law: LabourRules) -> dict[str, str]:
    return {
        "longest night": _(NOT_ASKED) if law.night_max_h is None else _hours(law.night_max_h),
        "nights in a row": _limit(law.nights_in_a_row_max),
        "nights": _limit(law.nights_max),
        "free weekends": _limit(law.free_weekends),
        "free Sundays": _limit(law.free_sundays),
    }


def _limit(most: object | None) -> str:
    return _(NOT_ASKED) if most is None else str(most)


def _others(site: Site) -> dict[str, str]:
    seats = site.seats
    return {
        "seats": _(NOT_ASKED) if seats is None else formats.counted(seats, "{n} seat", "{n} seats"),
        "contract hours": _("by contract"),
        "shift patterns": _("by contract"),
        "shift starts": _("by contract"),
        "skills": _("by agent"),
        "availability": _("by agent"),
        "opening hours": _("by weekday"),
        "one shift a day": "1",
        "locked shifts": _("where locked"),
        "meal window": _("by shift pattern"),
    }


def _average(law: LabourRules) -> str:
    if law.average_week_h is None:
        return _(NOT_ASKED)
    text = _("{hours} h over {n} weeks")
    return text.format(hours=formats.exact(law.average_week_h), n=law.reference_weeks)


def asked_words(sites: Iterable[Site], rule: str) -> str:
    """What the sites ask of a rule; each value once, and how many sites have none.

    A rule that is newer than this list says nothing.
    """
    said = [asked_by(site).get(rule, "") for site in sites]
    different = list(dict.fromkeys(said))
    if len(different) <= 3:
        return " / ".join(word for word in different if word)
    return _("{n} values, by site").format(n=len(different))
