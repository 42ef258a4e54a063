"""How were we reached? The five formulas side by side, and every other figure of service."""

from __future__ import annotations

import pandas as pd

from dashboards import formats, look
from dashboards.filters import Scope
from dashboards.look import Cell
from planner.domain.centre import Centre, Formula, QueueKey
from planner.domain.measures import FORMULA_NUMBERS
from planner.language import _, message, retold

SHARE, SECONDS, COUNT = "share", "s", "count"
MEASURES: tuple[tuple[str, str, str], ...] = (
    ("offered", message("Contacts offered"), COUNT),
    ("offered_over_forecast", message("Offered / forecast"), SHARE),
    ("forecast_error", message("Forecast error, interval by interval"), SHARE),
    ("service_level", message("First service level"), SHARE),
    ("service_level_2", message("Second service level"), SHARE),
    ("abandonment", message("Abandonment"), SHARE),
    ("abandonment_excluding_short", message("Abandonment without short abandons"), SHARE),
    ("asa_s", message("Mean wait of those answered (ASA)"), SECONDS),
    ("longest_wait_s", message("Longest wait"), SECONDS),
    ("aht_s", message("Handle time (AHT)"), SECONDS),
    ("talk_s", message("of it talk or conversation"), SECONDS),
    ("hold_s", message("of it hold"), SECONDS),
    ("wrap_s", message("of it after-contact work"), SECONDS),
    ("occupancy", message("Occupancy"), SHARE),
    ("offered_outside_hours", message("Came outside opening hours"), COUNT),
)


def formulas_card(card: pd.DataFrame, scope: Scope, centre: Centre) -> None:
    """One week by each of the five definitions; the contract's own is marked."""
    rows = _subject(card, scope)
    named = _contract(centre, scope)
    about = _("the same contacts by each definition in use (ICMI's list); T = seconds of the first target")
    with look.card("formulas", _("Which definition gives which service level?"), about, data=rows):
        heads = [Cell(_("Definition"), "left"), Cell(_("Service level")), Cell("n"), Cell("", "left")]
        look.table(
            heads,
            [_formula_row(rows, number, formula in named) for formula, number in FORMULA_NUMBERS.items()],
        )
        if not {"service_level_formula_1", "service_level_formula_4"} <= set(rows["measure"]):
            look.foot(
                _(
                    "“–”: neither the source (abandoned_within_T_s) nor a contact log of these days tells "
                    "who gave up within the seconds."
                )
            )


def _contract(centre: Centre, scope: Scope) -> set[Formula]:
    return {queue.target.formula for key, queue in centre.queues.items() if scope.holds(QueueKey(*key))}


def _formula_row(rows: pd.DataFrame, number: int, named: bool) -> list[Cell]:
    found = rows[rows["measure"] == f"service_level_formula_{number}"]
    words = retold(str(found["definition"].iloc[0])) if len(found) else _("formula {n}").format(n=number)
    value = float(found["value"].iloc[0]) if len(found) else None
    n = formats.number(float(found["n"].iloc[0])) if len(found) else ""
    mark = _("in the contract") if named else ""
    return [Cell(words, "left"), Cell(formats.percent(value, 2), strong=named), Cell(n), Cell(mark, "left")]


def service_card(card: pd.DataFrame, scope: Scope) -> None:
    """Every figure of service with its definition and what it rests on."""
    rows = _subject(card, scope).drop_duplicates("measure").set_index("measure")
    known = [(name, _(words), kind) for name, words, kind in MEASURES if name in rows.index]
    about = _("by counts, never by averaging percentages; contacts outside opening hours are apart")
    with look.card("service", _("How were we reached?"), about, data=rows.reset_index()):
        look.table(
            [Cell("", "left"), Cell(""), Cell("n"), Cell(_("Definition"), "left")],
            [
                [
                    Cell(words, "left"),
                    Cell(_written(float(rows.loc[name, "value"]), kind), strong=True),
                    Cell(formats.number(float(rows.loc[name, "n"]))),
                    Cell("", "left", small=retold(str(rows.loc[name, "definition"]))),
                ]
                for name, words, kind in known
            ],
        )


def _written(value: float, kind: str) -> str:
    if kind == SHARE:
        return formats.percent(value)
    return formats.number(value) if kind == COUNT else f"{formats.number(value)}{formats.NO_BREAK}s"


def _subject(card: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    return scope.subject(card)
