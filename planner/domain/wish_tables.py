"""Tables beside the schedule: what people wish for, what they got, how fairly it is shared."""

from __future__ import annotations

from planner.domain.keys import SITE
from planner.domain.shared_rules import DAY, no_more_than
from planner.domain.table import Column, Table
from planner.domain.wish_days import bands_where_due, days_of, minutes_of, readable

WISHES_MADE = ("start", "day off", "work")
FAIR_MEASURES = ("weekend days", "nights", "late shifts", "early starts")
NO_DAYS = "names no days; write all, mon, mon-fri, 2026-12-24 or several joined by ;"
NO_CLOCK = "is no clock time; write it as 08:30"
AGENT = Column("agent_id", "text", "who")
MONDAY = Column("week", "day", "Monday of the week")

PREFERENCES = Table(
    "PREFERENCES",
    "what agents wish for: one row per agent, wish and days; soft, unlike an absence",
    ("agent_id", "wish", "days"),
    (
        AGENT,
        Column("wish", "text", "start (within a band), day off, or work (wants the day)", values=WISHES_MADE),
        Column("days", "text", "all, mon, mon-fri, 2026-12-24 or several joined by ;"),
        Column("start_from", "text", "earliest start wished for, local clock", needed=False),
        Column(
            "start_to",
            "text",
            "latest start wished for, local clock; before start_from: over midnight",
            needed=False,
        ),
        Column("weight", "count", "how much it matters, 1 to 5; blank = 1", least=1, most=5, needed=False),
        Column("valid_from", "day", "first day it holds; blank = always", needed=False),
        Column("valid_to", "day", "last day it holds; blank = always", needed=False),
    ),
    (
        readable("days", days_of, NO_DAYS),
        readable("start_from", minutes_of, NO_CLOCK),
        readable("start_to", minutes_of, NO_CLOCK),
        bands_where_due,
        no_more_than("valid_from", "valid_to"),
    ),
)

WISHES = Table(
    "WISHES",
    "how far wishes were granted: one row per site, week and wish",
    ("site", "week", "wish"),
    (
        SITE,
        MONDAY,
        Column("wish", "text", "which soft rule, such as day off"),
        Column(
            "asked",
            "count",
            "agent-days (of a floor, queue-days) on which it was asked, or could be missed",
            "days",
        ),
        Column("granted", "count", "those of them on which it was kept", "days"),
        Column("amount", "number", "by how much the others missed it, in the unit given", least=0),
        Column("unit", "text", "unit of the amount"),
        Column("price", "number", "what that costs at the plan's weights", "penalty"),
    ),
)

MISSED_WISHES = Table(
    "MISSED_WISHES",
    "wishes not granted: one row per agent (or queue), wish and local day",
    ("who", "wish", "day"),
    (
        Column("who", "text", "the agent; of a floor, the queue"),
        SITE,
        Column("wish", "text", "which soft rule"),
        DAY,
        Column("amount", "number", "by how much, in the unit of the wish", least=0),
        Column("price", "number", "what that costs at the plan's weights", "penalty"),
        Column("note", "text", "what was wished for and what came"),
    ),
)

FAIRNESS = Table(
    "FAIRNESS",
    "who carries the shifts nobody wants: one row per agent and measure",
    ("agent_id", "measure"),
    (
        AGENT,
        SITE,
        Column("group", "text", "the colleagues with whom it is shared, such as 40 h · SVQ es 1"),
        Column("measure", "text", "what is shared", values=FAIR_MEASURES),
        Column("before", "count", "in the weeks before the horizon", "shifts"),
        Column("count", "count", "in the horizon", "shifts"),
        Column("due", "number", "fair share of both: the group's, by working days", "shifts", least=0),
        Column(
            "working_days",
            "number",
            "days available in both x contract days a week / 7: what the share is reckoned by",
            "days",
            least=0,
        ),
        Column("n", "count", "agents of the group", "agents"),
    ),
)

FAIRNESS_GROUPS = Table(
    "FAIRNESS_GROUPS",
    "how evenly a group shares: one row per site, group and measure",
    ("site", "group", "measure"),
    (
        SITE,
        Column("group", "text", "colleagues who share"),
        Column("measure", "text", "what is shared", values=FAIR_MEASURES),
        Column("n", "count", "agents of the group", "agents"),
        Column("total", "count", "history and horizon together", "shifts"),
        Column("least", "number", "furthest below the fair share (negative)", "shifts"),
        Column("most", "number", "furthest above the fair share", "shifts"),
        Column(
            "spread_before",
            "number",
            "root mean square distance from the fair share, history alone",
            "shifts",
            least=0,
        ),
        Column(
            "spread",
            "number",
            "root mean square distance from the fair share, with the horizon",
            "shifts",
            least=0,
        ),
    ),
)

SHORTAGE = Table(
    "SHORTAGE",
    "how a shortage is shared: one row per site, week and language",
    ("site", "week", "language"),
    (
        SITE,
        MONDAY,
        Column("language", "text", "BCP 47 tag"),
        Column("needed_h", "number", "agent-hours needed", "h", least=0),
        Column("short_h", "number", "agent-hours short", "h", least=0),
        Column("short_share", "number", "short / needed; blank where nothing is needed", "share", blank=True),
        Column("site_share", "number", "short / needed of the whole site", "share", blank=True),
    ),
)

WISH_TABLES: tuple[Table, ...] = (PREFERENCES, WISHES, MISSED_WISHES, FAIRNESS, FAIRNESS_GROUPS, SHORTAGE)
