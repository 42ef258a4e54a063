"""Tables that explain a schedule: where it is short, what would help, which rule costs most, what if."""

from __future__ import annotations

from planner.domain.column import Column
from planner.domain.keys import LANGUAGE, SITE
from planner.domain.table import Table

ALL = "all"
WEEKDAY = Column("weekday", "count", "0 = Monday", most=6)
HOUR = Column("hour", "count", "hour of the local day at which the intervals begin", "h", most=23)
NOTE = Column("note", "text", "the same in words")

UNDER_OVER = Table(
    "UNDER_OVER",
    "where a schedule is short or over: one row per site, language, weekday and local hour, summed over the weeks",
    ("site", "language", "weekday", "hour"),
    (
        SITE,
        Column("language", "text", "language served; all = every language together"),
        WEEKDAY,
        HOUR,
        Column("needed_h", "number", "agent-hours needed at work", "h", least=0),
        Column("under_h", "number", "agent-hours missing, interval by interval and channel by channel", "h", least=0),
        Column("over_h", "number", "agent-hours above the need", "h", least=0),
    ),
)  # fmt: skip

WORTH = Table(
    "WORTH",
    "what one more agent on contact would save: one row per site, language, channel, weekday and local hour",
    ("site", "language", "channel", "weekday", "hour"),
    (
        SITE,
        LANGUAGE,
        Column("channel", "text", "channel served; all = whichever is worth most, interval by interval"),
        WEEKDAY,
        HOUR,
        Column(
            "saved", "number", "penalty an agent-hour more saves, everybody planned anew, by the bound's prices",
            "penalty/h",
        ),
        Column("saved_h", "number", "the same in hours short: saved / price of the first missing agent-hour", "h/h"),
        Column("saved_now", "number", "penalty it saves if nobody else moves", "penalty/h"),
        Column("days", "count", "days it is the mean of", "days"),
        NOTE,
    ),
)  # fmt: skip

HIRES = Table(
    "HIRES",
    "what one more agent would save: one row per site, contract, languages and channels; best first",
    ("site", "contract", "languages", "channels"),
    (
        SITE,
        Column("contract", "text", "contract of the agent to be"),
        Column("languages", "text", "languages, joined by ;"),
        Column("channels", "text", "channels, joined by ;"),
        Column("saved", "number", "penalty saved a week at most: the best weeks at the bound's prices", "penalty"),
        Column("saved_h", "number", "the same in hours short: saved / price of the first missing agent-hour", "h"),
        Column("paid_h", "number", "contract hours a week", "h", least=0),
        Column("part", "number", "saved_h / paid_h: what an hour paid is worth", "h/h"),
        NOTE,
    ),
)  # fmt: skip

RULE_COST = Table(
    "RULE_COST",
    "what each rule costs: one row per site and rule, the schedule searched again without it; dearest first",
    ("site", "rule"),
    (
        SITE,
        Column("rule", "text", "the rule left out, all others kept"),
        Column("saved_most", "number", "leaving it out cannot save more; proven by the bound", "penalty", least=0),
        Column(
            "saved", "number",
            "saved by the roster found without it, against one found with it by as much search; blank = not searched",
            "penalty", blank=True,
        ),
        Column("saved_most_h", "number", "saved_most in hours short", "h", least=0),
        Column("saved_h", "number", "agent-hours short with the rule less those without, in the rosters found", "h", blank=True),
        NOTE,
    ),
)  # fmt: skip

MEASURES = ("agents", "cost", "bound", "required_h", "under_h", "over_h", "paid_h")
WHAT_IF = Table(
    "WHAT_IF",
    "a schedule as it is and with one difference: one row per site, language and measure",
    ("site", "language", "measure"),
    (
        SITE,
        Column("language", "text", "language served; all = every language together"),
        Column("measure", "text", "what is measured, as in SCHEDULE_REPORT", values=MEASURES),
        Column("before", "number", "as it is, searched again from the published schedule", blank=True),
        Column("after", "number", "with the difference, searched as long from the same schedule", blank=True),
        Column("difference", "number", "after - before", blank=True),
    ),
)

EXPLAIN_TABLES: tuple[Table, ...] = (UNDER_OVER, WORTH, HIRES, RULE_COST, WHAT_IF)
