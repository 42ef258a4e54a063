"""The scenarios there are: what each is about, when it was run, on what, and whether that is out of date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboards import formats, look, scenario_job
from dashboards.look import Cell
from dashboards.published import Published
from dashboards.scenario_runs import base_plan, store_of
from dashboards.scenario_words import changed_words
from planner.language import _
from planner.pipeline.scenario_builder import Known, LastRun, expected_s, unreadable


def list_card(plan: Published, known: Sequence[Known], runs: Mapping[str, LastRun]) -> None:
    """Every scenario in a line, and under them the one to run."""
    about = _("those that come with the program, then those that were saved here; run = a search of its own")
    with look.card("scenarios", _("Which scenarios are there?"), about, data=listed(known, runs)):
        heads = [
            Cell(_("Scenario"), "left"),
            Cell(_("Version")),
            Cell(_("From"), "left"),
            Cell(_("Last run"), "left"),
            Cell(_("On this plan?"), "left"),
        ]
        look.table(heads, [_line(each, runs.get(each.name)) for each in known])
        for broken in unreadable(store_of(plan)):
            look.tell(_("!!{file} cannot be read!!, so it is not listed:").format(file=broken.file))
            scenario_job.problem_table(broken.problems)
        _run_form(plan, known)


def _line(known: Known, run: LastRun | None) -> list[Cell]:
    whence = _("the program") if known.shipped else _("saved here")
    title = Cell(known.scenario.title, "left", under=known.name)
    version = Cell(formats.number(known.scenario.version))
    if run is None:
        return [title, version, Cell(whence, "left"), Cell(_("not run yet"), "left"), Cell("", "left")]
    moment = f"{formats.long_day(run.made_at)}, {run.made_at:%H:%M} UTC"
    told = _("out of date: {why}").format(why=changed_words(run.changed)) if run.changed else _("up to date")
    return [
        title,
        version,
        Cell(whence, "left"),
        Cell(moment, "left", under=run.plan_id),
        Cell(told, "left", bad=bool(run.changed)),
    ]


def listed(known: Sequence[Known], runs: Mapping[str, LastRun]) -> pd.DataFrame:
    """The list as a table, one row a scenario."""
    return pd.DataFrame(_rows(known, runs))


def _rows(known: Sequence[Known], runs: Mapping[str, LastRun]) -> Iterator[dict[str, object]]:
    for each in known:
        run = runs.get(each.name)
        yield {
            "scenario": each.name,
            "title": each.scenario.title,
            "version": each.scenario.version,
            "shipped": each.shipped,
            "run": run.plan_id if run else "",
            "made_at": run.made_at.isoformat() if run else "",
            "out_of_date_because": "; ".join(run.changed) if run else "",
        }


def _run_form(plan: Published, known: Sequence[Known]) -> None:
    """Choose one and run it; refused while another is being run."""
    store, by_name = store_of(plan), {each.name: each for each in known}
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        name = st.selectbox(
            _("Run or run again"),
            list(by_name),
            format_func=lambda name: f"{name} · {by_name[name].scenario.title}",
            key="scenario-to-run",
        )
        st.button(
            _("Run"),
            key="scenario-run",
            type="primary",
            disabled=scenario_job.busy(store),
            on_click=lambda: scenario_job.start(by_name[name], base_plan(plan), store),
        )
    expected = formats.capital(scenario_job.expected_words(expected_s(store, name)))
    look.foot(f"{expected}. " + _("The published plan is read and never changed."))
