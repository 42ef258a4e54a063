"""What if things go differently: chosen runs beside the plan, the list, the builder and what it refuses."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from dashboards import scenario_job
from dashboards.published import Published
from dashboards.scenario_amounts import label, part_of, part_words
from dashboards.scenario_book import workbook
from dashboards.scenario_words import answer, measure_name, more, shown, worse
from planner.config.scenario_numbers import Changeable
from planner.domain.problems import InputError, Problem
from planner.domain.scenario import Scenario
from planner.pipeline.scenario_builder import Known
from planner.pipeline.scenario_compared import headline, measured, newest_runs
from planner.store import Store
from tests.dashboards.conftest import sentence, texts
from tests.dashboards.small_scenarios import AI, CHAT, write_runs

NO_BREAK = "\u00a0"


@pytest.fixture(scope="session")
def run_store(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scenarios") / "store"
    shutil.copytree(store, folder)
    write_runs(folder)
    return folder


@pytest.fixture
def own_store(run_store: Path, tmp_path: Path) -> Path:
    shutil.copytree(run_store, tmp_path / "store")
    return tmp_path / "store"


def test_the_answer_names_the_largest_difference_in_people_cost_risk_and_service(run_store: Path) -> None:
    pairs = newest_runs(Store(run_store), [CHAT, AI])
    rows = measured(Store(run_store), pairs)
    said = answer([headline(rows, pair) for pair in pairs], pairs)
    assert f"**7.5 FTE more** are needed with {CHAT}: 40.0, not 32.5" in said
    assert f"€ 33 k more** (+22.2{NO_BREAK}%) with {CHAT}".replace(" k", f"{NO_BREAK}k") in said.replace(
        f"€{NO_BREAK}", "€ "
    )
    assert f"!!5 language-weeks are at risk!! with {CHAT}, 2 as planned" in said
    assert f"chat falls to !!41{NO_BREAK}%!! with {CHAT}, from 86{NO_BREAK}%" in said


def test_a_change_for_the_worse_is_marked_in_service_and_risk_only(run_store: Path) -> None:
    rows = measured(Store(run_store), newest_runs(Store(run_store), [CHAT, AI]))
    marked = {(row.scenario, row.measure) for row in rows.itertuples() if worse(row)}
    assert marked == {(CHAT, "weeks_at_risk"), (CHAT, "chance_worst"), (CHAT, "kept_service_level")}


def test_values_and_differences_have_the_digits_of_their_unit() -> None:
    assert shown(0.4649, "share") == f"46.5{NO_BREAK}%"
    assert shown(4.0, "people") == "4"
    assert shown(20.115, "EUR") == "20.1"
    assert more(-24_252.0, -0.13, "contacts") == f"−24,252 (−13.0{NO_BREAK}%)"
    assert more(0.0, 0.0, "share") == "no difference"
    assert more(float("nan"), float("nan"), "share") == ""


def test_a_measure_nobody_named_is_still_readable() -> None:
    assert measure_name("outage_days_no_bulk", "all") == "Outage days no bulk"
    assert measure_name("contacts", "email").startswith("Contacts, e-mail")


def test_a_number_has_its_unit_and_its_part() -> None:
    assert label(Changeable("changes.0.aht_less_s", 35.0, 0, 3600)) == "AHT less, s"
    assert label(Changeable("a.resolved.low", 0.2, 0, 1)) == "resolved by the AI, low (share, 0 to 1)"
    assert label(Changeable("plan.labour.x.daily_rest_h", 11.0, 0, 24)) == "daily rest h (h)"
    assert part_of("changes.0.reasons.payment.resolved.low") == "changes.0.reasons.payment"
    assert part_words("changes.0.reasons.payment", ("front_end 1",)) == "front end 1 · reasons · payment"


def test_the_page_compares_what_the_address_names(show: Callable[..., AppTest], run_store: Path) -> None:
    app = show("planning_scenarios", run_store, scenarios=f"{CHAT},{AI}")
    assert not app.exception
    said = texts(app)
    for text in ("Chat three times", "Resolved by the AI", "Weakest week, chance", "version 1", "26 weeks"):
        assert text in said
    assert "out of date" not in said


def test_what_each_change_does_is_told_where_there_are_several(
    show: Callable[..., AppTest], run_store: Path
) -> None:
    said = texts(show("planning_scenarios", run_store, scenarios=CHAT))
    assert "the campaign" in said
    assert "+12,000" in said
    assert "What does each change do?" not in texts(show("planning_scenarios", run_store, scenarios=AI))


def test_the_workbook_holds_every_run_with_its_base_and_assumptions(run_store: Path, plan: Published) -> None:
    shown = replace(plan, folder=str(run_store))
    pairs = newest_runs(Store(run_store), [CHAT, AI])
    book = load_workbook(BytesIO(workbook(shown, pairs)))
    assert book.sheetnames == ["Comparison", "base", CHAT, AI, "Assumptions", "Definitions"]
    told = [[cell.value for cell in row] for row in book["Assumptions"].iter_rows(min_row=2)]
    assert [CHAT, "run of its base", pairs[0].base.plan_id] in told
    assert [CHAT, "changes.0.volume", 3] in told
    assert book["base"].max_row == 1 + 6


def test_without_an_address_the_newest_run_is_shown(show: Callable[..., AppTest], run_store: Path) -> None:
    app = show("planning_scenarios", run_store)
    assert not app.exception
    assert sentence(app).startswith("1.5 FTE fewer are needed: 31.0, not 32.5")


def test_a_scenario_that_was_not_run_is_refused_in_words(
    show: Callable[..., AppTest], run_store: Path
) -> None:
    app = show("planning_scenarios", run_store, scenarios=f"{CHAT},s7-outage,<b>")
    assert not app.exception
    assert "Not run yet, or no scenario: s7-outage, &lt;b&gt;." in texts(app)
    assert "7.5 FTE more" in sentence(app)


def test_a_run_before_an_import_is_told_to_be_out_of_date(
    show: Callable[..., AppTest], own_store: Path
) -> None:
    for manifest in (own_store / "history").glob("*/manifest.json"):
        manifest.unlink()
    app = show("planning_scenarios", own_store, scenarios=CHAT)
    assert not app.exception
    assert "out of date: history was imported since" in texts(app)


def test_without_a_run_the_page_lists_the_scenarios(show: Callable[..., AppTest], store: Path) -> None:
    app = show("planning_scenarios", store)
    assert not app.exception
    assert "No scenario has been run yet" in sentence(app)
    assert texts(app).count("not run yet") >= 10


def test_saving_again_makes_another_version_and_keeps_the_first(
    show: Callable[..., AppTest], own_store: Path
) -> None:
    app = show("planning_scenarios", own_store, view="build")
    assert not app.exception
    kept = own_store / "scenarios-kept"
    key = f"scenario-{CHAT}"
    app.selectbox(key="scenario-template").select(CHAT).run()
    app.number_input(key=f"{key}-changes.0.volume-field").set_value(2.5).run()
    app.text_input(key=f"{key}-name").set_value("my-chat").run()
    app.button(key="scenario-save").click().run()
    assert not app.exception
    (saved,) = kept.glob("*.yaml")
    assert saved.name == "my-chat-v1.yaml"
    first = saved.read_text()
    assert "volume: 2.5" in first
    app.button(key="scenario-save").click().run()
    assert {path.name for path in kept.glob("*.yaml")} == {"my-chat-v1.yaml", "my-chat-v2.yaml"}
    assert saved.read_text() == first
    assert "version: 2" in (kept / "my-chat-v2.yaml").read_text()


def test_everything_wrong_is_said_at_once_and_nothing_is_saved(
    show: Callable[..., AppTest], own_store: Path
) -> None:
    app = show("planning_scenarios", own_store, view="build")
    key = f"scenario-{CHAT}"
    app.selectbox(key="scenario-template").select(CHAT).run()
    app.text_input(key=f"{key}-name").set_value(CHAT).run()
    app.text_input(key=f"{key}-title").set_value(" ").run()
    app.button(key="scenario-save").click().run()
    assert not app.exception
    said = texts(app)
    assert "is the name of one that comes with the program" in said
    assert "is empty; say in a few words" in said
    assert not list((own_store / "scenarios-kept").glob("*.yaml"))


def test_a_run_is_not_started_twice_and_a_failure_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    go, started = threading.Event(), []

    def run(known: Known, *_rest: object, **_more: object) -> str:
        started.append(known.name)
        assert go.wait(10)
        raise InputError([Problem("x", "no hiring is known", "plan.yaml", None, "capacity")])

    monkeypatch.setattr(scenario_job, "run_known", run)
    store, known = Store(tmp_path), Known(Scenario("a", "A"), "a.yaml", False)
    scenario_job.start(known, None, store)  # type: ignore[arg-type]
    scenario_job.start(known, None, store)  # type: ignore[arg-type]
    assert scenario_job.busy(store)
    go.set()
    for thread in threading.enumerate():
        if thread.daemon and thread.name.endswith("(_run)"):
            thread.join(10)
    job = scenario_job.job_of(store)
    assert started == ["a"]
    assert job is not None
    assert job.ended
    assert [problem.note for problem in job.problems] == ["no hiring is known"]


def test_a_day_has_no_unit() -> None:
    assert label(Changeable("changes.0.from", date(2026, 11, 23))) == "from"
    assert label(Changeable("changes.0.from", 3.0, 1, 78, whole=True)) == "from (numbered week)"
