"""Texts that a spreadsheet would run as a formula."""

from __future__ import annotations

STARTS = ("=", "+", "-", "@", "\t", "\r")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula."""
    return text.startswith(STARTS)
