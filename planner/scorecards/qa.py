"""How good our answers were: quality scores, critical accuracy and item scores of evaluations."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.measures import Quotient
from planner.domain.quality_tables import CLASSES, ERROR_CLASSES
from planner.domain.tables import QUEUE, SCORECARD
from planner.scorecards.proportions import clustered, wilson
from planner.scorecards.rollups import Period, period_start, rolled_up, with_local_day

PERIODS: tuple[Period, ...] = ("week", "month", "all")
ITEM_PERIODS: tuple[Period, ...] = ("month", "all")  # a week has too few evaluations for single items
HEAD = (*QUEUE, "contact_id", "agent_id", "rater_id", "form", "stream", "evaluated_at", "day")
ITEM = "quality_item: "  # and the item's name
FINAL = "mean final score of {}; 0 where a critical item failed; interval by bootstrap over agents"
RAW = "mean score of {} before critical items count; interval by bootstrap over agents"
SUFFIXES = {"random": "", "targeted": "_targeted"}
BASES = {  # columns counted, end of the measure's name, definition
    "evaluation": ("any_", "", "1 - evaluations with a {}-critical error / evaluations scored for one"),
    "opportunity": ("", "_per_opportunity", "1 - {}-critical items failed / critical items scored"),
}
STREAMS = {"random": "the random sample", "targeted": "the targeted stream, which estimates nothing"}


def qa(evaluations: pd.DataFrame, centre: Centre, *, seed: int) -> pd.DataFrame:
    """SCORECARD rows of EVALUATIONS by week, month and in all, for each queue and every roll-up.

    Estimates rest on the random stream alone; the targeted stream has measures of its own, and
    calibration none. Scores are shares of the points, 0..1; n counts evaluations.
    """
    if evaluations.empty:
        return SCORECARD.empty()
    days = with_local_day(evaluations, centre, moment="evaluated_at")
    scored = scores(days)
    observed = pd.concat(list(_observed(scored)), ignore_index=True)
    drawn = days[days["stream"] == "random"].dropna(subset="points")
    items = drawn.assign(
        measure=ITEM + drawn["item"], sum=drawn["points"], definition="mean share of the item's points"
    )
    parts = [_means(observed, period=period, seed=seed) for period in PERIODS]
    parts += [_means(items, period=period, seed=seed) for period in ITEM_PERIODS]
    parts += [_critical(scored, period=period) for period in PERIODS]
    return pd.concat(parts, ignore_index=True)


def scores(evaluations: pd.DataFrame) -> pd.DataFrame:
    """One row per evaluation: raw and final score (0..1), and critical errors by class.

    Section S = sum(w r) / sum(w) over applicable items; raw Q = sum(W S) / sum(W) over sections with
    any; final F = 0 if a critical item earned no points, else Q. `scored_CLASS` counts the critical
    items of the class that applied, `failed_CLASS` those that failed, `failed_any` those of every class.
    Columns that do not differ inside an evaluation (queue, agent, rater, stream, day, ...) are kept.
    """
    items = evaluations.dropna(subset="points")
    items = items.assign(earned=items["item_weight"] * items["points"])
    sections = items.groupby(["evaluation_id", "section"], sort=False).agg(
        earned=("earned", "sum"), weight=("item_weight", "sum"), section_weight=("section_weight", "first")
    )
    sections = sections[sections["weight"] > 0]
    weighted = sections["section_weight"] * sections["earned"] / sections["weight"]
    by_evaluation = pd.DataFrame({"earned": weighted, "weight": sections["section_weight"]})
    totals = by_evaluation.groupby(level="evaluation_id").sum()
    kept = [name for name in HEAD if name in evaluations.columns]
    subjects = evaluations.drop_duplicates("evaluation_id").set_index("evaluation_id")[kept]
    result = subjects.assign(raw=totals["earned"] / totals["weight"]).join(_critical_counts(items))
    result = result.fillna(dict.fromkeys(result.columns[result.columns.str.contains("scored_|failed_")], 0.0))
    return result.assign(final=result["raw"].where(result["failed_any"] == 0, 0.0)).reset_index()


def _critical_counts(items: pd.DataFrame) -> pd.DataFrame:
    """For each evaluation: critical items scored and failed, by class and in all."""
    critical = items[items["critical"].astype(bool)]
    failed = (critical["points"] == 0).astype(float)
    counts = {"failed_any": failed}
    for name in ERROR_CLASSES:
        of_class = (critical["item_class"] == name).astype(float)
        counts |= {f"scored_{name}": of_class, f"failed_{name}": of_class * failed}
    return pd.DataFrame(counts).groupby(critical["evaluation_id"]).sum()


def _observed(scored: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The score of each evaluation as an observation of its measure."""
    for stream, words in STREAMS.items():
        rows = scored[(scored["stream"] == stream) & scored["raw"].notna()]
        for column, name, definition in (
            ("final", "quality_score", FINAL),
            ("raw", "quality_score_raw", RAW),
        ):
            yield rows.assign(
                measure=name + SUFFIXES[stream], sum=rows[column], definition=definition.format(words)
            )


def _means(observed: pd.DataFrame, *, period: Period, seed: int) -> pd.DataFrame:
    """Means of observations by subject and period, with intervals clustered by agent."""
    by = ["measure", "definition", "period_start"]
    rows = observed.assign(period_start=period_start(observed["day"], period), count=1.0)
    by_agent = rows.groupby([*QUEUE, *by, "agent_id"], as_index=False, sort=False)[["sum", "count"]].sum()
    rolled = rolled_up(by_agent, by=[*by, "agent_id"], sums=["sum", "count"])
    grouped = rolled.groupby([*QUEUE, *by], sort=False)
    ends = clustered(
        rolled["sum"].to_numpy(),
        counts=rolled["count"].to_numpy(),
        subject=grouped.ngroup().to_numpy(),
        cluster=pd.factorize(rolled["agent_id"])[0],
        seed=seed,
    )
    result = grouped[["sum", "count"]].sum().reset_index()
    value = Quotient(result["sum"], result["count"]).value
    return result[[*QUEUE, *by]].assign(
        value=value, low=ends.low, high=ends.high, n=result["count"], period=period
    )


def _critical(scored: pd.DataFrame, *, period: Period) -> pd.DataFrame:
    """Critical accuracy by class and stream, per evaluation and per opportunity."""
    rows = scored[scored["stream"].isin(list(STREAMS))]
    sums = [f"{part}_{name}" for name in CLASSES for part in ("scored", "failed")]
    rows = rows.assign(
        period_start=period_start(rows["day"], period), **{f"any_{name}": rows[name] > 0 for name in sums}
    )
    every = [*sums, *(f"any_{name}" for name in sums)]
    rolled = rolled_up(rows.astype(dict.fromkeys(every, float)), by=["period_start", "stream"], sums=every)
    parts = [
        _accuracy(rolled[rolled["stream"] == stream], kind, basis, suffix=suffix)
        for stream, suffix in SUFFIXES.items()
        for kind in CLASSES
        for basis in BASES
    ]
    return pd.concat(parts, ignore_index=True).assign(period=period)


def _accuracy(rolled: pd.DataFrame, kind: str, basis: str, *, suffix: str) -> pd.DataFrame:
    """One class's accuracy with Wilson's interval; `basis` is a key of BASES."""
    counted, name, words = BASES[basis]
    n = rolled[f"{counted}scored_{kind}"].to_numpy()
    right = n - rolled[f"{counted}failed_{kind}"].to_numpy()
    ends = wilson(right, n)
    result = rolled[[*QUEUE, "period_start"]].assign(
        measure=f"critical_accuracy_{kind}{name}{suffix}",
        definition=words.format(kind),
        value=Quotient(right, n).value,
        low=ends.low,
        high=ends.high,
        n=n,
    )
    return result[n > 0]
