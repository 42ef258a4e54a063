"""Chromium, and the dashboards served on a free port from a store of the small invented centre."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.dashboards import small_lists
from tests.dashboards.small_capacity import write_capacity
from tests.dashboards.small_centre import YAML, write_store
from tests.dashboards.small_hosting import write_hosting
from tests.dashboards.small_scenarios import write_runs

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = Path(__file__).parent / "screenshots"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def refused(reason: str) -> None:
    """Skip where a browser may be absent; fail where the caller said that it must be there."""
    if os.environ.get("PLANNER_NEEDS_BROWSER"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the dashboards of the small centre are served.

    PLANNER_BROWSER_STORE names another store to look at, such as the full sample's.
    """
    given = os.environ.get("PLANNER_BROWSER_STORE")
    store = Path(given) if given else tmp_path_factory.mktemp("store")
    if not given:
        write_store(store, more=small_lists.tables())
        write_capacity(store, yaml_text=YAML)
        write_hosting(store, yaml_text=YAML)
        write_runs(store)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    call = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    environment = {**os.environ, "PLANNER_STORE": str(store)}
    server = subprocess.Popen(
        call, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except (urllib.error.URLError, OSError):
            assert server.poll() is None, "the dashboards stopped on start"
            time.sleep(0.2)
    pytest.fail("the dashboards did not answer within 30 s")


@pytest.fixture(scope="session")
def browser() -> Iterator[BrowserContext]:
    """The machine's own Chromium; its windows share one cache, so that scripts are loaded once."""
    chromium = shutil.which("chromium")
    if importlib.util.find_spec("playwright") is None:
        refused("playwright is not installed")
    if chromium is None:
        refused("there is no chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser.new_context()
        browser.close()


@dataclass
class Visit:
    """A page in a window, with every address that was asked for."""

    page: Page
    address: str
    asked: list[str] = field(default_factory=list)

    def open(self, path: str) -> Visit:
        """Go to a path and wait until the page has said its answer."""
        self.page.goto(f"{self.address}/{path}")
        self.page.wait_for_selector(".say, .state", timeout=60_000)
        self.settle()
        return self

    def settle(self) -> None:
        """Wait until no rerun is under way and every chart is drawn."""
        self.page.wait_for_function(
            "() => !document.querySelector('[data-testid=stStatusWidget]')"
            " && document.querySelectorAll('.stPlotlyChart').length"
            " === document.querySelectorAll('.stPlotlyChart .main-svg:first-child').length",
            timeout=60_000,
        )
        self.page.wait_for_timeout(400)


@pytest.fixture
def visit(browser: BrowserContext, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A fresh window of the width the test asks for (1440 by default)."""
    width = getattr(request, "param", 1440)
    page = browser.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    seen = Visit(page, address)
    page.on("request", lambda asked: seen.asked.append(asked.url))
    yield seen
    page.close()
