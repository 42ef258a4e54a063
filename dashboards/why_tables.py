"""Why service was not as planned, in tables: day by day, and queue by queue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from dashboards import formats, look
from dashboards.filters import Scope
from dashboards.languages import both_names
from dashboards.look import Cell, Tile
from planner.domain.centre import Centre
from planner.domain.quality_tables import FACTORS
from planner.domain.tables import QUEUE
from planner.language import _
from planner.pipeline.explained import WEEKS_OF_DAYS
from planner.scorecards.contract_why import Part as Cause
from planner.scorecards.contract_why import Why, split
from planner.scorecards.rollups import ALL
from planner.scorecards.scope import Scope as Part
from planner.scorecards.why_words import SMALL, better, cause_name, fact

STRONG = 0.10  # share: a part of ten points has the full colour
SHOWN = 12  # queues a person reads; the rest is in the file


def days_card(rows: pd.DataFrame, scope: Scope, *, measure: str, days: Sequence[date]) -> None:
    """A column a day, a row a cause: its part in points; orange where it hurt."""
    found = {day: split(_of_day(rows, day), scope, measure=measure) for day in days}
    if not any(found.values()):
        with look.card("why-days", _("On which days?")):
            look.nothing(
                _("No days of this week"),
                _("Days are explained for the last {n} weeks, weeks for a year.").format(n=WEEKS_OF_DAYS),
                _("Choose a later week."),
            )
        return
    about = _("parts of each local day in points; orange = hurt; blank = closed, or no plan known")
    with look.card("why-days", _("On which days?"), about, data=_of_queue(rows, scope, measure)):
        heads = [f"{formats.short_weekday(day)}\n{formats.short_day(day)}" for day in days]
        sign = better(measure)
        grid = [(cause_name(name), [_tile(_by(found[day], name), sign) for day in days]) for name in FACTORS]
        gaps = [_tile(each.actual - each.planned if each else None, sign) for each in found.values()]
        look.tiles(heads, [(_("Actual − planned"), gaps), *grid], name_width=118)


def _of_day(rows: pd.DataFrame, day: date) -> pd.DataFrame:
    return rows[(rows["period"] == "day") & (rows["period_start"] == pd.Timestamp(day))]


def _of_queue(rows: pd.DataFrame, scope: Scope, measure: str) -> pd.DataFrame:
    mine = scope.subject(rows[rows["measure"] == measure])
    return mine[mine["period"] == "day"]


def _by(found: Why | None, name: str) -> float | None:
    if found is None:
        return None
    part = next(part for part in found.parts if part.factor == name)
    return None if name in ("shrinkage", "adherence") and part.planned is None else part.by


def _tile(by: float | None, sign: float) -> Tile | None:
    if by is None:
        return None
    return Tile(formats.points(by), min(max(-by * sign / STRONG, 0.0), 1.0) if abs(by) >= 0.0005 else 0.0)


def queues_of(rows: pd.DataFrame, scope: Scope, *, measure: str) -> list[tuple[tuple[str, ...], Why]]:
    """Each queue of the scope with its split, the most contacts lost against plan first.

    `rows` are of one day or week.
    """
    mine = rows[(rows[[*QUEUE]] != ALL).all(axis=1)]
    keys = list(scope.of(mine)[[*QUEUE]].drop_duplicates().itertuples(index=False, name=None))
    found = [(key, split(mine, Part(*key), measure=measure)) for key in keys]
    told = [(key, each) for key, each in found if each is not None]
    return sorted(
        told, key=lambda pair: (pair[1].actual - pair[1].planned) * pair[1].offered * better(measure)
    )


def queues_card(rows: pd.DataFrame, scope: Scope, centre: Centre, *, measure: str) -> None:
    """Which queues cost most against plan, and why each did."""
    found = queues_of(rows, scope, measure=measure)
    if not found:
        return
    about = _("{n}; worst first by contacts: (actual − planned) × contacts that came").format(
        n=formats.counted(len(found), "{n} queue", "{n} queues")
    )
    with look.card("why-queues", _("In which queues?"), about, data=_data(found)):
        heads = [
            Cell(_("Queue"), "left"),
            Cell(_("Contacts")),
            Cell(_("Planned")),
            Cell(_("Actual")),
            Cell(_("Points")),
            Cell(_("In contacts")),
            Cell(_("Largest part"), "left"),
        ]
        look.table(heads, [_row(key, each, centre) for key, each in found[:SHOWN]])
        if len(found) > SHOWN:
            left = formats.counted(len(found) - SHOWN, "{n} more queue", "{n} more queues")
            look.foot(_("{n} in the CSV file.").format(n=left))


def _row(key: tuple[str, ...], each: Why, centre: Centre) -> list[Cell]:
    site, language, channel = key
    gap = each.actual - each.planned
    sign = better(each.measure)
    first = min(each.parts, key=lambda part: part.by * (-1 if gap > 0 else 1))
    name = f"{centre.sites[site].name} · {both_names(language)}"
    return [
        Cell(name, "left", small=formats.channel_words(channel)),
        Cell(formats.number(each.offered)),
        Cell(formats.percent(each.planned)),
        Cell(formats.percent(each.actual), strong=True),
        Cell(formats.points(gap), bad=gap * sign < 0),
        Cell(formats.signed(gap * each.offered, 0), bad=gap * sign < 0),
        _largest(first, each, gap),
    ]


def _largest(first: Cause, each: Why, gap: float) -> Cell:
    if abs(gap) < SMALL:
        return Cell(_("as planned"), "left")
    text = f"{cause_name(first.factor)} {formats.points(first.by)}"
    return Cell(text, "left", under="" if first.factor == "rest" else fact(first, each.measure))


def _data(found: Sequence[tuple[tuple[str, ...], Why]]) -> pd.DataFrame:
    """The table behind the card."""
    return pd.DataFrame(
        [
            dict(zip(QUEUE, key, strict=True))
            | {"offered": each.offered, "planned": each.planned, "actual": each.actual}
            | {f"by_{part.factor}": part.by for part in each.parts}
            for key, each in found
        ]
    )
