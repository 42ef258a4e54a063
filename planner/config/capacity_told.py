"""Every setting that a capacity plan rests on: its value, unit and meaning, and whether plan.yaml says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date

from pydantic import BaseModel

from planner.config.plan import Plan
from planner.config.schema import PlanFile
from planner.config.yaml_text import tree_of
from planner.domain.capacity import SiteCapacity
from planner.domain.capacity_levers import kind_of

Value = str | float | int | bool | date | None
SAID, USUAL, ASKED, PRICED = "plan.yaml", "default", "command line", "costs"
OF_SITES = ("cost_per_paid_hour", "seats", "remote_share", "shrinkage")
UNSAID: Mapping[str, Value] = {  # what holds where neither every_site nor a site says anything
    "capacity.every_site.roster_efficiency": SiteCapacity.roster_efficiency,
    "capacity.every_site.training_seat": SiteCapacity.training_seat,
}
# a path or its last part: unit, meaning
MEANINGS: Mapping[str, tuple[str, str]] = {
    "capacity.classes": ("", "classes already decided"),
    "capacity.freezes": ("", "times in which no class begins"),
    "capacity.leave": ("", "seasons with a leave of their own"),
    "capacity.cross_training": ("", "courses that add a language"),
    "capacity.sites": ("", "sites that differ from every_site"),
    "weeks": ("weeks", "weeks planned, or that a lever concerns"),
    "level": ("", "level of the day that the plan covers"),
    "week": ("week", "from this week on contact; 1 = the first"),
    "aht_multiple": ("multiple", "AHT of that of someone experienced"),
    "availability": ("share", "share of the paid hour that is available"),
    "per_month": ("share", "share of people who leave in a month"),
    "early_per_month": (
        "share",
        "share who leave in a month in the first weeks after hiring; blank = per_month",
    ),
    "early_weeks": ("weeks", "weeks after hiring in which early_per_month holds"),
    "contract": ("", "contract of those hired"),
    "class_least": ("people", "fewest people in a class"),
    "class_most": ("people", "most people in a class"),
    "lead_weeks": ("weeks", "from the decision to the first day of class"),
    "training_weeks": ("weeks", "in class or course, without work on contact"),
    "cost": ("currency", "for each person hired or taught, without wages"),
    "class_cost": ("currency", "for each class"),
    "term_weeks": ("weeks", "on contact until they leave again; blank = permanent"),
    "classrooms": ("classes", "classes in training at the same time; blank = no limit"),
    "roster_efficiency": ("share", "what is left of paid hours once shifts have fitted the day"),
    "present_share": (
        "share",
        "of people on contact, those at their desks in the busiest interval; blank = from the need",
    ),
    "training_seat": ("seats", "seats that someone in training takes"),
    "most_a_week": ("people", "most people who begin the course in a week"),
    "most_share": ("share", "most overtime of hours worked; most leave of paid time in a lever"),
    "premium": ("share", "on top of the paid hour"),
    "shortage_hours": ("h", "paid hours that an hour short weighs as much as"),
    "full_time_h": ("h", "weekly hours of a full-time equivalent; blank = the longest contract"),
    "share": ("share", "paid time that is leave in the season"),
    "points_per_month": ("share", "change of the share of people who leave in a month"),
    "change": ("share", "change of contacts"),
    "classes": ("classes", "classes more at each site"),
    "people": ("people", "people of a class already decided"),
    "first_day": ("day", "first day"),
    "last_day": ("day", "last day"),
    "weekly_hours": ("h", "contract hours a week"),
    "cost_per_paid_hour": ("currency", "cost of a paid hour"),
    "seats": ("seats", "seats of the site; blank = no limit"),
    "remote_share": ("share", "people who work from home"),
    "planned": ("share", "paid time in leave, training, coaching and meetings"),
    "unplanned": ("share", "paid time in sickness and lateness"),
    "planned_away": ("share", "of planned, leave: paid time away from the site"),
    "planned_by_month": ("factor", "planned of each month, January first"),
    "planned_by_weekday": ("factor", "planned of each weekday, Monday first"),
    "unplanned_by_weekday": ("factor", "unplanned of each weekday, Monday first"),
    "paths": ("paths", "forecast paths that chances are counted over"),
    "seed": ("", "seed of everything drawn"),
    "currency": ("", "currency of all costs"),
    "sites": ("", "sites meant; none named = every site"),
    "name": ("", "the planner's own name for it"),
    "kind": ("", "kind of lever, or of hiring"),
}


@dataclass(frozen=True)
class Setting:
    """One setting in force: dotted path, value, and where it is set."""

    path: str
    value: Value
    set_in: str

    @property
    def unit(self) -> str:
        """Its unit; blank for names."""
        return self._told[0]

    @property
    def meaning(self) -> str:
        """What it means; blank where its name says it."""
        return self._told[1]

    @property
    def _told(self) -> tuple[str, str]:
        name = next(part for part in reversed(self.path.split(".")) if not part.isdigit())
        return MEANINGS.get(self.path, MEANINGS.get(name, ("", "")))


def told(plan: Plan, asked: Mapping[str, Value]) -> list[Setting]:
    """The settings of the capacity section and of what it rests on, in the order of plan.yaml.

    `asked` are the values of the capacity section in force; where plan.yaml says otherwise, the command
    line asked for them.
    """
    written = PlanFile.model_validate(tree_of(plan.text, file="plan.yaml", what="a plan", starts="name:"))
    found = [
        *_leaves(written.currency, "currency", "currency" in written.model_fields_set),
        *_leaves(written.seed, "seed", "seed" in written.model_fields_set),
        *_leaves(written.settings.paths, "settings.paths", "paths" in written.settings.model_fields_set),
        *_leaves(written.costs, "costs", "costs" in written.model_fields_set),
        *(_priced(each, plan) for each in _of_sites(written)),
    ]
    for name, contract in written.contracts.items():
        found += _leaves(contract.weekly_hours, f"contracts.{name}.weekly_hours", said=True)
    found += [_in_force(each, asked) for each in _leaves(written.capacity, "capacity", said=True)]
    if written.capacity.levers is None:
        found = [each for each in found if each.path != "capacity.levers"] + list(_usual_levers(plan))
    return found


def _of_sites(written: PlanFile) -> Iterator[Setting]:
    for code, site in written.sites.items():
        for name in OF_SITES:
            yield from _leaves(getattr(site, name), f"sites.{code}.{name}", name in site.model_fields_set)


def _priced(setting: Setting, plan: Plan) -> Setting:
    """The cost of an hour as it is in force: `costs` may say it in parts."""
    _, code, name = setting.path.split(".")[:3]
    hour = plan.centre.sites[code].cost_per_paid_hour
    if name == "cost_per_paid_hour" and setting.value != hour:
        return Setting(setting.path, hour, PRICED)
    return setting


def _leaves(value: object, path: str, said: bool) -> Iterator[Setting]:
    """Every single value under a path; `said`: plan.yaml holds what stands above it."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _leaves(
                getattr(value, name), f"{path}.{name}", said and name in value.model_fields_set
            )
    elif isinstance(value, dict) and value:
        for name, each in value.items():
            yield from _leaves(each, f"{path}.{name}", said)
    elif isinstance(value, list | tuple) and any(isinstance(each, BaseModel) for each in value):
        for number, each in enumerate(value):
            yield from _leaves(each, f"{path}.{number}", said)
    else:
        yield Setting(path, _single(value), SAID if said else USUAL)


def _single(value: object) -> Value:
    if isinstance(value, dict | list | tuple):
        return ", ".join(map(str, value)) or "none"
    return value if isinstance(value, str | float | int | bool | date) else None


def _in_force(setting: Setting, asked: Mapping[str, Value]) -> Setting:
    name = setting.path.removeprefix("capacity.")
    if name in asked and asked[name] != setting.value:
        return Setting(setting.path, asked[name], ASKED)
    if setting.value is None and setting.path in UNSAID:
        return Setting(setting.path, UNSAID[setting.path], USUAL)
    return setting


def _usual_levers(plan: Plan) -> Iterator[Setting]:
    for number, lever in enumerate(plan.capacity.levers):
        path = f"capacity.levers.{number}"
        yield Setting(f"{path}.kind", kind_of(lever), USUAL)
        for each in fields(lever):
            value = getattr(lever, each.name)
            if value not in ("", ()):
                yield Setting(f"{path}.{each.name}", _single(value), USUAL)
