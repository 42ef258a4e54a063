"""What a schedule comes to, in a few lines for the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.problems import counted
from planner.exporters.roster.by_language import by_language
from planner.pipeline import steps
from staffing.labour import every_rule
from staffing.scheduling.price import Prices
from staffing.worked import monday

SHOWN = 6  # languages named; the rest is counted


def summary(made: steps.Scheduled, agents: pd.DataFrame, centre: Centre) -> str:
    """People, hours, what is short, cost, bound and gap, the rules held, the seed, time, why it stopped."""
    return "\n".join([*_people(made, agents, centre), *_short(made, centre), *_quality(made), *_rules(made)])


def _people(made: steps.Scheduled, agents: pd.DataFrame, centre: Centre) -> Iterator[str]:
    schedule, report = made.tables["SCHEDULE"], made.tables["SCHEDULE_REPORT"]
    people, shifts = schedule["agent_id"].nunique(), len(schedule[["agent_id", "day"]].drop_duplicates())
    who = "1 person" if people == 1 else f"{people:,} people"
    overtime_h = _overtime_h(schedule, agents, centre)
    of_them = f", {overtime_h:,.0f} of them overtime" if overtime_h > 0 else ""
    yield f"{who}, {counted(shifts, 'shift')}, {report['paid_h'].sum():,.0f} paid hours{of_them}"
    if made.notes:
        yield f"{len(made.notes):,} could not be scheduled; they are named above"


def _overtime_h(schedule: pd.DataFrame, agents: pd.DataFrame, centre: Centre) -> float:
    """Paid hours above those of the contract, week by week."""
    paid = schedule[schedule["activity"] != "meal"]
    hours = (paid["end"] - paid["start"]) / pd.Timedelta(hours=1)
    weeks = hours.groupby([paid["agent_id"], monday(paid["day"])]).sum()
    contract = agents.set_index("agent_id")["contract"].map(
        {name: each.weekly_hours for name, each in centre.contracts.items()}
    )
    own = contract.reindex(weeks.index.get_level_values("agent_id")).to_numpy(float)
    return float((weeks - own).clip(lower=0.0).sum())


def _short(made: steps.Scheduled, centre: Centre) -> Iterator[str]:
    zones = {code: site.time_zone for code, site in centre.sites.items()}
    hours = by_language(made.tables["COVERAGE"], zones)
    each = hours.groupby("language")[["needed_h", "short_h", "over_h"]].sum()
    total = each.sum()
    yield (
        f"needed {total['needed_h']:,.0f} h, short {total['short_h']:,.1f} h "
        f"({_share(total['short_h'], total['needed_h'])}), over {total['over_h']:,.1f} h"
    )
    worst = each[each["short_h"] >= 0.05].sort_values("short_h", ascending=False)
    named = [f"{row.Index} {row.short_h:,.1f} h" for row in worst.head(SHOWN).itertuples()]
    rest = [f"{len(worst) - SHOWN} more languages"] if len(worst) > SHOWN else []
    if named:
        yield f"short by language: {', '.join([*named, *rest])}"


def _quality(made: steps.Scheduled) -> Iterator[str]:
    """Cost, bound and the gap in its three measures: share of the cost, agent-hours, share of the need."""
    report = made.tables["SCHEDULE_REPORT"]
    cost, bound, needed_h = (float(report[name].sum()) for name in ("cost", "bound", "required_h"))
    gap_h = (cost - bound) / Prices().under
    yield f"cost {cost:,.0f}, bound {bound:,.0f}: no legal schedule costs less"
    yield (
        f"gap {_share(cost - bound, cost)} of the cost, at most {gap_h:,.1f} agent-hours, "
        f"{_share(gap_h, needed_h)} of the hours needed"
    )


def _share(part: float, whole: float) -> str:
    return f"{100 * part / whole:.2f} %" if whole > 0 else "0 %"


def _rules(made: steps.Scheduled) -> Iterator[str]:
    report: pd.DataFrame = made.tables["SCHEDULE_REPORT"]
    rules = every_rule()
    yield f"{len(rules)} labour rules checked, none broken: {', '.join(rule.name for rule in rules)}"
    sites = report.drop_duplicates("site")
    stopped = ", ".join(f"{row.site} {row.stopped} ({row.seconds:,.0f} s)" for row in sites.itertuples())
    yield f"seed {int(report['seed'].iloc[0])}; stopped: {stopped}"
