"""Charts as SVG text, drawn from numbers: sparkline, waterfall, dots with intervals, columns.

Sizes are in CSS pixels. Every text is escaped; colours come from `planner.reports.palette`. Numbers are
drawn, names are not: WeasyPrint's SVG neither shapes Arabic nor turns it round, its tables do both.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from planner.reports.palette import CARD, FAINT, FORECAST, GRID, INK, MUTED, OVER, UNDER

Anchor = Literal["start", "middle", "end"]
FONT = "Plex,Plex Ext,Plex Arabic,Plex Hebrew,Plex Thai,Plex Devanagari,Noto Sans CJK JP,Noto Sans"
SIZE = 9.8
STRIP, ROW, MIDDLE = 300.0, 16.0, 8.0  # width and height of one row of a chart, and where its mark stands


@dataclass(frozen=True)
class Step:
    """One line of a waterfall: its name, what it adds, and the number written beside it."""

    name: str
    by: float
    text: str


@dataclass(frozen=True)
class Dot:
    """One line of a dot plot: value and interval, NaN where there is no figure; `text` at the right."""

    name: str
    value: float
    low: float
    high: float
    text: str
    missed: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a chart: its name, set as text beside it, and its drawing."""

    name: str
    drawing: str


@dataclass(frozen=True)
class Axis:
    """Numbers from `low` to `high` over the pixels from `left` to `right`."""

    low: float
    high: float
    left: float
    right: float

    def at(self, value: float) -> float:
        """The pixel of a value, kept inside."""
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)


def drawing(width: float, height: float, *marks: str) -> str:
    """The marks as one SVG; numbers run left to right in any language."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" font-family="{FONT}" font-size="{SIZE:g}" fill="{INK}">'
        f"{''.join(marks)}</svg>"
    )


def text(x: float, y: float, words: str, *, anchor: Anchor = "start", style: str = "") -> str:
    """Words at a point; `style` are further attributes."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {style}>{html.escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, *, style: str) -> str:
    """A line; `style` are its attributes."""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" {style}/>'


def dashed(x: float, top: float, bottom: float) -> str:
    """The line of a target."""
    return line(x, top, x, bottom, style=f'stroke="{INK}" stroke-width="0.8" stroke-dasharray="2 2"')


def circle(x: float, y: float, radius: float, *, fill: str = INK, edge: str = INK) -> str:
    """A dot."""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}" stroke="{edge}" stroke-width="1.4"/>'
    )


def bar(x1: float, x2: float, y: float, *, height: float, fill: str) -> str:
    """A bar between two points, its top at `y`."""
    left, right = sorted((x1, x2))
    return (
        f'<rect x="{left:.1f}" y="{y:.1f}" width="{max(right - left, 0.5):.1f}" height="{height:.1f}" '
        f'fill="{fill}"/>'
    )


def spark(values: Sequence[float], target: float | None, *, width: float = 92, height: float = 16) -> str:
    """A sparkline: the last value is a dot, the target is dashed. Nothing of fewer than two values."""
    known = [value for value in values if not np.isnan(value)]
    if len(known) < 2:
        return ""
    marks = known if target is None else [*known, target]
    across = Axis(0, len(known) - 1, 3, width - 5)
    down = Axis(min(marks), max(marks), height - 3, 3)
    points = " ".join(f"{across.at(i):.1f},{down.at(value):.1f}" for i, value in enumerate(known))
    dots = f'stroke="{MUTED}" stroke-width="0.7" stroke-dasharray="2 2"'
    at = down.at(target) if target is not None else 0.0
    return drawing(
        width,
        height,
        "" if target is None else line(0, at, width, at, style=dots),
        f'<polyline points="{points}" fill="none" stroke="{INK}" stroke-width="1.1"/>',
        circle(across.at(len(known) - 1), down.at(known[-1]), 1.6),
    )


def waterfall(
    plan: float, steps: Sequence[Step], *, ends: tuple[Step, Step], target: float | None, better: float = 1.0
) -> list[Row]:
    """From plan to actual: a hollow dot, a bar for each step (orange hurts, blue helps), a full dot.

    `ends` name and write the plan and the actual; `better` is 1 where more is better, -1 where less is.
    """
    level = np.concatenate([[plan], plan + np.cumsum([step.by for step in steps])])
    marks = [*level, *([] if target is None else [target])]
    room = max(max(marks) - min(marks), 0.01) * 0.22
    axis = Axis(min(marks) - room, max(marks) + room, 4, STRIP - 4)
    aim = "" if target is None else dashed(axis.at(target), 0, ROW)
    bars = [
        Row(step.name, strip(aim, _step(step, axis.at(before), axis.at(after), better=better)))
        for step, before, after in zip(steps, level[:-1], level[1:], strict=True)
    ]
    first = Row(ends[0].name, strip(aim, _end(axis, plan, ends[0].text, fill=CARD)))
    last = Row(ends[1].name, strip(aim, _end(axis, float(level[-1]), ends[1].text, fill=INK)))
    return [first, *bars, last]


def strip(*marks: str) -> str:
    """One row of a chart."""
    return drawing(STRIP, ROW, *marks)


def _step(step: Step, before: float, after: float, *, better: float) -> str:
    """A bar from before to after, its number at its far end."""
    colour = UNDER if step.by * better < 0 else OVER
    if after < before:
        number = text(after - 4, MIDDLE + 4, step.text, anchor="end")
    else:
        number = text(after + 4, MIDDLE + 4, step.text)
    return bar(before, after, MIDDLE - 5, height=10, fill=colour) + number


def _end(axis: Axis, value: float, words: str, *, fill: str) -> str:
    """A dot with its number, on the side where there is room."""
    x, strong = axis.at(value), 'font-weight="600"'
    if x > axis.left + 0.72 * (axis.right - axis.left):
        return circle(x, MIDDLE, 4, fill=fill) + text(x - 8, MIDDLE + 4, words, anchor="end", style=strong)
    return circle(x, MIDDLE, 4, fill=fill) + text(x + 8, MIDDLE + 4, words, style=strong)


def dots(rows: Sequence[Dot], *, target: float | None) -> list[Row]:
    """A dot with its interval a row, orange where the whole interval misses; hollow grey without a figure."""
    ends = [end for dot in rows for end in (dot.low, dot.high, dot.value) if not np.isnan(end)]
    ends += [] if target is None else [target]
    if not ends:
        return []
    margin = max(max(ends) - min(ends), 0.02) * 0.05
    axis = Axis(min(ends) - margin, max(ends) + margin, 6, STRIP - 84)
    aim = "" if target is None else dashed(axis.at(target), 0, ROW)
    return [Row(dot.name, strip(aim, _dot(dot, axis))) for dot in rows]


def _dot(dot: Dot, axis: Axis) -> str:
    number = text(STRIP, MIDDLE + 4, dot.text, anchor="end", style=f'fill="{MUTED}"')
    rule = line(axis.left, MIDDLE, axis.right, MIDDLE, style=f'stroke="{GRID}"')
    if np.isnan(dot.value):
        return rule + circle((axis.left + axis.right) / 2, MIDDLE, 3, fill=CARD, edge=FAINT) + number
    colour = UNDER if dot.missed else INK
    spread = ""
    if not (np.isnan(dot.low) or np.isnan(dot.high)):
        pen = f'stroke="{colour}" stroke-width="1.6"'
        spread = line(axis.at(dot.low), MIDDLE, axis.at(dot.high), MIDDLE, style=pen)
    return rule + spread + circle(axis.at(dot.value), MIDDLE, 3, fill=colour, edge=colour) + number


def column(value: float, *, top: float, words: str, width: float = 36, height: float = 46) -> str:
    """One bar from nothing with its number on it; `top` is the value of a full one."""
    tall = (height - 13) * value / (top or 1.0)
    return drawing(
        width,
        height,
        bar(width * 0.26, width * 0.74, height - tall, height=tall, fill=FORECAST),
        text(width / 2, height - tall - 3, words, anchor="middle", style=f'fill="{MUTED}"'),
    )
