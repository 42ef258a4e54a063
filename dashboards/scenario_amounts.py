"""Fields for the numbers of a scenario: a slider where the schema bounds it, a day, or a plain number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from planner.config.scenario_numbers import Changeable
from planner.language import _, message

RANGE = ("low", "likely", "high")
WORDS = {
    "volume": message("contacts, times"),
    "aht": message("AHT, times"),
    "aht_less_s": message("AHT less, s"),
    "aht_multiple": message("AHT against the queue’s, times"),
    "escalated_aht": message("AHT of those handed on, times"),
    "bounced_aht": message("AHT of those that come back, times"),
    "bounced_after_h": message("they come back after, h"),
    "over_weeks": message("grows over, weeks"),
    "from": message("from"),
    "until": message("until"),
    "share": message("share"),
    "reason_share": message("share of the reason"),
    "offered": message("offered to the AI"),
    "resolved": message("resolved by the AI"),
    "escalated": message("handed on to a person"),
    "bounced": message("come back to a person"),
    "low": message("low"),
    "likely": message("likely"),
    "high": message("high"),
    "weeks": message("weeks planned"),
    "per_month": message("leave a month"),
    "contacts": message("contacts, times those of the day"),
    "half_h": message("halves every, h"),
    "bulk_share": message("answered by one message"),
    "bulk_s": message("time each of them takes, s"),
    "within_s": message("answered within, s"),
    "class_most": message("people in a class, most"),
    "first_day": message("first day"),
    "last_day": message("last day"),
    "backlog": message("contacts waiting at the beginning"),
    "people": message("people"),
    "duplicates": message("duplicates"),
}
ENDS = {"_s": "s", "_h": "h", "_min": "min", "_weeks": "", "_months": ""}


def part_of(path: str) -> str:
    """The part of the file that a number stands in; the three ends of a range count as one number.

    >>> part_of("changes.0.reasons.payment.resolved.low"), part_of("changes.0.volume"), part_of("weeks")
    ('changes.0.reasons.payment', 'changes.0', '')
    """
    steps = path.split(".")
    return ".".join(steps[:-2] if steps[-1] in RANGE else steps[:-1])


def part_words(part: str, names: Sequence[str]) -> str:
    """A part in words: a change by its name in the file, then what is below it."""
    steps = part.split(".") if part else []
    if len(steps) > 1 and steps[0] == "changes":
        number = int(steps[1])
        name = names[number] if number < len(names) else f"change {number + 1}"
        steps = [name, *steps[2:]]
    return " · ".join(step.replace("_", " ") for step in steps) or _("the whole")


def label(number: Changeable) -> str:
    """What a field asks for, with its unit."""
    steps = number.path.split(".")
    wanted = steps[-2:] if steps[-1] in RANGE else steps[-1:]
    words = ", ".join(_(WORDS[step]) if step in WORDS else step.replace("_", " ") for step in wanted)
    return f"{words} ({unit})" if (unit := _unit(number)) else words


def _unit(number: Changeable) -> str:
    last = number.path.rpartition(".")[2]
    if isinstance(number.value, date):
        return ""
    if last in ("from", "until", "day"):
        return _("numbered week")
    if (number.least, number.most) == (0, 1):
        return _("share, 0 to 1")
    known = next((unit for end, unit in ENDS.items() if last.endswith(end)), "")
    return "" if last in WORDS else known


def asked_for(number: Changeable, template: str, values: dict[str, float | date]) -> None:
    """A field for one number; what is entered goes to `values` under its path."""
    key = f"scenario-{template}-{number.path}"
    value = values.get(number.path, number.value)
    if isinstance(value, date):
        values[number.path] = st.date_input(label(number), value=value, key=f"{key}-day", format="YYYY-MM-DD")
        return
    with st.container(key=f"slid-{key.replace('.', '-')}", gap=None):
        _field(number, f"{key}-field", value, values)
        _slider(number, f"{key}-slider", value, values)


def _step(number: Changeable) -> float:
    value = abs(float(number.value))  # type: ignore[arg-type]
    if number.whole:
        return 1.0
    return 0.01 if number.most == 1 or value < 1 else 0.05 if value < 10 else 1.0


def _least(number: Changeable) -> float:
    """The least value that may be entered."""
    least = 0.0 if number.least is None else number.least
    return least + _step(number) if number.above else least


def _field(number: Changeable, key: str, value: float, values: dict[str, float | date]) -> None:
    st.session_state[key] = value
    st.number_input(
        label(number),
        value=None,
        min_value=float(_least(number)) if number.least is not None else None,
        max_value=None if number.most is None else float(number.most),
        step=_step(number),
        format="%.10g",
        key=key,
        help=_bounds(number),
        on_change=_take,
        args=(number.path, key, values),
    )


def _slider(number: Changeable, key: str, value: float, values: dict[str, float | date]) -> None:
    """A slider over the usual reach; beyond it, up to the schema's bounds, the field above takes numbers."""
    usual = abs(float(number.value))  # type: ignore[arg-type]
    top = max(4 * usual, value, _least(number) + 10 * _step(number))
    if number.most is not None and (number.most <= top or number.most <= 1):
        top = float(number.most)
    st.session_state[key] = value
    st.slider(
        label(number),
        min_value=float(min(_least(number), value)),
        max_value=float(max(top, value)),
        step=_step(number),
        format="%.10g",
        key=key,
        label_visibility="collapsed",
        on_change=_take,
        args=(number.path, key, values),
    )


def _take(path: str, key: str, values: dict[str, float | date]) -> None:
    entered = st.session_state[key]
    if entered is None:  # cleared: as the template has it
        values.pop(path, None)
    else:
        values[path] = round(float(entered), 6)


def _bounds(number: Changeable) -> str:
    """The bounds of the file's schema in words."""
    if number.least is None and number.most is None:
        return _("no bounds of its own")
    least = f"{number.least:g}" if number.least is not None else "−∞"
    over = _("above {least}") if number.above else _("from {least}")
    text = over.format(least=least)
    if number.most is not None:
        text += " " + _("to {most}").format(most=f"{number.most:,g}")
    return text + (", " + _("whole numbers") if number.whole else "")
