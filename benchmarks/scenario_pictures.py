"""Pictures of scenarios that were run: contacts by channel, people needed and employed, beside the base.

    planner scenario mystore s1-higher-peak s3-chat-three-times
    python -m benchmarks.scenario_pictures mystore docs/pictures/scenarios s1-higher-peak s3-chat-three-times

Writes one SVG for each name: its newest run, and the run of the base that it is compared with.
"""

from __future__ import annotations

import argparse
import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from planner.domain.capacity_tables import LEVELS
from planner.pipeline.scenario import base_of, scenario_store
from planner.reports.palette import CARD, FORECAST, INK, MUTED, SCHEDULED, UNDER
from planner.reports.svg import Axis, line, text
from planner.store import PlanInfo, Store, plans, read_plan

WIDE, HIGH, TOP, BOTTOM = 980.0, 330.0, 64.0, 296.0  # pixels
LEFT, GAP, RIGHT = 44.0, 120.0, 100.0
BAND = "#CFE2E4"  # the forecast's colour, light
COLOURS = {
    "voice": "#74899A",
    "chat": FORECAST,
    "messaging": "#8FBFC4",
    "email": "#D9B48F",
    "backoffice": SCHEDULED,
}
FULL_TIME_H = 40.0
FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


@dataclass(frozen=True)
class Panel:
    """A plot: weeks across, a quantity from nothing to `most` up."""

    weeks: Axis
    amount: Axis
    left: float
    right: float

    def steps(self, values: Sequence[float]) -> list[tuple[float, float]]:
        """Corners of a curve that keeps each week's value to the week's end."""
        points = []
        for place, value in enumerate(values):
            y = self.amount.at(float(value))
            points += [(self.weeks.at(place), y), (self.weeks.at(place + 1), y)]
        return points


def panel(left: float, right: float, *, weeks: int, most: float) -> Panel:
    """A plot between two pixels across."""
    return Panel(Axis(0, weeks, left, right), Axis(0, most, BOTTOM, TOP), left, right)


def curve(points: Sequence[tuple[float, float]], *, style: str) -> str:
    """A line through points."""
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{joined}" fill="none" {style}/>'


def area(upper: Sequence[tuple[float, float]], lower: Sequence[tuple[float, float]], *, fill: str) -> str:
    """What lies between two curves."""
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in [*upper, *reversed(lower)])
    return f'<polygon points="{joined}" fill="{fill}"/>'


def weekly(frame: pd.DataFrame, day: str) -> pd.Series:
    """The Monday of each row's day."""
    return frame[day] - pd.to_timedelta(frame[day].dt.day_of_week, unit="D")


def contacts(days: pd.DataFrame) -> pd.DataFrame:
    """Thousands of contacts, week x channel, whole weeks, busiest channel first."""
    rows = days.assign(week=weekly(days, "day"))
    table = rows.groupby(["week", "channel"])["offered"].sum().unstack(fill_value=0.0) / 1000
    return table[[name for name in COLOURS if name in table.columns]]


def people(made: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Full-time people needed at three levels, and people employed, by week."""
    need = made["CAPACITY_NEED"].groupby("week")[[f"need_{level}_h" for level in LEVELS]].sum() / FULL_TIME_H
    heads = made["HEADCOUNT"].groupby("week")[["employed"]].sum()
    return need.join(heads)


def frame_of(plot: Panel, weeks: pd.DatetimeIndex, title: str) -> Iterator[str]:
    """Title, a grid of round numbers and the months."""
    yield text(plot.left, TOP - 14, title, style=f'font-weight="600" fill="{INK}"')
    for value in round_steps(plot.amount.high):
        y = plot.amount.at(value)
        yield line(plot.left, y, plot.right, y, style='stroke="#EBEEF1"')
        yield text(plot.left - 6, y + 4, f"{value:,.0f}", anchor="end", style=f'fill="{MUTED}"')
    for place, day in enumerate(weeks):
        if day.day <= 7 and (len(weeks) < 40 or day.month % 3 == 1):
            month = f"{day:%b} ’{day:%y}" if day.month == 1 else f"{day:%b}"
            yield text(plot.weeks.at(place), BOTTOM + 18, month, style=f'fill="{MUTED}"')


def round_steps(most: float) -> list[float]:
    """About four round numbers up to the most."""
    unit = 10 ** np.floor(np.log10(most / 4))
    step = next(unit * factor for factor in (1, 2, 5, 10) if unit * factor * 5 >= most)
    return [float(value) for value in np.arange(0, most + 1e-9, step)]


def channels(now: pd.DataFrame, base: pd.DataFrame) -> Iterator[str]:
    """Contacts by channel stacked, the base's total dashed."""
    most = 1.08 * max(now.sum(axis=1).max(), base.sum(axis=1).max())
    plot = panel(LEFT, (WIDE - GAP) / 2, weeks=len(now), most=most)
    yield from frame_of(plot, pd.DatetimeIndex(now.index), "Contacts a week that people handle, thousand")
    below, names = np.zeros(len(now)), []
    for name in now.columns:
        above = below + now[name].to_numpy(float)
        yield area(plot.steps(above), plot.steps(below), fill=COLOURS[name])
        names.append((plot.amount.at((above[-1] + below[-1]) / 2), name, COLOURS[name]))
        below = above
    yield curve(plot.steps(base.sum(axis=1).to_numpy(float)), style=dashed(INK))
    yield from labels(
        plot.right + 6, [*names, (plot.amount.at(float(base.sum(axis=1).iloc[-1])) - 14, "base", INK)]
    )


def staff(now: pd.DataFrame, base: pd.DataFrame) -> Iterator[str]:
    """Need on usual to very busy days as a band, employed as a step; the base's dashed."""
    most = 1.08 * max(now.max().max(), base[["need_p75_h", "employed"]].max().max())
    plot = panel((WIDE + GAP) / 2, WIDE - RIGHT, weeks=len(now), most=most)
    yield from frame_of(
        plot, pd.DatetimeIndex(now.index), "People: needed (band: 50 to 90 % days) and employed"
    )
    curves = {name: plot.steps(now[name].to_numpy(float)) for name in now.columns}
    yield area(curves["need_p90_h"], curves["need_p50_h"], fill=BAND)
    yield curve(curves["need_p75_h"], style=f'stroke="{FORECAST}" stroke-width="2"')
    yield curve(plot.steps(base["need_p75_h"].to_numpy(float)), style=dashed(FORECAST))
    yield curve(curves["employed"], style=f'stroke="{UNDER}" stroke-width="2"')
    yield curve(plot.steps(base["employed"].to_numpy(float)), style=dashed(UNDER))
    ends = [
        (curves["need_p75_h"][-1][1], "needed, 75 %", FORECAST),
        (curves["employed"][-1][1], "employed", UNDER),
    ]
    yield from labels(plot.right + 6, ends)


def dashed(colour: str) -> str:
    """The pen of the base."""
    return f'stroke="{colour}" stroke-width="1.4" stroke-dasharray="4 3"'


def labels(x: float, names: Sequence[tuple[float, str, str]]) -> Iterator[str]:
    """Names at the right of their curves, pushed apart where they would meet."""
    last = -np.inf
    for y, words, colour in sorted(names):
        last = max(y, last + 14)
        yield text(x, last + 4, words, style=f'fill="{colour}"')


def picture(title: str, marks: Sequence[str]) -> str:
    """The whole SVG under its title."""
    head = text(LEFT, 24, title, style=f'font-size="15" font-weight="600" fill="{INK}"')
    foot = text(
        LEFT, HIGH - 2, "Dashed: the base. Synthetic demonstration centre; weeks from Monday.",
        style=f'font-size="11" fill="{MUTED}"',
    )  # fmt: skip
    box = f'viewBox="0 0 {WIDE:g} {HIGH + 8:g}" font-family="{html.escape(FONT)}" font-size="12"'
    ground = f'<rect width="100%" height="100%" fill="{CARD}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{ground}{head}{"".join(marks)}{foot}</svg>\n'


def drawn(store: Store, name: str) -> str:
    """The picture of the newest run of a scenario."""
    run = newest(store, name)
    now, base = tables(store, run.plan_id), tables(store, base_of(store, run.plan_id).plan_id)
    by_week = [contacts(made["SCENARIO_DAYS"]) for made in (now, base)]
    weeks = people(now).index
    marks = [
        *channels(*(table.reindex(weeks) for table in by_week)),
        *staff(people(now), people(base).reindex(weeks)),
    ]
    return picture(str(run.facts["title"]), marks)


def newest(store: Store, name: str) -> PlanInfo:
    """The run of this name made last."""
    return next(info for info in plans(scenario_store(store)) if info.facts.get("scenario") == name)


def tables(store: Store, run: str) -> dict[str, pd.DataFrame]:
    """What is drawn of a run."""
    names = ("SCENARIO_DAYS", "CAPACITY_NEED", "HEADCOUNT")
    return {each: read_plan(scenario_store(store), run, each) for each in names}


def main() -> None:
    """Draw the scenarios named."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("store", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="+")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for name in options.names:
        (options.folder / f"{name}.svg").write_text(drawn(Store(options.store), name), encoding="utf-8")


if __name__ == "__main__":
    main()
