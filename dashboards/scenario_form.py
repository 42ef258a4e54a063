"""Build a scenario: begin from one there is, move its numbers, see the YAML, save it as a version, run it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from dashboards import formats, interface, look, scenario_job
from dashboards.look import Cell
from dashboards.published import Published
from dashboards.scenario_amounts import asked_for, label, part_of, part_words
from dashboards.scenario_runs import base_plan, store_of
from planner.config.scenario_numbers import Changeable, changeable
from planner.domain.problems import InputError, Problem
from planner.language import _, ngettext
from planner.pipeline.scenario_builder import Draft, Known, check, following, save

VALUES, SAID, WRONG, SAVED = "scenario-values", "scenario-said", "scenario-wrong", "scenario-saved"
FEW = 12  # numbers that are shown at once; of more, a part is chosen


@st.fragment
def builder_card(plan: Published, known: Sequence[Known]) -> None:
    """The builder: what may be changed at the left, what comes of it at the right."""
    if st.session_state.pop(SAVED, False):
        st.rerun()  # the list and the run stand outside of the builder
    left, right = look.pair("builder", 6, 7)
    with left:
        template, draft = _form(known)
    with right:
        _outcome(plan, template, draft)


def _form(known: Sequence[Known]) -> tuple[Known, Draft]:
    by_name = {each.name: each for each in known}
    about = _("begin from one that there is and move its numbers; bounds are those of the file’s schema")
    with look.card("builder", _("What would you like to try?"), about, fill=True):
        name = st.selectbox(
            _("Begin from"),
            list(by_name),
            format_func=lambda name: f"{name} · {by_name[name].scenario.title}",
            key="scenario-template",
        )
        template = by_name[name]
        draft = _called(template)
        _numbers(template, changeable(template.scenario.text))
    return template, Draft(
        template.scenario.text, dict(_values(template.name)), draft["name"], draft["title"], draft["about"]
    )


def _called(template: Known) -> dict[str, str]:
    """Name, title and description of the new scenario."""
    usual = template.name if not template.shipped else f"my-{template.name}"
    key = f"scenario-{template.name}"
    with st.container(horizontal=True, gap="small"):
        name = st.text_input(
            _("Name (small letters, digits, hyphens)"), value=usual, key=f"{key}-name", max_chars=61
        )
        title = st.text_input(_("Title"), value=template.scenario.title, key=f"{key}-title", max_chars=120)
    about = st.text_area(
        _("What it is about"), value=template.scenario.about.strip(), key=f"{key}-about", height=80
    )
    return {"name": name.strip(), "title": title.strip(), "about": about.strip()}


def _values(template: str) -> dict[str, float | date]:
    """What was changed of a template, by dotted path; kept while the window is open."""
    every: dict[str, dict[str, float | date]] = st.session_state.setdefault(VALUES, {})
    return every.setdefault(template, {})


def _numbers(template: Known, numbers: Sequence[Changeable]) -> None:
    """A field for each number, those of one part at a time where there are many."""
    names = template.scenario.names
    parts = list(dict.fromkeys(part_of(each.path) for each in numbers))
    if not numbers:
        look.tell(_("This scenario has no number to change."))
        return
    if len(numbers) > FEW and len(parts) > 1:
        chosen = st.selectbox(
            _("Part"),
            parts,
            format_func=lambda part: part_words(part, names),
            key=f"scenario-{template.name}-part",
        )
        parts = [chosen]
    values = _values(template.name)
    for part in parts:
        look.tell(f"**{part_words(part, names)}**")
        mine = [each for each in numbers if part_of(each.path) == part]
        for place, column in enumerate(st.columns(2)):
            with column:
                for each in mine[place::2]:
                    asked_for(each, template.name, values)


def _outcome(plan: Published, template: Known, draft: Draft) -> None:
    """What differs from the template, the YAML, and the buttons."""
    store = store_of(plan)
    numbers = {each.path: each for each in changeable(template.scenario.text)}
    changed = {path: value for path, value in draft.values.items() if value != numbers[path].value}
    n = len(changed)
    about = ngettext("{n} number differs from {template}", "{n} numbers differ from {template}", n).format(
        n=n, template=template.name
    )
    with look.card("draft", _("What will be saved?"), about, data=_changes(changed, numbers), fill=True):
        version = following(store, draft.name)
        _buttons(plan, draft, version)
        said = st.session_state.pop(SAID, None)
        if said:
            look.tell(said)
        wrong: tuple[Problem, ...] = st.session_state.pop(WRONG, ())
        if wrong:
            scenario_job.problem_table(wrong)
        _change_table(changed, numbers)
        try:
            st.code(draft.text(version), language=None, height=520, wrap_lines=True)
        except ValueError as error:
            look.tell(str(error))


def _changes(changed: Mapping[str, float | date], numbers: Mapping[str, Changeable]) -> pd.DataFrame | None:
    rows = [
        {"path": path, "template": str(numbers[path].value), "now": str(value)}
        for path, value in changed.items()
    ]
    return pd.DataFrame(rows) if rows else None


def _change_table(changed: Mapping[str, float | date], numbers: Mapping[str, Changeable]) -> None:
    if not changed:
        return
    heads = [Cell(_("Changed"), "left"), Cell(_("Before")), Cell(_("Now"))]
    look.table(
        heads,
        [
            [
                Cell(label(numbers[path]), "left", under=path),
                Cell(_shown(numbers[path].value)),
                Cell(_shown(value), strong=True),
            ]
            for path, value in changed.items()
        ],
    )


def _shown(value: float | date) -> str:
    return formats.day_and_year(value) if isinstance(value, date) else formats.exact(value)


def _buttons(plan: Published, draft: Draft, version: int) -> None:
    """Check, save as the next version, save and run, and back to the template's numbers."""
    store = store_of(plan)
    with st.container(horizontal=True, gap="small"):
        st.button(
            _("Save as version {n}").format(n=version),
            key="scenario-save",
            on_click=_kept,
            args=(plan, draft, lambda _known: None),
        )
        st.button(
            _("Save and run"),
            key="scenario-save-run",
            type="primary",
            disabled=scenario_job.busy(store),
            on_click=_kept,
            args=(plan, draft, lambda known: scenario_job.start(known, base_plan(plan), store)),
        )
        st.button(_("Check"), key="scenario-check", on_click=_checked, args=(plan, draft))


def _kept(plan: Published, draft: Draft, then: Callable[[Known], None]) -> None:
    """Save the draft; what is wrong is shown at once and nothing is written."""
    interface.speak_chosen()  # a button's callback runs before the page
    try:
        known = save(draft, base_plan(plan), store_of(plan))
    except InputError as error:
        st.session_state[WRONG] = error.problems
        return
    st.session_state[SAID] = _(
        "**Saved** as {file}. On the command line: planner scenario STORE {name}"
    ).format(file=known.file, name=known.name)
    st.session_state[SAVED] = True
    then(known)


def _checked(plan: Published, draft: Draft) -> None:
    interface.speak_chosen()
    try:
        check(draft, base_plan(plan), store_of(plan))
    except InputError as error:
        st.session_state[WRONG] = error.problems
    else:
        st.session_state[SAID] = _("Nothing is wrong with it.")
