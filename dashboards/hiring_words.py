"""What the page of hiring says: the answer in sentences, the strip, and names of sites and skills."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboards import formats
from dashboards.hiring_weeks import (
    LEAST_H,
    HiringPlan,
    gap,
    overdue,
    paid,
    people_by_week,
    risks,
    to_decide,
    too_late,
)
from dashboards.languages import english_name
from dashboards.look import Figure
from planner.domain.centre import Centre
from planner.language import _, ngettext


@dataclass(frozen=True)
class Names:
    """Names of the centre's sites; a site that the shown plan does not know keeps its code."""

    centre: Centre

    def site(self, code: str) -> str:
        """The site's name."""
        return self.centre.sites[code].name if code in self.centre.sites else code

    def place(self, site: str, language: str) -> str:
        """A language where it is served, in a sentence."""
        return _("{language} in {site}").format(language=english_name(language), site=self.site(site))

    def who(self, site: str, skills: str) -> str:
        """People of a set of skills, in a sentence."""
        return self.place(site, skills) if ";" not in skills else f"{skills_name(skills)}, {self.site(site)}"


def thousand(amount: float, *, of: float) -> str:
    """Money in thousands; to the tenth where the sum it is part `of` is below a million.

    >>> thousand(6_300.0, of=14_140_000.0), thousand(6_300.0, of=520_000.0)
    ('6', '6.3')
    """
    return formats.number(amount / 1000, 0 if of >= 1e6 else 1)


def skills_name(skills: str) -> str:
    """English + Spanish, of en;es."""
    return " + ".join(english_name(tag) for tag in skills.split(";"))


def answer(plan: HiringPlan, names: Names) -> str:
    """People now and at most, what is short, the first class to decide, and the weakest chance."""
    people = people_by_week(plan)
    if people.empty:
        return _("Nobody works here and nobody is to be hired.")
    said = [
        _people(people),
        _short(plan, names),
        _no_longer(plan, names),
        _overdue(plan, names),
        _first_class(plan, names),
        _weakest(plan, names),
    ]
    return " ".join(filter(None, said))


def _people(people: pd.Series) -> str:
    now, most, end = people.iloc[0], people.max(), people.iloc[-1]
    if round(most) <= round(now):
        text = _("**{now} people now, {end} at the end** of the {n} weeks.")
    else:
        text = _("**{now} people now, {most} in the week of {when}.**")
    return text.format(
        now=formats.number(now),
        most=formats.number(most),
        end=formats.number(end),
        when=formats.short_day(people.idxmax()),
        n=len(people),
    )


def _short(plan: HiringPlan, names: Names) -> str:
    day = formats.with_percent(plan.level[1:])
    rows = plan.supply[plan.supply["short_h"] >= LEAST_H]
    if rows.empty:
        return _("No hour is short on days as busy as the {day} day.").format(day=day)
    worst = rows.loc[rows["short_h"].idxmax()]
    return _(
        "!!{hours} h are short!! on days as busy as the {day} day, most {place} in the week of {when} "
        "({most} h)."
    ).format(
        hours=formats.number(rows["short_h"].sum()),
        day=day,
        place=names.place(str(worst["site"]), str(worst["language"])),
        when=formats.short_day(worst["week"]),
        most=formats.number(worst["short_h"]),
    )


def _no_longer(plan: HiringPlan, names: Names) -> str:
    """Weeks short for which it is too late to hire, with the day on which it was not."""
    late = too_late(plan)
    if late.empty:
        return ""
    first = late.loc[late["short_h"].idxmax()]
    return _(
        "Hiring can no longer help {place} in the week of {when}: a class should have been decided by {day}."
    ).format(
        place=names.place(str(first["site"]), str(first["language"])),
        when=formats.short_day(first["week"]),
        day=formats.day(first["decide_by"]),
    )


def _overdue(plan: HiringPlan, names: Names) -> str:
    """Classes of the plan whose day to decide is over."""
    rows = overdue(plan)
    if rows.empty:
        return ""
    first, people = rows.iloc[0], int(rows["people"].sum())
    text = ngettext(
        "!!{n} person should have been decided already!!, the first for {who} by {day}.",
        "!!{n} people should have been decided already!!, the first for {who} by {day}.",
        people,
    )
    return text.format(
        n=formats.number(people),
        who=names.who(str(first["site"]), str(first["skills"])),
        day=formats.day(first["decide_by"]),
    )


def _first_class(plan: HiringPlan, names: Names) -> str:
    ahead = to_decide(plan.classes)
    ahead = ahead[ahead["decide_by"] >= plan.as_of]
    if ahead.empty:
        return _("No class is left to decide.") if overdue(plan).empty else ""
    first = ahead.iloc[0]
    people = int(first["people"])
    text = ngettext(
        "Decide first, **by {day}**: {n} person for {who}, on contact from {contact}.",
        "Decide first, **by {day}**: {n} people for {who}, on contact from {contact}.",
        people,
    )
    return text.format(
        day=formats.day(first["decide_by"]),
        n=formats.number(people),
        who=names.who(str(first["site"]), str(first["skills"])),
        contact=formats.short_day(first["on_contact"]),
    )


def _weakest(plan: HiringPlan, names: Names) -> str:
    rows = risks(plan.supply)
    if rows.empty:
        return ""
    worst = rows.iloc[0]
    return _("The weakest week is that of {when}, {place}: chance {chance}.").format(
        when=formats.short_day(worst["week"]),
        place=names.place(str(worst["site"]), str(worst["language"])),
        chance=formats.chance(worst["chance"]),
    )


def strip(plan: HiringPlan, names: Names) -> list[Figure]:
    """People, hires, hours short, cost with its bound, and the weakest chance."""
    return [
        _people_figure(plan),
        _hires_figure(plan),
        _short_figure(plan),
        _cost_figure(plan),
        _chance_figure(plan, names),
    ]


def _people_figure(plan: HiringPlan) -> Figure:
    people = people_by_week(plan)
    against = ""
    if len(people):
        against = _("{most} at the most, week of {when}; {end} at the end").format(
            most=formats.number(people.max()),
            when=formats.short_day(people.idxmax()),
            end=formats.number(people.iloc[-1]),
        )
    return Figure(_("People now"), formats.number(people.iloc[0] if len(people) else None), against)


def _hires_figure(plan: HiringPlan) -> Figure:
    classes, decided = int(plan.classes["classes"].sum()), plan.classes["decided"].astype(bool)
    counted = formats.counted(classes, "{n} class", "{n} classes")
    against = _("{classes}, {decided} of them decided; {left} people leave").format(
        classes=counted,
        decided=formats.number(plan.classes.loc[decided, "classes"].sum()),
        left=formats.number(plan.heads["left"].sum()),
    )
    return Figure(_("To hire"), formats.number(plan.classes["people"].sum()), against)


def _short_figure(plan: HiringPlan) -> Figure:
    short, need = (float(plan.supply[name].sum()) for name in ("short_h", f"need_{plan.level}_h"))
    name = _("Hours short, {day} day").format(day=formats.with_percent(plan.level[1:]))
    against = _("of {need} h needed: {share}").format(
        need=formats.number(need), share=formats.percent(short / need if need else None, 2)
    )
    return Figure(name, f"{formats.number(short)}{formats.NO_BREAK}h", against, bad=short >= LEAST_H)


def _cost_figure(plan: HiringPlan) -> Figure:
    name = _("Cost of {n} weeks, thousand {currency}")
    name = name.format(n=plan.supply["week"].nunique(), currency=plan.currency)
    against = _("whole sites; with hours short priced at most {gap} above the least possible").format(
        gap=formats.percent(gap(plan.cost), 2)
    )
    spent = float(paid(plan.cost).sum())
    return Figure(name, thousand(spent, of=spent), against)


def _chance_figure(plan: HiringPlan, names: Names) -> Figure:
    rows, name = risks(plan.supply), _("Weakest week, chance")
    if rows.empty:
        return Figure(name, formats.MISSING, _("not known: no forecast paths"))
    worst = rows.iloc[0]
    place = names.place(str(worst["site"]), str(worst["language"]))
    against = f"{place}, {formats.short_day(worst['week'])}"
    return Figure(name, formats.chance(worst["chance"]), against, bad=bool(worst["chance"] < 0.5))
