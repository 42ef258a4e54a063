"""What is expected of a queue before it has a history."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Planned:
    """Contacts of an average week of the year, as a business plan has them.

    On the first day a share `begins_at` of them comes, rising evenly over `ramp_weeks`. `uncertainty` is
    the standard deviation of the plan's log error: with 0.3 two plans in three end within -26 and +35 %.
    `like` (site, language, channel) is the queue whose weekdays, season and day it takes; None = the
    nearest that knows its year.
    """

    contacts_per_week: float
    uncertainty: float = 0.3
    like: tuple[str, str, str] | None = None
    ramp_weeks: float = 0.0
    begins_at: float = 1.0
