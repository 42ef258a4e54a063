"""What is odd in a queue's history and what the forecast does with it: its rows of FINDINGS."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd

from forecasting.calendar_effect import calendar_effect
from forecasting.examined import examined
from forecasting.finding import Finding, Seen
from forecasting.findings_of_days import exceptional, odd, shift_finding, shifts, silences
from forecasting.findings_of_rows import closed, gaps, left_zeros_out, short
from forecasting.handling import aht_shifts
from forecasting.history import QueueHistory
from forecasting.past import DaySeries
from planner.domain.centre import Centre
from planner.domain.forecast_tables import FINDINGS

GROUPS = (gaps, closed, odd, silences, shifts, exceptional, short, left_zeros_out)


def finding_rows(history: QueueHistory, series: DaySeries, centre: Centre) -> pd.DataFrame:
    """FINDINGS of one queue from its history before the cutoff, in order of time; none for an unlived one."""
    past = series.past(history.grid.axis.cutoff, horizon=0)
    if history.reading is None or not past.known.any():
        return FINDINGS.empty()
    seen = Seen(history, examined(past, calendar_effect(past)), centre)
    found = [finding for group in GROUPS for finding in group(seen)]
    found += _handle_times(seen, series)
    if not found:
        return FINDINGS.empty()
    rows = pd.DataFrame([asdict(finding) for finding in found]).assign(**history.queue.key._asdict())
    rows = rows.drop_duplicates(["kind", "first_day"], keep="last").sort_values(["first_day", "kind"])
    names = FINDINGS.present(rows)
    return rows[names].astype({name: FINDINGS.column(name).dtype for name in names}).reset_index(drop=True)


def _handle_times(seen: Seen, series: DaySeries) -> list[Finding]:
    days = seen.history.grid.axis.days
    end = "; handle times before count at the level since"
    return [
        shift_finding(days[shift.row], shift, kind="handle_time", end=end, word=None)
        for shift in aht_shifts(seen.history, series.calendar)
    ]
