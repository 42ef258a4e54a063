"""What every change needs to know of the plan it acts on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from planner.domain.centre import Centre, QueueKey
from planner.domain.scenario import When, Where
from planner.scenarios.demand import Demand, Flow
from planner.scenarios.when import weight


@dataclass(frozen=True)
class Setting:
    """The scenario's centre, the first Monday planned, and the seed of what is drawn."""

    centre: Centre
    first_monday: date
    seed: int

    def meant(self, demand: Demand, where: Where) -> list[QueueKey]:
        """The queues of the demand that a change means."""
        queues = self.centre.queues
        return [key for key in demand if where.holds(key, queues[key].client if key in queues else None)]

    def weights(self, flow: Flow, when: When) -> np.ndarray:
        """How much of a change holds in each interval, 0..1."""
        return weight(flow.days, when, first_monday=self.first_monday)[flow.day_of]
