"""Every page in Chromium: it answers, it fits, it asks nobody else, and its filters live in the URL."""

from __future__ import annotations

import os
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from tests.browser.conftest import SCREENSHOTS, Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
TITLES = {
    "": "Are we in contract?",
    "why": "Why was service not as planned?",
    "forecast": "How many contacts are coming?",
    "accuracy": "How good is the forecast?",
    "events": "What moves contacts?",
    "history": "What is odd in the history?",
    "requirement": "How many people, and why?",
    "hiring": "Can we staff the peak?",
    "hosting": "Where should we serve each language?",
    "scenarios": "What if things go differently?",
    "cost": "What does it cost?",
    "coverage": "Where is the schedule short?",
    "schedule": "Who works when?",
    "schedule-quality": "How good is the schedule?",
    "fairness": "Is the burden shared fairly?",
    "changes": "What changed since last time?",
    "hours": "Which hours go to payroll?",
    "service": "Will the plan hold?",
    "calculator": "How many agents would it take?",
    "scorecards": "How good are our answers?",
    "today": "What needs me today?",
    "agents": "Who needs coaching, and on what?",
    "resolution": "Is the contact resolved first time?",
    "raters": "Do the raters agree?",
    "comparison": "Which sites or languages differ?",
}
EMPTY_HERE = {"patience": "How long would customers wait?"}  # the small centre has no contact log
WIDTHS = (1440, 1024)


@pytest.mark.parametrize("path", TITLES, ids=lambda path: path or "contract")
def test_a_page_answers_fits_and_asks_nobody_else(visit: Visit, path: str) -> None:
    page = visit.open(path).page
    assert page.locator("h1").inner_text() == TITLES[path]
    assert len(page.locator(".say").inner_text()) > 30
    assert page.locator("[data-testid=stException]").count() == 0
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        visit.settle()
        _picture(visit, path or "contract")
        main = page.locator("[data-testid=stMain]")
        assert main.evaluate("m => m.scrollWidth") <= main.evaluate("m => m.clientWidth"), width
        assert page.evaluate(OVERFLOWING) == [], width
    asked = {urlsplit(url).hostname for url in visit.asked if url.startswith(("http", "ws"))}
    assert asked == {"127.0.0.1"}


@pytest.mark.parametrize("path", EMPTY_HERE)
def test_a_page_without_its_data_says_what_is_missing(visit: Visit, path: str) -> None:
    page = visit.open(path).page
    assert page.locator("h1").inner_text() == EMPTY_HERE[path]
    assert len(page.locator(".state").inner_text()) > 30
    assert page.locator("[data-testid=stException]").count() == 0


OVERFLOWING = """() => [...document.querySelectorAll('table.w')].filter(t =>
  t.getBoundingClientRect().right > t.closest('[class*=st-key-card]').getBoundingClientRect().right - 8
).map(t => t.innerText.slice(0, 60))"""


def _picture(visit: Visit, name: str) -> None:
    """The whole page as a picture, for people who ask for pictures by PLANNER_PICTURES=1."""
    if not os.environ.get("PLANNER_PICTURES"):
        return
    page = visit.page
    width = page.viewport_size["width"] if page.viewport_size else 0
    height = page.locator("[data-testid=stMain]").evaluate("m => m.scrollHeight")
    page.set_viewport_size({"width": width, "height": height + 20})
    page.wait_for_timeout(800)
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png")
    page.set_viewport_size({"width": width, "height": 900})


def test_a_filter_goes_to_the_url_and_comes_back(visit: Visit) -> None:
    page = visit.open("forecast").page
    everything = page.locator(".say").inner_text()
    _choose(visit, "Language", 1)
    url = parse_qs(urlsplit(page.url).query)
    assert set(url) == {"language"}
    chosen = page.locator(".say").inner_text()
    assert chosen != everything
    again = visit.open("forecast?language=" + url["language"][0]).page
    assert again.locator(".say").inner_text() == chosen


def test_a_typed_number_goes_to_the_url_and_moves_the_slider_and_the_answer(visit: Visit) -> None:
    page = visit.open("calculator").page
    before = page.locator(".say").inner_text()
    field = page.get_by_role("spinbutton", name="AHT, s")
    field.fill("600")
    field.press("Enter")
    page.wait_for_function("() => location.search.includes('aht=600')")
    page.wait_for_function("said => document.querySelector('.say').innerText !== said", arg=before)
    visit.settle()
    after = page.locator(".say").inner_text()
    slider = page.get_by_role("slider", name="AHT, s")
    assert slider.input_value() == "600"
    slider.press("ArrowRight")
    page.wait_for_function("() => location.search.includes('aht=601')")
    visit.settle()
    assert field.input_value() == "601"
    assert visit.open("calculator?aht=600").page.locator(".say").inner_text() == after


def test_a_filter_is_carried_to_the_next_page(visit: Visit) -> None:
    page = visit.open("forecast").page
    _choose(visit, "Site", 2)
    site = parse_qs(urlsplit(page.url).query)["site"]
    page.get_by_role("link", name="Coverage").click()
    page.wait_for_function("() => document.querySelector('h1')?.innerText.startsWith('Where')")
    visit.settle()
    assert parse_qs(urlsplit(page.url).query).get("site") == site


def _choose(visit: Visit, label: str, place: int) -> None:
    """Pick the option at a place of a filter's list."""
    before = visit.page.url
    main = visit.page.locator("[data-testid=stMainBlockContainer]")
    main.get_by_role("combobox", name=label).click()
    visit.page.get_by_role("option").nth(place).click()
    visit.page.wait_for_function("before => location.href !== before", arg=before)
    visit.settle()


def test_a_table_can_be_saved(visit: Visit) -> None:
    page = visit.open("coverage").page
    with page.expect_download() as saved:
        page.locator(".st-key-csv-map button").first.click()
    frame = pd.read_csv(saved.value.path())
    assert {"site", "language", "channel", "day", "at", "needed", "scheduled", "gap"} <= set(frame.columns)
    assert len(frame) > 100


def test_every_page_is_reached_from_the_menu(visit: Visit) -> None:
    page = visit.open("").page
    links = page.locator("[data-testid=stSidebarNav] a").all()
    paths = {urlsplit(link.get_attribute("href") or "").path.strip("/") for link in links}
    assert paths == set(TITLES) | set(EMPTY_HERE)


def test_arabic_stands_before_its_english_name(visit: Visit) -> None:
    page = visit.open("").page
    cell = page.locator("td.l", has_text="العربية")
    if cell.count():
        assert cell.first.evaluate("c => getComputedStyle(c).direction") == "ltr"
        assert cell.first.inner_text().strip("\u200e").startswith("العربية · Arabic")
