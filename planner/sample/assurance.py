"""What stands beside the evaluations: the form, those who score, who has left, and disputes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from planner.domain.form_tables import RATERS
from planner.domain.tables import AGENTS, DISPUTES
from planner.exporters.tabular import write_table
from planner.sample.chance import generator
from planner.sample.evaluations import raters
from planner.sample.form import FORM
from planner.sample.parameters import FOLDER, Parameters
from planner.sample.people import agents_columns, today
from planner.scorecards.qa import scores

DISPUTED_LOW, DISPUTED_OTHERS = 0.06, 0.004  # shares of evaluations below LOW, and of the others
LOW = 0.8
OPENED_AFTER_D, DECIDED_AFTER_D = (0.5, 6.0), (2.0, 21.0)  # days, drawn evenly
CHANGED = 0.35  # of those decided
RAISED_BY = (0.02, 0.2)  # points that a changed score gained, share
NAMED_ITEM = 0.7  # disputes that name one item


def assurance_files(
    folder: Path, parameters: Parameters, everybody: pd.DataFrame, *, scored: pd.DataFrame
) -> dict[str, list[str]]:
    """Write the files and return them by input; `scored` are EVALUATIONS."""
    form = f"forms/{FORM}.yaml"
    (folder / "forms").mkdir(exist_ok=True)
    text = (FOLDER / form).read_text(encoding="utf-8")
    (folder / form).write_text(text, encoding="utf-8")
    files = (
        (RATERS, "raters.csv", _raters(parameters)),
        (AGENTS, "leavers.csv", leavers(everybody, parameters, scored)),
        (DISPUTES, "disputes.csv", disputes(scored, parameters)),
    )
    for table, name, frame in files:
        write_table(table.check(frame), table, folder / name)
    return {
        "forms": [form],
        "raters": ["raters.csv"],
        "agents": ["agents.csv", "leavers.csv"],
        "disputes": ["disputes.csv"],
    }


def _raters(parameters: Parameters) -> pd.DataFrame:
    names = raters(parameters).index.to_series()
    return pd.DataFrame({"rater_id": names, "name": "Rater " + names, "site": names.str.split("-").str[0]})


def leavers(everybody: pd.DataFrame, parameters: Parameters, scored: pd.DataFrame) -> pd.DataFrame:
    """AGENTS of those who were scored in the year and have left since."""
    gone = everybody[~today(everybody, parameters) & everybody["agent_id"].isin(scored["agent_id"])]
    return agents_columns(gone.reset_index(drop=True), parameters)


def disputes(scored: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """DISPUTES: mostly of low scores, raised within days; those that had no time to be decided are open."""
    rng = generator(parameters.seed, "disputes")
    usual = scored[scored["stream"] != "calibration"]
    heads = scores(usual).sort_values("evaluation_id", ignore_index=True)
    chance = np.where(heads["final"] < LOW, DISPUTED_LOW, DISPUTED_OTHERS)
    heads = heads[rng.random(len(heads)) < chance].reset_index(drop=True)
    opened = heads["evaluated_at"] + _days(rng, OPENED_AFTER_D, len(heads))
    closed = opened + _days(rng, DECIDED_AFTER_D, len(heads))
    changed, named = rng.random(len(heads)) < CHANGED, rng.random(len(heads)) < NAMED_ITEM
    before = (heads["final"] - rng.uniform(*RAISED_BY, len(heads))).clip(lower=0).round(4)
    end = pd.Timestamp(parameters.last_day, tz="UTC") + pd.Timedelta(days=1)
    still = (closed >= end).to_numpy()
    frame = pd.DataFrame(
        {
            "dispute_id": "D" + heads["evaluation_id"].str[1:],
            "evaluation_id": heads["evaluation_id"],
            "item": _worst_items(usual, heads["evaluation_id"]).where(named),
            "opened_at": opened,
            "opened_by": heads["agent_id"],
            "closed_at": closed.where(~still),
            "outcome": np.where(still, "open", np.where(changed, "changed", "upheld")),
            "score_before": before.where(changed & ~still),
        }
    )
    return frame[opened < end].reset_index(drop=True)


def _days(rng: np.random.Generator, span: tuple[float, float], count: int) -> pd.Series:
    return pd.Series(pd.to_timedelta(rng.uniform(*span, count), unit="D").round("min"))


def _worst_items(usual: pd.DataFrame, evaluation: pd.Series) -> pd.Series:
    """The item of each evaluation that earned least, the first on the form among equals."""
    mine = usual[usual["evaluation_id"].isin(evaluation)].dropna(subset=["points"])
    least = mine.sort_values("points", kind="stable").drop_duplicates("evaluation_id")
    return evaluation.map(least.set_index("evaluation_id")["item"])
