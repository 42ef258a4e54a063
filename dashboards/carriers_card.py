"""Which model carries the forecast, and why: what it believes, its weight, and what it earned that by."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from dashboards import formats, look
from dashboards.accuracy_card import BUCKETS, NAIVE, carriers, optional
from dashboards.look import Cell
from planner.domain.tables import QUEUE
from planner.language import _, retold

LISTED = 9
SHARED = 4  # reasons told under the table
Meanings = Mapping[str, str]
Row = Mapping[Hashable, Any]


def models_of(accuracy: pd.DataFrame) -> pd.DataFrame:
    """One row a model that the scope mixes a week ahead: model, carries, weight, error, naive, why.

    `carries` counts the queues in which it has most weight, `weight` is the mean over the queues that mix it,
    `error` and `naive` are medians over those queues; `why` is told of a single queue only.
    """
    first = accuracy[(accuracy["bucket"] == BUCKETS[0]) & ~accuracy["chosen"].astype(bool)]
    first = first.assign(weight=optional(first, "weight"))
    naive = first[first["model"] == NAIVE].set_index([*QUEUE])["wape"].rename("naive")
    mixed = first[first["weight"] > 0].join(naive, on=[*QUEUE])
    most = carriers(accuracy)["carries"].value_counts()
    found = mixed.groupby("model", as_index=False)[["weight", "wape", "naive"]].agg(
        {"weight": "mean", "wape": "median", "naive": "median"}
    )
    found = found.rename(columns={"wape": "error"}).assign(
        carries=found["model"].map(most).fillna(0).astype(int)
    )
    alone = len(first[[*QUEUE]].drop_duplicates()) == 1
    told = (
        mixed.assign(why=optional(mixed, "why")).set_index("model")["why"]
        if alone
        else pd.Series(dtype="str")
    )
    found["why"] = found["model"].map(told)
    return found.sort_values(["carries", "weight"], ascending=False, ignore_index=True)


def reasons(accuracy: pd.DataFrame) -> str:
    """Reasons that several queues share, each with how many; blank where each queue has its own."""
    why = optional(accuracy[accuracy["chosen"].astype(bool)], "why").dropna()
    counts = accuracy.loc[why.index].assign(why=why).drop_duplicates([*QUEUE, "why"])["why"].value_counts()
    shared = counts[counts > 1].head(SHARED)
    queues = [formats.counted(n, "{n} queue", "{n} queues") for n in shared]
    return " ".join(f"{whose}: {retold(str(why))}." for whose, why in zip(queues, shared.index, strict=True))


def carriers_card(accuracy: pd.DataFrame, meanings: Meanings) -> None:
    """A row a model: what it believes, how many queues it carries, its weight, its error alone."""
    found = models_of(accuracy)
    about = _(
        "weight = share in the mix a week ahead, earned by small errors in the backtest; error = WAPE of the "
        "model alone on the days of week 1, median queue"
    )
    with look.card("carriers", _("Which model carries the forecast, and why?"), about, data=found):
        if found.empty:
            look.nothing(
                _("No backtest"),
                _("The history is too short to choose a model by."),
                _("Import more history."),
            )
            return
        heads = [
            Cell(_("What it believes"), "left"),
            Cell(_("Carries")),
            Cell(_("Weight")),
            Cell(_("Alone")),
            Cell(_("Naive")),
        ]
        look.table(heads, [_row(row, meanings) for row in found.head(LISTED).to_dict("records")])
        said = reasons(accuracy)
        if said:
            look.foot(said)


def _row(row: Row, meanings: Meanings) -> list[Cell]:
    name = str(row["model"]).replace("_", " ")
    meaning = retold(meanings.get(str(row["model"]), name))
    worse = pd.notna(row["naive"]) and row["error"] >= row["naive"]
    return [
        Cell(meaning, "left", small=name, under=retold(row["why"]) if isinstance(row["why"], str) else ""),
        Cell(
            formats.counted(row["carries"], "{n} queue", "{n} queues") if row["carries"] else formats.MISSING
        ),
        Cell(formats.percent(row["weight"], 0)),
        Cell(formats.percent(row["error"]), small=_("not better than naive") if worse else ""),
        Cell(formats.percent(row["naive"])),
    ]
