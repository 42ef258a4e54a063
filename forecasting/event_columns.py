"""Columns of events: what a kind of event does before, during and after, and what each name adds.

What a planner expects of an event is where its effect starts from: a kind at the mean of its events,
a name at its distance from that. Days of lead and lag start from half of it. An exceptional event
teaches nothing; it has a column only where an uplift is expected of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import pandas as pd

from forecasting.special_column import Column
from planner.domain.centre import Event

EVENT_SD = 0.5  # of what nothing is expected of
TOLD_SD = 0.25  # about what a planner expects: kind and name together, two in three come within 40 %
# finer windows, and windows from the first day, were tried on one series: no clear winner
AROUND = (("before", -7, -1), ("after", 1, 3), ("later", 4, 10), ("much later", 11, 28))
LEAST_CHANGE = -0.99  # a share of -1 has no logarithm
BESIDE_PART = 0.5  # of what is expected during an event is expected on its days of lead and lag


def event_columns(events: Iterable[Event], days: pd.DatetimeIndex) -> Iterator[Column]:
    """Columns per kind of event: during, lead, lag and windows around; and per name without its year."""
    events = [event for event in events if not event.exceptional or event.uplift is not None]
    usual: dict[str, float] = {}
    for kind, members in _grouped(events, lambda event: event.kind).items():
        told = [_expected(event) for event in members if event.uplift is not None]
        usual[kind] = _mean(told)
        yield from _of_kind(kind, members, days, told=told)
    for name, members in _grouped(events, lambda event: yearless(event.name)).items():
        beyond = [_expected(event) - usual[event.kind] for event in members if event.uplift is not None]
        if name not in usual:
            yield _column(f"{name}: during", [_during(event, days) for event in members], beyond)


def yearless(name: str) -> str:
    """A name without its year, so that next year's event learns from this one's.

    >>> yearless("Spring sale 2026")
    'Spring sale'
    """
    return re.sub(r"\s*\b(19|20)\d\d\b", "", name).strip()


def _of_kind(
    kind: str, members: list[Event], days: pd.DatetimeIndex, *, told: Sequence[float]
) -> Iterator[Column]:
    beside = [BESIDE_PART * each for each in told]
    yield _column(f"{kind}: during", [_during(event, days) for event in members], told)
    yield _column(f"{kind}: lead", [_before(event, days, -event.lead_days, -1) for event in members], beside)
    yield _column(f"{kind}: lag", [_after(event, days, 1, event.lag_days) for event in members], beside)
    for window, first, last in AROUND:
        place = _before if last < 0 else _after
        yield _column(f"{kind}: {window}", [place(event, days, first, last) for event in members], ())


def _column(name: str, places: Sequence[np.ndarray], told: Sequence[float]) -> Column:
    """A column of events; `told` are the log effects that planners expect of some of them."""
    spread = TOLD_SD if told else EVENT_SD
    return Column(name, np.logical_or.reduce(places), spread, "event", _mean(told))


def _during(event: Event, days: pd.DatetimeIndex) -> np.ndarray:
    return np.asarray((days >= pd.Timestamp(event.first_day)) & (days <= pd.Timestamp(event.last_day)))


def _before(event: Event, days: pd.DatetimeIndex, first: int, last: int) -> np.ndarray:
    """Days from `first` to `last` after the event's first day; negative: before it."""
    age = (days - pd.Timestamp(event.first_day)).days.to_numpy()
    result: np.ndarray = (age >= first) & (age <= last)
    return result


def _after(event: Event, days: pd.DatetimeIndex, first: int, last: int) -> np.ndarray:
    """Days from `first` to `last` after the event's last day."""
    age = (days - pd.Timestamp(event.last_day)).days.to_numpy()
    result: np.ndarray = (age >= first) & (age <= last)
    return result


def _grouped(events: Iterable[Event], label: Callable[[Event], str]) -> dict[str, list[Event]]:
    groups: dict[str, list[Event]] = {}
    for event in events:
        groups.setdefault(label(event), []).append(event)
    return groups


def _expected(event: Event) -> float:
    """Log of what the days of an event are expected to be multiplied by; 0 where nothing is known."""
    return float(np.log1p(max(event.uplift or 0.0, LEAST_CHANGE)))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
