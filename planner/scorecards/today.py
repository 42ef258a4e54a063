"""TODAY: what a site lead should look at first, each matter with the numbers that were seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.quality_tables import TODAY
from planner.scorecards.agents import FEWEST
from planner.scorecards.rollups import ALL
from planner.scorecards.today_overdue import overdue_calibrations, sampling_behind

ERROR_DAYS = 7  # critical errors no older than this are news
SIGNAL_WEEKS = 2  # so are control-chart signals of so many of the newest weeks
URGENCY = ("compliance", "auto_fail", "dispute", "signal", "coach", "calibration", "sampling")
FAILED = ["failed_customer", "failed_business", "failed_compliance", "failed_none"]


@dataclass(frozen=True)
class Matters:
    """The tables in which matters are looked for, each possibly empty."""

    scored: pd.DataFrame  # EVALUATION_SCORES
    agents: pd.DataFrame  # AGENT_SCORES
    disputes: pd.DataFrame
    leniency: pd.DataFrame
    sampling: pd.DataFrame
    trends: pd.DataFrame


def today(matters: Matters, centre: Centre, *, now: pd.Timestamp) -> pd.DataFrame:
    """TODAY by site: critical errors of the last days, open disputes (the oldest first), control-chart
    signals, whom to coach, calibrations that are overdue, queues whose sample is behind."""
    found = [part for part in _found(matters, centre, now=now) if len(part)]
    if not found:
        return TODAY.empty()
    columns = [column.name for column in TODAY.columns]
    rows = pd.concat(found, ignore_index=True).reindex(columns=[*columns, "first"])
    rows = rows[rows["site"].isin(list(centre.sites))]
    rows["order"] = rows["kind"].map({kind: place for place, kind in enumerate(URGENCY)})
    names = matters.agents.set_index("agent_id")["name"]
    rows["name"] = rows["subject"].map(names)
    rows = rows.sort_values(["site", "order", "first"], kind="stable", ignore_index=True)
    return TODAY.check(rows.assign(rank=rows.groupby("site").cumcount() + 1))


def _found(matters: Matters, centre: Centre, *, now: pd.Timestamp) -> Iterator[pd.DataFrame]:
    """Rows of TODAY; within a kind the smallest `first` comes first."""
    yield _errors(matters.scored, now=now)
    yield _open_disputes(matters, now=now)
    yield _signals(matters.trends, now=now)
    yield _to_coach(matters.agents)
    yield overdue_calibrations(matters.scored, matters.leniency, centre, now=now)
    yield sampling_behind(matters.sampling, now=now)


def _errors(scored: pd.DataFrame, *, now: pd.Timestamp) -> pd.DataFrame:
    """Evaluations of the last days in which a critical item failed; calibrations are no news."""
    recent = scored[(scored["evaluated_at"] > now - pd.Timedelta(days=ERROR_DAYS))]
    recent = recent[(recent[FAILED].sum(axis=1) > 0) & (recent["stream"] != "calibration")]
    kind = recent["failed_compliance"].gt(0).map({True: "compliance", False: "auto_fail"})
    return pd.DataFrame(
        {
            "site": recent["site"],
            "kind": kind,
            "subject": recent["agent_id"],
            "language": recent["language"],
            "channel": recent["channel"],
            "since": recent["evaluated_at"],
            "detail": recent["failed_items"],
            "value": recent["raw"],
            "reference": recent["evaluation_id"],
            "first": (now - recent["evaluated_at"]).dt.total_seconds(),
        }
    )


def _open_disputes(matters: Matters, *, now: pd.Timestamp) -> pd.DataFrame:
    """Disputes that are not decided; value = days open."""
    mine = matters.disputes[matters.disputes["outcome"] == "open"]
    mine = mine.merge(matters.scored, on="evaluation_id", how="inner")
    days = (now - mine["opened_at"]).dt.total_seconds() / 86_400
    return pd.DataFrame(
        {
            "site": mine["site"],
            "kind": "dispute",
            "subject": mine["agent_id"],
            "language": mine["language"],
            "channel": mine["channel"],
            "since": mine["opened_at"],
            "detail": mine["item"],
            "value": days,
            "reference": mine["evaluation_id"],
            "first": -days,
        }
    )


def _signals(trends: pd.DataFrame, *, now: pd.Timestamp) -> pd.DataFrame:
    """Weeks out of control among the newest; a site's own charts, not those of the whole centre."""
    oldest = now.tz_localize(None) - pd.Timedelta(weeks=SIGNAL_WEEKS + 1)
    mine = trends[trends["signal"].notna() & (trends["week"] > oldest) & (trends["site"] != ALL)]
    mine = mine[mine["n"] >= FEWEST]
    return pd.DataFrame(
        {
            "site": mine["site"],
            "kind": "signal",
            "subject": mine["measure"],
            "language": mine["language"],
            "channel": mine["channel"],
            "since": mine["week"].dt.tz_localize("UTC"),
            "detail": mine["signal"],
            "value": mine["value"],
            "low": mine["lower"],
            "high": mine["upper"],
            "target": mine["centre"],
            "n": mine["n"],
            "reference": mine["week"].dt.strftime("%Y-%m-%d"),
            "first": -mine["week"].astype("int64"),
        }
    )


def _to_coach(agents: pd.DataFrame) -> pd.DataFrame:
    """Agents whose true score is below the target with more than the chance asked."""
    mine = agents[agents["coach"]]
    return pd.DataFrame(
        {
            "site": mine["site"],
            "kind": "coach",
            "subject": mine["agent_id"],
            "language": mine["language"],
            "since": mine["last"],
            "detail": mine["weakest"],
            "value": mine["posterior"],
            "low": mine["low"],
            "high": mine["high"],
            "target": mine["target"],
            "n": mine["n"].astype(float),
            "chance": mine["p_below"],
            "first": mine["posterior"] - mine["target"],
        }
    )
