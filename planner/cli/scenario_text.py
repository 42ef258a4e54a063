"""A scenario's run as lines of text: beside the base, step by step, week by week."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from planner.domain.scenario import Move, Scenario
from planner.domain.scenario_tables import WHOLE

NOTHING = 1e-9
WEEK, SUNDAY = 7, 6
SMALL = 100  # below it two decimals are shown


def side_by_side(table: pd.DataFrame, names: Sequence[str]) -> Iterator[str]:
    """One line a measure: the base, and each scenario with its difference where there is one."""
    labels = [
        row["measure"] if row["of"] == WHOLE else f"{row['measure']} ({row['of']})"
        for row in table.to_dict("records")
    ]
    wide = max(map(len, labels), default=0) + 1
    yield f"{'':<{wide}}{'base':>16}" + "".join(f"{name:>40}" for name in names)
    for label, row in zip(labels, table.to_dict("records"), strict=True):
        cells = "".join(f"{_both(row, name):>34}" for name in names)
        yield f"{label:<{wide}}{said(row['base'], row['unit']):>16}{cells}"


def _both(row: dict[Hashable, Any], name: str) -> str:
    """The scenario's value and, where it differs, by how much; the range of what only the scenario has."""
    value, more = row[name], row[f"{name} difference"]
    text = said(value, str(row["unit"]))
    if pd.isna(row["base"]) and not pd.isna(row[f"{name} low"]):
        low, high = (said(row[f"{name} {end}"], str(row["unit"])) for end in ("low", "high"))
        return f"{text} ({low} to {high})"
    if pd.isna(more) or abs(more) <= NOTHING * max(abs(value), NOTHING):
        return text
    if row["unit"] == "share":
        return f"{text} ({100 * more:+.1f} points)"
    return f"{text} ({more / row['base']:+.1%})" if row["base"] else text


def said(value: float, unit: str) -> str:
    """A number as people read it."""
    if pd.isna(value):
        return "–"
    if unit == "share":
        return f"{100 * value:.1f} %"
    if unit in ("weeks", "days"):
        return f"{value:,.0f} {unit}"
    return f"{value:,.2f} {unit}" if abs(value) < SMALL else f"{value:,.0f} {unit}"


def its_own(scenario: Scenario, tables: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """What else a run shows: its changes as steps, a move or a team week by week, a backlog day by day."""
    steps = tables["SCENARIO_STEPS"]
    if (steps["kind"] == "alone").sum() > 1:
        yield from ("", f"{scenario.name}, each change alone and all together", *_steps(steps))
    for change in scenario.changes:
        if isinstance(change, Move):
            yield from _weeks(scenario, change, tables["SCENARIO_WEEKS"])
    if len(tables["SCENARIO_REPLY"]):
        yield from ("", f"{scenario.name}, open at the end of each week", *_reply(tables["SCENARIO_REPLY"]))
    if len(tables["SCENARIO_BACKLOG"]):
        yield from ("", f"{scenario.name}, open contacts day by day", *_backlog(tables["SCENARIO_BACKLOG"]))


def _steps(steps: pd.DataFrame) -> Iterator[str]:
    yield f"{'':<44}{'contacts':>12}{'work, h':>12}{'FTE':>10}"
    for row in steps.to_dict("records"):
        yield f"{row['name']:<44}{row['contacts']:>+12,.0f}{row['work_h']:>+12,.0f}{_people(row['fte']):>10}"


def _people(fte: float) -> str:
    return "–" if pd.isna(fte) else f"{fte:+.1f}"


def _weeks(scenario: Scenario, change: Move, weeks: pd.DataFrame) -> Iterator[str]:
    """Need, people there and chance at both sites, each week from that in which something moves."""
    for language in change.where.languages:
        mine = weeks[weeks["language"] == language]
        sites = [site for site in dict.fromkeys(mine["site"]) if site in (*change.where.sites, change.to)]
        yield from ("", f"{scenario.name}, {language} week by week: hours needed / there, chance (base)")
        yield f"{'week':<12}" + "".join(f"{site:>34}" for site in sites)
        at = mine.set_index(["site", "week"])
        for week in sorted(mine["week"].unique()):
            cells = [_cell(at.loc[(site, week)]) if (site, week) in at.index else "–" for site in sites]
            yield f"{week:%Y-%m-%d}  " + "".join(f"{cell:>40}" for cell in cells)


def _cell(row: pd.Series) -> str:
    chances = [
        said(row[f"{case}chance"] if row[f"{case}need_h"] > 0 else np.nan, "share") for case in ("", "base_")
    ]
    return f"{row['need_h']:,.0f} / {row['there_h']:,.0f} h, {chances[0]} ({chances[1]})"


def _reply(reply: pd.DataFrame) -> Iterator[str]:
    heads = f"{'open without':>16}{'with':>10}{'reply without':>16}{'with':>10}"
    yield f"{'week until':<12}{'queue':<22}{'new':>8}{heads}"
    key = ["site", "language", "channel"]
    reply = reply.assign(until=reply["day"] + pd.to_timedelta(6 - reply["day"].dt.day_of_week, unit="D"))
    for (*queue, until), rows in reply.groupby([*key, "until"]):
        without, then = (rows[rows["case"] == case] for case in ("without", "with"))
        if len(then) < WEEK:  # the weeks planned begin at midnight somewhere else
            continue
        opens = [float(each["open"].iloc[-1]) for each in (without, then)]
        hours = [
            (each["reply_h"] * each["new"]).sum() / max(each["new"].sum(), 1) for each in (without, then)
        ]
        yield (
            f"{until:%Y-%m-%d}  {' · '.join(queue):<22}{then['new'].sum():>8,.0f}"
            f"{opens[0]:>16,.0f}{opens[1]:>10,.0f}{hours[0]:>14.1f} h{hours[1]:>8.1f} h"
        )


def _backlog(backlog: pd.DataFrame) -> Iterator[str]:
    yield f"{'':<12}{'without outage':>16}{'bulk reply':>14}{'and overtime':>14}{'each alone':>14}"
    days = backlog.groupby("day")[["base", "scenario", "overtime", "no_bulk"]].sum()
    differs = days[(days["no_bulk"] - days["base"]).abs() >= 1.0]
    for day, row in differs[
        (np.arange(len(differs)) < WEEK) | (differs.index.day_of_week == SUNDAY)
    ].iterrows():
        cells = (
            f"{row['base']:>16,.0f}{row['scenario']:>14,.0f}{row['overtime']:>14,.0f}{row['no_bulk']:>14,.0f}"
        )
        yield f"{day:%a %d %b}  {cells}"
