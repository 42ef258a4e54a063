"""Pictures of what scenarios show of their own: a team's backlog, an outage, a move, a new market, steps.

    planner scenario mystore s6-email-team s7-outage
    python -m benchmarks.scenario_details mystore docs/pictures/scenarios s6-email-team s7-outage

Writes one SVG under the first name, of its newest run; a move is drawn with those named after it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.scenario_pictures import (
    BAND,
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    WIDE,
    Panel,
    area,
    curve,
    dashed,
    labels,
    newest,
    panel,
    picture,
    round_steps,
)
from planner.pipeline.scenario import scenario_store
from planner.reports.palette import FORECAST, INK, MUTED, OVER, UNDER
from planner.reports.svg import bar, circle, line, text
from planner.store import Store, read_plan

HALF = (LEFT, WIDE / 2 - 110), (WIDE / 2 + 20, WIDE - RIGHT)
PEN = 'stroke="{}" stroke-width="2"'
SLATE = "#74899A"


def frame(
    plot: Panel, title: str, names: Sequence[tuple[float, str]], *, form: str = "{:,.0f}"
) -> Iterator[str]:
    """Title, a grid of round numbers, and names across."""
    yield text(plot.left, TOP - 14, title, style=f'font-weight="600" fill="{INK}"')
    for value in round_steps(plot.amount.high):
        y = plot.amount.at(value)
        yield line(plot.left, y, plot.right, y, style='stroke="#EBEEF1"')
        yield text(plot.left - 6, y + 4, form.format(value), anchor="end", style=f'fill="{MUTED}"')
    for place, name in names:
        yield text(plot.weeks.at(place), BOTTOM + 18, name, anchor="middle", style=f'fill="{MUTED}"')


def months(days: pd.DatetimeIndex) -> list[tuple[float, str]]:
    """Where each month begins."""
    return [(place, f"{day:%b}") for place, day in enumerate(days) if day.day == 1]


def path(plot: Panel, values: Sequence[float]) -> list[tuple[float, float]]:
    """Points of a curve, one a step across."""
    return [(plot.weeks.at(place), plot.amount.at(float(value))) for place, value in enumerate(values)]


def team(store: Store, run: str) -> Iterator[str]:
    """Open contacts at the end of each day, and the reply time of each week's contacts."""
    reply = read_plan(scenario_store(store), run, "SCENARIO_REPLY")
    cases = {case: rows.set_index("day") for case, rows in reply.groupby("case")}
    days = pd.DatetimeIndex(cases["with"].index)
    most = max(float(cases["without"]["open_high"].max()), 1.0)
    plot = panel(*HALF[0], weeks=len(days) - 1, most=most)
    yield from frame(plot, "Open contacts at the end of the day", months(days))
    high, low = (path(plot, cases["with"][name]) for name in ("open_high", "open_low"))
    yield area(high, low, fill=BAND)
    yield curve(path(plot, cases["without"]["open"]), style=dashed(INK))
    yield curve(path(plot, cases["with"]["open"]), style=PEN.format(FORECAST))
    weekly = {case: _weekly(rows) for case, rows in cases.items()}
    weeks = pd.DatetimeIndex(weekly["with"].index)
    plot = panel(*HALF[1], weeks=len(weeks) - 1, most=1.1 * float(weekly["without"].max()))
    yield from frame(plot, "Hours to the first reply, mean of the week's contacts", months_of(weeks))
    yield curve(path(plot, weekly["without"]), style=dashed(INK))
    yield curve(path(plot, weekly["with"]), style=PEN.format(FORECAST))
    ends = [(plot.amount.at(float(weekly[case].iloc[-1])), case + " rules", colour) for case, colour in CASES]
    yield from labels(plot.right + 6, ends)


CASES = (("without", INK), ("with", FORECAST))


def _weekly(rows: pd.DataFrame) -> pd.Series:
    week = rows.index - pd.to_timedelta(rows.index.day_of_week, unit="D")
    sums = (rows["reply_h"] * rows["new"]).groupby(week).sum() / rows["new"].groupby(week).sum()
    return sums[rows["new"].groupby(week).size() == 7]


def months_of(weeks: pd.DatetimeIndex) -> list[tuple[float, str]]:
    """Where the first week of each month stands."""
    return [(place, f"{week:%b}") for place, week in enumerate(weeks) if week.day <= 7]


def outage(store: Store, run: str) -> Iterator[str]:
    """Service of the day by channel, and the backlog of mails until it is gone."""
    kept = scenario_store(store)
    measures = read_plan(kept, run, "SCENARIO_MEASURES").set_index(["measure", "of"])
    channels = ("voice", "chat", "messaging")
    plot = panel(*HALF[0], weeks=len(channels), most=100)
    places = [(place + 0.5, channel) for place, channel in enumerate(channels)]
    yield from frame(plot, "Answered in time on the day, % of contacts", places)
    for place, channel in places:
        row, alone = (
            measures.loc[(name, channel)] for name in ("outage_service_level", "outage_service_level_no_bulk")
        )
        values = ((row["without"], INK), (row["value"], FORECAST), (alone["value"], UNDER))
        for shift, (value, colour) in zip((-0.25, 0, 0.25), values, strict=True):
            x, y = plot.weeks.at(place + shift), plot.amount.at(100 * float(value))
            yield circle(x, y, 4, fill=colour, edge=colour)
            yield text(x, y - 9, f"{100 * float(value):.0f}", anchor="middle", style=f'fill="{colour}"')
    backlog = (
        read_plan(kept, run, "SCENARIO_BACKLOG")
        .groupby("day")[["base", "scenario", "overtime", "no_bulk"]]
        .sum()
    )
    differs = np.flatnonzero((backlog["no_bulk"] - backlog["base"]).to_numpy() >= 1)
    mine = backlog.iloc[max(int(differs[0]) - 3, 0) : int(differs[-1]) + 5]
    days = pd.DatetimeIndex(mine.index)
    plot = panel(*HALF[1], weeks=len(days) - 1, most=1.1 * float(mine.max().max()))
    names = [(place, f"{day:%d %b}") for place, day in enumerate(days) if day.day_of_week == 0]
    yield from frame(plot, "Mails open at the end of the day", names)
    pens = {
        "base": (dashed(INK), INK, "no outage"),
        "scenario": (PEN.format(FORECAST), FORECAST, "bulk reply"),
        "no_bulk": (PEN.format(UNDER), UNDER, "each alone"),
    }
    for name, (pen, _, _) in pens.items():
        yield curve(path(plot, mine[name]), style=pen)
    tops = [
        (plot.amount.at(float(mine[name].max())), words, colour) for name, (_, colour, words) in pens.items()
    ]
    yield from labels(plot.right + 6, tops)


def move(store: Store, runs: Sequence[str], language: str, sites: tuple[str, str]) -> Iterator[str]:
    """Hours needed and there at the new site, and the least chance of both sites, for each run."""
    weeks = [read_plan(scenario_store(store), run, "SCENARIO_WEEKS") for run in runs]
    mine = [each[each["language"].eq(language) & each["site"].isin(sites)] for each in weeks]
    there = [each[each["site"] == sites[1]].set_index("week") for each in mine]
    plot = panel(
        *HALF[0],
        weeks=len(there[0]),
        most=1.1 * max(float(each[["need_h", "there_h"]].max().max()) for each in there),
    )
    axis = months_of(pd.DatetimeIndex(there[0].index))
    yield from frame(plot, f"Hours a week at {sites[1]}: needed, and there (dashed)", axis)
    for rows, colour in zip(there, (FORECAST, UNDER), strict=False):
        yield curve(plot.steps(rows["need_h"].to_numpy(float)), style=PEN.format(colour))
        yield curve(plot.steps(rows["there_h"].to_numpy(float)), style=dashed(colour))
    plot = panel(*HALF[1], weeks=len(there[0]) - 1, most=100)
    yield from frame(plot, "Least chance of either site that the week's need is met, %", axis)
    base = mine[0][mine[0]["base_need_h"] > 0].groupby("week")["base_chance"].min()
    curves = [(100 * base, dashed(INK), INK, "base")]
    for rows, colour, name in zip(mine, (FORECAST, UNDER), ("after the peak", "before it"), strict=False):
        least = 100 * rows[rows["need_h"] > 0].groupby("week")["chance"].min()
        curves.append((least, PEN.format(colour), colour, name))
    for values, pen, _, _ in curves:
        yield curve(path(plot, values), style=pen)
    yield from labels(
        plot.right + 6, [(plot.amount.at(float(v.iloc[-1])), name, colour) for v, _, colour, name in curves]
    )


def market(store: Store, run: str) -> Iterator[str]:
    """People needed by week at three levels, and how the range of the level narrows with weeks of its own."""
    kept = scenario_store(store)
    need, measures = (read_plan(kept, run, name) for name in ("CAPACITY_NEED", "SCENARIO_MEASURES"))
    levels = measures[measures["measure"].str.startswith("level_after_")]
    language = str(levels["of"].iloc[0])
    mine = (
        need[need["language"] == language].groupby("week")[["need_p50_h", "need_p75_h", "need_p90_h"]].sum()
        / 40
    )
    plot = panel(*HALF[0], weeks=len(mine), most=1.1 * float(mine.max().max()))
    yield from frame(
        plot, "Full-time people needed on 50, 75 and 90 % days", months_of(pd.DatetimeIndex(mine.index))
    )
    for name, colour in (("need_p50_h", SLATE), ("need_p75_h", FORECAST), ("need_p90_h", UNDER)):
        yield curve(plot.steps(mine[name].to_numpy(float)), style=PEN.format(colour))
    ends = [
        (plot.amount.at(float(mine[f"need_p{p}_h"].iloc[-1])), f"{p} %", c)
        for p, c in ((50, SLATE), (75, FORECAST), (90, UNDER))
    ]
    yield from labels(plot.right + 6, ends)
    plot = panel(*HALF[1], weeks=len(levels), most=1.1 * float(levels["high"].max()))
    weeks = [name.removeprefix("level_after_").removesuffix("_weeks") for name in levels["measure"]]
    names = [
        (place + 0.5, f"{week} weeks" if week != "0" else "plan alone") for place, week in enumerate(weeks)
    ]
    yield from frame(plot, "Contacts a week once risen: 10 to 90 %, after weeks of its own", names)
    for place, row in enumerate(levels.to_dict("records")):
        x = plot.weeks.at(place + 0.5)
        low, high = (plot.amount.at(row[name]) for name in ("low", "high"))
        yield line(x, low, x, high, style=f'stroke="{FORECAST}" stroke-width="5"')
        yield text(x + 8, high + 4, f"{row['high']:,.0f}", style=f'fill="{FORECAST}"')
        yield text(x + 8, low + 4, f"{row['low']:,.0f}", style=f'fill="{FORECAST}"')


def steps(store: Store, run: str) -> Iterator[str]:
    """A waterfall of handling time, and of people, from the base to all changes together."""
    table = read_plan(scenario_store(store), run, "SCENARIO_STEPS")
    wide = ((240.0, WIDE / 2 + 120), (WIDE / 2 + 190, WIDE - 60))
    for (left, right), measure, title, form in (
        (wide[0], "work_h", "Handling time, thousand h", "{:+,.1f}"),
        (wide[1], "fte", "Full-time people, mean of the weeks", "{:+,.1f}"),
    ):
        values = table[measure].to_numpy(float) / (1000 if measure == "work_h" else 1)
        yield from _waterfall(table, values, (left, right), title, form, named=measure == "work_h")


def _waterfall(
    table: pd.DataFrame, values: np.ndarray, span: tuple[float, float], title: str, form: str, *, named: bool
) -> Iterator[str]:
    yield text(span[0], TOP - 14, title, style=f'font-weight="600" fill="{INK}"')
    parts, whole = values[:-1], values[-1]
    ends = np.cumsum(parts)
    low = min(ends.min(), whole)
    row = (BOTTOM - TOP) / len(values)

    def at(value: float) -> float:
        return span[1] - 40 - (span[1] - span[0] - 80) * value / low

    for place, name in enumerate(table["name"]):
        before, after = (0.0, whole) if place == len(parts) else (ends[place] - parts[place], ends[place])
        y = TOP + place * row
        colour = INK if place == len(parts) else OVER if after < before else UNDER
        yield bar(at(before), at(after), y + row * 0.2, height=row * 0.6, fill=colour)
        number = form.format(values[place])
        yield text(
            min(at(before), at(after)) - 5, y + row * 0.62, number, anchor="end", style=f'fill="{colour}"'
        )
        if named:
            yield text(LEFT - 20, y + row * 0.62, str(name), style=f'fill="{INK}"')


def drawn(store: Store, names: Sequence[str]) -> str:
    """The picture of the newest run of the first name; of a move, with the others."""
    run = newest(store, names[0])
    kept = scenario_store(store)
    if len(read_plan(kept, run.plan_id, "SCENARIO_REPLY")):
        marks = [*team(store, run.plan_id)]
    elif len(read_plan(kept, run.plan_id, "SCENARIO_BACKLOG")):
        marks = [*outage(store, run.plan_id)]
    elif names[0].startswith("s8"):
        runs = [newest(store, name).plan_id for name in names]
        marks = [*move(store, runs, "it", ("SVQ", "TIA"))]
    elif names[0].startswith("s9"):
        marks = [*market(store, run.plan_id)]
    else:
        marks = [*steps(store, run.plan_id)]
    return picture(str(run.facts["title"]), marks)


def main() -> None:
    """Draw the scenario named, with those named after it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("store", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="+")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    target = options.folder / f"{options.names[0]}.svg"
    target.write_text(drawn(Store(options.store), options.names), encoding="utf-8")


if __name__ == "__main__":
    main()
