"""Which page, which plan: the menu by persona and the plan that is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboards import (
    executive_contract,
    executive_why,
    filters,
    formats,
    interface,
    look,
    planning_accuracy,
    planning_calculator,
    planning_changes,
    planning_cost,
    planning_coverage,
    planning_events,
    planning_fairness,
    planning_forecast,
    planning_hiring,
    planning_history,
    planning_hosting,
    planning_hours,
    planning_patience,
    planning_requirement,
    planning_scenarios,
    planning_schedule,
    planning_schedule_quality,
    planning_service,
    quality_agents,
    quality_comparison,
    quality_raters,
    quality_resolution,
    quality_scorecards,
    quality_today,
)
from dashboards.published import Published, catalogue, open_plan
from planner.domain.problems import InputError
from planner.language import _, message

PageOf = Callable[[Published], None]
MENU: dict[str, tuple[tuple[str, str, PageOf], ...]] = {
    message("Executive"): (
        (message("In contract?"), "contract", executive_contract.page),
        (message("Why not as planned?"), "why", executive_why.page),
    ),
    message("Planning"): (
        (message("Forecast"), "forecast", planning_forecast.page),
        (message("Forecast accuracy"), "accuracy", planning_accuracy.page),
        (message("Events and overrides"), "events", planning_events.page),
        (message("Odd days"), "history", planning_history.page),
        (message("Requirement"), "requirement", planning_requirement.page),
        (message("Peak and hiring"), "hiring", planning_hiring.page),
        (message("Sites and languages"), "hosting", planning_hosting.page),
        (message("What if …?"), "scenarios", planning_scenarios.page),
        (message("Cost"), "cost", planning_cost.page),
        (message("Simulated service"), "service", planning_service.page),
        (message("Calculator"), "calculator", planning_calculator.page),
        (message("Patience"), "patience", planning_patience.page),
    ),
    message("Scheduling"): (
        (message("Schedule"), "schedule", planning_schedule.page),
        (message("Coverage"), "coverage", planning_coverage.page),
        (message("Schedule quality"), "schedule-quality", planning_schedule_quality.page),
        (message("Fairness and wishes"), "fairness", planning_fairness.page),
        (message("Changes"), "changes", planning_changes.page),
        (message("Hours and files"), "hours", planning_hours.page),
    ),
    message("Quality"): (
        (message("Today’s list"), "today", quality_today.page),
        (message("Scorecards"), "scorecards", quality_scorecards.page),
        (message("Agents"), "agents", quality_agents.page),
        (message("Resolved first time?"), "resolution", quality_resolution.page),
        (message("Rater agreement"), "raters", quality_raters.page),
        (message("Comparison"), "comparison", quality_comparison.page),
    ),
}


def run(folders: tuple[str, ...]) -> None:
    """Draw the menu and the page of the plan that the URL names."""
    interface.speak_chosen()
    pages = {
        _(persona): [
            st.Page(partial(draw, page, folders), title=_(title), url_path=path, default=path == "contract")
            for title, path, page in entries
        ]
        for persona, entries in MENU.items()
    }
    current = st.navigation(pages, expanded=True)
    st.logo("static/logo.svg", size="large")
    look.style()
    filters.arrive(current.url_path)
    with st.sidebar:
        interface.switch()
    current.run()


def draw(page: PageOf, folders: tuple[str, ...]) -> None:
    """A page of the chosen plan, or in words why there is none."""
    try:
        found = catalogue(folders)
    except (InputError, OSError) as error:
        look.nothing(
            _("The store cannot be read"),
            str(error),
            _("Check the folder given to: planner dashboard --store"),
        )
        return
    if not found:
        look.nothing(
            _("No plan is published yet"),
            _("Looked in: {folders}.").format(folders=", ".join(folders))
            if folders
            else _("No store was given."),
            _("Make one: planner plan plan.yaml --store STORE, then reload."),
        )
        return
    folder, plan_id = _chosen(found)
    page(open_plan(folder, plan_id))


def _chosen(found: list[tuple[str, str]]) -> tuple[str, str]:
    """The plan named in the URL (?plan=), by default the newest of the first store."""
    by_id = {plan_id: folder for folder, plan_id in reversed(found)}
    with st.sidebar:
        newest = found[0][1]
        plan_id = filters.choose(
            "plan",
            [plan_id for _, plan_id in found],
            default=newest,
            show=partial(_plan_words, by_id),
        )
    shown = plan_id or newest
    return by_id[shown], shown


def _plan_words(by_id: dict[str, str], plan_id: str) -> str:
    plan = open_plan(by_id[plan_id], plan_id)
    return f"{plan.centre.name}, {formats.short_day(plan.made_at)} {plan.made_at:%H:%M}"
