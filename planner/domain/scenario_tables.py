"""Tables of a scenario that was run."""

# fmt: off

from __future__ import annotations

from planner.domain.keys import LANGUAGE, QUEUE, QUEUE_COLUMNS, SITE
from planner.domain.table import Column, Table

WHOLE = "all"
CASES = (("", "in the scenario"), ("base_", "in the base"))
FLOODED = (
    ("base", "without the outage"), ("scenario", "with it and what answers in bulk, nobody pausing until it is gone"),
    ("overtime", "so, and with the overtime the plan allows until it is gone"), ("no_bulk", "with it, each answered alone"),
)

SCENARIO_MEASURES = Table(
    "SCENARIO_MEASURES", "what a scenario comes to: one row per measure and the part it is of", ("measure", "of"),
    (Column("measure", "text", "what is measured"), Column("of", "text", "all, or a channel"),
     Column("value", "number", "the likely value; blank = unknown", blank=True),
     Column("low", "number", "10 % of forecast paths are lower; blank = no range is known", blank=True),
     Column("high", "number", "10 % of forecast paths are higher", blank=True),
     Column("without", "number", "the value without the scenario, of measures that only this scenario has; else the base's run has it", blank=True, needed=False),
     Column("unit", "text", "contacts, h, FTE, people, s, share, currency or weeks"),
     Column("definition", "text", "how it is reckoned, and over which weeks")),
)

SCENARIO_DAYS = Table(
    "SCENARIO_DAYS", "contacts and work of a local day: one row per queue", (*QUEUE, "day"),
    (*QUEUE_COLUMNS, Column("day", "day", "local day"),
     Column("offered", "number", "contacts expected by people", "contacts", least=0),
     Column("work_h", "number", "contacts x AHT", "h", least=0)),
)

SCENARIO_SERVICE = Table(
    "SCENARIO_SERVICE", "service of the scenario's contacts with the people the base needs, nobody in queues it does not have: one row per queue, local day and measure",
    (*QUEUE, "day", "measure"),
    (*QUEUE_COLUMNS, Column("day", "day", "local day"),
     Column("measure", "text", "service_level, service_level_2 or abandonment, as the queue's targets name them"),
     Column("offered", "number", "contacts of the scenario", "contacts", least=0),
     Column("base", "number", "with the base's contacts; blank = a queue the base does not have", "share", blank=True), Column("scenario", "number", "with the scenario's contacts", "share"),
     Column("no_bulk", "number", "after an outage: with each contact answered alone, nothing in bulk; blank = no outage", "share", blank=True, needed=False)),
)

SCENARIO_WEEKS = Table(
    "SCENARIO_WEEKS", "the scenario's least-cost plan beside the base's, week by week: one row per site, language and week", ("site", "language", "week"),
    (SITE, LANGUAGE, Column("week", "day", "Monday of the week"),
     *(Column(f"{case}need_h", "number", f"paid hours of experienced people needed {of}, at the level planned for", "h", least=0, blank=True) for case, of in CASES),
     *(Column(f"{case}there_h", "number", f"hours of experienced work there {of}, spare ones included", "h", least=0, blank=True) for case, of in CASES),
     *(Column(f"{case}chance", "share", f"chance that the week's need is met {of}, over forecast paths and attrition", blank=True) for case, of in CASES)),
)

SCENARIO_STEPS = Table(
    "SCENARIO_STEPS", "what each change of a scenario does alone, what they do together, and the difference of the two: one row per step", ("step",),
    (Column("step", "count", "the change's place in the file; then what overlaps, then all together"),
     Column("name", "text", "its name in the file"),
     Column("kind", "text", "a change alone, what they overlap, or all together", values=("alone", "overlap", "together")),
     Column("contacts", "number", "contacts that people handle, against none of the changes", "contacts"),
     Column("work_h", "number", "handling time, against none of the changes", "h"),
     Column("fte", "number", "full-time people needed on 50 % days, mean of the weeks, against none of the changes; blank where there is only one change, and of outages", "FTE", blank=True)),
)

SCENARIO_REPLY = Table(
    "SCENARIO_REPLY", "a small team's replies, without and with the scenario: one row per queue, case and local day", (*QUEUE, "case", "day"),
    (*QUEUE_COLUMNS, Column("case", "text", "without the scenario, or with it", values=("without", "with")), Column("day", "day", "local day"),
     Column("new", "number", "contacts that come; duplicates that are merged left out", "contacts", least=0),
     Column("touches", "number", "contacts handled, again ones included", "contacts", least=0),
     Column("open", "number", "contacts that wait for the team at the end of the day, middle of the draws", "contacts", least=0),
     Column("open_low", "number", "10 % of draws have fewer", "contacts", least=0), Column("open_high", "number", "10 % of draws have more", "contacts", least=0),
     Column("reply_h", "number", "time from arrival to first reply of contacts that came on this day, in the queue's open hours; blank = none came", "h", least=0, blank=True)),
)

SCENARIO_BACKLOG = Table(
    "SCENARIO_BACKLOG", "deferred contacts after an outage with the people the base needs: one row per queue and local day", (*QUEUE, "day"),
    (*QUEUE_COLUMNS, Column("day", "day", "local day"),
     *(Column(name, "number", f"contacts open at the end of the day {text}", "contacts", least=0) for name, text in FLOODED)),
)

SCENARIO_TABLES = (SCENARIO_MEASURES, SCENARIO_DAYS, SCENARIO_SERVICE, SCENARIO_WEEKS, SCENARIO_STEPS, SCENARIO_REPLY, SCENARIO_BACKLOG)
