"""RESOLUTION as the page asks for it: the counts of a choice, and shares by one dimension."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboards import formats
from dashboards.fcr_names import reason_name
from dashboards.filters import Scope
from dashboards.languages import short_names
from planner.domain.centre import Centre
from planner.language import _
from planner.scorecards.resolution import shares

WHOLE = "whole"


@dataclass(frozen=True)
class Chosen:
    """What the reader chose; None is all of it."""

    scope: Scope
    client: str | None
    month: date | None

    def of(self, resolution: pd.DataFrame) -> pd.DataFrame:
        """The months of RESOLUTION that lie in the choice."""
        rows = self.scope.of(resolution[resolution["period"] == "month"])
        if self.client is not None:
            rows = rows[rows["client"] == self.client]
        return rows if self.month is None else rows[rows["period_start"] == pd.Timestamp(self.month)]

    @property
    def beyond(self) -> str:
        """What a card adds whose table tells neither client nor month, where one was chosen."""
        return self.every_client + ("; " + _("all months of the contact log") if self.month else "")

    @property
    def every_client(self) -> str:
        """What a card adds whose table tells no client, where one was chosen."""
        return "; " + _("all clients") if self.client is not None else ""


def whole_shares(counts: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """Each definition over all of the counts, by measure: value, low, high, n."""
    net = centre.quality.fcr.net_reasons
    return shares(counts.assign(all=WHOLE), by=["all"], net_reasons=net).set_index("measure")


def shares_by(counts: pd.DataFrame, dimension: str, *, measure: str, centre: Centre) -> pd.DataFrame:
    """One definition by a dimension such as reason: name, value, low, high, n; the lowest first."""
    found = shares(counts, by=[dimension], net_reasons=centre.quality.fcr.net_reasons)
    mine = found[(found["measure"] == measure) & found[dimension].notna()]
    name = NAMES[dimension]
    rows = mine.assign(name=[name(str(subject), centre) for subject in mine[dimension]])
    return rows[["name", dimension, "value", "low", "high", "n"]].sort_values("value", ignore_index=True)


NAMES: dict[str, Callable[[str, Centre], str]] = {
    "language": lambda tag, _centre: short_names(tag),
    "site": lambda code, centre: centre.sites[code].name if code in centre.sites else code,
    "channel": lambda name, _centre: formats.channel(name),
    "client": lambda name, _centre: name,
    "reason": lambda name, _centre: reason_name(name),
}


def dimension_name(dimension: str) -> str:
    """The dimension as it is chosen."""
    return {
        "language": _("By language"),
        "site": _("By site"),
        "channel": _("By channel"),
        "client": _("By client"),
        "reason": _("By reason"),
    }[dimension]
