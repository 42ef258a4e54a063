"""The whole forecast made again as of past days: how near it came to what was possible."""

from __future__ import annotations

import pandas as pd

from dashboards import formats, look
from dashboards.expected import ALL
from dashboards.filters import Scope
from dashboards.look import Cell
from planner.domain.forecast_tables import AHEAD, LEVELS
from planner.domain.tables import QUEUE
from planner.language import _, message

OURS, NAIVE, FLOOR = "forecast", "seasonal_naive", "hindsight"
LEVEL_NAMES = {
    "interval": message("An interval"),
    "day": message("A day"),
    "week": message("A week"),
    "total": message("The whole horizon"),
}
EVERY = AHEAD[-1]


def pooled(backtest: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The scope's queues together: one row a model, level and bucket with wape, bias, cover80, cover95, n.

    Errors are weighted by what came, coverage by what was scored.
    """
    rows = scope.of(backtest[backtest["site"] != ALL])
    rows = rows.reindex(columns=[*dict.fromkeys((*rows.columns, "cover80", "cover95"))])
    if rows.empty:
        return rows
    weighted = rows.assign(
        **{name: rows[name] * rows["actual"] for name in ("wape", "bias")},
        **{name: rows[name] * rows["n"] for name in ("cover80", "cover95")},
    )
    by = weighted.groupby(["model", "level", "bucket"], as_index=False)
    sums = by[["wape", "bias", "cover80", "cover95", "actual", "n"]].sum(min_count=1)
    sums["origins"] = by["origins"].max()["origins"]
    return sums.assign(
        **{name: sums[name] / sums["actual"].where(sums["actual"] > 0) for name in ("wape", "bias")},
        **{name: sums[name] / sums["n"] for name in ("cover80", "cover95")},
    )


def backtest_card(backtest: pd.DataFrame, scope: Scope) -> None:
    """A row a level: our error by days ahead, the naive's, the floor, bias and coverage."""
    found = pooled(backtest, scope)
    about = _(
        "the whole forecast made again as of past days; error = WAPE, queue by queue; "
        "floor = fitted with what came, which no forecast can know"
    )
    with look.card("backtest", _("How near is that to what is possible?"), about, data=found):
        if found.empty:
            look.nothing(_("No such backtest of these queues"), "", _("Choose other queues."))
            return
        heads = [Cell(_("Scored"), "left"), Cell(_("Week 1")), Cell(_("Weeks 2–4")), Cell(_("Later"))]
        heads += [
            Cell(text)
            for text in (_("All"), _("Naive"), _("Floor"), _("Bias"), _("Inside 80 %"), _("Inside 95 %"))
        ]
        kept = [level for level in LEVELS if level in set(found["level"])]
        look.table(heads, [_row(found, level) for level in kept])
        origins = formats.counted(int(found["origins"].max()), "{n} past day", "{n} past days")
        queues = scope.of(backtest[backtest["site"] != ALL])[[*QUEUE]].drop_duplicates()
        look.foot(
            _("{queues}, forecast from {origins}.").format(
                queues=formats.counted(len(queues), "{n} queue", "{n} queues"), origins=origins
            )
        )


def _row(found: pd.DataFrame, level: str) -> list[Cell]:
    rows = found[found["level"] == level].set_index(["model", "bucket"])

    def cell(name: str, model: str = OURS, bucket: str = EVERY) -> str:
        return formats.percent(rows[name].get((model, bucket)))

    scored = formats.number(rows["n"].get((OURS, EVERY)))
    bias = rows["bias"].get((OURS, EVERY))
    return [
        Cell(_(LEVEL_NAMES[level]), "left", small=f"n = {scored}"),
        *(Cell(cell("wape", bucket=bucket)) for bucket in AHEAD[:-1]),
        Cell(cell("wape"), strong=True),
        Cell(cell("wape", NAIVE)),
        Cell(cell("wape", FLOOR)),
        Cell(f"{formats.points(bias)}{formats.NO_BREAK}%" if bias is not None else formats.MISSING),
        Cell(cell("cover80")),
        Cell(cell("cover95")),
    ]
