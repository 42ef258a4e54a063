"""The capacity plan to take away: an Excel workbook with every assumption."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from planner.exporters.capacity_book import write_capacity
from planner.language import _
from planner.pipeline.capacity_book import book_of
from planner.pipeline.capacity_plans import CapacityPlan

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def book_button(capacity: CapacityPlan) -> None:
    """A button that makes the workbook when it is pressed."""
    with st.container(key="take-capacity", width="content"):
        st.download_button(
            f"↓ {_('Whole plan with its assumptions, Excel')}",
            lambda: book(capacity),
            f"capacity-{capacity.plan_id}.xlsx",
            XLSX,
            key="take-capacity-xlsx",
            on_click="ignore",
            type="tertiary",
        )


def book(capacity: CapacityPlan) -> bytes:
    """The workbook of a capacity plan."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "capacity.xlsx"
        write_capacity(book_of(capacity), path)
        return path.read_bytes()
