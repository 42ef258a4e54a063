"""A hosting plan as its page shows it: some channels or all, and who answers what today and as proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

BEFORE = ("today", "dedicated")  # what the proposal may be held against
LEAST_H = 1.0  # hours of handling a week; less does not move


@dataclass(frozen=True)
class HostingView:
    """The tables of a hosting plan, the group of channels shown (None: all), and what it is held against."""

    tables: Mapping[str, pd.DataFrame]
    facts: Mapping[str, Any]
    channels: str | None
    before: str

    @property
    def currency(self) -> str:
        """The plan's currency."""
        return str(self.facts["currency"])

    def found(self, allocation: str) -> pd.Series:
        """The row of HOSTING_SEARCH of an allocation."""
        search = self.tables["HOSTING_SEARCH"].set_index("allocation")
        return search.loc[allocation]

    def of(self, name: str, allocation: str) -> pd.DataFrame:
        """Rows of a table of one allocation."""
        frame = self.tables[name]
        return frame[frame["allocation"] == allocation]


def channel_groups(matrix: pd.DataFrame) -> list[str]:
    """Channels answered together as proposed, joined by ;."""
    return list(dict.fromkeys(matrix.loc[matrix["allocation"] == "proposed", "channels"].astype(str)))


def matrix(view: HostingView) -> pd.DataFrame:
    """One row per line and site: before_h, proposed_h, before, proposed (shares), from_to, others."""
    frame = view.tables["HOSTING"]
    if view.channels is not None:
        inside = set(view.channels.split(";"))
        frame = frame[frame["channels"].map(lambda each: set(str(each).split(";")) <= inside)]
    hours = frame.pivot_table(
        index=["line", "language", "site"],
        columns="allocation",
        values="work_h",
        aggfunc="sum",
        fill_value=0.0,
    )
    hours = hours.reindex(columns=[view.before, "proposed"], fill_value=0.0)
    hours = hours.set_axis(["before_h", "proposed_h"], axis=1).reset_index()
    whole = hours.groupby("line")[["before_h", "proposed_h"]].transform("sum")
    hours["before"] = hours["before_h"] / whole["before_h"].where(whole["before_h"] > 0)
    hours["proposed"] = hours["proposed_h"] / whole["proposed_h"].where(whole["proposed_h"] > 0)
    hours["line_h"] = whole["proposed_h"]
    said = frame[frame["allocation"] == "proposed"].groupby(["line", "site"])
    words = pd.DataFrame(
        {"from_to": said["from_to"].agg(_distinct), "others": said["with_languages"].agg(_tags)}
    )
    table = hours.merge(words.reset_index(), on=["line", "site"], how="left")
    return table.sort_values(["line_h", "line"], ascending=[False, True]).reset_index(drop=True)


def _distinct(texts: pd.Series) -> str:
    return "; ".join(dict.fromkeys(part for text in texts for part in str(text).split("; ")))


def _tags(texts: pd.Series) -> str:
    return ";".join(sorted({tag for text in texts.dropna() for tag in str(text).split(";") if tag}))


def moves(view: HostingView) -> pd.DataFrame:
    """Work that moves, one row per line, from and to: hours of handling a week, the most first.

    What a line loses at sites goes to those where it gains, in proportion.
    """
    rows = matrix(view)
    rows = rows.assign(change=rows["proposed_h"] - rows["before_h"])
    gains, losses = rows[rows["change"] > 0], rows[rows["change"] < 0]
    pairs = losses.merge(gains, on=["line", "language"], suffixes=("_from", "_to"))
    gained = gains.groupby("line")["change"].sum()
    share = pairs["change_to"] / pairs["line"].map(gained).astype(float)
    found = pairs.assign(hours=-pairs["change_from"] * share)[
        ["line", "language", "site_from", "site_to", "hours"]
    ]
    found = found[found["hours"] >= LEAST_H]
    return found.sort_values(["hours", "line"], ascending=[False, True]).reset_index(drop=True)


def sites(view: HostingView) -> pd.DataFrame:
    """One row per site: people, wages and seats before and as proposed, and who is hired, taught or free."""
    before = view.of("HOSTING_COST", view.before).set_index("site")
    after = view.of("HOSTING_COST", "proposed").set_index("site")
    table = after.assign(
        before_people=before["people"], before_total=before["total"], before_seats=before["seats_used"]
    )
    return table.reset_index()


def targets(view: HostingView) -> pd.DataFrame:
    """Service of the proposal, and the chance before, one row per line, channel and measure."""
    keys = ["line", "language", "channel", "measure"]
    before = view.of("HOSTING_SERVICE", view.before)[[*keys, "chance"]].rename(
        columns={"chance": "before_chance"}
    )
    rows = view.of("HOSTING_SERVICE", "proposed").merge(before, on=keys, how="left")
    if view.channels is not None:
        rows = rows[rows["channel"].isin(view.channels.split(";"))]
    return rows


def pools(view: HostingView) -> pd.DataFrame:
    """Teams of several languages, one row each: people in all, and of them with two languages."""
    rows = view.of("HOSTING_TEAMS", "proposed")
    if view.channels is not None:
        rows = rows[rows["channels"] == view.channels]
    rows = rows[rows["kind"] == "pool"].assign(two=lambda each: each["skills"].str.contains(";"))
    rows = rows.assign(both=rows["people"].where(rows["two"], 0.0))
    return rows.groupby(["site", "channels", "team"], as_index=False, sort=False).agg(
        skills=("skills", lambda each: ";".join(sorted({tag for s in each for tag in s.split(";")}))),
        people=("people", "sum"),
        both=("both", "sum"),
        paid_h=("paid_h", "sum"),
        model_h=("model_h", "sum"),
        cost=("cost", "sum"),
    )
