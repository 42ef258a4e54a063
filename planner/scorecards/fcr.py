"""First-contact resolution by four definitions, each under its own name and never averaged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.resolution_tables import FCR_CURVE, REPEATS, RESOLUTION
from planner.domain.tables import QUEUE, SCORECARD
from planner.scorecards.contact_log import Span, read_log
from planner.scorecards.curve import curve
from planner.scorecards.repeats import repeats
from planner.scorecards.resolution import COUNTS, daily_counts, resolution, shares
from planner.scorecards.returns import follow
from planner.scorecards.rollups import Period, period_start, rolled_up

PERIODS: tuple[Period, ...] = ("week", "month", "all")
BY_REASON = "fcr_repeat_7d"  # the measure that is told by reason in weeks too; in months and in all, each is


@dataclass(frozen=True)
class FirstContact:
    """What a contact log tells about first-contact resolution."""

    scorecard: pd.DataFrame
    resolution: pd.DataFrame
    repeats: pd.DataFrame
    curve: pd.DataFrame

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """What is published beside SCORECARD, by name."""
        return {"RESOLUTION": self.resolution, "REPEATS": self.repeats, "FCR_CURVE": self.curve}


def first_contact(paths: Sequence[Path], *, centre: Centre, span: Span | None = None) -> FirstContact:
    """SCORECARD rows, RESOLUTION, REPEATS and FCR_CURVE of CONTACTS (Parquet files), read once."""
    if paths:
        with read_log(paths, centre=centre, span=span) as log:
            if log is not None:
                follow(log.connection)
                days = daily_counts(log)
                return FirstContact(
                    scores(days, centre), resolution(days), repeats(log), curve(log, days=days)
                )
    return FirstContact(SCORECARD.empty(), RESOLUTION.empty(), REPEATS.empty(), FCR_CURVE.empty())


def fcr(paths: Sequence[Path], *, centre: Centre, span: Span | None = None) -> pd.DataFrame:
    """SCORECARD rows of CONTACTS (Parquet files) by week, month and in all, with every roll-up.

    Measures: fcr_repeat_24h, _72h, _7d, _30d, fcr_survey, fcr_agent, fcr_no_escalation, and the share
    of unknown customers, who are neither resolved nor repeating; with "_net" for the reasons the first
    line can resolve, with "_bot" for contacts a bot closed, and by reason as "fcr_repeat_7d: payment".
    Contacts count where and when the first part of them arrived.
    """
    return first_contact(paths, centre=centre, span=span).scorecard


def scores(days: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """SCORECARD rows of `daily_counts`."""
    parts = []
    for period in PERIODS:
        rows = days.assign(period_start=period_start(days["day"], period))
        whole = _rolled(rows, "", centre)
        by_reason = _rolled(rows, "reason", centre)
        if period == "week":
            by_reason = by_reason[by_reason["measure"].str.startswith(f"{BY_REASON}: ")]
        parts += [part.assign(period=period) for part in (whole, by_reason)]
    return pd.concat(parts, ignore_index=True)


def _rolled(rows: pd.DataFrame, by: str, centre: Centre) -> pd.DataFrame:
    """Shares of every roll-up of the queues; by "reason", each measure's name is followed by the reason."""
    net, place = centre.quality.fcr.net_reasons, ["period_start", "handled_by"]
    if by:
        rolled = rolled_up(rows, by=[*place, "reason"], sums=COUNTS)
        told = shares(rolled, by=[*QUEUE, "period_start", "reason"])
        return told.assign(measure=told["measure"] + ": " + told["reason"]).drop(columns="reason")
    net_only = rows.assign(reason=rows["reason"].where(rows["reason"].isin(list(net)), ""))
    rolled = rolled_up(net_only, by=[*place, "reason"], sums=COUNTS)
    return shares(rolled, by=[*QUEUE, "period_start"], net_reasons=net)
