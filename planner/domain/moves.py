"""What it costs to move something that is published."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Moves:
    """Prices of moving what is published, in penalty units: usually 40 are one agent missing for an hour.

    `pause` is the price of a break or meal moved within a shift that stays; `queue` of an hour served on
    another language or channel; `shift` of a shift that begins or ends at another time on the same day,
    and `hour` of each hour by which its start or its end moves, whichever moves more; `day` of a day on
    which work is added, and of one on which it is dropped, so that a day exchanged costs both.
    """

    pause: float = 10.0
    queue: float = 8.0
    shift: float = 20.0
    hour: float = 10.0
    day: float = 80.0
