"""Pages of the monthly pack: service of every queue, why it was not as planned, and the definitions."""

from __future__ import annotations

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.tables import QUEUE
from planner.language import _, message
from planner.language.numbers import MISSING, number, percent, points
from planner.reports.names import queue_name
from planner.reports.paper import Cell, block, chart, heading, table, two
from planner.reports.why_chart import part_words, why_chart, why_question
from planner.scorecards.contract import Line
from planner.scorecards.contract_promises import Promise, promises, shared_promises
from planner.scorecards.contract_why import Why

SECONDS = ("aht_s", "asa_s")
COLUMNS = (
    ("service_level", message("Service level")),
    ("service_level_2", message("Second level")),
    ("abandonment", message("Abandonment")),
    ("met_deadline", message("In deadline")),
    ("asa_s", message("ASA, s")),
    ("aht_s", message("AHT, s")),
    ("occupancy", message("Occupancy")),
)


def service_page(card: pd.DataFrame, centre: Centre, *, period: str) -> str:
    """One row a queue with contacts; a missed target is orange."""
    by_key = {
        (key, measure): row
        for key, rows in card.groupby([*QUEUE], sort=False)
        for measure, row in zip(rows["measure"], rows[["value", "n"]].itertuples(index=False), strict=True)
    }
    heads = [
        Cell(_("Queue"), start=True),
        Cell(_("Contacts")),
        *(Cell(_(name)) for _measure, name in COLUMNS),
    ]
    body = []
    for key, queue in centre.queues.items():
        offered = by_key.get((tuple(key), "offered"))
        if offered is None or not offered.value > 0:
            continue
        asked = {promise.measure: promise for promise in promises(queue.target)}
        figures = (
            _figure(by_key.get((tuple(key), measure)), measure, asked.get(measure)) for measure, _n in COLUMNS
        )
        body.append([Cell(queue_name(centre, key), start=True), Cell(number(offered.value)), *figures])
    words = _("by queue, from counts; orange = missed, its distance from the target in points behind it")
    return heading(_("How were customers served?"), period) + block(_("Service"), words, table(heads, body))


def _figure(row: object, measure: str, promise: Promise | None) -> Cell:
    if row is None or pd.isna(row.value):  # type: ignore[attr-defined]
        return Cell(MISSING)
    value = float(row.value)  # type: ignore[attr-defined]
    written = number(value) if measure in SECONDS else percent(value)
    missed = promise is not None and not promise.met(value)
    return Cell(written, bad=missed, small=points(promise.margin(value)) if promise and missed else "")


def why_page(splits: dict[str, tuple[Why, Promise | None]], *, period: str) -> str:
    """A waterfall for each channel's first promise, two beside each other, and its numbers."""
    parts = [
        block(f"{name}: {why_question(split)}", promise.short if promise else "", _split(split, promise))
        for name, (split, promise) in splits.items()
    ]
    pairs = [two(parts[i], parts[i + 1] if i + 1 < len(parts) else "") for i in range(0, len(parts), 2)]
    about = _(
        "each factor put to its actual value in turn, averaged over all orders: the parts add up exactly"
    )
    return heading(_("Why was service not as planned?"), period, about) + "".join(pairs)


def _split(split: Why, promise: Promise | None) -> str:
    rows = [[Cell(part_words(part), start=True), Cell(points(part.by, 2))] for part in split.parts]
    heads = [Cell(_("n = {n} contacts").format(n=number(split.offered)), start=True), Cell(_("Points"))]
    return chart(why_chart(split, promise)) + table(heads, rows)


def definitions_page(meanings: dict[str, str], *, period: str) -> str:
    """What every measure of the pack means, and how its interval is found."""
    rows = [
        [Cell(name, start=True, strong=True), Cell(words, start=True)] for name, words in meanings.items()
    ]
    heads = [Cell(_("Measure"), start=True), Cell(_("Definition"), start=True)]
    words = _(
        "intervals: 95 %, Wilson's for shares, bootstrap over agents for mean scores; roll-ups add counts"
    )
    return heading(_("What the figures mean"), period, words) + table(heads, rows)


def first_promise(centre: Centre, channel: str) -> Promise | None:
    """The first promise that all queues of a channel share."""
    shared = shared_promises(centre, [key for key in centre.queues if key.channel == channel])
    return shared[0] if shared else None


def line_meanings(lines: tuple[Line, ...]) -> dict[str, str]:
    """Definition of each line of the contract, by name."""
    return {line.name: line.definition or line.about for line in lines}
