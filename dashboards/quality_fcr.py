"""Is the contact resolved first time? Four definitions side by side, and the reasons that come back."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboards import charts, formats, look
from dashboards.filters import Scope
from dashboards.look import Cell
from dashboards.quality_charts import Resolution, fcr_strip
from dashboards.scores import FCR, FEWEST, REPEAT, UNKNOWN, by_language, subject
from planner.language import _, retold


def resolutions(rows: pd.DataFrame, scope: Scope) -> list[Resolution]:
    """Each definition that was measured: name, definition, its languages, and the whole."""
    found = []
    for measure, name in FCR:
        mine = rows[rows["measure"] == measure]
        whole = subject(mine, scope).dropna(subset=["value"])
        if len(whole):
            words = retold(str(whole["definition"].iloc[0]))
            found.append((_(name), words, by_language(rows, scope, measure=measure), whole.iloc[0]))
    return found


def fcr_card(rows: pd.DataFrame, scope: Scope) -> None:
    """Every definition on a line of its own, a dot a language; what each means below."""
    found = resolutions(rows, scope)
    about = _(
        "share of contacts by definition, %; one dot a language, bar = the whole; "
        "the definitions answer different questions and are never averaged"
    )
    data = (
        pd.concat([part.assign(definition=name) for name, _words, part, _whole in found]) if found else None
    )
    with look.card("fcr", _("Is the contact resolved first time?"), about, data=data):
        if not found:
            look.nothing(
                _("No contact log"),
                _("First-contact resolution is counted from single contacts."),
                _("Import a contact log."),
            )
            return
        charts.show(fcr_strip(found), "fcr", alt=_("First-contact resolution by definition"))
        look.foot(
            " ".join(f"**{name}:** {words}." for name, words, _rows, _whole in found)
            + unknown_words(rows, scope)
        )


def unknown_words(rows: pd.DataFrame, scope: Scope) -> str:
    """The share of contacts whose customer nobody knows, who count on neither side of a repeat."""
    whole = subject(rows[rows["measure"] == UNKNOWN], scope).dropna(subset=["value"])
    if whole.empty:
        return ""
    share = formats.percent(whole["value"].iloc[0])
    return " " + _(
        "{share} of the contacts come from unknown customers: neither resolved nor repeated."
    ).format(share=share)


def reasons(rows: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """One row a reason family: reason, value, low, high, n; the one that comes back most is first."""
    mine = subject(rows[rows["measure"].str.startswith(f"{REPEAT}: ")], scope)
    mine = mine.assign(reason=mine["measure"].str.removeprefix(f"{REPEAT}: ").str.replace("_", " "))
    return mine[["reason", "value", "low", "high", "n"]].dropna(subset=["value"]).sort_values("value")


def reasons_card(rows: pd.DataFrame, scope: Scope) -> None:
    """Which reasons come back within seven days; only over all months, where cases are enough."""
    table = reasons(rows, scope)
    if table.empty:
        return
    about = _("no repeat in 7 days by reason, all channels of the choice, with 95 % interval; worst first")
    with look.card("reasons", _("Which reasons come back?"), about, data=table):
        enough = table[table["n"] >= FEWEST]
        heads = [
            Cell(_("Reason"), "left"),
            Cell(_("Resolved")),
            Cell(_("95 % interval")),
            Cell(_("Came back")),
            Cell("n"),
        ]
        look.table(heads, [_reason_row(row) for row in enough.itertuples()])


def _reason_row(row: Any) -> list[Cell]:
    low, high = formats.number(row.low * 100, 1), formats.number(row.high * 100, 1)
    return [
        Cell(str(row.reason).capitalize(), "left"),
        Cell(formats.percent(row.value), strong=True),
        Cell(f"{low}–{high}{formats.NO_BREAK}%"),
        Cell(formats.percent(1 - row.value)),
        Cell(formats.number(row.n)),
    ]
