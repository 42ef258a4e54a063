"""How long a page takes on a warm server, and whether many people at once see every page.

    planner dashboard --store demo/store --port 8501 &
    python -m benchmarks.sessions http://127.0.0.1:8501 --sessions 20

First one session visits every page twice: the second visit is that of a warm server. Then so many sessions
open a page at the same moment, each its own, and go on through the others. A page counts as shown when its
title stands, nothing is running any more and no exception is on it.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Sequence

from playwright.async_api import Browser, Page, async_playwright

ANSWERS = ("scorecards", "today", "agents", "resolution", "raters", "comparison")
PAGES = ("", "why", "forecast", "requirement", "service", "schedule", "coverage", *ANSWERS)
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"]
PATIENCE_MS = 180_000
SHOWN = """() => document.querySelector('[data-testid="stMain"] h1, [data-testid="stMain"] h2')
  && !document.querySelector('[data-testid="stStatusWidget"]')
  && !document.querySelector('[data-testid="stSkeleton"]')"""
WRONG = '[data-testid="stException"]'


def main(arguments: Sequence[str] | None = None) -> int:
    """Visit, print a line a page and what the crowd saw; 1 when anything was wrong."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("url")
    options.add_argument("--sessions", type=int, default=20)
    options.add_argument("--chromium", default="/usr/bin/chromium")
    given = options.parse_args(arguments)
    return asyncio.run(_run(given.url, given.sessions, chromium=given.chromium))


async def _run(url: str, sessions: int, *, chromium: str) -> int:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        await _alone(browser, url)
        begun = time.monotonic()
        found = await asyncio.gather(*(_visitor(browser, url, number=n) for n in range(sessions)))
        await browser.close()
    wrong = [text for texts in found for text in texts]
    shown = sessions * len(PAGES) - len(wrong)
    print(
        f"{sessions} sessions at once: {shown} pages shown, {len(wrong)} wrong, "
        f"{time.monotonic() - begun:.0f} s"
    )
    for text in wrong:
        print(f"  {text}")
    return 1 if wrong else 0


async def _alone(browser: Browser, url: str) -> None:
    """Seconds of each page, cold and warm, for a person alone."""
    page = await (await browser.new_context()).new_page()
    cold = [await _seconds(page, f"{url}/{path}") for path in PAGES]
    warm = [await _seconds(page, f"{url}/{path}") for path in PAGES]
    for path, first, second in zip(PAGES, cold, warm):
        print(f"{path or 'first page':12} {first:6.2f} s, warm {second:6.2f} s")
    await page.context.close()


async def _seconds(page: Page, address: str) -> float:
    begun = time.monotonic()
    await page.goto(address, wait_until="commit")
    await page.wait_for_function(SHOWN, timeout=PATIENCE_MS)
    return time.monotonic() - begun


async def _visitor(browser: Browser, url: str, *, number: int) -> list[str]:
    """What one of many sessions found wrong, page by page; each begins with another page."""
    page, wrong = await (await browser.new_context()).new_page(), []
    for path in (*PAGES[number % len(PAGES) :], *PAGES[: number % len(PAGES)]):
        try:
            await _seconds(page, f"{url}/{path}")
            if await page.query_selector(WRONG):
                wrong.append(f"session {number}, {path or 'first page'}: an exception is shown")
        except Exception as error:  # whatever it is, it is told
            wrong.append(f"session {number}, {path or 'first page'}: {type(error).__name__}")
    await page.context.close()
    return wrong


if __name__ == "__main__":
    raise SystemExit(main())
