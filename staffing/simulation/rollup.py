"""Whole channels and languages: does the channel hold, and not only each of its queues?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from planner.domain.centre import QueueKey
from planner.domain.measures import Quotient
from staffing.simulation.horizon import periods
from staffing.simulation.report import Measured, Service, rows

ALL = "all"  # a dimension rolled up


def rolled_up(
    queues: Mapping[QueueKey, Service], *, days: pd.DatetimeIndex, zones: Mapping[str, str], seed: int
) -> pd.DataFrame:
    """SERVICE_CHECK rows by day, week and total of roll-ups of queues, whose service is by local day.

    Contacts are added over queues, each judged by its own thresholds, in replications of one number,
    which met the same sample path; where queues were simulated unequally often, the fewest count. A
    target is held against the whole only where all its queues share it. The days of several sites are
    taken together by their own clocks and begin at UTC midnight.
    """
    frames = []
    for key, members in groupings(queues).items():
        service = together([queues[member] for member in members])
        zone = zones.get(key.site, "UTC")
        frames += [
            rows(service.pooled(first), starts=starts).assign(
                **key._asdict(), level=level, replications=len(service.offered), seed=seed
            )
            for level, first, starts in periods(days, zone)
        ]
    return pd.concat(frames, ignore_index=True)


def groupings(keys: Iterable[QueueKey]) -> dict[QueueKey, list[QueueKey]]:
    """Roll-ups and their queues: a channel over sites, over languages, over both; a language over all."""
    found: dict[QueueKey, list[QueueKey]] = {}
    for key in keys:
        site, language, channel = key
        for whole in (
            QueueKey(ALL, ALL, channel),
            QueueKey(site, ALL, channel),
            QueueKey(ALL, language, channel),
            QueueKey(ALL, language, ALL),
        ):
            found.setdefault(whole, []).append(key)
    return found


def together(services: Sequence[Service]) -> Service:
    """Several queues as one, with the measures that any of them has."""
    count = min(len(one.offered) for one in services)
    names = dict.fromkeys(one.name for service in services for one in service.measured)
    return Service(
        np.any([one.is_open for one in services], axis=0),
        np.sum([one.offered[:count] for one in services], axis=0),
        tuple(
            _added([one for service in services for one in service.measured if one.name == name], count=count)
            for name in names
        ),
    )


def _added(parts: Sequence[Measured], *, count: int) -> Measured:
    quotients = [one.quotient for one in parts]
    added = (
        np.sum([np.asarray(part)[:count] for part in side], axis=0) for side in zip(*quotients, strict=True)
    )
    targets = {one.target for one in parts}
    shared = targets.pop() if len(targets) == 1 else None
    return Measured(parts[0].name, Quotient(*added), shared, parts[0].at_least)
