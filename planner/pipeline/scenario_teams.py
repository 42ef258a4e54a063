"""Measures of the small teams of a scenario: reply times and backlog, without the scenario and with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from planner.pipeline.scenario_measures import HIGH, LOW, Row
from planner.pipeline.scenario_reply import Replied
from staffing.deferred_queues import deadline_of

Both = tuple[Replied, Replied]  # without the scenario, with it
Statistic = Callable[[np.ndarray], float]
DRAWN = "the middle one of {count} draws of the contacts, their handling and who is away; range over draws"
SHARES = (50, 90, 95)


def of_teams(found: Sequence[Both]) -> Iterator[Row]:
    """Each team's reply times, how many come in time, its backlog, and how busy it is."""
    for both in found:
        yield from _replies(both)
        yield from _backlog(both)


def _replies(both: Both) -> Iterator[Row]:
    then = both[1]
    of, deadline = str(then.queue.key), deadline_of(then.queue)
    text = f"arrival to first reply, in the queue's open hours; {DRAWN.format(count=len(then.draws))}"
    yield _statistic("reply_mean", both, lambda values: float(values.mean()), f"mean {text}")
    for share in SHARES:
        yield _statistic(f"reply_p{share}", both, _percentile(share), f"{share} % come sooner; {text}")
    text = "mean arrival to first reply by the clock on the wall, nights and Sundays included; middle draw"
    clock = [float(np.median([hours.mean() for hours in each.elapsed_h])) for each in both]
    yield Row("reply_mean_elapsed", of, clock[1], "h", text, without=clock[0])
    limit = deadline.within_business_h
    drawn = DRAWN.format(count=len(then.draws))
    text = f"first replies within {limit:g} business hours; target {deadline.share:.0%}; {drawn}"
    yield _statistic(
        "reply_in_time", both, lambda values: float((values <= limit).mean()), text, unit="share"
    )


def _percentile(share: int) -> Statistic:
    return lambda values: float(np.quantile(values, share / 100))


def _statistic(measure: str, both: Both, statistic: Statistic, text: str, unit: str = "h") -> Row:
    """A statistic of the replies of each draw: its middle and range over draws."""
    without, then = ([statistic(values) for values in each.reply_h if len(values)] for each in both)
    low, middle, high = (float(value) for value in np.quantile(then, [LOW, 0.5, HIGH]))
    return Row(measure, str(both[1].queue.key), middle, unit, text, low, high, float(np.median(without)))


def _backlog(both: Both) -> Iterator[Row]:
    of = str(both[1].queue.key)
    for measure, text, value in (
        ("backlog_most", "most contacts waiting for the team at the end of a day, middle draw", _most),
        ("backlog_end", "contacts waiting for the team at the end of the last day, middle draw", _last),
        ("team_busy", "handling time / time at work, all draws", _busy),
    ):
        without, then = (value(each) for each in both)
        yield Row(measure, of, then, "share" if value is _busy else "contacts", text, without=without)


def _most(replied: Replied) -> float:
    return float(np.median([draw.open_at_ends for draw in replied.draws], axis=0).max())


def _last(replied: Replied) -> float:
    return float(np.median([draw.open_at_ends[-1] for draw in replied.draws]))


def _busy(replied: Replied) -> float:
    work_h, there_h = (sum(getattr(draw, name) for draw in replied.draws) for name in ("work_h", "there_h"))
    return work_h / max(there_h, 1e-9)
