"""The contract page to take away: one page of paper as PDF or picture, made without a browser."""

from __future__ import annotations

from dashboards.published import Published
from planner.scorecards.contract_page import Asked


def paper_buttons(plan: Published, asked: Asked) -> None:
    """Buttons that make the paper when they are pressed."""
    del plan, asked
