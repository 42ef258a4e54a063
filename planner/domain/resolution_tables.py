"""Tables of first-contact resolution and of surveys."""

# fmt: off

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from planner.domain.keys import LANGUAGE, QUEUE, QUEUE_COLUMNS, SITE
from planner.domain.shared_rules import no_more_than
from planner.domain.table import Column, Found, Table

LOW = Column("low", "number", "lower end of the 95 % interval", blank=True)
HIGH = Column("high", "number", "upper end of the 95 % interval", blank=True)


def _answered_after_asked(frame: pd.DataFrame) -> Iterator[Found]:
    for name in ("csat", "nps"):
        if name in frame.columns and "answered_at" in frame.columns:
            wrong = (frame[name].notna() & frame["answered_at"].isna()).to_numpy()
            if wrong.any():
                yield Found("answer_without_time", name, wrong, lambda v: f"{v} without answered_at; write when it was answered, or leave the answer blank")


SURVEYS = Table(
    "SURVEYS", "customer surveys: one row per survey sent, answered or not", ("survey_id",),
    (Column("survey_id", "text", "id, unique"), *QUEUE_COLUMNS,
     Column("sent_at", "utc", "when the customer was asked"),
     Column("answered_at", "utc", "when the customer answered; blank = no answer", needed=False),
     Column("contact_id", "text", "contact that was asked about", needed=False),
     Column("agent_id", "text", "agent who answered that contact", needed=False),
     Column("csat", "number", "satisfaction 1 to 5; 4 and 5 are satisfied, 1 and 2 dissatisfied", "points", least=1, most=5, needed=False),
     Column("nps", "count", "likely to recommend, 0 to 10; 9 and 10 promote, 0 to 6 detract", "points", most=10, needed=False)),
    (no_more_than("sent_at", "answered_at"), _answered_after_asked),
)

RESOLUTION = Table(
    "RESOLUTION", "first-contact resolution as counts: one row per queue, reason, who answered, and week or month",
    ("period", "period_start", *QUEUE, "reason", "handled_by"),
    (Column("period", "text", "week or month", values=("week", "month")), Column("period_start", "day", "first local day of the period"),
     *QUEUE_COLUMNS, Column("client", "text", "client (brand) of the queue", blank=True),
     Column("reason", "text", "reason family"),
     Column("handled_by", "text", "who closed the contact", values=("person", "bot")),
     Column("answered", "count", "contacts that were answered; parts of a transfer and double submissions are one", "contacts"),
     Column("joined", "count", "rows of the log that were parts of one of these contacts: transfers, double submissions", "rows"),
     Column("unknown", "count", "answered contacts whose customer is unknown", "contacts"),
     *(column for name, words in (("24h", "24 h"), ("72h", "72 h"), ("7d", "7 d"), ("30d", "30 d")) for column in (
         Column(f"anchors_{name}", "count", f"first contacts whose {words} have elapsed", "contacts"),
         Column(f"resolved_{name}", "count", f"of them without a repeat within {words}", "contacts"),
         Column(f"open_{name}", "count", f"first contacts whose {words} have not elapsed: left out", "contacts"))),
     *(column for name, words in (("survey", "customers' survey answers"), ("agent", "agents' dispositions"), ("no_escalation", "answered contacts that tell whether they were passed on"))
       for column in (Column(f"n_{name}", "count", words, "contacts"), Column(f"yes_{name}", "count", "of them resolved", "contacts")))),
)

REPEATS = Table(
    "REPEATS", "what came back within 7 days: one row per reason, first channel and next channel; a dimension rolled up is 'all'",
    ("site", "language", "reason", "channel", "next_channel"),
    (SITE, LANGUAGE, Column("reason", "text", "reason family"), Column("channel", "text", "channel of the first contact"),
     Column("next_channel", "text", "channel of the contact that followed"),
     Column("anchors", "count", "first contacts of this reason and channel whose 7 days have elapsed", "contacts"),
     Column("repeats", "count", "of them followed within 7 days, on the next channel", "contacts"),
     Column("median_h", "number", "median time until the next contact", "h", blank=True)),
)

FCR_CURVE = Table(
    "FCR_CURVE", "share not followed within a window, week by week; open windows allowed for (Kaplan-Meier); a dimension rolled up is 'all'",
    (*QUEUE, "week", "window_h"),
    (*QUEUE_COLUMNS,
     Column("week", "day", "Monday of the week of the first contact"), Column("window_h", "count", "window after close", "h"),
     Column("value", "number", "share not followed within the window", blank=True), LOW, HIGH,
     Column("n", "count", "first contacts", "contacts"), Column("open", "count", "of them with a window still open", "contacts"),
     Column("own_h", "number", "hours after close that the week's own contacts tell; beyond, the four weeks before", "h", blank=True)),
)

RESOLUTION_TABLES = (SURVEYS, RESOLUTION, REPEATS, FCR_CURVE)
