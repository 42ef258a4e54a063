"""What was recognised in a plain history, in a sentence for the planner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from forecasting.intervals import DAY_MIN
from forecasting.opening_hours import Observed
from planner.domain.centre import Centre, QueueKey
from planner.domain.problems import counted
from planner.domain.timegrid import OpeningHours, Span
from planner.pipeline.plain.grid import Conventions

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LENGTHS = {15: "quarter-hours", 30: "half-hours", 60: "hours", DAY_MIN: "days"}
AROUND_THE_CLOCK = ((0, DAY_MIN),)


def recognised(
    centre: Centre, observed: Mapping[QueueKey, Observed], how: Conventions, *, first_day: date
) -> str:
    """Interval, hours, closed days, span and clock, as they were understood."""
    first = min(each.days[0] for each in observed.values()).date()
    last = max(each.days[-1] for each in observed.values()).date()
    days = max(int(each.seen.sum()) for each in observed.values())
    queues = list(centre.queues.values())
    parts = [LENGTHS.get(how.interval_min, f"intervals of {how.interval_min} min")]
    if len(queues) == 1:
        parts += [hours_said(queues[0].hours, first_day)]
    else:
        parts += [counted(len(queues), "queue")]
    parts += [f"{counted(days, 'day')} with rows from {first} to {last}"]
    if how.leave_zeros_out:
        parts += ["intervals without contacts have no row and count as zero"]
    return "; ".join([*parts, _clock(how)])


def _clock(how: Conventions) -> str:
    if how.clock.zoned:
        return f"times carry their offset and are read on the clock of {how.clock.zone}"
    if how.clock.zone == "UTC":
        return "no zone, so times stay on the file's clock"
    return f"times stand on the clock of {how.clock.zone}"


def hours_said(hours: OpeningHours, first_day: date) -> str:
    """Opening hours by runs of weekdays, closed weekdays, and the closed days ahead.

    >>> hours_said(OpeningHours("UTC", dict.fromkeys(range(5), ((420, 1260),))), date(2026, 1, 1))
    'Mon-Fri 07:00-21:00, closed Sat, Sun'
    """
    by_hours: dict[tuple[Span, ...], list[int]] = {}
    for day, spans in sorted(hours.weekdays.items()):
        by_hours.setdefault(tuple(spans), []).append(day)
    said = [f"{days_said(days)} {_spans(spans)}" for spans, days in by_hours.items()]
    if by_hours.get(AROUND_THE_CLOCK) == list(range(7)):
        said = ["around the clock, every day"]
    shut = [WEEKDAYS[d] for d in range(7) if d not in hours.weekdays]
    said += [f"closed {', '.join(shut)}"] if shut else []
    ahead = sorted(day for day in hours.closed if day >= str(first_day))
    past = len(hours.closed) - len(ahead)
    said += [f"{counted(past, 'single closed day')} in the past"] if past else []
    said += [f"closed ahead: {', '.join(ahead[:6])}{' ...' if len(ahead) > 6 else ''}"] if ahead else []
    return ", ".join(said)


def days_said(days: Sequence[int]) -> str:
    """Weekdays in short: Mon-Fri, or Mon, Wed.

    >>> days_said([0, 1, 2, 5])
    'Mon-Wed, Sat'
    """
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    texts = [WEEKDAYS[run[0]] if len(run) == 1 else f"{WEEKDAYS[run[0]]}-{WEEKDAYS[run[-1]]}" for run in runs]
    return ", ".join(texts)


def _spans(spans: Sequence[Span]) -> str:
    if tuple(spans) == AROUND_THE_CLOCK:
        return "all day"
    return " and ".join(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in spans)
