"""Planning: what if things go differently? Scenarios side by side with the plan, and one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboards import charts, filters, formats, look, scenario_charts, scenario_job
from dashboards.published import Published
from dashboards.scenario_book import book_button
from dashboards.scenario_form import builder_card
from dashboards.scenario_list import list_card
from dashboards.scenario_runs import (
    base_plan,
    choose,
    full_h,
    measures_of,
    store_of,
    unanswered,
    weeks_of,
)
from dashboards.scenario_steps import steps_cards
from dashboards.scenario_table import measures_card
from dashboards.scenario_words import answer, changed_words, worse
from planner.domain.scenario import BASE
from planner.language import _, message
from planner.pipeline.scenario_builder import LastRun, known_scenarios, last_runs
from planner.pipeline.scenario_compared import Beside, classes_by_month, headline, newest_runs

QUESTION = message("What if things go differently?")
VIEWS = ("compare", "build")
AI_SHARES = ("ai_resolved", "ai_escalated", "ai_bounced", "ai_given_up")


def page(plan: Published) -> None:
    """Chosen scenarios beside the plan; the list of all; the builder."""
    store = store_of(plan)
    known = known_scenarios(store)
    runs = last_runs(store, base_plan(plan))
    with look.head("scenarios", QUESTION):
        view = filters.choose("view", VIEWS, default=VIEWS[0 if runs else 1], show=_view_words)
        names = choose(known, runs) if view == VIEWS[0] else []
    pairs = newest_runs(store, names)
    if pairs:
        _compared(plan, pairs, runs)
        return
    look.about(plan.origin())
    look.say(_nothing_chosen(view, runs))
    scenario_job.job_card(plan.folder)
    if view == VIEWS[1]:
        list_card(plan, known, runs)
        builder_card(plan, known)


def _view_words(view: str) -> str:
    return _("Runs") if view == VIEWS[0] else _("Build")


def _nothing_chosen(view: str | None, runs: Mapping[str, LastRun]) -> str:
    """What to do, where nothing is compared."""
    if not runs:
        return _("No scenario has been run yet: **run one below**, or: planner scenario STORE NAME.")
    if view == VIEWS[0]:
        return _("Choose up to three scenarios above to see them beside the plan.")
    of_scenarios = [run for name, run in runs.items() if name != BASE.name]
    stale = sum(bool(run.changed) for run in of_scenarios)
    ran = formats.counted(len(of_scenarios), "{n} scenario was run", "{n} scenarios were run")
    if not stale:
        return _("{runs}, **all of them up to date** with the plan shown.").format(runs=ran)
    return _("{runs}; !!{n} of them out of date!!, see below why.").format(runs=ran, n=formats.number(stale))


def _compared(plan: Published, pairs: Sequence[Beside], runs: dict[str, LastRun]) -> None:
    """The answer, charts and tables of the chosen scenarios."""
    rows = measures_of(plan.folder, tuple(pairs))
    look.about(*(_line(pair, runs[pair.run.name]) for pair in pairs), plan.origin())
    look.say(answer([headline(rows, pair) for pair in pairs], pairs))
    book_button(plan, pairs)
    _weeks_cards(plan, pairs)
    left, right = look.pair("service", 1, 1)
    with left:
        _service_card(plan, pairs, rows)
        _ai_card(rows)
    with right:
        _people_card(plan, pairs)
    steps_cards(plan, tuple(pairs))
    measures_card(rows, pairs)


def _line(pair: Beside, run: LastRun) -> str:
    """A chosen scenario with its version and run, and what makes that out of date."""
    parts = [
        f"{pair.run.name}: {pair.run.title}",
        _("version {n}").format(n=pair.run.version),
        _("run {day}, {clock} UTC").format(
            day=formats.long_day(pair.run.made_at), clock=f"{pair.run.made_at:%H:%M}"
        ),
        _("{n} weeks").format(n=pair.run.weeks),
        _("out of date: {why}").format(why=changed_words(run.changed)) if run.changed else "",
    ]
    return " · ".join(filter(None, parts))


def _weeks_cards(plan: Published, pairs: Sequence[Beside]) -> None:
    """Contacts, people needed and there, by week."""
    hours = full_h(plan)
    bases = list({pair.base.plan_id: weeks_of(plan.folder, pair.base, hours) for pair in pairs}.values())
    weeks = [(pair.run.name, weeks_of(plan.folder, pair.run, hours)) for pair in pairs]
    names, level = [name for name, _frame in weeks], pairs[0].run.level
    data = pd.concat([frame.assign(scenario=name) for name, frame in [("base", bases[0]), *weeks]])
    about = _("contacts that people handle, a week from Monday; all sites, languages and channels")
    with look.card("scenario-contacts", _("How many contacts come?"), about, data=data):
        scenario_charts.lines_key(names, band=True)
        figure = scenario_charts.lines(bases, weeks, "contacts")
        charts.show(figure, "scenario-contacts", alt=_("Contacts by week, as planned and in each scenario"))
    about = _(
        "FTE of {hours} h a week; needed on days as busy as the {level} day; there = the least-cost plan, "
        "spare people of every site and language together"
    ).format(hours=formats.exact(hours), level=formats.with_percent(level[1:]))
    with look.card("scenario-need", _("Are there enough people?"), about, data=data):
        scenario_charts.need_key(level)
        figure = scenario_charts.need_panels(bases[0], weeks, level=level)
        charts.show(figure, "scenario-need", alt=_("People needed and there by week, in each scenario"))


def _service_card(plan: Published, pairs: Sequence[Beside], rows: pd.DataFrame) -> None:
    """What happens to live service in the hardest week with the people that the base needs."""
    found = pd.concat(
        [unanswered(plan.folder, pair.run).assign(name=pair.run.name) for pair in pairs], ignore_index=True
    )
    kept = rows[rows["measure"].str.startswith("kept_")].assign(
        measure=lambda frame: frame["measure"].str.removeprefix("kept_")
    )
    bad = {(row.scenario, row.of, row.measure): worse(row) for row in kept.itertuples()}
    found["worse"] = [
        bad.get((row.name, row.channel, row.measure), False) for row in found.itertuples(index=False)
    ]
    found = found.sort_values(["channel", "measure", "name"], ignore_index=True)
    weeks = ", ".join(formats.week(week) for week in sorted(found["week"].unique()))
    about = _(
        "the week in which the scenario adds most work ({weeks}), with only the people the base needs; "
        "by contacts; ring = as planned, dot = with the scenario"
    ).format(weeks=weeks)
    question = _("What if nobody reacts?")
    with look.card("scenario-service", question, about, data=found):
        if found.empty:
            look.tell(_("No live channel has a service target."))
            return
        charts.show(scenario_charts.service_dots(found), "scenario-service", alt=question)


def _ai_card(rows: pd.DataFrame) -> None:
    """What the front end does with the contacts it meets; nothing where no scenario has one."""
    shares = rows[rows["measure"].isin(AI_SHARES)].sort_values(["measure", "scenario"], key=_ai_order)
    if shares.empty:
        return
    about = _("share of the contacts that come to its queues, once it holds whole; bar = low to high ability")
    question = _("What does the AI do?")
    with look.card("scenario-ai", question, about, data=shares):
        charts.show(scenario_charts.ai_dots(shares), "scenario-ai", alt=question)


def _ai_order(column: pd.Series) -> pd.Series:
    places = {name: place for place, name in enumerate(AI_SHARES)}
    return column.map(lambda name: f"{places[name]}" if name in places else str(name))


def _people_card(plan: Published, pairs: Sequence[Beside]) -> None:
    """People employed by week, and who is hired when."""
    hours = full_h(plan)
    bases = list({pair.base.plan_id: weeks_of(plan.folder, pair.base, hours) for pair in pairs}.values())
    weeks = [(pair.run.name, weeks_of(plan.folder, pair.run, hours)) for pair in pairs]
    months = _hired(plan, pairs)
    about = _("people employed in the least-cost plan, at the week’s end; classes by the month they begin in")
    with look.card("scenario-people", _("Whom does it take?"), about, data=months):
        scenario_charts.lines_key([name for name, _frame in weeks])
        figure = scenario_charts.lines(bases, weeks, "employed")
        charts.show(figure, "scenario-people", alt=_("People employed by week"))
        _hired_table(months)


def _hired(plan: Published, pairs: Sequence[Beside]) -> pd.DataFrame:
    """People who begin, by month and scenario."""
    store = store_of(plan)
    runs = {_("As planned"): pairs[0].base} | {pair.run.name: pair.run for pair in pairs}
    parts = [classes_by_month(store, run).assign(scenario=name) for name, run in runs.items()]
    return pd.concat(parts, ignore_index=True)


def _hired_table(months: pd.DataFrame) -> None:
    if months.empty:
        look.tell(_("No class is needed in any of them."))
        return
    grid = months.pivot_table(index="month", columns="scenario", values="people", aggfunc="sum")
    order = list(dict.fromkeys(months["scenario"]))
    heads = [look.Cell(_("People who begin in"), "left"), *(look.Cell(name) for name in order)]
    look.table(
        heads,
        [
            [
                look.Cell(formats.capital(formats.month(month)), "left"),
                *(look.Cell(formats.number(row.get(name))) for name in order),
            ]
            for month, row in grid.iterrows()
        ],
    )
