"""Changes that planners made on top of the forecast, in words."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from dashboards import formats
from dashboards.expected import ALL
from dashboards.filters import Scope
from dashboards.languages import both_names
from dashboards.published import Published
from planner.domain.centre import Centre, QueueKey
from planner.domain.tables import QUEUE
from planner.language import _

Row = Mapping[Hashable, Any]


def touching(plan: Published, scope: Scope) -> pd.DataFrame:
    """The overrides that the plan was made with and that touch a queue of the scope, by first day."""
    if not plan.has("OVERRIDES"):
        return pd.DataFrame()
    rows = plan.table("OVERRIDES")
    inside = [key for key in plan.centre.queues if scope.holds(key)]
    held = [any(covers(row, key) for key in inside) for row in rows.to_dict("records")]
    return rows[held].sort_values(["first_day", "override_id"], ignore_index=True)


def covers(row: Row, key: QueueKey) -> bool:
    """Whether an override, a finding or a word on teaching speaks of a queue."""
    parts = (row["site"], row["language"], row["channel"])
    return all(part in (ALL, has) for part, has in zip(parts, key, strict=True))


def covered(days: pd.DataFrame, row: Row) -> pd.DataFrame:
    """The rows by queue and day that an override speaks of."""
    kept = days["day"].between(row["first_day"], row["last_day"])
    for name in QUEUE:
        if row[name] != ALL:
            kept &= days[name] == row[name]
    return days[kept]


def change_words(row: Row) -> str:
    """What an override does to a day: +15 %, −40 contacts a day, exactly 300 contacts a day."""
    value = float(row["value"])
    if row["change"] == "share":
        digits = 0 if abs(value * 100 - round(value * 100)) < 1e-9 else 1
        return formats.with_percent(formats.points(value, digits))
    if row["change"] == "contacts":
        return _("{value} contacts a day").format(value=formats.signed(value, 0))
    return _("exactly {value} contacts a day").format(value=formats.number(value))


def days_words(row: Row) -> str:
    """The days an override changes: 12–18 Oct 2026."""
    return formats.span(row["first_day"].date(), row["last_day"].date())


def place_words(row: Row, centre: Centre) -> str:
    """Whom a row speaks of: Lisbon, Português · Portuguese, voice; all queues."""
    site, language, channel = row["site"], row["language"], row["channel"]
    parts = [
        "" if site == ALL else centre.sites[site].name if site in centre.sites else site,
        "" if language == ALL else both_names(language),
        "" if channel == ALL else formats.channel_words(channel),
    ]
    return ", ".join(filter(None, parts)) or _("all queues")
