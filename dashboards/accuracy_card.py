"""How far past forecasts were off: the rolling-origin backtest, queue by queue."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from dashboards import formats, look
from dashboards.languages import both_names, short_names
from planner.domain.centre import Centre
from planner.domain.tables import QUEUE
from planner.language import _, message

BUCKETS = ("week 1", "weeks 2-4", "later")
NAIVE = "seasonal_naive"
SHARES = {
    "week 1": message("Error, week 1"),
    "weeks 2-4": message("weeks 2–4"),
    "later": message("later"),
    "naive": message("Naive, week 1"),
    "bias": message("Bias, week 1"),
    "cover80": message("Inside 80 %"),
}
WIDTHS = {"site": 92, "language": 152, "channel": 86}
LAST_WEEK_OF = {"week 1": 1, "weeks 2-4": 4}  # counted from the plan's first week


def error_by_week(accuracy: pd.DataFrame, weeks: int) -> np.ndarray:
    """WAPE (share) of the median queue for each week ahead, NaN where no backtest reached so far."""
    chosen = accuracy[accuracy["chosen"].astype(bool)]
    medians = chosen.groupby("bucket")["wape"].median()
    return np.array([medians.get(_bucket(week), np.nan) for week in range(1, weeks + 1)], dtype=float)


def _bucket(week: int) -> str:
    return next((name for name, last in LAST_WEEK_OF.items() if week <= last), BUCKETS[-1])


def backtest(accuracy: pd.DataFrame) -> pd.DataFrame:
    """One row a queue: WAPE by days ahead, bias and coverage of week 1, the naive's WAPE, and who carries it.

    `carries` is the model of most weight where the forecast combines several, `weight` its share,
    `why` what that rests on where the plan says it.
    """
    combined = accuracy[accuracy["chosen"].astype(bool)]
    first = combined[combined["bucket"] == BUCKETS[0]]
    wide = combined.pivot_table(index=[*QUEUE], columns="bucket", values="wape").reindex(columns=[*BUCKETS])
    facts = first[[*QUEUE, "bias", "origins", "n"]].assign(
        cover80=optional(first, "cover80"), why=optional(first, "why")
    )
    naive = accuracy[(accuracy["model"] == NAIVE) & (accuracy["bucket"] == BUCKETS[0])]
    naive = naive[[*QUEUE, "wape"]].rename(columns={"wape": "naive"})
    table = facts.merge(carriers(accuracy), on=[*QUEUE], how="left")
    return table.merge(wide.reset_index(), on=[*QUEUE], how="left").merge(naive, on=[*QUEUE], how="left")


def carriers(accuracy: pd.DataFrame) -> pd.DataFrame:
    """The model that carries each queue a week ahead: site, language, channel, carries, weight."""
    first = accuracy[accuracy["bucket"] == BUCKETS[0]].assign(weight=optional(accuracy, "weight"))
    single = first[~first["chosen"].astype(bool) & first["weight"].notna()]
    if single.empty:  # one model was picked, not combined
        single = first[first["chosen"].astype(bool)].fillna({"weight": 1.0})
    best = single.loc[single.groupby([*QUEUE])["weight"].idxmax()]
    return best[[*QUEUE, "model", "weight"]].rename(columns={"model": "carries"})


def optional(frame: pd.DataFrame, name: str) -> pd.Series:
    """A column that a plan made earlier may lack."""
    return frame[name] if name in frame else pd.Series(np.nan, index=frame.index)


def carried_words(row: Mapping[Hashable, Any]) -> str:
    """The model that carries a queue with its share: recent weeks, 44 %."""
    if pd.isna(row["carries"]):
        return _("no backtest")
    return f"{_words(row['carries'])}, {formats.percent(row['weight'], 0)}"


def accuracy_card(accuracy: pd.DataFrame, centre: Centre) -> None:
    """The card: a row a queue, the hardest first, then a sentence on the whole."""
    rows = backtest(accuracy)
    about = _(
        "rolling-origin backtest of daily totals; error = WAPE, sum |forecast − actual| / sum actual; "
        "naive = as the same weekday was last time; bias = sum (forecast − actual) / sum actual"
    )
    with look.card("accuracy", _("How good were past forecasts, queue by queue?"), about, data=rows):
        if rows.empty:
            look.nothing(
                _("No backtest"), _("The history is too short to hold weeks back."), _("Import more history.")
            )
            return
        st.dataframe(
            _shown(rows, centre),
            hide_index=True,
            row_height=30,
            height=min(30 * (len(rows) + 1) + 4, 440),
            key="accuracy-table",
            column_config=_columns(),
        )
        look.foot(accuracy_words(rows))


def accuracy_words(rows: pd.DataFrame) -> str:
    """The median queue against the naive forecast, and the hardest queue."""
    better = int((rows["week 1"] < rows["naive"]).sum())
    text = _(
        "Median error a week ahead {error}; the seasonal naive has {naive} and is beaten in {better} of "
        "{queues}."
    ).format(
        error=formats.percent(rows["week 1"].median()),
        naive=formats.percent(rows["naive"].median()),
        better=better,
        queues=formats.counted(len(rows), "{n} queue", "{n} queues"),
    )
    if rows["week 1"].notna().any():
        worst = rows.loc[rows["week 1"].idxmax()]
        queue = f"{both_names(worst['language'])}, {worst['site']}, {formats.channel_words(worst['channel'])}"
        hardest = _("The hardest queue is {queue}: {error}.")
        text = f"{text} {hardest.format(queue=queue, error=formats.percent(worst['week 1']))}"
    origins = formats.counted(int(rows["origins"].max()), "{n} past origin.", "{n} past origins.")
    return f"{text} {origins}"


def _words(name: object) -> str:
    return str(name).replace("_", " ")


def _shown(rows: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    table = rows.assign(
        site=[centre.sites[code].name if code in centre.sites else code for code in rows["site"]],
        language=[short_names(tag) for tag in rows["language"]],
        channel=[formats.channel(name) for name in rows["channel"]],
        carried=[carried_words(row) for row in rows.to_dict("records")],
    )
    table[[*SHARES]] = (table[[*SHARES]].astype("float64") * 100).round(1)
    told = ["why"] if table["why"].notna().any() else []
    shares = [name for name in SHARES if table[name].notna().any()]
    return table[[*QUEUE, *shares, "carried", *told, "n"]].sort_values("week 1", ascending=False)


def _columns() -> dict[str, Any]:
    column = st.column_config
    texts = {"site": _("Site"), "language": _("Language"), "channel": _("Channel")}
    return {
        **{
            name: column.TextColumn(text, pinned=name == "site", width=WIDTHS[name])
            for name, text in texts.items()
        },
        **{name: column.NumberColumn(_(text), format="%.1f %%") for name, text in SHARES.items()},
        "n": column.NumberColumn(_("Days scored")),
        "carried": column.TextColumn(_("Carried by"), width=176),
        "why": column.TextColumn(_("Because, week 1"), width=460),
    }
