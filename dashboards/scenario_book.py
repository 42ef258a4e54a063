"""The comparison as an Excel workbook with its assumptions."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards.published import Published
from dashboards.scenario_runs import full_h, measures_of, weeks_of
from planner.exporters.scenario_book import Told, comparison_book
from planner.language import _
from planner.pipeline.scenario_compared import Beside, Run

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def book_button(plan: Published, pairs: Sequence[Beside]) -> None:
    """A button that saves the workbook, written only when it is asked for."""
    st.download_button(
        _("↓ Excel: comparison with assumptions"),
        lambda: workbook(plan, pairs),
        "scenarios.xlsx",
        MIME,
        key="scenario-book",
        on_click="ignore",
    )


def workbook(plan: Published, pairs: Sequence[Beside]) -> bytes:
    """The workbook of the chosen scenarios."""
    bases = list({pair.base.plan_id: pair.base for pair in pairs}.values())
    of = {pair.run.plan_id: pair.base.plan_id for pair in pairs}
    runs = [_told(plan, run, of.get(run.plan_id, "")) for run in [*bases, *(pair.run for pair in pairs)]]
    return comparison_book(measures_of(plan.folder, tuple(pairs)), runs)


def _told(plan: Published, run: Run, base: str) -> Told:
    facts = {
        "run": run.plan_id,
        "run of its base": base,
        "published plan shown": plan.plan_id,
        "made at (UTC)": run.made_at.isoformat(),
        "version": run.version,
        "seed": run.seed,
        "weeks": run.weeks,
        "level planned for": run.level,
        "currency": run.currency,
        "hours a week of an FTE": full_h(plan),
    }
    return Told(run.name, facts, run.yaml, weeks_of(plan.folder, run, full_h(plan)))
