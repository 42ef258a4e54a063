"""Quality assurance in the line: scores, agents, sample, trends, disputes and today's list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planner.config.forms import forms_in
from planner.domain.centre import Centre
from planner.pipeline.history import History
from planner.scorecards.agents import Basis, agent_tables
from planner.scorecards.disputes import disputed
from planner.scorecards.draws import draws
from planner.scorecards.evaluation_scores import evaluation_scores
from planner.scorecards.form_lists import form_anchors, form_items
from planner.scorecards.sampling import sampling
from planner.scorecards.today import Matters, today
from planner.scorecards.trends import trends

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Drawing:
    """Where contacts to score are drawn from (Parquet files), and by which seed."""

    contacts: Sequence[Path]
    seed: int


def scored_tables(
    history: History, centre: Centre, *, now: pd.Timestamp, drawing: Drawing, card: pd.DataFrame
) -> Tables:
    """FORM_ITEMS, FORM_ANCHORS, EVALUATION_SCORES, SAMPLING, DRAWS, DISPUTES, DISPUTED and TRENDS."""
    scored = evaluation_scores(history.evaluations, centre)
    asked = sampling(scored, history.volume, centre, now=now)
    forms = forms_in(dict(zip(history.forms["form"], history.forms["text"], strict=True)))
    return {
        "FORM_ITEMS": form_items(forms),
        "FORM_ANCHORS": form_anchors(forms),
        "EVALUATION_SCORES": scored,
        "SAMPLING": asked,
        "DRAWS": draws(drawing.contacts, asked, scored=scored, now=now, seed=drawing.seed),
        "DISPUTES": history.disputes,
        "DISPUTED": disputed(history.disputes, scored, history.evaluations),
        "TRENDS": trends(card, now=now),
    }


def led_tables(
    made: Mapping[str, pd.DataFrame], history: History, centre: Centre, *, now: pd.Timestamp
) -> Tables:
    """AGENT_SCORES, AGENT_ITEMS and TODAY, from the tables already made; LENIENCY is one of them."""
    basis = Basis(made["EVALUATION_SCORES"], history.evaluations, history.agents, made["LENIENCY"])
    judged = agent_tables(basis, centre, now=now)
    names = ("EVALUATION_SCORES", "DISPUTES", "LENIENCY", "SAMPLING", "TRENDS")
    scored, disputes, leniency, asked, charted = (made[name] for name in names)
    matters = Matters(scored, judged["AGENT_SCORES"], disputes, leniency, asked, charted)
    return judged | {"TODAY": today(matters, centre, now=now)}
