"""Planning: can we staff the peak?"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from dashboards import charts, filters, formats, look
from dashboards.hiring_cards import classes_card, cost_card, headcount_card, risk_card
from dashboards.hiring_chart import drawing, marks
from dashboards.hiring_weeks import HiringPlan, by_week, part_of
from dashboards.hiring_words import Names, answer, strip
from dashboards.languages import both_names
from dashboards.published import STALE, Published
from planner.language import _, message
from planner.pipeline.capacity import CapacityPlan, newest_capacity
from planner.store import Store

QUESTION = message("Can we staff the peak?")
NO_PLAN = (
    message("No capacity plan yet"),
    message("Hiring is planned months ahead, by a command of its own; this store has no such plan."),
    message("Say in plan.yaml how you hire (capacity:), then: planner capacity STORE"),
)


def page(plan: Published) -> None:
    """Need against supply by week, the classes under it, risk, cost and headcount."""
    capacity = newest_capacity(Store(Path(plan.folder)))
    if capacity is None:
        look.empty_page("hiring", QUESTION, origin=plan.origin(), state=NO_PLAN)
        return
    names = Names(plan.centre)
    with look.head("hiring", QUESTION):
        site, language = _choices(capacity.tables["CAPACITY"], names)
    shown = part_of(
        capacity.tables,
        site=site,
        language=language,
        level=str(capacity.facts["level"]),
        currency=str(capacity.facts["currency"]),
    )
    where = names.site(site) if site else _("all sites")
    what = both_names(language) if language else _("all languages")
    look.about(f"{where} · {what} · {_period(shown)}", origin(capacity))
    look.say(answer(shown, names))
    look.figures(*strip(shown, names))
    _weeks_card(shown, names, language)
    left, right = look.pair("hiring", 1, 1)
    with left:
        classes_card(shown, names)
    with right:
        risk_card(shown, names)
    cost_card(shown, names)
    headcount_card(shown)


def _choices(supply: pd.DataFrame, names: Names) -> tuple[str | None, str | None]:
    """Site and language, among those of the capacity plan."""
    sites = list(dict.fromkeys(supply["site"].astype(str)))
    site = filters.choose("site", sites, every=_("All sites"), show=names.site)
    here = supply if site is None else supply[supply["site"] == site]
    spoken = sorted(here["language"].astype(str).unique())
    return site, filters.choose("language", spoken, every=_("All languages"), show=both_names)


def _period(shown: HiringPlan) -> str:
    weeks = shown.supply["week"]
    last = weeks.max() + pd.Timedelta(days=6)
    return " · ".join(
        [
            f"{formats.day_and_year(weeks.min())} – {formats.day_and_year(last)}",
            formats.counted(int(weeks.nunique()), "{n} week", "{n} weeks"),
            _("all channels, planned for days as busy as the {day} day").format(
                day=formats.with_percent(shown.level[1:])
            ),
        ]
    )


def origin(capacity: CapacityPlan) -> str:
    """Which capacity plan this is, when it was made, and whether the store knows more since."""
    moment = f"{formats.long_day(capacity.made_at)}, {capacity.made_at:%H:%M} UTC"
    parts = [
        str(capacity.facts["name"]),
        _("capacity plan {name}, made {moment}").format(name=capacity.plan_id, moment=moment),
        _("synthetic sample: every row is invented") if capacity.facts.get("synthetic") else "",
        _(STALE) if capacity.grown else "",
    ]
    return " · ".join(filter(None, parts))


def _weeks_card(shown: HiringPlan, names: Names, language: str | None) -> None:
    weeks = by_week(shown)
    about = _(
        "full-time equivalents a week, of {hours} contract hours; need = paid hours of experienced people, "
        "leave, absence and what shifts lose included"
    ).format(hours=formats.number(shown.fte_h, 1))
    with look.card("hiring-weeks", _("What is needed, and who is there?"), about, data=weeks):
        marks(shown.level)
        figure = drawing(weeks, shown.classes, level=shown.level, names=names)
        charts.show(figure, "hiring-weeks", alt=_("Need and supply by week, and the classes under them"))
        look.foot(_foot(shown, language))


def _foot(shown: HiringPlan, language: str | None) -> str:
    said = [_("Short is counted by site and language: one’s spare hours do not serve another.")]
    if language is not None:
        said.append(_("People of several languages are counted whole; the plan may use them elsewhere."))
    if len(shown.classes):
        said.append(_("Below: people who begin, hatched = in training, thin line = from the day to decide."))
    return " ".join(said)
