"""Which labour rules a schedule was held against, and where one is broken."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats, look
from dashboards.look import Cell
from dashboards.rule_words import NOT_ASKED, asked_words
from planner.domain.centre import Site
from planner.language import _, message, retold
from planner.pipeline.schedule_quality import Checked, rules_checked

COUNSEL = message(
    "Numbers and packs are examples, no legal advice: **check with your counsel**. “–”: the site sets no "
    "such limit. Need is soft and priced; no rule was traded for coverage."
)


def rule_counts(violations: pd.DataFrame, rules: Sequence[Checked]) -> pd.DataFrame:
    """Every rule with how often it is broken, the broken ones first: rule, meaning, broken.

    A rule that was broken and is no longer in the catalogue stands in the list too.
    """
    counts = violations["rule"].value_counts()
    known = pd.DataFrame({"rule": [r.name for r in rules], "meaning": [r.meaning for r in rules]})
    gone = [name for name in counts.index if name not in set(known["rule"])]
    every = pd.concat([known, pd.DataFrame({"rule": gone, "meaning": ""})], ignore_index=True)
    found = every.assign(broken=every["rule"].map(counts).fillna(0).astype("int64"))
    return found.sort_values("broken", ascending=False, kind="stable", ignore_index=True)


def rules_card(violations: pd.DataFrame, sites: Sequence[Site], *, shifts: int, people: int) -> None:
    """The catalogue in two columns; what is broken, person by person, under it."""
    found = rule_counts(violations, rules_checked())
    about = _(
        "the audit, which shares no code with the solver; {shifts} of {people}; "
        "breaches of a rule, agent-days"
    ).format(
        shifts=formats.counted(shifts, "{n} shift", "{n} shifts"),
        people=formats.counted(people, "{n} person", "{n} people"),
    )
    with look.card("rules", _("Is it legal?"), about, data=found):
        order = found.assign(open=[asked_words(sites, str(rule)) == _(NOT_ASKED) for rule in found["rule"]])
        order = order.sort_values(["broken", "open"], ascending=[False, True], kind="stable")
        half = -(-len(order) // 2)
        heads = [Cell(_("Rule"), "left"), Cell(_("Asked"), "left"), Cell(_("Found"), "left")]
        for column, part in zip(look.pair("rules", 1, 1), (order[:half], order[half:]), strict=True):
            with column:
                look.table(heads, [_row(row, sites) for row in part.to_dict("records")])
        if len(violations):
            _list(violations)
        look.foot(counsel(sites))


def _row(row: Mapping[Hashable, Any], sites: Sequence[Site]) -> list[Cell]:
    asked = asked_words(sites, str(row["rule"]))
    broken = int(row["broken"])
    held = "–" if asked == _(NOT_ASKED) else _("held")
    text = _("▼ {broken} broken").format(broken=formats.number(broken)) if broken else held
    return [
        Cell(retold(str(row["rule"])), "left", strong=True, under=retold(str(row["meaning"]))),
        Cell(asked, "left"),
        Cell(text, "left", bad=broken > 0),
    ]


def _list(violations: pd.DataFrame) -> None:
    column = st.column_config
    st.dataframe(
        violations[["day", "agent_id", "rule", "note"]].assign(
            rule=violations["rule"].map(retold), note=violations["note"].map(retold)
        ),
        hide_index=True,
        row_height=30,
        height=min(30 * (len(violations) + 1) + 4, 320),
        key="violations-rows",
        column_config={
            "day": column.DateColumn(_("Day"), format=formats.column_day(), width=100),
            "agent_id": column.TextColumn(_("Person"), width=110),
            "rule": column.TextColumn(_("Rule"), width=130),
            "note": column.TextColumn(_("Found, and what would be right"), width=460),
        },
    )


def counsel(sites: Sequence[Site]) -> str:
    """Which sets of rules the sites follow, and that they are examples."""
    sets = list(dict.fromkeys(site.labour_name for site in sites if site.labour_name))
    text = _("Rules as written in plan.yaml: {sets}.") if sets else _("The program's usual rules.")
    return formats.sentence(text.format(sets=formats.listed(sets)), _(COUNSEL))
