"""Tables of a scenario that was run."""

# fmt: off

from __future__ import annotations

from planner.domain.keys import QUEUE, QUEUE_COLUMNS
from planner.domain.table import Column, Table

WHOLE = "all"

SCENARIO_MEASURES = Table(
    "SCENARIO_MEASURES", "what a scenario comes to: one row per measure and the part it is of", ("measure", "of"),
    (Column("measure", "text", "what is measured"), Column("of", "text", "all, or a channel"),
     Column("value", "number", "the likely value; blank = unknown", blank=True),
     Column("low", "number", "10 % of forecast paths are lower; blank = no range is known", blank=True),
     Column("high", "number", "10 % of forecast paths are higher", blank=True),
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
    "SCENARIO_SERVICE", "service of the scenario's contacts with the people the base needs: one row per queue, local day and measure",
    (*QUEUE, "day", "measure"),
    (*QUEUE_COLUMNS, Column("day", "day", "local day"),
     Column("measure", "text", "service_level, service_level_2 or abandonment, as the queue's targets name them"),
     Column("offered", "number", "contacts of the scenario", "contacts", least=0),
     Column("base", "number", "with the base's contacts", "share"), Column("scenario", "number", "with the scenario's contacts", "share")),
)

SCENARIO_TABLES = (SCENARIO_MEASURES, SCENARIO_DAYS, SCENARIO_SERVICE)
