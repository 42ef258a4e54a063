"""What was drawn against what was asked: the check table of the demonstration centre, read from its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from planner.domain.problems import InputError, Problem
from planner.sample.leave import WEEKS, planned_away
from planner.sample.parameters import Parameters, read_parameters

LOGGED = 685_789  # contacts expected in the weeks of the log at scale 1, before chance
RUN_TO_YEAR = 0.989  # the reference year's share of the run rate: Swedish was launched within it
WHOLE = 1.0  # figures that depend on the size are asked for at this scale only


@dataclass(frozen=True)
class Check:
    """One line of the table: what, what was found, what was asked; `holds` None where nothing is asked."""

    what: str
    found: str
    asked: str = ""
    holds: bool | None = None


@dataclass(frozen=True)
class Centre:
    """The drawn files and the parameters they were drawn from."""

    parameters: Parameters
    truth: dict[str, Any]
    volume: pd.DataFrame
    contacts: pd.DataFrame
    evaluations: pd.DataFrame
    agents: pd.DataFrame
    absences: pd.DataFrame

    @property
    def last_year(self) -> pd.DataFrame:
        """VOLUME of the reference year."""
        first = pd.Timestamp(self.parameters.reference[0], tz="UTC")
        return self.volume[self.volume["interval_start"] >= first]


def read_centre(folder: Path) -> Centre:
    """The files that `draw` wrote; InputError when they are not there."""
    if not (folder / "truth.yaml").exists():
        note = "holds no demonstration centre; draw one with: planner sample " + str(folder)
        raise InputError([Problem("no_sample", note, str(folder))])
    truth = yaml.safe_load((folder / "truth.yaml").read_text(encoding="utf-8"))
    names = ("volume", "contacts", "evaluations", "agents", "absences")
    return Centre(
        read_parameters(scale=truth["scale"], seed=truth["seed"]),
        truth,
        *(_table(folder, name) for name in names),
    )


def _table(folder: Path, name: str) -> pd.DataFrame:
    path = folder / f"{name}.parquet"
    if path.exists():
        return pd.read_parquet(path)
    frame = pd.read_csv(folder / f"{name}.csv")
    for column in frame.columns.intersection(
        ["interval_start", "arrived_at", "answered_at", "ended_at", "evaluated_at"]
    ):
        frame[column] = pd.to_datetime(frame[column], format="ISO8601", utc=True)
    return frame


def between(what: str, value: float, bounds: tuple[float, float], *, show: str = ",.2f") -> Check:
    """A figure that must lie within bounds."""
    asked = f"{bounds[0]:{show}} to {bounds[1]:{show}}"
    return Check(what, f"{value:{show}}", asked, bounds[0] <= value <= bounds[1])


def at_whole(centre: Centre, rows: list[Check]) -> list[Check]:
    """The rows, asked for only at scale 1: small queues round up, so that their service is better."""
    return rows if centre.parameters.scale == WHOLE else [Check(row.what, row.found) for row in rows]


def volume_checks(centre: Centre) -> list[Check]:
    """The year's contacts, their channels, the peak, and the number of rows and queues."""
    scale, year = centre.parameters.scale, centre.last_year
    total = float(year["offered"].sum())
    asked = centre.parameters.spec["volume"]["run_rate_contacts"] * RUN_TO_YEAR * scale
    rows = [between("contacts in the last 52 weeks", total, (asked * 0.98, asked * 1.02), show=",.0f")]
    for channel, offered in year.groupby("channel")["offered"].sum().items():
        rows.append(Check(f"  of which {channel}", f"{offered:,.0f}"))
    return rows + _peaks(centre) + _rows(centre)


def _peaks(centre: Centre) -> list[Check]:
    """Weeks from Monday, UTC, against the mean week."""
    first = pd.Timestamp(centre.parameters.reference[0], tz="UTC")
    week = (centre.last_year["interval_start"] - first).dt.days // 7
    weeks = centre.last_year.groupby(week)["offered"].sum().iloc[:52]
    relative = (weeks / weeks.mean()).to_numpy()
    peak = ((date(2025, 11, 24) - centre.parameters.reference[0]).days // 7, 8)
    return [
        between("peak week / mean week", float(relative.max()), (1.9, 2.3)),
        between("8 peak weeks / mean week", float(relative[peak[0] : sum(peak)].mean()), (1.7, 2.2)),
        between("July sales week / mean week", float(relative[37:41].max()), (1.1, 1.5)),
    ]


def _rows(centre: Centre) -> list[Check]:
    queues = centre.volume.groupby(["site", "language", "channel"])["interval_start"].max()
    live = int((queues >= pd.Timestamp(centre.parameters.last_day, tz="UTC") - pd.Timedelta(days=7)).sum())
    weeks = centre.parameters.spec["meta"]["contact_log_weeks"]
    logged = (LOGGED * centre.parameters.scale * 0.93, LOGGED * centre.parameters.scale * 1.07)
    return [
        Check("queues: all / live", f"{len(queues)} / {live}", "60 / 56", (len(queues), live) == (60, 56)),
        between("rows of volume", len(centre.volume), (1_108_000, 1_112_000), show=",.0f"),
        between(f"contacts logged in {weeks} weeks", len(centre.contacts), logged, show=",.0f"),
        _log_agrees(centre),
    ]


def _log_agrees(centre: Centre) -> Check:
    """The log's contacts, counted by queue and half-hour, against the rows of volume."""
    key = ["site", "language", "channel", "interval_start"]
    log = centre.contacts.assign(interval_start=centre.contacts["arrived_at"].dt.floor("30min"))
    counted = log.groupby(key).agg(logged=("contact_id", "size"), taken=("answered_at", "count"))
    # The log begins with the local day; a UTC day later it has begun everywhere.
    begun = pd.Timestamp(centre.parameters.log_first_day, tz="UTC") + pd.Timedelta(days=1)
    both = centre.volume.merge(counted.reset_index(), on=key, how="outer")
    counts = both.loc[both["interval_start"] >= begun, ["offered", "logged", "answered", "taken"]].fillna(0)
    wrong = (counts["offered"] != counts["logged"]) | (counts["answered"] != counts["taken"])
    return Check("rows in which log and volume differ", f"{int(wrong.sum()):,}", "0", not wrong.any())


def service_checks(centre: Centre) -> list[Check]:
    """Service of the last 52 weeks, pooled; the staffing had good and bad weeks on purpose."""
    sums = centre.last_year.drop(columns=["interval_start"]).groupby("channel").sum(numeric_only=True)
    share = sums.div(sums["offered"], axis=0).astype(float)
    work = sums[["talk_s", "hold_s", "wrap_s"]].sum(axis=1) / sums["staffed_s"]
    asked = (
        ("voice answered in 20 s / offered", "voice", "answered_within_20_s", (0.80, 0.92)),
        ("voice answered in 60 s / offered", "voice", "answered_within_60_s", (0.88, 0.96)),
        ("voice abandoned / offered", "voice", "abandoned", (0.03, 0.055)),
        ("chat first reply in 60 s / offered", "chat", "answered_within_60_s", (0.80, 0.97)),
        ("messaging first reply in 60 s / offered", "messaging", "answered_within_60_s", (0.80, 0.97)),
        ("email done by the deadline / received", "email", "met_deadline", (0.90, 1.0)),
        ("backoffice done by the deadline / received", "backoffice", "met_deadline", (0.90, 1.0)),
    )
    rows = [between(what, share.at[c, measure], bounds, show=".1%") for what, c, measure, bounds in asked]
    return at_whole(centre, [*rows, Check("voice occupancy", f"{float(work['voice']):.0%}")])


def people_checks(centre: Centre) -> list[Check]:
    """The roster of the as-of day, the people of the peak, and the leave to come."""
    people, spoken = len(centre.agents), centre.agents["languages"].str.count(";") + 1
    two, three = float((spoken == 2).mean()), float((spoken == 3).mean())
    december = centre.evaluations["evaluated_at"].dt.strftime("%Y-%m") == "2025-12"
    peak = centre.evaluations.loc[december, "agent_id"].nunique()
    languages = abs(two - 0.35) < 0.03 and abs(three - 0.05) < 0.015
    rows = [
        Check("people on the roster", f"{people:,}", "560", people == 560),
        Check("  speaking 2 / 3 languages", f"{two:.0%} / {three:.0%}", "about 35% / 5%", languages),
        Check("people evaluated in December 2025", f"{peak:,}", "850 to 1,100", 850 < peak < 1_100),
    ]
    return [*at_whole(centre, rows), _leave(centre)]


def _leave(centre: Centre) -> Check:
    """Days of leave against the planned share, over all sites and weeks."""
    first, last = (pd.to_datetime(centre.absences[name]) for name in ("first_day", "last_day"))
    away = float(((last - first).dt.days + 1).sum()) / (len(centre.agents) * WEEKS * 7)
    thursday = pd.Timestamp(centre.parameters.last_day) + pd.Timedelta(days=4)
    weeks = pd.date_range(thursday, periods=WEEKS, freq="7D")
    by_site = {
        site: np.mean([planned_away(centre.parameters, site, day.month) for day in weeks])
        for site in centre.parameters.spec["sites"]
    }
    asked = float(centre.agents["site"].map(by_site).mean())
    return between("share of days on leave, 16 weeks", away, (asked * 0.93, asked * 1.07), show=".2%")


def table_text(checks: Sequence[Check]) -> str:
    """The checks as a table, one line each, and a last line that says whether all hold."""
    verdict = {None: "", True: "ok", False: "NO"}
    cells = [("check", "found", "asked", "")] + [(c.what, c.found, c.asked, verdict[c.holds]) for c in checks]
    widths = [max(len(row[place]) for row in cells) for place in range(4)]
    lines = [" | ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip() for row in cells]
    failed = [check.what.strip() for check in checks if check.holds is False]
    return "\n".join([*lines, "", f"failed: {'; '.join(failed)}" if failed else "all checks hold"])
