"""Planning: can we staff the peak?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from dashboards import charts, filters, formats, look
from dashboards.hiring_book import book_button
from dashboards.hiring_cards import classes_card, risk_card
from dashboards.hiring_chart import drawing, mark_day, marks
from dashboards.hiring_levers import levers_card
from dashboards.hiring_money import cost_card, headcount_card
from dashboards.hiring_need import channels_card, seats_card
from dashboards.hiring_weeks import Asked, HiringPlan, by_week, part_of
from dashboards.hiring_words import Names, answer, strip
from dashboards.languages import both_names
from dashboards.published import STALE, Published
from planner.domain.capacity_tables import LEVELS
from planner.language import _, message
from planner.pipeline.capacity_plans import CapacityPlan, capacity_named, capacity_plans
from planner.store import PlanInfo, Store

QUESTION = message("Can we staff the peak?")
NO_PLAN = (
    message("No capacity plan yet"),
    message("Hiring is planned months ahead, by a command of its own; this store has no such plan."),
    message("Say in plan.yaml how you hire (capacity:), then: planner capacity STORE"),
)


def page(plan: Published) -> None:
    """Need against supply by week, the classes under it, risk, levers, cost, seats and headcount."""
    store = Store(Path(plan.folder))
    infos = capacity_plans(store)
    if not infos:
        look.empty_page("hiring", QUESTION, origin=plan.origin(), state=NO_PLAN)
        return
    names = Names(plan.centre)
    with look.head("hiring", QUESTION):
        capacity = capacity_named(store, _which(infos))
        asked = _asked(capacity, names, plan.history_end)
    shown = part_of(capacity.tables, asked, capacity.facts)
    where = names.site(asked.site) if asked.site else _("all sites")
    what = both_names(asked.language) if asked.language else _("all languages")
    look.about(f"{where} · {what} · {_period(shown)}", origin(capacity, newest=infos[0].plan_id))
    look.say(answer(shown, names))
    look.figures(*strip(shown, names))
    book_button(capacity)
    _weeks_card(shown, names, asked.language)
    _cards(shown, names)


def _cards(shown: HiringPlan, names: Names) -> None:
    left, right = look.pair("hiring", 1, 1)
    with left:
        classes_card(shown, names)
    with right:
        risk_card(shown, names)
    levers_card(shown, names)
    left, right = look.pair("hiring-need", 1, 1)
    with left:
        channels_card(shown)
    with right:
        seats_card(shown, names)
    cost_card(shown, names)
    headcount_card(shown)


def _which(infos: Sequence[PlanInfo]) -> str:
    """The capacity plan to show, the newest unless another is chosen."""
    made = {info.plan_id: info.made_at for info in infos}
    chosen = filters.choose(
        "capacity", list(made), show=lambda name: f"{formats.short_day(made[name])}, {made[name]:%H:%M} UTC"
    )
    return chosen or infos[0].plan_id


def _asked(capacity: CapacityPlan, names: Names, history_end: date) -> Asked:
    """Site and language, among those of the capacity plan, and the level of the day."""
    supply = capacity.tables["CAPACITY"]
    sites = list(dict.fromkeys(supply["site"].astype(str)))
    site = filters.choose("site", sites, every=_("All sites"), show=names.site)
    here = supply if site is None else supply[supply["site"] == site]
    spoken = sorted(here["language"].astype(str).unique())
    language = filters.choose("language", spoken, every=_("All languages"), show=both_names)
    planned = str(capacity.facts["level"])
    level = filters.choose("level", LEVELS, default=planned, show=str.upper) or planned
    told = pd.Timestamp(capacity.facts.get("as_of", capacity.facts["first_monday"]))
    return Asked(site, language, level, max(told, pd.Timestamp(history_end)))


def _period(shown: HiringPlan) -> str:
    weeks = shown.supply["week"]
    last = weeks.max() + pd.Timedelta(days=6)
    return " · ".join(
        [
            f"{formats.day_and_year(weeks.min())} – {formats.day_and_year(last)}",
            formats.counted(int(weeks.nunique()), "{n} week", "{n} weeks"),
            _("all channels, planned for days as busy as the {day} day").format(
                day=formats.with_percent(shown.planned[1:])
            ),
            ""
            if shown.level == shown.planned
            else _("held against the {day} day").format(day=formats.with_percent(shown.level[1:])),
        ]
    ).removesuffix(" · ")


def origin(capacity: CapacityPlan, *, newest: str) -> str:
    """Which capacity plan this is, when it was made, and whether there is a newer one or more history."""
    moment = f"{formats.long_day(capacity.made_at)}, {capacity.made_at:%H:%M} UTC"
    parts = [
        str(capacity.facts["name"]),
        _("capacity plan {name}, made {moment}").format(name=capacity.plan_id, moment=moment),
        _("synthetic sample: every row is invented") if capacity.facts.get("synthetic") else "",
        _(STALE) if capacity.grown else "",
        "" if capacity.plan_id == newest else _("a newer capacity plan is published"),
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
        mark_day(figure, shown.as_of, weeks)
        charts.show(figure, "hiring-weeks", alt=_("Need and supply by week, and the classes under them"))
        look.foot(_foot(shown, language))


def _foot(shown: HiringPlan, language: str | None) -> str:
    said = [_("Short is counted by site and language: one’s spare hours do not serve another.")]
    if language is not None:
        said.append(_("People of several languages are counted whole; the plan may use them elsewhere."))
    if len(shown.classes):
        said.append(_("Below: people who begin, hatched = in training, thin line = from the day to decide."))
    return " ".join(said)
