"""Queues, and the totals above them, brought into agreement before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from joblib import Parallel

from forecasting.borrowing import Judged, residual_test
from forecasting.hierarchy import Node, nodes_of, speaker
from forecasting.history import Axis, QueueHistory
from forecasting.kin import Histories
from forecasting.outlook import Following, Job, Outlook, origins_of, tested
from forecasting.parents import beside_parents
from forecasting.past import DaySeries
from forecasting.reconciliation import reconciled, with_variances
from forecasting.series import kin_series
from forecasting.spread import each
from planner.domain.centre import QueueKey

PARENTS = ("language", "site", "channel")  # the whole is too far from a queue to be its example


def in_agreement(
    seen: Mapping[QueueKey, Outlook],
    taught: Histories,
    known: Histories,
    *,
    following: Mapping[QueueKey, Following],
    work: tuple[Parallel, Job],
) -> dict[QueueKey, Outlook]:
    """The outlook of each queue after hearing its language, site, channel and the whole.

    A queue alone has nobody to agree with, and is left as it is.
    """
    run, job = work
    reasons = {key: one.kin.reason for key, one in following.items()}
    nodes = nodes_of(taught, known, reasons)
    calls = [(_series(node, known, job), job) for node in nodes]  # day totals travel, not histories
    judged = list(zip(nodes, each(run, _judged, calls=calls)))
    heard = {key: _heard(key, one, judged) for key, one in seen.items()}
    return _agreed(heard, taught, judged)


def _series(node: Node, known: Histories, job: Job) -> tuple[DaySeries, Axis]:
    """A total's day series."""
    members = [known[key] for key in node.members]
    return kin_series(members, speaker(members, node.key), job.centre), members[0].grid.axis


def _judged(total: tuple[DaySeries, Axis], job: Job) -> Judged:
    """A total's day series with its backtest."""
    series, axis = total
    return tested(series, axis, origins_of(series, axis, job))


def _heard(key: QueueKey, own: Outlook, judged: list[tuple[Node, Judged]]) -> Outlook:
    """The queue beside its share of each parent; its paths repeat the errors of the two together."""
    parents = {node.name: one for node, one in judged if key in node.queues and node.name in PARENTS}
    if not parents:
        return own
    cutoff = len(own.judged.series.offered) - len(own.judged.test.ahead_combined)
    test = beside_parents(own.judged, parents, cutoff=cutoff)
    return replace(own, judged=Judged(own.judged.series, test), surprises=residual_test(test, own.surprises))


def _agreed(
    heard: dict[QueueKey, Outlook], taught: Histories, judged: list[tuple[Node, Judged]]
) -> dict[QueueKey, Outlook]:
    """The queues' days reconciled with those of the totals."""
    keys = list(dict.fromkeys(key for node, _ in judged for key in node.queues))
    if not keys:
        return heard
    queues = with_variances([heard[key].judged.test for key in keys])
    totals = with_variances([one.test for _, one in judged])
    days = reconciled(queues, totals, _sums(judged, keys, taught))
    return {**heard, **{key: _moved(heard[key], to) for key, to in zip(keys, days)}}


def _sums(judged: list[tuple[Node, Judged]], keys: list[QueueKey], taught: Histories) -> np.ndarray:
    """1 where a queue is part of a total on a day (totals x queues x days ahead).

    All 0 on days on which a queue that was part of the total's past has ended: its forecast counts it in.
    """
    part = np.array([[key in node.queues for key in keys] for node, _ in judged])
    ended = np.array([_ended(taught[key]) for key in keys])
    whole = ~(part[:, :, None] & ended).any(axis=1)
    result: np.ndarray = (part[:, :, None] & whole[:, None]).astype(float)
    return result


def _ended(history: QueueHistory) -> np.ndarray:
    """Days ahead after the queue's last (days ahead,)."""
    axis, last = history.grid.axis, history.queue.last_day
    days = axis.days[axis.cutoff :]
    return np.zeros(len(days), bool) if last is None else np.asarray(days.date > last)


def _moved(own: Outlook, to: np.ndarray) -> Outlook:
    return replace(own, judged=replace(own.judged, test=replace(own.judged.test, ahead_combined=to)))
