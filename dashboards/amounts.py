"""Numbers that a reader types or slides. The URL holds them as plain text and is the truth.

A number that the URL does not hold is the usual one; bad text in the URL is refused in words.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import streamlit as st

from dashboards import filters
from planner.language import _

BLANK = "none"  # in the URL: a number that is usually there and was taken away


@dataclass(frozen=True)
class Amount:
    """A number to ask for: its name in the URL, its label with unit, the usual value and the bounds.

    `usual` None is a blank field. `top` ends the slider where larger numbers may still be typed.
    """

    name: str
    label: str
    usual: float | None = None
    least: float = 0.0
    most: float = 1e6
    step: float = 1.0
    top: float | None = None


def amount(asked: Amount) -> float | None:
    """A field with the number; None when it is blank."""
    found = _in_url(asked)
    _field(asked, found)
    return found


def slid(asked: Amount) -> float | None:
    """A field with a slider under it, both for the same number."""
    found = _in_url(asked)
    with st.container(key=f"slid-{asked.name}", gap=None):
        _field(asked, found)
        _slider(asked, found if found is not None else asked.least)
    return found


def _in_url(asked: Amount) -> float | None:
    text = st.query_params.get(asked.name)
    if text is None:
        return asked.usual
    if text == BLANK:
        return None
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if asked.least <= found <= asked.most:
        return found
    note = _("“{text}” is no number for {label}; write one from {least} to {most}.")
    least, most = f"{asked.least:g}", f"{asked.most:,.0f}"  # as the address is written, in any language
    filters.refuse(note.format(text=text, label=asked.label, least=least, most=most))
    return asked.usual


def _field(asked: Amount, value: float | None) -> None:
    key = f"field-{asked.name}"
    st.session_state[key] = None if value is None else float(value)
    st.number_input(
        asked.label,
        min_value=float(asked.least),
        max_value=float(asked.most),
        value=None,
        step=float(asked.step),
        format="%.10g",
        key=key,
        on_change=_to_url,
        args=(asked, key),
    )


def _slider(asked: Amount, value: float) -> None:
    key = f"slider-{asked.name}"
    top = max(asked.top or asked.most, value)
    st.session_state[key] = float(value)
    st.slider(
        asked.label,
        min_value=float(min(asked.least, value)),
        max_value=float(top),
        step=float(asked.step),
        format="%.10g",
        key=key,
        label_visibility="collapsed",
        on_change=_to_url,
        args=(asked, key),
    )


def _to_url(asked: Amount, key: str) -> None:
    value = st.session_state[key]
    if value == asked.usual:
        st.query_params.pop(asked.name, None)
    else:
        st.query_params[asked.name] = BLANK if value is None else f"{value:.10g}"
